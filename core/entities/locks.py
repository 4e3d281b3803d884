"""Locking a card before it is changed."""

from typing import TypeVar

from django.db.models import QuerySet

from core.errors import NotFound, Stale

from .models import Entity

E = TypeVar("E", bound=Entity)


def locked(cards: QuerySet[E], card_id: int) -> E | None:
    """Lock the common row of a card, then read the whole card; None when it is not among `cards`.

    Two statements: after waiting for a lock PostgreSQL reads only the locked row anew, and a joined row of the kind's
    own table would be as it was before the other change.
    """
    if not Entity.objects.select_for_update(no_key=True).filter(pk=card_id).order_by().values_list("pk").first():
        return None
    return cards.filter(pk=card_id).first()


def lock(card: E, *, version: int | None = None) -> E:
    """The card as it stands now, its common row locked until the transaction ends.

    `version` is what the person has seen; Stale when the card has moved on. NotFound when it is gone or in the trash.
    """
    fresh = locked(type(card).objects.filter(trashed_at__isnull=True), card.pk)
    if fresh is None:
        raise NotFound()
    if version is not None and fresh.version != version:
        raise Stale(version=fresh.version)
    return fresh
