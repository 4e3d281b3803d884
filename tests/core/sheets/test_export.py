"""A list written to a file: what is seen, by whom, and what is told of it."""

import csv
import io
from typing import Any

import httpx
import pytest
from python_calamine import CalamineWorkbook

from core.context import company_scope, control_scope
from core.events.models import Fact
from core.outbox.models import Outbox
from core.sheets import jobs
from core.sheets.models import Export
from tests.core.attachments.conftest import keys_in


@pytest.fixture
def head(company, person) -> Any:
    return person(company, role="head", name="Главный Глеб")


@pytest.fixture
def take(deliver):
    """`take(person, query=…)` exports a list and reads the file; rows as texts, the header first."""

    def run(who: Any, *, kind: str = "tasks.task", form: str = "csv", columns: tuple[str, ...] = (), query: str = ""):
        body = {"kind": kind, "format": form, "columns": list(columns), "query": query}
        answer = who.client.post("exports/", body)
        assert answer.status_code == 201, answer.json()
        deliver()
        told = who.client.get(f"exports/{answer.json()['id']}/").json()
        assert told["state"] == "ready", told
        link = who.client.get(f"exports/{told['id']}/content/")
        assert link.status_code == 302
        content = httpx.get(link["Location"]).content
        if form == "xlsx":
            return told, CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
        return told, list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))

    return run


def give(who: Any, title: str, **more: Any) -> dict[str, Any]:
    answer = who.client.post("tasks/", {"title": title, "assignee": who.id, **more})
    assert answer.status_code == 201, answer.json()
    return answer.json()


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_what_is_seen_is_written_in_its_order(head, take, store, form):
    give(head, "Второе", due_at="2027-03-16T15:00:00Z", description="<p>Текст <strong>важный</strong></p>")
    first = give(head, "Первое", due_at="2027-03-15T15:00:00Z", priority="urgent")
    give(head, "Лишнее без срока")
    columns = ("number", "title", "assignee", "due_at", "priority", "description")
    query = "tab=mine&due_at__isnull=false&ordering=due_at"
    told, rows = take(head, form=form, columns=columns, query=query)
    assert (told["rows_count"], told["is_cut"]) == (2, False)
    assert told["name"].startswith("Задачи ") and told["name"].endswith(f".{form}")
    assert rows[0] == ["Номер", "Название", "Исполнитель", "Срок", "Важность", "Описание"]
    assert [row[1] for row in rows[1:]] == ["Первое", "Второе"]
    assert rows[1][:3] == [first["number"], "Первое", "Главный Глеб"]
    assert rows[2][5] == "Текст важный"
    assert str(rows[1][3]) == ("15.03.2027 18:00" if form == "csv" else "2027-03-15 18:00:00")


def test_many_pages_make_one_file(head, take, store, monkeypatch):
    monkeypatch.setattr(jobs, "PAGE", 2)
    for number in range(5):
        give(head, f"Дело {number}", due_at=f"2027-03-1{number}T15:00:00Z")
    told, rows = take(head, columns=("title",), query="ordering=due_at")
    assert [row[0] for row in rows[1:]] == [f"Дело {number}" for number in range(5)]
    monkeypatch.setattr(jobs, "MOST_ROWS", 4)
    told, rows = take(head, columns=("title",), query="ordering=due_at")
    assert (len(rows), told["is_cut"]) == (5, True)


def test_nobody_exports_what_he_does_not_see(company, head, person, take, store):
    stranger = person(company, name="Чужой Чук")
    give(stranger, "Чужая задача")
    give(head, "Своя задача")
    _, rows = take(head, columns=("title",))
    assert [row[0] for row in rows[1:]] == ["Своя задача"]


def test_employees_have_a_sheet_too(head, take, store):
    _, rows = take(head, kind="organization.employee", columns=("full_name", "email", "status"), query="is_active=true")
    assert rows[0] == ["ФИО", "Рабочая почта", "Состояние"]
    assert ["Главный Глеб", head.email, "Работает"] in rows


def test_own_fields_of_the_company_are_columns_as_far_as_they_are_seen(owner, head, take, store):
    field = {"kind": "tasks.task", "title": "Сумма договора", "type": "money", "code": "total", "settings": {}}
    assert owner.client.post("custom-fields/", field).status_code == 201
    task = give(head, "Договор")
    changed = head.client.patch(f"tasks/{task['id']}/fields/", {"fields": {"total": "1500,5"}})
    assert changed.status_code == 200, changed.json()
    assert head.client.put(f"tasks/{task['id']}/tags/", {"tags": ["Срочно", "Цех"]}).status_code == 200
    _, rows = take(head, columns=("title", "fields.total", "tags"))
    assert [sorted(rows[0]), rows[1][0]] == [["Метки", "Название", "Сумма договора"], "Договор"]
    assert set(rows[1]) == {"Договор", "1500,50", "Срочно, Цех"}


@pytest.mark.parametrize(
    ("body", "pointer"),
    [({"columns": ["nothing"]}, "/columns"), ({"query": "tab=strange"}, "/tab"), ({"query": "unknown=1"}, "/unknown"),
     ({"query": "ordering=secret"}, "/ordering"), ({"format": "pdf"}, "/format")],
)  # fmt: skip
def test_what_the_list_does_not_know_is_refused(head, body, pointer):
    answer = head.client.post("exports/", {"kind": "tasks.task", "format": "csv", **body})
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]


def test_a_kind_without_a_sheet_is_not_found(head):
    assert head.client.post("exports/", {"kind": "tasks.template", "format": "csv"}).status_code == 404
    assert head.client.post("exports/", {"kind": "no.such", "format": "csv"}).status_code == 404


def test_exporting_is_a_right_of_its_own(company, person):
    answer = person(company).client.post("exports/", {"kind": "tasks.task", "format": "csv"})
    assert answer.status_code == 403


def test_the_file_is_its_authors_alone(company, head, owner, person, take, store):
    told, _ = take(head)
    for other in (owner, person(company, role="head")):
        assert other.client.get(f"exports/{told['id']}/").status_code == 404
        assert other.client.get(f"exports/{told['id']}/content/").status_code == 404
    assert [one["id"] for one in head.client.get("exports/").json()["results"]] == [told["id"]]


@pytest.mark.row("SE-09")
def test_who_took_what_out_is_told_once(company, head, take, deliver, store):
    told, _ = take(head, query="tab=all")
    jobs.write_export(company, told["id"])
    with company_scope(company):
        (fact,) = Fact.objects.filter(kind="sheets.exported")
    assert (fact.actor_id, fact.payload["count"], fact.payload["card_kind"]) == (head.principal.pk, 0, "tasks.task")
    assert fact.payload["query"] == {"tab": "all"}


def test_rights_are_those_of_the_moment_of_writing(company, head, owner, deliver, store):
    answer = head.client.post("exports/", {"kind": "tasks.task", "format": "csv"})
    owner.client.put(f"employees/{head.id}/roles/", {"roles": ["employee"]})
    deliver()
    with company_scope(company):
        export = Export.objects.get(pk=answer.json()["id"])
    assert export.state == "failed" and export.reason
    assert keys_in(store) == []


def test_the_file_is_gone_after_a_day(company, head, take, deliver, store):
    take(head)
    assert len(keys_in(store)) == 1
    with control_scope():
        Outbox.objects.update(not_before="2020-01-01T00:00Z")
    deliver()
    assert keys_in(store) == []


def test_a_page_of_rows_takes_few_statements(company, head, statements, store):
    for number in range(3):
        give(head, f"Дело {number}")
    body = {"kind": "tasks.task", "format": "csv", "columns": [], "query": ""}
    pk = head.client.post("exports/", body).json()["id"]
    with statements() as few:
        jobs.write_export(company, pk)
    for number in range(20):
        give(head, f"Ещё {number}", watchers=[head.id])
    pk = head.client.post("exports/", body).json()["id"]
    with statements() as many:
        jobs.write_export(company, pk)
    assert len(many) <= len(few) + 1
