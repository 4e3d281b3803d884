"""From a file to cards: guessed, checked, corrected in place, made once."""

from typing import Any

import httpx
import pytest

from core.context import company_scope
from core.events.models import Fact
from core.imports import jobs
from core.imports.models import Import
from core.organization.models import Employee
from modules.tasks.models import Task
from tenants.snapshots import find

from .desk import Desk, table

HEADERS = ("Задача", "Исполнитель", "Крайний срок", "Приоритет", "Теги")


@pytest.fixture
def head(company, person) -> Any:
    return person(company, role="head", name="Главный Глеб Глебович")


@pytest.fixture
def desk(head, deliver, store) -> Desk:
    return Desk(head.client, deliver)


def tasks_of(company: Any) -> list[Task]:
    with company_scope(company):
        return list(Task.objects.order_by("pk"))


class TestReading:
    def test_columns_are_guessed_by_words_of_other_programs(self, desk):
        found = desk.bring(table(HEADERS, ("Сдать отчёт", "Главный Глеб", "15.03.2027 18:00", "Высокий", "Срочно")))
        assert (found["state"], found["rows_count"], found["is_remembered"]) == ("mapping", 1, False)
        assert found["mapping"] == {"0": "title", "1": "assignee", "2": "due_at", "3": "priority", "4": "tags"}
        assert found["sheets"][0]["samples"] == [
            ["Сдать отчёт", "Главный Глеб", "15.03.2027 18:00", "Высокий", "Срочно"]
        ]

    @pytest.mark.parametrize(
        ("name", "content", "words"),
        [("a.xlsx", b"PK\x03\x04 rubbish" * 9, "повреждён"), ("a.xlsx", b"only words", "Содержимое не похоже"),
         ("a.csv", b"\n\n;;\n", "нет строк"), ("a.csv", b"\x7fELF" + b"\x00" * 90, "программа")],
    )  # fmt: skip
    def test_what_cannot_be_read_says_why(self, desk, name, content, words):
        found = desk.bring(content, name=name)
        assert found["state"] == "failed"
        assert words in found["reason"]

    @pytest.mark.parametrize(
        ("name", "size", "pointer"),
        [("a.exe", 10, "/name"), ("a.xls", 10, "/name"), ("a.csv", 0, "/size"), ("a.csv", 21 * 1024 * 1024, "/size")],
    )
    def test_what_is_not_taken_is_refused_before_it_comes(self, desk, name, size, pointer):
        answer = desk.begin(b"", name=name, size=size)
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["pointer"] == pointer

    def test_another_size_than_was_said_does_not_come(self, desk):
        answer = desk.begin(b"a;b\n1;2\n").json()
        assert (
            httpx.put(answer["upload"]["url"], content=b"a;b\n", headers=answer["upload"]["headers"]).status_code == 403
        )
        assert desk.client.post(f"imports/{answer['id']}/complete/").status_code == 200
        desk.deliver()
        assert desk.client.get(f"imports/{answer['id']}/").json()["state"] == "failed"

    def test_the_mapping_is_remembered_for_files_of_one_make(self, desk):
        desk.bring(table(("Что", "Кому"), ("Дело", "")))
        assert desk.now()["mapping"] == {"1": "assignee"}
        assert desk.choose(mapping={"0": "title"}).status_code == 200
        desk.check()
        desk.run()
        again = desk.bring(table(("Что", "Кому"), ("Другое дело", "")))
        assert (again["mapping"], again["is_remembered"]) == ({"0": "title"}, True)

    @pytest.mark.parametrize(
        "given",
        [{"mapping": {"7": "title"}}, {"mapping": {"0": "nothing"}}, {"mapping": {"0": "title", "1": "title"}},
         {"mapping": {"x": "title"}}, {"sheet": 3}, {"twins": "due_at"}],
    )  # fmt: skip
    def test_a_wrong_choice_is_refused(self, desk, given):
        desk.bring(table(("Что", "Кому"), ("Дело", "")))
        assert desk.choose(**given).status_code == 422

    def test_a_column_that_must_be_there_is_asked_for(self, desk):
        desk.bring(table(("Кому", "Срок"), ("Главный Глеб", "")))
        answer = desk.client.post(f"imports/{desk.id}/check/")
        assert answer.status_code == 422
        assert "Название" in answer.json()["errors"][0]["detail"]


class TestChecking:
    CONTENT = table(
        HEADERS,
        ("Сдать отчёт", "Главный Глеб", "15.03.2027 18:00", "Высокий", "Срочно"),
        ("", "Никто Никак", "32.13.2027", "Сверхсрочно", "а,б"),
        ("Без срока", "", "", "", ""),
    )

    def test_every_refused_row_is_explained_by_column_and_nothing_is_made(self, company, desk):
        desk.bring(self.CONTENT)
        found = desk.check()
        assert (found["state"], found["good_count"], found["bad_count"]) == ("checked", 2, 1)
        (bad,) = desk.problems()
        assert bad["row"] == 3
        assert set(bad["errors"]) == {"title", "assignee", "due_at", "priority"}
        assert bad["cells"]["assignee"] == "Никто Никак"
        assert all(sentence for sentence in bad["errors"].values())
        assert tasks_of(company) == []

    def test_errors_are_corrected_in_place(self, company, desk, head):
        desk.bring(self.CONTENT)
        desk.check()
        answer = desk.fix(3, "assignee", "Главный Г. Г.")
        assert set(answer.json()["problem"]["errors"]) == {"title", "due_at", "priority"}
        desk.fix(3, "due_at", "16 марта 2027")
        desk.fix(3, "priority", "Срочная")
        answer = desk.fix(3, "title", "=Исправлено")
        assert answer.json() == {"problem": None, "good_count": 3, "bad_count": 0}
        assert desk.run()["state"] == "done"
        fixed = next(task for task in tasks_of(company) if task.title == "=Исправлено")
        assert (fixed.responsible_id, fixed.priority, fixed.due_at.isoformat()) == (
            head.principal.pk, 2, "2027-03-16T15:00:00+00:00",
        )  # fmt: skip

    def test_only_rows_with_errors_are_corrected(self, desk):
        desk.bring(self.CONTENT)
        assert desk.fix(3, "title", "Рано").status_code == 409
        desk.check()
        for row, column in ((2, "title"), (3, "nothing"), (99, "title")):
            assert desk.fix(row, column, "x").status_code == 422

    def test_bad_rows_stop_everything_or_are_left_out(self, company, desk):
        desk.bring(self.CONTENT)
        desk.check()
        answer = desk.client.post(f"imports/{desk.id}/run/", {})
        assert (answer.status_code, answer.json()["type"]) == (409, "/problems/import-bad-rows")
        assert answer.json()["count"] == 1
        assert desk.run(leave_bad=True)["made_count"] == 2
        assert [task.title for task in tasks_of(company)] == ["Сдать отчёт", "Без срока"]

    def test_another_choice_asks_for_another_check(self, desk):
        desk.bring(self.CONTENT)
        desk.check()
        desk.choose(mapping={"0": "title"})
        answer = desk.client.post(f"imports/{desk.id}/run/", {"leave_bad": True})
        assert (answer.status_code, answer.json()["type"]) == (409, "/problems/import-not-checked")

    def test_twins_are_left_out_by_choice(self, company, desk, head):
        head.client.post("tasks/", {"title": "Сдать отчёт", "assignee": head.id})
        content = table(("Название",), ("Сдать отчёт",), ("Новое",), ("Новое",))
        desk.bring(content)
        desk.choose(twins="title")
        found = desk.check()
        assert (found["good_count"], found["twin_count"]) == (1, 2)
        assert desk.run()["made_count"] == 1
        desk.bring(content)
        assert desk.choose(twins="").status_code == 200
        assert desk.check()["good_count"] == 3


class TestMaking:
    def test_cards_have_everything_that_the_file_says(self, company, desk, head, person):
        helper = person(company, name="Помощник Пётр")
        content = table(
            ("Название", "Описание", "Состояние", "Исполнитель", "Соисполнители", "Наблюдатели", "Завершена", "Личная",
             "Оценка, минут", "Метки"),
            ("Дело", "Первая\nвторая", "Завершена", "Помощник Пётр", "Главный Глеб", "Помощник Пётр", 
             "01.02.2026 10:00", "да", "90", "Срочно, Цех"),
        )  # fmt: skip
        found = desk.load(content)
        assert (found["state"], found["made_count"]) == ("done", 1)
        (task,) = tasks_of(company)
        assert task.number.startswith("З-")
        card = head.client.get(f"tasks/{task.pk}/").json()
        assert (card["title"], card["status"], card["state"]) == ("Дело", "closed", "done")
        assert (card["assignee"]["id"], card["initiator"]["id"]) == (helper.id, head.id)
        assert [one["id"] for one in card["co_assignees"]] == [head.id]
        assert [one["id"] for one in card["watchers"]] == [helper.id]
        assert (card["description"], card["estimate"], card["is_private"]) == ("Первая\nвторая", 90, True)
        assert card["done_at"] == "2026-02-01T07:00:00Z"
        tags = head.client.get(f"tasks/{task.pk}/tags/").json()
        assert sorted(tag["title"] for tag in tags["results"]) == ["Срочно", "Цех"]

    def test_they_have_what_the_company_gives_to_a_card_made_by_hand(self, company, desk, owner, head, person):
        controller = person(company, role="head")
        decided = {"tasks.due_days": 3, "tasks.controllers": [controller.id, head.id]}
        assert owner.client.patch("options/", {"values": decided}).status_code == 200
        usual = head.client.get("tasks/rules/").json()["usual_due_at"]
        headers = ("Название", "Состояние", "Срок", "Наблюдатели", "Личная")
        desk.load(
            table(
                headers,
                ("А", "", "", controller.email, ""),
                ("Б", "Закрыта", "", "", ""),
                ("В", "", "01.02.2031", "", "да"),
            )
        )
        found = {task.title: task for task in tasks_of(company)}
        cards = {title: head.client.get(f"tasks/{task.pk}/").json() for title, task in found.items()}
        assert [cards[title]["due_at"] for title in "АБВ"] == [usual, None, "2031-02-01T15:00:00Z"]
        watching = {title: [one["id"] for one in card["watchers"]] for title, card in cards.items()}
        assert watching == {"А": [controller.id], "Б": [controller.id], "В": []}, (
            "whoever gives it does not watch besides"
        )

    def test_own_fields_are_read_with_their_rules_and_defaults(self, company, desk, owner, head):
        for field in (
            {"title": "Сумма", "type": "money", "code": "total"},
            {"title": "Цех", "type": "list", "code": "shop", "required_at": ["new"],
             "settings": {"options": [{"title": "Литейный"}, {"title": "Сборка"}]}},
            {"title": "Ведёт", "type": "person", "code": "lead"},
        ):  # fmt: skip
            answer = owner.client.post("custom-fields/", {"kind": "tasks.task", **field})
            assert answer.status_code == 201, answer.json()
        headers = ("Название", "Сумма", "Цех", "Ведёт")
        desk.bring(table(headers, ("Раз", "1 500,5 ₽", "Сборка", "Главный Глеб"), ("Два", "0,001", "", "")))
        assert desk.check()["bad_count"] == 1
        assert set(desk.problems()[0]["errors"]) == {"fields.total", "fields.shop"}
        assert desk.run(leave_bad=True)["made_count"] == 1
        (task,) = tasks_of(company)
        shown = {one["code"]: one["value"] for one in head.client.get(f"tasks/{task.pk}/fields/").json()["results"]}
        assert shown["total"] == "1500.50"
        assert shown["lead"]["id"] == head.id

    def test_employees_come_without_a_way_to_sign_in(self, company, desk, head):
        content = table(
            ("Фамилия", "Имя", "E-mail", "Телефон", "Руководитель", "Дата приёма"),
            ("Иванова", "Анна", "Anna@Firma.ru", "8 912 345-67-89", "Главный Глеб", "01.02.2026"),
            ("", "Пётр", "не почта", "", "", ""),
        )
        desk.bring(content, kind="organization.employee", name="Люди.csv")
        assert desk.check()["bad_count"] == 1
        assert set(desk.problems()[0]["errors"]) == {"email"}
        assert set(desk.fix(3, "email", "").json()["problem"]["errors"]) == {"full_name"}
        assert desk.run(leave_bad=True)["made_count"] == 1
        with company_scope(company):
            made = Employee.objects.select_related("principal", "manager").get(last_name="Иванова")
            assert not hasattr(made.principal, "user")
        assert (made.title, made.work_email, made.phone) == ("Иванова Анна", "anna@firma.ru", "+79123456789")
        assert (made.manager_id, made.principal.name) == (head.id, "Иванова Анна")
        given = head.client.post("tasks/", {"title": "Для новой", "assignee": made.pk})
        assert given.status_code == 201

    def test_a_run_that_comes_twice_makes_cards_once(self, company, desk):
        desk.load(table(("Название",), ("Дело",)))
        jobs.run(company, desk.id)
        assert len(tasks_of(company)) == 1
        with company_scope(company):
            assert Fact.objects.filter(kind="imports.done").count() == 1

    def test_a_failure_in_the_middle_leaves_nothing(self, company, desk, monkeypatch):
        desk.bring(table(("Название", "Теги"), ("Дело", "Новая метка")))
        desk.check()
        desk.client.post(f"imports/{desk.id}/run/", {})

        def break_down() -> None:
            raise RuntimeError("power is off")

        monkeypatch.setattr(jobs.WRITTEN, "reach", break_down)
        with pytest.raises(RuntimeError):
            desk.deliver()
        assert tasks_of(company) == []
        assert desk.now()["state"] == "running"
        monkeypatch.undo()

    def test_what_has_changed_since_the_check_is_shown_and_nothing_is_made(self, company, desk, owner, person):
        leaver = person(company, name="Уходящий Устин")
        desk.bring(table(("Название", "Исполнитель"), ("Дело", "Уходящий Устин"), ("Другое", "")))
        assert desk.check()["good_count"] == 2
        owner.client.post(f"employees/{leaver.id}/block/")
        found = desk.run()
        assert (found["state"], found["bad_count"], found["made_count"]) == ("checked", 1, 0)
        assert found["reason"]
        assert tasks_of(company) == []

    def test_one_fact_says_it_for_all(self, company, desk, head, mailbox):
        desk.load(table(("Название",), *((f"Дело {number}",) for number in range(30))))
        with company_scope(company):
            kinds = sorted(Fact.objects.filter(door="import").values_list("kind", flat=True))
        assert kinds == ["entities.added", "imports.done"]
        assert mailbox == []

    def test_an_exported_list_can_be_imported_back(self, company, desk, head):
        head.client.post("tasks/", {"title": "=Дело", "assignee": head.id, "due_at": "2027-03-15T15:00:00Z"})
        answer = head.client.post("exports/", {"kind": "tasks.task", "format": "csv"}).json()
        desk.deliver()
        content = httpx.get(head.client.get(f"exports/{answer['id']}/content/")["Location"]).content
        found = desk.bring(content)
        headers = found["sheets"][0]["headers"]
        # All but who gave it: whoever imports a task gives it.
        assert {headers[int(place)] for place in found["mapping"]} == set(headers) - {"Инициатор"}
        assert desk.choose(twins="").status_code == 200, "they stand already, and are wanted once more"
        assert desk.check()["bad_count"] == 0, desk.problems()
        desk.run()
        before, after = tasks_of(company)
        for name in ("title", "due_at", "responsible_id", "status", "priority", "description", "is_private"):
            assert getattr(before, name) == getattr(after, name), name

    def test_the_sample_can_be_imported(self, desk):
        for form in ("xlsx", "csv"):
            answer = desk.client.get("imports/samples/tasks.task/", file=form)
            assert answer.status_code == 200
            assert "attachment" in answer["Content-Disposition"]
            desk.bring(answer.content, name=f"Образец.{form}")
            assert desk.check()["bad_count"] == 0, desk.problems()


class TestRights:
    def test_importing_is_a_right_of_its_own(self, company, person):
        client = person(company).client
        assert client.get("imports/").status_code == 403
        assert client.post("imports/", {"kind": "tasks.task", "name": "a.csv", "size": 5}).status_code == 403

    def test_the_right_to_make_the_cards_is_asked_besides(self, company, owner, person, desk):
        body = {"title": "Загрузчик", "grants": [{"permission": "imports.run", "scope": "all"}]}
        role = owner.client.post("roles/", body)
        assert role.status_code == 201, role.json()
        loader = person(company, role=role.json()["code"])
        assert loader.client.get("imports/kinds/").json()["results"] == []
        answer = loader.client.post("imports/", {"kind": "tasks.task", "name": "a.csv", "size": 5})
        assert answer.status_code == 404

    def test_others_imports_are_not_there(self, company, desk, owner, person):
        desk.bring(table(("Название",), ("Дело",)))
        other = person(company, role="head").client
        for method, path, body in (
            ("get", "", None), ("patch", "", {"twins": ""}), ("post", "complete/", None), ("post", "check/", None),
            ("get", "problems/", None), ("patch", "cells/", {"row": 2, "column": "title", "text": "x"}),
            ("post", "run/", {}), ("post", "undo/", {}),
        ):  # fmt: skip
            call = getattr(other, method)
            answer = call(f"imports/{desk.id}/{path}") if method == "get" else call(f"imports/{desk.id}/{path}", body)
            assert answer.status_code == 404, path
        assert other.get("imports/").json()["results"] == []
        assert [one["id"] for one in owner.client.get("imports/").json()["results"]] == [desk.id]

    def test_rights_are_those_of_the_moment_of_making(self, company, desk, owner, head):
        desk.bring(table(("Название",), ("Дело",)))
        desk.check()
        desk.client.post(f"imports/{desk.id}/run/", {})
        owner.client.put(f"employees/{head.id}/roles/", {"roles": ["employee"]})
        desk.deliver()
        assert tasks_of(company) == []
        with company_scope(company):
            assert Import.objects.get(pk=desk.id).state == "failed"

    def test_cards_of_a_module_that_is_off_neither_come_nor_go(self, company, desk, owner, api, head):
        desk.bring(table(("Название",), ("Дело",)))
        desk.check()
        assert owner.client.patch("modules/tasks/", {"enabled": False}).status_code == 200
        fresh = api(find(host="alfa.localhost"), token=head.token)
        left = [kind["code"] for kind in fresh.get("imports/kinds/").json()["results"]]
        assert left == ["documents.document", "organization.employee"]
        assert fresh.post(f"imports/{desk.id}/run/", {}).status_code == 404
        assert fresh.post("exports/", {"kind": "tasks.task", "format": "csv"}).status_code == 404

    def test_a_fields_right_narrows_the_columns(self, company, owner, desk, head):
        field = {"kind": "tasks.task", "title": "Тайна", "type": "text", "code": "secret", "rights": {"head": "hidden"}}
        assert owner.client.post("custom-fields/", field).status_code == 201
        kinds = desk.client.get("imports/kinds/").json()["results"]
        codes = [column["code"] for kind in kinds if kind["code"] == "tasks.task" for column in kind["columns"]]
        assert "title" in codes and "fields.secret" not in codes
        assert "fields.secret" not in desk.bring(table(("Название", "Тайна"), ("Дело", "x")))["mapping"].values()
