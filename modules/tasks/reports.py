"""«Поручения», how each person stands with what he was given, and «Загрузка», how much of his time is taken."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, Greatest, TruncDate
from django.utils import timezone

from core.access.actor import Actor
from core.access.queries import own_rows, within
from core.entities.kinds import EntityKind
from core.entities.models import Entity
from core.links.models import EntityLink
from core.organization.models import Department, Employee

from .models import Status, Task, TimeEntry
from .permissions import VIEW
from .queries import blocking_links

GIVEN, REACH = "given", "reach"


@dataclass(frozen=True)
class Period:
    """Due moments that are looked at; either end may be open."""

    since: datetime | None = None
    until: datetime | None = None

    @property
    def condition(self) -> Q:
        condition = Q()
        if self.since:
            condition &= Q(due_at__gte=self.since)
        if self.until:
            condition &= Q(due_at__lt=self.until)
        return condition


def may_reach(actor: Actor) -> bool:
    """Whether the actor sees the work of others by his place, not only what he himself gave."""
    return actor.scope_of(VIEW) in ("department", "department_tree", "all")


def assignments(actor: Actor, kind: EntityKind, whose: str, period: Period) -> QuerySet[Entity]:
    """Open tasks that are reported: given by the actor to others, or done by the people below him."""
    rows = own_rows(actor, kind).filter(author=actor.principal_id).exclude(responsible=actor.principal_id)
    if whose == REACH:
        rows = within(actor, VIEW, Entity.objects.filter(kind=kind.code, trashed_at__isnull=True))
    return rows.filter(period.condition, state="open", is_draft=False)


def of_person(actor: Actor, kind: EntityKind, whose: str, employee: int, period: Period) -> QuerySet[Entity]:
    """The reported tasks of one person, known by his card; none for whom the report would not show."""
    tasks = assignments(actor, kind, whose, period)
    shown = performers(actor, tasks, whose, None).filter(pk=employee).values("principal")
    return tasks.filter(responsible__in=list(shown.values_list("principal", flat=True)))


def blockers(task_ids: Sequence[int]) -> dict[int, dict[int, int | None]]:
    """Task → the open cards that it waits for → who is responsible for each (a principal); one statement."""
    found: dict[int, dict[int, int | None]] = {}
    rows = blocking_links(task_ids).order_by("target_id")
    for task, card, who in rows.values_list("source_id", "target_id", "target__responsible_id"):
        found.setdefault(task, {})[card] = who
    return found


def performers(actor: Actor, tasks: QuerySet[Entity], whose: str, department: int | None) -> QuerySet[Employee]:
    """Whose work is reported, as cards of employees."""
    found = Employee.objects.filter(trashed_at__isnull=True)
    if department is not None:
        below = Department.objects.filter(path__contains=[department]).values("pk")
        found = found.filter(department__in=below)
    if whose == GIVEN:
        # What one person gives is little: his open tasks name whom they were given to.
        return found.filter(principal__in=list(tasks.order_by().values_list("responsible", flat=True).distinct()))
    return found.filter(_in_reach(actor), Exists(tasks.filter(responsible=OuterRef("principal"))))


def workforce(actor: Actor, department: int | None) -> QuerySet[Employee]:
    """Working people all of whose tasks the actor may see by his place, himself at the least; busy or free."""
    found = Employee.objects.filter(status=Employee.Status.WORKS, trashed_at__isnull=True)
    if department is not None:
        below = Department.objects.filter(path__contains=[department]).values("pk")
        found = found.filter(department__in=below)
    if actor.scope_of(VIEW) == "all":
        return found
    mine = Q(principal=actor.principal_id)
    return found.filter(mine | _in_reach(actor) if may_reach(actor) else mine)


def _in_reach(actor: Actor) -> Q:
    """Employees who sit where the actor's right to see reaches."""
    scope = actor.scope_of(VIEW)
    if scope == "all":
        return Q()
    if scope == "department_tree":
        mine = Department.objects.filter(path__contains=[actor.department_id]).values("pk")
        return Q(department__in=mine)
    # Those who sit nowhere are nobody's colleagues.
    return Q(department=actor.department_id, department__isnull=False)


def load_of(
    actor: Actor, kind: EntityKind, principals: Sequence[int], since: datetime, until: datetime, zone: ZoneInfo
) -> dict[int, dict[date, dict[str, int]]]:
    """Principal → day → his open tasks that are due then: how many, what is left of their estimates in minutes, and how
    many have none. Days are those of the zone; two statements: few cards have an estimate to be brought along."""
    loading = {"state": "open", "is_draft": False, "trashed_at": None, "responsible__in": principals}
    loading |= {"kind": kind.code, "due_at__gte": since, "due_at__lt": until}
    cards = within(actor, kind.view, Entity.objects.filter(**loading))
    found: dict[int, dict[date, dict[str, int]]] = {}
    for who, day, tasks in _by_day(cards, zone).annotate(tasks=Count("pk")).values_list("responsible", "day", "tasks"):
        found.setdefault(who, {})[day] = {"tasks": tasks, "minutes": 0, "unestimated": tasks}
    estimated = within(actor, kind.view, Task.objects.filter(**loading, estimate__isnull=False))
    sums = _by_day(estimated.annotate(left=Greatest(F("estimate") - _spent(), 0)), zone)
    told = sums.annotate(minutes=Sum("left"), tasks=Count("pk"))
    for who, day, minutes, tasks in told.values_list("responsible", "day", "minutes", "tasks"):
        # A card that came between the two statements is told when the page is asked again.
        if figures := found.get(who, {}).get(day):
            figures["minutes"] = minutes
            figures["unestimated"] = max(0, figures["unestimated"] - tasks)
    return found


def _by_day(cards: QuerySet[Any], zone: ZoneInfo) -> QuerySet[Any]:
    return cards.annotate(day=TruncDate("due_at", tzinfo=zone)).order_by().values("responsible", "day")


def _spent() -> Coalesce:
    """Minutes that were written down for a task."""
    entries = TimeEntry.objects.filter(task=OuterRef("pk"), minutes__isnull=False).order_by().values("task")
    return Coalesce(Subquery(entries.annotate(spent=Sum("minutes")).values("spent")), 0)


def overdue_of(actor: Actor, kind: EntityKind, principals: Sequence[int]) -> dict[int, int]:
    """Principal → how many of his open tasks are late; one statement."""
    rows = within(actor, kind.view, Entity.objects.filter(kind=kind.code, trashed_at__isnull=True))
    late = rows.filter(state="open", is_draft=False, responsible__in=principals, due_at__lt=timezone.now())
    return dict(late.order_by().values_list("responsible").annotate(count=Count("pk")))


def figures_of(tasks: QuerySet[Entity], principals: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Principal → his figures; two statements over the open tasks of these people."""
    now = timezone.now()
    late = Q(due_at__lt=now)
    theirs = tasks.filter(responsible__in=principals).order_by().values("responsible")
    counted = theirs.annotate(
        open=Count("pk"),
        overdue=Count("pk", filter=late),
        oldest=Min("due_at", filter=late),
        not_accepted=Count("pk", filter=Q(status=Status.NEW)),
        in_review=Count("pk", filter=Q(status=Status.IN_REVIEW)),
        returned=Count("pk", filter=Q(status=Status.RETURNED)),
        urgent=Count("pk", filter=Q(priority=Entity.Priority.URGENT)),
        blocked=Count("pk", filter=Exists(blocking_links())),
        moves=Coalesce(Sum("task__due_moves"), 0),
    )
    holds = _held_up(tasks, principals)
    return {row["responsible"]: _line(dict(row), now, holds) for row in counted}


def _line(row: dict[str, Any], now: datetime, holds: dict[int, int]) -> dict[str, Any]:
    oldest, who = row.pop("oldest"), row.pop("responsible")
    return row | {"late_days": (now - oldest).days if oldest else None, "holds_up": holds.get(who, 0)}


def _held_up(tasks: QuerySet[Entity], principals: Sequence[int]) -> dict[int, int]:
    """Principal → how many of the reported tasks wait for open cards of his."""
    links = EntityLink.objects.filter(
        relation="depends_on",
        target__responsible__in=principals,
        target__state="open",
        target__trashed_at__isnull=True,
        target__is_private=False,
        target__is_draft=False,
    )
    reported = links.filter(Exists(tasks.filter(pk=OuterRef("source"))))
    waiting = reported.order_by().values(who=F("target__responsible")).annotate(count=Count("source", distinct=True))
    return {row["who"]: row["count"] for row in waiting}
