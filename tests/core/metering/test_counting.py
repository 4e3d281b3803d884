"""The counting door: once under a key in whatever order it is told, refused before it costs more than was allowed."""

from decimal import Decimal
from itertools import count as numbers

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.context import company_scope, control_scope
from core.entitlements.allowance import Allowance
from core.metering.actions import count, must_afford
from core.metering.errors import CeilingReached, ExtrasUnpaid, NotIncluded
from core.metering.meters import (
    LOOKUPS,
    METERS,
    MINUTES,
    SMS,
    STORAGE,
    affordable,
    beyond,
    month_of,
    service_day,
    units_over,
)
from core.metering.models import MeterEvent
from core.metering.queries import take_events, used_in
from core.notifications.models import Delivery
from tenants.actions import allow
from tenants.queries import locked
from tenants.snapshots import find

GB = 1024**3
MONTH = "2026-11-10T12:00:00+03:00"
_runs = numbers(1)


def told(company):
    with company_scope(company):
        rows = Delivery.objects.filter(kind="metering.ceiling", channel="bell").order_by("pk")
        return list(rows.values_list("subject", flat=True))


@pytest.mark.parametrize(
    ("before", "volume", "free", "expected"), [(0, 10, 50, 0), (45, 10, 50, 5), (60, 10, 50, 10), (0, 70, 50, 20)]
)
def test_only_what_is_beyond_is_charged(before, volume, free, expected):
    assert beyond(before, volume, Decimal(free)) == expected


@given(
    st.lists(st.integers(1, 1000), max_size=8),
    st.integers(0, 2000),
    st.decimals(0, 100, places=2),
    st.none() | st.decimals(0, 10_000, places=2),
)
def test_however_days_are_cut_a_month_costs_the_same_and_never_more_than_was_allowed(days, free, price, ceiling):
    used, spent, units = 0, Decimal(0), 0
    for volume in days:
        charged = affordable(beyond(used, volume, Decimal(free)), price, spent=spent, ceiling=ceiling)
        used, spent, units = used + volume, spent + charged * price, units + charged
    assert 0 <= units <= max(used - free, 0)
    if ceiling is None:
        assert units == max(used - free, 0)
    else:
        assert spent <= ceiling
        # Nothing is given away either: another unit would not have fitted.
        assert units == max(used - free, 0) or spent + price > ceiling


@pytest.mark.parametrize(("held", "limit", "over"), [(0, GB, 0), (GB, GB, 0), (GB + 1, GB, 1), (5 * GB, None, 0)])
def test_each_begun_gigabyte_beyond_the_quota_counts(held, limit, over):
    assert units_over(held, limit) == over


def test_a_level_costs_a_thirtieth_of_the_month_each_day():
    assert STORAGE.price_of_unit(Decimal("15.00")) == Decimal("0.50")
    assert SMS.price_of_unit(Decimal("4.00")) == Decimal("4.00")


@pytest.mark.row("MN-03", waits="telephony")
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(1, 6), st.sampled_from(["lookups", "minutes"])), max_size=25), st.randoms())
def test_in_any_order_and_however_often_told_each_deed_counts_once(company, deliveries, chance):
    run = next(_runs)
    with company_scope(company):
        before = used_in(month_of(service_day()))
        volumes = {(number, code): number * 3 for number, code in deliveries}
        chance.shuffle(deliveries)
        fresh = [
            count(METERS[code], key=f"{run}:{number}", volume=volumes[number, code]) for number, code in deliveries
        ]
        assert sum(fresh) == len(volumes)
        after = used_in(month_of(service_day()))
        for code in ("lookups", "minutes"):
            grown = after.get(code, 0) - before.get(code, 0)
            assert grown == sum(volume for (_, whose), volume in volumes.items() if whose == code)


def test_what_is_taken_is_taken_once_and_today_is_not_over(company):
    with time_machine.travel(MONTH, tick=False), company_scope(company):
        count(SMS, key="a", volume=2)
    with time_machine.travel("2026-11-11T00:30:00+03:00", tick=False), company_scope(company):
        count(SMS, key="b", volume=5)
        day = service_day()
        assert [(one.code, one.volume) for one in take_events(day)] == [("sms", 2)]
        assert take_events(day) == []
        # Somebody began before midnight and was late: his event is found by the next taking.
        MeterEvent.objects.create(code="sms", key="late", volume=1, day="2026-11-10")
        assert [(str(one.day), one.volume) for one in take_events(day)] == [("2026-11-10", 1)]


@pytest.mark.row("MN-03", waits="telephony")
def test_a_ceiling_warns_at_80_percent_refuses_at_100_and_never_refuses_reading(company, sold, directory):
    sold(free="2", price="1.00", ceiling="10.00")
    desk = directory(LOOKUPS)
    for number in range(9):
        desk.look_up(f"l{number}")
    assert told(company) == []
    desk.look_up("l9")
    assert told(company) == ["Предел расходов на запросы к справочникам почти исчерпан"]
    for number in (10, 11):
        desk.look_up(f"l{number}")
    assert told(company)[1:] == ["Предел расходов на запросы к справочникам исчерпан"]
    with pytest.raises(CeilingReached) as refused:
        desk.look_up("l12")
    assert "10,00 ₽" in refused.value.detail and "Поднять его может" in refused.value.detail
    assert desk.read() == 12
    # Another meter has a ceiling of its own.
    directory(MINUTES).look_up("call", volume=3)
    sold(free="2", price="1.00", ceiling="11.00")
    desk.look_up("l12")


def test_what_was_spent_stays_spent_when_more_becomes_free(sold, directory):
    desk = directory(LOOKUPS)
    sold(free="2", price="4.00", ceiling="8.00")
    desk.look_up("a", volume=4)
    with pytest.raises(CeilingReached):
        desk.look_up("b")
    sold(free="10", price="1.00", ceiling="8.00")
    desk.look_up("c", volume=6)
    with pytest.raises(CeilingReached):
        desk.look_up("d")
    # Willing to pay more, he pays on one day what the dearest of its plans costs.
    sold(free="10", price="1.00", ceiling="12.00")
    desk.look_up("d")
    with pytest.raises(CeilingReached):
        desk.look_up("e")


def test_what_was_used_before_it_was_sold_is_within_the_ceiling_of_whoever_buys(sold, directory):
    desk = directory(LOOKUPS)
    desk.look_up("a", volume=5)
    sold(free="2", price="4.00", ceiling="16.00")
    desk.look_up("b")
    # Three of the first five and this one: what was reckoned so stays when more becomes free.
    sold(free="6", price="4.00", ceiling="16.00")
    with pytest.raises(CeilingReached):
        desk.look_up("c")


def test_whoever_owes_has_what_a_better_plan_includes(sold, directory):
    desk = directory(LOOKUPS)
    sold(free="2", price="4.00", ceiling="100.00")
    desk.look_up("a", volume=4)
    sold(free="10", price="4.00", ceiling="100.00", owes=True)
    desk.look_up("b", volume=6)
    with pytest.raises(ExtrasUnpaid):
        desk.look_up("c")


def test_a_month_begins_anew(company, sold, directory):
    sold(price="1.00", ceiling="1.00")
    with time_machine.travel("2026-11-30T23:59:00+03:00", tick=False):
        directory(SMS).look_up("a")
        with pytest.raises(CeilingReached):
            directory(SMS).look_up("b")
    with time_machine.travel("2026-12-01T00:01:00+03:00", tick=False):
        directory(SMS).look_up("b")


def test_whoever_owes_for_extras_has_what_the_plan_includes(company, sold, directory):
    sold(free="1", owes=True)
    directory(SMS).look_up("a")
    with pytest.raises(ExtrasUnpaid):
        directory(SMS).look_up("b")


def test_where_it_is_sold_without_a_ceiling_nothing_is_asked_of_the_database(company, sold, django_assert_num_queries):
    def asked(number):
        fresh = find(schema=company.schema)
        with company_scope(fresh), django_assert_num_queries(number):
            must_afford(SMS)

    sold()
    asked(0)
    sold(ceiling="5.00")
    asked(1)


def test_a_ceiling_of_nothing_refuses_the_first_unit_beyond(sold, directory):
    sold(free="1", ceiling="0.00")
    directory(SMS).look_up("a")
    with pytest.raises(CeilingReached):
        directory(SMS).look_up("b")


@pytest.mark.parametrize("meter", [SMS, LOOKUPS, MINUTES])
def test_whoever_was_sold_nothing_has_what_is_given_in_all_and_not_by_the_month(directory, meter):
    assert meter.given > 0
    with time_machine.travel("2026-11-30T23:59:00+03:00", tick=False):
        directory(meter).look_up("a", volume=meter.given - 1)
    with time_machine.travel("2026-12-01T00:01:00+03:00", tick=False):
        directory(meter).look_up("b")
        with pytest.raises(NotIncluded) as refused:
            directory(meter).look_up("c")
    assert "выберите тариф" in refused.value.detail.lower() and str(meter.given) in refused.value.detail


def test_an_own_server_pays_its_providers_itself(company, directory):
    with control_scope():
        allow(locked(company.schema), Allowance(stage="licence"))
    directory(SMS).look_up("a", volume=SMS.given + 1)
