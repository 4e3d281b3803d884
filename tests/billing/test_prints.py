"""Papers of the service as an accountant gets them."""

import io
from datetime import timedelta

import pytest
from pypdf import PdfReader

from billing.models import Act
from billing.queries import today
from core.context import control_scope
from tests.billing.conftest import BUYER

WISH = {"plan": "basic", "period": "month", "seats": 12}
# What would be commands of the template, were it not only words.
NAME = "ООО #image «Альфа» *$x$* \\ @me"


def made(person, **buyer):
    answer = person.client.post("billing/invoices/", {**WISH, "buyer": {**BUYER, **buyer}})
    assert answer.status_code == 201, answer.json()
    return answer.json()


def printed(person, path: str) -> str:
    answer = person.client.get(path)
    assert answer.status_code == 200 and answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment;") and "no-store" in answer["Cache-Control"]
    pages = PdfReader(io.BytesIO(answer.content)).pages
    assert len(pages) == 1
    return " ".join(pages[0].extract_text().replace("\u00a0", " ").split())


@pytest.mark.row("PL-05")
def test_an_invoice_is_printed_with_all_that_is_needed_to_pay_it(owner):
    invoice = made(owner, name=NAME)
    text = printed(owner, f"billing/invoices/{invoice['id']}/print/")
    assert f"Счёт на оплату № {invoice['number']}" in text and NAME in text
    assert BUYER["inn"] in text and BUYER["address"] in text and invoice["purpose"] in text
    assert "1 790,00" in text and "Одна тысяча семьсот девяносто рублей 00 копеек" in text
    for name in ("bic", "account", "bank_account", "inn"):
        assert invoice["seller"][name] in text


def test_an_act_is_printed_with_those_who_made_it(owner, company, pays, life):
    invoice = made(owner)
    life(today() + timedelta(days=15))
    pays(invoice, day=today() + timedelta(days=15))
    life(today() + timedelta(days=60))
    with control_scope():
        act = Act.objects.get(company=company.id)
    text = printed(owner, f"billing/acts/{act.pk}/print/")
    assert f"Акт № {act.number}" in text and BUYER["name"] in text and BUYER["address"] in text
    assert "1 790,00" in text and f"{act.period_to - timedelta(days=1):%d.%m.%Y}" in text


def test_the_same_paper_is_the_same_bytes(owner):
    path = f"billing/invoices/{made(owner)['id']}/print/"
    assert owner.client.get(path).content == owner.client.get(path).content


@pytest.mark.row("SE-07")
def test_another_companys_papers_are_not_there(owner, other_owner):
    theirs = made(other_owner)
    assert owner.client.get(f"billing/invoices/{theirs['id']}/print/").status_code == 404
    assert owner.client.get("billing/acts/1/print/").status_code == 404
