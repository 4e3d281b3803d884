"""Writing down what an answer has told, before it leaves: an answer of which nobody could learn is not given.

In a short transaction of its own after the request's, so that no reader waits for another and a refusal takes nothing
along. Requests that tell nothing sensitive, which are nearly all, pay no statement for it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from django.http.response import HttpResponseBase

from core.access.actor import Actor
from core.access.loading import SUPPORT
from core.context import Company, company_scope
from core.reads.actions import write_reads
from core.reads.kinds import SUPPORT_LOOKED
from core.reads.noting import Noted

from .csrf import SAFE

# The whole card stands in the refusal of a change that was made from an old one.
_STALE = 412
_ABOUT = ("card_id", "employee_id")


def record_reads(view: Any, company: Company, response: HttpResponseBase, heard: Sequence[Noted]) -> None:
    """Write what was noted while the answer was made, and what its endpoint is marked with."""
    actor: Actor | None = getattr(view.request, "actor", None)
    if actor is None or (response.status_code >= 400 and response.status_code != _STALE):
        return
    noted = [*heard, *_marked(view, actor, response)]
    if not noted:
        return
    about = next((view.kwargs[name] for name in _ABOUT if name in view.kwargs), None)
    with company_scope(company):
        write_reads([line if line.card else replace(line, card=about) for line in noted], by=actor)


def _place(view: Any) -> str:
    """Where somebody has looked: the kind of card in people's words, for the rest the address."""
    kind = getattr(view, "kind", None)
    return kind.title if kind else view.request.path.removeprefix("/api/v1/")


def _marked(view: Any, actor: Actor, response: HttpResponseBase) -> Iterator[Noted]:
    if response.status_code == _STALE:
        return
    method = view.request.method
    if actor.door == SUPPORT and method in SAFE and not view.works_unpaid and not view.for_support:
        # What the service's own people look at is written down whatever it is.
        yield Noted(SUPPORT_LOOKED, detail=_place(view))
    if kind := view.recorded.get(getattr(view, "action", None) or method.lower()):
        yield Noted(kind)
