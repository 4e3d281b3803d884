"""Statuses of the company's own in files: one column beside the kind's own state, by titles.

Cards that are made of a file are of the kind's own type, so its statuses alone are read. What a status says of the
base is the kind's matter (`base_of`): its sheet makes the cards.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from core.access.actor import Actor
from core.entities.kinds import EntityKind
from core.entities.models import Entity, OwnStatus
from core.entities.sheets import Cell, Column, SheetPart

from .rest.groups import titled
from .rules import OWN_STATUS

_TITLE = "Статус компании"
_OTHER_BASE = "Этот статус относится к состоянию «{}». Исправьте одно из двух"


def _columns(actor: Actor, kind: EntityKind) -> Sequence[Column]:
    known = titled(kind.code)
    if not known:
        return ()
    read = {_kept(row): row.title for row, _ in known if row.card_type == "" and row.archived_at is None}
    # The first title of each is written; read are those of the kind's own type, by their own words too.
    choices = [*((_kept(row), title) for row, title in known), *read.items()]

    def check(value: str) -> str:
        if value not in read:
            raise ValueError("В этот статус карточку из файла не поставить. Выберите действующий")
        return value

    example = next(iter(read.values()), "")
    return (Column(OWN_STATUS, _TITLE, Cell.CHOICE, choices=lambda: choices, check=check, example=example),)


def _kept(row: OwnStatus) -> str:
    return f"{row.base}:{row.pk}"


def _show(actor: Actor, kind: EntityKind, card_ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    held = Entity.objects.filter(pk__in=card_ids, own_status__isnull=False)
    rows = held.values_list("pk", "own_status__base", "own_status")
    return {pk: {OWN_STATUS: f"{base}:{own}"} for pk, base, own in rows}


def _write(actor: Actor, kind: EntityKind, ids: Sequence[int], values: Sequence[dict[str, Any]]) -> None:
    """Nothing is left to be written: the card has been made with its status."""


def base_of(values: Mapping[str, Any]) -> str | None:
    """The base of the status that a row of a file names; None when it names none."""
    return values[OWN_STATUS].partition(":")[0] if values.get(OWN_STATUS) else None


def status_in(values: Mapping[str, Any]) -> int | None:
    """The id of the status that a row of a file names."""
    return int(values[OWN_STATUS].partition(":")[2]) if values.get(OWN_STATUS) else None


def disagreement(values: Mapping[str, Any], titles: Mapping[str, str]) -> dict[str, str]:
    """Why a row cannot name both its state and its status so, as `Sheet.refusals` says it."""
    base = base_of(values)
    if base is None or values.get("status", base) == base:
        return {}
    return {OWN_STATUS: _OTHER_BASE.format(titles[base])}


part = SheetPart(_columns, _show, _write)
