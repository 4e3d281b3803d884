"""How facts are hashed, seals chained and signed. No database."""

import base64
import hashlib
import json
from collections.abc import Sequence
from functools import cache
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

# Before the first seal there is nothing.
BEGINNING = "0" * 64
_HASH = 32

# [fact, card or None, hash]
Line = Sequence[Any]


def hash_of(fact: Any) -> str:
    """Of everything that a fact says."""
    told = [fact.pk, fact.kind, fact.entity_id, fact.payload, fact.actor_id, fact.on_behalf_of_id, fact.door,
            fact.is_private, fact.at.isoformat()]  # fmt: skip
    return hashlib.sha256(_text(told)).hexdigest()[:_HASH]


def digest_of(schema: str, number: int, lines: Sequence[Line], before: str) -> str:
    """Of a seal: its company, its place in the chain and its lines."""
    return hashlib.sha256(_text([schema, number, before, [list(line) for line in lines]])).hexdigest()


def digest_of_restatement(schema: str, fact: int, former: str, now: str) -> str:
    """Of a fact that was said anew: its company, its number and its hashes before and after."""
    return hashlib.sha256(_text([schema, "restated", fact, former, now])).hexdigest()


def sign(digest: str) -> str:
    return _private(settings.AUDIT_KEY, settings.SECRET_KEY).sign(digest.encode()).hex()


def is_signed(digest: str, signature: str, public: str = "") -> bool:
    """Whether a digest was signed by our key, or by the one whose public half is given in hex."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public or public_key()))
        key.verify(bytes.fromhex(signature), digest.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def public_key() -> str:
    """What an auditor checks seals with, in hex."""
    return _private(settings.AUDIT_KEY, settings.SECRET_KEY).public_key().public_bytes_raw().hex()


@cache
def _private(text: str, secret: str) -> Ed25519PrivateKey:
    """AUDIT_KEY, or where none is set one that hangs on SECRET_KEY: then both change together."""
    if text:
        return Ed25519PrivateKey.from_private_bytes(base64.b64decode(text, validate=True))
    seed = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"audit").derive(secret.encode())
    return Ed25519PrivateKey.from_private_bytes(seed)


def _text(told: Any) -> bytes:
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
