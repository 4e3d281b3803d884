"""Parameters as Stripe's client writes them: `items[0][price]=…`, everything a string."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qsl

from infra.sandbox.stripe.refusals import wrong

Params = dict[str, Any]
_DEEPEST = 8


def read(text: str) -> Params:
    """Nested parameters; lists are made of numbered names."""
    tree: dict[str, Any] = {}
    for name, value in parse_qsl(text, keep_blank_values=True):
        path = [part.rstrip("]") for part in name.split("[")]
        if len(path) > _DEEPEST:
            raise wrong("Parameters are nested too deeply.", name)
        _put(tree, path, value)
    return {name: _listed(value) for name, value in tree.items()}


def _put(tree: dict[str, Any], path: list[str], value: str) -> None:
    for part in path[:-1]:
        tree = tree.setdefault(part, {})
        if not isinstance(tree, dict):
            raise wrong("Invalid object", "[".join(path))
    tree[path[-1] or str(len(tree))] = value


def _listed(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    inner = {name: _listed(one) for name, one in value.items()}
    if inner and all(name.isdigit() for name in inner):
        return [inner[name] for name in sorted(inner, key=int)]
    return inner


def only(params: Params, known: Iterable[str]) -> None:
    """Refuse what the operation does not know, as the real one does."""
    for name in params:
        if name not in known and name != "expand":
            raise wrong(f"Received unknown parameter: {name}", name, "parameter_unknown")


def needed(params: Params, name: str) -> Any:
    if params.get(name) in (None, "", [], {}):
        raise wrong(f"Missing required param: {name}.", name, "parameter_missing")
    return params[name]


def whole(params: Params, name: str, default: int | None = None) -> int | None:
    """An integer, or the default where nothing is said."""
    told = params.get(name)
    if told in (None, ""):
        return default
    try:
        return int(str(told))
    except ValueError as bad:
        raise wrong(f"Invalid integer: {told}", name, "parameter_invalid_integer") from bad


def number(params: Params, name: str) -> int:
    """An integer that must be said."""
    needed(params, name)
    return whole(params, name) or 0


def flag(params: Params, name: str, *, default: bool = False) -> bool:
    told = params.get(name)
    if told in (None, ""):
        return default
    if told not in ("true", "false"):
        raise wrong(f"Invalid boolean: {told}", name)
    return told == "true"


def choice(params: Params, name: str, known: Iterable[str], default: str) -> str:
    told = str(params.get(name) or default)
    if told not in known:
        raise wrong(f"Invalid {name}: must be one of {', '.join(known)}", name)
    return told
