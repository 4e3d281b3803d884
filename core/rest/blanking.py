"""The last door of every answer: what the caller's roles hide from him is not in it, whoever has written it.

A card in an answer, in whatever words, says which it is: `ref` stands beside its fields, or the line has it as `card`.
"""

from collections.abc import Mapping
from typing import Any

from core.access.actor import Actor
from core.access.limits import HIDDEN, hidden
from core.registry import registry


def blanked(data: Any, actor: Actor | None) -> Any:
    """The same answer with hidden fields of cards empty; whoever is kept from nothing gets it untouched."""
    if actor is None or not any(HIDDEN in levels.values() for levels in actor.limits.values()):
        return data
    return _blank(data, {kind.code: _keys(kind, actor) for kind in registry.kinds() if kind.fields})


def _keys(kind: Any, actor: Actor) -> dict[str, Any]:
    shut = hidden(actor.limits, kind.code)
    return {key: empty for field in kind.fields if field.code in shut for key, empty in field.keys.items()}


def _blank(data: Any, shut: Mapping[str, Mapping[str, Any]]) -> Any:
    if isinstance(data, Mapping):
        empty = shut.get(_kind_of(data), {})
        return {name: empty[name] if name in empty else _blank(value, shut) for name, value in data.items()}
    if isinstance(data, list | tuple):
        return [_blank(one, shut) for one in data]
    return data


def _kind_of(row: Mapping[str, Any]) -> str:
    ref = row.get("ref")
    if ref is None and isinstance(card := row.get("card"), Mapping):
        ref = card.get("ref")
    return ref.partition("/")[0] if isinstance(ref, str) else ""
