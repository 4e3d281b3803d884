"""Who finds what: stages of a search, from the exact number to a word in a comment, each newest first."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from core.access.actor import Actor
from core.access.queries import few_ids, within
from core.entities.kinds import EntityKind
from core.entities.models import Entity

from .queries import MOST_MATCHES, Reach, frequent, from_parts, from_words, walked
from .rules import FILE_MARK, HEAD_MARK, Lexicon, Question, asked, either, kind_mark, number_mark, unwanted

NUMBER, HEAD, WORDS, FILES = range(4)
_ABOVE_ALL = 2**62
# A viewer with so few cards is answered from them, unless the words themselves are met in fewer.
FEW_CARDS, FEW_MATCHES = 20_000, 2_000


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
    stages = [(stage, reach, wanted) for stage, reach, wanted in _stages(actor, question, lexicon, seen)
              if after is None or stage >= after.stage]  # fmt: skip
    if not stages:
        return []
    often = frequent([wanted for _, _, wanted in stages])
    hits: list[Hit] = []
    for stage in (NUMBER, HEAD, WORDS, FILES):
        before = after.card_id if after is not None and after.stage == stage else _ABOVE_ALL
        left = limit - len(hits)
        ids = [
            card_id
            for (its, reach, wanted), is_frequent in zip(stages, often, strict=True)
            if its == stage and left > 0
            for card_id in _found(wanted, reach, is_frequent, before, left)
        ]
        hits += [Hit(stage, card_id) for card_id in sorted(ids, reverse=True)[:left]]
    return hits


def _found(wanted: str, reach: Reach, is_frequent: bool, before: int, limit: int) -> list[int]:
    """By the way that is short for these words and this viewer (docs/decisions/0008-search.md)."""
    if not is_frequent:
        most = MOST_MATCHES if reach.few is None else FEW_MATCHES
        ids = from_words(wanted, reach, most=most, before=before, limit=limit)
        if ids is not None:
            return ids
    if reach.few is not None:
        return from_parts(wanted, reach, before=before, limit=limit)
    return walked(wanted, reach, before=before, limit=limit)


def _stages(
    actor: Actor, question: Question, lexicon: Lexicon, kinds: Sequence[EntityKind]
) -> Iterator[tuple[int, Reach, str]]:
    number = either(number_mark(question.number)) if question.number else ""
    in_words, in_files = asked(question, lexicon), asked(question, lexicon, mark=FILE_MARK)
    in_head = asked(question, lexicon, mark=HEAD_MARK)
    if question.has_phrase:
        # Marked words have no places; that they follow one another, the unmarked ones say.
        in_head = f"({in_head}) & ({in_words})"
    never = unwanted(question, lexicon)
    for reach in _reaches(actor, kinds):
        if number:
            yield NUMBER, reach, _of(reach, number, never)
        yield HEAD, reach, _of(reach, in_head, never, number)
        yield WORDS, reach, _of(reach, in_words, never, number, in_head)
    for reach in _files(actor, kinds):
        yield FILES, reach, _of(reach, in_files, never, number, in_words)


def _of(reach: Reach, wanted: str, *others: str) -> str:
    """The same of the kinds within reach, without what an earlier stage has found and without unwanted words."""
    kinds = either(*(kind_mark(code) for code in reach.kinds))
    return " & ".join([f"({wanted})", f"({kinds})", *(f"!({other})" for other in others if other)])


def _reaches(actor: Actor, kinds: Iterable[EntityKind]) -> list[Reach]:
    """Kinds that the actor sees in the same way are looked through together."""
    alike: dict[tuple[str | None, bool], list[EntityKind]] = defaultdict(list)
    for kind in kinds:
        alike[actor.scope_of(kind.view), kind.view.decides].append(kind)
    return [
        Reach(
            kinds=tuple(kind.code for kind in group),
            rows=within(actor, group[0].view, _living(group)),
            few=few_ids(actor, group[0], FEW_CARDS),
        )
        for group in alike.values()
    ]


def _files(actor: Actor, kinds: Iterable[EntityKind]) -> list[Reach]:
    """Cards whose files the actor may see, of kinds whose files are not open to all who see the card."""
    return [
        Reach(kinds=(kind.code,), rows=within(actor, kind.files, within(actor, kind.view, _living([kind]))))
        for kind in kinds
        if kind.files is not None and actor.may(kind.files)
    ]


def _living(kinds: Iterable[EntityKind]):
    return Entity.objects.filter(kind__in=[kind.code for kind in kinds], trashed_at__isnull=True)
