"""A message that only the browser which has subscribed can read: RFC 8291 over aes128gcm of RFC 8188. Pure."""

import base64
import binascii
import os

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

POINT_BYTES, AUTH_BYTES, SALT_BYTES = 65, 16, 16
# A push service must take so much (RFC 8030, 7.2); the header, the seal and the mark of the end are within it.
RECORD_BYTES = 4096
LONGEST_PLAIN = RECORD_BYTES - SALT_BYTES - 4 - 1 - POINT_BYTES - 16 - 1
_LAST_RECORD = b"\x02"
_CURVE = ec.SECP256R1()


class KeysUnreadable(ValueError):
    """What a browser has given as its keys is none."""


def from_base64url(text: str) -> bytes:
    """Bytes of unpadded base64url, as browsers write keys. KeysUnreadable."""
    try:
        return base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as wrong:
        raise KeysUnreadable("no base64url") from wrong


def to_base64url(plain: bytes) -> str:
    return base64.urlsafe_b64encode(plain).rstrip(b"=").decode("ascii")


def point_of(p256dh: bytes) -> ec.EllipticCurvePublicKey:
    """A browser's public key; KeysUnreadable when it is no point of P-256."""
    try:
        if len(p256dh) != POINT_BYTES:
            raise ValueError("length")
        return ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, p256dh)
    except ValueError as wrong:
        raise KeysUnreadable("no point of P-256") from wrong


def encrypt(
    plain: bytes, *, p256dh: bytes, auth: bytes, salt: bytes = b"", key: ec.EllipticCurvePrivateKey | None = None
) -> bytes:
    """The body of a push: one record. `salt` and `key` are made anew for each message; only a test names them.

    Errors: KeysUnreadable; ValueError for more than `LONGEST_PLAIN` bytes.
    """
    if len(plain) > LONGEST_PLAIN:
        raise ValueError(f"{len(plain)} bytes do not fit into one record")
    theirs = point_of(p256dh)
    own = key or ec.generate_private_key(_CURVE)
    salt = salt or os.urandom(SALT_BYTES)
    mine = own.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    about = b"WebPush: info\x00" + p256dh + mine
    material = _derived(own.exchange(ec.ECDH(), theirs), salt=auth, about=about, length=32)
    content_key = _derived(material, salt=salt, about=b"Content-Encoding: aes128gcm\x00", length=16)
    nonce = _derived(material, salt=salt, about=b"Content-Encoding: nonce\x00", length=12)
    sealed = AESGCM(content_key).encrypt(nonce, plain + _LAST_RECORD, None)
    return salt + RECORD_BYTES.to_bytes(4, "big") + bytes([len(mine)]) + mine + sealed


def _derived(material: bytes, *, salt: bytes, about: bytes, length: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=about).derive(material)
