"""A flood of notices to one person is a letter for each kind, not one for each card; nothing is lost with it."""

import smtplib
import time
from datetime import UTC, timedelta

import pytest
from django.db.models import F
from hypothesis import given
from hypothesis import strategies as st

from core import mail
from core.gateways.errors import GatewaySilent
from core.notifications import actions
from core.notifications.choices import FLOOD, WINDOW, flood_ends
from core.notifications.models import Delivery

pytestmark = pytest.mark.row("T-22")
COUNT = 12


@pytest.fixture
def pair(company, person, deliver, mailbox):
    boss, worker = person(company), person(company)
    deliver()
    mailbox.clear()
    return boss, worker


@pytest.fixture
def give(pair, deliver):
    """`give(numbers)` gives the worker a task for each."""
    boss, worker = pair

    def some(count):
        made = []
        for number in range(count):
            told = boss.client.post("tasks/", {"title": f"Дело {number}", "assignee": worker.id})
            assert told.status_code == 201
            made.append(told.json())
        deliver()
        return made

    return some


@pytest.fixture(autouse=True)
def _whole_minute(monkeypatch):
    """No minute ends while a test runs."""
    monkeypatch.setattr(actions, "flood_ends", lambda now: now + WINDOW)


@pytest.fixture
def window_ends(company, inside, later, deliver):
    def run():
        with inside(company):
            Delivery.objects.update(created_at=F("created_at") - 2 * WINDOW, not_before=F("not_before") - 2 * WINDOW)
        later()
        deliver()

    return run


def messages_to(world, chat):
    return [row for row in world.json(f"/telegram/messages?chat={chat}") if row["from_bot"]]


def subjects(mailbox, who):
    return [str(letter["Subject"]) for letter in mailbox if who.email in str(letter["To"])]


def test_what_comes_after_the_first_few_is_one_letter(pair, give, window_ends, mailbox, company, inside):
    _, worker = pair
    tasks = give(COUNT)
    at_once = subjects(mailbox, worker)
    assert len(at_once) == FLOOD
    window_ends()
    (together,) = subjects(mailbox, worker)[len(at_once) :]
    held = COUNT - len(at_once)
    assert together == f"Новая задача: {held}"
    text = next(letter for letter in mailbox if str(letter["Subject"]) == together).get_body(("plain",)).get_content()
    for task in tasks[len(at_once) :]:
        assert task["number"] in text and f"/tasks/{task['id']}" in text
    for task in tasks[: len(at_once)]:
        assert f"({task['number']})" not in text
    with inside(company):
        rows = Delivery.objects.filter(principal=worker.principal.pk, kind="tasks.given")
        assert set(rows.values_list("status", flat=True)) == {"sent"}
        assert rows.filter(channel="bell").count() == rows.filter(channel="mail").count() == COUNT


def test_another_kind_and_another_person_have_letters_of_their_own(
    pair, person, company, give, deliver, window_ends, mailbox
):
    boss, worker = pair
    other = person(company)
    give(COUNT)
    mailbox.clear()
    for title in ("Помочь", "Ещё помочь"):
        boss.client.post("tasks/", {"title": title, "assignee": other.id, "co_assignees": [worker.id]})
    deliver()
    window_ends()
    told = sorted(subject.partition(":")[0] for subject in subjects(mailbox, worker))
    assert told == ["Вы соисполнитель", "Новая задача"]
    assert len(subjects(mailbox, other)) == 2


def test_a_card_that_is_no_longer_seen_is_not_named(pair, give, window_ends, mailbox):
    boss, worker = pair
    tasks = give(COUNT)
    hidden, shown = tasks[-2], tasks[-1]
    assert boss.client.delete(f"tasks/{hidden['id']}/").status_code == 204
    mailbox.clear()
    window_ends()
    letter = next(one for one in mailbox if worker.email in str(one["To"]) and "Новая задача:" in str(one["Subject"]))
    text = letter.get_body(("plain",)).get_content()
    assert shown["number"] in text and hidden["number"] not in text
    assert "И ещё 1" in text


def test_what_was_ticked_for_the_very_task_goes_at_once(pair, give, deliver, mailbox):
    boss, worker = pair
    give(COUNT)
    mailbox.clear()
    boss.client.post("tasks/", {"title": "Срочно", "assignee": worker.id, "channels": ["mail"]})
    deliver()
    assert len(subjects(mailbox, worker)) == 1


def test_a_letter_for_many_that_fails_is_tried_again_for_all(
    pair, give, window_ends, mailbox, monkeypatch, company, inside
):
    _, worker = pair
    give(COUNT)
    tried = []
    hand_over = mail.hand_over

    def stumble(message, url):
        tried.append(message["Message-ID"])
        if len(tried) == 1:
            raise smtplib.SMTPServerDisconnected
        hand_over(message, url)

    monkeypatch.setattr(mail, "hand_over", stumble)
    with pytest.raises(GatewaySilent):
        window_ends()
    mailbox.clear()
    window_ends()
    assert len(subjects(mailbox, worker)) == 1 and len(set(tried)) == 1
    with inside(company):
        states = Delivery.objects.filter(principal=worker.principal.pk, channel="mail").values_list("status", flat=True)
        assert set(states) == {"sent"}


def test_a_chat_gets_one_message_without_buttons_or_titles(pair, give, linked, world, window_ends, owner):
    _, worker = pair
    chat = linked(worker)
    owner.client.put("notifications/policy/", {"choices": {"tasks.given": {"telegram": "forced"}}})
    give(COUNT)
    before = len(messages_to(world, chat))
    assert before <= FLOOD, "Telegram itself lets no more through at once"
    deadline = time.monotonic() + 30
    while len(messages_to(world, chat)) <= FLOOD and time.monotonic() < deadline:
        time.sleep(0.2)
        window_ends()
    (message,) = (row for row in messages_to(world, chat) if f"Новая задача: {COUNT - FLOOD}" in row["text"])
    assert len(messages_to(world, chat)) == FLOOD + 1 and "Дело" not in message["text"]
    assert not message.get("buttons")


@given(st.datetimes(timezones=st.just(UTC)))
def test_what_is_held_goes_within_a_window_and_together(now):
    end = flood_ends(now)
    assert timedelta(0) < end - now <= WINDOW
    assert flood_ends(now + (end - now) / 2) == end
