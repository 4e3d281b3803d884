"""Changing the address by which one signs in: proved by whoever has it, stopped by whoever had the one before."""

import re
from datetime import timedelta

import pyotp
import pytest
import time_machine
from django.utils import timezone

from core.context import company_scope, control_scope
from core.events.models import Fact
from core.identity.actions.addresses import waiting_change
from core.identity.links import reset_token
from core.identity.models import User
from core.notifications.models import Delivery
from core.organization.actions import block_employee
from core.organization.models import Employee
from core.privacy.actions import anonymise
from core.privacy.rules import blanked
from tenants.memberships import companies_of, remember
from tests.core.identity.conftest import fields, problem, text_of

pytestmark = pytest.mark.row("PL-08")
NEW = "anna.new@mail.example"


@pytest.fixture
def anna(company, person):
    somebody = person(company, name="Антонова Анна Петровна")
    with control_scope():
        remember(company.id, somebody.email)
    return somebody


@pytest.fixture
def letters(deliver, mailbox):
    """`letters(address)` are the texts of those that have come there by now, oldest first."""

    def read(address):
        deliver()
        return [text_of(one) for one in mailbox if one["To"] == address]

    return read


def ask(somebody, email=NEW, **more):
    return somebody.browser.post("auth/email-change/", {"email": email, "password": somebody.password, **more})


def token_in(text, page):
    found = re.search(rf"/{page}\?token=([\w.]+)", text)
    assert found is not None, text
    return found[1]


def take(page, token, **more):
    return page.post("auth/email-change/confirm/", {"token": token, **more})


def refuse(page, token):
    return page.post("auth/email-change/refuse/", {"token": token})


def signs_in(page, email, password):
    return page.post("auth/sign-in/", {"email": email, "password": password}).status_code == 200


def address_of(somebody):
    with company_scope(somebody.company):
        return User.objects.get(pk=somebody.user.pk).email


def listed(email):
    with control_scope():
        return [company.slug for company in companies_of(email)]


def test_the_new_address_takes_the_place_of_the_old_one(company, anna, api, caller, letters, facts, owner):
    answer = ask(anna, email=f" {NEW.upper()} ")
    assert (answer.status_code, answer.json()["wanted"], answer.json()["email"]) == (202, NEW, anna.email)
    assert address_of(anna) == anna.email and signs_in(caller(company), anna.email, anna.password)
    [to_new], [to_old] = letters(NEW), letters(anna.email)
    assert "/not-me?token=" in to_old and NEW in to_old
    taken = take(anna.browser, token_in(to_new, "new-email"))
    assert (taken.status_code, taken.json()) == (200, {"email": NEW})
    assert anna.browser.get("me/").json()["email"] == NEW, "this browser stays signed in"
    assert api(company, token=anna.token).get("me/").status_code == 401, "what else was open has ended"
    assert signs_in(caller(company), NEW, anna.password) and not signs_in(caller(company), anna.email, anna.password)
    assert (listed(NEW), listed(anna.email)) == (["alfa"], [])
    [changed] = facts(company, "identity.email_changed")
    told = {"field": "login", "old": anna.email, "new": NEW}
    assert (changed["entity_id"], changed["payload"]["changes"]) == (anna.id, [told])
    lines = owner.client.get(f"employees/{anna.id}/history/").json()["results"]
    [line] = [line for line in lines if line["title"] == "сменил(а) адрес входа"]
    assert [(one["label"], one["old"], one["new"]) for one in line["changes"]] == [("Адрес входа", anna.email, NEW)]
    assert NEW in letters(anna.email)[-1] and "больше нельзя" in letters(anna.email)[-1]


def test_it_asks_for_the_password_and_is_guarded_like_any_sign_in(anna, letters):
    wrong = {"email": NEW, "password": "not-the-password-1"}
    assert [fields(anna.browser.post("auth/email-change/", wrong)) for _ in range(10)] == [{"/password"}] * 10
    assert problem(ask(anna)) == (429, "locked-out")
    assert letters(NEW) == []


def test_it_asks_for_a_code_where_that_is_on(anna, letters):
    secret = anna.browser.post("auth/totp/setup/", {"password": anna.password}).json()["secret"]
    assert anna.browser.post("auth/totp/confirm/", {"code": pyotp.TOTP(secret).now()}).status_code == 200
    assert anna.browser.get("auth/email-change/").json()["asks_code"] is True
    assert fields(ask(anna)) == fields(ask(anna, code="000000")) == {"/code"}
    with time_machine.travel(timezone.now() + timedelta(seconds=60), tick=True):
        assert ask(anna, code=pyotp.TOTP(secret).at(timezone.now())).status_code == 202


def test_a_key_of_a_program_neither_asks_nor_stops(anna):
    assert problem(anna.client.post("auth/email-change/", {"email": NEW, "password": anna.password})) == (
        403, "not-by-token",
    )  # fmt: skip
    assert problem(anna.client.delete("auth/email-change/")) == (403, "not-by-token")


def test_the_link_alone_hands_the_account_to_nobody(company, anna, person, caller, letters):
    """The address may have been mistyped, and whoever has the address of an account may set its password."""
    ask(anna)
    token, stranger = token_in(letters(NEW)[0], "new-email"), person(company)
    assert fields(take(caller(company), token)) == {"/password"}
    assert fields(take(stranger.browser, token)) == {"/password"}
    assert fields(take(caller(company), token, password=stranger.password + "x")) == {"/password"}
    assert problem(take(caller(company), token, password="")) == (422, "invalid")
    assert address_of(anna) == anna.email
    assert take(caller(company), token, password=anna.password).status_code == 200
    assert anna.browser.get("me/").status_code == 401, "another browser than the one that it was taken in"


def test_guesses_of_the_password_are_counted_at_the_link_too(company, anna, caller, letters):
    ask(anna)
    token = token_in(letters(NEW)[0], "new-email")
    for _ in range(10):
        assert fields(take(caller(company), token, password="not-the-password-1")) == {"/password"}
    assert problem(take(caller(company), token, password=anna.password)) == (429, "locked-out")


def test_a_taken_address_is_answered_as_any_other_and_stays_with_whoever_has_it(
    company, anna, person, statements, letters
):
    boris = person(company)
    seen = []
    for somebody, address in ((anna, boris.email), (person(company), "nobody@mail.example")):
        with statements() as queries:
            answer = ask(somebody, address)
        shape = {name: value if name == "asks_code" else None for name, value in answer.json().items()}
        seen.append((answer.status_code, shape, len(queries), sorted(set(answer.headers) - {"X-Request-Id"})))
    assert seen[0] == seen[1]
    [told] = letters(boris.email)
    assert "?token=" not in told and "по нему входите вы" in told
    assert "?token=" in letters("nobody@mail.example")[0]
    assert anna.browser.get("auth/email-change/").json()["wanted"] == boris.email


def test_who_comes_second_finds_the_address_taken(company, anna, person, letters):
    boris = person(company)
    ask(anna)
    ask(boris)
    first, second = (token_in(text, "new-email") for text in letters(NEW))
    assert take(anna.browser, first).status_code == 200
    assert problem(take(boris.browser, second)) == (409, "link-dead")
    assert (address_of(anna), address_of(boris)) == (NEW, boris.email)
    assert listed(NEW) == ["alfa"]


def test_the_same_address_in_another_company_is_nobodys_business(company, other_company, anna, person, letters):
    abroad = person(other_company)
    ask(anna, abroad.email)
    assert take(anna.browser, token_in(letters(abroad.email)[-1], "new-email")).status_code == 200
    assert address_of(anna) == address_of(abroad) == abroad.email


def test_a_link_works_once_in_its_company_and_for_a_day(company, other_company, anna, caller, letters):
    ask(anna)
    token = token_in(letters(NEW)[0], "new-email")
    assert problem(take(caller(other_company), token, password=anna.password)) == (409, "link-dead")
    with time_machine.travel(timezone.now() + timedelta(hours=25), tick=True):
        assert problem(take(anna.browser, token)) == (409, "link-dead")
        with company_scope(company):
            assert waiting_change(User.objects.get(pk=anna.user.pk)) is None
    assert take(anna.browser, token).status_code == 200
    assert problem(take(anna.browser, token)) == (409, "link-dead")
    for forged in ("x", "1.2.3", f"{token}0", ""):
        assert take(anna.browser, forged).status_code in (409, 422)


def test_wanting_another_one_ends_the_link_before(anna, letters):
    ask(anna)
    ask(anna, "anna.third@mail.example")
    assert problem(take(anna.browser, token_in(letters(NEW)[0], "new-email"))) == (409, "link-dead")
    assert take(anna.browser, token_in(letters("anna.third@mail.example")[0], "new-email")).status_code == 200


def test_one_stops_it_oneself(anna, letters, facts, company):
    ask(anna)
    assert anna.browser.delete("auth/email-change/").status_code == 204
    assert anna.browser.delete("auth/email-change/").status_code == 204
    assert problem(take(anna.browser, token_in(letters(NEW)[0], "new-email"))) == (409, "link-dead")
    assert [fact["payload"]["way"] for fact in facts(company, "identity.email_change_stopped")] == ["settings"]


@pytest.mark.row("SE-10")
def test_whoever_reads_the_old_address_says_that_it_is_not_he(company, anna, api, caller, letters):
    ask(anna)
    [to_new], [to_old] = letters(NEW), letters(anna.email)
    token = token_in(to_old, "not-me")
    assert problem(take(anna.browser, token)) == (409, "link-dead"), "the one letter does not do what the other does"
    assert problem(refuse(caller(company), token_in(to_new, "new-email"))) == (409, "link-dead")
    assert refuse(caller(company), token).status_code == 204
    assert caller(company, cookie=anna.cookie).get("me/").status_code == 401
    assert api(company, token=anna.token).get("me/").status_code == 401
    with company_scope(company):
        assert Delivery.objects.filter(kind="identity.email_changed").count() == 0
    assert problem(take(caller(company), token_in(to_new, "new-email"), password=anna.password)) == (409, "link-dead")
    assert signs_in(caller(company), anna.email, anna.password)
    assert problem(refuse(caller(company), token)) == (409, "link-dead")


def test_links_to_a_new_password_die_with_the_address_that_they_went_to(company, anna, caller, letters):
    with company_scope(company):
        reset = reset_token(User.objects.get(pk=anna.user.pk))
    ask(anna)
    assert take(anna.browser, token_in(letters(NEW)[0], "new-email")).status_code == 200
    answer = caller(company).post("auth/password-reset/confirm/", {"token": reset, "password": "another-pass-8"})
    assert problem(answer) == (409, "link-dead")


@pytest.mark.parametrize("email", ["", "anna", "anna@", "anna@localhost", "анна@почта.рф", f"{'a' * 250}@mail.example"])
def test_what_is_no_address_is_said_beside_the_field(anna, email):
    assert fields(ask(anna, email)) == {"/email"}


def test_ones_own_address_is_no_new_one(anna):
    assert fields(ask(anna, anna.email)) == {"/email"}


def test_nobody_is_flooded_with_letters(company, anna, person, letters):
    assert [ask(anna, f"anna{n}@mail.example").status_code for n in range(4)] == [202, 202, 202, 429]
    others = [person(company) for _ in range(6)]
    assert [ask(one, NEW).status_code for one in others] == [202] * 5 + [429]
    assert len(letters(NEW)) == 5


def test_whoever_is_blocked_takes_nothing(company, anna, owner, caller, letters):
    ask(anna)
    with company_scope(company):
        block_employee(Employee.objects.get(pk=anna.id), by=owner.actor())
    token = token_in(letters(NEW)[0], "new-email")
    assert problem(take(caller(company), token, password=anna.password)) == (409, "link-dead")
    assert ask(anna).status_code == 401


# An administrator, for somebody


def ask_for(doer, somebody, email=NEW):
    return doer.client.put(f"employees/{somebody.id}/login/", {"email": email})


def test_an_administrator_asks_and_whoever_has_the_address_takes_it(company, anna, person, caller, letters):
    admin = person(company, role="admin", name="Админов Антон")
    card = admin.client.get(f"employees/{anna.id}/").json()
    assert (card["login"], card["login_wanted"], card["can"]["login"]) == (anna.email, "", True)
    answer = ask_for(admin, anna)
    assert (answer.status_code, answer.json()["login"], answer.json()["login_wanted"]) == (202, anna.email, NEW)
    [to_new], [to_old] = letters(NEW), letters(anna.email)
    assert "Админов" in to_new and "Админов" in to_old
    token = token_in(to_new, "new-email")
    assert fields(take(admin.browser, token)) == {"/password"}, "he asks, and does not take"
    assert take(caller(company), token, password=anna.password).status_code == 200
    assert (address_of(anna), listed(NEW), listed(anna.email)) == (NEW, ["alfa"], [])


def test_who_may_not_shut_people_out_does_not_move_their_address(company, anna, person, owner):
    colleague, head, admin = person(company), person(company, role="head"), person(company, role="admin")
    assert [ask_for(doer, anna).status_code for doer in (colleague, head)] == [403, 403]
    assert colleague.client.get(f"employees/{anna.id}/").json()["login"] == ""
    assert ask_for(admin, owner).status_code == 403, "an owner's only an owner"
    assert problem(ask_for(admin, admin)) == (409, "own-address")
    assert ask_for(owner, admin).status_code == 202


def test_an_administrator_learns_no_more_of_a_taken_address(company, anna, person, owner):
    boris = person(company)
    assert ask_for(owner, anna, boris.email).status_code == ask_for(owner, anna, NEW).status_code == 202


def test_who_cannot_come_in_has_no_address_to_come_in_by(company, anna, owner):
    assert owner.client.post(f"employees/{anna.id}/block/").status_code == 200
    assert problem(ask_for(owner, anna)) == (409, "no-account")
    assert owner.client.get(f"employees/{anna.id}/").json()["can"]["login"] is False


def test_an_owner_who_mistypes_his_address_comes_in_as_before(company, owner, caller, letters):
    assert ask(owner, "mistyped@mail.example").status_code == 202
    stranger = token_in(letters("mistyped@mail.example")[0], "new-email")
    assert fields(take(caller(company), stranger)) == {"/password"}
    assert signs_in(caller(company), owner.email, owner.password)
    assert owner.browser.get("auth/email-change/").json()["wanted"] == "mistyped@mail.example"


@pytest.mark.row("SE-02")
def test_whoever_loses_his_name_leaves_no_former_address_either(company, anna, owner, letters):
    ask(anna)
    take(anna.browser, token_in(letters(NEW)[0], "new-email"))
    ask(anna, "anna.third@mail.example")
    with company_scope(company):
        block_employee(Employee.objects.get(pk=anna.id), by=owner.actor())
        row = anonymise(Employee.objects.get(pk=anna.id), by=owner.actor())
        assert {anna.email, NEW, "anna.third@mail.example"} <= set(row.words), "the job looks for these everywhere"
        for fact in Fact.objects.filter(entity_id=anna.id, kind__startswith="identity.email_chang"):
            assert "@" not in str(blanked(fact.payload))
