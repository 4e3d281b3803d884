"""«Сейчас»: how many documents stand in which state, at which stage, with whom, and how many of them are late.

The figures are counted over the rows that the list shows to the same person, so that each of them opens its rows.
"""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from core.access.actor import Actor
from core.access.limits import hidden
from core.custom_fields.models import CardType
from core.entities.kinds import EntityKind
from core.entities.models import Entity
from core.organization.people import people
from core.routes.models import Passing, Step
from core.routes.rules import Is, StepIs

from .models import Status
from .queries import rows_asked
from .rules import STATES

# Whoever reads a report looks at those who hold most.
MOST_LINES = 100
_OPEN = [status.value for status, state in STATES.items() if state == Entity.State.OPEN]


def standing_now() -> QuerySet[Passing]:
    """Stages that are being gone through."""
    return Passing.objects.filter(state=Is.OPEN.value)


def held_now(by: Sequence[int] | None = None) -> QuerySet[Step]:
    """What people are asked to decide upon now; `by` are ids of employee cards."""
    rows = Step.objects.filter(state=StepIs.OPEN.value)
    return rows if by is None else rows.filter(principal__employee__in=by)


def report(actor: Actor, kind: EntityKind) -> dict[str, Any]:
    """All figures of the report; a handful of statements whatever their number. Whoever may not see when documents are
    due is not told how many are late."""
    rows, now = rows_asked(actor, kind, {"tab": "all"}, Exists).order_by(), timezone.now()
    is_told = "due_at" not in hidden(actor.limits, kind.code)
    late = Q(state=Entity.State.OPEN, due_at__lt=now) if is_told else Q(state="")
    # Few of all documents are on their way at a time: there is an index by the state.
    moving = rows.filter(status=Status.ON_ROUTE)
    return {
        "types": _types(rows, late, kind),
        "stages": _stages(moving, now),
        "holders": _holders(moving, now),
        "people": _people(rows, late),
    }


def _types(rows: QuerySet[Entity], late: Q, kind: EntityKind) -> list[dict[str, Any]]:
    found = rows.values("status", of=F("custom__type")).annotate(count=Count("pk"), late=Count("pk", filter=late))
    types = CardType.objects.filter(kind=kind.code).order_by("place", "pk")
    lines = {one.pk: _line(one.code, one.title) for one in types}
    own = _line("", kind.title)
    for row in found:
        line = lines.get(row["of"], own)
        line["counts"][row["status"]] = line["counts"].get(row["status"], 0) + row["count"]
        line["total"] += row["count"]
        line["late"] += row["late"]
    return [*lines.values(), own]


def _line(code: str, title: str) -> dict[str, Any]:
    return {"code": code, "title": title, "counts": {}, "total": 0, "late": 0}


def _stages(rows: QuerySet[Entity], now: Any) -> list[dict[str, Any]]:
    seen = standing_now().filter(Exists(rows.filter(pk=OuterRef("run__entity"))))
    named = seen.values("code", route=F("run__version__route"), route_title=F("run__version__route__title"))
    found = named.annotate(
        count=Count("run__entity", distinct=True),
        late=Count("run__entity", distinct=True, filter=Q(due_at__lt=now)),
    )
    told = seen.order_by("pk").values_list("run__version__route", "code", "title")
    titles = {(route, code): title for route, code, title in told}
    lines = [
        {
            "stage": f"{row['route']}.{row['code']}",
            "title": titles[row["route"], row["code"]],
            "route": row["route_title"],
            "count": row["count"],
            "late": row["late"],
        }
        for row in found
    ]
    return sorted(lines, key=lambda line: (-line["late"], -line["count"], line["stage"]))[:MOST_LINES]


def _holders(rows: QuerySet[Entity], now: Any) -> list[dict[str, Any]]:
    seen = held_now().filter(Exists(rows.filter(pk=OuterRef("passing__run__entity"))))
    found = seen.values("principal").annotate(
        count=Count("passing__run__entity", distinct=True),
        late=Count("passing__run__entity", distinct=True, filter=Q(passing__due_at__lt=now)),
    )
    return _persons(found, "principal")


def _people(rows: QuerySet[Entity], late: Q) -> list[dict[str, Any]]:
    # By the states that are open: the index knows them, not what they come to.
    found = rows.filter(status__in=_OPEN, responsible__isnull=False).values("responsible")
    return _persons(found.annotate(count=Count("pk"), late=Count("pk", filter=late)), "responsible")


def _persons(found: Any, column: str) -> list[dict[str, Any]]:
    most = list(found.order_by("-late", "-count", column)[:MOST_LINES])
    known = people({row[column] for row in most})
    return [
        {"person": known[row[column]], "count": row["count"], "late": row["late"]}
        for row in most
        if row[column] in known
    ]
