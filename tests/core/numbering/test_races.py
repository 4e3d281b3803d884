"""Numbers taken at the same moment, with real commits."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.access.loading import actor_of_principal
from core.context import company_scope
from core.entities.models import Entity
from core.identity.models import Principal
from core.numbering.actions import company_day, give_back, next_number, reserve, set_mask
from core.numbering.models import NumberCounter, ReservedNumber
from core.organization.models import Department, Employee
from core.registry import registry
from modules.tasks.actions import create_task
from tenants.snapshots import find
from tests.support.races import at_once

pytestmark = [pytest.mark.committed, pytest.mark.usefixtures("committed")]
AT_ONCE, EACH = 20, 10


@pytest.mark.row("D-12")
def test_two_hundred_at_once_get_consecutive_numbers():
    company = find(host="alfa.localhost")
    taken: list[str] = []
    for _ in range(EACH):
        assert at_once(company, *[lambda: taken.append(next_number("tasks.task", "З-"))] * AT_ONCE) == [None] * AT_ONCE
    assert sorted(taken, key=lambda number: int(number[2:])) == [f"З-{n}" for n in range(1, AT_ONCE * EACH + 1)]


@pytest.mark.parametrize("mode", ["strict", "fast"])
def test_reserved_numbers_are_given_to_nobody_else(mode):
    company, kind = find(host="alfa.localhost"), registry.kind_of("tasks.task")
    with company_scope(company):
        by = _owner()
        set_mask(kind, mask="Р-{N}", period="none", mode=mode, by=by)
    taken: list[str] = []
    kept: list[ReservedNumber] = []
    given_back: list[str] = []
    take = lambda: taken.append(next_number("tasks.task", "З-", whose=by.principal_id))  # noqa: E731

    def keep() -> None:
        kept.extend(reserve(kind, count=2, until=company_day(), by=by))

    def let_go() -> None:
        row = kept.pop()
        given_back.append(row.number)
        give_back(row, by=by)

    for _ in range(EACH):
        assert at_once(company, *[take] * AT_ONCE, keep, keep) == [None] * (AT_ONCE + 2)
        assert at_once(company, let_go, let_go) == [None] * 2
    assert len(taken) == AT_ONCE * EACH
    # Whoever has one has it alone, and what nobody has waits for the next.
    held = [row.number for row in kept]
    assert len(set(taken) | set(held)) == len(taken) + len(held)
    with company_scope(company):
        free = ReservedNumber.objects.filter(holder__isnull=True).values_list("counter", flat=True)
        last = NumberCounter.objects.get(pk="tasks.task").last
        everything = sorted([*(int(number[2:]) for number in taken + held), *free])
        assert everything == list(range(1, last + 1))
        if mode == "strict":
            assert {f"Р-{counter}" for counter in free} <= set(given_back)


def test_numbers_under_one_number_are_given_once():
    company, kind = find(host="alfa.localhost"), registry.kind_of("tasks.task")
    with company_scope(company):
        by = _owner()
        task = create_task(title="Первая", assignee=by.principal_id, by=by)
        Entity.objects.filter(pk=task.pk).update(created_at=timezone.now() - timedelta(days=9))
        day = company_day()
    kept: list[ReservedNumber] = []

    def keep() -> None:
        kept.extend(reserve(kind, count=2, until=day, back_dated=day - timedelta(days=3), by=by))

    assert at_once(company, *[keep] * EACH) == [None] * EACH
    assert sorted(row.counter for row in kept) == list(range(1, 2 * EACH + 1))
    assert {row.number for row in kept} == {f"{task.number}/{row.counter}" for row in kept}


def test_departments_count_by_themselves_at_once():
    company, kind = find(host="alfa.localhost"), registry.kind_of("tasks.task")
    with company_scope(company):
        by = _owner()
        people = {}
        for code in ("ПР", "СБ"):
            department = Department.objects.create(title=f"Отдел {code}", code=code)
            Department.objects.filter(pk=department.pk).update(path=[department.pk])
            people[code] = Principal.objects.create(kind=Principal.Kind.EMPLOYEE, name=code).pk
            Employee.objects.create(
                kind=Employee.KIND,
                title=code,
                author_id=by.principal_id,
                status=Employee.Status.WORKS,
                last_name=code,
                principal_id=people[code],
                department=department,
            )
        set_mask(kind, mask="{ОТДЕЛ}-{N}", period="none", by=by)
    taken: list[str] = []
    pairs = [[people["ПР"], people["СБ"]], [people["СБ"], people["ПР"]]]

    # In either order, in one transaction: nobody may wait for another in a circle.
    def take(pair: list[int]) -> None:
        taken.extend([next_number("tasks.task", "З-", whose=who) for who in pair])

    changes = [lambda pair=pairs[place % 2]: take(pair) for place in range(AT_ONCE)]
    assert at_once(company, *changes) == [None] * AT_ONCE
    assert sorted(taken) == sorted(f"{code}-{n}" for code in people for n in range(1, AT_ONCE + 1))


def _owner():
    owner = Employee.objects.select_related("principal").get(work_email="owner@alfa.example")
    return actor_of_principal(owner.principal, door="screen")


def test_nobody_gets_a_number_of_the_old_mask_once_the_new_one_stands():
    company = find(host="alfa.localhost")
    with company_scope(company):
        by = _owner()
    kind = registry.kind_of("tasks.task")
    taken: list[str] = []
    take = [lambda: taken.append(next_number("tasks.task", "З-"))] * AT_ONCE
    change = lambda: set_mask(kind, mask="Н-{N}", period="none", by=by)  # noqa: E731
    assert at_once(company, *take[:10], change, *take[10:]) == [None] * (AT_ONCE + 1)
    counters = sorted(int(number.partition("-")[2]) for number in taken)
    assert counters == list(range(1, AT_ONCE + 1))
