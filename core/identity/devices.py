"""Browsers by which a person has signed in before: guesses made by others do not count against them.

Each is given a cookie with a mark of its own, signed for this person in this company, or for this operator of the
service. It opens nothing and is asked
for by nothing but the counting of tries (`core.identity.attempts`), where the mark has a count of its own: nobody who
has never known the password can make such a count full.
"""

import secrets
import time
from datetime import timedelta

from core.context import company_or_none

from .secrets import keyed_for, same

LIFE = timedelta(days=90)
_MARK_BYTES = 12
_LONGEST = 200
# Stands where a company's schema would: of operators, who have none.
_CONSOLE = "console"


def device_cookie(user_id: int, held: str = "") -> str:
    """What a browser by which the user has just proved himself is to keep; it stays the device that it was."""
    mark = mark_of(user_id, held) or secrets.token_urlsafe(_MARK_BYTES)
    now = str(int(time.time()))
    return f"{mark}.{now}.{_seal(user_id, mark, now)}"


def mark_of(user_id: int, held: str) -> str:
    """The mark in a browser's cookie; empty when it is too old, or none of this person in the open company."""
    parts = held.split(".") if len(held) <= _LONGEST else []
    if len(parts) != 3:
        return ""
    mark, given, seal = parts
    if not same(seal, _seal(user_id, mark, given)):
        return ""
    return mark if time.time() - int(given) <= LIFE.total_seconds() else ""


def _seal(user_id: int, mark: str, given: str) -> str:
    company = company_or_none()
    return keyed_for(company.schema if company else _CONSOLE, "device", user_id, mark, given)
