"""What follows a message about the same card within the window goes as one; nothing is lost with it or goes twice."""

import smtplib
from datetime import timedelta

import pytest
from django.db.models import F

from core import mail
from core.notifications.models import Delivery
from core.notifications.options import TALK_WINDOW

pytestmark = pytest.mark.row("T-22")
WINDOW = timedelta(minutes=TALK_WINDOW.default)
SAID = ("Первое слово", "Второе слово", "Третье слово", "Четвёртое слово")


@pytest.fixture
def talk(company, person, deliver, mailbox):
    """(initiator, assignee, path of a task whose first letters are gone)."""
    boss, worker = person(company), person(company)
    path = f"tasks/{boss.client.post('tasks/', {'title': 'Отчёт', 'assignee': worker.id}).json()['id']}/"
    deliver()
    mailbox.clear()
    return boss, worker, path


@pytest.fixture
def minute_passes(company, inside, later):
    """`minute_passes()`: what has been written by now lies a window back, and what waits for its end is due."""

    def shift():
        ago = WINDOW + timedelta(seconds=1)
        with inside(company):
            Delivery.objects.update(created_at=F("created_at") - ago, not_before=F("not_before") - ago)
        later()

    return shift


def letters(mailbox, who):
    return [letter for letter in mailbox if who.email in str(letter["To"])]


def text_of(letter):
    return letter.get_body(("plain",)).get_content()


def say(boss, path, text):
    assert boss.client.post(f"{path}comments/", {"text": text}).status_code == 201


def test_a_lively_talk_is_one_letter_after_the_first(talk, deliver, mailbox, minute_passes):
    boss, worker, path = talk
    minute_passes()
    say(boss, path, SAID[0])
    deliver()
    assert len(letters(mailbox, worker)) == 1
    for text in SAID[1:]:
        say(boss, path, text)
    deliver()
    assert len(letters(mailbox, worker)) == 1
    minute_passes()
    deliver()
    first, second = letters(mailbox, worker)
    assert all(text in text_of(second) for text in SAID[1:])
    assert SAID[0] in text_of(first) and SAID[0] not in text_of(second)


def test_the_log_tells_of_each(talk, deliver, company, inside, minute_passes):
    boss, worker, path = talk
    minute_passes()
    for text in SAID:
        say(boss, path, text)
    deliver()
    minute_passes()
    deliver()
    with inside(company):
        rows = Delivery.objects.filter(principal=worker.principal.pk, channel="mail", kind__startswith="comments.")
        assert [row.status for row in rows] == ["sent"] * len(SAID)
        assert all(row.sent_at for row in rows)


def test_a_letter_that_fails_fails_for_all_it_carries(
    talk, deliver, company, inside, monkeypatch, minute_passes, mailbox
):
    boss, worker, path = talk
    minute_passes()
    for text in SAID:
        say(boss, path, text)
    deliver()
    minute_passes()

    def refuse(message, _):
        raise smtplib.SMTPDataError(554, b"no")

    monkeypatch.setattr(mail, "hand_over", refuse)
    deliver()
    with inside(company):
        rows = Delivery.objects.filter(principal=worker.principal.pk, channel="mail", kind__startswith="comments.")
        states = list(rows.order_by("pk").values_list("status", flat=True))
    assert states == ["sent", "failed", "failed", "failed"]


def test_what_asks_for_an_answer_goes_at_once(talk, deliver, mailbox):
    boss, worker, path = talk
    worker.client.post(f"{path}do/accept/")
    worker.client.post(f"{path}do/start/")
    worker.client.post(f"{path}comments/", {"text": "Сдаю"})
    worker.client.post(f"{path}do/submit/")
    deliver()
    subjects = [str(letter["Subject"]) for letter in letters(mailbox, boss)]
    assert any(subject.startswith("Задача ждёт проверки") for subject in subjects)


def test_another_card_and_another_person_do_not_wait(talk, deliver, mailbox, minute_passes):
    boss, worker, path = talk
    other = boss.client.post("tasks/", {"title": "Другая", "assignee": worker.id}).json()["id"]
    deliver()
    minute_passes()
    mailbox.clear()
    say(boss, path, SAID[0])
    say(boss, f"tasks/{other}/", SAID[1])
    say(worker, path, SAID[2])
    deliver()
    assert (len(letters(mailbox, worker)), len(letters(mailbox, boss))) == (2, 1)


def test_the_company_says_how_long_a_talk_is_gathered(talk, owner, deliver, mailbox, company, inside):
    boss, worker, path = talk
    owner.client.patch("options/", {"values": {"notifications.talk_window": 0}})
    for text in SAID:
        say(boss, path, text)
    deliver()
    assert len(letters(mailbox, worker)) == len(SAID), "nothing waits"
    mailbox.clear()
    owner.client.patch("options/", {"values": {"notifications.talk_window": 30}})
    say(boss, path, "Пятое слово")
    deliver()
    assert letters(mailbox, worker) == []
    with inside(company):
        waits = Delivery.objects.get(principal=worker.principal.pk, channel="mail", status="waiting")
    assert timedelta(minutes=29) < waits.not_before - waits.created_at <= timedelta(minutes=30)
