"""The mailbox: SMTP through the standard client, letters as JSON and as pages."""

import base64
import smtplib
import socket
from email.headerregistry import Address
from email.message import EmailMessage
from urllib.parse import quote

import pytest

from tests.infra.sandbox.process import SandboxProcess


def letter(to, subject="Код подтверждения — 123456", text="Здравствуйте!\n\nКод: 123456\n"):
    message = EmailMessage()
    message["From"] = Address("Пульт", "no-reply", "localhost")
    message["To"] = to
    message["Subject"] = subject
    message["Message-ID"] = "<same@localhost>"
    message.set_content(text)
    return message


def send(sandbox, message):
    with sandbox.smtp() as smtp:
        smtp.send_message(message)


def test_letter_in_russian(sandbox, address):
    message = letter(address, text="Здравствуйте!\n.точка\n..две\nhttps://acme.localhost:8000/invite?token=a&b=1.\n")
    message.add_alternative(
        '<p>Здравствуйте! <a href="https://acme.localhost:8000/invite?token=a&amp;b=1">Войти</a>'
        ' <a href="http://localhost:8000/help">Помощь</a> <a href="javascript:alert(1)">Плохо</a></p>',
        subtype="html",
    )
    message.add_attachment(b"12345", maintype="application", subtype="pdf", filename="Счёт.pdf")
    send(sandbox, message)
    [shown] = sandbox.json(f"/mail/messages?to={address}")
    assert shown["to"] == [address]
    assert shown["from"] == "Пульт <no-reply@localhost>"
    assert shown["subject"] == "Код подтверждения — 123456"
    assert shown["text"] == "Здравствуйте!\n.точка\n..две\nhttps://acme.localhost:8000/invite?token=a&b=1.\n"
    assert "<p>Здравствуйте!" in shown["html"]
    assert shown["links"] == ["https://acme.localhost:8000/invite?token=a&b=1", "http://localhost:8000/help"]
    assert shown["headers"]["Message-ID"] == "<same@localhost>"
    assert shown["attachments"] == [{"name": "Счёт.pdf", "content_type": "application/pdf", "size": 5}]
    assert shown["received_at"].endswith("+00:00")
    assert sandbox.json(f"/mail/messages/{shown['id']}") == shown


def test_newest_first_and_since(sandbox, address):
    for number in range(3):
        send(sandbox, letter(address, subject=f"№ {number}"))
    shown = sandbox.json(f"/mail/messages?to={address.upper()}")
    assert [row["subject"] for row in shown] == ["№ 2", "№ 1", "№ 0"]
    since = sandbox.json(f"/mail/messages?to={address}&since_id={shown[1]['id']}")
    assert [row["subject"] for row in since] == ["№ 2"]
    assert [row["subject"] for row in sandbox.json(f"/mail/messages?to={address}&limit=1")] == ["№ 2"]
    assert sandbox.json("/mail/messages?to=nobody@example.test") == []


def test_doubled_letter_is_kept_twice(sandbox, address):
    send(sandbox, letter(address))
    send(sandbox, letter(address))
    assert len(sandbox.json(f"/mail/messages?to={address}")) == 2


def test_hidden_recipients_are_recipients(sandbox, address):
    with sandbox.smtp() as smtp:
        smtp.send_message(letter("open@example.test"), to_addrs=["open@example.test", address])
    [shown] = sandbox.json(f"/mail/messages?to={address}")
    assert shown["to"] == ["open@example.test", address]
    assert address not in shown["headers"]["To"]


def test_address_in_cyrillic(sandbox):
    with sandbox.smtp() as smtp:
        smtp.ehlo()
        options = ["SMTPUTF8", "BODY=8BITMIME"]
        raw = "Subject: Тема\r\n\r\nтекст".encode()
        smtp.sendmail("a@example.test", ["почта@пример.рф"], raw, mail_options=options)
    [shown] = sandbox.json("/mail/messages?to=" + quote("почта@пример.рф"))
    assert (shown["subject"], shown["text"]) == ("Тема", "текст\n")


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\r\n",
        b"no headers at all",
        b"Subject: =?utf-8?b?!!!?=\r\n\r\nx",
        b"Subject: =?no-such-charset?q?a?=\r\nContent-Type: text/plain; charset=no-such\r\n\r\n\xff\xfe",
        b"From: a@b, <<<>>\r\nTo: ;;;\r\nContent-Type: multipart/mixed\r\n\r\nbroken",
        b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n***",
        b"Subject: \xd0\xa2\xd0\xb5\xd0\xbc\xd0\xb0\r\n\r\n\xd1\x82",
    ],
)
def test_odd_letters_are_kept_as_they_are(sandbox, address, raw):
    with sandbox.smtp() as smtp:
        smtp.sendmail("a@example.test", [address], raw)
    [shown] = sandbox.json(f"/mail/messages?to={address}")
    status, headers, body = sandbox.call("GET", f"/mail/messages/{shown['id']}/raw")
    assert (status, body.rstrip(b"\r\n")) == (200, raw.rstrip(b"\r\n"))
    assert headers["content-type"].startswith("text/plain")


def test_too_big_letter_is_refused(sandbox, address):
    with sandbox.smtp() as smtp, pytest.raises(smtplib.SMTPSenderRefused) as told:
        smtp.sendmail("a@example.test", [address], b"x\r\n" * 9_000_000)
    assert told.value.smtp_code == 552
    with sandbox.smtp() as smtp:
        smtp.ehlo()
        smtp.mail("a@example.test")
        smtp.rcpt(address)
        assert smtp.data(b"x" * 50_000 + (b"\r\n" + b"x" * 998) * 27_000)[0] == 552
        assert smtp.noop()[0] == 250
    assert sandbox.json(f"/mail/messages?to={address}") == []


def test_lines_without_carriage_return_do_not_end_a_letter(sandbox, address):
    with socket.create_connection(("127.0.0.1", sandbox.smtp_port), timeout=10) as connection:
        talk = connection.makefile("rb")
        connection.sendall(b"EHLO x\r\nMAIL FROM:<a@example.test>\r\nRCPT TO:<%s>\r\nDATA\r\n" % address.encode())
        while not talk.readline().startswith(b"354"):
            continue
        connection.sendall(b"Subject: one\r\n\r\ntext\n.\r\nMAIL FROM:<evil@example.test>\r\n.\r\nQUIT\r\n")
        assert talk.readline().startswith(b"250")
        assert talk.readline().startswith(b"221")
    [shown] = sandbox.json(f"/mail/messages?to={address}")
    assert "evil@example.test" in shown["text"]


def test_commands_out_of_order(sandbox):
    with sandbox.smtp() as smtp:
        assert smtp.docmd("MAIL", "FROM:<a@example.test>")[0] == 503
        smtp.ehlo()
        assert smtp.docmd("RCPT", "TO:<a@example.test>")[0] == 503
        assert smtp.docmd("DATA")[0] == 503
        assert smtp.docmd("MAIL", "FROM:a@example.test")[0] == 501
        assert smtp.docmd("MAIL", "FROM:<nonsense>")[0] == 553
        assert smtp.docmd("VRFY", "a@example.test")[0] == 502
        assert smtp.docmd("MAIL", "FROM:<>")[0] == 250
        assert smtp.docmd("RCPT", "TO:<nonsense>")[0] == 553
        assert smtp.rset()[0] == 250


def encoded(text):
    return base64.b64encode(text.encode()).decode()


def sign_in_plain(smtp, password):
    return smtp.docmd("AUTH", "PLAIN " + encoded(f"\0pult\0{password}"))[0]


def sign_in_login(smtp, password):
    assert smtp.docmd("AUTH", "LOGIN")[0] == 334
    assert smtp.docmd(encoded("pult"))[0] == 334
    return smtp.docmd(encoded(password))[0]


@pytest.fixture
def guarded_sandbox(tmp_path):
    sandbox = SandboxProcess(tmp_path, SANDBOX_SMTP_USER="pult", SANDBOX_SMTP_PASSWORD="secret").start()
    yield sandbox
    sandbox.stop()


def test_sign_in_when_an_account_is_set(guarded_sandbox):
    with guarded_sandbox.smtp() as smtp, pytest.raises(smtplib.SMTPSenderRefused) as told:
        smtp.sendmail("a@example.test", ["b@example.test"], "Subject: x\r\n\r\nx")
    assert told.value.smtp_code == 530
    with guarded_sandbox.smtp() as smtp:
        smtp.login("pult", "secret")
        smtp.sendmail("a@example.test", ["b@example.test"], "Subject: x\r\n\r\nx")
    for sign_in in (sign_in_plain, sign_in_login):
        for password, code in (("wrong", 535), ("секрет", 535), ("secret", 235)):
            with guarded_sandbox.smtp() as smtp:
                smtp.ehlo()
                assert sign_in(smtp, password) == code
    with guarded_sandbox.smtp() as smtp:
        smtp.ehlo()
        assert smtp.docmd("AUTH", "PLAIN ***")[0] == 501
        assert smtp.docmd("AUTH", "GSSAPI x")[0] == 501


def test_sign_in_is_not_offered_without_an_account(sandbox):
    with sandbox.smtp() as smtp, pytest.raises(smtplib.SMTPNotSupportedError):
        smtp.login("pult", "secret")


def test_pages_for_people(sandbox, address):
    message = letter(address)
    message.add_alternative("<script>alert(1)</script><p>текст</p>", subtype="html")
    send(sandbox, message)
    [shown] = sandbox.json(f"/mail/messages?to={address}")
    status, headers, page = sandbox.call("GET", "/mail/")
    assert (status, "Почтовый ящик" in page.decode()) == (200, True)
    assert "script-src 'self'" in headers["content-security-policy"]
    browser = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    assert sandbox.call("GET", f"/mail/messages?to={address}", headers=browser)[2] == page
    _, headers, body = sandbox.call("GET", f"/mail/messages/{shown['id']}/html")
    directives = headers["content-security-policy"].split("; ")
    assert directives[:2] == ["sandbox allow-popups allow-popups-to-escape-sandbox", "default-src 'none'"]
    assert "<p>текст</p>" in body.decode()
    for asset in ("/mail/mailbox.js", "/mail/mailbox.css", "/sandbox.css"):
        assert sandbox.call("GET", asset)[0] == 200


@pytest.mark.parametrize(
    ("target", "status"),
    [
        ("/mail/messages/999999", 404),
        ("/mail/messages/999999/html", 404),
        ("/mail/../app.py", 404),
        ("/mail/%2e%2e/app.py", 404),
        ("/mail/messages?since_id=x", 400),
        ("/mail/messages?limit=-1", 400),
        ("/mail/messages?to=%ff", 400),
        ("/nowhere", 404),
    ],
)
def test_wrong_addresses(sandbox, target, status):
    told, headers, _ = sandbox.call("GET", target)
    assert (told, headers["content-type"]) == (status, "application/problem+json")


def test_letters_are_not_for_foreign_pages(sandbox):
    assert sandbox.call("GET", "/mail/messages", headers={"Host": "evil.example"})[0] == 403
    foreign = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors"}
    assert sandbox.call("GET", "/mail/messages", headers=foreign)[0] == 403
    assert sandbox.call("POST", "/faults", b'{"service":"mail","mode":"fail"}', foreign)[0] == 403
    for host in ("localhost:8001", "sandbox:8001", "127.0.0.1", "[::1]:8001", "mail.localhost:8001"):
        assert sandbox.call("GET", "/mail/messages", headers={"Host": host})[0] == 200
