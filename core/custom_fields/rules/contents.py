"""Values of fields: read from what people send, kept as JSON, told in words, found by keys. No database.

Kept are: text, «1500.00», «2026-11-21», true, codes of options. References are kept elsewhere, as foreign keys.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from core.formulas.values import Kind, Value
from core.rounding import half_up
from core.texts import clean_line, clean_lines

from ..models import Field
from .shapes import CURRENCIES, MONEY_PLACES

Type = Field.Type
LONGEST_LINE, LONGEST_TEXT = 500, 10_000
MOST_CHOSEN = 50
_NUMBER = re.compile(r"[-−]?\d{1,15}(?:[.,]\d{1,12})?")
_YEARS = (1900, 2200)
_KEY_LENGTH = 200
_NO_BREAK = "\u00a0"


class WrongValue(ValueError):
    """A sentence for the field."""


def read(field: Field, given: Any, held: Any = None) -> Any:
    """What is kept of a value that somebody sends; None of an empty one. `held` may stay although it is archived.

    WrongValue.
    """
    if given is None or given in ("", []):
        return None
    readers = {
        Type.TEXT: _text, Type.NUMBER: _amount, Type.MONEY: _amount, Type.DATE: _day, Type.FLAG: _flag,
    }  # fmt: skip
    if field.type == Type.LIST:
        return _chosen(field, given, held or [])
    return readers[Type(field.type)](field, given)


def of_formulas(field: Field, kept: Any) -> Value:
    """A kept value as formulas take it."""
    if kept is None:
        return None
    if field.type in (Type.NUMBER, Type.MONEY):
        return Decimal(kept)
    if field.type == Type.DATE:
        return date.fromisoformat(kept)
    if field.type == Type.LIST:
        return ", ".join(titles_of(field, kept))
    return kept


def computed(field: Field, value: Value) -> Any:
    """The value of a formula as fields keep values."""
    if isinstance(value, Decimal):
        return _plain(half_up(value, field.settings["precision"]))
    return value.isoformat() if isinstance(value, date) else value


def keys_of(field: Field, kept: Any) -> list[dict[str, Any]]:
    """Columns of the keys by which a card with this value is found; one for each chosen option of a list."""
    if kept is None:
        return []
    if field.type == Type.LIST:
        return [{"place": place, "text": code} for place, code in enumerate(kept)]
    if isinstance(kept, bool):
        return [{"number": Decimal(kept)}]
    column = column_of(field)
    if column == "number":
        return [{"number": Decimal(kept)}]
    return [{"day": date.fromisoformat(kept)}] if column == "day" else [{"text": key_text(kept)}]


def column_of(field: Field) -> str:
    """The column of keys that a field is found and put in order by."""
    known = {Type.NUMBER: "number", Type.MONEY: "number", Type.FLAG: "number", Type.DATE: "day"}
    references = {Type.PERSON: "person", Type.CARD: "card", Type.FILE: "file"}
    if field.type == Type.FORMULA:
        by_result = {Kind.NUMBER: "number", Kind.FLAG: "number", Kind.DAY: "day"}
        return by_result.get(Kind(field.settings["result"]), "text")
    return (known | references).get(Type(field.type), "text")


def key_text(text: str) -> str:
    """A text as it is compared: in small letters, ё as е, one line, its beginning."""
    return clean_line(text).casefold().replace("ё", "е")[:_KEY_LENGTH]


def told(field: Field, kept: Any) -> str | None:
    """A kept value in words for the history: «1 500,00 ₽»."""
    if kept is None:
        return None
    if isinstance(kept, bool):
        return "да" if kept else "нет"
    if field.type == Type.LIST:
        return ", ".join(titles_of(field, kept))
    if field.type in (Type.NUMBER, Type.MONEY):
        return _amount_told(field, kept)
    if field.type == Type.DATE:
        return date.fromisoformat(kept).strftime("%d.%m.%Y")
    return kept


def titles_of(field: Field, codes: Sequence[str]) -> list[str]:
    known: Mapping[str, str] = {option["code"]: option["title"] for option in field.settings["options"]}
    return [known[code] for code in codes if code in known]


def _text(field: Field, given: Any) -> str | None:
    if not isinstance(given, str):
        raise WrongValue("Ожидается текст")
    many = field.settings["multiline"]
    longest = LONGEST_TEXT if many else LONGEST_LINE
    if len(given) > longest:
        raise WrongValue(f"Не длиннее {longest} знаков")
    return (clean_lines(given) if many else clean_line(given)) or None


def _amount(field: Field, given: Any) -> str:
    if isinstance(given, bool) or not isinstance(given, str | int | float):
        raise WrongValue("Ожидается число")
    text = repr(given) if isinstance(given, float) else str(given)
    text = re.sub(r"\s", "", text)
    if not text.isascii() and not text.startswith("−") or not _NUMBER.fullmatch(text):
        raise WrongValue("Напишите число цифрами: 1500,50. До запятой не больше 15 цифр")
    number = Decimal(text.replace("−", "-").replace(",", "."))
    places = MONEY_PLACES if field.type == Type.MONEY else field.settings["precision"]
    rounded = half_up(number, places)
    if rounded != number:
        raise WrongValue(f"Не больше {places} знаков после запятой" if places else "Ожидается целое число")
    return _plain(rounded)


def _plain(number: Decimal) -> str:
    """A number as fields keep it; «-0» is zero."""
    return f"{number or abs(number):f}"


def _day(field: Field, given: Any) -> str:
    try:
        day = date.fromisoformat(given) if isinstance(given, str) and len(given) == 10 else None
    except ValueError:
        day = None
    if day is None:
        raise WrongValue("Такой даты нет. Пишите её так: 2026-11-21")
    if not _YEARS[0] <= day.year < _YEARS[1]:
        raise WrongValue("Проверьте год")
    return day.isoformat()


def _flag(field: Field, given: Any) -> bool:
    if not isinstance(given, bool):
        raise WrongValue("Ожидается да или нет")
    return given


def _chosen(field: Field, given: Any, held: Sequence[str]) -> list[str]:
    codes = [given] if isinstance(given, str) else given
    if not isinstance(codes, list) or not all(isinstance(code, str) for code in codes):
        raise WrongValue("Выберите вариант из списка")
    codes = list(dict.fromkeys(codes))
    known = {option["code"]: option["is_archived"] for option in field.settings["options"]}
    if any(code not in known or known[code] and code not in held for code in codes):
        raise WrongValue("Такого варианта в списке нет")
    most = MOST_CHOSEN if field.settings["many"] else 1
    if len(codes) > most:
        raise WrongValue("Выберите один вариант" if most == 1 else f"Не больше {most} вариантов")
    return codes


def _amount_told(field: Field, kept: str) -> str:
    number = Decimal(kept)
    # Money keeps its kopecks, a quantity only what it has.
    plain = f"{number:,f}" if field.type == Type.MONEY else f"{number.normalize():,f}"
    unit = CURRENCIES.get(field.settings["currency"], "") if field.type == Type.MONEY else field.settings["unit"]
    return f"{plain.replace(',', _NO_BREAK).replace('.', ',')}{_NO_BREAK if unit else ''}{unit}"
