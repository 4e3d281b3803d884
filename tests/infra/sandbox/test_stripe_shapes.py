"""Every object of the stand-in has the attributes that the typed classes of the `stripe` package declare."""

import time
from collections.abc import Iterator
from decimal import Decimal
from inspect import get_annotations
from types import UnionType
from typing import Any, ForwardRef, Literal, Union, get_args, get_origin

import pytest
import stripe
from stripe import ListObject, StripeObject

from tests.infra.sandbox.process import SandboxProcess
from tests.infra.sandbox.stripe_people import GOOD, KEY, LATER_BAD, SECRET, Shop

DAY = 86_400
# What nobody but the library puts into an object.
_LIBRARYS = {"deleted"}


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    variables = {"SANDBOX_STRIPE_KEY": KEY, "SANDBOX_STRIPE_SECRET": SECRET}
    sandbox = SandboxProcess(tmp_path_factory.mktemp("shapes"), **variables).start()
    yield Shop(sandbox)
    sandbox.stop()


def wrong(value: Any, told: Any, where: str) -> Iterator[str]:
    """What of a value does not fit an annotation of the package."""
    if isinstance(told, ForwardRef):
        told = told.__forward_arg__
    if isinstance(told, str):
        told = _named(told)
    origin, inner = get_origin(told), get_args(told)
    if told is Any or told is None:
        return
    if origin in (Union, UnionType):
        if value is None and type(None) in inner:
            return
        found = [list(wrong(value, one, where)) for one in inner if one is not type(None)]
        if all(found):
            yield min(found, key=len)[0]
    elif origin is Literal:
        if value not in inner:
            yield f"{where}: {value!r} is none of {inner}"
    elif origin is list:
        if not isinstance(value, list):
            yield f"{where}: {value!r} is no list"
            return
        for number, one in enumerate(value):
            yield from wrong(one, inner[0], f"{where}[{number}]")
    elif origin is not None and issubclass(origin, ListObject):
        yield from wrong_object(value, ListObject, where, skipped={"data"})
        for number, one in enumerate(value["data"]):
            yield from wrong(one, inner[0], f"{where}.data[{number}]")
    elif origin is not None and issubclass(origin, StripeObject):
        if not isinstance(value, dict):
            yield f"{where}: {value!r} is no object"
    elif isinstance(told, type) and issubclass(told, StripeObject):
        yield from wrong_object(value, told, where)
    elif told is Decimal:
        Decimal(str(value))
    elif isinstance(told, type) and (not isinstance(value, told) or (told is int and isinstance(value, bool))):
        yield f"{where}: {value!r} is no {told.__name__}"


def wrong_object(value: Any, kind: Any, where: str, skipped: frozenset[str] | set[str] = frozenset()) -> Iterator[str]:
    """Attributes that are missing, unknown, or of another type."""
    if not isinstance(value, dict):
        yield f"{where}: {value!r} is no {kind.__name__}"
        return
    known = {name: told for name, told in get_annotations(kind).items() if name[0].islower()}
    for name, told in known.items():
        if name in _LIBRARYS or name in skipped:
            continue
        if name not in value:
            yield f"{where}.{name} is missing"
        else:
            yield from wrong(value[name], told, f"{where}.{name}")
    if kind is not ListObject:
        yield from (f"{where}.{name} is unknown" for name in value if name not in known)


def _named(text: str) -> Any:
    """A class of the package by the name that stands in an annotation."""
    if text.startswith("ExpandableField["):
        return str | _named(text[len("ExpandableField[") : -1].strip("\"'"))
    if text.startswith("ListObject["):
        return ListObject[_named(text[len("ListObject[") : -1].strip("\"'"))]
    name = text.strip("\"'")
    # Names of other parts of the package, or under which it imports them: an object of one is looked at by itself.
    return getattr(stripe, name, Any)


def looked_at(obj: StripeObject) -> list[str]:
    return list(wrong_object(obj.to_dict(for_json=True), type(obj), type(obj).__name__))


def everything(shop: Shop) -> Iterator[StripeObject]:
    """One of each kind, in the states in which they are read."""
    start = int(time.time())
    api = shop.stripe
    clock = shop.clock(start)
    customer = shop.customer(clock)
    yield api.test_helpers.test_clocks.retrieve(clock)
    yield api.products.create({"name": "x"})
    yield api.prices.retrieve(shop.prices["plan-month"])
    session = shop.session(customer, ("plan-month", 1), subscription_data={"trial_end": start + 3 * DAY})
    yield session
    shop.give(session.url, LATER_BAD)
    yield api.checkout.sessions.retrieve(session.id)
    [found] = api.subscriptions.list({"customer": customer, "status": "all"}).data
    yield found
    shop.stripe.test_helpers.test_clocks.advance(clock, {"frozen_time": start + 4 * DAY})
    owing = api.subscriptions.retrieve(found.id)
    yield owing
    yield from api.invoices.list({"subscription": found.id}).data
    for payment in api.invoice_payments.list({"invoice": str(owing.latest_invoice)}).data:
        yield payment
        yield api.payment_intents.retrieve(str(payment.payment.payment_intent))
    portal = api.billing_portal.sessions.create({"customer": customer, "return_url": "http://alfa.localhost/"})
    yield portal
    shop.give(portal.url, GOOD)
    yield api.invoices.pay(str(owing.latest_invoice))
    yield api.customers.retrieve(customer)
    yield api.payment_methods.retrieve(str(api.subscriptions.retrieve(found.id).default_payment_method))
    told: Any = {"items": [{"price": shop.prices["seat-month"], "quantity": 2}], "proration_behavior": "always_invoice"}
    yield api.invoices.create_preview(
        {"customer": customer, "subscription": found.id, "subscription_details": {"items": told["items"]}}
    )
    yield api.subscriptions.update(found.id, told)
    yield from api.subscription_items.list({"subscription": found.id}).data
    name = f"calls_{start}"
    aggregation: Any = {"formula": "sum"}
    yield api.billing.meters.create({"display_name": "x", "event_name": name, "default_aggregation": aggregation})
    payload = {"stripe_customer_id": customer, "value": "3"}
    yield api.billing.meter_events.create({"event_name": name, "payload": payload})
    yield api.customers.balance_transactions.create(customer, {"amount": 100, "currency": "rub"})
    yield api.subscriptions.cancel(found.id)
    yield from api.events.list({"limit": 100}).data


def test_every_object_is_as_the_package_says(shop):
    seen: dict[str, int] = {}
    found: set[str] = set()
    for obj in everything(shop):
        seen[type(obj).__name__] = seen.get(type(obj).__name__, 0) + 1
        found.update(looked_at(obj))
    assert found == set()
    assert {"Customer", "Subscription", "Invoice", "InvoicePayment", "PaymentIntent", "Event", "Meter"} <= set(seen)


def test_the_eye_that_looks(shop):
    """It must see what is missing, unknown and of another type."""
    whole = shop.stripe.products.create({"name": "x"}).to_dict(for_json=True)
    kind = stripe.Product
    assert list(wrong_object(whole, kind, "p")) == []
    assert list(wrong_object({**whole, "nonsense": 1}, kind, "p")) == ["p.nonsense is unknown"]
    assert list(wrong_object({**whole, "active": "yes"}, kind, "p")) == ["p.active: 'yes' is no bool"]
    assert list(wrong_object({**whole, "object": "price"}, kind, "p")) != []
    assert list(wrong_object({name: told for name, told in whole.items() if name != "name"}, kind, "p")) == [
        "p.name is missing"
    ]
