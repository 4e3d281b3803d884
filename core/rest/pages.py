"""Keyset pages: a page costs the same at row 50 and at row 1,000,000."""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core import signing
from django.db.models import F, Q, QuerySet
from django.utils.dateparse import parse_date, parse_datetime

from core.context import current_schema
from core.errors import Invalid

from .filters import Grammar, Ordering

# What JSON does not know, by a letter: a moment is a day, too, so it stands first.
_WRITTEN: tuple[tuple[str, type, Callable[[str], Any]], ...] = (
    ("t", datetime, parse_datetime),
    ("d", date, parse_date),
    ("n", Decimal, Decimal),
)
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
    mark = _read(params["cursor"], name) if params.get("cursor") else None
    rows, column = (order.prepare(rows), order.column) if isinstance(order, Ordering) else (rows, order)
    nullable = isinstance(order, Ordering) or rows.model._meta.get_field(column.split("__")[0]).null
    found = _fetch(rows, column, nullable, down, mark, limit + 1)
    return Page(found[:limit], _write(found[limit - 1], name, column) if len(found) > limit else None)


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


def _salt(name: str) -> str:
    return f"cursor:{current_schema()}:{name}"


def _write(row: Any, name: str, column: str) -> str:
    value = row
    for part in column.split("__"):
        value = getattr(value, part)
    kind = next((code for code, of_type, _ in _WRITTEN if isinstance(value, of_type)), "v")
    plain = value if kind == "v" else str(value) if kind == "n" else value.isoformat()
    text = base64.urlsafe_b64encode(json.dumps([kind, plain, row.pk]).encode()).decode().rstrip("=")
    return signing.Signer(salt=_salt(name)).sign(text)


def _read(cursor: str, name: str) -> tuple[Any, int]:
    try:
        text = signing.Signer(salt=_salt(name)).unsign(cursor)
        kind, value, pk = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (signing.BadSignature, ValueError) as wrong:
        raise Invalid({"cursor": "Список изменился. Откройте его заново"}) from wrong
    readers = {code: read for code, _, read in _WRITTEN}
    return (readers[kind](value) if kind in readers else value), pk
