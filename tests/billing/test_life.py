"""The life of a subscription, told by its days: any order of payments and days ends where the paid day says."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.rules.life import (
    CLOSED_DAYS,
    GRACE_DAYS,
    READING_DAYS,
    Stage,
    Term,
    ends_on,
    next_day,
    period_begins,
    reminder_on,
    stage_on,
)
from billing.rules.offers import Period, end_of

START = date(2026, 11, 23)
DAYS = st.integers(min_value=-30, max_value=400).map(lambda days: START + timedelta(days=days))
TERMS = st.builds(
    Term,
    trial_until=st.just(START),
    paid_until=st.none() | st.integers(min_value=1, max_value=200).map(lambda days: START + timedelta(days=days)),
    is_free=st.booleans(),
)


def late(days: int) -> date:
    return START + timedelta(days=days)


@pytest.mark.parametrize(
    ("days", "stage"),
    [
        (-1, Stage.TRIAL),
        (0, Stage.PAST_DUE),
        (GRACE_DAYS - 1, Stage.PAST_DUE),
        (GRACE_DAYS, Stage.READ_ONLY),
        (GRACE_DAYS + READING_DAYS - 1, Stage.READ_ONLY),
        (GRACE_DAYS + READING_DAYS, Stage.SUSPENDED),
        (GRACE_DAYS + READING_DAYS + CLOSED_DAYS - 1, Stage.SUSPENDED),
        (GRACE_DAYS + READING_DAYS + CLOSED_DAYS, Stage.DELETING),
        (5000, Stage.DELETING),
    ],
)
def test_each_stage_begins_on_its_day(days, stage):
    assert stage_on(Term(START), late(days)) == stage


def test_a_free_plan_is_never_owed_anything():
    term = Term(START, is_free=True)
    assert {stage_on(term, late(days)) for days in range(0, 500, 7)} == {Stage.ACTIVE}
    assert ends_on(term, START) is None


@given(TERMS, DAYS)
def test_a_stage_lasts_until_the_day_it_names(term, day):
    stage, ends = stage_on(term, day), ends_on(term, day)
    if ends is None:
        assert all(stage_on(term, day + timedelta(days=more)) == stage for more in (1, 30, 500))
    else:
        assert ends > day
        assert stage_on(term, ends - timedelta(days=1)) == stage


@given(TERMS, DAYS)
def test_nothing_happens_between_a_day_and_the_next_one_that_is_told(term, day):
    """Whoever looks on those days only misses neither a stage nor a letter."""
    upcoming = next_day(term, day)
    assert upcoming is None or upcoming > day
    quiet = range(1, (upcoming - day).days if upcoming else 60)
    before = reminder_on(term, day)
    for more in quiet:
        between = day + timedelta(days=more)
        assert stage_on(term, between) == stage_on(term, day)
        assert reminder_on(term, between) in (before, None)


MOVES = st.lists(
    st.tuples(st.just("day"), st.integers(min_value=0, max_value=90))
    | st.tuples(st.just("pay"), st.sampled_from(Period.values)),
    max_size=25,
)


@given(MOVES)
def test_any_order_of_payments_and_days_ends_where_the_paid_day_says(moves):
    """Typed by hand once more, so that the rule is not compared with itself."""
    day, term = START - timedelta(days=14), Term(START)
    for move, value in moves:
        if move == "day":
            day += timedelta(days=value)
        else:
            paid = end_of(value, period_begins(term, day))
            assert paid > term.due, "no payment takes days away"
            term = Term(START, paid)
    overdue = (day - max(START, term.paid_until or START)).days
    expected = "trial" if day < START else "active" if overdue < 0 else "past_due" if overdue < 14 else ""
    expected = expected or ("read_only" if overdue < 44 else "suspended" if overdue < 104 else "deleting")
    assert stage_on(term, day) == expected


@given(TERMS.filter(lambda term: not term.is_free), DAYS, st.sampled_from(Period.values))
def test_every_payment_opens_the_company_again(term, day, period):
    paid = Term(term.trial_until, end_of(period, period_begins(term, day)))
    assert stage_on(paid, day) in (Stage.TRIAL, Stage.ACTIVE)
    assert paid.paid_until > (term.paid_until or term.trial_until)


def test_whoever_still_works_pays_from_the_day_that_is_due_and_whoever_was_shut_out_from_today():
    term = Term(START)
    assert period_begins(term, late(5)) == START
    assert period_begins(term, late(20)) == late(20)
    assert period_begins(term, late(-3)) == START


def test_letters_come_on_their_days_and_late_ones_are_dropped():
    term = Term(START, late(60))
    assert reminder_on(term, late(52)) is None
    assert reminder_on(term, late(53)).offset == -7
    assert reminder_on(term, late(54)).offset == -7
    assert reminder_on(term, late(60)).offset == 0
    assert reminder_on(term, late(66)) is None, "the letter of the first day is six days old"


def test_the_end_of_a_period_is_the_same_day_of_a_later_month():
    assert end_of(Period.MONTH, date(2026, 11, 23)) == date(2026, 12, 23)
    assert end_of(Period.MONTH, date(2026, 12, 31)) == date(2027, 1, 31)
    assert end_of(Period.MONTH, date(2027, 1, 31)) == date(2027, 2, 28)
    assert end_of(Period.YEAR, date(2028, 2, 29)) == date(2029, 2, 28)
