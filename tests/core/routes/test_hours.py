"""Hours of work on routes: timers end, terms are reminded of, what is late goes further up; each once."""

from datetime import UTC, datetime, timedelta

import pytest

from core.context import company_scope
from core.events.models import Fact
from core.organization.models import Employee
from core.organization.workdays import worked_between, working_end
from core.routes.actions.running import start_route
from core.routes.jobs import tick
from core.routes.models import Passing, Step
from core.routes.schemes import Escalation, Stage, StageKind
from modules.tasks.manifest import TASK

from .conftest import publish, stage, task_of

pytestmark = pytest.mark.row("D-04")
_ZONE = "Europe/Moscow"
# Friday, 17:00 in Moscow.
_FRIDAY = datetime(2026, 11, 20, 14, tzinfo=UTC)


def test_hours_of_work_leap_over_dinner_nights_and_weekends():
    assert working_end(_FRIDAY, 0, _ZONE) == _FRIDAY
    assert working_end(_FRIDAY, 60, _ZONE) == datetime(2026, 11, 20, 15, tzinfo=UTC)
    assert working_end(_FRIDAY, 61, _ZONE) == datetime(2026, 11, 23, 6, 1, tzinfo=UTC)
    # Monday from 9 to 13, and an hour after dinner.
    assert working_end(datetime(2026, 11, 22, tzinfo=UTC), 300, _ZONE) == datetime(2026, 11, 23, 12, tzinfo=UTC)
    # The fourth of November is a holiday.
    assert working_end(datetime(2026, 11, 3, 14, 30, tzinfo=UTC), 60, _ZONE) == datetime(2026, 11, 5, 6, 30, tzinfo=UTC)


def test_what_has_been_worked_is_what_was_asked_for():
    for minutes in range(0, 5000, 37):
        assert worked_between(_FRIDAY, working_end(_FRIDAY, minutes, _ZONE), _ZONE) == minutes


def passing_at(company, moment):
    """Make what is due next due at a moment, instead of waiting for it."""
    with company_scope(company):
        for row in Passing.objects.filter(next_at__isnull=False):
            shift = row.next_at - moment
            names = [name for name in ("due_at", "remind_at", "escalate_at", "next_at") if getattr(row, name)]
            for name in names:
                setattr(row, name, getattr(row, name) - shift)
            row.save(update_fields=names)


def facts_of(company, task):
    with company_scope(company):
        rows = Fact.objects.filter(entity=task.pk, kind__startswith="routes.").order_by("pk")
        return list(rows.values_list("kind", flat=True))


def test_a_timer_ends_by_itself_after_any_stop(company, people):
    author, first, *_ = people
    with company_scope(company):
        publish([Stage("t", "Подождать", StageKind.TIMER, hours=8), stage("a", first, after=("t",))], author)
        task = task_of(author)
        start_route(task, TASK, by=author.actor())
    tick(company)
    assert facts_of(company, task) == ["routes.started"]
    passing_at(company, datetime.now(UTC) - timedelta(days=7))
    for _ in range(3):
        tick(company)
    assert facts_of(company, task) == ["routes.started", "routes.happened"]
    with company_scope(company):
        assert Step.objects.get(passing__code="a").state == "open"


def test_a_term_is_reminded_of_and_what_is_late_is_handed_to_the_manager_once(company, people):
    author, first, second, _ = people
    with company_scope(company):
        Employee.objects.filter(pk=first.id).update(manager=second.id)
        terms = {"hours": 8, "remind": 2, "escalation": Escalation.HAND, "escalate": 4}
        publish([stage("a", first, **terms)], author)
        task = task_of(author)
        start_route(task, TASK, by=author.actor())
        row = Passing.objects.get()
        assert row.remind_at < row.due_at < row.escalate_at and row.next_at == row.remind_at
    passing_at(company, datetime.now(UTC) - timedelta(minutes=1))
    for _ in range(2):
        tick(company)
    assert facts_of(company, task) == ["routes.started", "routes.reminded"]
    passing_at(company, datetime.now(UTC) - timedelta(minutes=1))
    for _ in range(2):
        tick(company)
    assert facts_of(company, task)[2:] == ["routes.redirected", "routes.escalated"]
    with company_scope(company):
        steps = dict(Step.objects.values_list("principal_id", "state"))
        assert steps == {first.principal.pk: "dropped", second.principal.pk: "open"}
        assert Step.objects.get(state="open").instead_of_id == first.principal.pk
        assert Passing.objects.get().next_at is None
