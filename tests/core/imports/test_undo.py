"""An import is taken back exactly: the company is what it was, and what people have worked on stays."""

import string
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.access.actor import Actor
from core.access.loading import actor_of_principal
from core.attachments.actions import Wish
from core.context import Company, company_scope
from core.custom_fields.actions.defining import define_field
from core.entities.models import Entity
from core.events.models import Fact
from core.failpoints import KILLED
from core.imports import jobs
from core.imports.actions.checks import begin_check
from core.imports.actions.files import begin_import, complete_import
from core.imports.actions.runs import begin_run, begin_undo
from core.imports.errors import CardsAreInWork
from core.imports.jobs import check, look, run, undo
from core.imports.models import Import
from core.organization.actions import let_in
from core.organization.models import Employee
from core.registry import registry
from core.search.jobs import index_many
from core.storage import CompanyStore
from core.tags.models import Tag
from modules.tasks.actions import change_task
from modules.tasks.models import Task
from tenants.snapshots import find
from tests.core.attachments.conftest import BUCKET
from tests.infra.sandbox.process import ACCESS, SECRET

from .desk import table

pytestmark = pytest.mark.committed
# What an import leaves behind on purpose: the journal of it, numbers that were given, marks of readers.
_JOURNAL = {"events_fact", "events_inbox", "imports_import", "numbering_numbercounter", "attachments_leftover"}
_TASKS = ("Название", "Исполнитель", "Срок", "Метки", "Состояние", "Сумма", "Описание")
_PEOPLE = ("ФИО", "E-mail", "Телефон")


def alfa() -> Company:
    found = find(host="alfa.localhost")
    assert found is not None
    return found


@pytest.fixture
def office(committed: Any, store: Any) -> Any:
    """A company with a task, a tag and a field of its own, before anything is imported."""
    with company_scope(alfa()):
        by = owner()
        define_field(
            registry.kind_of("tasks.task"), given={"title": "Сумма", "type": "money", "is_filterable": True}, by=by
        )
        Tag.objects.create(title="Своя")
    return committed


def owner() -> Actor:
    employee = Employee.objects.select_related("principal").get(work_email="owner@alfa.example")
    return actor_of_principal(employee.principal, door="screen")


def digest(committed: Any) -> dict[str, str]:
    """A checksum of each business table of the company."""
    return committed.digest(alfa().schema, but=_JOURNAL)


def load(content: bytes, kind: str = "tasks.task") -> int:
    """Import a file up to the end; the import's id."""
    pk = bring(content, kind)
    with company_scope(alfa()):
        begin_run(Import.objects.get(pk=pk), leave_bad=True, by=owner())
    run(alfa(), pk)
    return pk


def bring(content: bytes, kind: str = "tasks.task") -> int:
    """Upload a file and have it checked."""
    company = alfa()
    with company_scope(company):
        found = begin_import(kind, Wish("Файл.csv", len(content), "text/csv"), by=owner())
    store = CompanyStore(company.schema)
    store.put(store.quarantine_of(found.storage_key), content, content_type="text/csv")
    with company_scope(company):
        complete_import(found, by=owner())
    look(company, found.pk)
    with company_scope(company):
        begin_check(found, by=owner())
    check(company, found.pk)
    return found.pk


def take_back(pk: int, *, leave_worked: bool = False) -> Import:
    with company_scope(alfa()):
        begin_undo(Import.objects.get(pk=pk), leave_worked=leave_worked, by=owner())
    undo(alfa(), pk)
    with company_scope(alfa()):
        return Import.objects.get(pk=pk)


_WORDS = st.text(string.ascii_letters + "абвгдеёжзик =+-'\";,\n№", max_size=30)
_TITLES = _WORDS.filter(lambda text: text.strip())
_DAYS = st.dates().map(lambda day: day.strftime("%d.%m.%Y")) | st.just("") | _WORDS
_TAGS = st.lists(st.sampled_from(["Своя", "Новая", "Ещё одна", "НОВАЯ"]), max_size=3).map(", ".join)
_STATES = st.sampled_from(["", "Новая", "В работе", "Закрыта", "Выдумана"])
_SUMS = st.decimals(0, 10**6, places=2).map(str) | st.just("") | _WORDS
_TASK_ROWS = st.tuples(_TITLES, st.just(""), _DAYS, _TAGS, _STATES, _SUMS, _WORDS)
_MAILS = st.just("") | st.emails()
_PERSON_ROWS = st.tuples(_TITLES, _MAILS, st.sampled_from(["", "8 912 345-67-89", "не номер"]))
_SHEETS = st.tuples(st.just("tasks.task"), st.just(_TASKS), st.lists(_TASK_ROWS, min_size=1, max_size=8)) | st.tuples(
    st.just("organization.employee"), st.just(_PEOPLE), st.lists(_PERSON_ROWS, min_size=1, max_size=8)
)


def test_whatever_the_sheet_the_company_is_what_it_was(office):
    """The company's business tables before an import and after its undo are the same, byte for byte."""
    made: list[int] = []
    before = digest(office)

    @settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
    @given(_SHEETS)
    def holds(sheet: tuple[str, tuple[str, ...], list[tuple[str, ...]]]) -> None:
        kind, headers, rows = sheet
        good = tuple("Хорошая строка" if place == 0 else "" for place in range(len(headers)))
        pk = load(table(headers, *rows, good), kind)
        with company_scope(alfa()):
            found = Import.objects.get(pk=pk)
            fact = _added(found)
        assert found.state == "done" and found.made_count == len(found.cards) >= 1
        assert digest(office) != before
        index_many(alfa(), fact)
        assert take_back(pk).state == "undone"
        assert digest(office) == before
        made.append(found.made_count)

    holds()
    assert sum(made) > len(made), "sheets with several good rows have been tried"


def test_what_was_worked_on_stops_the_undo_or_stays(office):
    pk = load(table(("Название", "Метки"), ("Раз", "Новая"), ("Два", "Новая"), ("Три", "")))
    with company_scope(alfa()):
        task = Task.objects.get(title="Два")
        change_task(task, fields={"title": "Два, исправлено"}, by=owner())
    with company_scope(alfa()), pytest.raises(CardsAreInWork) as refused:
        begin_undo(Import.objects.get(pk=pk), leave_worked=False, by=owner())
    assert refused.value.data["count"] == 1
    assert [card["title"] for card in refused.value.data["cards"]] == ["Два, исправлено"]
    found = take_back(pk, leave_worked=True)
    assert (found.state, found.kept_count, found.cards) == ("undone", 1, [task.pk])
    with company_scope(alfa()):
        assert list(Entity.objects.filter(kind="tasks.task").values_list("title", flat=True)) == ["Два, исправлено"]
        assert list(Tag.objects.order_by("title").values_list("title", flat=True)) == ["Новая", "Своя"]


def test_an_employee_who_has_been_given_work_stays(office):
    pk = load(table(_PEOPLE, ("Новый Никита", "", ""), ("Лишний Лев", "", "")), "organization.employee")
    load(table(("Название", "Исполнитель"), ("Дело", "Новый Никита")))
    with company_scope(alfa()), pytest.raises(CardsAreInWork):
        begin_undo(Import.objects.get(pk=pk), leave_worked=False, by=owner())
    assert take_back(pk, leave_worked=True).kept_count == 1
    with company_scope(alfa()):
        names = set(Employee.objects.values_list("last_name", flat=True))
    assert "Новый" in names and "Лишний" not in names


def test_numbers_that_were_given_are_not_given_again(office):
    pk = load(table(("Название",), ("Раз",), ("Два",)))
    with company_scope(alfa()):
        last = max(int(number[2:]) for number in Task.objects.values_list("number", flat=True))
    take_back(pk)
    load(table(("Название",), ("Три",)))
    with company_scope(alfa()):
        assert Task.objects.get().number == f"З-{last + 1}"


def test_people_of_a_file_are_numbered_like_those_who_are_hired(office):
    load(table(_PEOPLE, ("Новый Никита", "", ""), ("Лишний Лев", "", "")), "organization.employee")
    with company_scope(alfa()):
        given = dict(Employee.objects.exclude(number="").values_list("pk", "number"))
        last = [int(number.removeprefix("Т-")) for _, number in sorted(given.items())]
        assert Employee.objects.count() == len(given) and last[-1] == last[-2] + 1


def test_an_employee_who_can_sign_in_stays(office):
    pk = load(table(_PEOPLE, ("Новый Никита", "nikita@alfa.example", "")), "organization.employee")
    with company_scope(alfa()):
        let_in(
            Employee.objects.get(work_email="nikita@alfa.example"), email="nikita@alfa.example", password_hash="!",
            role_code="employee",
        )  # fmt: skip
    with company_scope(alfa()), pytest.raises(CardsAreInWork):
        begin_undo(Import.objects.get(pk=pk), leave_worked=False, by=owner())


@pytest.fixture
def child(office: Any, s3_stand_in: Any) -> Callable[..., int]:
    """`child(job, id, fail="")` does a job in a process of its own; its status."""
    told = {
        "S3_ENDPOINT_URL": f"{s3_stand_in.url}/s3",
        "S3_PUBLIC_URL": f"{s3_stand_in.url}/s3",
        "S3_BUCKET": BUCKET,
        "S3_ACCESS_KEY": ACCESS,
        "S3_SECRET_KEY": SECRET,
    }

    def work(job: str, subject_id: int, fail: str = "") -> int:
        return office.child("job", job, alfa().schema, str(subject_id), fail=fail, **told)[0]

    return work


def test_a_worker_killed_in_the_middle_leaves_nothing_or_all(office, child):
    before = digest(office)
    pk = bring(table(("Название", "Метки"), ("Раз", "Новая"), ("Два", "")))
    with company_scope(alfa()):
        begin_run(Import.objects.get(pk=pk), leave_bad=False, by=owner())
    assert child("imports.run", pk, fail="imports.written") == KILLED
    assert digest(office) == before
    assert child("imports.run", pk) == 0
    assert child("imports.run", pk) == 0
    with company_scope(alfa()):
        assert sorted(Task.objects.values_list("title", flat=True)) == ["Два", "Раз"]
        begin_undo(Import.objects.get(pk=pk), leave_worked=False, by=owner())
    assert child("imports.undo", pk, fail="imports.taken") == KILLED
    with company_scope(alfa()):
        assert Task.objects.count() == 2
    assert child("imports.undo", pk) == 0
    assert child("imports.undo", pk) == 0
    assert digest(office) == before


def test_open_lists_are_told_once_when_the_cards_are_gone(office, monkeypatch):
    pk = load(table(("Название",), ("Раз",), ("Два",)))
    heard: list[Any] = []

    def hear(company: Company, facts: Any) -> None:
        with company_scope(company):
            heard.append(([(one.kind, one.payload["card_kind"]) for one in facts], Task.objects.count()))

    monkeypatch.setattr(jobs, "announce", hear)
    take_back(pk)
    assert heard == [([("imports.undone", "tasks.task")], 0)]


def _added(found: Import) -> int:
    """The fact that told of the cards of an import."""
    facts = Fact.objects.filter(kind="entities.added", payload__first=min(found.cards))
    return facts.order_by("-pk").values_list("pk", flat=True)[0]
