"""What may wait for a person: each mechanism and module tells its own sources, and the queue knows none by name."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from core.access.actor import Actor


@dataclass(frozen=True)
class Source:
    """One sort of things that wait for a person («Вернули на доработку»).

    `rows(actor)` are its rows, answered from an index and bounded by what is the person's own; they are walked by
    `column`, ascending; where the order would tell some actors what is hidden from them, it is asked of each.
    `lines(actor, page of rows)` are dicts as `WaitingLineOut` says, without an N+1; a row that the person may not see
    is left out. `place` puts the sources in order: the smaller, the more pressing.
    """

    code: str
    title: str
    place: int
    rows: Callable[[Actor], QuerySet[Any]]
    lines: Callable[[Actor, Sequence[Any]], list[dict[str, Any]]]
    column: str | Callable[[Actor], str] = "id"

    def column_for(self, actor: Actor) -> str:
        return self.column if isinstance(self.column, str) else self.column(actor)
