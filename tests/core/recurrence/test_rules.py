"""When a plan comes round: days off, short months, leaps of the clock; and what holds for every plan."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.organization.workdays import is_workday
from core.recurrence.plans import plan_of, sentence, stored
from core.recurrence.rules import (
    AT_ONCE,
    FRESH,
    DayOff,
    Every,
    Missed,
    Plan,
    days,
    moments,
    owed,
    preview,
    share_on_time,
    times_a_day,
)

MOSCOW, BERLIN = ZoneInfo("Europe/Moscow"), ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def next_dates(plan: Plan, count: int = 4, zone: ZoneInfo = MOSCOW, after: datetime = NOW) -> list[str]:
    found = preview(plan, zone, after=after, is_workday=is_workday, count=count)
    return [f"{moment.astimezone(zone):%d.%m %H:%M}" for moment in found]


@pytest.mark.row("PT-04")
def test_every_few_days_and_days_of_work() -> None:
    assert next_dates(Plan(Every.DAYS, date(2026, 11, 1), interval=3), 2) == ["25.11 09:00", "28.11 09:00"]
    workdays = Plan(Every.WORKDAYS, date(2026, 12, 30), times=(time(18), time(8)))
    assert next_dates(workdays, 5) == ["30.12 08:00", "30.12 18:00", "31.12 08:00", "31.12 18:00", "11.01 08:00"]


@pytest.mark.row("PT-05")
def test_chosen_days_of_every_second_week() -> None:
    plan = Plan(Every.WEEKS, date(2026, 11, 4), interval=2, weekdays=(0, 4))
    assert next_dates(plan) == ["30.11 09:00", "04.12 09:00", "14.12 09:00", "18.12 09:00"]


@pytest.mark.row("PT-06")
def test_days_of_months() -> None:
    begun = date(2026, 11, 1)
    assert next_dates(Plan(Every.MONTHS, begun, month_day=31)) == [
        "30.11 09:00", "31.12 09:00", "31.01 09:00", "28.02 09:00"]  # fmt: skip
    assert next_dates(Plan(Every.MONTHS, begun, month_day=-1), 2) == ["30.11 09:00", "31.12 09:00"]
    assert next_dates(Plan(Every.MONTHS, begun, nth=1, weekdays=(0,)), 2) == ["07.12 09:00", "04.01 09:00"]
    assert next_dates(Plan(Every.MONTHS, begun, nth=-1, weekdays=(4,)), 2) == ["27.11 09:00", "25.12 09:00"]


@pytest.mark.row("PT-06")
@pytest.mark.parametrize(
    ("way", "dates"),
    [
        (DayOff.KEEP, ["05.12", "05.01", "05.02"]),
        (DayOff.BEFORE, ["04.12", "31.12", "05.02"]),
        (DayOff.AFTER, ["07.12", "11.01", "05.02"]),
        (DayOff.SKIP, ["05.02", "05.03", "05.04"]),
    ],
)
def test_a_day_off_is_moved_as_the_plan_wants(way: DayOff, dates: list[str]) -> None:
    plan = Plan(Every.MONTHS, date(2026, 11, 22), month_day=5, day_off=way)
    found = [text.split()[0] for text in next_dates(plan, 3)]
    assert found == dates if way is not DayOff.SKIP else found[0] == dates[0]


def test_two_days_moved_to_one_come_once() -> None:
    plan = Plan(Every.DAYS, date(2026, 11, 20), day_off=DayOff.AFTER)
    assert next_dates(plan, 3) == ["23.11 09:00", "24.11 09:00", "25.11 09:00"]


@pytest.mark.row("PT-03")
def test_every_some_minutes_within_hours() -> None:
    plan = Plan(Every.MINUTES, date(2026, 11, 1), interval=30, opens=time(9), closes=time(10), weekdays=(0,))
    assert next_dates(plan, 4) == ["23.11 09:00", "23.11 09:30", "23.11 10:00", "30.11 09:00"]
    assert times_a_day(plan) == 3
    assert times_a_day(Plan(Every.MINUTES, date(2026, 11, 1))) == 1440


def test_a_time_that_the_clock_leaps_over_is_made_up_for() -> None:
    plan = Plan(Every.DAYS, date(2026, 3, 28), times=(time(2, 30),))
    found = next_dates(plan, 3, BERLIN, datetime(2026, 3, 27, 12, tzinfo=UTC))
    assert found == ["28.03 02:30", "29.03 03:30", "30.03 02:30"]


def test_a_time_that_the_clock_shows_twice_comes_once() -> None:
    plan = Plan(Every.DAYS, date(2026, 10, 24), times=(time(2, 30),))
    found = preview(plan, BERLIN, after=datetime(2026, 10, 24, 12, tzinfo=UTC), is_workday=is_workday, count=2)
    assert found == [datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 26, 1, 30, tzinfo=UTC)]


def test_a_plan_ends() -> None:
    plan = Plan(Every.DAYS, date(2026, 11, 1), ends_on=date(2026, 11, 24))
    assert next_dates(plan) == ["23.11 09:00", "24.11 09:00"]


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        (Plan(Every.DAYS, date(2026, 11, 1)), "Каждый день, в 09:00"),
        (Plan(Every.WEEKS, date(2026, 11, 1), interval=2, weekdays=(4, 0)), "Каждые 2 недели, пн и пт, в 09:00"),
        (Plan(Every.WORKDAYS, date(2026, 11, 1), interval=5), "Каждые 5 рабочих дней, в 09:00"),
        (
            Plan(Every.MONTHS, date(2026, 11, 1), month_day=-1, day_off=DayOff.BEFORE, ends_on=date(2027, 1, 31)),
            "Каждый месяц, в последний день, в 09:00, выходной — на рабочий день раньше, до 31.01.2027",
        ),
        (Plan(Every.MONTHS, date(2026, 11, 1), nth=2, weekdays=(1,)), "Каждый месяц, во второй вторник, в 09:00"),
        (Plan(Every.MONTHS, date(2026, 11, 1), nth=-1, weekdays=(4,)), "Каждый месяц, в последнюю пятницу, в 09:00"),
        (Plan(Every.MONTHS, date(2026, 3, 15), interval=12), "Каждый год, 15 марта, в 09:00"),
        (
            Plan(Every.MONTHS, date(2026, 3, 1), interval=24, month_day=-1),
            "Каждые 2 года, в последний день марта, в 09:00",
        ),
        (
            Plan(Every.MONTHS, date(2026, 9, 1), interval=12, nth=1, weekdays=(0,)),
            "Каждый год, в первый понедельник сентября, в 09:00",
        ),
        (Plan(Every.MINUTES, date(2026, 11, 1), interval=21), "Каждую 21 минуту, с 00:00 до 23:59"),
    ],
)
def test_a_plan_in_words(plan: Plan, words: str) -> None:
    assert sentence(plan) == words


clocks = st.builds(time, st.integers(0, 23), st.integers(0, 59))


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    every = draw(st.sampled_from(list(Every)))
    nth = draw(st.sampled_from([0, 1, 2, 3, 4, -1])) if every is Every.MONTHS else 0
    weekdays = st.sets(st.integers(0, 6), min_size=1, max_size=1) if nth else st.sets(st.integers(0, 6))
    opens, closes = sorted([draw(clocks), draw(clocks)])
    begun = draw(st.dates(date(2024, 1, 1), date(2027, 12, 31)))
    return Plan(
        every=every,
        starts_on=begun,
        interval=draw(st.integers(1, 1440 if every is Every.MINUTES else 12)),
        times=tuple(draw(st.sets(clocks, min_size=1, max_size=3))),
        weekdays=tuple(sorted(draw(weekdays))),
        month_day=draw(st.integers(-1, 31)),
        nth=nth,
        opens=opens,
        closes=closes,
        day_off=draw(st.sampled_from(list(DayOff))),
        ends_on=draw(st.none() | st.dates(begun, date(2028, 12, 31))),
    )


anywhere = st.sampled_from([ZoneInfo(name) for name in ("Europe/Moscow", "Europe/Berlin", "Asia/Vladivostok", "UTC")])
instants = st.datetimes(datetime(2024, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))


@given(plans(), anywhere, instants)
def test_moments_rise_and_keep_to_the_plan(plan: Plan, zone: ZoneInfo, after: datetime) -> None:
    found = list(islice(moments(plan, zone, after=after, is_workday=is_workday), 12))
    assert all(earlier < later for earlier, later in zip([after, *found], found, strict=False))
    for moment in found:
        day = moment.astimezone(zone).date()
        assert day >= plan.starts_on
        assert plan.ends_on is None or day <= plan.ends_on + timedelta(days=1)


@given(plans(), anywhere, instants)
def test_looking_from_the_middle_shows_the_same_future(plan: Plan, zone: ZoneInfo, after: datetime) -> None:
    found = list(islice(moments(plan, zone, after=after, is_workday=is_workday), 9))
    for number, moment in enumerate(found):
        rest = moments(plan, zone, after=moment, is_workday=is_workday)
        assert list(islice(rest, len(found) - number - 1)) == found[number + 1 :]


stops = st.lists(st.integers(1, 5000), min_size=1, max_size=6)


@pytest.mark.row("PT-01")
@given(plans(), st.lists(anywhere, min_size=6, max_size=6), instants, stops, st.sampled_from(list(Missed)))
def test_whenever_one_looks_each_moment_is_dealt_with_once(
    plan: Plan, zones: list[ZoneInfo], begun: datetime, waits: list[int], way: Missed
) -> None:
    """Looks so many minutes apart, by the clock of another zone each time: a worker stands still, a company moves."""
    last, now, dealt = begun, begun, []
    for zone, wait in zip(zones, waits, strict=False):
        now += timedelta(minutes=wait)
        while True:
            coming = moments(plan, zone, after=last, is_workday=is_workday)
            due, missed = owed(coming, way, now=now)
            if not due and not missed:
                break
            if way is Missed.ALL:
                assert due == list(islice(moments(plan, zone, after=last, is_workday=is_workday), len(due)))
                assert len(due) <= AT_ONCE and not missed
            else:
                assert len(due) <= 1
            if way is Missed.SKIP:
                assert all(now - moment <= FRESH for moment in due)
            dealt += sorted([*due, *missed])
            last = max([last, *due, *missed])
        # Nothing that has come is left over, whichever way it was dealt with.
        assert next(moments(plan, zone, after=last, is_workday=is_workday), now + FRESH) > now
    assert all(earlier < later for earlier, later in zip([begun, *dealt], dealt, strict=False))


@given(plans())
def test_days_fall_on_days_of_work_when_they_are_moved(plan: Plan) -> None:
    found = list(islice(days(plan, since=plan.starts_on, is_workday=is_workday), 10))
    assert found == sorted(set(found))
    if plan.day_off is not DayOff.KEEP:
        assert all(is_workday(day) for day in found)


@given(plans())
def test_a_kept_plan_is_the_same_plan(plan: Plan) -> None:
    assert plan_of(stored(plan)) == plan
    assert sentence(plan).startswith("Кажд")


@pytest.mark.parametrize(
    ("on_time", "done", "late", "share"),
    [(0, 0, 0, None), (0, 0, 1, 0), (2, 2, 0, 100), (1, 2, 1, 33), (999, 1000, 0, 99)],
)
def test_the_share_done_in_time(on_time: int, done: int, late: int, share: int | None) -> None:
    assert share_on_time(on_time=on_time, done=done, late=late) == share
