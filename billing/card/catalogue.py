"""Prices at the provider: one for each thing that is sold of a version, made when somebody first wants to buy it."""

import hashlib
from collections.abc import Iterable

from billing.rules.card import METER, Wanted, kopecks

from .client import client, keyed

# So many keys the provider takes in one question.
_AT_ONCE = 10


def prices_of(wanted: Iterable[Wanted]) -> dict[str, str]:
    """The provider's name of each price by our key; those that are not there yet are made. Outside any scope."""
    asked = list(wanted)
    keys = [one.key for one in asked]
    known: dict[str, str] = {}
    for start in range(0, len(keys), _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        found = client().v1.prices.list({"lookup_keys": some, "active": True, "limit": 2 * _AT_ONCE})
        known |= {str(price.lookup_key): price.id for price in found.data}
    return known | {one.key: _make(one) for one in asked if one.key not in known}


def _make(one: Wanted) -> str:
    """The same price asked for twice at once is one price: the key of the deed is that of the price."""
    marks = {"version": str(one.version_id), "what": one.what, "code": one.code}
    stripe = client().v1
    # A product is the thing, whatever the rhythm in which it is paid.
    thing = one.key.removesuffix(f"-{one.period}")
    # A key travels in a header, which bears no Russian.
    named = hashlib.sha256(one.title.encode()).hexdigest()[:12]
    product = stripe.products.create({"name": one.title, "metadata": marks}, keyed(f"product:{thing}:{named}"))
    recurring: dict[str, str] = {"interval": one.period}
    if one.what == METER:
        recurring |= {"usage_type": "metered", "meter": _meter_of(one)}
    made = stripe.prices.create(
        {
            "product": product.id,
            "currency": one.currency.lower(),
            "unit_amount": kopecks(one.unit),
            "recurring": recurring,  # type: ignore[typeddict-item]
            "lookup_key": one.key,
            "metadata": marks,
        },
        keyed(f"price:{one.key}:{kopecks(one.unit)}"),
    )
    return made.id


def event_name(code: str) -> str:
    """How money for the use of a metered extra is called there."""
    return f"pult_{code}_kopecks"


def _meter_of(one: Wanted) -> str:
    """The meter that counts an extra; one for all companies."""
    name = event_name(one.code)
    for meter in client().v1.billing.meters.list({"status": "active", "limit": 100}).data:
        if meter.event_name == name:
            return meter.id
    made = client().v1.billing.meters.create(
        {
            "display_name": one.title,
            "event_name": name,
            "default_aggregation": {"formula": "sum"},
            "customer_mapping": {"type": "by_id", "event_payload_key": "stripe_customer_id"},
            "value_settings": {"event_payload_key": "value"},
        },
        keyed(f"meter:{name}"),
    )
    return made.id
