"""Who may take a task from which state into which; pure decisions, no database."""

import math
from collections.abc import Set
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from core.organization.workdays import is_workday

from .errors import TaskIsOver
from .models import Status

ASSIGNEE, INITIATOR = "assignee", "initiator"

# The coarse state that all kinds of cards share.
STATES = dict.fromkeys(Status, "open") | {Status.CLOSED: "done", Status.CANCELLED: "cancelled"}
OPEN = frozenset(status for status, state in STATES.items() if state == "open")
OVER = frozenset(Status) - OPEN
# Open and no draft any more: the assignee knows of it.
GIVEN = OPEN - {Status.DRAFT}

# A task may stand so many tasks below the topmost one, and have so many right below it.
DEEPEST, MOST_SUBTASKS = 5, 200
# So many tasks at most are closed together with the one they hang under.
MOST_TOGETHER = 500
_DAY = 86_400
# A year of work.
MOST_MINUTES = 525_600
# A day alone means its working end.
END_OF_WORK = time(18)
# Why a draft is returned, in signs: as much as is kept, whatever door it comes by.
LONGEST_REASON = 1000
# The job that gives drafts at their moments, and the one that goes on giving what a template gives to many.
RELEASE, GIVE = "tasks.release", "tasks.give"


@dataclass(frozen=True)
class Deed:
    """One button: who presses it, where it is offered and where it leads.

    `alone` are the states in which it is offered when initiator and assignee are one person, who has nobody to
    accept from or to submit to.
    """

    code: str
    title: str
    by: str
    sources: frozenset[Status]
    target: Status
    alone: frozenset[Status] = frozenset()
    is_danger: bool = False
    needs_text: bool = False


# In the order of the buttons; the first that is not dangerous is the main one.
DEEDS = (
    Deed("release", "Поставить", INITIATOR, frozenset({Status.DRAFT}), Status.NEW, alone=frozenset({Status.DRAFT})),
    Deed("accept", "Принять", ASSIGNEE, frozenset({Status.NEW}), Status.ACCEPTED),
    Deed(
        "start",
        "Начать работу",
        ASSIGNEE,
        frozenset({Status.NEW, Status.ACCEPTED, Status.RETURNED}),
        Status.IN_WORK,
        alone=frozenset({Status.NEW, Status.ACCEPTED, Status.RETURNED}),
    ),
    Deed(
        "submit",
        "Сдать на проверку",
        ASSIGNEE,
        frozenset({Status.ACCEPTED, Status.IN_WORK, Status.RETURNED}),
        Status.IN_REVIEW,
    ),
    Deed("close", "Закрыть", INITIATOR, frozenset({Status.IN_REVIEW}), Status.CLOSED, alone=GIVEN),
    Deed("return", "Вернуть", INITIATOR, frozenset({Status.IN_REVIEW}), Status.RETURNED, needs_text=True),
    Deed("reopen", "Открыть заново", INITIATOR, OVER, Status.NEW, alone=OVER),
    Deed("cancel", "Отменить", INITIATOR, GIVEN, Status.CANCELLED, alone=GIVEN, is_danger=True),
)
BY_CODE = {deed.code: deed for deed in DEEDS}


def allowed_from(deed: Deed, *, alone: bool) -> frozenset[Status]:
    """States in which the deed can be done; `alone` when initiator and assignee are one person."""
    return deed.alone if alone else deed.sources


def offered(status: str, parts: Set[str], *, alone: bool) -> list[Deed]:
    """Buttons of a person who holds these parts in a task of this status, in their order."""
    return [deed for deed in DEEDS if deed.by in parts and status in allowed_from(deed, alone=alone)]


def leads() -> frozenset[tuple[str, str]]:
    """Pairs of states between which some deed leads somebody."""
    return frozenset(
        (source.value, deed.target.value)
        for deed in DEEDS
        for source in deed.sources | deed.alone
        if source != deed.target
    )


def days_late(due_at: datetime | None, done_at: datetime | None, *, is_open: bool, now: datetime) -> int | None:
    """Whole days between the due moment and the end of the work, or now while it is open; None when not late."""
    until = now if is_open else done_at
    if due_at is None or until is None or until <= due_at:
        return None
    return int((until - due_at).total_seconds() // _DAY)


def is_move(before: datetime | None, after: datetime | None, status: str) -> bool:
    """Whether a change of the due moment counts as moving it: naming the first one does not, nor does a draft's."""
    return before is not None and before != after and status != Status.DRAFT


@dataclass(frozen=True)
class Bucket:
    """A stretch of due moments, `since` ≤ moment < `until`, either end open; `offered` is what a task moved here gets,
    None where nothing is moved to."""

    code: str
    since: datetime | None
    until: datetime | None
    offered: datetime | None


def due_buckets(now: datetime, zone: ZoneInfo) -> list[Bucket]:
    """Past, the rest of today, tomorrow, the rest of this week and all that is later, as the company's zone cuts days.

    Each moment falls into exactly one of them. At the end of a week there is no rest of it.
    """
    # Whole hours of a day may be missing or come twice: edges are compared as instants, not as what clocks show.
    today = now.astimezone(zone).date()
    monday = today + timedelta(days=7 - today.weekday())
    tomorrow, after = today + timedelta(days=1), today + timedelta(days=2)
    rest = _midnight(tomorrow, zone)
    offered = _evening(today, zone)
    cut = [
        Bucket("past", None, now, None),
        Bucket("today", now, rest, offered if offered > now else rest - timedelta(minutes=1)),
        Bucket("tomorrow", rest, _midnight(after, zone), _evening(tomorrow, zone)),
    ]
    if after < monday:
        # A Friday is what people mean by «this week», while it is still ahead.
        friday = max(after, monday - timedelta(days=3))
        cut.append(Bucket("week", _midnight(after, zone), _midnight(monday, zone), _evening(friday, zone)))
    later = max(after, monday)
    return [*cut, Bucket("later", _midnight(later, zone), None, _evening(later, zone))]


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, tzinfo=zone).astimezone(UTC)


def _evening(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, END_OF_WORK, tzinfo=zone).astimezone(UTC)


def end_of_workday(today: date, days: int, zone: ZoneInfo) -> datetime:
    """The end of work on the day that is so many working days after today."""
    day, left = today, days
    while left:
        day += timedelta(days=1)
        left -= is_workday(day)
    return _evening(day, zone)


def span(minutes: int) -> str:
    """«2 ч 30 мин»."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} мин"
    return f"{hours} ч {rest} мин" if rest else f"{hours} ч"


def due_in_of(given_at: datetime, due_at: datetime | None) -> int | None:
    """How many minutes a task had: whole days when it had more than one, whole hours otherwise, rounded up.

    None without a due moment, or when it had passed before the task was given.
    """
    if due_at is None or due_at <= given_at:
        return None
    minutes = (due_at - given_at).total_seconds() / 60
    unit = _DAY // 60 if minutes > _DAY // 60 else 60
    return min(math.ceil(minutes / unit) * unit, MOST_MINUTES)


def why_over(task: Any) -> TaskIsOver | None:
    """Why nothing is done on a task any more; None while it goes on."""
    return TaskIsOver() if task.status in OVER else None
