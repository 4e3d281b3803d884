"""Verbs about watching a card.

Who names watchers is the matter of the kind (`EntityKind.gathering`), by default of whoever answers for the card. One
takes oneself off always; who may put himself there, `may_watch` says.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from core.access.actor import Actor
from core.entities.kinds import EntityKind
from core.entities.locks import lock
from core.entities.models import Entity, Participant
from core.entities.participants import replace
from core.events.bus import Change, emit
from core.identity.models import Principal
from core.organization.people import people
from core.verb import verb

from .errors import NotYoursToWatch, TooManyWatchers
from .events import WatchersChanged
from .queries import may_watch, must_gather, watchers_of

MOST_WATCHERS = 100


@verb
def set_watchers(
    card: Entity, kind: EntityKind, *, principals: Iterable[int], by: Actor, version: int | None = None
) -> Entity:
    """Make exactly these people watch a card. Errors: NotYoursToGather or the kind's own refusal, Stale."""
    must_gather(card, kind, by)
    card = lock(card, version=version)
    must_gather(card, kind, by)
    return _keep(card, kind, principals, by)


@verb
def watch(card: Entity, kind: EntityKind, *, by: Actor) -> Entity:
    """Put oneself among those who watch a card. Errors: NotYoursToWatch, TooManyWatchers."""
    card = lock(card)
    held = watchers_of(card.pk)
    if by.principal_id in held:
        return card
    if not may_watch(card, kind, by):
        raise NotYoursToWatch()
    if len(held) >= MOST_WATCHERS:
        raise TooManyWatchers()
    return _keep(card, kind, [*held, by.principal_id], by)


@verb
def unwatch(card: Entity, kind: EntityKind, *, by: Actor) -> Entity:
    """Take oneself off those who watch a card; nobody needs leave for it."""
    card = lock(card)
    return _keep(card, kind, [who for who in watchers_of(card.pk) if who != by.principal_id], by)


def put_back(card: Entity, kind: EntityKind, fields: Mapping[str, Any], *, by: Actor) -> None:
    """Give a card the watchers that it had before; those who work here no more stay away. Errors of `set_watchers`."""
    held = Principal.objects.filter(pk__in=fields["watchers"], is_active=True)
    able = set(held.values_list("pk", flat=True))
    set_watchers(card, kind, principals=[who for who in fields["watchers"] if who in able], by=by)


def _keep(card: Entity, kind: EntityKind, principals: Iterable[int], by: Actor) -> Entity:
    before = watchers_of(card.pk)
    came, left = replace(card, Participant.Part.WATCHER, principals)
    if not came and not left:
        return card
    after = watchers_of(card.pk)
    known = people({*before, *after})
    old, new = (", ".join(known[who]["name"] for who in held) for held in (before, after))
    told = (Change("watchers", old, new, back=(before,)),)
    card.save_change()
    fact = emit(WatchersChanged(card.ref, told, came=tuple(sorted(came)), left=tuple(sorted(left))), by=by)
    if kind.gathering is not None and kind.gathering.kept is not None:
        kind.gathering.kept(card, fact)
    return card
