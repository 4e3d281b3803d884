"""One grammar of filters and sorts for every list: `field=a,b`, `field__gte=`, `field__lte=`, `field__isnull=`."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.utils.dateparse import parse_datetime

from core.access.queries import AskedOfEach
from core.compiled import Among
from core.errors import Invalid
from core.organization.models import Employee

RESERVED = frozenset({"cursor", "limit", "ordering", "search", "tab", "format", "display", "with", "group", "in_group"})
# Of an address: how a list is put in order and shown, not what is in it.
SHAPE = frozenset({"order", "ordering", "group", "in_group", "display", "with"})
_MAX_VALUES = 100
# As for words of titles: so many cards are found at once, of more each card is asked.
FEW_MATCHES = 7_000
Search = Callable[[str, bool], Q]


@dataclass(frozen=True)
class Filter:
    """One field of the grammar. `column` is what is compared; `read` turns text into a value, ValueError when wrong.

    With `each` it is asked of single cards and looks nothing up beforehand (see `among_few`). A card may have no value
    of what `may_lack`.
    """

    may_lack: ClassVar[bool] = True
    column: str
    read: Callable[[str], Any]
    lookups: tuple[str, ...] = ("in",)
    each: bool = False

    def among(self, values: list[Any]) -> Q:
        """The condition that the column has one of these values."""
        return Q(**{self.column: values[0]}) if len(values) == 1 else Q(**{f"{self.column}__in": values})

    def compared(self, lookup: str, value: Any) -> Q:
        """The condition that the column stands so to a value."""
        return Q(**{f"{self.column}__{lookup}": value})

    def empty(self, is_empty: bool) -> Q:
        """The condition that the column has no value, or that it has one."""
        return Q(**{f"{self.column}__isnull": is_empty})


def word(*allowed: str) -> Callable[[str], str]:
    """One of the given words."""

    def read(text: str) -> str:
        if text not in allowed:
            raise ValueError(f"Ожидается одно из: {', '.join(allowed)}")
        return text

    return read


def number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 18:
        raise ValueError("Ожидается целое число")
    return int(text)


def moment(text: str) -> Any:
    try:
        found = parse_datetime(text.replace(" ", "+"))
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise ValueError("Ожидаются дата и время с часовым поясом, например 2026-11-21 18:00+03:00")
    return found


def flag(text: str) -> bool:
    return word("true", "false")(text) == "true"


@dataclass(frozen=True)
class PersonFilter(Filter):
    """A column that points to a principal, compared with ids of employee cards."""

    read: Callable[[str], Any] = number

    def among(self, values: list[Any]) -> Q:
        named = Employee.objects.filter(pk__in=values).values("principal_id")
        # One person is compared as a scalar, so that the index gives the order of the rows as well.
        return Q(**{self.column: Subquery(named[:1])}) if len(values) == 1 else Q(**{f"{self.column}__in": named})


def among_few(rows: QuerySet, column: str, *, each: bool = False) -> Q:
    """The condition that a card is among these rows. Few of them are named at once; of more each card is asked:
    PostgreSQL cannot guess how often they meet with all else that narrows a list. With `each` that is done at once."""
    asked = Q(AskedOfEach(rows.filter(**{column: OuterRef("pk")})))
    if each:
        return asked
    ids = list(rows.order_by().values_list(column, flat=True).distinct()[: FEW_MATCHES + 1])
    return asked if len(ids) > FEW_MATCHES else Q(Among("pk", Value(ids, ArrayField(BigIntegerField()))))


@dataclass(frozen=True)
class Ordering:
    """An order by what stands beside the rows: `prepare` puts it into them as the annotation `column`."""

    column: str
    prepare: Callable[[QuerySet], QuerySet]


@dataclass(frozen=True)
class Grammar:
    """What a list understands. `orderings` maps a public name to a column; `search` is the condition that a text makes;
    `each` is told to it as to a filter."""

    filters: dict[str, Filter] = field(default_factory=dict)
    orderings: dict[str, str | Ordering] = field(default_factory=dict)
    default_ordering: str = "-created_at"
    search: Search | None = None
    each: bool = False

    def with_more(self, filters: dict[str, Filter], orderings: dict[str, Ordering]) -> "Grammar":
        """The same list that understands more; what it has of its own stays."""
        return replace(self, filters=filters | self.filters, orderings={**orderings, **self.orderings})

    def without(self, names: Collection[str]) -> "Grammar":
        """The same list that knows nothing of some filters and orders: they would tell what the reader may not see."""
        filters = {name: known for name, known in self.filters.items() if name not in names}
        orderings = {name: known for name, known in self.orderings.items() if name not in names}
        return replace(self, filters=filters, orderings=orderings, search=self.search_without(names))

    def of_each(self) -> "Grammar":
        """The same list for conditions that are asked of one card: they look nothing up beforehand."""
        filters = {name: replace(known, each=True) for name, known in self.filters.items()}
        return replace(self, filters=filters, each=True)

    def search_without(self, names: Collection[str]) -> Search | None:
        """How the list is searched by somebody from whom these names are kept."""
        return self.search

    def narrow(self, rows: QuerySet, params: Any) -> QuerySet:
        """Apply all filters of the query string; Invalid names each parameter that is not understood."""
        return rows.filter(self.condition(params))

    def condition(self, params: Any) -> Q:
        """What all filters of a query string and its search ask of a row together. Invalid as in `narrow`."""
        found, errors = Q(), dict[str, str]()
        for name in params:
            if name in RESERVED:
                continue
            try:
                found &= self._condition(name, params.get(name))
            except ValueError as wrong:
                errors[name] = str(wrong)
        if errors:
            # A list has no fields that could be marked: where one word is wrong, its sentence is the answer.
            raise Invalid(errors, "" if len(errors) > 1 else next(iter(errors.values())))
        text = params.get("search", "").strip()[:200].replace("\x00", "")
        return found & self.search(text, self.each) if text and self.search else found

    def read(self, name: str, text: str) -> tuple[Filter, str, list[Any]]:
        """A condition as it is understood: what is compared, how, and with which values. ValueError when it is not."""
        base, _, lookup = name.partition("__")
        known = self.filters.get(base)
        lookup = lookup or "in"
        if known is None or lookup not in (*known.lookups, *(("isnull",) if known.may_lack else ())):
            raise ValueError("Неизвестное условие")
        if "\x00" in text:
            # PostgreSQL keeps no such character in a text, whatever reads it here.
            raise ValueError("В условии есть недопустимый знак. Наберите значение заново")
        if lookup == "isnull":
            return known, lookup, [flag(text)]
        if lookup != "in":
            return known, lookup, [known.read(text)]
        values = [known.read(part) for part in text.split(",") if part]
        if not values or len(values) > _MAX_VALUES:
            raise ValueError(f"Укажите от 1 до {_MAX_VALUES} значений через запятую")
        return known, lookup, values

    def _condition(self, name: str, text: str) -> Q:
        known, lookup, values = self.read(name, text)
        if lookup == "isnull":
            return known.empty(values[0])
        return known.among(values) if lookup == "in" else known.compared(lookup, values[0])
