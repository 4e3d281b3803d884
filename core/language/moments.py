"""When something is due, as people write it: «завтра в 10», «до пятницы 18:00», «15.3», «через 2 часа», «+3»."""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

# Work is due by the end of the day when nobody names the hour.
END_OF_DAY = time(18)
_LUNCH = time(13)
# Whoever says «сегодня» in the evening has until midnight.
_LATE_TODAY = time(23, 59)
_LATEST_YEAR = 2199

_WEEKDAYS = (
    r"понедельник[ау]?|пн", r"вторник[ау]?|вт", r"сред[аыуе]|ср", r"четверг[ау]?|чт", r"пятниц[аыуе]|пт",
    r"суббот[аыуе]|сб", r"воскресень[еяю]|вс",
)  # fmt: skip
_MONTHS = (
    "январ[ья]", "феврал[ья]", "марта?", "апрел[ья]", "ма[йя]", "июн[ья]", "июл[ья]", "августа?", "сентябр[ья]",
    "октябр[ья]", "ноябр[ья]", "декабр[ья]",
)  # fmt: skip
_UNITS = {"минут": "minutes", "мин": "minutes", "час": "hours", "ч": "hours", "д": "days", "н": "weeks", "м": "months"}
_DAY_PARTS = {"утром": time(9), "утра": time(9), "днем": time(13), "вечером": time(18), "вечера": time(18)}

# «до обеда» stands on either side of its day.
_LEAD = r"(?:(?P<early>до\s+обеда)\s+)?(?:(?:не\s+позднее|не\s+позже|до|ко?|на|во?|срок)\s+)?"
_CLOCK = (
    r"(?:\s*,?\s+(?:(?:(?:во?|ко?|до)\s+)?(?P<h>[01]?\d|2[0-3]):(?P<m>[0-5]\d)"
    r"|(?:во?|ко?|до)\s+(?P<h2>[01]?\d|2[0-3])(?:\s+час(?:а|ов|ам)?|\s*ч)?|(?P<part>утром|дн[её]м|вечером)|(?P<noon>до\s+обеда)))?"
)
# These make a day belong to the matter and not to the work: «отчёт за 15 марта», «договор от 15.03».
_NOT_AFTER = r"(?<![\w.,:/№#-])(?<!\bот )(?<!\bза )(?<!\bсо )(?<!\bс )(?<!№ )"
_END = r"(?![\w/]|[.:,-]\d)"


@dataclass(frozen=True)
class Due:
    """A moment found in a text: from which to which sign it is spoken of."""

    start: int
    end: int
    moment: datetime


def find_due(text: str, now: datetime) -> Due | None:
    """The first moment that a text speaks of, None when there is none.

    `now` carries the zone in which people think. A day without an hour ends at 18:00; a day and a month without a year
    are the next such day. Moments that have passed are not found, but for those of today: named by the hour they are
    overdue at once, and a day whose working hours are over ends at midnight.
    """
    found = [due for pattern, read in _PHRASES for due in _all(pattern, read, text, now)]
    # Of two that begin together the longer one knows more: «завтра» and «завтра в 10».
    return min(found, key=lambda due: (due.start, -due.end), default=None)


def _all(pattern: re.Pattern[str], read: "Reading", text: str, now: datetime) -> list[Due]:
    found = []
    for match in pattern.finditer(text):
        moment = read(match, now)
        if moment is not None and moment <= now:
            moment = _late(match, moment, now)
        if moment is not None and moment.year <= _LATEST_YEAR:
            found.append(Due(*match.span(), moment))
    return found


def _late(match: re.Match[str], moment: datetime, now: datetime) -> datetime | None:
    """What is meant by a moment that has passed; None by one of another day and by «сегодня утром»: that is a story."""
    said = match.groupdict()
    if moment.date() != now.date():
        return None
    if any(said.get(name) for name in ("h", "h2", "early", "noon")):
        return moment
    if _DAY_PARTS.get((said.get("part") or "").lower().replace("ё", "е"), END_OF_DAY) < END_OF_DAY:
        return None
    return datetime.combine(now.date(), _LATE_TODAY, tzinfo=now.tzinfo)


Reading = Callable[[re.Match[str], datetime], "datetime | None"]


def _at(match: re.Match[str], day: datetime) -> datetime:
    said = match.groupdict()
    if said.get("h"):
        hour = time(int(said["h"]), int(said["m"]))
    elif said.get("h2"):
        hour = time(int(said["h2"]))
    elif said.get("early") or said.get("noon"):
        hour = _LUNCH
    else:
        hour = _DAY_PARTS.get((said.get("part") or "").lower().replace("ё", "е"), END_OF_DAY)
    return datetime.combine(day.date(), hour, tzinfo=day.tzinfo)


def _near(match: re.Match[str], now: datetime) -> datetime:
    days = {"сегодня": 0, "завтра": 1, "послезавтра": 2}[match["day"].lower()]
    return _at(match, now + timedelta(days=days))


def _weekday(match: re.Match[str], now: datetime) -> datetime:
    wanted = next(number for number in range(7) if match[f"w{number}"])
    moment = _at(match, now + timedelta(days=(wanted - now.weekday()) % 7))
    if match["next"]:
        monday = now + timedelta(days=7 - now.weekday())
        return _at(match, monday + timedelta(days=wanted))
    return moment if moment > now else moment + timedelta(days=7)


def _numbered(match: re.Match[str], now: datetime) -> datetime | None:
    return _day_of(match, int(match["mm"]), now)


def _named(match: re.Match[str], now: datetime) -> datetime | None:
    return _day_of(match, next(number for number in range(1, 13) if match[f"m{number}"]), now)


def _day_of(match: re.Match[str], month: int, now: datetime) -> datetime | None:
    day, year = int(match["dd"]), match["yyyy"]
    years = [int(year) + (2000 if len(year) == 2 else 0)] if year else [now.year, now.year + 1]
    for one in years:
        if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(one, month)[1]:
            continue
        moment = _at(match, now.replace(year=one, month=month, day=day))
        if moment > now or moment.date() == now.date():
            return moment
    return None


def _after(match: re.Match[str], now: datetime) -> datetime | None:
    if match["half"]:
        return now + timedelta(minutes=30)
    count = int(match["count"] or 1)
    word = match["unit"].lower()
    unit = next(found for begin, found in _UNITS.items() if word.startswith(begin))
    return _moved(match, now, count, unit)


def _plus(match: re.Match[str], now: datetime) -> datetime | None:
    unit = {"": "days", "д": "days", "ч": "hours", "н": "weeks", "м": "months"}[(match["unit"] or "").lower()]
    return _moved(match, now, int(match["count"]), unit)


def _moved(match: re.Match[str], now: datetime, count: int, unit: str) -> datetime | None:
    if unit in ("minutes", "hours"):
        return now + timedelta(**{unit: count})
    if unit == "months":
        month = now.month - 1 + count
        year, month = now.year + month // 12, month % 12 + 1
        if year > _LATEST_YEAR:
            return None
        return _at(match, now.replace(year=year, month=month, day=min(now.day, calendar.monthrange(year, month)[1])))
    return _at(match, now + timedelta(**{unit: count}))


def _end_of(match: re.Match[str], now: datetime) -> datetime:
    period = match["period"].lower()
    if period == "дня":
        return _at(match, now)
    if period == "недели":
        # Working weeks end on Friday; on a weekend it is the coming one.
        return _at(match, now + timedelta(days=(4 - now.weekday()) % 7))
    month = {"месяца": now.month, "квартала": (now.month + 2) // 3 * 3, "года": 12}[period]
    return _at(match, now.replace(month=month, day=calendar.monthrange(now.year, month)[1]))


def _clock(match: re.Match[str], now: datetime) -> datetime:
    moment = _at(match, now)
    return moment if moment > now else moment + timedelta(days=1)


def _phrase(body: str, read: Reading, *, lead: str = _LEAD, tail: str = _CLOCK) -> tuple[re.Pattern[str], Reading]:
    return re.compile(_NOT_AFTER + lead + body + tail + _END, re.IGNORECASE), read


_PHRASES = (
    _phrase(r"(?P<day>сегодня|завтра|послезавтра)", _near),
    _phrase(
        r"(?P<next>следующ(?:ий|ую|ее|ая|ей|его|ему)\s+)?(?:"
        + "|".join(f"(?P<w{number}>{names})" for number, names in enumerate(_WEEKDAYS))
        + ")",
        _weekday,
    ),
    _phrase(r"(?P<dd>\d{1,2})\.(?P<mm>\d{1,2})(?:\.(?P<yyyy>20\d\d|\d\d))?", _numbered),
    _phrase(
        r"(?P<dd>\d{1,2})\s+(?:"
        + "|".join(f"(?P<m{number}>{names})" for number, names in enumerate(_MONTHS, start=1))
        + r")(?:\s+(?P<yyyy>20\d\d)(?:\s+г(?:ода|\.)?)?)?",
        _named,
    ),
    _phrase(
        r"через\s+(?:(?P<half>полчаса)|(?:(?P<count>\d{1,3})\s+)?"
        r"(?P<unit>минут[уы]?|мин|час(?:а|ов)?|ч|день|дня|дней|недел[юиь]|нед|месяц(?:а|ев)?))",
        _after,
        lead="",
    ),
    _phrase(r"\+(?P<count>\d{1,3})(?P<unit>[дчнм])?", _plus, lead=""),
    _phrase(r"(?:до\s+|к\s+|в\s+)?кон(?:ца|цу|це|ец)\s+(?P<period>дня|недели|месяца|квартала|года)", _end_of, lead=""),
    _phrase(r"(?:(?:до|ко?|во?)\s+)?(?P<h>[01]?\d|2[0-3]):(?P<m>[0-5]\d)", _clock, lead="", tail=""),
    _phrase(r"(?P<early>до\s+обеда)", _clock, lead="", tail=""),
)
