"""What a person who is dismissed watches: somebody else watches it only if he wants to."""

from typing import Any

from django.db.models import QuerySet

from core.access.actor import Actor
from core.entities.models import Participant
from core.handover.queries import card_to_give
from core.handover.registry import Fate, Handover, Held
from core.registry import registry

from .actions import set_watchers
from .queries import watchers_of


def _rows(leaver: Held) -> QuerySet[Any]:
    held = Participant.objects.filter(principal=leaver.principal_id, part=Participant.Part.WATCHER)
    return held.filter(entity__state="open", entity__trashed_at__isnull=True).select_related("entity")


def _take_off(row: Participant, leaver: Held, heir: Held | None, by: Actor) -> None:
    card = card_to_give(row.entity, None, by)
    left = [who for who in watchers_of(card.pk) if who != leaver.principal_id]
    set_watchers(card, registry.kind_of(card.kind), principals=left, by=by)


HANDOVERS = (
    Handover(
        "watchers",
        "Карточки, за которыми он наблюдает",
        "Его уберут из наблюдателей",
        100,
        Fate.DROPPED,
        ((Participant, "principal"),),
        _rows,
        _take_off,
    ),
)
