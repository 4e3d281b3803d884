"""Reminders before, at and after the due moment of any card that people are told of.

No row stands for a reminder that is to come: the company has one wakeup, at the nearest moment, and what is due is
read by the index of due moments then. A moved or closed card is simply not found any more.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from core.access.limits import kept_from
from core.context import Company, company_scope, current_company
from core.entities.kinds import EntityKind
from core.entities.models import Entity
from core.organization.people import people
from core.outbox.queries import wake
from core.registry import registry

from .actions import REMIND, notify
from .choices import AUTHOR, LATER, MANAGER, REMINDERS, RESPONSIBLE
from .kinds import Notification
from .mixin import Announced
from .models import Delivery, Preference
from .moments import open_moment
from .queries import ladder_now, managers_of, may_hear, reminders_of
from .rules import clean_subject, span

# A worker that was away catches up on so much; older moments have lost their meaning.
CATCH_UP = timedelta(hours=6)
# Of one transaction; the next goes on after it, so that however many share a moment, all are told.
_AT_ONCE = 200
# After which card the next page begins.
_Place = tuple[datetime, int]
# Whoever may not see the due moment is not told that it is near.
_DUE = "due_at"
_GROUP = "Сроки"
DUE_SOON = Notification("notifications.due_soon", "Скоро срок", _GROUP)
OVERDUE = Notification("notifications.overdue", "Срок прошёл", _GROUP)


def plan_reminders(card: Entity) -> None:
    """Ask to be woken at the nearest moment that a card's due date gives; in the company's scope.

    Moments count from the last change of the card: whoever reads of it late may come after one of them.
    """
    if card.due_at is None or card.state != Entity.State.OPEN:
        return
    since = min(card.changed_at, timezone.now())
    minutes = (*REMINDERS, *(-later for later in LATER))
    coming = [moment for before in minutes if (moment := card.due_at - timedelta(minutes=before)) > since]
    if coming:
        wake(REMIND, min(coming))


def remind(company: Company, subject_id: int) -> None:
    """Tell people of what is due soon or overdue, and ask to be woken for the next moment.

    Each page has a transaction of its own: what was told stays told, whatever befalls the next.
    """
    now = timezone.now()
    kinds = {kind.code: kind for kind in registry.live_kinds(company.modules) if issubclass(kind.model, Announced)}
    with company_scope(company):
        ladder = ladder_now()
    for minutes in (*REMINDERS, *_steps(ladder)):
        place, is_over = None, False
        while not is_over:
            with company_scope(company):
                place = _remind_of(kinds, now, minutes, ladder, place)
            is_over = place is None
    with company_scope(company):
        if moment := _next_moment(kinds, now, ladder):
            wake(REMIND, moment)


def _open(kinds: Iterable[str]) -> QuerySet[Entity]:
    return Entity.objects.filter(kind__in=list(kinds), state=Entity.State.OPEN, trashed_at__isnull=True)


def _steps(ladder: Mapping[str, int | None]) -> list[int]:
    """Minutes of the ladder's steps, as those before the due moment are counted: none or negative."""
    return sorted({-later for later in ladder.values() if later is not None}, reverse=True)


def _remind_of(
    kinds: dict[str, EntityKind],
    now: datetime,
    minutes: int,
    ladder: Mapping[str, int | None],
    place: _Place | None,
) -> _Place | None:
    """A page of reminders whose moment, so many minutes before the due one, has come since `CATCH_UP` ago.

    Those after the due moment (`minutes` 0 or less) go up the ladder. Where the next page begins; None after the last.
    """
    ahead = timedelta(minutes=minutes)
    latest = now + ahead
    earliest = max(latest - CATCH_UP, now) if minutes > 0 else latest - CATCH_UP
    due = _open(kinds).filter(due_at__gt=earliest, due_at__lte=latest)
    if place is not None:
        due = due.filter(Q(due_at__gt=place[0]) | Q(due_at=place[0], pk__gt=place[1]))
    page = list(due.order_by("due_at", "pk")[:_AT_ONCE])
    # What was given after the moment has just been told of.
    cards = [card for card in page if card.due_at is not None and card.created_at <= card.due_at - ahead]
    if minutes > 0:
        holders = {card.responsible_id for card in cards if card.responsible_id is not None}
        wishes = {row.principal_id: row for row in Preference.objects.filter(principal__in=holders)}
        asked = _asked(cards, wishes, now, minutes)
    else:
        asked = _climbed(cards, ladder, -minutes)
    fresh = list(_fresh(asked, minutes))
    kept = {code: kept_from({who for _, who, _ in fresh}, code) for code in {card.kind for card, _, _ in fresh}}
    for card, who, reason in fresh:
        if _DUE in kept[card.kind].get(who, ()):
            continue
        _tell(kinds[card.kind], card, who, reason, minutes)
    last = page[-1] if len(page) == _AT_ONCE else None
    return (last.due_at, last.pk) if last is not None and last.due_at is not None else None


def _asked(
    cards: Iterable[Entity], wishes: dict[int | None, Preference], now: datetime, minutes: int
) -> Iterator[tuple[Entity, int, str]]:
    """Whom a moment before the due one concerns: the responsible, if it is the nearest that he wants."""
    for card in cards:
        if card.responsible_id is None or card.due_at is None:
            continue
        left = (card.due_at - now) / timedelta(minutes=1)
        passed = [asked for asked in reminders_of(wishes.get(card.responsible_id)) if asked >= left]
        if passed and min(passed) == minutes:
            yield card, card.responsible_id, "вы исполнитель"


def _climbed(cards: list[Entity], ladder: Mapping[str, int | None], later: int) -> Iterator[tuple[Entity, int, str]]:
    """Whom the ladder reaches so many minutes after the due moment; nobody twice for one card.

    A manager who may not see the card hears nothing.
    """
    steps = [who for who, after in ladder.items() if after == later]
    above = managers_of(card.responsible_id for card in cards if card.responsible_id) if MANAGER in steps else {}
    for card in cards:
        if card.responsible_id is None:
            continue
        told: dict[int, str] = {}
        others = {card.responsible_id} | ({card.author_id} if ladder[AUTHOR] is not None else set())
        if RESPONSIBLE in steps:
            told[card.responsible_id] = "вы исполнитель"
        if AUTHOR in steps and card.author_id:
            told.setdefault(card.author_id, "вы инициатор")
        manager = above.get(card.responsible_id)
        if manager and manager.pk not in others and may_hear(manager, card, OVERDUE.code):
            told.setdefault(manager.pk, "вы руководитель исполнителя")
        yield from ((card, who, reason) for who, reason in told.items())


def _fresh(asked: Iterator[tuple[Entity, int, str]], minutes: int) -> Iterator[tuple[Entity, int, str]]:
    """Those that have not been told yet, in one query."""
    schema = current_company().schema
    names = {f"{schema}-{_key(card, minutes)}-{who}-bell": (card, who, reason) for card, who, reason in asked}
    known = set(Delivery.objects.filter(message_id__in=names).values_list("message_id", flat=True))
    yield from (told for name, told in names.items() if name not in known)


def _tell(kind: EntityKind, card: Entity, who: int, reason: str, minutes: int) -> None:
    what = DUE_SOON if minutes > 0 else OVERDUE
    named = people([card.responsible_id]) if who != card.responsible_id else {}
    holder = [f"Исполнитель: {person['name']}." for person in named.values()]
    late = [f"Опоздание: {span(-minutes)}."] if minutes < 0 else []
    due = open_moment(card.due_at) if card.due_at else ""
    notify(
        [who],
        kind=what,
        subject=clean_subject(f"{what.title}: {card.title} ({card.number})"),
        paragraphs=[f"{kind.title} «{card.title}».", f"Срок: {due}.", *late, *holder],
        link_path=f"{kind.route}/{card.pk}",
        key=_key(card, minutes),
        card=card,
        reason=reason,
    )


def _key(card: Entity, minutes: int) -> str:
    due = int(card.due_at.timestamp()) if card.due_at else 0
    return f"due-{card.pk}-{due}-{minutes}"


def _next_moment(kinds: Iterable[str], now: datetime, ladder: Mapping[str, int | None]) -> datetime | None:
    found = []
    for minutes in (*REMINDERS, *_steps(ladder)):
        ahead = timedelta(minutes=minutes)
        rows = _open(kinds).filter(due_at__gt=now + ahead).order_by("due_at")
        if (due := rows.values_list("due_at", flat=True).first()) is not None:
            found.append(due - ahead)
    return min(found, default=None)
