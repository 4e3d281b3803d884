"""Subtasks of a task, and the place of a task under another one."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from core.access.limits import unwritable
from core.access.queries import visible
from core.checklists.actions import remove_point
from core.checklists.models import Point
from core.errors import Invalid
from core.organization.people import principals_of
from core.rest.access import Access, needs
from core.rest.cards import seen_version
from core.rest.fields import ID, LineField, MomentField
from core.rest.request import Request
from modules.tasks import queries
from modules.tasks.actions import create_task
from modules.tasks.actions.subtasks import place_task
from modules.tasks.permissions import CREATE, VIEW

from .answers import AboutTaskView
from .serializers import TaskOut, TaskRowOut, task_rows

MOST_AT_ONCE = 50


class SubtaskIn(serializers.Serializer):
    """One line; without an assignee the work stays with whoever does the parent."""

    title = LineField()
    assignee = serializers.IntegerField(allow_null=True, default=None, help_text="employee id", **ID)
    due_at = MomentField(allow_null=True, default=None)


class SubtasksIn(serializers.Serializer):
    # The stub does not know that `many` makes a list of them, which takes more.
    subtasks = SubtaskIn(many=True, allow_empty=False, max_length=MOST_AT_ONCE)  # type: ignore[call-arg]


class PointIn(serializers.Serializer):
    point = serializers.IntegerField(help_text="a point of the task's checklist", **ID)


class ParentIn(serializers.Serializer):
    # It hides nothing: the library takes declared fields off the class.
    parent = serializers.IntegerField(  # type: ignore[assignment]
        allow_null=True, help_text="task id, null for none", **ID
    )


class SubtasksOut(serializers.Serializer):
    """Living subtasks right below a task, in the order of their making."""

    results = TaskRowOut(many=True)
    hidden = serializers.IntegerField(help_text="how many more there are that the reader may not see")


class _Division(AboutTaskView):
    """Base of what answers with the subtasks as they stand."""

    def add(self, title: str, assignee: int | None, due_at: Any) -> None:
        task = self.card
        create_task(
            title=title,
            assignee=assignee or task.responsible_id,
            due_at=due_at,
            is_private=task.is_private,
            parent=task,
            by=self.actor,
        )

    def shown(self) -> dict[str, Any]:
        rows = task_rows(queries.subtasks_of(self.actor, self.kind, self.card.pk), self.kind)
        return {"results": rows, "hidden": queries.hidden_below(self.actor, self.kind, self.card.pk)}


class SubtasksView(_Division):
    """What a task was divided into."""

    access: ClassVar[dict[str, Access]] = {"get": needs(VIEW), "post": needs(CREATE)}

    @extend_schema(responses=SubtasksOut)
    def get(self, request: Request, card_id: int) -> Response:
        return Response(self.shown())

    @extend_schema(request=SubtasksIn, responses={201: SubtasksOut})
    def post(self, request: Request, card_id: int) -> Response:
        """Several lines are several subtasks; all of them or none."""
        lines = self.given(SubtasksIn)["subtasks"]
        ids = [line["assignee"] for line in lines if line["assignee"]]
        known = dict(zip(dict.fromkeys(ids), principals_of(ids, field="assignee"), strict=True))
        for line in lines:
            self.add(line["title"], known.get(line["assignee"]), line["due_at"])
        return Response(self.shown(), status=201)


class SubtaskOfPointView(_Division):
    """A point of the checklist becomes a subtask with the same words, person and due moment."""

    access: ClassVar[dict[str, Access]] = {"post": needs(CREATE)}

    @extend_schema(request=PointIn, responses={201: SubtasksOut})
    def post(self, request: Request, card_id: int) -> Response:
        point = Point.objects.filter(pk=self.given(PointIn)["point"], entity_id=self.card.pk).first()
        if point is None or point.outcome:
            raise Invalid({"point": "Такого пункта нет или он уже отмечен"})
        remove_point(point, self.card, self.kind, by=self.actor)
        # Whoever may put a date on a point may still be kept from due moments of tasks.
        takes_due = not unwritable(self.actor, self.kind, ["due_at"])
        self.add(point.text, point.assignee_id, point.due_at if takes_due else None)
        return Response(self.shown(), status=201)


class ParentView(AboutTaskView):
    """Under which task a task stands."""

    versioned = frozenset({"put"})
    access: ClassVar[dict[str, Access]] = {"put": needs(VIEW)}

    @extend_schema(request=ParentIn, responses=TaskOut)
    def put(self, request: Request, card_id: int) -> Response:
        wanted, parent = self.given(ParentIn)["parent"], None
        if wanted:
            parent = visible(self.actor, self.kind).filter(pk=wanted).first()
            if parent is None:
                raise Invalid({"parent": "Такой задачи нет или она вам не видна"})
        place_task(self.card, parent=parent, by=self.actor, version=seen_version(request))
        return self.answer()
