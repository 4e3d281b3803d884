"""«Поручения»: how each person stands with what he was given."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet
from django.utils import timezone

from core.access.actor import Actor
from core.access.queries import own_rows, within
from core.entities.kinds import EntityKind
from core.entities.models import Entity
from core.links.models import EntityLink
from core.organization.models import Department, Employee

from .models import Status
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


def performers(actor: Actor, tasks: QuerySet[Entity], whose: str, department: int | None) -> QuerySet[Employee]:
    """Whose work is reported, as cards of employees."""
    found = Employee.objects.filter(trashed_at__isnull=True)
    if department is not None:
        below = Department.objects.filter(path__contains=[department]).values("pk")
        found = found.filter(department__in=below)
    if whose == GIVEN:
        # What one person gives is little: his open tasks name whom they were given to.
        return found.filter(principal__in=list(tasks.order_by().values_list("responsible", flat=True).distinct()))
    scope = actor.scope_of(VIEW)
    if scope != "all":
        place = Q(department=actor.department_id)
        if scope == "department_tree":
            mine = Department.objects.filter(path__contains=[actor.department_id]).values("pk")
            place = Q(department__in=mine)
        found = found.filter(place)
    return found.filter(Exists(tasks.filter(responsible=OuterRef("principal"))))


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
