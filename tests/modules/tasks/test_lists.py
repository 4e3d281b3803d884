"""Lists, counts, search and «Мой день»."""

from datetime import UTC, datetime, timedelta

import pytest

from core.entities import queries
from modules.tasks.models import Task


def moment(**shift) -> str:
    return (datetime.now(UTC) + timedelta(**shift)).isoformat()


def titles(who, **params):
    answer = who.client.get("tasks/", **params)
    assert answer.status_code == 200, answer.json()
    return [row["title"] for row in answer.json()["results"]]


@pytest.fixture
def scene(give, cast, press):
    """Five tasks: late, soon, undated, closed, watched."""
    give("Поздняя", due_at=moment(days=-1))
    give("Скорая", due_at=moment(days=2))
    give("Без срока")
    press(cast.assignee, give("Закрытая", by=cast.assignee, to=cast.assignee, due_at=moment(days=-3)), "close")
    give("Для обзора", to=cast.colleague, watchers=[cast.assignee.id])
    return cast


def test_tabs(scene):
    assert sorted(titles(scene.assignee, tab="mine")) == ["Без срока", "Закрытая", "Поздняя", "Скорая"]
    assert titles(scene.assignee, tab="given") == []
    assert titles(scene.assignee, tab="watching") == ["Для обзора"]
    assert titles(scene.assignee, tab="overdue") == ["Поздняя"]
    assert len(titles(scene.assignee, tab="all")) == 5
    assert len(titles(scene.initiator, tab="given")) == 4
    assert titles(scene.stranger, tab="all") == []
    assert scene.assignee.client.get("tasks/", tab="чужие").status_code == 422


def test_counts_are_of_open_tasks_in_one_statement(scene, statements):
    scene.assignee.client.get("tasks/counts/")
    with statements() as seen:
        counts = scene.assignee.client.get("tasks/counts/").json()
    assert counts == {"mine": 3, "given": 0, "watching": 1, "overdue": 1, "drafts": 0, "all": 4}
    assert len([one for one in seen if "counted" in one["sql"]]) == 1


@pytest.mark.row("T-04")
def test_overdue_is_computed_when_read(scene):
    rows = {row["title"]: row["is_overdue"] for row in scene.assignee.client.get("tasks/").json()["results"]}
    assert [title for title, late in rows.items() if late] == ["Поздняя"]


def test_filters(scene):
    who = scene.assignee
    assert titles(who, tab="mine", state="done") == ["Закрытая"]
    assert sorted(titles(who, status="new,closed", assignee=who.id)) == ["Без срока", "Закрытая", "Поздняя", "Скорая"]
    assert titles(who, assignee=f"{scene.colleague.id}") == ["Для обзора"]
    assert len(titles(who, assignee=f"{scene.colleague.id},{who.id}")) == 5
    assert titles(who, initiator=who.id) == ["Закрытая"]
    assert titles(who, due_at__isnull="true", tab="mine") == ["Без срока"]
    assert titles(who, due_at__gte=moment(days=1)) == ["Скорая"]
    for wrong in ({"status": "xx"}, {"assignee": "я"}, {"due_at__gte": "завтра"}, {"рост": "1"}, {"ordering": "title"}):
        assert who.client.get("tasks/", **wrong).status_code == 422


@pytest.mark.parametrize("ordering", ["due_at", "-due_at", "created_at", "-created_at", "changed_at", "-changed_at"])
def test_pages_give_each_row_once_with_undated_last(scene, ordering):
    whole = titles(scene.assignee, ordering=ordering)
    assert len(whole) == 5
    if "due_at" in ordering:
        assert set(whole[-2:]) == {"Без срока", "Для обзора"}
    paged, cursor = [], {}
    while True:
        page = scene.assignee.client.get("tasks/", ordering=ordering, limit=2, **cursor).json()
        paged += [row["title"] for row in page["results"]]
        if page["next"] is None:
            break
        cursor = {"cursor": page["next"]}
    assert paged == whole


def test_search_finds_words_and_numbers(give, cast):
    give("Подготовить договор с «Ромашкой»")
    give("Договориться о скидке 100% (до 5.5)")
    for _ in range(9):
        give("Прочее")
    who = cast.initiator
    assert titles(who, search="ДОГОВОР ромаш") == ["Подготовить договор с «Ромашкой»"]
    assert len(titles(who, search="договор")) == 2
    assert titles(who, search="100% (до 5.5)") == ["Договориться о скидке 100% (до 5.5)"]
    assert titles(who, search="5.5)*[") == []
    numbers = [row["number"] for row in who.client.get("tasks/", search="з-1").json()["results"]]
    assert sorted(numbers) == ["З-1", "З-10", "З-11"]
    assert len(titles(who, search="1")) == 4
    assert titles(cast.stranger, search="договор") == []


@pytest.mark.parametrize("few", [0, 7_000], ids=["title by title", "matches first"])
def test_short_words_are_looked_for_where_words_begin(give, cast, monkeypatch, few):
    monkeypatch.setattr(queries, "FEW_MATCHES", few)
    for title in ("Коробки", "закон", "Купить «коробки»", "Цех № 2", "Цех №2 и (ко)", "100%", "Ко_д", "а\\б"):
        give(title)
    who = cast.initiator
    assert sorted(titles(who, search="ко")) == ["Ко_д", "Коробки", "Купить «коробки»", "Цех №2 и (ко)"]
    assert titles(who, search="к") == titles(who, search="К") and len(titles(who, search="к")) == 4
    assert sorted(titles(who, search="кон")) == ["закон"]
    assert sorted(titles(who, search="№ 2 цех")) == ["Цех № 2", "Цех №2 и (ко)"]
    assert sorted(titles(who, search="цех 2")) == ["Цех № 2", "Цех №2 и (ко)"]
    assert titles(who, search="(ко") == ["Цех №2 и (ко)"]
    assert titles(who, search="ко_") == ["Ко_д"]
    assert titles(who, search="а\\") == ["а\\б"]
    assert titles(who, search="00%") == [] and titles(who, search="№ —") == [] and titles(who, search="ъ") == []


def test_a_short_number_is_not_the_beginning_of_all_numbers(give, cast, company, inside):
    task = give("Прочее")
    with inside(company):
        Task.objects.filter(pk=task["id"]).update(number="З-15000")
    who = cast.initiator
    assert titles(who, search="15") == [] and titles(who, search="з-1") == []
    assert titles(who, search="150") == titles(who, search="З-15000") == ["Прочее"]


def test_my_day(give, cast, press):
    late = give("Поздняя", due_at=moment(days=-2))
    give("Новая без срока")
    give("Нескоро", due_at=moment(days=40))
    taken = give("Принята без срока")
    press(cast.assignee, taken, "accept")
    press(cast.assignee, late, "start")
    press(cast.assignee, late, "submit")
    sections = {one["code"]: one for one in cast.assignee.client.get("home/").json()["sections"]}
    assert list(sections) == ["overdue", "today", "to_review", "new_for_me"]
    assert [row["title"] for row in sections["overdue"]["items"]] == ["Поздняя"]
    assert [row["title"] for row in sections["new_for_me"]["items"]] == ["Нескоро", "Новая без срока"]
    assert (sections["to_review"]["items"], sections["to_review"]["empty"]) == ([], "Проверять нечего")
    theirs = {one["code"]: one for one in cast.initiator.client.get("home/").json()["sections"]}
    assert [row["title"] for row in theirs["to_review"]["items"]] == ["Поздняя"]


@pytest.mark.row("SE-05")
def test_my_day_loses_no_task_to_a_hidden_due_moment(give, cast, press, owner):
    """What is new stays new, and what would only stand there because it is due does not."""
    for title, due in (("Поздняя", {"minutes": -90}), ("Сегодня", {"hours": 2}), ("Нескоро", {"days": 40})):
        give(title, due_at=moment(**due))
    press(cast.assignee, give("В работе", due_at=moment(minutes=-5)), "start")
    own = give("Сам себе", by=cast.assignee, due_at=moment(minutes=-5))
    checked = give("Сдана мне", by=cast.assignee, to=cast.colleague, due_at=moment(minutes=-5))
    press(cast.colleague, checked, "start")
    press(cast.colleague, checked, "submit")

    def stands():
        sections = cast.assignee.client.get("home/").json()["sections"]
        told = {one["code"]: [row["title"] for row in one["items"]] for one in sections if one["items"]}
        assert all(one["count"] == len(one["items"]) for one in sections if one["code"] in ("to_review", "new_for_me"))
        return told

    before = stands()
    assert before["overdue"] == ["Поздняя", "В работе", "Сам себе"]
    limits = {"limits": [{"kind": "tasks.task", "field": "due_at", "level": "hidden"}]}
    assert owner.client.put("roles/employee/fields/", limits).status_code == 200
    fresh = ["Поздняя", "Сегодня", "Нескоро", own["title"]]
    assert stands() == {"to_review": ["Сдана мне"], "new_for_me": fresh}


def test_my_day_counts_what_it_leaves_out(give, cast):
    for number in range(12):
        give(f"Задача {number}")
    sections = {one["code"]: one for one in cast.assignee.client.get("home/").json()["sections"]}
    assert (len(sections["new_for_me"]["items"]), sections["new_for_me"]["count"]) == (10, 12)


def test_the_rail_shows_how_much_is_to_do(scene):
    menu = {line["code"]: line["count"] for line in scene.assignee.client.get("me/").json()["menu"]}
    assert menu["tasks"] == 3
