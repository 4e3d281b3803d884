"""What is used beyond what is free: counted by the day, told to the provider once, paid after the period."""

from datetime import datetime, time, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from billing.actions.usage import count_usage
from billing.card.catalogue import event_name
from billing.card.jobs import reconcile, tell_metered
from billing.models import Extra, MeterDay
from billing.queries import ZONE, today
from billing.rules.card import beyond
from core.context import company_scope, control_scope
from core.notifications.models import Delivery
from tests.billing.cards import account, row_of, unread

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("before", "volume", "free", "expected"), [(0, 10, 50, 0), (45, 10, 50, 5), (60, 10, 50, 10), (0, 70, 50, 20)]
)
def test_only_what_is_beyond_is_asked_for(before, volume, free, expected):
    assert beyond(before, volume, Decimal(free)) == expected


def sent(company, day, parts, number):
    at = datetime.combine(day, time(12), ZONE)
    with company_scope(company):
        row = Delivery.objects.create(
            kind="tasks.given", channel="sms", address="79000000000", subject="x", message_id=f"sms-{number}",
            status=Delivery.Status.SENT, sent_at=at, trace={"segments": parts},
        )  # fmt: skip
        Delivery.objects.filter(pk=row.pk).update(created_at=at)


@pytest.fixture
def of_the_house(settings):
    """The installation has an account for SMS of all companies."""
    settings.SMS_PASSWORD = "secret"


@pytest.mark.row("MN-03", waits="telephony")
def test_sms_are_counted_when_the_day_is_over(company, owner, of_the_house):
    for number, parts in enumerate((2, 3)):
        sent(company, today() - DAY, parts, number)
    sent(company, today(), 9, "later")
    for day in (today() - DAY, today(), today()):
        with control_scope():
            count_usage(company.schema, day=day)
    rows = owner.client.get("billing/usage/").json()["results"]
    assert [(row["day"], row["sms"]) for row in rows] == [
        (today().isoformat(), 0), ((today() - DAY).isoformat(), 5)
    ]  # fmt: skip


def test_a_companys_own_account_is_its_own(company, settings):
    settings.SMS_PASSWORD = ""
    sent(company, today() - DAY, 2, 1)
    with control_scope():
        count_usage(company.schema, day=today())
        assert not MeterDay.objects.exists()


@pytest.mark.row("MN-03", waits="telephony")
def test_what_is_beyond_is_told_once_and_paid_after_the_period(company, owner, desk, subscribed, settings):
    subscribed(trial_until=today())
    desk.pay(owner, seats=10)
    version = row_of(company).version
    with control_scope():
        free = Extra.objects.get(version=version, code="sms").free_volume
        MeterDay.objects.create(company_id=company.id, day=today() - DAY, code="sms", volume=int(free) + 7)
    tell_metered(None, 0)
    with control_scope():
        # As if the worker had been killed before it could write that the day is told.
        MeterDay.objects.update(told_at=None)
    tell_metered(None, 0)
    [meter] = [one for one in desk.stripe.billing.meters.list().data if one.event_name == event_name("sms")]
    start = int(timezone.now().timestamp()) // 86_400 * 86_400 - 2 * 86_400
    told = {"customer": account(company).customer, "start_time": start, "end_time": start + 4 * 86_400}
    [summary] = desk.stripe.billing.meters.event_summaries.list(meter.id, told).data
    assert summary.aggregated_value == 7


def test_whoever_pays_by_transfer_is_not_told_of(company, owner, desk, subscribed):
    subscribed(plan="basic", trial_until=today(), paid_from=today(), paid_until=today() + 30 * DAY, paid_sum=1490)
    with control_scope():
        MeterDay.objects.create(company_id=company.id, day=today(), code="sms", volume=1000)
    tell_metered(None, 0)
    unread(company)
    reconcile(None, 0)
    with control_scope():
        assert MeterDay.objects.get().told_at is None
