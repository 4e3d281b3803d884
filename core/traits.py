"""What a mechanism gives to every kind of card that takes its mixin: sub-resources under the card."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from core.access.permissions import Permission
from core.entities.kinds import Endpoint, EntityKind
from core.events.bus import Event, Reader
from core.jobs.registry import Job
from core.waiting.registry import Source


@dataclass(frozen=True)
class Trait:
    """`card_views` are (sub-path, view) below `/<plural>/<id>/`; `routes` stand on their own.

    Bones that own cards or routes of their own (employees, roles) say it here too; `mixin` is None for them.
    `waiting` are sources of «Ждёт меня».
    `tallies` are figures in every list row of such cards: name → what makes a subquery over `OuterRef("pk")`.
    `forget(card ids)` runs in the company's scope before cards are deleted for good: bytes kept elsewhere go then.
    `seed(company)` writes the first rows of a new company, inside its scope.
    """

    code: str
    mixin: type | None = None
    card_views: Sequence[tuple[str, type[Endpoint]]] = ()
    routes: Sequence[Any] = ()
    facts: tuple[type[Event], ...] = ()
    readers: tuple[Reader, ...] = ()
    jobs: tuple[Job, ...] = ()
    permissions: tuple[Permission, ...] = ()
    kinds: tuple[EntityKind, ...] = ()
    default_roles: dict[str, dict[Permission, str]] = field(default_factory=dict)
    tallies: dict[str, Callable[[], Any]] = field(default_factory=dict)
    waiting: tuple[Source, ...] = ()
    forget: Callable[[Sequence[int]], None] | None = None
    seed: Callable[..., None] | None = None
