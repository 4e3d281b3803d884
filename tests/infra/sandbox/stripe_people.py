"""What people and tests do at the stand-in of Stripe, over HTTP."""

import json
import time
from typing import Any
from urllib.parse import urlencode

import stripe

from tests.infra.sandbox.process import SandboxProcess

KEY, SECRET = "sk_test_of_tests", "whsec_of_tests"
GOOD, LATER_BAD, DECLINED, POOR, ASKS = (
    "4242424242424242", "4000000000000341", "4000000000000002", "4000000000009995", "4000002500003155",
)  # fmt: skip
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def client_of(sandbox: SandboxProcess) -> stripe.StripeClient:
    """Stripe's own client, unmodified."""
    http = stripe.RequestsClient(timeout=20)
    return stripe.StripeClient(
        KEY, base_addresses={"api": f"{sandbox.url}/stripe"}, http_client=http, max_network_retries=2
    )


class Shop:
    """A small shop: a plan, a seat and an add-on by the month and by the year; one customer for each test."""

    def __init__(self, sandbox: SandboxProcess) -> None:
        self.sandbox, self.stripe = sandbox, client_of(sandbox).v1
        self.prices: dict[str, str] = {}
        for what, month, year in (("plan", 149000, 1430400), ("seat", 15000, 144000), ("add-on", 49000, 470400)):
            product = self.stripe.products.create({"name": what, "metadata": {"what": what}})
            for period, amount in (("month", month), ("year", year)):
                price = self.stripe.prices.create(
                    {
                        "product": product.id, "currency": "rub", "unit_amount": amount,
                        "recurring": {"interval": period},
                    }
                )  # fmt: skip
                self.prices[f"{what}-{period}"] = price.id

    def customer(self, clock: str = "") -> str:
        told: Any = {"email": "owner@alfa.example", "name": "Альфа"} | ({"test_clock": clock} if clock else {})
        return self.stripe.customers.create(told).id

    def session(self, customer: str, *items: tuple[str, int], **more: Any) -> Any:
        told: Any = {
            "mode": "subscription",
            "customer": customer,
            "line_items": [{"price": self.prices[name], "quantity": count} for name, count in items],
            "success_url": "http://alfa.localhost/settings/billing?card={CHECKOUT_SESSION_ID}",
            "cancel_url": "http://alfa.localhost/settings/billing?card=none",
            **more,
        }
        return self.stripe.checkout.sessions.create(told)

    def give(self, url: str, number: str, **more: str) -> tuple[int, dict[str, str], str]:
        """A person fills a form of a page; (status, headers, text)."""
        path = "/" + url.split("/", 3)[3]
        form = {"number": number, "expires": "12/34", "cvc": "123", "deed": "pay"} | more
        status, headers, body = self.sandbox.call("POST", path, urlencode(form).encode(), FORM)
        return status, headers, body.decode()

    def bought(self, customer: str, *items: tuple[str, int], number: str = GOOD, **more: Any) -> Any:
        """The subscription of a customer who has paid."""
        status, _, text = self.give(self.session(customer, *items, **more).url, number)
        assert status == 303, text
        return self.stripe.subscriptions.list({"customer": customer, "status": "all"}).data[0]

    def clock(self, now: int | None = None) -> str:
        return self.stripe.test_helpers.test_clocks.create({"frozen_time": now or int(time.time())}).id

    def order(self, name: str, **wish: Any) -> Any:
        """Something arranged at the stand-in."""
        body = json.dumps(wish).encode()
        status, _, told = self.sandbox.call("POST", f"/stripe/_control/{name}", body)
        assert status == 200, told
        return json.loads(told)
