"""Signed company context of a message: a worker trusts nothing that the broker says without it."""

import hashlib
import hmac
import json
import time
from typing import Any

from django.conf import settings

_LIFE_SECONDS = 3600


class Forged(Exception):
    """The message's signature is missing, wrong or of another message."""


class Late(Exception):
    """The message is ours and too old: after a stop the broker holds what has been sent anew since."""


def sign(message: dict[str, Any]) -> dict[str, Any]:
    """Headers for the message of one parcel."""
    expires = int(time.time()) + _LIFE_SECONDS
    return {"pult_expires": expires, "pult_signature": _signature(message, expires)}


def check(message: dict[str, Any], headers: dict[str, Any]) -> None:
    """Raise Forged unless the headers were signed for exactly this message, Late when that is too long ago."""
    expires, signature = headers.get("pult_expires"), headers.get("pult_signature")
    if not isinstance(expires, int) or not isinstance(signature, str):
        raise Forged("unsigned")
    if not hmac.compare_digest(signature, _signature(message, expires)):
        raise Forged("wrong signature")
    if expires < time.time():
        raise Late()


def _signature(message: dict[str, Any], expires: int) -> str:
    text = json.dumps([message, expires], sort_keys=True, separators=(",", ":"))
    key = hashlib.sha256(b"job-envelope:" + settings.SECRET_KEY.encode()).digest()
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
