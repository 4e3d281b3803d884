"""The providers of SMS that a company may choose from."""

from collections.abc import Mapping

from .anyhttp import AnyHttp
from .interface import SmsAccount, SmsProvider
from .smsaero import SmsAero
from .smsc import Smsc
from .smsru import SmsRu

PROVIDERS: Mapping[str, SmsProvider] = {"smsc": Smsc(), "smsru": SmsRu(), "smsaero": SmsAero(), "http": AnyHttp()}
USUAL, WRITTEN = "smsc", "http"


def provider_of(account: SmsAccount) -> SmsProvider:
    """The client for an account."""
    return PROVIDERS[account.provider]
