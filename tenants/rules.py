"""What a company's own data must look like. Pure: a sentence for people, or None when all is well."""

import re
from functools import cache
from zoneinfo import available_timezones

_ACCENT = re.compile(r"#[0-9a-f]{6}")
# Weights of the control digits: one of an organization's, the two of a person's.
_INN_WEIGHTS = {
    10: ((2, 4, 10, 3, 5, 9, 4, 6, 8),),
    12: ((7, 2, 4, 10, 3, 5, 9, 4, 6, 8), (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)),
}
# Names that the system's table holds beside real places.
_NOT_PLACES = frozenset({"Factory", "localtime", "posixrules"})


def wrong_name(text: str) -> str | None:
    return None if text else "Укажите название компании"


def wrong_inn(text: str) -> str | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) in _INN_WEIGHTS):
        return "ИНН состоит из 10 или 12 цифр"
    digits = [int(sign) for sign in text]
    for weights in _INN_WEIGHTS[len(text)]:
        # Eleven divided, ten left over is written as nought.
        control = sum(weight * digit for weight, digit in zip(weights, digits, strict=False)) % 11 % 10
        if control != digits[len(weights)]:
            return "Такого ИНН не бывает: контрольная цифра не сходится. Сверьте его с карточкой организации"
    return None


def wrong_accent(text: str) -> str | None:
    return None if not text or _ACCENT.fullmatch(text) else "Цвет записывается как #1f6feb"


def wrong_time_zone(text: str) -> str | None:
    return None if text in time_zones() else "Такого часового пояса нет, пример: Europe/Moscow"


@cache
def time_zones() -> frozenset[str]:
    """Names of zones that a company may choose."""
    return frozenset(available_timezones() - _NOT_PLACES)
