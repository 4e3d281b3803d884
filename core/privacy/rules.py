"""Taking a person out of what the product has written. No database."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

HIDDEN = "скрыто"
# Fields of a card by which a person is known.
PERSONAL = ("last_name", "first_name", "middle_name", "email", "phone", "photo", "hired_on", "login")
# What else of a fact about his account tells of him: where he came from, an address that he wanted to come in by.
_TRACES = ("ip", "user_agent", "wanted")
_SHORTEST = 4


def pseudonym(card_id: int) -> str:
    """The last name, and the only one, under which a person goes on standing where he has worked."""
    return f"Сотрудник №{card_id}"


def words_of(*, last: str, first: str, middle: str, contacts: Iterable[str]) -> list[str]:
    """Texts by which a person stands in what the product has written, the longest first.

    A surname alone is none: it may be another's, or a word.
    """
    full = " ".join(part for part in (last, first, middle) if part)
    found = {full, f"{last} {first}", f"{first} {last}", *contacts}
    if first:
        found |= {f"{last} {first[0]}.", f"{last} {first[0]}. {middle[:1]}.", f"{last} {first[0]}.{middle[:1]}."}
        found |= {f"{first} {middle} {last}", f"{first} {middle}"} if middle else set()
    known = {word.strip() for word in found if len(word.strip()) >= _SHORTEST and word.strip() != last}
    return sorted(known, key=lambda word: (-len(word), word))


def without(value: Any, words: Sequence[str], instead: str) -> Any:
    """A value of JSON in which the words are replaced, wherever they stand."""
    if isinstance(value, str):
        for word in words:
            value = value.replace(word, instead)
        return value
    if isinstance(value, list):
        return [without(one, words, instead) for one in value]
    if isinstance(value, Mapping):
        return {name: without(one, words, instead) for name, one in value.items()}
    return value


def blanked(payload: Mapping[str, Any]) -> dict[str, Any]:
    """The payload of a fact about the person's own card: former values of what he is known by are gone, so is where
    he came from."""
    told = {name: value for name, value in payload.items() if name not in _TRACES}
    if "changes" in told:
        told["changes"] = [_blank(change) for change in told["changes"]]
    return told


def _blank(change: Mapping[str, Any]) -> dict[str, Any]:
    if change.get("field") not in PERSONAL:
        return dict(change)
    kept = {name: value for name, value in change.items() if name != "back"}
    return kept | {side: HIDDEN for side in ("old", "new") if kept.get(side)}
