"""Taking the buttons away from under a message that has been answered."""

from core.context import Company, company_scope
from core.gateways.errors import GatewayBusy, GatewayRefused, GatewaySilent
from core.gateways.queries import telegram_account
from core.gateways.telegram.client import take_buttons_away

from ..models import Delivery


def untap(company: Company, delivery_id: int) -> None:
    """Remove the buttons; a chat that is gone has none. A silent service is asked again by the outbox."""
    with company_scope(company):
        row = Delivery.objects.filter(pk=delivery_id).first()
        account = telegram_account()
    if row is None or account is None or "message" not in row.trace:
        return
    try:
        take_buttons_away(account, int(row.address), row.trace["message"])
    except GatewayBusy as busy:
        raise GatewaySilent("busy") from busy
    except GatewayRefused:
        # The message is deleted or the chat gone: there is nothing to press any more.
        return
