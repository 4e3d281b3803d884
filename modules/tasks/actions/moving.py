"""How tasks go from status to status, for statuses that the company makes of them (core/statuses)."""

from collections.abc import Mapping, Sequence
from typing import Any

from core.access.actor import Actor
from core.entities.kinds import Lifecycle, Passage

from ..models import Status, Task
from ..queries import deeds_of, parts_of_each
from ..rules import OVER, leads
from .cards import do_deed
from .undoing import put_back, remembered


def passages(actor: Actor, tasks: Sequence[Any]) -> dict[int, Sequence[Passage]]:
    """Buttons of each task as this actor has them; tasks or rows of them, two statements for all."""
    parts = parts_of_each(actor, tasks)
    return {
        task.pk: [
            Passage(deed.code, deed.title, deed.target.value, deed.needs_text)
            for deed in deeds_of(task, parts[task.pk])
        ]
        for task in tasks
    }


def working(actor: Actor, tasks: Sequence[Any]) -> set[int]:
    """Ids of those that the actor has any part in while they are not over; of drafts his own."""
    parts = parts_of_each(actor, tasks)
    return {task.pk for task in tasks if parts[task.pk] and task.status not in OVER and actor.may_add_to(task)}


def _put_back(task: Task, before: Mapping[str, Any], *, by: Actor) -> Task:
    return put_back(task, before=before, by=by)


LIFECYCLE = Lifecycle(
    leads=leads(),
    passages=passages,
    working=working,
    go=do_deed,
    noted=remembered,
    put_back=_put_back,
    usual=Status.IN_WORK.value,
)
