"""Reminders before the due moment of a point, to whoever has it: as of cards, no row stands for what is to come.

The company has one wakeup at the nearest moment; points that are due are read by the index of their moments then. A
point that is ticked, taken away or moved is simply not found any more.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from core.context import Company, company_scope, current_company
from core.entities.kinds import EntityKind
from core.entities.models import Entity
from core.notifications.actions import notify
from core.notifications.choices import REMINDERS
from core.notifications.models import Delivery, Preference
from core.notifications.moments import open_moment
from core.notifications.queries import reminders_of
from core.notifications.reminders import CATCH_UP, DUE_SOON
from core.outbox.queries import wake
from core.registry import registry

from .mixin import Checkable
from .models import Point

REMIND = "checklists.remind"
REASON = "вам поручен пункт"
# Of one transaction; the next goes on after it, so that however many share a moment, all are told.
_AT_ONCE = 200
# After which point the next page begins.
_Place = tuple[datetime, int]


def plan_reminders(points: Iterable[Point]) -> None:
    """Ask to be woken at the nearest moment that points which wait give; in the company's scope."""
    now = timezone.now()
    due = [point.due_at for point in points if point.due_at and point.assignee_id and not point.outcome]
    coming = [moment for at in due for before in REMINDERS if (moment := at - timedelta(minutes=before)) > now]
    if coming:
        wake(REMIND, min(coming))


def remind(company: Company, subject_id: int) -> None:
    """Tell people of their points that are due soon, and ask to be woken for the next moment.

    Each page has a transaction of its own: what was told stays told, whatever befalls the next.
    """
    now = timezone.now()
    live = registry.live_kinds(company.modules)
    kinds = {kind.code: kind for kind in live if issubclass(kind.model, Checkable) and kind.model.POINTS_ARE_TICKED}
    for minutes in REMINDERS:
        place, is_over = None, False
        while not is_over:
            with company_scope(company):
                place = _remind_of(kinds, now, minutes, place)
            is_over = place is None
    with company_scope(company):
        if moment := _next_moment(kinds, now):
            wake(REMIND, moment)


def _waiting(kinds: Iterable[str]) -> QuerySet[Point]:
    """Points of drafts too: they may be released by the time that somebody is to be reminded."""
    waiting = Point.objects.filter(outcome="", assignee__isnull=False, due_at__isnull=False)
    return waiting.filter(
        entity__kind__in=list(kinds), entity__state=Entity.State.OPEN, entity__trashed_at__isnull=True
    )


def _remind_of(kinds: dict[str, EntityKind], now: datetime, minutes: int, place: _Place | None) -> _Place | None:
    """A page of reminders whose moment, so many minutes before the due one, has come since `CATCH_UP` ago.

    Where the next page begins; None after the last.
    """
    ahead = timedelta(minutes=minutes)
    latest = now + ahead
    earliest = max(latest - CATCH_UP, now)
    due = _waiting(kinds).filter(due_at__gt=earliest, due_at__lte=latest, entity__is_draft=False)
    if place is not None:
        due = due.filter(Q(due_at__gt=place[0]) | Q(due_at=place[0], pk__gt=place[1]))
    page = list(due.select_related("entity").order_by("due_at", "pk")[:_AT_ONCE])
    # What was written after the moment has just been told of.
    points = [one for one in page if one.created_at <= _moment(one) - ahead]
    asked = list(_asked(points, now, minutes))
    names = {_name(point, minutes): point for point in asked}
    known = set(Delivery.objects.filter(message_id__in=names).values_list("message_id", flat=True))
    for name, point in names.items():
        if name not in known:
            _tell(kinds[point.entity.kind], point, minutes)
    return (_moment(page[-1]), page[-1].pk) if len(page) == _AT_ONCE else None


def _asked(points: list[Point], now: datetime, minutes: int) -> Iterator[Point]:
    """Points whose people want to hear at this moment: the nearest of those that they want and that have come."""
    rows = Preference.objects.filter(principal__in={point.assignee_id for point in points})
    wishes = {row.principal_id: row for row in rows}
    for point in points:
        left = (_moment(point) - now) / timedelta(minutes=1)
        passed = [one for one in reminders_of(wishes.get(point.assignee_id)) if one >= left]
        if passed and min(passed) == minutes:
            yield point


def _tell(kind: EntityKind, point: Point, minutes: int) -> None:
    if point.assignee_id is None:
        return
    card = point.entity
    notify(
        [point.assignee_id],
        kind=DUE_SOON,
        subject=f"{DUE_SOON.title}: {point.text} ({card.number})",
        paragraphs=[
            f"Пункт «{point.text}» в карточке «{card.title}».",
            f"Срок: {open_moment(_moment(point))}.",
        ],
        link_path=f"{kind.route}/{card.pk}",
        key=_key(point, minutes),
        card=card,
        reason=REASON,
    )


def _key(point: Point, minutes: int) -> str:
    return f"point-{point.pk}-{int(_moment(point).timestamp())}-{minutes}"


def _name(point: Point, minutes: int) -> str:
    """How its row in the bell is called."""
    return f"{current_company().schema}-{_key(point, minutes)}-{point.assignee_id}-bell"


def _moment(point: Point) -> datetime:
    if point.due_at is None:
        raise LookupError(f"point {point.pk} has no due moment")
    return point.due_at


def _next_moment(kinds: Iterable[str], now: datetime) -> datetime | None:
    found = []
    for minutes in REMINDERS:
        ahead = timedelta(minutes=minutes)
        rows = _waiting(kinds).filter(due_at__gt=now + ahead).order_by("due_at", "pk")
        if (due := rows.values_list("due_at", flat=True).first()) is not None:
            found.append(due - ahead)
    return min(found, default=None)
