"""Views that a person has shared: others work by them, so somebody must be able to change them."""

from typing import Any

from django.db.models import QuerySet

from core.access.actor import Actor
from core.handover.registry import Fate, Handover, Held, Stays

from .actions import give_view
from .models import ListChoice, SavedView


def _rows(leaver: Held) -> QuerySet[Any]:
    return SavedView.objects.filter(owner=leaver.principal_id).exclude(audience=SavedView.Audience.ME)


def _give(view: SavedView, leaver: Held, heir: Held | None, by: Actor) -> None:
    if heir is not None:
        give_view(view, to=heir.principal_id, by=by)


HANDOVERS = (
    Handover(
        "views", "Общие виды списков", "Менять их будет преемник; личные виды никому не видны и останутся", 90,
        Fate.GIVEN, ((SavedView, "owner"),), _rows, _give,
    ),
)  # fmt: skip
STAYS = (Stays("how somebody has arranged his own lists gives nobody work", ((ListChoice, "principal"),)),)
