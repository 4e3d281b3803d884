"""Ways to pay. Whatever asks for money asks a provider, and which one a company pays by stands in its subscription."""

from billing.models import Subscription
from core.context import control_scope

from .base import Asked, Begun, Provider
from .card import CardProvider
from .transfer import TransferProvider

PROVIDERS: dict[str, Provider] = {
    Subscription.By.TRANSFER.value: TransferProvider(),
    Subscription.By.CARD.value: CardProvider(),
}


def provider(code: str) -> Provider:
    """One of the ways to pay by its code."""
    return PROVIDERS[code]


def provider_of(company_id: int) -> Provider:
    """By which a company pays now: by transfer until it has chosen another. Outside any scope."""
    with control_scope():
        by = Subscription.objects.filter(pk=company_id).values_list("by", flat=True).first()
    return PROVIDERS[by or Subscription.By.TRANSFER.value]


__all__ = ["Asked", "Begun", "Provider", "provider", "provider_of"]
