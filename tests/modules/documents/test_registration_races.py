"""Two hundred documents are registered at the same moment, with real commits: no number twice, none left out."""

from functools import partial

import pytest

from core.access.loading import actor_of_principal
from core.context import company_scope
from core.organization.models import Employee
from modules.documents.actions import create_document, register_document
from modules.documents.errors import WrongMoment
from modules.documents.models import Document
from tenants.snapshots import find
from tests.support.races import together

pytestmark = [pytest.mark.committed, pytest.mark.usefixtures("committed"), pytest.mark.row("D-12")]
HANDS, EACH = 20, 10


def _owner():
    owner = Employee.objects.select_related("principal").get(work_email="owner@alfa.example")
    return actor_of_principal(owner.principal, door="screen")


def test_two_hundred_at_once_are_numbered_one_after_another():
    company = find(host="alfa.localhost")
    with company_scope(company):
        by = _owner()
        ids = [
            create_document(title=f"Письмо {n}", card_type=("outgoing", "order")[n % 2], by=by).pk
            for n in range(HANDS * EACH)
        ]

    def register(some):
        for pk in some:
            with company_scope(company):
                register_document(Document.objects.get(pk=pk), by=by)

    assert together(*(partial(register, ids[hand::HANDS]) for hand in range(HANDS))) == [None] * HANDS
    with company_scope(company):
        numbers = sorted(Document.objects.filter(pk__in=ids).values_list("number", flat=True))
    half = HANDS * EACH // 2
    assert numbers == sorted([f"ИСХ-{n}" for n in range(1, half + 1)] + [f"П-{n}" for n in range(1, half + 1)])


def test_one_document_that_several_register_at_once_gets_one_number_and_the_next_one_follows():
    company = find(host="alfa.localhost")
    with company_scope(company):
        by = _owner()
        card, after = (create_document(title=title, card_type="memo", by=by) for title in ("Одна", "Другая"))

    def register():
        with company_scope(company):
            register_document(Document.objects.get(pk=card.pk), by=by)

    refused = [outcome for outcome in together(*[register] * 6) if outcome is not None]
    assert len(refused) == 5 and all(isinstance(one, WrongMoment) for one in refused)
    with company_scope(company):
        assert Document.objects.get(pk=card.pk).number == "СЗ-1"
        assert register_document(after, by=by).number == "СЗ-2", "who was refused has taken no number"
