"""The plan of a card, a look ahead, and what came of it."""

from collections.abc import Mapping
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response

from core.access.limits import hidden
from core.context import current_company
from core.entities.models import Entity
from core.entities.rest.briefs import briefs
from core.entities.rest.rows import instant
from core.organization.people import people, principals_of
from core.organization.workdays import is_workday
from core.rest.access import SIGNED_IN, Access
from core.rest.cards import AboutCardView
from core.rest.filters import Grammar
from core.rest.pages import page_of
from core.rest.request import Request

from ..actions import pause, remove_plan, resume, set_plan
from ..models import Recurrence
from ..plans import plan_of, sentence
from ..queries import completions, occurrences_of, work_of
from ..rules import Plan, preview
from ..work import Work, may_plan, regular_of, why_nobody
from .serializers import (
    ForecastOut,
    OccurrencesOut,
    PlanIn,
    RecurrenceIn,
    RecurrenceOut,
    SwitchIn,
    forecast,
)

_NEWEST_FIRST = Grammar(orderings={"at": "at"}, default_ordering="-at")
_PAGING = [OpenApiParameter("cursor", str), OpenApiParameter("limit", int)]


class CardRecurrenceView(AboutCardView):
    """The plan of one card."""

    access: ClassVar[dict[str, Access]] = {"get": SIGNED_IN, "put": SIGNED_IN, "patch": SIGNED_IN, "delete": SIGNED_IN}

    @extend_schema(responses=RecurrenceOut)
    def get(self, request: Request, card_id: int) -> Response:
        return Response(self._shown(Recurrence.objects.filter(pk=self.card.pk).first()))

    @extend_schema(request=RecurrenceIn, responses=RecurrenceOut)
    def put(self, request: Request, card_id: int) -> Response:
        """Set the plan; it counts from now on."""
        told = RecurrenceIn(data=request.data)
        told.is_valid(raise_exception=True)
        given = dict(told.validated_data)
        work = _named(self.card.pk, given.pop("work"))
        return Response(self._shown(set_plan(self.card, self.kind, work=work, by=self.actor, **given)))

    @extend_schema(request=SwitchIn, responses=RecurrenceOut)
    def patch(self, request: Request, card_id: int) -> Response:
        """Pause the plan or let it go on."""
        told = SwitchIn(data=request.data)
        told.is_valid(raise_exception=True)
        change = resume if told.validated_data["is_on"] else pause
        return Response(self._shown(change(self.card, self.kind, by=self.actor)))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, card_id: int) -> Response:
        remove_plan(self.card, self.kind, by=self.actor)
        return Response(status=204)

    def _shown(self, row: Recurrence | None) -> dict[str, Any]:
        plan = plan_of(row.plan) if row else None
        row = row or Recurrence(is_on=False)
        plans = may_plan(self.kind, self.card, self.actor)
        return {
            "plan": row.plan,
            "forecast": _forecast(plan, row) if plan else None,
            "catch_up": row.catch_up,
            "one_open": row.one_open,
            "most": row.most,
            "made": row.made,
            "is_on": row.is_on,
            # Everybody who sees a person reads his plan, not how work fares that they may not see.
            "completion": completions([self.card.pk])[self.card.pk] if plans or self.kind.repeat else None,
            **self._work(),
            "can_edit": plans,
        }

    def _work(self) -> dict[str, Any]:
        """What a plan of such a card asks to be done; a template asks nothing."""
        if self.kind.repeat is not None:
            return {"asks_work": False, "work": None, "usual": None, "usual_hidden": False, "why_none": ""}
        work, regular = work_of(self.card.pk), regular_of(self.kind)
        is_hidden = regular.field in hidden(self.actor.limits, self.kind.code)
        usual = None if is_hidden else regular.answers(self.card)
        known = people([usual, *([work.answerer_id, work.giver_id] if work else [])])
        told = work and {
            "title": work.title,
            "answers": known.get(work.answerer_id or 0),
            "giver": known[work.giver_id],
            "due_in": work.due_in,
        }
        shown = {"usual": known.get(usual or 0), "usual_hidden": is_hidden}
        return {"asks_work": True, "work": told, **shown, "why_none": why_nobody()}


class CardPreviewView(AboutCardView):
    """A look ahead before a plan is saved."""

    access: ClassVar[dict[str, Access]] = {"post": SIGNED_IN}

    @extend_schema(request=PlanIn, responses=ForecastOut)
    def post(self, request: Request, card_id: int) -> Response:
        """The next ten moments of a plan; nothing is kept."""
        told = PlanIn(data=request.data)
        told.is_valid(raise_exception=True)
        return Response(_forecast(told.validated_data))


class CardOccurrencesView(AboutCardView):
    """Each time a plan was due, with the card that was made."""

    access: ClassVar[dict[str, Access]] = {"get": SIGNED_IN}

    @extend_schema(parameters=_PAGING, responses=OccurrencesOut)
    def get(self, request: Request, card_id: int) -> Response:
        page = page_of(occurrences_of(self.card.pk), request.query_params, _NEWEST_FIRST)
        cards = briefs(self.actor, {row.card_id for row in page.rows if row.card_id})
        answering = dict(Entity.objects.filter(pk__in=cards).values_list("pk", "responsible_id"))
        known = people({who for who in answering.values() if who})
        rows = [
            {
                "id": row.pk,
                "at": instant(row.at),
                "outcome": row.outcome,
                "reason": row.reason,
                "card": cards.get(row.card_id),
                "person": known.get(answering.get(row.card_id) or 0),
            }
            for row in page.rows
        ]
        return Response({"results": rows, "next": page.next})


def _named(card_id: int, given: Mapping[str, Any] | None) -> Work | None:
    """What is to be done, with the principal of whoever is named; one who is named already may stay when he is
    blocked."""
    if given is None:
        return None
    kept = work_of(card_id)
    named = [given["answers"]] if given["answers"] else []
    keeping = [kept.answerer_id] if kept and kept.answerer_id else []
    who = principals_of(named, field="answers", keeping=keeping)
    return Work(given["title"], who[0] if who else None, given["due_in"])


def _forecast(plan: Plan, row: Recurrence | None = None) -> dict[str, Any]:
    zone, now = ZoneInfo(current_company().time_zone), timezone.now()
    left = 10 if row is None or row.most is None else min(10, row.most - row.made)
    upcoming = preview(plan, zone, after=now, is_workday=is_workday, count=left) if row is None or row.is_on else []
    return forecast(plan, sentence(plan), [instant(moment) for moment in upcoming])
