"""Somebody comes in at the moment at which the way in is changed, with real commits."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.db import connections

from core.access.loading import actor_of_principal, system_actor
from core.context import Company, company_scope
from core.errors import Invalid
from core.identity.actions import recovery, sign_in
from core.identity.actions.invitations import invite_by_mail
from core.identity.actions.sessions import make_token, revoke_all
from core.identity.attempts import Visitor
from core.identity.errors import InvalidCredentials
from core.identity.links import reset_token
from core.identity.models import Invitation, Session, User
from core.identity.names import read_full_name
from core.notifications.models import Delivery
from core.organization.actions import block_employee, hire
from core.organization.models import Employee
from tenants.snapshots import find
from tests.support.races import at_once

pytestmark = [pytest.mark.committed, pytest.mark.usefixtures("committed")]
OLD, NEW, HERE = "old-password-1", "new-password-2", Visitor("10.0.0.1", "tests")


@pytest.fixture
def anna(committed: Any) -> User:
    with company_scope(alfa()):
        hire(
            name=read_full_name("Гонкина Анна"), email="anna@race.example", password_hash=make_password(OLD),
            email_verified=True, role_code="employee",
        )  # fmt: skip
        return User.objects.get(email="anna@race.example")


def test_the_same_address_invited_many_times_at_once_gets_one_letter(committed):
    outcomes: list[str] = []

    def send() -> None:
        owner = User.objects.select_related("principal__employee").get(email="owner@alfa.example")
        boss = actor_of_principal(owner.principal, door="screen", user_id=owner.pk)
        sent = invite_by_mail(emails=["same@race.example"], role_code="employee", department_id=None, by=boss)
        outcomes.extend(one.outcome for one in sent)

    assert not any(at_once(alfa(), *([send] * 12)))
    assert sorted(outcomes) == ["already"] * 11 + ["sent"]
    with company_scope(alfa()):
        assert Invitation.objects.filter(email="same@race.example").count() == 1
        assert Delivery.objects.filter(address="same@race.example").count() == 1


def alfa() -> Company:
    found = find(host="alfa.localhost")
    assert found
    return found


def committed_elsewhere(change: Callable[[], Any]) -> None:
    """Make a change in a thread of its own and wait until it stands."""
    failed: list[BaseException] = []

    def run() -> None:
        try:
            with company_scope(alfa()):
                change()
        except BaseException as failure:
            failed.append(failure)
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(timeout=20)
    assert not thread.is_alive(), "the change waits for whoever is coming in"
    assert not failed, failed


def reset(user: User) -> None:
    recovery.reset_password(token=reset_token(user), password=NEW, visitor=HERE)


def block(user: User) -> None:
    block_employee(Employee.objects.get(principal=user.principal_id), by=system_actor())


def live() -> int:
    with company_scope(alfa()):
        return Session.objects.filter(user__email="anna@race.example", revoked_at=None).count()


def come_in() -> None:
    with company_scope(alfa()):
        sign_in.sign_in(email="anna@race.example", password=OLD, code="", kind="browser", visitor=HERE)


@pytest.mark.row("SE-10")
def test_whoever_proved_the_old_password_does_not_come_in_after_a_new_one_was_set(anna, monkeypatch):
    genuine = sign_in.matches

    def slow(password: str, stored: str) -> bool:
        proved = genuine(password, stored)
        committed_elsewhere(lambda: reset(User.objects.get(pk=anna.pk)))
        return proved

    monkeypatch.setattr(sign_in, "matches", slow)
    with pytest.raises(InvalidCredentials):
        come_in()
    assert live() == 0


def leave_everywhere(user: User) -> None:
    revoke_all(user, by=system_actor())


@pytest.mark.row("SE-10")
@pytest.mark.parametrize("end", [reset, block, leave_everywhere])
def test_a_session_that_is_being_opened_ends_with_the_others(anna, end):
    """The other order: the session is written, and what ends all sessions comes before it is committed."""
    done = threading.Event()

    def change() -> None:
        try:
            with company_scope(alfa()):
                end(User.objects.get(pk=anna.pk))
        finally:
            connections.close_all()
            done.set()

    with company_scope(alfa()):
        sign_in.sign_in(email="anna@race.example", password=OLD, code="", kind="browser", visitor=HERE)
        thread = threading.Thread(target=change)
        thread.start()
        assert not done.wait(0.3), "the change must wait for the session"
    thread.join(timeout=20)
    assert done.is_set() and live() == 0


def test_a_token_cannot_be_made_by_a_password_that_was_just_replaced(anna, monkeypatch):
    with pytest.raises(Invalid), company_scope(alfa()):
        user = User.objects.select_related("principal").get(pk=anna.pk)
        by = actor_of_principal(user.principal, door="screen", user_id=user.pk)
        committed_elsewhere(lambda: reset(User.objects.get(pk=anna.pk)))
        recovery.prove_password(user, OLD, visitor=HERE, field="password")
        make_token(user, name="Навсегда", days=365, visitor=HERE, by=by)
    assert live() == 0


def test_the_old_password_does_not_undo_a_reset(anna, monkeypatch):
    with pytest.raises(Invalid), company_scope(alfa()):
        user = User.objects.select_related("principal").get(pk=anna.pk)
        by = actor_of_principal(user.principal, door="screen", user_id=user.pk)
        committed_elsewhere(lambda: reset(User.objects.get(pk=anna.pk)))
        recovery.change_password(user, current=OLD, new="thiefs-password-3", visitor=HERE, by=by)


def test_whoever_is_blocked_while_he_comes_in_stays_out(anna, monkeypatch):
    genuine = sign_in.forgive_tries

    def slow(email: str, user: User, visitor: Visitor) -> None:
        genuine(email, user, visitor)
        committed_elsewhere(lambda: block(anna))

    # After everything has been looked at, before the session is written.
    monkeypatch.setattr(sign_in, "forgive_tries", slow)
    with pytest.raises(InvalidCredentials):
        come_in()
    assert live() == 0
