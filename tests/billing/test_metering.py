"""What is used beyond what is free: counted by the day, told to the provider once, paid after the period."""

from datetime import datetime, time, timedelta

import pytest
import time_machine
from django.utils import timezone

from billing.actions.usage import count_usage
from billing.card.catalogue import event_name
from billing.card.jobs import reconcile, tell_metered
from billing.models import Extra, MeterDay, Plan
from billing.queries import ZONE, today
from core.context import company_scope, control_scope
from core.metering.actions import count, must_afford
from core.metering.errors import NotIncluded
from core.metering.meters import METERS
from tenants.snapshots import find
from tests.billing.cards import account, row_of, unread

DAY = timedelta(days=1)


def used(company, code, volume, *, key, day=None):
    """So much of a meter on a day, yesterday unless said."""
    at = datetime.combine(day or today() - DAY, time(12), ZONE)
    with time_machine.travel(at, tick=False), company_scope(company):
        count(METERS[code], key=key, volume=volume)


def counted(company, day=None):
    with control_scope():
        return count_usage(company.schema, day=day or today())


def days(company):
    with control_scope():
        rows = MeterDay.objects.filter(company=company.id).order_by("day", "code")
        return [(row.day, row.code, row.volume, row.charged, row.unit_price and str(row.unit_price)) for row in rows]


@pytest.fixture
def basic(subscribed):
    """Alfa has paid for the basic plan by transfer: 50 SMS and 100 look-ups are free, files beyond cost 15 ₽."""
    began = today() - 3 * DAY
    subscribed(plan="basic", trial_until=began, paid_from=began, paid_until=today() + 30 * DAY, paid_sum=1490)


@pytest.mark.row("MN-03", waits="telephony")
def test_every_meter_is_counted_when_the_day_is_over_and_seen_by_the_day(company, owner, basic):
    used(company, "sms", 52, key="a")
    used(company, "lookups", 3, key="b")
    used(company, "minutes", 4, key="c")
    used(company, "sms", 9, key="later", day=today())
    counted(company)
    counted(company)
    [row] = owner.client.get("billing/usage/").json()["results"]
    assert row["meters"] == []
    counted(company, today() + DAY)
    rows = {one["day"]: one["meters"] for one in owner.client.get("billing/usage/").json()["results"]}
    assert [(one["code"], one["volume"], one["cost"]) for one in rows[today().isoformat()]] == [("sms", 9, "36.00")]
    yesterday = today() - DAY
    assert days(company) == [
        (yesterday, "lookups", 3, 0, "1.50"),
        (yesterday, "minutes", 4, 4, "2.20"),
        (yesterday, "sms", 52, 2, "4.00"),
        (today(), "sms", 9, 9, "4.00"),
    ]


def test_days_that_nobody_has_counted_are_counted_later_each_as_its_own(company, basic):
    used(company, "sms", 50, key="a", day=today() - 2 * DAY)
    used(company, "sms", 7, key="b")
    counted(company)
    assert [(day, volume, charged) for day, _, volume, charged, _ in days(company)] == [
        (today() - 2 * DAY, 50, 0), (today() - DAY, 7, 7)
    ]  # fmt: skip


def test_what_comes_late_joins_yesterday_and_leaves_the_written_day_alone(company, basic):
    used(company, "sms", 60, key="a", day=today() - 2 * DAY)
    counted(company, today() - DAY)
    used(company, "sms", 5, key="late", day=today() - 2 * DAY)
    used(company, "sms", 1, key="b")
    counted(company)
    assert [(day, volume, charged) for day, _, volume, charged, _ in days(company)] == [
        (today() - 2 * DAY, 60, 10), (today() - DAY, 6, 6)
    ]  # fmt: skip


def test_in_the_trial_and_without_a_price_nothing_is_charged(company, life):
    life()
    used(company, "sms", 500, key="a")
    counted(company)
    assert days(company) == [(today() - DAY, "sms", 500, 0, None)]


@pytest.mark.row("MN-03", waits="telephony")
def test_what_is_beyond_is_told_once_and_paid_after_the_period(company, owner, desk, subscribed, settings):
    subscribed(trial_until=today() - DAY)
    desk.pay(owner, seats=10)
    version = row_of(company).version
    with control_scope():
        sold = {one.code: one for one in Extra.objects.filter(version=version)}
    for code in ("sms", "lookups", "minutes"):
        used(company, code, int(sold[code].free_volume) + 7, key="a")
    counted(company)
    tell_metered(None, 0)
    with control_scope():
        # As if the worker had been killed before it could write that the day is told.
        MeterDay.objects.update(told_at=None)
    tell_metered(None, 0)
    meters = {one.event_name: one.id for one in desk.stripe.billing.meters.list().data}
    start = int(timezone.now().timestamp()) // 86_400 * 86_400 - 2 * 86_400
    told = {"customer": account(company).customer, "start_time": start, "end_time": start + 4 * 86_400}
    for code in ("sms", "lookups", "minutes"):
        [summary] = desk.stripe.billing.meters.event_summaries.list(meters[event_name(code)], told).data
        assert summary.aggregated_value == 700 * sold[code].unit_price, code


def test_the_night_finds_use_that_the_provider_does_not_know(company, owner, desk, subscribed, caplog):
    subscribed(trial_until=today() - DAY)
    desk.pay(owner, seats=10)
    used(company, "minutes", 7, key="a")
    counted(company)
    tell_metered(None, 0)
    unread(company)
    reconcile(None, 0)
    with control_scope():
        MeterDay.objects.update(charged=9)
    unread(company)
    with pytest.raises(RuntimeError, match="use differs"):
        reconcile(None, 0)
    assert "{'minutes': (1980, 1540)}" in caplog.text


def test_a_subscription_from_before_a_meter_was_sold_gets_its_item_in_the_night(company, owner, desk, subscribed):
    subscribed(trial_until=today())
    desk.pay(owner, seats=10)
    items = {one["price"]["metadata"]["code"]: one["id"] for one in desk.subscription(company)["items"]["data"]}
    assert {"sms", "storage", "lookups", "minutes"} <= set(items)
    gone = {"id": items["minutes"], "deleted": True, "clear_usage": True}
    desk.stripe.subscriptions.update(account(company).subscription, {"items": [gone], "proration_behavior": "none"})
    unread(company)
    reconcile(None, 0)
    found = {one["price"]["metadata"]["code"] for one in desk.subscription(company)["items"]["data"]}
    assert "minutes" in found


def test_whoever_pays_by_transfer_is_not_told_of(company, owner, desk, subscribed):
    subscribed(plan="basic", trial_until=today(), paid_from=today(), paid_until=today() + 30 * DAY, paid_sum=1490)
    with control_scope():
        MeterDay.objects.create(company_id=company.id, day=today() - DAY, code="sms", volume=1000)
    tell_metered(None, 0)
    unread(company)
    reconcile(None, 0)
    with control_scope():
        assert MeterDay.objects.get().told_at is None


def test_what_an_invoice_has_asked_for_no_card_pays(company, owner, desk, subscribed):
    subscribed(trial_until=today())
    desk.pay(owner, seats=10)
    told = {"company_id": company.id, "code": "sms", "volume": 9, "charged": 9, "unit_price": 4}
    with control_scope():
        MeterDay.objects.create(day=today() - DAY, way="transfer", invoice=1, **told)
    tell_metered(None, 0)
    with control_scope():
        assert MeterDay.objects.get().told_at is None


def test_all_that_can_be_metered_is_what_plans_may_sell():
    assert set(Extra.Code.values) == set(METERS)


PLANS = [None, "free", "basic", "standard", "premium"]


@pytest.mark.parametrize("code", METERS)
@pytest.mark.parametrize("plan", PLANS)
def test_each_plan_and_the_trial_have_a_price_or_a_bound_of_each_meter(company, life, subscribed, plan, code):
    with control_scope():
        assert set(Plan.objects.values_list("pk", flat=True)) == {one for one in PLANS if one}
    if plan is None:
        life()
    else:
        subscribed(plan=plan, trial_until=today(), paid_from=today(), paid_until=today() + 30 * DAY, paid_sum=1)
    meter, may = METERS[code], find(schema=company.schema).allowance
    if meter.is_level:
        # Files of a trial have no bound: nothing of them is handed to anybody who takes money by the piece.
        assert may.price_of(code) is not None or may.storage_bytes is not None or plan is None
        return
    assert may.price_of(code) is not None or may.volumes[code].isdigit()
    with company_scope(find(schema=company.schema)):
        count(meter, key="all", volume=1_000_000)
        if may.price_of(code) is None:
            with pytest.raises(NotIncluded):
                must_afford(meter)
        else:
            must_afford(meter)


@pytest.mark.row("MN-03", waits="telephony")
def test_the_trial_has_fifty_sms_and_the_free_plan_none_and_the_refusal_names_the_ways_out(
    company, owner, life, subscribed
):  # fmt: skip
    life()
    assert shown(owner, "sms") == ("50", None)
    with company_scope(find(schema=company.schema)):
        count(METERS["sms"], key="a", volume=49)
        must_afford(METERS["sms"])
        with pytest.raises(NotIncluded) as refused:
            must_afford(METERS["sms"], volume=2)
    assert refused.value.detail == (
        "Бесплатный запас израсходован: SMS, 50. Подключите своего провайдера SMS в разделе «Настройки → Интеграции» "
        "или выберите тариф, в который они входят, в разделе «Настройки → Тариф и оплата»"
    )
    subscribed(trial_until=today())
    assert shown(owner, "sms") == ("0", None)
    with company_scope(find(schema=company.schema)), pytest.raises(NotIncluded) as refused:
        must_afford(METERS["sms"])
    assert refused.value.detail.startswith("Тариф компании не включает SMS. Подключите своего провайдера")


def shown(owner, code):
    [one] = [one for one in owner.client.get("billing/meters/").json()["results"] if one["code"] == code]
    return one["free_volume"], one["unit_price"]
