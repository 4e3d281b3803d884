"""A list laid out in columns: each with its count and its first cards, and where each card may be moved.

What a kind is laid out by is declared by its viewset (`boards`); rights, tab, filters and search are those of its list.
A move goes through the doors that there are: a deed of the card, or a PATCH of what the column sets.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from core.errors import Invalid
from core.organization.models import Employee
from core.organization.people import people

from .filters import Grammar
from .pages import page_of
from .queries import counted

# Cards of a column that come with the board, and columns of a board whose columns are people or places.
FIRST_CARDS, FIRST_COLUMNS = 20, 8
OWN = frozenset({"by", "column", "columns_cursor"})
ANY_COLUMN = ""
BY_NAME = Grammar(orderings={"title": "title"}, default_ordering="title")


@dataclass(frozen=True)
class Column:
    """One column. `sets` is the body of the PATCH that moves a card here, None when nothing is moved here so.

    `holds` is False when the list's own filters leave nothing in it: then it is not even counted.
    """

    value: str
    title: str
    condition: Q
    sets: Mapping[str, Any] | None = None
    person: dict[str, Any] | None = None
    holds: bool = True


@dataclass(frozen=True)
class Asked:
    """What a board is made for: rows are already narrowed by the list's filters; `only` is the one wanted column."""

    actor: Any
    kind: Any
    params: Mapping[str, str]
    rows: QuerySet
    only: str | None = None
    cursor: str | None = None


@dataclass(frozen=True)
class Columns:
    """A page of columns; `next` is the cursor of those after them."""

    shown: Sequence[Column]
    next: str | None = None


@dataclass(frozen=True)
class Move:
    """A way of one card: by a deed to the column `to`, or, without a deed, to any column that sets something.

    A move with a `path` is a POST of what it `sends` to that door below the card.
    """

    to: str = ANY_COLUMN
    do: str = ""
    title: str = ""
    needs_text: bool = False
    path: str = ""
    sends: Mapping[str, Any] = field(default_factory=dict)

    @property
    def told(self) -> dict[str, Any]:
        plain = {"to": self.to, "do": self.do, "title": self.title, "needs_text": self.needs_text}
        return plain | {"path": self.path, "sends": dict(self.sends)}


Moves = Callable[[Any, Any, Sequence[Any]], dict[int, Sequence[Move]]]


@dataclass(frozen=True)
class Board:
    """One way to lay a list out: its columns, and the moves of rows by their ids (few statements for all of them)."""

    columns: Callable[[Asked], Columns]
    moves: Moves


@dataclass
class Laid:
    """A list about to be laid out: the same rows as pages read them and as counts do, both narrowed by the filters."""

    rows: QuerySet
    counted: QuerySet
    grammar: Grammar
    params: Mapping[str, str]
    read: Callable[[QuerySet], QuerySet]
    shown: Callable[[Sequence[Any]], list[dict[str, Any]]]
    paged: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.paged = {"limit": self.params.get("limit", str(FIRST_CARDS))}
        if "ordering" in self.params:
            self.paged["ordering"] = self.params["ordering"]


def lay_out(board: Board, laid: Laid, actor: Any, kind: Any) -> dict[str, Any]:
    """JSON of the columns; one statement counts them all, a column with cards takes one or two more."""
    params = laid.params
    only = params.get("column")
    asked = Asked(actor, kind, params, laid.rows, only, params.get("columns_cursor"))
    found = board.columns(asked)
    columns = [one for one in found.shown if only is None or one.value == only]
    if only is not None and not columns:
        raise Invalid({"column": "Такого столбца нет. Обновите доску"})
    if "cursor" in params and only is None:
        raise Invalid({"cursor": "Дальше читают один столбец: назовите его в column"})
    counts = _counts(laid.counted, columns)
    pages = [_page(laid, one) if count else ([], None) for one, count in zip(columns, counts, strict=True)]
    rows = [row for found_rows, _ in pages for row in found_rows]
    moves = board.moves(actor, kind, rows)
    cards = iter(with_moves(laid.shown(rows), moves))
    told = [
        _told(one, count, [next(cards) for _ in found_rows], further)
        for one, count, (found_rows, further) in zip(columns, counts, pages, strict=True)
    ]
    return {"columns": told, "next": found.next}


def with_moves(cards: Iterable[dict[str, Any]], moves: Mapping[int, Sequence[Move]]) -> list[dict[str, Any]]:
    """The same cards, each with its `moves`."""
    return [card | {"moves": [move.told for move in moves.get(card["id"], ())]} for card in cards]


def _counts(rows: QuerySet, columns: Sequence[Column]) -> list[int]:
    held = [one for one in columns if one.holds]
    found = iter(counted([rows.filter(one.condition) for one in held]))
    return [next(found) if one.holds else 0 for one in columns]


def _page(laid: Laid, column: Column) -> tuple[list[Any], str | None]:
    cursor = {"cursor": laid.params["cursor"]} if laid.params.get("cursor") else {}
    page = page_of(laid.read(laid.rows.filter(column.condition)), laid.paged | cursor, laid.grammar)
    return page.rows, page.next


def _told(column: Column, count: int, cards: list[dict[str, Any]], further: str | None) -> dict[str, Any]:
    return {
        "value": column.value,
        "title": column.title,
        "person": column.person,
        "sets": None if column.sets is None else dict(column.sets),
        "count": count,
        "results": cards,
        "next": further,
    }


def by_person(column: str, sets: str) -> Callable[[Asked], Columns]:
    """Columns of the people whom a column of the rows names, by name; a PATCH of the field `sets` moves to them."""

    def columns(asked: Asked) -> Columns:
        found: QuerySet[Employee] = Employee.objects.all()
        if asked.only is not None:
            found = found.filter(pk=_id(asked.only))
        else:
            found = found.filter(Exists(asked.rows.order_by().filter(**{column: OuterRef("principal")})))
        page = page_of(found, _paged(asked), BY_NAME)
        known = people(row.principal_id for row in page.rows)
        return Columns([_of_person(row, column, sets, known) for row in page.rows], page.next)

    return columns


def by_place(places: Callable[[], QuerySet], column: str, nowhere: str) -> Callable[[Asked], Columns]:
    """Columns of a directory by title, those without cards too; before them the cards that name no place."""

    def columns(asked: Asked) -> Columns:
        none = Column("none", nowhere, Q(**{f"{column}__isnull": True}), {column: None})
        if asked.only == none.value:
            return Columns([none])
        found = places() if asked.only is None else places().filter(pk=_id(asked.only))
        page = page_of(found, _paged(asked), BY_NAME)
        named = [Column(str(one.pk), one.title, Q(**{column: one.pk}), {column: one.pk}) for one in page.rows]
        return Columns(named if asked.cursor or asked.only else [none, *named], page.next)

    return columns


def _of_person(row: Employee, column: str, sets: str, known: Mapping[int, dict[str, Any]]) -> Column:
    person = known[row.principal_id]
    condition = Q(**{column: row.principal_id})
    # Nothing is given to somebody who is blocked; what he has is still shown.
    return Column(str(row.pk), person["name"], condition, {sets: row.pk} if person["is_active"] else None, person)


def _paged(asked: Asked) -> dict[str, str]:
    return {"limit": str(FIRST_COLUMNS)} | ({"cursor": asked.cursor} if asked.cursor else {})


def _id(value: str) -> int:
    if not value.isascii() or not value.isdigit() or len(value) > 18:
        raise Invalid({"column": "Такого столбца нет. Обновите доску"})
    return int(value)
