"""Letters to people: written beside the fact, sent once, given up with a reason, never sent inside a scope."""

import smtplib
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from core import mail
from core.context import control_scope
from core.gateways.errors import GatewaySilent
from core.identity.models import Principal
from core.notifications.actions import deliver_letter, notify
from core.notifications.jobs import send_delivery
from core.notifications.kinds import MAIL, Notification
from core.notifications.models import Delivery
from core.notifications.rules import ATTEMPTS, LAST, LATER, address_of
from core.outbox.models import Outbox

LETTER = Notification("x.letter", "Письмо", "Прочее", channels=(MAIL,))
pytestmark = pytest.mark.row("T-19", "SE-07")


@pytest.fixture
def tell(company, inside):
    """`tell(person, ...)` writes them a letter about a fact; the ids of all letters."""

    def run(*people, fact_id=1, subject="Новая задача", paragraphs=("Срок завтра",), link_path="/tasks/12"):
        with inside(company):
            notify([one.principal.pk for one in people], kind=LETTER, subject=subject,
                   paragraphs=paragraphs, link_path=link_path, fact_id=fact_id)  # fmt: skip
            return list(Delivery.objects.order_by("id").values_list("pk", flat=True))

    return run


def row(company, inside, pk) -> Delivery:
    with inside(company):
        return Delivery.objects.get(pk=pk)


def fail_with(monkeypatch, failure, times=1000) -> list[EmailMessage]:
    """The mail server refuses so many letters, then takes them."""
    tried: list[EmailMessage] = []

    def hand_over(message, _):
        tried.append(message)
        if len(tried) <= times:
            raise failure

    monkeypatch.setattr(mail, "hand_over", hand_over)
    return tried


def test_a_letter_names_the_company_and_leads_to_its_host(company, person, tell, deliver, mailbox):
    reader = person(company)
    tell(reader)
    assert deliver() == 1
    (letter,) = mailbox
    assert (letter["To"], letter["Subject"]) == (reader.email, "Новая задача")
    assert letter["Auto-Submitted"] == "auto-generated"
    text, html = (letter.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert "http://alfa.localhost:8000/tasks/12" in text and "http://alfa.localhost:8000/tasks/12" in html
    assert company.name in html and "Срок завтра" in text


def test_text_is_text_and_a_subject_is_one_line(company, person, tell, deliver, mailbox):
    tell(person(company), subject="Раз\r\nBcc: thief@x.test", paragraphs=["<script>1</script>", "NUL\0"])
    deliver()
    (letter,) = mailbox
    assert letter["Bcc"] is None and letter["Subject"] == "Раз Bcc: thief@x.test"
    assert "<script>" not in letter.get_body(("html",)).get_content()


def test_a_fact_told_twice_is_one_letter(company, person, inside, tell, deliver, mailbox):
    reader = person(company)
    tell(reader)
    tell(reader)
    deliver()
    tell(reader)
    deliver()
    assert len(mailbox) == 1
    tell(reader, fact_id=2)
    deliver()
    assert len(mailbox) == 2
    assert len({letter["Message-ID"] for letter in mailbox}) == 2


def test_a_promise_kept_twice_is_one_letter(company, person, tell, mailbox):
    (pk,) = tell(person(company))
    send_delivery(company, pk)
    send_delivery(company, pk)
    assert len(mailbox) == 1


def test_the_blocked_get_nothing(company, person, inside, tell, deliver, mailbox):
    blocked_before, blocked_after = person(company), person(company)
    with inside(company):
        Principal.objects.filter(pk=blocked_before.principal.pk).update(is_active=False)
    (pk,) = tell(blocked_before, blocked_after)
    with inside(company):
        Principal.objects.filter(pk=blocked_after.principal.pk).update(is_active=False)
    deliver()
    assert mailbox == []
    found = row(company, inside, pk)
    assert (found.status, found.error) == ("failed", "Получатель заблокирован")


def test_a_failure_waits_for_the_next_attempt_under_the_same_name(company, person, inside, tell, monkeypatch):
    (pk,) = tell(person(company))
    tried = fail_with(monkeypatch, ConnectionRefusedError("no server"), times=2)
    for _ in range(2):
        with pytest.raises(GatewaySilent):
            send_delivery(company, pk)
        found = row(company, inside, pk)
        assert (found.status, found.error) == ("waiting", "Почтовый сервер не ответил (ConnectionRefusedError)")
    send_delivery(company, pk)
    found = row(company, inside, pk)
    assert (found.status, found.attempts, found.error) == ("sent", 3, "")
    assert len({letter["Message-ID"] for letter in tried}) == 1


def test_a_server_away_for_a_night_has_the_letter_in_the_morning(company, person, inside, tell, monkeypatch):
    """Eight attempts within minutes, then rarer and rarer for a day; only then it is given up, with the reason."""
    (pk,) = tell(person(company))
    tried = fail_with(monkeypatch, smtplib.SMTPServerDisconnected("gone"))
    for _ in range(ATTEMPTS - 1):
        with pytest.raises(GatewaySilent):
            send_delivery(company, pk)
    for seconds in LATER:
        send_delivery(company, pk)
        found = row(company, inside, pk)
        left = (found.not_before - timezone.now()).total_seconds()
        assert found.status == "waiting" and seconds - 60 < left <= seconds
        with control_scope():
            assert Outbox.objects.filter(subject_id=pk, not_before=found.not_before).count() == 1
        with inside(company):
            Delivery.objects.filter(pk=pk).update(not_before=None)
    send_delivery(company, pk)
    found = row(company, inside, pk)
    assert (found.status, found.attempts) == ("failed", LAST) and "не ответил" in found.error
    send_delivery(company, pk)
    assert len(tried) == LAST and 23 < sum(LATER) / 3600 < 24


@pytest.mark.parametrize(
    "failure,final",
    [
        (smtplib.SMTPRecipientsRefused({"a@b": (550, b"no such user")}), True),
        (smtplib.SMTPRecipientsRefused({"a@b": (450, b"greylisted")}), False),
        (smtplib.SMTPDataError(554, b"spam"), True),
        (smtplib.SMTPDataError(451, b"later"), False),
        (smtplib.SMTPSenderRefused(553, b"who?", "a@b"), True),
        (TimeoutError(), False),
    ],
)
def test_a_final_no_is_not_asked_again(company, person, inside, tell, monkeypatch, failure, final):
    (pk,) = tell(person(company))
    tried = fail_with(monkeypatch, failure)
    if final:
        send_delivery(company, pk)
    else:
        with pytest.raises(GatewaySilent):
            send_delivery(company, pk)
    assert row(company, inside, pk).status == ("failed" if final else "waiting")
    assert len(tried) == 1


def test_a_letter_in_other_hands_is_left_to_them(company, person, inside, tell, mailbox):
    (pk,) = tell(person(company))
    with inside(company):
        Delivery.objects.update(claimed_until=timezone.now() + timedelta(minutes=1))
    send_delivery(company, pk)
    assert mailbox == []
    with control_scope():
        later = Outbox.objects.filter(subject_id=pk, not_before__gt=timezone.now() + timedelta(seconds=50))
        assert later.count() == 1, "and asked about when they must be done"


def test_a_worker_killed_between_sending_and_marking_sends_again_under_the_same_name(
    company, person, inside, tell, monkeypatch
):
    """The one gap that SMTP leaves: twice under one Message-ID rather than never."""
    (pk,) = tell(person(company))
    tried = fail_with(monkeypatch, KeyboardInterrupt(), times=1)
    with pytest.raises(KeyboardInterrupt):
        send_delivery(company, pk)
    assert row(company, inside, pk).status == "waiting"
    send_delivery(company, pk)
    assert len(tried) == 1, "he may still be at it"
    with inside(company):
        Delivery.objects.update(claimed_until=timezone.now())
    send_delivery(company, pk)
    assert row(company, inside, pk).status == "sent"
    assert len(tried) == 2 and tried[0]["Message-ID"] == tried[1]["Message-ID"]


def test_a_letter_is_written_only_if_its_cause_stays(company, person, inside, mailbox, deliver):
    reader = person(company)
    with pytest.raises(LookupError), inside(company):
        notify([reader.principal.pk], kind=LETTER, subject="x", paragraphs=[], link_path="", fact_id=1)
        raise LookupError
    assert deliver() == 0 and mailbox == []
    with inside(company):
        assert not Delivery.objects.exists()


def test_a_letter_with_a_secret_is_forgotten_once_sent(company, inside, deliver, mailbox):
    with inside(company):
        for _ in range(2):
            deliver_letter("new@x.test", kind="invitation", subject="Приглашение", paragraphs=["Код 123"],
                           links=[("Принять", "/invite?token=abc"), ("Сайт", "https://x.test/")], key="7")  # fmt: skip
    assert deliver() == 1
    text = mailbox[0].get_body(("plain",)).get_content()
    assert "http://alfa.localhost:8000/invite?token=abc" in text and "Сайт: https://x.test/" in text
    with inside(company):
        found = Delivery.objects.get()
    assert (found.status, found.paragraphs, found.links) == ("sent", [], [])


def test_letters_of_two_companies_never_share_a_name(owner, other_owner, inside, deliver, mailbox):
    for where, who in ((owner.company, owner), (other_owner.company, other_owner)):
        with inside(where):
            notify([who.principal.pk], kind=LETTER, subject="x", paragraphs=[], link_path="", fact_id=5)
    deliver()
    assert len({letter["Message-ID"] for letter in mailbox}) == 2


def test_promises_of_letters_carry_no_words(company, person, tell):
    tell(person(company), subject="Секрет", paragraphs=["Секрет"])
    with control_scope():
        (promised,) = Outbox.objects.values()
    assert promised["kind"] == "job:notifications.send"
    assert "Секрет" not in str(promised)


def test_a_company_without_a_host_of_its_own_slug_uses_the_one_it_has(company):
    assert address_of(company, "/x") == "http://alfa.localhost:8000/x"
    assert address_of(company, "https://elsewhere/") == "https://elsewhere/"


_WORDS = "Ответ «Ждём ответа» от № 12 поддержки — счёт компании «Ромашка» x@y.ru".split()


@given(st.lists(st.sampled_from(_WORDS), min_size=1, max_size=40))
def test_a_subject_comes_as_it_was_written(words):
    subject = " ".join(words)
    sent = mail.message_of(mail.Letter(key="k", to="kto@example.org", subject=subject, paragraphs=()))
    # As it is kept, and as smtplib hands it over.
    for policy in (sent.policy, sent.policy.clone(linesep="\r\n", utf8=True)):
        raw = sent.as_bytes(policy=policy)
        assert all(len(line) <= 78 for line in raw.splitlines() if line.startswith((b"Subject", b" ")))
        assert message_from_bytes(raw, policy=default)["Subject"] == subject
