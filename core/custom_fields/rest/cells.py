"""Columns of the company's own fields in lists, given when they are asked for."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from core.access.actor import Actor
from core.attachments.models import Attachment
from core.attachments.queries import living
from core.attachments.rest.serializers import content_url
from core.entities.kinds import EntityKind
from core.entities.rest.briefs import briefs
from core.organization.people import people

from ..models import Field
from ..noting import note_values
from ..queries import Held, held_by, layout_of, today
from ..rules.formulas import values_with_formulas
from .filters import PREFIX

Type = Field.Type


def known(actor: Actor, kind: EntityKind, names: Collection[str]) -> set[str]:
    """Those of the names that are fields which the actor may see."""
    asked = {name for name in names if name.startswith(PREFIX)}
    return asked & {PREFIX + code for code in layout_of(actor, kind.code).seen} if asked else set()


def read(actor: Actor, kind: EntityKind, names: Collection[str], card_ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Card id → {`fields.<code>`: value} as a card shows it; nothing for fields that the actor may not see.

    The same number of queries however many cards: the layout, values and keys, and one for each sort of reference.
    """
    codes = {name.removeprefix(PREFIX) for name in names if name.startswith(PREFIX)}
    if not codes:
        return {}
    layout = layout_of(actor, kind.code)
    wanted = [field for code, field in layout.seen.items() if code in codes]
    held = held_by(card_ids) if wanted else {}
    shown = _references(wanted, held.values(), kind, actor)
    day = today()
    found: dict[int, dict[str, Any]] = {}
    for pk in card_ids if wanted else ():
        one = held.get(pk) or Held()
        own = [field for field in layout.fields if field.is_of(one.type_code)]
        values, _ = values_with_formulas(own, one.values, today=day)
        values |= {field: shown.get((field, target)) for field, target in one.references.items()}
        found[pk] = {PREFIX + field.code: values.get(field.pk) for field in wanted if field in own}
    _note(layout.fields, wanted, found)
    return found


def _note(fields: Sequence[Field], wanted: Iterable[Field], found: Mapping[int, Mapping[str, Any]]) -> None:
    """A list is noted once, with the number of its cards, if any of them tells anything."""
    told = {code for row in found.values() for code, value in row.items() if value is not None}
    note_values(fields, [one for one in wanted if PREFIX + one.code in told], count=len(found), how="в списке: ")


def _references(
    fields: Iterable[Field], held: Iterable[Held], kind: EntityKind, actor: Actor
) -> Mapping[tuple[int, int], Any]:
    """(field id, target id) → what the actor is shown of it; absent where he may not see it."""
    types = {field.pk: field.type for field in fields}
    pairs = [(field, target) for one in held for field, target in one.references.items() if field in types]
    by_type = {of_type: {target for field, target in pairs if types[field] == of_type} for of_type in Type}
    known_by_type: dict[str, Mapping[int, Any]] = {
        Type.PERSON: people(by_type[Type.PERSON]),
        Type.CARD: briefs(actor, by_type[Type.CARD]) if by_type[Type.CARD] else {},
        Type.FILE: _files(by_type[Type.FILE], kind),
    }
    return {
        (field, target): known_by_type[types[field]][target]
        for field, target in pairs
        if target in known_by_type[types[field]]
    }


def _files(ids: Collection[int], kind: EntityKind) -> dict[int, Any]:
    # Where files are less open than their card, each card would have to be asked: there they are seen in the card.
    if not ids or kind.files is not None:
        return {}
    rows = living().filter(pk__in=ids, state=Attachment.State.READY)
    return {row.pk: {"id": row.pk, "name": row.name, "url": content_url(row.pk)} for row in rows}
