"""Giving fields of the company's own the values that they had before."""

from collections.abc import Mapping
from typing import Any

from core.access.actor import Actor
from core.entities.kinds import EntityKind
from core.entities.models import Entity

from ..queries import layout_of
from ..referring import named_again
from ..rules.shapes import CARD_TYPE, PREFIX
from .filling import change_fields


def is_kept(name: str) -> bool:
    """Whether a changed field of the history is one of the company's own."""
    return name == CARD_TYPE or name.startswith(PREFIX)


def put_back(card: Entity, kind: EntityKind, fields: Mapping[str, Any], *, by: Actor) -> None:
    """Put kept values into the fields again. Errors as of `change_fields`."""
    known = layout_of(by, kind.code).seen
    given = {}
    for name, kept in fields.items():
        if name == CARD_TYPE:
            continue
        field = known.get(code := name.removeprefix(PREFIX))
        given[code] = named_again(field, kept) if field and field.is_reference else kept
    change_fields(card, kind, given=given, type_code=fields.get(CARD_TYPE), by=by)
