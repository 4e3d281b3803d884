"""What every way to pay can do. None of it is called inside a scope: a provider may be somebody outside."""

from dataclasses import dataclass
from typing import Protocol

from billing.models import Invoice
from billing.rules.papers import Buyer
from billing.rules.prices import Quote
from billing.rules.wishes import Wish
from core.access.actor import Actor
from core.context import Company


@dataclass(frozen=True)
class Asked:
    """Who wants what; `buyer` for those who invoice, `back` the page to which those who take cards come back."""

    company: Company
    wish: Wish
    by: Actor
    buyer: Buyer | None = None
    back: str = ""
    email: str = ""


@dataclass(frozen=True)
class Begun:
    """How a choice is paid for: by an invoice, or at an address."""

    invoice: Invoice | None = None
    url: str = ""


class Provider(Protocol):
    """A way to pay; `code` stands in the subscriptions of those who pay by it."""

    code: str

    def is_offered(self) -> bool:
        """Whether this installation takes money so."""

    def preview(self, asked: Asked) -> Quote:
        """What a choice costs somebody who pays so now. Errors: Invalid by field."""

    def begin(self, asked: Asked) -> Begun:
        """Ask for the money of a choice; it holds when the money has come."""

    def change(self, asked: Asked) -> None:
        """Let another choice hold now. Errors: PaymentNeeded where the money has to be asked for first."""
