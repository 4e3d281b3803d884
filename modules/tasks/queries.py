"""Reading tasks: every question knows who asks."""

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import replace
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
    Window,
)
from django.db.models.functions import Coalesce, RowNumber
from django.utils import timezone

from core.access.actor import Actor
from core.access.limits import hidden
from core.access.queries import AskedOfEach, own_rows, rows_with_part, visible_rows, within
from core.compiled import Among, Compiled, Slot, Written, written
from core.context import current_company
from core.entities.kinds import EntityKind
from core.entities.models import Entity, Participant
from core.entities.rest.rows import CardReader, lean
from core.errors import Invalid
from core.links.models import EntityLink
from core.options.queries import option
from core.rest.filters import among_few
from core.rest.queries import COUNTED_UP_TO, counted
from core.richtext import plain_of
from core.statuses.queries import shown_scheme

from .models import DueRequest, Status, Task, TaskTemplate, TimeEntry
from .options import NEEDS_APPROVAL, OWN_WITHOUT_REVIEW, REPORT_REQUIRED
from .permissions import EDIT, VIEW
from .rules import ASSIGNEE, DEEPEST, INITIATOR, MOST_SUBTASKS, Deed, offered

TABS = ("mine", "given", "watching", "overdue", "drafts", "all")
HOME_ITEMS = 10
_DEPARTMENTAL = ("department", "department_tree")
_DEPENDS = "depends_on"
# The bound of the depth ends a walk even through rows that somebody has tied into a ring by hand.
_BELOW = """
WITH RECURSIVE below (id, depth) AS (
  SELECT entity_ptr_id, 1 FROM tasks_task WHERE parent_id = %s
  UNION ALL
  SELECT t.entity_ptr_id, depth + 1 FROM below JOIN tasks_task t ON t.parent_id = below.id WHERE depth < %s)
SELECT id, depth FROM below"""
_ABOVE = """
WITH RECURSIVE above (id, depth) AS (
  SELECT parent_id, 1 FROM tasks_task WHERE entity_ptr_id = %s AND parent_id IS NOT NULL
  UNION ALL
  SELECT t.parent_id, depth + 1 FROM above JOIN tasks_task t ON t.entity_ptr_id = above.id
  WHERE t.parent_id IS NOT NULL AND depth < %s)
SELECT id FROM above ORDER BY depth"""
_HOLD_TREES = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"
_OWN_TABS = frozenset({"mine", "given", "drafts"})
_FOLLOWS = (Participant.Part.WATCHER, Participant.Part.CO_WORKER)


def rows_of_tab(
    actor: Actor, kind: EntityKind, tab: str, asked: type[Exists] = AskedOfEach, *, own: bool = False
) -> QuerySet[Entity]:
    """Common rows of visible tasks behind one tab; whether they are over is a filter of its own.

    `own` when the caller's filters leave only what he gave or has to do: no further right need be asked of each row.
    """
    if tab == "watching":
        return rows_with_part(actor, kind, _FOLLOWS, asked).filter(is_draft=False)
    rows = own_rows(actor, kind) if own or tab in _OWN_TABS else visible_rows(actor, kind, asked)
    return rows.filter(of_tab(actor, tab))


def of_tab(actor: Actor, tab: str, *, each: bool = False) -> Q:
    """What one tab asks of a task that the actor sees; `each` as for a filter of the list."""
    me = actor.principal_id
    if tab == "watching":
        held = Participant.objects.filter(principal=me, part__in=_FOLLOWS)
        return among_few(held, "entity", each=each) & Q(is_draft=False)
    given, late = Q(author=me) & ~Q(responsible=me), Q(state="open", due_at__lt=timezone.now())
    narrowed = {"mine": Q(responsible=me), "given": given, "drafts": Q(author=me), "overdue": late}
    return Q(is_draft=tab == "drafts") & narrowed.get(tab, Q())


def must_see_tab(actor: Actor, kind: EntityKind, tab: str) -> None:
    """Invalid on `tab` for one that there is not, or that would tell the actor what is hidden from him."""
    if tab not in TABS:
        raise Invalid({"tab": f"Ожидается одно из: {', '.join(TABS)}"})
    if tab == "overdue" and "due_at" in hidden(actor.limits, kind.code):
        raise Invalid({"tab": "Срок вам не виден, поэтому и просроченные не найти"})


def rows_asked(
    actor: Actor, kind: EntityKind, params: Mapping[str, str], asked: type[Exists] = AskedOfEach
) -> QuerySet[Entity]:
    """Rows of the tab that the parameters of a list name, before its grammar narrows them. Invalid on `tab`."""
    tab = params.get("tab", "all")
    must_see_tab(actor, kind, tab)
    own = str(actor.employee_id) in (params.get("assignee"), params.get("initiator"))
    return rows_of_tab(actor, kind, tab, asked, own=own)


def counts(actor: Actor, kind: EntityKind) -> dict[str, int]:
    """Open tasks behind each tab, each up to 10,000, in one statement."""
    tabs = [rows_of_tab(actor, kind, tab, Exists).filter(state="open") for tab in TABS]
    return dict(zip(TABS, counted(tabs), strict=True))


def open_mine(actor: Actor) -> int:
    """How many open tasks the actor has to do: the figure in the rail, up to 10,000."""
    if not actor.may(VIEW):
        return 0
    living = Entity.objects.filter(kind=Task.KIND, trashed_at__isnull=True, state="open", is_draft=False)
    mine = living.filter(responsible=actor.principal_id)
    return mine.order_by()[:COUNTED_UP_TO].count()


def part_holders(task: Entity, part: str) -> list[int]:
    """Principals who hold a part in a task, in the order in which they came."""
    held = Participant.objects.filter(entity_id=task.pk, part=part)
    return list(held.order_by("pk").values_list("principal_id", flat=True))


def parts_of(actor: Actor, task: Entity, co_assignees: list[int]) -> frozenset[str]:
    """Which parts the actor plays: assignee, initiator, both or none. Whoever edits widely plays the initiator."""
    return _parts(actor, task, actor.principal_id in co_assignees, is_initiator(actor, task))


def parts_of_each(actor: Actor, tasks: Sequence[Any]) -> dict[int, frozenset[str]]:
    """The same of many tasks or rows of them, by id; two statements at most for all of them."""
    ids = [task.pk for task in tasks]
    if not ids:
        return {}
    held = Participant.objects.filter(entity__in=ids, principal=actor.principal_id, part=Participant.Part.CO_WORKER)
    helping, reached = set(held.values_list("entity_id", flat=True)), set[int]()
    if actor.scope_of(EDIT) in _DEPARTMENTAL:
        reached = set(within(actor, EDIT, Entity.objects.filter(pk__in=ids)).values_list("pk", flat=True))
    return {
        task.pk: _parts(actor, task, task.pk in helping, _decides(actor, task, lambda one: one.pk in reached))
        for task in tasks
    }


def is_initiator(actor: Actor, task: Entity) -> bool:
    """Whether the actor may decide over the task: he gave it, or his right to edit reaches beyond his own.

    A draft is its author's: whoever approves it says yes or no to what stands there. A head does not judge work given
    to himself: his reach over the department leaves out what he is to do.
    """
    return _decides(actor, task, lambda one: actor.may(EDIT, one))


def _decides(actor: Actor, task: Any, reaches: Callable[[Any], bool]) -> bool:
    scope = actor.scope_of(EDIT)
    if task.is_draft and actor.principal_id != task.author_id:
        return False
    if scope is None or actor.principal_id == task.author_id or scope == "all":
        return scope is not None
    return scope in _DEPARTMENTAL and actor.principal_id != task.responsible_id and reaches(task)


def _parts(actor: Actor, task: Any, helps: bool, decides: bool) -> frozenset[str]:
    # Nobody works on a draft yet, be it he who is asked to approve it.
    does = (helps or actor.principal_id == task.responsible_id) and (decides or not task.is_draft)
    parts = {ASSIGNEE} if does else set()
    return frozenset(parts | ({INITIATOR} if decides else set()))


def end_of_today() -> datetime:
    """The coming midnight in the company's zone."""
    zone = ZoneInfo(current_company().time_zone)
    return datetime.combine(timezone.now().astimezone(zone).date() + timedelta(days=1), time.min, tzinfo=zone)


def my_day(actor: Actor, kind: EntityKind) -> list[Any]:
    """Lean rows of «Мой день», each in one section, at most ten of a section, with the section's whole count.

    Sections: `overdue` and `today` (mine by due moment in the company's zone), `to_review` (given by me and handed
    in), `new_for_me` (not accepted yet). From whoever may not know when a task is due neither section nor place tells.
    """
    now, me, midnight = timezone.now(), actor.principal_id, end_of_today()
    mine, is_shut = Q(responsible=me), "due_at" in hidden(actor.limits, kind.code)
    late, soon = (Q(pk__in=()), Q(pk__in=())) if is_shut else (Q(due_at__lt=now), Q(due_at__lt=midnight))
    sections = Case(
        When(mine & late, then=Value("overdue")),
        When(mine & soon, then=Value("today")),
        When(Q(author=me, status=Status.IN_REVIEW), then=Value("to_review")),
        default=Value("new_for_me"),
    )
    wanted = mine & (soon | Q(status=Status.NEW)) | Q(author=me, status=Status.IN_REVIEW)
    soonest = (*(() if is_shut else (F("due_at").asc(nulls_last=True),)), F("pk").asc())
    ranked = (
        own_rows(actor, kind)
        .filter(wanted, state="open", is_draft=False)
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


def templates_searched(card_ids: Sequence[int]) -> dict[int, list[str]]:
    """The same for templates."""
    rows = TaskTemplate.objects.filter(pk__in=card_ids).exclude(description="").values_list("pk", "description")
    return {pk: [plain_of(text)] for pk, text in rows}


def is_alone(task: Any) -> bool:
    """Whether whoever gave the task does it himself, and the company lets him close it unchecked."""
    return task.author_id == task.responsible_id and option(OWN_WITHOUT_REVIEW)


def needs_text(deed: Deed) -> bool:
    """Whether the deed asks for words: by itself, or because the company wants a report of what was done."""
    return deed.needs_text or (deed.code == "submit" and option(REPORT_REQUIRED))


def deeds_of(task: Any, parts: Set[str], *, approved: bool = False) -> list[Deed]:
    """Buttons of a person with these parts in a task or a row of one, as the company has decided about them; `approved`
    when somebody has approved the draft as it stands."""
    found = offered(task.status, parts, alone=is_alone(task))
    if task.status == Status.DRAFT and not approved and option(NEEDS_APPROVAL):
        found = []
    return [replace(deed, needs_text=True) if needs_text(deed) else deed for deed in found]


def hold_trees() -> None:
    """Let nobody else move branches of tasks until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(_HOLD_TREES, [f"tasks.trees:{current_company().schema}"])


def subtasks_of(actor: Actor, kind: EntityKind, task_id: int) -> list[Any]:
    """Lean rows of the living subtasks right below a task that the actor may see, in the order of their making."""
    below = Task.objects.filter(parent=task_id, trashed_at__isnull=True)
    return list(lean(within(actor, kind.view, below).order_by("pk"), kind)[:MOST_SUBTASKS])


def hidden_below(actor: Actor, kind: EntityKind, task_id: int) -> int:
    """How many living subtasks right below a task the actor may not see; of private ones and drafts nobody hears."""
    below = Task.objects.filter(parent=task_id, trashed_at__isnull=True, is_private=False, is_draft=False)
    return below.count() - within(actor, kind.view, below).count()


def open_below(task: Task) -> list[int]:
    """Ids of the open tasks below one, all levels of them; drafts and private parts of a task that is not private
    live on their own."""
    with connection.cursor() as cursor:
        cursor.execute(_BELOW, [task.pk, DEEPEST + 1])
        ids = [row[0] for row in cursor.fetchall()]
    living = Entity.objects.filter(pk__in=ids, state="open", trashed_at__isnull=True, is_draft=False)
    told = living if task.is_private else living.filter(is_private=False)
    return list(told.order_by("pk").values_list("pk", flat=True))


def above(task_id: int) -> list[int]:
    """Ids of the tasks over one, the nearest first."""
    with connection.cursor() as cursor:
        cursor.execute(_ABOVE, [task_id, 2 * DEEPEST])
        return [row[0] for row in cursor.fetchall()]


def levels_below(task_id: int) -> int:
    """How many levels of subtasks hang under a task."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT coalesce(max(depth), 0) FROM ({_BELOW}) AS found", [task_id, 2 * DEEPEST])
        return cursor.fetchone()[0]


def waiting_for(task_id: int) -> list[Task]:
    """Open tasks that depend on this one and on no other open card any more."""
    waiting = EntityLink.objects.filter(target=task_id, relation=_DEPENDS).values("source_id")
    still = blocking_links().values("source")
    rows = Task.objects.filter(pk__in=waiting, state="open", trashed_at__isnull=True, is_draft=False)
    return list(rows.filter(~Exists(still)).order_by("pk"))


def waits_among(ids: Sequence[int]) -> list[tuple[int, int]]:
    """Pairs of these tasks of which the first depends on the second."""
    links = EntityLink.objects.filter(source__in=ids, target__in=ids, relation=_DEPENDS)
    return list(links.order_by("pk").values_list("source_id", "target_id"))


def blockers_of(task_id: int) -> int:
    """How many open cards a task depends on."""
    return blocking_links([task_id]).count()


def figures(ids: list[int]) -> dict[int, Any]:
    """What a row tells of a task besides the common columns, by id; one compiled statement for a page."""
    return {row.pk: row for row in _figures.rows(ids=ids)} if ids else {}


def blocking_links(task_ids: Sequence[int] | None = None) -> QuerySet[EntityLink]:
    """Links of these tasks, or of `OuterRef("pk")`, to the open cards that they depend on."""
    # What the reader might not see is not counted for him.
    return EntityLink.objects.filter(
        Q(source=OuterRef("pk")) if task_ids is None else Q(source__in=task_ids),
        relation=_DEPENDS,
        target__state="open",
        target__trashed_at__isnull=True,
        target__is_private=False,
        target__is_draft=False,
    ).order_by()


def _tally(rows: QuerySet, by: str, figure: Any) -> Coalesce:
    return Coalesce(Subquery(rows.order_by().values(by).annotate(figure=figure).values("figure")), 0)


def _subtasks() -> QuerySet[Task]:
    # Nobody learns of private parts of an open task; those of a private one are known to its participants anyway.
    told = Q(is_private=False) | Q(is_private=OuterRef("is_private"))
    living = Task.objects.filter(told, parent=OuterRef("pk"), trashed_at__isnull=True, is_draft=False)
    return living.exclude(state="cancelled")


def _time() -> QuerySet[TimeEntry]:
    return TimeEntry.objects.filter(task=OuterRef("pk"), minutes__isnull=False)


def spent_figure() -> Coalesce:
    """Subquery: minutes of everybody on the task `OuterRef("pk")`."""
    return _tally(_time(), "task", Sum("minutes"))


def _figure(make: Callable[[], Coalesce]) -> Written:
    # As SQL, because Django would convert what PostgreSQL counts once more in Python.
    return written(Task.objects.annotate(figure=make()), "figure")


_TALLIES: dict[str, Callable[[], Written]] = {
    "subtasks_count": lambda: _figure(lambda: _tally(_subtasks(), "parent", Count("pk"))),
    "subtasks_done": lambda: _figure(lambda: _tally(_subtasks().filter(state="done"), "parent", Count("pk"))),
    "spent": lambda: _figure(spent_figure),
    "blockers_count": lambda: _figure(lambda: _tally(blocking_links(), "source", Count("pk"))),
}
_OWN = ("done_at", "parent_id", "first_due_at", "due_moves", "estimate", "release_at")


def _own_columns() -> QuerySet:
    rows = Task.objects.filter(Among("pk", Slot("ids", ArrayField(BigIntegerField()))))
    return rows.annotate(**{name: make() for name, make in _TALLIES.items()}).values_list("pk", *_OWN, *_TALLIES)


_figures = Compiled(_own_columns)


def _holders(part: str) -> ArraySubquery:
    held = Participant.objects.filter(entity=OuterRef("pk"), part=part).order_by("pk")
    return ArraySubquery(held.values("principal_id"))


def _asked() -> Subquery:
    return Subquery(DueRequest.objects.filter(task=OuterRef("pk"), outcome="").values("pk")[:1])


def _my_timer() -> Subquery:
    mine = TimeEntry.objects.filter(task=OuterRef("pk"), person=Slot("me", BigIntegerField()), ended_at__isnull=True)
    return Subquery(mine.values("started_at")[:1])


whole_card = CardReader(
    "description",
    *_OWN,
    watcher_ids=partial(_holders, Participant.Part.WATCHER),
    co_assignee_ids=partial(_holders, Participant.Part.CO_WORKER),
    request_id=_asked,
    timer_started_at=_my_timer,
    scheme=shown_scheme,
    **_TALLIES,
)
