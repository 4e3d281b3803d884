"""Two people move one card at the same moment, with real commits."""

from functools import partial

import pytest

from core.access.loading import actor_of_principal
from core.context import company_scope
from core.entities.models import Entity
from core.errors import Stale
from core.organization.models import Employee
from core.registry import registry
from core.statuses.actions.defining import begin_scheme, define_status
from core.statuses.actions.moving import move_status
from modules.tasks.actions import create_task
from modules.tasks.models import Task
from tenants.snapshots import find
from tests.support.races import at_once

pytestmark = [pytest.mark.committed, pytest.mark.usefixtures("committed")]


def test_one_of_two_moves_from_the_same_status_wins():
    company = find(host="alfa.localhost")
    kind = registry.kind_of(Task.KIND)
    with company_scope(company):
        owner = Employee.objects.select_related("principal").get(work_email="owner@alfa.example")
        by = actor_of_principal(owner.principal, door="screen")
        begin_scheme(kind, by=by)
        own = [define_status(kind, card_type="", base="new", title=f"Свой {n}", by=by).pk for n in range(2)]
        task = create_task(title="Одна на двоих", assignee=by.principal_id, by=by)
    for _ in range(5):
        with company_scope(company):
            seen = Task.objects.get(pk=task.pk)
        moves = [partial(move_status, seen, kind, to=to, by=by, version=seen.version) for to in own]
        refused = at_once(company, *moves)
        lost = [outcome for outcome in refused if outcome is not None]
        assert len(lost) == 1 and isinstance(lost[0], Stale), refused
        with company_scope(company):
            stands = Entity.objects.get(pk=task.pk)
            assert stands.own_status_id == own[refused.index(None)]
            # Back to where both begin from.
            back = next(row.pk for row in begin_scheme(kind, by=by) if row.base == "new" and row.is_plain)
            move_status(Task.objects.get(pk=task.pk), kind, to=back, by=by)
