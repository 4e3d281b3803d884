"""What a role may not see of documents: past the doors that JSON goes through, too."""

from datetime import timedelta

import httpx
import pytest
from django.utils import timezone

from core.context import company_scope
from core.notifications.models import Delivery
from core.templates.models import PrintTemplate
from modules.documents.actions.terms import warn
from modules.documents.models import Document
from tests.core.attachments.conftest import s3_stand_in, store  # noqa: F401  (fixtures)
from tests.core.identity.conftest import fields
from tests.core.templates.samples import pdf_words

pytestmark = pytest.mark.row("SE-05", "D-02")
FULL = {
    "content": "Тайные слова", "correspondent": "ООО «Секрет»", "outer_number": "Т-77", "outer_date": "2021-03-04",
    "amount": "731482.19", "valid_from": "2022-05-06", "valid_until": "2088-07-08", "paper_place": "Сейф",
    "priority": "urgent", "due_at": "2031-03-07T05:43:00Z",
}  # fmt: skip
# How the same is said on paper.
ON_PAPER = ("Тайные слова", "Секрет", "Т-77", "04.03.2021", "731 482,19", "06.05.2022", "08.07.2088")


def ok(answer, status=200):
    assert answer.status_code == status, answer.content.decode()
    return answer


def told_in(answer):
    return pdf_words(ok(answer).content).replace("\u00a0", " ").replace("\u202f", " ")


@pytest.fixture
def limit(owner):
    """`limit(amount="hidden")` keeps the role «Сотрудник» from fields of documents; `limit("hidden")` from all."""

    def keep(level="", role="employee", **levels):
        named = levels or dict.fromkeys(FULL, level)
        limits = [{"kind": Document.KIND, "field": field, "level": one} for field, one in named.items()]
        ok(owner.client.put(f"roles/{role}/fields/", {"limits": limits}))

    return keep


@pytest.fixture
def full(registered):
    """A registered document in which everything is filled in; its author is an employee."""
    return registered("Договор поставки", card_type="contract", **FULL)


def test_paper_is_as_silent_as_the_screen(full, cast, limit, company):
    day = full["registered_on"]
    with company_scope(company):
        template = PrintTemplate.objects.get(kind=Document.KIND, card_type="contract").pk
    prints = {
        "card": f"documents/{full['id']}/print/",
        "journal": f"documents/journal/?since={day}&until={day}",
        "template": f"print-templates/{template}/print/{full['id']}/",
    }
    open_words = {name: told_in(cast.author.client.get(path)) for name, path in prints.items()}
    assert all(word in open_words["card"] for word in ON_PAPER), open_words["card"]
    assert "Секрет" in open_words["journal"] and "Секрет" in open_words["template"]
    limit("hidden")
    for name, path in prints.items():
        told = told_in(cast.author.client.get(path))
        assert [word for word in ON_PAPER if word in told] == [], name
        assert name == "template" or "Договор поставки" in told
    checked = ok(cast.author.client.get(f"print-templates/{template}/check/{full['id']}/")).json()
    assert "731" not in str(checked) and "Секрет" not in str(checked)
    assert all(word in told_in(cast.clerk.client.get(prints["card"])) for word in ON_PAPER), "nobody else is kept"


def test_lists_groups_sums_and_the_report_do_not_tell_it(full, cast, limit):
    asked = ("amount__gte=1", "correspondent=екр", "valid_until__lte=2090-01-01", "priority=urgent", "ordering=due_at",
             "due_at__isnull=false", "ordering=-priority")  # fmt: skip
    late = {"due_at": (timezone.now() - timedelta(days=2)).isoformat()}
    ok(cast.author.client.patch(f"documents/{full['id']}/", late))
    for one in asked:
        ok(cast.author.client.get(f"documents/?{one}"))
    summary = ok(cast.author.client.get("documents/summary/")).json()
    assert summary["totals"] == {"kopecks": 73148219}
    report = ok(cast.author.client.get("documents/report/")).json()
    assert [line["late"] for line in report["people"]] == [1]

    limit("hidden")
    for one in asked:
        assert cast.author.client.get(f"documents/?{one}").status_code == 422, one
    assert ok(cast.author.client.get("documents/summary/")).json()["totals"] == {}
    assert cast.author.client.get("documents/summary/?group=late").status_code == 422
    report = ok(cast.author.client.get("documents/report/")).json()
    assert [(line["count"], line["late"]) for line in report["people"]] == [(1, 0)]
    assert all(line["late"] == 0 for line in report["types"])
    assert sum(line["total"] for line in report["types"]) == 1, "that it is there is no secret"


def test_a_file_of_the_list_has_no_such_column(full, limit, owner, person, company, deliver, store):  # noqa: F811
    grants = [{"permission": code, "scope": "all"} for code in ("documents.view", "sheets.export")]
    role = ok(owner.client.post("roles/", {"title": "Выгружает", "grants": grants}), 201).json()["code"]
    reader = person(company, role=role)

    def header():
        made = ok(reader.client.post("exports/", {"kind": Document.KIND, "format": "csv"}), 201).json()
        deliver()
        opened = ok(reader.client.get(f"exports/{made['id']}/content/"), 302)
        return httpx.get(opened["Location"]).content.decode("utf-8-sig")

    assert "731482" in header() and "Секрет" in header()
    limit("hidden", role)
    told = header()
    assert "Договор поставки" in told
    assert [word for word in ("Сумма", "731482", "Корреспондент", "Секрет", "Содержание", "Срок") if word in told] == []


def test_history_search_and_letters_leave_it_out(full, cast, limit, deliver, company):
    ok(cast.author.client.patch(f"documents/{full['id']}/", {"valid_until": "2088-08-08"}))
    deliver()
    found = ok(cast.author.client.get("search/", q="секрет")).json()["results"]
    assert [hit["card"]["title"] for hit in found] == ["Договор поставки"]

    limit("hidden")
    deliver()
    told = ok(cast.author.client.get(f"documents/{full['id']}/history/", limit=50)).content.decode()
    assert "2088" not in told and "Действует до" not in told
    assert ok(cast.author.client.get("search/", q="секрет")).json()["results"] == []
    with company_scope(company):
        Document.objects.filter(pk=full["id"]).update(valid_until=timezone.localdate() + timedelta(days=1), warned=0)
        warn(full["id"])
    deliver()
    with company_scope(company):
        letters = Delivery.objects.filter(subject__contains="Срок документа")
        assert not letters.filter(principal=cast.author.principal).exists()


def test_a_copy_takes_nothing_over_that_its_maker_may_not_write(full, cast, limit, owner):
    limit("hidden")
    made = ok(cast.author.client.post("documents/", {"source": full["id"]}), 201).json()
    ok(cast.author.client.post(f"documents/{made['id']}/do/submit/", {}))
    told = ok(owner.client.get(f"documents/{made['id']}/")).json()
    assert (told["title"], told["content"], told["correspondent"]) == ("Договор поставки", "", "")


def test_what_a_template_has_written_is_nobodys_writing(cast, limit, owner):
    template = {"title": "Ответ", "subject": "Ответ", "content": "Сообщаем, что…"}
    pk = ok(owner.client.post("document-templates/", template), 201).json()["id"]
    limit(content="read", amount="read")
    made = ok(cast.author.client.post("documents/", {"template": pk}), 201).json()
    assert made["content"] == "Сообщаем, что…"
    refused = cast.author.client.post("documents/", {"template": pk, "content": "Иначе", "amount": "5.00"})
    assert fields(refused) == {"/content", "/amount"}


def test_a_route_does_not_tell_what_it_weighs(write, cast, limit, owner, press, company):
    """A condition over a hidden sum, and what it decides, are for those who see the sum."""
    card = write(
        "Договор поставки", card_type="contract", amount="850000.00", by=cast.clerk, responsible=cast.author.id
    )
    ok(press(cast.clerk, card, "send"))
    path = f"cards/{card['id']}/route/"

    def director(who):
        return next(one for one in ok(who.client.get(path)).json()["run"]["stages"] if one["code"] == "director")

    assert director(cast.author)["is_passed_over"] is False and director(cast.author)["expected"]
    limit(amount="hidden")
    seen = director(cast.author)
    assert seen["is_passed_over"] is None and seen["expected"], "who decides is no secret, whether he will is"
    assert director(cast.clerk)["is_passed_over"] is False
    route = ok(cast.author.client.get(path)).json()["run"]["route"]["id"]
    preview = f"cards/{card['id']}/routes/{route}/preview/"
    told = [ok(who.client.get(preview)).json()["stages"] for who in (cast.author, cast.clerk)]
    assert [one["is_passed_over"] for stages in told for one in stages if one["code"] == "director"] == [None, False]
