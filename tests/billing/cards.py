"""The stand-in of Stripe as tests of billing use it: a person pays, time goes on, events are told as a test wishes."""

import json
import time
from datetime import date, datetime
from itertools import takewhile
from typing import Any
from urllib.parse import urlencode

import stripe
from django.conf import settings
from django.test.testcases import TestCase

from billing.models import CardAccount, Subscription
from billing.queries import ZONE
from core.context import Company, control_scope
from tests.infra.sandbox.process import SandboxProcess
from tests.infra.sandbox.stripe_people import FORM, GOOD, SECRET, client_of
from tests.support.client import Api

HOOK = "/api/v1/hooks/stripe/"


class Desk:
    """Where cards are given and events lie until they are told."""

    def __init__(self, sandbox: SandboxProcess) -> None:
        self.sandbox, self.stripe = sandbox, client_of(sandbox).v1
        self._told: set[str] = set()

    def give(self, url: str, number: str = GOOD, **more: str) -> tuple[int, str]:
        """A person fills the form of a page; (status, where he is sent)."""
        path = "/" + url.split("/", 3)[3]
        form = {"number": number, "expires": "12/34", "cvc": "123", "deed": "pay"} | more
        status, headers, _ = self.sandbox.call("POST", path, urlencode(form).encode(), FORM)
        return status, headers.get("location", "")

    def set_out(self, person: Any, **wish: Any) -> str:
        """The address at which a person pays for a choice."""
        asked = {"plan": "basic", "period": "month", "seats": 12, "add_ons": []} | wish
        answer = person.client.post("billing/card/checkout/", asked)
        assert answer.status_code == 201, answer.json()
        return answer.json()["url"]

    def pay(self, person: Any, number: str = GOOD, **wish: Any) -> str:
        """Set out, pay, come back; the session."""
        status, back = self.give(self.set_out(person, **wish), number)
        assert status == 303, status
        session = back.partition("?card=")[2]
        answer = person.client.post("billing/card/returned/", {"session": session})
        assert answer.json() == {"state": "complete", "is_paying": True}, answer.json()
        return session

    def new_card(self, person: Any, number: str) -> None:
        """A person changes the card in the portal."""
        url = person.client.post("billing/card/portal/").json()["url"]
        assert self.give(url, number)[0] == 303

    def clock(self, company: Company, now: datetime | float) -> None:
        """Another time for a company's customer; what falls due on the way happens."""
        seconds = now.timestamp() if isinstance(now, datetime) else now
        self.order("clock", customer=account(company).customer, now=int(seconds))

    def order(self, name: str, **wish: Any) -> Any:
        status, _, told = self.sandbox.call("POST", f"/stripe/_control/{name}", json.dumps(wish).encode())
        assert status == 200, told
        return json.loads(told)

    def events(self) -> list[dict[str, Any]]:
        """What has happened and was not asked for yet, oldest first."""
        newest = self.stripe.events.list({"limit": 100}).auto_paging_iter()
        fresh = [one.to_dict(for_json=True) for one in takewhile(lambda one: one.id not in self._told, newest)]
        self._told.update(one["id"] for one in fresh)
        return fresh[::-1]

    def ends(self, company: Company) -> date:
        """The day on which the running period ends there."""
        end = self.subscription(company)["items"]["data"][0]["current_period_end"]
        return datetime.fromtimestamp(end, ZONE).date()

    def subscription(self, company: Company) -> dict[str, Any]:
        """What stands there of a company."""
        return self.stripe.subscriptions.retrieve(account(company).subscription).to_dict()


def account(company: Company) -> CardAccount:
    with control_scope():
        return CardAccount.objects.get(pk=company.id)


def unread(company: Company) -> None:
    """As if nobody had read of a company since the last night."""
    with control_scope():
        CardAccount.objects.filter(pk=company.id).update(read_at=None)


def row_of(company: Company) -> Subscription:
    with control_scope():
        return Subscription.objects.select_related("version").get(pk=company.id)


def tell(event: Any, *, secret: str = SECRET, at: int | None = None, more: str = "", header: str | None = None) -> Any:
    """Knock as Stripe does; `more` is put behind what was signed."""
    body = event if isinstance(event, str) else json.dumps(event)
    signature = stripe.WebhookSignature.generate_signature_header(body, secret, at or int(time.time()))
    told = {"HTTP_HOST": settings.BASE_DOMAIN, "HTTP_STRIPE_SIGNATURE": signature if header is None else header}
    with TestCase.captureOnCommitCallbacks(execute=True):
        return Api().client.generic("POST", HOOK, body + more, content_type="application/json", **told)
