"""What a company can decide for itself: a declared option and the kinds of values that options have."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar, Generic, TypeVar

from core.access.permissions import Permission
from core.texts import clean_line

from .permissions import MANAGE_OPTIONS

T = TypeVar("T")
NOTHING = "не задано"
LONGEST_TEXT = 300
MOST_NAMED = 50
_LARGEST_ID = 2**62
_PLACES = 2
_KOPECK = Decimal("0.01")


class WrongValue(ValueError):
    """A value that an option cannot have; the text is a Russian sentence that stands beside its field."""


class Kind(Generic[T]):
    """`read` makes of JSON what the code works with and refuses everything else; `kept` is its way back.

    `told` are the words of a value in the history.
    """

    code: ClassVar[str]

    def read(self, raw: Any) -> T:
        """The value that JSON means. WrongValue says what is wrong with it."""
        raise NotImplementedError

    def kept(self, value: T) -> Any:
        return value

    def told(self, value: T) -> str:
        return str(value) or NOTHING


class YesNo(Kind[bool]):
    code = "yes_no"

    def read(self, raw: Any) -> bool:
        if not isinstance(raw, bool):
            raise WrongValue("Выберите «да» или «нет»")
        return raw

    def told(self, value: bool) -> str:
        return "да" if value else "нет"


@dataclass(frozen=True)
class Whole(Kind[int]):
    """A whole number; `unit` stands behind it, `none` is what people read instead of a zero."""

    code: ClassVar[str] = "whole"
    least: int
    most: int
    unit: str = ""
    none: str = ""

    def read(self, raw: Any) -> int:
        if isinstance(raw, bool) or not isinstance(raw, int) or not self.least <= raw <= self.most:
            raise WrongValue(f"Целое число от {self.least} до {self.most}")
        return raw

    def told(self, value: int) -> str:
        if value == 0 and self.none:
            return self.none
        return f"{value} {self.unit}".strip()


@dataclass(frozen=True)
class Choice(Kind[str]):
    """One of a few; `choices` are (code, title)."""

    code: ClassVar[str] = "choice"
    choices: tuple[tuple[str, str], ...]

    def read(self, raw: Any) -> str:
        if not isinstance(raw, str) or raw not in dict(self.choices):
            raise WrongValue("Выберите одно из предложенного")
        return raw

    def told(self, value: str) -> str:
        return dict(self.choices)[value]


@dataclass(frozen=True)
class Several(Kind[tuple[str, ...]]):
    """Any of a few, none as well; the value has them in the order of `choices`."""

    code: ClassVar[str] = "several"
    choices: tuple[tuple[str, str], ...]

    def read(self, raw: Any) -> tuple[str, ...]:
        wanted = _listed(raw, str)
        if set(wanted) - set(dict(self.choices)):
            raise WrongValue("Выберите из предложенного")
        return tuple(code for code, _ in self.choices if code in wanted)

    def kept(self, value: tuple[str, ...]) -> list[str]:
        return list(value)

    def told(self, value: tuple[str, ...]) -> str:
        return ", ".join(title for code, title in self.choices if code in value) or NOTHING


@dataclass(frozen=True)
class Text(Kind[str]):
    """One line of words, which may be empty."""

    code: ClassVar[str] = "text"
    longest: int = LONGEST_TEXT

    def read(self, raw: Any) -> str:
        line = clean_line(raw) if isinstance(raw, str) else None
        if line is None or len(line) > self.longest:
            raise WrongValue(f"Не длиннее {self.longest} знаков")
        return line


@dataclass(frozen=True)
class Money(Kind[Decimal]):
    """A sum in roubles; JSON has it as text, so that no kopeck is lost on the way."""

    code: ClassVar[str] = "money"
    least: Decimal
    most: Decimal

    def read(self, raw: Any) -> Decimal:
        try:
            value = Decimal(raw) if isinstance(raw, str) and raw.isascii() and len(raw) <= 20 else None
        except InvalidOperation:
            value = None
        if value is None or not value.is_finite() or not self.least <= value <= self.most:
            raise WrongValue(f"Сумма от {self._words(self.least)} до {self._words(self.most)}")
        if value != value.quantize(_KOPECK):
            raise WrongValue("Не больше двух знаков после запятой")
        return value.quantize(_KOPECK)

    def kept(self, value: Decimal) -> str:
        return f"{value:.{_PLACES}f}"

    def told(self, value: Decimal) -> str:
        return self._words(value)

    @staticmethod
    def _words(value: Decimal) -> str:
        return f"{value:,.{_PLACES}f} ₽".replace(",", "\N{NO-BREAK SPACE}").replace(".", ",")


@dataclass(frozen=True)
class Employees(Kind[tuple[int, ...]]):
    """People by the ids of their cards. Whether there are such people is asked by whoever writes them."""

    code: ClassVar[str] = "people"
    most: int = MOST_NAMED

    def read(self, raw: Any) -> tuple[int, ...]:
        ids = _listed(raw, int)
        if any(isinstance(pk, bool) or not 0 < pk <= _LARGEST_ID for pk in ids):
            raise WrongValue("Выберите сотрудников из списка")
        return _at_most(ids, self.most)

    def kept(self, value: tuple[int, ...]) -> list[int]:
        return list(value)


@dataclass(frozen=True)
class Roles(Kind[tuple[str, ...]]):
    """Roles by their codes. Whether there are such roles is asked by whoever writes them."""

    code: ClassVar[str] = "roles"
    most: int = MOST_NAMED

    def read(self, raw: Any) -> tuple[str, ...]:
        return _at_most(_listed(raw, str), self.most)

    def kept(self, value: tuple[str, ...]) -> list[str]:
        return list(value)


@dataclass(frozen=True, eq=False)
class Option(Generic[T]):
    """Something that each company decides for itself, with what stands until it does.

    `code` is `<module or mechanism>.<name>`; `title` and `hint` are what people read; `group` is a heading among the
    options of the same module. `permission` is asked of whoever changes it. Its value: `core.options.queries.option`.
    """

    code: str
    title: str
    hint: str
    kind: Kind[T]
    default: T
    group: str = ""
    permission: Permission = MANAGE_OPTIONS

    def of(self, stored: Mapping[str, Any]) -> T:
        """The value among what a company has stored; what cannot be read any more counts as nothing said."""
        if self.code not in stored:
            return self.default
        try:
            return self.kind.read(stored[self.code])
        except WrongValue:
            return self.default


def _listed(raw: Any, each: type) -> list[Any]:
    if not isinstance(raw, list) or not all(isinstance(one, each) for one in raw):
        raise WrongValue("Ожидается список")
    return list(dict.fromkeys(raw))


def _at_most(found: Iterable[T], most: int) -> tuple[T, ...]:
    held = tuple(found)
    if len(held) > most:
        raise WrongValue(f"Не больше {most}")
    return held
