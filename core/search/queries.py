"""The statements of the search: stems, documents written, cards found.

Cards are found newest first in one of three ways (docs/decisions/0008-search.md): from the few cards of a narrow
viewer, from the index of words, or walking from the newest card while words are frequent. The last two ask of each
card whether it may be seen; the text of that question comes from `core.access.queries` and speaks of `found.entity_id`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import BigIntegerField, BooleanField, Exists, F, Func, OuterRef, Q, QuerySet, Value

from core.compiled import Written
from core.context import current_company
from core.entities.models import Entity

from .models import Document
from .rules import Lexicon, asked_marks, either, kind_mark

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
_MARKED = "array_to_tsvector(ARRAY(SELECT '{0}' || lexeme FROM unnest({1})))"
_WRITE = f"""
INSERT INTO search_document AS d (entity_id, words)
SELECT given.id,
  {_VECTOR.format("given.head || ' ' || given.body")} || {_MARKED.format("^", _VECTOR.format("given.head"))}
    || {_MARKED.format("!", _VECTOR.format("given.hidden"))} || array_to_tsvector(string_to_array(given.marks, ' '))
FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[], %s::text[]) AS given(id, marks, head, body, hidden)
JOIN entities_entity e ON e.id = given.id AND e.trashed_at IS NULL
ON CONFLICT (entity_id) DO UPDATE SET words = EXCLUDED.words WHERE d.words IS DISTINCT FROM EXCLUDED.words
"""
_ALONE = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"
_TOGETHER = "SELECT pg_advisory_xact_lock_shared(hashtextextended(%s, 0))"
# In the order of what is locked, so that two who want the same cards wait for one another and never in a circle.
_EACH = """
SELECT pg_advisory_xact_lock(one.key)
FROM (SELECT hashtextextended(name, 0) AS key FROM unnest(%s::text[]) name ORDER BY 1 OFFSET 0) one
"""

_NEWEST = "SELECT d.words FROM search_document d ORDER BY d.entity_id DESC LIMIT %s"
# OFFSET 0 keeps PostgreSQL from joining what is to be asked of one card after another, in this very order.
_FROM_FEW = """
SELECT found.entity_id FROM (
  SELECT d.entity_id FROM search_document d
  WHERE d.entity_id = ANY(ARRAY({ids})) AND d.entity_id < %s AND d.words @@ %s::tsquery
  ORDER BY d.entity_id DESC OFFSET 0) AS found
WHERE EXISTS (SELECT FROM ({visible}) AS held OFFSET 0) LIMIT %s
"""
_FROM_WORDS = """
WITH matched AS MATERIALIZED (SELECT d.entity_id FROM search_document d WHERE d.words @@ %s::tsquery LIMIT %s)
SELECT CASE WHEN (SELECT count(*) FROM matched) <= %s THEN ARRAY(
  SELECT found.entity_id FROM (
    SELECT entity_id FROM matched WHERE entity_id < %s ORDER BY entity_id DESC OFFSET 0) AS found
  WHERE EXISTS (SELECT FROM ({visible}) AS held OFFSET 0) LIMIT %s) END
"""
_NUMBERED = "SELECT d.entity_id FROM search_document d WHERE d.words @@ %s::tsquery LIMIT %s"
_WALKED = """
SELECT found.entity_id FROM (
  SELECT d.entity_id, d.words FROM search_document d WHERE d.entity_id < %s ORDER BY d.entity_id DESC OFFSET 0) AS found
WHERE found.words @@ %s::tsquery AND EXISTS (SELECT FROM ({visible}) AS held OFFSET 0) LIMIT %s
"""


@dataclass(frozen=True)
class Reach:
    """Cards that somebody may see: `rows` of the common table.

    `few` are ids with all of them among, when there are not many; `is_small` when there are so few that the index of
    words gives no shorter way.
    """

    kinds: tuple[str, ...]
    rows: QuerySet[Entity]
    few: QuerySet[Any] | None = None
    is_small: bool = False

    @cached_property
    def visible(self) -> tuple[str, list[Any]]:
        """A subselect that has a row when the card `found.entity_id` may be seen; several stages ask it."""
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


def hold_cards(card_ids: Sequence[int]) -> None:
    """Let nobody else write the documents of these cards, nor many at once, until the transaction ends.

    Whoever reads a card and then writes its document could else bring back words that another has replaced meanwhile.
    """
    name = f"{current_company().schema}:search"
    with connection.cursor() as cursor:
        cursor.execute(_TOGETHER, [name])
        cursor.execute(_EACH, [[f"{name}:{card_id}" for card_id in card_ids]])


def hold_all() -> None:
    """Let nobody else write any document of this company until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(_ALONE, [f"{current_company().schema}:search"])


def write_documents(rows: Sequence[tuple[int, str, str, str, str]]) -> None:
    """Documents of cards that are not in the trash: (id, marks of kind and number, head, body, hidden).

    Texts are words between single spaces (`rules.indexed`). What stands already is not written again.
    """
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, [list(column) for column in zip(*rows, strict=True)])


def frequent(wanted: Sequence[str]) -> list[bool]:
    """Which queries so many of the newest cards meet that walking from the newest is the shortest way."""
    counts = ", ".join(["count(*) FILTER (WHERE d.words @@ %s::tsquery) >= %s"] * len(wanted))
    params = [value for query in wanted for value in (query, FREQUENT)]
    return list(_rows(f"SELECT {counts} FROM ({_NEWEST}) AS d", [*params, SAMPLE])[0])


def from_few(wanted: str, reach: Reach, *, before: int, limit: int) -> list[int]:
    """Ids of wanted cards among the few within reach, the newest first, all below `before`."""
    if reach.few is None:
        raise LookupError("there are too many cards to begin from")
    visible, rights = reach.visible
    ids, held = reach.few.query.sql_with_params()
    text = _FROM_FEW.format(ids=ids, visible=visible)
    return [row[0] for row in _rows(text, [*held, before, wanted, *rights, limit])]


def from_words(wanted: str, reach: Reach, *, most: int, before: int, limit: int) -> list[int] | None:
    """The same by the index of words; None when more than `most` cards have them."""
    visible, rights = reach.visible
    text = _FROM_WORDS.format(visible=visible)
    ((ids,),) = _rows(text, [wanted, most + 1, most, before, *rights, limit])
    return ids


def walked(wanted: str, reach: Reach, *, before: int, limit: int) -> list[int]:
    """The same, looking at one card after another from the newest on."""
    visible, rights = reach.visible
    return [row[0] for row in _rows(_WALKED.format(visible=visible), [before, wanted, *rights, limit])]


def numbered(kind: str, text: str, most: int) -> list[int]:
    """Ids of cards of a kind by whose number a text may mean: whole, from its first digit on, its last digits; by the
    index of words. Whoever asks looks himself which of them may be seen."""
    marks = asked_marks(text)
    if not marks:
        return []
    wanted = f"({either(*marks)}) & {either(kind_mark(kind))}"
    return [row[0] for row in _rows(_NUMBERED, [wanted, most])]


def marked(marks: Sequence[str], most: int) -> list[int]:
    """Ids of cards that have one of these marks, by the index of words. Who asks looks himself which may be seen."""
    return [row[0] for row in _rows(_NUMBERED, [either(*marks), most])]


def numbered_each(text: str) -> Q:
    """The same asked of one card: a condition that looks nothing up beforehand; an empty one for what is no number."""
    if not (marks := asked_marks(text)):
        return Q()
    words = Document.objects.filter(entity=OuterRef("pk"))
    return Q(Exists(words.filter(_Met(F("words"), Value(either(*marks))))))


class _Met(Func):
    """Whether words meet a tsquery, given as its text."""

    template = "(%(expressions)s::tsquery)"
    arg_joiner = " @@ "
    output_field = BooleanField()


def _rows(text: str, params: list[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(text, params)
        return cursor.fetchall()
