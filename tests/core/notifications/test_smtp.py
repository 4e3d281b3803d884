"""Letters through real SMTP: what a mail server does to us, and what the reader and the log have of it.

Promised (docs/decisions/0009): no letter is lost; one whose answer was lost goes again under the same Message-ID, by
which mail programs know the twin; no letter is told to be undelivered that may have come.
"""

import smtplib
from contextlib import contextmanager

import pytest

from core import mail
from core.gateways.errors import GatewayRefused, GatewaySilent
from core.gateways.mail.client import LOST, MailAccount, ending_of
from core.gateways.mail.masking import masked
from core.mail import AnswerLost, Letter
from core.notifications.actions import notify
from core.notifications.jobs import send_delivery
from core.notifications.kinds import MAIL, Notification
from core.notifications.models import Delivery
from core.notifications.rules import LAST

from .conftest import HAND_OVER, came
from .post_office import PostOffice, after, at_once, drip

LETTER = Notification("x.smtp", "Письмо", "Прочее", channels=(MAIL,))
pytestmark = pytest.mark.row("T-19", "I-02")


@pytest.fixture(autouse=True)
def _to_the_mailbox(world, settings):
    """The sandbox's mailbox is the installation's mail server."""
    settings.SMTP_URL = settings.SANDBOX_SMTP_URL


@pytest.fixture
def write(company, inside):
    """`write(*people)` tells them of something by letter; ids of the letters."""

    def run(*people):
        with inside(company):
            told = {"subject": "Новая задача", "paragraphs": ["Срок завтра"], "link_path": "/tasks/12"}
            notify([one.principal.pk for one in people], kind=LETTER, fact_id=1, **told)
            rows = Delivery.objects.filter(kind=LETTER.code)
            return [rows.get(principal=one.principal.pk).pk for one in people]

    return run


@pytest.fixture
def now(company, inside):
    """`now(pk)` is what the log says of a letter."""

    def read(pk):
        with inside(company):
            return Delivery.objects.get(pk=pk)

    return read


def names(world, person) -> list[str]:
    """Message-IDs of the letters that lie in somebody's box."""
    return [one["headers"]["Message-ID"] for one in came(world, person.email)]


def try_to(company, pk):
    with pytest.raises(GatewaySilent):
        send_delivery(company, pk)


@pytest.mark.parametrize("mode,copies", [("lost", 2), ("cut", 1)])
def test_cut_after_data_nothing_is_lost_and_the_twin_has_the_same_name(company, person, smtp, write, now, mode, copies):
    """The product cannot know which of the two has happened: so it sends again, and says so."""
    reader = person(company)
    (pk,) = write(reader)
    smtp.order(service="mail", mode=mode)
    try_to(company, pk)
    assert (now(pk).status, now(pk).error) == ("waiting", LOST)
    assert len(names(smtp, reader)) == copies - 1
    send_delivery(company, pk)
    assert (now(pk).status, now(pk).attempts, now(pk).error) == ("sent", 2, "")
    send_delivery(company, pk)
    assert len(names(smtp, reader)) == copies and len(set(names(smtp, reader))) == 1


def test_a_letter_that_may_have_come_is_never_told_to_be_undelivered(company, person, inside, smtp, write, now):
    reader = person(company)
    (pk,) = write(reader)
    smtp.order(service="mail", mode="lost")
    try_to(company, pk)
    with inside(company):
        Delivery.objects.filter(pk=pk).update(attempts=LAST - 1)
    smtp.order(service="mail", mode="fail")
    send_delivery(company, pk)
    assert (now(pk).status, now(pk).attempts) == ("unknown", LAST)
    send_delivery(company, pk)
    assert len(names(smtp, reader)) == 1


@pytest.mark.parametrize("mode,code", [("fail", 451), ("throttle", 450)])
def test_a_server_that_asks_to_wait_is_asked_again(company, person, smtp, write, now, mode, code):
    reader = person(company)
    (pk,) = write(reader)
    smtp.order(service="mail", mode=mode)
    try_to(company, pk)
    assert now(pk).status == "waiting" and f"(код {code})" in now(pk).error
    send_delivery(company, pk)
    assert (now(pk).status, now(pk).attempts) == ("sent", 2)
    assert len(names(smtp, reader)) == 1


def test_one_receiver_refused_is_told_and_the_other_has_his_letter(company, person, smtp, write, now):
    nobody, reader = person(company), person(company)
    refused, sent = write(nobody, reader)
    smtp.order(service="mail", mode="refuse")
    send_delivery(company, refused)
    send_delivery(company, sent)
    send_delivery(company, refused)
    assert (now(refused).status, now(refused).attempts) == ("failed", 1), "a final no is not asked again"
    assert "(код 550)" in now(refused).error and nobody.email not in now(refused).error
    assert now(sent).status == "sent"
    assert (names(smtp, nobody), len(names(smtp, reader))) == ([], 1)


def test_a_server_that_hangs_before_it_has_taken_the_letter(company, person, smtp, write, now, monkeypatch):
    reader = person(company)
    (pk,) = write(reader)
    monkeypatch.setattr(mail, "STEP_SECONDS", 0.2)
    smtp.order(service="mail", mode="slow", delay=1)
    try_to(company, pk)
    assert (now(pk).status, now(pk).error) == ("waiting", "Почтовый сервер не ответил (SMTPServerDisconnected)")
    monkeypatch.setattr(mail, "STEP_SECONDS", 5.0)
    send_delivery(company, pk)
    assert now(pk).status == "sent" and len(names(smtp, reader)) == 1


@contextmanager
def office(**odd):
    server = PostOffice(**odd)
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def hand_to(server):
    letter = Letter(to="reader@x.test", subject="Тема", paragraphs=("Текст",), key="k")
    HAND_OVER(mail.message_of(letter), server.url)


def test_a_server_slow_with_its_last_word_is_waited_for(monkeypatch):
    """Whoever gives up there has the letter delivered twice: a step's limit is not for the answer to the last dot."""
    monkeypatch.setattr(mail, "STEP_SECONDS", 0.5)
    with office(TAKEN=after(0.7, b"250 taken")) as server:
        hand_to(server)
        assert (len(server.letters), server.talks) == (1, 1)


@pytest.mark.parametrize("farewell", [at_once(b"421 too busy for that"), after(0.3, b"221 bye")])
def test_the_farewell_is_nothing_to_a_letter_that_was_taken(monkeypatch, farewell):
    monkeypatch.setattr(mail, "FAREWELL_SECONDS", 0.1)
    with office(QUIT=farewell) as server:
        hand_to(server)
        assert len(server.letters) == 1


@pytest.mark.parametrize("step,may_have_gone", [("MAIL", False), ("TAKEN", True)])
def test_a_server_that_drips_is_left_in_time(monkeypatch, step, may_have_gone):
    """It keeps to the limit of every step, and would hold a worker until another one has taken the letter up."""
    monkeypatch.setattr(mail, "WHOLE_SECONDS", 0.8)
    with office(**{step: drip}) as server:
        with pytest.raises(smtplib.SMTPException) as told:
            hand_to(server)
        assert isinstance(told.value, AnswerLost) is may_have_gone
        assert server.was_left.wait(5)


def test_an_answer_that_nobody_understands_may_have_been_a_yes():
    with office(TAKEN=at_once(b"hm")) as server, pytest.raises(AnswerLost):
        hand_to(server)
    with office(TAKEN=at_once(b"451 not now")) as server, pytest.raises(smtplib.SMTPDataError):
        hand_to(server)


@pytest.mark.parametrize(
    "failure,kind,words",
    [
        (smtplib.SMTPRecipientsRefused({"a@b.ru": (550, b"<a@b.ru>: who?")}), GatewayRefused, "(код 550): <a…@b.ru>"),
        (smtplib.SMTPRecipientsRefused({"a@b.ru": (450, b"greylisted")}), GatewaySilent, "(код 450): greylisted"),
        (smtplib.SMTPDataError(554, b""), GatewayRefused, "(код 554): без объяснений"),
        (smtplib.SMTPConnectError(554, b"go away"), GatewaySilent, "(код 554)"),
        (smtplib.SMTPAuthenticationError(535, b"user post@pult.ru"), GatewaySilent, "запись установки (код 535)"),
        (TimeoutError("timed out"), GatewaySilent, "не ответил (TimeoutError)"),
    ],
)  # fmt: skip
def test_what_an_ending_means_is_said_without_addresses(failure, kind, words):
    ending = ending_of(failure)
    assert type(ending) is kind and words in str(ending)
    assert "a@b.ru" not in str(ending) and "post@pult.ru" not in str(ending)


def test_what_others_see_of_an_account_and_of_an_address():
    assert "secret" not in repr(MailAccount("smtp://user:secret@mail.example"))
    assert (masked("anna@example.ru"), masked("рога@пример.рф"), masked("nonsense")) == (
        "a…@example.ru", "р…@пример.рф", "",
    )  # fmt: skip
