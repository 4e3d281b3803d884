"""Into what groups cards on their way fall: by the stage at which they stand, by whoever they wait for.

A card that waits at several places at once falls where it has waited the longest: each row is in one group.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from core.organization.models import Employee
from core.rest.filters import among_few, number
from core.rest.groups import NOTHING, ByPerson, Choice

from ..models import Passing, Step
from ..rules import Is, StepIs


@dataclass(frozen=True)
class ByStage:
    """Groups by the title of the stage; `nothing` is said of cards that are on no route."""

    nothing: str

    def narrowed(self, rows: QuerySet, value: str) -> QuerySet:
        standing = Passing.objects.filter(state=Is.OPEN.value, run__outcome="")
        if value == NOTHING:
            return rows.exclude(among_few(standing, "run__entity"))
        # Those at the stage are few; which of them have it as their first is asked of these alone.
        rows = rows.filter(among_few(standing.filter(title=value), "run__entity"))
        return rows.alias(stage_stood=self.key()).filter(stage_stood=value)

    def choices(self) -> Sequence[Choice] | None:
        return None

    def key(self) -> Any:
        standing = Passing.objects.filter(run__entity=OuterRef("pk"), run__outcome="", state=Is.OPEN.value)
        return Subquery(standing.order_by("pk").values("title")[:1])

    def named(self, keys: Collection[Any]) -> dict[Any, dict[str, Any]]:
        found: dict[Any, dict[str, Any]] = {}
        if None in keys:
            found[None] = {"value": NOTHING, "title": self.nothing, "person": None}
        titles = sorted((key for key in keys if key is not None), key=str.lower)
        return found | {title: {"value": title, "title": title, "person": None} for title in titles}


@dataclass(frozen=True)
class ByHolder(ByPerson):
    """Groups by whoever is asked; `nobody` is said of cards that wait for nobody."""

    def narrowed(self, rows: QuerySet, value: str) -> QuerySet:
        asked = Step.objects.filter(state=StepIs.OPEN.value, passing__run__outcome="")
        if value == NOTHING:
            return rows.exclude(among_few(asked, "passing__run__entity"))
        who = Employee.objects.filter(pk=number(value)).values_list("principal_id", flat=True).first()
        rows = rows.filter(among_few(asked.filter(principal=who), "passing__run__entity"))
        return rows.alias(held_by=self.key()).filter(held_by=who)

    def key(self) -> Any:
        asked = Step.objects.filter(
            passing__run__entity=OuterRef("pk"), passing__run__outcome="", state=StepIs.OPEN.value
        )
        return Subquery(asked.order_by("pk").values("principal_id")[:1])
