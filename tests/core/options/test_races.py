"""Options changed at the same moment, with real commits."""

import pytest

from core.access.actor import Actor
from core.access.loading import actor_of_principal
from core.companies import renewed
from core.context import company_scope
from core.options.actions import change_options
from core.options.errors import OptionsChangedMeanwhile
from core.options.queries import option
from core.organization.models import Employee
from modules.tasks.options import CLOSING, DUE_DAYS
from tenants.snapshots import find
from tests.support.races import together

pytestmark = [pytest.mark.committed, pytest.mark.usefixtures("committed")]


def changed(by: Actor, seen: int | None = None, **values):
    told = {f"tasks.{name}": value for name, value in values.items()}
    schema = find(host="alfa.localhost").schema
    return lambda: renewed(schema, lambda version: change_options(told, version=version, seen=seen, by=by))


@pytest.fixture
def owner(committed) -> Actor:
    with company_scope(find(host="alfa.localhost")):
        employee = Employee.objects.select_related("principal").get(work_email="owner@alfa.example")
        return actor_of_principal(employee.principal, door="screen")


def stands():
    with company_scope(find(host="alfa.localhost")):
        return option(DUE_DAYS), option(CLOSING)


def test_two_who_change_different_ones_both_have_their_way(owner):
    before = find(host="alfa.localhost").version
    assert together(changed(owner, due_days=3), changed(owner, closing="together")) == [None, None]
    assert stands() == (3, "together")
    assert find(host="alfa.localhost").version == before + 2


def test_of_two_who_have_seen_the_same_one_is_told_to_look_again(owner):
    version = find(host="alfa.localhost").version
    outcomes = together(*(changed(owner, version, due_days=days) for days in (3, 5)))
    assert sorted(type(one) for one in outcomes if one) == [OptionsChangedMeanwhile]
    assert stands()[0] in (3, 5)


def test_a_change_that_failed_leaves_nothing_in_memory(owner):
    """Its version is given again, to other values: what was read under it meanwhile must not stand for them."""

    def fails():
        def change(version):
            change_options({"tasks.due_days": 9}, version=version, seen=None, by=owner)
            assert option(DUE_DAYS) == 9
            raise OptionsChangedMeanwhile()

        renewed(find(host="alfa.localhost").schema, change)

    assert [type(one) for one in together(fails)] == [OptionsChangedMeanwhile]
    assert stands()[0] == 0
    changed(owner, due_days=2)()
    assert stands()[0] == 2
