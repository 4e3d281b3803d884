"""Mail as a service of a company: by the installation's server, in the sandbox, off; each letter stands in the log."""

import pytest

from core.gateways import actions
from core.gateways.jobs import check_gateway
from core.gateways.models import Gateway
from core.notifications.actions import deliver_letter, notify
from core.notifications.kinds import MAIL, Notification
from core.notifications.models import Delivery

from .conftest import came
from .post_office import PostOffice

LETTER = Notification("x.service", "Задача поставлена", "Прочее", channels=(MAIL,))
OFF = "Письма выключены: их включает администратор в разделе «Интеграции»"
pytestmark = pytest.mark.row("I-02", "I-03")


@pytest.fixture
def server(smtp, settings):
    """The installation's own mail server, not the sandbox's."""
    office = PostOffice()
    settings.SMTP_URL = office.url
    yield office
    office.shutdown()
    office.server_close()


@pytest.fixture
def choose(owner):
    def run(mode):
        answer = owner.client.put("gateways/mail/", {"mode": mode})
        assert answer.status_code == 200, answer.content
        return answer.json()

    return run


@pytest.fixture
def tell(company, inside, deliver):
    """`tell(person)` writes a notice by letter, and has it delivered."""

    def run(reader, fact_id=1, asked=()):
        with inside(company):
            notify([reader.principal.pk], kind=LETTER, subject="Тайная тема", paragraphs=["Тайный текст"],
                   link_path="/tasks/12", fact_id=fact_id, asked=asked)  # fmt: skip
        deliver()

    return run


@pytest.fixture
def invite(company, inside, deliver):
    """`invite(address)` writes a letter of the account."""

    def run(address):
        with inside(company):
            deliver_letter(address, kind="identity.invitation", subject="Приглашение", paragraphs=["x"], key=address)
        deliver()

    return run


def logged(owner):
    return owner.client.get("notices/log/", channel="mail").json()["results"]


def state(owner):
    (found,) = (row for row in owner.client.get("gateways/").json()["results"] if row["code"] == "mail")
    return found


def test_in_the_sandbox_no_letter_leaves_and_the_log_says_so(
    company, person, owner, smtp, server, choose, tell, invite
):
    reader = person(company)
    shown = choose("sandbox")
    assert shown["is_demo"] and shown["phone_url"].endswith("/mail/")
    tell(reader)
    invite("nobody@sandbox.test")
    assert len(came(smtp, reader.email)) == len(came(smtp, "nobody@sandbox.test")) == 1
    assert server.letters == []
    invitation, notice = logged(owner)[:2]
    assert (invitation["kind_title"], notice["kind_title"]) == ("Приглашение", "")
    assert (notice["address"], notice["status"], notice["is_demo"]) == ("p…@alfa.example", "sent", True)
    assert notice["duration_ms"] >= 0 and notice["attempts"] == 1
    assert "Тайн" not in str(logged(owner)) and reader.email not in str(logged(owner))


def test_back_at_the_installations_server(company, person, owner, smtp, server, choose, tell):
    first, second = person(company), person(company)
    choose("sandbox")
    tell(first)
    shown = choose("platform")
    assert not shown["is_demo"] and [one["code"] for one in shown["modes"]] == ["platform", "sandbox", "off"]
    tell(second, fact_id=2)
    assert came(smtp, second.email) == []
    assert [row["is_demo"] for row in logged(owner)[:2]] == [False, True], "a line tells where its letter has gone"
    assert any(second.email.encode() in letter for letter in server.letters)


def test_off_keeps_notices_back_and_lets_people_in(company, person, owner, server, choose, tell, invite, sent):
    reader, asked = person(company), person(company)
    choose("off")
    assert state(owner)["mode"] == "off"
    tell(reader)
    assert sent(reader, "mail") == []
    tell(asked, fact_id=2, asked=("mail",))
    (row,) = sent(asked, "mail")
    assert (row.status, row.error) == ("failed", OFF), "whoever ticked the box is told"
    invite("new@off.test")
    assert [b"new@off.test" in letter for letter in server.letters] == [True]
    assert reader.client.get("notices/settings/").json()["reach"]["mail_is_on"] is False


def test_a_letter_on_its_way_when_mail_is_switched_off(company, person, inside, server, choose, deliver, sent):
    reader = person(company)
    with inside(company):
        notify([reader.principal.pk], kind=LETTER, subject="x", paragraphs=[], link_path="", fact_id=1)
        Gateway.objects.create(code="mail", mode="off")
    deliver()
    (row,) = sent(reader, "mail")
    assert (row.status, row.error, server.letters) == ("failed", OFF, [])


def test_the_check_sends_a_letter_to_whoever_asked(company, owner, smtp, choose, deliver):
    choose("sandbox")
    deliver()
    before = len(came(smtp, owner.email))
    asked = owner.client.post("gateways/mail/check/")
    assert (asked.status_code, asked.json()["checked_at"]) == (202, None)
    deliver()
    letters = came(smtp, owner.email)
    assert len(letters) == before + 1 and letters[0]["subject"] == "Проверка почты"
    assert letters[0]["headers"]["Message-ID"] != letters[1]["headers"]["Message-ID"]
    shown = state(owner)
    assert shown["checked_at"] and shown["error"] == ""
    assert (shown["lines"][0]["title"], shown["lines"][0]["error"]) == ("Проверка", "")
    assert shown["lines"][0]["to"] == "o…@alfa.example" and shown["lines"][0]["duration_ms"] >= 0


def test_a_failed_check_says_why_without_address_or_password(company, owner, smtp, settings, choose, deliver):
    settings.SMTP_URL = "smtp://post:tainy-parol@127.0.0.1:9"
    owner.client.post("gateways/mail/check/")
    deliver()
    assert state(owner)["error"] == "Почтовый сервер не ответил (ConnectionRefusedError)"
    choose("sandbox")
    smtp.order(service="mail", mode="refuse")
    deliver()
    shown = state(owner)
    assert "(код 550)" in shown["error"] and [line["error"] != "" for line in shown["lines"]] == [True, True]
    assert owner.email not in str(shown) and "tainy-parol" not in str(shown)


def test_whoever_has_no_address_cannot_be_written_to(company, owner, inside, choose, deliver):
    choose("platform")
    with inside(company):
        row = Gateway.objects.get(code="mail")
        Gateway.objects.update(options={"asked_by": None})
    check_gateway(company, row.pk)
    assert state(owner)["error"].startswith("Письмо для проверки послать некому")


def test_letters_to_oneself_are_counted(company, owner, world, monkeypatch):
    # One window, whatever the clock says.
    monkeypatch.setattr(actions, "_TRIAL_SECONDS", 1_000_000_000)
    answers = [owner.client.post("gateways/mail/check/").status_code for _ in range(11)]
    assert answers == [202] * 10 + [429]


def test_a_check_chooses_nothing(company, owner, smtp, settings, deliver):
    """An installation that gets a mail server of its own sends by it, whoever has pressed «Проверить» before."""
    settings.SMTP_URL = settings.SANDBOX_SMTP_URL
    owner.client.post("gateways/mail/check/")
    deliver()
    assert state(owner)["mode"] == "sandbox"
    settings.SMTP_URL = "smtp://127.0.0.1:9"
    assert state(owner)["mode"] == "platform"


@pytest.mark.parametrize("mode", ["own", "sandbox"])
def test_what_is_not_there_cannot_be_chosen(company, owner, settings, mode):
    settings.SANDBOX_SMTP_URL = ""
    assert owner.client.put("gateways/mail/", {"mode": mode}).status_code == 422
    assert state(owner)["mode"] == "platform"


def test_what_has_gone_within_another_letter_is_no_line(company, person, owner, inside, tell, mailbox):
    reader = person(company)
    tell(reader)
    with inside(company):
        Delivery.objects.create(
            kind="x", address="a@b.ru", message_id="digested", trace={"digest": True}, status="sent"
        )
        Delivery.objects.create(
            kind="x", address="a@b.ru", message_id="carried", trace={"carried_by": 1}, status="sent"
        )
    assert len(logged(owner)) == 1


def test_lines_written_before_addresses_were_masked_are_masked_now(company, owner, inside):
    with inside(company):
        Delivery.objects.create(
            kind="x", address="anna@b.ru", message_id="old", status="failed",
            error="SMTPRecipientsRefused: {'anna@b.ru': (550, b'<anna@b.ru>: no such user')}",
        )  # fmt: skip
    (line,) = logged(owner)
    assert "anna@" not in str(line) and "a…@b.ru" in line["error"]
