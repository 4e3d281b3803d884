"""One person starts his timer in several tabs at the same moment, with real commits."""

from functools import partial

import pytest

from core.access.loading import actor_of_principal
from core.context import company_scope
from core.organization.models import Employee
from modules.tasks.actions import create_task
from modules.tasks.actions.timing import start_timer
from modules.tasks.models import TimeEntry
from tenants.snapshots import find
from tests.support.races import at_once

pytestmark = [pytest.mark.committed, pytest.mark.usefixtures("committed")]


def test_two_tabs_leave_one_timer():
    company = find(host="alfa.localhost")
    with company_scope(company):
        owner = Employee.objects.select_related("principal").get(work_email="owner@alfa.example")
        by = actor_of_principal(owner.principal, door="screen")
        tasks = [create_task(title=f"Вкладка {n}", assignee=by.principal_id, by=by) for n in range(4)]
    for _ in range(5):
        assert at_once(company, *(partial(start_timer, task, by=by) for task in tasks)) == [None] * len(tasks)
        with company_scope(company):
            (running,) = TimeEntry.objects.filter(person=by.principal_id, ended_at__isnull=True)
            running.delete()
