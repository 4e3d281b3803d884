"""Whoever is shown something sensitive stands in the log: once, without the value, and before he gets his answer."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, ProgrammingError, connection
from django.utils import timezone

from core.access.actions import create_role
from core.context import company_scope, control_scope
from core.privacy.models import PersonFile
from core.reads.models import Read
from core.rest import recording
from core.storage import CompanyStore
from core.takeout.models import Takeout
from tenants.models import CompanyCopy
from tests.core.reads.conftest import NUMBER, PEOPLE
from tests.support.operators import make_operator
from tests.tenants.console.test_support import allow, come_in

pytestmark = pytest.mark.row("SE-09")


@pytest.fixture
def clerk(person, company, passport):
    return person(company, role="head", name="Читалов Чеслав")


def test_a_marked_field_that_is_shown_is_written_down_without_its_value(passport, clerk, owner, log):
    (first,) = log("fields.shown")
    assert (first.reader_id, first.whose_id) == (owner.principal.pk, passport.principal.pk)
    shown = clerk.client.get(f"employees/{passport.id}/fields/").json()["results"]
    assert NUMBER in {row["value"] for row in shown}
    (line,) = log()
    assert (line.kind, line.reader_id, line.whose_id) == ("fields.shown", clerk.principal.pk, passport.principal.pk)
    assert (line.card, line.detail, line.count, line.door) == (passport.id, "Паспорт", 1, "token")


def test_what_is_not_marked_empty_or_ones_own_is_not(passport, clerk, person, company, owner, log):
    log()
    blank = person(company)
    assert clerk.client.get(f"employees/{blank.id}/fields/").status_code == 200
    assert passport.client.get(f"employees/{passport.id}/fields/").status_code == 200
    assert clerk.client.get("employees/", **{"with": "fields.hobby"}).status_code == 200
    assert clerk.client.get("employees/").status_code == 200
    assert log() == []
    field = next(
        row for row in owner.client.get("custom-fields/", kind=PEOPLE).json()["results"] if row["code"] == "passport"
    )
    assert owner.client.patch(f"custom-fields/{field['id']}/", {"is_recorded": False}).json()["is_recorded"] is False
    assert clerk.client.get(f"employees/{passport.id}/fields/").status_code == 200
    assert log() == []


def test_a_list_is_one_line_and_a_filter_tells_as_much_as_a_value(passport, clerk, log):
    log()
    rows = clerk.client.get("employees/", **{"with": "fields.passport"}).json()["results"]
    assert len(rows) > 1
    (line,) = log()
    assert (line.detail, line.count, line.whose_id) == ("в списке: Паспорт", len(rows), None)
    found = clerk.client.get("employees/", **{"fields.passport": NUMBER}).json()["results"]
    assert [row["id"] for row in found] == [passport.id]
    (line,) = log()
    assert line.detail == "в отборе: Паспорт" and NUMBER not in line.detail


def test_a_formula_that_is_counted_from_it_is_marked_with_it(passport, clerk, define, log):
    define("Вывод", "formula", code="told", settings={"formula": "[Паспорт]"})
    define("Ещё вывод", "formula", code="told_again", settings={"formula": "[Вывод]"})
    log()
    clerk.client.get("employees/", **{"with": "fields.told_again"})
    (line,) = log()
    assert line.detail == "в списке: Ещё вывод"


def test_the_history_of_a_card_tells_former_values_too(passport, clerk, log):
    log()
    told = clerk.client.get(f"employees/{passport.id}/history/").json()["results"]
    assert any(change["new"] == NUMBER for line in told for change in line["changes"])
    (line,) = log()
    assert (line.detail, line.whose_id) == ("в истории: Паспорт", passport.principal.pk)


def test_people_who_are_taken_out_in_a_file_are_counted(passport, clerk, owner, store, deliver, log):
    log()
    body = {"kind": PEOPLE, "format": "csv", "columns": ["full_name", "fields.passport"], "query": ""}
    assert owner.client.post("exports/", body).status_code == 201
    deliver()
    (line,) = log()
    assert (line.kind, line.reader_id, line.door) == ("list.taken", owner.principal.pk, "job")
    assert line.detail == "Сотрудники: Паспорт" and line.count > 1
    assert owner.client.post("exports/", body | {"columns": ["full_name"]}).status_code == 201
    deliver()
    assert [line.detail for line in log()] == ["Сотрудники"]
    tasks = {"kind": "tasks.task", "format": "csv", "columns": [], "query": ""}
    assert owner.client.post("exports/", tasks).status_code == 201
    deliver()
    assert log() == []


def test_marked_doors_are_written_down(company, owner, person, store, log):
    worker = person(company, name="Рядовой Роман")
    with company_scope(company):
        own = CompanyStore(company.schema)
        told = {"name": "alfa.zip", "storage_key": own.new_key(), "finished_at": timezone.now()}
        archive = Takeout.objects.create(state="ready", author=owner.principal, **told).pk
        file = PersonFile.objects.create(
            employee=worker.employee, storage_key=own.new_key(), author=owner.principal, state="ready"
        ).pk
    with control_scope():
        now, keys = timezone.now(), (own.new_copy_key(), own.new_copy_key())
        copy = CompanyCopy.objects.create(
            company_id=company.id, made_at=now, checked_at=now, rows=1, size=1, export_size=1, last_fact=1, version=1,
            copy_key=keys[0], export_key=keys[1],
        ).pk  # fmt: skip
    for call, kind, whose in (
        (lambda: owner.browser.post(f"takeouts/{archive}/open/"), "takeout.taken", None),
        (
            lambda: owner.browser.post(f"company/copies/{copy}/download/", {"password": "owner-pass-1"}),
            "tenants.copy",
            None,
        ),
        (lambda: owner.browser.post(f"persons/{worker.id}/data/{file}/open/"), "privacy.person", worker),
        (lambda: owner.browser.get("consents/"), "privacy.consents", None),
        (lambda: owner.browser.get(f"rights/{worker.id}/"), "access.rights", worker),
        (lambda: owner.browser.get(f"employees/{worker.id}/access/"), "access.seers", worker),
        (lambda: owner.browser.get(f"employees/{worker.id}/access/{owner.id}/"), "access.seers", worker),
        (lambda: owner.browser.get("reads/"), "reads.shown", None),
    ):
        assert call().status_code == 200
        (line,) = log()
        assert (line.kind, line.reader_id, line.door) == (kind, owner.principal.pk, "screen")
        assert line.whose_id == (whose.principal.pk if whose else None), kind


def test_what_is_refused_has_not_been_read(company, person, log):
    worker = person(company)
    assert worker.client.get("reads/").status_code == 403
    assert worker.client.get("consents/").status_code == 403
    assert worker.client.post("company/copies/1/download/").status_code == 403
    assert log() == []


def test_an_answer_that_cannot_be_written_down_is_not_given(passport, clerk, monkeypatch):
    def broken(*told, **more):
        raise DatabaseError("the log is away")

    monkeypatch.setattr(recording, "write_reads", broken)
    with pytest.raises(DatabaseError, match="the log is away"):
        clerk.client.get(f"employees/{passport.id}/fields/")
    assert clerk.client.get("employees/").status_code == 200


def test_whoever_tells_nothing_pays_nothing(passport, clerk, owner, statements):
    clerk.client.get("employees/")
    with statements() as seen:
        clerk.client.get("employees/")
    assert [one["sql"] for one in seen if "reads_read" in one["sql"]] == []
    with statements() as plain:
        clerk.client.get("employees/", **{"with": "fields.hobby"})
    with statements() as told:
        clerk.client.get("employees/", **{"with": "fields.passport"})
    # A savepoint of the test, the role, the line, and back: in a transaction of its own.
    more = [one["sql"] for one in told][len(plain) :]
    assert len([one for one in more if one.startswith("INSERT")]) == 1 and len(more) <= 6, more


def test_the_support_is_written_down_whatever_it_looks_at(company, owner, log):
    made = owner.client.post("tasks/", {"title": "Насос", "assignee": owner.id}).json()["id"]
    helper = make_operator("support")
    allow(owner)
    guest = come_in(helper, company)
    log()
    assert guest.get("me/").status_code == 200
    assert log() == []
    assert guest.get(f"tasks/{made}/").status_code == 200
    (line,) = log()
    assert (line.kind, line.door, line.card, line.detail) == ("support.looked", "support", made, "Задача")
    told = owner.client.get("reads/", kind="support.looked").json()["results"]
    assert told[0]["reader"]["name"] == f"Поддержка: {helper.operator.full_name}"
    assert told[0]["card"]["title"] == "Насос"


def test_a_guard_of_safety_reads_the_log_and_nobody_else(passport, person, company, owner):
    with company_scope(company):
        grants = [{"permission": "reads.see", "scope": "all"}]
        role = create_role(title="Безопасность", grants=grants, by=owner.actor())
    guard = person(company, role=role.code, name="Стражев Семён")
    told = guard.client.get("reads/").json()
    assert told["kept_days"] == 365 and "fields.shown" in {kind["code"] for kind in told["kinds"]}
    (line,) = [one for one in told["results"] if one["kind"] == "fields.shown"]
    assert (line["reader"]["id"], line["whose"]["id"]) == (owner.id, passport.id)
    assert NUMBER not in str(told)
    assert passport.client.get("reads/").status_code == 403


def test_the_log_is_paged_and_narrowed(passport, clerk, owner):
    for _ in range(3):
        clerk.client.get(f"employees/{passport.id}/fields/")
    first = owner.client.get("reads/", kind="fields.shown", limit=3).json()
    rest = owner.client.get("reads/", kind="fields.shown", limit=3, cursor=first["next"]).json()
    ids = [line["id"] for page in (first, rest) for line in page["results"]]
    assert len(ids) == 4 and ids == sorted(ids, reverse=True) and rest["next"] is None

    def count(**asked):
        return len(owner.client.get("reads/", kind="fields.shown", **asked).json()["results"])

    assert (count(reader=clerk.id), count(reader=owner.id), count(whose=passport.id)) == (3, 1, 4)
    assert count(whose=clerk.id) == 0
    late = (timezone.now() + timedelta(minutes=1)).isoformat()
    assert (count(at__gte=late), count(at__lte=late)) == (0, 4)
    assert owner.client.get("reads/", stranger="1").status_code == 422


@pytest.mark.parametrize(
    ("asked", "index"),
    [
        ({}, "read_age"),
        ({"kind": "fields.shown"}, "read_of_kind"),
        ({"reader": "me"}, "read_by"),
        ({"whose": "me"}, "read_of_person"),
    ],
    ids=lambda told: told if isinstance(told, str) else "",
)
def test_every_filter_has_its_index(passport, owner, company, asked, index):
    asked = {name: owner.id if value == "me" else value for name, value in asked.items()}
    with company_scope(company):
        others = {
            "reader": passport.principal,
            "whose": passport.principal,
            "kind": "support.looked",
            "door": "job",
        }
        Read.objects.bulk_create(Read(**others) for _ in range(3_000))
    plans: list[str] = []

    def explain(execute, sql, params, many, context):
        if 'FROM "reads_read"' in sql and sql.startswith("SELECT"):
            with connection.cursor() as cursor:
                for setting in ("seqscan", "sort", "bitmapscan"):
                    cursor.cursor.execute(f"SET LOCAL enable_{setting} = off")
                cursor.cursor.execute(f"EXPLAIN {sql}", params)
                plans.append("\n".join(row[0] for row in cursor.cursor.fetchall()))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(explain):
        assert owner.client.get("reads/", **asked).status_code == 200
    assert index in plans[0], plans


def test_nobody_of_the_company_changes_a_line(passport, company):
    for change in ("UPDATE reads_read SET detail = ''", "DELETE FROM reads_read", "TRUNCATE reads_read"):
        refused = pytest.raises(ProgrammingError, match="permission denied")
        with refused, company_scope(company), connection.cursor() as cursor:
            cursor.execute(change)
    with company_scope(company):
        assert Read.objects.exists()
