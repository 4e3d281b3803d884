"""The sign-in page: who gets in, who does not, and what each of them learns."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth import hashers
from django.utils import timezone

from core.context import company_scope
from core.identity import attempts
from core.identity.models import Session
from core.organization.actions import block_employee
from core.organization.models import Employee
from tests.core.identity.conftest import cookie_of, problem, text_of

WRONG = "not-the-password-1"


def sign_in(api, email, password, **more):
    return api.post("auth/sign-in/", {"email": email, "password": password, **more})


@pytest.fixture
def anna(company, person):
    return person(company, name="Антонова Анна Петровна")


@pytest.fixture
def blocked(company, person, owner):
    somebody = person(company)
    with company_scope(company):
        block_employee(Employee.objects.get(pk=somebody.id), by=owner.actor())
    return somebody


@pytest.mark.row("PL-08")
def test_right_password_opens_a_session_in_this_company_only(company, other_company, anna, caller):
    page = caller(company)
    answer = sign_in(page, anna.email.upper(), anna.password)
    assert answer.status_code == 200
    cookie = cookie_of(answer)
    me = caller(company, cookie=cookie).get("me/")
    assert (me.status_code, me.json()["id"], me.json()["csrf_token"]) == (200, anna.id, answer.json()["csrf_token"])
    assert caller(other_company, cookie=cookie).get("me/").status_code == 401


@pytest.mark.row("SE-10")
def test_the_cookie_is_for_this_host_and_out_of_scripts_reach(company, anna, caller, settings):
    settings.SESSION_COOKIE_SECURE = True
    cookies = sign_in(caller(company), anna.email, anna.password).cookies
    for name, days in ((settings.SESSION_COOKIE, 30), (settings.DEVICE_COOKIE, 90)):
        cookie = cookies[name]
        assert cookie["httponly"] is True
        assert cookie["secure"] is True
        assert cookie["samesite"] == "Lax"
        assert cookie["path"] == "/"
        assert cookie["domain"] == ""
        assert cookie["max-age"] == days * 24 * 3600


def test_a_session_brought_along_is_never_adopted(company, anna, caller):
    planted = "planted-by-a-stranger"
    cookie = cookie_of(sign_in(caller(company, cookie=planted), anna.email, anna.password))
    assert cookie != planted
    assert caller(company, cookie=planted).get("me/").status_code == 401


def test_signing_in_again_ends_the_session_before(company, anna, person, caller):
    other = person(company)
    cookie = cookie_of(sign_in(caller(company, cookie=other.cookie), anna.email, anna.password))
    assert caller(company, cookie=other.cookie).get("me/").status_code == 401
    assert caller(company, cookie=cookie).get("me/").json()["id"] == anna.id


def test_a_signed_in_browser_must_prove_its_own_page(company, anna, caller):
    page = caller(company, cookie=anna.cookie)
    answer = page.post("auth/sign-in/", {"email": anna.email, "password": anna.password}, X_CSRF_Token="wrong")
    assert problem(answer) == (403, "cross-site")


@pytest.mark.row("SE-10")
def test_unknown_wrong_and_blocked_by_a_wrong_password_cannot_be_told_apart(
    company, anna, blocked, caller, monkeypatch, statements
):
    hashed = []
    encode = hashers.Argon2PasswordHasher.encode
    verify = hashers.Argon2PasswordHasher.verify
    monkeypatch.setattr(hashers.Argon2PasswordHasher, "encode", lambda *a: hashed.append("encode") or encode(*a))
    monkeypatch.setattr(hashers.Argon2PasswordHasher, "verify", lambda *a: hashed.append("verify") or verify(*a))
    seen = []
    for email, password in (("nobody@alfa.example", WRONG), (anna.email, WRONG), (blocked.email, WRONG)):
        hashed.clear()
        with statements() as queries:
            answer = sign_in(caller(company), email, password)
        body = answer.json()
        costs = (len(hashed), len(queries))
        seen.append((answer.status_code, body, costs, sorted(set(answer.headers) - {"X-Request-Id"})))
    assert seen[0] == seen[1] == seen[2]
    assert seen[0][0] == 401
    assert seen[0][1]["type"] == "/problems/invalid-credentials"
    assert seen[0][2][0] == 1


@pytest.mark.row("SE-10")
def test_whoever_is_blocked_hears_it_after_the_right_password(company, blocked, caller, api, facts):
    page = caller(company)
    assert problem(sign_in(page, blocked.email, WRONG)) == (401, "invalid-credentials")
    told = sign_in(page, blocked.email, blocked.password)
    assert problem(told) == (401, "access-closed") and "администратору" in told.json()["detail"]
    assert settings.SESSION_COOKIE not in told.cookies
    assert facts(company, "identity.sign_in_failed")[-1]["payload"]["reason"] == "blocked"
    assert problem(api(company).post("auth/token/", {"email": blocked.email, "password": blocked.password})) == (
        401, "access-closed",
    )  # fmt: skip


def test_the_right_password_of_a_blocked_person_counts_as_a_try(company, blocked, caller):
    page = caller(company)
    answers = [problem(sign_in(page, blocked.email, blocked.password))[1] for _ in range(11)]
    assert answers == ["access-closed"] * 10 + ["locked-out"]


@pytest.mark.row("SE-10")
def test_the_door_says_it_to_his_browser_alone(company, other_company, blocked, anna, caller):
    def closed(where, cookie=""):
        state = caller(where, cookie=cookie).get("auth/state/").json()
        return state["signed_in"], state["closed"]

    assert (
        closed(company, blocked.cookie)[0] is False
        and "доступ в эту компанию закрыт" in closed(company, blocked.cookie)[1]
    )
    assert closed(company) == closed(company, "x" * 43) == closed(other_company, blocked.cookie) == (False, "")
    assert closed(company, anna.cookie) == (True, "")


def test_a_blocked_person_loses_the_sessions_and_tokens_he_has(company, blocked, caller, api):
    assert caller(company, cookie=blocked.cookie).get("me/").status_code == 401
    assert api(company, token=blocked.token).get("me/").status_code == 401


@pytest.mark.row("SE-10")
def test_ten_wrong_tries_lock_the_pair_for_fifteen_minutes(company, anna, caller):
    here, elsewhere = caller(company), caller(company, address="10.0.0.2")
    assert {problem(sign_in(here, anna.email, WRONG)) for _ in range(10)} == {(401, "invalid-credentials")}
    locked = sign_in(here, anna.email, anna.password)
    assert problem(locked) == (429, "locked-out")
    assert 0 < int(locked.headers["Retry-After"]) <= 900
    assert sign_in(elsewhere, anna.email, anna.password).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(minutes=14), tick=True):
        assert problem(sign_in(here, anna.email, anna.password)) == (429, "locked-out")
    with time_machine.travel(timezone.now() + timedelta(minutes=16), tick=True):
        assert sign_in(here, anna.email, anna.password).status_code == 200


def test_an_unknown_address_is_locked_alike(company, caller):
    page = caller(company)
    answers = [problem(sign_in(page, "nobody@alfa.example", WRONG)) for _ in range(11)]
    assert answers == [(401, "invalid-credentials")] * 10 + [(429, "locked-out")]


def test_a_right_password_begins_the_count_anew(company, anna, caller):
    page = caller(company)
    for _ in range(2):
        answers = {sign_in(page, anna.email, WRONG).status_code for _ in range(9)}
        assert answers == {401}
        assert sign_in(caller(company), anna.email, anna.password).status_code == 200


def test_strangers_from_everywhere_cannot_lock_a_person_out_of_his_own_place(company, anna, caller, monkeypatch):
    monkeypatch.setattr(attempts, "ACCOUNT_TRIES", 5)
    assert sign_in(caller(company, address="192.0.2.7"), anna.email, anna.password).status_code == 200
    answers = [sign_in(caller(company, address=f"10.1.0.{n}"), anna.email, WRONG).status_code for n in range(8)]
    assert answers == [401] * 5 + [429] * 3
    assert problem(sign_in(caller(company, address="10.2.0.1"), anna.email, anna.password)) == (429, "locked-out")
    assert sign_in(caller(company, address="192.0.2.7"), anna.email, anna.password).status_code == 200


def known_browser(company, somebody, caller, **where):
    """A browser by which somebody has signed in and out again: what it keeps, and it anew, with that alone."""
    first = caller(company, **where)
    kept = sign_in(first, somebody.email, somebody.password).cookies[settings.DEVICE_COOKIE].value
    return kept, with_device(caller(company, **where), kept)


def with_device(page, kept):
    page.client.cookies[settings.DEVICE_COOKIE] = kept
    return page


@pytest.mark.row("SE-10")
def test_nobody_at_the_same_address_bars_a_browser_that_is_known(company, anna, caller, monkeypatch):
    monkeypatch.setattr(attempts, "NETWORK_TRIES", 12)
    kept, known = known_browser(company, anna, caller)
    colleague = caller(company)
    answers = [sign_in(colleague, anna.email, WRONG).status_code for _ in range(11)]
    assert answers == [401] * 10 + [429]
    assert problem(sign_in(caller(company), anna.email, anna.password)) == (429, "locked-out")
    for _ in range(5):
        sign_in(caller(company), "nobody@alfa.example", WRONG)
    answer = sign_in(known, anna.email, anna.password)
    assert answer.status_code == 200
    # It goes on being the same device, and does not open the way for the others.
    assert answer.cookies[settings.DEVICE_COOKIE].value.split(".")[0] == kept.split(".")[0]
    assert problem(sign_in(colleague, anna.email, anna.password)) == (429, "locked-out")


def test_a_known_browser_has_ten_tries_too(company, anna, caller):
    _, known = known_browser(company, anna, caller)
    answers = [sign_in(known, anna.email, WRONG).status_code for _ in range(10)]
    assert answers == [401] * 10
    assert problem(sign_in(known, anna.email, anna.password)) == (429, "locked-out")
    assert sign_in(caller(company), anna.email, anna.password).status_code == 200


def test_what_makes_a_browser_known_opens_nothing_and_is_of_one_person(
    company, other_company, other_owner, anna, person, caller
):
    kept, known = known_browser(company, anna, caller)
    assert known.get("me/").status_code == 401
    assert caller(company, cookie=kept).get("me/").status_code == 401
    other = person(company)
    mark, given, seal = kept.split(".")
    forged = [
        f"{mark}x.{given}.{seal}", f"{mark}.{int(given) + 1}.{seal}", f"{mark}.{given}.", "..", "a.b", "ÿ.1.ÿ",
        "ÿ" * 9000,
    ]  # fmt: skip
    for _ in range(11):
        sign_in(caller(company), anna.email, WRONG)
        sign_in(caller(company), other.email, WRONG)
        sign_in(caller(other_company), other_owner.email, WRONG)
    for held in forged:
        page = with_device(caller(company), held)
        assert problem(sign_in(page, anna.email, anna.password)) == (429, "locked-out"), held
    assert problem(sign_in(with_device(caller(company), kept), other.email, other.password)) == (429, "locked-out")
    elsewhere = with_device(caller(other_company), kept)
    assert problem(sign_in(elsewhere, other_owner.email, other_owner.password)) == (429, "locked-out")
    with time_machine.travel(timezone.now() + timedelta(days=91), tick=True):
        for _ in range(11):
            sign_in(caller(company), anna.email, WRONG)
        assert problem(sign_in(known, anna.email, anna.password)) == (429, "locked-out")


def test_one_network_cannot_try_many_accounts(company, caller, monkeypatch):
    monkeypatch.setattr(attempts, "NETWORK_TRIES", 4)
    answers = [sign_in(caller(company, address=f"2001:db8::{n}"), f"a{n}@x.example", WRONG) for n in range(1, 7)]
    assert [answer.status_code for answer in answers] == [401] * 4 + [429] * 2
    assert sign_in(caller(company, address="2001:db8:1::1"), "a1@x.example", WRONG).status_code == 401


def test_one_company_under_attack_leaves_the_others_alone(
    company, other_company, anna, other_owner, caller, monkeypatch
):
    monkeypatch.setattr(attempts, "COMPANY_TRIES", 3)
    for n in range(4):
        sign_in(caller(company, address=f"10.3.0.{n}"), f"a{n}@x.example", WRONG)
    assert problem(sign_in(caller(company, address="10.4.0.1"), anna.email, anna.password)) == (429, "locked-out")
    answer = sign_in(caller(other_company, address="10.4.0.1"), other_owner.email, other_owner.password)
    assert answer.status_code == 200


@pytest.mark.row("SE-09")
def test_the_audit_knows_who_came_and_who_tried(company, anna, caller, facts):
    page = caller(company)
    sign_in(page, anna.email, WRONG)
    sign_in(page, "nobody@alfa.example", WRONG)
    sign_in(page, anna.email, anna.password)
    failed = facts(company, "identity.sign_in_failed")
    told = [(fact["entity_id"], fact["payload"]["reason"], fact["actor__kind"]) for fact in failed]
    assert told == [(anna.id, "password", "system"), (None, "unknown", "system")]
    assert failed[0]["payload"]["ip"] == "10.0.0.1"
    [came] = facts(company, "identity.signed_in")
    assert (came["entity_id"], came["actor_id"], came["door"]) == (anna.id, anna.principal.pk, "screen")
    assert WRONG not in str(failed) and anna.password not in str(came)


def test_a_lock_is_remembered_once(company, anna, caller, facts):
    page = caller(company)
    for _ in range(14):
        sign_in(page, anna.email, WRONG)
    reasons = [fact["payload"]["reason"] for fact in facts(company, "identity.sign_in_failed")]
    assert reasons == ["password"] * 10 + ["locked"]


@pytest.mark.row("SE-10")
def test_a_new_device_is_told_of_by_letter(company, anna, caller, deliver, mailbox):
    sign_in(caller(company, agent="Firefox/1"), anna.email, anna.password)
    deliver()
    mailbox.clear()
    sign_in(caller(company, agent="Firefox/1"), anna.email, anna.password)
    deliver()
    assert mailbox == []
    sign_in(caller(company, agent="Strange/1", address="10.9.9.9"), anna.email, anna.password)
    deliver()
    [letter] = mailbox
    assert letter["To"] == anna.email
    assert "нового устройства" in letter["Subject"]
    assert "10.9.9.9" in text_of(letter)


def test_signing_out_ends_the_session_and_forgets_the_cookie(company, anna, caller):
    answer = caller(company, cookie=anna.cookie).post("auth/sign-out/")
    assert answer.status_code == 204
    assert answer.cookies[settings.SESSION_COOKIE]["max-age"] == 0
    assert caller(company, cookie=anna.cookie).get("me/").status_code == 401


def test_an_old_session_dies_by_itself(company, anna, caller):
    cookie = cookie_of(sign_in(caller(company), anna.email, anna.password))
    with time_machine.travel(timezone.now() + timedelta(days=29), tick=True):
        assert caller(company, cookie=cookie).get("me/").status_code == 200
    with time_machine.travel(timezone.now() + timedelta(days=31), tick=True):
        assert caller(company, cookie=cookie).get("me/").status_code == 401


def test_the_page_knows_the_company_before_anybody_is_known(company, anna, caller):
    state = caller(company).get("auth/state/").json()
    assert state["company"] == {"slug": "alfa", "name": company.name, "accent": company.accent, "logo_url": None}
    assert (state["signed_in"], state["csrf_token"]) == (False, None)
    assert caller(company, cookie=anna.cookie).get("auth/state/").json()["signed_in"] is True


@pytest.mark.row("SE-10")
def test_programs_sign_in_through_the_same_door(company, other_company, anna, caller, api, facts):
    page = caller(company)
    wrong = page.post("auth/token/", {"email": anna.email, "password": WRONG})
    assert problem(wrong) == (401, "invalid-credentials")
    answer = page.post("auth/token/", {"email": anna.email, "password": anna.password})
    assert set(answer.json()) == {"token", "expires_at"}
    token = answer.json()["token"]
    assert api(company, token=token).get("me/").json()["id"] == anna.id
    assert api(other_company, token=token).get("me/").status_code == 401
    assert [fact["door"] for fact in facts(company, "identity.sign_in_failed")] == ["token"]
    [line] = api(company, token=token).get("auth/sessions/", kind="token", ordering="-created_at").json()["results"][:1]
    assert line["current"] is True
    assert api(company, token=token).delete(f"auth/sessions/{line['id']}/").status_code == 204
    assert api(company, token=token).get("me/").status_code == 401


def test_a_program_is_locked_out_like_a_browser(company, anna, caller):
    page = caller(company)
    for _ in range(10):
        page.post("auth/token/", {"email": anna.email, "password": WRONG})
    assert problem(page.post("auth/token/", {"email": anna.email, "password": anna.password})) == (429, "locked-out")
    assert problem(sign_in(page, anna.email, anna.password)) == (429, "locked-out")


def test_only_the_hash_of_a_session_is_kept(company, anna, caller):
    cookie = cookie_of(sign_in(caller(company), anna.email, anna.password))
    with company_scope(company):
        assert not Session.objects.filter(secret_hash=cookie).exists()
        assert cookie not in str(list(Session.objects.values()))


@pytest.mark.parametrize("body", [{}, {"email": "a@b.example"}, {"email": ["a"], "password": {"$ne": 1}}, [], "text"])
def test_a_malformed_form_is_a_form_error(company, caller, body):
    assert caller(company).post("auth/sign-in/", body).status_code == 422
