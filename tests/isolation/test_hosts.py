"""Which company answers is decided by the Host header alone, and sessions stay where they were made."""

import pytest
from django.test import Client

from tests.isolation.operations import operations
from tests.support.operators import OperatorPerson, make_operator

pytestmark = pytest.mark.row("SE-07", "PL-08")

STRANGE_HOSTS = ["nobody.localhost:8000", "192.0.2.1", "alfa.localhost.evil.example", "alfa.localhost@evil.example",
                 "alfa.localhost, beta.localhost", "alfa_.localhost", "xalfa.localhost", "www.alfa.localhost",
                 "alfa.localhost.", "ALFA.localhost:abc", "", "[::1]"]  # fmt: skip


@pytest.fixture
def chief(db: None) -> OperatorPerson:
    return make_operator("chief")


@pytest.fixture
def unbudgeted(settings) -> None:
    """All operations are asked within seconds from one address: more than strangers may."""
    settings.REQUESTS_PER_SECOND = 0


def _spread(side: str) -> list:
    return [pytest.param(op, id=str(op)) for op in operations(side)]


@pytest.mark.parametrize("host", STRANGE_HOSTS)
def test_an_unknown_host_is_nobody(host, db):
    answer = Client().get("/api/v1/me/", HTTP_HOST=host)
    assert answer.status_code == 404


def test_upper_case_is_the_same_company(company, owner):
    client = Client()
    answer = client.get("/api/v1/me/", HTTP_HOST="ALFA.LocalHost:8000", HTTP_AUTHORIZATION=f"Bearer {owner.token}")
    assert answer.status_code == 200


def test_every_operation_refuses_a_token_of_another_company(company, other_owner, api, unbudgeted):
    stranger = api(company, token=other_owner.token)
    for op in operations("company"):
        answer = stranger.call(op.method, op.path(), {} if op.method != "get" else None)
        # Telegram is known by the secret in its header and by nothing else.
        assert answer.status_code == (403 if "hooks/" in op.path() else 401), f"{op} answered {answer.status_code}"


def test_every_operation_takes_a_cookie_of_another_company_for_nobody(company, other_owner, api, unbudgeted):
    stranger, nobody = api(company, cookie=other_owner.cookie), api(company)
    for op in operations("company"):
        body = {} if op.method != "get" else None
        with_cookie, without = stranger.call(op.method, op.path(), body), nobody.call(op.method, op.path(), body)
        assert with_cookie.status_code == without.status_code, f"{op}"
        assert with_cookie.content == without.content, f"{op}"


def test_naming_another_company_changes_nothing(company, owner):
    told = {"HTTP_X_TENANT": "beta", "HTTP_X_SCHEMA": "beta", "HTTP_X_FORWARDED_HOST": "beta.localhost",
            "HTTP_FORWARDED": "host=beta.localhost", "HTTP_HOST": "alfa.localhost:8000",
            "HTTP_AUTHORIZATION": f"Bearer {owner.token}"}  # fmt: skip
    answer = Client().get("/api/v1/me/?tenant=beta&schema_name=beta&company=beta", **told)
    assert answer.json()["company"]["slug"] == "alfa"


def test_the_public_site_has_no_address_of_companies(db, api):
    ours = {op.route for op in operations("public")}
    for op in operations("company"):
        if op.route not in ours:
            assert api().call(op.method, op.path(), {}).status_code == 404, f"{op}"


def test_companies_have_no_address_of_the_public_site(owner):
    ours = {op.route for op in operations("company")}
    for op in operations("public"):
        if op.route not in ours:
            assert owner.client.call(op.method, op.path(), {}).status_code == 404, f"{op}"


@pytest.mark.row("PL-07")
def test_the_console_has_no_address_of_companies_nor_of_the_public_site(chief):
    ours = {op.route for op in operations("console")}
    for side in ("company", "public"):
        for op in operations(side):
            if op.route not in ours:
                assert chief.client.call(op.method, op.path(), {}).status_code == 404, f"{op}"


@pytest.mark.row("PL-07")
def test_no_other_host_has_an_address_of_the_console(owner, chief, api):
    for host, side in ((owner.company.hosts[0], "company"), ("localhost", "public")):
        ours = {op.route for op in operations(side)}
        for token in (owner.token, chief.token):
            stranger = api(host=host, token=token)
            for op in operations("console"):
                if op.route not in ours:
                    assert stranger.call(op.method, op.path(), {}).status_code == 404, f"{host} {op}"


@pytest.mark.row("PL-07")
def test_an_operators_key_is_nobody_in_a_company(company, chief, api, unbudgeted):
    stranger = api(company, token=chief.token)
    for op in operations("company"):
        answer = stranger.call(op.method, op.path(), {} if op.method != "get" else None)
        assert answer.status_code == (403 if "hooks/" in op.path() else 401), f"{op} answered {answer.status_code}"


def test_ids_of_another_company_name_nothing(company, other_owner, other_company, owner, person):
    """A number that exists next door answers like a number that exists nowhere."""
    theirs = person(other_company)
    for op in operations("company"):
        if "<int:" not in op.route:
            continue
        body = {} if op.method not in ("get", "delete") else None
        # Doors that are shut to keys say so to a key before they look for anything.
        caller = owner.client if op.view.takes_tokens else owner.browser
        near = caller.call(op.method, op.path(number=theirs.id), body)
        nowhere = caller.call(op.method, op.path(number=987654321), body)
        assert near.status_code == nowhere.status_code, f"{op}"
        assert near.content == nowhere.content, f"{op}"
        assert near.status_code in (404, 422, 400), f"{op} answered {near.status_code}"
