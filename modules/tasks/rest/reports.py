"""«Поручения»: the director's page."""

from typing import Any, ClassVar

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from core.access.actor import Actor
from core.access.limits import hidden
from core.entities.rest.briefs import BriefOut, briefs
from core.entities.rest.rows import lean
from core.errors import Invalid, NotFound
from core.organization.models import Employee
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
from modules.tasks.reports import (
    GIVEN,
    REACH,
    Period,
    assignments,
    blockers,
    figures_of,
    may_reach,
    of_person,
    performers,
)

from .serializers import TaskRowOut, task_rows

_BY_NAME = Grammar(orderings={"name": "title"}, default_ordering="name")
# Those that are late the longest come first.
_LATEST_FIRST = Grammar(orderings={"late": "due_at"}, default_ordering="late")
# For whom the order itself would tell when a task is due.
_NEWEST_FIRST = Grammar(orderings={"created_at": "created_at"}, default_ordering="-created_at")
_EDGES = ("due_at__gte", "due_at__lt")
_UNSEEN = "Срок вам не виден, поэтому отобрать по нему нельзя. Уберите это условие"
# Figures by which one would count what a hidden field has in it.
_TELLING: dict[str, dict[str, Any]] = {
    "due_at": {"overdue": 0, "late_days": None, "moves": 0},
    "priority": {"urgent": 0},
}
_FIGURES = ("open", "overdue", "not_accepted", "in_review", "returned", "urgent", "blocked", "holds_up", "moves")
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
    moves = serializers.IntegerField(help_text="how often due moments of these tasks have been moved")


class AssignmentsOut(serializers.Serializer):
    """A page of people by name; `can_reach` whether there is more than what the reader gave himself."""

    results = AssignmentsLineOut(many=True)
    next = serializers.CharField(allow_null=True)
    can_reach = serializers.BooleanField()


class BlockerOut(BriefOut):
    """An open card that a task waits for, and who is responsible for it."""

    assignee = PersonOut(allow_null=True)


class AssignedTaskOut(TaskRowOut):
    """A task that is reported; `blockers` are those that the reader may see."""

    blockers = BlockerOut(many=True)


class AssignedTasksOut(serializers.Serializer):
    """A page of one person's tasks, the latest first."""

    results = AssignedTaskOut(many=True)
    next = serializers.CharField(allow_null=True)


_WHOSE = [
    OpenApiParameter("whose", OpenApiTypes.STR, enum=(GIVEN, REACH), default=GIVEN),
    OpenApiParameter("due_at__gte", OpenApiTypes.DATETIME),
    OpenApiParameter("due_at__lt", OpenApiTypes.DATETIME),
    OpenApiParameter("cursor", OpenApiTypes.STR),
    OpenApiParameter("limit", OpenApiTypes.INT),
]


class AssignmentsView(CompanyView):
    """Who has been given what, and how it stands."""

    module = "tasks"
    access: ClassVar[dict[str, Access]] = {"get": needs(VIEW)}

    @extend_schema(
        parameters=[*_WHOSE, OpenApiParameter("department", OpenApiTypes.INT)],
        responses=AssignmentsOut,
    )
    def get(self, request: Request) -> Response:
        params = request.query_params
        whose, can_reach, period = _whose(params), may_reach(self.actor), _period(params, self.actor)
        if whose == REACH and not can_reach:
            return Response({"results": [], "next": None, "can_reach": False})
        tasks = assignments(self.actor, registry.kind_of(Task.KIND), whose, period)
        found = performers(self.actor, tasks, whose, _read(params, "department", number))
        page = page_of(found, _paging(params), _BY_NAME)
        principals = [row.principal_id for row in page.rows]
        known, counted = people(principals), figures_of(tasks, principals)
        empty = _emptied(self.actor)
        lines = [{"person": known[who]} | _line(counted[who]) | empty for who in principals if who in counted]
        return Response({"results": lines, "next": page.next, "can_reach": can_reach})


class AssignedTasksView(CompanyView):
    """What one person was given, how late each of it is, and who keeps it waiting."""

    module = "tasks"
    access: ClassVar[dict[str, Access]] = {"get": needs(VIEW)}

    @extend_schema(parameters=_WHOSE, responses=AssignedTasksOut)
    def get(self, request: Request, employee_id: int) -> Response:
        params, kind = request.query_params, registry.kind_of(Task.KIND)
        whose, period = _whose(params), _period(params, self.actor)
        if not Employee.objects.filter(pk=employee_id, trashed_at__isnull=True).exists():
            raise NotFound()
        if whose == REACH and not may_reach(self.actor):
            return Response({"results": [], "next": None})
        tasks = of_person(self.actor, kind, whose, employee_id, period)
        order = _NEWEST_FIRST if _is_shut(self.actor) else _LATEST_FIRST
        page = page_of(lean(tasks, kind), _paging(params), order)
        held = blockers([row.pk for row in page.rows])
        seen = briefs(self.actor, {card for cards in held.values() for card in cards})
        known = people({who for cards in held.values() for who in cards.values() if who})
        shown = {
            task: [
                seen[card] | {"assignee": known.get(who) if who else None}
                for card, who in cards.items()
                if card in seen
            ]
            for task, cards in held.items()
        }
        rows = [row | {"blockers": shown.get(row["id"], [])} for row in task_rows(page.rows, kind)]
        return Response({"results": rows, "next": page.next})


def _whose(params: Any) -> str:
    whose: str = params.get("whose", GIVEN)
    if whose not in (GIVEN, REACH):
        raise Invalid({"whose": f"Ожидается одно из: {GIVEN}, {REACH}"})
    return whose


def _is_shut(actor: Actor) -> bool:
    return "due_at" in hidden(actor.limits, Task.KIND)


def _emptied(actor: Actor) -> dict[str, Any]:
    shut = hidden(actor.limits, Task.KIND)
    return {name: empty for field, told in _TELLING.items() if field in shut for name, empty in told.items()}


def _period(params: Any, actor: Actor) -> Period:
    asked = [name for name in _EDGES if params.get(name)]
    if asked and _is_shut(actor):
        raise Invalid(dict.fromkeys(asked, _UNSEEN), _UNSEEN)
    return Period(_read(params, "due_at__gte", moment), _read(params, "due_at__lt", moment))


def _paging(params: Any) -> dict[str, str]:
    asked = {"limit": params.get("limit", str(_LIMIT))}
    return asked | ({"cursor": params["cursor"]} if "cursor" in params else {})


def _line(figures: dict[str, Any]) -> dict[str, Any]:
    return {name: figures[name] for name in _FIGURES} | {"late_days": figures["late_days"]}


def _read(params: Any, name: str, read: Any) -> Any:
    try:
        return read(params[name]) if params.get(name) else None
    except ValueError as wrong:
        raise Invalid({name: str(wrong)}) from wrong
