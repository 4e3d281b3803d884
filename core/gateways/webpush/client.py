"""Handing one message to a push service: RFC 8030. Never inside a scope.

The address is one that a browser has named, so it is called through the guarded door alone: public addresses, https,
no redirects, a bounded answer.
"""

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

from core.egress import Answer, EgressRefused, NameUnknown, call, is_sandbox, parsed

from ..errors import GatewayBusy, GatewayRefused, GatewaySilent
from .encryption import encrypt
from .vapid import VapidKey, authorization

TIMEOUT = 5.0
_LONGEST_ENDPOINT = 1000
_USUAL_WAIT = 60.0
_SHOWN = 120
NOT_OURS = (
    "Служба уведомлений не приняла ключ этой установки. Отключите и снова включите уведомления в этом браузере; "
    "если не поможет, ключ проверяет тот, кто ведёт установку"
)


@dataclass(frozen=True)
class PushAccount:
    """By what the installation is known to push services; `contact` is where they may write (mailto: or https:)."""

    key: VapidKey
    contact: str


@dataclass(frozen=True)
class PushTarget:
    """One browser: where its service takes messages for it, and its keys."""

    endpoint: str
    p256dh: bytes
    auth: bytes


@dataclass(frozen=True)
class PushMessage:
    """What is said, the fullest wording first; a service that finds one too long is given the next.

    Of two messages with one `topic` a browser that was away gets the last. `ttl` in seconds.
    """

    wordings: tuple[bytes, ...]
    topic: str
    ttl: int
    urgency: str = "normal"


def checked_endpoint(endpoint: str) -> str:
    """An address that a browser has named, as far as it can be judged without asking anybody. EgressRefused."""
    url = parsed(endpoint)
    if len(endpoint) > _LONGEST_ENDPOINT or not endpoint.isascii():
        raise EgressRefused("Такой адрес службы уведомлений не подходит")
    if url.scheme != "https" and not is_sandbox(url):
        raise EgressRefused("Служба уведомлений отвечает только по https")
    return endpoint


def push(account: PushAccount, target: PushTarget, message: PushMessage) -> None:
    """Hand a message over for one browser. Errors: GatewayBusy, GatewaySilent, GatewayRefused (`gone`: it has left)."""
    # One time for all wordings: whoever holds the message holds it no longer than for one.
    ends = time.monotonic() + TIMEOUT
    for wording in message.wordings:
        answer = _asked(account, target, message, wording, ends)
        if answer.status != 413:
            break
    _must_be_taken(answer)


def _asked(account: PushAccount, target: PushTarget, message: PushMessage, wording: bytes, ends: float) -> Answer:
    left = ends - time.monotonic()
    if left <= 0:
        raise GatewaySilent("Служба уведомлений не ответила вовремя")
    try:
        url = parsed(checked_endpoint(target.endpoint))
        origin = f"{url.scheme}://{url.netloc.decode('ascii')}"
        headers = {
            "Authorization": authorization(account.key, origin=origin, contact=account.contact, now=time.time()),
            "Content-Type": "application/octet-stream",
            "Content-Encoding": "aes128gcm",
            "TTL": str(message.ttl),
            "Urgency": message.urgency,
            "Topic": message.topic,
        }
        body = encrypt(wording, p256dh=target.p256dh, auth=target.auth)
        return call("POST", target.endpoint, body=body, headers=headers, seconds=left)
    except NameUnknown as silence:
        raise GatewaySilent(silence.reason) from silence
    except EgressRefused as refusal:
        raise GatewayRefused(refusal.reason) from refusal
    except httpx.HTTPError as silence:
        raise GatewaySilent(f"Служба уведомлений не ответила ({type(silence).__name__})") from silence


def _must_be_taken(answer: Answer) -> None:
    if 200 <= answer.status < 300:
        return
    if answer.status in (404, 410):
        raise GatewayRefused("Браузер больше не принимает уведомления", gone=True)
    if answer.status == 429:
        raise GatewayBusy(_wait(answer.headers.get("retry-after", "")))
    if answer.status >= 500:
        raise GatewaySilent(f"Служба уведомлений ответила кодом {answer.status}")
    if answer.status in (401, 403):
        raise GatewayRefused(NOT_OURS)
    said = " ".join(answer.text.split())[:_SHOWN]
    raise GatewayRefused(f"Служба уведомлений не приняла сообщение (код {answer.status}): {said or 'без объяснений'}")


def _wait(told: str) -> float:
    """Seconds of Retry-After, which is a number or a moment."""
    if told.isascii() and told.isdigit():
        return max(1.0, float(told[:9]))
    try:
        moment = parsedate_to_datetime(told).astimezone(UTC)
    except (ValueError, OverflowError):
        # Anybody may name a service, and it may say anything: a moment beyond the calendar, too.
        return _USUAL_WAIT
    return max(1.0, (moment - datetime.now(UTC)).total_seconds())
