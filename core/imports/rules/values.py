"""What people mean by the text of a cell: dates in Russian forms, decimal commas, yes and no. No database."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal

_MONTHS = ("янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
_TIME = r"(?:[ T,]+(?:в\s+)?(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?)?"
_ZONE = r"\s*(Z|[+-]\d{2}:?\d{2})?"
_DAY_FIRST = re.compile(rf"(\d{{1,2}})[./-](\d{{1,2}})[./-](\d{{4}}|\d{{2}})(?:\s*г\.?)?{_TIME}")
_YEAR_FIRST = re.compile(rf"(\d{{4}})-(\d{{1,2}})-(\d{{1,2}}){_TIME}{_ZONE}")
_IN_WORDS = re.compile(rf"(\d{{1,2}})\s+([а-я]{{3,8}})\.?\s+(\d{{4}})(?:\s*г(?:ода|\.)?)?{_TIME}")
# Days since 30.12.1899, as workbooks count them: years 1954 to 2119.
_SERIAL = re.compile(r"[2-7]\d{4}(?:[.,]\d{1,12})?")
_EPOCH = datetime(1899, 12, 30)
_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,12})?")
_UNITS = re.compile(r"(?:₽|руб(?:лей|\.)?|р\.|%|\$|€)$")
_YES = frozenset(("да", "д", "yes", "y", "true", "истина", "1", "+", "x", "х", "v", "✓", "✔"))
_NO = frozenset(("нет", "н", "no", "n", "false", "ложь", "0", "-", "–", "—"))
_YEARS = (1900, 2200)


class Unread(ValueError):
    """A sentence for the cell."""


def key_of(text: str) -> str:
    """How headers, names and choices are compared: small letters, ё as е, words without signs between them."""
    plain = text.casefold().replace("ё", "е")
    return " ".join(re.findall(r"[^\W_]+", plain))


def moment(text: str, zone: tzinfo, day_time: time) -> datetime:
    """A moment of the company's zone; a day alone gets `day_time`. Unread."""
    found = _parts(text.strip().lower())
    if found is None:
        raise Unread("Не похоже на дату. Напишите её так: 15.03.2027 18:00")
    try:
        day = date(*found[0])
        clock = _time(found[1]) if found[1] else day_time
        offset = _offset(found[2])
    except ValueError as wrong:
        raise Unread("Такой даты нет. Проверьте день, месяц и время") from wrong
    if not _YEARS[0] <= day.year < _YEARS[1]:
        raise Unread("Проверьте год")
    return datetime.combine(day, clock, offset or zone)


def day(text: str) -> date:
    """A day; a time beside it is left out. Unread."""
    return moment(text, UTC, time()).date()


def number(text: str, places: int) -> Decimal:
    """«1 500,50 ₽» → 1500.50. Unread."""
    bare = re.sub(r"[\s\u00a0\u202f']", "", text.lower()).replace("−", "-").removeprefix("+")
    bare = _UNITS.sub("", bare)
    point = "." if bare.rfind(".") > bare.rfind(",") else ","
    other = "," if point == "." else "."
    bare = bare.replace(other, "").replace(point, ".") if other in bare else bare.replace(",", ".")
    if not bare.isascii() or not _NUMBER.fullmatch(bare):
        raise Unread("Не похоже на число. Напишите его цифрами: 1500,50")
    found = Decimal(bare)
    if found != round(found, places):
        raise Unread(f"Не больше {places} знаков после запятой" if places else "Ожидается целое число")
    return round(found, places)


def flag(text: str) -> bool:
    """Yes or no. Unread."""
    word = text.strip().casefold()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise Unread("Ожидается «да» или «нет»")


def pieces(text: str) -> list[str]:
    """Parts of a text that commas, semicolons or line breaks separate."""
    return [piece for found in re.split(r"[,;\n]", text) if (piece := " ".join(found.split()))]


def is_day(text: str) -> bool:
    """Whether a text looks like a date that somebody has written."""
    return _parts(text.strip().lower()) is not None and not _SERIAL.fullmatch(text.strip())


def _parts(text: str) -> tuple[tuple[int, int, int], tuple[int, ...] | None, str] | None:
    """((year, month, day), clock, offset) as written, whether they exist or not."""
    if found := _DAY_FIRST.fullmatch(text):
        year = int(found[3]) + (2000 if len(found[3]) == 2 else 0)
        return (year, int(found[2]), int(found[1])), _clock(found, 4), ""
    if found := _YEAR_FIRST.fullmatch(text.upper()):
        return (int(found[1]), int(found[2]), int(found[3])), _clock(found, 4), found[7] or ""
    if (found := _IN_WORDS.fullmatch(text)) and (month := _month(found[2])):
        return (int(found[3]), month, int(found[1])), _clock(found, 4), ""
    if _SERIAL.fullmatch(text):
        at = _EPOCH + timedelta(days=float(text.replace(",", ".")))
        at = (at + timedelta(seconds=30)).replace(second=0, microsecond=0)
        clock = (at.hour, at.minute) if at.time() != time() else None
        return (at.year, at.month, at.day), clock, ""
    return None


def _clock(found: re.Match[str], at: int) -> tuple[int, ...] | None:
    return tuple(int(part) for part in found.group(at, at + 1, at + 2) if part) or None


def _time(parts: tuple[int, ...]) -> time:
    hour, minute, second = (*parts, 0)[:3]
    return time(hour, minute, second)


def _month(word: str) -> int | None:
    return next((place for place, stem in enumerate(_MONTHS, 1) if word.startswith(stem)), None)


def _offset(text: str) -> tzinfo | None:
    if not text:
        return None
    if text == "Z":
        return UTC
    ahead = timedelta(hours=int(text[1:3]), minutes=int(text[-2:]))
    return timezone(-ahead if text[0] == "-" else ahead)
