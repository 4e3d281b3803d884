"""Names that stand in templates: which there are, and which of those in a template nobody knows."""

from collections.abc import Iterable, Mapping
from typing import Any

from core.access.actor import Actor
from core.custom_fields.mixin import Customizable
from core.custom_fields.queries import fields_of, layout_of
from core.entities.kinds import EntityKind
from core.formulas.values import key_of

from .rules.values import NUMBER, Sort
from .variables import FIELD_SORTS, OWN_FIELDS, PERSON_WORDS, lists_of, variables_of


def names_told(kind: EntityKind, by: Actor) -> list[dict[str, Any]]:
    """Everything that templates of a kind may print, for whoever writes one."""
    found = [_told(one.name, one.sort, one.example) for one in variables_of(kind)]
    found += [
        _told(f"{one.name}.{word}", Sort.TEXT, example)
        for one in variables_of(kind)
        if one.sort == Sort.PERSON
        for word, example in PERSON_WORDS
    ]
    for name, columns in lists_of(kind).items():
        found += [_told(f"{name}.{column.name}", column.sort, column.example) for column in columns]
        found.append(_told(f"{name}.{NUMBER}", Sort.NUMBER, "1"))
    if issubclass(kind.model, Customizable):
        seen = layout_of(by, kind.code).seen.values()
        found += [_told(f"{OWN_FIELDS}.{one.title}", FIELD_SORTS.get(one.type, Sort.TEXT), "") for one in seen]
    return found


def unknown_names(marks: Iterable[Mapping[str, Any]], kind: EntityKind) -> list[str]:
    """Names of a template's marks that no card of the kind has, in their order. Formulas are told by the check."""
    known = {key_of(one.name) for one in variables_of(kind)}
    known |= {f"{key_of(one.name)}.{word}" for one in variables_of(kind) if one.sort == Sort.PERSON
              for word, _ in PERSON_WORDS}  # fmt: skip
    lists = lists_of(kind)
    known |= {key_of(name) for name in lists}
    known |= {f"{key_of(name)}.{key_of(column.name)}" for name, columns in lists.items() for column in columns}
    known |= {f"{key_of(name)}.{NUMBER}" for name in lists}
    asked = [mark["name"] for mark in marks if mark["name"]]
    if any(name.startswith(f"{OWN_FIELDS}.") for name in asked) and issubclass(kind.model, Customizable):
        known |= {key_of(f"{OWN_FIELDS}.{one.title}") for one in fields_of(kind.code)}
    return list(dict.fromkeys(name for name in asked if name not in known))


def _told(name: str, sort: Sort, example: str) -> dict[str, Any]:
    return {"name": name, "sort": sort.value, "sort_title": sort.label, "example": example}
