"""What is overdue goes up the ladder: the assignee, his manager, the initiator; each once, when the company says."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from core.notifications.models import Delivery
from core.notifications.reminders import OVERDUE, remind

pytestmark = pytest.mark.row("T-20")


@pytest.fixture
def house(company, person, deliver):
    """(company, admin, manager, worker, initiator, the due moment of the worker's task)."""
    admin, manager = person(company, role="admin"), person(company, role="head")
    worker, boss = person(company), person(company)
    department = admin.client.post("departments/", {"title": "Цех", "head": manager.id}).json()["id"]
    for one in (worker, manager):
        assert admin.client.patch(f"employees/{one.id}/", {"department": department}).status_code == 200
    due = timezone.now() + timedelta(days=1)
    made = boss.client.post("tasks/", {"title": "Отчёт", "assignee": worker.id, "due_at": due.isoformat()})
    assert made.status_code == 201, made.json()
    deliver()
    return company, admin, manager, worker, boss, due


@pytest.fixture
def heard(inside):
    """`heard(person)`: paragraphs of the notices about lateness in his bell."""

    def read(who):
        with inside(who.company):
            rows = Delivery.objects.filter(principal=who.principal.pk, channel="bell", kind=OVERDUE.code)
            return [" ".join(row.paragraphs) for row in rows.order_by("pk")]

    return read


def late(company, due, **after):
    with time_machine.travel(due + timedelta(**after), tick=False):
        remind(company, 0)


def test_the_usual_ladder(house, heard):
    company, _, manager, worker, boss, due = house
    for _ in range(2):
        late(company, due, minutes=1)
    assert (len(heard(worker)), len(heard(boss)), len(heard(manager))) == (1, 1, 0)
    for _ in range(2):
        late(company, due, days=1, minutes=1)
    assert (len(heard(worker)), len(heard(boss)), len(heard(manager))) == (1, 1, 1)
    assert "Опоздание: 1 дн." in heard(manager)[0] and "Исполнитель: " in heard(manager)[0]


def test_a_ladder_of_the_companys_own(house, heard):
    company, admin, manager, worker, boss, due = house
    ladder = {"responsible": 0, "manager": 60, "author": 240}
    answer = admin.client.patch("notices/policy/", {"ladder": ladder})
    assert answer.status_code == 200, answer.json()
    assert {step["who"]: step["after"] for step in answer.json()["ladder"]} == ladder
    late(company, due, minutes=1)
    assert (len(heard(worker)), len(heard(manager)), len(heard(boss))) == (1, 0, 0)
    late(company, due, minutes=61)
    assert (len(heard(worker)), len(heard(manager)), len(heard(boss))) == (1, 1, 0)
    late(company, due, minutes=241)
    assert (len(heard(worker)), len(heard(manager)), len(heard(boss))) == (1, 1, 1)


def test_a_step_that_is_off_tells_nobody(house, heard):
    company, admin, manager, worker, boss, due = house
    admin.client.patch("notices/policy/", {"ladder": {"responsible": 0, "manager": None, "author": None}})
    late(company, due, minutes=1)
    late(company, due, days=1, minutes=1)
    assert (len(heard(worker)), len(heard(manager)), len(heard(boss))) == (1, 0, 0)


def test_a_manager_who_may_not_see_the_task_hears_nothing(house, heard):
    company, admin, manager, _, _, due = house
    admin.client.put(f"employees/{manager.id}/roles/", {"roles": ["employee"]})
    late(company, due, days=1, minutes=1)
    assert heard(manager) == []


def test_a_closed_task_climbs_no_further(house, heard):
    company, _, manager, worker, boss, due = house
    late(company, due, minutes=1)
    task = worker.client.get("tasks/").json()["results"][0]["id"]
    assert boss.client.post(f"tasks/{task}/do/cancel/").status_code == 200
    late(company, due, days=1, minutes=1)
    assert heard(manager) == []


def test_a_step_that_nobody_knows_is_refused(house):
    _, admin, *_ = house
    wrong = {"responsible": 0, "manager": 7, "author": 0}
    assert admin.client.patch("notices/policy/", {"ladder": wrong}).status_code == 422
    assert admin.client.patch("notices/policy/", {"ladder": {"responsible": 0}}).status_code == 422
