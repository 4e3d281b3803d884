"""A telephone gets messages only after its owner has shown by a code that it is his."""

import re
from datetime import timedelta

import pytest
import redis
import time_machine
from django.conf import settings
from django.utils import timezone

from core.context import company_scope
from core.events.models import Fact
from core.notifications.jobs import send_delivery, track_sms
from core.notifications.kinds import PHONE_CODE
from core.notifications.models import Delivery
from core.organization.actions import block_employee
from core.organization.models import Employee
from tests.core.identity.conftest import fields, problem

pytestmark = pytest.mark.row("T-06")
_numbers = iter(range(5_000_001, 9_999_999))
UNPROVED = "Номер не подтверждён: получатель подтверждает его в своих настройках, раздел «Уведомления»"


@pytest.fixture
def number():
    """A telephone nobody else has written to."""
    return f"+7914{next(_numbers)}"


def only_proved(owner, is_on=True):
    assert owner.client.patch("options/", {"values": {"notifications.proved_only": is_on}}).status_code == 200


@pytest.fixture
def worker(company, person, owner, world, number):
    """Somebody who has written the number into his card himself, and proved nothing yet."""
    only_proved(owner)
    somebody = person(company)
    assert somebody.client.patch(f"employees/{somebody.id}/", {"phone": number}).status_code == 200
    return somebody


@pytest.fixture
def code(world, deliver):
    """`code(number)` is the newest code in the telephone of a number."""

    def read(number):
        deliver()
        newest = taken(world, number)[0]
        return re.match(r"(\d{6}) ", newest["text"])[1]

    return read


def taken(world, number):
    return world.json(f"/sms/messages?to={number.lstrip('+')}")


def ask(somebody):
    return somebody.client.post("notices/phone/")


def prove(somebody, code):
    return somebody.client.post("notices/phone/proof/", {"code": code})


def reach(somebody):
    found = somebody.client.get("notices/settings/").json()["reach"]
    return found["phone"], found["phone_is_proved"]


def proved_on_card(viewer, somebody):
    return viewer.client.get(f"employees/{somebody.id}/").json()["phone_is_proved"]


def other_than(code):
    return f"{(int(code) + 1) % 1_000_000:06d}"


def test_nothing_goes_to_a_number_that_nobody_has_proved(company, person, owner, world, worker, number, deliver):
    boss = person(company)
    task = boss.client.post("tasks/", {"title": "Отчёт", "assignee": worker.id, "channels": ["sms"]}).json()
    deliver()
    assert taken(world, number) == []
    rows = boss.client.get(f"tasks/{task['id']}/notices/").json()["results"]
    assert [(row["status"], row["error"]) for row in rows if row["channel"] == "sms"] == [("failed", UNPROVED)]
    [line] = owner.client.get("notices/log/", channel="sms").json()["results"]
    assert (line["status"], line["error"], line["address"]) == ("failed", UNPROVED, f"…{number[-4:]}")


def test_unless_a_company_asks_for_proofs_messages_go_to_what_stands_in_the_card(
    company, person, owner, world, worker, number, deliver
):
    only_proved(owner, is_on=False)
    shown = worker.client.get("notices/settings/").json()["reach"]
    assert (shown["phone_is_proved"], shown["sms_needs_proof"]) == (False, False)
    person(company).client.post("tasks/", {"title": "Отчёт", "assignee": worker.id, "channels": ["sms"]})
    deliver()
    assert len(taken(world, number)) == 1


def test_a_wish_that_comes_to_nothing_is_in_the_log_as_well(company, person, owner, world, worker, number, deliver):
    worker.client.patch("notices/settings/", {"choices": {"tasks.given": {"sms": True}}})
    person(company).client.post("tasks/", {"title": "Отчёт", "assignee": worker.id})
    deliver()
    assert [row["error"] for row in owner.client.get("notices/log/", channel="sms").json()["results"]] == [UNPROVED]
    assert taken(world, number) == []


def test_a_code_proves_it_and_then_messages_come(company, person, owner, world, worker, number, code, deliver):
    assert (reach(worker), proved_on_card(owner, worker)) == ((number, False), False)
    asked = ask(worker)
    assert (asked.status_code, asked.json()) == (202, {"expires_in": 600})
    digits = code(number)
    assert prove(worker, f" {digits[:3]} {digits[3:]} ").status_code == 204
    assert (reach(worker), proved_on_card(owner, worker)) == ((number, True), True)
    person(company).client.post("tasks/", {"title": "Отчёт", "assignee": worker.id, "channels": ["sms"]})
    deliver()
    assert "Отчёт" in taken(world, number)[0]["text"] and len(taken(world, number)) == 2
    with company_scope(company):
        [told] = Fact.objects.filter(kind="notifications.phone_proved")
        assert (told.entity_id, told.actor_id, told.is_private) == (worker.id, worker.principal.pk, True)


def test_the_code_is_kept_nowhere_once_it_has_gone(company, owner, worker, number, code):
    ask(worker)
    digits = code(number)
    with company_scope(company):
        row = Delivery.objects.get(kind=PHONE_CODE)
        assert row.status == "sent" and row.trace["segments"] >= 1
        assert digits not in f"{row.subject}{row.paragraphs}{row.links}{row.trace}{row.error}"
    [line] = owner.client.get("notices/log/", channel="sms").json()["results"]
    assert (line["kind_title"], line["text"]) == ("Код для номера", "")


@pytest.mark.parametrize("door", ["himself", "administrator", "history", "back and forth", "table"])
def test_another_number_is_unproved_by_whatever_door_it_comes(company, owner, worker, number, code, door):
    ask(worker)
    prove(worker, code(number))
    path = f"employees/{worker.id}/"
    other = f"{number[:-1]}{(int(number[-1]) + 1) % 10}"
    doer = worker if door == "himself" else owner
    if door == "table":
        with company_scope(company):
            Employee.objects.filter(pk=worker.id).update(phone=other)
    else:
        assert doer.client.patch(path, {"phone": other}).status_code == 200
    if door == "back and forth":
        assert owner.client.patch(path, {"phone": number}).status_code == 200
    if door == "history":
        line = owner.client.get(f"{path}history/").json()["results"][0]
        assert owner.client.post(f"{path}history/{line['id']}/restore/", {}).status_code == 200
    assert reach(worker) == (number if door in ("history", "back and forth") else other, False)


def test_the_same_number_written_again_stays_proved(worker, number, code):
    ask(worker)
    prove(worker, code(number))
    assert worker.client.patch(f"employees/{worker.id}/", {"phone": f"8{number[2:]}"}).status_code == 200
    assert reach(worker) == (number, True)


def test_what_waits_goes_to_no_number_that_was_changed_meanwhile(company, person, world, worker, number, code, deliver):
    ask(worker)
    prove(worker, code(number))
    boss = person(company)
    boss.client.post("tasks/", {"title": "Отчёт", "assignee": worker.id, "channels": ["sms"]})
    worker.client.patch(f"employees/{worker.id}/", {"phone": f"{number[:-2]}77"})
    deliver()
    with company_scope(company):
        row = Delivery.objects.filter(channel="sms").exclude(kind=PHONE_CODE).get()
        assert (row.status, row.error) == ("failed", UNPROVED)
    assert len(taken(world, number)) == 1, "the code alone"


def test_five_wrong_tries_end_a_code(worker, number, code):
    ask(worker)
    digits = code(number)
    for _ in range(5):
        answer = prove(worker, other_than(digits))
        assert fields(answer) == {"/code"} and "не подошёл" in answer.json()["errors"][0]["detail"]
    dead = prove(worker, digits)
    assert fields(dead) == {"/code"} and "больше не действует" in dead.json()["errors"][0]["detail"]
    assert reach(worker) == (number, False)
    ask(worker)
    assert prove(worker, code(number)).status_code == 204


def test_a_code_lives_ten_minutes(company, worker, number, code):
    ask(worker)
    digits = code(number)
    store = redis.Redis.from_url(settings.REDIS_URL)
    [key] = [key for key in store.scan_iter() if b":kept:phone-code:" in key]
    assert key.startswith(f"{company.schema}:".encode()) and 590 < store.ttl(key) <= 600
    assert digits.encode() not in store.get(key) and number.encode() not in store.get(key)
    # Redis' own clock cannot be moved: what it would do then is done now.
    store.delete(key)
    late = prove(worker, digits)
    assert fields(late) == {"/code"} and "больше не действует" in late.json()["errors"][0]["detail"]


def test_a_new_code_ends_the_one_before(world, worker, number, code, deliver):
    ask(worker)
    first = code(number)
    ask(worker)
    second = code(number)
    if first != second:
        assert prove(worker, first).status_code == 422
    assert prove(worker, second).status_code == 204


def test_nobody_is_rung_up_by_codes(worker, number, deliver):
    assert [ask(worker).status_code for _ in range(6)] == [202] * 5 + [429]
    assert "пяти кодов" in ask(worker).json()["detail"]


def test_a_number_bears_five_codes_a_day_from_all_companies_together(
    company, other_company, person, world, worker, number, deliver
):
    for somebody in (worker, person(company), person(other_company)):
        somebody.client.patch(f"employees/{somebody.id}/", {"phone": number})
        answers = [ask(somebody).status_code for _ in range(2)]
        assert answers == [202, 202] if somebody.company == company else [202, 429]
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=True):
        tomorrow = person(company)
        tomorrow.client.patch(f"employees/{tomorrow.id}/", {"phone": number})
        assert ask(tomorrow).status_code == 202


def test_a_code_is_of_one_person_and_one_number(company, other_company, person, worker, number, code):
    stranger, abroad = person(company), person(other_company)
    for somebody in (stranger, abroad):
        somebody.client.patch(f"employees/{somebody.id}/", {"phone": number})
    ask(worker)
    digits = code(number)
    assert prove(stranger, digits).status_code == prove(abroad, digits).status_code == 422
    worker.client.patch(f"employees/{worker.id}/", {"phone": f"{number[:-2]}55"})
    assert prove(worker, digits).status_code == 422
    assert reach(worker) == (f"{number[:-2]}55", False)


def test_refusals_say_what_to_do(company, person, owner, worker, number, code):
    nobody = person(company)
    assert problem(ask(nobody)) == problem(prove(nobody, "123456")) == (409, "no-mobile-number")
    nobody.client.patch(f"employees/{nobody.id}/", {"phone": "101"})
    assert problem(ask(nobody)) == (409, "no-mobile-number")
    owner.client.put("gateways/sms/", {"mode": "off"})
    off = ask(worker)
    assert problem(off) == (409, "gateway-off") and "SMS" in off.json()["detail"]
    owner.client.put("gateways/sms/", {"mode": "sandbox"})
    ask(worker)
    prove(worker, code(number))
    assert problem(ask(worker)) == (409, "phone-proved")
    assert prove(worker, "000000").status_code == 204, "it is done already"


def test_an_administrator_sees_it_and_cannot_do_it_for_him(company, person, owner, worker, number, code):
    ask(worker)
    digits = code(number)
    assert problem(prove(owner, digits)) == (409, "no-mobile-number")
    assert proved_on_card(owner, worker) is False
    colleague = person(company)
    assert proved_on_card(colleague, worker) is None
    answer = owner.client.patch(f"employees/{worker.id}/", {"phone_proved": number, "phone_is_proved": True})
    assert answer.json()["phone_is_proved"] is False


def test_whoever_is_blocked_neither_asks_nor_gets(company, owner, world, worker, number, deliver):
    ask(worker)
    with company_scope(company):
        block_employee(Employee.objects.get(pk=worker.id), by=owner.actor())
    assert ask(worker).status_code == 401
    deliver()
    assert taken(world, number) == []


def test_a_code_that_has_waited_too_long_is_not_sent(company, world, worker, number):
    ask(worker)
    with company_scope(company):
        old = timezone.now() - timedelta(minutes=11)
        Delivery.objects.filter(kind=PHONE_CODE).update(created_at=old)
        row = Delivery.objects.get(kind=PHONE_CODE)
    send_delivery(company, row.pk)
    with company_scope(company):
        row.refresh_from_db()
        assert row.status == "failed" and "больше не действует" in row.error
        assert row.paragraphs == []
    assert taken(world, number) == []


@pytest.mark.row("I-02")
def test_a_code_that_was_lost_on_its_way_is_asked_for_anew(company, world, worker, number):
    ask(worker)
    with company_scope(company):
        row = Delivery.objects.get(kind=PHONE_CODE)
    world.order(service="sms", mode="cut", count=1)
    send_delivery(company, row.pk)
    track_sms(company, row.pk)
    with company_scope(company):
        row.refresh_from_db()
        assert (row.status, row.error) == ("failed", "SMS не ушла, а её слова уже забыты: запросите код ещё раз")
    assert taken(world, number) == []


def test_requests_with_codes_are_not_kept_for_repetition(company, worker, number, code):
    ask(worker)
    digits = code(number)
    body = {"code": other_than(digits)}
    assert worker.client.post("notices/phone/proof/", body, Idempotency_Key="phone-key-1").status_code == 422
    answer = worker.client.post("notices/phone/proof/", {"code": digits}, Idempotency_Key="phone-key-1")
    assert answer.status_code == 204
