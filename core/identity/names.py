"""Reading what people type into name and e-mail fields."""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from core.errors import Invalid
from core.texts import clean_line

# A place in the world: a name with a dot, never a number of a machine nor a machine of one's own network.
_WORLDWIDE = re.compile(r"@(?:[^.@\[\]]+\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})", re.ASCII)


@dataclass(frozen=True)
class FullName:
    last: str
    first: str
    middle: str

    def __str__(self) -> str:
        return " ".join(part for part in (self.last, self.first, self.middle) if part)


def read_full_name(text: str) -> FullName:
    """«Крылова Анна Сергеевна» → parts; a single word is the last name. Invalid when there is none."""
    words = clean_line(text).split(" ", 2)
    if not words[0]:
        raise Invalid({"full_name": "Укажите фамилию и имя"})
    last, first, middle = (words + ["", ""])[:3]
    if max(map(len, (last, first, middle))) > 100:
        raise Invalid({"full_name": "Слишком длинное имя"})
    return FullName(last, first, middle)


def read_email(text: str, field: str = "email") -> str:
    """The address in lower case; Invalid when it is not one, or not of a domain with a name."""
    email = text.strip().lower()
    try:
        validate_email(email)
    except ValidationError as wrong:
        raise Invalid({field: "Проверьте адрес почты"}) from wrong
    if len(email) > 254 or not email.isascii() or not _WORLDWIDE.fullmatch(email[email.rfind("@") :]):
        raise Invalid({field: "Проверьте адрес почты"})
    return email
