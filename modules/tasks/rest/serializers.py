"""Shapes of tasks: serializers read what comes in and describe what goes out; JSON itself is built as dicts."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from rest_framework import serializers

from core import richtext
from core.access.actor import Actor
from core.entities.kinds import EntityKind
from core.entities.rest.rows import instant, row_of, rows_of, tallies_of
from core.entities.rest.serializers import ActionOut, RowOut
from core.notifications.kinds import EXTRA
from core.organization.people import people
from core.organization.rest.serializers import PersonOut
from core.registry import registry
from core.rest.fields import ID, LineField, MomentField, TextField
from modules.tasks.models import Task
from modules.tasks.queries import my_day, parts_of
from modules.tasks.rules import INITIATOR, OVER, offered

MOST_PEOPLE = 100
# Code, title, what is said when there is nothing.
_SECTIONS = (
    ("overdue", "Просрочено", "Ничего не просрочено"),
    ("today", "Сегодня", "На сегодня задач нет"),
    ("to_review", "Ждут моей проверки", "Проверять нечего"),
    ("new_for_me", "Новые для меня", "Новых задач нет"),
)


def _people_field(**more: Any) -> serializers.ListField:
    each = serializers.IntegerField(**ID)
    return serializers.ListField(child=each, max_length=MOST_PEOPLE, help_text="employee ids", **more)


class TaskIn(serializers.Serializer):
    """A new task: text, assignee, due moment are enough."""

    title = LineField()
    description = TextField(default="")
    assignee = serializers.IntegerField(**ID, help_text="employee id")
    due_at = MomentField(allow_null=True, default=None)
    watchers = _people_field(default=list)
    co_assignees = _people_field(default=list)
    channels = serializers.ListField(
        child=serializers.ChoiceField(choices=[*EXTRA]),
        max_length=len(EXTRA),
        default=list,
        help_text="how the assignee is told besides what he has chosen himself",
    )


class TaskChangeIn(serializers.Serializer):
    """Only the given fields change."""

    title = LineField(required=False)
    description = TextField(required=False)
    assignee = serializers.IntegerField(**ID, required=False, help_text="employee id")
    due_at = MomentField(allow_null=True, required=False)


class DeedIn(serializers.Serializer):
    text = serializers.CharField(max_length=10_000, allow_blank=True, default="")


class WatchersIn(serializers.Serializer):
    watchers = _people_field()


class CoAssigneesIn(serializers.Serializer):
    co_assignees = _people_field()


class CanOut(serializers.Serializer):
    """What the reader may do besides the buttons."""

    edit = serializers.BooleanField()
    delete = serializers.BooleanField()
    comment = serializers.BooleanField()
    attach = serializers.BooleanField()


class TaskOut(RowOut):
    """The whole card."""

    description = serializers.CharField(help_text="as kept: plain text, or HTML that begins with a block")
    description_html = serializers.CharField(help_text="the same as safe HTML")
    watchers = PersonOut(many=True)
    co_assignees = PersonOut(many=True)
    done_at = serializers.DateTimeField(allow_null=True)
    actions = ActionOut(many=True)
    can = CanOut()


class TasksOut(serializers.Serializer):
    results = RowOut(many=True)
    next = serializers.CharField(allow_null=True)


class CountsOut(serializers.Serializer):
    """Open tasks behind each tab, each up to 10,000."""

    mine = serializers.IntegerField()
    given = serializers.IntegerField()
    watching = serializers.IntegerField()
    overdue = serializers.IntegerField()
    all = serializers.IntegerField()


def card_of(task: Any, kind: EntityKind, actor: Actor) -> dict[str, Any]:
    """JSON of a card read by `whole_card`; one query, for all its people."""
    known = people({task.author_id, task.responsible_id, *task.watcher_ids, *task.co_assignee_ids})
    parts = parts_of(actor, task, task.co_assignee_ids)
    return {
        **row_of(task, kind, known, timezone.now(), tallies_of(kind)),
        "description": task.description,
        "description_html": richtext.html_of(task.description),
        "watchers": _listed(task.watcher_ids, known),
        "co_assignees": _listed(task.co_assignee_ids, known),
        "done_at": instant(task.done_at),
        "actions": actions_of(task, parts),
        "can": {
            "edit": INITIATOR in parts and task.status not in OVER,
            "delete": INITIATOR in parts,
            "comment": True,
            "attach": True,
        },
    }


def actions_of(task: Any, parts: frozenset[str]) -> list[dict[str, Any]]:
    """Buttons in their order; the first that is not dangerous is the main one."""
    buttons: list[dict[str, Any]] = []
    for deed in offered(task.status, parts, alone=task.author_id == task.responsible_id):
        kind = "danger" if deed.is_danger else "default" if buttons else "primary"
        buttons.append({"code": deed.code, "title": deed.title, "kind": kind, "needs_text": deed.needs_text})
    return buttons


def sections_of_my_day(actor: Actor) -> list[dict[str, Any]]:
    """Sections of «Мой день» about tasks, the empty ones too; two queries."""
    kind = registry.kind_of(Task.KIND)
    if not actor.may(kind.view):
        return []
    found = my_day(actor, kind)
    rows: dict[str, list[dict[str, Any]]] = {code: [] for code, _, _ in _SECTIONS}
    whole = {row.section: row.section_count for row in found}
    for row, shown in zip(found, rows_of(found, kind), strict=True):
        # All rows here are mine to do or given by me, so my part in them is told without looking anything up.
        rows[row.section].append(shown | {"actions": actions_of(row, parts_of(actor, row, []))})
    return [
        {"code": code, "title": title, "empty": empty, "items": rows[code], "count": whole.get(code, 0)}
        for code, title, empty in _SECTIONS
    ]


def _listed(principals: Iterable[int], known: dict[int, dict[str, Any]]) -> list[dict[str, Any]]:
    return [known[who] for who in principals if who in known]
