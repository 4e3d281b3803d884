"""Verbs about what stands in the fields of a card.

Whoever answers for the card (his right to change reaches it) fills them in, as far as his roles let him write a field.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.access.actor import Actor
from core.entities.kinds import EntityKind
from core.entities.locks import lock
from core.entities.models import Entity
from core.errors import Invalid
from core.events.bus import Change, emit
from core.registry import registry
from core.verb import verb

from ..errors import FieldsHaveChanged, NotYourFields
from ..events import FieldsChanged
from ..models import CardFields, CardType, Field, FieldKey
from ..queries import Held, Layout, held_by_card, hold_still, layout_of, today
from ..referring import column_of, target_of
from ..referring import told as told_target
from ..rules import contents
from ..rules.contents import WrongValue
from ..rules.formulas import values_with_formulas

_BATCH = 2_000
_FILL = "Заполните: без этого карточка не может быть в этом состоянии"
_OTHERS_FILL = "Карточка заполнена не полностью. Попросите того, кто видит все её поля"


@verb
def change_fields(
    card: Entity,
    kind: EntityKind,
    *,
    given: Mapping[str, Any],
    by: Actor,
    type_code: str | None = None,
    version: int | None = None,
) -> Entity:
    """Put values into fields by their codes, and make the card be of another type when one is named.

    A value is what `rules.contents` and `referring` read; None empties the field. Values of fields that the new type
    has not are kept unseen. Nothing happens when nothing differs. Errors: NotYourFields, Stale, Invalid at
    `fields.<code>` and `card_type`, the kind's own where the card is settled.
    """
    _must_answer(card, kind, by)
    card = lock(card, version=version)
    _must_answer(card, kind, by)
    kind.must_be_open(card)
    filling = _Filling(card, kind, layout_of(by, kind.code), held_by_card(card), by)
    if type_code is not None:
        filling.turn_into(type_code)
    filling.read(given)
    filling.refuse_gaps(card.status, everywhere=filling.is_turned)
    if not filling.changes:
        return card
    filling.write()
    touched: set[str] = set()
    for trait in registry.traits_of(kind.model) if filling.is_turned else ():
        if trait.turned:
            touched |= set(trait.turned(card, kind, filling.held.type_code))
    card.save_change(*touched)
    emit(FieldsChanged(card.ref, changes=tuple(filling.changes)), by=by)
    return card


@verb
def start_fields(card: Entity, kind: EntityKind, *, given: Mapping[str, Any], by: Actor, type_code: str = "") -> None:
    """Give a new card its type, the values it is made with, and what the company wants to stand there from the start.

    For the verb that makes the card, in its transaction. Errors: Invalid at `fields.<code>` and `card_type`.
    """
    layout = layout_of(by, kind.code)
    if not layout.fields and not type_code and not given:
        return
    filling = _Filling(card, kind, layout, Held(), by)
    filling.turn_into(type_code)
    filling.take_defaults(but=given)
    filling.read(given)
    filling.refuse_gaps(card.status, everywhere=True)
    if filling.changes:
        filling.write()


@verb
def start_many(ids: Sequence[int], kind: EntityKind, *, given: Sequence[Mapping[str, Any]], by: Actor) -> None:
    """Give cards just made, of the kind's own type, the values {code: as fields keep them, of a person the principal}
    that were read for them, and what the company wants to stand there from the start.

    Nothing is said of each card: the fact of their making tells of them. Errors: FieldsHaveChanged.
    """
    fields = [field for field in layout_of(by, kind.code).fields if field.is_of("")]
    if not fields:
        return
    if not hold_still(fields):
        raise FieldsHaveChanged()
    rows, keys = [], []
    found = [field for field in fields if field.is_filterable and not field.is_reference]
    for pk, told in zip(ids, given, strict=True):
        values = {f.pk: v for f in fields if not f.is_reference and (v := told.get(f.code, f.default)) is not None}
        people = {f.pk: told[f.code] for f in fields if f.type == Field.Type.PERSON and told.get(f.code)}
        if not values and not people:
            continue
        row = CardFields(entity_id=pk, values={str(one): value for one, value in values.items()})
        rows.append(row)
        keys += [FieldKey(entity_id=pk, field_id=one, person_id=who) for one, who in people.items()]
        keys += keys_of_card(row, fields, found)
    CardFields.objects.bulk_create(rows, batch_size=_BATCH)
    FieldKey.objects.bulk_create(keys, batch_size=_BATCH)


def must_be_filled(card: Entity, kind: EntityKind, *, status: str, by: Actor) -> None:
    """Refuse to bring a card into a status while fields that it asks for are empty. Invalid at `fields.<code>`.

    For the verb that moves the status; one query when the status asks for nothing.
    """
    asked = Field.objects.filter(kind=kind.code, archived_at__isnull=True, required_at__contains=[status])
    if not asked.exists():
        return
    _Filling(card, kind, layout_of(by, kind.code), held_by_card(card), by).refuse_gaps(status, everywhere=True)


def write_keys(row: CardFields, fields: Iterable[Field], among: Iterable[int]) -> None:
    """Write anew by which keys a card is found in those of the fields whose ids are `among`, references aside.

    The card's row is locked by the caller.
    """
    known = list(fields)
    wanted = [f for f in known if f.pk in set(among) and f.is_filterable and not f.is_reference]
    FieldKey.objects.filter(entity_id=row.pk, field__in=[field.pk for field in wanted]).delete()
    FieldKey.objects.bulk_create(keys_of_card(row, known, wanted))


def keys_of_card(row: CardFields, fields: Iterable[Field], wanted: Iterable[Field]) -> list[FieldKey]:
    """Keys of the wanted fields of one card; `fields` are all of the kind, for formulas read them."""
    of_type = row.type.code if row.type else ""
    own = [field for field in fields if field.is_of(of_type)]
    kept = {int(pk): value for pk, value in row.values.items()}
    values, _ = values_with_formulas(own, kept, today=today())
    return [
        FieldKey(entity_id=row.pk, field_id=field.pk, **columns)
        for field in wanted
        if field in own
        for columns in contents.keys_of(field, values.get(field.pk))
    ]


@dataclass
class _Filling:
    """What is being done to the fields of one card before it is written."""

    card: Entity
    kind: EntityKind
    layout: Layout
    held: Held
    by: Actor
    is_turned: bool = False

    def __post_init__(self) -> None:
        self.changes: list[Change] = []
        self._touched: set[int] = set()
        self._by_id = {field.pk: field for field in self.layout.fields}

    def turn_into(self, type_code: str) -> None:
        """Make the card be of a type."""
        if type_code == self.held.type_code:
            return
        found = CardType.objects.filter(kind=self.kind.code, code=type_code, archived_at__isnull=True).first()
        if type_code and found is None:
            raise Invalid({"card_type": "Такого типа нет. Выберите его из списка"})
        own_title = self.kind.title
        before, after = (known.title if known else own_title for known in (self.held.type, found))
        self.changes.append(Change("card_type", before, after, back=(self.held.type_code,)))
        self.held.type, self.is_turned = found, True

    def take_defaults(self, *, but: Mapping[str, Any]) -> None:
        """What the company wants to stand in a new card, where nothing is given."""
        for field in self._own():
            if field.default is not None and field.code not in but:
                self._put(field, field.default)

    def read(self, given: Mapping[str, Any]) -> None:
        """Read values by codes of fields; Invalid tells of all wrong ones at once."""
        errors: dict[str, str] = {}
        for code, value in given.items():
            try:
                self._read(code, value)
            except WrongValue as wrong:
                errors[f"fields.{code}"] = str(wrong)
        if errors:
            raise Invalid(errors)

    def refuse_gaps(self, status: str, *, everywhere: bool) -> None:
        """Invalid when fields that a status asks for are empty; of a card that stays in it only emptied ones."""
        filled = self.held.filled()
        gaps = [
            field
            for field in self._own()
            if status in field.required_at and field.pk not in filled and (everywhere or field.pk in self._touched)
        ]
        if not gaps:
            return
        seen = [field for field in gaps if field.code in self.layout.seen]
        raise Invalid({f"fields.{field.code}": _FILL for field in seen} or {"fields": _OTHERS_FILL})

    def write(self) -> None:
        """Write the row of the card and the keys of all fields that were touched."""
        if not hold_still(self._by_id[pk] for pk in self._touched):
            raise FieldsHaveChanged()
        row = CardFields.objects.select_for_update(of=("self",)).filter(pk=self.card.pk).first()
        row = row or CardFields(entity_id=self.card.pk)
        row.type = self.held.type
        row.values = {str(pk): value for pk, value in self.held.values.items()}
        row.save()
        references = [pk for pk in self._touched if self._by_id[pk].is_reference]
        FieldKey.objects.filter(entity_id=self.card.pk, field__in=references).delete()
        FieldKey.objects.bulk_create(
            FieldKey(entity_id=self.card.pk, field_id=pk, **{column_of(self._by_id[pk]): self.held.references[pk]})
            for pk in references
            if pk in self.held.references
        )
        # Formulas may have become others, and a card of another type has other fields to be found by.
        others = {f.pk for f in self.layout.fields if self.is_turned or f.type == Field.Type.FORMULA}
        write_keys(row, self.layout.fields, self._touched | others)

    def _own(self) -> list[Field]:
        return [field for field in self.layout.fields if field.is_of(self.held.type_code)]

    def _read(self, code: str, value: Any) -> None:
        field = self.layout.seen.get(code)
        if field is None or not field.is_of(self.held.type_code):
            raise WrongValue("Такого поля у этой карточки нет")
        if field.type == Field.Type.FORMULA:
            raise WrongValue("Это поле считается само")
        if not self.layout.may_write(field):
            raise WrongValue("Это поле вам доступно только для чтения")
        if field.is_reference:
            self._point(field, target_of(field, value, self.card, self.by, self.held.references.get(field.pk)))
        else:
            self._put(field, contents.read(field, value, self.held.values.get(field.pk)))

    def _put(self, field: Field, kept: Any) -> None:
        before = self.held.values.get(field.pk)
        if before == kept:
            return
        self._note(field, contents.told(field, before), contents.told(field, kept), before)
        _set(self.held.values, field.pk, kept)

    def _point(self, field: Field, target: int | None) -> None:
        before = self.held.references.get(field.pk)
        if before == target:
            return
        self._note(field, told_target(field, before, self.kind), told_target(field, target, self.kind), before)
        _set(self.held.references, field.pk, target)

    def _note(self, field: Field, before: Any, after: Any, kept: Any) -> None:
        self._touched.add(field.pk)
        self.changes.append(Change(f"fields.{field.code}", before, after, back=(kept,)))


def _set(values: dict[int, Any], pk: int, value: Any) -> None:
    if value is None:
        values.pop(pk, None)
    else:
        values[pk] = value


def _must_answer(card: Entity, kind: EntityKind, by: Actor) -> None:
    if not by.may(kind.edit, card):
        raise NotYourFields()
