"""Reading routes and runs: which route suits a card, how far one has come, who waits for whom."""

from collections.abc import Collection
from typing import Any

from django.db.models import Count, Max, Prefetch, Q, QuerySet

from core.access.actor import Actor
from core.custom_fields.mixin import Customizable
from core.custom_fields.queries import held_by_card
from core.entities.kinds import EntityKind
from core.entities.models import Entity
from core.registry import registry

from .casting import holds
from .contents import values_of
from .errors import NoRoute
from .models import ApprovalLine, ApprovalList, Passing, Question, Route, RouteVersion, Run, Step
from .reading import scheme_of
from .rules import StepIs


def type_of(card: Entity, kind: EntityKind) -> str:
    """The code of a card's type, empty for the kind's own."""
    return held_by_card(card).type_code if issubclass(kind.model, Customizable) else ""


def routes_for(kind: str, card_type: str) -> QuerySet[Route]:
    """Living routes that cards of a type may take, in their order; those of the type itself first."""
    rows = Route.objects.filter(kind=kind, archived_at__isnull=True).filter(Q(card_type=card_type) | Q(card_type=""))
    return rows.order_by("-card_type", "place", "pk")


def offered_to(card: Entity, kind: EntityKind) -> QuerySet[Route]:
    """Routes in force along which a card may be sent."""
    return routes_for(kind.code, type_of(card, kind)).filter(pk__in=RouteVersion.objects.values("route"))


def types_with_route(kind: str) -> set[str]:
    """Codes of the types whose cards the system finds a route for, if its condition holds; empty for one that cards of
    all types may take. One statement."""
    rows = Route.objects.filter(kind=kind, archived_at__isnull=True, by_hand=False)
    return set(rows.filter(pk__in=RouteVersion.objects.values("route")).values_list("card_type", flat=True))


def lists_for(card: Entity, kind: EntityKind) -> QuerySet[ApprovalList]:
    """Named lists from which a sender of a card may pick people; those of its type first."""
    rows = ApprovalList.objects.filter(kind=kind.code, archived_at__isnull=True)
    rows = rows.filter(Q(card_type=type_of(card, kind)) | Q(card_type="")).order_by("-card_type", "title", "pk")
    return rows.prefetch_related(Prefetch("lines", ApprovalLine.objects.order_by("place", "pk")))


def picking_among(route_ids: Collection[int]) -> set[int]:
    """Routes whose version in force has people picked by the sender."""
    rows = RouteVersion.objects.filter(route__in=route_ids).order_by("route", "-number").distinct("route")
    return {pk for pk, scheme in rows.values_list("route_id", "scheme") if scheme_of(scheme).is_picked}


def chosen_route(card: Entity, kind: EntityKind) -> Route:
    """The route that the system takes for a card. Errors: NoRoute."""
    values = None
    for route in offered_to(card, kind).filter(by_hand=False):
        if route.condition and values is None:
            values = values_of(card, kind)
        if holds(route.condition, values or {}):
            return route
    raise NoRoute()


def in_force(route: Route) -> RouteVersion | None:
    """The version along which cards go today."""
    return RouteVersion.objects.filter(route=route).select_related("route").order_by("-number").first()


def runs_of(card_id: int) -> QuerySet[Run]:
    """Runs of a card, the latest first."""
    return Run.objects.filter(entity=card_id).select_related("version__route", "content", "entity").order_by("-pk")


def decided_upon(card_id: int) -> bool:
    """Whether somebody has decided upon a card since it was sent."""
    rows = Step.objects.filter(passing__run__entity=card_id, passing__run__outcome="")
    return rows.filter(state=StepIs.DECIDED.value).exists()


def waiting_steps(actor: Actor) -> QuerySet[Step]:
    """Steps in which a person is asked now; those of cards in the trash wait with them."""
    rows = Step.objects.filter(principal=actor.principal_id, state=StepIs.OPEN.value)
    rows = rows.filter(passing__run__entity__trashed_at__isnull=True)
    return rows.select_related("passing__run__entity", "passing__run__content", "passing__run__version")


def waiting_questions(actor: Actor) -> QuerySet[Question]:
    """What colleagues have asked a person and he has not answered, while it still matters."""
    rows = Question.objects.filter(principal=actor.principal_id, answered_at__isnull=True)
    rows = rows.filter(step__state=StepIs.OPEN.value, step__passing__run__entity__trashed_at__isnull=True)
    return rows.select_related("step__passing__run__entity")


def kind_of_run(run: Run) -> EntityKind:
    return registry.kind_of(run.entity.kind)


def due_passings() -> QuerySet[Passing]:
    """Passings about which something is to be done at `next_at`; those of cards in the trash wait."""
    rows = Passing.objects.filter(next_at__isnull=False, run__entity__trashed_at__isnull=True)
    return rows.select_related("run__entity").order_by("next_at")


def drafts_and_live(route_ids: Collection[int]) -> tuple[dict[int, int], set[int]]:
    """({route: number of the version in force}, routes that somebody is drawing)."""
    rows = Route.objects.filter(pk__in=route_ids).annotate(newest=Max("versions__number"))
    found = list(rows.values_list("pk", "newest", "draft_at"))
    return {pk: newest for pk, newest, _ in found if newest}, {pk for pk, _, drawn_at in found if drawn_at}


def going_along(*, by: str, **named: Any) -> dict[int, int]:
    """How many cards are on their way, by route or by version."""
    rows = Run.objects.filter(outcome="", **named).order_by()
    return dict(rows.values_list(by).annotate(count=Count("pk")))
