"""A letter as people and scripts read it: decoded from whatever bytes came."""

import html
import re
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import EmailMessage, Message
from email.policy import compat32, default

ADDRESS = re.compile(r"https?://[^\s<>\"'«»]+")
HREF = re.compile(r"""\bhref\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
TRAILING = ".,;:!?)]}…"


def read_letter(raw: bytes) -> dict[str, object]:
    """Subject, sender, headers, text, html, links and names of attachments; never fails on odd bytes."""
    letter = message_from_bytes(raw, policy=default)
    text, rich = _body(letter, "plain"), _body(letter, "html")
    headers = _headers(raw)
    return {
        "from": headers.get("From", ""),
        "subject": headers.get("Subject", ""),
        "text": text,
        "html": rich,
        "headers": headers,
        "links": links_of(text, rich),
        "attachments": [_attachment(part) for part in letter.walk() if part.get_content_disposition() == "attachment"],
    }


def links_of(text: str, rich: str) -> list[str]:
    """Addresses in the order of appearance, each once: written in the text, then linked in the HTML."""
    written = (found.rstrip(TRAILING) for found in ADDRESS.findall(text))
    linked = (html.unescape(double or single) for double, single in HREF.findall(rich))
    return list(dict.fromkeys([*written, *(link for link in linked if link.startswith(("http://", "https://")))]))


def _headers(raw: bytes) -> dict[str, str]:
    """Decoded headers; a repeated one is joined by line breaks. The old policy refuses nothing."""
    headers: dict[str, str] = {}
    for name, value in message_from_bytes(raw, policy=compat32).raw_items():
        text = _decoded(str(value))
        headers[name] = f"{headers[name]}\n{text}" if name in headers else text
    return headers


def _decoded(value: str) -> str:
    line = " ".join(value.encode("utf-8", "surrogateescape").decode("utf-8", "replace").split())
    try:
        return str(make_header(decode_header(line)))
    except (HeaderParseError, LookupError, ValueError):
        return line


def _body(letter: EmailMessage, kind: str) -> str:
    part = letter.get_body(preferencelist=(kind,))
    return _text(part) if part is not None else ""


def _text(part: Message) -> str:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    try:
        return payload.decode(part.get_content_charset("utf-8"), "replace").replace("\r\n", "\n")
    except LookupError:
        return payload.decode("utf-8", "replace").replace("\r\n", "\n")


def _attachment(part: Message) -> dict[str, object]:
    payload = part.get_payload(decode=True)
    size = len(payload) if isinstance(payload, bytes) else 0
    return {"name": part.get_filename() or "", "content_type": part.get_content_type(), "size": size}
