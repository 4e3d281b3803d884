"""Ready prints: each type of the demo company's documents on paper, with nothing empty in it."""

import pytest

from core.context import company_scope
from core.templates.models import PrintTemplate
from core.templates.rules.values import NOTHING
from modules.documents.models import Document
from modules.documents.queries import types_of_cards
from modules.documents.seed import READY, demo
from tests.core.templates.samples import pdf_words

pytestmark = pytest.mark.row("D-07")


@pytest.fixture
def shown(company, person, owner, inside):
    """Documents of the demo company and one of each type it has none of, by the code of the type."""
    actors = [owner, *(person(company, name=name) for name in ("Петров Пётр", "Соколова Мария"))]
    with inside(company):
        demo([one.actor() for one in actors])
    for one in READY:
        told = {"title": f"{one.title} для пробы", "card_type": one.code, "content": "Слова документа"}
        assert owner.client.post("documents/", told).status_code == 201
    with company_scope(company):
        cards = list(Document.objects.order_by("pk"))
        types = types_of_cards([card.pk for card in cards])
    return [(types[card.pk].code, card.pk, card.title) for card in cards if card.pk in types]


def test_every_ready_type_is_printed_from_demo_data_with_no_empty_place(shown, owner, company):
    with company_scope(company):
        ready = {row.card_type: row.pk for row in PrintTemplate.objects.filter(kind=Document.KIND)}
    assert set(ready) == {one.code for one in READY} == {code for code, _, _ in shown}
    for code, pk, title in shown:
        checked = owner.client.get(f"print-templates/{ready[code]}/check/{pk}/").json()
        assert not [line for line in checked["results"] if line["error"]], (code, checked)
        answer = owner.client.get(f"print-templates/{ready[code]}/print/{pk}/")
        assert answer.status_code == 200, answer.json()
        told = pdf_words(answer.content).replace("\u00a0", " ")
        blanks = told.replace("______________", "")
        assert NOTHING not in blanks and "{{" not in told, (code, told)
        assert title.split()[0] in told, (code, told)


@pytest.mark.row("SM-02")
def test_a_memo_declines_its_header_by_itself(owner, person, company):
    chief = person(company, name="Соколова Мария Павловна")
    told = {"title": "О закупке", "card_type": "memo", "addressee": chief.id, "content": "Прошу согласовать"}
    card = owner.client.post("documents/", told).json()
    template = owner.client.get("print-templates/", kind=Document.KIND, card_type="memo").json()["results"][0]
    said = pdf_words(owner.client.get(f"print-templates/{template['id']}/print/{card['id']}/").content)
    assert "Соколовой М. П." in said.replace("\u00a0", " ")
