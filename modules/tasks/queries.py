"""Reading tasks: every question knows who asks."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from core.access.actor import Actor
from core.access.queries import AskedOfEach, own_rows, rows_with_part, visible_rows
from core.context import current_company
from core.entities.kinds import EntityKind
from core.entities.models import Entity, Participant
from core.entities.rest.rows import CardReader, lean
from core.richtext import plain_of

from .models import Status, Task
from .permissions import EDIT, VIEW
from .rules import ASSIGNEE, INITIATOR

TABS = ("mine", "given", "watching", "overdue", "all")
# Nobody reads a larger figure, and counting further would cost the more the larger the company.
COUNTED_UP_TO = 10_000
HOME_ITEMS = 10
_DEPARTMENTAL = ("department", "department_tree")
_FOLLOWS = (Participant.Part.WATCHER, Participant.Part.CO_WORKER)


def rows_of_tab(
    actor: Actor, kind: EntityKind, tab: str, asked: type[Exists] = AskedOfEach, *, own: bool = False
) -> QuerySet[Entity]:
    """Common rows of visible tasks behind one tab; whether they are over is a filter of its own.

    `own` when the caller's filters leave only what he gave or has to do: no further right need be asked of each row.
    """
    me = actor.principal_id
    if tab == "mine":
        return own_rows(actor, kind).filter(responsible=me)
    if tab == "given":
        return own_rows(actor, kind).filter(author=me).exclude(responsible=me)
    if tab == "watching":
        return rows_with_part(actor, kind, _FOLLOWS, asked)
    rows = own_rows(actor, kind) if own else visible_rows(actor, kind, asked)
    if tab == "overdue":
        return rows.filter(state="open", due_at__lt=timezone.now())
    return rows


def counts(actor: Actor, kind: EntityKind) -> dict[str, int]:
    """Open tasks behind each tab, each up to 10,000, in one statement."""
    parts: list[str] = []
    values: list[Any] = []
    for tab in TABS:
        rows = rows_of_tab(actor, kind, tab, Exists).filter(state="open").order_by().values("pk")[:COUNTED_UP_TO]
        text, params = rows.query.sql_with_params()
        parts.append(f"(SELECT count(*) FROM ({text}) AS counted)")
        values += params
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", values)
        return dict(zip(TABS, cursor.fetchone(), strict=True))


def open_mine(actor: Actor) -> int:
    """How many open tasks the actor has to do: the figure in the rail, up to 10,000."""
    if not actor.may(VIEW):
        return 0
    mine = Entity.objects.filter(kind=Task.KIND, trashed_at__isnull=True, state="open", responsible=actor.principal_id)
    return mine.order_by()[:COUNTED_UP_TO].count()


def part_holders(task: Task, part: str) -> list[int]:
    """Principals who hold a part in a task, in the order in which they came."""
    held = Participant.objects.filter(entity_id=task.pk, part=part)
    return list(held.order_by("pk").values_list("principal_id", flat=True))


def parts_of(actor: Actor, task: Entity, co_assignees: list[int]) -> frozenset[str]:
    """Which parts the actor plays: assignee, initiator, both or none. Whoever edits widely plays the initiator."""
    parts = set()
    if actor.principal_id == task.responsible_id or actor.principal_id in co_assignees:
        parts.add(ASSIGNEE)
    if is_initiator(actor, task):
        parts.add(INITIATOR)
    return frozenset(parts)


def is_initiator(actor: Actor, task: Entity) -> bool:
    """Whether the actor may decide over the task: he gave it, or his right to edit reaches beyond his own.

    A head does not judge work given to himself: his reach over the department leaves out what he is to do.
    """
    scope = actor.scope_of(EDIT)
    if scope is None or actor.principal_id == task.author_id or scope == "all":
        return scope is not None
    return scope in _DEPARTMENTAL and actor.principal_id != task.responsible_id and actor.may(EDIT, task)


def my_day(actor: Actor, kind: EntityKind) -> list[Any]:
    """Lean rows of «Мой день», each in one section, at most ten of a section, with the section's whole count.

    Sections: `overdue` and `today` (mine by due moment in the company's zone), `to_review` (given by me and handed
    in), `new_for_me` (not accepted yet).
    """
    now, me = timezone.now(), actor.principal_id
    zone = ZoneInfo(current_company().time_zone)
    midnight = datetime.combine(now.astimezone(zone).date() + timedelta(days=1), time.min, tzinfo=zone)
    mine = Q(responsible=me)
    sections = Case(
        When(mine & Q(due_at__lt=now), then=Value("overdue")),
        When(mine & Q(due_at__lt=midnight), then=Value("today")),
        When(Q(author=me, status=Status.IN_REVIEW), then=Value("to_review")),
        default=Value("new_for_me"),
    )
    wanted = mine & (Q(due_at__lt=midnight) | Q(status=Status.NEW)) | Q(author=me, status=Status.IN_REVIEW)
    soonest = (F("due_at").asc(nulls_last=True), F("pk").asc())
    ranked = (
        own_rows(actor, kind)
        .filter(wanted, state="open")
        .annotate(
            section=sections,
            place=Window(RowNumber(), partition_by=F("section"), order_by=soonest),
            section_count=Window(Count("pk"), partition_by=F("section")),
        )
    )
    first = ranked.filter(place__lte=HOME_ITEMS).order_by("section", "place")
    return list(lean(first, kind, "section", "section_count"))


def searched(card_ids: Sequence[int]) -> dict[int, list[str]]:
    """What tasks can be found by beside number and title."""
    rows = Task.objects.filter(pk__in=card_ids).exclude(description="").values_list("pk", "description")
    return {pk: [plain_of(text)] for pk, text in rows}


def _holders(part: str) -> ArraySubquery:
    held = Participant.objects.filter(entity=OuterRef("pk"), part=part).order_by("pk")
    return ArraySubquery(held.values("principal_id"))


whole_card = CardReader(
    "description",
    "done_at",
    watcher_ids=partial(_holders, Participant.Part.WATCHER),
    co_assignee_ids=partial(_holders, Participant.Part.CO_WORKER),
)
