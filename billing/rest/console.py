"""What paying adds to the operators' console: plans of companies, more days of trial, the editor of plans."""

from collections.abc import Sequence
from typing import Any

from django.db.models import OuterRef, Subquery
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from billing.actions.offers import Terms, extend_trial, offer_version
from billing.models import PlanVersion, Subscription, UsageDay
from billing.queries import FIRST_PLAN, today, whole
from billing.rules.life import Stage
from core.identity.rest.browser import read
from core.registry import registry
from core.rest.access import needs
from core.rest.filters import Filter, word
from core.rest.request import Request
from tenants.console.parts import ConsolePart
from tenants.console.permissions import ACT, LOOK, RULE
from tenants.console.rest.base import ConsoleView
from tenants.console.rest.companies import card_of
from tenants.console.rest.serializers import CompanyCard
from tenants.models import Company

from .serializers import ConsolePlans, ExtendTrialForm, PlanVersionForm, PlanVersionOut
from .shown import plan_out


class ExtendTrialView(ConsoleView):
    access = {"post": needs(ACT)}

    @extend_schema(request=ExtendTrialForm, responses={200: CompanyCard})
    def post(self, request: Request, company_id: int) -> Response:
        extend_trial(company_id, **read(ExtendTrialForm, request), by=self.operator)
        return Response(card_of(company_id))


class ConsolePlansView(ConsoleView):
    """All versions of all plans: those sold before, now and from a day to come."""

    access = {"get": needs(LOOK)}

    @extend_schema(responses={200: ConsolePlans})
    def get(self, request: Request) -> Response:
        rows = whole(PlanVersion.objects.all()).order_by("plan__rank", "-number")
        modules = [{"code": code, "title": registry.modules[code].title} for code in registry.module_order()]
        return Response({"results": [version_out(row) for row in rows], "modules": modules})


class PlanVersionsView(ConsoleView):
    """The next version of a plan; none that was sold is ever edited."""

    access = {"post": needs(RULE)}

    @extend_schema(request=PlanVersionForm, responses={201: PlanVersionOut})
    def post(self, request: Request, code: str) -> Response:
        form = read(PlanVersionForm, request)
        valid_from, reason = form.pop("valid_from"), form.pop("reason")
        modules = form.pop("modules", None)
        terms = Terms(**form, modules=None if modules is None else tuple(modules))
        made = offer_version(code, terms=terms, valid_from=valid_from, reason=reason, by=self.operator)
        return Response(version_out(whole(PlanVersion.objects.all()).get(pk=made.pk)), status=201)


def version_out(row: PlanVersion) -> dict[str, Any]:
    """A version with the days on which it is sold."""
    day = today()
    is_sold = row.valid_from <= day and (row.valid_to is None or day < row.valid_to)
    days = {"number": row.number, "valid_from": row.valid_from, "valid_to": row.valid_to}
    return {**plan_out(row, is_current=is_sold), **days}


def lines(company_ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Plan, and what is in use as it was counted last, of companies that have any."""
    told: dict[int, dict[str, Any]] = {}
    held = Subscription.objects.filter(pk__in=company_ids).select_related("version__plan")
    for row in held:
        told.setdefault(row.pk, {})["plan"] = {
            "code": row.version.plan_id,
            "title": row.version.plan.title,
            "stage": row.stage,
            "stage_title": Stage(row.stage).label,
            "trial_until": row.trial_until,
            "paid_until": row.paid_until,
        }
    newest = UsageDay.objects.filter(company=OuterRef("pk")).order_by("-day").values("pk")[:1]
    last_days = Company.objects.filter(pk__in=company_ids).annotate(newest=Subquery(newest)).values("newest")
    for used in UsageDay.objects.filter(pk__in=last_days):
        told.setdefault(used.company_id, {})["use"] = {
            "day": used.day,
            "people": used.seats,
            "people_limit": used.seats_limit,
            "storage_bytes": used.storage_bytes,
            "storage_limit": used.storage_limit,
        }
    return told


def plan_of(company_id: int) -> str:
    """The code of a company's plan; the first one while nobody has begun its subscription."""
    found = Subscription.objects.filter(pk=company_id).values_list("version__plan_id", flat=True).first()
    return found or FIRST_PLAN


part = ConsolePart(
    routes=(
        path("companies/<int:company_id>/extend-trial/", ExtendTrialView.as_view()),
        path("plans/", ConsolePlansView.as_view()),
        path("plans/<slug:code>/versions/", PlanVersionsView.as_view()),
    ),
    filters={
        "plan": Filter("subscription__version__plan", str),
        "stage": Filter("subscription__stage", word(*Stage.values)),
    },
    lines=lines,
    plan_of=plan_of,
)
