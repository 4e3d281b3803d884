"""Locking a card before it is changed."""

from typing import TypeVar

from core.errors import NotFound, Stale

from .models import Entity

E = TypeVar("E", bound=Entity)


def lock(card: E, *, version: int | None = None) -> E:
    """The card as it stands now, its common row locked until the transaction ends.

    `version` is what the person has seen; Stale when the card has moved on. NotFound when it is gone or in the trash.
    """
    rows = type(card).objects.select_for_update(of=("entity_ptr",), no_key=True)
    fresh = rows.filter(pk=card.pk, trashed_at__isnull=True).first()
    if fresh is None:
        raise NotFound()
    if version is not None and fresh.version != version:
        raise Stale(version=fresh.version)
    return fresh
