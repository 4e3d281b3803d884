"""A card on its route, and what people who are asked do."""

from typing import Any, ClassVar

from django.db import transaction
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from core.entities.kinds import EntityKind
from core.entities.models import Entity
from core.errors import NotFound, Refused
from core.history.queries import concealed
from core.organization.people import people, principal_of, principals_of
from core.rest.access import SIGNED_IN, Access
from core.rest.belongings import BelongingView
from core.rest.request import Request

from ..actions.deciding import answer_question, ask_colleague, decide_step, redirect_step
from ..actions.running import may_start, recall_route, start_route
from ..casting import Cast
from ..contents import content_of, hash_of, routes_of
from ..errors import NoRoute
from ..models import Question, Step
from ..queries import chosen_route, in_force, lists_for, offered_to, picking_among, runs_of
from ..reading import scheme_of
from ..rules import Verdict
from ..strips import strip_of
from ..trying import foreseen
from .serializers import (
    AskIn,
    ColleagueAnswerIn,
    DecidedManyOut,
    DecideIn,
    DecideManyIn,
    OfferedOut,
    RedirectIn,
    StartIn,
    StripOut,
    WordsIn,
)
from .shapes import RouteTrialOut


class _RoutedView(BelongingView):
    """Base of what is about the run of one card."""

    def routed(self, card_id: int) -> tuple[EntityKind, Entity]:
        """A card that may go along routes. Errors: NotFound, ModuleOff."""
        found = Entity.objects.filter(pk=card_id).first()
        if found is None:
            raise NotFound()
        kind, card = self.card_of(found)
        if kind.routes is None:
            raise NotFound()
        return kind, card

    def step(self, step_id: int) -> tuple[Step, EntityKind, Entity]:
        row = Step.objects.select_related("passing__run__entity").filter(pk=step_id).first()
        if row is None:
            raise NotFound()
        return row, *self.routed(row.passing.run.entity_id)

    def given(self, shape: Any) -> dict[str, Any]:
        told = shape(data=self.request.data)
        told.is_valid(raise_exception=True)
        return dict(told.validated_data)

    def shown(self, kind: EntityKind, card: Entity) -> Response:
        run = runs_of(card.pk).first()
        goes_on = run is not None and not run.outcome
        fresh = kind.model._default_manager.get(pk=card.pk)
        may = may_start(fresh, kind, self.actor)
        is_own = run is not None and run.initiator_id == self.actor.principal_id
        told = {
            "run": strip_of(run, self.actor) if run else None,
            "content": hash_of(content_of(fresh, kind)),
            "can_start": may and not goes_on,
            "can_recall": goes_on and (may or is_own),
        }
        return Response(told)


class CardRouteView(_RoutedView):
    access: ClassVar[dict[str, Access]] = {"get": SIGNED_IN, "post": SIGNED_IN}

    @extend_schema(responses=StripOut)
    def get(self, request: Request, card_id: int) -> Response:
        """How far a card has come: done, now and with whom, next."""
        return self.shown(*self.routed(card_id))

    @extend_schema(request=StartIn, responses={200: StripOut})
    def post(self, request: Request, card_id: int) -> Response:
        """Send a card along a route."""
        kind, card = self.routed(card_id)
        told = self.given(StartIn)
        named, picked = told.get("route"), principals_of(told["people"], field="people")
        route = offered_to(card, kind).filter(pk=named).first() if named else None
        if named and route is None:
            raise NoRoute()
        start_route(card, kind, route=route, picked=picked, by=self.actor)
        return self.shown(kind, card)


class RecallView(_RoutedView):
    access: ClassVar[dict[str, Access]] = {"post": SIGNED_IN}

    @extend_schema(request=WordsIn, responses={200: StripOut})
    def post(self, request: Request, card_id: int) -> Response:
        """Take a card back from its route."""
        kind, card = self.routed(card_id)
        recall_route(card, kind, comment=self.given(WordsIn)["text"], by=self.actor)
        return self.shown(kind, card)


class OfferedRoutesView(_RoutedView):
    access: ClassVar[dict[str, Access]] = {"get": SIGNED_IN}

    @extend_schema(responses=OfferedOut)
    def get(self, request: Request, card_id: int) -> Response:
        """Routes along which a card may be sent."""
        kind, card = self.routed(card_id)
        card = kind.model._default_manager.get(pk=card.pk)
        routes = list(offered_to(card, kind))
        picking = picking_among([row.pk for row in routes])
        results = [{"id": row.pk, "title": row.title, "picks": row.pk in picking} for row in routes]
        try:
            suits = chosen_route(card, kind).pk
        except NoRoute:
            suits = None
        return Response({"results": results, "lists": _lists(card, kind) if picking else [], "suits": suits})


def _lists(card: Entity, kind: EntityKind) -> list[dict[str, Any]]:
    """Those who work here, of each list; lists of nobody are not offered."""
    rows = list(lists_for(card, kind))
    known = people({line.principal_id for row in rows for line in row.lines.all()})
    working = {who: one for who, one in known.items() if one["is_active"]}
    told = [
        (row, [working[one.principal_id] for one in row.lines.all() if one.principal_id in working]) for row in rows
    ]
    return [{"id": row.pk, "title": row.title, "people": named} for row, named in told if named]


class PreviewView(_RoutedView):
    access: ClassVar[dict[str, Access]] = {"get": SIGNED_IN}

    @extend_schema(responses=RouteTrialOut)
    def get(self, request: Request, card_id: int, route_id: int) -> Response:
        """Who would be asked about this very card, if it were sent along a route now."""
        kind, card = self.routed(card_id)
        card = kind.model._default_manager.get(pk=card.pk)
        route = offered_to(card, kind).filter(pk=route_id).first()
        version = in_force(route) if route else None
        if version is None:
            raise NotFound()
        cast = Cast.of(card, kind, routes_of(kind).initiator(card), None)
        shut = concealed(self.actor, kind)
        return Response({"stages": foreseen(scheme_of(version.scheme), cast, shut=shut)})


class DecideView(_RoutedView):
    access: ClassVar[dict[str, Access]] = {"post": SIGNED_IN}

    @extend_schema(request=DecideIn, responses={200: StripOut})
    def post(self, request: Request, step_id: int) -> Response:
        """Say yes or no: 412 when the card says something else than what was looked at."""
        row, kind, card = self.step(step_id)
        told = self.given(DecideIn)
        verdict, words = Verdict(told["verdict"]), told["text"]
        decide_step(row, verdict=verdict, comment=words, seen=told["seen"], to=told["to"], by=self.actor)
        return self.shown(kind, card)


class DecideManyView(_RoutedView):
    access: ClassVar[dict[str, Access]] = {"post": SIGNED_IN}

    @extend_schema(request=DecideManyIn, responses={200: DecidedManyOut})
    def post(self, request: Request) -> Response:
        """The same word on many cards; what is refused keeps nothing else from being decided."""
        told = self.given(DecideManyIn)
        verdict = Verdict(told["verdict"])
        wanted = {one["step"]: one["seen"] for one in told["steps"]}
        # Cards are locked in one order by everybody: two who decide about the same ones do not wait for each other.
        rows = Step.objects.filter(pk__in=wanted).order_by("passing__run__entity", "pk")
        found = list(rows.values_list("pk", flat=True))
        results = [
            self._one(pk, wanted[pk], verdict, told["text"]) for pk in [*found, *sorted(wanted.keys() - set(found))]
        ]
        return Response({"results": results})

    def _one(self, step_id: int, seen: str, verdict: Verdict, words: str) -> dict[str, Any]:
        try:
            with transaction.atomic():
                row, *_ = self.step(step_id)
                decide_step(row, verdict=verdict, comment=words, seen=seen, by=self.actor)
        except Refused as refusal:
            return {"step": step_id, "is_done": False, "detail": refusal.detail}
        return {"step": step_id, "is_done": True, "detail": ""}


class RedirectView(_RoutedView):
    access: ClassVar[dict[str, Access]] = {"post": SIGNED_IN}

    @extend_schema(request=RedirectIn, responses={200: StripOut})
    def post(self, request: Request, step_id: int) -> Response:
        """Let another decide in one's place."""
        row, kind, card = self.step(step_id)
        told = self.given(RedirectIn)
        redirect_step(row, to=principal_of(told["to"], field="to"), comment=told["text"], by=self.actor)
        return self.shown(kind, card)


class AskView(_RoutedView):
    access: ClassVar[dict[str, Access]] = {"post": SIGNED_IN}

    @extend_schema(request=AskIn, responses={200: StripOut})
    def post(self, request: Request, step_id: int) -> Response:
        """Ask a colleague before one decides; the turn stays one's own."""
        row, kind, card = self.step(step_id)
        told = self.given(AskIn)
        ask_colleague(row, who=principal_of(told["person"], field="person"), text=told["text"], by=self.actor)
        return self.shown(kind, card)


class AnswerView(_RoutedView):
    access: ClassVar[dict[str, Access]] = {"post": SIGNED_IN}

    @extend_schema(request=ColleagueAnswerIn, responses={200: StripOut})
    def post(self, request: Request, question_id: int) -> Response:
        """Answer a colleague who has asked before he decides."""
        found = Question.objects.select_related("step__passing__run__entity").filter(pk=question_id).first()
        if found is None:
            raise NotFound()
        kind, card = self.routed(found.step.passing.run.entity_id)
        answer_question(found, text=self.given(ColleagueAnswerIn)["text"], by=self.actor)
        return self.shown(kind, card)
