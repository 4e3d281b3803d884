"""The life of a subscription: told wholly by its days, so that a late job or a payment out of turn changes nothing.

Trial → active → past due → read only → suspended → deletion announced. A payment moves the day up to which is paid,
and with it the stage back: nothing else has to be undone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models

TRIAL_DAYS = 14
# After the day up to which is paid: everything works, then reading only, then nothing but paying.
GRACE_DAYS, READING_DAYS, CLOSED_DAYS = 14, 30, 60


class Stage(models.TextChoices):
    TRIAL = "trial", "Пробный период"
    ACTIVE = "active", "Оплачено"
    PAST_DUE = "past_due", "Ждём оплату"
    READ_ONLY = "read_only", "Только чтение"
    SUSPENDED = "suspended", "Приостановлено"
    DELETING = "deleting", "Ждёт удаления"


# How many days after the due day each stage begins.
_LATE = (
    (GRACE_DAYS + READING_DAYS + CLOSED_DAYS, Stage.DELETING),
    (GRACE_DAYS + READING_DAYS, Stage.SUSPENDED),
    (GRACE_DAYS, Stage.READ_ONLY),
    (0, Stage.PAST_DUE),
)
# Days from the due day on which people are written to; those of a trial's end for a free plan are the first of them.
_BEFORE = (-7, -3, -1)
_AFTER = (0, 7, GRACE_DAYS - 1, GRACE_DAYS, GRACE_DAYS + READING_DAYS - 1, GRACE_DAYS + READING_DAYS, 74, 97, 104)
# What was due longer ago is not written any more: the next reminder says how things stand.
_FRESH_DAYS = 3


@dataclass(frozen=True)
class Term:
    """What decides the stage: the trial's end, the first day not paid for, and whether the plan costs anything.

    One that `renews` takes its next period from a card in the course of that day: it is late a day later, and nobody is
    reminded of what comes by itself.
    """

    trial_until: date
    paid_until: date | None = None
    is_free: bool = False
    renews: bool = False

    @property
    def due(self) -> date:
        """The day from which something is owed, were the plan not free."""
        ends = max(self.trial_until, self.paid_until or self.trial_until)
        return ends + timedelta(days=1) if self.renews else ends


@dataclass(frozen=True)
class Reminder:
    """A letter of a day: `offset` days from `due`."""

    due: date
    offset: int

    @property
    def code(self) -> str:
        return f"{self.due.isoformat()}{self.offset:+d}"


def stage_on(term: Term, today: date) -> Stage:
    """Where a subscription stands on a day."""
    if today < term.trial_until:
        return Stage.TRIAL
    if term.is_free or today < term.due:
        return Stage.ACTIVE
    late = (today - term.due).days
    return next(stage for days, stage in _LATE if late >= days)


def ends_on(term: Term, today: date) -> date | None:
    """The first day of the next stage; None when this one lasts until somebody pays or changes something."""
    return min((day for day in _borders(term) if day > today), default=None)


def next_day(term: Term, today: date) -> date | None:
    """The next day on which there is anything to do: a stage begins or a letter is due."""
    letters = (reminder.due + timedelta(days=reminder.offset) for reminder in _reminders(term))
    return min((day for day in (*_borders(term), *letters) if day > today), default=None)


def reminder_on(term: Term, today: date) -> Reminder | None:
    """The newest letter that is due on a day; None when none is, or when it has been due for too long."""
    past = [found for found in _reminders(term) if found.due + timedelta(days=found.offset) <= today]
    newest = max(past, key=lambda found: found.offset, default=None)
    if newest is None or (today - newest.due).days - newest.offset > _FRESH_DAYS:
        return None
    return newest


def period_begins(term: Term, today: date) -> date:
    """From which day a payment counts that comes on a day.

    Whoever still worked continues where the paid time ended; whoever was shut out begins on the day he has paid.
    """
    if stage_on(term, today) in (Stage.TRIAL, Stage.ACTIVE, Stage.PAST_DUE) and not term.is_free:
        return term.due
    return max(today, term.trial_until)


def _borders(term: Term) -> Iterator[date]:
    yield term.trial_until
    if not term.is_free:
        yield from (term.due + timedelta(days=days) for days, _ in _LATE)


def _reminders(term: Term) -> Iterator[Reminder]:
    if term.is_free:
        yield from (Reminder(term.trial_until, offset) for offset in (*_BEFORE[1:], 0))
        return
    yield from (Reminder(term.due, offset) for offset in (*(() if term.renews else _BEFORE), *_AFTER))
