"""Full names in cases: «Иванов Пётр Сергеевич» → «Иванову Петру Сергеевичу»; initials of a name."""

import re
from functools import cache
from typing import Any

from pytrovich.detector import PetrovichGenderDetector
from pytrovich.enums import Case, Gender, NamePart
from pytrovich.maker import PetrovichDeclinationMaker

_PART = re.compile(r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ]?[а-яё]+)*")
_INITIALS = re.compile(r"(?P<last>[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)*) (?P<rest>[А-ЯЁ]\. ?(?:[А-ЯЁ]\.)?)")
_PATRONYMIC = re.compile(r"(?:[оеё]вич|ьич|[оеё]вна|ична|инична|оглы|кызы)", re.I)
_TAILS = frozenset({"оглы", "кызы"})
_CASES = {
    "родительный": Case.GENITIVE, "дательный": Case.DATIVE, "винительный": Case.ACCUSATIVE,
    "творительный": Case.INSTRUMENTAL, "предложный": Case.PREPOSITIONAL,
}  # fmt: skip
_PARTS = (NamePart.LASTNAME, NamePart.FIRSTNAME, NamePart.MIDDLENAME)
_HERS = ("ова", "ева", "ёва", "ина", "ына", "ая", "яя")


@cache
def _maker() -> Any:
    return PetrovichDeclinationMaker()


@cache
def _detector() -> Any:
    return PetrovichGenderDetector()


def is_full_name(text: str) -> bool:
    """Whether a text is «Фамилия Имя Отчество», which a patronymic at its end tells, or «Фамилия И. О.»."""
    parts = text.split()
    if _INITIALS.fullmatch(" ".join(parts)):
        return True
    if len(parts) == 4 and parts[3].lower() in _TAILS:
        parts = parts[:3]
    if len(parts) != 3 or not all(_PART.fullmatch(part) for part in parts):
        return False
    return _PATRONYMIC.search(parts[2]) is not None or text.split()[-1].lower() in _TAILS


def declined_name(text: str, case: str) -> str:
    """A last name, first name and patronymic in a case (a Russian word of it); unknown cases leave it."""
    wanted = _CASES.get(case)
    if wanted is None:
        return text
    if short := _INITIALS.fullmatch(text.strip()):
        # Initials tell no gender; the last name often does.
        gender = Gender.FEMALE if short["last"].lower().endswith(_HERS) else Gender.MALE
        return f"{_made(NamePart.LASTNAME, gender, wanted, short['last'])} {short['rest']}"
    parts = text.split()
    tail = parts[3:]
    gender = gender_of(parts)
    made = [_made(part, gender, wanted, word) for part, word in zip(_PARTS, parts, strict=False)]
    return " ".join([*made, *tail])


def gender_of(parts: list[str]) -> Gender:
    """Told by the patronymic where there is one, else by the first name, else by the last one."""
    last, first, middle = (*parts, "", "", "")[:3]
    if len(parts) > 3:
        return Gender.FEMALE if parts[3].lower() == "кызы" else Gender.MALE
    ending = middle.lower()
    if ending.endswith(("вич", "ьич")):
        return Gender.MALE
    if ending.endswith(("вна", "чна")):
        return Gender.FEMALE
    found = _detector().detect(lastname=last, firstname=first, middlename=middle)
    if found in (Gender.MALE, Gender.FEMALE):
        return found
    return Gender.FEMALE if last.lower().endswith(_HERS) else Gender.MALE


def with_initials(text: str, *, first: bool = False) -> str:
    """«Иванов П. С.», or «П. С. Иванов» where initials come `first`."""
    parts = text.split()
    if len(parts) < 2:
        return text
    letters = " ".join(part if part.endswith(".") else f"{part[0]}." for part in parts[1:3])
    return f"{letters} {parts[0]}" if first else f"{parts[0]} {letters}"


def _made(part: NamePart, gender: Gender, case: Case, word: str) -> str:
    return _maker().make(part, gender, case, word) if word else word
