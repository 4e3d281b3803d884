"""What a new document begins with: a template's words with the places in them filled in."""

import html
import re
from collections.abc import Mapping
from typing import Any

from core.access.actor import Actor
from core.context import current_company
from core.language.sums import digits, in_words
from core.numbering.actions import company_day
from core.organization.people import people
from core.richtext import is_formatted

from ..models import DocumentTemplate

_PLACE = re.compile(r"\{\{\s*([^{}]{1,80}?)\s*\}\}")
_UNKNOWN = "________"


def beginning_of(template: DocumentTemplate, given: Mapping[str, Any], *, by: Actor) -> dict[str, Any]:
    """Title, words and type of a document that is made from a template; `given` is what has been typed already.

    Places are filled in from a closed list of names and nothing else: a template is words, never commands. A name that
    nobody knows, and one without a value, leaves a line to write on.
    """
    known = _values(given, by)
    return {
        "title": " ".join(fill(template.subject, known).split())[:500],
        "content": fill(template.content, known),
        "card_type": template.card_type,
    }


def fill(text: str, known: Mapping[str, str]) -> str:
    """A text with its places filled in."""
    # What stands in the place of a name is words, also where the text around is HTML.
    said = html.escape if is_formatted(text) else str
    return _PLACE.sub(lambda found: said(known.get(_name(found[1])) or _UNKNOWN), text)


def unknown_names(text: str) -> list[str]:
    """Names in a text that stand for nothing, in the order in which they come."""
    return list(dict.fromkeys(name for name in map(_name, _PLACE.findall(text)) if name not in NAMES))


def _name(raw: str) -> str:
    return " ".join(raw.lower().split())


def _values(given: Mapping[str, Any], by: Actor) -> dict[str, str]:
    named = {given.get(name) for name in ("addressee", "signatory", "responsible")} | {by.principal_id}
    known = people(named)
    amount = given.get("amount")

    def person(who: int | None) -> str:
        return known[who]["full_name"] if who in known else ""

    return {
        "автор": person(by.principal_id),
        "адресат": person(given.get("addressee")),
        "подписант": person(given.get("signatory")),
        "ответственный": person(given.get("responsible")),
        "контрагент": given.get("correspondent", ""),
        "номер контрагента": given.get("outer_number", ""),
        "дата контрагента": _day(given.get("outer_date")),
        "сумма": digits(amount) if amount is not None else "",
        "сумма прописью": in_words(amount, "RUB") if amount is not None else "",
        "действует с": _day(given.get("valid_from")),
        "действует до": _day(given.get("valid_until")),
        "сегодня": _day(company_day()),
        "компания": current_company().name,
    }


def _day(day: Any) -> str:
    return f"{day:%d.%m.%Y}" if day else ""


NAMES = frozenset(
    {
        "автор", "адресат", "подписант", "ответственный", "контрагент", "номер контрагента", "дата контрагента",
        "сумма", "сумма прописью", "действует с", "действует до", "сегодня", "компания",
    }
)  # fmt: skip
