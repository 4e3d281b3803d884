"""Passwords changed and forgotten, addresses proved."""

import time

from django.utils import timezone

from core import throttle
from core.access.actor import Actor
from core.access.loading import actor_of_principal
from core.context import Company, company_scope, current_company
from core.errors import Invalid
from core.events.bus import emit
from core.identity.attempts import Visitor, count_try, forgive_tries
from core.identity.events import EmailProved, PasswordChanged
from core.identity.links import proof_token, read_proof_token, read_reset_token, reset_token
from core.identity.models import Principal, User
from core.identity.passwords import hash_new, matches
from core.identity.secrets import digest
from core.language.quotes import quoted
from core.notifications.actions import deliver_letter
from core.outbox.queries import promise
from core.verb import verb

from .epoch import card_of
from .sessions import lock_user, revoke_all

RESET_JOB = "job:identity.reset_letter"
_LETTERS_PER_HOUR = 3
_ASKED_FROM_ONE_PLACE = 20
_PROVED_FROM_ONE_PLACE = 30


@verb
def prove_password(user: User, password: str, *, visitor: Visitor, field: str) -> None:
    """Ask a signed-in person for the password once more; Invalid on `field`, LockedOut after ten wrong ones.

    The password cannot change before the transaction ends: what is done on its strength stands or falls with it.
    """
    count_try(user.email, user, visitor)
    if not matches(password, lock_user(user).password):
        raise Invalid({field: "Неверный пароль"})
    forgive_tries(user.email, user, visitor)


@verb
def change_password(user: User, *, current: str, new: str, visitor: Visitor, by: Actor) -> None:
    """Change the password of whoever knows it; every session and token but this one ends."""
    prove_password(user, current, visitor=visitor, field="current")
    _set_password(user, new, field="new")
    emit(PasswordChanged(card_of(user.principal_id), way="settings"), by=by)
    revoke_all(user, keeping=by.session_id, by=by)


@verb
def ask_reset(*, email: str, visitor: Visitor) -> None:
    """Promise a letter with a link; does the same, and as long, for an address that nobody has here."""
    throttle.limit("reset", visitor.network, times=_ASKED_FROM_ONE_PLACE, seconds=3600)
    email = email.strip().lower()
    user = User.objects.filter(email=email, principal__is_active=True).first()
    if throttle.count("reset-letter", digest(email), seconds=3600) <= _LETTERS_PER_HOUR:
        promise(RESET_JOB, user.pk if user else 0)


def send_reset_letter(company: Company, user_id: int) -> None:
    """Write the letter that was promised, unless there is nobody to write to."""
    with company_scope(company):
        people = User.objects.exclude(principal__kind=Principal.Kind.SERVICE)
        user = people.filter(pk=user_id, principal__is_active=True).first()
        if user is None:
            return
        deliver_letter(
            user.email,
            kind="identity.reset",
            subject=f"Новый пароль для {quoted(company.name)}",
            paragraphs=(
                f"Кто-то, возможно вы, попросил сменить пароль для входа в {quoted(company.name)}.",
                "Ссылка действует один час и срабатывает один раз. Если это были не вы, ничего делать не нужно.",
            ),
            links=[("Задать новый пароль", f"/reset?token={reset_token(user)}")],
            # A job that runs twice within the minute writes one letter.
            key=f"reset-{user.pk}-{int(time.time()) // 60}",
        )


@verb
def reset_password(*, token: str, password: str, visitor: Visitor) -> None:
    """Set a new password by the link of a letter: all sessions and tokens end, the second factor stays on."""
    throttle.limit("reset-confirm", visitor.network, times=_PROVED_FROM_ONE_PLACE, seconds=3600)
    user = read_reset_token(token)
    person = actor_of_principal(user.principal, door="screen", user_id=user.pk)
    _set_password(user, password, field="password")
    emit(PasswordChanged(card_of(user.principal_id), way="letter"), by=person)
    revoke_all(user, by=person)
    forgive_tries(user.email, user, visitor)
    _note_proof(user, person)


@verb
def send_proof(user: User) -> None:
    """Write a letter with a link that proves the address; at most three an hour."""
    if throttle.count("proof-letter", str(user.pk), seconds=3600) > _LETTERS_PER_HOUR:
        return
    name = quoted(current_company().name)
    deliver_letter(
        user.email,
        kind="identity.proof",
        subject=f"Подтвердите почту для {name}",
        paragraphs=(
            f"Этот адрес указан для входа в {name}. Подтвердите, что он ваш: ссылка действует три дня.",
            "Если вы не присоединялись к этой компании, ничего делать не нужно.",
        ),
        links=[("Подтвердить почту", f"/verify?token={proof_token(user)}")],
        key=f"proof-{user.pk}-{int(time.time())}",
    )


@verb
def prove_email(*, token: str, visitor: Visitor) -> None:
    """Note that the address is the person's own, by the link of a letter."""
    throttle.limit("proof-confirm", visitor.network, times=_PROVED_FROM_ONE_PLACE, seconds=3600)
    user = read_proof_token(token)
    _note_proof(user, actor_of_principal(user.principal, door="screen", user_id=user.pk))


def _note_proof(user: User, person: Actor) -> None:
    if user.email_verified_at is not None:
        return
    User.objects.filter(pk=user.pk).update(email_verified_at=timezone.now())
    emit(EmailProved(card_of(user.principal_id), user_id=user.pk), by=person)


def _set_password(user: User, password: str, *, field: str) -> None:
    user.password = hash_new(password, email=user.email, field=field)
    user.password_changed_at = timezone.now()
    user.save(update_fields=["password", "password_changed_at"])
