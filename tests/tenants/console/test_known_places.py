"""Strangers who guess an operator's password do not keep him out of the console where he has been."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.utils import timezone

from core.context import company_scope, control_scope
from core.identity import attempts
from core.identity.devices import device_cookie
from tenants.console.models import OperatorSession
from tests.support.client import Api
from tests.support.operators import HOST, PASSWORD, make_operator

pytestmark = pytest.mark.row("PL-07", "SE-10")
# Where a quarter of an hour begins, so that tries counted by quarters stay together.
START = (timezone.now() - timedelta(hours=1)).replace(minute=0, second=0, microsecond=0)
HOME, AWAY = "192.0.2.7", "10.9.0.1"


@pytest.fixture
def clock():
    """Codes are told apart by a clock that stands."""
    with time_machine.travel(START, tick=False) as moved:
        yield moved


def page(address: str, *, kept: str = "") -> Api:
    api = Api(host=HOST)
    api.client = Client(raise_request_exception=True, REMOTE_ADDR=address)
    if kept:
        api.client.cookies[settings.DEVICE_COOKIE] = kept
    return api


def enter(api: Api, who, password: str = PASSWORD):
    code = who.code() if who.totp and password == PASSWORD else ""
    return api.post("auth/sign-in/", {"email": who.operator.email, "password": password, "code": code})


def guessed(who, most: int = 8) -> list[int]:
    """Wrong passwords, each from another address."""
    return [enter(page(f"10.1.0.{n}"), who, "not-the-password").status_code for n in range(1, most + 1)]


def test_strangers_from_everywhere_cannot_shut_an_operator_out_of_his_own_network(chief, clock, monkeypatch):
    monkeypatch.setattr(attempts, "ACCOUNT_TRIES", 5)
    assert enter(page(HOME), chief).status_code == 200
    clock.shift(60)
    assert guessed(chief) == [401] * 5 + [429] * 3
    assert enter(page(AWAY), chief).status_code == 429
    assert enter(page(HOME), chief).status_code == 200
    # A session that has ended makes no network known.
    clock.shift(60)
    with control_scope():
        OperatorSession.objects.filter(operator=chief.operator).update(revoked_at=timezone.now())
    assert enter(page(HOME), chief).status_code == 429


def test_a_browser_by_which_he_has_come_in_is_let_through_from_anywhere(chief, clock, monkeypatch):
    monkeypatch.setattr(attempts, "ACCOUNT_TRIES", 5)
    kept = enter(page(HOME), chief).cookies[settings.DEVICE_COOKIE].value
    clock.shift(60)
    assert guessed(chief)[-1] == 429
    assert enter(page(AWAY), chief).status_code == 429
    back = enter(page(AWAY, kept=kept), chief)
    assert back.status_code == 200
    assert back.cookies[settings.DEVICE_COOKIE].value.split(".")[0] == kept.split(".")[0]


def test_nobody_at_the_same_address_bars_a_browser_that_is_known(chief, clock):
    kept = enter(page(HOME), chief).cookies[settings.DEVICE_COOKIE].value
    clock.shift(60)
    answers = [enter(page(HOME), chief, "not-the-password").status_code for _ in range(11)]
    assert answers == [401] * 10 + [429]
    assert enter(page(HOME), chief).status_code == 429
    assert enter(page(HOME, kept=kept), chief).status_code == 200


def test_what_makes_a_browser_known_opens_nothing_and_is_of_one_operator(chief, company, clock, monkeypatch):
    monkeypatch.setattr(attempts, "ACCOUNT_TRIES", 5)
    other = make_operator("chief")
    kept = enter(page(HOME), chief).cookies[settings.DEVICE_COOKIE].value
    assert page(HOME, kept=kept).get("me/").status_code == 401
    clock.shift(60)
    assert guessed(chief)[-1] == guessed(other)[-1] == 429
    mark, given, seal = kept.split(".")
    for forged in (f"{mark}x.{given}.{seal}", f"{mark}.{int(given) + 1}.{seal}", f"{mark}.{given}."):
        assert enter(page(AWAY, kept=forged), chief).status_code == 429
    assert enter(page(AWAY, kept=kept), other).status_code == 429
    # Nor is a company's mark of an account with the same number one of the console.
    with company_scope(company):
        of_company = device_cookie(chief.operator.pk)
    assert enter(page(AWAY, kept=of_company), chief).status_code == 429
