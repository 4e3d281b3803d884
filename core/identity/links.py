"""Links in letters: signed, short-lived, good in one company for one purpose and one state of the account."""

import time
from collections.abc import Callable

from .errors import LinkDead
from .models import User
from .secrets import keyed, same

_RESET, _PROOF, _CHANGE, _REFUSAL = "password-reset", "email-proof", "email-change", "email-refusal"
RESET_SECONDS = 3600
PROOF_SECONDS = 3 * 24 * 3600
CHANGE_SECONDS = 24 * 3600


def reset_token(user: User) -> str:
    """For setting a new password within the hour; dies with the password it replaces."""
    return _sign(_RESET, user, _password_of(user))


def read_reset_token(token: str) -> User:
    """The active user of a living reset token, locked; LinkDead otherwise."""
    return _read(_RESET, token, RESET_SECONDS, _password_of)


def proof_token(user: User) -> str:
    """For proving the user's address within three days; dies when it is proved or changed."""
    return _sign(_PROOF, user, _address_of(user))


def read_proof_token(token: str) -> User:
    """The active user of a living proof token, locked; LinkDead otherwise."""
    return _read(_PROOF, token, PROOF_SECONDS, _address_of)


def change_token(user: User) -> str:
    """For taking the wanted address within a day; dies when it is taken, refused or another one is wanted."""
    return _sign(_CHANGE, user, _wanted_of(user))


def read_change_token(token: str) -> User:
    """The active user of a living token of a change, locked; LinkDead otherwise."""
    return _read(_CHANGE, token, CHANGE_SECONDS, _wanted_of)


def refusal_token(user: User) -> str:
    """For stopping the same change, by whoever reads the present address; dies with it."""
    return _sign(_REFUSAL, user, _wanted_of(user))


def read_refusal_token(token: str) -> User:
    """The active user whose change is to be stopped, locked; LinkDead otherwise."""
    return _read(_REFUSAL, token, CHANGE_SECONDS, _wanted_of)


def _password_of(user: User) -> str:
    return f"{user.email}\n{user.password}"


def _address_of(user: User) -> str:
    return f"{user.email}\n{user.email_verified_at is None}"


def _wanted_of(user: User) -> str:
    return f"{user.email}\n{user.wanted_email}\n{user.wanted_at.isoformat() if user.wanted_at else ''}"


def _sign(purpose: str, user: User, state: str) -> str:
    issued = int(time.time())
    return f"{user.pk}.{issued}.{keyed(purpose, user.pk, issued, state)}"


def _read(purpose: str, token: str, life: int, state_of: Callable[[User], str]) -> User:
    parts = token.split(".")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() and len(part) <= 18 for part in parts[:2]):
        raise LinkDead()
    user_id, issued = int(parts[0]), int(parts[1])
    rows = User.objects.select_for_update(of=("self",), no_key=True).select_related("principal")
    user = rows.filter(pk=user_id, principal__is_active=True).first()
    if user is None or not 0 <= time.time() - issued <= life:
        raise LinkDead()
    if not same(parts[2], keyed(purpose, user.pk, issued, state_of(user))):
        raise LinkDead()
    return user
