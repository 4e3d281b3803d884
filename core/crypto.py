"""Secrets at rest: AES-256-GCM with a key of each company, bound to the very field that holds them."""

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

# The first byte names the scheme and the master key, so that another may follow while old values are still read.
_VERSION = b"\x01"
_NONCE_BYTES = 12


class Undecipherable(Exception):
    """The value was made under another key, in another company, for another field or row, or was altered."""


def encrypt(plain: bytes, *, model: str, field: str, pk: int, owner: str = "") -> bytes:
    """Encrypt a value of the open company's row; only the same field of the same row can read it again.

    `owner` is said for rows that are no company's: those of the registry.
    """
    nonce = secrets.token_bytes(_NONCE_BYTES)
    schema = owner or current_company().schema
    sealed = AESGCM(_company_key(schema, settings.FIELD_KEY)).encrypt(nonce, plain, _place(schema, model, field, pk))
    return _VERSION + nonce + sealed


def decrypt(stored: bytes, *, model: str, field: str, pk: int, owner: str = "") -> bytes:
    """Read a value made by `encrypt` for this very place; Undecipherable otherwise."""
    stored = bytes(stored)
    if stored[:1] != _VERSION:
        raise Undecipherable("unknown scheme")
    nonce, sealed = stored[1 : 1 + _NONCE_BYTES], stored[1 + _NONCE_BYTES :]
    schema = owner or current_company().schema
    try:
        return AESGCM(_company_key(schema, settings.FIELD_KEY)).decrypt(nonce, sealed, _place(schema, model, field, pk))
    except (InvalidTag, ValueError) as wrong:
        raise Undecipherable(f"{model}.{field}") from wrong


def _place(schema: str, model: str, field: str, pk: int) -> bytes:
    return f"{schema}|{model}|{field}|{pk}".encode()


@cache
def _company_key(schema: str, master: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=f"field:{schema}".encode()).derive(_master(master))


def _master(text: str) -> bytes:
    try:
        key = base64.b64decode(text, validate=True)
    except binascii.Error as wrong:
        raise ImproperlyConfigured("FIELD_KEY must be base64 of 32 bytes") from wrong
    if len(key) != 32:
        raise ImproperlyConfigured("FIELD_KEY must be base64 of 32 bytes")
    return key
