"""Verbs about dismissals.

To dismiss somebody is to shut his account and to let what he holds go to others. The account is shut at once or at the
end of his last day; the things follow by a job, each through its own verb, with the rights of whoever dismissed him as
they are then.
"""

import logging
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from core.access.actor import Actor
from core.access.loading import system_actor
from core.access.reach import must_not_be_above
from core.context import current_company
from core.entities.locks import lock
from core.errors import Refused
from core.events.bus import Change, emit
from core.notifications.actions import notify
from core.numbering.actions import company_day
from core.organization.actions import block_employee, must_block
from core.organization.models import Employee
from core.outbox.queries import promise, wake
from core.verb import verb

from .errors import (
    PASSING,
    DismissalFailed,
    DismissalRuns,
    NobodyTakes,
    NothingPlanned,
    SamePerson,
    UnknownSort,
    WrongDay,
)
from .events import DismissalCalledOff, DismissalPlanned, DismissalStopped, EmployeeDismissed
from .models import Dismissal
from .notifications import STOPPED
from .queries import counts, handovers
from .registry import Fate
from .rules import distributed, forgotten

log = logging.getLogger(__name__)
START, WALK = "handover.start", "job:handover.walk"
# Nobody plans further ahead, and nobody enters an older day than the last year's.
_FURTHEST = timedelta(days=366)
State = Dismissal.State


@verb
def dismiss(
    employee: Employee, *, heir: int | None, heirs: Mapping[str, int | None], last_day: date, by: Actor
) -> Dismissal:
    """Dismiss somebody: `heir` (an employee card's id) gets everything for which `heirs` {sort: id or None} names
    nobody else; None leaves things of a sort where they are.

    Asked again it changes what is planned, says the same of what goes on, and hands over once more what stayed.
    Errors: Forbidden, NotYourself, LastOwner, AdminsOnly, OwnersOnly, Invalid, DismissalRuns.
    """
    must_block(employee, by=by)
    # Whoever is blocked already is dismissed by the same people who could have blocked him.
    must_not_be_above(employee.principal, by)
    _must_be_near(last_day)
    wanted = _read_heirs(employee, heir, heirs)
    # Before the card, as the job does it: it may come to the leaver's own card with the row in hand.
    _standing(employee)
    employee = lock(employee)
    row = _standing(employee)
    if row is not None and row.state == State.RUNNING:
        if row.heirs != wanted:
            raise DismissalRuns()
        return row
    row = row or Dismissal(employee=employee)
    row.asked_by_id, row.asked_at, row.last_day, row.heirs = by.principal_id, timezone.now(), last_day, wanted
    row.starts_at, row.reason = row.asked_at, ""
    if last_day > company_day() and not employee.is_blocked:
        row.starts_at = _end_of(last_day)
        return _plan(row, by)
    return begin(row, by=by)


@verb
def begin(row: Dismissal, *, by: Actor) -> Dismissal:
    """Shut the account of a locked dismissal and let the hand-over begin. Errors as of `block_employee`."""
    if not row.employee.is_blocked:
        block_employee(row.employee, by=by)
        emit(EmployeeDismissed(row.employee.ref, (_told_day(row),)), by=by)
        row.walk = {}
    row.state, row.look, row.finished_at = State.RUNNING, 0, None
    row.walk = {code: {"given": line.get("given", 0)} for code, line in row.walk.items()}
    row.save()
    promise(WALK, row.pk)
    return row


@verb
def call_off(employee: Employee, *, by: Actor) -> None:
    """Forget a dismissal that has not begun. Errors: Forbidden, NothingPlanned."""
    must_block(employee, by=by)
    row = _standing(employee)
    if row is None or row.state != State.PLANNED:
        raise NothingPlanned()
    emit(DismissalCalledOff(employee.ref, (Change("last_day", row.last_day.isoformat(), None),)), by=by)
    row.delete()


@verb
def stop(row: Dismissal, reason: str) -> None:
    """End a locked dismissal without its end; `reason` is what people read. Whoever dismissed him is told."""
    row.state, row.reason, row.finished_at = State.STOPPED, reason[:300], timezone.now()
    row.save(update_fields=["state", "reason", "finished_at"])
    told = (Change("reason", None, row.reason),)
    fact = emit(DismissalStopped(row.employee.ref, told), by=system_actor())
    notify(
        [row.asked_by_id],
        kind=STOPPED,
        subject=f"Увольнение остановлено: {row.employee.full_name}",
        paragraphs=[row.reason],
        link_path=f"/settings/people/{row.pk}",
        fact_id=fact,
        card=row.employee,
        reason="вы увольняли сотрудника",
    )


@verb
def begin_planned(row: Dismissal, *, by: Actor) -> None:
    """Begin what was planned when its moment has come; it stops, and says why, where it cannot begin."""
    try:
        with transaction.atomic():
            begin(row, by=by)
    except Refused as refusal:
        stop(row, refusal.detail)
    except PASSING:
        raise
    except Exception:
        log.exception("dismissal %s could not begin", row.pk)
        stop(row, DismissalFailed.title)


def _standing(employee: Employee) -> Dismissal | None:
    return Dismissal.objects.select_for_update().filter(pk=employee.pk).first()


def _plan(row: Dismissal, by: Actor) -> Dismissal:
    row.state, row.walk, row.look, row.finished_at = State.PLANNED, {}, 0, None
    row.save()
    wake(START, row.starts_at)
    emit(DismissalPlanned(row.employee.ref, (_told_day(row),)), by=by)
    return row


def _read_heirs(employee: Employee, heir: int | None, heirs: Mapping[str, int | None]) -> dict[str, int | None]:
    """Who gets what, for every sort that goes to somebody. The ids have been read as those of working people."""
    given = {sort.code for sort in handovers() if sort.fate == Fate.GIVEN}
    if set(heirs) - given:
        raise UnknownSort()
    if employee.pk in (heir, *heirs.values()):
        raise SamePerson()
    # Counting is dear, and an heir of all leaves nothing out.
    if heir is None and forgotten(given, heir, heirs, counts(employee)):
        raise NobodyTakes()
    return distributed(given, heir, heirs)


def _must_be_near(day: date) -> None:
    today = company_day()
    if not today - _FURTHEST <= day <= today + _FURTHEST:
        raise WrongDay()


def _end_of(day: date) -> datetime:
    """The midnight after a day, where the company is."""
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=ZoneInfo(current_company().time_zone))


def _told_day(row: Dismissal) -> Change:
    return Change("last_day", None, row.last_day.isoformat())
