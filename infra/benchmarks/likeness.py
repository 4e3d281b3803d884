"""Are two answers the same: keys and values, moments by their meaning and cursors by being there."""

from collections.abc import Collection
from datetime import datetime
from typing import Any


def must_be_alike(name: str, ours: Any, floor: Any, *, but: Collection[str] = ()) -> None:
    """RuntimeError names the first places in which two JSON answers part; of keys in `but` the value may differ."""
    if apart := list(_apart("", _plain(ours, but), _plain(floor, but))):
        raise RuntimeError(f"{name}: the floor answers otherwise than the product: {'; '.join(apart[:5])}")


def _plain(value: Any, but: Collection[str]) -> Any:
    if isinstance(value, dict):
        return {key: type(one).__name__ if key in but else _plain_of(key, one, but) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one, but) for one in value]
    return value


def _plain_of(key: str, value: Any, but: Collection[str]) -> Any:
    if key == "next":
        return value is not None
    if key.endswith("_at") and isinstance(value, str):
        return datetime.fromisoformat(value)
    return _plain(value, but)


def _apart(path: str, ours: Any, floor: Any) -> Any:
    if isinstance(ours, dict) and isinstance(floor, dict):
        for key in sorted(ours.keys() | floor.keys()):
            if (key in ours) != (key in floor):
                yield f"{path}/{key} is only in {'ours' if key in ours else 'the floor'}"
            else:
                yield from _apart(f"{path}/{key}", ours[key], floor[key])
    elif isinstance(ours, list) and isinstance(floor, list) and len(ours) == len(floor):
        for number, pair in enumerate(zip(ours, floor, strict=True)):
            yield from _apart(f"{path}/{number}", *pair)
    elif ours != floor:
        yield f"{path}: {ours!r} and {floor!r}"
