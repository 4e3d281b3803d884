"""Masks of numbers: «ВХ-{ГГГГ}-{####}» gives «ВХ-2026-0015». No database."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

LONGEST_MASK = 60
# As much as a card's number holds.
LONGEST_NUMBER = 60
_DATES = {
    "ГГГГ": "year", "YYYY": "year", "ГГ": "short_year", "YY": "short_year", "КВ": "quarter", "Q": "quarter",
    "ММ": "month", "MM": "month", "ДД": "day", "DD": "day",
}  # fmt: skip
_SIGNS = {"ОТДЕЛ": "department", "DEPT": "department", "ТИП": "card_type", "TYPE": "card_type"}
_ALLOWED = "{N}, {####}, {ГГГГ}, {ГГ}, {КВ}, {ММ}, {ДД}, {ОТДЕЛ}, {ТИП}"
# What stands where a department or a type has no sign of its own.
NO_SIGN = "00"
LONGEST_SIGN = 10
# Stands in no kind, period or sign.
_BELOW = "/"
_SHOWN = {"year": "{ГГГГ}", "quarter": "{КВ}", "month": "{ММ}", "day": "{ДД}"}
# Counting anew gives the same figures again, so the mask must tell the periods apart.
NEEDED = {
    "none": (),
    "year": ("year",),
    "quarter": ("year", "quarter"),
    "month": ("year", "month"),
    "day": ("year", "month", "day"),
}
# Numbers are read aloud, typed, searched for and stand in names of files.
_PLAIN = re.compile(r"(?:[\w \-/.№]|\{[^{}]*\})*")
_PIECES = re.compile(r"\{([^{}]*)\}|([^{}]+)|(.)")
_COUNTER = re.compile(r"#{1,9}|N")
# Letters and digits alone: whatever parts them from their neighbours is then no part of them.
_SIGN = re.compile(rf"[^\W_]{{1,{LONGEST_SIGN}}}")


class WrongMask(ValueError):
    """A mask that cannot number cards; the text is a Russian sentence."""


@dataclass(frozen=True)
class Piece:
    """`what` is text, counter, a part of the date, department or card_type; `text` the text itself; `width` of a
    counter."""

    what: str
    text: str = ""
    width: int = 0


@dataclass(frozen=True)
class Signs:
    """What a mask writes of a card itself: the short codes of its department and of its type."""

    department: str = NO_SIGN
    card_type: str = NO_SIGN


NO_SIGNS = Signs()


@dataclass(frozen=True)
class Mask:
    """A mask that has been read; `write` and `pattern` speak of cards of one day with the same signs."""

    pieces: tuple[Piece, ...]

    @property
    def has_department(self) -> bool:
        return any(piece.what == "department" for piece in self.pieces)

    @property
    def has_type(self) -> bool:
        return any(piece.what == "card_type" for piece in self.pieces)

    def write(self, number: int, on: date, signs: Signs = NO_SIGNS) -> str:
        return "".join(self._written(piece, number, on, signs) for piece in self.pieces)

    def pattern(self, on: date, signs: Signs = NO_SIGNS) -> str:
        """A regular expression that PostgreSQL and Python read alike; its one group is the counter."""
        return "^" + "".join(self._sought(piece, on, signs) for piece in self.pieces) + "$"

    def trace(self, on: date, period: str, signs: Signs = NO_SIGNS) -> str:
        """As `pattern`, for all cards of the counter: the dates in their numbers may differ within its period."""
        fixed = {"short_year" if what == "year" else what for what in NEEDED[period]} | set(NEEDED[period])
        return "^" + "".join(self._traced(piece, on, signs, fixed) for piece in self.pieces) + "$"

    def place(self, kind: str, period: str, on: date, signs: Signs = NO_SIGNS) -> str:
        """The counter that numbers such a card: each department, each type and each period has one of its own."""
        told = period_of(period, on)
        key = f"{kind}|{told}" if told else kind
        key += f"|d={signs.department}" if self.has_department else ""
        return key + (f"|t={signs.card_type}" if self.has_type else "")

    def _written(self, piece: Piece, number: int, on: date, signs: Signs) -> str:
        match piece.what:
            case "counter":
                return f"{number:0{piece.width}d}"
            case "text":
                return piece.text
            case "department" | "card_type":
                return getattr(signs, piece.what)
        return _part(piece.what, on)

    def _traced(self, piece: Piece, on: date, signs: Signs, fixed: set[str]) -> str:
        if piece.what in _DATES.values() and piece.what not in fixed:
            return f"[0-9]{{{len(_part(piece.what, on))}}}"
        return self._sought(piece, on, signs)

    def _sought(self, piece: Piece, on: date, signs: Signs) -> str:
        if piece.what == "counter":
            # Longer figures are not of this counter, and would not fit into its column.
            return "([0-9]{1,18})"
        return re.escape(self._written(piece, 0, on, signs))


@lru_cache(maxsize=1000)
def read(text: str, period: str = "none") -> Mask:
    """The mask that a text means. WrongMask says what is wrong with it."""
    pieces = tuple(_piece(*found) for found in _PIECES.findall(text))
    counters = [index for index, piece in enumerate(pieces) if piece.what == "counter"]
    if len(counters) != 1:
        raise WrongMask("В маске нужен ровно один счётчик: {#} или {####}")
    for index in (counters[0] - 1, counters[0] + 1):
        if 0 <= index < len(pieces) and _touches(pieces[index], before=index < counters[0]):
            raise WrongMask("Отделите счётчик от соседних цифр, например дефисом")
    _refuse_run_together(pieces)
    known = {"year" if piece.what == "short_year" else piece.what for piece in pieces}
    for needed in NEEDED[period]:
        if needed not in known:
            raise WrongMask(f"Раз счётчик начинается заново, в маске нужен {_SHOWN[needed]}, иначе номера повторятся")
    mask = Mask(pieces)
    longest = Signs("W" * LONGEST_SIGN, "W" * LONGEST_SIGN)
    if len(text) > LONGEST_MASK or len(mask.write(10**9, date(2000, 12, 31), longest)) > LONGEST_NUMBER:
        raise WrongMask("Маска слишком длинная")
    return mask


def must_be_plain(text: str) -> None:
    """WrongMask for signs that no new mask may have; those that stand go on."""
    if not _PLAIN.fullmatch(text):
        raise WrongMask("Между частями маски — только буквы, цифры, пробелы и знаки - / . _ №. Уберите остальные")


def period_of(period: str, on: date) -> str:
    """What a counter that begins anew is called on a day; empty for one that never does."""
    if period == "none":
        return ""
    return "-".join(_part(what, on) for what in NEEDED[period])


def read_sign(text: str) -> str:
    """A short code for numbers, «ПР»; empty for none. WrongMask when it is not one."""
    if text and not _SIGN.fullmatch(text):
        raise WrongMask(f"Код для номеров — до {LONGEST_SIGN} букв и цифр без пробелов, например ПР")
    return text


def below(base: str, counter: int | str) -> str:
    """The number of what comes later under a number that has been given: «З-15/1»."""
    return f"{base}{_BELOW}{counter}"


def below_place(place: str, counter: int) -> str:
    """What counts the numbers under one that a counter has given."""
    return f"{place}{_BELOW}{counter}"


def is_below(place: str) -> bool:
    return _BELOW in place


def _piece(token: str, text: str, stray: str) -> Piece:
    if stray:
        raise WrongMask("Скобки в маске не сходятся")
    if text:
        return Piece("text", text)
    if _COUNTER.fullmatch(token):
        return Piece("counter", width=token.count("#"))
    if token.upper() in _DATES:
        return Piece(_DATES[token.upper()])
    if token.upper() in _SIGNS:
        return Piece(_SIGNS[token.upper()])
    raise WrongMask(f"Неизвестная часть маски {{{token}}}. Можно: {_ALLOWED}")


def _refuse_run_together(pieces: tuple[Piece, ...]) -> None:
    """Each sign must be told apart from what stands beside it: «А»+«БВ» and «АБ»+«В» would be the same number."""
    for index, piece in enumerate(pieces):
        if piece.what not in _SIGNS.values():
            continue
        beside = [*(one.text[-1:] for one in pieces[max(index - 1, 0) : index])]
        beside += [one.text[:1] for one in pieces[index + 1 : index + 2]]
        if any(not sign or sign.isalnum() for sign in beside):
            shown = "{ОТДЕЛ}" if piece.what == "department" else "{ТИП}"
            raise WrongMask(f"Отделите {shown} от соседей, например дефисом")


def _touches(piece: Piece, *, before: bool) -> bool:
    """Whether the piece has a digit right beside the counter."""
    if piece.what != "text":
        return True
    return (piece.text[-1] if before else piece.text[0]).isdigit()


def _part(what: str, on: date) -> str:
    match what:
        case "year":
            return f"{on.year:04d}"
        case "short_year":
            return f"{on.year % 100:02d}"
        case "quarter":
            return str((on.month + 2) // 3)
        case "month":
            return f"{on.month:02d}"
    return f"{on.day:02d}"
