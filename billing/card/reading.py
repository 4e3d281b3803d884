"""What is read at the provider of one customer, as our rules need it. Outside any scope."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from billing.rules.card import METER, TRIALING, UNITS, Card, PaidInvoice, Part, Seen, is_period, rubles

from .client import calls_stripe, client

# The newest are enough: what was paid before has been read before.
_INVOICES = 100
_SUBSCRIPTIONS = 20
Told = Mapping[str, Any]


@calls_stripe
def look(customer: str) -> Seen | None:
    """The subscription of a customer as it stands now; None when there never was one."""
    stripe = client().v1
    expand = ["data.default_payment_method", "data.latest_invoice"]
    page = stripe.subscriptions.list({"customer": customer, "status": "all", "limit": _SUBSCRIPTIONS, "expand": expand})
    found = [one.to_dict() for one in page.data]
    chosen = _chosen(found)
    if chosen is None:
        return None
    # Of all that the customer ever had: the last money of a former subscription is money, too.
    paid = stripe.invoices.list({"customer": customer, "status": "paid", "limit": _INVOICES})
    waiting = stripe.invoices.list({"customer": customer, "status": "open", "limit": _INVOICES})
    metered = _metered_items(found)
    seen = _seen(chosen, [one.to_dict() for one in paid.data], _customer(customer), metered)
    living = {one["id"] for one in found if one["status"] not in _OVER}
    left = [one for row in waiting.data if _used_in(one := row.to_dict(), metered) and _whose(one) not in living]
    return _with_left(seen, left)


def _chosen(found: Iterable[Told]) -> Told | None:
    """The one that lives; of those that are over, the newest."""
    rows = sorted(found, key=lambda one: (one["status"] in _NOT_BEGUN, -one["created"], one["id"]))
    living = [one for one in rows if one["status"] not in _OVER]
    return next(iter([*living, *rows]), None)


_NOT_BEGUN = ("incomplete", "incomplete_expired")
_OVER = (*_NOT_BEGUN, "canceled")


def _metered_items(found: Iterable[Told]) -> frozenset[str]:
    """Items that are paid for by the unit; one keeps its name whatever is bought beside it."""
    items = [item for one in found for item in one["items"]["data"]]
    return frozenset(
        item["id"] for item in items if (item["price"].get("metadata") or {}).get("what") in (METER, UNITS)
    )


def _with_left(seen: Seen, left: list[dict[str, Any]]) -> Seen:
    """What a subscription that is over has left to pay, and where; a living one that owes comes first."""
    if not left:
        return seen
    total = rubles(sum(int(one["amount_remaining"]) for one in left))
    if seen.owed:
        return replace(seen, left=total)
    oldest = left[-1]
    return replace(seen, left=total, owed=oldest["id"], pay_url=str(oldest.get("hosted_invoice_url") or ""))


def _whose(invoice: Told) -> str:
    """The subscription that an invoice belongs to; empty when to none."""
    return str(((invoice.get("parent") or {}).get("subscription_details") or {}).get("subscription") or "")


def _used_in(invoice: Told, metered: frozenset[str]) -> Decimal:
    return rubles(sum(int(line["amount"]) for line in invoice["lines"]["data"] if _item_of(line) in metered))


def _item_of(line: Told) -> str:
    details = (line.get("parent") or {}).get("subscription_item_details") or {}
    return str(details.get("subscription_item") or "")


def _seen(told: Told, invoices: list[dict[str, Any]], customer: Told, metered: frozenset[str]) -> Seen:
    last = told.get("latest_invoice") or {}
    owed = last if told["status"] in ("past_due", "unpaid") and last.get("status") == "open" else {}
    problem, refused = _problem_of(owed["id"]) if owed and owed.get("attempted") else ("", "")
    return Seen(
        subscription=told["id"],
        status=told["status"],
        parts=tuple(part for item in told["items"]["data"] if (part := _part_of(item)) is not None),
        cancels_at=_moment(told.get("cancel_at") or _end_of(told)),
        paid=tuple(_paid_of(one, told["id"], metered) for one in invoices),
        card=_card_of(told, customer),
        problem=problem,
        problem_card=refused,
        owed=str(owed.get("id") or ""),
        pay_url=str(owed.get("hosted_invoice_url") or ""),
        trial_ends=_moment(told.get("trial_end")) if told["status"] == TRIALING else None,
        # There it is less than nothing when the customer is owed something.
        balance=rubles(max(-int(customer.get("balance") or 0), 0)),
    )


def _end_of(told: Told) -> int | None:
    """When a subscription ends that its customer has given up."""
    if not told.get("cancel_at_period_end"):
        return None
    return max((int(item["current_period_end"]) for item in told["items"]["data"]), default=None)


def _part_of(item: Told) -> Part | None:
    """An item that we have sold; one that somebody has added by hand there is nothing to us."""
    price = item["price"]
    marks, rhythm = price.get("metadata") or {}, price.get("recurring") or {}
    if not str(marks.get("version", "")).isdigit() or not is_period(
        rhythm.get("interval", ""), int(rhythm.get("interval_count", 0))
    ):
        return None
    count = int(item.get("quantity") or 0)
    return Part(int(marks["version"]), marks.get("what", ""), marks.get("code", ""), count, rhythm["interval"])


def _paid_of(told: Told, subscription: str, metered: frozenset[str]) -> PaidInvoice:
    """A paid invoice; only those of the subscription that holds pay for days of it."""
    lines = [line for line in told["lines"]["data"] if _item_of(line) not in metered]
    days = [line["period"] for line in lines if _whose(told) == subscription and _is_plan(line)]
    newest = max(days, key=lambda period: period["end"], default=None)
    return PaidInvoice(
        id=told["id"],
        number=str(told.get("number") or told["id"]),
        total=rubles(int(told["amount_paid"])),
        paid_at=_moment(told["status_transitions"].get("paid_at") or told["created"]) or datetime.now(UTC),
        begins=_moment(newest["start"]) if newest else None,
        ends=_moment(newest["end"]) if newest else None,
        used=_used_in(told, metered),
    )


def _is_plan(line: Told) -> bool:
    """A line for a whole period of the plan: neither the evening out of a change nor a trial, which costs nothing."""
    details = (line.get("parent") or {}).get("subscription_item_details") or {}
    return bool(details) and not details["proration"] and int(line["amount"]) > 0


def _card_of(told: Told, customer: Told) -> Card | None:
    # The subscription's own, or the one that stands for whatever the customer buys.
    method = told.get("default_payment_method") or (customer.get("invoice_settings") or {}).get(
        "default_payment_method"
    )
    if not isinstance(method, Mapping) or not method.get("card"):
        return None
    card = method["card"]
    return Card(method["id"], card["brand"], card["last4"], f"{int(card['exp_month']):02d}/{card['exp_year']}")


def _customer(customer: str) -> Told:
    """The customer himself; one that was forgotten has neither a card nor a balance."""
    told = client().v1.customers.retrieve(customer, {"expand": ["invoice_settings.default_payment_method"]})
    return told.to_dict()


def _problem_of(invoice: str) -> tuple[str, str]:
    """(the bank's code, the card) of the last attempt to pay an invoice."""
    page = client().v1.invoice_payments.list(
        {"invoice": invoice, "limit": 1, "expand": ["data.payment.payment_intent"]}
    )
    for one in page.data:
        intent = one.to_dict()["payment"].get("payment_intent")
        if not isinstance(intent, Mapping):
            continue
        if intent["status"] == "requires_action":
            return "authentication_required", str(intent.get("payment_method") or "")
        fault = intent.get("last_payment_error") or {}
        method = fault.get("payment_method") or {}
        return str(fault.get("decline_code") or fault.get("code") or ""), str(method.get("id") or "")
    return "", ""


def _moment(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
