"""When a plan comes round: wall-clock times of a company's zone, exact through changes of the clock. No database.

A plan speaks of days and of times on the wall. Days come from dateutil's recurrence rules, days off move them, times on
the wall become moments last of all: a time that the clock leaps over is reached when it has leapt, one that it shows
twice is taken the first time.
"""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import dropwhile, islice, takewhile
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.rrule import DAILY, MONTHLY, WEEKLY, rrule
from dateutil.rrule import weekdays as _WEEKDAYS

IsWorkday = Callable[[date], bool]
# However a plan is made, the day it names moves no further than the longest holidays of a country.
_LONGEST_HOLIDAYS = 31
_END = datetime(2199, 12, 31)
# What is later than this was missed: a server stood still, a module was off.
FRESH = timedelta(minutes=10)
# So many moments are dealt with in one transaction when all missed ones are wanted; the rest follow at once.
AT_ONCE = 20
# No further moment is begun in a transaction that has made so many cards: numbers of the company wait for its end.
CARDS_AT_ONCE = 100


class Every(StrEnum):
    """What a plan counts in."""

    MINUTES = "minutes"
    DAYS = "days"
    WORKDAYS = "workdays"
    WEEKS = "weeks"
    MONTHS = "months"


class Missed(StrEnum):
    """What becomes of moments that came while nobody looked."""

    ALL = "all"
    LATEST = "latest"
    SKIP = "skip"


class DayOff(StrEnum):
    """What becomes of a day that turns out to be a day off."""

    KEEP = "keep"
    BEFORE = "before"
    AFTER = "after"
    SKIP = "skip"


@dataclass(frozen=True)
class Plan:
    """One plan. `interval` counts units of `every`; `weekdays` are 0 (Monday) to 6.

    Months: `month_day` is 1…31 (a shorter month is reached on its last day), -1 the last day; or `nth` (1…4, -1 the
    last) of the one weekday in `weekdays`. Minutes: from `opens` to `closes` of each day that the plan means
    (`weekdays`, empty for all), days off as `day_off` says. `times` are the times of a day for all other plans.
    """

    every: Every
    starts_on: date
    interval: int = 1
    times: tuple[time, ...] = (time(9),)
    weekdays: tuple[int, ...] = ()
    month_day: int = 0
    nth: int = 0
    opens: time = time(0)
    closes: time = time(23, 59)
    day_off: DayOff = DayOff.KEEP
    ends_on: date | None = None


def moments(plan: Plan, zone: ZoneInfo, *, after: datetime, is_workday: IsWorkday) -> Iterator[datetime]:
    """Moments of a plan later than `after`, in UTC, in their order; ends with the plan."""
    # A day may have been moved to a later one; a clock that leaps may carry a time into the next day.
    back = _LONGEST_HOLIDAYS if plan.day_off is DayOff.AFTER else 0
    since = max(plan.starts_on, after.astimezone(zone).date() - timedelta(days=back + 1))
    found = (moment for day in days(plan, since=since, is_workday=is_workday) for moment in _on(day, plan, zone))
    return _rising(dropwhile(lambda moment: moment <= after, found))


def preview(plan: Plan, zone: ZoneInfo, *, after: datetime, is_workday: IsWorkday, count: int = 10) -> list[datetime]:
    """The next `count` moments, fewer when the plan ends before."""
    return list(islice(moments(plan, zone, after=after, is_workday=is_workday), count))


def days(plan: Plan, *, since: date, is_workday: IsWorkday) -> Iterator[date]:
    """Days of a plan from `since` on, days off moved as the plan wants, each once."""
    last: date | None = None
    for day in _named_days(plan, since, is_workday):
        moved = _moved(day, plan.day_off, is_workday)
        if moved is None or (last is not None and moved <= last):
            continue
        if plan.ends_on and moved > plan.ends_on:
            return
        if moved >= plan.starts_on:
            last = moved
            yield moved


def times_a_day(plan: Plan) -> int:
    """How often a plan comes round on one of its days."""
    if plan.every is not Every.MINUTES:
        return len(set(plan.times))
    return (_minutes(plan.closes) - _minutes(plan.opens)) // plan.interval + 1


def owed(coming: Iterator[datetime], missed: str, *, now: datetime) -> tuple[list[datetime], list[datetime]]:
    """(moments up to `now` to make cards for, the latest of those that are passed over).

    `coming` are those that nobody has dealt with yet. Both are empty when none has come: the clock that the plan was
    reckoned by may have been changed for another.
    """
    past = takewhile(lambda moment: moment <= now, coming)
    if missed == Missed.ALL:
        return list(islice(past, AT_ONCE)), []
    # All missed moments make one line, so the last two say everything.
    last = list(deque(past, maxlen=2))
    if missed == Missed.LATEST or (last and now - last[-1] <= FRESH):
        return last[-1:], last[:-1]
    return [], last[-1:]


def share_on_time(*, on_time: int, done: int, late: int) -> int | None:
    """Percent of what was done in time among all that had its time, done or late; None while there is nothing such.

    Rounded down: only a template that never was late has 100.
    """
    judged = done + late
    return on_time * 100 // judged if judged else None


def _named_days(plan: Plan, since: date, is_workday: IsWorkday) -> Iterator[date]:
    """Days as the plan names them. An interval is counted from the plan's beginning, wherever one looks from."""
    known: dict[str, Any] = {"dtstart": datetime.combine(plan.starts_on, time()), "until": _END}
    match plan.every:
        case Every.MINUTES:
            named = rrule(DAILY, byweekday=plan.weekdays or None, **known)
        case Every.DAYS:
            named = rrule(DAILY, interval=plan.interval, **known)
        case Every.WORKDAYS:
            return _workdays(plan, since, is_workday)
        case Every.WEEKS:
            weekdays = plan.weekdays or (plan.starts_on.weekday(),)
            named = rrule(WEEKLY, interval=plan.interval, byweekday=weekdays, wkst=0, **known)
        case Every.MONTHS:
            return _months(plan, since)
    return (moment.date() for moment in named.xafter(datetime.combine(since, time()), inc=True))


def _months(plan: Plan, since: date) -> Iterator[date]:
    # The library leaves out a month that has no 31st; people mean its last day.
    first = datetime.combine(plan.starts_on.replace(day=1), time())
    if plan.nth:
        weekday = _WEEKDAYS[plan.weekdays[0]](plan.nth)
        named = rrule(MONTHLY, dtstart=first, interval=plan.interval, byweekday=weekday, until=_END)
        found: Iterator[date] = (moment.date() for moment in named)
    else:
        months = rrule(MONTHLY, dtstart=first, interval=plan.interval, until=_END)
        found = (_day_of_month(moment.date(), plan.month_day or plan.starts_on.day) for moment in months)
    return (day for day in found if day >= max(since, plan.starts_on))


def _day_of_month(first: date, number: int) -> date:
    last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return last if number == -1 else first.replace(day=min(number, last.day))


def _workdays(plan: Plan, since: date, is_workday: IsWorkday) -> Iterator[date]:
    """Every `interval`-th day of work, counted from the plan's beginning."""
    number, day = 0, plan.starts_on
    while day <= _END.date():
        if is_workday(day):
            if number % plan.interval == 0 and day >= since:
                yield day
            number += 1
        day += timedelta(days=1)


def _moved(day: date, day_off: DayOff, is_workday: IsWorkday) -> date | None:
    if day_off is DayOff.KEEP or is_workday(day):
        return day
    if day_off is DayOff.SKIP:
        return None
    step = timedelta(days=-1 if day_off is DayOff.BEFORE else 1)
    for distance in range(1, _LONGEST_HOLIDAYS + 1):
        if is_workday(day + distance * step):
            return day + distance * step
    return None


def _on(day: date, plan: Plan, zone: ZoneInfo) -> Iterator[datetime]:
    """Moments of one day, in UTC."""
    if plan.every is not Every.MINUTES:
        return (_moment(day, at, zone) for at in sorted(set(plan.times)))
    minutes = range(_minutes(plan.opens), _minutes(plan.closes) + 1, plan.interval)
    walls = (time(*divmod(minute, 60)) for minute in minutes)
    # A reading that the clock has leapt over is not made up for: the next one comes in some minutes.
    return (_moment(day, at, zone) for at in walls if _exists(day, at, zone))


def _moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The moment at which the wall shows a time: for one that is leapt over the moment as far behind the leap."""
    return datetime.combine(day, at, tzinfo=zone).astimezone(UTC)


def _exists(day: date, at: time, zone: ZoneInfo) -> bool:
    return _moment(day, at, zone).astimezone(zone).time() == at


def _rising(found: Iterator[datetime]) -> Iterator[datetime]:
    """Without repetitions: two times of the wall may be one moment on the day of a leap."""
    last: datetime | None = None
    for moment in found:
        if last is None or moment > last:
            yield moment
            last = moment


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
