"""Somebody comes in at the moment at which the way in is changed, with real commits."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.db import connections
from django.utils import timezone

from core import throttle
from core.access.loading import actor_of_principal, system_actor
from core.context import Company, company_scope
from core.errors import Invalid
from core.events.models import Fact
from core.identity.actions import recovery, sign_in
from core.identity.actions.addresses import take_address
from core.identity.actions.invitations import invite_by_mail
from core.identity.actions.sessions import make_token, revoke_all
from core.identity.attempts import Visitor
from core.identity.errors import InvalidCredentials, LinkDead, ShutOut
from core.identity.links import change_token, reset_token
from core.identity.models import Invitation, Principal, Session, User
from core.identity.names import read_full_name
from core.identity.secrets import keyed
from core.notifications.models import Delivery
from core.notifications.phones.actions import prove_phone
from core.organization.actions import block_employee, change_employee, hire
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
    with pytest.raises(ShutOut):
        come_in()
    assert live() == 0


def wanting(user: User, address: str) -> str:
    """The link by which a user takes an address."""
    with company_scope(alfa()):
        User.objects.filter(pk=user.pk).update(wanted_email=address, wanted_at=timezone.now())
        return change_token(User.objects.get(pk=user.pk))


def taking(token: str, password: str = OLD) -> Callable[[], None]:
    return lambda: take_address(token=token, password=password, visitor=HERE, actor=None) and None


@pytest.mark.row("SE-10")
def test_one_link_pressed_many_times_at_once_moves_the_address_once(anna):
    token = wanting(anna, "new@race.example")
    outcomes = at_once(alfa(), *([taking(token)] * 6))
    assert [type(one) for one in outcomes if one] == [LinkDead] * 5
    with company_scope(alfa()):
        assert User.objects.get(pk=anna.pk).email == "new@race.example"
        assert Delivery.objects.filter(kind="identity.email_changed").count() == 1


@pytest.mark.row("SE-10")
def test_two_who_take_one_address_at_once_do_not_both_have_it(anna):
    with company_scope(alfa()):
        hire(
            name=read_full_name("Гонкин Борис"), email="boris@race.example", password_hash=make_password(OLD),
            email_verified=True, role_code="employee",
        )  # fmt: skip
        boris = User.objects.get(email="boris@race.example")
    tokens = [wanting(user, "same@race.example") for user in (anna, boris)]
    outcomes = at_once(alfa(), *(taking(token) for token in tokens))
    assert [type(one) for one in outcomes if one] == [LinkDead]
    with company_scope(alfa()):
        assert User.objects.filter(email="same@race.example").count() == 1


@pytest.mark.row("T-06")
def test_a_telephone_proved_twice_at_once_is_proved_once_and_one_that_is_changed_meanwhile_not_at_all(anna):
    number = "+79140000001"
    with company_scope(alfa()):
        Employee.objects.filter(principal=anna.principal_id).update(phone=number)
        by = actor_of_principal(Principal.objects.get(pk=anna.principal_id), door="screen", user_id=anna.pk)
        keep_code(by, number, "123456")
    assert at_once(alfa(), *([lambda: prove_phone("123456", by=by)] * 6)) == [None] * 6
    with company_scope(alfa()):
        assert Employee.objects.get(principal=anna.principal_id).has_proved_phone
        assert Fact.objects.filter(kind="notifications.phone_proved").count() == 1
        card = Employee.objects.get(principal=anna.principal_id)
        change_employee(card, given={"phone": "+79140000002"}, by=system_actor())
        keep_code(by, "+79140000002", "654321")
        card = Employee.objects.get(pk=card.pk)

    def change() -> None:
        change_employee(card, given={"phone": "+79140000003"}, by=system_actor())

    at_once(alfa(), lambda: prove_phone("654321", by=by), change)
    with company_scope(alfa()):
        card.refresh_from_db()
        assert (card.phone, card.has_proved_phone) == ("+79140000003", False)


def keep_code(by: Any, number: str, code: str) -> None:
    """As if it had been sent."""
    told = keyed("phone-code", by.principal_id, number, code)
    throttle.keep("phone-code", str(by.principal_id), told, seconds=600)
