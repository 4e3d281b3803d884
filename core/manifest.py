"""What a module tells the house about itself: references to real objects, no strings that must match."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from core.access.actor import Actor
from core.access.permissions import Permission
from core.context import Company
from core.entities.kinds import EntityKind
from core.events.bus import Event, Reader
from core.handover.registry import Handover, Stays
from core.jobs.registry import Job
from core.notifications.chats.registry import ChatWords
from core.notifications.kinds import Notification
from core.options.kinds import Option
from core.reads.kinds import ReadKind
from core.recurrence.registry import WorkMaker
from core.waiting.registry import Source


@dataclass(frozen=True)
class Module:
    """`code` is the folder's name; `group` is a heading of the rail; `depends` are codes of other modules.

    `seed()` writes the first rows of a company that switches the module on, inside its scope; it may run again.
    `fill(company, count)` writes `count` believable cards through `core.entities.bulk`, opening its own scopes.
    `demo(people)` writes the module's part of the demo company, inside its scope; `people` are actors, director first.
    `home` are callables (actor → sections of «Мой день»), called inside the scope.
    `waiting` are sources of «Ждёт меня». `chat` is what people do by writing to the bot in Telegram.
    `handovers` and `stays` say what becomes of what a person holds when he is dismissed (docs/authors/handover.md).
    `options` are what each company decides for itself about the module.
    `reads` are sorts of reading that its endpoints have written down (docs/authors/reads.md).
    `work` makes what plans ask for about cards of other kinds: one module that has it and is on does (core/recurrence).
    `default_roles` maps a system role to {permission: scope}.
    """

    code: str
    title: str
    icon: str
    group: str
    description: str = ""
    depends: tuple[str, ...] = ()
    preset: bool = False
    entities: tuple[EntityKind, ...] = ()
    permissions: tuple[Permission, ...] = ()
    reads: tuple[ReadKind, ...] = ()
    default_roles: dict[str, dict[Permission, str]] = field(default_factory=dict)
    facts: tuple[type[Event], ...] = ()
    readers: tuple[Reader, ...] = ()
    jobs: tuple[Job, ...] = ()
    notifications: tuple[Notification, ...] = ()
    chat: ChatWords | None = None
    options: tuple[Option[Any], ...] = ()
    routes: Sequence[Any] = ()
    menu: tuple["MenuItem", ...] = ()
    home: tuple[Callable[..., Any], ...] = ()
    waiting: tuple[Source, ...] = ()
    handovers: tuple[Handover, ...] = ()
    stays: tuple[Stays, ...] = ()
    work: WorkMaker | None = None
    seed: Callable[..., None] | None = None
    fill: Callable[[Company, int], None] | None = None
    demo: Callable[[Sequence[Actor]], None] | None = None


@dataclass(frozen=True)
class MenuItem:
    """One line of the rail. `count(actor)` gives the figure beside it, or None; lines of lesser `place` stand first."""

    title: str
    icon: str
    route: str
    permission: Permission
    count: Callable[[Any], int | None] | None = None
    place: int = 100
