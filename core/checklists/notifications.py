"""Notices to those who are given points: never to the one who gives, never of what only stands in a pattern."""

from collections.abc import Iterable

from core.comments.queries import split_by_sight
from core.context import current_company
from core.entities.kinds import EntityKind
from core.entities.models import Entity
from core.events.bus import Reader, Told
from core.notifications.actions import notify
from core.notifications.kinds import Notification
from core.notifications.moments import open_moment
from core.organization.people import people
from core.registry import registry

from .events import PointChanged, PointReopened, PointsAdded
from .mixin import are_ticked
from .models import Point
from .reminders import REASON, plan_reminders

GIVEN = Notification("checklists.given", "Вам поручен пункт", "Карточки")


def tell_people(told: Told) -> None:
    """Write to whoever has been given points by a fact, and plan his reminders; exactly once."""
    card = Entity.objects.filter(pk=told.ref.id, trashed_at__isnull=True).first() if told.ref else None
    kind = registry.kind(told.ref.kind) if told.ref else None
    if card is None or kind is None or kind not in registry.live_kinds(current_company().modules):
        return
    if not are_ticked(kind.model):
        return
    points = _points(told)
    plan_reminders(points)
    if not card.is_draft:
        _tell(told, kind, card, points, set(told.payload.get("assignees", ())))


def tell_of_released(told: Told, kind: EntityKind, card: Entity) -> None:
    """Write to everybody who has a point on a draft that has been released: until now nobody heard of it."""
    points = list(Point.objects.filter(entity=card.pk, outcome="", assignee__isnull=False).order_by("place"))
    _tell(told, kind, card, points, {point.assignee_id for point in points})


def _tell(told: Told, kind: EntityKind, card: Entity, points: list[Point], given: set[int | None]) -> None:
    receivers = {who for who in given if who is not None} - {told.actor_id}
    if not receivers:
        return
    seeing, _ = split_by_sight(receivers, kind, card.pk)
    for who in sorted(seeing):
        own = [point for point in points if point.assignee_id == who]
        if own:
            _write(told, kind, card, who, own)


def _points(told: Told) -> list[Point]:
    """Those of the fact that still wait to be ticked."""
    named: Iterable[int] = told.payload.get("points") or [told.payload.get("point_id", 0)]
    rows = Point.objects.filter(pk__in=list(named), entity=told.ref.id if told.ref else 0, outcome="")
    return list(rows.order_by("place"))


def _write(told: Told, kind: EntityKind, card: Entity, who: int, own: list[Point]) -> None:
    doer = people([told.actor_id])[told.actor_id]["name"]
    first, more = own[0].text, f" (+{len(own) - 1})" if len(own) > 1 else ""
    notify(
        [who],
        kind=GIVEN,
        subject=f"Вам поручен пункт: {first}{more}",
        paragraphs=[f"{doer} поручает вам в карточке «{card.title}» ({card.number}):", *(_line(one) for one in own)],
        link_path=f"{kind.route}/{card.pk}",
        fact_id=told.id,
        card=card,
        reason=REASON,
    )


def _line(point: Point) -> str:
    due = f", срок: {open_moment(point.due_at)}" if point.due_at else ""
    return f"• {point.text}{due}"


letters = Reader("checklists.letters", (PointsAdded.kind, PointChanged.kind, PointReopened.kind), effect=tell_people)
