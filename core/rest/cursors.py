"""Where the next page of a list begins, in words that only we can read.

A cursor holds what the last row was ordered by, and whoever is handed it need not be allowed to see that. So it is
encrypted, filled up to lengths that tell nothing, and opens only the order and the company it was made for.
"""

import base64
import json
import secrets
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.dateparse import parse_date, parse_datetime

from core.context import current_schema
from core.errors import Invalid

# What JSON does not know, by a letter: a moment is a day, too, so it stands first.
_WRITTEN: tuple[tuple[str, type, Callable[[str], Any]], ...] = (
    ("t", datetime, parse_datetime),
    ("d", date, parse_date),
    ("n", Decimal, Decimal),
)
_NONCE_BYTES = 12
# A row without a value must not be told from one with a moment by how long its cursor is.
_STEP = 64


def write_cursor(value: Any, pk: int, ordering: str) -> str:
    """The cursor behind the row `pk`, whose value in this ordering is `value`."""
    kind = next((code for code, of_type, _ in _WRITTEN if isinstance(value, of_type)), "v")
    plain = value if kind == "v" else str(value) if kind == "n" else value.isoformat()
    text = json.dumps([kind, plain, pk]).encode()
    nonce = secrets.token_bytes(_NONCE_BYTES)
    sealed = _cipher().encrypt(nonce, text + b" " * (-len(text) % _STEP), _place(ordering))
    return base64.urlsafe_b64encode(nonce + sealed).decode().rstrip("=")


def read_cursor(cursor: str, ordering: str) -> tuple[Any, int]:
    """The value and the id behind which the page begins. Invalid for a cursor of another order or company."""
    try:
        sealed = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        text = _cipher().decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], _place(ordering))
    except (InvalidTag, ValueError) as wrong:
        raise Invalid({"cursor": "Список изменился. Откройте его заново"}) from wrong
    kind, value, pk = json.loads(text)
    readers = {code: read for code, _, read in _WRITTEN}
    return (readers[kind](value) if kind in readers else value), pk


def _place(ordering: str) -> bytes:
    return f"cursor:{current_schema()}:{ordering}".encode()


def _cipher() -> AESGCM:
    return AESGCM(_key(settings.SECRET_KEY))


@cache
def _key(secret: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"cursors of lists").derive(secret.encode())
