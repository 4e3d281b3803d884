"""Numbers taken at the same moment, with real commits."""

import pytest

from core.access.loading import actor_of_principal
from core.context import company_scope
from core.numbering.actions import next_number, set_mask
from core.organization.models import Employee
from core.registry import registry
from tenants.snapshots import find
from tests.support.races import at_once

pytestmark = [pytest.mark.committed, pytest.mark.usefixtures("committed")]
AT_ONCE, EACH = 20, 10


def test_two_hundred_at_once_get_consecutive_numbers():
    company = find(host="alfa.localhost")
    taken: list[str] = []
    for _ in range(EACH):
        assert at_once(company, *[lambda: taken.append(next_number("tasks.task", "З-"))] * AT_ONCE) == [None] * AT_ONCE
    assert sorted(taken, key=lambda number: int(number[2:])) == [f"З-{n}" for n in range(1, AT_ONCE * EACH + 1)]


def test_nobody_gets_a_number_of_the_old_mask_once_the_new_one_stands():
    company = find(host="alfa.localhost")
    with company_scope(company):
        owner = Employee.objects.select_related("principal").get(work_email="owner@alfa.example")
        by = actor_of_principal(owner.principal, door="screen")
    kind = registry.kind_of("tasks.task")
    taken: list[str] = []
    take = [lambda: taken.append(next_number("tasks.task", "З-"))] * AT_ONCE
    change = lambda: set_mask(kind, mask="Н-{N}", period="none", by=by)  # noqa: E731
    assert at_once(company, *take[:10], change, *take[10:]) == [None] * (AT_ONCE + 1)
    counters = sorted(int(number.partition("-")[2]) for number in taken)
    assert counters == list(range(1, AT_ONCE + 1))
