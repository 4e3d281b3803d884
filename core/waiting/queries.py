"""Reading the queue of what waits for a person."""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from core.access.actor import Actor
from core.context import enabled_modules
from core.registry import registry
from core.rest.filters import Grammar
from core.rest.pages import page_of

from .registry import Source

# Nobody reads a larger figure.
COUNTED_UP_TO = 1_000
SHOWN = 10


def sources() -> list[Source]:
    """Sources of core and of the modules that are on, the most pressing first."""
    found = [source for trait in registry.traits.values() for source in trait.waiting]
    for code in enabled_modules():
        found += registry.modules[code].waiting if code in registry.modules else ()
    return sorted(found, key=lambda source: source.place)


def counts(actor: Actor, asked: Sequence[Source]) -> dict[str, int]:
    """How much of each source waits, each up to 1,000, in one statement."""
    parts: list[str] = []
    values: list[Any] = []
    found: dict[str, int] = {}
    live: list[Source] = []
    for source in asked:
        rows = source.rows(actor)
        if rows.query.is_empty():
            # Django has no SQL for what can have no rows.
            found[source.code] = 0
            continue
        text, params = rows.order_by().values("pk")[:COUNTED_UP_TO].query.sql_with_params()
        parts.append(f"(SELECT count(*) FROM ({text}) AS waiting)")
        values += params
        live.append(source)
    if live:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(parts)}", values)
            found |= dict(zip((source.code for source in live), cursor.fetchone(), strict=True))
    return found


def page(actor: Actor, source: Source, params: dict[str, str]) -> dict[str, Any]:
    """A page of one source: {results, next}."""
    column = source.column_for(actor)
    grammar = Grammar(orderings={column: column}, default_ordering=column)
    found = page_of(source.rows(actor), params, grammar)
    return {"results": source.lines(actor, found.rows), "next": found.next}
