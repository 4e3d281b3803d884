"""What of a card is decided upon, and what conditions read of it."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from core.attachments.mixin import Attachable
from core.attachments.models import Attachment
from core.attachments.queries import living
from core.custom_fields.mixin import Customizable
from core.custom_fields.queries import Held, fields_of, held_by_card, today
from core.custom_fields.rules.contents import of_formulas
from core.custom_fields.rules.formulas import kind_of, values_with_formulas
from core.custom_fields.rules.shapes import FORMULA_KINDS
from core.entities.kinds import EntityKind, Routes
from core.entities.models import Entity
from core.formulas.errors import FormulaError
from core.formulas.parsing import parse
from core.formulas.tree import names_in
from core.formulas.values import Kind, Value, key_of

FILES, FIELDS, TYPE = "files", "fields.", "card_type"


def routes_of(kind: EntityKind) -> Routes:
    """What a kind says about its routes; a programming error where it says nothing."""
    if kind.routes is None:
        raise LookupError(f"cards of {kind.code} go along no routes")
    return kind.routes


def content_of(card: Entity, kind: EntityKind) -> dict[str, Any]:
    """Everything that a decision about a card is made on, as JSON."""
    told = dict(routes_of(kind).content(card))
    if issubclass(kind.model, Customizable):
        told |= _own_fields(card, kind)
    if issubclass(kind.model, Attachable):
        told[FILES] = _files(card)
    # What JSON has not (days, sums) as text, so that it is read back as it was hashed.
    return json.loads(json.dumps(told, ensure_ascii=False, sort_keys=True, default=str))


def hash_of(content: Mapping[str, Any]) -> str:
    """SHA-256 of a content: the same for the same, whatever the order of its names."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def difference(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """Names of what has changed."""
    return sorted(name for name in {*before, *now} if before.get(name) != now.get(name))


def types_of(kind: EntityKind) -> dict[str, Kind]:
    """What conditions may read: title → kind."""
    found = {title: what for title, (what, _) in routes_of(kind).values.items()}
    if issubclass(kind.model, Customizable):
        found |= {one.title: what for one in fields_of(kind.code) if (what := kind_of(one)) is not None}
    return found


def names_read(condition: str, kind: EntityKind) -> set[str]:
    """Names by which the history tells what a condition reads; nothing of one that is none."""
    try:
        read = {key_of(found.name) for found in names_in(parse(condition))} if condition else set()
    except FormulaError:
        return set()
    named = {key_of(title): name for title, name in routes_of(kind).told.items()}
    if read - named.keys() and issubclass(kind.model, Customizable):
        named = {key_of(one.title): f"{FIELDS}{one.code}" for one in fields_of(kind.code)} | named
    return {named[key] for key in read if key in named}


def values_of(card: Entity, kind: EntityKind) -> dict[str, Value]:
    """The same with the values of one card."""
    found: dict[str, Value] = {title: read(card) for title, (_, read) in routes_of(kind).values.items()}
    if not issubclass(kind.model, Customizable):
        return found
    fields = fields_of(kind.code)
    values, _ = values_with_formulas(fields, held_by_card(card).values, today=today())
    for one in fields:
        if one.type in FORMULA_KINDS:
            found[one.title] = of_formulas(one, values.get(one.pk))
        elif (what := kind_of(one)) is not None:
            found[one.title] = _of_result(what, values.get(one.pk))
    return found


def _of_result(what: Kind, kept: Any) -> Value:
    """The result of a formula field, kept as fields keep values."""
    if kept is None or what in (Kind.TEXT, Kind.FLAG):
        return kept
    return Decimal(kept) if what == Kind.NUMBER else date.fromisoformat(kept)


def _own_fields(card: Entity, kind: EntityKind) -> dict[str, Any]:
    held: Held = held_by_card(card)
    kept = {**held.values, **held.references}
    told = {f"{FIELDS}{one.code}": kept[one.pk] for one in fields_of(kind.code) if one.pk in kept}
    return told | {TYPE: held.type_code}


def _files(card: Entity) -> list[list[str]]:
    """(name, SHA-256 of the bytes) of the newest checked version of each file."""
    rows = living().filter(entity=card.pk, state=Attachment.State.READY).order_by("family", "-version")
    newest = rows.distinct("family").values_list("name", "checksum")
    return sorted([name, checksum] for name, checksum in newest)
