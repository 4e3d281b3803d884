"""Notices in browsers through the real client and the stand-in: once, sealed, to every browser, and nothing lost."""

import json
from contextlib import nullcontext
from datetime import timedelta
from time import sleep
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db.models import F
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from core.context import Company
from core.egress import Answer
from core.events.models import Fact
from core.gateways.errors import GatewayBusy, GatewaySilent
from core.gateways.webpush import client
from core.gateways.webpush.client import NOT_OURS
from core.gateways.webpush.vapid import key_of
from core.identity.models import Session
from core.jobs.delivery import perform
from core.notifications import actions
from core.notifications.choices import FLOOD, WINDOW
from core.notifications.jobs import send_delivery
from core.notifications.models import Delivery, PushSubscription
from core.notifications.pushes import sending
from core.notifications.pushes.words import LONGEST, push_message
from core.notifications.reminders import remind
from core.notifications.rules import ATTEMPTS

from .conftest import post

pytestmark = pytest.mark.row("T-22", "I-02")
BELL = "notices/"


@pytest.fixture
def pair(company, person):
    return person(company), person(company)


@pytest.fixture
def waiting(company, pair, subscribed, inside):
    """`waiting()`: a worker's browser and one row that waits to be sent there."""

    def make(browsers=1):
        boss, worker = pair
        held = [subscribed(worker) for _ in range(browsers)]
        task(boss, worker)
        with inside(company):
            facts = list(Fact.objects.filter(kind="tasks.created").order_by("-pk").values_list("pk", flat=True)[:1])
        assert perform(company.schema, "fact", facts) == {}
        with inside(company):
            row = Delivery.objects.get(channel="push", principal=worker.principal.pk)
        return (*held, row)

    return make


@pytest.fixture
def again(company, inside):
    """`again(row)`: its time has come, it is tried; the row as it stands then."""

    def run(row):
        with inside(company):
            Delivery.objects.filter(pk=row.pk).update(not_before=None, claimed_until=None)
        send_delivery(company, row.pk)
        with inside(company):
            return Delivery.objects.get(pk=row.pk)

    return run


def task(initiator, assignee, title="Отчёт Ромашке", **more):
    made = initiator.client.post("tasks/", {"title": title, "assignee": assignee.id, **more})
    assert made.status_code == 201, made.content
    return made.json()


def test_a_task_comes_once_in_every_browser_with_its_name_and_its_link(company, pair, subscribed, shown, deliver, sent):
    boss, worker = pair
    here, there = subscribed(worker), subscribed(worker)
    made = task(boss, worker)
    deliver()
    deliver()
    for held in (here, there):
        (told,) = shown(held)
        assert "Отчёт Ромашке" in told["title"] and made["number"] in told["title"]
        assert told["link"] == f"/tasks/{made['id']}" and "вы исполнитель" in told["text"]
        assert (told["from"], told["always"], told["urgency"]) == ("«ООО „Альфа“»", False, "normal")
        assert told["tag"] == told["topic"] and told["bytes"] <= 4096
    (row,) = sent(worker, "push")
    assert (row.status, row.attempts, row.address) == ("sent", 1, "Chrome, Windows, Chrome, Windows")
    rows = boss.client.get(f"tasks/{made['id']}/notices/").json()["results"]
    told_of = {row["channel"]: row for row in rows}["push"]
    assert (told_of["status"], told_of["channel_title"]) == ("sent", "Браузер")


def test_the_initiator_hears_once_that_it_is_done(pair, subscribed, shown, deliver):
    boss, worker = pair
    held = subscribed(boss)
    made = task(boss, worker)
    for deed in ("accept", "submit"):
        worker.client.post(f"tasks/{made['id']}/do/{deed}/", {})
    deliver()
    deliver()
    assert [told["link"] for told in shown(held)] == [f"/tasks/{made['id']}"]


@pytest.mark.row("MS-02")
def test_a_reminder_before_the_due_moment_comes_in_the_browser(
    company, pair, subscribed, shown, deliver, later, inside
):
    boss, worker = pair
    held = subscribed(worker)
    due = timezone.now() + timedelta(days=3)
    task(boss, worker, due_at=due.isoformat())
    deliver()
    with inside(company):
        Session.objects.update(expires_at=due + timedelta(days=9))
    for ahead in (timedelta(days=1), -timedelta(minutes=1)):
        with time_machine.travel(due - ahead, tick=False):
            remind(company, 0)
    later()
    deliver()
    assert len(shown(held)) == 3, "the task, the day before, and when it was over"


def test_choices_and_the_companys_word_hold_here_too(pair, owner, subscribed, shown, deliver):
    boss, worker = pair
    held = subscribed(worker)
    worker.client.patch("notices/settings/", {"choices": {"tasks.given": {"push": False}}})
    task(boss, worker)
    deliver()
    assert shown(held) == []
    owner.client.patch("notices/policy/", {"choices": {"tasks.given": {"push": "forced"}}})
    task(boss, worker)
    deliver()
    assert len(shown(held)) == 1
    refused = worker.client.patch("notices/settings/", {"choices": {"tasks.given": {"push": False}}})
    assert refused.status_code == 422


def test_quiet_hours_put_it_off_and_the_digest_does_not(company, pair, subscribed, shown, deliver, sent, later, inside):
    boss, worker = pair
    held = subscribed(worker)
    worker.client.patch("notices/settings/", {"digest": "daily"})
    task(boss, worker)
    deliver()
    assert len(shown(held)) == 1
    now = timezone.now().astimezone(ZoneInfo(company.time_zone))
    begins, ends = (f"{now + timedelta(hours=hours):%H:%M}" for hours in (-3, 3))
    worker.client.patch("notices/settings/", {"quiet": {"begins": begins, "ends": ends}})
    task(boss, worker)
    deliver()
    assert len(shown(held)) == 1 and sent(worker, "push")[-1].not_before is not None
    with inside(company):
        Delivery.objects.filter(channel="push").update(not_before=None)
    later()
    deliver()
    assert len(shown(held)) == 2


def test_a_flood_is_one_notice_that_leads_to_the_bell(
    company, pair, subscribed, shown, deliver, later, inside, monkeypatch
):
    boss, worker = pair
    # The minute does not end while the test runs.
    monkeypatch.setattr(actions, "flood_ends", lambda now: now + WINDOW)
    held = subscribed(worker)
    for number in range(FLOOD + 3):
        task(boss, worker, title=f"Дело {number}")
    deliver()
    assert len(shown(held)) == FLOOD
    with inside(company):
        Delivery.objects.update(created_at=F("created_at") - 2 * WINDOW, not_before=F("not_before") - 2 * WINDOW)
    later()
    deliver()
    last = shown(held)[-1]
    assert len(shown(held)) == FLOOD + 1
    assert (last["title"], last["link"]) == ("Новая задача: 3", "/notices") and "Дело 7" in last["text"]


def test_a_card_that_is_no_longer_seen_is_not_named(company, pair, waiting, shown, again):
    boss, _ = pair
    held, row = waiting()
    assert boss.client.delete(f"tasks/{row.entity_id}/").status_code == 204
    ended = again(row)
    assert (ended.status, ended.error) == ("failed", "Карточка получателю больше не видна")
    assert shown(held) == []


def test_404_and_410_end_that_browser_and_with_the_last_the_person_reads_why(
    company, pair, world, subscribed, waiting, shown, again, inside
):
    _, worker = pair
    first, second, row = waiting(browsers=2)
    post(world, "/webpush/unsubscribe", {"id": first["id"]})
    ended = again(row)
    assert (ended.status, ended.error, len(shown(second))) == ("sent", "", 1)
    assert [line["id"] for line in worker.browser.get("notices/browsers/").json()["results"]] == [second["row"]]
    kinds = {line["kind"] for line in worker.browser.get(BELL).json()["results"]}
    assert "notifications.push_ended" not in kinds
    with inside(company):
        PushSubscription.objects.update(endpoint=f"{world.url}/webpush/{'x' * 43}")
        Delivery.objects.filter(pk=row.pk).update(status="waiting", trace={})
    ended = again(row)
    assert (ended.status, ended.error) == ("failed", "Браузер больше не принимает уведомления")
    assert worker.browser.get("notices/browsers/").json()["results"] == []
    told = worker.browser.get(BELL).json()["results"][0]
    assert told["subject"] == "Уведомления браузера отключились" and "Chrome, Windows" in told["text"]
    assert told["link"] == "/settings/notifications"


def test_429_is_waited_out_and_costs_no_attempt(company, world, waiting, shown, again, inside):
    held, row = waiting()
    world.order(service="webpush", mode="throttle", count=1)
    put_off = send_and_read(company, row, inside)
    assert (put_off.status, put_off.attempts) == ("waiting", 0)
    assert 1 <= (put_off.not_before - timezone.now()).total_seconds() <= 3, "as Retry-After has said"
    assert shown(held) == []
    assert again(row).status == "sent" and len(shown(held)) == 1


def send_and_read(company, row, inside):
    send_delivery(company, row.pk)
    with inside(company):
        return Delivery.objects.get(pk=row.pk)


@pytest.mark.parametrize(("mode", "copies"), [("fail", 1), ("cut", 1), ("lost", 2)])
def test_trouble_loses_nothing_and_a_double_takes_the_place_of_the_first(
    company, world, waiting, shown, again, mode, copies
):
    held, row = waiting()
    world.order(service="webpush", mode=mode, count=1)
    with pytest.raises(GatewaySilent):
        send_delivery(company, row.pk)
    assert again(row).status == "sent"
    come = shown(held)
    assert len(come) == copies and len({told["tag"] for told in come} | {told["topic"] for told in come}) == 1


def test_whoever_has_taken_it_is_not_asked_again(company, world, waiting, shown, again, inside):
    first, second, row = waiting(browsers=2)
    world.order(service="webpush", mode="fail", count=1)
    with pytest.raises(GatewaySilent):
        send_delivery(company, row.pk)
    assert len(shown(first)) + len(shown(second)) == 1
    ended = again(row)
    assert (ended.status, len(shown(first)), len(shown(second))) == ("sent", 1, 1)


def test_a_service_that_stays_silent_is_given_up_in_the_end(company, pair, world, waiting, inside, again):
    held, row = waiting()
    world.order(service="webpush", mode="fail", seconds=60)
    for _ in range(ATTEMPTS - 1):
        with pytest.raises(GatewaySilent):
            again(row)
    ended = again(row)
    assert (ended.status, ended.attempts) == ("failed", ATTEMPTS)
    assert ended.error == "Служба уведомлений ответила кодом 500"


def test_a_silent_browser_at_the_last_attempt_does_not_lose_a_busy_one(
    company, waiting, shown, inside, again, monkeypatch
):
    held, other, row = waiting(browsers=2)
    whole = sending.push

    def answered(account, target, message):
        raise GatewayBusy(3) if target.endpoint == held["endpoint"] else GatewaySilent("nobody")

    monkeypatch.setattr(sending, "push", answered)
    for _ in range(ATTEMPTS - 1):
        with pytest.raises(GatewaySilent):
            again(row)
    waits = again(row)
    assert (waits.status, waits.not_before is not None) == ("waiting", True)
    monkeypatch.setattr(sending, "push", whole)
    assert again(row).status == "sent" and len(shown(held)) == 1


TOO_LONG = Answer(413, "")
FAR = ("Fri, 31 Dec 9999 23:59:59 -2359", "Fri, 31 Dec 99999 00:00:00 GMT", "soon")


@pytest.mark.parametrize("told", FAR)
def test_a_moment_beyond_the_calendar_is_waited_for_as_usual(waiting, again, monkeypatch, told):
    _, row = waiting()
    monkeypatch.setattr(client, "call", lambda *asked, **more: Answer(429, "", {"retry-after": told}))
    put_off = again(row)
    assert (put_off.status, put_off.attempts) == ("waiting", 0)
    assert 50 <= (put_off.not_before - timezone.now()).total_seconds() <= 60


@pytest.mark.parametrize(("takes", "ending"), [(0.2, "failed"), (0.6, "waiting")])
def test_two_wordings_take_no_longer_than_one(company, waiting, monkeypatch, inside, takes, ending):
    _, row = waiting()
    seen = []
    monkeypatch.setattr(client, "TIMEOUT", 0.5)
    monkeypatch.setattr(client, "call", lambda *_, seconds, **more: seen.append(seconds) or sleep(takes) or TOO_LONG)
    with nullcontext() if ending == "failed" else pytest.raises(GatewaySilent):
        send_delivery(company, row.pk)
    assert len(seen) == (2 if ending == "failed" else 1) and seen[-1] <= 0.5 - takes * (len(seen) - 1)
    with inside(company):
        assert Delivery.objects.get(pk=row.pk).status == ending


def test_403_says_what_to_do_and_keeps_the_browser(company, pair, world, waiting, again, settings):
    _, worker = pair
    held, row = waiting()
    settings.VAPID_PRIVATE_KEY = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"
    assert key_of(settings.VAPID_PRIVATE_KEY).public
    ended = again(row)
    assert (ended.status, ended.error, ended.attempts) == ("failed", NOT_OURS, 1)
    (line,) = worker.browser.get("notices/browsers/").json()["results"]
    assert line["error"] == NOT_OURS


def test_413_is_answered_with_fewer_words(company, world, waiting, shown, again, monkeypatch):
    held, row = waiting()
    whole = sending.push

    def lengthened(account, target, message):
        long = json.dumps(json.loads(message.wordings[0]) | {"text": "x" * 3800}).encode()
        monkeypatch.setattr("core.gateways.webpush.encryption.LONGEST_PLAIN", 9000)
        return whole(account, target, type(message)((long, message.wordings[-1]), message.topic, message.ttl))

    monkeypatch.setattr(sending, "push", lengthened)
    assert again(row).status == "sent"
    (told,) = shown(held)
    assert told["text"] == "" and "Отчёт Ромашке" in told["title"]


def test_an_address_inside_is_never_called(company, pair, world, waiting, shown, again, inside, settings):
    held, row = waiting()
    settings.SANDBOX_URL = ""
    with inside(company):
        PushSubscription.objects.update(endpoint="https://127.0.0.1/webpush/x")
    ended = again(row)
    assert (ended.status, ended.attempts) == ("failed", 1) and "внутреннюю сеть" in ended.error
    assert shown(held) == []


def test_a_server_nobody_knows_now_is_asked_again_later(company, waiting, shown, again, inside):
    held, row = waiting()
    with inside(company):
        PushSubscription.objects.update(endpoint="https://nobody.invalid/x")
    with pytest.raises(GatewaySilent):
        again(row)
    with inside(company):
        PushSubscription.objects.update(endpoint=held["endpoint"])
    assert again(row).status == "sent" and len(shown(held)) == 1


def test_nobody_is_called_from_inside_a_scope(company, inside, waiting):
    with inside(company), pytest.raises(RuntimeError, match="scope"):
        sending.push_to_all(None)


def test_browsers_cost_no_statement_of_their_own_when_a_notice_is_written(
    company, person, subscribed, statements, inside
):
    """Told of a task with a browser and without: the row itself is all that is added."""
    boss = person(company)

    def counted(worker):
        task(boss, worker)
        with inside(company):
            facts = list(Fact.objects.filter(kind="tasks.created").order_by("-pk").values_list("pk", flat=True)[:1])
        with statements() as seen:
            assert perform(company.schema, "fact", facts) == {}
        return [one["sql"] for one in seen]

    counted(person(company))
    without, worker = counted(person(company)), person(company)
    subscribed(worker)
    with_one = counted(worker)
    asked = [sql for sql in with_one if "pushsubscription" in sql]
    assert len(asked) == 1 and len(with_one) - len(without) <= 1, "the promise of the row"


TEXTS = st.text(max_size=3000)


@given(TEXTS, st.lists(TEXTS, max_size=5), TEXTS, st.text(max_size=500))
def test_whatever_is_told_fits_and_leads_into_the_product(subject, paragraphs, name, path):
    company = Company(1, "alfa", "c1", name, "active", frozenset(), 1)
    row = Delivery(subject=subject, paragraphs=paragraphs, links=[["Открыть", path]], message_id="x", trace={})
    message = push_message(company, row, None)
    assert message.wordings and len(message.topic) == 32
    for wording in message.wordings:
        assert len(wording) <= LONGEST
        assert json.loads(wording)["link"].startswith("/") and not json.loads(wording)["link"].startswith("//")
