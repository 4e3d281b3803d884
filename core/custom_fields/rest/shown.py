"""JSON of fields: for those who set them up, and for those who read a card."""

from collections.abc import Sequence
from typing import Any

from core.access.actor import Actor
from core.entities.kinds import EntityKind
from core.entities.models import Entity

from .. import referring
from ..models import Field
from ..noting import note_values
from ..queries import Layout, held_by_card, layout_of, today, types_of
from ..rules.formulas import shown_formula, values_with_formulas
from .serializers import type_out


def own_type(kind: EntityKind) -> dict[str, Any]:
    """The type that a kind has without the company's doing."""
    return {"id": None, "code": "", "title": kind.title, "is_archived": False}


def field_out(field: Field, others: Sequence[Field]) -> dict[str, Any]:
    """A field's settings, as `FieldOut`; its `rights` with their roles have been read with it."""
    is_formula = field.type == Field.Type.FORMULA
    settings = field.settings | ({"formula": shown_formula(field, others)} if is_formula else {})
    return {
        "id": field.pk,
        "kind": field.kind,
        "code": field.code,
        "title": field.title,
        "type": field.type,
        "group": field.group,
        "hint": field.hint,
        "card_types": field.card_types,
        "required_at": field.required_at,
        "default": field.default,
        "settings": settings,
        "is_filterable": field.is_filterable,
        "is_ready": field.indexed_at is not None,
        "is_recorded": field.is_recorded,
        "is_archived": field.archived_at is not None,
        "rights": {right.role.code: right.level for right in field.rights.all()},
        "version": field.version,
    }


def shown_field(field: Field, layout: Layout) -> dict[str, Any]:
    """A field for whoever may see it, as `ShownFieldOut`: the text of a formula is left out."""
    settings = {name: value for name, value in field.settings.items() if name != "formula"}
    return {
        "id": field.pk,
        "code": field.code,
        "title": field.title,
        "type": field.type,
        "group": field.group,
        "hint": field.hint,
        "card_types": field.card_types,
        "settings": settings,
        "can_write": layout.may_write(field),
        "is_filterable": field.indexed_at is not None,
        "required_at": field.required_at,
        "default": field.default,
    }


def card_fields(card: Entity, kind: EntityKind, actor: Actor) -> dict[str, Any]:
    """The fields of a card that the actor may see, as `CardFieldsOut`."""
    layout, held = layout_of(actor, kind.code), held_by_card(card)
    own = [field for field in layout.fields if field.is_of(held.type_code)]
    values, errors = values_with_formulas(own, held.values, today=today())
    seen = [field for field in own if field.code in layout.seen]
    values |= referring.shown(seen, held.references, card, kind, actor)
    note_values(layout.fields, [field for field in seen if values.get(field.pk) is not None], card=card.pk)
    can_edit = actor.may(kind.edit, card)
    rows = [
        shown_field(field, layout)
        | {
            "can_write": can_edit and layout.may_write(field),
            "value": values.get(field.pk),
            "error": errors.get(field.pk),
            "is_unseen": field.pk in held.references and values.get(field.pk) is None,
        }
        for field in seen
    ]
    living = [own_type(kind), *map(type_out, types_of(kind.code))]
    return {
        "card_type": type_out(held.type) if held.type else own_type(kind),
        "card_types": living,
        "results": rows,
        "can_edit": can_edit,
        "version": card.version,
    }
