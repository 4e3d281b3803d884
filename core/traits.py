"""What a mechanism gives to every kind of card that takes its mixin: sub-resources under the card."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from core.access.permissions import Permission
from core.entities.kinds import Endpoint, EntityKind
from core.entities.sheets import SheetPart
from core.events.bus import Event, Reader
from core.handover.registry import Handover, Stays
from core.jobs.registry import Job
from core.notifications.kinds import Notification
from core.options.kinds import Option
from core.reads.kinds import ReadKind
from core.rest.bulk import BulkAction
from core.waiting.registry import Source


@dataclass(frozen=True)
class Cells:
    """Columns that a mechanism adds to lists of its cards.

    `known(actor, kind, names)` are those of the names that it knows and the actor may see; `read(actor, kind, names,
    card ids)` is what stands in them, {card id: {name: value}}, for all cards of a page at once.
    """

    known: Callable[[Any, EntityKind, Collection[str]], Collection[str]]
    read: Callable[[Any, EntityKind, Collection[str], Sequence[int]], dict[int, dict[str, Any]]]


@dataclass(frozen=True)
class Trait:
    """`card_views` are (sub-path, view) below `/<plural>/<id>/`; `routes` stand on their own.

    Bones that own cards or routes of their own (employees, roles) say it here too; `mixin` is None for them.
    `waiting` are sources of «Ждёт меня».
    `handovers` are sorts of things that a person holds and that go to others when he is dismissed, `stays` the columns
    that go on naming him (docs/authors/handover.md).
    `options` are what each company decides for itself about the mechanism.
    `reads` are sorts of reading that its endpoints and renderers have written down (docs/authors/reads.md).
    `tallies` are figures in every list row of such cards: name → what makes a subquery over `OuterRef("pk")`.
    `widen(actor, kind, names)` gives lists what such cards are found by besides their columns: (filters, orderings) for
    those parameters of a query string that the mechanism knows and this actor may use.
    `cells` are columns of lists of such cards, given only when they are asked for.
    `bulk` is what can be done with many such cards at once.
    `labels(actor, kind, names)` names changed fields in the history of such cards, as far as this actor may see them.
    `conceals(actor, kind)` are names of changed fields of which this actor may not even know that they have moved.
    `outdoes(actor, role id)` says whether somebody with this role would see or write more than the actor may.
    `keeps(name)` says whether a changed field is the mechanism's, `put_back(card, kind, fields, by=actor)` gives such
    fields the values that facts keep in `Change.back`.
    `turned(card, kind, type code)` runs when a card becomes one of another type and names the columns that it has put
    right on it.
    `forget(card ids)` runs in the company's scope before cards are deleted for good: bytes kept elsewhere go then.
    `searched(card ids)` are {id: texts} of what such cards can be found by, newest first; `search_place` says where
    they stand: `comment` or `file` (files may be closed to some who see the card: `EntityKind.files`).
    `sheet` is what such cards have more in files that they are written to and made from.
    `seed(company)` writes the first rows of a new company, inside its scope.
    `let_go(schema)` ends what stands elsewhere for a company that is being erased, outside of any scope; it may be
    asked again.
    `console` is what it adds to the operators' console (`tenants.console.parts.ConsolePart`).
    """

    code: str
    mixin: type | None = None
    card_views: Sequence[tuple[str, type[Endpoint]]] = ()
    routes: Sequence[Any] = ()
    facts: tuple[type[Event], ...] = ()
    readers: tuple[Reader, ...] = ()
    jobs: tuple[Job, ...] = ()
    permissions: tuple[Permission, ...] = ()
    reads: tuple[ReadKind, ...] = ()
    notifications: tuple[Notification, ...] = ()
    options: tuple[Option[Any], ...] = ()
    kinds: tuple[EntityKind, ...] = ()
    default_roles: dict[str, dict[Permission, str]] = field(default_factory=dict)
    widen: Callable[[Any, EntityKind, Collection[str]], Any] | None = None
    cells: Cells | None = None
    bulk: tuple[BulkAction, ...] = ()
    labels: Callable[[Any, EntityKind, Collection[str]], dict[str, str]] | None = None
    conceals: Callable[[Any, EntityKind], Collection[str]] | None = None
    outdoes: Callable[[Any, int], bool] | None = None
    keeps: Callable[[str], bool] | None = None
    put_back: Callable[..., Any] | None = None
    turned: Callable[[Any, EntityKind, str], Collection[str]] | None = None
    tallies: dict[str, Callable[[], Any]] = field(default_factory=dict)
    waiting: tuple[Source, ...] = ()
    handovers: tuple[Handover, ...] = ()
    stays: tuple[Stays, ...] = ()
    forget: Callable[[Sequence[int]], None] | None = None
    searched: Callable[[Sequence[int]], dict[int, list[str]]] | None = None
    search_place: str = ""
    sheet: SheetPart | None = None
    seed: Callable[..., None] | None = None
    let_go: Callable[[str], None] | None = None
    console: Any = None
