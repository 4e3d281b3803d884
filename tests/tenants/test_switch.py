"""One address in two companies: the list, the ticket, and what a ticket must not do."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from core.context import company_scope, control_scope
from core.identity.links import reset_token
from core.identity.models import Principal, User
from core.identity.names import read_full_name
from core.organization.actions import hire
from tenants.memberships import companies_of, remember
from tenants.tickets import issue
from tests.support.client import Api


@pytest.fixture
def both(company, other_company, person):
    """Somebody of alfa whose address works in beta too, with a password of its own there."""
    anna = person(company)
    with company_scope(other_company):
        hire(
            name=read_full_name("Двойная Анна"), email=anna.email, password_hash=make_password("beta-pass-77"),
            email_verified=True, role_code="employee",
        )  # fmt: skip
    with control_scope():
        remember(company.id, anna.email)
        remember(other_company.id, anna.email)
    return anna


def redeem(company, ticket, *, cookie="", **headers):
    """What the browser does: a form from another host's page."""
    page = Api(company, cookie=cookie)
    told = {"HTTP_HOST": f"{page.host}{settings.ORIGIN_PORT}", "HTTP_ACCEPT": "text/html", "HTTP_ORIGIN": "null"}
    told |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
    form, kind = urlencode({"ticket": ticket}), "application/x-www-form-urlencoded"
    return page.client.post("/api/v1/auth/ticket/", form, content_type=kind, **told)


def ticket_of(somebody, slug="beta"):
    answer = somebody.browser.post("auth/switch/", {"slug": slug})
    assert answer.status_code == 200, answer.content
    return answer.json()


def cookie_in(answer):
    return answer.cookies[settings.SESSION_COOKIE].value if settings.SESSION_COOKIE in answer.cookies else None


@pytest.mark.row("PL-08")
def test_one_address_switches_between_its_companies(both, other_company, api):
    lines = both.client.get("auth/companies/").json()["results"]
    assert [(line["slug"], line["host"], line["current"]) for line in lines] == [
        ("beta", "beta.localhost:8000", False), ("alfa", "alfa.localhost:8000", True)
    ]  # fmt: skip
    given = ticket_of(both)
    assert given["url"] == "http://beta.localhost:8000"
    answer = redeem(other_company, given["ticket"])
    assert (answer.status_code, answer.headers["Location"], answer.content) == (303, "/", b"")
    cookie = answer.cookies[settings.SESSION_COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["domain"]) == (True, "Lax", "")
    me = api(other_company, cookie=cookie.value).get("me/")
    assert (me.status_code, me.json()["email"], me.json()["company"]["slug"]) == (200, both.email, "beta")
    assert api(other_company, cookie=both.cookie).get("me/").status_code == 401


@pytest.fixture(autouse=True)
def _list_may_name_beta(monkeypatch):
    """The list of one's own companies names beta rightly: its name is rewritten without the canary."""
    from tenants import memberships

    plain = memberships.companies_of

    def renamed(email):
        found = plain(email)
        for row in found:
            row.name = row.name.replace("⟦B⟧", "").strip()
        return found

    monkeypatch.setattr("tenants.rest.switch.companies_of", renamed)


def test_a_ticket_works_once(both, other_company):
    ticket = ticket_of(both)["ticket"]
    assert redeem(other_company, ticket).headers["Location"] == "/"
    again = redeem(other_company, ticket)
    assert (again.status_code, again.headers["Location"], cookie_in(again)) == (303, "/sign-in?ticket=expired", None)


def test_a_ticket_is_for_its_company_only_and_dies_of_the_attempt(both, company, other_company):
    ticket = ticket_of(both)["ticket"]
    wrong = redeem(company, ticket)
    assert (wrong.headers["Location"], cookie_in(wrong)) == ("/sign-in?ticket=expired", None)
    assert redeem(other_company, ticket).headers["Location"] == "/sign-in?ticket=expired"


def test_a_ticket_lives_thirty_seconds(both, other_company):
    first, second = (ticket_of(both)["ticket"] for _ in range(2))
    with time_machine.travel(timezone.now() + timedelta(seconds=29), tick=False):
        assert redeem(other_company, first).headers["Location"] == "/"
    with time_machine.travel(timezone.now() + timedelta(seconds=31), tick=False):
        assert redeem(other_company, second).headers["Location"] == "/sign-in?ticket=expired"


@pytest.mark.parametrize("ticket", ["x", "0" * 64, "t" * 200, "../../x", "<b>"])
def test_a_made_up_ticket_is_worthless(company, db, ticket):
    answer = redeem(company, ticket)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/sign-in?ticket=expired")


def test_a_second_factor_there_is_not_got_round(both, other_company):
    with company_scope(other_company):
        User.objects.filter(email=both.email).update(totp_confirmed_at=timezone.now(), totp_secret=b"x")
    answer = redeem(other_company, ticket_of(both)["ticket"])
    assert (answer.status_code, answer.headers["Location"], cookie_in(answer)) == (303, "/sign-in?mfa=1", None)


def test_a_blocked_person_is_not_let_in_by_a_ticket(both, other_company):
    ticket = ticket_of(both)["ticket"]
    with company_scope(other_company):
        Principal.objects.filter(user__email=both.email).update(is_active=False)
    assert redeem(other_company, ticket).headers["Location"] == "/sign-in?ticket=expired"


@pytest.mark.row("SE-10")
def test_a_ticket_taken_before_a_new_password_does_not_outlive_it(both, other_company):
    """Whoever sits in a stolen session may hold a fresh ticket at every moment."""
    ticket = ticket_of(both)["ticket"]
    with company_scope(other_company):
        token = reset_token(User.objects.get(email=both.email))
    confirmed = Api(other_company).post("auth/password-reset/confirm/", {"token": token, "password": "beta-pass-78"})
    assert confirmed.status_code == 204
    late = redeem(other_company, ticket)
    assert (late.headers["Location"], cookie_in(late)) == ("/sign-in?ticket=expired", None)
    assert redeem(other_company, ticket_of(both)["ticket"]).headers["Location"] == "/"


def test_an_address_unproved_on_either_side_gets_nothing(both, company, other_company):
    ticket = ticket_of(both)["ticket"]
    with company_scope(other_company):
        User.objects.filter(email=both.email).update(email_verified_at=None)
    assert redeem(other_company, ticket).headers["Location"] == "/sign-in?ticket=expired"
    with company_scope(company):
        User.objects.filter(email=both.email).update(email_verified_at=None)
    refused = both.browser.post("auth/switch/", {"slug": "beta"})
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/email-unproved")
    assert both.browser.get("auth/companies/").json() == {"results": []}


def test_nobody_switches_to_a_company_that_is_not_his(company, person):
    anna = person(company)
    for slug in ("beta", "nobody-has-it", "../beta", ""):
        assert anna.browser.post("auth/switch/", {"slug": slug}).status_code in (404, 422)


def test_a_token_of_one_company_does_not_open_another(both):
    refused = both.client.post("auth/switch/", {"slug": "beta"})
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/not-by-token")


def test_strangers_neither_list_nor_switch(company, api):
    assert api(company).get("auth/companies/").status_code == 401
    assert api(company).post("auth/switch/", {"slug": "beta"}).status_code == 401


def test_switching_needs_the_browsers_own_page(both):
    refused = both.browser.post("auth/switch/", {"slug": "beta"}, Origin="http://beta.localhost:8000")
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/cross-site")


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example",
        "http://localhost.evil.example:8000",
        "http://evillocalhost:8000",
        "http://beta.localhost:9",
    ],
)
def test_a_foreign_page_cannot_sign_somebody_in_as_its_own_user(both, other_company, origin):
    answer = redeem(other_company, ticket_of(both)["ticket"], origin=origin)
    assert (answer.status_code, cookie_in(answer)) == (403, None)


def test_below_a_real_domain_a_foreign_site_is_known_by_the_browser(both, other_company, settings):
    ticket = ticket_of(both)["ticket"]
    settings.BASE_DOMAIN = "pult.example"
    assert redeem(other_company, ticket, sec_fetch_site="cross-site").status_code == 403
    assert redeem(other_company, ticket, sec_fetch_site="same-site").headers["Location"] == "/"


def test_coming_by_a_ticket_ends_the_session_that_was_open_there(both, other_company, other_owner, api):
    answer = redeem(other_company, ticket_of(both)["ticket"], cookie=other_owner.cookie)
    assert answer.headers["Location"] == "/"
    assert cookie_in(answer) not in (None, other_owner.cookie)
    assert api(other_company, cookie=other_owner.cookie).get("me/").status_code == 401


def test_a_ticket_may_come_as_json_from_a_script(company, owner, api):
    answer = api(company).post("auth/ticket/", {"ticket": issue(company.schema, email=owner.email)})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")


def test_only_proved_addresses_are_listed_for_switching(company, deliver, inside):
    with inside(company):
        for email, verified in (("proved@x.example", True), ("claimed@x.example", False)):
            hire(
                name=read_full_name("Новый Человек"), email=email, password_hash="", email_verified=verified,
                role_code="employee",
            )  # fmt: skip
    deliver()
    with control_scope():
        assert [row.slug for row in companies_of("proved@x.example")] == ["alfa"]
        assert companies_of("claimed@x.example") == []


def stranger_sends(company, body, kind):
    page = Api(company)
    told = {"HTTP_HOST": f"{page.host}{settings.ORIGIN_PORT}", "HTTP_ORIGIN": "null"}
    return page.client.post("/api/v1/auth/ticket/", body, content_type=kind, **told)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("[" * 990 + "]" * 990, "application/json"),
        ('{"ticket":' + "[" * 990 + "]" * 990 + "}", "application/json"),
        ('{"ticket": "a\\u0000b"}', "application/json"),
        ("&".join(f"f{number}=1" for number in range(3000)), "application/x-www-form-urlencoded"),
    ],
    ids=["deep", "deep inside", "nul", "many fields"],
)
def test_a_strangers_monstrous_ticket_is_a_problem_and_no_fault(company, body, kind):
    answer = stranger_sends(company, body, kind)
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["type"] == "/problems/malformed"
