"""Time spent on tasks: one timer a person, and what he writes down himself."""

from datetime import datetime, timedelta

from django.utils import timezone

from core.access.actor import Actor
from core.access.limits import must_write
from core.entities.locks import lock
from core.errors import Invalid, NotFound
from core.events.bus import Change, emit
from core.identity.models import Principal
from core.registry import registry
from core.verb import verb

from ..errors import EntryOfOthers, NoTimerRuns, TaskIsDraft, TaskIsOver
from ..events import TimerStarted, TimeSpent
from ..models import Task, TimeEntry
from ..queries import is_initiator
from ..rules import OVER, span
from .guards import must_work

# Nobody works longer in one go: a timer that was forgotten does not write more.
LONGEST = timedelta(hours=16)


@verb
def start_timer(task: Task, *, by: Actor) -> TimeEntry:
    """Begin to count one's time; the timer that ran on another task stops. Errors: NotPartOfTask, TaskIsOver."""
    must_work(task, by)
    # He before the task: of two that he starts at once on two tasks the second finds the first.
    _hold(by)
    task = lock(task)
    must_work(task, by)
    if task.status in OVER:
        raise TaskIsOver()
    if task.is_draft:
        raise TaskIsDraft()
    _must_spend(by)
    running = _running(by)
    if running is not None and running.task_id == task.pk:
        return running
    if running is not None:
        _stop(running, by)
    entry = TimeEntry.objects.create(task=task, person_id=by.principal_id)
    emit(TimerStarted(task.ref), by=by)
    return entry


@verb
def stop_timer(task: Task, *, by: Actor) -> TimeEntry | None:
    """End the person's timer on a task and keep what it counted; None when not even half a minute has passed.

    Errors: NoTimerRuns.
    """
    running = _running(by)
    if running is None or running.task_id != task.pk:
        raise NoTimerRuns()
    return _stop(running, by)


@verb
def end_timer(entry: TimeEntry, task: Task, *, by: Actor) -> TimeEntry | None:
    """End somebody's timer and keep what it counted, as of `stop_timer`.

    Errors: EntryOfOthers, NotFound, NoTimerRuns.
    """
    entry = _lock(entry)
    _must_answer(entry, task, by)
    if entry.ended_at is not None:
        raise NoTimerRuns()
    return _stop(entry, by)


@verb
def write_time(task: Task, *, minutes: int, started_at: datetime, note: str = "", by: Actor) -> TimeEntry:
    """Write down one's time by hand, of a task that is over as well. Errors: NotPartOfTask, Invalid."""
    must_work(task, by)
    _must_spend(by)
    _must_be_past(started_at, "started_at")
    _must_be_past(started_at + timedelta(minutes=minutes), "minutes")
    entry = TimeEntry.objects.create(
        task=task,
        person_id=by.principal_id,
        started_at=started_at,
        ended_at=started_at + timedelta(minutes=minutes),
        minutes=minutes,
        note=note,
    )
    _tell(entry, None, minutes, by)
    return entry


@verb
def correct_time(entry: TimeEntry, task: Task, *, minutes: int, note: str, by: Actor) -> TimeEntry:
    """Put another length or note into an entry. Errors: EntryOfOthers, NotFound, NoTimerRuns."""
    entry = _lock(entry)
    _must_answer(entry, task, by)
    _must_spend(by)
    if entry.minutes is None:
        raise Invalid({"minutes": "Сначала остановите таймер"})
    before, entry.minutes, entry.note = entry.minutes, minutes, note
    entry.ended_at = entry.started_at + timedelta(minutes=minutes)
    entry.save(update_fields=["minutes", "note", "ended_at"])
    if before != minutes:
        _tell(entry, before, minutes, by)
    return entry


@verb
def remove_time(entry: TimeEntry, task: Task, *, by: Actor) -> None:
    """Take an entry back. Errors: EntryOfOthers, NotFound."""
    entry = _lock(entry)
    _must_answer(entry, task, by)
    _must_spend(by)
    _tell(entry, entry.minutes, None, by)
    entry.delete()


def may_correct(entry: TimeEntry, task: Task, actor: Actor) -> bool:
    """One's own time, and that of others for whoever decides over the task."""
    return entry.person_id == actor.principal_id or is_initiator(actor, task)


def _hold(by: Actor) -> None:
    """One change of a person's timer at a time: there is no row of his to lock while none runs."""
    list(Principal.objects.select_for_update(no_key=True).filter(pk=by.principal_id).values_list("pk"))


def _running(by: Actor) -> TimeEntry | None:
    mine = TimeEntry.objects.select_for_update(of=("self",)).filter(person=by.principal_id, ended_at__isnull=True)
    return mine.select_related("task").first()


def _stop(entry: TimeEntry, by: Actor) -> TimeEntry | None:
    now = timezone.now()
    spent = min(now - entry.started_at, LONGEST)
    minutes = round(spent.total_seconds() / 60)
    if minutes == 0:
        # Pressed by mistake: nothing to keep.
        entry.delete()
        return None
    entry.minutes, entry.ended_at = minutes, entry.started_at + spent
    entry.save(update_fields=["minutes", "ended_at"])
    _tell(entry, None, minutes, by)
    return entry


def _must_answer(entry: TimeEntry, task: Task, by: Actor) -> None:
    if not may_correct(entry, task, by):
        raise EntryOfOthers()


def _must_spend(by: Actor) -> None:
    must_write(by, registry.kind_of(Task.KIND), ["minutes"])


def _must_be_past(moment: datetime, field: str) -> None:
    if moment > timezone.now() + timedelta(minutes=5):
        sentence = "Это время ещё не наступило" if field == "started_at" else "Столько с начала работы ещё не прошло"
        raise Invalid({field: sentence})


def _lock(entry: TimeEntry) -> TimeEntry:
    found = TimeEntry.objects.select_for_update(of=("self",)).filter(pk=entry.pk).first()
    if found is None:
        raise NotFound()
    return found


def _tell(entry: TimeEntry, before: int | None, after: int | None, by: Actor) -> None:
    old, new = (None if minutes is None else span(minutes) for minutes in (before, after))
    change = Change("time", old, new)
    emit(TimeSpent(entry.task.ref, changes=(change,), person=entry.person_id), by=by)
