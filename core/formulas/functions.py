"""Functions that formulas may call; nothing else is ever called."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from core.rounding import half_up

from .errors import FormulaError
from .values import CONTEXT, Kind

_MOST_ARGS = 30
_MOST_PLACES = 6
N, T, F, D = Kind.NUMBER, Kind.TEXT, Kind.FLAG, Kind.DAY


@dataclass(frozen=True)
class Function:
    """One function. `takes` are the kinds of its arguments, the last of them of all further ones; None is any kind,
    the same for all such arguments. It gives `gives`, or the kind of those arguments when that is None.

    With an empty argument the value is empty, without asking `run`, unless `bears_empty`. `run` is None for those that
    the evaluation itself knows: ЕСЛИ looks at one branch only, СЕГОДНЯ at the surroundings.
    """

    hint: str
    takes: tuple[Kind | None, ...]
    gives: Kind | None
    run: Callable[..., Any] | None
    least: int = 1
    most: int = 1
    bears_empty: bool = False

    def taken(self, place: int) -> Kind | None:
        """The kind of the argument at a place."""
        return self.takes[min(place, len(self.takes) - 1)]


def _held(args: tuple[Any, ...]) -> list[Any]:
    return [arg for arg in args if arg is not None]


def _sum(*args: Decimal | None) -> Decimal:
    total = Decimal(0)
    for arg in _held(args):
        total = CONTEXT.add(total, arg)
    return total


def _average(*args: Decimal | None) -> Decimal | None:
    held = _held(args)
    return CONTEXT.divide(_sum(*held), Decimal(len(held))) if held else None


def _least(*args: Any) -> Any:
    held = _held(args)
    return min(held) if held else None


def _most(*args: Any) -> Any:
    held = _held(args)
    return max(held) if held else None


def _rounded(number: Decimal, places: Decimal = Decimal(0)) -> Decimal:
    if places != places.to_integral_value() or abs(places) > _MOST_PLACES:
        raise FormulaError(f"Округлить можно до целого числа знаков, от −{_MOST_PLACES} до {_MOST_PLACES}")
    return half_up(number, int(places))


def _remainder(number: Decimal, by: Decimal) -> Decimal:
    """As tables do it: the sign is the divisor's."""
    if by == 0:
        raise FormulaError("На ноль делить нельзя")
    rest = CONTEXT.remainder(number, by)
    return CONTEXT.add(rest, by) if rest and (rest < 0) != (by < 0) else rest


def _whole(number: Decimal, what: str) -> int:
    if number != number.to_integral_value():
        raise FormulaError(f"{what} — целое число")
    return int(number)


def _date(year: Decimal, month: Decimal, day: Decimal) -> date:
    try:
        return date(_whole(year, "Год"), _whole(month, "Месяц"), _whole(day, "День"))
    except (ValueError, OverflowError) as wrong:
        raise FormulaError("Такой даты нет") from wrong


def _days(end: date, start: date) -> Decimal:
    return Decimal((end - start).days)


def _joined(*args: str | None) -> str:
    return "".join(_held(args))


def _beginning(text: str, count: Decimal) -> str:
    return text[: max(0, _whole(count, "Число знаков"))]


def _has(text: str, piece: str) -> bool:
    return piece.casefold() in text.casefold()


FUNCTIONS: dict[str, Function] = {
    "ЕСЛИ": Function("ЕСЛИ(условие; если да; если нет)", (F, None), None, None, 2, 3, bears_empty=True),
    "СУММ": Function("СУММ(число; число; …), пустые не считает", (N,), N, _sum, 1, _MOST_ARGS, bears_empty=True),
    "СРЗНАЧ": Function("СРЗНАЧ(число; число; …)", (N,), N, _average, 1, _MOST_ARGS, bears_empty=True),
    "МИН": Function("МИН(значение; значение; …)", (None,), None, _least, 1, _MOST_ARGS, bears_empty=True),
    "МАКС": Function("МАКС(значение; значение; …)", (None,), None, _most, 1, _MOST_ARGS, bears_empty=True),
    "ОКРУГЛ": Function("ОКРУГЛ(число; знаков после запятой)", (N,), N, _rounded, 1, 2),
    "МОДУЛЬ": Function("МОДУЛЬ(число) — без знака минус", (N,), N, abs),
    "ОСТАТ": Function("ОСТАТ(число; делитель)", (N,), N, _remainder, 2, 2),
    "СЕГОДНЯ": Function("СЕГОДНЯ()", (), D, None, 0, 0),
    "ДНЕЙ": Function("ДНЕЙ(конец; начало)", (D,), N, _days, 2, 2),
    "ДАТА": Function("ДАТА(год; месяц; день)", (N,), D, _date, 3, 3),
    "ГОД": Function("ГОД(дата)", (D,), N, lambda day: Decimal(day.year)),
    "МЕСЯЦ": Function("МЕСЯЦ(дата)", (D,), N, lambda day: Decimal(day.month)),
    "ДЕНЬ": Function("ДЕНЬ(дата)", (D,), N, lambda day: Decimal(day.day)),
    "ДЕНЬНЕД": Function("ДЕНЬНЕД(дата), понедельник — 1", (D,), N, lambda day: Decimal(day.isoweekday())),
    "ДЛСТР": Function("ДЛСТР(текст) — сколько знаков", (T,), N, lambda text: Decimal(len(text))),
    "СЦЕПИТЬ": Function("СЦЕПИТЬ(текст; текст; …)", (T,), T, _joined, 1, _MOST_ARGS, bears_empty=True),
    "ПРОПИСН": Function("ПРОПИСН(текст) — заглавными", (T,), T, str.upper),
    "СТРОЧН": Function("СТРОЧН(текст) — строчными", (T,), T, str.lower),
    "ЛЕВСИМВ": Function("ЛЕВСИМВ(текст; знаков)", (T, N), T, _beginning, 2, 2),
    "СОДЕРЖИТ": Function("СОДЕРЖИТ(текст; часть)", (T,), F, _has, 2, 2),
    "ПУСТО": Function("ПУСТО(значение)", (None,), F, lambda value: value is None, bears_empty=True),
    "ЕСЛИПУСТО": Function(
        "ЕСЛИПУСТО(значение; замена)", (None,), None,
        lambda value, other: other if value is None else value, 2, 2, bears_empty=True,
    ),
}  # fmt: skip
