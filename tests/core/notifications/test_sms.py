"""SMS through the real client and the stand-in: paid once, never twice, and one always knows how it ended."""

import time

import pytest

from core.events.models import Fact
from core.gateways.sms import smsc
from core.gateways.sms.asking import TIMEOUT
from core.gateways.sms.segments import MOST_SEGMENTS, fitted, segments
from core.jobs.delivery import perform
from core.notifications.jobs import send_delivery, track_sms
from core.notifications.models import Delivery
from core.organization.models import Employee

pytestmark = pytest.mark.row("T-06")
_numbers = iter(range(1_000_001, 9_999_999))


@pytest.fixture
def number():
    """A telephone nobody else has written to."""
    return f"+7912{next(_numbers)}"


@pytest.fixture
def row(company, person, world, with_phone, number, inside):
    """One SMS that waits to be sent."""
    boss, worker = person(company), person(company)
    with_phone(worker, number)
    boss.client.post("tasks/", {"title": "Отчёт", "assignee": worker.id, "channels": ["sms"]})
    with inside(company):
        facts = list(Fact.objects.filter(kind="tasks.created").values_list("pk", flat=True))
    assert perform(company.schema, "fact", facts) == {}
    with inside(company):
        return Delivery.objects.get(channel="sms")


@pytest.fixture
def now(company, inside, row):
    def read():
        with inside(company):
            return Delivery.objects.get(pk=row.pk)

    return read


def taken(world, number):
    return world.json(f"/sms/messages?to={number.lstrip('+')}")


def test_a_tick_sends_an_sms_with_a_link_and_the_log_tells_its_price(
    company, person, owner, world, with_phone, number, deliver
):
    boss, worker = person(company), person(company)
    with_phone(worker, number)
    task = boss.client.post("tasks/", {"title": "Отчёт", "assignee": worker.id, "channels": ["sms"]}).json()
    deliver()
    (message,) = taken(world, number)
    assert f"/tasks/{task['id']}" in message["text"] and "Отчёт" in message["text"]
    (entry,) = owner.client.get("notices/log/", channel="sms").json()["results"]
    assert (entry["segments"], entry["price"]) == (message["segments"], message["price"])
    assert entry["text"] == message["text"] and entry["address"] == f"…{number[-4:]}"
    assert boss.client.get("notices/log/").status_code == 403
    rows = boss.client.get(f"tasks/{task['id']}/notices/").json()["results"]
    assert {row["channel"]: row["status"] for row in rows}["sms"] in ("sent", "delivered")


def test_a_comment_in_an_sms_does_not_pass_the_title_off_as_its_words(
    company, person, world, with_phone, number, deliver
):
    boss, worker = person(company, name="Крылова Анна"), person(company)
    with_phone(worker, number)
    worker.client.patch("notices/settings/", {"choices": {"comments.written": {"sms": True}}})
    task = boss.client.post("tasks/", {"title": "Счёт отправить", "assignee": worker.id}).json()
    boss.client.post(f"tasks/{task['id']}/comments/", {"text": "Завтра до обеда"})
    deliver()
    (message,) = taken(world, number)
    assert "Крылова А. пишет в обсуждении «Счёт отправить»" in message["text"]
    assert message["segments"] <= 3


def test_delivered_is_told_by_the_provider(company, world, row, now):
    send_delivery(company, row.pk)
    assert now().status == "sent"
    time.sleep(1.1)
    track_sms(company, row.pk)
    assert now().status == "delivered"


def test_a_number_out_of_reach_fails_with_a_reason(company, world, inside, row, now):
    with inside(company):
        # It goes to the number that stands in the card by then.
        nobodys = {"phone": "+79120000000", "phone_proved": "+79120000000"}
        Employee.objects.filter(principal=row.principal_id).update(**nobodys)
    send_delivery(company, row.pk)
    time.sleep(1.1)
    track_sms(company, row.pk)
    assert (now().status, now().error) == ("failed", "Номер недоступен")


def test_without_a_number_the_card_says_so(company, person, world, deliver):
    boss, worker = person(company), person(company)
    task = boss.client.post("tasks/", {"title": "Отчёт", "assignee": worker.id, "channels": ["sms"]}).json()
    deliver()
    rows = boss.client.get(f"tasks/{task['id']}/notices/").json()["results"]
    (sms,) = (found for found in rows if found["channel"] == "sms")
    assert (sms["status"], sms["error"]) == ("failed", "В карточке получателя нет мобильного номера")


@pytest.mark.row("I-02")
@pytest.mark.parametrize("mode", ["lost", "cut"])
def test_a_lost_answer_is_unknown_and_asked_before_anything_is_sent_again(company, world, row, now, number, mode):
    world.order(service="sms", mode=mode, count=1)
    send_delivery(company, row.pk)
    assert now().status == "unknown"
    send_delivery(company, row.pk)
    assert now().status == "unknown", "nothing goes again by itself"
    track_sms(company, row.pk)
    if mode == "lost":
        assert now().status in ("sent", "delivered")
    else:
        assert now().status == "waiting", "the provider has never seen it"
        send_delivery(company, row.pk)
        assert now().status == "sent"
    assert len(taken(world, number)) == 1


@pytest.mark.row("I-02")
def test_a_provider_too_slow_to_answer_has_taken_it_once(company, world, row, now, number, monkeypatch):
    monkeypatch.setattr(smsc, "TIMEOUT", 0.2)
    world.order(service="sms", mode="slow", delay=0.5)
    send_delivery(company, row.pk)
    assert now().status == "unknown"
    monkeypatch.setattr(smsc, "TIMEOUT", TIMEOUT)
    send_delivery(company, row.pk)
    ends = time.monotonic() + 10
    while not taken(world, number) and time.monotonic() < ends:
        time.sleep(0.05)
    track_sms(company, row.pk)
    assert now().status in ("sent", "delivered") and len(taken(world, number)) == 1


@pytest.mark.row("I-02")
def test_a_provider_that_stays_silent_leaves_it_unknown(company, world, row, now, number):
    world.order(service="sms", mode="lost", count=1)
    send_delivery(company, row.pk)
    for _ in range(12):
        world.order(service="sms", mode="fail", count=1)
        track_sms(company, row.pk)
    assert now().status == "unknown" and now().trace["asked"] == 12
    assert len(taken(world, number)) == 1


@pytest.mark.row("I-02")
def test_a_worker_that_died_with_it_in_hand_asks_first(company, world, inside, row, now, number):
    with inside(company):
        Delivery.objects.filter(pk=row.pk).update(trace={"handed": True}, attempts=1)
    send_delivery(company, row.pk)
    assert now().status == "unknown" and taken(world, number) == []
    track_sms(company, row.pk)
    assert now().status == "waiting"
    send_delivery(company, row.pk)
    assert len(taken(world, number)) == 1


@pytest.mark.row("I-02")
def test_too_often_waits_and_no_money_ends(company, world, row, now, number):
    world.order(service="sms", mode="throttle", count=1)
    send_delivery(company, row.pk)
    assert (now().status, now().attempts) == ("waiting", 0) and now().not_before is not None
    world.order(service="sms", mode="refuse", count=1)
    from core.context import company_scope

    with company_scope(company):
        Delivery.objects.filter(pk=row.pk).update(not_before=None)
    send_delivery(company, row.pk)
    assert (now().status, now().error) == ("failed", "На счёте провайдера SMS закончились деньги")
    assert taken(world, number) == []


@pytest.mark.parametrize(
    "text,parts",
    [
        ("", 1), ("a" * 160, 1), ("a" * 161, 2), ("a" * 306, 2), ("a" * 307, 3), ("[" * 80, 1), ("[" * 81, 2),
        ("ж" * 70, 1), ("ж" * 71, 2), ("ж" * 134, 2), ("ж" * 135, 3), ("😀" * 35, 1), ("😀" * 36, 2),
    ],
)  # fmt: skip
def test_segments(text, parts):
    assert segments(text) == parts


@pytest.mark.parametrize("length", [10, 200, 5000])
def test_a_long_text_is_cut_and_its_link_stays_whole(length):
    link = "https://alfa.example.ru/tasks/123456"
    text = fitted("ж" * length, link)
    assert text.endswith(link) and segments(text) <= MOST_SEGMENTS


@pytest.mark.row("I-03")
def test_the_sandbox_answers_whoever_asks(company, owner, world, deliver):
    assert owner.client.post("gateways/sms/check/").status_code == 202
    deliver()
    (state,) = (found for found in owner.client.get("gateways/").json()["results"] if found["code"] == "sms")
    assert (state["is_demo"], state["error"], state["balance"]) == (True, "", "1000.00")
    assert state["checked_at"] and state["phone_url"].endswith("/sms/")


@pytest.mark.row("I-03")
def test_switched_off_and_back_to_the_sandbox(company, owner, world):
    assert owner.client.put("gateways/sms/", {"mode": "off"}).json()["mode"] == "off"
    assert owner.client.put("gateways/sms/", {"mode": "platform"}).status_code == 422
    assert owner.client.put("gateways/sms/", {"mode": "own"}).status_code == 422
    assert owner.client.put("gateways/sms/", {"mode": "sandbox"}).json()["is_demo"] is True
    assert owner.client.put("gateways/pigeon/", {"mode": "off"}).status_code == 404
