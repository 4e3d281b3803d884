"""Another person speaks for a task from now on: judges the work, moves its date, closes it."""

from core.access.actor import Actor
from core.entities.locks import lock
from core.entities.models import Participant
from core.entities.participants import replace
from core.events.bus import Change, emit
from core.organization.people import people
from core.verb import verb

from ..errors import TaskIsOver
from ..events import InitiatorChanged
from ..models import DueRequest, Task
from ..rules import OVER
from .guards import must_decide


@verb
def change_initiator(task: Task, *, to: int, by: Actor) -> Task:
    """Let another person (a principal) be the initiator; who made the task stays in its history.

    What the assignee has asked the former one waits for the new one. Errors: NotInitiator, TaskIsOver.
    """
    must_decide(task, by)
    task = lock(task)
    must_decide(task, by)
    if task.status in OVER:
        raise TaskIsOver()
    former = task.author_id
    if former == to:
        return task
    names = {who: person["name"] for who, person in people([former, to]).items()}
    replace(task, Participant.Part.AUTHOR, [to])
    DueRequest.objects.filter(task=task, outcome=DueRequest.Outcome.WAITING).update(decider_id=to)
    task.author_id = to
    task.save_change("author")
    change = Change("initiator", names[former], names[to])
    emit(InitiatorChanged(task.ref, initiator=to, former=former, changes=(change,)), by=by)
    return task
