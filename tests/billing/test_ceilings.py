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
from core.metering.errors import CeilingReached
from core.metering.meters import METERS, SMS, STORAGE, Spent, beyond
from core.metering.models import MeterMonth
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


def upgraded(subscribed, at, day):  # noqa: F811
    with at(day):
        subscribed(plan="premium", paid_from=date(2026, 11, 1), paid_until=date(2026, 12, 1), paid_sum=8990)


@pytest.mark.parametrize("later", ["2026-11-10", "2026-11-12"])
def test_an_upgrade_lets_no_more_be_used_than_the_ceiling(company, owner, paying, subscribed, at, later):  # noqa: F811
    with at("2026-11-10"):
        assert say(owner, "sms", "40.00")[0] == 200
    use(company, at, "2026-11-10", "sms", 60, "a")
    with pytest.raises(CeilingReached):
        use(company, at, "2026-11-10", "sms", 1, "no more")
    upgraded(subscribed, at, later)
    # What the dearer plan includes is paid for, and the month has spent its 40 roubles.
    use(company, at, later, "sms", 440, "b")
    with pytest.raises(CeilingReached):
        use(company, at, later, "sms", 1, "beyond")
    with at(later):
        shown = {one["code"]: one for one in owner.client.get("billing/meters/").json()["results"]}
    assert (shown["sms"]["spent"], shown["sms"]["level"]) == ("40.00", "filled")
    counted(company, at, later)
    counted(company, at, "2026-11-13")
    assert sum(units for _, units, _ in charged(company, "sms")) == 10
    assert sum(units * price for _, units, price in charged(company, "sms")) == Decimal("40.00")


def test_a_month_that_began_before_its_cost_was_kept_is_reckoned_by_the_plan(company, owner, paying, at):  # noqa: F811
    with at("2026-11-10"):
        assert say(owner, "sms", "48.00")[0] == 200
    use(company, at, "2026-11-10", "sms", 60, "a")
    with company_scope(company):
        MeterMonth.objects.update(cost=None, day=None, units=0, unit_price=0)
    use(company, at, "2026-11-11", "sms", 1, "b")
    with pytest.raises(CeilingReached):
        use(company, at, "2026-11-11", "sms", 2, "c")
    use(company, at, "2026-11-11", "sms", 1, "d")


_PRICES = st.none() | st.decimals(0, 10, places=2)
_PARTS = st.lists(st.builds(Part, st.integers(1, 500), _PRICES, st.integers(0, 300)), min_size=1, max_size=4)


@given(_PARTS, st.integers(0, 300), st.integers(0, 4))
def test_what_comes_after_makes_no_part_of_a_day_cheaper(parts, before, cut):
    for meter in (SMS, STORAGE):
        first = charge_of(meter, parts[:cut], before=before, spent=Decimal(0), ceiling=None)
        whole = charge_of(meter, parts, before=before, spent=Decimal(0), ceiling=None)
        assert first.total <= whole.total and first.units <= whole.units
        assert whole.volume == sum(part.volume for part in parts)


_TERMS = st.lists(st.tuples(st.integers(0, 300), st.decimals(0, 10, places=2)), min_size=1, max_size=4, unique=True)
_USES = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 1), st.integers(1, 200)), max_size=12)


@given(_TERMS, _USES, st.decimals(0, 1000, places=2))
def test_what_may_be_used_under_a_ceiling_is_charged_whole_whatever_is_bought_meanwhile(terms, uses, ceiling):
    """`uses` are (days later, plans further, how much), each asked for as the counting door asks."""
    day, plan, used, spent = date(2026, 11, 1), 0, 0, Spent()
    days: dict[date, list[Part]] = {}
    for later, further, volume in uses:
        day, plan = date.fromordinal(day.toordinal() + later), min(plan + further, len(terms) - 1)
        free, price = terms[plan]
        over = beyond(used, volume, Decimal(free))
        then = spent.and_more(over, price, day)
        if over and then.total > ceiling:
            continue
        days.setdefault(day, []).append(Part(volume, price, free))
        used, spent = used + volume, then
    before, cost = 0, Decimal(0)
    for parts in days.values():
        made = charge_of(SMS, parts, before=before, spent=cost, ceiling=ceiling)
        whole = charge_of(SMS, parts, before=before, spent=cost, ceiling=None)
        assert made == whole
        before, cost = before + made.volume, cost + made.total
    assert cost == spent.total <= ceiling
