"""What a provider of SMS does for the house, whoever it is."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class SmsAccount:
    """Sign-in at a provider; `sender` is the name that telephones show, empty for the provider's own.

    `login` is empty where the provider knows accounts by a key alone, which is the password then. `body` and `accepted`
    belong to a provider whose request the company has written down: what is sent, and the words of a good answer.
    """

    login: str
    password: str
    api_url: str
    sender: str = ""
    is_demo: bool = False
    provider: str = "smsc"
    body: str = ""
    accepted: str = ""


@dataclass(frozen=True)
class SmsSent:
    """What the provider said: parts billed, their price in roubles as it writes it, its own number of the message."""

    segments: int
    price: str
    provider_id: str = ""


@dataclass(frozen=True)
class SmsState:
    """`status` is one of waiting, delivered, failed, silent (nobody can tell); `reason` is a Russian sentence."""

    status: str
    reason: str = ""


class SmsProvider(Protocol):
    """`client_id` is our number of a message, `provider_id` what `send` has answered, empty when its answer was lost.

    `title` is how people know the provider, `keys` what an account of it needs.
    """

    title: str
    keys: tuple[str, ...]

    def send(self, account: SmsAccount, *, to: str, text: str, client_id: int) -> SmsSent:
        """Hand a message over. GatewayUnsure: it may have been taken. GatewaySilent, GatewayBusy, GatewayRefused."""

    def state(self, account: SmsAccount, *, to: str, client_id: int, provider_id: str) -> SmsState | None:
        """How a message fares; None when the provider has surely never seen it. GatewaySilent, GatewayRefused."""

    def balance(self, account: SmsAccount) -> str:
        """Money left; also the check that the account is right. GatewaySilent, GatewayRefused."""
