"""The only door for writing many cards at once: numbers, people and one fact for all of them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.db import connection
from django.db.models import Model, QuerySet
from django.utils import timezone

from core.access.actor import Actor
from core.context import owner_scope
from core.entitlements.port import must_take
from core.events.bus import emit
from core.verb import verb

from .events import CardsAdded
from .models import Entity, OwnStatus, Participant
from .queries import columns_of

CHUNK = 10_000
_NUMBER = (
    "UPDATE entities_entity AS card SET number = given.number"
    " FROM unnest(%s::bigint[], %s::text[]) AS given(id, number) WHERE card.id = given.id"
)
_REFINE = "UPDATE entities_entity SET own_status_id = %s WHERE status = %s AND id = ANY(%s)"
_RESERVE = "SELECT nextval(pg_get_serial_sequence('entities_entity', 'id')) FROM generate_series(1, %s)"


@dataclass(frozen=True)
class NewCard:
    """A card to be written. `common` are values of Entity's columns by field name, `own` those of the kind's table.

    Author and responsible take part without being named; `parts` adds the others as {part: principal ids}.
    """

    common: dict[str, Any]
    own: dict[str, Any] = field(default_factory=dict)
    parts: dict[str, tuple[int, ...]] = field(default_factory=dict)


@verb
def write_cards(
    model: type[Entity],
    cards: Iterable[NewCard],
    *,
    numbers: Callable[[list[int]], list[str]] | None,
    by: Actor,
    beside: Callable[[list[int]], None] | None = None,
) -> list[int]:
    """Write cards of one kind through COPY; their ids. One fact says it for all: readers hear of no single card.

    `numbers(principals)` gives their numbers in order, None leaves them without; a principal is who is responsible for
    the card, or else its author. Values that are not given take the
    model's defaults. `beside(ids)` writes what else belongs to them. The open scope should carry a long time limit: a
    thousand cards take about 50 ms.
    Whoever creates a card meanwhile waits for the last statement at most: numbers without gaps are given to one
    transaction at a time, so they are taken when nothing else is left to do. NotInPlan.
    """
    must_take(model._meta.app_config.name)
    source, written, whose = iter(cards), [], []
    while chunk := list(islice(source, CHUNK)):
        written += _write(model, chunk)
        whose += [card.common.get("responsible") or card.common["author"] for card in chunk]
    if written:
        span = {"first": min(written), "last": max(written)}
        emit(CardsAdded(None, card_kind=model.KIND, count=len(written), **span), by=by)
        if beside:
            beside(written)
    if written and numbers:
        # Foreign keys are looked at now and not at the commit, when others would wait for it.
        connection.check_constraints()
        with connection.cursor() as cursor:
            cursor.execute(_NUMBER, [written, numbers(whose)])
    return written


def _write(model: type[Entity], cards: list[NewCard]) -> list[int]:
    common, own = columns_of(model)
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(_RESERVE, [len(cards)])
        ids = [row[0] for row in cursor.fetchall()]
    given = {"kind": model.KIND, "number": "", "created_at": now, "changed_at": now}
    rows = [given | card.common for card in cards]
    _copy(Entity._meta.db_table, ["id", *_names(common)], _tuples(ids, rows, common))
    own_columns = ["entity_ptr_id", *_names(own)]
    _copy(model._meta.db_table, own_columns, _tuples(ids, (card.own for card in cards), own))
    _copy(Participant._meta.db_table, ["entity_id", "principal_id", "part"], _parts(ids, cards))
    return ids


def _tuples(ids: list[int], rows: Iterable[dict[str, Any]], fields: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    defaults = {found.name: found for found in fields}
    for pk, row in zip(ids, rows, strict=True):
        if strange := set(row) - set(defaults):
            raise LookupError(f"no such columns: {sorted(strange)}")
        yield (pk, *(row[name] if name in row else found.get_default() for name, found in defaults.items()))


def _parts(ids: list[int], cards: list[NewCard]) -> Iterator[tuple[int, int, str]]:
    for pk, card in zip(ids, cards, strict=True):
        yield pk, card.common["author"], "author"
        if card.common.get("responsible"):
            yield pk, card.common["responsible"], "responsible"
        yield from ((pk, who, part) for part, people in card.parts.items() for who in people)


def _names(fields: tuple[Any, ...]) -> list[str]:
    return [found.column for found in fields]


def _copy(table: str, columns: list[str], rows: Iterable[tuple[Any, ...]]) -> None:
    quote = connection.ops.quote_name
    names = ", ".join(quote(column) for column in columns)
    with connection.cursor() as cursor, cursor.copy(f"COPY {quote(table)} ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def refresh_statistics(schema: str, models: Iterable[type[Model]]) -> None:
    """Let the planner see what a large load has changed; outside any scope, because only the owner may."""
    with owner_scope(schema, side="company") as owner, owner.cursor() as cursor:
        for model in models:
            cursor.execute(f"ANALYZE {owner.ops.quote_name(model._meta.db_table)}")


def refine(cards: QuerySet[Entity], status: OwnStatus, *, after: int, most: int) -> int | None:
    """Give so many of the cards behind `after` a status of the company's own that says no more than their base; the id
    of the last of them, None when there are no more.

    Their versions stay: whoever has a card open has seen what stands there still.
    """
    held = cards.filter(pk__gt=after).order_by("pk").select_for_update(of=("self",), no_key=True)
    ids = list(held.values_list("pk", flat=True)[:most])
    with connection.cursor() as cursor:
        cursor.execute(_REFINE, [status.pk, status.base, ids])
    return ids[-1] if len(ids) == most else None
