"""«Загрузка»: whose days are full and whose are free."""

from datetime import date, timedelta
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from core.access.limits import hidden
from core.context import current_company
from core.errors import Forbidden, Invalid
from core.organization.people import people
from core.organization.rest.serializers import PersonOut
from core.organization.workdays import working_minutes
from core.registry import registry
from core.rest.access import Access, needs
from core.rest.boards import BY_NAME
from core.rest.displays import day_of, edges_of
from core.rest.filters import number
from core.rest.pages import page_of
from core.rest.request import Request
from core.rest.views import CompanyView
from modules.tasks.models import Task
from modules.tasks.permissions import VIEW
from modules.tasks.reports import load_of, overdue_of, workforce

_LIMIT = 50
_DAYS = {"day": 14, "week": 56}
_NOTHING = {"tasks": 0, "minutes": 0, "unestimated": 0}


class SpanOut(serializers.Serializer):
    """A day or a week from Monday to Sunday; a week that has begun before the page begins on the page's first day."""

    since = serializers.DateField()
    until = serializers.DateField(help_text="its last day")
    working = serializers.IntegerField(help_text="minutes that one person works")


class LoadOut(serializers.Serializer):
    """What one person has to finish within a span."""

    tasks = serializers.IntegerField(help_text="open ones that are due")
    minutes = serializers.IntegerField(help_text="left of their estimates")
    unestimated = serializers.IntegerField(help_text="tasks without an estimate, which the minutes leave out")


class WorkloadLineOut(serializers.Serializer):
    person = PersonOut()
    overdue = serializers.IntegerField()
    loads = LoadOut(many=True, help_text="one for each span")


class WorkloadOut(serializers.Serializer):
    """A page of people by name, those who see less than a department only themselves."""

    spans = SpanOut(many=True)
    results = WorkloadLineOut(many=True)
    next = serializers.CharField(allow_null=True)


class WorkloadView(CompanyView):
    """Open tasks by person and by day or week of their due moments, beside working time."""

    module = "tasks"
    access: ClassVar[dict[str, Access]] = {"get": needs(VIEW)}

    @extend_schema(
        parameters=[
            OpenApiParameter("from", OpenApiTypes.DATE, description="the first day; today without it"),
            OpenApiParameter("by", OpenApiTypes.STR, enum=(*_DAYS,), default="day"),
            OpenApiParameter("department", OpenApiTypes.INT),
            OpenApiParameter("cursor", OpenApiTypes.STR),
            OpenApiParameter("limit", OpenApiTypes.INT),
        ],
        responses=WorkloadOut,
    )
    def get(self, request: Request) -> Response:
        shut = hidden(self.actor.limits, Task.KIND)
        if "due_at" in shut:
            raise Forbidden("Ваша роль не видит сроков, поэтому загрузки для неё нет")
        params, zone = request.query_params, ZoneInfo(current_company().time_zone)
        first = day_of(params["from"], "from") if params.get("from") else timezone.now().astimezone(zone).date()
        by = params.get("by", "day")
        if by not in _DAYS:
            raise Invalid({"by": f"Ожидается одно из: {', '.join(_DAYS)}"})
        days = [first + timedelta(days=shift) for shift in range(_DAYS[by])]
        spans = spans_of(days, by)
        asked = {"limit": params.get("limit", str(_LIMIT))}
        if params.get("cursor"):
            asked["cursor"] = params["cursor"]
        page = page_of(workforce(self.actor, _department(params)), asked, BY_NAME)
        principals = [row.principal_id for row in page.rows]
        kind, edges = registry.kind_of(Task.KIND), edges_of(days)
        loads = load_of(self.actor, kind, principals, edges[0], edges[-1], zone)
        known, late = people(principals), overdue_of(self.actor, kind, principals)
        # What is left of an estimate tells both it and the time that was spent.
        empty = {"minutes": 0, "unestimated": 0} if shut & {"estimate", "spent"} else {}
        lines = [
            {
                "person": known[who],
                "overdue": late.get(who, 0),
                "loads": [load | empty for load in _loads(spans, loads.get(who, {}))],
            }
            for who in principals
        ]
        told = [
            {"since": span[0], "until": span[-1], "working": sum(working_minutes(day) for day in span)}
            for span in spans
        ]
        return Response({"spans": told, "results": lines, "next": page.next})


def spans_of(days: list[date], by: str) -> list[list[date]]:
    """The days one by one, or weeks of them, each ending on a Sunday or with the last day."""
    spans: list[list[date]] = []
    for day in days:
        if by == "week" and spans and day.weekday():
            spans[-1].append(day)
        else:
            spans.append([day])
    return spans


def _loads(spans: list[list[date]], by_day: dict[date, dict[str, int]]) -> list[dict[str, int]]:
    return [{name: sum(by_day.get(day, _NOTHING)[name] for day in span) for name in _NOTHING} for span in spans]


def _department(params: Any) -> int | None:
    try:
        return number(params["department"]) if params.get("department") else None
    except ValueError as wrong:
        raise Invalid({"department": str(wrong)}) from wrong
