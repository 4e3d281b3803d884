"""The statements of the search: stems, documents written, cards found.

Cards are found newest first in one of three ways (docs/decisions/0008-search.md): from the few cards of a narrow
viewer, from the index of words, or walking from the newest card while words are frequent. The last two ask of each
card whether it may be seen; the text of that question comes from `core.access.queries` and speaks of `found.entity_id`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import BigIntegerField, QuerySet

from core.compiled import Written
from core.context import current_company
from core.entities.models import Entity

from .rules import Lexicon

# The index of words gives its matches in no order: so many are put in order at once.
MOST_MATCHES = 20_000
# So many of the newest cards say how frequent words are; with this share of them walking finds some soon.
SAMPLE, FREQUENT = 600, 12

_STEMS = """
SELECT word, tsvector_to_array(to_tsvector('pg_catalog.russian', word)) FROM unnest(%s::text[]) AS given(word)
"""
# Stems, and after them whole words, both in the order of the text. The stemmer takes «канал» for a verb and cuts it
# otherwise than «каналу», so that one is found by the other only through the whole word; and words are begun by it.
_VECTOR = "to_tsvector('pg_catalog.russian', {0}) || to_tsvector('pg_catalog.simple', {0})"
_WRITE = f"""
INSERT INTO search_document AS d (entity_id, head, words)
SELECT given.id,
  {_VECTOR.format("given.head")} || array_to_tsvector(string_to_array(given.marks, ' ')),
  {_VECTOR.format("given.head || ' ' || given.body")} || array_to_tsvector(ARRAY[given.kind])
    || array_to_tsvector(ARRAY(SELECT '!' || lexeme FROM unnest({_VECTOR.format("given.hidden")})))
FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[])
  AS given(id, kind, marks, head, body, hidden)
JOIN entities_entity e ON e.id = given.id AND e.trashed_at IS NULL
ON CONFLICT (entity_id) DO UPDATE SET head = EXCLUDED.head, words = EXCLUDED.words
WHERE (d.head, d.words) IS DISTINCT FROM (EXCLUDED.head, EXCLUDED.words)
"""
_ALONE = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"
_TOGETHER = (
    "SELECT pg_advisory_xact_lock_shared(hashtextextended(%s, 0)), pg_advisory_xact_lock(hashtextextended(%s, 0))"
)

_NEWEST = "SELECT d.head, d.words FROM search_document d ORDER BY d.entity_id DESC LIMIT %s"
_FROM_PARTS = """
SELECT found.entity_id FROM (
  SELECT d.entity_id FROM search_document d
  WHERE d.entity_id = ANY(ARRAY({ids})) AND d.entity_id < %s AND {condition}
  ORDER BY d.entity_id DESC OFFSET 0) AS found
WHERE EXISTS ({visible}) LIMIT %s
"""
_FROM_WORDS = """
WITH matched AS MATERIALIZED (SELECT d.entity_id FROM search_document d WHERE {condition} LIMIT %s)
SELECT CASE WHEN (SELECT count(*) FROM matched) <= %s THEN ARRAY(
  SELECT found.entity_id FROM (
    SELECT entity_id FROM matched WHERE entity_id < %s ORDER BY entity_id DESC OFFSET 0) AS found
  WHERE EXISTS ({visible}) LIMIT %s) END
"""
# A condition behind IS TRUE is one that no index serves: the order of the cards must lead here.
_WALKED = """
SELECT found.entity_id FROM (
  SELECT d.entity_id FROM search_document d WHERE d.entity_id < %s AND ({condition}) IS TRUE
  ORDER BY d.entity_id DESC OFFSET 0) AS found
WHERE EXISTS ({visible}) LIMIT %s
"""


@dataclass(frozen=True)
class Wanted:
    """A condition on documents: `column` meets the text of a tsquery and, of each of `unless`, does not meet it."""

    column: str
    query: str
    unless: tuple[tuple[str, str], ...] = ()

    def condition(self) -> tuple[str, list[str]]:
        text = f"d.{self.column} @@ %s::tsquery"
        text += "".join(f" AND NOT d.{column} @@ %s::tsquery" for column, _ in self.unless)
        return text, [self.query, *(query for _, query in self.unless)]


@dataclass(frozen=True)
class Reach:
    """Cards that somebody may see: `rows` of the common table; `few` are ids with all of them among, when few."""

    kinds: tuple[str, ...]
    rows: QuerySet[Entity]
    few: QuerySet[Any] | None = field(default=None)

    def visible(self) -> tuple[str, list[Any]]:
        """A subselect that has a row when the card `found.entity_id` may be seen."""
        found = Written("found.entity_id", (), BigIntegerField())
        text, params = self.rows.filter(pk=found).order_by().values("pk").query.sql_with_params()
        return text, list(params)


def stems_of(words: Iterable[str]) -> Lexicon:
    """Word → its stems; none for a word that says nothing («и»)."""
    wanted = sorted(set(words))
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_STEMS, [wanted])
        return dict(cursor.fetchall())


def hold_card(card_id: int) -> None:
    """Let nobody else write this card's document, nor many at once, until the transaction ends.

    Whoever reads a card and then writes its document could else bring back words that another has replaced meanwhile.
    """
    name = f"{current_company().schema}:search"
    with connection.cursor() as cursor:
        cursor.execute(_TOGETHER, [name, f"{name}:{card_id}"])


def hold_all() -> None:
    """Let nobody else write any document of this company until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(_ALONE, [f"{current_company().schema}:search"])


def write_documents(rows: Sequence[tuple[int, str, str, str, str, str]]) -> None:
    """Documents of cards that are not in the trash: (id, kind mark, marks of the number, head, body, hidden).

    Texts are words between single spaces (`rules.indexed`). What stands already is not written again.
    """
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, [list(column) for column in zip(*rows, strict=True)])


def frequent(wanted: Sequence[Wanted]) -> list[bool]:
    """Which conditions so many of the newest cards fulfil that walking from the newest is the shortest way."""
    counts, params = [], []
    for one in wanted:
        text, values = one.condition()
        counts.append(f"count(*) FILTER (WHERE {text}) >= %s")
        params += [*values, FREQUENT]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(counts)} FROM ({_NEWEST}) AS d", [*params, SAMPLE])
        return list(cursor.fetchone())


def from_parts(wanted: Wanted, reach: Reach, *, before: int, limit: int) -> list[int]:
    """Ids of wanted cards among the few of a narrow viewer, the newest first, all below `before`."""
    if reach.few is None:
        raise LookupError("this viewer has too many cards to begin from")
    condition, values = wanted.condition()
    visible, rights = reach.visible()
    ids, held = reach.few.query.sql_with_params()
    text = _FROM_PARTS.format(ids=ids, condition=condition, visible=visible)
    return [row[0] for row in _rows(text, [*held, before, *values, *rights, limit])]


def from_words(wanted: Wanted, reach: Reach, *, most: int, before: int, limit: int) -> list[int] | None:
    """The same by the index of words; None when more than `most` cards have them."""
    condition, values = wanted.condition()
    visible, rights = reach.visible()
    text = _FROM_WORDS.format(condition=condition, visible=visible)
    ((ids,),) = _rows(text, [*values, most + 1, most, before, *rights, limit])
    return ids


def walked(wanted: Wanted, reach: Reach, *, before: int, limit: int) -> list[int]:
    """The same, looking at one card after another from the newest on."""
    condition, values = wanted.condition()
    visible, rights = reach.visible()
    text = _WALKED.format(condition=condition, visible=visible)
    return [row[0] for row in _rows(text, [before, *values, *rights, limit])]


def _rows(text: str, params: list[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(text, params)
        return cursor.fetchall()
