"""What a provider of SMS does for the house, whoever it is."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class SmsAccount:
    """Sign-in at a provider; `sender` is the name that telephones show, empty for the provider's own."""

    login: str
    password: str
    api_url: str
    sender: str = ""
    is_demo: bool = False


@dataclass(frozen=True)
class SmsSent:
    """What the provider said: parts billed and their price in roubles, as it writes it."""

    segments: int
    price: str


@dataclass(frozen=True)
class SmsState:
    """`status` is one of waiting, delivered, failed; `reason` is a Russian sentence for the last."""

    status: str
    reason: str = ""


class SmsProvider(Protocol):
    """`client_id` is ours: by it a message whose answer was lost is found again."""

    def send(self, account: SmsAccount, *, to: str, text: str, client_id: int) -> SmsSent:
        """Hand a message over. GatewayUnsure: it may have been taken. GatewaySilent, GatewayBusy, GatewayRefused."""

    def state(self, account: SmsAccount, *, to: str, client_id: int) -> SmsState | None:
        """How a message fares; None when the provider has never seen it. GatewaySilent, GatewayRefused."""

    def balance(self, account: SmsAccount) -> str:
        """Money left; also the check that the account is right. GatewaySilent, GatewayRefused."""
