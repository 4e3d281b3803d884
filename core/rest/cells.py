"""Columns of a list that its rows carry only when they are asked for: `?with=tags,fields.sum`."""

from collections.abc import Collection, Iterable
from typing import Any

from core.access.actor import Actor
from core.entities.kinds import EntityKind
from core.errors import Invalid
from core.registry import registry

MOST_ASKED = 40


def known_columns(actor: Actor, kind: EntityKind, names: Collection[str]) -> set[str]:
    """Those of the columns that the kind's mechanisms know and the actor may see."""
    sources = [trait.cells for trait in registry.traits_of(kind.model) if trait.cells] if names else []
    return {name for source in sources for name in source.known(actor, kind, names)}


def with_cells(rows: list[dict[str, Any]], actor: Actor, kind: EntityKind, asked: str) -> list[dict[str, Any]]:
    """The rows with `cells`: {column: value} of the columns asked for through commas; an unknown one is passed over.

    A field may be put away or hidden while its column stands in somebody's list. Invalid on `with` for too many.
    """
    names = {name for name in asked.split(",") if name}
    if len(names) > MOST_ASKED:
        raise Invalid({"with": f"Не больше {MOST_ASKED} столбцов"})
    if not names:
        return rows
    found: dict[int, dict[str, Any]] = {row["id"]: {} for row in rows}
    for cells in _read(actor, kind, names, list(found)):
        for pk, values in cells.items():
            found[pk] |= values
    return [row | {"cells": found[row["id"]]} for row in rows]


def _read(
    actor: Actor, kind: EntityKind, names: Collection[str], ids: list[int]
) -> Iterable[dict[int, dict[str, Any]]]:
    for trait in registry.traits_of(kind.model) if ids else ():
        if trait.cells:
            yield trait.cells.read(actor, kind, names, ids)
