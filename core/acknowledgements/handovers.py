"""What a person was asked to read and has not: nobody can confirm it in his stead, so he is asked no more."""

from typing import Any

from django.db.models import QuerySet

from core.access.actor import Actor
from core.handover.queries import card_to_give
from core.handover.registry import Fate, Handover, Held, Stays
from core.registry import registry

from .actions import withdraw
from .models import Acknowledgement


def _rows(leaver: Held) -> QuerySet[Any]:
    asked = Acknowledgement.objects.filter(principal=leaver.principal_id, done_at__isnull=True)
    return asked.filter(entity__trashed_at__isnull=True).select_related("entity")


def _drop(row: Acknowledgement, leaver: Held, heir: Held | None, by: Actor) -> None:
    card = card_to_give(row.entity, heir, by)
    withdraw(row, card, registry.kind_of(card.kind), by=by)


HANDOVERS = (
    Handover(
        "readings", "Ознакомления", "Его уберут из листов, где он ещё не ознакомился", 80, Fate.DROPPED,
        ((Acknowledgement, "principal"),), _rows, _drop,
    ),
)  # fmt: skip
STAYS = (Stays("it tells who asked people to read", ((Acknowledgement, "asked_by"),)),)
