"""Lists in groups by the company's statuses; cards of types without them fall into the kind's own."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, F, Q, QuerySet, When
from django.db.models.functions import Cast

from core.custom_fields.queries import types_of
from core.entities.models import OwnStatus
from core.registry import registry
from core.rest.groups import Choice

from ..queries import rows_of

_OTHER_TYPES = "другие типы"


@dataclass(frozen=True)
class ByOwnStatus:
    """Groups of cards of a kind: a status of the company's own by its id, else the card's base by its code."""

    kind: str

    def narrowed(self, rows: QuerySet, value: str) -> QuerySet:
        found = next((choice for choice in self.choices() if choice.value == value), None)
        if found is None:
            raise ValueError("Такой группы нет")
        return rows.filter(found.condition)

    def choices(self) -> Sequence[Choice]:
        own = titled(self.kind)
        return [
            *(Choice(code, title, bare(code)) for code, title in bare_titles(self.kind, own).items()),
            *(Choice(str(row.pk), title, Q(own_status=row.pk)) for row, title in own),
        ]

    def key(self) -> Any:
        own = Cast("own_status", CharField())
        return Case(When(own_status__isnull=False, then=own), default=F("status"), output_field=CharField())

    def named(self, keys: Collection[Any]) -> dict[Any, dict[str, Any]]:
        return {
            choice.value: {"value": choice.value, "title": choice.title, "person": None}
            for choice in self.choices()
            if choice.value in keys
        }


def bare(base: str) -> Q:
    """Cards that stand in a base of the kind and in no status of the company's own."""
    return Q(status=base, own_status__isnull=True)


def type_titles(kind: str) -> dict[str, str]:
    """What the living types of a kind are called, by code, the kind's own first."""
    return {"": registry.kind_of(kind).title} | {one.code: one.title for one in types_of(kind)}


def bare_titles(kind: str, own: Sequence[tuple[OwnStatus, str]]) -> dict[str, str]:
    """What the bases of a kind are called beside the company's statuses: those that are called alike are told apart by
    the types that have none."""
    taken = {title.lower() for _, title in own}
    plain = {code: str(title) for code, title in registry.kind_of(kind).statuses.items()}
    if not taken:
        return plain
    refined = {row.card_type for row, _ in own}
    others = [title for code, title in type_titles(kind).items() if code not in refined]
    rest = others[0] if len(others) == 1 else _OTHER_TYPES
    return {code: f"{title} · {rest}" if title.lower() in taken else title for code, title in plain.items()}


def titled(kind: str) -> list[tuple[OwnStatus, str]]:
    """Statuses of all types in the order of the bases and their own, with titles that tell them from each other."""
    bases = list(registry.kind_of(kind).statuses)
    rows = sorted(rows_of(kind), key=lambda row: (bases.index(row.base), row.card_type, row.place, row.pk))
    titles = [row.title.lower() for row in rows]
    if len(set(titles)) == len(titles):
        return [(row, row.title) for row in rows]
    types = type_titles(kind)
    return [
        (
            row,
            f"{row.title} · {types.get(row.card_type, row.card_type)}"
            if titles.count(row.title.lower()) > 1
            else row.title,
        )
        for row in rows
    ]
