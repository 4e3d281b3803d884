"""Templates through the API: kept, checked on a real card, printed; stamps stand on what was approved alone."""

import base64
import io
from dataclasses import replace

import pytest
from PIL import Image
from pypdf import PdfReader

from core.context import company_scope
from core.registry import registry
from core.templates import making
from core.templates.models import PrintTemplate, Wording
from core.templates.variables import scope_of_card
from modules.documents.models import Document

from .samples import pages, pdf_words, word, words

pytestmark = pytest.mark.row("D-07", "D-10")
KIND = "documents.document"


def b64(content: bytes) -> str:
    return base64.b64encode(content).decode()


def add(owner, content: bytes, name: str = "Договор.docx", **more):
    told = {"kind": KIND, "title": "Договор", "file_name": name, "content": b64(content)} | more
    return owner.client.post("print-templates/", told)


@pytest.fixture
def card(owner):
    """A draft of the owner's with some of its fields."""
    told = {"title": "Аренда склада", "correspondent": "ООО «Ромашка»", "amount": "1500.00", "card_type": "contract"}
    answer = owner.client.post("documents/", told)
    assert answer.status_code == 201, answer.json()
    return answer.json()


def test_a_word_file_is_kept_checked_and_printed(owner, card):
    made = add(owner, word("{{ название }}: {{ контрагент | родительный }}, {{ сумма | прописью }}", "{{ qr }}"))
    assert made.status_code == 201, made.json()
    assert (made.json()["form"], made.json()["formats"], made.json()["unknown"]) == ("docx", ["pdf", "docx"], [])
    path = f"print-templates/{made.json()['id']}"
    checked = owner.client.get(f"{path}/check/{card['id']}/").json()
    assert checked["is_sound"], checked
    assert [line["value"] for line in checked["results"]][:2] == ["Аренда склада", "ООО «Ромашка»"]
    printed = owner.client.get(f"{path}/print/{card['id']}/", **{"as": "docx"})
    assert printed.status_code == 200
    wanted = "Аренда склада: ООО «Ромашка», Одна тысяча пятьсот рублей 00 копеек"
    assert words(printed.content)[0] == wanted
    pdf = owner.client.get(f"{path}/print/{card['id']}/")
    assert (pdf.headers["Content-Type"], pdf.headers["X-Print-Way"]) == ("application/pdf", "own")
    assert pdf_words(pdf.content).replace("\u00a0", " ") == wanted


def test_the_check_names_what_is_unknown_empty_and_in_the_wrong_case(owner, card):
    made = add(
        owner, word("в лице {{ подписант }}", "{{ сума }}", "от имени {{ контрагент }}", "{{ сумма | родительный }}")
    )
    assert made.json()["unknown"] == ["сума"]
    told = owner.client.get(f"print-templates/{made.json()['id']}/check/{card['id']}/").json()
    empty, unknown, case, wrong = told["results"]
    assert not told["is_sound"]
    assert (empty["is_empty"], empty["case"], empty["because"]) == (True, "родительный", "в лице")
    assert unknown["error"] and unknown["suggestion"] == "сумма"
    assert (case["value"], case["case"], case["because"]) == ("ООО «Ромашка»", "родительный", "от имени")
    assert "не применяется" in wrong["error"]
    refused = owner.client.get(f"print-templates/{made.json()['id']}/print/{card['id']}/")
    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/template-refused")
    assert refused.json()["where"]


def test_a_broken_file_is_not_kept(owner):
    refused = add(owner, b"not a word file")
    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/template-refused")
    assert add(owner, word("{{ если"), "х.docx").status_code == 422
    assert add(owner, word("х"), "х.docm").status_code == 422


def test_a_card_is_printed_as_its_reader_sees_it(owner, card, person, company):
    made = add(owner, word("{{ название }}")).json()
    stranger = person(company, name="Чужов Иван")
    assert stranger.client.get(f"print-templates/{made['id']}/print/{card['id']}/").status_code == 404
    assert stranger.client.get(f"print-templates/{made['id']}/file/").status_code == 403
    assert add(stranger, word("х")).status_code == 403
    assert stranger.client.get("print-templates/", kind=KIND).status_code == 200


def test_a_template_is_changed_put_away_and_taken_out(owner, card):
    made = add(owner, word("Первая")).json()
    path = f"print-templates/{made['id']}/"
    changed = owner.client.patch(
        path, {"content": b64(word("Вторая {{ номер }}")), "file_name": "Б.docx", "title": "Б"}
    )
    assert (changed.json()["title"], changed.json()["marks_count"], changed.json()["version"]) == ("Б", 1, 2)
    assert words(owner.client.get(f"{path}file/").content) == ["Вторая {{ номер }}"]
    assert owner.client.patch(path, {"is_archived": True}).json()["is_archived"]
    listed = owner.client.get("print-templates/", kind=KIND, card_type="contract").json()["results"]
    assert made["id"] not in [one["id"] for one in listed]
    listed = owner.client.get("print-templates/", kind=KIND, archived="true").json()["results"]
    assert made["id"] in [one["id"] for one in listed]


def test_names_of_a_kind_are_told_with_what_may_be_done_with_them(owner):
    told = owner.client.get("print-templates/names/", kind=KIND).json()
    names = {one["name"]: one["sort"] for one in told["results"]}
    assert (
        names["сумма"] == "money"
        and names["подписант.должность"] == "text"
        and names["ознакомление.сотрудник"] == "person"
    )
    assert names["поля.Предмет договора"] == "text"
    assert "прописью" in [one["name"] for one in told["filters"]] and told["pages_by"] in ("own", "office")
    assert owner.client.get("print-templates/names/", kind="нет.такого").status_code == 409


def test_own_fields_of_the_company_are_printed(owner, card):
    path = f"documents/{card['id']}/fields/"
    answer = owner.client.patch(path, {"fields": {"contract_subject": "Склад на Лесной"}})
    assert answer.status_code == 200, answer.json()
    made = add(owner, word("{{ поля.предмет договора }}")).json()
    printed = owner.client.get(f"print-templates/{made['id']}/print/{card['id']}/", **{"as": "docx"})
    assert words(printed.content) == ["Склад на Лесной"]


def test_a_word_put_right_stands_in_every_print(owner, card):
    made = add(owner, word("{{ название | родительный }}")).json()
    path = f"print-templates/{made['id']}/print/{card['id']}/"
    before = words(owner.client.get(path, **{"as": "docx"}).content)
    said = owner.client.post(
        "language/wordings/", {"phrase": "аренда  СКЛАДА", "case": "родительный", "form": "найма склада"}
    )
    assert said.status_code == 201, said.json()
    after = words(owner.client.get(path, **{"as": "docx"}).content)
    assert (before, after) == (["Аренды склада"], ["найма склада"])
    told = owner.client.get("language/cases/", text="Аренда склада").json()["results"]
    assert [(one["form"], one["is_put_right"]) for one in told if one["case"] == "родительный"] == [
        ("найма склада", True)
    ]
    assert owner.client.delete(f"language/wordings/{said.json()['id']}/").status_code == 204
    assert words(owner.client.get(path, **{"as": "docx"}).content) == before


def test_an_office_suite_lays_pages_out_where_there_is_one(owner, card, tmp_path, monkeypatch):
    """A stand-in for the suite: it gets the document that was filled in, and its PDF is what is answered."""
    pdf = making.make(making.Order("html", "<p>Из пакета</p>".encode(), [], {"values": {}}, "pdf", 0)).content
    (tmp_path / "given.pdf").write_bytes(pdf)
    program = tmp_path / "soffice"
    program.write_text(
        '#!/bin/sh\nfor last; do :; done\ngrep -q "word/document.xml" "$last" || exit 1\n'
        f'cp {tmp_path}/given.pdf "$(dirname "$last")/document.pdf"\n'
    )
    program.chmod(0o755)
    monkeypatch.setattr(making, "suite", lambda: str(program))
    made = add(owner, word("{{ название }}")).json()
    printed = owner.client.get(f"print-templates/{made['id']}/print/{card['id']}/")
    assert (printed.headers["X-Print-Way"], pdf_words(printed.content)) == ("office", "Из пакета")
    program.write_text("#!/bin/sh\nexit 0\n")
    assert owner.client.get(f"print-templates/{made['id']}/print/{card['id']}/").status_code == 503


def test_ready_templates_and_words_belong_to_the_company(company, other_company, owner):
    assert (
        owner.client.post("language/wordings/", {"phrase": "а", "case": "родительный", "form": "б"}).status_code == 201
    )
    with company_scope(other_company):
        assert not Wording.objects.exists()
        assert PrintTemplate.objects.filter(kind=KIND).exists()


def test_a_page_of_html_comes_as_a_file_that_runs_nothing(owner, card):
    made = add(owner, "<p>{{ название }}</p><script>x</script>".encode(), "Письмо.html").json()
    assert made["formats"] == ["pdf", "html"]
    path = f"print-templates/{made['id']}/print/{card['id']}/"
    page = owner.client.get(path, **{"as": "html"})
    assert page.content.decode() == "<p>Аренда склада</p>"
    assert "sandbox" in page.headers["Content-Security-Policy"]
    assert page.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" not in owner.client.get(path).headers.get("Content-Security-Policy", "")
    assert owner.client.get(path, **{"as": "docx"}).status_code == 422


def test_stamps_stand_on_no_draft(owner, card):
    png = signature()
    for whose in ("company", "mine"):
        assert owner.client.put(f"facsimiles/{whose}/", {"content": b64(png)}).status_code == 200
    made = add(owner, word("Подпись: {{ подпись }} {{ печать }}")).json()
    pdf = owner.client.get(f"print-templates/{made['id']}/print/{card['id']}/").content
    assert pages(pdf) == 1 and not any(page.images for page in PdfReader(io.BytesIO(pdf)).pages)
    told = owner.client.get("facsimiles/").json()["results"]
    assert {one["whose"] for one in told if one["content"]} == {"mine", "company"}
    assert owner.client.put("facsimiles/mine/", {"content": b64(b"GIF89a")}).status_code == 422
    assert owner.client.delete("facsimiles/mine/").status_code == 204


def test_an_upload_that_is_repeated_makes_one_template(owner):
    key, told = {"Idempotency_Key": "upload-1"}, {"kind": KIND, "title": "Договор", "file_name": "Договор.docx"}
    content = {"content": b64(word("{{ название }}"))}
    first, second = (owner.client.post("print-templates/", told | content, **key) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 201), second.json()
    assert (first.json(), first.headers["ETag"]) == (second.json(), second.headers["ETag"])
    listed = owner.client.get("print-templates/", kind=KIND, limit=100).json()["results"]
    assert [row["id"] for row in listed if row["file_name"] == "Договор.docx"] == [first.json()["id"]]
    other = owner.client.post("print-templates/", told | {"content": b64(word("{{ номер }}"))}, **key)
    assert other.status_code == 422 and "ключом" in str(other.json())


def test_what_was_refused_under_a_key_may_be_sent_again(owner):
    told = {"kind": KIND, "title": "Договор", "file_name": "Договор.docx", "card_type": "nothing-like-this"}
    content = {"content": b64(word("{{ название }}"))}
    refused = owner.client.post("print-templates/", told | content, Idempotency_Key="upload-2")
    assert refused.status_code == 422, refused.json()
    again = owner.client.post("print-templates/", told | content | {"card_type": ""}, Idempotency_Key="upload-2")
    assert again.status_code == 201, again.json()


def test_a_field_that_is_hidden_from_a_person_is_printed_empty(owner, card, company, monkeypatch):
    kind = registry.kind_of(KIND)
    variables = tuple(replace(one, field="amount" * (one.name == "сумма")) for one in kind.prints.variables)
    shut = replace(kind, prints=replace(kind.prints, variables=variables))
    with company_scope(company):
        found = Document.objects.get(pk=card["id"])
        told = scope_of_card(found, shut, owner.actor())["values"]
        assert told["сумма"]["value"] == "1500.00"
        kept_from = replace(owner.actor(), limits={KIND: {"amount": "hidden"}})
        told = scope_of_card(found, shut, kept_from)["values"]
        assert told["сумма"]["value"] is None and told["контрагент"]["value"] == "ООО «Ромашка»"


def signature(blue: int = 160) -> bytes:
    """A picture; equal ones stand in a PDF once."""
    made = io.BytesIO()
    Image.new("RGBA", (200, 80), (10, 10, blue, 255)).save(made, "PNG")
    return made.getvalue()
