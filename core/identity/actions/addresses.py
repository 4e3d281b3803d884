"""Changing the address by which a person signs in: nothing changes until he proves that the new one is his.

The link alone is not enough. An address that was mistyped is somebody else's, and whoever has the address of an account
may set its password; so the link works in the person's own signed-in browser or with his password. An address that
another colleague signs in by is answered as any other: who has which is no business of whoever asks.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from core import throttle
from core.access.actions import lock_owners, must_be_owner
from core.access.actor import Actor
from core.access.loading import actor_of_principal
from core.access.models import RoleAssignment
from core.access.reach import must_not_be_above
from core.context import current_company
from core.errors import Invalid
from core.events.bus import Change, emit
from core.identity.attempts import Visitor
from core.identity.errors import LinkDead, NoAccount, OwnAddress
from core.identity.events import EmailChangeAsked, EmailChanged, EmailChangeStopped
from core.identity.links import CHANGE_SECONDS, change_token, read_change_token, read_refusal_token, refusal_token
from core.identity.models import User
from core.identity.names import read_email
from core.identity.secrets import keyed_for
from core.language.quotes import quoted
from core.notifications.actions import deliver_letter
from core.organization.models import Employee
from core.organization.permissions import BLOCK
from core.verb import verb

from .epoch import card_of
from .proving import prove_oneself
from .recovery import prove_password
from .sessions import lock_user, revoke_all

_ASKED_AN_HOUR, _LETTERS_A_DAY, _TRIED_FROM_ONE_PLACE = 3, 5, 30
_HOUR, _DAY = 3600, 86_400
_OFTEN = "За час адрес можно попробовать сменить три раза. Подождите и повторите"
_MANY = "На этот адрес сегодня уже отправлено несколько писем. Повторите завтра"
_IGNORE = "Если вы ничего об этом не знаете, ничего делать не нужно: без вашего пароля ссылка не сработает."


@dataclass(frozen=True)
class Moved:
    """By which address somebody signed in before, and does now."""

    before: str
    after: str


@verb
def ask_change(user: User, *, email: str, password: str, code: str, visitor: Visitor, by: Actor) -> User:
    """Ask for another address of one's own, with the password and, where it is on, a code. Errors: Invalid by field,
    LockedOut, SlowDown."""
    address = read_email(email)
    prove_oneself(user, password=password, code=code, visitor=visitor, by=by)
    return _ask(user, address, by)


@verb
def ask_change_for(employee: Employee, *, email: str, by: Actor) -> User:
    """Ask for another address of somebody who may be let in and shut out by the doer; whoever has the address takes it.

    Errors: Forbidden, AdminsOnly, OwnersOnly, OwnAddress, NoAccount, Invalid, SlowDown.
    """
    by.must(BLOCK, employee)
    address = read_email(email)
    if employee.principal_id == by.principal_id:
        raise OwnAddress()
    owners = lock_owners()
    must_not_be_above(employee.principal, by)
    if RoleAssignment.objects.filter(role=owners, principal_id=employee.principal_id).exists():
        must_be_owner(by)
    user = User.objects.filter(principal_id=employee.principal_id, principal__is_active=True).first()
    if user is None:
        raise NoAccount()
    return _ask(user, address, by)


@verb
def stop_change(user: User, *, by: Actor) -> None:
    """Want no other address any more; what nobody wants is stopped already."""
    _stop(lock_user(user), "settings", by)


@verb
def refuse_change(*, token: str, visitor: Visitor) -> None:
    """«Это не я», said by whoever reads the present address: the change is stopped, and every session and key ends,
    because whoever asked for it has come in somehow. Errors: LinkDead, SlowDown."""
    throttle.limit("email-refusal", visitor.network, times=_TRIED_FROM_ONE_PLACE, seconds=_HOUR)
    user = read_refusal_token(token)
    person = actor_of_principal(user.principal, door="screen", user_id=user.pk)
    _stop(user, "letter", person)
    revoke_all(user, by=person)


@verb
def take_address(*, token: str, password: str, visitor: Visitor, actor: Actor | None) -> Moved:
    """Sign in by the wanted address from now on; every session and key but the one at work here ends.

    The registry is to follow in the same transaction: the caller sees to that. Errors: LinkDead (also when somebody has
    the address by now), Invalid on `password`, LockedOut, SlowDown.
    """
    throttle.limit("email-change-confirm", visitor.network, times=_TRIED_FROM_ONE_PLACE, seconds=_HOUR)
    user = read_change_token(token)
    is_himself = actor is not None and actor.door == "screen" and actor.user_id == user.pk
    if not is_himself and not password:
        raise Invalid({"password": "Введите пароль, с которым вы входите"})
    if not is_himself:
        prove_password(user, password, visitor=visitor, field="password")
    moved = Moved(user.email, user.wanted_email)
    try:
        with transaction.atomic():
            rows = User.objects.filter(pk=user.pk)
            rows.update(email=moved.after, email_verified_at=timezone.now(), wanted_email="", wanted_at=None)
    except IntegrityError as taken:
        raise LinkDead() from taken
    person = actor_of_principal(user.principal, door="screen", user_id=user.pk)
    change = Change("login", moved.before, moved.after)
    emit(EmailChanged(card_of(user.principal_id), user_id=user.pk, changes=(change,)), by=person)
    revoke_all(user, keeping=actor.session_id if actor and is_himself else None, by=person)
    _tell_former(user, moved)
    return moved


def waiting_change(user: User) -> tuple[str, datetime] | None:
    """The wanted address and until when it may be taken; None when there is none, or it is too late."""
    if not user.wanted_email or user.wanted_at is None:
        return None
    ends = user.wanted_at + timedelta(seconds=CHANGE_SECONDS)
    return (user.wanted_email, ends) if ends > timezone.now() else None


def _ask(user: User, address: str, by: Actor) -> User:
    user = lock_user(user)
    if address == user.email:
        raise Invalid({"email": "С этим адресом уже входят. Укажите новый"})
    throttle.limit("email-change", str(user.pk), times=_ASKED_AN_HOUR, seconds=_HOUR, sentence=_OFTEN)
    whose = keyed_for("global", "address", address)
    throttle.limit("email-change-to", whose, times=_LETTERS_A_DAY, seconds=_DAY, sentence=_MANY, everywhere=True)
    user.wanted_email, user.wanted_at = address, timezone.now()
    user.save(update_fields=["wanted_email", "wanted_at"])
    emit(EmailChangeAsked(card_of(user.principal_id), wanted=address), by=by)
    key = f"{user.pk}-{int(user.wanted_at.timestamp() * 1_000_000)}"
    is_own = by.principal_id == user.principal_id
    if User.objects.filter(email=address).exclude(pk=user.pk).exists():
        _tell_holder(address, key)
    else:
        _tell_wanted(user, key, "" if is_own else by.name)
    _tell_present(user, key, "" if is_own else by.name)
    return user


def _stop(user: User, way: str, by: Actor) -> None:
    if not user.wanted_email:
        return
    User.objects.filter(pk=user.pk).update(wanted_email="", wanted_at=None)
    emit(EmailChangeStopped(card_of(user.principal_id), way=way), by=by)


def _tell_wanted(user: User, key: str, doer: str) -> None:
    company = quoted(current_company().name)
    asked = f"{doer} просит, чтобы в {company} вы" if doer else f"Вы попросили, чтобы в {company} вы"
    deliver_letter(
        user.wanted_email,
        kind="identity.email_change",
        subject=f"Новый адрес входа в {company}",
        paragraphs=(
            f"{asked} входили по этому адресу вместо {user.email}.",
            "Откройте ссылку и подтвердите: она действует сутки. Пароль остаётся прежним, до подтверждения ничего не"
            " меняется.",
            _IGNORE,
        ),
        links=[("Входить по этому адресу", f"/new-email?token={change_token(user)}")],
        key=f"wanted-{key}",
    )


def _tell_holder(address: str, key: str) -> None:
    company = quoted(current_company().name)
    deliver_letter(
        address,
        kind="identity.email_change",
        subject=f"Адрес входа в {company}",
        paragraphs=(
            f"Кто-то попросил, чтобы в {company} он входил по этому адресу. Но по нему входите вы, и так останется.",
            "Ничего делать не нужно.",
        ),
        key=f"holder-{key}",
    )


def _tell_present(user: User, key: str, doer: str) -> None:
    company = quoted(current_company().name)
    who = doer or "Кто-то, возможно вы,"
    deliver_letter(
        user.email,
        kind="identity.email_change",
        subject=f"Смена адреса входа в {company}",
        paragraphs=(
            f"{who} просит, чтобы в {company} вы входили по адресу {user.wanted_email} вместо этого.",
            "Если так и задумано, подтвердите это по ссылке из письма на новый адрес. Пока вы входите по прежнему.",
            "Если это не вы, нажмите «Это не я»: смена не состоится, и вход завершится на всех устройствах. Потом"
            " задайте новый пароль и сообщите администратору.",
        ),
        links=[("Это не я", f"/not-me?token={refusal_token(user)}")],
        key=f"present-{key}",
    )


def _tell_former(user: User, moved: Moved) -> None:
    company = quoted(current_company().name)
    deliver_letter(
        moved.before,
        kind="identity.email_changed",
        subject=f"Адрес входа в {company} изменён",
        paragraphs=(
            f"Теперь в {company} вы входите по адресу {moved.after}. По этому адресу войти больше нельзя.",
            "Если это не вы, сразу сообщите администратору компании: он закроет вход и вернёт прежний адрес.",
        ),
        key=f"former-{user.pk}-{int(timezone.now().timestamp() * 1_000_000)}",
    )
