"""«Поручения»: the director's page."""

from typing import Any, ClassVar

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from core.errors import Invalid
from core.organization.people import people
from core.organization.rest.serializers import PersonOut
from core.registry import registry
from core.rest.access import Access, needs
from core.rest.filters import Grammar, moment, number
from core.rest.pages import page_of
from core.rest.request import Request
from core.rest.views import CompanyView
from modules.tasks.models import Task
from modules.tasks.permissions import VIEW
from modules.tasks.reports import GIVEN, REACH, Period, assignments, figures_of, may_reach, performers

_BY_NAME = Grammar(orderings={"name": "title"}, default_ordering="name")
_FIGURES = ("open", "overdue", "not_accepted", "in_review", "returned", "urgent", "blocked", "holds_up")
_LIMIT = 50


class AssignmentsLineOut(serializers.Serializer):
    """One person's open tasks in figures."""

    person = PersonOut()
    open = serializers.IntegerField()
    overdue = serializers.IntegerField()
    late_days = serializers.IntegerField(allow_null=True, help_text="whole days by which the latest is late")
    not_accepted = serializers.IntegerField()
    in_review = serializers.IntegerField(help_text="wait for the initiator")
    returned = serializers.IntegerField()
    urgent = serializers.IntegerField()
    blocked = serializers.IntegerField(help_text="wait for other cards")
    holds_up = serializers.IntegerField(help_text="reported tasks that wait for this person's open ones")


class AssignmentsOut(serializers.Serializer):
    """A page of people by name; `can_reach` whether there is more than what the reader gave himself."""

    results = AssignmentsLineOut(many=True)
    next = serializers.CharField(allow_null=True)
    can_reach = serializers.BooleanField()


class AssignmentsView(CompanyView):
    """Who has been given what, and how it stands."""

    module = "tasks"
    access: ClassVar[dict[str, Access]] = {"get": needs(VIEW)}

    @extend_schema(
        parameters=[
            OpenApiParameter("whose", OpenApiTypes.STR, enum=(GIVEN, REACH), default=GIVEN),
            OpenApiParameter("department", OpenApiTypes.INT),
            OpenApiParameter("due_at__gte", OpenApiTypes.DATETIME),
            OpenApiParameter("due_at__lt", OpenApiTypes.DATETIME),
            OpenApiParameter("cursor", OpenApiTypes.STR),
            OpenApiParameter("limit", OpenApiTypes.INT),
        ],
        responses=AssignmentsOut,
    )
    def get(self, request: Request) -> Response:
        params = request.query_params
        whose, can_reach = params.get("whose", GIVEN), may_reach(self.actor)
        if whose not in (GIVEN, REACH):
            raise Invalid({"whose": f"Ожидается одно из: {GIVEN}, {REACH}"})
        if whose == REACH and not can_reach:
            return Response({"results": [], "next": None, "can_reach": False})
        period = Period(_read(params, "due_at__gte", moment), _read(params, "due_at__lt", moment))
        tasks = assignments(self.actor, registry.kind_of(Task.KIND), whose, period)
        found = performers(self.actor, tasks, whose, _read(params, "department", number))
        asked = {"limit": params.get("limit", str(_LIMIT))} | (
            {"cursor": params["cursor"]} if "cursor" in params else {}
        )
        page = page_of(found, asked, _BY_NAME)
        principals = [row.principal_id for row in page.rows]
        known, counted = people(principals), figures_of(tasks, principals)
        lines = [{"person": known[who]} | _line(counted[who]) for who in principals if who in counted]
        return Response({"results": lines, "next": page.next, "can_reach": can_reach})


def _line(figures: dict[str, Any]) -> dict[str, Any]:
    return {name: figures[name] for name in _FIGURES} | {"late_days": figures["late_days"]}


def _read(params: Any, name: str, read: Any) -> Any:
    try:
        return read(params[name]) if params.get(name) else None
    except ValueError as wrong:
        raise Invalid({name: str(wrong)}) from wrong
