"""What a cell of a file tells of a value. No database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from core.attachments.rules.tables import NO, YES
from core.entities.sheets import Cell, Column

BETWEEN = ", "
# What Excel and its kin take for the beginning of a formula, in its narrow and its wide form, and the separator.
FORMULA_SIGNS = "=+-@\t\r\n;＝＋－＠"
APOSTROPHE = "'"

Told = str | Decimal | date | datetime | None


@dataclass(frozen=True)
class Words:
    """What ids and codes of values are called: choices by the code of their column, people by principal."""

    zone: ZoneInfo
    choices: Mapping[str, Mapping[Any, str]] = field(default_factory=dict)
    people: Mapping[int, str] = field(default_factory=dict)


def told(column: Column, value: Any, words: Words) -> Told:
    """A value as a cell: text, a number, a day, or a moment in the company's zone without it."""
    if column.show is not None:
        value = column.show(value)
    if value is None or value in ("", []):
        return None
    if column.cell == Cell.FLAG:
        return YES if value else NO
    if column.cell == Cell.MOMENT:
        return value.astimezone(words.zone).replace(tzinfo=None)
    if column.cell == Cell.DAY:
        return date.fromisoformat(value) if isinstance(value, str) else value
    if column.cell == Cell.NUMBER:
        return Decimal(value)
    if column.cell == Cell.CHOICE:
        return _named(value, words.choices.get(column.code, {}))
    if column.cell == Cell.PERSON:
        return _named(value, words.people)
    return BETWEEN.join(value) if column.cell == Cell.WORDS else value


def first_titles(pairs: Sequence[tuple[Any, str]]) -> dict[Any, str]:
    """Of (value, title) pairs the title by which each value is written."""
    found: dict[Any, str] = {}
    for value, title in pairs:
        found.setdefault(value, title)
    return found


def as_text(value: Told) -> str:
    """A cell in words, as CSV has it: `15.03.2027 18:00`, `1500,5`."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.strftime("%d.%m.%Y %H:%M")
    if isinstance(value, date):
        return value.strftime("%d.%m.%Y")
    return f"{value:f}".replace(".", ",") if isinstance(value, Decimal) else value


def harmless(text: str) -> str:
    """A text that no table program takes for a formula: what could be one begins with an apostrophe."""
    return APOSTROPHE + text if text.startswith((APOSTROPHE, *FORMULA_SIGNS)) else text


def unguarded(text: str) -> str:
    """The text before `harmless`."""
    is_guarded = text.startswith(APOSTROPHE) and text[1:2] and text[1] in APOSTROPHE + FORMULA_SIGNS
    return text[1:] if is_guarded else text


def _named(value: Any, names: Mapping[Any, str]) -> str | None:
    values = value if isinstance(value, list | tuple) else [value]
    return BETWEEN.join(names[one] for one in values if one in names) or None
