"""Verbs about reading lists.

Whoever answers for a card asks people to read it, and lets them see it by that; each confirms for himself alone. A
reader sees the card as long as a line of his stands in any of its rounds. What is confirmed stands for ever, so whoever
has confirmed can always look up what he has put his name to; who is withdrawn before that, and has confirmed nothing
in an earlier round either, sees the card no more unless he has another part in it.
"""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Max, Min
from django.utils import timezone

from core.access.actor import Actor
from core.entities.kinds import EntityKind
from core.entities.locks import lock
from core.entities.models import Entity, Participant
from core.entities.participants import join, leave
from core.errors import NotFound
from core.events.bus import Change, emit
from core.organization.people import people
from core.verb import verb

from .errors import (
    MOST_READERS,
    AlreadyRead,
    AskedAlready,
    EmptyList,
    NobodyAsked,
    NobodyToAsk,
    NotYourList,
    TooManyReaders,
)
from .events import ReadingAsked, ReadingConfirmed, ReadingWithdrawn
from .models import Acknowledgement
from .queries import last_round, rows_of

_NAMED = 20
# Within it nobody means a further round by a second press: he did not see that the first one was heard.
_SAME_PRESS = timedelta(seconds=10)


@verb
def ask_to_read(card: Entity, kind: EntityKind, *, readers: Iterable[int], by: Actor) -> list[Acknowledgement]:
    """Add principals to the round that is going on; those in it already are left as they are.

    Errors: NotYourList, NobodyToAsk, TooManyReaders.
    """
    must_answer(card, kind, by)
    wanted = set(readers)
    if not wanted:
        raise NobodyToAsk()
    lock(card)
    number = max(last_round(card.pk), 1)
    held = set(rows_of(card.pk).filter(round=number).values_list("principal_id", flat=True))
    if len(held | wanted) > MOST_READERS:
        raise TooManyReaders()
    return _ask(card, sorted(wanted - held), number, by)


@verb
def ask_again(card: Entity, kind: EntityKind, *, seen: int | None = None, by: Actor) -> list[Acknowledgement]:
    """Ask everybody of the last round anew: the card says something else now.

    `seen` is the round that the person looked at; whoever does not say is refused only when another press has just
    begun the round that stands. Errors: NotYourList, EmptyList, AskedAlready.
    """
    must_answer(card, kind, by)
    lock(card)
    number = last_round(card.pk)
    rows = rows_of(card.pk).filter(round=number)
    asked = sorted(rows.filter(principal__is_active=True).values_list("principal_id", flat=True))
    if not asked:
        raise EmptyList()
    if _just_begun(card, number) if seen is None else number > seen:
        raise AskedAlready()
    # Who has not read the former words need not confirm them any more.
    unread = rows.filter(done_at__isnull=True)
    former = list(unread.values_list("principal_id", flat=True))
    unread.delete()
    # Those who work here are asked anew at once; the blocked are not, and must not find the card open when they return.
    _let_out(card, set(former) - set(asked))
    return _ask(card, asked, number + 1, by)


@verb
def confirm_reading(card: Entity, *, by: Actor) -> Acknowledgement:
    """Confirm for oneself that the card as it stands has been read. Errors: NobodyAsked, DraftOfAnother."""
    card = lock(card)
    by.must_add_to(card)
    row = rows_of(card.pk).filter(principal=by.principal_id, done_at__isnull=True).order_by("round").last()
    if row is None:
        raise NobodyAsked()
    row.done_at, row.card_version, row.door = timezone.now(), card.version, by.door
    row.save(update_fields=["done_at", "card_version", "door"])
    emit(ReadingConfirmed(card.ref, card.version), by=by)
    return row


@verb
def withdraw(row: Acknowledgement, card: Entity, kind: EntityKind, *, by: Actor) -> None:
    """Ask somebody no more. Errors: NotYourList, AlreadyRead, NotFound."""
    must_answer(card, kind, by)
    # The card first: who is asked to read it must not change between the question and the answer.
    card = lock(card)
    found = Acknowledgement.objects.select_for_update().filter(pk=row.pk).first()
    if found is None:
        raise NotFound()
    if found.done_at is not None:
        raise AlreadyRead()
    name = people([found.principal_id])[found.principal_id]["name"]
    found.delete()
    left = _let_out(card, {found.principal_id})
    emit(ReadingWithdrawn(card.ref, found.principal_id, left, (Change("reader", name, None),)), by=by)


def _ask(card: Entity, readers: list[int], number: int, by: Actor) -> list[Acknowledgement]:
    if not readers:
        return []
    made = Acknowledgement.objects.bulk_create(
        Acknowledgement(entity_id=card.pk, principal_id=who, round=number, asked_by_id=by.principal_id)
        for who in readers
    )
    join(card, {Participant.Part.READER: readers})
    names = [person["name"] for person in people(readers[:_NAMED]).values()]
    if len(readers) > _NAMED:
        names.append(f"и ещё {len(readers) - _NAMED}")
    emit(ReadingAsked(card.ref, tuple(readers), number, (Change("readers", None, names),)), by=by)
    return made


def _just_begun(card: Entity, number: int) -> bool:
    """Whether a round after the first was asked a moment ago and nobody has read anything in it."""
    found = rows_of(card.pk).filter(round=number).aggregate(began=Min("asked_at"), read=Max("done_at"))
    return number > 1 and found["read"] is None and timezone.now() - found["began"] < _SAME_PRESS


def _let_out(card: Entity, readers: set[int]) -> tuple[int, ...]:
    """Take the part away from those of whom no line stands any more; these."""
    former = readers - set(rows_of(card.pk).filter(principal__in=readers).values_list("principal_id", flat=True))
    leave(card, Participant.Part.READER, former)
    return tuple(sorted(former))


def must_answer(card: Entity, kind: EntityKind, by: Actor) -> None:
    """Refuse whoever does not answer for the card. Errors: NotYourList."""
    if not by.may(kind.edit, card):
        raise NotYourList()
