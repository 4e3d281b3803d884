"""Keyset pages: a page costs the same at row 50 and at row 1,000,000."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet

from core.errors import Invalid

from .cursors import read_cursor, write_cursor
from .filters import Grammar, Ordering

DEFAULT_LIMIT = 50
MAX_LIMIT = 200


@dataclass(frozen=True)
class Page:
    rows: list[Any]
    next: str | None


def page_of(rows: QuerySet, params: Any, grammar: Grammar, *, limit: int | None = None) -> Page:
    """One page by `ordering`, `limit` and `cursor`; `next` is None on the last one.

    `limit` is said by those who read a whole list in larger pieces. Rows without a value come last in both directions,
    and ties break by id.
    """
    name = params.get("ordering") or grammar.default_ordering
    order = grammar.orderings.get(name.lstrip("-"))
    if order is None or name.startswith("--"):
        raise Invalid({"ordering": f"Можно упорядочить по: {', '.join(grammar.orderings)}"})
    down = name.startswith("-")
    limit = limit or limit_of(params.get("limit"))
    mark = read_cursor(params["cursor"], name) if params.get("cursor") else None
    rows, column = (order.prepare(rows), order.column) if isinstance(order, Ordering) else (rows, order)
    nullable = isinstance(order, Ordering) or _may_lack(rows, column)
    found = _fetch(rows, column, nullable, down, mark, limit + 1)
    if len(found) <= limit:
        return Page(found, None)
    last = found[limit - 1]
    return Page(found[:limit], write_cursor(_value(last, column), last.pk, name))


def _fetch(
    rows: QuerySet, column: str, nullable: bool, down: bool, mark: tuple[Any, int] | None, count: int
) -> list[Any]:
    beyond = "lt" if down else "gt"
    value, pk = mark or (None, 0)
    tie = Q(**{f"pk__{beyond}": pk})
    undated = rows.filter(**{f"{column}__isnull": True}).order_by(F("pk").desc() if down else F("pk").asc())
    if mark is not None and value is None:
        return list(undated.filter(tie)[:count])
    # Rows without a value are read apart, so that one index serves both directions: NULLS LAST would bar it.
    dated = rows.filter(**{f"{column}__isnull": False}) if nullable else rows
    if mark is not None:
        # `>=` bounds the index range; the tie inside it is a filter over equal values only.
        dated = dated.filter(Q(**{f"{column}__{beyond}e": value}), Q(**{f"{column}__{beyond}": value}) | tie)
    order = (F(column).desc(), F("pk").desc()) if down else (F(column).asc(), F("pk").asc())
    found = list(dated.order_by(*order)[:count])
    if nullable and len(found) < count:
        found += undated[: count - len(found)]
    return found


def limit_of(text: str | None) -> int:
    """How many rows a page has; Invalid for what is no number from 1 to 200."""
    if text is None:
        return DEFAULT_LIMIT
    if not text.isascii() or not text.isdigit() or len(text) > 3 or not 1 <= int(text) <= MAX_LIMIT:
        raise Invalid({"limit": f"От 1 до {MAX_LIMIT}"})
    return int(text)


def _value(row: Any, column: str) -> Any:
    for part in column.split("__"):
        row = getattr(row, part)
    return row


def _may_lack(rows: QuerySet, column: str) -> bool:
    return column != "pk" and rows.model._meta.get_field(column.split("__")[0]).null
