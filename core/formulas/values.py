"""What formulas compute with, and how large anything may become."""

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal, DivisionByZero, InvalidOperation, Overflow
from enum import StrEnum

# Signs of a text, parts of a tree, and how deep one part may lie in another: all that is done with a tree walks it
# by recursion, and each part is computed once at most.
LONGEST, MOST_PARTS, DEEPEST = 1000, 200, 40
LONGEST_TEXT = 2000
LARGEST = Decimal(10) ** 18
# Digits of an intermediate result: twice what any column holds.
CONTEXT = Context(prec=40, rounding=ROUND_HALF_UP, traps=[InvalidOperation, DivisionByZero, Overflow])
# What a division leaves after the point; without it thirds would differ from their printed form.
PLACES = 12


class Kind(StrEnum):
    """What a value is."""

    NUMBER = "number"
    TEXT = "text"
    FLAG = "flag"
    DAY = "day"

    @property
    def label(self) -> str:
        return _TITLES[self]


_TITLES = {Kind.NUMBER: "число", Kind.TEXT: "текст", Kind.FLAG: "да/нет", Kind.DAY: "дата"}

# None is an empty value of any kind.
Value = Decimal | str | bool | date | None
Types = Mapping[str, Kind]
Values = Mapping[str, Value]


def key_of(name: str) -> str:
    """How a name is compared: whatever its case and spaces, ё as е."""
    return " ".join(name.casefold().replace("ё", "е").split())
