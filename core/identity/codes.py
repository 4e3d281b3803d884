"""Codes of an authenticator and recovery codes, whoever they belong to: a person of a company or an operator. Pure."""

import secrets
import time

import pyotp

from .secrets import same

RECOVERY_CODES = 10
_STEP_SECONDS = 30
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_LENGTH = 10


def new_secret_of_codes() -> str:
    """A fresh secret of an authenticator, in base32."""
    return pyotp.random_base32()


def address_of(secret: str, *, name: str, issuer: str) -> str:
    """What a QR code tells an authenticator."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=issuer)


def step_of(secret: str, code: str, *, after: int) -> int | None:
    """The step whose code it is, not used yet: now, or one before or after for clocks that differ. None otherwise."""
    digits = "".join(code.split())
    if len(digits) != 6 or not digits.isascii() or not digits.isdigit():
        return None
    totp = pyotp.TOTP(secret)
    now = int(time.time()) // _STEP_SECONDS
    matching = [step for step in (now - 1, now, now + 1) if same(totp.generate_otp(step), digits)]
    step = max(matching, default=0)
    return step if step > after else None


def new_recovery_codes() -> list[str]:
    """Codes for whoever has lost his authenticator, each good once."""
    return ["".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH)) for _ in range(RECOVERY_CODES)]


def shown(codes: list[str]) -> list[str]:
    """As people write them down."""
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def plain(code: str) -> str:
    """A recovery code as it was made, however it has been typed."""
    return "".join(letter for letter in code.lower() if letter in _ALPHABET)
