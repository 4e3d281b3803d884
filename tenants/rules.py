"""What a company's own data must look like. Pure: a sentence for people, or None when all is well."""

import re
from functools import cache
from zoneinfo import available_timezones

_ACCENT = re.compile(r"#[0-9a-f]{6}")
_INN_LENGTHS = (10, 12)
# Names that the system's table holds beside real places.
_NOT_PLACES = frozenset({"Factory", "localtime", "posixrules"})


def wrong_name(text: str) -> str | None:
    return None if text else "Укажите название компании"


def wrong_inn(text: str) -> str | None:
    if not text or (text.isascii() and text.isdigit() and len(text) in _INN_LENGTHS):
        return None
    return "ИНН состоит из 10 или 12 цифр"


def wrong_accent(text: str) -> str | None:
    return None if not text or _ACCENT.fullmatch(text) else "Цвет записывается как #1f6feb"


def wrong_time_zone(text: str) -> str | None:
    return None if text in time_zones() else "Такого часового пояса нет, пример: Europe/Moscow"


@cache
def time_zones() -> frozenset[str]:
    """Names of zones that a company may choose."""
    return frozenset(available_timezones() - _NOT_PLACES)
