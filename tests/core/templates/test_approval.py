"""Stamps and signatures: on the PDF of what was approved, of whoever has approved it himself, with a protocol."""

import io

import pytest
from django.utils import timezone
from pypdf import PdfReader

from core.context import company_scope
from core.entities.models import Entity
from core.registry import registry
from core.routes.contents import content_of
from core.routes.models import Content, Decision, Passing, Route, RouteVersion, Run, Step

from .samples import pages, pdf_words, word, words
from .test_prints import add, b64, signature

pytestmark = pytest.mark.row("D-02")


def approve(card_id: int, principal: int, *, outcome: str = "approved", instead_of: int | None = None) -> Run:
    """A run of a card that has come to its end by one decision."""
    now = timezone.now()
    route = Route.objects.create(kind="documents.document", title=f"Согласование {card_id}", place=1)
    told = {"published_at": now, "published_by_id": principal, "author_id": principal}
    version = RouteVersion.objects.create(route=route, number=1, scheme={"stages": []}, **told)
    run = Run.objects.create(
        entity=Entity.objects.get(pk=card_id), version=version, initiator_id=principal, started_by_id=principal,
        outcome=outcome, ended_at=now,
    )  # fmt: skip
    kind = registry.kind_of("documents.document")
    told = content_of(kind.model.objects.get(pk=card_id), kind)
    content = Content.objects.create(run=run, hash="a" * 64, told=told)
    Run.objects.filter(pk=run.pk).update(content=content)
    passing = Passing.objects.create(
        run=run, code="boss", title="Директор", round=1, state="passed", opened_at=now, closed_at=now
    )
    step = Step.objects.create(
        passing=passing, principal_id=principal, place=1, state="decided", opened_at=now, closed_at=now
    )
    Decision.objects.create(
        step=step, verdict="approve", content=content, principal_id=principal, on_behalf_of_id=instead_of,
        door="screen", comment="Согласен",
    )  # fmt: skip
    return run


@pytest.fixture
def stamped(owner, company):
    """A contract that the owner signs, with his signature and the stamp kept and allowed; (card, path of its print)."""
    for whose, blue in (("company", 100), ("mine", 200)):
        assert owner.client.put(f"facsimiles/{whose}/", {"content": b64(signature(blue))}).status_code == 200
    allow(owner, True)
    told = {"title": "Договор", "signatory": owner.id, "card_type": "contract"}
    card = owner.client.post("documents/", told).json()
    made = add(owner, word("Подписал {{ подпись }} место {{ печать }}")).json()
    return card["id"], f"print-templates/{made['id']}/print/{card['id']}/"


def allow(owner, wanted: bool) -> None:
    answer = owner.client.patch("options/", {"values": {"templates.facsimiles": wanted}})
    assert answer.status_code == 200, answer.json()


def pictures(content: bytes) -> int:
    return sum(len(page.images) for page in PdfReader(io.BytesIO(content)).pages)


def test_what_was_approved_has_both_pictures_and_a_protocol(stamped, owner, company):
    card, path = stamped
    assert pictures(owner.client.get(path).content) == 0
    with company_scope(company):
        approve(card, owner.principal.pk)
    content = owner.client.get(path).content
    told = pdf_words(content)
    assert (pages(content), pictures(content)) == (2, 2)
    assert "Протокол согласования" in told and "Это не электронная подпись" in told
    assert "Директор" in told and "Согласен" in told and "a" * 16 in told
    plain = owner.client.get(path, **{"as": "docx"}).content
    assert words(plain) == ["Подписал  место "], "an editable file gets neither"


def test_a_signature_stands_only_where_its_owner_has_approved_himself(stamped, owner, company, person):
    card, path = stamped
    deputy = person(company, name="Заместителев Олег")
    with company_scope(company):
        approve(card, deputy.principal.pk, instead_of=owner.principal.pk)
    assert pictures(owner.client.get(path).content) == 1, "the stamp alone"


@pytest.mark.parametrize("outcome", ["rejected", "recalled"])
def test_what_was_not_approved_has_none(stamped, owner, company, outcome):
    card, path = stamped
    with company_scope(company):
        approve(card, owner.principal.pk, outcome=outcome)
    content = owner.client.get(path).content
    assert (pages(content), pictures(content)) == (1, 0)


def test_what_was_edited_since_is_not_what_was_approved(stamped, owner, company):
    card, path = stamped
    with company_scope(company):
        approve(card, owner.principal.pk)
    assert owner.client.patch(f"documents/{card}/", {"amount": "999.00"}).status_code == 200
    content = owner.client.get(path).content
    assert (pages(content), pictures(content)) == (1, 0)


def test_a_void_decision_and_a_company_that_does_not_want_it_give_none(stamped, owner, company):
    card, path = stamped
    with company_scope(company):
        run = approve(card, owner.principal.pk)
        Step.objects.filter(passing__run=run).update(void_at=timezone.now())
    assert pictures(owner.client.get(path).content) == 1, "the stamp alone"
    allow(owner, False)
    content = owner.client.get(path).content
    assert (pages(content), pictures(content)) == (1, 0)


@pytest.mark.row("D-21")
def test_a_sheet_of_approvals_is_a_table_of_the_template(owner, company):
    card = owner.client.post("documents/", {"title": "Договор", "card_type": "contract"}).json()["id"]
    rows = (
        ("Кто", "Решение"),
        ("{{ согласование.кто | инициалы }}", "{{ согласование.решение }}: {{ согласование.замечания }}"),
    )
    made = add(owner, word(rows=rows)).json()
    path = f"print-templates/{made['id']}/print/{card}/"
    assert words(owner.client.get(path, **{"as": "docx"}).content) == ["Кто", "Решение"]
    with company_scope(company):
        approve(card, owner.principal.pk)
    told = words(owner.client.get(path, **{"as": "docx"}).content)
    assert told[2:] and told[3] == "Согласовано: Согласен"
