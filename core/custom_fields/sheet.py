"""Fields of the company's own in files: a column for each, as far as the person may see and write it."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from core.access.actor import Actor
from core.entities.kinds import EntityKind
from core.entities.rest.briefs import briefs
from core.entities.sheets import Cell, Column, SheetPart
from core.formulas.values import Kind

from .actions.filling import start_many
from .models import Field
from .noting import recorded_among
from .queries import Held, Layout, held_by, layout_of, today
from .rest.filters import PREFIX
from .rules import contents
from .rules.contents import LONGEST_LINE, LONGEST_TEXT
from .rules.formulas import values_with_formulas
from .rules.shapes import MONEY_PLACES

Type = Field.Type
_CELLS = {
    Type.NUMBER: Cell.NUMBER, Type.MONEY: Cell.NUMBER, Type.DATE: Cell.DAY, Type.FLAG: Cell.FLAG,
    Type.LIST: Cell.CHOICE, Type.PERSON: Cell.PERSON,
}  # fmt: skip
_RESULTS = {Kind.NUMBER: Cell.NUMBER, Kind.DAY: Cell.DAY, Kind.FLAG: Cell.FLAG}
# A file stands on its card, a card of another kind is named by words: neither is read from a cell.
_NOT_READ = (Type.CARD, Type.FORMULA)


def _columns(actor: Actor, kind: EntityKind) -> Sequence[Column]:
    layout = layout_of(actor, kind.code)
    recorded = recorded_among(layout.fields)
    return [
        _column(field, layout, is_recorded=field.pk in recorded)
        for field in layout.seen.values()
        if field.type != Type.FILE
    ]


def _column(field: Field, layout: Layout, *, is_recorded: bool) -> Column:
    is_long = field.type == Type.TEXT and field.settings["multiline"]
    return Column(
        code=PREFIX + field.code,
        title=field.title,
        cell=_cell_of(field),
        longest=LONGEST_TEXT if is_long else LONGEST_LINE,
        places=MONEY_PLACES if field.type == Type.MONEY else field.settings.get("precision", 0),
        many=field.type == Type.LIST and field.settings["many"],
        is_read=layout.may_write(field) and field.is_of("") and field.type not in _NOT_READ,
        required_at=tuple(field.required_at) if field.is_of("") and field.default is None else (),
        choices=partial(_options, field) if field.type == Type.LIST else None,
        is_recorded=is_recorded,
        check=None if field.type == Type.PERSON else partial(_checked, field),
    )


def _cell_of(field: Field) -> Cell:
    if field.type == Type.FORMULA:
        return _RESULTS.get(Kind(field.settings["result"]), Cell.TEXT)
    if field.type == Type.TEXT and field.settings["multiline"]:
        return Cell.TEXT
    return _CELLS.get(Type(field.type), Cell.LINE)


def _options(field: Field) -> list[tuple[str, str]]:
    return [(option["code"], option["title"]) for option in field.settings["options"]]


def _checked(field: Field, value: Any) -> Any:
    """The value as fields keep it; WrongValue."""
    plain = f"{value:f}" if isinstance(value, Decimal) else value.isoformat() if isinstance(value, date) else value
    return contents.read(field, plain)


def _show(actor: Actor, kind: EntityKind, card_ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    layout = layout_of(actor, kind.code)
    if not layout.fields:
        return {}
    held = held_by(card_ids)
    named = _names_of_cards(actor, layout.seen.values(), held.values())
    return {pk: _values(layout, held.get(pk) or Held(), named) for pk in card_ids}


def _values(layout: Layout, held: Held, named: dict[int, str]) -> dict[str, Any]:
    own = [field for field in layout.fields if field.is_of(held.type_code)]
    computed, _ = values_with_formulas(own, held.values, today=today())
    found: dict[str, Any] = {}
    for code, field in layout.seen.items():
        if field.type == Type.CARD:
            found[PREFIX + code] = named.get(held.references.get(field.pk, 0))
        elif field in own:
            found[PREFIX + code] = computed.get(field.pk, held.references.get(field.pk))
    return found


def _names_of_cards(actor: Actor, fields: Iterable[Field], rows: Iterable[Held]) -> dict[int, str]:
    pointing = [field.pk for field in fields if field.type == Type.CARD]
    ids = {held.references[pk] for held in rows for pk in pointing if pk in held.references}
    seen = briefs(actor, ids) if ids else {}
    return {pk: f"{brief['number']} {brief['title']}".strip() for pk, brief in seen.items()}


def _write(actor: Actor, kind: EntityKind, ids: Sequence[int], values: Sequence[dict[str, Any]]) -> None:
    given = [{code.removeprefix(PREFIX): value for code, value in row.items()} for row in values]
    start_many(ids, kind, given=given, by=actor)


part = SheetPart(_columns, _show, _write)
