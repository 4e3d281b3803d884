"""Operators themselves: made, changed, shut out; how they come in and what they hold. In a control scope."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from core.crypto import Undecipherable, current_head, decrypt, encrypt
from core.errors import Forbidden, Invalid, NotFound
from core.identity.attempts import Account, Visitor, count_code, count_try, forgive_codes, forgive_tries
from core.identity.codes import address_of, new_recovery_codes, new_secret_of_codes, plain, shown, step_of
from core.identity.errors import Failure, InvalidCredentials, MfaInvalid, MfaRequired, TotpNotSetUp, TotpOn
from core.identity.names import clean_line, read_email
from core.identity.passwords import hash_new, matches
from core.identity.secrets import digest, keyed_for, new_secret, same
from core.verb import verb
from tenants.console.errors import LastChief
from tenants.console.models import Operator, OperatorSession
from tenants.console.operators import OperatorActor
from tenants.console.permissions import RULE
from tenants.console.queries import lock_operators

from .audit import note_deed
from .support import end_visits_of

# An open browser at the service is worth more to a thief than one at a company.
BROWSER_LIFE = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=5)
_OWNER, _MODEL = "console", "console.operator"


@dataclass(frozen=True)
class Opened:
    """A new session with its secret, which is known only now."""

    session: OperatorSession
    secret: str
    operator: Operator


@dataclass(frozen=True)
class Setup:
    """What an authenticator needs."""

    secret: str
    otpauth_url: str


@verb
def create_operator(
    *, email: str, full_name: str, role: str, password: str, by: OperatorActor | None, who: str = ""
) -> Operator:
    """A new operator; without `by` it is the command line of the installation. Errors: Forbidden, Invalid by field."""
    if by is not None:
        by.must(RULE)
    address, name = read_email(email), clean_line(full_name)[:200]
    if not name:
        raise Invalid({"full_name": "Укажите имя: его увидят компании в своей истории"})
    try:
        with transaction.atomic():
            made = Operator.objects.create(
                email=address, full_name=name, role=role, password=hash_new(password, email=address)
            )
    except IntegrityError as clash:
        raise Invalid({"email": "Оператор с такой почтой уже есть"}) from clash
    note_deed("operator.created", by=by, after={"email": address, "full_name": name, "role": role}, who=who)
    return made


@verb
def change_operator(operator_id: int, *, role: str | None, is_active: bool | None, by: OperatorActor) -> Operator:
    """Give another role, shut out or let in again; whoever is shut out has no session any more. LastChief, NotFound."""
    by.must(RULE)
    lock_operators()
    row = Operator.objects.filter(pk=operator_id).first()
    if row is None:
        raise NotFound()
    before = {"role": row.role, "is_active": row.is_active}
    row.role = role or row.role
    row.is_active = row.is_active if is_active is None else is_active
    after = {"role": row.role, "is_active": row.is_active}
    if before == after:
        return row
    _must_leave_a_chief(row)
    row.save(update_fields=["role", "is_active"])
    if not row.is_active:
        _end(row)
        end_visits_of(row)
    note_deed("operator.changed", by=by, before=before, after={**after, "email": row.email})
    return row


@verb
def reset_totp(operator_id: int, *, by: OperatorActor) -> Operator:
    """Let an operator who has lost his authenticator set up another; his sessions end. Nobody does it to himself."""
    by.must(RULE)
    if operator_id == by.operator.pk:
        raise Forbidden("Свой вход по коду сбрасывает другой главный оператор или команда create_operator --reset-totp")
    row = Operator.objects.select_for_update().filter(pk=operator_id).first()
    if row is None:
        raise NotFound()
    forget_totp(row)
    note_deed("operator.totp-reset", by=by, after={"email": row.email})
    return row


def forget_totp(row: Operator) -> None:
    """The second factor is as if it had never been set up, and nobody is signed in by the former one."""
    row.totp_secret, row.totp_confirmed_at, row.recovery_hashes = None, None, []
    row.save(update_fields=["totp_secret", "totp_confirmed_at", "recovery_hashes"])
    _end(row)


@verb
def sign_in(*, email: str, password: str, code: str, visitor: Visitor) -> Opened:
    """Open a browser's session. Whoever has not set up his second factor gets one by which he can do only that.

    Errors as in a company: LockedOut, InvalidCredentials, MfaRequired, MfaInvalid.
    """
    email = email.strip().lower()
    row = Operator.objects.filter(email=email).first()
    count_try(email, row, visitor, is_known=_is_known_place)
    if not matches(password, row.password if row else "") or row is None:
        raise InvalidCredentials(Failure("password" if row else "unknown", row.pk if row else None))
    if not row.is_active:
        raise InvalidCredentials(Failure("blocked", row.pk))
    if row.has_totp:
        if not code.strip():
            raise MfaRequired()
        _spend(row, code)
    forgive_tries(email, row, visitor)
    # Whoever has been shut out, or has changed his password, since we looked has ended all ways in.
    stands = Operator.objects.select_for_update().get(pk=row.pk)
    if not stands.is_active or stands.password != row.password:
        raise InvalidCredentials(Failure("password", row.pk))
    Operator.objects.filter(pk=row.pk).update(last_sign_in_at=timezone.now())
    opened = _open(row, OperatorSession.Kind.BROWSER, BROWSER_LIFE, visitor)
    note_deed("sign-in", by=OperatorActor(row, opened.session.pk, visitor=visitor))
    return opened


@verb
def note_failure(failure: Failure, *, email: str, visitor: Visitor) -> None:
    """Remember a refused sign-in, in a scope of its own: the refusal has rolled its own back."""
    row = Operator.objects.filter(pk=failure.user_id or 0).first()
    by = OperatorActor(row, visitor=visitor) if row else None
    note_deed("sign-in-failed", by=by, after={"reason": failure.reason}, who=email[:200])


@verb
def sign_out(by: OperatorActor) -> None:
    """End the session in which the operator works."""
    OperatorSession.objects.filter(pk=by.session_id or 0).update(revoked_at=timezone.now())
    note_deed("sign-out", by=by)


@verb
def reseal_codes(lost: list[str]) -> int:
    """Write the secrets of operators' codes anew under the first key of FIELD_KEY; how many.

    `lost` is told whose secret no key opens.
    """
    rows = Operator.objects.select_for_update().filter(totp_secret__isnull=False).order_by("pk")
    count = 0
    for row in rows:
        if (sealed := bytes(row.totp_secret or b"")).startswith(current_head()):
            continue
        place: dict[str, Any] = {"model": _MODEL, "field": "totp_secret", "pk": row.pk, "owner": _OWNER}
        try:
            plain = decrypt(sealed, **place)
        except Undecipherable:
            lost.append(f"{_MODEL}.totp_secret {row.pk}")
            continue
        row.totp_secret = encrypt(plain, **place)
        row.save(update_fields=["totp_secret"])
        count += 1
    return count


@verb
def set_up_totp(by: OperatorActor) -> Setup:
    """Prepare a secret; TotpOn when it is on already."""
    row = _locked(by)
    if row.has_totp:
        raise TotpOn()
    secret = new_secret_of_codes()
    row.totp_secret = encrypt(secret.encode(), model=_MODEL, field="totp_secret", pk=row.pk, owner=_OWNER)
    row.totp_last_step = 0
    row.save(update_fields=["totp_secret", "totp_last_step"])
    return Setup(secret, address_of(secret, name=row.email, issuer="Пульт: консоль"))


@verb
def turn_on_totp(code: str, *, by: OperatorActor) -> list[str]:
    """Begin to ask for codes; recovery codes, shown this once. Other sessions end: none was opened by two factors."""
    row = _locked(by)
    if row.has_totp:
        raise TotpOn()
    if row.totp_secret is None:
        raise TotpNotSetUp()
    count_code(row)
    if not _accept(row, code):
        raise MfaInvalid()
    forgive_codes(row)
    codes = new_recovery_codes()
    row.recovery_hashes = [_recovery_hash(row, one) for one in codes]
    row.totp_confirmed_at = timezone.now()
    row.save(update_fields=["recovery_hashes", "totp_confirmed_at"])
    _end(row, keeping=by.session_id)
    note_deed("totp-on", by=by)
    return shown(codes)


@verb
def change_password(*, current: str, new: str, by: OperatorActor) -> None:
    """Change one's own password; every other session and key ends. Errors: Invalid, LockedOut."""
    row = _prove(by, current, field="current")
    row.password, row.password_changed_at = hash_new(new, email=row.email, field="new"), timezone.now()
    row.save(update_fields=["password", "password_changed_at"])
    _end(row, keeping=by.session_id)
    note_deed("password-changed", by=by)


@verb
def make_key(*, name: str, days: int, reads_only: bool, password: str, by: OperatorActor) -> Opened:
    """A key for programs; it does what its operator may, or only reads. Errors: Invalid, LockedOut."""
    row = _prove(by, password, field="password")
    name = clean_line(name)[:100]
    if not name:
        raise Invalid({"name": "Назовите ключ, чтобы потом узнать его в списке"})
    life = timedelta(days=days)
    opened = _open(row, OperatorSession.Kind.TOKEN, life, by.visitor, name=name, reads_only=reads_only)
    note_deed("key-made", by=by, after={"name": name, "days": days, "reads_only": reads_only})
    return opened


@verb
def revoke_session(session_id: int, *, by: OperatorActor) -> None:
    """End one of the operator's own sessions or keys; NotFound for anybody else's."""
    live = OperatorSession.objects.filter(pk=session_id, operator=by.operator, revoked_at__isnull=True)
    row = live.first()
    if row is None:
        raise NotFound()
    live.update(revoked_at=timezone.now())
    note_deed("session-revoked", by=by, after={"kind": row.kind, "name": row.name})


def note_seen(by: OperatorActor) -> None:
    """Remember that a session is at work, now and then."""
    now = timezone.now()
    if by.session_id is not None and by.seen_at is not None and now - by.seen_at > SEEN_EVERY:
        OperatorSession.objects.filter(pk=by.session_id).update(last_seen_at=now)


def _open(
    row: Operator, kind: str, life: timedelta, visitor: Visitor, *, name: str = "", reads_only: bool = False
) -> Opened:
    secret = new_secret()
    session = OperatorSession.objects.create(
        operator=row,
        kind=kind,
        secret_hash=digest(secret),
        name=name,
        user_agent=visitor.user_agent[:300],
        ip=visitor.ip,
        reads_only=reads_only,
        expires_at=timezone.now() + life,
    )
    return Opened(session, secret, row)


def _prove(by: OperatorActor, password: str, *, field: str) -> Operator:
    row = _locked(by)
    count_try(row.email, row, by.visitor, is_known=_is_known_place)
    if not matches(password, row.password):
        raise Invalid({field: "Неверный пароль"})
    forgive_tries(row.email, row, by.visitor)
    return row


def _is_known_place(row: Account | None, visitor: Visitor) -> bool:
    """Whether the operator is signed in from this network: strangers who guess his password do not bar him there."""
    # Asked for an unknown account too, so that the time does not tell.
    of_row = OperatorSession.objects.filter(operator=row.pk if row else 0, kind=OperatorSession.Kind.BROWSER)
    live = of_row.filter(revoked_at__isnull=True, expires_at__gt=timezone.now())
    return live.filter(ip=visitor.ip).exists() if visitor.ip else False


def _must_leave_a_chief(row: Operator) -> None:
    others = Operator.objects.filter(role=Operator.Role.CHIEF, is_active=True).exclude(pk=row.pk)
    if not (row.role == Operator.Role.CHIEF and row.is_active) and not others.exists():
        raise LastChief()


def _end(row: Operator, *, keeping: int | None = None) -> None:
    live = OperatorSession.objects.filter(operator=row, revoked_at__isnull=True)
    live.exclude(pk=keeping or 0).update(revoked_at=timezone.now())


def _locked(by: OperatorActor) -> Operator:
    return Operator.objects.select_for_update().get(pk=by.operator.pk)


def _spend(row: Operator, code: str) -> None:
    """Use up a code of the authenticator or a recovery code; MfaInvalid, LockedOut."""
    row = Operator.objects.select_for_update().get(pk=row.pk)
    count_code(row)
    if _accept(row, code):
        forgive_codes(row)
        return
    hashed = _recovery_hash(row, code)
    left = [held for held in row.recovery_hashes if not same(held, hashed)]
    if len(left) == len(row.recovery_hashes):
        raise MfaInvalid(Failure("code", row.pk))
    forgive_codes(row)
    row.recovery_hashes = left
    row.save(update_fields=["recovery_hashes"])
    note_deed("recovery-code-used", by=OperatorActor(row), after={"left": len(left)})


def _accept(row: Operator, code: str) -> bool:
    sealed = bytes(row.totp_secret or b"")
    secret = decrypt(sealed, model=_MODEL, field="totp_secret", pk=row.pk, owner=_OWNER).decode()
    step = step_of(secret, code, after=row.totp_last_step)
    if step is None:
        return False
    row.totp_last_step = step
    row.save(update_fields=["totp_last_step"])
    return True


def _recovery_hash(row: Operator, code: str) -> str:
    return keyed_for(_OWNER, "recovery-code", row.pk, plain(code))
