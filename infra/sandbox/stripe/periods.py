"""Periods and their parts, to the second. Pure."""

import calendar
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal

DAY = 86_400


def after(anchor: int, interval: str, count: int) -> int:
    """The moment `count` intervals after an anchor: the same day of a later month, or its last one."""
    if interval in ("day", "week"):
        return anchor + count * DAY * (7 if interval == "week" else 1)
    begun = datetime.fromtimestamp(anchor, UTC)
    months = begun.year * 12 + begun.month - 1 + count * (12 if interval == "year" else 1)
    year, month = divmod(months, 12)
    day = min(begun.day, calendar.monthrange(year, month + 1)[1])
    return int(begun.replace(year=year, month=month + 1, day=day).timestamp())


def end_after(anchor: int, interval: str, start: int) -> int:
    """The first border of periods counted from an anchor that lies after a moment."""
    count = 1
    while after(anchor, interval, count) <= start:
        count += 1
    return after(anchor, interval, count)


def share(amount: int, now: int, start: int, end: int) -> int:
    """What of an amount falls to the rest of a period."""
    left = Decimal(amount) * (end - now) / (end - start)
    return int(left.quantize(Decimal(1), ROUND_HALF_UP))
