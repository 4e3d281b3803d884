"""The timer and the time written down on a task."""

from datetime import timedelta
from typing import Any, ClassVar

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from core.access.limits import hidden
from core.entities.rest.briefs import BriefOut, briefs
from core.entities.rest.rows import instant
from core.errors import Forbidden, NotFound
from core.organization.people import people
from core.organization.rest.serializers import PersonOut
from core.rest.access import Access, needs
from core.rest.belongings import BelongingView
from core.rest.fields import LineField, MomentField
from core.rest.filters import Grammar
from core.rest.pages import page_of
from core.rest.request import Request
from core.rest.views import CompanyView
from modules.tasks.actions.timing import (
    correct_time,
    may_correct,
    remove_time,
    start_timer,
    stop_timer,
    write_time,
)
from modules.tasks.models import TimeEntry
from modules.tasks.permissions import VIEW

from .answers import AboutTaskView
from .serializers import TaskOut

# A day and a night.
MOST_MINUTES = 1440
_GRAMMAR = Grammar(orderings={"id": "id"}, default_ordering="-id")
_PAGING = [OpenApiParameter("cursor", str), OpenApiParameter("limit", int)]


class TimeIn(serializers.Serializer):
    """Time written down by hand; without a beginning it has just ended."""

    minutes = serializers.IntegerField(min_value=1, max_value=MOST_MINUTES)
    started_at = MomentField(allow_null=True, default=None)
    note = LineField(allow_blank=True, default="")


class TimeChangeIn(serializers.Serializer):
    minutes = serializers.IntegerField(min_value=1, max_value=MOST_MINUTES)
    note = LineField(allow_blank=True, default="")


class TimeOut(serializers.Serializer):
    id = serializers.IntegerField()
    person = PersonOut()
    started_at = serializers.DateTimeField()
    minutes = serializers.IntegerField(allow_null=True, help_text="null while the timer runs")
    note = serializers.CharField()
    can_correct = serializers.BooleanField()


class TimesOut(serializers.Serializer):
    """A page of entries, newest first."""

    results = TimeOut(many=True)
    next = serializers.CharField(allow_null=True)


class MyTimerOut(serializers.Serializer):
    """On which task the caller's timer runs; both null when it does not."""

    card = BriefOut(allow_null=True)
    started_at = serializers.DateTimeField(allow_null=True)


class TimerView(AboutTaskView):
    """The caller's own timer on a task."""

    access: ClassVar[dict[str, Access]] = {"post": needs(VIEW), "delete": needs(VIEW)}

    @extend_schema(request=None, responses=TaskOut)
    def post(self, request: Request, card_id: int) -> Response:
        """Begin; the timer on another task stops."""
        start_timer(self.card, by=self.actor)
        return self.answer()

    @extend_schema(responses=TaskOut)
    def delete(self, request: Request, card_id: int) -> Response:
        stop_timer(self.card, by=self.actor)
        return self.answer()


class MyTimerView(CompanyView):
    """Where the caller's timer runs."""

    access: ClassVar[dict[str, Access]] = {"get": needs(VIEW)}
    module = "tasks"

    @extend_schema(responses=MyTimerOut)
    def get(self, request: Request) -> Response:
        mine = TimeEntry.objects.filter(person=self.actor.principal_id, ended_at__isnull=True)
        running = mine.values_list("task_id", "started_at").first()
        if running is None:
            return Response({"card": None, "started_at": None})
        task, since = running
        return Response({"card": briefs(self.actor, [task]).get(task), "started_at": instant(since)})


class TaskTimeView(AboutTaskView):
    """Time spent on a task; whoever sees the task sees it."""

    access: ClassVar[dict[str, Access]] = {"get": needs(VIEW), "post": needs(VIEW)}

    @extend_schema(parameters=_PAGING, responses=TimesOut)
    def get(self, request: Request, card_id: int) -> Response:
        if "spent" in hidden(self.actor.limits, self.kind.code):
            raise Forbidden("Ваша роль не даёт видеть затраченное время. Попросите администратора")
        asked = {name: request.query_params[name] for name in ("cursor", "limit") if name in request.query_params}
        page = page_of(TimeEntry.objects.filter(task=self.card), asked, _GRAMMAR)
        known = people({row.person_id for row in page.rows})
        return Response({"results": [_out(row, self.card, self.actor, known) for row in page.rows], "next": page.next})

    @extend_schema(request=TimeIn, responses={201: TimeOut})
    def post(self, request: Request, card_id: int) -> Response:
        given = self.given(TimeIn)
        begun = given["started_at"] or timezone.now() - timedelta(minutes=given["minutes"])
        entry = write_time(self.card, minutes=given["minutes"], started_at=begun, note=given["note"], by=self.actor)
        return Response(_out(entry, self.card, self.actor, people([entry.person_id])), status=201)


class TimeEntryView(BelongingView):
    """One entry by its own address."""

    access: ClassVar[dict[str, Access]] = {"patch": needs(VIEW), "delete": needs(VIEW)}
    module = "tasks"

    @extend_schema(request=TimeChangeIn, responses=TimeOut)
    def patch(self, request: Request, entry_id: int) -> Response:
        told = TimeChangeIn(data=request.data)
        told.is_valid(raise_exception=True)
        entry, task = self._found(entry_id)
        entry = correct_time(entry, task, by=self.actor, **told.validated_data)
        return Response(_out(entry, task, self.actor, people([entry.person_id])))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, entry_id: int) -> Response:
        entry, task = self._found(entry_id)
        remove_time(entry, task, by=self.actor)
        return Response(status=204)

    def _found(self, entry_id: int) -> tuple[TimeEntry, Any]:
        entry = TimeEntry.objects.select_related("task").filter(pk=entry_id).first()
        if entry is None:
            raise NotFound()
        return entry, self.card_of(entry.task)[1]


def _out(entry: TimeEntry, task: Any, actor: Any, known: dict[int, dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": entry.pk,
        "person": known[entry.person_id],
        "started_at": instant(entry.started_at),
        "minutes": entry.minutes,
        "note": entry.note,
        "can_correct": entry.minutes is not None and may_correct(entry, task, actor),
    }
