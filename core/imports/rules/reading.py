"""From the texts of a row to the values of a card, or to a sentence at each cell that cannot be read. No database."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from core.entities.sheets import Cell, Column
from core.errors import Invalid, Refused
from core.texts import clean_line, clean_lines

from . import values
from .values import Unread, key_of, pieces

_EMPTY = "Заполните: без этого карточку не создать"
_BLOCKED = "Этот сотрудник заблокирован"
_MOST_PEOPLE, _MOST_OFFERED = 50, 10
# «Иванов Иван [15]», as Bitrix24 writes people.
_MARK = re.compile(r"\s*\[\d+\]\s*$")
Values = dict[str, Any]
Errors = dict[str, str]


@dataclass
class PeopleBook:
    """Principals by what they are called: full name, name and surname in any order, initials, e-mail, surname alone."""

    by_name: dict[str, set[int]] = field(default_factory=dict)
    by_surname: dict[str, set[int]] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    blocked: set[int] = field(default_factory=set)

    def add(self, principal: int, names: Sequence[str], email: str, *, is_active: bool) -> None:
        """Enter a person by last, first and middle name."""
        last, first, middle = names
        initials = " ".join(part[0] for part in (first, middle) if part)
        forms = {f"{last} {first} {middle}", f"{first} {middle} {last}", f"{last} {first}", f"{first} {last}"}
        forms |= {f"{last} {initials}", f"{initials} {last}", f"{last} {first[:1]}", f"{first[:1]} {last}"}
        for form in forms:
            self.by_name.setdefault(key_of(form), set()).add(principal)
        self.by_surname.setdefault(key_of(last), set()).add(principal)
        self.names[principal] = " ".join(filter(None, names))
        if email:
            self.by_name.setdefault(email.lower(), set()).add(principal)
        if not is_active:
            self.blocked.add(principal)

    def find(self, text: str) -> int:
        """The one person who is called so. Unread."""
        bare = _MARK.sub("", text).strip()
        key = key_of(bare)
        found = self.by_name.get(bare.lower()) or self.by_name.get(key) or self.by_surname.get(key) or set()
        working = found - self.blocked
        if not found:
            raise Unread("Такого сотрудника нет. Проверьте имя или напишите рабочую почту")
        if not working:
            raise Unread(_BLOCKED)
        if len(working) > 1:
            raise Unread(
                f"Так зовут нескольких: {self._told(working)}. Напишите имя полностью или рабочую почту нужного"
            )
        return next(iter(working))

    def _told(self, several: set[int]) -> str:
        names = sorted(self.names[one] for one in several)
        more = len(names) - _MOST_OFFERED
        return ", ".join(names[:_MOST_OFFERED]) + (f" и ещё {more}" if more > 0 else "")


@dataclass(frozen=True)
class Reader:
    """Reads rows {code of column: text}. `choices` are {code: {key of a title: values that are called so}},
    `offers` {code: titles that may stand there}."""

    columns: tuple[Column, ...]
    people: PeopleBook
    choices: Mapping[str, Mapping[str, set[Any]]]
    offers: Mapping[str, Sequence[str]]
    zone: ZoneInfo
    status: str = ""
    refusals: Callable[[Values], Errors] | None = None

    def read(self, texts: Mapping[str, str]) -> tuple[Values, Errors]:
        """Values by code, empty cells left out; sentences by code."""
        found: Values = {}
        errors: Errors = {}
        for column in self.columns:
            text = texts.get(column.code, "")
            if not text.strip():
                continue
            try:
                found[column.code] = self._value(column, text)
            except (ValueError, Refused) as wrong:
                errors[column.code] = _sentence(wrong)
        status = found.get("status", self.status)
        for column in self.columns:
            is_empty = found.get(column.code) is None and column.code not in errors
            if is_empty and (column.required or status in column.required_at):
                errors[column.code] = _EMPTY
        if not errors and self.refusals is not None:
            errors = self.refusals(found)
        return found, errors

    def _value(self, column: Column, text: str) -> Any:
        value = self._typed(column, text)
        return column.check(value) if column.check is not None and value is not None else value

    def _typed(self, column: Column, text: str) -> Any:
        if column.cell in (Cell.LINE, Cell.TEXT):
            return _worded(column, text)
        if column.cell == Cell.CHOICE:
            return _each(column, text, partial(self._chosen, column))
        if column.cell == Cell.PERSON:
            return _each(column, text, self.people.find)
        if column.cell == Cell.MOMENT:
            return values.moment(text, self.zone, column.day_time)
        if column.cell == Cell.DAY:
            return values.day(text)
        if column.cell == Cell.NUMBER:
            return values.number(text, column.places)
        return values.flag(text) if column.cell == Cell.FLAG else pieces(text)

    def _chosen(self, column: Column, text: str) -> Any:
        known = self.choices.get(column.code, {})
        found = known.get(key_of(text), set())
        if not found:
            raise Unread(self._offer(column))
        if len(found) > 1:
            raise Unread("Так называются несколько записей справочника. Напишите с вышестоящими через « / »")
        return next(iter(found))

    def _offer(self, column: Column) -> str:
        titles = self.offers.get(column.code, ())
        few = ", ".join(titles) if len(titles) <= _MOST_OFFERED else ""
        return f"Такого варианта нет. Есть: {few}" if few else "Такого варианта в справочнике нет"


def choices_by_key(pairs: Mapping[str, Iterable[tuple[Any, str]]]) -> dict[str, dict[str, set[Any]]]:
    """What `Reader` knows choices by: of {code: (value, title) pairs}."""
    found: dict[str, dict[str, set[Any]]] = {}
    for code, known in pairs.items():
        keys = found.setdefault(code, {})
        for value, title in known:
            keys.setdefault(key_of(title), set()).add(value)
    return found


def _worded(column: Column, text: str) -> str | None:
    words = clean_line(text) if column.cell == Cell.LINE else clean_lines(text)
    if len(words) > column.longest:
        raise Unread(f"Не длиннее {column.longest} знаков, а здесь {len(words)}")
    return words or None


def _each(column: Column, text: str, find: Callable[[str], Any]) -> Any:
    if not column.many:
        return find(text.strip())
    named = pieces(text)
    if len(named) > _MOST_PEOPLE:
        raise Unread(f"Не больше {_MOST_PEOPLE} значений")
    return list(dict.fromkeys(find(one) for one in named))


def _sentence(wrong: Exception) -> str:
    if isinstance(wrong, Invalid):
        return next(iter(wrong.errors.values()))[0]
    return wrong.detail if isinstance(wrong, Refused) else str(wrong)
