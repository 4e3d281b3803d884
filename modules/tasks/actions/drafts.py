"""Giving drafts: several at once, or each at its moment."""

from collections.abc import Sequence

from core.access.actor import Actor
from core.verb import verb

from ..models import Task
from .cards import do_deed


@verb
def release_drafts(drafts: Sequence[Task], *, by: Actor) -> list[Task]:
    """Give a set of drafts: all of them, or none when one cannot be given. Errors: NotInitiator, WrongMoment."""
    return [do_deed(draft, "release", by=by) for draft in sorted(drafts, key=lambda draft: draft.pk)]
