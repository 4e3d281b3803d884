"""What was used under one word and one plan costs what it cost then, whatever is said in the evening."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.models import MeterDay
from billing.rules.metering import Part, charge_of
from core.attachments.models import Attachment
from core.context import company_scope, control_scope
from core.metering.actions import count, must_afford
from core.metering.meters import METERS, SMS, STORAGE
from tenants.snapshots import find
from tests.billing.test_extras import GB, at, attach, counted, filled, for_months, paying  # noqa: F401  (fixtures)

pytestmark = pytest.mark.row("MN-03", waits="telephony")
EVENTS = [meter.code for meter in METERS.values() if not meter.is_level]


def use(company, at, day, code, volume, key):  # noqa: F811
    """As a module does it: asked first, counted by what holds at that moment."""
    with at(day), company_scope(find(schema=company.schema)):
        must_afford(METERS[code], volume=volume)
        count(METERS[code], key=key, volume=volume)


def say(owner, code, ceiling):
    answer = owner.client.put(f"billing/meters/{code}/", {"ceiling": ceiling})
    return answer.status_code, answer.json().get("type"), answer.json().get("needed")


def charged(company, code):
    with control_scope():
        rows = MeterDay.objects.filter(company=company.id, code=code).order_by("day")
        return [(row.volume, row.charged, row.unit_price) for row in rows]


@pytest.mark.parametrize("before", ["100000.00", None])
@pytest.mark.parametrize("code", EVENTS)
def test_no_ceiling_is_set_below_what_was_used_today_or_before(company, owner, paying, at, code, before):  # noqa: F811
    with at("2026-11-10"):
        assert say(owner, code, before)[0] == 200
    use(company, at, "2026-11-10", code, 200, "a")
    spent = {"sms": "600.00", "lookups": "150.00", "minutes": "440.00"}[code]
    below = str(Decimal(spent) - Decimal("0.01"))
    too_low = (409, "/problems/ceiling-below-use", spent)
    with at("2026-11-10"):
        assert say(owner, code, "0.00") == say(owner, code, below) == too_low
    counted(company, at, "2026-11-11")
    with at("2026-11-11"):
        assert say(owner, code, below) == too_low, "the day is written, and the month has used it still"
        assert say(owner, code, spent)[0] == 200
    use_is_worth = sum(units * price for _, units, price in charged(company, code))
    assert use_is_worth == Decimal(spent)


@pytest.mark.parametrize("code", EVENTS)
def test_the_last_day_of_a_month_is_not_made_cheaper_on_the_first_of_the_next(company, owner, paying, at, code):  # noqa: F811
    use(company, at, "2026-11-30", code, 200, "a")
    with at("2026-12-01"):
        assert say(owner, code, "0.00")[0] == 409
    counted(company, at, "2026-12-01")
    [(volume, units, _)] = charged(company, code)
    assert volume == 200 and units > 0
    with at("2026-12-01"):
        assert say(owner, code, "0.00")[0] == 200, "nothing was used in December"


def test_room_that_was_paid_for_until_today_stays_paid_for(company, owner, filled, at):  # noqa: F811
    with at("2026-11-10"):
        assert say(owner, "storage", "150.00")[0] == 200
        assert attach(owner, filled, 1).status_code == attach(owner, filled, 9).status_code == 201
    for number in range(10, 20):
        counted(company, at, f"2026-11-{number}")
    with at("2026-11-19"), company_scope(company):
        Attachment.objects.filter(size=9 * GB).update(deleted_at=datetime.now().astimezone())
    with at("2026-11-19"):
        # 50 roubles for ten days, and a gigabyte for the eleven that are left.
        assert say(owner, "storage", "15.00") == (409, "/problems/ceiling-below-use", "55.50")
        assert say(owner, "storage", "55.50")[0] == 200
    for number in range(20, 31):
        counted(company, at, f"2026-11-{number}")
    assert [units for _, units, _ in charged(company, "storage")] == [10] * 10 + [1] * 11


def test_a_day_is_priced_by_the_plan_under_which_it_was_used(company, owner, paying, at):  # noqa: F811
    use(company, at, "2026-11-10", "sms", 300, "a")
    with at("2026-11-10"):
        assert owner.client.post("billing/change/", {"plan": "free", "period": "month"}).status_code == 200
    counted(company, at, "2026-11-11")
    assert charged(company, "sms") == [(300, 250, Decimal("4.00"))]


def test_of_two_plans_on_a_day_each_part_is_free_by_its_own_and_the_dearer_price_holds(
    company, owner, paying, subscribed, at  # noqa: F811
):  # fmt: skip
    use(company, at, "2026-11-10", "sms", 60, "a")
    with at("2026-11-10"):
        subscribed(plan="premium", paid_from=date(2026, 11, 1), paid_until=date(2026, 12, 1), paid_sum=8990)
    use(company, at, "2026-11-10", "sms", 500, "b")
    counted(company, at, "2026-11-11")
    # 10 beyond 50 of the basic plan, then 60 beyond 500 of the premium one.
    assert charged(company, "sms") == [(560, 70, Decimal("4.00"))]


_PRICES = st.none() | st.decimals(0, 10, places=2)
_PARTS = st.lists(st.builds(Part, st.integers(1, 500), _PRICES, st.integers(0, 300)), min_size=1, max_size=4)


@given(_PARTS, st.integers(0, 300), st.integers(0, 4))
def test_what_comes_after_makes_no_part_of_a_day_cheaper(parts, before, cut):
    for meter in (SMS, STORAGE):
        first = charge_of(meter, parts[:cut], before=before, spent=Decimal(0), ceiling=None)
        whole = charge_of(meter, parts, before=before, spent=Decimal(0), ceiling=None)
        assert first.total <= whole.total and first.units <= whole.units
        assert whole.volume == sum(part.volume for part in parts)
