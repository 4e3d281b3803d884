"""Statuses of the company's own in files: written by their titles, read back into cards that stand in them."""

from tests.core.attachments.conftest import s3_stand_in, store  # noqa: F401  (fixtures)
from tests.core.imports.desk import Desk as Bringing
from tests.core.imports.desk import table
from tests.core.sheets.test_export import take  # noqa: F401  (a fixture)


def test_files_tell_statuses_and_make_cards_in_them(desk, take, store, company, person):  # noqa: F811
    desk.begin()
    waits = desk.add("Ждём материал")
    desk.move(desk.assignee, desk.task("start"), waits)
    _, rows = take(desk.admin, columns=("title", "status", "own_status"))
    assert rows == [["Название", "Состояние", "Статус компании"], ["Собрать узел", "В работе", "Ждём материал"]]

    bringing = Bringing(desk.admin.client, desk.deliver)
    head = ("Название", "Состояние", "Статус компании")
    bringing.bring(table(head, ("Рама", "", "Ждём материал"), ("Вал", "Новая", ""), ("Ось", "Новая", "Ждём материал")))
    assert bringing.check()["bad_count"] == 1
    (problem,) = bringing.problems()
    assert (problem["row"], problem["errors"]) == (
        4, {"own_status": "Этот статус относится к состоянию «В работе». Исправьте одно из двух"},
    )  # fmt: skip
    bringing.fix(4, "status", "В работе")
    assert bringing.check()["bad_count"] == 0
    assert bringing.run()["made_count"] == 3
    made = {row["title"]: row for row in desk.admin.client.get("tasks/").json()["results"]}
    assert {title: (made[title]["status"], made[title]["status_title"]) for title in ("Рама", "Вал", "Ось")} == {
        "Рама": ("in_work", "Ждём материал"), "Вал": ("new", "Новая"), "Ось": ("in_work", "Ждём материал"),
    }  # fmt: skip
    assert made["Вал"]["own_status"]["title"] == "Новая"
    assert desk.alter(waits, is_archived=True).status_code == 200
    bringing.bring(table(head, ("Винт", "", "Ждём материал")))
    assert bringing.check()["bad_count"] == 1
