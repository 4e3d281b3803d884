"""Verbs about checklists.

Whoever answers for the card (his right to change reaches it) writes its points; a point is ticked by them or by the
person it was given to, whom it lets see the card as long as a point of his, ticked or not, stands on it. Nobody works
on a draft yet: nothing is ticked there. On a card that has come to its end nothing of it changes any more: each verb
raises what its kind says then.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Max
from django.utils import timezone

from core.access.actor import Actor
from core.attachments.models import Attachment
from core.attachments.queries import living
from core.entities.kinds import EntityKind
from core.entities.locks import lock
from core.entities.models import Entity, Participant
from core.entities.participants import join, leave
from core.errors import Invalid, NotFound
from core.events.bus import Change, emit
from core.verb import verb

from .errors import (
    AlreadyTicked,
    NoSuchNeighbour,
    NotYourChecklist,
    NotYourPoint,
    PointIsPattern,
    PointOfDraft,
    TooManyPoints,
)
from .events import PointChanged, PointFailed, PointPassed, PointRemoved, PointReopened, PointsAdded
from .mixin import are_ticked
from .models import Point
from .rules import MOST_POINTS, Shown, Spot, must_be_there, passes_number
from .telling import changes_between, shown_of

Demand, Outcome = Point.Demand, Point.Outcome


@verb
def add_points(card: Entity, kind: EntityKind, *, points: Sequence[Mapping[str, Any]], by: Actor) -> list[Point]:
    """Write points at the end of a card's checklist; each is the fields of `Point`, people as principals' ids.

    Errors: NotYourChecklist, TooManyPoints.
    """
    _must_answer(card, kind, by)
    _lock_card(card, kind)
    held = Point.objects.filter(entity_id=card.pk)
    if held.count() + len(points) > MOST_POINTS:
        raise TooManyPoints()
    last = held.aggregate(last=Max("place"))["last"] or 0
    made = Point.objects.bulk_create(
        Point(entity_id=card.pk, place=last + number, **fields) for number, fields in enumerate(points, start=1)
    )
    given = _let_in(card, [point.assignee_id for point in made], by)
    told = (Change("points", None, [point.text for point in made]),)
    emit(PointsAdded(card.ref, given, told, tuple(point.pk for point in made)), by=by)
    return made


@verb
def change_point(point: Point, card: Entity, kind: EntityKind, *, fields: Mapping[str, Any], by: Actor) -> Point:
    """Put other words, another person or another demand into a point that is not ticked yet.

    Errors: NotYourChecklist, AlreadyTicked, NotFound.
    """
    _must_answer(card, kind, by)
    card = _lock_card(card, kind)
    point = _lock(point)
    if point.outcome:
        raise AlreadyTicked()
    touched = [name for name, value in fields.items() if getattr(point, name) != value]
    if not touched:
        return point
    before, former = shown_of(point), point.assignee_id
    for name in touched:
        setattr(point, name, fields[name])
    point.save(update_fields=touched)
    given = _let_in(card, [point.assignee_id] if "assignee_id" in touched else [], by)
    left = _let_out(card, former)
    emit(PointChanged(card.ref, point.pk, given, changes_between(before, shown_of(point)), left), by=by)
    return point


@verb
def place_point(point: Point, card: Entity, kind: EntityKind, *, after: int | None, by: Actor) -> None:
    """Move a point behind another one of the same card, or to the beginning. Errors: NotYourChecklist."""
    _must_answer(card, kind, by)
    _lock_card(card, kind)
    order = [row for row in Point.objects.filter(entity_id=card.pk).order_by("place") if row.pk != point.pk]
    at = 0 if after is None else next((n for n, row in enumerate(order, start=1) if row.pk == after), None)
    if at is None:
        raise NoSuchNeighbour()
    order.insert(at, _lock(point))
    for place, row in enumerate(order, start=1):
        row.place = place
    Point.objects.bulk_update(order, ["place"])


@verb
def remove_point(point: Point, card: Entity, kind: EntityKind, *, by: Actor) -> None:
    """Take a point off the checklist. Errors: NotYourChecklist, NotFound."""
    _must_answer(card, kind, by)
    card = _lock_card(card, kind)
    point = _lock(point)
    point.delete()
    left = _let_out(card, point.assignee_id)
    emit(PointRemoved(card.ref, (Change("point", point.text, None),), left), by=by)


@verb
def tick(
    point: Point, card: Entity, kind: EntityKind, *, shown: Shown, note: str = "", file_id: int | None = None, by: Actor
) -> Point:
    """Mark a point as done with what it demands; a number outside its tolerance marks it as not passed.

    Errors: NotYourPoint, DraftOfAnother, PointOfDraft, AlreadyTicked, Invalid on the proof that is missing.
    """
    point = _taken(point, card, kind, by)
    file = _proof(card, file_id)
    passed = _proved(point, shown, file)
    return _end(point, card, Outcome.PASSED if passed else Outcome.FAILED, shown, note, file, by)


@verb
def fail(
    point: Point, card: Entity, kind: EntityKind, *, shown: Shown, note: str, file_id: int | None = None, by: Actor
) -> Point:
    """Mark that a point cannot be ticked, and say why. Errors: NotYourPoint, PointOfDraft, AlreadyTicked, Invalid."""
    point = _taken(point, card, kind, by)
    if not note:
        raise Invalid({"note": "Напишите, что не прошло"})
    return _end(point, card, Outcome.FAILED, shown, note, _proof(card, file_id), by)


@verb
def reopen(point: Point, card: Entity, kind: EntityKind, *, by: Actor) -> Point:
    """Take a tick back with all that was shown for it; nothing happens to a point that waits.

    Errors: NotYourPoint, PointOfDraft.
    """
    point = _to_tick(point, card, kind, by)
    if not point.outcome:
        return point
    point.outcome, point.done_by_id, point.done_at, point.note = Outcome.WAITING, None, None, ""
    point.shown_number = point.shown_latitude = point.shown_longitude = point.shown_file = None
    point.save()
    emit(PointReopened(card.ref, point.pk, (Change("point", point.text, None),)), by=by)
    return point


def _end(
    point: Point, card: Entity, outcome: str, shown: Shown, note: str, file: Attachment | None, by: Actor
) -> Point:
    point.outcome, point.done_by_id, point.done_at, point.note = outcome, by.principal_id, timezone.now(), note
    point.shown_number, point.shown_file = shown.number, file
    if shown.spot is not None:
        point.shown_latitude, point.shown_longitude = shown.spot.latitude, shown.spot.longitude
    point.save()
    changes = [Change("point", None, point.text)]
    if shown.number is not None:
        changes.append(Change("number", None, f"{shown.number.normalize():f} {point.unit}".strip()))
    if note:
        changes.append(Change("note", None, note))
    if outcome == Outcome.FAILED:
        emit(PointFailed(card.ref, point.pk, point.repair, tuple(changes)), by=by)
    else:
        emit(PointPassed(card.ref, point.pk, tuple(changes)), by=by)
    return point


def _proved(point: Point, shown: Shown, file: Attachment | None) -> bool:
    if point.demand == Demand.NUMBER:
        return passes_number(shown, point.least, point.most)
    if point.demand == Demand.PLACE and point.latitude is not None and point.longitude is not None:
        must_be_there(shown, Spot(point.latitude, point.longitude), point.radius or 0)
    if point.demand == Demand.FILE and file is None:
        raise Invalid({"file": "Приложите файл к карточке и выберите его"})
    if point.demand == Demand.PHOTO and (file is None or not file.content_type.startswith("image/")):
        raise Invalid({"file": "Сделайте фото: без него пункт не отметить"})
    return True


def _proof(card: Entity, file_id: int | None) -> Attachment | None:
    if file_id is None:
        return None
    found = living().filter(pk=file_id, entity_id=card.pk, state=Attachment.State.READY).first()
    if found is None:
        raise Invalid({"file": "Этого файла нет на карточке или он ещё проверяется"})
    return found


def _taken(point: Point, card: Entity, kind: EntityKind, by: Actor) -> Point:
    point = _to_tick(point, card, kind, by)
    if point.outcome:
        raise AlreadyTicked()
    return point


def _to_tick(point: Point, card: Entity, kind: EntityKind, by: Actor) -> Point:
    _must_tick(point, card, kind, by)
    card = _lock_card(card, kind)
    point = _lock(point)
    # It may have been given to somebody else while we waited.
    _must_tick(point, card, kind, by)
    return point


def _must_answer(card: Entity, kind: EntityKind, by: Actor) -> None:
    if not answers_for(card, kind, by):
        raise NotYourChecklist()


def _must_tick(point: Point, card: Entity, kind: EntityKind, by: Actor) -> None:
    if not are_ticked(kind.model):
        raise PointIsPattern()
    by.must_add_to(card)
    if point.assignee_id != by.principal_id and not answers_for(card, kind, by):
        raise NotYourPoint()
    if card.is_draft:
        raise PointOfDraft()


def may_be_ticked(card: Entity, kind: EntityKind, actor: Actor) -> bool:
    """Whether points of a card are there to be ticked now, as far as that is no matter of whose each is."""
    able = are_ticked(kind.model) and not card.is_draft
    return able and kind.goes_on(card) and actor.may_add_to(card)


def answers_for(card: Entity, kind: EntityKind, actor: Actor) -> bool:
    """Whether the actor's right to change cards of this kind reaches this one."""
    return actor.may(kind.edit, card)


def _lock_card(card: Entity, kind: EntityKind) -> Entity:
    """The card before its points: whose they are must not change between the question and the answer."""
    card = lock(card)
    kind.must_go_on(card)
    return card


def _lock(point: Point) -> Point:
    found = Point.objects.select_for_update(of=("self",)).filter(pk=point.pk).first()
    if found is None:
        raise NotFound()
    return found


def _let_in(card: Entity, principals: Sequence[int | None], by: Actor) -> tuple[int, ...]:
    given = tuple(dict.fromkeys(who for who in principals if who is not None))
    join(card, {Participant.Part.CHECKER: given})
    return tuple(who for who in given if who != by.principal_id)


def _let_out(card: Entity, former: int | None) -> tuple[int, ...]:
    """Take the part away from somebody who has no point on the card any more; the card must be locked."""
    if former is None or Point.objects.filter(entity_id=card.pk, assignee_id=former).exists():
        return ()
    leave(card, Participant.Part.CHECKER, [former])
    return (former,)
