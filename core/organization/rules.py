"""Pure decisions: which fields of a card somebody may change, and how a phone number is written."""

import re
from datetime import date
from typing import Any

from core.errors import Invalid
from core.texts import clean_line

NAMES = ("last_name", "first_name", "middle_name")
# What a person keeps up to date himself. His name is not his to choose: others go by it when they give him work, let
# him see a card or do what he asks, and he could call himself as the owner is called.
PERSONAL = frozenset({"phone", "photo"})
WORK = frozenset({*NAMES, "email", "position", "manager", "hired_on"})
# A department decides how far rights reach, so it is moved only by those whose right reaches everybody.
PLACING = frozenset({"department"})

_PHONE_SIGNS = re.compile(r"[\d\s()+\-.]*")
_LONGEST_PHONE = 15
_YEARS = (1900, 2200)
# What parts it from its neighbours in a number must not be a part of it.
_DEPARTMENT_CODE = re.compile(r"[^\W_]{0,10}")
# Departments one in another; a tree that is deeper is a mistake, or somebody tries what it bears.
DEEPEST = 20


def changeable(scope: str | None, *, is_own: bool) -> frozenset[str]:
    """Fields that a scope of the right to edit opens on a card that it reaches."""
    if scope is None:
        return frozenset()
    if scope == "all":
        return PERSONAL | WORK | PLACING
    return PERSONAL if is_own else PERSONAL | WORK


def moves_people(scope: str | None, *, is_own: bool) -> bool:
    """Whether a scope of the right to edit leads a person it reaches among the company's statuses: whoever may change
    what somebody is in the company may, and nobody takes himself off his own probation by what is his to change."""
    return changeable(scope, is_own=is_own) >= WORK


def why_at_rest(card: Any) -> str:
    """Why nothing comes round about a person; empty while he works here."""
    return "Сотрудник заблокирован" if card.is_blocked else ""


def read_phone(text: str) -> str:
    """«8 (912) 345-67-89» → +79123456789; up to six digits are an inner number and stay. Invalid for anything else."""
    digits = re.sub(r"\D", "", text)
    if not digits and not text.strip():
        return ""
    if not _PHONE_SIGNS.fullmatch(text) or not digits or len(digits) > _LONGEST_PHONE:
        raise Invalid({"phone": "Напишите номер цифрами: +7 912 345-67-89"})
    return digits if len(digits) <= 6 else f"+{_with_country(digits)}"


def read_day_of_hiring(day: date | None) -> date | None:
    """The day, or Invalid when nobody can have come then."""
    if day is not None and not _YEARS[0] <= day.year < _YEARS[1]:
        raise Invalid({"hired_on": "Проверьте год приёма"})
    return day


def refuse_too_deep(levels: int) -> None:
    """Invalid when a tree of departments would get so many levels."""
    if levels > DEEPEST:
        raise Invalid({"parent": f"Вложить отделы можно не глубже {DEEPEST} уровней. Выберите отдел повыше"})


def read_department_code(text: str) -> str:
    """«ПР», as it stands in numbers of cards; Invalid for anything but ten letters and digits at most."""
    code = clean_line(text)
    if not _DEPARTMENT_CODE.fullmatch(code):
        raise Invalid({"code": "До 10 букв и цифр без пробелов, например ПР"})
    return code


def phone_beginnings(text: str) -> list[str]:
    """How stored numbers may begin when somebody types the beginning of one; empty when it is not a number."""
    digits = re.sub(r"\D", "", text)
    if not digits or not _PHONE_SIGNS.fullmatch(text):
        return []
    found = [digits, f"+{digits}"]
    if digits.startswith("8"):
        found.append(f"+7{digits[1:]}")
    if digits.startswith("9"):
        found.append(f"+7{digits}")
    return found


def _with_country(digits: str) -> str:
    if len(digits) == 11 and digits.startswith("8"):
        return f"7{digits[1:]}"
    return f"7{digits}" if len(digits) == 10 and digits.startswith("9") else digits
