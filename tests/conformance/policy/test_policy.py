"""The policy table against the resolver, and every line of it against the product."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import redis
from django.conf import settings
from django.db import connection, transaction

from billing.card import paying, syncing
from core.access import loading
from core.storage import CompanyStore
from infra import health, spa
from tenants.snapshots import snapshots
from tests.core.attachments.samples import png
from tests.support.client import Api

from . import parts
from .calls import Maker
from .scene import Scene, build
from .table import CALLERS, Line, company_lines, public_lines, resolved

COMPANY = company_lines(parts.COMPANY)
PUBLIC = public_lines(parts.PUBLIC)
# Whoever asks for an address of the API without being known gets one of these and nothing else.
DENIED = (401, 403, 404, 409, 422)


@contextmanager
def undone() -> Iterator[None]:
    """What is done inside never happened: neither in the database nor in memory nor in Redis."""
    block = transaction.atomic()
    # Scopes open inside a test's own transaction only; this is one.
    block._from_testcase = True
    with block:
        yield
        transaction.set_rollback(True)
    _forget()


def _forget() -> None:
    redis.Redis.from_url(settings.REDIS_URL).flushall()
    snapshots.forget()
    loading._grants.clear()


@pytest.fixture(autouse=True)
def _store_at_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """The store is not started for these tests, and whether it answers is not a matter of rights."""
    monkeypatch.setitem(health._CHECKS, "storage", lambda: None)
    monkeypatch.setattr(CompanyStore, "put", lambda store, key, content, *, content_type: None)
    monkeypatch.setattr(CompanyStore, "whole", lambda store, key: png())
    health.readiness.forget()
    # Nor is whether the provider of cards answers.
    monkeypatch.setattr(settings, "STRIPE_SECRET_KEY", "sk_test_policy")
    monkeypatch.setattr(settings, "STRIPE_WEBHOOK_SECRETS", ("whsec_policy",))
    monkeypatch.setattr(paying, "new_customer", lambda *told: "cus_policy")
    monkeypatch.setattr(paying, "begin", lambda *told, **more: paying.Offered("cs_policy", "https://pay.example/"))
    monkeypatch.setattr(paying, "portal", lambda *told: "https://pay.example/")
    monkeypatch.setattr(paying, "renew", lambda *told, **more: None)
    monkeypatch.setattr(syncing, "look", lambda customer: None)
    # Whether the interface is built is no matter of rights either.
    monkeypatch.setattr(spa, "_worker", lambda: "")


@pytest.fixture(scope="module")
def scene(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Scene]:
    """One company for all lines; every call is undone."""
    with django_db_blocker.unblock():
        _forget()
        with undone():
            yield build()
        connection.close()


@pytest.mark.parametrize(("side", "lines"), [("company", COMPANY), ("public", PUBLIC)])
def test_every_operation_has_its_line_and_every_line_its_operation(side: str, lines: list[Line]) -> None:
    known, typed = {found.operation for found in resolved(side)}, {line.operation for line in lines}
    assert known - typed == set(), "operations without a line in the policy file"
    assert typed - known == set(), "lines of the policy file without an operation"


@pytest.mark.parametrize(("lines", "makers"), [(COMPANY, parts.COMPANY_CALLS), (PUBLIC, parts.PUBLIC_CALLS)])
def test_every_line_is_called_and_none_twice(lines: list[Line], makers: dict[str, Maker]) -> None:
    named = [str(line) for line in lines]
    assert len(named) == len(set(named)), "two lines of one name"
    assert set(named) == set(makers)


@pytest.mark.parametrize("side", ["company", "public"])
def test_every_view_declares_every_operation(side: str) -> None:
    silent = [f"{found.operation} ({found.view})" for found in resolved(side) if found.declares is False]
    assert silent == []
    undeclared = {found.operation for found in resolved(side) if found.declares is None}
    assert undeclared == {
        "GET /healthz",
        "GET /readyz",
        "GET schema/",
        "GET /api/docs/",
        "GET /robots.txt",
        "GET /manifest.webmanifest",
        *({"GET /sw.js"} if side == "company" else ()),
        "GET /<page>",
    }, "only pages and documents may do without an access table"


def test_a_host_of_nobody_has_no_api() -> None:
    pages = {"GET /healthz", "GET /readyz", "GET /robots.txt", "GET /manifest.webmanifest", "GET /<page>"}
    # Its token alone opens it (tests/infra/test_metrics.py).
    assert {found.operation for found in resolved("unknown")} == pages | {"GET /metrics"}


# Whoever may do these is nobody of the company: tests/tenants/console/test_support.py.
_OF_SUPPORT = {"POST support/changes/", "POST support/leave/"}
# In the cloud nobody has a licence: tests/tenants/test_putting_licences.py.
_OF_OWN_SERVERS = {"PUT company/licence/"}


def test_every_denial_has_a_twin_that_succeeds() -> None:
    for line in COMPANY:
        twins = [case for other in COMPANY if other.operation == line.operation for case in other.cases]
        may = any(case.status < 400 for case in twins)
        assert may or line.operation in _OF_SUPPORT | _OF_OWN_SERVERS, f"{line}: nobody may do it"


def test_every_caller_stands_in_every_line() -> None:
    for line in COMPANY:
        assert {case.caller for case in line.cases} == set(CALLERS), line


def test_no_stranger_is_let_in_by_the_table_itself() -> None:
    open_to_all = {line.operation for line in COMPANY for case in line.cases if _is_stranger_let_in(case)}
    assert open_to_all == {
        "GET /healthz",
        "GET /readyz",
        "GET schema/",
        "GET /api/docs/",
        "GET /robots.txt",
        "GET /manifest.webmanifest",
        "GET /sw.js",
        "GET /<page>",
        "GET auth/state/",
        "GET company/logo/{version}/",
        "POST auth/sign-in/",
        "POST auth/token/",
        "POST auth/password-reset/",
        "POST auth/password-reset/confirm/",
        "POST auth/email-proof/confirm/",
        "POST auth/email-change/confirm/",
        "POST auth/email-change/refuse/",
        "POST auth/ticket/",
        "GET auth/invitation/",
        "POST auth/invitation/accept/",
        "POST support/enter/",
        # Telegram itself, known by the secret in its header.
        "POST hooks/telegram/",
    }


def _is_stranger_let_in(case) -> bool:
    return case.caller in ("anonymous", "blocked", "foreign") and case.status < 400


@pytest.mark.row("SE-05", "SE-07", "PL-08")
@pytest.mark.parametrize("line", COMPANY, ids=str)
def test_company_answers_as_the_policy_says(scene: Scene, line: Line) -> None:
    wrong = []
    for case in line.cases:
        with undone():
            call = parts.COMPANY_CALLS[str(line)](scene, case.caller, case.relation)
            client = scene.client(case.caller, by_cookie=call.by_cookie)
            method = line.operation.partition(" ")[0].lower()
            response = client.call(method, call.path, call.body, params=call.params, headers=call.headers)
            if response.status_code != case.status:
                told = response.content.decode(errors="replace")[:300] if not response.streaming else ""
                wrong.append(f"{case.caller} / {case.relation}: {response.status_code} not {case.status} {told}")
            if case.caller in ("blocked", "foreign") and response.status_code in DENIED:
                assert "results" not in response.json()
    assert wrong == [], "\n".join(wrong)


@pytest.mark.row("PL-01")
@pytest.mark.parametrize("line", PUBLIC, ids=str)
def test_bare_host_answers_as_the_policy_says(scene: Scene, line: Line) -> None:
    for case in line.cases:
        for token in ("", scene.people["owner"].token):
            with undone():
                call = parts.PUBLIC_CALLS[str(line)](scene, case.caller, case.relation)
                method = line.operation.partition(" ")[0].lower()
                response = Api(token=token).call(method, call.path, call.body, params=call.params)
                assert response.status_code == case.status, response.content[:300]
