"""Which ways of connecting a service exist in this installation, and what is kept of its answers. No database."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

MAIL, TELEGRAM, SMS, STORE = "mail", "telegram", "sms", "store"
TITLES = {MAIL: "Почта", TELEGRAM: "Telegram", SMS: "SMS", STORE: "Хранилище файлов"}
# A key of the company's own for a mechanism that asks by itself: no screen of connections, no modes to choose from.
MORPHER = "morpher"
MOST_LINES = 30
# As long as notices are kept (core/retention/rules.py).
LINES_KEPT = timedelta(days=90)
SANDBOX_BOT = "pult_demo_bot"
_TOKEN = re.compile(r"[0-9]{6,15}:[A-Za-z0-9_-]{20,100}")


def modes(code: str) -> list[str]:
    """What an administrator may choose, in order; nothing of what all companies of an installation share."""
    if code == STORE:
        return []
    found = ["platform"] if has_platform(code) else []
    if code != MAIL:
        found.append("own")
    if has_sandbox(code):
        found.append("sandbox")
    return [*found, "off"]


def default_mode(code: str) -> str:
    """What stands before anybody has chosen."""
    if has_platform(code):
        return "platform"
    return "sandbox" if has_sandbox(code) else "off"


def has_platform(code: str) -> bool:
    """Whether the installation has an account of its own for all companies."""
    if code == MAIL:
        return bool(settings.SMTP_URL) and settings.SMTP_URL != settings.SANDBOX_SMTP_URL
    if code == STORE:
        return not has_sandbox(STORE)
    return bool(settings.TELEGRAM_BOT_TOKEN if code == TELEGRAM else settings.SMS_PASSWORD)


def has_sandbox(code: str) -> bool:
    """Whether the sandbox stands in for a service; for the store there is no choice, so: whether it is the store."""
    if code == STORE:
        return bool(settings.SANDBOX_URL) and settings.S3_ENDPOINT_URL.startswith(f"{settings.SANDBOX_URL}/")
    return bool(settings.SANDBOX_SMTP_URL if code == MAIL else settings.SANDBOX_URL)


def recent(lines: Iterable[dict[str, Any]], now: datetime) -> list[dict[str, Any]]:
    """Lines of an exchange, newest first, as far as they are kept."""
    return [line for line in lines if datetime.fromisoformat(line["at"]) > now - LINES_KEPT][:MOST_LINES]


def looks_like_token(text: str) -> bool:
    return _TOKEN.fullmatch(text) is not None
