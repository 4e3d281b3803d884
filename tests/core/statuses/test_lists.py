"""Lists by the company's statuses: filters, groups, boards, saved views, files."""

from .conftest import TASKS, titles


def scene(desk):
    """Two statuses of work with a task in each, one task in another base."""
    plain = desk.begin()
    waits, builds = desk.add("Ждём материал"), desk.add("Собираем")
    for title, to in (("Рама", waits), ("Корпус", builds)):
        desk.move(desk.assignee, desk.task("start", title=title), to)
    desk.task(title="Чертёж")
    return plain, waits, builds


def listed(who, **params):
    answer = who.client.get("tasks/", **params)
    assert answer.status_code == 200, answer.json()
    return sorted(titles(answer.json()["results"]))


def board(who, **params):
    answer = who.client.get("tasks/board/", **params)
    assert answer.status_code == 200, answer.json()
    return answer.json()["columns"]


def test_a_list_is_narrowed_and_told_by_own_statuses(desk):
    plain, waits, builds = scene(desk)
    assert listed(desk.initiator, own_status=waits) == ["Рама"]
    assert listed(desk.initiator, own_status=f"{waits},{plain['Новая']}") == ["Рама", "Чертёж"]
    assert listed(desk.initiator, own_status__isnull="true") == []
    assert listed(desk.initiator, status="in_work") == ["Корпус", "Рама"]
    assert desk.initiator.client.get("tasks/", own_status="нет").status_code == 422
    rows = desk.initiator.client.get("tasks/").json()["results"]
    assert {row["title"]: row["status_title"] for row in rows} == {
        "Рама": "Ждём материал", "Корпус": "Собираем", "Чертёж": "Новая",
    }  # fmt: skip
    view = {"kind": TASKS, "title": "Ждут", "params": {"own_status": str(waits)}, "columns": []}
    assert desk.initiator.client.post("views/", view).status_code == 201
    assert builds


def test_groups_follow_the_statuses(desk):
    _, waits, _ = scene(desk)
    desk.admin.client.post("card-types/", {"kind": TASKS, "title": "Заявка", "code": "request"})
    desk.task(title="Без своих", card_type="request")
    summary = desk.initiator.client.get("tasks/summary/", group="own_status").json()
    assert [(group["title"], group["count"]) for group in summary["groups"]] == [
        ("Новая · Заявка", 1), ("Новая", 1), ("Ждём материал", 1), ("Собираем", 1),
    ]  # fmt: skip
    assert listed(desk.initiator, group="own_status", in_group=str(waits)) == ["Рама"]
    assert listed(desk.initiator, group="own_status", in_group="new") == ["Без своих"]
    # On the board its cards stand in the bases, which are there to be moved to.
    columns = [column["title"] for column in board(desk.assignee, by="own_status")]
    assert columns[:6] == ["Новая · Заявка", "Новая", "Принята · Заявка", "Принята", "В работе · Заявка", "В работе"]
    assert "Новая · Заявка" not in [one["title"] for one in board(desk.assignee, by="own_status", card_type="own")]
    assert desk.initiator.client.get("tasks/", group="own_status", in_group="нет").status_code == 422


def test_the_board_has_a_column_for_each_status(desk):
    plain, waits, builds = scene(desk)
    desk.draw((plain["Новая"], waits), (waits, builds), (builds, waits))
    columns = board(desk.assignee, by="own_status")
    assert [column["title"] for column in columns][:5] == [
        "Новая", "Принята", "В работе", "Ждём материал", "Собираем",
    ]  # fmt: skip
    by_title = {column["title"]: column for column in columns}
    (frame,) = by_title["Ждём материал"]["results"]
    (move,) = frame["moves"]
    assert (move["to"], move["path"], move["sends"]) == (str(builds), "status/", {"to": builds})
    (drawing,) = by_title["Новая"]["results"]
    assert [(move["to"], move["do"]) for move in drawing["moves"]] == [(str(waits), "start")]
    done = desk.assignee.client.post(f"tasks/{drawing['id']}/{drawing['moves'][0]['path']}", {"to": waits})
    assert done.status_code == 200
    assert [c["count"] for c in board(desk.assignee, by="own_status", column=str(waits))] == [2]
    # A base's own board leads only where the company lets it.
    by_base = {column["value"]: column for column in board(desk.assignee, by="status")}
    assert {move["to"] for card in by_base["in_work"]["results"] for move in card["moves"]} == set()
    assert board(desk.assignee, by="own_status", card_type="own")


def test_a_board_without_own_statuses_has_the_bases(desk):
    desk.task("accept")
    found = board(desk.assignee, by="own_status")
    moves = [[(move["to"], move["do"]) for move in card["moves"]] for column in found for card in column["results"]]
    assert moves == [[("in_work", "start"), ("in_review", "submit")]]
    columns = {column["title"]: column["count"] for column in found}
    assert columns["Принята"] == 1
    assert list(columns)[:2] == ["Новая", "Принята"]
