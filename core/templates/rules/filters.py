"""What a template may do with a value; nothing else is ever done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from num2words import num2words

from core.language.cases import Case, declined
from core.language.days import day_in_words, long_day, quoted_day, short_day
from core.language.fullnames import with_initials
from core.language.quotes import quoted
from core.language.sums import digits, in_words
from core.rounding import half_up

from .places import Filter
from .values import NOTHING, Scope, Sort, TemplateError, Told, nearest, unknown

CURRENCY = "RUB"
_WORDS = frozenset({Sort.TEXT, Sort.PERSON})
_FIGURES = frozenset({Sort.MONEY, Sort.NUMBER})
_ALL = frozenset(Sort) - {Sort.PICTURE}
_MOST_IN_WORDS = Decimal(10) ** 15


@dataclass(frozen=True)
class Known:
    """One filter: `hint` for people, the sorts that it takes, how many arguments, what it makes."""

    hint: str
    takes: frozenset[Sort]
    run: Callable[..., Any]
    gives: Sort = Sort.TEXT
    args: int = 0


def _in_case(case: Case) -> Known:
    def run(value: str, known: Mapping[str, Mapping[str, str]]) -> str:
        return declined(value, case, known)

    return Known(f"{case.value} падеж", _WORDS, run)


def _words(value: Decimal, sort: Sort) -> str:
    """A sum in the bank form, any other number in plain words."""
    if value < 0 or value >= _MOST_IN_WORDS:
        raise TemplateError("Прописью пишут числа от нуля до триллионов")
    if sort == Sort.MONEY:
        return in_words(half_up(value, 2), CURRENCY)
    if value != value.to_integral_value():
        raise TemplateError("Прописью пишут суммы и целые числа. Добавьте перед этим: | округлить(0)")
    return num2words(int(value), lang="ru")


def _rounded(value: Decimal, places: Decimal) -> Decimal:
    if not isinstance(places, Decimal) or places != places.to_integral_value() or not 0 <= places <= 6:
        raise TemplateError("Округляют до целого числа знаков, от 0 до 6")
    return half_up(value, int(places))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


# Cases take the dictionary besides, words in figures the sort: `shown` gives each what it asks for.
FILTERS: dict[str, Known] = {
    **{case.value: _in_case(case) for case in Case},
    "инициалы": Known("Иванов П. С.", _WORDS, with_initials),
    "инициалы впереди": Known("П. С. Иванов", _WORDS, lambda text: with_initials(text, first=True)),
    "прописью": Known("Сто рублей 00 копеек; число словами", _FIGURES, _words),
    "рублями": Known("1 234,50 руб.", _FIGURES, lambda value: f"{digits(half_up(value, 2))} руб."),
    "округлить": Known("округлить(2) — знаков после запятой", _FIGURES, _rounded, Sort.NUMBER, 1),
    "дата": Known("23.11.2026", frozenset({Sort.DAY}), short_day),
    "дата словами": Known("23 ноября 2026 г.", frozenset({Sort.DAY}), long_day),
    "дата в кавычках": Known("«23» ноября 2026 г.", frozenset({Sort.DAY}), quoted_day),
    "дата прописью": Known("двадцать третье ноября … года", frozenset({Sort.DAY}), day_in_words),
    "дня прописью": Known(
        "двадцать третьего ноября … года", frozenset({Sort.DAY}), lambda day: day_in_words(day, genitive=True)
    ),
    "с заглавной": Known("С заглавной буквы", _WORDS, _capital),
    "заглавными": Known("ЗАГЛАВНЫМИ БУКВАМИ", _WORDS, str.upper),
    "строчными": Known("строчными буквами", _WORDS, str.lower),
    "в кавычках": Known("«в кавычках»", _WORDS, quoted),
    "или": Known("или(\"не указан\") — когда пусто", _ALL, lambda value, other: value, args=1),
}  # fmt: skip
CASES = frozenset(case.value for case in Case)


def known_filter(one: Filter) -> Known:
    """A filter by its name. TemplateError suggests the one that was meant."""
    found = FILTERS.get(one.name)
    if found is None:
        raise TemplateError(unknown(f"Обработки «{one.name}» нет", nearest(one.name, FILTERS)))
    if len(one.args) != found.args:
        raise TemplateError(f"У обработки «{one.name}» другая запись: {found.hint}")
    return found


def sort_after(sort: Sort, filters: tuple[Filter, ...]) -> Sort:
    """What filters make of a value of a sort. TemplateError where one does not take it."""
    for one in filters:
        found = known_filter(one)
        if sort not in found.takes:
            raise TemplateError(f"Обработка «{one.name}» не применяется к значению «{sort.label}»")
        # A person stays one in another case: initials may follow.
        sort = sort if one.name in CASES or one.name == "или" else found.gives
    return sort


def shown(told: Told, filters: tuple[Filter, ...], scope: Scope) -> str:
    """A value as it is printed. TemplateError where a filter does not suit it."""
    if told.sort == Sort.PICTURE:
        raise TemplateError("Изображение ставят отдельным полем, без обработок")
    sort_after(told.sort, filters)
    if told.value is None:
        other = next((one.args[0] for one in filters if one.name == "или"), NOTHING)
        return other if isinstance(other, str) else plain(Told(Sort.NUMBER, other))
    for one in filters:
        found = known_filter(one)
        more: tuple[Any, ...] = one.args
        if one.name in CASES:
            more = (scope.known,)
        elif one.name == "прописью":
            more = (told.sort,)
        value = found.run(told.value, *more)
        sort = told.sort if one.name in CASES or one.name == "или" else found.gives
        # «двадцать рублей»: a rounded sum is a sum still.
        told = Told(told.sort if one.name == "округлить" else sort, value)
    return plain(told)


def plain(told: Told) -> str:
    """A value as people write it when nothing more is said."""
    value = told.value
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, date):
        return short_day(value)
    if isinstance(value, Decimal):
        return digits(half_up(value, 2)) if told.sort == Sort.MONEY else _number(value)
    return value


def _number(value: Decimal) -> str:
    text = f"{value.normalize():f}" if value else "0"
    return text.replace(".", ",")


def filters_listed() -> list[dict[str, Any]]:
    """All filters for whoever writes a template."""
    return [
        {"name": name, "hint": one.hint, "sorts": sorted(sort.value for sort in one.takes)}
        for name, one in FILTERS.items()
    ]
