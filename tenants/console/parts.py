"""What those who stand above the registry of companies add to the console: billing tells of plans."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from core.registry import registry
from core.rest.filters import Filter


@dataclass(frozen=True)
class ConsolePart:
    """`lines(company ids)` are fields of the list's lines, all of a page at once; `filters` are what it is narrowed by.

    `plan_of(company id)` is the code of a company's plan, by which announcements are given. All in a control scope.
    """

    routes: Sequence[Any] = ()
    filters: dict[str, Filter] = field(default_factory=dict)
    lines: Callable[[Sequence[int]], dict[int, dict[str, Any]]] | None = None
    plan_of: Callable[[int], str] | None = None


def parts() -> list[ConsolePart]:
    return [trait.console for trait in registry.traits.values() if trait.console is not None]


def lines_of(company_ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Company → what all parts tell of it."""
    told: dict[int, dict[str, Any]] = {pk: {} for pk in company_ids}
    for part in parts():
        if part.lines is not None:
            for pk, line in part.lines(company_ids).items():
                told[pk] |= line
    return told


def plan_of(company_id: int) -> str:
    """The code of a company's plan; empty while nobody sells any."""
    return next((part.plan_of(company_id) for part in parts() if part.plan_of is not None), "")
