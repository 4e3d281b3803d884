"""From signs to words: numbers with a comma, «texts», [names], dates, operators."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .errors import FormulaError
from .values import LARGEST, LONGEST, LONGEST_TEXT

_WORDS = re.compile(
    r"""
    (?P<space>\s+)
  | (?P<day>\d{1,2}\.\d{1,2}\.\d{4}(?!\d))
  | (?P<number>\d+(?:[,.]\d+)?)
  | (?P<text>"(?:[^"]|"")*"|«[^«»]*»)
  | (?P<field>\[[^\[\]]*\])
  | (?P<word>[^\W\d]\w*)
  | (?P<sign><=|>=|<>|≤|≥|≠|[-−–+*×/÷%=<>();])
    """,
    re.VERBOSE,
)
_SAME = {"≤": "<=", "≥": ">=", "≠": "<>", "−": "-", "–": "-", "×": "*", "÷": "/"}
_RESERVED = frozenset({"и", "или", "не"})
_FLAGS = {"да": True, "истина": True, "нет": False, "ложь": False}


@dataclass(frozen=True)
class Word:
    """`sort` is constant, field, word, sign or end; of a sign `text` is the sign itself."""

    sort: str
    text: str
    at: int
    value: Decimal | str | bool | date | None = None


def words_of(text: str) -> list[Word]:
    """The words of a formula, closed by one of sort `end`. FormulaError."""
    if len(text) > LONGEST:
        raise FormulaError(f"Формула длиннее {LONGEST} знаков. Разбейте её на несколько полей", LONGEST)
    found: list[Word] = []
    at = 0
    while at < len(text):
        match = _WORDS.match(text, at)
        if match is None:
            raise FormulaError(_strange(text[at]), at)
        if match.lastgroup != "space":
            found.append(_word(match.lastgroup or "", match.group(), at))
        at = match.end()
    return [*found, Word("end", "", len(text))]


def _word(sort: str, text: str, at: int) -> Word:
    match sort:
        case "day":
            return Word("constant", text, at, _day(text, at))
        case "number":
            return Word("constant", text, at, _number(text, at))
        case "text":
            return Word("constant", text, at, _quoted(text, at))
        case "field":
            return Word("field", _inner(text, at), at)
        case "sign":
            return Word("sign", _SAME.get(text, text), at)
    plain = text.casefold()
    if plain in _RESERVED:
        return Word("sign", plain, at)
    if plain in _FLAGS:
        return Word("constant", text, at, _FLAGS[plain])
    return Word("word", text, at)


def _number(text: str, at: int) -> Decimal:
    if not text.isascii():
        raise FormulaError("Напишите число обычными цифрами", at)
    found = Decimal(text.replace(",", "."))
    if found >= LARGEST:
        raise FormulaError("Слишком большое число", at)
    return found


def _day(text: str, at: int) -> date:
    try:
        day, month, year = (int(part) for part in text.split("."))
        return date(year, month, day)
    except ValueError as wrong:
        raise FormulaError("Такой даты нет. Пишите её так: 21.11.2026", at) from wrong


def _quoted(text: str, at: int) -> str:
    inner = text[1:-1].replace('""', '"') if text[0] == '"' else text[1:-1]
    if len(inner) > LONGEST_TEXT:
        raise FormulaError(f"Текст длиннее {LONGEST_TEXT} знаков", at)
    return inner


def _inner(text: str, at: int) -> str:
    inner = " ".join(text[1:-1].split())
    if not inner:
        raise FormulaError("В скобках [ ] напишите название поля", at)
    return inner


def _strange(sign: str) -> str:
    if sign in '"«':
        return "Текст не закрыт кавычкой"
    if sign in "[]":
        return "Название поля берут в скобки с двух сторон: [Сумма]"
    if sign == ",":
        return "Аргументы разделяют точкой с запятой"
    return f"Знак «{sign}» в формулах не используется"
