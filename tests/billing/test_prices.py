"""The calculator: money neither appears nor is lost, nobody pays less than nothing, changing back costs only days."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from billing.rules.offers import (
    Choice,
    Offer,
    Period,
    Price,
    SoldBeside,
    end_of,
    lines_of,
    price_of,
    wrong_choice,
    yearly_discount,
)
from billing.rules.prices import Held, after, covered_until, quote, unused_of, used_of

TODAY = date(2026, 11, 23)
SUMS = st.integers(min_value=1, max_value=10_000_000).map(lambda kopecks: Decimal(kopecks) / 100)
PRICES = st.builds(Price, SUMS, SUMS)


@st.composite
def choices(draw: st.DrawFn) -> Choice:
    beside = SoldBeside("more", "Ещё", draw(PRICES))
    included = draw(st.integers(min_value=1, max_value=50))
    code = draw(st.sampled_from(["basic", "standard", "premium"]))
    offer = Offer(code, code, draw(PRICES), included, draw(PRICES), add_ons={"more": beside})
    seats = included + draw(st.integers(min_value=0, max_value=30))
    return Choice(offer, draw(st.sampled_from(Period.values)), seats, draw(st.sampled_from([(), ("more",)])))


@st.composite
def holdings(draw: st.DrawFn) -> Held:
    """A company with a paid period that runs today, and some credit."""
    choice = draw(choices())
    begins = TODAY - timedelta(days=draw(st.integers(min_value=0, max_value=27)))
    credit = draw(st.just(Decimal("0.00")) | SUMS)
    return Held(choice, begins, begins, end_of(choice.period, begins), price_of(choice), credit)


@pytest.mark.row("MN-01")
@given(holdings(), choices(), st.integers(min_value=0, max_value=20))
def test_the_parts_of_a_quote_are_the_whole_to_the_kopeck(held, wanted, later):
    counted = quote(held, wanted, TODAY + timedelta(days=later))
    assert counted.charge + counted.unused + counted.credit == counted.price + counted.credit_after
    assert sum(line.total for line in counted.lines) == counted.price
    assert min(counted.charge, counted.credit_after, counted.unused) >= 0
    assert 0 in (counted.charge, counted.credit_after)
    for money in (counted.charge, counted.unused, counted.credit_after):
        assert money == money.quantize(Decimal("0.01"))


@given(holdings(), st.integers(min_value=-40, max_value=800))
def test_used_and_unused_are_what_was_paid(held, days):
    day = TODAY + timedelta(days=days)
    assert used_of(held, day) + unused_of(held, day) == held.paid_sum
    assert 0 <= used_of(held, day) <= held.paid_sum
    assert used_of(held, day) <= used_of(held, day + timedelta(days=1))


@pytest.mark.row("MN-01")
@given(holdings(), choices(), st.integers(min_value=0, max_value=27))
def test_there_and_back_on_one_day_costs_the_days_used_and_nothing_else(held, other, later):
    day = TODAY + timedelta(days=later)
    assume(other != held.choice and day < held.paid_until)
    there = quote(held, other, day)
    between = after(held, there)
    back = quote(between, held.choice, day)
    home = after(between, back)
    spent = there.charge + back.charge + held.credit - home.credit
    assert spent == home.paid_sum - unused_of(held, day)
    if home.paid_sum == held.paid_sum:
        assert spent == used_of(held, day), "a whole new period for what the days have used of the old one"


@given(holdings())
def test_the_next_period_paid_early_waits_as_credit_and_covers_its_days(held):
    assume(held.paid_until > TODAY and held.credit < price_of(held.choice))
    counted = quote(held, held.choice, TODAY)
    then = after(held, counted)
    assert (counted.is_renewal, counted.waits, counted.unused, counted.begins) == (True, True, 0, held.paid_until)
    assert (then.paid_from, then.paid_until, then.paid_sum) == (held.paid_from, held.paid_until, held.paid_sum)
    assert then.credit == held.credit + counted.charge
    assert covered_until(then) == counted.until == then.term.paid_until
    taken = after(then, quote(then, then.choice, held.paid_until))
    assert (taken.paid_from, taken.paid_until) == (held.paid_until, counted.until)
    assert (taken.paid_sum, taken.credit) == (counted.price, then.credit - counted.price)


@given(holdings(), st.integers(min_value=0, max_value=5), st.integers(min_value=0, max_value=99))
def test_credit_covers_as_many_whole_periods_as_it_pays_for(held, periods, share):
    whole = price_of(held.choice)
    rest = (whole * share / 100).quantize(Decimal("0.01"), ROUND_DOWN)
    rich = replace(held, credit=whole * periods + rest)
    until = held.paid_until
    for _ in range(periods):
        until = end_of(held.choice.period, until)
    assert covered_until(rich) == until


def offer(code: str = "basic", month: str = "1490.00", year: str = "14304.00") -> Offer:
    beside = SoldBeside("more", "Ещё", Price(Decimal("490.00"), Decimal("4704.00")))
    seat = Price(Decimal("150.00"), Decimal("1440.00"))
    return Offer(code, code, Price(Decimal(month), Decimal(year)), 10, seat, add_ons={"more": beside})


def test_a_change_in_the_middle_of_a_month_by_hand():
    """Thirty days for 1 490.00, ten of them gone: 993.33 are left, and 3 990.00 cost 2 996.67 more."""
    begins = date(2026, 11, 13)
    held = Held(Choice(offer(), seats=10), begins, begins, date(2026, 12, 13), Decimal("1490.00"))
    counted = quote(held, Choice(offer("standard", "3990.00", "38304.00"), seats=10), TODAY)
    assert (counted.unused, counted.charge) == (Decimal("993.33"), Decimal("2996.67"))
    assert (counted.begins, counted.until) == (TODAY, date(2026, 12, 23))


def test_to_a_free_plan_the_rest_is_kept():
    begins = date(2026, 11, 13)
    held = Held(Choice(offer(), seats=10), begins, begins, date(2026, 12, 13), Decimal("1490.00"))
    nothing = Offer("free", "free", Price(Decimal(0), Decimal(0)), 5)
    counted = quote(held, Choice(nothing, seats=5), TODAY)
    then = after(held, counted)
    assert (counted.charge, counted.until, then.credit) == (0, None, Decimal("993.33"))
    assert (then.paid_from, then.paid_until, then.paid_sum) == (None, None, 0)


def test_what_is_bought_in_the_trial_begins_when_the_trial_ends():
    ends = TODAY + timedelta(days=10)
    nothing = Offer("free", "free", Price(Decimal(0), Decimal(0)), 5)
    counted = quote(Held(Choice(nothing, seats=5), ends), Choice(offer(), seats=10), TODAY)
    assert (counted.begins, counted.charge) == (ends, Decimal("1490.00"))


@pytest.mark.row("MN-01")
def test_the_yearly_discount_is_what_a_year_saves():
    """Twelve times 2 280.00 are 27 360.00; the year costs 21 888.00."""
    assert yearly_discount(Choice(offer(), Period.MONTH, 12, ("more",))) == Decimal("5472.00")


def test_lines_name_what_is_bought():
    lines = lines_of(Choice(offer(), Period.MONTH, 12, ("more",)))
    assert [(line.title, line.count, line.total) for line in lines] == [
        ("Тариф «basic», месяц", 1, Decimal("1490.00")),
        ("Дополнительное место, месяц", 2, Decimal("300.00")),
        ("Ещё, месяц", 1, Decimal("490.00")),
    ]


@pytest.mark.parametrize(
    ("choice", "field"),
    [
        (Choice(offer(), "week", 10), "period"),
        (Choice(offer(), Period.MONTH, 9), "seats"),
        (Choice(Offer("free", "free", Price(Decimal(0), Decimal(0)), 5), Period.MONTH, 6), "seats"),
        (Choice(offer(), Period.MONTH, 10, ("none",)), "add_ons"),
        (Choice(offer(), Period.MONTH, 10, ("more", "more")), "add_ons"),
    ],
)
def test_what_is_not_sold_is_named_by_field(choice, field):
    assert list(wrong_choice(choice)) == [field]
