"""Paying by card from the choice to the paid period: first money, renewals, refusals, changes, an end."""

from datetime import datetime, time, timedelta
from decimal import Decimal

import pytest
import stripe

from billing.card import syncing
from billing.card.client import client
from billing.card.jobs import reconcile
from billing.models import Act, CardSession, Payment
from billing.queries import ZONE, today
from billing.rest import cards
from core.context import company_scope, control_scope
from core.events.models import Fact
from core.notifications.models import Delivery
from tenants.snapshots import find
from tests.billing.cards import account, row_of, unread
from tests.billing.test_invoices import invoice
from tests.infra.sandbox.stripe_people import DECLINED, GOOD, LATER_BAD

DAY = timedelta(days=1)


def moment(day, hour=12):
    return datetime.combine(day, time(hour), ZONE)


def money(company):
    """(what has come, what acts have taken, what the running period still holds)."""
    with control_scope():
        came = sum((one.total for one in Payment.objects.filter(company=company.id)), Decimal(0))
        taken = sum((one.total for one in Act.objects.filter(company=company.id)), Decimal(0))
    return came, taken, row_of(company).paid_sum


def card(person):
    return person.client.get("billing/card/").json()


@pytest.mark.row("PL-05", "MN-01")
def test_a_card_pays_at_once_when_the_trial_is_over(company, owner, desk, subscribed):
    subscribed(trial_until=today())
    desk.pay(owner, seats=12, add_ons=["storage-50"])
    row = row_of(company)
    assert (row.version.plan_id, row.period, row.seats, row.add_ons) == ("basic", "month", 12, ["storage-50"])
    assert (row.by, row.renews, row.stage) == ("card", True, "active")
    assert (row.paid_from, row.paid_until, row.paid_sum) == (today(), desk.ends(company), Decimal("2280.00"))
    may = find(schema=company.schema).allowance
    assert (may.mode, may.seats) == ("full", 12)
    told = card(owner)
    assert (told["is_paying"], told["brand"], told["last4"], told["problem"]) == (True, "visa", "4242", "")
    shown = owner.client.get("billing/subscription/").json()
    assert (shown["by"], shown["renews"], shown["paid_until"]) == ("card", True, row.paid_until.isoformat())
    with company_scope(company):
        kinds = set(Fact.objects.filter(kind__startswith="billing.").values_list("kind", flat=True))
    assert {"billing.payment_came", "billing.plan_changed"} <= kinds
    assert money(company) == (Decimal("2280.00"), 0, Decimal("2280.00"))


@pytest.mark.row("PL-05")
def test_in_the_trial_the_first_money_is_taken_at_its_end(company, owner, desk, life):
    ends = life().trial_until
    desk.pay(owner, seats=12)
    row = row_of(company)
    assert (row.stage, row.by, row.renews, row.paid_until) == ("trial", "card", True, None)
    assert owner.client.get("me/").json()["allowance"]["paid_ahead"], "the end of the trial is nothing to warn of"
    assert desk.subscription(company)["trial_end"] == int(moment(ends, 0).timestamp())
    desk.clock(company, moment(ends))
    unread(company)
    reconcile(None, 0)
    row = row_of(company)
    assert (row.paid_from, row.paid_until) == (ends, desk.ends(company))
    assert money(company)[0] == Decimal("1790.00")


def test_nobody_is_reminded_of_what_comes_by_itself(company, owner, desk, subscribed, life):
    subscribed(trial_until=today())
    desk.pay(owner)
    ends = row_of(company).paid_until
    with company_scope(company):
        # Of the trial's end they were written.
        Delivery.objects.all().delete()
    for day in (ends - 7 * DAY, ends - 3 * DAY, ends - DAY, ends):
        assert life(day).stage == "active"
    with company_scope(company):
        assert not Delivery.objects.filter(kind="billing.due").exists()
    assert life(ends + DAY).stage == "past_due", "a renewal of which nothing was heard is late a day later"


@pytest.mark.row("PL-05")
def test_each_period_is_paid_and_has_its_act(company, owner, desk, subscribed):
    subscribed(trial_until=today())
    desk.pay(owner, seats=10)
    first = row_of(company)
    for _ in range(2):
        desk.clock(company, moment(row_of(company).paid_until + DAY))
        unread(company)
        reconcile(None, 0)
    row = row_of(company)
    assert row.paid_from > first.paid_until and row.paid_until == desk.ends(company)
    came, taken, held = money(company)
    assert (came, taken, held) == (Decimal("4470.00"), Decimal("2980.00"), Decimal("1490.00"))


@pytest.mark.row("PL-05")
def test_a_failed_card_is_told_and_another_one_pays(company, owner, desk, life):
    ends = life().trial_until
    desk.pay(owner, LATER_BAD)
    desk.clock(company, moment(ends))
    unread(company)
    reconcile(None, 0)
    row, told = row_of(company), card(owner)
    assert (account(company).status, row.renews, row.paid_until) == ("past_due", False, None)
    assert told["problem"].startswith("Банк не принял карту") and told["pay_url"]
    with company_scope(company):
        letters = Delivery.objects.filter(kind="billing.due", channel="mail", subject__startswith="Карта не прошла")
        assert letters.count() == 1
    assert life(ends + 20 * DAY).stage == "read_only"
    assert owner.client.post("tasks/", {"title": "x"}).status_code == 403
    desk.new_card(owner, GOOD)
    unread(company)
    reconcile(None, 0)
    row, told = row_of(company), card(owner)
    assert (told["problem"], told["last4"], row.renews) == ("", "4242", True)
    assert (row.paid_from, row.stage) == (ends, "trial"), "today it is the trial still"
    assert life(ends + 20 * DAY).stage == "active"


def test_a_refused_card_at_the_desk_buys_nothing(company, owner, desk, subscribed):
    subscribed(trial_until=today())
    url = desk.set_out(owner)
    assert desk.give(url, DECLINED)[0] == 200
    assert row_of(company).by == "transfer"
    session = url.rpartition("/")[2]
    answer = owner.client.post("billing/card/returned/", {"session": session})
    assert answer.json() == {"state": "open", "is_paying": False}


@pytest.mark.row("MN-01")
def test_a_change_takes_the_difference_from_the_card(company, owner, desk, subscribed):
    subscribed(trial_until=today())
    desk.pay(owner, seats=10)
    wish = {"plan": "standard", "period": "month", "seats": 30, "add_ons": []}
    told = owner.client.post("billing/preview/", wish).json()
    assert told["by"] == "card"
    assert [line["title"] for line in told["lines"]] == ["Тариф «Стандартный», за остаток срока"]
    sums = {name: Decimal(told[name]) for name in ("price", "unused", "credit", "charge", "credit_after")}
    assert sums["charge"] + sums["unused"] + sums["credit"] == sums["price"] + sums["credit_after"]
    assert abs(sums["charge"] - Decimal("2500.00")) < Decimal("1"), "a moment after the first payment"
    assert owner.client.post("billing/change/", wish).status_code == 200
    row = row_of(company)
    assert (row.version.plan_id, row.seats, row.paid_from) == ("standard", 30, today())
    came, taken, held = money(company)
    assert came == taken + held and came > Decimal("3989")
    assert find(schema=company.schema).allowance.seats == 30


@pytest.mark.row("MN-01")
def test_a_month_becomes_a_year_and_nothing_is_lost(company, owner, desk, subscribed):
    subscribed(trial_until=today())
    desk.pay(owner, seats=10)
    wish = {"plan": "basic", "period": "year", "seats": 10, "add_ons": []}
    assert owner.client.post("billing/change/", wish).status_code == 200
    row = row_of(company)
    assert (row.period, row.paid_until) == ("year", desk.ends(company))
    came, taken, held = money(company)
    assert came == taken + held and came > Decimal("14303")


def test_a_change_that_the_bank_refuses_changes_nothing(company, owner, desk, subscribed):
    subscribed(trial_until=today())
    desk.pay(owner, seats=10)
    desk.new_card(owner, LATER_BAD)
    wish = {"plan": "standard", "period": "month", "seats": 30}
    refused = owner.client.post("billing/change/", wish)
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/card-refused")
    assert "другую карту" in refused.json()["detail"]
    assert row_of(company).version.plan_id == "basic"
    assert desk.subscription(company)["items"]["data"][0]["quantity"] == 1


@pytest.mark.row("PL-05")
def test_given_up_it_lasts_to_its_day_and_then_an_invoice_pays(company, owner, desk, subscribed, life):
    subscribed(trial_until=today())
    desk.pay(owner, seats=10)
    ends = row_of(company).paid_until
    told = owner.client.post("billing/card/renewal/", {"on": False}).json()
    assert (told["renews"], told["ends_on"], told["is_paying"]) == (False, ends.isoformat(), True)
    assert owner.client.post("billing/card/renewal/", {"on": True}).json()["renews"]
    owner.client.post("billing/card/renewal/", {"on": False})
    refused = owner.client.post("billing/invoices/", {"plan": "basic", "period": "month", "buyer": _buyer()})
    assert refused.json()["type"] == "/problems/paid-by-card"
    desk.clock(company, moment(ends + DAY))
    unread(company)
    reconcile(None, 0)
    row = row_of(company)
    assert (row.by, row.renews, row.paid_until) == ("transfer", False, ends)
    assert life(ends).stage == "past_due"
    assert invoice(owner, seats=10)["total"] == "1490.00"


@pytest.mark.row("PL-05")
@pytest.mark.parametrize("period", ["month", "year"])
def test_given_up_it_stays_so_whatever_is_chosen_then(period, company, owner, desk, subscribed):
    subscribed(trial_until=today())
    desk.pay(owner, seats=10)
    owner.client.post("billing/card/renewal/", {"on": False})
    wish = {"plan": "standard", "period": period, "seats": 30, "add_ons": []}
    assert owner.client.post("billing/change/", wish).status_code == 200
    row, told = row_of(company), card(owner)
    assert (row.version.plan_id, row.renews, told["renews"]) == ("standard", False, False)
    assert told["ends_on"] == row.paid_until.isoformat() == desk.ends(company).isoformat()
    assert owner.client.post("billing/card/renewal/", {"on": True}).json()["renews"]


def _buyer():
    return {"name": "ООО «Альфа»", "inn": "7707083893", "kpp": "770701001", "address": "Москва"}


def test_days_paid_by_invoice_are_not_paid_twice(company, owner, desk, subscribed):
    ends = today() + 10 * DAY
    subscribed(
        plan="basic", seats=10, trial_until=today(), paid_from=today() - 20 * DAY, paid_until=ends, paid_sum=1490
    )
    refused = owner.client.post("billing/card/checkout/", {"plan": "standard", "period": "month", "seats": 30})
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/only-same-by-card")
    desk.pay(owner, seats=10)
    row = row_of(company)
    assert (row.by, row.paid_until, row.paid_sum) == ("card", ends, Decimal("1490.00"))
    assert desk.subscription(company)["trial_end"] == int(moment(ends, 0).timestamp())
    desk.clock(company, moment(ends))
    unread(company)
    reconcile(None, 0)
    row = row_of(company)
    assert (row.paid_from, row.paid_until, row.paid_sum) == (ends, desk.ends(company), Decimal("1490.00"))


def test_money_by_transfer_stays_credit_while_a_card_pays(company, owner, desk, subscribed, pays, life):
    subscribed(trial_until=today())
    made = invoice(owner)
    desk.pay(owner, seats=10)
    before = row_of(company)
    pays(made)
    row = row_of(company)
    assert (row.credit, row.paid_until, row.seats) == (Decimal("1790.00"), before.paid_until, 10)
    assert life(before.paid_until).paid_until == before.paid_until, "a card renews, credit does not"


def test_nobody_pays_twice_at_two_addresses(company, owner, desk, subscribed):
    subscribed(trial_until=today())
    first = desk.set_out(owner)
    second = desk.set_out(owner)
    assert desk.give(first)[0] == 200, "the former address is shut"
    assert desk.give(second)[0] == 303
    refused = owner.client.post("billing/card/checkout/", {"plan": "basic", "period": "month"})
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/paid-by-card")
    assert len(desk.stripe.subscriptions.list({"customer": account(company).customer, "status": "all"}).data) == 1


def test_coming_back_without_end_does_not_read_without_end(owner, other_owner, desk, monkeypatch):
    monkeypatch.setattr(cards, "_RETURNS_A_MINUTE", 1)
    answers = [owner.client.post("billing/card/returned/", {}).status_code for _ in range(4)]
    # A minute may end in between, two may not.
    assert answers[0] == 200 and answers.count(429) >= 2
    assert other_owner.client.post("billing/card/returned/", {}).status_code == 200, "others are not kept"


@pytest.mark.row("SE-07")
def test_another_companys_address_is_not_there(owner, other_owner, desk):
    theirs = desk.set_out(other_owner).rpartition("/")[2]
    answer = owner.client.post("billing/card/returned/", {"session": theirs})
    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/not-found")
    for path, body in (("portal", None), ("renewal", {"on": False})):
        refused = owner.client.post(f"billing/card/{path}/", body)
        assert (refused.status_code, refused.json()["type"]) == (409, "/problems/no-card")


def test_without_a_key_cards_are_not_offered(owner, settings):
    settings.STRIPE_SECRET_KEY = ""
    assert not card(owner)["is_offered"]
    refused = owner.client.post("billing/card/checkout/", {"plan": "basic", "period": "month"})
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/card-not-offered")


def test_a_silent_provider_is_said_and_nothing_is_begun(company, owner, desk, subscribed):
    subscribed(trial_until=today())
    desk.sandbox.order(service="stripe", mode="fail", seconds=30)
    try:
        refused = owner.client.post("billing/card/checkout/", {"plan": "basic", "period": "month"})
    finally:
        desk.sandbox.call("DELETE", "/faults")
    assert (refused.status_code, refused.json()["type"]) == (503, "/problems/card-silent")
    desk.pay(owner)
    with control_scope():
        assert CardSession.objects.filter(company=company.id, session__isnull=False).count() == 1


def test_what_is_free_is_not_paid_by_card(owner, desk):
    refused = owner.client.post("billing/card/checkout/", {"plan": "free", "period": "month"})
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/nothing-to-pay")


@pytest.mark.row("SE-02", "PL-05")
def test_nothing_is_taken_for_a_company_that_is_erased(company, owner, desk, subscribed):
    subscribed(trial_until=today())
    desk.pay(owner)
    customer, subscription = account(company).customer, desk.subscription(company)["id"]
    for _ in range(2):
        syncing.let_go(company.schema)
    assert client().v1.subscriptions.retrieve(subscription).status == "canceled"
    with pytest.raises(stripe.InvalidRequestError, match="No such customer"):
        client().v1.customers.retrieve(customer)


@pytest.mark.row("PL-05", "MN-01")
def test_a_choice_changed_in_the_trial_takes_nothing_now_and_names_its_day(company, owner, desk, life):
    ends = life().trial_until
    desk.pay(owner, seats=10)
    wish = {"plan": "standard", "period": "year", "seats": 30, "add_ons": []}
    told = owner.client.post("billing/preview/", wish).json()
    assert (told["by"], told["waits"], told["is_renewal"]) == ("card", True, False)
    assert (told["begins"], told["until"]) == (ends.isoformat(), ends.replace(year=ends.year + 1).isoformat())
    assert (told["price"], told["charge"]) == ("38304.00", "38304.00"), "on the day on which it begins"
    assert owner.client.post("billing/change/", wish).status_code == 200
    assert money(company)[0] == 0, "nothing is taken on the day of the change"
    desk.clock(company, moment(ends))
    unread(company)
    reconcile(None, 0)
    assert money(company)[0] == Decimal(told["charge"])
    assert row_of(company).paid_from == ends


@pytest.mark.row("PL-05")
def test_given_up_in_the_trial_nothing_is_owed_and_every_way_to_pay_is_open(company, owner, desk, life):
    ends = life().trial_until
    desk.pay(owner, seats=12, add_ons=["storage-50"])
    refused = owner.client.post("billing/preview/", {"plan": "free", "period": "month"})
    assert "после пробного периода" in refused.json()["detail"]
    told = owner.client.post("billing/card/renewal/", {"on": False}).json()
    assert (told["is_paying"], told["renews"], told["ends_on"]) == (False, False, None)
    row = row_of(company)
    assert (row.by, row.stage, row.version.plan_id, row.seats, row.add_ons) == ("transfer", "trial", "free", None, [])
    with company_scope(company):
        assert Fact.objects.filter(kind="billing.plan_changed").count() == 2, "the history says so"
    assert life(ends + DAY).stage == "active", "nobody is late with what he has never bought"
    life()
    assert owner.client.post("billing/card/renewal/", {"on": True}).json()["type"] == "/problems/no-card"
    assert invoice(owner, seats=10)["total"] == "1490.00"
    desk.pay(owner, seats=10)
    assert (row_of(company).by, row_of(company).renews) == ("card", True)
