"""Invoices: made of lines, paid by card at once or tried again, evened out by the customer's balance."""

from typing import Any

from infra.sandbox.stripe import forms
from infra.sandbox.stripe.cards import Cards
from infra.sandbox.stripe.forms import Params
from infra.sandbox.stripe.ledger import Ledger, Obj, new
from infra.sandbox.stripe.periods import DAY
from infra.sandbox.stripe.refusals import declined, wrong

# Days after each failed attempt at which a card is tried again; then nobody tries any more.
RETRY_DAYS = (3, 5, 7)
_SELF = {"type": "self"}


def page(rows: list[Obj], url: str) -> Obj:
    """A list as it stands within an object."""
    return {"object": "list", "data": rows, "has_more": False, "url": url}


class Invoices:
    def __init__(self, ledger: Ledger, cards: Cards, public: str) -> None:
        self._ledger, self._cards, self._public = ledger, cards, public

    def line(self, item: Obj, amount: int, period: tuple[int, int], text: str, *, evens: bool = False) -> Obj:
        """One line for an item of a subscription; one that `evens` a change out is a proration."""
        price = item["price"]
        details = {"proration": evens, "subscription": item["subscription"], "subscription_item": item["id"]}
        return {
            "id": new("il"),
            "object": "line_item",
            "amount": amount,
            "currency": price["currency"],
            "description": text,
            "discountable": not evens,
            "discounts": [],
            "livemode": False,
            "metadata": {},
            "parent": {"type": "subscription_item_details", "subscription_item_details": details},
            "period": {"start": period[0], "end": period[1]},
            "pricing": {
                "type": "price_details",
                "price_details": {"price": price["id"], "product": price["product"]},
                "unit_amount_decimal": price["unit_amount_decimal"],
            },
            "quantity": item.get("quantity"),
            "subtotal": amount,
        }

    def counted(self, customer: Obj, subscription: Obj, lines: list[Obj], reason: str, now: int) -> Obj:
        """An invoice counted out of lines and the customer's balance, kept nowhere."""
        total, balance = sum(line["amount"] for line in lines), int(customer["balance"])
        due = max(total + min(balance, 0), 0) if total > 0 else 0
        starts = [line["period"]["start"] for line in lines] or [now]
        ends = [line["period"]["end"] for line in lines] or [now]
        name = new("in")
        return {
            "id": name,
            "object": "invoice",
            "amount_due": due,
            "amount_overpaid": 0,
            "amount_paid": 0,
            "amount_remaining": due,
            "amount_shipping": 0,
            "attempt_count": 0,
            "attempted": False,
            "auto_advance": True,
            "automatic_tax": {"enabled": False},
            "billing_reason": reason,
            "collection_method": "charge_automatically",
            "created": now,
            "currency": subscription["currency"],
            "customer": customer["id"],
            "customer_email": customer["email"],
            "customer_name": customer["name"],
            "default_tax_rates": [],
            "discounts": [],
            "ending_balance": balance + total - due,
            "issuer": _SELF,
            "lines": page([line | {"invoice": name} for line in lines], f"/v1/invoices/{name}/lines"),
            "livemode": False,
            "metadata": {},
            "parent": {
                "type": "subscription_details",
                "subscription_details": {
                    "metadata": subscription["metadata"], "subscription": subscription["id"]
                },
            },
            "payment_settings": {},
            "period_end": max(ends),
            "period_start": min(starts),
            "post_payment_credit_notes_amount": 0,
            "pre_payment_credit_notes_amount": 0,
            "starting_balance": balance,
            "status": "draft",
            "status_transitions": {},
            "subtotal": total,
            "total": total,
        }  # fmt: skip

    def issue(self, subscription: Obj, lines: list[Obj], reason: str, now: int) -> Obj:
        """Finalize an invoice: its number, its place in the customer's balance, an address where it may be paid."""
        customer = self._cards.customer(subscription["customer"])
        invoice = self.counted(customer, subscription, lines, reason, now)
        number = f"{customer['invoice_prefix']}-{int(customer['next_invoice_sequence']):04d}"
        customer["next_invoice_sequence"] += 1
        customer["balance"] = invoice["ending_balance"]
        self._ledger.put(customer)
        self._ledger.emit("invoice.created", invoice, created=now)
        invoice |= {
            "number": number,
            "status": "open",
            "effective_at": now,
            "hosted_invoice_url": f"{self._public}/stripe/invoice/{invoice['id']}",
            "status_transitions": {"finalized_at": now},
        }
        kept = self._keep(invoice)
        self._ledger.emit("invoice.finalized", kept, created=now)
        return kept

    def settle(self, invoice: Obj, method: str | None, now: int, *, is_here: bool = False, told: str = "") -> str:
        """Try to pay an open invoice; why the bank does not, empty when it is paid."""
        reason = told or (self._cards.refusal_of(method, is_here=is_here) if invoice["amount_remaining"] else "")
        invoice["attempted"] = True
        invoice["attempt_count"] += 1
        if invoice["amount_remaining"]:
            self._attempt(invoice, method, reason, now)
        if reason:
            attempts = invoice["attempt_count"]
            later = RETRY_DAYS[attempts - 1] * DAY if attempts <= len(RETRY_DAYS) else None
            invoice["next_payment_attempt"] = now + later if later else None
            kept = self._keep(invoice)
            self._ledger.emit("invoice.payment_failed", kept, created=now)
            if reason == "authentication_required":
                self._ledger.emit("invoice.payment_action_required", kept, created=now)
            return reason
        invoice |= {"status": "paid", "amount_paid": invoice["amount_due"], "amount_remaining": 0,
                    "next_payment_attempt": None, "auto_advance": False}  # fmt: skip
        invoice["status_transitions"]["paid_at"] = now
        self._ledger.emit("invoice.paid", self._keep(invoice), created=now)
        return ""

    def invoices(self, params: Params) -> list[Obj]:
        forms.only(
            params, ("customer", "subscription", "status", "limit", "starting_after", "ending_before", "created")
        )
        found = self._ledger.find("invoice", customer=params.get("customer", ""), parent=params.get("subscription", ""))
        return [one for one in found if not params.get("status") or one["status"] == params["status"]]

    def payments(self, params: Params) -> list[Obj]:
        forms.only(params, ("invoice", "status", "limit", "starting_after", "ending_before", "payment", "created"))
        return self._ledger.find("invoice_payment", parent=params.get("invoice", ""))

    def open_of(self, subscription: Obj) -> Obj | None:
        """The invoice of a subscription that waits to be paid: the oldest."""
        found = [one for one in self._ledger.find("invoice", parent=subscription["id"]) if one["status"] == "open"]
        return found[-1] if found else None

    def payable(self, name: str) -> Obj:
        invoice = self._ledger.get("invoice", name, "invoice")
        if invoice["status"] != "open":
            raise wrong(f"This invoice is {invoice['status']} and can not be paid.", code="invoice_not_editable")
        return invoice

    def _attempt(self, invoice: Obj, method: str | None, reason: str, now: int) -> None:
        """What the bank was asked and has answered, as an intent and its place beside the invoice."""
        amount, currency = invoice["amount_remaining"], invoice["currency"]
        intent: dict[str, Any] = {
            "id": new("pi"),
            "object": "payment_intent",
            "amount": amount,
            "amount_capturable": 0,
            "amount_received": 0 if reason else amount,
            "capture_method": "automatic",
            "confirmation_method": "automatic",
            "created": now,
            "currency": currency,
            "customer": invoice["customer"],
            "livemode": False,
            "metadata": {},
            "payment_method": method if reason in ("", "authentication_required") else None,
            "payment_method_types": ["card"],
            "status": "succeeded",
        }
        if reason:
            asks = reason == "authentication_required"
            intent["status"] = "requires_action" if asks else "requires_payment_method"
            if not asks:
                card = self._ledger.named(method) if method else None
                intent["last_payment_error"] = {**declined(reason).error, "payment_method": card}
        kept = self._ledger.put(intent, customer=invoice["customer"])
        payment = {
            "id": new("inpay"),
            "object": "invoice_payment",
            "amount_paid": None if reason else amount,
            "amount_requested": amount,
            "created": now,
            "currency": currency,
            "invoice": invoice["id"],
            "is_default": True,
            "livemode": False,
            "payment": {"type": "payment_intent", "payment_intent": kept["id"]},
            "status": "open" if reason else "paid",
            "status_transitions": {} if reason else {"paid_at": now},
        }
        self._ledger.put(payment, customer=invoice["customer"], parent=invoice["id"])

    def _keep(self, invoice: Obj) -> Obj:
        parent = invoice["parent"]["subscription_details"]["subscription"]
        return self._ledger.put(invoice, customer=invoice["customer"], parent=parent)
