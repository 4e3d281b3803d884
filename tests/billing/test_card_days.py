"""Days and money when a card meets days that something else has paid for, and when what is bought changes."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from billing.card.syncing import sync
from billing.models import PlanVersion
from billing.queries import today
from core.context import control_scope
from tests.billing.cards import account, row_of
from tests.billing.test_invoices import invoice

DAY = timedelta(days=1)
DEAR = {"plan": "premium", "period": "month", "seats": 5000, "add_ons": ["storage-50"]}


@pytest.fixture
def year(owner: Any, desk: Any, subscribed: Any, pays: Any) -> Any:
    """Basic for a year paid by transfer, and a card that waits for its end."""
    subscribed(trial_until=today())
    pays(invoice(owner, period="year", seats=10))
    desk.pay(owner, period="year", seats=10)


@pytest.mark.row("PL-05", "MN-01")
def test_while_a_card_waits_only_what_is_paid_for_holds(company, owner, desk, year):
    before = row_of(company)
    assert (account(company).status, before.by, before.paid_until > today() + 360 * DAY) == ("trialing", "card", True)
    for path in ("preview", "change"):
        refused = owner.client.post(f"billing/{path}/", DEAR)
        assert (refused.status_code, refused.json()["type"]) == (409, "/problems/only-same-by-card"), path
    same = {"plan": "basic", "period": "year", "seats": 10, "add_ons": []}
    assert owner.client.post("billing/change/", same).status_code == 200
    owner.client.post("billing/card/renewal/", {"on": False})
    row = row_of(company)
    assert (row.version.plan_id, row.period, row.seats, row.add_ons) == ("basic", "year", 10, [])
    assert (row.paid_until, row.paid_sum, row.renews) == (before.paid_until, before.paid_sum, False)


@pytest.mark.row("PL-05")
def test_what_somebody_puts_there_meanwhile_waits_for_its_money(company, owner, desk, year):
    """Past us, in the dashboard of the provider: a hundred seats more while nothing is paid by card."""
    [item] = [one for one in desk.subscription(company)["items"]["data"] if one["price"]["metadata"]["what"] == "plan"]
    with control_scope():
        version = PlanVersion.objects.get(plan="basic").pk
    rhythm: Any = {"interval": "year"}
    price = desk.stripe.prices.create(
        {
            "product": item["price"]["product"], "currency": "rub", "unit_amount": 100, "recurring": rhythm,
            "metadata": {"version": str(version), "what": "seat", "code": ""},
        }
    )  # fmt: skip
    more: Any = {"items": [{"price": price.id, "quantity": 100}]}
    desk.stripe.subscriptions.update(account(company).subscription, more)
    sync(company.schema)
    assert row_of(company).seats == 10


def test_in_the_houses_own_trial_the_choice_stays_open(company, owner, desk, life):
    life()
    desk.pay(owner, seats=10)
    wish = {"plan": "standard", "period": "month", "seats": 30, "add_ons": []}
    assert owner.client.post("billing/change/", wish).status_code == 200
    row = row_of(company)
    assert (row.version.plan_id, row.seats, row.paid_until, row.paid_sum) == ("standard", 30, None, Decimal(0))


CHOICES = {
    (plan, period): {"plan": plan, "period": period, "seats": seats, "add_ons": []}
    for plan, seats in (("basic", 10), ("standard", 30), ("premium", 100))
    for period in ("month", "year")
}


@pytest.mark.row("PL-05", "MN-01")
@pytest.mark.parametrize("first", CHOICES, ids="-".join)
def test_paid_days_are_those_of_the_period_there(first, company, owner, desk, subscribed):
    """From each plan and rhythm to every other one and back: a year that has become a month is given back."""
    subscribed(trial_until=today())
    desk.pay(owner, **CHOICES[first])
    for other in CHOICES:
        for choice in (other, first):
            assert owner.client.post("billing/change/", CHOICES[choice]).status_code == 200, choice
            row = row_of(company)
            assert (row.version.plan_id, row.period) == choice
            assert (row.paid_from, row.paid_until) == (today(), desk.ends(company)), (first, other, choice)
