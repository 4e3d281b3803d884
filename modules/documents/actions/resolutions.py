"""Resolutions: what somebody writes on a document, and the tasks that come of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.access.actor import Actor
from core.access.limits import must_write
from core.entities.locks import lock
from core.errors import Invalid
from core.events.bus import Change, emit
from core.recurrence.work import maker
from core.registry import registry
from core.verb import verb

from ..errors import NotForResolution, ResolutionOfOthers
from ..events import ResolutionGiven
from ..models import Document, Resolution
from ..queries import owns
from ..rules import MOST_LINES, RESOLVED
from .routing import resolved


@dataclass(frozen=True)
class Line:
    """«Что — кому — когда»: one task; `assignee` is a principal's id."""

    title: str
    assignee: int
    due_at: datetime | None = None


@verb
def give_resolution(document: Document, *, text: str, lines: Sequence[Line], by: Actor) -> Resolution:
    """Write on a document that is registered or shown on its route, and give the tasks of its lines, each tied to it
    and in the doer's name.

    Errors: ResolutionOfOthers, NotForResolution, Invalid, NobodyMakesWork where no module gives work, those of
    giving it.
    """
    _must_resolve(document, by)
    document = lock(document)
    _must_resolve(document, by)
    if document.status not in RESOLVED:
        raise NotForResolution()
    if not text.strip() and not lines:
        raise Invalid({"text": "Напишите резолюцию или добавьте поручение"})
    if len(lines) > MOST_LINES:
        raise Invalid({"lines": f"За один раз можно дать не больше {MOST_LINES} поручений"})
    tasks = [_given(document, line, by) for line in lines]
    said = text.strip() or "; ".join(line.title for line in lines)[:2000]
    made = Resolution.objects.create(
        document=document, author_id=by.principal_id, text=said, tasks=[int(ref.partition("/")[2]) for ref in tasks]
    )
    emit(ResolutionGiven(document.ref, (Change("resolution", None, said),), tuple(tasks)), by=by)
    resolved(document, by=by)
    return made


def _given(document: Document, line: Line, by: Actor) -> str:
    """Which module gives work to people is the company's matter; without one there are resolutions in words alone."""
    giving = maker()
    giving.must(by)
    task = giving.make(document, title=line.title, answers=line.assignee, due_at=line.due_at, by=by)
    if line.due_at is not None:
        must_write(by, registry.kind_of(task.kind), ["due_at"])
    return str(task.ref)


def _must_resolve(document: Document, by: Actor) -> None:
    if by.principal_id != document.addressee_id and not owns(by, document):
        raise ResolutionOfOthers()
