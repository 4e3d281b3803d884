"""The column of tags in lists, given when it is asked for."""

from collections.abc import Collection, Sequence
from typing import Any

from core.access.actor import Actor
from core.entities.kinds import EntityKind

from ..models import Tagging
from .serializers import tag_out

COLUMN = "tags"


def known(actor: Actor, kind: EntityKind, names: Collection[str]) -> set[str]:
    return {COLUMN} & set(names)


def read(actor: Actor, kind: EntityKind, names: Collection[str], card_ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Card id → its tags by title, in one query."""
    if COLUMN not in names:
        return {}
    found: dict[int, dict[str, Any]] = {pk: {COLUMN: []} for pk in card_ids}
    rows = Tagging.objects.filter(entity__in=card_ids).select_related("tag").order_by("tag__title", "tag")
    for row in rows:
        found[row.entity_id][COLUMN].append(tag_out(row.tag))
    return found
