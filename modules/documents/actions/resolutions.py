"""Resolutions: what somebody writes on a document, and the tasks that come of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.access.actor import Actor
from core.entities.locks import lock
from core.errors import Invalid
from core.events.bus import Change, emit
from core.links.actions import tie_to_origin
from core.verb import verb
from modules.tasks.facade import create_task

from ..errors import NotForResolution, ResolutionOfOthers
from ..events import ResolutionGiven
from ..models import Document, Resolution
from ..queries import owns
from ..rules import MOST_LINES, REGISTERED


@dataclass(frozen=True)
class Line:
    """«Что — кому — когда»: one task; `assignee` is a principal's id."""

    title: str
    assignee: int
    due_at: datetime | None = None


@verb
def give_resolution(document: Document, *, text: str, lines: Sequence[Line], by: Actor) -> Resolution:
    """Write on a registered document and give the tasks of its lines, each tied to it and in the doer's name.

    Errors: ResolutionOfOthers, NotForResolution, Invalid, those of giving a task.
    """
    _must_resolve(document, by)
    document = lock(document)
    _must_resolve(document, by)
    if document.status not in REGISTERED:
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
    return made


def _given(document: Document, line: Line, by: Actor) -> str:
    task = create_task(title=line.title, assignee=line.assignee, due_at=line.due_at, by=by)
    tie_to_origin(task, document, by=by)
    return str(task.ref)


def _must_resolve(document: Document, by: Actor) -> None:
    if by.principal_id != document.addressee_id and not owns(by, document):
        raise ResolutionOfOthers()
