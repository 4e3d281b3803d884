"""Proving oneself once more before what cannot be taken back."""

from core.access.actor import Actor
from core.errors import Invalid
from core.identity.attempts import Visitor
from core.identity.errors import CodeInvalid, MfaInvalid
from core.identity.models import User
from core.verb import verb

from .recovery import prove_password
from .totp import spend_code


@verb
def prove_oneself(user: User, *, password: str, code: str, visitor: Visitor, by: Actor) -> None:
    """Ask a signed-in person for the password and, where it is on, for a code of the second factor.

    Errors: Invalid on `password` or `code`, LockedOut.
    """
    prove_password(user, password, visitor=visitor, field="password")
    if not user.has_totp:
        return
    if not code.strip():
        raise Invalid({"code": "Введите код из приложения или запасной код"})
    try:
        spend_code(user, code, by=by)
    except MfaInvalid as wrong:
        # He is signed in: an answer of 401 would send his browser to the door.
        raise CodeInvalid(wrong.failure) from wrong
