"""What of plans a person holds: work that comes round in his name, or that he answers for."""

from typing import Any

from django.db.models import Q, QuerySet

from core.access.actor import Actor
from core.handover.registry import Fate, Handover, Held, Stays

from .actions import hand_work_over
from .models import Occurrence, PlannedWork


def _rows(leaver: Held) -> QuerySet[Any]:
    held = Q(giver=leaver.principal_id) | Q(answerer=leaver.principal_id)
    return PlannedWork.objects.filter(held, recurrence__entity__trashed_at__isnull=True)


def _hand(work: PlannedWork, leaver: Held, heir: Held | None, by: Actor) -> None:
    if heir is not None:
        hand_work_over(work, former=leaver.principal_id, to=heir.principal_id, by=by)


HANDOVERS = (
    Handover(
        "regular", "Дела по расписанию на карточках", "Ставить и выполнять их будет преемник", 37, Fate.GIVEN,
        ((PlannedWork, "giver"), (PlannedWork, "answerer")), _rows, _hand,
    ),
)  # fmt: skip
STAYS = (
    Stays(
        "it tells who was given a card of which moment, and by whom, for ever",
        ((Occurrence, "recipient"), (Occurrence, "given_by")),
    ),
)
