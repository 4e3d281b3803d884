"""Moving a due moment: the initiator does it and says why, the assignee asks for it."""

from datetime import datetime

from django.utils import timezone

from core.access.actor import Actor
from core.access.limits import must_write
from core.entities.locks import lock
from core.errors import Forbidden, Invalid, NotFound
from core.events.bus import Change, emit
from core.options.queries import option
from core.registry import registry
from core.verb import verb

from ..errors import AlreadyAsked, AlreadyDecided, TaskIsDraft, TaskIsOver
from ..events import DueMoveAsked, DueMoved, DueMoveDropped, DueMoveRefused
from ..models import DueRequest, Task
from ..options import NEEDS_REASON
from ..rules import ASSIGNEE, OVER
from .guards import must_decide, must_play

Outcome = DueRequest.Outcome


@verb
def move_due(task: Task, due_at: datetime | None, *, reason: str, by: Actor, asker: int | None = None) -> DueMoved:
    """Put another due moment into a locked task, which the caller saves; the fact to be said.

    The moment before the first move is kept, moves are counted (naming the first one is none), and what was asked
    meanwhile is settled by it.
    Errors: Invalid when the company wants a reason and there is none.
    """
    reason = reason.strip()
    if not reason and task.author_id != task.responsible_id and option(NEEDS_REASON):
        raise Invalid({"due_reason": "Напишите, почему переносите срок"})
    drop_request(task)
    change = Change("due_at", _told(task.due_at), _told(due_at), back=(task.due_at,))
    if task.due_at is not None:
        task.first_due_at = task.first_due_at or task.due_at
        task.due_moves += 1
    task.due_at = due_at
    return DueMoved(task.ref, changes=(change, *_why(reason)), reason=reason, nth=task.due_moves, asker=asker)


@verb
def ask_to_move(task: Task, *, due_at: datetime, reason: str, by: Actor) -> DueRequest:
    """Ask the initiator for another due moment. Errors: NotAssignee, TaskIsOver, AlreadyAsked, Invalid."""
    must_play(task, ASSIGNEE, by)
    task = lock(task)
    must_play(task, ASSIGNEE, by)
    if task.status in OVER:
        raise TaskIsOver()
    if task.is_draft:
        raise TaskIsDraft()
    must_write(by, registry.kind_of(Task.KIND), ["due_at"])
    if due_at == task.due_at:
        raise Invalid({"due_at": "Это и есть нынешний срок. Выберите другой"})
    if DueRequest.objects.filter(task=task, outcome=Outcome.WAITING).exists():
        raise AlreadyAsked()
    request = DueRequest.objects.create(
        task=task, asker_id=by.principal_id, decider_id=task.author_id, due_at=due_at, reason=reason
    )
    change = Change("due_at", _told(task.due_at), _told(due_at))
    emit(DueMoveAsked(task.ref, changes=(change, *_why(reason)), reason=reason, decider=task.author_id), by=by)
    return request


@verb
def decide_move(request: DueRequest, task: Task, *, consents: bool, by: Actor, reason: str = "") -> Task:
    """Consent to a move or refuse it. Errors: NotInitiator, AlreadyDecided, TaskIsOver."""
    must_decide(task, by)
    task = lock(task)
    must_decide(task, by)
    request = _lock(request)
    if task.status in OVER:
        raise TaskIsOver()
    must_write(by, registry.kind_of(Task.KIND), ["due_at"])
    _end(request, Outcome.CONSENTED if consents else Outcome.REFUSED)
    change = Change("due_at", _told(task.due_at), _told(request.due_at))
    if not consents:
        said = reason.strip()
        emit(DueMoveRefused(task.ref, changes=(change, *_why(said)), reason=said, asker=request.asker_id), by=by)
        return task
    fact = move_due(task, request.due_at, reason=request.reason, by=by, asker=request.asker_id)
    task.save_change("due_at", "first_due_at", "due_moves")
    emit(fact, by=by)
    return task


@verb
def take_back(request: DueRequest, task: Task, *, by: Actor) -> None:
    """The asker has thought better of it. Errors: Forbidden, AlreadyDecided."""
    task = lock(task)
    request = _lock(request)
    if request.asker_id != by.principal_id:
        raise Forbidden("Просьбу снимает тот, кто попросил")
    _end(request, Outcome.DROPPED)
    emit(DueMoveDropped(task.ref), by=by)


def drop_request(task: Task) -> None:
    """What was asked of a locked task has no more sense: it is over, in other hands, or has another due moment."""
    waiting = DueRequest.objects.filter(task=task, outcome=Outcome.WAITING)
    waiting.update(outcome=Outcome.DROPPED, decided_at=timezone.now())


def _lock(request: DueRequest) -> DueRequest:
    found = DueRequest.objects.select_for_update(of=("self",)).filter(pk=request.pk).first()
    if found is None:
        raise NotFound()
    if found.outcome != Outcome.WAITING:
        raise AlreadyDecided()
    return found


def _end(request: DueRequest, outcome: str) -> None:
    request.outcome, request.decided_at = outcome, timezone.now()
    request.save(update_fields=["outcome", "decided_at"])


def _why(reason: str) -> tuple[Change, ...]:
    return (Change("reason", None, reason),) if reason else ()


def _told(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
