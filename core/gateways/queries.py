"""Accounts by which the open company talks to the outside services."""

import json
from typing import Any

from django.conf import settings

from core.context import current_company
from core.crypto import decrypt

from .mail.client import MailAccount
from .models import Gateway
from .rules import MAIL, SANDBOX_BOT, SMS, STORE, TELEGRAM, TITLES, default_mode, has_platform
from .sms.interface import SmsAccount
from .sms.providers import USUAL, WRITTEN
from .telegram.client import TelegramAccount
from .webpush.client import PushAccount
from .webpush.vapid import key_of

# In options: the row was not made by a choice.
UNCHOSEN = "unchosen"
PLATFORM_SCOPE = Gateway.Mode.PLATFORM.value
_SANDBOX_LOGIN = "pult"
_IN_SANDBOX = {"smsc": "/smsc/sys", "smsru": "/smsru", "smsaero": "/smsaero/v2", WRITTEN: "/smshttp/send"}
# What a company would write down to reach the sandbox's provider.
_SANDBOX_REQUEST = {"body": "phone={phone}&text={text}&from={sender}&key={key}", "accepted": "accepted"}


def gateway(code: str) -> Gateway:
    """The company's setting of a service; an unsaved one with what stands by default."""
    return as_it_stands(Gateway.objects.filter(code=code).first() or Gateway(code=code, mode=default_mode(code)))


def as_it_stands(row: Gateway) -> Gateway:
    """A row that nobody's choice has made, but a check, says what the installation has now; so does the store's."""
    if row.code == STORE or row.options.get(UNCHOSEN):
        row.mode = default_mode(row.code)
    return row


def chosen_modes() -> dict[str, str]:
    """Code of each service → how this company uses it; one query."""
    chosen = {row.code: as_it_stands(row).mode for row in Gateway.objects.only("code", "mode", "options")}
    return {code: chosen.get(code, default_mode(code)) for code in TITLES}


def mail_account(*, opens_doors: bool = False) -> MailAccount | None:
    """The server that takes this company's letters; None when letters are off.

    `opens_doors`: an invitation, a new password. Such a letter goes although letters are off, because nobody could come
    in and switch them on; it goes into the sandbox like all others where that has been chosen.
    """
    mode = gateway(MAIL).mode
    if mode == Gateway.Mode.SANDBOX and settings.SANDBOX_SMTP_URL:
        return MailAccount(settings.SANDBOX_SMTP_URL, is_demo=True)
    if opens_doors or (mode == Gateway.Mode.PLATFORM and has_platform(MAIL)):
        return MailAccount(settings.SMTP_URL, is_demo=not has_platform(MAIL))
    return None


def bot_scope(mode: str) -> str:
    """How chats with the bot of a mode are marked: those tied to one bot are nothing to another."""
    return current_company().schema if mode == Gateway.Mode.OWN else str(mode)


def telegram_account() -> TelegramAccount | None:
    """The bot that writes to this company's people; None when Telegram is off."""
    row = gateway(TELEGRAM)
    if row.mode == Gateway.Mode.OWN:
        token = secret_of(row)["token"]
        name = row.options.get("name", "")
        return TelegramAccount(token, settings.TELEGRAM_API_URL, name, bot_scope(row.mode), **_demo(row))
    return shared_bot(row.mode)


def shared_bot(mode: str) -> TelegramAccount | None:
    """The bot that all companies share, the real one or the sandbox's; None when there is none."""
    if mode == Gateway.Mode.PLATFORM and has_platform(TELEGRAM):
        api_url = settings.TELEGRAM_API_URL
        return TelegramAccount(settings.TELEGRAM_BOT_TOKEN, api_url, settings.TELEGRAM_BOT_NAME, PLATFORM_SCOPE)
    if mode == Gateway.Mode.SANDBOX and settings.SANDBOX_URL:
        return TelegramAccount(
            settings.SANDBOX_BOT_TOKEN,
            f"{settings.SANDBOX_URL}/telegram",
            SANDBOX_BOT,
            bot_scope(mode),
            is_demo=True,
            page_url=settings.SANDBOX_PUBLIC_URL,
        )
    return None


def shared_bots() -> list[TelegramAccount]:
    """Every bot that companies of this installation may share."""
    found = (shared_bot(mode) for mode in (Gateway.Mode.PLATFORM, Gateway.Mode.SANDBOX))
    return [account for account in found if account is not None]


def sms_account() -> SmsAccount | None:
    """The account that pays for this company's messages; None when SMS are off."""
    row = gateway(SMS)
    if row.mode == Gateway.Mode.OWN:
        secret = secret_of(row)
        provider = provider_code(row)
        login, password = secret.get("login", ""), secret["password"]
        sender = row.options.get("sender", "")
        if provider == WRITTEN:
            written = {name: row.options.get(name, "") for name in ("body", "accepted")}
            return SmsAccount(login, password, row.options.get("address", ""), sender, provider=provider, **written)
        return SmsAccount(login, password, settings.SMS_API_URLS[provider], sender, provider=provider)
    if row.mode == Gateway.Mode.PLATFORM and has_platform(SMS):
        provider = settings.SMS_PROVIDER
        url, sender = settings.SMS_API_URLS[provider], settings.SMS_SENDER
        return SmsAccount(settings.SMS_LOGIN, settings.SMS_PASSWORD, url, sender, provider=provider)
    if row.mode == Gateway.Mode.SANDBOX and settings.SANDBOX_URL:
        provider = provider_code(row)
        url, password = f"{settings.SANDBOX_URL}{_IN_SANDBOX[provider]}", settings.SANDBOX_SMS_PASSWORD
        written = _SANDBOX_REQUEST if provider == WRITTEN else {}
        return SmsAccount(_SANDBOX_LOGIN, password, url, is_demo=True, provider=provider, **written)
    return None


def push_account() -> PushAccount | None:
    """By what this installation is known to the push services of browsers; None when it has no key."""
    if not settings.VAPID_PRIVATE_KEY:
        return None
    return PushAccount(key_of(settings.VAPID_PRIVATE_KEY), settings.PUSH_CONTACT)


def provider_code(row: Gateway) -> str:
    """Which provider of SMS a company has chosen."""
    return row.options.get("provider", USUAL)


def is_demo(row: Gateway) -> bool:
    """Whether nothing leaves this machine: screens say so."""
    return row.mode == Gateway.Mode.SANDBOX


def secret_of(row: Gateway) -> dict[str, Any]:
    """What was entered for the company's own account."""
    return json.loads(decrypt(bytes(row.secret or b""), model="gateways.gateway", field="secret", pk=row.pk))


def own_key(code: str) -> Gateway | None:
    """The row with the company's own key for a service that a mechanism asks by itself."""
    return Gateway.objects.filter(code=code, mode=Gateway.Mode.OWN, secret__isnull=False).first()


def _demo(row: Gateway) -> dict[str, Any]:
    """A bot of one's own may live in the sandbox, too: then its links lead there."""
    if settings.SANDBOX_URL and settings.TELEGRAM_API_URL.startswith(settings.SANDBOX_URL):
        return {"is_demo": True, "page_url": settings.SANDBOX_PUBLIC_URL}
    return {}
