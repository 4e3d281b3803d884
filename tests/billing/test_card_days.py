"""Days and money when a card meets days that something else has paid for, and when what is bought changes."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from billing.actions.subscriptions import SHUT_JOB
from billing.card import paying, syncing
from billing.card.jobs import shut
from billing.card.syncing import sync
from billing.models import Act, CardAccount, CardSession, Payment, PlanVersion
from billing.queries import today
from core.context import control_scope
from tests.billing.cards import account, row_of
from tests.billing.test_cards import moment
from tests.billing.test_invoices import invoice
from tests.support.operators import make_operator

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


@pytest.mark.row("PL-05")
def test_a_card_begins_where_the_bought_days_end_whatever_waits_as_credit(company, owner, desk, subscribed):
    ends = today() + 10 * DAY
    paid = {"paid_from": today() - 20 * DAY, "paid_until": ends, "paid_sum": 1490, "credit": 1490}
    subscribed(plan="basic", seats=10, trial_until=today(), **paid)
    desk.pay(owner, seats=10)
    assert desk.subscription(company)["trial_end"] == int(moment(ends, 0).timestamp())
    desk.clock(company, moment(ends))
    sync(company.schema)
    row = row_of(company)
    assert (row.paid_from, row.paid_until, row.credit) == (ends, desk.ends(company), Decimal("1490.00"))


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
            stands(company)
            held = owner.client.get("billing/subscription/").json()["credit"]
            assert Decimal(held) * 100 == -balance(desk, company), (first, other, choice)


def stands(company: Any) -> Decimal:
    """All money that has come is in acts, in the period or waits as credit; the sum of it."""
    row = row_of(company)
    with control_scope():
        came = sum((one.total for one in Payment.objects.filter(company=company.id)), Decimal(0))
        taken = sum((one.total for one in Act.objects.filter(company=company.id)), Decimal(0))
        there = CardAccount.objects.filter(pk=company.id).values_list("credit", flat=True).first() or Decimal(0)
    assert came == taken + row.paid_sum + row.credit + there, (came, taken, row.paid_sum, row.credit, there)
    return came


def shut_now(company: Any) -> None:
    with control_scope():
        assert SHUT_JOB in promised_kinds()
    shut(None, company.id)


def promised_kinds() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind FROM public.outbox")
        return [kind for (kind,) in cursor.fetchall()]


@pytest.mark.row("PL-05", "MN-01")
def test_a_page_that_was_open_when_money_came_is_shut(company, owner, desk, subscribed, pays):
    subscribed(trial_until=today())
    made, url = invoice(owner, period="year"), desk.set_out(owner, period="month")
    pays(made)
    before = row_of(company)
    shut_now(company)
    assert desk.give(url)[0] == 200, "nobody pays there any more"
    row = row_of(company)
    assert (row.by, row.paid_until, row.paid_sum) == ("transfer", before.paid_until, before.paid_sum)
    stands(company)


@pytest.mark.row("PL-05", "MN-01")
@pytest.mark.parametrize("period", ["month", "year"])
def test_whoever_pays_there_a_moment_before_loses_nothing(period, company, owner, desk, subscribed, pays):
    """The very same days by transfer and by card, and fewer of them."""
    subscribed(trial_until=today())
    made, url = invoice(owner, period="year", seats=10), desk.set_out(owner, period=period, seats=10)
    pays(made)
    assert desk.give(url)[0] == 303
    for _ in range(2):
        shut_now(company)
        row = row_of(company)
        assert (row.by, row.paid_until, row.credit) == ("card", desk.ends(company), Decimal(made["total"]))
    assert stands(company) == Decimal(made["total"]) + row.paid_sum


@pytest.mark.row("PL-05")
def test_a_plan_taken_by_credit_shuts_the_page(company, owner, desk, subscribed):
    subscribed(trial_until=today(), credit=Decimal("5000.00"))
    url = desk.set_out(owner, period="year")
    assert owner.client.post("billing/change/", {"plan": "basic", "period": "month", "seats": 10}).status_code == 200
    before = row_of(company)
    shut_now(company)
    assert desk.give(url)[0] == 200
    row = row_of(company)
    assert (row.by, row.paid_until, row.credit) == ("transfer", before.paid_until, before.credit)


@pytest.mark.row("PL-05")
@pytest.mark.parametrize("is_read_before", [True, False])
def test_a_longer_trial_puts_the_first_money_off(is_read_before, company, owner, desk, life):
    """Both a card that waits for the trial's end already and one that is given while the trial is being extended."""
    ends = life().trial_until
    url = desk.set_out(owner, seats=10)
    assert desk.give(url)[0] == 303
    if is_read_before:
        sync(company.schema)
    later = ends + 30 * DAY
    told = {"until": later.isoformat(), "reason": "Просили о времени"}
    assert make_operator("chief").client.post(f"companies/{company.id}/extend-trial/", told).status_code == 200
    shut_now(company)
    assert desk.subscription(company)["trial_end"] == int(moment(later, 0).timestamp())
    desk.clock(company, moment(ends + DAY))
    sync(company.schema)
    assert (row_of(company).paid_until, stands(company)) == (None, 0)
    desk.clock(company, moment(later))
    sync(company.schema)
    assert (row_of(company).paid_from, row_of(company).paid_until) == (later, desk.ends(company))


def test_an_address_that_is_named_after_the_money_came_is_shut(company, owner, desk, subscribed, pays, monkeypatch):
    subscribed(trial_until=today())
    made, begin = invoice(owner), paying.begin

    def slow(*given: Any, **named: Any) -> Any:
        offered = begin(*given, **named)
        pays(made)
        return offered

    monkeypatch.setattr(paying, "begin", slow)
    asked = {"plan": "basic", "period": "month", "seats": 12, "add_ons": []}
    refused = owner.client.post("billing/card/checkout/", asked)
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/paid-meanwhile")
    with control_scope():
        [page] = CardSession.objects.filter(company=company.id)
    assert page.over_at and paying.state_of(page.session) == paying.EXPIRED


def balance(desk: Any, company: Any) -> int:
    """What the provider owes is less than nothing there, in kopecks."""
    return int(desk.stripe.customers.retrieve(account(company).customer).balance)


def over(desk: Any, owner: Any, company: Any) -> None:
    """A card is given up, and its last day has passed."""
    assert owner.client.post("billing/card/renewal/", {"on": False}).status_code == 200
    desk.clock(company, moment(row_of(company).paid_until + DAY))


@pytest.mark.row("PL-05", "MN-01")
def test_what_a_smaller_plan_gives_back_is_seen_and_comes_back_when_the_card_is_over(company, owner, desk, subscribed):
    subscribed(trial_until=today())
    desk.pay(owner, **CHOICES["premium", "year"])
    whole = stands(company)
    assert owner.client.post("billing/change/", CHOICES["basic", "month"]).status_code == 200
    row, there = row_of(company), Decimal(-balance(desk, company)) / 100
    assert there > whole / 2 and account(company).credit == there
    assert (row.credit, row.paid_sum) == (0, whole - there), "the act will name what the month is worth"
    over(desk, owner, company)
    for _ in range(2):
        sync(company.schema)
        row = row_of(company)
        assert (row.by, row.credit, account(company).credit, account(company).taken) == ("transfer", there, 0, 0)
        assert balance(desk, company) == 0
        assert stands(company) == whole


@pytest.mark.row("PL-05")
@pytest.mark.parametrize("is_gone_there", [True, False])
def test_whoever_dies_while_it_comes_back_neither_loses_nor_doubles_it(
    is_gone_there, company, owner, desk, subscribed, monkeypatch
):
    subscribed(trial_until=today())
    desk.pay(owner, **CHOICES["premium", "year"])
    owner.client.post("billing/change/", CHOICES["basic", "month"])
    whole, there = stands(company), account(company).credit
    over(desk, owner, company)

    class Killed(Exception):
        pass

    def dies(*_: Any, **__: Any) -> None:
        raise Killed

    with monkeypatch.context() as patched, pytest.raises(Killed):
        patched.setattr(syncing, "note_moved" if is_gone_there else "take_back", dies)
        sync(company.schema)
    assert (row_of(company).credit, account(company).taken) == (there, there)
    sync(company.schema)
    assert (row_of(company).credit, account(company).taken, balance(desk, company)) == (there, 0, 0)
    assert stands(company) == whole


@pytest.mark.row("PL-05", "MN-01")
def test_the_next_period_is_paid_from_what_is_held_there(company, owner, desk, subscribed):
    subscribed(trial_until=today())
    desk.pay(owner, **CHOICES["standard", "month"])
    assert owner.client.post("billing/change/", CHOICES["basic", "month"]).status_code == 200
    for _ in range(3):
        desk.clock(company, moment(row_of(company).paid_until + DAY))
        sync(company.schema)
        stands(company)
        assert row_of(company).paid_sum == Decimal("1490.00")
        assert account(company).credit == Decimal(-balance(desk, company)) / 100
    assert account(company).credit == 0
