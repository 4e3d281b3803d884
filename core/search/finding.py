"""Who finds what: stages of a search, from the exact number to a word in a comment, each newest first."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from core.access.actor import Actor
from core.access.queries import few_ids, within
from core.entities.kinds import EntityKind
from core.entities.models import Entity

from .queries import MOST_MATCHES, Reach, frequent, from_few, from_words, walked
from .rules import FILE_MARK, HEAD_MARK, Lexicon, Question, asked, either, kind_mark, number_mark, unwanted

NUMBER, HEAD, WORDS, FILES = range(4)
_ABOVE_ALL = 2**62
# Of so few cards all are looked at, whatever the words are.
FEW_CARDS = 2_000
# Of so many, when the words are frequent, or met in more than so many cards of all.
SOME_CARDS, FEW_MATCHES = 20_000, 2_000


@dataclass(frozen=True)
class Hit:
    """One card found, and by what: `NUMBER`, `HEAD` (its title), `WORDS`, `FILES` (names of files alone)."""

    stage: int
    card_id: int


def find(
    actor: Actor, question: Question, lexicon: Lexicon, kinds: Sequence[EntityKind], *, after: Hit | None, limit: int
) -> list[Hit]:
    """Cards of these kinds that the actor may see, best first, following `after`; at most `limit`."""
    if question.is_empty:
        return []
    seen = [kind for kind in kinds if actor.may(kind.view)]
    stages = [asked for asked in _stages(actor, question, lexicon, seen) if after is None or asked.stage >= after.stage]
    if not stages:
        return []
    often = frequent([asked.sampled for asked in stages])
    hits: list[Hit] = []
    for stage in (NUMBER, HEAD, WORDS, FILES):
        before = after.card_id if after is not None and after.stage == stage else _ABOVE_ALL
        left = limit - len(hits)
        ids = [
            card_id
            for asked, is_frequent in zip(stages, often, strict=True)
            if asked.stage == stage and left > 0
            for card_id in _found(asked, is_frequent, before, left)
        ]
        hits += [Hit(stage, card_id) for card_id in sorted(ids, reverse=True)[:left]]
    return hits


@dataclass(frozen=True)
class _Asked:
    """One stage among cards that are seen in the same way; how frequent the words are, `sampled` is asked."""

    stage: int
    reach: Reach
    wanted: str
    sampled: str


def _found(asked: _Asked, is_frequent: bool, before: int, limit: int) -> list[int]:
    """By the way that is short for these words and this viewer (docs/decisions/0008-search.md)."""
    wanted, reach = asked.wanted, asked.reach
    has_few = reach.few is not None
    if not is_frequent and not reach.is_small:
        most = FEW_MATCHES if has_few else MOST_MATCHES
        ids = from_words(wanted, reach, most=most, before=before, limit=limit)
        if ids is not None:
            return ids
    way = from_few if has_few else walked
    return way(wanted, reach, before=before, limit=limit)


def _stages(actor: Actor, question: Question, lexicon: Lexicon, kinds: Sequence[EntityKind]) -> Iterator[_Asked]:
    number = either(number_mark(question.number)) if question.number else ""
    in_words, in_files = asked(question, lexicon), asked(question, lexicon, mark=FILE_MARK)
    in_head = asked(question, lexicon, mark=HEAD_MARK)
    if question.has_phrase:
        # Marked words have no places; that they follow one another, the unmarked ones say.
        in_head = f"({in_head}) & ({in_words})"
    never = unwanted(question, lexicon)
    for reach in _reaches(actor, kinds):
        if number:
            yield _of(NUMBER, reach, number, never)
        yield _of(HEAD, reach, in_head, never, number)
        yield _of(WORDS, reach, in_words, never, number, in_head)
    for reach in _files(actor, kinds):
        yield _of(FILES, reach, in_files, never, number, in_words)


def _of(stage: int, reach: Reach, wanted: str, *others: str) -> _Asked:
    """Of the kinds within reach, without what an earlier stage has found and without unwanted words."""
    kinds = either(*(kind_mark(code) for code in reach.kinds))
    plainly = f"({wanted}) & ({kinds})"
    whole = " & ".join([plainly, *(f"!({other})" for other in others if other)])
    # Frequent words, all of which stand in titles, are a long way through the index for whoever has seen those.
    return _Asked(stage, reach, whole, sampled=plainly if reach.few is not None else whole)


def _reaches(actor: Actor, kinds: Iterable[EntityKind]) -> list[Reach]:
    """Kinds that the actor sees in the same way are looked through together."""
    alike: dict[tuple[str | None, bool], list[EntityKind]] = defaultdict(list)
    for kind in kinds:
        alike[actor.scope_of(kind.view), kind.view.decides].append(kind)
    return [_reach(actor, group) for group in alike.values()]


def _reach(actor: Actor, group: Sequence[EntityKind]) -> Reach:
    kinds, rows = tuple(kind.code for kind in group), within(actor, group[0].view, _living(group))
    # An empty one among them is no fault: a query is asked by `is None`, never by its truth.
    for few in (few_ids(actor, group[0], FEW_CARDS), _if_few(_living(group).values("pk"))):
        if few is not None:
            return Reach(kinds, rows, few, is_small=True)
    return Reach(kinds, rows, few_ids(actor, group[0], SOME_CARDS))


def _if_few(ids: QuerySet[Any]) -> QuerySet[Any] | None:
    return ids if ids.order_by()[: FEW_CARDS + 1].count() <= FEW_CARDS else None


def _files(actor: Actor, kinds: Iterable[EntityKind]) -> list[Reach]:
    """Cards whose files the actor may see, of kinds whose files are not open to all who see the card."""
    return [
        Reach(kinds=(kind.code,), rows=within(actor, kind.files, within(actor, kind.view, _living([kind]))))
        for kind in kinds
        if kind.files is not None and actor.may(kind.files)
    ]


def _living(kinds: Iterable[EntityKind]) -> QuerySet[Entity]:
    return Entity.objects.filter(kind__in=[kind.code for kind in kinds], trashed_at__isnull=True)
