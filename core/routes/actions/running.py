"""Verbs by which a card goes along a route: sent, recalled, edited on its way, moved by facts and hours."""

from collections.abc import Sequence

from django.utils import timezone

from core.access.actor import Actor
from core.entities.kinds import EntityKind
from core.entities.models import Entity
from core.errors import Refused
from core.events.bus import Change, emit
from core.texts import clean_lines
from core.verb import verb

from ..contents import content_of, hash_of, routes_of
from ..errors import NobodyPicked, NobodyToPick, NotYourRoute, OnRouteAlready, RouteIsNotPublished
from ..events import RunStarted, StageHappened
from ..models import Route, RouteVersion, Run
from ..queries import chosen_route, in_force
from ..reading import scheme_of
from ..rules import come_true, recall, start
from ..schemes import StageKind
from .going import Going, going, keep_content, lock_card, opened


@verb
def start_route(
    card: Entity, kind: EntityKind, *, route: Route | None = None, picked: Sequence[int] = (), by: Actor
) -> Run:
    """Send a card along a route, the one that suits it unless it is named; `picked` are principals for the stages whose
    people the sender picks. Errors: NotYourRoute, OnRouteAlready, NoRoute, RouteIsNotPublished, NobodyPicked,
    NobodyToPick, AgainstRules.
    """
    _must_start(card, kind, by)
    card = lock_card(card, kind)
    if Run.objects.filter(entity=card.pk, outcome="").exists():
        raise OnRouteAlready()
    version = in_force(route or chosen_route(card, kind))
    if version is None:
        raise RouteIsNotPublished()
    if scheme_of(version.scheme).is_picked != bool(picked):
        raise NobodyToPick() if picked else NobodyPicked()
    routes_of(kind).began(card, by=by)
    # The kind may have changed the card through an instance of its own.
    card = lock_card(card, kind)
    run = _begun(card, kind, version, picked, by)
    going = opened(card, kind, run)
    told = content_of(card, kind)
    keep_content(run, hash_of(told), told, at=going.now)
    moved = going.move(lambda course: start(course.scheme, course.initiator, going.cast.opening))
    changes = (Change("route", None, version.route.title),)
    emit(RunStarted(card.ref, run.pk, moved.asked, moved.left, changes), by=by)
    going.end_if_over(by)
    return run


@verb
def recall_route(card: Entity, kind: EntityKind, *, comment: str = "", by: Actor) -> Run:
    """Take a card back from its route. Errors: NotYourRoute, NotOnRoute."""
    found = going(card, kind)
    if found.run.initiator_id != by.principal_id:
        _must_start(found.card, kind, by)
    found.move(recall)
    found.end_if_over(by, clean_lines(comment))
    return found.run


@verb
def content_changed(card: Entity, kind: EntityKind, *, by: Actor) -> bool:
    """A card has been edited: decisions that mind it are void. Whether it goes along a route at all."""
    if not is_on_route(card):
        return False
    going(card, kind).hear(by)
    return True


@verb
def signal(card: Entity, kind: EntityKind, code: str, *, by: Actor) -> bool:
    """What stages may wait for has happened to a card; whether one has waited for it."""
    if not is_on_route(card):
        return False
    found = going(card, kind)
    scheme = found.ledger.course.scheme
    waiting = [one.code for one in found.ledger.course.live if scheme.stage(one.code).kind == StageKind.WAIT]
    heard = [stage for stage in waiting if scheme.stage(stage).signal == code]
    for stage in heard:
        happen(found, stage, by)
    return bool(heard)


def happen(found: Going, stage: str, by: Actor) -> None:
    """A stage without people is over."""
    moved = found.move(lambda course: come_true(course, stage, found.cast.opening))
    title = found.ledger.course.scheme.stage(stage).title
    emit(StageHappened(found.card.ref, found.run.pk, moved.asked, moved.left, (Change("stage", None, title),)), by=by)
    found.end_if_over(by)


def is_on_route(card: Entity) -> bool:
    return Run.objects.filter(entity=card.pk, outcome="").exists()


def _begun(card: Entity, kind: EntityKind, version: RouteVersion, picked: Sequence[int], by: Actor) -> Run:
    return Run.objects.create(
        entity_id=card.pk,
        version=version,
        initiator_id=routes_of(kind).initiator(card),
        started_by_id=by.principal_id,
        started_at=timezone.now(),
        picked=list(dict.fromkeys(picked)),
    )


def may_start(card: Entity, kind: EntityKind, actor: Actor) -> bool:
    """Whether somebody may send a card and take it back."""
    try:
        _must_start(card, kind, actor)
    except Refused:
        return False
    return True


def _must_start(card: Entity, kind: EntityKind, by: Actor) -> None:
    """Errors: NotYourRoute, or what the kind says."""
    must = routes_of(kind).must_start
    if must is not None:
        must(card, by)
    elif not by.may(kind.edit, card):
        raise NotYourRoute()
