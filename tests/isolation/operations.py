"""Every operation of a side, read from the URL resolver."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.urls import URLPattern, URLResolver

METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True)
class Operation:
    """`path` is as called, with numbers and words put into its parameters; `route` as declared."""

    method: str
    route: str
    view: type
    action: str

    def path(self, number: int = 1, word: str = "tasks") -> str:
        filled = re.sub(r"<int:\w+>", str(number), self.route)
        return "/" + re.sub(r"<(?:\w+:)?\w+>", word, filled)

    def __str__(self) -> str:
        return f"{self.method.upper()} /{self.route}"


def operations(side: str) -> list[Operation]:
    """All operations of the API on a side (`company` or `public`), without schema and docs."""
    found = _walk(import_module(f"infra.urls.{side}").urlpatterns, "")
    return sorted((op for op in found if op.route.startswith("api/v1/")), key=str)


def _walk(patterns: list[Any], prefix: str) -> Iterator[Operation]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern) and hasattr(pattern.callback, "cls"):
            view = pattern.callback.cls
            actions = getattr(pattern.callback, "actions", None)
            for method in METHODS:
                action = actions.get(method) if actions else (method if hasattr(view, method) else None)
                if action:
                    yield Operation(method, route, view, action)
