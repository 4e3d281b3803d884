"""Passwords changed in the settings and set anew by a letter."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from core.context import company_scope
from core.identity.models import User
from core.organization.actions import block_employee
from core.organization.models import Employee
from core.rest.models import IdempotentAnswer
from tests.core.identity.conftest import fields, problem, text_of

NEW = "brand-new-pass-7"


@pytest.fixture
def anna(company, person):
    return person(company)


@pytest.fixture
def letter(company, caller, deliver, mailbox):
    """`letter(email, **headers)` asks for a reset and gives the text of the letter, or None."""

    def ask(email, **headers):
        mailbox.clear()
        answer = caller(company).post("auth/password-reset/", {"email": email}, **headers)
        assert answer.status_code == 202, answer.content
        assert answer.content == b""
        deliver()
        found = [one for one in mailbox if one["To"] == email]
        return text_of(found[0]) if found else None

    return ask


def token_in(text: str) -> str:
    found = re.search(r"/reset\?token=([\w.]+)", text)
    assert found is not None, text
    return found.group(1)


def confirm(page, token, password=NEW):
    return page.post("auth/password-reset/confirm/", {"token": token, "password": password})


def can_sign_in(page, email, password):
    return page.post("auth/sign-in/", {"email": email, "password": password}).status_code == 200


@pytest.mark.row("PL-08")
def test_a_forgotten_password_is_set_anew_by_letter(company, anna, letter, caller, facts, deliver, mailbox):
    token = token_in(letter(anna.email))
    assert confirm(caller(company), token).status_code == 204
    assert not can_sign_in(caller(company), anna.email, anna.password)
    assert can_sign_in(caller(company), anna.email, NEW)
    [changed] = facts(company, "identity.password_changed")
    assert (changed["entity_id"], changed["payload"]["way"]) == (anna.id, "letter")
    mailbox.clear()
    deliver()
    assert [one["Subject"] for one in mailbox if "Пароль изменён" in one["Subject"]]


def test_it_ends_every_session_and_token(company, anna, letter, caller, api, facts):
    confirm(caller(company), token_in(letter(anna.email)))
    assert caller(company, cookie=anna.cookie).get("me/").status_code == 401
    assert api(company, token=anna.token).get("me/").status_code == 401
    [moved] = facts(company, "identity.access_changed")
    assert moved["payload"]["principal_ids"] == [anna.principal.pk]


def test_the_link_works_once(company, anna, letter, caller):
    token = token_in(letter(anna.email))
    assert confirm(caller(company), token).status_code == 204
    assert problem(confirm(caller(company), token, "another-pass-8")) == (409, "link-dead")
    assert can_sign_in(caller(company), anna.email, NEW)


def test_the_link_dies_with_the_password_it_would_replace(company, anna, letter, caller):
    token = token_in(letter(anna.email))
    assert anna.browser.post("auth/password/", {"current": anna.password, "new": NEW}).status_code == 204
    assert problem(confirm(caller(company), token, "another-pass-8")) == (409, "link-dead")


def test_the_link_lives_an_hour(company, anna, letter, caller):
    token = token_in(letter(anna.email))
    with time_machine.travel(timezone.now() + timedelta(minutes=61), tick=True):
        assert problem(confirm(caller(company), token)) == (409, "link-dead")
    with time_machine.travel(timezone.now() + timedelta(minutes=58), tick=True):
        assert confirm(caller(company), token).status_code == 204


def test_the_link_belongs_to_one_company_and_one_person(company, other_company, anna, person, letter, caller):
    boris = person(company)
    token = token_in(letter(anna.email))
    user, issued, signature = token.split(".")
    with company_scope(other_company):
        # Even an account of the same number in the other company.
        User.objects.filter(email="owner@beta.example").update(password=User.objects.first().password)
    forged = [
        f"{boris.user.pk}.{issued}.{signature}",
        f"{user}.{int(issued) + 1}.{signature}",
        f"{user}.{issued}.{'0' * 64}",
        f"{user}.{issued}",
        f"{user}.{issued}.{signature}.x",
        "²." + token,
        "",
    ]
    assert {confirm(caller(company), one or "x").status_code for one in forged} == {409}
    assert problem(confirm(caller(other_company), token)) == (409, "link-dead")
    assert confirm(caller(company), token).status_code == 204


@pytest.mark.row("SE-10")
@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "alfa.localhost.evil.example"},
        {"Host": "alfa.localhost:8000@evil.example"},
        {"Host": "evil.example#alfa.localhost"},
        {"Host": "ALFA.LOCALHOST:9999"},
        {"X-Forwarded-Host": "evil.example"},
        {"Forwarded": "host=evil.example", "X-Host": "evil.example", "X-Original-URL": "http://evil.example/"},
    ],
)
def test_the_letter_never_names_a_host_from_the_request(company, anna, caller, deliver, mailbox, headers):
    answer = caller(company).post("auth/password-reset/", {"email": anna.email}, **headers)
    deliver()
    assert answer.status_code in (202, 404)
    assert len(mailbox) == (1 if answer.status_code == 202 else 0)
    for one in mailbox:
        assert not [part for part in one.iter_parts() if "evil" in part.get_content()]
        assert "http://alfa.localhost:8000/reset?token=" in text_of(one)


@pytest.mark.row("SE-10")
def test_known_and_unknown_addresses_get_the_same_answer(
    company, anna, owner, person, caller, statements, deliver, mailbox
):
    blocked = person(company)
    with company_scope(company):
        block_employee(Employee.objects.get(pk=blocked.id), by=owner.actor())
    seen = []
    for email in ("nobody@alfa.example", anna.email, blocked.email, "not an address"):
        with statements() as queries:
            answer = caller(company).post("auth/password-reset/", {"email": email})
        seen.append((answer.status_code, answer.content, len(queries)))
    assert len(set(seen)) == 1
    deliver()
    assert [one["To"] for one in mailbox] == [anna.email]


def test_a_mailbox_is_not_flooded(company, anna, caller, deliver, mailbox):
    for n in range(8):
        with time_machine.travel(timezone.now() + timedelta(minutes=n), tick=True):
            assert caller(company).post("auth/password-reset/", {"email": anna.email}).status_code == 202
            deliver()
    assert 1 <= len(mailbox) <= 6


def test_a_weak_new_password_is_a_field_error_and_keeps_the_link(company, anna, letter, caller):
    token = token_in(letter(anna.email))
    for weak in ("short", "password", "aaaaaaaaaa", anna.email):
        assert fields(confirm(caller(company), token, weak)) == {"/password"}
    assert confirm(caller(company), token).status_code == 204


def test_a_changed_password_ends_the_other_sessions_only(company, anna, caller, api, facts):
    answer = anna.browser.post("auth/password/", {"current": anna.password, "new": NEW})
    assert answer.status_code == 204
    assert caller(company, cookie=anna.cookie).get("me/").status_code == 200
    assert api(company, token=anna.token).get("me/").status_code == 401
    assert can_sign_in(caller(company), anna.email, NEW)
    [changed] = facts(company, "identity.password_changed")
    assert changed["payload"]["way"] == "settings"


def test_the_current_password_is_asked_for_and_guarded(company, anna):
    wrong = {"current": "not-the-password-1", "new": NEW}
    assert [fields(anna.browser.post("auth/password/", wrong)) for _ in range(10)] == [{"/current"}] * 10
    assert problem(anna.browser.post("auth/password/", {"current": anna.password, "new": NEW})) == (429, "locked-out")


def test_passwords_leave_no_trace_under_an_idempotency_key(company, anna):
    body = {"current": anna.password, "new": NEW}
    assert anna.browser.post("auth/password/", body, Idempotency_Key="the-key-1").status_code == 204
    with company_scope(company):
        assert not IdempotentAnswer.objects.filter(key="the-key-1").exists()


def test_nobody_changes_a_password_without_signing_in(company, caller):
    assert problem(caller(company).post("auth/password/", {"current": "x", "new": NEW})) == (401, "not-signed-in")
