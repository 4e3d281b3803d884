"""Invoices paid by bank transfer: our own numbers, our own credit, a statement that is read."""

from django.conf import settings

from billing.actions.invoices import issue_invoice
from billing.actions.subscriptions import change_plan
from billing.models import Subscription
from billing.queries import held_of, read_wish, subscription_of, today
from billing.rules.papers import Buyer
from billing.rules.prices import Quote, quote
from core.context import control_scope

from .base import Asked, Begun


class TransferProvider:
    """Works everywhere and has nobody outside to ask."""

    code = Subscription.By.TRANSFER.value

    def is_offered(self) -> bool:
        return bool(settings.SELLER["name"])

    def preview(self, asked: Asked) -> Quote:
        day = today()
        with control_scope():
            row = subscription_of(asked.company.id)
            return quote(held_of(row), read_wish(row, asked.wish, day), day)

    def begin(self, asked: Asked) -> Begun:
        buyer = asked.buyer or Buyer("", "")
        with control_scope():
            return Begun(invoice=issue_invoice(asked.company.schema, asked.wish, buyer, by=asked.by))

    def change(self, asked: Asked) -> None:
        with control_scope():
            change_plan(asked.company.schema, asked.wish, by=asked.by)
