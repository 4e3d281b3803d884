"""Which days are days of work, as long as a company has no calendar of its own.

Weekends and the holidays of article 112 of the Labour Code of the Russian Federation. The yearly decree that moves days
off is not among them: it belongs to a calendar that people edit.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_SATURDAY = 5
# A day of a forty-hour week.
WORKING_MINUTES = 8 * 60
# What a day of work consists of, in the company's zone: eight hours with an hour for dinner.
_HOURS = ((time(9), time(13)), (time(14), time(18)))
# A term of more days of work than that has been mistyped.
_MOST_DAYS = 4000
# (month, day)
_HOLIDAYS = frozenset(
    {(1, day) for day in range(1, 9)} | {(2, 23), (3, 8), (5, 1), (5, 9), (6, 12), (11, 4)},
)


def is_workday(day: date) -> bool:
    """Whether people of a five-day week work on this day."""
    return day.weekday() < _SATURDAY and (day.month, day.day) not in _HOLIDAYS


def working_minutes(day: date) -> int:
    """How long one person works on this day."""
    return WORKING_MINUTES if is_workday(day) else 0


def working_end(start: datetime, minutes: int, zone: str) -> datetime:
    """The moment at which so many minutes of work have gone by since `start`; `start` itself for none."""
    if minutes <= 0:
        return start
    left = timedelta(minutes=minutes)
    for begins, ends in _stretches(start, zone):
        since = max(begins, start)
        if ends - since >= left:
            return (since + left).astimezone(start.tzinfo)
        left -= max(ends - since, timedelta())
    raise OverflowError("A term of more than ten years of work.")


def worked_between(start: datetime, end: datetime, zone: str) -> int:
    """Minutes of work between two moments."""
    total = timedelta()
    for begins, ends in _stretches(start, zone):
        if begins >= end:
            break
        total += max(min(ends, end) - max(begins, start), timedelta())
    return int(total.total_seconds() // 60)


def _stretches(start: datetime, zone: str) -> Iterator[tuple[datetime, datetime]]:
    """Hours of work from the day of a moment on, in UTC: what is subtracted from each other must not skip a change of
    the clock."""
    place = ZoneInfo(zone)
    day = start.astimezone(place).date()
    for _ in range(_MOST_DAYS):
        if is_workday(day):
            for begins, ends in _HOURS:
                yield (
                    datetime.combine(day, begins, place).astimezone(ZoneInfo("UTC")),
                    datetime.combine(day, ends, place).astimezone(ZoneInfo("UTC")),
                )
        day += timedelta(days=1)
