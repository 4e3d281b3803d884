"""Subscriptions: items, changes evened out to the second, renewals, cards that fail, an end."""

from typing import Any

from infra.sandbox.stripe import forms
from infra.sandbox.stripe.cards import Cards
from infra.sandbox.stripe.forms import Params
from infra.sandbox.stripe.invoices import Invoices, page
from infra.sandbox.stripe.ledger import Ledger, Obj, new
from infra.sandbox.stripe.meters import Meters
from infra.sandbox.stripe.periods import end_after, share
from infra.sandbox.stripe.refusals import declined, missing, wrong
from infra.sandbox.stripe.shapes import complete

_SELF = {"type": "self"}
_ENDED = ("canceled", "incomplete_expired")
PRORATIONS = ("create_prorations", "always_invoice", "none")


class Subscriptions:
    def __init__(self, ledger: Ledger, cards: Cards, invoices: Invoices, meters: Meters) -> None:
        self._ledger, self._cards, self._invoices, self._meters = ledger, cards, invoices, meters

    def begin(
        self, customer: Obj, told: list[Any], method: Obj, *, trial_end: int | None, metadata: Obj, is_here: bool
    ) -> Obj:
        """Sell a subscription to whoever has given a card. Refusal 402: then there is none."""
        now = self._ledger.now(customer)
        prices = [self._ledger.get("price", forms.needed(one, "price"), "price") for one in told]
        rhythm = self._rhythm(prices)
        name, anchor = new("sub"), trial_end or now
        end = trial_end or end_after(anchor, rhythm, now)
        items = [
            self._item(name, price, forms.whole(one, "quantity"), (now, end), now)
            for one, price in zip(told, prices, strict=True)
        ]
        subscription = self._fresh(name, customer, items, now) | {
            "billing_cycle_anchor": anchor,
            "default_payment_method": method["id"],
            "metadata": metadata,
            "status": "trialing" if trial_end else "active",
            "trial_start": now if trial_end else None,
            "trial_end": trial_end,
        }
        lines = [self._whole_line(item, (now, end), is_trial=bool(trial_end)) for item in self._licensed(items)]
        invoice = self._invoices.issue(subscription, lines, "subscription_create", now)
        if reason := self._invoices.settle(invoice, method["id"], now, is_here=is_here):
            raise declined(reason)
        subscription["latest_invoice"] = invoice["id"]
        return self.keep(subscription, "customer.subscription.created", now)

    def update(self, name: str, params: Params) -> Obj:
        """Change items, or whether it goes on. Refusal 402 where a refused card is to leave all as it was."""
        known = ("items", "proration_behavior", "payment_behavior", "cancel_at_period_end", "metadata",
                 "default_payment_method", "proration_date", "trial_end")  # fmt: skip
        forms.only(params, known)
        found = self.standing(name)
        now = self._ledger.now(self._cards.customer(found["customer"]))
        found["metadata"] |= params.get("metadata") or {}
        if method := params.get("default_payment_method"):
            found["default_payment_method"] = self._ledger.get("payment_method", method)["id"]
        if params.get("cancel_at_period_end"):
            self._give_up(found, now, on=forms.flag(params, "cancel_at_period_end"))
        if params.get("items"):
            how = forms.choice(params, "proration_behavior", PRORATIONS, "create_prorations")
            strict = params.get("payment_behavior") == "error_if_incomplete"
            self._change(found, params["items"], how, now, strict=strict)
        if params.get("trial_end"):
            self._put_off(found, forms.number(params, "trial_end"), now)
        if found["cancel_at_period_end"]:
            found["cancel_at"] = max(item["current_period_end"] for item in found["items"]["data"])
        return self.keep(found, "customer.subscription.updated", now)

    def preview(self, name: str, told: list[Any]) -> Obj:
        """The invoice that a change would make now."""
        found = self.standing(name)
        customer = self._cards.customer(found["customer"])
        now = self._ledger.now(customer)
        lines = self._exchange(found, told, now)
        invoice = self._invoices.counted(customer, found, lines, "subscription_update", now)
        return complete(invoice | {"id": new("upcoming_in")})

    def cancel(self, name: str, params: Params) -> Obj:
        forms.only(params, ("invoice_now", "prorate", "cancellation_details"))
        found = self.standing(name)
        now = self._ledger.now(self._cards.customer(found["customer"]))
        if forms.flag(params, "invoice_now"):
            self._bill_use(found, now)
        return self.end(found, now)

    def end(self, found: Obj, now: int) -> Obj:
        found |= {"status": "canceled", "ended_at": now, "canceled_at": found.get("canceled_at") or now}
        return self.keep(found, "customer.subscription.deleted", now)

    def renew(self, found: Obj) -> None:
        """What is due at a subscription: its next period, its end, or another attempt at its card."""
        end = max(item["current_period_end"] for item in found["items"]["data"])
        waiting = self._invoices.open_of(found)
        attempt = (waiting or {}).get("next_payment_attempt")
        if waiting is not None and attempt and attempt < end:
            self.pay(waiting, attempt)
            return
        if found["cancel_at_period_end"]:
            self._bill_use(found, end)
            self.end(found, end)
            return
        rhythm = self._rhythm([item["price"] for item in found["items"]["data"]])
        period = (end, end_after(found["billing_cycle_anchor"], rhythm, end))
        used = self._use_lines(found, end)
        for item in found["items"]["data"]:
            item |= {"current_period_start": period[0], "current_period_end": period[1]}
        pending = found.pop("_pending", [])
        licensed = self._licensed(found["items"]["data"])
        lines = [*pending, *(self._whole_line(item, period) for item in licensed), *used]
        if found["status"] == "trialing":
            found["status"] = "active"
        # Of one that is given up as unpaid nothing more is asked for.
        if found["status"] != "unpaid":
            self._bill(found, lines, "subscription_cycle", end)
        self.keep(found, "customer.subscription.updated", end)

    def pay(self, invoice: Obj, now: int, *, method: str = "", is_here: bool = False) -> str:
        """Try the card of a subscription at an open invoice; why the bank does not pay, empty when it does."""
        found = self._ledger.get("subscription", invoice["parent"]["subscription_details"]["subscription"])
        reason = self._invoices.settle(invoice, method or self._method_of(found), now, is_here=is_here)
        before = found["status"]
        if not reason and found["status"] not in _ENDED and self._invoices.open_of(found) is None:
            found["status"] = "active"
        elif reason and invoice.get("next_payment_attempt") is None and found["status"] == "past_due":
            found["status"] = "unpaid"
        if before != found["status"]:
            self.keep(found, "customer.subscription.updated", now)
        else:
            self.put(found)
        return reason

    def standing(self, name: str) -> Obj:
        """A subscription that can still be changed."""
        found = self._ledger.get("subscription", name, "id")
        if found["status"] in _ENDED:
            raise missing("subscription", name)
        return found

    def subscriptions(self, params: Params) -> list[Obj]:
        forms.only(params, ("customer", "status", "limit", "starting_after", "ending_before", "price", "created"))
        found = self._ledger.find("subscription", customer=params.get("customer", ""))
        status = params.get("status")
        if status == "all":
            return found
        wanted = (lambda one: one["status"] == status) if status else (lambda one: one["status"] != "canceled")
        return [one for one in found if wanted(one)]

    def items(self, params: Params) -> list[Obj]:
        forms.only(params, ("subscription", "limit", "starting_after", "ending_before"))
        return self._ledger.get("subscription", forms.needed(params, "subscription"))["items"]["data"]

    def keep(self, found: Obj, kind: str, now: int) -> Obj:
        kept = self.put(found)
        self._ledger.emit(kind, shown(kept), created=now)
        return kept

    def put(self, found: Obj) -> Obj:
        """Keep a subscription with the moment at which something is due."""
        due = None
        if found["status"] not in _ENDED:
            due = max(item["current_period_end"] for item in found["items"]["data"])
            attempt = (self._invoices.open_of(found) or {}).get("next_payment_attempt")
            due = min(due, attempt) if attempt else due
        return self._ledger.put(found, customer=found["customer"], due=due)

    def _bill(self, found: Obj, lines: list[Obj], reason: str, now: int, *, strict: bool = False) -> None:
        """An invoice for lines, paid at once; a refused card makes the subscription owe, or the deed fail."""
        invoice = self._invoices.issue(found, lines, reason, now)
        found["latest_invoice"] = invoice["id"]
        refused = self._invoices.settle(invoice, self._method_of(found), now)
        if refused and strict:
            raise declined(refused)
        if refused:
            found["status"] = "past_due"

    def _change(self, found: Obj, told: list[Any], how: str, now: int, *, strict: bool) -> None:
        was_trial = found["status"] == "trialing"
        before = max(item["current_period_end"] for item in found["items"]["data"])
        lines = self._exchange(found, told, now)
        moved = before != max(item["current_period_end"] for item in found["items"]["data"])
        if was_trial or (how == "none" and not moved):
            return
        if how == "none":
            lines = [line for line in lines if not line["parent"]["subscription_item_details"]["proration"]]
        if how == "create_prorations" and not moved:
            found["_pending"] = [*found.get("_pending", []), *lines]
        elif lines:
            self._bill(found, lines, "subscription_update", now, strict=strict)

    def _exchange(self, found: Obj, told: list[Any], now: int) -> list[Obj]:
        """Put the told items in place of those that stand; lines that even it out. In a trial nothing is owed."""
        items = {item["id"]: item for item in found["items"]["data"]}
        start = min(item["current_period_start"] for item in items.values())
        end = max(item["current_period_end"] for item in items.values())
        before = {name: dict(item) for name, item in items.items()}
        for one in told:
            self._exchange_one(items, one, found, (start, end), now)
        if not items:
            raise wrong("A subscription must have at least one item.", "items")
        rhythm = self._rhythm([item["price"] for item in items.values()])
        found["items"] = page(list(items.values()), f"/v1/subscription_items?subscription={found['id']}")
        if found["status"] == "trialing":
            return []
        if rhythm != next(iter(before.values()))["price"]["recurring"]["interval"]:
            return self._begun_anew(found, list(before.values()), rhythm, (start, end), now)
        lines = []
        for name in [*before, *(name for name in items if name not in before)]:
            old, fresh = before.get(name), items.get(name)
            if (
                old
                and fresh
                and (old["price"]["id"], old.get("quantity")) == (fresh["price"]["id"], fresh.get("quantity"))
            ):
                continue
            lines += [self._evened(one, sign, now, start, end) for one, sign in ((old, -1), (fresh, 1)) if one]
        return [line for line in lines if line is not None]

    def _begun_anew(self, found: Obj, before: list[Obj], rhythm: str, period: tuple[int, int], now: int) -> list[Obj]:
        """Another rhythm: its first period begins now, what is unused of the former is given back, what was used of it
        asked for."""
        metered = [item for item in before if item["price"]["recurring"]["usage_type"] == "metered"]
        used = [line for item in metered if (line := self._use_line(found, item, now)) is not None]
        found["billing_cycle_anchor"] = now
        fresh = (now, end_after(now, rhythm, now))
        for item in found["items"]["data"]:
            item |= {"current_period_start": fresh[0], "current_period_end": fresh[1]}
        back = [self._evened(item, -1, now, *period) for item in before]
        whole = [self._whole_line(item, fresh) for item in self._licensed(found["items"]["data"])]
        return [*(line for line in back if line), *used, *whole]

    def _exchange_one(self, items: dict[str, Obj], one: Any, found: Obj, period: tuple[int, int], now: int) -> None:
        forms.only(one, ("id", "price", "quantity", "deleted", "clear_usage", "metadata"))
        place = one.get("id")
        if place and place not in items:
            raise missing("subscription_item", place, "items[id]")
        if place and forms.flag(one, "deleted"):
            del items[place]
            return
        price = self._ledger.get("price", one["price"], "items[price]") if one.get("price") else None
        if place:
            item = items[place]
            item["price"] = price or item["price"]
            item["plan"] = _plan(item["price"])
            item["quantity"] = forms.whole(one, "quantity", item.get("quantity"))
            return
        if price is None:
            raise wrong("Missing required param: items[price].", "items[price]")
        if any(item["price"]["id"] == price["id"] for item in items.values()):
            raise wrong("Cannot add multiple subscription items with the same plan.", "items[price]")
        made = self._item(found["id"], price, forms.whole(one, "quantity"), period, now)
        items[made["id"]] = made

    def _evened(self, item: Obj, sign: int, now: int, start: int, end: int) -> Obj | None:
        """What of an item falls to the rest of a period: given back, or asked for."""
        if item["price"]["recurring"]["usage_type"] == "metered":
            return None
        whole = item["price"]["unit_amount"] * (item.get("quantity") or 0)
        text = f"{'Unused' if sign < 0 else 'Remaining'} time on {item['quantity']} × {self._title(item)}"
        return self._invoices.line(item, sign * share(whole, now, start, end), (now, end), text, evens=True)

    def _whole_line(self, item: Obj, period: tuple[int, int], *, is_trial: bool = False) -> Obj:
        amount = 0 if is_trial else item["price"]["unit_amount"] * (item.get("quantity") or 0)
        return self._invoices.line(item, amount, period, f"{item['quantity']} × {self._title(item)}")

    def _use_lines(self, found: Obj, end: int) -> list[Obj]:
        return [line for item in self._metered(found) if (line := self._use_line(found, item, end)) is not None]

    def _bill_use(self, found: Obj, end: int) -> None:
        """What was used until the end is asked for once more, and the card tried once."""
        if used := self._use_lines(found, end):
            self._bill(found, used, "subscription_cycle", end)

    def _use_line(self, found: Obj, item: Obj, end: int) -> Obj | None:
        """What was used of a metered item in the period that ends."""
        start = item["current_period_start"]
        meter = item["price"]["recurring"]["meter"]
        used = self._meters.used(meter, found["customer"], start, end)
        amount = used * item["price"]["unit_amount"]
        if not amount:
            return None
        return self._invoices.line(item, amount, (start, end), f"{used} × {self._title(item)}")

    def _item(self, name: str, price: Obj, count: int | None, period: tuple[int, int], now: int) -> Obj:
        metered = price["recurring"]["usage_type"] == "metered"
        return {
            "id": new("si"),
            "object": "subscription_item",
            "created": now,
            "current_period_start": period[0],
            "current_period_end": period[1],
            "discounts": [],
            "metadata": {},
            "plan": _plan(price),
            "price": price,
            "quantity": None if metered else (1 if count is None else count),
            "subscription": name,
            "tax_rates": [],
        }

    def _fresh(self, name: str, customer: Obj, items: list[Obj], now: int) -> Obj:
        return {
            "id": name,
            "object": "subscription",
            "automatic_tax": {"enabled": False},
            "billing_mode": {"type": "flexible", "flexible": {"proration_discounts": "included"}, "updated_at": now},
            "billing_schedules": [],
            "cancel_at_period_end": False,
            "collection_method": "charge_automatically",
            "created": now,
            "currency": items[0]["price"]["currency"],
            "customer": customer["id"],
            "discounts": [],
            "invoice_settings": {"issuer": _SELF},
            "items": page(items, f"/v1/subscription_items?subscription={name}"),
            "livemode": False,
            "start_date": now,
            "trial_settings": {"end_behavior": {"missing_payment_method": "cancel"}},
        }

    def _give_up(self, found: Obj, now: int, *, on: bool) -> None:
        end = max(item["current_period_end"] for item in found["items"]["data"])
        found |= {"cancel_at_period_end": on, "cancel_at": end if on else None, "canceled_at": now if on else None}

    def _put_off(self, found: Obj, until: int, now: int) -> None:
        """The first money is taken later: only a subscription that still waits for it can be put off here."""
        if found["status"] != "trialing" or until <= now:
            raise wrong("The stand-in moves `trial_end` of trials only, and into the future.", "trial_end")
        found |= {"trial_end": until, "billing_cycle_anchor": until}
        for item in found["items"]["data"]:
            item["current_period_end"] = until

    def _rhythm(self, prices: list[Obj]) -> str:
        rhythms = {price["recurring"]["interval"] for price in prices if price["recurring"]}
        if len(rhythms) != 1:
            raise wrong("All prices of a subscription must have the same billing interval here.", "items")
        return rhythms.pop()

    def _method_of(self, found: Obj) -> str | None:
        customer = self._cards.customer(found["customer"])
        return found.get("default_payment_method") or customer["invoice_settings"]["default_payment_method"]

    def _title(self, item: Obj) -> str:
        return str(self._ledger.get("product", item["price"]["product"])["name"])

    def _licensed(self, items: list[Obj]) -> list[Obj]:
        return [item for item in items if item["price"]["recurring"]["usage_type"] != "metered"]

    def _metered(self, found: Obj) -> list[Obj]:
        return [item for item in found["items"]["data"] if item["price"]["recurring"]["usage_type"] == "metered"]


def shown(found: Obj) -> Obj:
    """An object without what only the stand-in knows of it."""
    return {name: value for name, value in found.items() if not name.startswith("_")}


def _plan(price: Obj) -> Obj:
    """The former name of a price, which items still carry."""
    recurring = price["recurring"]
    return {
        "id": price["id"],
        "object": "plan",
        "active": price["active"],
        "amount": price["unit_amount"],
        "amount_decimal": price["unit_amount_decimal"],
        "billing_scheme": price["billing_scheme"],
        "created": price["created"],
        "currency": price["currency"],
        "interval": recurring["interval"],
        "interval_count": recurring["interval_count"],
        "livemode": False,
        "metadata": price["metadata"],
        "meter": recurring["meter"],
        "nickname": price["nickname"],
        "product": price["product"],
        "usage_type": recurring["usage_type"],
    }
