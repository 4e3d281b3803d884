"""Pages to which a person is sent: where a card is given, where it is changed."""

from typing import Any

from infra.sandbox.stripe import forms
from infra.sandbox.stripe.cards import Cards
from infra.sandbox.stripe.forms import Params
from infra.sandbox.stripe.ledger import Ledger, Obj, new
from infra.sandbox.stripe.periods import DAY
from infra.sandbox.stripe.refusals import wrong
from infra.sandbox.stripe.subscriptions import Subscriptions

_CHECKOUT = ("mode", "customer", "line_items", "success_url", "cancel_url", "client_reference_id",
             "subscription_data", "payment_method_collection", "locale", "metadata")  # fmt: skip
# A first payment may lie no nearer than this.
_NEAREST = 2 * DAY


class Sessions:
    def __init__(self, ledger: Ledger, cards: Cards, subscriptions: Subscriptions, public: str) -> None:
        self._ledger, self._cards, self._subscriptions, self._public = ledger, cards, subscriptions, public

    def new_checkout(self, params: Params) -> Obj:
        forms.only(params, _CHECKOUT)
        if forms.needed(params, "mode") != "subscription":
            raise wrong("The stand-in sells subscriptions only.", "mode")
        customer = self._cards.customer(forms.needed(params, "customer"))
        now = self._ledger.now(customer)
        prices = []
        for one in forms.needed(params, "line_items"):
            forms.only(one, ("price", "quantity"))
            price = self._ledger.get("price", forms.needed(one, "price"), "line_items[price]")
            prices.append((price, forms.whole(one, "quantity")))
        forms.only(data := params.get("subscription_data") or {}, ("metadata", "trial_end", "trial_settings"))
        trial_end = forms.whole(data, "trial_end")
        if trial_end is not None and trial_end < now + _NEAREST:
            raise wrong("The `trial_end` date has to be at least 2 days in the future.", "subscription_data[trial_end]")
        total = 0 if trial_end else sum(price["unit_amount"] * (count or 0) for price, count in prices)
        return self._ledger.put(
            {
                "id": (name := new("cs_test")),
                "object": "checkout.session",
                "amount_subtotal": total,
                "amount_total": total,
                "automatic_tax": {"enabled": False},
                "cancel_url": params.get("cancel_url"),
                "client_reference_id": params.get("client_reference_id"),
                "created": now,
                "currency": prices[0][0]["currency"],
                "custom_fields": [],
                "custom_text": {},
                "customer": customer["id"],
                "expires_at": now + DAY,
                "livemode": False,
                "locale": params.get("locale"),
                "metadata": params.get("metadata") or {},
                "mode": "subscription",
                "payment_method_collection": params.get("payment_method_collection") or "always",
                "payment_method_types": ["card"],
                "payment_status": "unpaid",
                "shipping_options": [],
                "status": "open",
                "success_url": forms.needed(params, "success_url"),
                "ui_mode": "hosted_page",
                "url": f"{self._public}/stripe/pay/{name}",
                "_items": params["line_items"],
                "_trial_end": trial_end,
                "_marks": data.get("metadata") or {},
            },
            customer=customer["id"],
        )

    def checkout(self, name: str) -> Obj:
        """A session; one whose time is over has expired."""
        found = self._ledger.get("checkout.session", name)
        now = self._ledger.now(self._cards.customer(found["customer"]))
        if found["status"] == "open" and found["expires_at"] <= now:
            return self._expired(found, now)
        return found

    def expire(self, name: str) -> Obj:
        found = self.checkout(name)
        if found["status"] != "open":
            raise wrong('Only Checkout Sessions with a status in ["open"] can be expired.')
        return self._expired(found, self._ledger.now(self._cards.customer(found["customer"])))

    def pay(self, name: str, number: str, expires: tuple[int, int], *, proved: bool) -> Obj:
        """A person gives a card. Refusal 402: nothing is bought, he may try another."""
        found = self.checkout(name)
        if found["status"] != "open":
            raise wrong("This Checkout Session is over.")
        customer = self._cards.customer(found["customer"])
        method = self._cards.give(customer, number, expires, proved=proved)
        subscription = self._subscriptions.begin(
            customer,
            found["_items"],
            method,
            trial_end=found["_trial_end"],
            metadata=found["_marks"],
            is_here=proved,
        )
        found |= {
            "status": "complete",
            "payment_status": "no_payment_required" if found["_trial_end"] else "paid",
            "subscription": subscription["id"],
            "invoice": subscription["latest_invoice"],
            "url": None,
        }
        kept = self._ledger.put(found, customer=customer["id"])
        self._ledger.emit("checkout.session.completed", _plain(kept), created=self._ledger.now(customer))
        return kept

    def new_portal(self, params: Params) -> Obj:
        forms.only(params, ("customer", "return_url", "locale", "configuration", "flow_data"))
        customer = self._cards.customer(forms.needed(params, "customer"))
        name = new("bps")
        return self._ledger.put(
            {
                "id": name,
                "object": "billing_portal.session",
                "configuration": "bpc_of_the_stand_in",
                "created": self._ledger.now(customer),
                "customer": customer["id"],
                "livemode": False,
                "locale": params.get("locale"),
                "return_url": params.get("return_url"),
                "url": f"{self._public}/stripe/portal/{name}",
            },
            customer=customer["id"],
        )

    def change_card(self, name: str, number: str, expires: tuple[int, int], *, proved: bool) -> Obj:
        """A person gives another card in the portal: it pays from now on."""
        portal = self._ledger.get("billing_portal.session", name)
        customer = self._cards.customer(portal["customer"])
        method = self._cards.give(customer, number, expires, proved=proved)
        self._cards.prefer(customer, method)
        for found in self._ledger.find("subscription", customer=customer["id"]):
            if found["status"] not in ("canceled", "incomplete_expired"):
                found["default_payment_method"] = method["id"]
                self._subscriptions.keep(found, "customer.subscription.updated", self._ledger.now(customer))
        return portal

    def _expired(self, found: Obj, now: int) -> Obj:
        kept = self._ledger.put(found | {"status": "expired", "url": None}, customer=found["customer"])
        self._ledger.emit("checkout.session.expired", _plain(kept), created=now)
        return kept


def _plain(found: Obj) -> dict[str, Any]:
    return {name: value for name, value in found.items() if not name.startswith("_")}
