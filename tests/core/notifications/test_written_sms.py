"""A provider of SMS that the company has written down itself: what is sent, what the answer means, what is refused."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.context import company_scope
from core.gateways.errors import GatewayBusy, GatewayRefused, GatewaySilent, GatewayUnsure
from core.gateways.queries import sms_account
from core.gateways.sms.anyhttp import AnyHttp
from core.gateways.sms.interface import SmsAccount
from core.gateways.sms.template import FORM, JSON, PLACES, address_of, body_of, faults

from .conftest import PASSWORD

pytestmark = pytest.mark.row("T-06", "I-02")
GOOD = "https://sms.example.ru/send?to={phone}&text={text}&key={key}"
BODY = "phone={phone}&text={text}&from={sender}&key={key}"


def values(**known: str) -> dict[str, str]:
    return dict.fromkeys(PLACES, "") | known


@given(st.text(min_size=1))
def test_a_value_cannot_leave_its_place(text):
    address = urlsplit(address_of(GOOD, values(phone="79120000000", text=text, key="k")))
    assert (address.netloc, address.path, address.fragment) == ("sms.example.ru", "/send", "")
    assert parse_qs(address.query, errors="surrogatepass") == {"to": ["79120000000"], "text": [text], "key": ["k"]}


@given(st.text())
def test_nor_in_json(text):
    body, content_type = body_of('{"to": "{phone}", "messages": [{"text": "{text}"}]}', values(phone="7", text=text))
    assert content_type == JSON
    assert json.loads(body) == {"to": "7", "messages": [{"text": text}]}


def test_a_body_without_a_brace_is_a_form():
    assert body_of(BODY, values(phone="7", text="a&b=c", sender="", key="k")) == (
        "phone=7&text=a%26b%3Dc&from=&key=k",
        FORM,
    )


@pytest.mark.parametrize(
    ("address", "body", "field"),
    [
        ("", "", "address"),
        ("sms.example.ru/{phone}/{text}", "", "address"),
        ("https://{phone}.example.ru/{text}", "", "address"),
        ("https://sms.example.ru:22/{phone}/{text}", "", "address"),
        ("https://sms.example.ru/{phone}", "", "address"),
        ("https://sms.example.ru/", "to={phone}", "body"),
        ("https://sms.example.ru/", '{"to": "{phone}", "text": {text}, }', "body"),
    ],
)
def test_what_cannot_work_is_said_beside_its_field(owner, address, body, field):
    told = {"mode": "own", "provider": "http", "address": address, "body": body, "password": "key"}
    answer = owner.client.put("gateways/sms/", told)
    assert answer.status_code == 422, answer.content
    assert [error["pointer"] for error in answer.json()["errors"]] == [f"/{field}"]


def test_what_is_good_has_no_faults():
    assert faults(GOOD, "") == {}
    assert faults("https://sms.example.ru/api", BODY) == {}
    assert faults("http://sms.example.ru:8080/api", '{"to": "{phone}", "text": "{text}"}') == {}


def test_the_company_writes_it_down_and_its_key_stays_hidden(company, owner, deliver):
    told = {
        "mode": "own",
        "provider": "http",
        "address": GOOD,
        "accepted": "ok",
        "password": "tayna",
        "sender": "Пульт",
    }
    answer = owner.client.put("gateways/sms/", told)
    assert answer.status_code == 200, answer.content
    shown = answer.json()
    assert (shown["address"], shown["body"], shown["accepted"]) == (GOOD, "", "ok")
    assert "tayna" not in answer.content.decode()
    with company_scope(company):
        account = sms_account()
    assert account == SmsAccount("", "tayna", GOOD, "Пульт", provider="http", accepted="ok")


def test_an_address_inside_is_told_to_the_administrator(owner, deliver, settings):
    settings.SANDBOX_URL = ""
    address = "http://169.254.169.254/{phone}/{text}"
    told = {"mode": "own", "provider": "http", "address": address, "password": "key"}
    assert owner.client.put("gateways/sms/", told).status_code == 200
    deliver()
    (state,) = (found for found in owner.client.get("gateways/").json()["results"] if found["code"] == "sms")
    assert "внутреннюю сеть" in state["error"]


def account_at(world, **changed: str) -> SmsAccount:
    known = {"password": PASSWORD, "body": BODY, "accepted": "accepted"} | changed
    return SmsAccount("", api_url=f"{world.url}/smshttp/send", sender="Pult", provider="http", **known)


def test_a_message_goes_out_in_each_way_of_writing(world):
    ways = (
        account_at(world),
        account_at(world, body='{"phone": "{phone}", "text": "{text}", "key": "{key}", "from": "{sender}"}'),
        SmsAccount("", PASSWORD, f"{world.url}/smshttp/send?{BODY}", "Pult", provider="http", accepted="ACCEPTED"),
    )
    for number, account in enumerate(ways):
        text = f'Срок "завтра" & {number}'
        assert AnyHttp().send(account, to="+79135550100", text=text, client_id=7).segments == 1
        newest = world.json("/sms/messages?to=79135550100")[0]
        assert (newest["text"], newest["sender"]) == (text, "Pult")


@pytest.mark.parametrize(
    ("trouble", "failure"),
    [("fail", GatewayUnsure), ("lost", GatewayUnsure), ("throttle", GatewayBusy), ("refuse", GatewayRefused)],
)
def test_what_each_ending_means(world, trouble, failure):
    world.order(service="sms", mode=trouble, count=1)
    with pytest.raises(failure):
        AnyHttp().send(account_at(world), to="+79135550101", text="Привет", client_id=1)


def test_a_refusal_repeats_the_answer_and_not_the_key(world):
    with pytest.raises(GatewayRefused, match="wrong key") as refusal:
        AnyHttp().send(account_at(world, password="no-such-key"), to="+79135550102", text="x", client_id=1)
    assert "no-such-key" not in refusal.value.reason
    with pytest.raises(GatewayRefused, match="нет «delivered»"):
        AnyHttp().send(account_at(world, accepted="delivered"), to="+79135550102", text="x", client_id=1)


def test_nobody_at_home_is_silence(settings):
    settings.SANDBOX_URL = "http://127.0.0.1:9"
    account = SmsAccount("", "k", f"http://127.0.0.1:9/{BODY}", provider="http")
    with pytest.raises(GatewaySilent):
        AnyHttp().send(account, to="+79135550103", text="x", client_id=1)
