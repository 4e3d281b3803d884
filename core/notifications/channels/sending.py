"""Handing one message over by its channel."""

from typing import Any

from core import throttle
from core.gateways.errors import GatewayBusy
from core.gateways.mail.client import MailAccount, send_letter
from core.gateways.sms.interface import SmsAccount
from core.gateways.sms.providers import provider_of
from core.gateways.telegram.client import TelegramAccount, send_text
from core.gateways.telegram.memory import meet

from .outgoing import Outgoing

# What the Bot API bears: 30 a second in all, to one chat one a second with short bursts (it promises neither).
_OF_BOT, _OF_CHAT, _SECOND = 25, 3, 1


def hand_over(message: Outgoing) -> dict[str, Any]:
    """Send a message; what is to be remembered of it. The gateways' errors."""
    if isinstance(message.account, MailAccount) and message.letter is not None:
        send_letter(message.account, message.letter)
        return {}
    if isinstance(message.account, TelegramAccount):
        chat = int(message.address)
        _wait_for_turn(message.account, chat)
        number = send_text(message.account, chat, message.text, message.buttons, asks=message.asks)
        meet(message.account, chat, message.schema)
        return {"message": number, "bot": message.account.bot_id}
    if isinstance(message.account, SmsAccount):
        account, provider = message.account, provider_of(message.account)
        sent = provider.send(account, to=message.address, text=message.text, client_id=message.client_id)
        found = {"provider": account.provider, "provider_id": sent.provider_id}
        said = "" if message.is_secret else message.text
        return {"segments": sent.segments, "price": sent.price, "text": said, **found}
    raise LookupError(f"no account for {message.channel}")


def _wait_for_turn(account: TelegramAccount, chat: int) -> None:
    """GatewayBusy when the bot or the chat has had enough for this second: others must not wait for it."""
    if throttle.count("telegram-chat", f"{account.bot_id}:{chat}", seconds=_SECOND) > _OF_CHAT:
        raise GatewayBusy(_SECOND)
    if throttle.count("telegram-bot", account.bot_id, seconds=_SECOND) > _OF_BOT:
        raise GatewayBusy(_SECOND)
