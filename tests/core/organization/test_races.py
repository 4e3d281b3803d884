"""Two changes of who manages whom at the same moment, with real commits."""

import pytest

from core.access.loading import system_actor
from core.context import Company, company_scope
from core.identity.names import read_full_name
from core.organization.actions import change_employee, hire
from core.organization.models import Employee
from tenants.snapshots import find
from tests.support.races import at_once

pytestmark = [pytest.mark.committed, pytest.mark.usefixtures("committed")]
ROUNDS = 8


@pytest.fixture
def company(committed: object) -> Company:
    found = find(host="alfa.localhost")
    assert found
    return found


def hired(company: Company, number: int) -> int:
    with company_scope(company):
        return hire(
            name=read_full_name(f"Кругов Номер{number}"), email=f"circle{number}@race.example", password_hash="",
            email_verified=True, role_code="employee",
        ).pk  # fmt: skip


def manage(who: int, manager: int | None) -> None:
    change_employee(Employee.objects.get(pk=who), given={"manager": manager}, by=system_actor())


@pytest.mark.parametrize("length", [2, 4])
def test_people_never_come_to_manage_one_another_in_a_circle(company, length):
    people = [hired(company, number) for number in range(length)]
    links = list(zip(people, people[1:] + people[:1], strict=True))
    # In a longer circle every other link stands before: what closes it touches no person twice.
    standing, closing = (links[1::2], links[0::2]) if length > 2 else ([], links)
    for _ in range(ROUNDS):
        with company_scope(company):
            for who, manager in standing:
                manage(who, manager)
        refused = at_once(company, *(lambda who=who, manager=manager: manage(who, manager) for who, manager in closing))
        assert sum(outcome is not None for outcome in refused) == 1, refused
        with company_scope(company):
            for who in people:
                manage(who, None)
