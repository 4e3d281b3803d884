"""Reading the policy table and the URL resolver into comparable lines."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.urls import URLPattern, URLResolver

CALLERS = ("anonymous", "employee", "head", "admin", "owner", "blocked", "foreign")
OPERATORS = ("anonymous", "unproved", "support", "operator", "chief")
API = "/api/v1/"
METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True)
class Case:
    """One call: by whom, on which object, and the status that must come."""

    caller: str
    relation: str
    status: int


@dataclass(frozen=True)
class Line:
    """One line of the policy table."""

    operation: str
    variant: str
    cases: tuple[Case, ...]

    def __str__(self) -> str:
        return f"{self.operation} #{self.variant}" if self.variant else self.operation


def company_lines(text: str) -> list[Line]:
    """Lines of a table with seven callers; ValueError for a line that does not read."""
    found, relations = [], ["-"]
    for row in text.splitlines():
        if not row.strip():
            relations = ["-"]
        elif row.startswith("@"):
            relations = row[1:].split()
        else:
            found.append(_line(row, relations, CALLERS))
    return found


def public_lines(text: str) -> list[Line]:
    """Lines of the bare host: one caller, whom nobody knows."""
    return [_line(row, ["-"], CALLERS[:1]) for row in text.splitlines() if row.strip()]


def console_lines(text: str) -> list[Line]:
    """Lines of the console: five callers, none of them of a company."""
    return [_line(row, ["-"], OPERATORS) for row in text.splitlines() if row.strip()]


def _line(row: str, relations: list[str], callers: tuple[str, ...]) -> Line:
    head, _, cells = row.partition("|")
    statuses = cells.split()
    if len(statuses) != len(callers):
        raise ValueError(f"{len(statuses)} callers instead of {len(callers)}: {row}")
    cases = [case for who, cell in zip(callers, statuses, strict=True) for case in _cases(who, relations, cell)]
    return Line(*_named(head), tuple(cases))


def _named(head: str) -> tuple[str, str]:
    words = head.split()
    variant = words[2].removeprefix("#") if len(words) == 3 else ""
    return f"{words[0]} {words[1]}", variant


def _cases(caller: str, relations: list[str], cell: str) -> list[Case]:
    statuses = cell.split("/")
    if len(statuses) == 1:
        relations = relations[-1:]
    if len(statuses) != len(relations):
        raise ValueError(f"{cell} does not fit {relations}")
    pairs = zip(relations, statuses, strict=True)
    return [Case(caller, relation, int(status)) for relation, status in pairs]


@dataclass(frozen=True)
class Found:
    """One operation of the resolver; `declares` tells whether its view says who may do it, None for a plain page."""

    operation: str
    view: str
    declares: bool | None


def resolved(side: str) -> list[Found]:
    """Every operation that the URL resolver of a side answers."""
    return list(_walk(import_module(f"infra.urls.{side}").urlpatterns, ""))


def _walk(patterns: list[Any], prefix: str) -> Iterator[Found]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield from _operations(pattern.callback, route)


def _operations(callback: Any, route: str) -> Iterator[Found]:
    named = "/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route)
    address = "/<page>" if route.startswith("^") else named.removeprefix(API)
    view = getattr(callback, "cls", None) or getattr(callback, "view_class", None)
    if view is None:
        yield Found(f"GET {address}", getattr(callback, "__name__", str(callback)), None)
        return
    actions = getattr(callback, "actions", None) or {method: method for method in METHODS if hasattr(view, method)}
    # The framework adds HEAD to a viewset's methods at its first call; it asks for what GET asks.
    for method, action in ((method, actions[method]) for method in METHODS if method in actions):
        access = getattr(view, "access", None)
        yield Found(f"{method.upper()} {address}", view.__name__, None if access is None else action in access)
