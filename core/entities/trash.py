"""The trash: a card leaves every list at once, can come back while the company keeps it, and is then gone for good."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db.models import Q, QuerySet
from django.utils import timezone

from core.access.actor import Actor
from core.access.loading import system_actor
from core.access.queries import within
from core.context import Company, company_scope, enabled_modules, owner_scope
from core.errors import Forbidden, NotFound
from core.events.bus import Told, emit
from core.options.queries import option
from core.outbox.queries import wake
from core.registry import registry
from core.verb import verb

from .events import CardRestored, CardsPurged, CardTrashed
from .kinds import EntityKind
from .locks import lock, locked
from .models import Entity, Ref
from .options import TRASH_DAYS

E = TypeVar("E", bound=Entity)

PURGE = "entities.purge"
BATCH = 500


@verb
def trash(card: E, *, by: Actor, version: int | None = None) -> E:
    """Put a card into the trash; errors: Forbidden, Stale, NotFound when it is there already."""
    _must_own(card, by)
    card = lock(card, version=version)
    card.trashed_at, card.trashed_by_id = timezone.now(), by.principal_id
    card.save_change("trashed_at", "trashed_by")
    wake(PURGE, card.trashed_at + kept())
    emit(CardTrashed(card.ref), by=by)
    return card


@verb
def restore(ref: Ref, *, by: Actor) -> Entity:
    """Take a card back from the trash, as it was; NotFound when it is not there or must not be known."""
    kind = registry.kind(ref.kind)
    if kind is None or kind not in live_kinds(by):
        raise NotFound()
    rows = within(by, kind.edit, kind.model.objects.filter(trashed_at__isnull=False))
    card = locked(rows, ref.id)
    if card is None:
        raise NotFound()
    _must_own(card, by)
    card.trashed_at, card.trashed_by_id = None, None
    card.save_change("trashed_at", "trashed_by")
    emit(CardRestored(card.ref), by=by)
    return card


def trashed(actor: Actor) -> QuerySet[Entity]:
    """What lies in the trash within the reach of what the actor may change, the common columns only."""
    reached = Q(pk__in=[])
    for kind in live_kinds(actor):
        thrown = Entity.objects.filter(kind=kind.code, trashed_at__isnull=False)
        reached |= Q(pk__in=within(actor, kind.edit, thrown).values("pk"))
    return Entity.objects.filter(reached, trashed_at__isnull=False)


def live_kinds(actor: Actor) -> list[EntityKind]:
    """Kinds of core and of modules that are on, as far as the actor may change cards of them at all."""
    return [kind for kind in registry.live_kinds(enabled_modules()) if actor.may(kind.edit)]


def kept() -> timedelta:
    """How long what is thrown away can be taken back."""
    return timedelta(days=option(TRASH_DAYS))


def look_again(told: Told) -> None:
    """Another term may have let some cards outlive theirs."""
    if TRASH_DAYS.code in told.payload["titles"]:
        wake(PURGE, timezone.now())


def may_trash(actor: Actor, card: Entity) -> bool:
    """Whether the actor may put a card into the trash or take it back."""
    kind = registry.kind(card.kind)
    if kind is None:
        return False
    return kind.owns(actor, card) if kind.owns else actor.may(kind.edit, card)


def purge(company: Company, _: int = 0) -> None:
    """Delete for good what has lain in the trash for its term, in batches; asks to be woken for the next one."""
    with company_scope(company):
        before = timezone.now() - kept()
    while True:
        with company_scope(company):
            doomed = _say_goodbye(before)
            if not doomed:
                _wake_for_next()
                return
        _delete(company, doomed, before)


def _must_own(card: Entity, by: Actor) -> None:
    if not may_trash(by, card):
        raise Forbidden("Убрать карточку в корзину и вернуть её может её владелец или руководитель")


def _say_goodbye(before: datetime) -> dict[str, list[int]]:
    """Kind → ids of the next batch. Mechanisms with bytes elsewhere let them go, and the fact is said."""
    rows = Entity.objects.filter(trashed_at__lte=before).order_by("trashed_at", "pk")[:BATCH]
    doomed: dict[str, list[int]] = {}
    for card in rows:
        doomed.setdefault(card.kind, []).append(card.pk)
    if doomed:
        ids = [pk for found in doomed.values() for pk in found]
        for trait in registry.traits.values():
            if trait.forget:
                trait.forget(ids)
        told = CardsPurged(None, cards=tuple(str(card) for card in rows), ids=tuple(card.pk for card in rows))
        emit(told, by=system_actor())
    return doomed


def _delete(company: Company, doomed: Mapping[str, Iterable[int]], before: datetime) -> None:
    # The history is append-only for the company's own role, so the owner of the tables takes it away.
    with owner_scope(company.schema, side="company"):
        for code, ids in doomed.items():
            kind = registry.kind(code)
            model: Any = kind.model if kind else Entity
            # Somebody may have taken a card back since it was chosen: what is not in the trash any more stays.
            still = Entity.objects.using("owner").select_for_update().filter(pk__in=ids, trashed_at__lte=before)
            model.objects.using("owner").filter(pk__in=list(still.values_list("pk", flat=True))).delete()


def _wake_for_next() -> None:
    first = Entity.objects.filter(trashed_at__isnull=False).order_by("trashed_at").values_list("trashed_at", flat=True)
    if moment := first.first():
        wake(PURGE, moment + kept())
