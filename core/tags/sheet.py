"""Tags in files: one column, parted by commas."""

from collections.abc import Sequence
from typing import Any

from core.access.actor import Actor
from core.entities.kinds import EntityKind
from core.entities.sheets import Cell, Column, SheetPart
from core.errors import Invalid

from .actions import tag_cards
from .models import Tag, Tagging
from .rules import MOST_ON_CARD, read_titles

_CODE = "tags"


def _columns(actor: Actor, kind: EntityKind) -> Sequence[Column]:
    aliases = ("Теги", "Тег", "Метка", "Tags")
    return (Column(_CODE, "Метки", Cell.WORDS, aliases=aliases, check=_checked, example="Срочно, Договор"),)


def _checked(titles: list[str]) -> list[str]:
    found = list(read_titles(titles).values())
    if len(found) > MOST_ON_CARD:
        raise Invalid({"tags": f"На карточке может быть не больше {MOST_ON_CARD} меток"})
    return found


def _show(actor: Actor, kind: EntityKind, card_ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    found: dict[int, dict[str, Any]] = {}
    rows = Tagging.objects.filter(entity__in=card_ids).order_by("tag__title")
    for card_id, title in rows.values_list("entity_id", "tag__title"):
        found.setdefault(card_id, {_CODE: []})[_CODE].append(title)
    return found


def _write(actor: Actor, kind: EntityKind, ids: Sequence[int], values: Sequence[dict[str, Any]]) -> list[int] | None:
    titles = {pk: row[_CODE] for pk, row in zip(ids, values, strict=True) if row.get(_CODE)}
    return tag_cards(titles) or None


def _forget(made: list[int]) -> None:
    """Delete tags that came with the cards, that nobody has painted and no card carries."""
    carried = Tagging.objects.using("owner").filter(tag__in=made).values("tag")
    Tag.objects.using("owner").filter(pk__in=made, color="").exclude(pk__in=carried).delete()


part = SheetPart(_columns, _show, _write, _forget)
