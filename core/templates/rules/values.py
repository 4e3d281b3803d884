"""What stands behind the names of a template. Plain values in a flat map: a name is a key and never an attribute."""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from core.formulas.values import Kind, Value, key_of

# What stands where a name has no value: a line to write on.
NOTHING = "________"
LONGEST_VALUE, MOST_LINES, MOST_NAMES = 200_000, 5000, 500
# The number of a line in its list.
NUMBER = "№"
# Pictures that any kind of card may print: the code that opens it, and what stands on an approved one.
QR, STAMP, SIGNATURE = "qr", "печать", "подпись"


class TemplateError(Exception):
    """Why a template is not filled in, as a sentence for people, and where: a piece of the text around."""

    def __init__(self, sentence: str, where: str = "") -> None:
        super().__init__(sentence)
        self.sentence, self.where = sentence, where[:200]


class Sort(StrEnum):
    TEXT = "text"
    PERSON = "person"
    MONEY = "money"
    NUMBER = "number"
    DAY = "day"
    FLAG = "flag"
    PICTURE = "picture"

    @property
    def label(self) -> str:
        return _TITLES[self]

    @property
    def kind(self) -> Kind | None:
        """What formulas make of it; pictures are nothing to them."""
        return _KINDS.get(self)


_TITLES = {
    Sort.TEXT: "текст", Sort.PERSON: "человек", Sort.MONEY: "сумма", Sort.NUMBER: "число", Sort.DAY: "дата",
    Sort.FLAG: "да/нет", Sort.PICTURE: "изображение",
}  # fmt: skip
_KINDS = {
    Sort.TEXT: Kind.TEXT, Sort.PERSON: Kind.TEXT, Sort.MONEY: Kind.NUMBER, Sort.NUMBER: Kind.NUMBER,
    Sort.DAY: Kind.DAY, Sort.FLAG: Kind.FLAG,
}  # fmt: skip


@dataclass(frozen=True)
class Told:
    """A value and what it is; None is an empty one. Of a picture the value is its name."""

    sort: Sort
    value: Value

    def plain(self) -> dict[str, Any]:
        """As it goes to another process."""
        value = self.value
        if isinstance(value, Decimal | date):
            value = str(value)
        return {"sort": self.sort.value, "value": value}


def told_of(plain: Mapping[str, Any]) -> Told:
    """The way back. TemplateError for what is no such value: the sender is ours, the bound is not."""
    sort, value = Sort(plain["sort"]), plain["value"]
    if value is None or value == "":
        return Told(sort, None)
    try:
        if sort in (Sort.MONEY, Sort.NUMBER):
            return Told(sort, Decimal(str(value)))
        if sort == Sort.DAY:
            return Told(sort, date.fromisoformat(str(value)))
    except (InvalidOperation, ValueError) as wrong:
        raise TemplateError(f"Значение «{str(value)[:40]}» — не {sort.label}") from wrong
    if sort == Sort.FLAG:
        return Told(sort, bool(value))
    return Told(sort, str(value)[:LONGEST_VALUE])


@dataclass(frozen=True)
class Scope:
    """Values by their folded names, lists of lines by theirs; `known` are forms that people have put right.

    Inside a loop `line` is the list that is gone through: its columns stand among the values. In a `lenient` one a name
    that nobody knows leaves a line to write on.
    """

    values: Mapping[str, Told]
    lists: Mapping[str, tuple[Mapping[str, Told], ...]] = field(default_factory=dict)
    columns: Mapping[str, Mapping[str, Sort]] = field(default_factory=dict)
    known: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    today: date = date.min
    line: str = ""
    lenient: bool = False

    def sort_of(self, name: str) -> Sort | None:
        """What a name is, in or out of a loop over its list; None when nobody knows it."""
        key = key_of(name)
        if key in self.values:
            return self.values[key].sort
        return self.columns.get(list_of(key), {}).get(_column(key))

    def named(self) -> list[str]:
        """Every name that may stand in a template."""
        inner = [f"{name}.{column}" for name, columns in self.columns.items() for column in columns]
        return [*self.values, *inner]

    def at(self, name: str, number: int, line: Mapping[str, Told]) -> "Scope":
        """The same with one line of a list."""
        own = {f"{name}.{column}": value for column, value in line.items()}
        own[f"{name}.{NUMBER}"] = Told(Sort.NUMBER, Decimal(number))
        return replace(self, values={**self.values, **own}, line=name)

    def lines(self, name: str) -> "list[Scope]":
        """A scope for each line of a list. TemplateError when there is no such list."""
        if name not in self.lists:
            raise TemplateError(unknown(f"Списка «{name}» нет", nearest(name, self.lists)))
        return [self.at(name, number, line) for number, line in enumerate(self.lists[name], start=1)]


def scope_of(told: Mapping[str, Any]) -> Scope:
    """A scope from its plain form."""
    lists: dict[str, tuple[Mapping[str, Told], ...]] = {}
    columns: dict[str, dict[str, Sort]] = {}
    for name, one in told.get("lists", {}).items():
        key = key_of(name)
        lists[key] = tuple(_line(row) for row in one["rows"][:MOST_LINES])
        columns[key] = {key_of(column): Sort(sort) for column, sort in one["columns"].items()} | {NUMBER: Sort.NUMBER}
    return Scope(
        _line(told["values"]),
        lists,
        columns,
        told.get("known", {}),
        date.fromisoformat(told.get("today", "0001-01-01")),
    )


def _line(row: Mapping[str, Any]) -> dict[str, Told]:
    return {key_of(name): told_of(value) for name, value in row.items()}


def list_of(name: str) -> str:
    """«строки.цена» → «строки»; of a name without a point nothing."""
    return key_of(name).partition(".")[0] if "." in name else ""


def _column(name: str) -> str:
    return name.partition(".")[2]


def nearest(name: str, among: Iterable[str]) -> str:
    """The name that was meant, most likely; empty when none is alike."""
    known = list(among)
    found = difflib.get_close_matches(key_of(name), known, n=1, cutoff=0.6)
    if found:
        return found[0]
    tail = key_of(name).rpartition(".")[2]
    return next((one for one in known if tail and (one.startswith(tail) or one.endswith(f".{tail}"))), "")


def unknown(sentence: str, suggestion: str) -> str:
    return (
        f"{sentence}. Возможно, имелось в виду «{suggestion}»" if suggestion else f"{sentence}. Выберите его из списка"
    )
