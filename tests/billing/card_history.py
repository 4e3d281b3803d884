"""A company that pays by card through all that may happen to it, and where it must stand afterwards."""

import random
import time
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from billing.models import Payment
from billing.queries import ZONE
from core.context import Company, control_scope
from tests.billing.cards import Desk, account, row_of
from tests.infra.sandbox.stripe_people import GOOD, LATER_BAD


class History:
    """A company that buys, changes, gives up, fails and pays, at random; time goes on between."""

    def __init__(self, desk: Desk, owner: Any, company: Company, chance: random.Random) -> None:
        self.desk, self.owner, self.company, self.chance = desk, owner, company, chance
        self.now = int(time.time())

    def begin(self) -> None:
        self.desk.give(self.desk.set_out(self.owner, seats=10))
        self.desk.clock(self.company, self.now)

    def step(self) -> None:
        self.chance.choice([self.wait, self.wait, self.seats, self.rhythm, self.give_up, self.card])()

    def wait(self) -> None:
        self.now += self.chance.randrange(1, 25) * 86_400
        self.desk.clock(self.company, self.now)

    def seats(self) -> None:
        self._change(seats=self.chance.randrange(10, 40))

    def rhythm(self) -> None:
        self._change(period=self.chance.choice(["month", "month", "year"]))

    def give_up(self) -> None:
        if (found := self._living()) is not None:
            self.desk.stripe.subscriptions.update(found["id"], {"cancel_at_period_end": self.chance.random() < 0.3})

    def card(self) -> None:
        customer = account(self.company).customer
        told: Any = {"customer": customer, "return_url": "http://alfa.localhost/"}
        portal = self.desk.stripe.billing_portal.sessions.create(told)
        self.desk.give(portal.url, self.chance.choice([GOOD, GOOD, LATER_BAD]))

    def _change(self, *, seats: int = 10, period: str = "month") -> None:
        """By the dashboard of the provider, past us: only events tell of it."""
        found = self._living()
        if found is None:
            self.desk.give(self._address())
            return
        items = found["items"]["data"]
        seat = next((item for item in items if item["price"]["metadata"]["what"] == "seat"), None)
        if seats > 10 and seat:
            told: list[Any] = [{"id": seat["id"], "quantity": seats - 10}]
        elif period != items[0]["price"]["recurring"]["interval"]:
            told = [{"id": one["id"], "price": self._price(one, period)} for one in items]
        else:
            return
        more: Any = {"items": told, "proration_behavior": self.chance.choice(["always_invoice", "create_prorations"])}
        self.desk.stripe.subscriptions.update(found["id"], more)

    def _price(self, item: Any, period: str) -> str:
        key = item["price"]["lookup_key"].rpartition("-")[0] + f"-{period}"
        found = self.desk.stripe.prices.list({"lookup_keys": [key]}).data
        if found:
            return found[0].id
        former = item["price"]["recurring"]
        rhythm: Any = {"interval": period}
        if former["usage_type"] == "metered":
            rhythm |= {"usage_type": "metered", "meter": former["meter"]}
        told: Any = {
            "product": item["price"]["product"], "currency": "rub", "unit_amount": 1430400, "lookup_key": key,
            "recurring": rhythm, "metadata": item["price"]["metadata"],
        }  # fmt: skip
        return self.desk.stripe.prices.create(told).id

    def _address(self) -> str:
        """A new subscription of the same customer, at the provider."""
        price = next(one for one in self.desk.stripe.prices.list({"limit": 100}).data if one.metadata["what"] == "plan")
        told: Any = {
            "mode": "subscription", "customer": account(self.company).customer,
            "line_items": [{"price": price.id, "quantity": 1}],
            "success_url": "http://alfa.localhost/?card={CHECKOUT_SESSION_ID}", "cancel_url": "http://alfa.localhost/",
        }  # fmt: skip
        return str(self.desk.stripe.checkout.sessions.create(told).url)

    def _living(self) -> Any:
        told: Any = {"customer": account(self.company).customer, "status": "all"}
        found = [one.to_dict() for one in self.desk.stripe.subscriptions.list(told).data]
        return next((one for one in found if one["status"] not in ("canceled", "incomplete_expired")), None)


def stands_as_told(desk: Desk, company: Company) -> None:
    """Compare with the stand-in's own state, worked out here by other means than the product's."""
    customer = account(company).customer
    told: Any = {"customer": customer, "status": "all", "limit": 100, "expand": ["data.default_payment_method"]}
    found = [one.to_dict() for one in desk.stripe.subscriptions.list(told).data]
    living = [one for one in found if one["status"] != "canceled"]
    row = row_of(company)
    paid = [one.to_dict() for one in desk.stripe.invoices.list({"customer": customer, "limit": 100}).auto_paging_iter()]
    paid = [one for one in paid if one["status"] == "paid"]
    with control_scope():
        came = sum((one.total for one in Payment.objects.filter(company=company.id)), Decimal(0))
    assert came == Decimal(sum(one["amount_paid"] for one in paid)) / 100
    if not living:
        assert (row.by, row.renews) == ("transfer", False)
        return
    [stripe_row] = living
    marks = {item["price"]["metadata"]["what"]: item for item in stripe_row["items"]["data"]}
    seats = marks["seat"]["quantity"] if "seat" in marks else 0
    assert (row.by, row.period) == ("card", marks["plan"]["price"]["recurring"]["interval"])
    assert row.seats == 10 + seats
    goes_on = stripe_row["status"] in ("active", "trialing") and not stripe_row["cancel_at_period_end"]
    assert (row.renews, account(company).status) == (goes_on, stripe_row["status"])
    assert account(company).last4 == stripe_row["default_payment_method"]["card"]["last4"]
    periods = [
        (line["period"]["start"], line["period"]["end"])
        for one in paid
        if one["parent"]["subscription_details"]["subscription"] == stripe_row["id"]
        for line in one["lines"]["data"]
        if line["amount"] > 0 and not line["parent"]["subscription_item_details"]["proration"]
    ]
    if periods:
        # Newest first: of those that begin at the same second the later made one holds.
        newest = max(periods, key=lambda period: period[0])
        assert row.paid_until == datetime.fromtimestamp(newest[1], UTC).astimezone(ZONE).date()
