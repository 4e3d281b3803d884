"""Putting right what stands in a chat: the buttons under a message, and what a message says."""

from collections.abc import Callable

from core.context import Company, company_scope
from core.gateways.errors import GatewayBusy, GatewayRefused, GatewaySilent
from core.gateways.queries import telegram_account
from core.gateways.telegram.client import set_buttons, set_text
from core.gateways.telegram.memory import recall

from ..channels.buttons import keyboard
from ..models import Delivery


def untap(company: Company, delivery_id: int) -> None:
    """Put below a message what can be done now; a chat that is gone has nothing. A silent service is asked again."""
    with company_scope(company):
        row = Delivery.objects.select_related("principal__employee", "entity").filter(pk=delivery_id).first()
        account = telegram_account()
        buttons = keyboard(company.schema, row) if row else ()
    if row is None or account is None or "message" not in row.trace:
        return
    # Of a message that went before its bot was remembered, the present one is taken for the speaker.
    if row.trace.get("bot", account.bot_id) != account.bot_id:
        return
    bot, chat, message = account, int(row.address), row.trace["message"]
    _change(lambda: set_buttons(bot, chat, message, buttons))


def retell(company: Company, token: int) -> None:
    """Let a message say what has become of what it was about; one that nobody remembers stays as it is."""
    state = recall(token)
    with company_scope(company):
        account = telegram_account()
    if state is None or account is None or state["scope"] != account.scope or "message" not in state:
        return
    bot, buttons = account, [(title, data) for title, data in state["buttons"]]
    _change(lambda: set_text(bot, state["chat"], state["message"], state["shown"], buttons))


def _change(edit: Callable[[], None]) -> None:
    try:
        edit()
    except GatewayBusy as busy:
        raise GatewaySilent("busy") from busy
    except GatewayRefused:
        # The message is deleted or the chat gone: there is nothing to press any more.
        return
