"""What can be done with many tasks at once; each by the verb of one task."""

from collections.abc import Callable, Mapping
from typing import Any

from rest_framework import serializers

from core.access.actor import Actor
from core.entities.kinds import EntityKind
from core.entities.rest.bulk import TRASH
from core.organization.people import principal_of
from core.rest.bulk import BulkAction
from core.rest.fields import ID, LineField, MomentField
from modules.tasks import actions
from modules.tasks.actions.undoing import changed, put_back, remembered
from modules.tasks.models import Task

from .serializers import PriorityField


class AssignIn(serializers.Serializer):
    assignee = serializers.IntegerField(**ID, help_text="employee id")

    def validate_assignee(self, employee: int) -> int:
        return principal_of(employee, field="assignee")


class DueIn(serializers.Serializer):
    due_at = MomentField(allow_null=True)
    due_reason = LineField(max_length=1000, allow_blank=True, default="")


class PriorityIn(serializers.Serializer):
    priority = PriorityField()


class DeedTextIn(serializers.Serializer):
    text = serializers.CharField(max_length=10_000, allow_blank=True, default="")


Change = Callable[[Task, Mapping[str, Any], Actor], Any]


def _minded(change: Change) -> Callable[[Any, EntityKind, Mapping[str, Any], Actor], Any]:
    """The deed with what the task was before, as far as it has changed."""

    def run(task: Task, kind: EntityKind, values: Mapping[str, Any], by: Actor) -> Any:
        before = remembered(task)
        change(task, values, by)
        return changed(before, remembered(Task.objects.get(pk=task.pk)))

    return run


def _back(task: Task, kind: EntityKind, told: Any, by: Actor) -> None:
    put_back(task, before=told, by=by)


def _set(task: Task, values: Mapping[str, Any], by: Actor) -> None:
    actions.change_task(task, fields=values, by=by)


def _deed(code: str) -> Change:
    return lambda task, values, by: actions.do_deed(task, code, by=by, **values)


def _release(task: Task, kind: EntityKind, values: Mapping[str, Any], by: Actor) -> Any:
    # Whoever has been told of a task cannot be made to have heard nothing: it is not put back.
    actions.do_deed(task, "release", by=by)
    return []


BULK = (
    BulkAction("assign", "Передать", _minded(_set), _back, AssignIn),
    BulkAction("due", "Перенести срок", _minded(_set), _back, DueIn),
    BulkAction("priority", "Изменить важность", _minded(_set), _back, PriorityIn),
    BulkAction("cancel", "Отменить", _minded(_deed("cancel")), _back, DeedTextIn),
    BulkAction("release", "Поставить черновики", _release),
    TRASH,
)
