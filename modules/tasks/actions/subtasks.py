"""Dividing a task: what hangs under what."""

from core.access.actor import Actor
from core.access.queries import visible
from core.custom_fields.actions.filling import must_be_filled
from core.entities.locks import lock
from core.errors import Invalid
from core.events.bus import Change, emit
from core.registry import registry
from core.statuses.actions.moving import follow
from core.statuses.errors import MoveOfOthers
from core.verb import verb

from ..errors import SubtaskHasGaps, SubtaskOfOthers, TaskIsOver, TooDeep, TooManySubtasks, UnderItself
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


def end_along(subtask: Task, status: str, by: Actor) -> Change:
    """Lead a subtask to where its task ends; what has changed.

    Refused while fields are empty that its end asks for (SubtaskHasGaps), and where the company has kept this move for
    roles that the person has not (SubtaskOfOthers): a task above it is no way round them.
    """
    kind = registry.kind_of(Task.KIND)
    try:
        must_be_filled(subtask, kind, status=status, by=by)
        return follow(subtask, kind, status, by=by)
    except Invalid as gaps:
        raise SubtaskHasGaps(number_for(by, subtask.pk)) from gaps
    except MoveOfOthers as kept:
        raise SubtaskOfOthers(number_for(by, subtask.pk)) from kept


def number_for(actor: Actor, task_id: int) -> str:
    """How a task is called to somebody; empty when he does not see it."""
    seen = visible(actor, registry.kind_of(Task.KIND)).filter(pk=task_id, trashed_at__isnull=True)
    return seen.values_list("number", flat=True).first() or ""
