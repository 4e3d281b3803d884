"""Our own export brought back doubles nothing, and says which of its columns are not read."""

from typing import Any

import pytest

from .desk import Desk, table


@pytest.fixture
def desk(owner, deliver, store) -> Desk:
    return Desk(owner.client, deliver)


def test_tasks_that_stand_are_left_out_by_their_numbers(desk, owner):
    number = owner.client.post("tasks/", {"title": "Отчёт", "assignee": owner.id}).json()["number"]
    content = table(("Номер", "Название", "Инициатор"), (number, "Отчёт", "Крылова"), ("Ч-77", "Чужая", "Крылова"))
    found = desk.bring(content)
    assert (found["mapping"], found["twins"], found["twins_chosen"]) == ({"0": "number", "1": "title"}, "number", False)
    found = desk.check()
    assert (found["good_count"], found["twin_count"]) == (1, 1)
    assert desk.run()["made_count"] == 1


def test_employees_that_stand_are_left_out_by_their_numbers(desk, owner, company, person):
    colleague = person(company, name="Петров Пётр")
    number = owner.client.get(f"employees/{colleague.id}/").json()["number"]
    content = table(("Табельный номер", "ФИО"), (number, "Петров Пётр"), ("", "Новиков Никита"))
    found = desk.bring(content, kind="organization.employee")
    assert found["twins"] == "number"
    found = desk.check()
    assert (found["good_count"], found["twin_count"]) == (1, 1)


def test_what_a_person_has_chosen_stays(desk, owner):
    number = owner.client.post("tasks/", {"title": "Отчёт", "assignee": owner.id}).json()["number"]
    desk.bring(table(("Номер", "Название"), (number, "Отчёт")))
    assert desk.choose(twins="").json()["twins_chosen"] is True
    assert desk.choose(mapping={"0": "number", "1": "title"}).json()["twins"] == ""
    assert desk.check()["good_count"] == 1


def test_the_usual_choice_follows_the_columns_and_keeps_rows_that_repeat_in_the_file(desk):
    desk.bring(table(("Код задачи у нас", "Название"), ("7", "Раз"), ("7", "Два")))
    assert desk.now()["twins"] == ""
    assert desk.choose(mapping={"0": "number", "1": "title"}).json()["twins"] == "number"
    found = desk.check()
    assert (found["good_count"], found["twin_count"]) == (2, 0), "no card of the company has this number"


def test_columns_that_are_not_read_say_why(desk):
    kinds: list[dict[str, Any]] = desk.client.get("imports/kinds/").json()["results"]
    for kind, title, words in (
        ("tasks.task", "Инициатор", "кто загружает"),
        ("organization.employee", "Состояние", "считается работающим"),
    ):
        (told,) = (one for one in kinds if one["code"] == kind)
        why = {one["title"]: one["why"] for one in told["unread"]}
        assert words in why[title]
