"""Who may change a task. Asked twice, before the lock and on the locked row: it may have been handed over meanwhile."""

from core.access.actor import Actor
from core.entities.models import Participant
from core.errors import Forbidden

from ..errors import NotAssignee, NotInitiator, NotPartOfTask
from ..models import Task
from ..queries import is_initiator, part_holders, parts_of
from ..rules import ASSIGNEE


def must_decide(task: Task, by: Actor) -> None:
    if not is_initiator(by, task):
        raise NotInitiator()


def must_play(task: Task, part: str, by: Actor) -> None:
    if part not in parts_of(by, task, part_holders(task, Participant.Part.CO_WORKER)):
        raise NotAssignee() if part == ASSIGNEE else NotInitiator()


def must_gather(task: Task, by: Actor) -> None:
    if (task.is_draft or by.principal_id != task.responsible_id) and not is_initiator(by, task):
        raise Forbidden("Состав участников меняют инициатор и исполнитель задачи")


def must_work(task: Task, by: Actor) -> None:
    """Whoever plays any part in the work: divides it, notes his time. A draft is its author's."""
    by.must_add_to(task)
    if not parts_of(by, task, part_holders(task, Participant.Part.CO_WORKER)):
        raise NotPartOfTask()
