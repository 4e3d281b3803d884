"""Writing one card in one statement, and finding cards by the words of their titles."""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import BigIntegerField, BooleanField, Func, Q, TextField, Value
from django.db.models.functions import Concat
from django.db.models.lookups import IRegex

from core.compiled import Among
from core.entitlements.port import must_take

from .models import Entity

E = TypeVar("E", bound=Entity)

_INSERT = """
WITH card AS (INSERT INTO entities_entity ({common}) VALUES ({common_values})
  RETURNING id, own_status_id),
own AS (INSERT INTO {table} ({own}) SELECT card.id{own_values} FROM card),
parts AS (INSERT INTO entities_participant (entity_id, principal_id, part)
  SELECT card.id, given.who, given.part FROM card, unnest(%s::bigint[], %s::text[]) AS given(who, part))
SELECT id, own_status_id FROM card
"""
# Where cards of a type begin; nowhere without statuses of the company's own.
_OWN_STATUS = "own_status"
_ENTRY = "(SELECT id FROM entities_ownstatus WHERE kind = %s AND card_type = %s AND base = %s AND is_default)"


# Up to so many matches of a search are found at once and put in order then; of more, walking an ordered index meets
# some soon.
FEW_MATCHES = 7_000
# What the trigram index knows of a piece: three letters in a row, or where a word begins.
_TRIGRAM = 3
_LETTERS = re.compile(r"[^\W_]+")
# A word begins a title or comes after one of these.
_BEFORE_WORD = ' «("№'
_MOST_PIECES = 8


class LikeAny(Func):
    """`filter(LikeAny("title", patterns))`: the column is like one of a list of patterns, whatever the case."""

    template = "%(expressions)s)"
    arg_joiner = " ILIKE ANY("
    output_field = BooleanField()


def insert_card(card: E, parts: Mapping[str, Iterable[int]], *, card_type: str = "") -> E:
    """Write a new card, its own row and its people ({part: principal ids}) in one round trip; the card with its id.

    It begins in the default of the statuses that the company has made of its base for cards of this type. NotInPlan.
    """
    must_take(card._meta.app_config.name)
    statement, common, own = _statement(type(card))
    values = [value for field in (*common, *own) for value in _stored(card, field, card_type)]
    pairs = [(who, part) for part, people in parts.items() for who in dict.fromkeys(people)]
    with connection.cursor() as cursor:
        cursor.execute(statement, [*values, [who for who, _ in pairs], [part for _, part in pairs]])
        card.pk, card.own_status_id = cursor.fetchone()
    # Every kind has this column: it is how Django ties the kind's own row to the common one.
    own_row: Any = card
    own_row.entity_ptr_id = card.pk
    card._state.adding, card._state.db = False, "default"
    return card


def matching(text: str, kind: str, *, each: bool = False, or_else: Q | None = None) -> Q:
    """The condition that a title has every piece of the text (eight at most) in any case, or that `or_else` holds; no
    card fulfils it when there is nothing to look for.

    A piece of one or two letters is looked for where words begin: inside of words it would be found everywhere, and
    no index knows it there. Signs alone («№», «—») are passed over.

    Few matches among the living cards of the kind are found beforehand. How often words meet with all else that narrows
    a list is what PostgreSQL cannot guess, and a wrong guess looks through all titles. With `each`, for single
    cards, nothing is found beforehand.
    """
    pieces = [piece for piece in text.split()[:_MOST_PIECES] if _LETTERS.search(piece)]
    if not pieces:
        return _named([])
    other = or_else or Q()
    if each:
        return _all_of(pieces, _by_eye) | other
    cards = Entity.objects.filter(_all_of(pieces, _by_index) | other, kind=kind, trashed_at__isnull=True)
    ids = list(cards.order_by().values_list("pk", flat=True)[: FEW_MATCHES + 1])
    return _all_of(pieces, _by_eye) | other if len(ids) > FEW_MATCHES else _named(ids)


def _named(ids: list[int]) -> Q:
    return Q(Among("pk", Value(ids, ArrayField(BigIntegerField()))))


def _all_of(pieces: Iterable[str], condition: Callable[[str], Q]) -> Q:
    found = Q()
    for piece in pieces:
        found &= condition(piece)
    return found


def _by_index(piece: str) -> Q:
    """As the trigram index serves it: a regular expression, or patterns when only the beginnings of words help."""
    if _is_long(piece):
        return _by_eye(piece)
    plain = re.sub(r"([\\%_])", r"\\\1", piece)
    begins = [f"{plain}%", *(f"%{before}{plain}%" for before in _BEFORE_WORD)]
    patterns = begins if _LETTERS.match(piece) else [f"%{plain}%"]
    return Q(LikeAny("title", Value(patterns, ArrayField(TextField()))))


def _by_eye(piece: str) -> Q:
    """The same, the cheapest way to ask one title. What the index cannot serve is kept from it: it would give all."""
    plain = re.escape(piece)
    if _is_long(piece):
        return Q(title__iregex=plain)
    pattern = f"(^|[{_BEFORE_WORD}]){plain}" if _LETTERS.match(piece) else plain
    return Q(IRegex(Concat("title", Value("")), Value(pattern)))


def _is_long(piece: str) -> bool:
    return any(len(run) >= _TRIGRAM for run in _LETTERS.findall(piece))


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
    return _ENTRY if field.name == _OWN_STATUS else f"%s::{field.db_type(connection)}"


def _stored(card: Entity, field: Any, card_type: str) -> list[Any]:
    if field.name == _OWN_STATUS:
        return [card.kind, card_type, card.status]
    return [field.get_db_prep_save(field.pre_save(card, add=True), connection)]
