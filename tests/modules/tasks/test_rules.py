"""Who may take a task where: the table typed by hand, and what must hold for any sequence of buttons."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modules.tasks.events import MOVES
from modules.tasks.models import Status
from modules.tasks.rules import (
    ASSIGNEE,
    BY_CODE,
    DEEDS,
    INITIATOR,
    MOST_MINUTES,
    OPEN,
    OVER,
    STATES,
    allowed_from,
    due_buckets,
    due_in_of,
    offered,
)

pytestmark = pytest.mark.row("T-19", "T-21")

# status: (buttons of the assignee, buttons of the initiator, buttons of one who is both)
TABLE = {
    "draft": ("", "release", "release"),
    "new": ("accept start", "cancel", "start close cancel"),
    "accepted": ("start submit", "cancel", "start close cancel"),
    "in_work": ("submit", "cancel", "close cancel"),
    "in_review": ("", "close return cancel", "close cancel"),
    "returned": ("start submit", "cancel", "start close cancel"),
    "closed": ("", "reopen", "reopen"),
    "cancelled": ("", "reopen", "reopen"),
}
BOTH = frozenset({ASSIGNEE, INITIATOR})


def codes(status: str, parts: frozenset[str], *, alone: bool = False) -> list[str]:
    return [deed.code for deed in offered(status, parts, alone=alone)]


def test_the_table_covers_every_status():
    assert set(TABLE) == set(Status.values)


@pytest.mark.parametrize("status", TABLE)
def test_buttons_fit_the_role(status):
    of_assignee, of_initiator, of_one = TABLE[status]
    assert codes(status, frozenset({ASSIGNEE})) == of_assignee.split()
    assert codes(status, frozenset({INITIATOR})) == of_initiator.split()
    assert codes(status, BOTH, alone=True) == of_one.split()
    assert codes(status, frozenset()) == []


def test_states_follow_statuses():
    assert {status.value: state for status, state in STATES.items()} == {
        "draft": "open", "new": "open", "accepted": "open", "in_work": "open", "in_review": "open", "returned": "open",
        "closed": "done", "cancelled": "cancelled",
    }  # fmt: skip
    assert set(Status) == OPEN | OVER and not OPEN & OVER


def test_every_button_says_its_own_fact():
    assert set(MOVES) == set(BY_CODE) == {
        "release", "accept", "start", "submit", "close", "return", "reopen", "cancel",
    }  # fmt: skip
    assert len({fact.kind for fact in MOVES.values()}) == len(MOVES)


@given(st.lists(st.sampled_from([deed.code for deed in DEEDS]), max_size=30), st.booleans())
def test_any_sequence_of_buttons_keeps_the_rules(pressed, alone):
    status = Status.NEW
    for code in pressed:
        deed = BY_CODE[code]
        if status not in allowed_from(deed, alone=alone):
            continue
        assert deed.target != status, "a button always moves the task"
        if status in OVER:
            assert code == "reopen", "what is over is only opened anew"
        if deed.target == Status.CLOSED and not alone:
            assert status == Status.IN_REVIEW, "nobody closes another's work unseen"
        status = deed.target


@given(st.sampled_from(Status), st.sets(st.sampled_from([ASSIGNEE, INITIATOR])), st.booleans())
def test_nobody_is_offered_what_is_refused(status, parts, alone):
    for deed in offered(status, parts, alone=alone):
        assert deed.by in parts
        assert status in allowed_from(deed, alone=alone)


@pytest.mark.parametrize("alone", [False, True])
def test_there_is_a_way_out_of_every_state(alone):
    for start in Status:
        seen, edge = {start}, [start]
        while edge:
            here = edge.pop()
            fresh = {deed.target for deed in offered(here, BOTH, alone=alone)} - seen
            seen |= fresh
            edge += fresh
        assert Status.CLOSED in seen and Status.CANCELLED in seen


@pytest.mark.parametrize(
    ("had", "minutes"),
    [
        (timedelta(minutes=5), 60),
        (timedelta(hours=3, minutes=1), 240),
        (timedelta(days=1), 1440),
        (timedelta(days=1, minutes=1), 2880),
        (timedelta(days=6, hours=23), 7 * 1440),
        (timedelta(days=9999), MOST_MINUTES),
        (timedelta(0), None),
        (-timedelta(days=1), None),
    ],
)
def test_how_long_a_task_had_in_whole_hours_and_days(had: timedelta, minutes: int | None) -> None:
    given_at = datetime(2026, 11, 22, 9, 13, tzinfo=UTC)
    assert due_in_of(given_at, given_at + had) == minutes
    assert due_in_of(given_at, None) is None


_MOMENTS = st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2035, 1, 1), timezones=st.just(UTC))
_ZONES = st.sampled_from(["Europe/Moscow", "Asia/Kamchatka", "Europe/Kaliningrad", "Europe/Berlin", "America/New_York"])


@given(_MOMENTS, _MOMENTS, _ZONES)
def test_each_due_moment_falls_into_one_column(now, due, name):
    zone = ZoneInfo(name)
    buckets = due_buckets(now, zone)
    held = [b.code for b in buckets if (b.since is None or b.since <= due) and (b.until is None or due < b.until)]
    assert len(held) == 1
    away = (due.astimezone(zone).date() - now.astimezone(zone).date()).days
    days_left = 6 - now.astimezone(zone).weekday()
    expected = (
        "past" if due < now else "today" if away == 0 else "tomorrow" if away == 1
        else "week" if away <= days_left else "later"
    )  # fmt: skip
    assert held == [expected]


@given(_MOMENTS, _ZONES)
def test_what_a_column_offers_falls_into_it(now, name):
    for bucket in due_buckets(now, ZoneInfo(name)):
        if bucket.offered is None:
            assert bucket.code == "past"
        else:
            # The last minute of a day offers nothing that is still ahead within it.
            late = bucket.code == "today" and bucket.until - now <= timedelta(minutes=1)
            assert late or bucket.since is None or bucket.since <= bucket.offered
            assert bucket.until is None or bucket.offered < bucket.until
            assert late or bucket.offered > now - timedelta(seconds=1)
