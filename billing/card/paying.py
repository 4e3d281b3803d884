"""What is asked of the provider: a customer, an address where a card is taken, a change, an end. Outside any scope.

Every deed carries a key of ours, so that one that is repeated after a lost answer is done once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import stripe as library

from billing.rules.card import METER, UNITS, Wanted, kopecks, rubles
from billing.rules.offers import Line

from .catalogue import event_name, prices_of
from .client import calls_stripe, client, keyed

Items = Sequence[Wanted]
OPEN, COMPLETE, EXPIRED = "open", "complete", "expired"


@dataclass(frozen=True)
class Offered:
    """An address where a person pays."""

    session: str
    url: str


@dataclass(frozen=True)
class Counted:
    """What a change would take from the card now: lines that are added, what is unused of those that go."""

    lines: tuple[Line, ...]
    unused: Decimal
    credit: Decimal
    charge: Decimal
    credit_after: Decimal
    begins: datetime
    ends: datetime


@calls_stripe
def new_customer(schema: str, name: str, email: str) -> str:
    """The customer that a company is there; asked again it is the same. Nothing but the payer's contact goes there."""
    told = {"name": name, "metadata": {"company": schema}, "preferred_locales": ["ru"]}
    made = client().v1.customers.create(
        told | ({"email": email} if email else {}),  # type: ignore[arg-type]
        keyed(f"{schema}:customer"),
    )
    return made.id


@calls_stripe
def begin(customer: str, items: Items, *, schema: str, key: str, back: str, starts: datetime | None) -> Offered:
    """An address where the customer gives a card for a choice; the first money is taken at `starts`, or at once."""
    known = prices_of(items)
    subscription: dict[str, Any] = {"metadata": {"company": schema}}
    if starts is not None:
        subscription["trial_end"] = int(starts.timestamp())
        subscription["trial_settings"] = {"end_behavior": {"missing_payment_method": "cancel"}}
    told: Any = {
        "mode": "subscription",
        "customer": customer,
        "client_reference_id": schema,
        "line_items": [_counted(known[one.key], one.count) for one in items],
        "subscription_data": subscription,
        "payment_method_collection": "always",
        "locale": "ru",
        "success_url": f"{back}?card={{CHECKOUT_SESSION_ID}}",
        "cancel_url": f"{back}?card=none",
    }
    made = client().v1.checkout.sessions.create(told, keyed(key))
    return Offered(made.id, str(made.url))


@calls_stripe
def state_of(session: str) -> str:
    """Whether an address is open, complete or expired."""
    return str(client().v1.checkout.sessions.retrieve(session).status)


@calls_stripe
def expire(session: str) -> None:
    """Nobody pays at this address any more. One that is over already stays as it is."""
    try:
        client().v1.checkout.sessions.expire(session)
    except library.InvalidRequestError:
        if state_of(session) == OPEN:
            raise


@calls_stripe
def portal(customer: str, back: str) -> str:
    """An address where the customer changes the card and sees receipts."""
    told: Any = {"customer": customer, "return_url": back, "locale": "ru"}
    return client().v1.billing_portal.sessions.create(told).url


@calls_stripe
def change(subscription: str, items: Items, *, key: str) -> None:
    """Take another choice now, with what is unused taken off. Refused by the bank, nothing changes. CardRefused.

    Whoever has given renewal up has given it up for the other choice, too: only he himself asks for it again.
    """
    told: Any = {
        "items": _exchanged(subscription, items, prices_of(items)),
        "proration_behavior": "always_invoice",
        "payment_behavior": "error_if_incomplete",
    }
    client().v1.subscriptions.update(subscription, told, keyed(key))


@calls_stripe
def put_off(subscription: str, until: datetime, *, key: str) -> None:
    """Take the first money of a subscription that waits for it later."""
    told: Any = {"trial_end": int(until.timestamp()), "proration_behavior": "none"}
    client().v1.subscriptions.update(subscription, told, keyed(key))


@calls_stripe
def add(subscription: str, items: Items, *, key: str) -> None:
    """Let a subscription pay for what is used by the unit as well; nothing of it is paid now."""
    known = prices_of(items)
    told: Any = {"items": [{"price": known[one.key]} for one in items], "proration_behavior": "none"}
    client().v1.subscriptions.update(subscription, told, keyed(key))


@calls_stripe
def used_of(customer: str, code: str, *, since: datetime, until: datetime) -> int:
    """For how many kopecks of a meter the provider knows of a customer within a time of whole minutes."""
    meter = next(
        (one.id for one in client().v1.billing.meters.list({"limit": 100}).data if one.event_name == event_name(code)),
        None,
    )
    if meter is None:
        return 0
    told: Any = {
        "customer": customer, "start_time": int(since.timestamp()), "end_time": int(until.timestamp()), "limit": 100,
    }  # fmt: skip
    return int(sum(one.aggregated_value for one in client().v1.billing.meters.event_summaries.list(meter, told).data))


@calls_stripe
def preview(customer: str, subscription: str, items: Items) -> Counted:
    """What a change would cost now; nothing is changed."""
    known = prices_of(items)
    titles = {known[one.key]: one.title for one in items}
    details = {"items": _exchanged(subscription, items, known), "proration_behavior": "always_invoice"}
    told: Any = {"customer": customer, "subscription": subscription, "subscription_details": details}
    invoice = client().v1.invoices.create_preview(told).to_dict()
    lines = [line for line in invoice["lines"]["data"] if int(line["amount"])]
    added = [line for line in lines if int(line["amount"]) > 0]
    ends = [int(line["period"]["end"]) for line in added] or [int(invoice["period_end"])]
    begins = [int(line["period"]["start"]) for line in added] or [int(invoice["period_start"])]
    before, after = int(invoice["starting_balance"]), int(invoice["ending_balance"] or 0)
    return Counted(
        lines=tuple(Line(_titled(line, titles), 1, rubles(int(line["amount"]))) for line in added),
        unused=rubles(-sum(int(line["amount"]) for line in lines if int(line["amount"]) < 0)),
        credit=rubles(-before),
        charge=rubles(int(invoice["amount_due"])),
        credit_after=rubles(-after),
        begins=datetime.fromtimestamp(max(begins), UTC),
        ends=datetime.fromtimestamp(max(ends), UTC),
    )


@calls_stripe
def renew(subscription: str, *, on: bool, key: str) -> None:
    """Whether the next period is taken by itself; what is paid stays in any case."""
    client().v1.subscriptions.update(subscription, {"cancel_at_period_end": not on}, keyed(key))


@calls_stripe
def end(subscription: str) -> None:
    """Give a subscription up at once: for one whose card is refused there is no paid day to wait for. What was used by
    the unit is asked for all the same."""
    client().v1.subscriptions.cancel(subscription, {"invoice_now": True, "prorate": False})


@calls_stripe
def take_back(customer: str, amount: Decimal, currency: str, *, key: str) -> None:
    """What the provider held for the customer's next invoices is held here from now on."""
    text = "Перенесено на счёт компании"
    told: Any = {"amount": kopecks(amount), "currency": currency.lower(), "description": text}
    client().v1.customers.balance_transactions.create(customer, told, keyed(key))


@calls_stripe
def forget(customer: str) -> None:
    """Let the provider forget a payer: his subscriptions end at once, nothing more is taken. May be repeated."""
    try:
        client().v1.customers.delete(customer)
    except library.InvalidRequestError as refusal:
        if refusal.code != "resource_missing":
            raise


@calls_stripe
def try_anew(invoice: str, *, card: str, key: str) -> None:
    """Pay a waiting invoice with another card. CardRefused."""
    client().v1.invoices.pay(invoice, {"payment_method": card}, keyed(key))


@calls_stripe
def tell_use(customer: str, code: str, value: int, *, key: str, at: datetime) -> None:
    """For how many kopecks of a metered extra was used; told again under the same key it counts once."""
    event: Any = {
        "event_name": event_name(code),
        "payload": {"stripe_customer_id": customer, "value": str(value)},
        "identifier": key,
        "timestamp": int(at.timestamp()),
    }
    client().v1.billing.meter_events.create(event, keyed(key))


def _titled(line: Mapping[str, Any], titles: Mapping[str, str]) -> str:
    """A line in our words: the provider's are English."""
    price = ((line.get("pricing") or {}).get("price_details") or {}).get("price")
    title = titles.get(price["id"] if isinstance(price, Mapping) else str(price), str(line["description"]))
    count = int(line.get("quantity") or 1)
    counted = f"{title} × {count}" if count > 1 else title
    details = (line.get("parent") or {}).get("subscription_item_details") or {}
    return f"{counted}, за остаток срока" if details.get("proration") else counted


def _exchanged(subscription: str, items: Items, known: Mapping[str, str]) -> list[dict[str, Any]]:
    """Items by which a subscription becomes a choice: the same thing keeps its item, what is left over goes."""
    standing: dict[tuple[str, str], str] = {}
    for item in client().v1.subscription_items.list({"subscription": subscription, "limit": 100}).data:
        marks = item.to_dict()["price"].get("metadata") or {}
        standing[marks.get("what", ""), marks.get("code", "")] = item.id
    told = []
    for one in items:
        place = standing.pop((one.what, one.code), None)
        told.append(_counted(known[one.key], one.count) | ({"id": place} if place else {}))
    # What has been used of an extra is owed, whatever is bought instead of it.
    gone = [{"id": item, "deleted": True} | _owed(what) for (what, _), item in standing.items()]
    return [*told, *gone]


def _owed(what: str) -> dict[str, Any]:
    return {"clear_usage": False} if what in (METER, UNITS) else {}


def _counted(price: str, count: int | None) -> dict[str, Any]:
    return {"price": price} if count is None else {"price": price, "quantity": count}
