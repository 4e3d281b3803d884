"""Sending one letter by SMTP: plain text and a calm HTML twin. Never called inside a scope."""

import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import formatdate
from html import escape
from urllib.parse import unquote, urlsplit

from django.conf import settings

from core.context import current_schema

_TIMEOUT = 5
_PAGE = (
    '<!doctype html><html lang="ru">'
    '<body style="margin:0;background:#f6f6f4;font:15px/22px Arial,sans-serif;color:#1b1d1b">'
    '<div style="max-width:560px;margin:24px auto;background:#fff;border-radius:12px;padding:28px 32px">{brand}{body}'
    '<p style="color:#72756d;font-size:13px;margin:24px 0 0">{footer}</p></div></body></html>'
)


@dataclass(frozen=True)
class Letter:
    """What to say. `links` are (label, address) shown as buttons; `key` makes the Message-ID, so a retry repeats it."""

    to: str
    subject: str
    paragraphs: tuple[str, ...]
    key: str
    links: tuple[tuple[str, str], ...] = field(default=())
    brand: str = "Пульт"
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


def send(letter: Letter) -> None:
    """Hand a letter to the mail server; smtplib's and OSError errors go to the caller, who will retry."""
    if current_schema() is not None:
        raise RuntimeError("Letters are not sent inside a scope.")
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = settings.MAIL_FROM, letter.to, letter.subject
    message["Date"] = formatdate(localtime=False)
    message["Message-ID"] = f"<{letter.key}@{settings.BASE_DOMAIN}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text_of(letter))
    message.add_alternative(html_of(letter), subtype="html")
    hand_over(message)


def hand_over(message: EmailMessage) -> None:
    """The last step, apart so that tests can stand in for the mail server."""
    with _connect() as server:
        server.send_message(message)


def _connect() -> smtplib.SMTP:
    parts = urlsplit(settings.SMTP_URL)
    host, port = parts.hostname or "localhost", parts.port or 25
    if parts.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=_TIMEOUT, context=ssl.create_default_context())
    else:
        server = smtplib.SMTP(host, port, timeout=_TIMEOUT)
        server.ehlo()
        if server.has_extn("starttls"):
            server.starttls(context=ssl.create_default_context())
    if parts.username:
        server.login(unquote(parts.username), unquote(parts.password or ""))
    return server
