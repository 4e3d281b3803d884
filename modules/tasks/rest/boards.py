"""What tasks are laid out by, and what moving one means.

By status: the deed that leads there. By assignee, due moment or importance: a PATCH, as in the card, with its reasons.
"""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils import timezone

from core.access.actor import Actor
from core.context import current_company
from core.entities.kinds import EntityKind
from core.entities.models import Entity
from core.entities.rest.rows import instant
from core.rest.boards import Asked, Board, Column, Columns, Move, by_person
from modules.tasks.models import Status
from modules.tasks.queries import deeds_of, parts_of_each
from modules.tasks.rules import INITIATOR, OVER, STATES, due_buckets

# In the order in which work goes on.
_STATUSES = (
    Status.DRAFT,
    Status.NEW,
    Status.ACCEPTED,
    Status.IN_WORK,
    Status.RETURNED,
    Status.IN_REVIEW,
    Status.CLOSED,
    Status.CANCELLED,
)
_PRIORITIES = (Entity.Priority.URGENT, Entity.Priority.IMPORTANT, Entity.Priority.NORMAL)
_BUCKETS = {"today": "Сегодня", "tomorrow": "Завтра", "week": "На этой неделе", "later": "Позже"}
_ANYWHERE = (Move(),)


def _by_status(asked: Asked) -> Columns:
    """All that a task may be; what the filters shut out stays as an empty column to move to."""
    drafts = asked.params.get("tab") == "drafts"
    states, statuses = _chosen(asked, "state"), _chosen(asked, "status")
    shown = [
        Column(
            status.value,
            str(status.label),
            Q(status=status.value),
            holds=(not states or STATES[status] in states)
            and (not statuses or status.value in statuses)
            and (status == Status.DRAFT) == drafts,
        )
        for status in _STATUSES
        if drafts or status != Status.DRAFT
    ]
    return Columns(shown)


def _by_priority(asked: Asked) -> Columns:
    shown = [
        Column(each.name.lower(), str(each.label), Q(priority=each.value), {"priority": each.name.lower()})
        for each in _PRIORITIES
    ]
    return Columns(shown)


def _by_due(asked: Asked) -> Columns:
    """Overdue, today, tomorrow, this week, later, none; what is over and past stands apart where it is shown at all."""
    states = _chosen(asked, "state")
    ended = not states or bool(states - {"open"})
    shown = []
    for bucket in due_buckets(timezone.now(), ZoneInfo(current_company().time_zone)):
        within = Q()
        if bucket.since:
            within &= Q(due_at__gte=bucket.since)
        if bucket.until:
            within &= Q(due_at__lt=bucket.until)
        if bucket.code == "past":
            holds = not states or "open" in states
            shown.append(Column("overdue", "Просрочено", within & Q(state="open"), holds=holds))
            shown += [Column("past", "Завершены", within & ~Q(state="open"))] if ended else []
            continue
        shown.append(Column(bucket.code, _BUCKETS[bucket.code], within, {"due_at": instant(bucket.offered)}))
    return Columns([*shown, Column("none", "Без срока", Q(due_at__isnull=True), {"due_at": None})])


def _chosen(asked: Asked, name: str) -> set[str]:
    return {one for one in asked.params.get(name, "").split(",") if one}


def _deeds(actor: Actor, kind: EntityKind, rows: Sequence[Any]) -> dict[int, Sequence[Move]]:
    parts = parts_of_each(actor, rows)
    return {
        row.pk: [
            Move(deed.target.value, deed.code, deed.title, deed.needs_text) for deed in deeds_of(row, parts[row.pk])
        ]
        for row in rows
    }


def _changes(actor: Actor, kind: EntityKind, rows: Sequence[Any]) -> dict[int, Sequence[Move]]:
    parts = parts_of_each(actor, rows)
    return {row.pk: _ANYWHERE for row in rows if INITIATOR in parts[row.pk] and row.status not in OVER}


BOARDS = {
    "status": Board(_by_status, _deeds),
    "assignee": Board(by_person("responsible", "assignee"), _changes),
    "due": Board(_by_due, _changes),
    "priority": Board(_by_priority, _changes),
}
