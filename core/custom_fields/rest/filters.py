"""Lists found and put in order by fields: `fields.<code>=…`, `ordering=-fields.<code>`, `card_type=…`."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery

from core.access.actor import Actor
from core.entities.kinds import EntityKind
from core.entities.models import Ref
from core.organization.models import Employee
from core.rest.filters import Filter, Ordering, among_few, flag, number

from ..models import CardFields, Field, FieldKey
from ..noting import note_values
from ..queries import Layout, layout_of
from ..rules.contents import column_of, key_text
from ..rules.shapes import CARD_TYPE, PREFIX, SORTABLE

_AMOUNT = re.compile(r"-?\d{1,18}(?:[.,]\d{1,6})?")
_EQUAL = ("in",)
_RANGE = (*_EQUAL, "gte", "lte", "gt", "lt")
# Above every letter: texts with a common beginning end before it.
_END = "\U0010ffff"


@dataclass(frozen=True)
class KeyFilter(Filter):
    """Cards found by the keys of one field."""

    field_id: int = 0

    def among(self, values: list[Any]) -> Q:
        if self.column == "person":
            named = Employee.objects.filter(pk__in=values).values("principal_id")
            return self._found(Q(person__in=Subquery(named)))
        return self._found(Q(**{f"{self.column}__in": values}))

    def compared(self, lookup: str, value: Any) -> Q:
        if lookup == "startswith":
            return self._found(Q(text__gte=value, text__lt=value + _END))
        return self._found(super().compared(lookup, value))

    def empty(self, is_empty: bool) -> Q:
        held = Exists(FieldKey.objects.filter(field=self.field_id, entity=OuterRef("pk")))
        return ~Q(held) if is_empty else Q(held)

    def _found(self, condition: Q) -> Q:
        return among_few(FieldKey.objects.filter(condition, field=self.field_id), "entity", each=self.each)


@dataclass(frozen=True)
class TypeFilter(Filter):
    """Cards of types by their codes; `own` stands for the kind's own type, which has none."""

    read: Callable[[str], Any] = str
    kind: str = ""

    def among(self, values: list[Any]) -> Q:
        codes = [code for code in values if code != "own"]
        typed = CardFields.objects.filter(type__isnull=False, entity=OuterRef("pk"))
        found = among_few(CardFields.objects.filter(type__kind=self.kind, type__code__in=codes), "pk", each=self.each)
        return found | ~Q(Exists(typed)) if "own" in values else found


def widen(actor: Actor, kind: EntityKind, names: Collection[str]) -> tuple[dict[str, Filter], dict[str, Ordering]]:
    """What lists of a kind understand besides their columns, as far as the actor may see the fields.

    What is asked for by no parameter is not looked up.
    """
    filters: dict[str, Filter] = {}
    orderings: dict[str, Ordering] = {}
    if CARD_TYPE in names:
        filters[CARD_TYPE] = TypeFilter("type", kind=kind.code)
    asked = {name.removeprefix(PREFIX).partition("__")[0] for name in names if name.startswith(PREFIX)}
    layout = layout_of(actor, kind.code) if asked else Layout((), {})
    seen = layout.seen
    # Who is found by a value has been told that value.
    note_values(layout.fields, [seen[code] for code in sorted(asked & set(seen))], how="в отборе: ")
    for code in asked & set(seen):
        field = seen[code]
        if field.indexed_at is None:
            continue
        filters[PREFIX + code] = _filter_of(field)
        if field.type in SORTABLE:
            column = f"custom_{field.pk}"
            orderings[PREFIX + code] = Ordering(column, partial(_beside, field.pk, column_of(field), column))
    return filters, orderings


def _beside(field_id: int, column: str, name: str, rows: QuerySet) -> QuerySet:
    """The rows with the key of a field as an annotation; without one it is empty."""
    key = FilteredRelation("keys", condition=Q(keys__field=field_id))
    beside = rows.annotate(**{f"{name}_key": key}).annotate(**{name: F(f"{name}_key__{column}")})
    # Named tuples keep to the names they were asked for.
    names = getattr(rows, "_fields", None)
    return beside.values_list(*names, name, named=True) if names else beside


def _filter_of(field: Field) -> KeyFilter:
    column = column_of(field)
    if field.type == Field.Type.LIST:
        return KeyFilter(column, str, field_id=field.pk)
    if field.type == Field.Type.FLAG or field.settings.get("result") == "flag":
        return KeyFilter(column, lambda text: Decimal(flag(text)), field_id=field.pk)
    known: dict[str, tuple[Callable[[str], Any], tuple[str, ...]]] = {
        "number": (_amount, _RANGE),
        "day": (_day, _RANGE),
        "text": (key_text, (*_EQUAL, "startswith")),
        "person": (number, _EQUAL),
        "card": (_card, _EQUAL),
        "file": (number, _EQUAL),
    }
    read, lookups = known[column]
    return KeyFilter(column, read, lookups, field_id=field.pk)


def _amount(text: str) -> Decimal:
    if not text.isascii() or not _AMOUNT.fullmatch(text):
        raise ValueError("Ожидается число")
    return Decimal(text.replace(",", "."))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise ValueError("Ожидается дата: 2026-11-21") from wrong


def _card(text: str) -> int:
    try:
        return Ref.parse(text).id
    except ValueError as wrong:
        raise ValueError("Ожидается адрес карточки: tasks.task/123") from wrong
