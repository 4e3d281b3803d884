"""The parts of the stand-in put together."""

import time
from pathlib import Path

from infra.sandbox.stripe import forms
from infra.sandbox.stripe.cards import Cards
from infra.sandbox.stripe.catalogue import Catalogue
from infra.sandbox.stripe.clocks import Clocks
from infra.sandbox.stripe.forms import Params
from infra.sandbox.stripe.invoices import Invoices
from infra.sandbox.stripe.ledger import Ledger, Obj
from infra.sandbox.stripe.meters import Meters
from infra.sandbox.stripe.refusals import Refusal, declined
from infra.sandbox.stripe.sessions import Sessions
from infra.sandbox.stripe.subscriptions import Subscriptions


class Till:
    """Everything that is sold; `public` is where people's browsers reach its pages."""

    def __init__(self, path: Path, public: str) -> None:
        self.ledger = Ledger(path)
        self.catalogue, self.meters = Catalogue(self.ledger), Meters(self.ledger)
        self.cards = Cards(self.ledger)
        self.invoices = Invoices(self.ledger, self.cards, public)
        self.subscriptions = Subscriptions(self.ledger, self.cards, self.invoices, self.meters)
        self.sessions = Sessions(self.ledger, self.cards, self.subscriptions, public)
        self.clocks = Clocks(self.ledger, self.subscriptions)

    def new_customer(self, params: Params) -> Obj:
        return self.cards.new_customer(params, int(time.time()))

    def delete_customer(self, name: str, params: Params) -> Obj:
        """For good: his subscriptions end at once, and nobody finds him any more."""
        forms.only(params, ())
        found = self.cards.customer(name)
        now = self.ledger.now(found)
        for one in self.subscriptions.subscriptions({"customer": name}):
            self.subscriptions.end(one, now)
        self.ledger.drop(name)
        self.ledger.emit("customer.deleted", found, created=now)
        return {"id": name, "object": "customer", "deleted": True}

    def preview(self, params: Params) -> Obj:
        forms.only(params, ("customer", "subscription", "subscription_details"))
        details = params.get("subscription_details") or {}
        forms.only(details, ("items", "proration_behavior", "proration_date"))
        return self.subscriptions.preview(forms.needed(params, "subscription"), details.get("items") or [])

    def pay_invoice(self, name: str, params: Params) -> Obj | Refusal:
        """A waiting invoice, with the card that pays usually or the named one. An attempt that fails is kept."""
        forms.only(params, ("payment_method", "off_session", "paid_out_of_band"))
        invoice = self.invoices.payable(name)
        now = self.ledger.now(self.cards.customer(invoice["customer"]))
        if reason := self.subscriptions.pay(invoice, now, method=params.get("payment_method", "")):
            return declined(reason)
        return self.ledger.get("invoice", name)

    def events(self, params: Params) -> list[Obj]:
        forms.only(params, ("type", "types", "limit", "starting_after", "ending_before", "created"))
        found = self.ledger.find("event")
        return [one for one in found if not params.get("type") or one["type"] == params["type"]]
