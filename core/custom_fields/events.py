"""Facts about fields: of cards, and of their settings."""

from dataclasses import dataclass
from typing import ClassVar

from core.events.bus import Change, Event


@dataclass(frozen=True)
class FieldsChanged(Event):
    """Values of a card are others now. Each change is called `fields.<code>`; its label is the field's title today,
    for whoever may see the field."""

    kind: ClassVar[str] = "custom_fields.changed"
    title: ClassVar[str] = "изменил(а) поля"
    labels: ClassVar[dict[str, str]] = {"card_type": "Тип"}
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class FieldDefined(Event):
    kind: ClassVar[str] = "custom_fields.field_defined"
    title: ClassVar[str] = "добавил(а) поле"
    card_kind: str
    code: str
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class FieldAltered(Event):
    kind: ClassVar[str] = "custom_fields.field_altered"
    title: ClassVar[str] = "изменил(а) поле"
    card_kind: str
    code: str
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class FieldsOrdered(Event):
    """`codes` are the fields of the kind in their new order."""

    kind: ClassVar[str] = "custom_fields.ordered"
    title: ClassVar[str] = "переставил(а) поля"
    card_kind: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class CardTypeDefined(Event):
    kind: ClassVar[str] = "custom_fields.type_defined"
    title: ClassVar[str] = "добавил(а) тип карточек"
    card_kind: str
    code: str
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class CardTypeAltered(Event):
    kind: ClassVar[str] = "custom_fields.type_altered"
    title: ClassVar[str] = "изменил(а) тип карточек"
    card_kind: str
    code: str
    changes: tuple[Change, ...] = ()


FACTS = (FieldsChanged, FieldDefined, FieldAltered, FieldsOrdered, CardTypeDefined, CardTypeAltered)
