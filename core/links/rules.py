"""How cards may be related, and how each side reads it. No database."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Relation:
    """One way to read a link from a card; `inverse` is how the other card reads the same link."""

    code: str
    title: str
    inverse: str


# A pair is stored under its first code; «related» reads the same from both sides.
_PAIRS = (
    (Relation("related", "Связано", "related"),),
    (Relation("based_on", "На основании", "basis_for"), Relation("basis_for", "Основание для", "based_on")),
    (Relation("depends_on", "Зависит от", "needed_for"), Relation("needed_for", "Нужно для", "depends_on")),
    (Relation("duplicates", "Повторяет", "duplicated_by"), Relation("duplicated_by", "Повторено в", "duplicates")),
)
RELATIONS = {relation.code: relation for pair in _PAIRS for relation in pair}
CHOICES = [(relation.code, relation.title) for relation in RELATIONS.values()]
STORED = tuple(pair[0].code for pair in _PAIRS)


@dataclass(frozen=True)
class Tie:
    """A link as it is stored: from which card to which, under which code."""

    source_id: int
    target_id: int
    relation: str


def tie(card_id: int, relation: str, other_id: int) -> Tie:
    """How «`card_id` `relation` `other_id`» is stored; the same tie whichever side it is said from."""
    inverse = RELATIONS[relation].inverse
    if relation == inverse:
        return Tie(min(card_id, other_id), max(card_id, other_id), relation)
    if relation in STORED:
        return Tie(card_id, other_id, relation)
    return Tie(other_id, card_id, inverse)


def as_read_by(card_id: int, found: Tie) -> tuple[str, int]:
    """(relation, id of the other card) of a stored tie as one of its cards reads it."""
    if found.source_id == card_id:
        return found.relation, found.target_id
    return RELATIONS[found.relation].inverse, found.source_id
