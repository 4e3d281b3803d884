"""Lists in groups, and their figures: how many rows there are, what they come to, the same for each group.

`group=status` says how, `in_group=new` leaves the rows of one group, so that each is read page by page as any list is.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, Case, CharField, Count, F, Model, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce

from core.compiled import Among
from core.errors import Invalid
from core.organization.people import people

from .filters import PersonFilter, number
from .queries import COUNTED_UP_TO, counted

# The group of the rows that have no value.
NOTHING = "none"


@dataclass(frozen=True)
class Choice:
    """One group that is known beforehand; `key` is the one value of the grouping's `column` that its rows have."""

    value: str
    title: str
    condition: Q
    key: Any = None


@dataclass(frozen=True)
class Total:
    """What is summed up over the rows of a list: an expression over the kind's own model."""

    figure: Callable[[], Any]


class Grouping(Protocol):
    """How rows fall into groups. `choices` are all of them, or None when only the rows tell which there are."""

    def narrowed(self, rows: QuerySet, value: str) -> QuerySet:
        """The rows of one group; ValueError for a value that is none."""
        ...

    def choices(self) -> Sequence[Choice] | None: ...

    def key(self) -> Any:
        """The expression by which rows fall into groups."""
        ...

    def named(self, keys: Collection[Any]) -> dict[Any, dict[str, Any]]:
        """What each key is called, in the order of the groups: {value, title, person}."""
        ...


@dataclass(frozen=True)
class ByChoice:
    """Groups that are known beforehand; each row falls into one of them at most.

    With a `column` each of them is one value of it: however long a list is, its groups are counted in one go, which is
    the shorter way where no index knows a group.
    """

    known: Callable[[], Sequence[Choice]]
    column: str = ""

    def narrowed(self, rows: QuerySet, value: str) -> QuerySet:
        found = next((choice for choice in self.known() if choice.value == value), None)
        if found is None:
            raise ValueError("Такой группы нет")
        return rows.filter(found.condition)

    def choices(self) -> Sequence[Choice] | None:
        return self.known()

    def key(self) -> Any:
        whens = [When(choice.condition, then=Value(choice.value)) for choice in self.known()]
        return Case(*whens, default=Value(NOTHING), output_field=CharField())

    def named(self, keys: Collection[Any]) -> dict[Any, dict[str, Any]]:
        return {choice.value: _group(choice.value, choice.title) for choice in self.known() if choice.value in keys}


@dataclass(frozen=True)
class ByPerson:
    """Groups by a column that points to principals; a group's value is the employee's id. By name, nobody first."""

    column: str
    nobody: str

    def narrowed(self, rows: QuerySet, value: str) -> QuerySet:
        if value == NOTHING:
            return rows.filter(**{f"{self.column}__isnull": True})
        return rows.filter(PersonFilter(self.column).among([number(value)]))

    def choices(self) -> Sequence[Choice] | None:
        return None

    def key(self) -> Any:
        return F(self.column)

    def named(self, keys: Collection[Any]) -> dict[Any, dict[str, Any]]:
        known = people(keys)
        order = sorted((key for key in keys if key in known), key=lambda key: (known[key]["full_name"].lower(), key))
        found = {None: _group(NOTHING, self.nobody)} if None in keys else {}
        return found | {key: _group(str(known[key]["id"]), known[key]["name"], known[key]) for key in order}


@dataclass(frozen=True)
class ByRow:
    """Groups by a column that points to rows with titles. By title, nothing first."""

    column: str
    model: type[Model]
    nothing: str

    def narrowed(self, rows: QuerySet, value: str) -> QuerySet:
        if value == NOTHING:
            return rows.filter(**{f"{self.column}__isnull": True})
        return rows.filter(**{self.column: number(value)})

    def choices(self) -> Sequence[Choice] | None:
        return None

    def key(self) -> Any:
        return F(self.column)

    def named(self, keys: Collection[Any]) -> dict[Any, dict[str, Any]]:
        wanted = [key for key in keys if key is not None]
        rows = self.model._default_manager.filter(pk__in=wanted).values_list("pk", "title") if wanted else []
        order = sorted(rows, key=lambda row: (row[1].lower(), row[0]))
        found: dict[Any, dict[str, Any]] = {None: _group(NOTHING, self.nothing)} if None in keys else {}
        return found | {pk: _group(str(pk), title) for pk, title in order}


def grouping_of(groupings: dict[str, Grouping], code: str) -> Grouping | None:
    """How a list is grouped; None where it is not. Invalid on `group`."""
    if not code:
        return None
    if code not in groupings:
        raise Invalid({"group": f"Можно сгруппировать по: {', '.join(groupings)}"})
    return groupings[code]


def in_group(rows: QuerySet, groupings: dict[str, Grouping], params: Any) -> QuerySet:
    """The rows of the group that `in_group` names; all of them when it does not."""
    value, grouping = params.get("in_group"), grouping_of(groupings, params.get("group", ""))
    if not value or grouping is None:
        return rows
    try:
        return grouping.narrowed(rows, value)
    except ValueError as wrong:
        raise Invalid({"in_group": str(wrong)}) from wrong


def summary_of(
    rows: QuerySet, model: type[Model], grouping: Grouping | None, totals: dict[str, Total]
) -> dict[str, Any]:
    """{count, is_exact, totals, groups} of the rows of a list.

    Counts go up to 10,000. Of more rows there are no totals, and groups only where they are known beforehand, each
    counted up to 10,000 by itself: `groups` is None where there is too much to tell them.
    """
    ids = list(rows.order_by().values_list("pk", flat=True)[: COUNTED_UP_TO + 1])
    if len(ids) > COUNTED_UP_TO:
        return _beyond(rows, grouping)
    cards = model._default_manager.filter(Among("pk", Value(ids, ArrayField(BigIntegerField())))).order_by()
    figures = {name: Coalesce(Sum(total.figure()), 0) for name, total in totals.items()}
    if grouping is None:
        whole = cards.aggregate(**figures) if figures and ids else dict.fromkeys(figures, 0)
        return {"count": len(ids), "is_exact": True, "totals": whole, "groups": None}
    by_key = cards.annotate(group_key=grouping.key()).values("group_key").annotate(rows_count=Count("pk"), **figures)
    found = {row.pop("group_key"): row for row in by_key} if ids else {}
    groups = [
        named | {"count": found[key]["rows_count"], "totals": {name: found[key][name] for name in figures}}
        for key, named in grouping.named(set(found)).items()
    ]
    whole = {name: sum(row[name] for row in found.values()) for name in figures}
    return {"count": len(ids), "is_exact": True, "totals": whole, "groups": groups}


def _beyond(rows: QuerySet, grouping: Grouping | None) -> dict[str, Any]:
    choices = grouping.choices() if grouping else None
    groups = None
    if choices is not None:
        figures = _by_column(rows, grouping.column, choices) if isinstance(grouping, ByChoice) else None
        figures = figures or counted([rows.filter(choice.condition) for choice in choices], COUNTED_UP_TO)
        pairs = zip(choices, figures, strict=True)
        groups = [_group(choice.value, choice.title) | {"count": n, "totals": {}} for choice, n in pairs if n]
    return {"count": COUNTED_UP_TO, "is_exact": False, "totals": {}, "groups": groups}


def _by_column(rows: QuerySet, column: str, choices: Sequence[Choice]) -> list[int] | None:
    """How many rows each choice has, up to as many as are counted; None where no column says it."""
    if not column:
        return None
    found = dict(rows.order_by().values_list(column).annotate(rows_count=Count("pk")))
    return [min(found.get(choice.key, 0), COUNTED_UP_TO) for choice in choices]


def _group(value: str, title: str, person: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"value": value, "title": title, "person": person}
