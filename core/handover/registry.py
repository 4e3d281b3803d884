"""What a person holds: each mechanism and module declares its own, and the hand-over knows none by name."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Model, QuerySet

# A column that points to a person: (model, name of its foreign key).
Column = tuple[type[Model], str]


class Fate(StrEnum):
    """What becomes of things when the person who holds them is dismissed."""

    GIVEN = "given"
    DROPPED = "dropped"
    STAYS = "stays"


@dataclass(frozen=True)
class Held:
    """Somebody who holds things, or who gets them: his principal and his employee card."""

    principal_id: int
    employee_id: int


@dataclass(frozen=True)
class Handover:
    """One sort of things that a person holds («Задачи, которые он исполняет»).

    `rows(leaver)` are those that are open, answered from an index; they are walked by `id`. `hand(row, leaver, heir,
    by)` gives one of them to another person through its own verb and refuses as the verb does; `heir` is None where
    things are dropped. What merely `STAYS` has no `hand`. `hint` says in Russian what becomes of them. `columns` are
    those by which the person is named, `kinds` the kinds of cards whose people stand in them. `place` puts the sorts in
    order: what a later one looks at may come of an earlier one.
    """

    code: str
    title: str
    hint: str
    place: int
    fate: Fate
    columns: tuple[Column, ...]
    rows: Callable[[Held], QuerySet[Any]]
    hand: Callable[[Any, Held, Held | None, Any], None] | None = None
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Stays:
    """Columns that go on naming a person who is dismissed, and why; `kinds` as of `Handover`."""

    reason: str
    columns: tuple[Column, ...]
    kinds: tuple[str, ...] = ()
