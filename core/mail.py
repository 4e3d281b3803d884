"""Sending one letter by SMTP: plain text and a calm HTML twin. Never called inside a scope.

A letter is sent when the server has said 250 to its last dot, and at no other moment: what becomes of the farewell is
nothing to it, and an answer that does not come after the dot leaves it open whether the server has taken the letter.
"""

import smtplib
import socket
import ssl
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from email.header import Header
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import formatdate
from html import escape
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from django.conf import settings

from core.context import current_schema

# A step may last so long, and all of them together: less than a letter is kept from other workers (`_CLAIM` of
# core/notifications/channels/claiming.py), so that nobody takes it up while it is still being handed over.
STEP_SECONDS, WHOLE_SECONDS, FAREWELL_SECONDS = 5.0, 10.0, 1.0
_LOOK_AGAIN_SECONDS = 0.2
_LAST_DOT = b"\r\n.\r\n"
_PAGE = (
    '<!doctype html><html lang="ru">'
    '<body style="margin:0;background:#f6f6f4;font:15px/22px Arial,sans-serif;color:#1b1d1b">'
    '<div style="max-width:560px;margin:24px auto;background:#fff;border-radius:12px;padding:28px 32px">{brand}{body}'
    '<p style="color:#72756d;font-size:13px;margin:24px 0 0">{footer}</p></div></body></html>'
)


@dataclass(frozen=True)
class Letter:
    """What to say. `links` are (label, address) shown as buttons; `key` makes the Message-ID, so a retry repeats it.

    `files` go along: (name, type as `application/pdf`, bytes).
    """

    to: str
    subject: str
    paragraphs: tuple[str, ...]
    key: str
    links: tuple[tuple[str, str], ...] = field(default=())
    brand: str = "Пульт"
    files: tuple[tuple[str, str, bytes], ...] = field(default=())
    footer: str = "Письмо отправлено автоматически, отвечать на него не нужно."


def text_of(letter: Letter) -> str:
    lines = [*letter.paragraphs, *(f"{label}: {address}" for label, address in letter.links), "", letter.footer]
    return "\n\n".join(lines)


def html_of(letter: Letter) -> str:
    body = "".join(f'<p style="margin:0 0 12px">{escape(text)}</p>' for text in letter.paragraphs)
    body += "".join(
        f'<p style="margin:16px 0"><a href="{escape(address)}" style="background:#0f6b5f;color:#fff;padding:10px 18px;'
        f'border-radius:6px;text-decoration:none;display:inline-block">{escape(label)}</a></p>'
        for label, address in letter.links
    )
    brand = f'<p style="font-weight:600;margin:0 0 16px">{escape(letter.brand)}</p>'
    return _PAGE.format(brand=brand, body=body, footer=escape(letter.footer))


class _Whole(EmailPolicy):
    """Folds a subject as RFC 2047 wants it: the library's own folding loses spaces between words that are encoded apart
    (python/cpython#92081)."""

    def fold(self, name: str, value: Any) -> str:
        if name != "Subject" or str(value).isascii():
            return super().fold(name, value)
        folded = Header(str(value), "utf-8", header_name=name).encode(linesep=self.linesep)
        return f"{name}: {folded}{self.linesep}"

    def fold_binary(self, name: str, value: Any) -> bytes:
        return self.fold(name, value).encode("ascii") if name == "Subject" else super().fold_binary(name, value)


_WHOLE = _Whole()


class AnswerLost(smtplib.SMTPServerDisconnected):
    """The letter was handed over whole and no answer came that says what became of it: it may have been taken."""


def send(letter: Letter, *, url: str = "") -> None:
    """Hand a letter to a mail server, the installation's when none is named.

    Errors: AnswerLost; smtplib's and OSError otherwise, when the server has surely not taken it.
    """
    if current_schema() is not None:
        raise RuntimeError("Letters are not sent inside a scope.")
    hand_over(message_of(letter), url or settings.SMTP_URL)


def message_of(letter: Letter) -> EmailMessage:
    """The letter as it travels."""
    message = EmailMessage(policy=_WHOLE)
    message["From"], message["To"], message["Subject"] = settings.MAIL_FROM, letter.to, letter.subject
    message["Date"] = formatdate(localtime=False)
    message["Message-ID"] = f"<{letter.key}@{settings.BASE_DOMAIN}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text_of(letter))
    message.add_alternative(html_of(letter), subtype="html")
    for name, content_type, content in letter.files:
        main, _, sub = content_type.partition("/")
        message.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return message


def hand_over(message: EmailMessage, url: str) -> None:
    """The last step, apart so that tests can stand in for the mail server."""
    parts = urlsplit(url)
    server = _connect(parts)
    try:
        _introduce(server, parts)
        server.send_message(message)
    except smtplib.SMTPServerDisconnected as lost:
        if server.has_handed_over:
            raise AnswerLost(str(lost)) from lost
        raise
    except smtplib.SMTPDataError as odd:
        if server.has_handed_over and not 400 <= odd.smtp_code < 600:
            raise AnswerLost(f"answer {odd.smtp_code}") from odd
        raise
    finally:
        server.leave()


class _Conversation(smtplib.SMTP):
    """SMTP that ends at its moment, however slowly the server speaks, and knows whether a letter has left whole."""

    has_handed_over = False

    def __init__(self, host: str, port: int, **more: Any) -> None:
        self._ends = time.monotonic() + WHOLE_SECONDS
        self._has_ended = threading.Event()
        threading.Thread(target=self._watch, daemon=True).start()
        try:
            super().__init__(host, port, timeout=STEP_SECONDS, **more)
        except BaseException:
            self._has_ended.set()
            raise

    def send(self, s: Any) -> None:
        super().send(s)
        if isinstance(s, bytes) and s.endswith(_LAST_DOT) and self.sock is not None:
            self.has_handed_over = True
            # Whoever is impatient here has his letter delivered twice (RFC 5321, 4.5.3.2.6).
            self.sock.settimeout(max(self._ends - time.monotonic(), _LOOK_AGAIN_SECONDS))

    def leave(self) -> None:
        """Say good-bye to a server that still listens, and end."""
        with suppress(OSError):
            if self.sock is not None:
                self.sock.settimeout(FAREWELL_SECONDS)
                self.quit()
        self._has_ended.set()
        self.close()

    def _watch(self) -> None:
        """Cut the connection when the time is up: a server that drips signs keeps to the limit of every step."""
        wait = self._ends - time.monotonic()
        while not self._has_ended.wait(wait):
            wait = _LOOK_AGAIN_SECONDS
            with suppress(OSError):
                if self.sock is not None:
                    # Past a sealed socket's own shutdown, which would take its state away from under the reader.
                    socket.socket.shutdown(self.sock, socket.SHUT_RDWR)


class _SealedConversation(_Conversation, smtplib.SMTP_SSL):
    """The same, encrypted from the first byte on."""


def _connect(parts: SplitResult) -> _Conversation:
    host, port = parts.hostname or "localhost", parts.port or 25
    if parts.scheme == "smtps":
        return _SealedConversation(host, port, context=ssl.create_default_context())
    return _Conversation(host, port)


def _introduce(server: _Conversation, parts: SplitResult) -> None:
    server.ehlo_or_helo_if_needed()
    if parts.scheme != "smtps" and server.has_extn("starttls"):
        server.starttls(context=ssl.create_default_context())
    if parts.username:
        server.login(unquote(parts.username), unquote(parts.password or ""))
