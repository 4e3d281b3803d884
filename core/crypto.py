"""Secrets at rest: AES-256-GCM with a key of each company, bound to the very field that holds them.

`FIELD_KEY` is one master key in base64, or several as `2:<base64>,1:<base64>`: the first encrypts, the others still
read what they have encrypted (`manage.py rotate_keys`, docs/operations/keys.md). One without a number is number 1.
A company's own key is derived from a master key, so there is none to lose, and none of another company opens a value.
"""

import base64
import binascii
import secrets
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from core.context import current_company

# How a value begins: with the first byte alone it is of master key 1, with the second byte the number follows.
_FIRST_KEY, _NUMBERED = b"\x01", b"\x02"
_NONCE_BYTES = 12
_MOST_KEYS = 255


class Undecipherable(Exception):
    """The value was made under another key, in another company, for another field or row, or was altered."""


def encrypt(plain: bytes, *, model: str, field: str, pk: int, owner: str = "") -> bytes:
    """Encrypt a value of the open company's row; only the same field of the same row can read it again.

    `owner` is said for rows that are no company's: those of the registry.
    """
    nonce, head = secrets.token_bytes(_NONCE_BYTES), current_head()
    schema = owner or current_company().schema
    place = _place(schema, model, field, pk)
    return head + nonce + AESGCM(_company_key(schema, _master(current_number()))).encrypt(nonce, plain, place)


def decrypt(stored: bytes, *, model: str, field: str, pk: int, owner: str = "") -> bytes:
    """Read a value made by `encrypt` for this very place; Undecipherable otherwise."""
    stored = bytes(stored)
    number = number_of(stored)
    if number not in _masters(settings.FIELD_KEY):
        raise Undecipherable(f"FIELD_KEY has no key {number}")
    body = stored[len(_head(number)) :]
    schema = owner or current_company().schema
    try:
        cipher = AESGCM(_company_key(schema, _master(number)))
        return cipher.decrypt(body[:_NONCE_BYTES], body[_NONCE_BYTES:], _place(schema, model, field, pk))
    except (InvalidTag, ValueError) as wrong:
        raise Undecipherable(f"{model}.{field}") from wrong


def number_of(stored: bytes) -> int:
    """Number of the master key that a value was encrypted under; Undecipherable when it is none of ours."""
    if stored[:1] == _FIRST_KEY:
        return 1
    if stored[:1] == _NUMBERED and len(stored) > len(_NUMBERED):
        return stored[1]
    raise Undecipherable("unknown scheme")


def current_number() -> int:
    """Number of the master key that encrypts."""
    return next(iter(_masters(settings.FIELD_KEY)))


def current_head() -> bytes:
    """How a value begins that is encrypted now."""
    return _head(current_number())


def _head(number: int) -> bytes:
    return _FIRST_KEY if number == 1 else _NUMBERED + bytes([number])


def _place(schema: str, model: str, field: str, pk: int) -> bytes:
    return f"{schema}|{model}|{field}|{pk}".encode()


def _master(number: int) -> bytes:
    return _masters(settings.FIELD_KEY)[number]


@cache
def _company_key(schema: str, master: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=f"field:{schema}".encode()).derive(master)


@cache
def _masters(text: str) -> dict[int, bytes]:
    """Number → master key, the one that encrypts first. ImproperlyConfigured."""
    found: dict[int, bytes] = {}
    for told in text.split(","):
        number, _, key = told.strip().rpartition(":")
        if not (number or "1").isdecimal() or not 1 <= int(number or 1) <= _MOST_KEYS or int(number or 1) in found:
            raise ImproperlyConfigured("keys in FIELD_KEY have numbers from 1 to 255, each its own")
        found[int(number or 1)] = _key(key)
    return found


def _key(text: str) -> bytes:
    try:
        key = base64.b64decode(text, validate=True)
    except binascii.Error as wrong:
        raise ImproperlyConfigured("FIELD_KEY must be base64 of 32 bytes") from wrong
    if len(key) != 32:
        raise ImproperlyConfigured("FIELD_KEY must be base64 of 32 bytes")
    return key
