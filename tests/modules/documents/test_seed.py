"""What a company begins with, what the demo company shows, what a load is made of."""

import pytest
from django.db.models import Sum
from django.utils import timezone

from core.context import company_scope
from core.routes.models import Passing
from modules.documents.actions.filling import unknown_names
from modules.documents.fill import fill
from modules.documents.models import Document, DocumentTemplate, Resolution, Status
from modules.documents.seed import demo


def test_the_demo_company_has_documents_in_each_state_that_a_manager_looks_for(company, person, owner, inside):
    actors = [owner, *(person(company, name=name) for name in ("Петров Пётр", "Соколова Мария"))]
    with inside(company):
        demo([one.actor() for one in actors])
        stands = set(Document.objects.values_list("status", flat=True))
        assert stands == {Status.DRAFT, Status.ON_ROUTE, Status.APPROVED, Status.REGISTERED, Status.IN_FORCE}
        now = timezone.now()
        due = Passing.objects.filter(run__entity__kind=Document.KIND, state="open").values_list("due_at", flat=True)
        assert {at is not None and at < now for at in due} == {True, False}, "some are on their way, some late"
        assert Resolution.objects.get().tasks
        numbers = set(Document.objects.exclude(number="").values_list("number", flat=True))
    assert numbers == {"ВХ-1", "ДГ-1", "П-1", "ПР-1", "СЗ-1"}


def test_ready_templates_know_all_their_names(company):
    with company_scope(company):
        texts = [f"{row.subject} {row.content}" for row in DocumentTemplate.objects.all()]
    assert texts and [unknown_names(text) for text in texts] == [[]] * len(texts)


@pytest.mark.parametrize("count", [60])
def test_a_load_is_of_registered_documents_with_numbers_of_their_own(company, owner, count):
    fill(company, count)
    with company_scope(company):
        rows = Document.objects.all()
        assert rows.count() == len(set(rows.values_list("number", flat=True))) == count
        assert not rows.filter(registered_on__isnull=True).exists()
    assert len(owner.client.get("documents/", limit=100).json()["results"]) == count
    groups = owner.client.get("documents/summary/", group="status").json()
    assert sum(group["count"] for group in groups["groups"]) == count
    with company_scope(company):
        whole = Document.objects.aggregate(whole=Sum("amount"))["whole"]
    assert groups["totals"]["kopecks"] == whole * 100 > 0


def test_each_figure_of_the_report_opens_its_rows(write, cast, press, owner):
    """All documents by type, state, who answers, lateness: the same rows by the same words."""
    press(cast.author, write("Поздняя", card_type="memo", due_at="2026-01-12T09:00:00+03:00"), "submit")
    press(cast.author, write("Записка", card_type="memo"), "register")
    press(cast.author, write("Письмо"), "register")
    known = {"type": {"own": 1, "memo": 2}, "late": {"late": 1, "ahead": 1, "none": 1},
             "status": {"approved": 1, "registered": 2}, "responsible": {str(cast.author.id): 3}}  # fmt: skip
    for group, wanted in known.items():
        told = owner.client.get("documents/summary/", group=group).json()
        assert {one["value"]: one["count"] for one in told["groups"]} == wanted
        for value, count in wanted.items():
            rows = owner.client.get("documents/", group=group, in_group=value).json()["results"]
            assert len(rows) == count, (group, value)
