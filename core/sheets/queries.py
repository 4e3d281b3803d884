"""What stands in the sheet of a kind for one actor, and values of cards as its columns tell them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from core.access.actor import Actor
from core.access.limits import hidden
from core.context import current_company, enabled_modules
from core.entities.kinds import EntityKind
from core.entities.participants import people_of
from core.entities.sheets import Cell, Column, Sheet, SheetPart
from core.errors import NotFound
from core.organization.people import people
from core.registry import registry
from core.rest.cards import grammar_for
from core.rest.pages import Page, page_of

from .models import Export
from .rules.cells import Told, Words, first_titles, told

# What a page of the list has and a file of it has not.
_PAGED = ("cursor", "limit")


@dataclass(frozen=True)
class SheetLayout:
    """Columns of a kind as one actor meets them: the kind's own, then those of its mechanisms."""

    own: tuple[Column, ...]
    parts: tuple[tuple[SheetPart, tuple[Column, ...]], ...]

    @property
    def columns(self) -> tuple[Column, ...]:
        return (*self.own, *(column for _, columns in self.parts for column in columns))

    def narrowed(self, codes: Collection[str]) -> "SheetLayout":
        """The same with these columns alone, of those that are written; all of them when none is named."""

        def kept(columns: Sequence[Column]) -> tuple[Column, ...]:
            return tuple(c for c in columns if c.is_written and (not codes or c.code in codes))

        own, parts = kept(self.own), tuple((part, kept(columns)) for part, columns in self.parts)
        return replace(self, own=own, parts=tuple((part, columns) for part, columns in parts if columns))


def kind_with_sheet(actor: Actor, code: str) -> tuple[EntityKind, Sheet]:
    """A kind that is on, has a sheet and may be seen by the actor; NotFound for any other."""
    kind = next((kind for kind in registry.live_kinds(enabled_modules()) if kind.code == code), None)
    if kind is None or kind.sheet is None or not actor.may(kind.view):
        raise NotFound()
    return kind, kind.sheet


def layout_of(actor: Actor, kind: EntityKind) -> SheetLayout:
    """The sheet of a kind for an actor, without what his roles hide from him."""
    parts = [trait.sheet for trait in registry.traits_of(kind.model) if trait.sheet]
    shut = hidden(actor.limits, kind.code)
    own = tuple(column for column in kind.sheet.columns if column.code not in shut) if kind.sheet else ()
    return SheetLayout(own, tuple((part, tuple(part.columns(actor, kind))) for part in parts))


def page_of_list(actor: Actor, kind: EntityKind, params: Mapping[str, str], *, cursor: str = "", limit: int) -> Page:
    """So many rows of the actor's list, as its own address gives them for these parameters. Invalid."""
    if kind.sheet is None:
        raise LookupError(kind.code)
    asked = {name: value for name, value in params.items() if name not in _PAGED} | (
        {"cursor": cursor} if cursor else {}
    )
    grammar = grammar_for(actor, kind, {*asked, asked.get("ordering", "").lstrip("-")})
    rows: QuerySet = kind.sheet.rows(actor, kind, asked)
    return page_of(grammar.narrow(rows, asked), asked, grammar, limit=limit)


def words_of(columns: Sequence[Column]) -> Words:
    """What values of these columns are called, people aside."""
    choices = {column.code: first_titles(column.choices()) for column in columns if column.choices is not None}
    return Words(ZoneInfo(current_company().time_zone), choices)


def rows_told(
    actor: Actor, kind: EntityKind, layout: SheetLayout, ids: Sequence[int], words: Words
) -> list[list[Told]]:
    """Cells of these cards in the order given; a statement for the columns, one for parts, one for all people."""
    values = _values(actor, kind, layout, ids)
    known = people(_people_in(layout.columns, values.values()))
    named = replace(words, people={who: person["full_name"] for who, person in known.items()})
    return [
        [told(column, values[pk].get(column.code), named) for column in layout.columns] for pk in ids if pk in values
    ]


def exports_of(actor: Actor) -> QuerySet[Export]:
    """What the actor himself has taken out; nobody opens another's file."""
    return Export.objects.filter(author=actor.principal_id)


def _values(actor: Actor, kind: EntityKind, layout: SheetLayout, ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    sourced = [column for column in layout.own if column.source]
    rows = kind.model._default_manager.filter(pk__in=ids).values_list("pk", *(column.source for column in sourced))
    values = {pk: dict(zip((c.code for c in sourced), found, strict=True)) for pk, *found in rows}
    if parted := [column for column in layout.own if column.part]:
        held = people_of(ids, *(column.part for column in parted))
        for pk, row in values.items():
            row |= {column.code: held.get(pk, {}).get(column.part, []) for column in parted}
    for part, _ in layout.parts:
        for pk, more in part.show(actor, kind, ids).items():
            if pk in values:
                values[pk] |= more
    return values


def _people_in(columns: Sequence[Column], rows: Collection[dict[str, Any]]) -> set[int]:
    found: set[int] = set()
    for column in columns:
        if column.cell != Cell.PERSON:
            continue
        for row in rows:
            value = row.get(column.code)
            found |= set(value) if isinstance(value, list) else {value} if value else set()
    return found
