"""Asking the services whether they answer, and telling Telegram where to send what people press."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from core.context import Company, company_scope
from core.identity.models import User
from core.identity.secrets import keyed_for
from core.mail import Letter

from .actions import ASKED, ASKED_BY, remember_check
from .errors import GatewayBusy, GatewayRefused, GatewaySilent
from .mail.client import send_letter
from .mail.masking import masked
from .models import Gateway
from .queries import PLATFORM_SCOPE, as_it_stands, mail_account, shared_bots, sms_account, telegram_account
from .rules import MAIL, SMS, STORE, TELEGRAM
from .sms.providers import provider_of
from .store.client import try_out
from .telegram.client import TelegramAccount, bot_name, set_webhook

log = logging.getLogger(__name__)
HOOK = "/api/v1/hooks/telegram/"


@dataclass(frozen=True)
class _Question:
    """What a service is asked outside of the scope; the answer is what of it is kept. `to` is a masked address."""

    ask: Callable[[], dict[str, Any]]
    to: str = ""


def check_gateway(company: Company, row_id: int) -> None:
    """Ask a service whether the account is right, and keep what it said and how long it took."""
    with company_scope(company):
        row = Gateway.objects.filter(pk=row_id).first()
        if row is None or as_it_stands(row).mode == Gateway.Mode.OFF:
            return
        question = _QUESTIONS[row.code](company, row)
    begun = time.monotonic()
    try:
        options, error = question.ask(), ""
    except GatewayRefused as refusal:
        options, error = {}, refusal.reason
    except GatewayBusy:
        options, error = {}, "Служба просит подождать. Проверьте позже"
    except GatewaySilent as silence:
        options, error = {}, str(silence)
    ms = round((time.monotonic() - begun) * 1000)
    with company_scope(company):
        remember_check(row_id, error=error, options=options, ms=ms, to=question.to)


def set_shared_webhooks(company: None, subject_id: int) -> None:
    """Tell Telegram where the shared bots' updates go; said again now and then, because it is cheap and heals."""
    for account in shared_bots():
        try:
            set_webhook(account, f"{settings.PUBLIC_URL}{HOOK}", webhook_secret(account))
        except (GatewayRefused, GatewaySilent, GatewayBusy):
            # Without it only buttons and linking are silent; the next tick says it again.
            log.warning("webhook of %s could not be set", account.name, exc_info=True)


def webhook_secret(account: TelegramAccount) -> str:
    """What Telegram puts into the header of each update of this bot."""
    return keyed_for(account.scope, "telegram-webhook", account.bot_id)


def _about_mail(company: Company, row: Gateway) -> _Question:
    """A letter to whoever has asked."""
    account = mail_account()
    address = User.objects.filter(principal=row.options.get(ASKED_BY)).values_list("email", flat=True).first()
    if account is None:
        return _Question(_is_off)
    if not address:
        return _Question(_has_nobody)
    letter = Letter(
        to=address,
        subject="Проверка почты",
        paragraphs=("Почта работает: это письмо отправлено по вашей просьбе из раздела «Интеграции».",),
        key=f"{company.schema}-mail-check-{row.options.get(ASKED, 0)}",
        brand=company.name,
    )

    def ask() -> dict[str, Any]:
        send_letter(account, letter)
        return {}

    return _Question(ask, to=masked(address))


def _about_telegram(company: Company, row: Gateway) -> _Question:
    account = telegram_account()
    if account is None:
        return _Question(_is_off)
    # A bot of the company's own reports to the company's own host.
    own = row.mode == Gateway.Mode.OWN
    base = f"{settings.PUBLIC_SCHEME}://{company.hosts[0]}{settings.ORIGIN_PORT}" if own else settings.PUBLIC_URL

    def ask() -> dict[str, Any]:
        name = bot_name(account)
        set_webhook(account, f"{base}{HOOK}", webhook_secret(account))
        return {"name": name} if account.scope != PLATFORM_SCOPE else {}

    return _Question(ask)


def _about_sms(company: Company, row: Gateway) -> _Question:
    account = sms_account()
    return _Question((lambda: {"balance": provider_of(account).balance(account)}) if account else _is_off)


def _about_store(company: Company, row: Gateway) -> _Question:
    def ask() -> dict[str, Any]:
        try_out(company.schema)
        return {}

    return _Question(ask)


def _is_off() -> dict[str, Any]:
    raise GatewayRefused("Служба выключена в этой установке")


def _has_nobody() -> dict[str, Any]:
    raise GatewayRefused("Письмо для проверки послать некому: у того, кто её попросил, нет адреса почты")


_QUESTIONS: dict[str, Callable[[Company, Gateway], _Question]] = {
    MAIL: _about_mail,
    TELEGRAM: _about_telegram,
    SMS: _about_sms,
    STORE: _about_store,
}
