"""Shapes of tasks: serializers read what comes in and describe what goes out; JSON itself is built as dicts."""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.utils import timezone
from rest_framework import serializers

from core import richtext
from core.access.actor import Actor
from core.custom_fields.rest.serializers import CardTypeField, ValuesField
from core.entities.kinds import EntityKind, Passage
from core.entities.models import Entity
from core.entities.rest.briefs import BriefOut, briefs
from core.entities.rest.rows import instant, row_of, rows_of, tallies_of
from core.entities.rest.serializers import PRIORITY_CHOICES, ActionOut, RowOut
from core.notifications.kinds import EXTRA
from core.organization.people import people
from core.organization.rest.serializers import PersonOut
from core.registry import registry
from core.rest.fields import ID, LineField, MomentField, TextField
from core.statuses.queries import CardReach, Reach
from core.statuses.rest.serializers import StatusMoveOut, step_out
from core.statuses.rules import Way
from modules.tasks.actions.approvals import is_approved, latest_facts, standing_request, standing_requests, waiting_by
from modules.tasks.models import DraftRequest, DueRequest, Task
from modules.tasks.options import wanted_of
from modules.tasks.queries import deeds_of, figures, my_day, parts_of
from modules.tasks.rules import ASSIGNEE, INITIATOR, MOST_MINUTES, OVER, days_late

MOST_PEOPLE = 100
APPROVALS = ("waiting", "approved", "returned")
PRIORITIES = {choice.name.lower(): choice.value for choice in Entity.Priority}
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


class PriorityField(serializers.ChoiceField):
    """A priority by its word; the column's number inside."""

    def __init__(self, **more: Any) -> None:
        super().__init__(PRIORITY_CHOICES, **more)

    def to_internal_value(self, data: Any) -> Any:
        return PRIORITIES[super().to_internal_value(data)]


def estimate_field(**more: Any) -> serializers.IntegerField:
    return serializers.IntegerField(
        min_value=1, max_value=MOST_MINUTES, allow_null=True, help_text="minutes of work", **more
    )


class TaskIn(serializers.Serializer):
    """A new task: text, assignee, due moment are enough."""

    title = LineField()
    description = TextField(default="")
    assignee = serializers.IntegerField(**ID, help_text="employee id")
    due_at = MomentField(allow_null=True, default=None)
    due_by_default = serializers.BooleanField(
        default=False, help_text="without a due moment: give the one that the company gives by default"
    )
    watchers = _people_field(default=list)
    co_assignees = _people_field(default=list)
    # It hides nothing: the library takes declared fields off the class, which its stub does not know.
    parent = serializers.IntegerField(  # type: ignore[assignment]
        allow_null=True, default=None, help_text="the task it is a part of", **ID
    )
    priority = PriorityField(required=False)
    estimate = estimate_field(required=False)
    is_private = serializers.BooleanField(required=False)
    is_draft = serializers.BooleanField(default=False, help_text="nobody hears of it until it is released")
    release_at = MomentField(allow_null=True, required=False, help_text="of a draft: when it is given by itself")
    channels = serializers.ListField(
        child=serializers.ChoiceField(choices=[*EXTRA]),
        max_length=len(EXTRA),
        default=list,
        help_text="how the assignee is told besides what he has chosen himself",
    )
    reserved_number = serializers.IntegerField(
        allow_null=True, default=None, help_text="one of the numbers that the caller has kept for later", **ID
    )
    card_type = CardTypeField()
    # It hides nothing: the library takes declared fields off the class, which its stub does not know.
    fields = ValuesField()  # type: ignore[assignment]


class TaskChangeIn(serializers.Serializer):
    """Only the given fields change."""

    title = LineField(required=False)
    description = TextField(required=False)
    assignee = serializers.IntegerField(**ID, required=False, help_text="employee id")
    due_at = MomentField(allow_null=True, required=False)
    due_reason = LineField(max_length=1000, required=False, allow_blank=True, help_text="why the due moment is moved")
    priority = PriorityField(required=False)
    estimate = estimate_field(required=False)
    is_private = serializers.BooleanField(required=False)
    release_at = MomentField(allow_null=True, required=False)


class DeedIn(serializers.Serializer):
    text = serializers.CharField(max_length=10_000, allow_blank=True, default="")
    anyway = serializers.BooleanField(default=False, help_text="go the way that the refusal has named")


class CoAssigneesIn(serializers.Serializer):
    co_assignees = _people_field()


class CanOut(serializers.Serializer):
    """What the reader may do besides the buttons."""

    edit = serializers.BooleanField()
    delete = serializers.BooleanField()
    comment = serializers.BooleanField()
    attach = serializers.BooleanField()
    divide = serializers.BooleanField(help_text="add subtasks")
    time = serializers.BooleanField(help_text="write down one's time")
    ask_due = serializers.BooleanField(help_text="ask the initiator for another due moment")
    ask_approval = serializers.BooleanField(help_text="send the draft to somebody who approves it")


class SentDraftIn(serializers.Serializer):
    """A draft that waits to be approved: `request` says by which sending, `seen` how it stood."""

    request = serializers.IntegerField(**ID)
    seen = serializers.IntegerField(**ID)


class TaskRowOut(RowOut):
    """A task as a line of a list."""

    late_days = serializers.IntegerField(allow_null=True, help_text="whole days past the due moment; null in time")
    first_due_at = serializers.DateTimeField(allow_null=True, help_text="before the first move")
    due_moves = serializers.IntegerField()
    estimate = serializers.IntegerField(allow_null=True, help_text="minutes")
    spent = serializers.IntegerField(help_text="minutes, of everybody, without running timers")
    subtasks_count = serializers.IntegerField(help_text="without private and cancelled ones")
    subtasks_done = serializers.IntegerField()
    blockers_count = serializers.IntegerField(help_text="open cards that it depends on")
    is_subtask = serializers.BooleanField()
    approval = serializers.ChoiceField(
        APPROVALS, allow_null=True, help_text="of a draft that was sent to be approved; else null"
    )


class DueRequestOut(serializers.Serializer):
    """A move that the initiator has been asked for."""

    id = serializers.IntegerField()
    asker = PersonOut()
    due_at = serializers.DateTimeField()
    reason = serializers.CharField()
    asked_at = serializers.DateTimeField()
    can_decide = serializers.BooleanField()
    can_take_back = serializers.BooleanField()


class DraftRequestOut(serializers.Serializer):
    """How a draft stands with whoever is to approve it; `drafts` are all that were sent together and still wait."""

    approver = PersonOut()
    asked_at = serializers.DateTimeField()
    outcome = serializers.ChoiceField(APPROVALS)
    reason = serializers.CharField(allow_blank=True, help_text="why it was returned")
    drafts = SentDraftIn(many=True)
    others = BriefOut(many=True, help_text="the other drafts among them")
    can_decide = serializers.BooleanField()
    can_recall = serializers.BooleanField()


class TaskOut(TaskRowOut):
    """The whole card."""

    description = serializers.CharField(help_text="as kept: plain text, or HTML that begins with a block")
    description_html = serializers.CharField(help_text="the same as safe HTML")
    watchers = PersonOut(many=True)
    co_assignees = PersonOut(many=True)
    done_at = serializers.DateTimeField(allow_null=True)
    release_at = serializers.DateTimeField(allow_null=True)
    parent = BriefOut(allow_null=True, help_text="null when the reader may not see it, too")
    due_request = DueRequestOut(allow_null=True)
    draft_request = DraftRequestOut(allow_null=True)
    timer_started_at = serializers.DateTimeField(allow_null=True, help_text="the reader's own timer")
    actions = ActionOut(many=True)
    status_moves = StatusMoveOut(many=True, help_text="where among the company's statuses the reader may move it")
    can = CanOut()


class TasksOut(serializers.Serializer):
    results = TaskRowOut(many=True)
    next = serializers.CharField(allow_null=True)


class CountsOut(serializers.Serializer):
    """Open tasks behind each tab, each up to 10,000."""

    mine = serializers.IntegerField()
    given = serializers.IntegerField()
    watching = serializers.IntegerField()
    overdue = serializers.IntegerField()
    drafts = serializers.IntegerField()
    all = serializers.IntegerField()


def card_of(task: Any, kind: EntityKind, actor: Actor) -> dict[str, Any]:
    """JSON of a card read by `whole_card`; one query, for all its people, and more only for what few tasks have."""
    asked = DueRequest.objects.get(pk=task.request_id) if task.request_id else None
    sent = standing_request(task) if task.is_draft else None
    asking, may_add = {asked.asker_id} if asked else {sent.approver_id} if sent else set(), actor.may_add_to(task)
    known = people({task.author_id, task.responsible_id, *task.watcher_ids, *task.co_assignee_ids, *asking})
    parts, now, reach = parts_of(actor, task, task.co_assignee_ids), timezone.now(), CardReach(actor, task)
    is_over, kept = task.status in OVER, actor.limits.get(kind.code, {})
    return {
        **row_of(task, kind, known, now, tallies_of(kind)),
        **_figures_of(task, task, now),
        "approval": approval_of(sent),
        "description": task.description,
        "description_html": richtext.html_of(task.description),
        "watchers": _listed(task.watcher_ids, known),
        "co_assignees": _listed(task.co_assignee_ids, known),
        "done_at": instant(task.done_at),
        "release_at": instant(task.release_at),
        "parent": briefs(actor, [task.parent_id]).get(task.parent_id) if task.parent_id else None,
        "due_request": _request(asked, known, actor, parts) if asked else None,
        "draft_request": sent_out(sent, known, actor) if sent else None,
        "timer_started_at": instant(task.timer_started_at),
        "actions": actions_of(task, parts, reach.way, approved=sent is not None and is_approved(task)),
        "status_moves": _moves(task, parts, reach),
        "can": {
            "edit": INITIATOR in parts and not is_over,
            "delete": INITIATOR in parts,
            "comment": True,
            "attach": may_add,
            "divide": may_add and bool(parts) and not is_over,
            "time": bool(parts) and not task.is_draft and "spent" not in kept,
            "ask_due": _may_ask(parts, is_over or asked is not None or "due_at" in kept),
            "ask_approval": INITIATOR in parts and task.is_draft and approval_of(sent) != "waiting",
        },
    }


def _may_ask(parts: frozenset[str], is_settled: bool) -> bool:
    return ASSIGNEE in parts and INITIATOR not in parts and not is_settled


def task_rows(found: Iterable[Any], kind: EntityKind) -> list[dict[str, Any]]:
    """JSON rows of named tuples made by `lean`; two statements, for their people and for their own figures."""
    rows, now = list(found), timezone.now()
    own = figures([row.pk for row in rows])
    drafts = [row.pk for row in rows if row.is_draft]
    sent = standing_requests(drafts) if drafts else {}
    return [
        shown | _figures_of(row, own[row.pk], now) | {"approval": approval_of(sent.get(row.pk))}
        for row, shown in zip(rows, rows_of(rows, kind), strict=True)
    ]


def _figures_of(row: Any, own: Any, now: datetime) -> dict[str, Any]:
    return {
        "late_days": days_late(row.due_at, own.done_at, is_open=row.state == "open", now=now),
        "first_due_at": instant(own.first_due_at),
        "due_moves": own.due_moves,
        "estimate": own.estimate,
        "spent": own.spent,
        "subtasks_count": own.subtasks_count,
        "subtasks_done": own.subtasks_done,
        "blockers_count": own.blockers_count,
        "is_subtask": own.parent_id is not None,
    }


def _request(asked: DueRequest, known: dict[int, Any], actor: Actor, parts: frozenset[str]) -> dict[str, Any]:
    return {
        "id": asked.pk,
        "asker": known[asked.asker_id],
        "due_at": instant(asked.due_at),
        "reason": asked.reason,
        "asked_at": instant(asked.asked_at),
        "can_decide": INITIATOR in parts,
        "can_take_back": asked.asker_id == actor.principal_id,
    }


def approval_of(sent: DraftRequest | None) -> str | None:
    """How a draft stands with its approver: waiting, approved, returned, or None."""
    return (sent.outcome or "waiting") if sent else None


def sent_drafts(requests: Iterable[DraftRequest]) -> dict[UUID, list[tuple[int, dict[str, int]]]]:
    """Sending → (draft, what a decision about it needs) of all that still wait by it; two statements for a page."""
    asked = list(requests)
    approvers = {row.approver_id for row in asked}
    waiting = waiting_by({row.bundle for row in asked}).order_by("task")
    rows = [row for row in waiting if row.approver_id in approvers]
    seen = latest_facts([row.task_id for row in rows]) if rows else {}
    found: dict[UUID, list[tuple[int, dict[str, int]]]] = {}
    for row in rows:
        told = {"request": row.pk, "seen": seen.get(row.task_id, row.seen)}
        found.setdefault(row.bundle, []).append((row.task_id, told))
    return found


def sent_out(sent: DraftRequest, known: dict[int, Any], actor: Actor) -> dict[str, Any]:
    """JSON of how one draft stands with its approver."""
    waits = sent.outcome == DraftRequest.Outcome.WAITING
    together = sent_drafts([sent]).get(sent.bundle, []) if waits else []
    others = [pk for pk, _ in together if pk != sent.task_id]
    shown = briefs(actor, others) if others else {}
    return {
        "approver": known[sent.approver_id],
        "asked_at": instant(sent.asked_at),
        "outcome": approval_of(sent),
        "reason": sent.reason,
        "drafts": [told for _, told in together],
        "others": [shown[pk] for pk in others if pk in shown],
        "can_decide": waits and sent.approver_id == actor.principal_id,
        "can_recall": waits and sent.asker_id == actor.principal_id,
    }


def _moves(task: Any, parts: frozenset[str], reach: CardReach) -> list[dict[str, Any]]:
    """Where among the company's statuses the reader may move the task."""
    ways = [Passage(deed.code, deed.title, deed.target.value, deed.needs_text) for deed in deeds_of(task, parts)]
    return [step_out(step) for step in reach.steps(ways, works=bool(parts) and task.status not in OVER)]


def _anywhere(base: str) -> Way:
    return Way(0)


def actions_of(
    task: Any, parts: frozenset[str], way: Callable[[str], Way | None] = _anywhere, *, approved: bool = False
) -> list[dict[str, Any]]:
    """Buttons in their order; the first that is not dangerous is the main one.

    `way(status)` is the company's move into a status, None where it allows none; `approved` as of `deeds_of`.
    """
    buttons: list[dict[str, Any]] = []
    for deed in deeds_of(task, parts, approved=approved):
        if (found := way(deed.target)) is None:
            continue
        kind = "danger" if deed.is_danger else "default" if buttons else "primary"
        asks = {"asks": wanted_of(deed)} if deed.needs_text else {}
        needs_text = deed.needs_text or found.needs_comment
        title = found.title or deed.title
        buttons.append({"code": deed.code, "title": title, "kind": kind, "needs_text": needs_text} | asks)
    return buttons


def sections_of_my_day(actor: Actor) -> list[dict[str, Any]]:
    """Sections of «Мой день» about tasks, the empty ones too; three queries."""
    kind = registry.kind_of(Task.KIND)
    if not actor.may(kind.view):
        return []
    found = my_day(actor, kind)
    reach = Reach(actor, kind, [row.pk for row in found])
    rows: dict[str, list[dict[str, Any]]] = {code: [] for code, _, _ in _SECTIONS}
    whole = {row.section: row.section_count for row in found}
    for row, shown in zip(found, rows_of(found, kind), strict=True):
        # All rows here are mine to do or given by me, so my part in them is told without looking anything up.
        actions = actions_of(row, parts_of(actor, row, []), partial(reach.way, row))
        rows[row.section].append(shown | {"actions": actions})
    return [
        {"code": code, "title": title, "empty": empty, "items": rows[code], "count": whole.get(code, 0)}
        for code, title, empty in _SECTIONS
    ]


def _listed(principals: Iterable[int], known: dict[int, dict[str, Any]]) -> list[dict[str, Any]]:
    return [known[who] for who in principals if who in known]
