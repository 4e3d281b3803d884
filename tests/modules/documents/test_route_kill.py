"""`kill -9` in the middle of what hours bring about on routes: each is done once; and what is purged goes whole."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.utils import timezone

from core.access.loading import actor_of_principal
from core.context import company_scope
from core.entities import trash
from core.entities.models import Entity
from core.events.models import Fact
from core.failpoints import KILLED
from core.organization.models import Employee
from core.registry import registry
from core.routes.actions.deciding import decide_step
from core.routes.contents import content_of, hash_of
from core.routes.models import Content, Decision, Passing, Run, Step
from core.routes.rules import Verdict
from modules.documents.actions import create_document, do_deed
from modules.documents.models import Document
from tenants.snapshots import find

pytestmark = [pytest.mark.committed, pytest.mark.row("D-04")]


@pytest.fixture
def company(committed):
    return find(host="alfa.localhost")


def owner():
    row = Employee.objects.select_related("principal").get(work_email="owner@alfa.example")
    return actor_of_principal(row.principal, door="screen")


def sent(company, count=1):
    """Ids of documents that wait for their addressee."""
    with company_scope(company):
        by = owner()
        told = {"card_type": "memo", "addressee": by.principal_id, "by": by}
        return [do_deed(create_document(title=f"Записка {n}", **told), "send", by=by).pk for n in range(count)]


def test_a_tick_that_is_killed_anywhere_reminds_of_each_term_once(committed, company):
    ids = sent(company, 3)
    with company_scope(company):
        rows = Passing.objects.filter(run__entity__in=ids)
        assert rows.filter(remind_at__isnull=False).count() == 3
        ago = timezone.now() - timedelta(minutes=1)
        rows.update(remind_at=ago, next_at=ago, due_at=F("due_at"))

    def tick(fail=""):
        return committed.child("job", "routes.tick", company.schema, "0", fail=fail)[0]

    def reminded():
        with company_scope(company):
            told = Fact.objects.filter(kind="routes.reminded", entity__in=ids)
            return sorted(told.values_list("entity_id", flat=True))

    assert tick(fail="routes.attended") == KILLED
    assert reminded() == []
    assert tick(fail="routes.dealt") == KILLED
    assert len(reminded()) == 1
    assert tick() == 0
    assert reminded() == ids
    assert tick() == 0
    assert reminded() == ids


def test_what_is_purged_takes_its_run_and_decisions_along(company):
    (pk,) = sent(company)
    with company_scope(company):
        by, document = owner(), Document.objects.get(pk=pk)
        step = Step.objects.select_related("passing__run__entity").get(passing__run__entity=pk)
        seen = hash_of(content_of(document, registry.kind_of(Document.KIND)))
        decide_step(step, verdict=Verdict.RETURN, comment="Ещё раз", seen=seen, by=by)
        trash.trash(document, by=by)
        Entity.objects.filter(pk=pk).update(trashed_at=timezone.now() - timedelta(days=400))
        assert Decision.objects.filter(step__passing__run__entity=pk).exists()
    trash.purge(company)
    with company_scope(company):
        for model, path in ((Run, "entity"), (Content, "run__entity"), (Decision, "step__passing__run__entity")):
            assert not model.objects.filter(**{path: pk}).exists()
