"""Asking the services whether they answer, and telling Telegram where to send what people press."""

import logging
from typing import Any

from django.conf import settings

from core.context import Company, company_scope
from core.identity.secrets import keyed_for

from .actions import remember_check
from .errors import GatewayBusy, GatewayRefused, GatewaySilent
from .models import Gateway
from .queries import PLATFORM_SCOPE, shared_bots, sms_account, telegram_account
from .rules import TELEGRAM
from .sms.interface import SmsAccount
from .sms.providers import provider_of
from .telegram.client import TelegramAccount, bot_name, set_webhook

log = logging.getLogger(__name__)
HOOK = "/api/v1/hooks/telegram/"


def check_gateway(company: Company, row_id: int) -> None:
    """Ask a service whether the account is right, and keep what it said."""
    with company_scope(company):
        row = Gateway.objects.filter(pk=row_id).first()
        if row is None or row.mode == Gateway.Mode.OFF:
            return
        account: Any = telegram_account() if row.code == TELEGRAM else sms_account()
        own = row.mode == Gateway.Mode.OWN
    try:
        options, error = _ask(company, account, own=own), ""
    except GatewayRefused as refusal:
        options, error = {}, refusal.reason
    except (GatewaySilent, GatewayBusy):
        options, error = {}, "Служба не отвечает. Проверьте связь и повторите"
    with company_scope(company):
        remember_check(row_id, error=error, options=options)


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


def _ask(company: Company, account: Any, *, own: bool) -> dict[str, Any]:
    if account is None:
        raise GatewayRefused("Служба выключена в этой установке")
    if isinstance(account, SmsAccount):
        return {"balance": provider_of(account).balance(account)}
    name = bot_name(account)
    # A bot of the company's own reports to the company's own host.
    base = f"{settings.PUBLIC_SCHEME}://{company.hosts[0]}{settings.ORIGIN_PORT}" if own else settings.PUBLIC_URL
    set_webhook(account, f"{base}{HOOK}", webhook_secret(account))
    return {"name": name} if account.scope != PLATFORM_SCOPE else {}
