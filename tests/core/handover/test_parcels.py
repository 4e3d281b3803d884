"""`kill -9` in the middle of a hand-over: each thing goes once, none is forgotten."""

from collections import Counter

import pytest

from core.access.loading import actor_of_principal
from core.context import Company, company_scope
from core.entities.models import Entity
from core.events.models import Fact
from core.failpoints import KILLED
from core.handover.actions import dismiss
from core.handover.jobs import BATCH
from core.handover.models import Dismissal
from core.identity.models import User
from core.identity.names import read_full_name
from core.numbering.actions import company_day
from core.organization.actions import hire
from core.organization.models import Employee
from modules.tasks.actions import create_task
from tenants.snapshots import find

pytestmark = pytest.mark.committed
TASKS = BATCH * 2 + 3


@pytest.fixture
def company(committed: object) -> Company:
    found = find(host="alfa.localhost")
    assert found
    return found


def hired(number: int) -> Employee:
    return hire(
        name=read_full_name(f"Сменов Номер{number}"), email=f"shift{number}@kill.example", password_hash="",
        email_verified=True, role_code="employee",
    )  # fmt: skip


@pytest.mark.parametrize("place", ["handover.handed", "handover.parcel_done"])
def test_killed_anywhere_it_goes_on_behind_the_last_parcel(committed, company, place):
    with company_scope(company):
        owner = User.objects.select_related("principal__employee").get()
        by = actor_of_principal(owner.principal, door="screen")
        leaver, heir = hired(1), hired(2)
        for number in range(TASKS):
            create_task(title=f"Смена {number}", assignee=leaver.principal_id, by=by)
        dismiss(leaver, heir=heir.pk, heirs={}, last_day=company_day(), by=by)

    def walk(fail: str = "") -> int:
        return committed.child("job", "handover.walk", company.schema, str(leaver.pk), fail=fail)[0]

    for _ in range(4):
        assert walk(fail=place) == KILLED
    assert walk() == 0
    with company_scope(company):
        row = Dismissal.objects.get(pk=leaver.pk)
        handed = Fact.objects.filter(kind="tasks.assigned").values_list("entity_id", flat=True)
        assert Counter(Counter(handed).values()) == {1: TASKS}, "each once"
        assert not Entity.objects.filter(responsible=leaver.principal_id, kind="tasks.task").exists()
        assert (row.state, row.walk["tasks.todo"]["given"]) == ("done", TASKS)
        assert Fact.objects.filter(kind="handover.finished").count() == 1
