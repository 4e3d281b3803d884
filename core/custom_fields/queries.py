"""Reading fields: which there are, what somebody may do with them, what stands in them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone

from core.access.actor import Actor
from core.access.models import RoleAssignment
from core.context import current_company
from core.entities.models import Entity

from .models import CardFields, CardType, Field, FieldKey, FieldRight
from .rules import rights

Level = FieldRight.Level
# Nobody reads a larger figure, and counting further would cost the more the larger the company.
COUNTED_UP_TO = 10_000
# Waits for whoever is changing a field, and lets nobody begin to until the transaction ends; writers do not wait for
# each other.
_HOLD = """
SELECT count(*) FROM (
  SELECT 1 FROM custom_fields_field AS field JOIN unnest(%s::bigint[], %s::int[]) AS seen (id, version)
    ON field.id = seen.id AND field.version = seen.version FOR KEY SHARE OF field
) AS held
"""


@dataclass(frozen=True)
class Layout:
    """Living fields of a kind in their order, and what one actor may do with each."""

    fields: tuple[Field, ...]
    levels: Mapping[int, FieldRight.Level]

    @cached_property
    def seen(self) -> dict[str, Field]:
        """Fields that the actor may see, by code."""
        return {one.code: one for one in self.fields if self.levels[one.pk] != Level.HIDDEN}

    def may_write(self, one: Field) -> bool:
        return self.levels[one.pk] == Level.WRITE


@dataclass
class Held:
    """What stands in the fields of a card: its type, and values by field id; of references the ids of rows."""

    type: CardType | None = None
    values: dict[int, Any] = field(default_factory=dict)
    references: dict[int, int] = field(default_factory=dict)

    @property
    def type_code(self) -> str:
        return self.type.code if self.type else ""

    def filled(self) -> set[int]:
        """Ids of the fields with a value, formulas aside."""
        return set(self.values) | set(self.references)


def fields_of(kind: str) -> list[Field]:
    """Living fields of a kind in their order."""
    return list(Field.objects.filter(kind=kind, archived_at__isnull=True).order_by("place", "pk"))


def types_of(kind: str) -> list[CardType]:
    """Living types that the company has added to a kind, in their order."""
    return list(CardType.objects.filter(kind=kind, archived_at__isnull=True).order_by("place", "pk"))


def layout_of(actor: Actor, kind: str) -> Layout:
    """Fields of a kind as one actor meets them; one query, two more when there are fields and roles matter."""
    fields = fields_of(kind)
    return Layout(tuple(fields), levels_of(actor, fields))


def named_for(actor: Actor, kind: str) -> tuple[list[Field], list[Field]]:
    """All fields of a kind, archived ones too, and those of them that the actor may see."""
    fields = list(Field.objects.filter(kind=kind))
    levels = levels_of(actor, fields)
    return fields, [one for one in fields if levels[one.pk] != Level.HIDDEN]


def hidden_from(actor: Actor, kind: str) -> set[str]:
    """Codes of the fields of a kind that the actor may not see, archived ones too; one query while no role is kept
    from seeing any, none for whoever may all."""
    if actor.is_almighty or not FieldRight.objects.filter(field__kind=kind, level=Level.HIDDEN).exists():
        return set()
    fields = list(Field.objects.filter(kind=kind))
    levels = levels_of(actor, fields)
    return {one.code for one in fields if levels[one.pk] == Level.HIDDEN}


def levels_of(actor: Actor, fields: Sequence[Field]) -> Mapping[int, FieldRight.Level]:
    """Field id → what the actor may do with it."""
    if actor.is_almighty or not fields:
        return rights.everything(fields)
    roles = set(RoleAssignment.objects.filter(principal_id=actor.principal_id).values_list("role_id", flat=True))
    rows = FieldRight.objects.filter(field__in=[one.pk for one in fields], role__in=roles)
    narrowed = {(one, role): level for one, role, level in rows.values_list("field_id", "role_id", "level")}
    return rights.levels(fields, roles, narrowed)


def outdoes(actor: Actor, role_id: int) -> bool:
    """Whether somebody with this role would see or write more of the fields than the actor may: archived ones too,
    which come back as they were."""
    if actor.is_almighty or not FieldRight.objects.exists():
        return False
    by_kind: dict[str, list[Field]] = {}
    for one in Field.objects.filter(kind__in=FieldRight.objects.values("field__kind")):
        by_kind.setdefault(one.kind, []).append(one)
    given = FieldRight.objects.filter(role=role_id).values_list("field_id", "role_id", "level")
    narrowed = {(one, role): level for one, role, level in given}
    return any(
        rights.is_wider(rights.levels(fields, {role_id}, narrowed), levels_of(actor, fields))
        for fields in by_kind.values()
    )


def held_by(card_ids: Iterable[int]) -> dict[int, Held]:
    """Card id → what stands in its fields, in two queries; cards with nothing are absent."""
    ids = list(card_ids)
    found: dict[int, Held] = {}
    for row in CardFields.objects.filter(pk__in=ids).select_related("type"):
        found[row.pk] = Held(row.type, {int(pk): value for pk, value in row.values.items()})
    for key in references().filter(entity__in=ids):
        target = key.person_id or key.card_id or key.file_id
        if target is not None:
            found.setdefault(key.entity_id, Held()).references[key.field_id] = target
    return found


def held_by_card(card: Entity) -> Held:
    return held_by([card.pk]).get(card.pk) or Held()


def references() -> Any:
    """Keys that are values themselves."""
    return FieldKey.objects.filter(Q(person__isnull=False) | Q(card__isnull=False) | Q(file__isnull=False))


def cards_with(one: Field) -> int:
    """How many cards have a value in a field, up to 10,000; a formula counts where it is filtered by."""
    if one.is_reference or one.indexed_at:
        rows: QuerySet[Any, Any] = FieldKey.objects.filter(field=one).values("entity").distinct()
    else:
        rows = CardFields.objects.filter(entity__kind=one.kind, values__has_key=str(one.pk)).values("pk")
    return rows.order_by()[:COUNTED_UP_TO].count()


def hold_still(fields: Iterable[Field]) -> bool:
    """Keep the fields as they were read until the transaction ends; False when somebody has changed one since."""
    seen = list(fields)
    if not seen:
        return True
    with connection.cursor() as cursor:
        cursor.execute(_HOLD, [[one.pk for one in seen], [one.version for one in seen]])
        return cursor.fetchone()[0] == len(seen)


def today() -> date:
    """The day in the company's zone."""
    return timezone.now().astimezone(ZoneInfo(current_company().time_zone)).date()
