"""Dividing a task: what hangs under what."""

from core.access.actor import Actor
from core.entities.locks import lock
from core.events.bus import emit
from core.verb import verb

from ..errors import TaskIsOver, TooDeep, TooManySubtasks, UnderItself
from ..events import SubtaskAdded, SubtaskRemoved, TaskPlaced
from ..models import Task
from ..queries import above, hold_trees, levels_below
from ..rules import DEEPEST, MOST_SUBTASKS, OVER
from .guards import must_decide, must_work


@verb
def place_task(task: Task, *, parent: Task | None, by: Actor, version: int | None = None) -> Task:
    """Hang a task with all its subtasks under another one, or under none.

    Errors: NotInitiator, NotPartOfTask, UnderItself, TooDeep, TooManySubtasks, TaskIsOver, Stale.
    """
    must_decide(task, by)
    # One tree is rebuilt at a time: two moves at once could hang two tasks under each other.
    hold_trees()
    task = lock(task, version=version)
    must_decide(task, by)
    former = task.parent
    if (former and former.pk) == (parent and parent.pk):
        return task
    if parent is not None:
        if task.pk in (parent.pk, *above(parent.pk)):
            raise UnderItself()
        hang_under(parent, levels=levels_below(task.pk), by=by)
    task.parent = parent
    task.save_change("parent")
    emit(TaskPlaced(task.ref, parent=str(parent.ref) if parent else None), by=by)
    if former is not None:
        emit(SubtaskRemoved(former.ref, subtask=str(task.ref)), by=by)
    if parent is not None:
        emit(SubtaskAdded(parent.ref, subtask=str(task.ref)), by=by)
    return task


def hang_under(parent: Task, *, levels: int, by: Actor) -> None:
    """Refuse unless one more task with so many levels below it may hang under `parent`."""
    must_work(parent, by)
    if parent.status in OVER:
        raise TaskIsOver()
    if len(above(parent.pk)) + levels + 1 > DEEPEST:
        raise TooDeep()
    if Task.objects.filter(parent=parent, trashed_at__isnull=True).count() >= MOST_SUBTASKS:
        raise TooManySubtasks()
