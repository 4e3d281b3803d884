"""Products and prices."""

import time
from typing import Any

from infra.sandbox.stripe import forms
from infra.sandbox.stripe.forms import Params
from infra.sandbox.stripe.ledger import Ledger, Obj, new
from infra.sandbox.stripe.refusals import wrong

_INTERVALS = ("day", "week", "month", "year")


class Catalogue:
    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def new_product(self, params: Params) -> Obj:
        forms.only(params, ("name", "metadata", "description", "active", "unit_label"))
        now = int(time.time())
        return self._ledger.put(
            {
                "id": new("prod"),
                "object": "product",
                "active": forms.flag(params, "active", default=True),
                "created": now,
                "updated": now,
                "images": [],
                "livemode": False,
                "marketing_features": [],
                "metadata": params.get("metadata") or {},
                "name": forms.needed(params, "name"),
                "description": params.get("description"),
                "type": "service",
            }
        )

    def new_price(self, params: Params) -> Obj:
        known = ("product", "currency", "unit_amount", "recurring", "lookup_key", "metadata", "nickname", "active",
                 "transfer_lookup_key")  # fmt: skip
        forms.only(params, known)
        product = self._ledger.get("product", forms.needed(params, "product"), "product")
        amount = forms.number(params, "unit_amount")
        if amount < 0:
            raise wrong("Invalid non-negative integer", "unit_amount")
        key = params.get("lookup_key")
        if key and self._by_key([key]):
            message = f"A price (`{self._by_key([key])[0]['id']}`) already uses that lookup key."
            raise wrong(message, "lookup_key", "resource_already_exists")
        recurring = self._recurring(params.get("recurring"))
        return self._ledger.put(
            {
                "id": new("price"),
                "object": "price",
                "active": True,
                "billing_scheme": "per_unit",
                "created": int(time.time()),
                "currency": str(forms.needed(params, "currency")).lower(),
                "livemode": False,
                "lookup_key": key,
                "metadata": params.get("metadata") or {},
                "product": product["id"],
                "recurring": recurring,
                "tax_behavior": "unspecified",
                "type": "recurring" if recurring else "one_time",
                "unit_amount": amount,
                "unit_amount_decimal": str(amount),
            }
        )

    def prices(self, params: Params) -> list[Obj]:
        forms.only(params, ("lookup_keys", "active", "product", "currency", "type", *PAGING))
        found = self._ledger.find("price")
        if keys := params.get("lookup_keys"):
            if len(keys) > 10:
                raise wrong("You may only specify up to 10 lookup keys.", "lookup_keys")
            found = self._by_key(keys)
        if product := params.get("product"):
            found = [price for price in found if price["product"] == product]
        return found

    def _by_key(self, keys: list[str]) -> list[Obj]:
        return [price for price in self._ledger.find("price") if price["lookup_key"] in keys]

    def _recurring(self, told: Any) -> Obj | None:
        if not told:
            return None
        forms.only(told, ("interval", "interval_count", "usage_type", "meter"))
        if told.get("interval") not in _INTERVALS:
            raise wrong(f"Invalid recurring[interval]: must be one of {', '.join(_INTERVALS)}", "recurring[interval]")
        usage = forms.choice(told, "usage_type", ("licensed", "metered"), "licensed")
        meter = told.get("meter")
        if usage == "metered" and not meter:
            raise wrong("Metered prices must be backed by meters.", "recurring[meter]")
        if meter:
            self._ledger.get("billing.meter", meter, "recurring[meter]")
        count = forms.whole(told, "interval_count", 1)
        return {"interval": told["interval"], "interval_count": count, "meter": meter, "usage_type": usage}


PAGING = ("limit", "starting_after", "ending_before")
