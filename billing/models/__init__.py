"""Plans, subscriptions and what is paid for them, in the public schema. Companies of the registry are named by key."""

from .cards import CardAccount, CardEvent, CardSession
from .invoices import Act, Counter, Invoice, InvoiceLine, Payment
from .plans import AddOn, Extra, Plan, PlanVersion
from .subscriptions import Subscription
from .usage import Ceiling, MeterDay, UsageDay

__all__ = [
    "Act",
    "AddOn",
    "CardAccount",
    "CardEvent",
    "CardSession",
    "Ceiling",
    "Counter",
    "Extra",
    "Invoice",
    "InvoiceLine",
    "MeterDay",
    "Payment",
    "Plan",
    "PlanVersion",
    "Subscription",
    "UsageDay",
]
