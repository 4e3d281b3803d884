"""Which days are days of work, as long as a company has no calendar of its own.

Weekends and the holidays of article 112 of the Labour Code of the Russian Federation. The yearly decree that moves days
off is not among them: it belongs to a calendar that people edit.
"""

from datetime import date

_SATURDAY = 5
# A day of a forty-hour week.
WORKING_MINUTES = 8 * 60
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
