"""How the installation names itself to push services: an ES256 token in each request, RFC 8292. Pure."""

import json
from dataclasses import dataclass
from functools import cache

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.core.exceptions import ImproperlyConfigured

from .encryption import KeysUnreadable, from_base64url, to_base64url

# A day is the most that RFC 8292 allows; clocks differ.
TOKEN_SECONDS = 12 * 3600
_NUMBER_BYTES = 32
_HEADER: dict[str, object] = {"typ": "JWT", "alg": "ES256"}


@dataclass(frozen=True)
class VapidKey:
    """The key pair of an installation; `public` is what browsers subscribe with."""

    private: ec.EllipticCurvePrivateKey
    public: str


@cache
def key_of(text: str) -> VapidKey:
    """The pair whose private number is written so (base64url of 32 bytes). ImproperlyConfigured."""
    try:
        number = from_base64url(text)
        if len(number) != _NUMBER_BYTES:
            raise KeysUnreadable("length")
        private = ec.derive_private_key(int.from_bytes(number, "big"), ec.SECP256R1())
    except ValueError as wrong:
        raise ImproperlyConfigured("VAPID_PRIVATE_KEY must be base64url of a P-256 number of 32 bytes") from wrong
    point = private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return VapidKey(private, to_base64url(point))


def authorization(key: VapidKey, *, origin: str, contact: str, now: float) -> str:
    """The header by which the push service at `origin` knows whose the message is."""
    claims = {"aud": origin, "exp": int(now) + TOKEN_SECONDS, "sub": contact}
    told = f"{_part(_HEADER)}.{_part(claims)}"
    r, s = decode_dss_signature(key.private.sign(told.encode(), ec.ECDSA(SHA256())))
    signature = to_base64url(r.to_bytes(_NUMBER_BYTES, "big") + s.to_bytes(_NUMBER_BYTES, "big"))
    return f"vapid t={told}.{signature}, k={key.public}"


def _part(told: dict[str, object]) -> str:
    return to_base64url(json.dumps(told, separators=(",", ":")).encode())
