"""Plans as data: what the file says stands in the tables, and the tables keep nonsense out."""

import tomllib
from datetime import date, timedelta
from decimal import Decimal
from importlib import import_module

import pytest
from django.db import IntegrityError, transaction

from billing.models import AddOn, Plan, PlanVersion
from billing.queries import new_subscription, offer_of, offered, offered_now, read_wish, subscription_of, today
from billing.rules.wishes import Wish
from core.context import control_scope
from core.registry import registry

FILE = import_module("billing.migrations.0002_plans").FILE


@pytest.fixture
def registered(db):
    with control_scope():
        yield


@pytest.mark.row("MN-04", waits="telephony")
def test_what_is_sold_is_what_the_file_says(registered):
    told = tomllib.loads(FILE.read_text(encoding="utf-8"))
    versions = offered(today())
    assert [version.plan_id for version in versions] == [plan["code"] for plan in told["plans"]]
    for version, plan in zip(versions, told["plans"], strict=True):
        offer = offer_of(version)
        assert (offer.price.month, offer.price.year) == (Decimal(plan["month"]), Decimal(plan["year"]))
        assert offer.seats_included == plan["seats"]
        assert offer.storage_bytes == plan["storage_gb"] * 1024**3
        assert offer.modules == (frozenset(plan["modules"]) if "modules" in plan else None)
        assert set(offer.volumes) == set(plan.get("extras", {}))
        assert set(offer.add_ons) == (set() if offer.is_free else {"storage-50"})


def test_plans_name_modules_that_exist(registered):
    named = {code for version in offered(today()) for code in version.modules or ()}
    named |= {code for sold in AddOn.objects.all() for code in sold.modules}
    assert named <= set(registry.modules)


@pytest.mark.row("MN-04", waits="telephony")
def test_three_plans_cost_money_and_the_smallest_of_them_what_the_market_pays(registered):
    prices = [version.month_price for version in offered(today()) if version.month_price]
    assert len(prices) == 3 and prices == sorted(prices) and prices[0] == Decimal("1490.00")


def next_version(code: str, begins: date, **more: object) -> PlanVersion:
    last = PlanVersion.objects.get(plan=code)
    PlanVersion.objects.filter(pk=last.pk).update(valid_to=begins)
    made = {"plan_id": code, "number": 2, "valid_from": begins, "seats_included": last.seats_included}
    return PlanVersion.objects.create(**{**made, "month_price": 1, "year_price": 10, **more})


@pytest.mark.row("MN-01")
def test_a_company_keeps_the_version_it_has_bought(company):
    begins = today()
    with control_scope():
        bought = PlanVersion.objects.get(plan="basic")
        row = new_subscription(company.id)
        row.version = bought
        row.save(force_insert=True)
        newer = next_version("basic", begins)
        assert offered_now("basic", begins).pk == newer.pk
        assert offered_now("basic", begins - timedelta(days=1)).pk == bought.pk
        held = subscription_of(row.pk)
        assert held.version.pk == bought.pk
        assert read_wish(held, Wish("basic", "year"), begins).offer.version_id == bought.pk
        assert read_wish(held, Wish("standard", "year"), begins).offer.code == "standard"


@pytest.mark.parametrize(
    "wrong",
    [
        {"valid_from": date(2027, 1, 1)},
        {"number": 1, "valid_from": date(2020, 1, 1), "valid_to": date(2020, 2, 1)},
        {"valid_from": date(2020, 1, 1), "valid_to": date(2020, 1, 1)},
        {"valid_from": date(2020, 1, 1), "valid_to": date(2020, 2, 1), "month_price": -1},
        {"valid_from": date(2020, 1, 1), "valid_to": date(2020, 2, 1), "currency": "XXX"},
        {"valid_from": date(2020, 1, 1), "valid_to": date(2020, 2, 1), "seats_included": 0},
        {"valid_from": date(2020, 1, 1), "valid_to": date(2020, 2, 1), "seat_month_price": 5},
        {"valid_from": date(2020, 1, 1), "valid_to": date(2020, 2, 1), "storage_bytes": -1},
    ],
    ids=str,
)
def test_the_tables_keep_nonsense_out(registered, wrong):
    given = {"plan_id": "basic", "number": 2, "month_price": 1, "year_price": 10, "seats_included": 5} | wrong
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanVersion.objects.create(**given)
    with pytest.raises(IntegrityError), transaction.atomic():
        Plan.objects.create(code="Basic", title="x", rank=99)
