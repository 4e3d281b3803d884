"""Writing one card in one statement, and looking into the trash."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, TypeVar

from django.db import connection

from .models import Entity

E = TypeVar("E", bound=Entity)

_INSERT = """
WITH card AS (INSERT INTO entities_entity ({common}) VALUES ({common_values}) RETURNING id),
own AS (INSERT INTO {table} ({own}) SELECT card.id{own_values} FROM card),
parts AS (INSERT INTO entities_participant (entity_id, principal_id, part)
  SELECT card.id, given.who, given.part FROM card, unnest(%s::bigint[], %s::text[]) AS given(who, part))
SELECT id FROM card
"""


def insert_card(card: E, parts: Mapping[str, Iterable[int]]) -> E:
    """Write a new card, its own row and its people ({part: principal ids}) in one round trip; the card with its id."""
    statement, common, own = _statement(type(card))
    values = [_stored(card, field) for field in (*common, *own)]
    pairs = [(who, part) for part, people in parts.items() for who in dict.fromkeys(people)]
    with connection.cursor() as cursor:
        cursor.execute(statement, [*values, [who for who, _ in pairs], [part for _, part in pairs]])
        card.pk = cursor.fetchone()[0]
    # Every kind has this column: it is how Django ties the kind's own row to the common one.
    own_row: Any = card
    own_row.entity_ptr_id = card.pk
    card._state.adding, card._state.db = False, "default"
    return card


def columns_of(model: type[Entity]) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """Fields of the common row and of the kind's own row, both without the id."""
    own = tuple(field for field in model._meta.local_concrete_fields if not field.primary_key)
    return tuple(field for field in Entity._meta.local_concrete_fields if not field.primary_key), own


@cache
def _statement(model: type[Entity]) -> tuple[str, tuple[Any, ...], tuple[Any, ...]]:
    common, own = columns_of(model)
    quote = connection.ops.quote_name
    text = _INSERT.format(
        common=", ".join(quote(field.column) for field in common),
        common_values=", ".join(_typed(field) for field in common),
        table=quote(model._meta.db_table),
        own=", ".join(["entity_ptr_id", *(quote(field.column) for field in own)]),
        own_values="".join(f", {_typed(field)}" for field in own),
    )
    return text, common, own


def _typed(field: Any) -> str:
    # A bare parameter in a SELECT list would be taken for text.
    return f"%s::{field.db_type(connection)}"


def _stored(card: Entity, field: Any) -> Any:
    return field.get_db_prep_save(field.pre_save(card, add=True), connection)
