"""Work is given to somebody at the moment at which his things go to another, with real commits."""

import threading
import time
from collections import Counter
from collections.abc import Callable

import pytest
from django.db import connections

from core.access.loading import actor_of_principal
from core.context import Company, company_scope
from core.entities.models import Entity, Participant
from core.events.models import Fact
from core.handover import jobs
from core.handover.actions import dismiss
from core.handover.models import Dismissal
from core.identity.names import read_full_name
from core.numbering.actions import company_day
from core.organization.actions import hire
from core.organization.models import Employee
from core.organization.people import principals_of
from modules.tasks.actions import change_task, create_task
from modules.tasks.models import Task
from tenants.snapshots import find
from tests.support.races import at_once

pytestmark = [pytest.mark.committed, pytest.mark.usefixtures("committed")]
BEFORE, GIVERS, PASSERS = jobs.BATCH + 5, 8, 6


@pytest.fixture
def company(committed: object) -> Company:
    found = find(host="alfa.localhost")
    assert found
    return found


def hired(number: int) -> Employee:
    return hire(
        name=read_full_name(f"Гонкин Номер{number}"), email=f"run{number}@race.example", password_hash="",
        email_verified=True, role_code="employee",
    )  # fmt: skip


def apart(work: Callable[[], None]) -> threading.Thread:
    """A thread that opens scopes of its own."""

    def run() -> None:
        try:
            work()
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def first_look(company: Company, leaver: Employee) -> None:
    """What the worker does as soon as he is dismissed, until everything has been looked at once."""
    ends = time.monotonic() + 60
    while time.monotonic() < ends:
        jobs.walk(company, leaver.pk)
        with company_scope(company):
            if Dismissal.objects.filter(pk=leaver.pk, look=1).exists():
                return
    raise AssertionError("the first look has no end")


def test_what_is_given_to_him_meanwhile_goes_on_once_and_none_is_lost(company):
    with company_scope(company):
        owner = Employee.objects.select_related("principal").get(work_email="owner@alfa.example")
        by = actor_of_principal(owner.principal, door="screen")
        leaver, heir, colleague = (hired(number) for number in range(3))
        make = lambda who, title: create_task(title=title, assignee=who, by=by)  # noqa: E731
        his = [make(leaver.principal_id, f"Смена {number}").pk for number in range(BEFORE)]
        others = [make(colleague.principal_id, f"Чужая {number}") for number in range(PASSERS)]

    def give() -> None:
        # As the door does it: somebody who is read as working is named, and the card is written.
        (who,) = principals_of([leaver.pk], field="assignee")
        his.append(make(who, "Срочно").pk)

    def pass_to_him(task: Task) -> None:
        (who,) = principals_of([leaver.pk], field="assignee")
        change_task(task, fields={"assignee": who}, by=by)

    def end() -> None:
        dismiss(leaver, heir=heir.pk, heirs={}, last_day=company_day(), by=by)

    has_read, look_is_over = threading.Event(), threading.Event()

    def give_late() -> None:
        with company_scope(company):
            (who,) = principals_of([leaver.pk], field="assignee")
            has_read.set()
            assert look_is_over.wait(90)
            his.append(make(who, "Прочитал до, записал после").pk)

    late = apart(give_late)
    assert has_read.wait(20)
    looking = apart(lambda: first_look(company, leaver))
    passes = [lambda task=task: pass_to_him(task) for task in others]
    outcomes = at_once(company, *[give] * GIVERS, end, *passes)
    assert outcomes[GIVERS] is None
    looking.join(90)
    look_is_over.set()
    late.join(90)
    # A minute later.
    jobs.walk(company, leaver.pk)

    came = {task.pk for task, refused in zip(others, outcomes[GIVERS + 1 :], strict=True) if refused is None}
    assert len(his) == BEFORE + 1 + outcomes[:GIVERS].count(None), "each either was refused or is there"
    with company_scope(company):
        check(leaver, heir, {*his, *came})
        kept = Entity.objects.filter(pk__in={task.pk for task in others} - came)
        assert set(kept.values_list("responsible", flat=True)) <= {colleague.principal_id}


def check(leaver: Employee, heir: Employee, expected: set[int]) -> None:
    """Nothing stands in his name, all of it is the heir's, and each was handed over once."""
    assert not Entity.objects.filter(responsible=leaver.principal_id, kind=Task.KIND).exists()
    assert not Participant.objects.filter(principal=leaver.principal_id, part="responsible", entity__kind=Task.KIND)
    got = Entity.objects.filter(responsible=heir.principal_id, kind=Task.KIND)
    assert set(got.values_list("pk", flat=True)) == expected
    facts = Fact.objects.filter(kind="tasks.assigned", payload__assignee=heir.principal_id)
    assert Counter(facts.values_list("entity_id", flat=True)) == dict.fromkeys(expected, 1)
    row = Dismissal.objects.get(pk=leaver.pk)
    line = row.walk["tasks.todo"]
    assert (row.state, row.look, line["given"], line["left"]) == ("done", 2, len(expected), 0)
