"""The work of dismissals: parcel after parcel, each in one transaction with the mark of how far it has come."""

import logging
from collections import Counter
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.access.actions import lock_owners
from core.access.actor import Actor
from core.access.loading import actor_of_principal
from core.context import Company, company_scope
from core.errors import NotFound, Refused
from core.events.bus import Change, emit
from core.failpoints import Failpoint
from core.notifications.actions import notify
from core.organization.models import Employee
from core.organization.permissions import BLOCK
from core.outbox.queries import promise, wake

from .actions import START, WALK, begin_planned, stop
from .errors import PASSING, DismissalFailed, HandingFailed, HeirIsGone
from .events import ThingsHandedOver
from .models import Dismissal
from .notifications import DONE
from .queries import handovers, heir_of, held_by
from .registry import Fate, Handover, Held

log = logging.getLogger(__name__)
# Things of one transaction, and transactions of one run: others wait for the worker, too.
BATCH, PARCELS = 20, 25
# So much later everything is looked at once more: whoever began to give him work before he was blocked is done by then.
LATER = timedelta(minutes=1)
# A parcel that fails as a whole is tried so often, so long apart, before it is passed over.
TRIES, AGAIN = 3, timedelta(seconds=10)
# A company that is suspended comes back by a person's hand.
_MUCH_LATER = timedelta(hours=1)
HANDED, PARCEL_DONE = Failpoint("handover.handed"), Failpoint("handover.parcel_done")
_LOOKS = 2
# Beside the sorts: what is noted of the end itself.
_END = ""
_MOST_REASONS = 20
State = Dismissal.State


def start(company: Company, _: int = 0) -> None:
    """Begin the dismissals whose day is over, each in a transaction of its own, and ask to be woken for the next."""
    while company.is_open and _begin_one(company):
        continue
    with company_scope(company):
        planned = Dismissal.objects.filter(state=State.PLANNED).order_by("starts_at")
        moment = planned.values_list("starts_at", flat=True).first()
        if moment:
            wake(START, moment if company.is_open else timezone.now() + _MUCH_LATER)


def walk(company: Company, dismissal_id: int) -> None:
    """Hand over what is left, as far as one run reaches. Killed anywhere, it goes on behind the last whole parcel."""
    for _ in range(PARCELS):
        try:
            with company_scope(company):
                more = _parcel(dismissal_id)
        except Exception:
            # One parcel keeps neither the rest nor whoever waits for the end.
            log.exception("a parcel of dismissal %s of %s failed", dismissal_id, company.slug)
            with company_scope(company):
                more = _after_failure(dismissal_id)
        PARCEL_DONE.reach()
        if not more:
            return
    with company_scope(company):
        promise(WALK, dismissal_id)


def _begin_one(company: Company) -> bool:
    with company_scope(company):
        # As whoever dismisses by hand: the owners before the dismissal.
        lock_owners()
        due = Dismissal.objects.filter(state=State.PLANNED, starts_at__lte=timezone.now()).order_by("starts_at")
        pk = due.values_list("pk", flat=True).first()
        row = _locked(pk) if pk else None
        if row is None:
            return False
        if row.state == State.PLANNED and row.starts_at <= timezone.now() and (by := _author(row)):
            begin_planned(row, by=by)
        return True


def _parcel(dismissal_id: int) -> bool:
    """Hand over one parcel of one sort; whether there is more to do."""
    row = _locked(dismissal_id)
    if row is None or row.state not in (State.RUNNING, State.DONE) or row.look >= _LOOKS:
        return False
    if not row.employee.is_blocked:
        # He works here again: what has not gone yet is his.
        if row.state == State.RUNNING:
            stop(row, "Сотрудник снова работает: остальное осталось у него")
        return False
    by = _author(row)
    if by is None:
        return False
    sort = _next_sort(row)
    if sort is None:
        return _finish(row, by)
    _hand_some(row, sort, by)
    row.save(update_fields=["walk"])
    HANDED.reach()
    return True


def _after_failure(dismissal_id: int) -> bool:
    """Try the parcel once more a little later; after some tries pass it over. Whether to go on with the next one."""
    row = _locked(dismissal_id)
    if row is None:
        return False
    sort = _next_sort(row)
    code = sort.code if sort else _END
    line = row.walk.get(code, {})
    row.walk[code] = {**line, "tries": line.get("tries", 0) + 1}
    is_enough = row.walk[code]["tries"] >= TRIES
    if not is_enough:
        promise(WALK, row.pk, not_before=timezone.now() + AGAIN)
    elif sort:
        _pass_over(row, sort)
    else:
        row.look = _LOOKS
        if row.state == State.RUNNING:
            stop(row, DismissalFailed.title)
    row.save(update_fields=["walk", "look"])
    return is_enough


def _pass_over(row: Dismissal, sort: Handover) -> None:
    rows = _rows(row, sort)
    refusal = HandingFailed()
    _write_line(row, sort, rows, given=0, refusals=[refusal] * len(rows))


def _next_sort(row: Dismissal) -> Handover | None:
    return next((one for one in handovers() if one.hand and not _line(row, one).get("over")), None)


def _rows(row: Dismissal, sort: Handover) -> list[Any]:
    """The next parcel of a sort."""
    at = _line(row, sort).get("at", 0)
    return list(sort.rows(held_by(row.employee)).filter(pk__gt=at).order_by("pk")[:BATCH])


def _hand_some(row: Dismissal, sort: Handover, by: Actor) -> None:
    named = row.heirs.get(sort.code)
    if sort.fate == Fate.GIVEN and named is None:
        row.walk[sort.code] = {**_line(row, sort), "over": True}
        return
    leaver, rows = held_by(row.employee), _rows(row, sort)
    heir, gone = _heir(named)
    outcomes = [gone or _hand(sort, one, (leaver, heir), by) for one in rows]
    # What is not there any more neither went nor stayed.
    refusals = [refusal for refusal in outcomes if refusal and not isinstance(refusal, NotFound)]
    _write_line(row, sort, rows, given=outcomes.count(None), refusals=refusals)


def _write_line(row: Dismissal, sort: Handover, rows: list[Any], *, given: int, refusals: list[Refused]) -> None:
    """Note behind a parcel how far its sort has come, and why some things stayed."""
    line = _line(row, sort)
    why = Counter(line.get("why", {}))
    for refusal in refusals:
        why[_sentence(refusal, why)] += 1
    row.walk[sort.code] = {
        "at": rows[-1].pk if rows else line.get("at", 0),
        "given": line.get("given", 0) + given,
        "left": line.get("left", 0) + len(refusals),
        "why": dict(why),
        "over": len(rows) < BATCH,
    }


def _hand(sort: Handover, one: Any, people: tuple[Held, Held | None], by: Actor) -> Refused | None:
    """Give one thing away; why it could not be."""
    assert sort.hand is not None
    try:
        with transaction.atomic():
            sort.hand(one, *people, by)
    except Refused as refusal:
        return refusal
    except PASSING:
        raise
    except Exception:
        log.exception("%s %s could not be handed over", sort.code, one.pk)
        return HandingFailed()
    return None


def _heir(employee_id: int | None) -> tuple[Held | None, Refused | None]:
    if employee_id is None:
        return None, None
    try:
        return heir_of(employee_id), None
    except HeirIsGone as gone:
        return None, gone


def _finish(row: Dismissal, by: Actor) -> bool:
    """A look at everything is over."""
    is_first = row.look == 0
    row.look += 1
    if is_first:
        row.state, row.finished_at = State.DONE, timezone.now()
        _tell(row, by)
        promise(WALK, row.pk, not_before=timezone.now() + LATER)
        # The second look begins anew, also with what stayed at the first one.
        row.walk = {code: {**line, "over": False, "again": True} for code, line in row.walk.items()}
    row.save(update_fields=["look", "state", "finished_at", "walk"])
    return False


def _line(row: Dismissal, sort: Handover) -> dict[str, Any]:
    line = row.walk.get(sort.code, {})
    return {"given": line.get("given", 0)} if line.get("again") else line


def _tell(row: Dismissal, by: Actor) -> None:
    gone_on = {sort.code for sort in handovers() if sort.fate == Fate.GIVEN}
    given = sum(line.get("given", 0) for code, line in row.walk.items() if code in gone_on)
    left = sum(line.get("left", 0) for line in row.walk.values())
    changes = (Change("given", None, str(given)), *((Change("left", None, str(left)),) if left else ()))
    fact = emit(ThingsHandedOver(row.employee.ref, given, left, changes), by=by)
    said = f"Передано: {given}." + (f" Осталось: {left}. Посмотрите, что и почему." if left else "")
    notify(
        [row.asked_by_id],
        kind=DONE,
        subject=f"Дела переданы: {row.employee.full_name}",
        paragraphs=[said],
        link_path=f"/settings/people/{row.pk}",
        fact_id=fact,
        card=row.employee,
        reason="вы уволили сотрудника",
    )


def _sentence(refusal: Refused, known: Counter[str]) -> str:
    """Why, as people read it; a hundredth reason is none."""
    errors = getattr(refusal, "errors", {})
    said = next(iter(errors.values()))[0] if errors else refusal.detail
    return said if said in known or len(known) < _MOST_REASONS else "По другим причинам"


def _author(row: Dismissal) -> Actor | None:
    """Whoever has dismissed him, with the rights that he has now; stopped when he may not any more."""
    by = actor_of_principal(row.asked_by, door="job")
    if row.asked_by.is_active and by.may(BLOCK):
        return by
    if row.state != State.DONE:
        stop(row, "У того, кто увольнял, больше нет на это права. Пусть дела передаст другой администратор")
    return None


def _locked(dismissal_id: int) -> Dismissal | None:
    rows = Dismissal.objects.select_for_update(of=("self",)).select_related("asked_by__employee")
    row = rows.filter(pk=dismissal_id).first()
    if row is not None:
        # Read behind the lock, not beside it: he may have been blocked or brought back meanwhile.
        row.employee = Employee.objects.select_related("principal").get(pk=dismissal_id)
    return row
