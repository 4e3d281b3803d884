"""Days as papers write them: «23 ноября 2026 г.», «двадцать третье ноября две тысячи двадцать шестого года»."""

from datetime import date

from num2words import num2words

_MONTHS = (
    "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября",
    "декабря",
)  # fmt: skip


def short_day(day: date) -> str:
    """23.11.2026"""
    return f"{day:%d.%m.}{day.year:04d}"


def long_day(day: date) -> str:
    """23 ноября 2026 г."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year} г."


def quoted_day(day: date) -> str:
    """«23» ноября 2026 г., as contracts have it."""
    return f"«{day.day:02d}» {_MONTHS[day.month - 1]} {day.year} г."


def day_in_words(day: date, *, genitive: bool = False) -> str:
    """двадцать третье ноября две тысячи двадцать шестого года; `genitive`: двадцать третьего ноября …"""
    number = _ordinal(day.day, case="genitive") if genitive else _ordinal(day.day, case="nominative", gender="n")
    return f"{number} {_MONTHS[day.month - 1]} {_ordinal(day.year, case='genitive')} года"


def _ordinal(number: int, **told: str) -> str:
    return num2words(number, lang="ru", to="ordinal", **told)
