"""Other providers of SMS, through their real clients and stand-ins: the same promises, with what each of them knows."""

import base64
import json
import time
from urllib.parse import urlencode

import pytest

from core.context import company_scope
from core.events.models import Fact
from core.gateways.errors import GatewayRefused
from core.gateways.queries import sms_account
from core.gateways.sms.interface import SmsAccount
from core.gateways.sms.providers import PROVIDERS
from core.jobs.delivery import perform
from core.notifications.jobs import send_delivery, track_sms
from core.notifications.models import Delivery

from .conftest import PASSWORD

pytestmark = pytest.mark.row("T-06", "I-02")
OTHERS = ("smsru", "smsaero")
PATHS = {"smsc": "/smsc/sys", "smsru": "/smsru", "smsaero": "/smsaero/v2"}
_numbers = iter(range(2_000_001, 9_999_999))


@pytest.fixture(params=OTHERS)
def provider(request, owner, world):
    answer = owner.client.put("gateways/sms/", {"mode": "sandbox", "provider": request.param})
    assert (answer.status_code, answer.json()["provider"]) == (200, request.param)
    return request.param


@pytest.fixture
def row(company, person, provider, with_phone, inside):
    """One SMS that waits to be sent by the chosen provider."""
    boss, worker = person(company), person(company)
    with_phone(worker, f"+7913{next(_numbers)}")
    boss.client.post("tasks/", {"title": "Отчёт", "assignee": worker.id, "channels": ["sms"]})
    with inside(company):
        facts = list(Fact.objects.filter(kind="tasks.created").values_list("pk", flat=True))
    assert perform(company.schema, "fact", facts) == {}
    with inside(company):
        return Delivery.objects.get(channel="sms")


@pytest.fixture
def now(company, row):
    def read():
        with company_scope(company):
            return Delivery.objects.get(pk=row.pk)

    return read


def taken(world, row):
    return world.json(f"/sms/messages?to={row.address.lstrip('+')}")


def test_sent_and_delivered(company, world, provider, row, now):
    send_delivery(company, row.pk)
    (message,) = taken(world, row)
    found = now()
    assert (found.status, found.trace["provider"]) == ("sent", provider)
    assert (found.trace["segments"], found.trace["price"]) == (message["segments"], message["price"])
    deadline = time.monotonic() + 10
    while now().status != "delivered" and time.monotonic() < deadline:
        track_sms(company, row.pk)
        time.sleep(0.1)
    assert now().status == "delivered"


def test_a_lost_answer_stays_unknown_and_nothing_goes_twice(company, world, row, now):
    world.order(service="sms", mode="lost", count=1)
    send_delivery(company, row.pk)
    for _ in range(3):
        track_sms(company, row.pk)
        send_delivery(company, row.pk)
    assert now().status == "unknown"
    assert len(taken(world, row)) == 1


def test_too_often_waits_and_no_money_ends(company, world, row, now):
    world.order(service="sms", mode="throttle", count=1)
    send_delivery(company, row.pk)
    assert (now().status, now().attempts) == ("waiting", 0)
    assert now().not_before is not None
    with company_scope(company):
        Delivery.objects.filter(pk=row.pk).update(not_before=None)
    world.order(service="sms", mode="refuse", count=1)
    send_delivery(company, row.pk)
    assert (now().status, now().error) == ("failed", "На счёте провайдера SMS закончились деньги")
    assert taken(world, row) == []


def test_a_company_that_has_gone_over_asks_nobody_of_the_former_messages(company, owner, row, now):
    send_delivery(company, row.pk)
    owner.client.put("gateways/sms/", {"mode": "sandbox", "provider": "smsc"})
    track_sms(company, row.pk)
    assert now().status == "sent"


def test_the_account_is_checked_and_its_balance_shown(owner, provider, deliver):
    owner.client.post("gateways/sms/check/")
    deliver()
    (state,) = (found for found in owner.client.get("gateways/").json()["results"] if found["code"] == "sms")
    assert (state["error"], state["balance"]) == ("", "1000.00")


def test_each_provider_asks_for_its_own_keys(company, owner, world, settings, deliver):
    settings.SMS_API_URLS = {code: f"{world.url}{path}" for code, path in PATHS.items()}
    (sms,) = (row for row in owner.client.get("gateways/").json()["results"] if row["code"] == "sms")
    shown = {one["code"]: one["keys"] for one in sms["providers"]}
    assert shown == {
        "smsc": ["login", "password"],
        "smsru": ["password"],
        "smsaero": ["login", "password"],
        "http": ["password"],
    }
    missing = owner.client.put("gateways/sms/", {"mode": "own", "provider": "smsaero", "password": "key"})
    assert missing.status_code == 422
    assert [error["pointer"] for error in missing.json()["errors"]] == ["/login"]
    taken = owner.client.put("gateways/sms/", {"mode": "own", "provider": "smsru", "password": PASSWORD})
    assert taken.status_code == 200, taken.json()
    deliver()
    with company_scope(company):
        account = sms_account()
    assert account.provider == "smsru"
    assert PROVIDERS["smsru"].balance(account) == "1000.00"
    # The key of one provider is no key of another.
    assert owner.client.put("gateways/sms/", {"mode": "own", "provider": "smsc"}).status_code == 422


@pytest.mark.parametrize("code", OTHERS)
def test_a_wrong_key_is_said_in_russian(world, code):
    account = SmsAccount("pult", "wrong", f"{world.url}{PATHS[code]}", provider=code)
    with pytest.raises(GatewayRefused, match="Неверный"):
        PROVIDERS[code].balance(account)


@pytest.mark.row("I-03")
@pytest.mark.parametrize(
    "form,code",
    [
        ({"api_id": "wrong"}, 200),
        ({"to": "12345"}, 202),
        ({"to": ""}, 202),
        ({"msg": ""}, 203),
        ({"from": "x" * 12}, 204),
    ],
)
def test_sms_ru_refuses(world, form, code):
    body = urlencode({"api_id": PASSWORD, "json": 1, "to": "79130000001", "msg": "Привет", **form}).encode()
    status, _, answer = world.call("POST", "/smsru/sms/send", body)
    told = json.loads(answer)
    said = told if told["status"] == "ERROR" else next(iter(told["sms"].values()))
    assert (status, said["status"], said["status_code"]) == (200, "ERROR", code)


@pytest.mark.row("I-03")
@pytest.mark.parametrize(
    "password,body,status",
    [
        ("wrong", {}, 401),
        (PASSWORD, {"number": "12345"}, 400),
        (PASSWORD, {"text": ""}, 400),
        (PASSWORD, {"sign": ""}, 400),
        (PASSWORD, {"text": "ж" * 700}, 400),
    ],
)
def test_sms_aero_refuses(world, password, body, status):
    signed = {"Authorization": "Basic " + base64.b64encode(f"pult:{password}".encode()).decode()}
    given = {"number": "79130000002", "text": "Привет", "sign": "SMS Aero", **body}
    told, _, answer = world.call("POST", "/smsaero/v2/sms/send", json.dumps(given).encode(), signed)
    assert (told, json.loads(answer)["success"]) == (status, False)
