"""Extras of whoever pays by transfer: an invoice when the month is over, ceilings, room beyond the quota."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine

from billing.actions.subscriptions import live
from billing.actions.usage import count_usage
from billing.models import Act, Invoice, MeterDay, Subscription
from core.attachments.models import Attachment
from core.context import company_scope, control_scope
from core.entitlements.allowance import Allowance
from core.identity.models import Session
from core.metering.actions import count
from core.metering.meters import METERS
from core.notifications.models import Delivery
from tenants.snapshots import find
from tests.billing.test_invoices import invoice

DAY = timedelta(days=1)
GB = 1024**3


@pytest.fixture
def at():
    """`with at("2026-11-10"):` — noon of a day by the service's clock."""
    return lambda day: time_machine.travel(f"{day}T12:00:00+03:00", tick=False)


@pytest.fixture(autouse=True)
def for_months(company, owner):
    """The owner stays signed in while months go by."""
    with company_scope(company):
        Session.objects.update(expires_at=datetime(2028, 1, 1, tzinfo=UTC))


@pytest.fixture
def paying(company, owner, subscribed, pays, at):
    """Alfa pays for the basic plan by transfer from the 1st of November on, by an invoice that was paid."""
    with at("2026-11-01"):
        subscribed(trial_until=date(2026, 11, 1))
        pays(invoice(owner))


def used(company, at, day, code, volume, key):
    with at(day), company_scope(company):
        count(METERS[code], key=key, volume=volume)


def counted(company, at, day):
    with at(day), control_scope():
        return count_usage(company.schema, day=date.fromisoformat(day))


def extras(company):
    with control_scope():
        return list(Invoice.objects.filter(company=company.id, kind="extras").order_by("number"))


def letters(company, kind="billing.due"):
    with company_scope(company):
        return list(Delivery.objects.filter(kind=kind, channel="bell").order_by("pk").values_list("subject", flat=True))


def credit(company):
    with control_scope():
        return Subscription.objects.get(pk=company.id).credit


@pytest.mark.row("MN-03", waits="telephony")
def test_an_invoice_asks_for_the_extras_of_a_month_once_it_is_over(company, owner, paying, at):
    used(company, at, "2026-11-10", "sms", 60, "a")
    used(company, at, "2026-11-20", "sms", 5, "b")
    used(company, at, "2026-11-20", "minutes", 10, "c")
    for day in ("2026-11-11", "2026-11-21", "2026-11-30"):
        counted(company, at, day)
    assert extras(company) == []
    used(company, at, "2026-12-01", "sms", 70, "next month")
    for day in ("2026-12-01", "2026-12-02"):
        counted(company, at, day)
    [made] = extras(company)
    with at("2026-12-02"):
        told = owner.client.get(f"billing/invoices/{made.pk}/").json()
        printed = owner.client.get(f"billing/invoices/{made.pk}/print/")
    assert (told["kind"], told["total"], told["pay_until"]) == ("extras", "82.00", "2026-12-11")
    assert [(line["title"], line["count"], line["total"]) for line in told["lines"]] == [
        ("Минуты разговоров сверх тарифа, ноябрь 2026 (минута)", 10, "22.00"),
        ("SMS сверх тарифа, ноябрь 2026 (штука)", 15, "60.00"),
    ]
    assert printed.status_code == 200 and printed.content.startswith(b"%PDF")
    assert letters(company)[1:] == [f"Счёт {told['number']} за услуги сверх тарифа"]
    with control_scope():
        assert set(MeterDay.objects.filter(day__lt="2026-12-01").values_list("way", "invoice")) == {
            ("transfer", made.number)
        }


@pytest.mark.row("MN-03", waits="telephony")
def test_money_for_extras_pays_for_them_and_what_is_over_is_credit(company, owner, paying, pays, at):
    used(company, at, "2026-11-10", "minutes", 10, "c")
    counted(company, at, "2026-11-11")
    counted(company, at, "2026-12-01")
    [made] = extras(company)
    with at("2026-12-02"):
        told = owner.client.get(f"billing/invoices/{made.pk}/").json()
        pays(told, total="10.00")
        assert (credit(company), extras(company)[0].state) == (Decimal("0.00"), "open")
        pays(told, total="15.00")
        assert (credit(company), extras(company)[0].state) == (Decimal("3.00"), "paid")
        with control_scope():
            act = Act.objects.get(company=company.id, kind="extras")
        assert (act.total, act.period_from, act.period_to) == (Decimal("22.00"), date(2026, 11, 1), date(2026, 12, 1))
        told = {line["title"]: line["total"] for line in owner.client.get("billing/acts/").json()["results"]}
        assert told == {"Доступ к сервису по тарифу «Базовый»": "1790.00", "Услуги сверх тарифа": "22.00"}


def test_an_overdue_invoice_stops_extras_alone_and_payment_brings_them_back(company, owner, paying, pays, at):
    used(company, at, "2026-11-10", "minutes", 10, "c")
    counted(company, at, "2026-11-11")
    counted(company, at, "2026-12-01")
    counted(company, at, "2026-12-11")
    assert not find(schema=company.schema).allowance.owes_extras
    counted(company, at, "2026-12-12")
    allowed = find(schema=company.schema).allowance
    assert allowed.owes_extras
    with at("2026-12-12"):
        assert owner.client.get("billing/meters/").json()["owes"] is True
        [made] = extras(company)
        pays(owner.client.get(f"billing/invoices/{made.pk}/").json())
    assert not find(schema=company.schema).allowance.owes_extras


def test_whoever_was_never_made_out_an_invoice_is_asked_when_he_has_said_to_whom(company, owner, subscribed, at):
    with at("2026-11-01"):
        began = date(2026, 11, 1)
        subscribed(plan="basic", trial_until=began, paid_from=began, paid_until=date(2027, 11, 1), paid_sum=1490)
    used(company, at, "2026-11-10", "minutes", 10, "c")
    counted(company, at, "2026-11-11")
    counted(company, at, "2026-12-01")
    assert extras(company) == []
    with at("2026-12-05"):
        invoice(owner)
    counted(company, at, "2026-12-06")
    assert [made.total for made in extras(company)] == [Decimal("22.00")]


@pytest.mark.row("MN-03", waits="telephony")
def test_a_ceiling_is_set_by_whoever_may_pay_and_caps_what_is_charged(company, owner, paying, at):
    with at("2026-11-10"):
        answer = owner.client.put("billing/meters/sms/", {"ceiling": "6.00"})
        assert answer.status_code == 200
    assert find(schema=company.schema).allowance.ceilings == {"sms": "6.00"}
    # Two were on their way at once when the last kopeck went: what is beyond the ceiling nobody pays.
    used(company, at, "2026-11-10", "sms", 53, "a")
    counted(company, at, "2026-11-11")
    with control_scope():
        assert MeterDay.objects.get().charged == 1
    with at("2026-11-11"):
        [sms] = [one for one in owner.client.get("billing/meters/").json()["results"] if one["code"] == "sms"]
        assert (sms["used"], sms["spent"], sms["ceiling"], sms["level"]) == (53, "4.00", "6.00", "filled")
        wrong = owner.client.put("billing/meters/sms/", {"ceiling": "-1.00"})
        assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (422, "/ceiling")
        assert owner.client.put("billing/meters/fuel/", {"ceiling": "1.00"}).status_code == 404
        assert owner.client.put("billing/meters/sms/", {"ceiling": None}).json()["results"][0]["ceiling"] is None
    assert find(schema=company.schema).allowance.ceilings == {}


def attach(owner, task, gigabytes):
    wish = {"name": "a.zip", "size": int(gigabytes * GB), "content_type": "application/zip"}
    return owner.client.post(f"tasks/{task['id']}/attachments/", wish)


@pytest.fixture
def filled(company, owner, paying, at, settings):
    """The quota of 20 GB is full to the brim; gives the card."""
    settings.UPLOAD_MAX_BYTES, settings.REQUESTS_PER_SECOND = 100 * GB, 0
    with at("2026-11-10"):
        task = owner.client.post("tasks/", {"title": "Дело", "assignee": owner.id}).json()
        assert attach(owner, task, 20).status_code == 201
    return task


@pytest.mark.row("MN-03", waits="telephony")
def test_room_beyond_the_quota_is_sold_only_to_whoever_has_said_how_much(company, owner, filled, at):
    with at("2026-11-10"):
        assert attach(owner, filled, 1).json()["type"] == "/problems/storage-over"
        assert owner.client.put("billing/meters/storage/", {"ceiling": "46.00"}).status_code == 200
        assert attach(owner, filled, 2.5).status_code == 201
        assert attach(owner, filled, 1).json()["type"] == "/problems/storage-over", "3 GB cost 45 roubles a month"
    counted(company, at, "2026-11-10")
    with control_scope():
        day = MeterDay.objects.get()
    assert (day.code, day.volume, day.charged, day.unit_price) == ("storage", 3, 3, Decimal("0.50"))
    with at("2026-11-11"):
        storage = owner.client.get("billing/meters/").json()["results"][1]
        assert (storage["used"], storage["spent"], storage["month_price"]) == (3, "1.50", "15.00")
        lower = owner.client.put("billing/meters/storage/", {"ceiling": "10.00"})
        assert (lower.status_code, lower.json()["type"]) == (409, "/problems/ceiling-below-use")
        assert owner.client.put("billing/meters/storage/", {"ceiling": None}).status_code == 409
        with company_scope(company):
            Attachment.objects.filter(size=int(2.5 * GB)).update(deleted_at=datetime.now().astimezone())
        assert owner.client.put("billing/meters/storage/", {"ceiling": None}).status_code == 200


def test_whoever_has_not_agreed_pays_nothing_for_what_lies_beyond_a_smaller_quota(company, owner, filled, at):
    with control_scope():
        row = Subscription.objects.select_related("version").get(pk=company.id)
        type(row.version).objects.filter(pk=row.version_id).update(storage_bytes=5 * GB)
        live(company.schema, day=date(2026, 11, 12))
    assert find(schema=company.schema).allowance.storage_bytes == 5 * GB
    counted(company, at, "2026-11-12")
    with control_scope():
        assert not MeterDay.objects.exists()


def test_a_month_of_31_days_costs_no_more_than_was_allowed(company, owner, filled, at):
    with at("2026-11-10"):
        owner.client.put("billing/meters/storage/", {"ceiling": "15.00"})
        assert attach(owner, filled, 1).status_code == 201
    for number in range(1, 32):
        counted(company, at, f"2026-12-{number:02d}")
    with control_scope():
        days = list(MeterDay.objects.filter(day__gte="2026-12-01").order_by("day").values_list("charged", flat=True))
    assert days == [1] * 30 + [0]


def test_an_allowance_of_before_is_read():
    told = Allowance(seats=3, prices={"sms": "1.00"}, ceilings={"sms": "2.00"}, owes_extras=True).told()
    assert Allowance.of(told).ceilings == {"sms": "2.00"} and Allowance.of(told).owes_extras
    for name in ("prices", "ceilings", "owes_extras"):
        del told[name]
    assert Allowance.of(told).prices == {} and not Allowance.of(told).owes_extras
