"""Resolutions become tasks that are tied to the document; the nomenclature; prints; terms."""

from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from core.context import company_scope
from core.notifications.models import Delivery
from core.numbering.actions import company_day
from modules.documents.actions.terms import watch_terms
from modules.documents.models import CaseFile, Document


def text_of(answer):
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf"), answer.content[:200]
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)


@pytest.mark.row("D-11")
def test_a_resolution_of_the_addressee_gives_tasks_that_are_tied_to_the_document(registered, cast, person, company):
    card = registered("Запрос о сроках", addressee=cast.chief.id)
    path = f"documents/{card['id']}/"
    worker = person(company, name="Исполнителев Лев")
    told = {"text": "К исполнению", "lines": [{"title": "Подготовить ответ", "assignee": worker.id}]}
    assert cast.stranger.client.post(f"{path}resolutions/", told).status_code == 404
    (made,) = cast.chief.client.post(f"{path}resolutions/", told).json()["results"]
    assert (made["text"], [task["title"] for task in made["tasks"]]) == ("К исполнению", ["Подготовить ответ"])
    (tied,) = cast.chief.client.get(f"{path}links/").json()["results"]
    assert tied["card"]["ref"] == made["tasks"][0]["ref"]
    (shown,) = worker.client.get("tasks/").json()["results"]
    assert shown["title"] == "Подготовить ответ"
    assert cast.author.client.get(f"{path}resolutions/").json()["results"][0]["tasks"] == [], "not his task"


def test_where_no_module_gives_work_a_resolution_is_words(registered, cast, owner):
    card = registered(addressee=cast.chief.id)
    path = f"documents/{card['id']}/resolutions/"
    assert owner.client.patch("modules/tasks/", {"enabled": False}).status_code == 200
    refused = cast.chief.client.post(path, {"lines": [{"title": "Ответить", "assignee": cast.author.id}]})
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/nobody-makes-work")
    assert cast.chief.client.post(path, {"text": "Согласен"}).status_code == 201


def test_a_resolution_is_written_on_what_has_a_number(write, cast, press):
    card = write()
    refused = cast.author.client.post(f"documents/{card['id']}/resolutions/", {"text": "Да"})
    assert refused.json()["type"] == "/problems/not-for-resolution"


@pytest.mark.row("D-18")
def test_the_card_and_the_journal_are_printed_with_what_stands_in_them(registered, cast):
    card = registered(
        "О поставке насосов", card_type="incoming", correspondent="ООО «Ромашка»", outer_number="17",
        content="Просим ускорить.", addressee=cast.chief.id,
    )  # fmt: skip
    registered("Приказ о режиме", card_type="order")
    page = text_of(cast.chief.client.get(f"documents/{card['id']}/print/"))
    for word in ("Входящее письмо", "№ ВХ-1", "О поставке насосов", "Ромашка", "Просим ускорить", "Шефов"):
        assert word in page, page
    day = card["registered_on"]
    journal = text_of(cast.clerk.client.get("documents/journal/", since=day, until=day))
    assert "ВХ-1" in journal and "П-1" in journal
    incoming = text_of(cast.clerk.client.get("documents/journal/", since=day, until=day, card_type="incoming"))
    assert "ВХ-1" in incoming and "П-1" not in incoming
    assert "ВХ-1" not in text_of(cast.stranger.client.get("documents/journal/", since=day, until=day))


def test_a_file_is_closed_over_what_is_in_the_archive_and_destroyed_when_its_term_has_passed(
    registered, cast, press, company
):
    card, path = registered(), "case-files/"
    file = cast.clerk.client.post(path, {"index": "02-01", "title": "Письма", "year": 2026, "years": 5}).json()
    again = cast.clerk.client.post(path, {"index": "02-01", "title": "Ещё", "year": 2026})
    assert again.json()["type"] == "/problems/case-file-taken"
    cast.clerk.client.put(f"documents/{card['id']}/case-file/", {"case_file": file["id"]})
    one = f"{path}{file['id']}/"
    assert cast.clerk.client.patch(one, {"closed_on": "2026-12-31"}).json()["type"] == "/problems/case-file-has-open"
    assert press(cast.clerk, card, "archive").status_code == 200
    closed = cast.clerk.client.patch(one, {"closed_on": "2026-12-31"}).json()
    assert (closed["destroyed_from"], closed["documents_count"]) == ("2032-01-01", 1)
    other = registered("Позднее")
    late = cast.clerk.client.put(f"documents/{other['id']}/case-file/", {"case_file": file["id"]})
    assert late.json()["type"] == "/problems/case-file-closed"
    act = {"ids": [file["id"]], "act": "№ 3"}
    assert cast.clerk.client.post(f"{path}destruction/", act).json()["type"] == "/problems/retention-not-over"
    with company_scope(company):
        CaseFile.objects.filter(pk=file["id"]).update(closed_on="2018-12-31")
    assert [row["id"] for row in cast.clerk.client.get(f"{path}destruction/").json()["results"]] == [file["id"]]
    assert cast.clerk.client.post(f"{path}destruction/", act).json()["results"][0]["destroyed_by_act"] == "№ 3"
    assert cast.clerk.client.get(f"{path}destruction/").json()["results"] == []
    assert cast.clerk.client.get(f"documents/{card['id']}/").status_code == 200, "cards stay"


def test_people_hear_once_that_a_term_ends_and_once_that_it_has_ended(registered, cast, company, deliver):
    with company_scope(company):
        soon = company_day() + timedelta(days=10)
    card = registered("Аренда", card_type="contract", valid_until=soon.isoformat())

    def heard():
        watch_terms(company)
        deliver()
        with company_scope(company):
            told = Delivery.objects.filter(kind="documents.term", channel="bell")
            return told.filter(principal=cast.author.principal.pk).count()

    assert (heard(), heard()) == (1, 1)
    with company_scope(company):
        Document.objects.filter(pk=card["id"]).update(valid_until=soon - timedelta(days=11))
    assert (heard(), heard()) == (2, 2)
    cast.author.client.patch(f"documents/{card['id']}/", {"valid_until": soon.isoformat()})
    assert heard() == 3, "a term that was moved is watched anew"


def test_a_template_is_filled_in_from_a_closed_list_of_names(owner, cast, write):
    told = {"title": "Договор", "subject": "Договор с {{ Контрагент }}", "card_type": "contract",
            "content": "Цена {{ сумма }} ({{ сумма прописью }}), {{ ().__class__ }}"}  # fmt: skip
    made = owner.client.post("document-templates/", told).json()
    assert made["unknown"] == ["().__class__"]
    body = {"template": made["id"], "correspondent": "ООО «Ромашка» <b>", "amount": "1500.50"}
    card = cast.author.client.post("documents/", body).json()
    assert (card["title"], card["type"]["code"]) == ("Договор с ООО «Ромашка» <b>", "contract")
    assert "Одна тысяча пятьсот рублей 50 копеек" in card["content"] and "________" in card["content"]
    copy = write("Второй", source=card["id"])
    assert copy["content"] == card["content"] and copy["number"] == ""
