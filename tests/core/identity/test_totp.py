"""The second factor: codes, recovery codes, and ways around that must not exist."""

from datetime import timedelta

import pyotp
import pytest
import time_machine
from django.utils import timezone

from core.context import company_scope
from core.crypto import Undecipherable, decrypt, encrypt
from core.identity.links import reset_token
from core.identity.models import User
from tests.core.identity.conftest import cookie_of, fields, problem

# Steps of 30 seconds are told apart by a clock that stands at the beginning of one; in the past, because the
# database's own clock decides when a promise is due.
# Where a quarter of an hour begins, so that tries counted by quarters stay together.
START = (timezone.now() - timedelta(hours=1)).replace(minute=0, second=0, microsecond=0)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(START, tick=False) as moved:
        yield moved


@pytest.fixture
def anna(company, person):
    return person(company)


@pytest.fixture
def protected(anna, clock):
    """(secret, recovery codes) of Anna with the second factor on, a minute later."""
    secret = set_up(anna).json()["secret"]
    answer = anna.browser.post("auth/totp/confirm/", {"code": pyotp.TOTP(secret).now()})
    assert answer.status_code == 200, answer.content
    clock.shift(60)
    return secret, answer.json()["recovery_codes"]


def set_up(somebody, **headers):
    return somebody.browser.post("auth/totp/setup/", {"password": somebody.password}, **headers)


def sign_in(page, somebody, code=None):
    more = {} if code is None else {"code": code}
    return page.post("auth/sign-in/", {"email": somebody.email, "password": somebody.password, **more})


def now(secret: str) -> str:
    return pyotp.TOTP(secret).at(timezone.now())


def wrong(secret: str) -> str:
    """Six digits that are no code of these minutes."""
    near = {pyotp.TOTP(secret).at(timezone.now(), counter_offset=step) for step in range(-2, 3)}
    return next(code for code in ("000000", "111111", "222222", "333333", "444444", "555555") if code not in near)


@pytest.mark.row("SE-10")
def test_setting_up_shows_the_secret_as_a_picture_and_asks_for_a_code(anna, company, caller):
    setup = set_up(anna).json()
    assert setup["otpauth_url"].startswith("otpauth://totp/")
    assert setup["secret"] in setup["otpauth_url"]
    assert setup["qr_svg"].startswith("<svg")
    assert anna.browser.get("auth/totp/").json() == {"enabled": False, "recovery_left": 0}
    assert sign_in(caller(company), anna).status_code == 200
    assert problem(anna.browser.post("auth/totp/confirm/", {"code": wrong(setup["secret"])})) == (401, "mfa-invalid")
    codes = anna.browser.post("auth/totp/confirm/", {"code": now(setup["secret"])}).json()["recovery_codes"]
    assert len(set(codes)) == 10
    assert anna.browser.get("auth/totp/").json() == {"enabled": True, "recovery_left": 10}


@pytest.mark.row("SE-10")
def test_sign_in_asks_for_a_code_and_takes_each_only_once(anna, company, caller, protected, clock):
    secret, _ = protected
    assert problem(sign_in(caller(company), anna)) == (401, "mfa-required")
    assert problem(sign_in(caller(company), anna, wrong(secret))) == (401, "mfa-invalid")
    code = now(secret)
    assert sign_in(caller(company), anna, f"{code[:3]} {code[3:]}").status_code == 200
    assert problem(sign_in(caller(company), anna, code)) == (401, "mfa-invalid")
    clock.shift(30)
    assert problem(sign_in(caller(company), anna, code)) == (401, "mfa-invalid")
    assert sign_in(caller(company), anna, now(secret)).status_code == 200


def test_the_code_that_turned_it_on_does_not_sign_in(anna, company, caller):
    secret = set_up(anna).json()["secret"]
    anna.browser.post("auth/totp/confirm/", {"code": now(secret)})
    assert problem(sign_in(caller(company), anna, now(secret))) == (401, "mfa-invalid")


def test_clocks_may_differ_by_one_step_only(anna, company, caller, protected):
    totp_of = pyotp.TOTP(protected[0])
    assert problem(sign_in(caller(company), anna, totp_of.at(timezone.now(), counter_offset=-2))) == (
        401,
        "mfa-invalid",
    )
    assert problem(sign_in(caller(company), anna, totp_of.at(timezone.now(), counter_offset=2))) == (401, "mfa-invalid")
    assert sign_in(caller(company), anna, totp_of.at(timezone.now(), counter_offset=1)).status_code == 200


def test_a_wrong_password_with_a_right_code_tells_nothing_of_the_code(anna, company, caller, protected):
    body = {"email": anna.email, "password": "not-the-password-1", "code": now(protected[0])}
    assert problem(caller(company).post("auth/sign-in/", body)) == (401, "invalid-credentials")


def test_another_persons_code_is_worthless(anna, company, person, caller, protected, clock):
    boris = person(company)
    secret = set_up(boris).json()["secret"]
    boris.browser.post("auth/totp/confirm/", {"code": now(secret)})
    clock.shift(60)
    assert problem(sign_in(caller(company), anna, now(secret))) == (401, "mfa-invalid")
    assert sign_in(caller(company), boris, now(secret)).status_code == 200


def test_each_recovery_code_opens_once(anna, company, caller, protected, facts, deliver, mailbox):
    _, codes = protected
    assert sign_in(caller(company), anna, codes[0].upper()).status_code == 200
    assert problem(sign_in(caller(company), anna, codes[0])) == (401, "mfa-invalid")
    assert anna.browser.get("auth/totp/").json()["recovery_left"] == 9
    [used] = facts(company, "identity.recovery_code_used")
    assert used["payload"]["remaining"] == 9
    deliver()
    assert any("запасному коду" in letter["Subject"] for letter in mailbox)
    with company_scope(company):
        stored = User.objects.get(pk=anna.user.pk).recovery_hashes
    assert not {code.replace("-", "") for code in codes} & set(stored)


def test_guessing_codes_is_bounded_over_all_addresses(anna, company, caller, protected, monkeypatch):
    monkeypatch.setattr("core.identity.attempts.CODE_TRIES", 4)
    bad = wrong(protected[0])
    answers = [sign_in(caller(company, address=f"10.5.0.{n}"), anna, bad).status_code for n in range(6)]
    assert answers == [401] * 4 + [429] * 2
    assert problem(sign_in(caller(company, address="10.6.0.1"), anna, now(protected[0]))) == (429, "locked-out")


def test_asking_for_the_code_does_not_forgive_wrong_ones(anna, company, caller, protected):
    bad = wrong(protected[0])
    answers = []
    for _ in range(7):
        answers += [sign_in(caller(company), anna).status_code, sign_in(caller(company), anna, bad).status_code]
    assert answers[:10] == [401] * 10
    assert answers[10:] == [429] * 4


def test_a_program_needs_the_code_too(anna, company, caller, protected):
    body = {"email": anna.email, "password": anna.password}
    assert problem(caller(company).post("auth/token/", body)) == (401, "mfa-required")
    assert caller(company).post("auth/token/", body | {"code": now(protected[0])}).status_code == 200


def test_a_new_password_by_letter_does_not_get_round_the_second_factor(anna, company, caller, protected):
    with company_scope(company):
        token = reset_token(User.objects.get(pk=anna.user.pk))
    body = {"token": token, "password": "brand-new-pass-7"}
    assert caller(company).post("auth/password-reset/confirm/", body).status_code == 204
    answer = caller(company).post("auth/sign-in/", {"email": anna.email, "password": body["password"]})
    assert problem(answer) == (401, "mfa-required")


def test_it_is_turned_off_by_the_password_only(anna, company, caller, protected, facts):
    assert fields(anna.browser.post("auth/totp/disable/", {"password": "not-the-password-1"})) == {"/password"}
    assert anna.browser.post("auth/totp/disable/", {"password": anna.password}).status_code == 204
    assert sign_in(caller(company), anna).status_code == 200
    with company_scope(company):
        user = User.objects.get(pk=anna.user.pk)
    assert (user.totp_secret, user.recovery_hashes) == (None, [])
    assert [len(facts(company, f"identity.totp_{turn}")) for turn in ("on", "off")] == [1, 1]


def test_a_thief_of_a_session_cannot_put_his_own_authenticator_in_place(anna, protected):
    assert problem(set_up(anna)) == (409, "totp-on")
    assert problem(anna.browser.post("auth/totp/confirm/", {"code": now(protected[0])})) == (409, "totp-on")


def test_confirming_without_setting_up_is_refused(anna):
    assert problem(anna.browser.post("auth/totp/confirm/", {"code": "123456"})) == (409, "totp-not-set-up")
    assert problem(anna.browser.post("auth/totp/disable/", {"password": anna.password})) == (409, "totp-not-set-up")


@pytest.mark.row("SE-03", waits="personal")
def test_the_secret_is_stored_encrypted_for_its_own_row(anna, company, other_company, person, protected):
    secret, _ = protected
    boris = person(company)
    with company_scope(company):
        stored = bytes(User.objects.get(pk=anna.user.pk).totp_secret)
        assert secret.encode() not in stored
        place = {"model": "identity.user", "field": "totp_secret"}
        assert decrypt(stored, **place, pk=anna.user.pk).decode() == secret
        assert encrypt(secret.encode(), **place, pk=anna.user.pk) != stored
        for changed in ({"pk": boris.user.pk}, {"field": "other"}, {"model": "identity.other"}):
            with pytest.raises(Undecipherable):
                decrypt(stored, **({**place, "pk": anna.user.pk} | changed))
        with pytest.raises(Undecipherable):
            decrypt(stored[:-1] + bytes([stored[-1] ^ 1]), **place, pk=anna.user.pk)
    with company_scope(other_company), pytest.raises(Undecipherable):
        decrypt(stored, **place, pk=anna.user.pk)


def test_secrets_do_not_stay_in_remembered_answers(anna, company):
    key = {"Idempotency_Key": "one-and-the-same"}
    first, second = (set_up(anna, **key).json()["secret"] for _ in range(2))
    assert first != second


def test_turning_it_on_moves_the_epoch_and_is_told_by_letter(anna, company, protected, facts, deliver, mailbox):
    assert [fact["payload"]["reason"] for fact in facts(company, "identity.access_changed")] == ["totp"]
    deliver()
    assert [letter["To"] for letter in mailbox if "Вход по коду включён" in letter["Subject"]] == [anna.email]


def test_a_code_given_with_a_wrong_password_is_not_used_up(anna, company, caller, protected):
    code = now(protected[0])
    body = {"email": anna.email, "password": "not-the-password-1", "code": code}
    assert caller(company).post("auth/sign-in/", body).status_code == 401
    assert cookie_of(sign_in(caller(company), anna, code))


def test_codes_die_after_a_minute(anna, company, caller, protected, clock):
    code = now(protected[0])
    clock.shift(timedelta(seconds=61))
    assert problem(sign_in(caller(company), anna, code)) == (401, "mfa-invalid")


def test_setting_up_takes_the_password_anew_and_guessing_it_is_bounded(anna, facts, company):
    assert fields(anna.browser.post("auth/totp/setup/")) == {"/password"}
    for _ in range(10):
        assert fields(anna.browser.post("auth/totp/setup/", {"password": "not-the-password-1"})) == {"/password"}
    assert problem(set_up(anna)) == (429, "locked-out")
    assert [fact["payload"]["reason"] for fact in facts(company, "identity.sign_in_failed")] == ["locked"]


def test_a_token_neither_turns_the_second_factor_on_nor_off(anna, protected):
    secret = protected[0]
    asked = {"setup": {"password": anna.password}, "confirm": {"code": now(secret)}}
    for door, body in (asked | {"disable": {"password": anna.password}}).items():
        assert problem(anna.client.post(f"auth/totp/{door}/", body)) == (403, "not-by-token")
    assert anna.browser.get("auth/totp/").json()["enabled"] is True
