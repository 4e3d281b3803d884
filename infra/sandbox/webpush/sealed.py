"""What a push service and a browser check: the sender's token (RFC 8292) and the sealed record (RFC 8291, 8188).

Written from the RFCs and not with the product's own code, so that a fault of one is not agreed with by the other.
"""

import base64
import binascii
import hashlib
import hmac
import json
import re
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256

LONGEST_LIFE = 24 * 3600
_CURVE = ec.SECP256R1()
_SALT, _SIZE, _POINT, _SEAL = 16, 4, 65, 16
_TOKEN = re.compile(r"vapid\s+(.+)", re.IGNORECASE)


class Unreadable(Exception):
    """The record does not open with the browser's keys; the text says why, in English as the real services do."""


class Unproved(Exception):
    """The sender has not proved who he is. `status` is the service's answer."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


@dataclass(frozen=True)
class Keys:
    """A browser's own: the private number and the shared secret."""

    private: bytes
    auth: bytes

    @property
    def key(self) -> ec.EllipticCurvePrivateKey:
        return ec.derive_private_key(int.from_bytes(self.private, "big"), _CURVE)

    @property
    def point(self) -> bytes:
        numbers = self.key.public_key().public_numbers()
        return b"\x04" + numbers.x.to_bytes(32, "big") + numbers.y.to_bytes(32, "big")


def new_private() -> bytes:
    return ec.generate_private_key(_CURVE).private_numbers().private_value.to_bytes(32, "big")


def opened(body: bytes, keys: Keys) -> bytes:
    """The message inside one record of aes128gcm. Unreadable."""
    head = _SALT + _SIZE + 1
    if len(body) < head + _POINT + _SEAL + 1:
        raise Unreadable("record is too short")
    salt, size, length = body[:_SALT], int.from_bytes(body[_SALT : _SALT + _SIZE], "big"), body[head - 1]
    if length != _POINT:
        raise Unreadable("key id is no public key")
    sender, sealed = body[head : head + length], body[head + length :]
    if len(sealed) > size:
        raise Unreadable("more than one record")
    try:
        shared = keys.key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, sender))
        material = _hkdf(keys.auth, shared, b"WebPush: info\0" + keys.point + sender, 32)
        content_key = _hkdf(salt, material, b"Content-Encoding: aes128gcm\0", 16)
        nonce = _hkdf(salt, material, b"Content-Encoding: nonce\0", 12)
        padded = AESGCM(content_key).decrypt(nonce, sealed, None).rstrip(b"\0")
    except (ValueError, InvalidTag) as wrong:
        raise Unreadable("record does not open") from wrong
    if not padded.endswith(b"\x02"):
        raise Unreadable("last record is not marked")
    return padded[:-1]


def proved(header: str, *, origins: tuple[str, ...], now: float) -> str:
    """The sender's public key as it stands in `Authorization`. Unproved."""
    found = _TOKEN.fullmatch(header.strip())
    if found is None:
        raise Unproved(401, "Request did not contain a valid vapid token")
    parts = dict(part.strip().partition("=")[::2] for part in found[1].split(","))
    token, public = parts.get("t", ""), parts.get("k", "")
    try:
        head, claims, signature = token.split(".")
        told, point = json.loads(_plain(claims)), _plain(public)
        is_right = json.loads(_plain(head)).get("alg") == "ES256" and isinstance(told, dict)
        pair = _plain(signature)
    except (ValueError, AttributeError) as wrong:
        raise Unproved(401, "Token does not read") from wrong
    if not is_right or len(pair) != 64 or not _is_signed(point, f"{head}.{claims}", pair):
        raise Unproved(403, "Token signature is wrong")
    _must_claim(told, origins, now)
    return public


def to_text(plain: bytes) -> str:
    return base64.urlsafe_b64encode(plain).rstrip(b"=").decode()


def _must_claim(told: dict[str, Any], origins: tuple[str, ...], now: float) -> None:
    ends, contact = told.get("exp"), told.get("sub")
    if told.get("aud") not in origins:
        raise Unproved(403, "Token is for another audience")
    if isinstance(ends, bool) or not isinstance(ends, int) or not now < ends <= now + LONGEST_LIFE:
        raise Unproved(403, "Token has expired or lives for more than 24 hours")
    if not isinstance(contact, str) or not re.match(r"(mailto:\S+@\S+|https://\S+)$", contact):
        raise Unproved(403, "Token has no contact")


def _is_signed(point: bytes, told: str, pair: bytes) -> bool:
    try:
        key = ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, point)
        signature = encode_dss_signature(int.from_bytes(pair[:32], "big"), int.from_bytes(pair[32:], "big"))
        key.verify(signature, told.encode(), ec.ECDSA(SHA256()))
    except (ValueError, InvalidSignature):
        return False
    return True


def _plain(text: str) -> bytes:
    """Strict base64url without padding. ValueError."""
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error as wrong:
        raise ValueError("no base64url") from wrong


def _hkdf(salt: bytes, material: bytes, about: bytes, length: int) -> bytes:
    """One block of RFC 5869 is enough: no more than 32 bytes are ever asked."""
    drawn = hmac.new(salt, material, hashlib.sha256).digest()
    return hmac.new(drawn, about + b"\x01", hashlib.sha256).digest()[:length]
