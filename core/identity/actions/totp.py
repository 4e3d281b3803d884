"""The second factor: codes of an authenticator and recovery codes, each good once."""

from dataclasses import dataclass

from django.utils import timezone

from core.access.actor import Actor
from core.context import current_company
from core.crypto import decrypt, encrypt
from core.events.bus import emit
from core.identity.attempts import count_code, forgive_codes
from core.identity.codes import address_of, new_recovery_codes, new_secret_of_codes, plain, shown, step_of
from core.identity.errors import Failure, MfaInvalid, TotpNotSetUp, TotpOn
from core.identity.events import RecoveryCodeUsed, TotpTurnedOff, TotpTurnedOn
from core.identity.models import User
from core.identity.secrets import keyed, same
from core.verb import verb

from .epoch import card_of, move_epochs


@dataclass(frozen=True)
class Setup:
    """What the authenticator needs: the secret in base32 and the address for its QR code."""

    secret: str
    otpauth_url: str


@verb
def set_up(user: User) -> Setup:
    """Prepare a new secret; nothing is asked at sign-in until a code from it is confirmed. TotpOn when already on."""
    user = _locked(user)
    if user.has_totp:
        raise TotpOn()
    secret = new_secret_of_codes()
    user.totp_secret = encrypt(secret.encode(), model="identity.user", field="totp_secret", pk=user.pk)
    user.totp_last_step = 0
    user.save(update_fields=["totp_secret", "totp_last_step"])
    name = f"Пульт: {current_company().name}"
    return Setup(secret, address_of(secret, name=user.email, issuer=name))


@verb
def turn_on(user: User, code: str, *, by: Actor) -> list[str]:
    """Begin to ask for codes; ten recovery codes, shown this once. Errors: TotpOn, TotpNotSetUp, MfaInvalid."""
    user = _locked(user)
    if user.has_totp:
        raise TotpOn()
    if user.totp_secret is None:
        raise TotpNotSetUp()
    count_code(user)
    if not _accept_step(user, code):
        raise MfaInvalid()
    forgive_codes(user)
    codes = new_recovery_codes()
    user.recovery_hashes = [_recovery_hash(user, code) for code in codes]
    user.totp_confirmed_at = timezone.now()
    user.save(update_fields=["recovery_hashes", "totp_confirmed_at"])
    emit(TotpTurnedOn(card_of(user.principal_id)), by=by)
    move_epochs([user.principal_id], reason="totp", by=by)
    return shown(codes)


@verb
def turn_off(user: User, *, by: Actor) -> None:
    """Ask for no codes any more; the caller has checked the password. TotpNotSetUp when it was off."""
    user = _locked(user)
    if not user.has_totp:
        raise TotpNotSetUp()
    user.totp_secret, user.totp_confirmed_at, user.recovery_hashes = None, None, []
    user.save(update_fields=["totp_secret", "totp_confirmed_at", "recovery_hashes"])
    emit(TotpTurnedOff(card_of(user.principal_id)), by=by)
    move_epochs([user.principal_id], reason="totp", by=by)


@verb
def spend_code(user: User, code: str, *, by: Actor) -> None:
    """Use up an authenticator's or a recovery code of a user with the second factor on; MfaInvalid, LockedOut."""
    user = _locked(user)
    count_code(user)
    if _accept_step(user, code):
        forgive_codes(user)
        return
    hashed = _recovery_hash(user, code)
    left = [held for held in user.recovery_hashes if not same(held, hashed)]
    if len(left) == len(user.recovery_hashes):
        raise MfaInvalid(Failure("code", user.pk))
    forgive_codes(user)
    user.recovery_hashes = left
    user.save(update_fields=["recovery_hashes"])
    emit(RecoveryCodeUsed(card_of(user.principal_id), remaining=len(left)), by=by)


def _locked(user: User) -> User:
    return User.objects.select_for_update(no_key=True).get(pk=user.pk)


def _accept_step(user: User, code: str) -> bool:
    """Whether it is the code of a step not used yet; the step is used up."""
    sealed = bytes(user.totp_secret or b"")
    secret = decrypt(sealed, model="identity.user", field="totp_secret", pk=user.pk).decode()
    step = step_of(secret, code, after=user.totp_last_step)
    if step is None:
        return False
    user.totp_last_step = step
    user.save(update_fields=["totp_last_step"])
    return True


def _recovery_hash(user: User, code: str) -> str:
    return keyed("recovery-code", user.pk, plain(code))
