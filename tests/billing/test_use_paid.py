"""Every day with something to pay ends as told, invoiced or owed, whichever way the company pays meanwhile."""

from datetime import datetime, time, timedelta
from decimal import Decimal

import pytest

from billing.actions.extras import bill_extras
from billing.card.catalogue import event_name
from billing.card.jobs import tell_metered
from billing.models import CardAccount, Invoice, MeterDay, Payment, Subscription
from billing.queries import ZONE, owes_extras, today
from core.context import company_scope, control_scope
from core.metering.meters import month_of, next_month
from core.notifications.models import Delivery
from tenants.queries import locked
from tenants.snapshots import find
from tests.billing.cards import account, row_of
from tests.billing.test_invoices import invoice
from tests.infra.sandbox.stripe_people import GOOD, LATER_BAD

pytestmark = pytest.mark.row("MN-03", waits="telephony")
DAY = timedelta(days=1)


def used(company, *, ago=1, units=9, **more):
    """A day of SMS that are to be paid for, as the night has written it."""
    told = {"code": "sms", "volume": units, "charged": units, "unit_price": 4} | more
    with control_scope():
        return MeterDay.objects.create(company_id=company.id, day=today() - ago * DAY, **told).pk


def how(company):
    """How each day has ended."""
    with control_scope():
        rows = MeterDay.objects.filter(company=company.id, charged__gt=0).order_by("day")
        return [("told" if row.told_at else "") or ("invoiced" if row.invoice else "") or row.way for row in rows]


def night(company, day):
    tell_metered(None, 0)
    with control_scope():
        return bill_extras(locked(company.schema), day=day)


def owes(company, day):
    with control_scope():
        return owes_extras(company.id, day)


def over(owner, desk, company):
    """The card is given up, and the paid period goes by."""
    assert owner.client.post("billing/card/renewal/", {"on": False}).status_code == 200
    desk.clock(company, datetime.combine(row_of(company).paid_until + DAY, time(12), ZONE))
    owner.client.post("billing/card/returned/", {})
    assert row_of(company).by == "transfer"


def letters(company):
    with company_scope(company):
        rows = Delivery.objects.filter(kind="billing.due", channel="bell").order_by("pk")
        return [subject for subject in rows.values_list("subject", flat=True) if "сверх тарифа" in subject]


@pytest.fixture
def due():
    """The first day of the next month, by which every day of the past is over."""
    return next_month(month_of(today()))


@pytest.fixture
def by_card(company, owner, desk, subscribed):
    subscribed(trial_until=today() - DAY)
    desk.pay(owner, seats=10)


def test_days_after_the_card_are_asked_for_then_owed_and_invoiced_when_somebody_says_to_whom(
    company, owner, desk, by_card, due
):  # fmt: skip
    used(company, ago=0)
    over(owner, desk, company)
    for _ in range(2):
        assert night(company, due) is None
    assert how(company) == [""] and letters(company) == ["За услуги сверх тарифа нужно заплатить 36,00 ₽"]
    assert not owes(company, due + 10 * DAY) and owes(company, due + 11 * DAY)
    night(company, due + 11 * DAY)
    assert find(schema=company.schema).allowance.owes_extras
    invoice(owner)
    made = night(company, due + 12 * DAY)
    assert (made.total, how(company)) == (Decimal("36.00"), ["invoiced"])
    assert not owes(company, due + 12 * DAY) and owes(company, due + 23 * DAY)


def test_a_former_card_takes_the_days_that_nobody_was_asked_for(company, owner, desk, by_card, due):
    used(company, ago=0)
    over(owner, desk, company)
    with control_scope():
        MeterDay.objects.update(day=today() - DAY)
        Subscription.objects.update(paid_from=today() - 40 * DAY, paid_until=today() - 10 * DAY)
    desk.pay(owner, seats=10)
    assert night(company, due) is None and how(company) == ["told"]


def test_days_from_before_the_card_are_in_its_next_invoice(company, owner, desk, subscribed, due):
    subscribed(trial_until=today() - 20 * DAY)
    used(company, ago=5)
    used(company, ago=1, units=3)
    desk.pay(owner, seats=10)
    assert night(company, due) is None and how(company) == ["told", "told"]
    before = row_of(company)
    desk.clock(company, datetime.combine(before.paid_until + DAY, time(12), ZONE))
    owner.client.post("billing/card/returned/", {})
    with control_scope():
        newest = Payment.objects.filter(company=company.id).order_by("-pk").first()
    assert newest.total == Decimal("1490.00") + 12 * 4
    assert row_of(company).paid_sum == Decimal("1490.00"), "what was used buys no days"


def test_while_a_card_waits_for_days_paid_by_transfer_an_invoice_asks(company, owner, desk, subscribed, pays, due):
    subscribed(trial_until=today())
    pays(invoice(owner, seats=10))
    desk.pay(owner, seats=10)
    assert account(company).status == "trialing"
    used(company)
    assert night(company, due).total == Decimal("36.00") and how(company) == ["invoiced"]


@pytest.mark.parametrize("status", ["trialing", "past_due", "unpaid", "paused", "canceled"])
def test_no_day_is_told_where_no_invoice_would_ask_for_it(company, owner, desk, by_card, due, status):
    used(company)
    with control_scope():
        CardAccount.objects.update(status=status)
    night(company, due)
    assert how(company) == [""] and owes(company, due + 11 * DAY)


def test_what_waited_for_a_refused_card_is_told_when_it_pays_again(company, owner, desk, by_card, due):
    used(company)
    with control_scope():
        CardAccount.objects.update(status="past_due")
    assert night(company, due) is None and how(company) == [""]
    with control_scope():
        CardAccount.objects.update(status="active")
    assert night(company, due) is None and how(company) == ["told"]


def test_a_day_that_a_dead_worker_claimed_for_one_card_counts_under_the_next_one(company, owner, desk, by_card, due):
    used(company)
    with control_scope():
        MeterDay.objects.update(way="card", told_for=datetime.combine(today() - 40 * DAY, time(12), ZONE))
        CardAccount.objects.update(status="canceled")
    night(company, today())
    assert how(company) == [""]
    with control_scope():
        CardAccount.objects.update(status="active")
    tell_metered(None, 0)
    assert how(company) == ["told"]
    over(owner, desk, company)
    with control_scope():
        came = [one.total for one in Payment.objects.filter(company=company.id).order_by("pk")]
    assert came == [Decimal("1490.00"), Decimal("36.00")], "the running period has asked for it"


def test_on_the_last_day_of_a_card_nothing_is_told_any_more(company, owner, desk, by_card):
    used(company)
    with control_scope():
        CardAccount.objects.update(cancels_on=today())
    tell_metered(None, 0)
    assert how(company) == [""]
    with control_scope():
        CardAccount.objects.update(cancels_on=today() + DAY)
    tell_metered(None, 0)
    assert how(company) == ["told"]


@pytest.mark.parametrize("was_told", [True, False])
def test_a_day_claimed_for_a_card_that_has_ended_is_told_if_it_was_and_else_asked_for(
    company, owner, desk, by_card, due, was_told
):  # fmt: skip
    used(company)
    used(company, ago=3)
    tell_metered(None, 0)
    assert how(company) == ["told", "told"]
    with control_scope():
        # Of two told in one minute, one as if the worker had been killed before, or after, it was told.
        MeterDay.objects.filter(day=today() - DAY).update(told_at=None, **({} if was_told else {"charged": 10}))
        Subscription.objects.update(by="transfer", renews=False)
    night(company, due)
    assert how(company) == ["told", "told" if was_told else ""]
    assert owes(company, due + 11 * DAY) is not was_told


def test_what_the_refused_card_leaves_behind_is_owed_and_its_money_is_no_credit(company, owner, desk, by_card):
    used(company)
    tell_metered(None, 0)
    desk.new_card(owner, LATER_BAD)
    over(owner, desk, company)
    assert account(company).left == Decimal("36.00") and owes(company, today())
    assert find(schema=company.schema).allowance.owes_extras
    assert letters(company) == ["Карта не прошла: услуги сверх тарифа"]
    shown = owner.client.get("billing/card/").json()
    assert not shown["is_paying"] and shown["pay_url"]
    before = row_of(company).credit
    desk.new_card(owner, GOOD)
    desk.give(shown["pay_url"], GOOD)
    owner.client.post("billing/card/returned/", {})
    assert account(company).left == 0 and not find(schema=company.schema).allowance.owes_extras
    assert row_of(company).credit == before
    assert owner.client.get("billing/card/").json()["pay_url"] == ""


def test_what_was_used_is_asked_for_when_a_refused_card_is_given_up_at_once(company, owner, desk, by_card):
    desk.new_card(owner, LATER_BAD)
    later = datetime.combine(row_of(company).paid_until + DAY, time(12), ZONE)
    desk.clock(company, later)
    owner.client.post("billing/card/returned/", {})
    assert account(company).status == "past_due"
    told = {"stripe_customer_id": account(company).customer, "value": "3600"}
    at = int(later.timestamp()) - 3600
    desk.stripe.billing.meter_events.create({"event_name": event_name("sms"), "payload": told, "timestamp": at})
    assert owner.client.post("billing/card/renewal/", {"on": False}).status_code == 200
    assert account(company).left == Decimal("36.00") and owes(company, today())


def test_of_an_invoice_for_plan_and_use_that_a_card_refused_the_plans_part_stays_with_the_company(
    company, owner, desk, by_card
):  # fmt: skip
    used(company)
    tell_metered(None, 0)
    desk.new_card(owner, LATER_BAD)
    desk.clock(company, datetime.combine(row_of(company).paid_until + DAY, time(12), ZONE))
    owner.client.post("billing/card/returned/", {})
    assert account(company).status == "past_due" and account(company).left == 0
    assert owner.client.post("billing/card/renewal/", {"on": False}).status_code == 200
    assert account(company).left == Decimal("1526.00") and owes(company, today())
    before, there = row_of(company).credit, owner.client.get("billing/card/").json()["pay_url"]
    desk.new_card(owner, GOOD)
    desk.give(there, GOOD)
    owner.client.post("billing/card/returned/", {})
    assert account(company).left == 0 and not owes(company, today())
    assert row_of(company).credit == before + 1490


def test_a_card_that_pays_what_was_used_last_leaves_neither_debt_nor_credit(company, owner, desk, by_card):
    used(company)
    tell_metered(None, 0)
    before = row_of(company).credit
    over(owner, desk, company)
    with control_scope():
        came = [one.total for one in Payment.objects.filter(company=company.id).order_by("pk")]
    assert came == [Decimal("1490.00"), Decimal("36.00")]
    assert (row_of(company).credit, account(company).left) == (before, 0)


def change(owner, **wish):
    answer = owner.client.post("billing/change/", {"add_ons": []} | wish)
    assert answer.status_code == 200, answer.json()


@pytest.mark.parametrize("is_told", [True, False])
def test_a_dearer_plan_bought_in_the_evening_makes_no_day_before_it_cheaper(company, owner, desk, by_card, is_told):
    used(company, ago=0)
    if is_told:
        with control_scope():
            MeterDay.objects.update(day=today() - DAY)
        tell_metered(None, 0)
    change(owner, plan="premium", period="month", seats=100)
    with control_scope():
        MeterDay.objects.update(day=today() - DAY)
    tell_metered(None, 0)
    assert how(company) == ["told"]
    over(owner, desk, company)
    with control_scope():
        newest = Payment.objects.filter(company=company.id).order_by("-pk").first()
    assert newest.total == Decimal("36.00"), "and not nine of the premium plan, 31.50"


def test_a_year_instead_of_a_month_asks_for_what_was_used_in_the_month(company, owner, desk, by_card):
    used(company)
    tell_metered(None, 0)
    # What is told in the very second of a change belongs to the new period.
    desk.clock(company, datetime.now(ZONE) + timedelta(minutes=2))
    change(owner, plan="basic", period="year", seats=10)
    held = row_of(company)
    with control_scope():
        came = sum(one.total for one in Payment.objects.filter(company=company.id))
    assert came > Decimal("14304.00") + 36
    assert (held.period, held.paid_sum, held.credit) == ("year", came - 36, 0), "what was used buys no days"
    over(owner, desk, company)
    assert account(company).left == 0


def test_use_that_is_paid_from_what_is_held_there_is_gone(company, owner, desk, by_card):
    for plan, seats in (("premium", 100), ("basic", 10)):
        change(owner, plan=plan, period="month", seats=seats)
    assert account(company).credit > 7000
    used(company)
    tell_metered(None, 0)
    before = _money(company)
    over(owner, desk, company)
    for _ in range(2):
        assert _money(company) == before - 36, "else it would be had for nothing"
        owner.client.post("billing/card/returned/", {})


def _money(company):
    """All that is held for a company, what its period was worth included."""
    row = row_of(company)
    return row.credit + row.paid_sum + account(company).credit


CHANGES = [("transfer", "card"), ("card", "transfer"), ("card", "over"), ("transfer", "over"), ("over", "card")]


@pytest.mark.parametrize(("first", "then"), CHANGES)
@pytest.mark.parametrize("has_requisites", [True, False])
def test_through_each_change_every_day_ends_as_told_invoiced_or_owed(
    company, owner, desk, subscribed, due, first, then, has_requisites
):  # fmt: skip
    subscribed(trial_until=today() - 40 * DAY)
    if has_requisites:
        invoice(owner)
    desk.pay(owner, seats=10)
    ways = {
        "transfer": {"by": "transfer", "renews": False},
        "card": {"by": "card", "renews": True},
        "over": {"by": "transfer", "renews": False, "paid_until": today() - 60 * DAY, "paid_from": today() - 90 * DAY},
    }

    def pays(way):
        with control_scope():
            CardAccount.objects.update(status="active" if way == "card" else "canceled")
            Subscription.objects.filter(pk=company.id).update(**ways[way])

    pays(first)
    used(company, ago=3)
    night(company, today())
    pays(then)
    used(company, ago=1)
    night(company, due)
    for state in how(company):
        assert state in ("told", "invoiced") or owes(company, due + 11 * DAY)
    asked = [one.total for one in _extras(company)]
    assert sum(asked) + 36 * how(company).count("told") + 36 * how(company).count("") == 72, "and none of them twice"


def _extras(company):
    with control_scope():
        return list(Invoice.objects.filter(company=company.id, kind="extras"))
