"""Verbs about plans that come round, and the making of what is due."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from core.access.actor import Actor
from core.access.loading import actor_of_principal
from core.context import current_company
from core.entities.kinds import EntityKind
from core.entities.locks import lock
from core.entities.models import Entity
from core.errors import Refused
from core.events.bus import Change, emit
from core.organization.people import people
from core.organization.workdays import is_workday
from core.outbox.queries import wake
from core.registry import registry
from core.verb import verb

from .errors import EndlessMinutes, NeverDue, NoPlan, NotYourPlan, TooManyToday
from .events import (
    OccurrenceFailed,
    RecurrenceOver,
    RecurrencePaused,
    RecurrenceRemoved,
    RecurrenceResumed,
    RecurrenceSet,
)
from .models import Occurrence, PlannedWork, Recurrence
from .plans import plan_of, sentence, stored
from .queries import given_since, has_open, made_for, made_since, settled_at, work_of
from .rules import CARDS_AT_ONCE, Every, Plan, moments, owed
from .work import Work, make_about, may_plan, must_fit, rests

TICK = "recurrence.tick"
# A company's plans make no more cards in 24 hours: whoever plans more has made a mistake, and one person's mistake
# leaves something to the plans of the others. What people have made by hand is counted apart, for each of them: nobody
# fills the measure of the others, nor that of the plans.
MOST_A_DAY, MOST_OF_ONE, MOST_BY_HAND = 5000, 4000, 2000
_DAY = timedelta(days=1)
_CATCH_UP = Recurrence.CatchUp
_Outcome = Occurrence.Outcome


@verb
def set_plan(
    card: Entity,
    kind: EntityKind,
    *,
    plan: Plan,
    catch_up: str,
    one_open: bool,
    most: int | None,
    by: Actor,
    work: Work | None = None,
) -> Recurrence:
    """Let a card come round by a plan, from now on; one that is no template says what `work` is to be done, which the
    doer gives from now on. Errors: NotYourPlan, EndlessMinutes, NeverDue, those of `work.must_fit`."""
    _must_answer(card, kind, by)
    must_fit(kind, work, by)
    if plan.every is Every.MINUTES and not plan.ends_on and not most:
        raise EndlessMinutes()
    lock(card)
    before = Recurrence.objects.filter(pk=card.pk).first()
    now = timezone.now()
    row = before or Recurrence(entity_id=card.pk, last_at=now)
    was = _told(row) | _told_work(work_of(card.pk)) if before else {}
    row.plan, row.catch_up, row.one_open, row.most = stored(plan), catch_up, one_open, most
    row.is_on, row.last_at = True, max(row.last_at, now)
    row.next_at = _next(row, plan)
    if row.next_at is None or _is_spent(row):
        raise NeverDue()
    row.save()
    if work is not None:
        _keep_work(row, work, by)
    wake(TICK, row.next_at)
    stands = _told(row) | _told_work(work_of(card.pk))
    changes = tuple(Change(name, was.get(name), value) for name, value in stands.items() if was.get(name) != value)
    emit(RecurrenceSet(card.ref, changes), by=by)
    return row


@verb
def pause(card: Entity, kind: EntityKind, *, by: Actor) -> Recurrence:
    """Stop the plan until somebody resumes it; what falls into the pause is never made up for."""
    row = _own_plan(card, kind, by)
    if row.is_on:
        row.is_on, row.next_at = False, None
        row.save(update_fields=["is_on", "next_at"])
        emit(RecurrencePaused(card.ref), by=by)
    return row


@verb
def resume(card: Entity, kind: EntityKind, *, by: Actor) -> Recurrence:
    """Let a paused plan go on from now. Errors: NotYourPlan, NoPlan, NeverDue."""
    row = _own_plan(card, kind, by)
    if row.is_on and row.next_at:
        return row
    row.is_on, row.last_at = True, timezone.now()
    row.next_at = _next(row, plan_of(row.plan))
    if row.next_at is None or _is_spent(row):
        raise NeverDue()
    row.save(update_fields=["is_on", "last_at", "next_at"])
    wake(TICK, row.next_at)
    emit(RecurrenceResumed(card.ref), by=by)
    return row


@verb
def remove_plan(card: Entity, kind: EntityKind, *, by: Actor) -> None:
    """Take the plan off a template; what it has made stays known."""
    row = _own_plan(card, kind, by)
    emit(RecurrenceRemoved(card.ref, (Change("plan", sentence(plan_of(row.plan)), None),)), by=by)
    row.delete()


@verb
def hand_work_over(work: PlannedWork, *, former: int, to: int, by: Actor) -> None:
    """Let another person (a principal) give and answer for work wherever the former one does. Errors: NotYourPlan,
    NotFound."""
    card = lock(Entity.objects.get(pk=work.pk))
    kind = registry.kind_of(card.kind)
    _must_answer(card, kind, by)
    # As it is now: somebody may have set the plan anew, or taken it away, while this waited for the card.
    fresh = work_of(card.pk)
    if fresh is None or former not in (fresh.giver_id, fresh.answerer_id):
        return
    was = _told_work(fresh)
    if fresh.answerer_id == former:
        fresh.answerer_id = to
    if fresh.giver_id == former:
        fresh.giver_id = to
    fresh.save(update_fields=["answerer", "giver"])
    stands = _told_work(work_of(work.pk))
    changes = tuple(Change(name, was[name], value) for name, value in stands.items() if was[name] != value)
    emit(RecurrenceSet(card.ref, changes), by=by)


@verb
def come_round(row: Recurrence, *, now: datetime) -> None:
    """Make what a due plan owes, as far as one transaction reaches, and find its next moment.

    Each moment gets its rows once, in the transaction of its cards, so that neither a stop nor a second worker doubles
    or loses one. The plan is locked, and behind that the database refuses two cards of a moment for one person.
    """
    plan = plan_of(row.plan)
    due, missed = owed(_coming(row, plan), row.catch_up, now=now)
    for moment in missed:
        _note(row, moment, _Outcome.SKIPPED, "Пропущена: система в это время не работала")
    made, over = 0, list(missed)
    for moment in due:
        if made >= CARDS_AT_ONCE:
            break
        made += 0 if _is_spent(row) else _make(row, moment)
        over.append(moment)
    row.last_at = max([row.last_at, *over])
    _go_on(row, plan)


@verb
def follow_the_clock() -> None:
    """Find the next moment of each plan that goes on by the clock that the company lives by now."""
    rows = Recurrence.objects.select_for_update(of=("self",)).select_related("entity")
    for row in rows.filter(next_at__isnull=False).order_by("pk"):
        _go_on(row, plan_of(row.plan))
        if row.next_at:
            wake(TICK, row.next_at)


@verb
def note_made(template: Entity, cards: Iterable[Entity], *, at: datetime, given_by: int | None = None) -> None:
    """Keep that a template has made cards for a moment, by its plan or by the hand of `given_by` (a principal).

    IntegrityError when whoever answers for one of them has his of that moment already.
    """
    Occurrence.objects.bulk_create(
        Occurrence(
            template_id=template.pk,
            at=at,
            outcome=_Outcome.MADE,
            card_id=card.pk,
            recipient_id=card.responsible_id,
            given_by_id=given_by,
        )
        for card in cards
    )


@verb
def note_refused(template: Entity, reason: str, *, at: datetime, recipient: int | None = None, by: Actor) -> None:
    """Keep why a card of a moment could not be made for somebody (for nobody without `recipient`), and say it."""
    Occurrence.objects.create(
        template_id=template.pk, at=at, outcome=_Outcome.FAILED, reason=reason[:300], recipient_id=recipient
    )
    emit(OccurrenceFailed(template.ref, reason), by=by)


def left_by_hand(by: Actor) -> int:
    """How many cards somebody may still have made by hand today; until the transaction ends he alone is counted."""
    return max(MOST_BY_HAND - given_since(by.principal_id, timezone.now() - _DAY), 0)


def _go_on(row: Recurrence, plan: Plan) -> None:
    """Keep what has been dealt with and when the plan comes round next; say so when it never will."""
    row.next_at = None if _is_spent(row) else _next(row, plan)
    row.is_on = row.next_at is not None
    row.save(update_fields=["made", "last_at", "next_at", "is_on"])
    if not row.is_on:
        emit(RecurrenceOver(row.entity.ref), by=_maker(row.entity))


def _make(row: Recurrence, moment: datetime) -> int:
    """Make what one moment owes; how many cards that were."""
    if reason := rests(row.entity):
        _note(row, moment, _Outcome.SKIPPED, reason)
        return 0
    if row.one_open and has_open(row.entity_id):
        _note(row, moment, _Outcome.SKIPPED, "Предыдущая ещё не закрыта")
        return 0
    if settled_at(row.entity_id, moment):
        # The mark of how far the plan has come stands before what it has made: nobody gets his a second time.
        return 0
    maker = _maker(row.entity)
    try:
        with transaction.atomic():
            cards = _cards_of(row.entity, moment, maker)
    except TooManyToday as full:
        _note(row, moment, _Outcome.SKIPPED, full.detail)
        return 0
    except Refused as refusal:
        note_refused(row.entity, refusal.detail, at=moment, by=maker)
        return 0
    row.made += 1
    note_made(row.entity, cards, at=moment)
    return len(cards)


def _cards_of(template: Entity, moment: datetime, maker: Actor) -> list[Entity]:
    """The cards of one moment, all or none. Errors: TooManyToday, those of the kind."""
    since = timezone.now() - _DAY
    left = min(MOST_A_DAY - made_since(since), MOST_OF_ONE - made_for(maker.principal_id, since))
    if left <= 0:
        raise TooManyToday()
    kind = registry.kind_of(template.kind)
    if kind.repeat is None:
        work = work_of(template.pk)
        assert work is not None
        return [make_about(work, template, moment, by=maker)]
    cards = kind.repeat(template, moment, most=left, by=maker)
    # A kind that has not asked how many it may make has made them in vain.
    if len(cards) > left:
        raise TooManyToday()
    return cards


def _note(row: Recurrence, moment: datetime, outcome: str, reason: str) -> None:
    before = Occurrence.objects.filter(template_id=row.entity_id).order_by("-at").first()
    if before and outcome == before.outcome == _Outcome.SKIPPED and reason == before.reason:
        # A long wait is one line: a plan by minutes would fill the table with them.
        before.at = moment
        before.save(update_fields=["at"])
        return
    Occurrence.objects.create(template_id=row.entity_id, at=moment, outcome=outcome, reason=reason)


def _maker(template: Entity) -> Actor:
    """Whoever gives the work, or answers for the template, at work through the plan."""
    work = work_of(template.pk)
    return actor_of_principal(work.giver if work else template.responsible or template.author, door="job")


def _coming(row: Recurrence, plan: Plan) -> Iterator[datetime]:
    return moments(plan, ZoneInfo(current_company().time_zone), after=row.last_at, is_workday=is_workday)


def _next(row: Recurrence, plan: Plan) -> datetime | None:
    return next(_coming(row, plan), None)


def _is_spent(row: Recurrence) -> bool:
    return row.most is not None and row.made >= row.most


def _own_plan(card: Entity, kind: EntityKind, by: Actor) -> Recurrence:
    _must_answer(card, kind, by)
    row = Recurrence.objects.select_for_update().filter(pk=card.pk).first()
    if row is None:
        raise NoPlan()
    return row


def _must_answer(card: Entity, kind: EntityKind, by: Actor) -> None:
    if not may_plan(kind, card, by):
        raise NotYourPlan()


def _keep_work(row: Recurrence, work: Work, by: Actor) -> None:
    kept = {"title": work.title, "answerer_id": work.answers, "due_in": work.due_in, "giver_id": by.principal_id}
    PlannedWork.objects.update_or_create(pk=row.pk, defaults=kept)


def _told_work(work: PlannedWork | None) -> dict[str, object]:
    if work is None:
        return {}
    named = people([work.answerer_id, work.giver_id])
    answers = named[work.answerer_id]["name"] if work.answerer_id else None
    return {"work": work.title, "answers": answers, "giver": named[work.giver_id]["name"], "due_in": work.due_in}


def _told(row: Recurrence) -> dict[str, object]:
    """What the history tells of a plan."""
    return {
        "plan": sentence(plan_of(row.plan)),
        "catch_up": _CATCH_UP(row.catch_up).label,
        "one_open": "да" if row.one_open else "нет",
        "most": row.most,
    }
