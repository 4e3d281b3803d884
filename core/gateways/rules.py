"""Which ways of connecting a service exist in this installation. No database."""

import re

from django.conf import settings

TELEGRAM, SMS = "telegram", "sms"
TITLES = {TELEGRAM: "Telegram", SMS: "SMS"}
SANDBOX_BOT = "pult_demo_bot"
_TOKEN = re.compile(r"[0-9]{6,15}:[A-Za-z0-9_-]{20,100}")


def modes(code: str) -> list[str]:
    """What an administrator may choose, in order."""
    found = ["platform"] if has_platform(code) else []
    found += ["own"]
    if settings.SANDBOX_URL:
        found.append("sandbox")
    return [*found, "off"]


def default_mode(code: str) -> str:
    """What stands before anybody has chosen."""
    if has_platform(code):
        return "platform"
    return "sandbox" if settings.SANDBOX_URL else "off"


def has_platform(code: str) -> bool:
    """Whether the installation has an account of its own for all companies."""
    return bool(settings.TELEGRAM_BOT_TOKEN if code == TELEGRAM else settings.SMS_PASSWORD)


def looks_like_token(text: str) -> bool:
    return _TOKEN.fullmatch(text) is not None
