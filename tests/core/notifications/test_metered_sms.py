"""SMS by the installation's account are counted where they go, once, and stop where the company has said."""

import time

import pytest

from core.context import control_scope
from core.entitlements.allowance import Allowance
from core.events.models import Fact
from core.gateways import queries
from core.gateways.sms.interface import SmsState
from core.jobs.delivery import perform
from core.metering.meters import month_of, service_day
from core.metering.queries import used_in
from core.notifications.jobs import _apply, send_delivery, track_sms
from core.notifications.models import Delivery
from tenants.actions import allow
from tenants.queries import locked
from tenants.snapshots import find

pytestmark = pytest.mark.row("MN-03", waits="telephony")
_numbers = iter(range(1_000_001, 9_999_999))


@pytest.fixture
def of_the_house(world, settings):
    """The installation pays for SMS of all companies; its provider stands in the sandbox."""
    settings.SMS_PROVIDER, settings.SMS_LOGIN = "smsc", queries._SANDBOX_LOGIN
    settings.SMS_PASSWORD = settings.SANDBOX_SMS_PASSWORD
    settings.SMS_API_URLS = {**settings.SMS_API_URLS, "smsc": f"{world.url}{queries._IN_SANDBOX['smsc']}"}


@pytest.fixture
def waiting(company, person, with_phone, inside):
    """`waiting()` is one SMS more that waits to be sent; its id."""

    def make():
        boss, worker = person(company), person(company)
        with_phone(worker, f"+7913{next(_numbers)}")
        boss.client.post("tasks/", {"title": "Отчёт", "assignee": worker.id, "channels": ["sms"]})
        with inside(company):
            facts = list(Fact.objects.filter(kind="tasks.created").order_by("-pk").values_list("pk", flat=True)[:1])
        assert perform(company.schema, "fact", facts) == {}
        with inside(company):
            return Delivery.objects.filter(channel="sms").latest("pk").pk

    return make


@pytest.fixture
def used(company, inside):
    def read():
        with inside(company):
            return used_in(month_of(service_day())).get("sms", 0)

    return read


def test_each_message_counts_its_parts_once_however_its_end_is_told(
    company, world, of_the_house, waiting, used, inside
):
    number = waiting()
    send_delivery(company, number)
    with inside(company):
        parts = Delivery.objects.get(pk=number).trace["segments"]
    assert used() == parts > 0
    time.sleep(1.1)
    track_sms(company, number)
    send_delivery(company, number)
    assert used() == parts
    with inside(company):
        assert Delivery.objects.get(pk=number).status == "delivered"


def test_one_whose_answer_was_lost_counts_when_the_provider_knows_of_it(
    company, world, of_the_house, waiting, used, inside
):
    number = waiting()
    send_delivery(company, number)
    with inside(company):
        parts = Delivery.objects.get(pk=number).trace["segments"]
    other = waiting()
    with inside(company):
        row = Delivery.objects.get(pk=other)
        row.status, row.trace = "unknown", {**Delivery.objects.get(pk=number).trace, "segments": None, "asked": 0}
        row.save()
    before = used()
    with inside(company):
        _apply(other, "unknown", SmsState("delivered"), 1)
    assert used() == before + parts


def test_by_an_account_of_its_own_the_company_pays_the_provider_itself(company, world, waiting, used):
    send_delivery(company, waiting())
    assert used() == 0


def test_at_the_ceiling_no_more_go_and_the_log_says_why(company, owner, world, of_the_house, waiting, used, inside):
    first = waiting()
    send_delivery(company, first)
    sent = used()
    told = {"volumes": {"sms": "0"}, "prices": {"sms": "4.00"}, "ceilings": {"sms": f"{4 * sent}.00"}}
    with control_scope():
        allow(locked(company.schema), Allowance(**told))
    fresh, refused = find(schema=company.schema), waiting()
    send_delivery(fresh, refused)
    with inside(fresh):
        row = Delivery.objects.get(pk=refused)
    assert row.status == "failed" and row.error.startswith("Предел расходов на SMS в этом месяце исчерпан")
    assert used() == sent
    # What is written stays to be read.
    assert owner.client.get("notices/log/", channel="sms").status_code == 200
