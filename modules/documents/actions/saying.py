"""A line of minutes said in one breath: «Смета — Иванову — пт 18:00», «решили: переносим запуск»."""

import re
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from core.access.actor import Actor
from core.access.naming import colleagues_named
from core.context import current_company
from core.language.line import Line, Span, read_line, titled

from ..models import MinutesLine

_SORTS = (
    (re.compile(r"\s*(?:реш(?:или|ение|ено)|постановили)\s*[:—–-]\s*", re.I), MinutesLine.Sort.DECISION),
    (re.compile(r"\s*иде(?:я|и)\s*[:—–-]\s*", re.I), MinutesLine.Sort.IDEA),
)
_BETWEEN = re.compile(r"\s+[—–-]+\s+|\s*;\s*")


def read_said(text: str, by: Actor) -> dict[str, Any]:
    """Fields of a `MinutesLine` that somebody has said; what is not understood stays in its words.

    Behind the first dash a piece that is nothing but a person or a moment says who and when. Without dashes the line is
    read as one of tasks. Of namesakes nobody is meant.
    """
    sort = MinutesLine.Sort.TASK
    for begins, other in _SORTS:
        if (found := begins.match(text)) is not None:
            text, sort = text[found.end() :], other
            break
    words, *rest = _BETWEEN.split(text.strip())
    told: dict[str, Any] = {"sort": sort, "text": titled(words, []), "assignee_id": None, "due_at": None}
    if not rest:
        read = _read(text, by)
        clear = _clear(read)
        return told | _of(clear) | {"text": titled(text, clear)} if sort == MinutesLine.Sort.TASK else told
    for piece in rest:
        clear = _clear(_read(piece, by))
        found_here = _of(clear)
        if clear and not titled(piece, clear).strip(" .,:") and not _known(told, found_here):
            told |= found_here
        else:
            told["text"] += f" — {piece}"
    return told


def _read(text: str, by: Actor) -> Line:
    now = timezone.now().astimezone(ZoneInfo(current_company().time_zone))
    return read_line(text, now=now, colleagues=colleagues_named(by, text), me=by.principal_id)


def _clear(read: Line) -> list[Span]:
    """One person and one moment, as far as there is no doubt about them."""
    people = [span for span in read.spans if span.kind == "person" and len(span.people) == 1][:1]
    return people + [span for span in read.spans if span.kind == "due"][:1]


def _of(clear: list[Span]) -> dict[str, Any]:
    return {
        "assignee_id" if span.kind == "person" else "due_at": span.people[0] if span.people else span.moment
        for span in clear
    }


def _known(told: dict[str, Any], more: dict[str, Any]) -> bool:
    """Whether one of these is said already: a second doer is words."""
    return any(told[name] is not None for name in more)
