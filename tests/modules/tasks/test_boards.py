"""Boards of tasks: columns, counts, moves, calendar and diagram; nothing that the list would not show."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from core.entities.models import Entity

MOSCOW = ZoneInfo("Europe/Moscow")


def moment(**shift) -> str:
    return (datetime.now(UTC) + timedelta(**shift)).isoformat()


def noon(shift: int) -> str:
    """Noon so many days from today, as the company counts days."""
    day = datetime.now(MOSCOW).date() + timedelta(days=shift)
    return datetime.combine(day, time(12), tzinfo=MOSCOW).isoformat()


def board(who, by: str = "status", **params):
    answer = who.client.get("tasks/board/", by=by, **params)
    assert answer.status_code == 200, answer.json()
    return {column["value"]: column for column in answer.json()["columns"]}


def counts(who, by: str = "status", **params):
    return {value: column["count"] for value, column in board(who, by, **params).items() if column["count"]}


def titles(column) -> list[str]:
    return [card["title"] for card in column["results"]]


def moves(column) -> dict[str, list[tuple[str, str]]]:
    return {card["title"]: [(move["to"], move["do"]) for move in card["moves"]] for card in column["results"]}


@pytest.fixture
def scene(give, cast, press):
    """Tasks of the assignee in five states, one of his own among them."""
    press(cast.assignee, give("Принятая", due_at=moment(days=3)), "accept")
    handed = give("Сданная", priority="urgent", due_at=moment(days=-1))
    for deed in ("start", "submit"):
        press(cast.assignee, handed, deed)
    give("Новая")
    give("Своя", by=cast.assignee, to=cast.assignee, due_at=moment(days=40))
    press(cast.initiator, give("Отменённая"), "cancel")
    give("Чужая", to=cast.colleague)
    give("Черновик", is_draft=True)
    return cast


def test_columns_stand_in_the_order_of_work_and_count_what_the_list_shows(scene):
    found = board(scene.assignee)
    assert list(found) == ["new", "accepted", "in_work", "returned", "in_review", "closed", "cancelled"]
    assert counts(scene.assignee) == {"new": 2, "accepted": 1, "in_review": 1, "cancelled": 1}
    assert counts(scene.assignee, state="open") == {"new": 2, "accepted": 1, "in_review": 1}
    assert counts(scene.assignee, state="open", status="accepted,closed") == {"accepted": 1}
    assert counts(scene.initiator, tab="given", search="нов") == {"new": 1}
    assert counts(scene.initiator, tab="drafts") == {"draft": 1}
    assert counts(scene.stranger) == {}
    assert sorted(titles(found["new"])) == ["Новая", "Своя"]


def test_a_card_says_by_which_deed_it_goes_where(scene):
    mine, given = board(scene.assignee), board(scene.initiator)
    assert moves(mine["new"]) == {
        "Новая": [("accepted", "accept"), ("in_work", "start")],
        "Своя": [("in_work", "start"), ("closed", "close"), ("cancelled", "cancel")],
    }
    assert moves(mine["in_review"]) == {"Сданная": []}
    handed = given["in_review"]["results"][0]
    assert [(move["to"], move["do"], move["needs_text"]) for move in handed["moves"]] == [
        ("closed", "close", False), ("returned", "return", True), ("cancelled", "cancel", False),
    ]  # fmt: skip
    assert moves(given["cancelled"]) == {"Отменённая": [("new", "reopen")]}
    assert all(column["sets"] is None for column in given.values())


def test_a_head_moves_what_his_department_does_but_not_his_own(give, cast, person, owner, company, inside):
    place = owner.client.post("departments/", {"title": "Цех"}).json()["id"]
    head = person(company, role="head")
    for who in (head, cast.assignee):
        assert owner.client.patch(f"employees/{who.id}/", {"department": place}).status_code == 200
    give("Подчинённого")
    give("Главы", to=head)
    found = board(head, "priority")["normal"]
    assert moves(found) == {"Подчинённого": [("", "")], "Главы": []}


def test_people_stand_by_name_with_their_ids(scene, owner, company, person):
    found = board(owner, "assignee")
    assert [column["person"]["id"] for column in found.values()] == [scene.assignee.id, scene.colleague.id]
    assert {column["title"]: column["count"] for column in found.values()} == {"Петров П.": 5, "Соколова М.": 1}
    assert found[str(scene.colleague.id)]["sets"] == {"assignee": scene.colleague.id}
    assert set(board(scene.colleague, "assignee")) == {str(scene.colleague.id)}
    assert moves(found[str(scene.colleague.id)]) == {"Чужая": [("", "")]}


def test_columns_of_people_are_paged(give, cast, person, company):
    for number in range(14):
        give("Дело", to=person(company, name=f"Фамилия{number:02} Имя"))
    seen, cursor = [], {}
    while True:
        page = cast.initiator.client.get("tasks/board/", by="assignee", **cursor).json()
        seen += [column["title"] for column in page["columns"]]
        if page["next"] is None:
            break
        cursor = {"columns_cursor": page["next"]}
    assert seen == [f"Фамилия{number:02} И." for number in range(14)]


def test_due_columns_follow_the_company_day(give, cast, press):
    give("Поздняя", due_at=moment(days=-2))
    give("Завтрашняя", due_at=noon(1))
    give("Нескоро", due_at=noon(40))
    give("Бессрочная")
    press(cast.initiator, give("Отменённая", due_at=moment(days=-2)), "cancel")
    found = board(cast.initiator, "due")
    assert {value: titles(column) for value, column in found.items() if column["count"]} == {
        "overdue": ["Поздняя"], "past": ["Отменённая"], "tomorrow": ["Завтрашняя"], "later": ["Нескоро"],
        "none": ["Бессрочная"],
    }  # fmt: skip
    assert "past" not in board(cast.initiator, "due", state="open")
    assert found["overdue"]["sets"] is None and found["none"]["sets"] == {"due_at": None}
    tomorrow = datetime.fromisoformat(found["tomorrow"]["sets"]["due_at"])
    assert tomorrow == datetime.combine(datetime.now(MOSCOW).date() + timedelta(days=1), time(18), tzinfo=MOSCOW)


def test_what_a_column_sets_moves_a_card_through_the_door_of_cards(give, cast):
    task = give("Дело", due_at=noon(1))
    later = board(cast.initiator, "due")["later"]["sets"]
    assert cast.initiator.client.patch(f"tasks/{task['id']}/", later).status_code == 422, "a reason is asked for"
    assert cast.initiator.client.patch(f"tasks/{task['id']}/", later | {"due_reason": "Ждём"}).status_code == 200
    assert titles(board(cast.initiator, "due")["later"]) == ["Дело"]
    urgent = board(cast.initiator, "priority")["urgent"]["sets"]
    assert cast.assignee.client.patch(f"tasks/{task['id']}/", urgent).status_code == 403
    assert cast.initiator.client.patch(f"tasks/{task['id']}/", urgent).status_code == 200
    assert titles(board(cast.assignee, "priority")["urgent"]) == ["Дело"]


def test_further_cards_of_a_column_come_by_cursor_and_each_once(give, cast):
    for number in range(7):
        give(f"Дело {number}", due_at=noon(number))
    give("Без срока")
    first = board(cast.assignee, limit=3, ordering="due_at")["new"]
    seen, cursor = titles(first), first["next"]
    while cursor:
        further = board(cast.assignee, column="new", limit=3, ordering="due_at", cursor=cursor)
        assert set(further) == {"new"} and further["new"]["count"] == 8
        seen += titles(further["new"])
        cursor = further["new"]["next"]
    assert seen == [*(f"Дело {number}" for number in range(7)), "Без срока"]


def test_wrong_questions_are_answered_by_name(scene):
    who = scene.assignee.client
    for wrong in (
        {}, {"by": "рост"}, {"by": "status", "column": "xx"}, {"by": "assignee", "column": "я"},
        {"by": "due", "q": "1"}, {"by": "status", "cursor": "x"}, {"by": "status", "tab": "x"},
        {"by": "assignee", "columns_cursor": "x"},
    ):  # fmt: skip
        assert who.get("tasks/board/", **wrong).status_code == 422, wrong


@pytest.mark.parametrize("by", ["status", "assignee", "due", "priority"])
def test_a_board_asks_no_more_for_more_cards(scene, give, owner, statements, by):
    def asked() -> int:
        with statements() as seen:
            held = [column for column in board(owner, by).values() if column["count"]]
        return len(seen) - 2 * len(held)

    asked()
    before = asked()
    for _ in range(6):
        give("Ещё")
    assert asked() <= before <= 10


# Open tasks of one status or one person are few in a test, so that any index in the order of due moments is as good.
@pytest.mark.parametrize(("by", "index"), [("status", ""), ("assignee", ""), ("due", "by_due"), ("priority", "by_due")])
def test_an_index_holds_each_column_in_its_order(scene, company, inside, owner, statements, by, index):
    """However many cards there are, the first ones need not be sorted."""
    with statements() as seen:
        board(owner, by, state="open", ordering="due_at")
    dated = [one["sql"] for one in seen if '"due_at" IS NOT NULL' in one["sql"] and "LIMIT 21" in one["sql"]]
    assert dated
    with inside(company), connection.cursor() as cursor:
        for sql in dated:
            for other in ("seqscan", "bitmapscan", "sort"):
                cursor.execute(f"SET LOCAL enable_{other} = off")
            cursor.execute(f"EXPLAIN {sql}")
            plan = "\n".join(line for (line,) in cursor.fetchall())
            assert f"entity_{index}" in plan and "Sort" not in plan, plan


# Calendar


def days_of(who, first: date, last: date, **params):
    answer = who.client.get("tasks/calendar/", **{"from": first.isoformat(), "to": last.isoformat()}, **params)
    assert answer.status_code == 200, answer.json()
    return answer.json()["days"]


def test_a_calendar_puts_tasks_on_the_days_of_the_company(give, cast):
    give("Утром", due_at="2027-03-10T06:00:00Z")
    give("Ночью", due_at="2027-03-10T21:30:00Z")
    give("В другой день", due_at="2027-04-10T06:00:00Z")
    give("Без срока")
    days = days_of(cast.assignee, date(2027, 3, 1), date(2027, 3, 31))
    assert len(days) == 31
    filled = {day["day"]: (day["count"], titles(day)) for day in days if day["count"]}
    assert filled == {"2027-03-10": (1, ["Утром"]), "2027-03-11": (1, ["Ночью"])}, "half past midnight in Moscow"
    assert [day["count"] for day in days_of(cast.stranger, date(2027, 3, 10), date(2027, 3, 11))] == [0, 0]
    assert sum(day["count"] for day in days_of(cast.assignee, date(2027, 3, 1), date(2027, 3, 31), status="new")) == 2
    assert sum(day["count"] for day in days_of(cast.assignee, date(2027, 3, 1), date(2027, 3, 31), state="done")) == 0


def test_a_full_day_tells_its_first_and_how_many_there_are(give, cast):
    for number in range(14):
        give(f"Дело {number:02}", due_at=f"2027-03-10T{6 + number // 2:02}:{number % 2 * 30:02}:00Z")
    (day,) = days_of(cast.initiator, date(2027, 3, 10), date(2027, 3, 10))
    assert (day["count"], titles(day)) == (14, [f"Дело {number:02}" for number in range(12)])
    assert set(map(tuple, moves(day).values())) == {(("", ""),)}
    assert set(map(tuple, moves(days_of(cast.assignee, date(2027, 3, 10), date(2027, 3, 10))[0]).values())) == {()}


def test_windows_are_bounded(cast):
    for first, last in (("2027-03-10", "2027-03-09"), ("2027-01-01", "2027-12-31"), ("завтра", "2027-01-01"), ("", "")):
        assert cast.assignee.client.get("tasks/calendar/", **{"from": first, "to": last}).status_code == 422
    assert cast.assignee.client.get("tasks/timeline/", **{"from": "2027-01-01", "to": "2029-01-01"}).status_code == 422


def test_a_calendar_asks_as_much_for_many_days(give, cast, statements):
    def asked(last: date) -> int:
        with statements() as seen:
            days_of(cast.assignee, date(2027, 3, 1), last)
        return len(seen)

    give("Дело", due_at="2027-03-01T09:00:00Z")
    asked(date(2027, 3, 1))
    before = asked(date(2027, 3, 1))
    for day in range(1, 29):
        give("Дело", due_at=f"2027-03-{day:02}T09:00:00Z")
    assert asked(date(2027, 4, 30)) == before <= 12


# Diagram


def test_bars_meet_the_window_and_point_at_what_they_wait_for(give, cast):
    first = give("Фундамент", due_at=moment(days=5))
    second = give("Стены", due_at=moment(days=12))
    give("Давно позади", due_at=moment(days=-50))
    give("Без срока")
    tie = {"ref": first["ref"], "relation": "depends_on"}
    assert cast.initiator.client.post(f"tasks/{second['id']}/links/", tie).status_code == 201
    today = datetime.now(MOSCOW).date()
    window = {"from": today.isoformat(), "to": (today + timedelta(days=30)).isoformat()}
    found = cast.initiator.client.get("tasks/timeline/", **window).json()
    assert [bar["title"] for bar in found["results"]] == ["Фундамент", "Стены"]
    assert found["arrows"] == [[second["id"], first["id"]]]
    assert found["results"][0]["begins_at"] == first["created_at"]
    page = cast.initiator.client.get("tasks/timeline/", **window, limit=1).json()
    rest = cast.initiator.client.get("tasks/timeline/", **window, limit=1, cursor=page["next"]).json()
    assert ([bar["title"] for bar in rest["results"]], rest["next"], rest["arrows"]) == (["Стены"], None, [])
    past = {"from": "2020-01-01", "to": "2020-02-01"}
    assert cast.initiator.client.get("tasks/timeline/", **past).json()["results"] == []


def test_a_bar_begins_where_its_card_says(give, cast, company, inside):
    task = give("Дело", due_at="2027-03-10T09:00:00Z")
    with inside(company):
        Entity.objects.filter(pk=task["id"]).update(starts_at=datetime(2027, 3, 1, tzinfo=UTC))
    window = {"from": "2027-03-05", "to": "2027-03-06"}
    (bar,) = cast.initiator.client.get("tasks/timeline/", **window).json()["results"]
    assert bar["begins_at"] == "2027-03-01T00:00:00Z"
    before = {"from": "2027-02-01", "to": "2027-02-28"}
    assert cast.initiator.client.get("tasks/timeline/", **before).json()["results"] == []
