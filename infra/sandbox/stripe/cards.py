"""Customers and their cards. Which card does what is known by its number, as with the real one's test cards."""

from dataclasses import dataclass

from infra.sandbox.stripe import forms
from infra.sandbox.stripe.forms import Params
from infra.sandbox.stripe.ledger import Ledger, Obj, new
from infra.sandbox.stripe.refusals import declined


@dataclass(frozen=True)
class TestCard:
    """How a bank answers: `gives` when the card is given, `pays` at each payment; `proves` asks the person first."""

    brand: str
    title: str
    gives: str = ""
    pays: str = ""
    proves: bool = False


CARDS = {
    "4242424242424242": TestCard("visa", "платит всегда"),
    "5555555555554444": TestCard("mastercard", "платит всегда"),
    "4000000000000341": TestCard("visa", "принимается, но платежи не проходят", pays="generic_decline"),
    "4000000000000002": TestCard("visa", "отказ банка", gives="generic_decline"),
    "4000000000009995": TestCard("visa", "не хватает денег", gives="insufficient_funds"),
    "4000000000000069": TestCard("visa", "срок истёк", gives="expired_card"),
    "4000000000000127": TestCard("visa", "неверный код", gives="incorrect_cvc"),
    "4000002500003155": TestCard("visa", "банк просит подтвердить, потом платит сам", proves=True),
    "4000002760003184": TestCard(
        "visa", "банк просит подтвердить каждый платёж", pays="authentication_required", proves=True
    ),
}


class Cards:
    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def new_customer(self, params: Params, now: int) -> Obj:
        known = ("email", "name", "description", "metadata", "preferred_locales", "test_clock", "phone")
        forms.only(params, known)
        clock = params.get("test_clock")
        if clock:
            now = self._ledger.get("test_helpers.test_clock", clock, "test_clock")["frozen_time"]
        made = self._ledger.put(
            {
                "id": new("cus"),
                "object": "customer",
                "balance": 0,
                "created": now,
                "delinquent": False,
                "livemode": False,
                "metadata": params.get("metadata") or {},
                "invoice_settings": {},
                "invoice_prefix": new("X")[-8:].upper(),
                "next_invoice_sequence": 1,
                "preferred_locales": params.get("preferred_locales") or [],
                "tax_exempt": "none",
                **{name: params.get(name) for name in ("email", "name", "description", "phone", "test_clock")},
            }
        )
        self._ledger.emit("customer.created", made, created=now)
        return made

    def customer(self, name: str) -> Obj:
        return self._ledger.get("customer", name, "customer")

    def update_customer(self, name: str, params: Params) -> Obj:
        forms.only(params, ("email", "name", "description", "metadata", "invoice_settings", "phone"))
        found = self.customer(name)
        found |= {key: value for key, value in params.items() if key in ("email", "name", "description", "phone")}
        found["metadata"] |= params.get("metadata") or {}
        if method := (params.get("invoice_settings") or {}).get("default_payment_method"):
            self._ledger.get("payment_method", method, "invoice_settings[default_payment_method]")
            found["invoice_settings"]["default_payment_method"] = method
        self._ledger.put(found)
        self._ledger.emit("customer.updated", found, created=self._ledger.now(found))
        return found

    def move_balance(self, name: str, params: Params) -> Obj:
        """Put something into the customer's balance, or take it out: less than nothing is owed to him."""
        forms.only(params, ("amount", "currency", "description", "metadata"))
        customer, amount = self.customer(name), forms.number(params, "amount")
        customer["balance"] += amount
        self._ledger.put(customer)
        now = self._ledger.now(customer)
        made = self._ledger.put(
            {
                "id": new("cbtxn"),
                "object": "customer_balance_transaction",
                "amount": amount,
                "created": now,
                "currency": forms.needed(params, "currency"),
                "customer": name,
                "description": params.get("description"),
                "ending_balance": customer["balance"],
                "livemode": False,
                "metadata": params.get("metadata") or {},
                "type": "adjustment",
            },
            customer=name,
        )
        self._ledger.emit("customer.updated", customer, created=now)
        return made

    def give(self, customer: Obj, number: str, expires: tuple[int, int], *, proved: bool) -> Obj:
        """A card that a person gives. Refusal 402 by the bank: `authentication_required` until he has proved it."""
        digits = "".join(sign for sign in number if sign.isdigit())
        card = CARDS.get(digits)
        if card is None:
            raise declined("incorrect_number")
        if card.gives:
            raise declined(card.gives)
        if card.proves and not proved:
            raise declined("authentication_required")
        now = self._ledger.now(customer)
        month, year = expires
        method = self._ledger.put(
            {
                "id": new("pm"),
                "object": "payment_method",
                "allow_redisplay": "always",
                "billing_details": {"email": customer["email"], "name": customer["name"]},
                "card": {
                    "brand": card.brand,
                    "country": "US",
                    "display_brand": card.brand,
                    "exp_month": month,
                    "exp_year": year,
                    "fingerprint": f"stand-in-{digits[-4:]}",
                    "funding": "credit",
                    "last4": digits[-4:],
                },
                "created": now,
                "customer": customer["id"],
                "livemode": False,
                # The number itself is kept nowhere: what the bank would say of it stands in the marks.
                "metadata": {"pays": card.pays},
                "type": "card",
            },
            customer=customer["id"],
        )
        self._ledger.emit("payment_method.attached", method, created=now)
        return method

    def prefer(self, customer: Obj, method: Obj) -> None:
        """From now on this card pays for whatever the customer has."""
        customer["invoice_settings"]["default_payment_method"] = method["id"]
        self._ledger.put(customer)
        self._ledger.emit("customer.updated", customer, created=self._ledger.now(customer))

    def refusal_of(self, method: str | None, *, is_here: bool) -> str:
        """Why a bank does not pay now; empty when it does. A person who `is_here` proves what he is asked to."""
        if method is None:
            return "no_payment_method"
        reason = str(self._ledger.get("payment_method", method)["metadata"].get("pays") or "")
        return "" if reason == "authentication_required" and is_here else reason
