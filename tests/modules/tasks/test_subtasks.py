"""A task that is divided: its parts, their progress, and the end of it with parts still open."""

import pytest

pytestmark = pytest.mark.row("T-15")


def divide(who, card, *titles, **more):
    body = {"subtasks": [{"title": title, **more} for title in titles]}
    answer = who.client.post(f"tasks/{card['id']}/subtasks/", body)
    assert answer.status_code == 201, answer.json()
    return answer.json()["results"]


def progress(who, card):
    row = next(row for row in who.client.get("tasks/").json()["results"] if row["id"] == card["id"])
    return row["subtasks_done"], row["subtasks_count"]


@pytest.fixture
def divided(give, cast, press):
    """A task handed in, with two open parts: one the assignee's, one of a colleague."""
    card = give("Открыть цех")
    own = divide(cast.assignee, card, "Купить станок")[0]
    other = divide(cast.assignee, card, "Обучить людей", assignee=cast.colleague.id)[1]
    for deed in ("start", "submit"):
        assert press(cast.assignee, card, deed).status_code == 200
    return card, own, other


def test_each_part_has_its_own_person_and_date(give, cast):
    card = give()
    divide(cast.assignee, card, "Один", "Два", assignee=cast.colleague.id, due_at="2030-01-01T10:00:00Z")
    rows = cast.assignee.client.get(f"tasks/{card['id']}/subtasks/").json()
    assert [(row["title"], row["assignee"]["id"], row["due_at"]) for row in rows["results"]] == [
        ("Один", cast.colleague.id, "2030-01-01T10:00:00Z"),
        ("Два", cast.colleague.id, "2030-01-01T10:00:00Z"),
    ]
    part = cast.colleague.client.get(f"tasks/{rows['results'][0]['id']}/").json()
    assert part["is_subtask"] and part["parent"] is None, "who sees a part need not see the whole"
    assert cast.assignee.client.get(f"tasks/{part['id']}/").json()["parent"]["title"] == card["title"]


def test_progress_stands_in_the_row_and_what_is_hidden_is_only_counted(divided, cast, press):
    card, own, other = divided
    assert progress(cast.initiator, card) == (0, 2)
    press(cast.assignee, own, "close")
    assert progress(cast.initiator, card) == (1, 2)
    seen = cast.initiator.client.get(f"tasks/{card['id']}/subtasks/").json()
    assert (seen["results"], seen["hidden"]) == ([], 2)
    assert cast.stranger.client.get(f"tasks/{card['id']}/subtasks/").status_code == 404
    press(cast.assignee, other, "cancel")
    assert progress(cast.initiator, card) == (1, 1), "what was cancelled is no part any more"


def test_a_task_with_open_parts_is_not_closed_silently(divided, cast, press, deliver):
    card, own, other = divided
    refused = press(cast.initiator, card, "close")
    assert refused.status_code == 409
    assert refused.json()["type"] == "/problems/open-subtasks"
    assert (refused.json()["count"], refused.json()["way"]) == (2, "Закрыть вместе с подзадачами")
    closed = cast.initiator.client.post(f"tasks/{card['id']}/do/close/", {"anyway": True})
    assert closed.status_code == 200 and closed.json()["status"] == "closed"
    for part in (own, other):
        assert cast.assignee.client.get(f"tasks/{part['id']}/").json()["status"] == "closed"
    lines = cast.assignee.client.get(f"tasks/{own['id']}/history/").json()["results"]
    assert lines[0]["kind"] == "tasks.closed"


@pytest.mark.parametrize(("rule", "anyway", "status"), [("refuse", True, 409), ("together", False, 200)])
def test_the_company_decides_what_becomes_of_open_parts(divided, cast, owner, rule, anyway, status):
    card, own, _ = divided
    assert owner.client.patch("options/", {"values": {"tasks.closing": rule}}).status_code == 200
    answer = cast.initiator.client.post(f"tasks/{card['id']}/do/close/", {"anyway": anyway})
    assert answer.status_code == status
    if status == 409:
        assert answer.json()["way"] == ""
    assert cast.assignee.client.get(f"tasks/{own['id']}/").json()["state"] == ("open" if status == 409 else "done")


@pytest.mark.parametrize("seen", [True, False])
@pytest.mark.parametrize("by_bulk", [False, True])
def test_no_part_ends_with_its_fields_empty(divided, cast, owner, press, seen, by_bulk):
    card, own, other = divided
    field = {"kind": "tasks.task", "code": "act_no", "title": "Номер акта", "type": "text", "settings": {}}
    deed, status = ("cancel", "cancelled") if by_bulk else ("close", "closed")
    assert owner.client.post("custom-fields/", field | {"required_at": [status]}).status_code == 201
    fill = {"fields": {"act_no": "1"}}
    assert cast.initiator.client.patch(f"tasks/{card['id']}/fields/", fill).status_code == 200
    assert press(cast.assignee, own, deed).status_code == 422
    who = owner if seen else cast.initiator

    def end():
        if not by_bulk:
            answer = who.client.post(f"tasks/{card['id']}/do/close/", {"anyway": True})
            return answer.status_code == 200, answer.json().get("detail", "")
        assert owner.client.patch("options/", {"values": {"tasks.closing": "together"}}).status_code == 200
        (line,) = who.client.post("tasks/bulk/", {"action": deed, "ids": [card["id"]]}).json()["results"]
        return line["outcome"] == "done", line["reason"]

    is_ended, why = end()
    assert (is_ended, own["number"] in why, "пусты поля" in why) == (False, seen, True), why
    for one, status in ((card, "in_review"), (own, "new"), (other, "new")):
        assert cast.assignee.client.get(f"tasks/{one['id']}/").json()["status"] == status
    for part in (own, other):
        assert cast.assignee.client.patch(f"tasks/{part['id']}/fields/", fill).status_code == 200
    assert end()[0] is True


def test_parts_are_no_deeper_than_five_and_never_go_in_a_ring(give, cast):
    top = card = give(to=cast.initiator)
    for level in range(5):
        card = divide(cast.initiator, card, f"Уровень {level}")[0]
    too_deep = cast.initiator.client.post(f"tasks/{card['id']}/subtasks/", {"subtasks": [{"title": "Шестой"}]})
    assert (too_deep.status_code, too_deep.json()["type"]) == (409, "/problems/too-deep")
    ring = cast.initiator.client.put(f"tasks/{top['id']}/parent/", {"parent": card["id"]})
    assert (ring.status_code, ring.json()["type"]) == (409, "/problems/under-itself")
    itself = cast.initiator.client.put(f"tasks/{top['id']}/parent/", {"parent": top["id"]})
    assert itself.status_code == 409
    free = cast.initiator.client.put(f"tasks/{card['id']}/parent/", {"parent": None})
    assert free.json()["parent"] is None
    over = give("Над всеми", to=cast.initiator)
    moved = cast.initiator.client.put(f"tasks/{top['id']}/parent/", {"parent": over["id"]})
    assert moved.status_code == 200, "four levels below the third still fit"


def test_a_point_becomes_a_part(give, cast):
    card = give()
    path = f"tasks/{card['id']}/checklist/"
    points = cast.assignee.client.post(path, {"points": [{"text": "Осмотр", "assignee": cast.colleague.id}]})
    body = {"point": points.json()["results"][0]["id"]}
    made = cast.assignee.client.post(f"tasks/{card['id']}/subtasks/from-point/", body).json()["results"]
    assert [(row["title"], row["assignee"]["id"]) for row in made] == [("Осмотр", cast.colleague.id)]
    assert cast.assignee.client.get(path).json()["results"] == []
    again = cast.assignee.client.post(f"tasks/{card['id']}/subtasks/from-point/", body)
    assert again.status_code == 422


def test_the_list_of_parts_asks_no_more_for_more_of_them(give, cast, statements):
    one, many = give("Одна"), give("Много")
    divide(cast.assignee, one, "Часть")
    divide(cast.assignee, many, *(f"Часть {number}" for number in range(20)))
    asked = []
    for card in (one, many, one, many):
        with statements() as seen:
            assert cast.assignee.client.get(f"tasks/{card['id']}/subtasks/").status_code == 200
        asked.append(len(seen))
    assert asked[2] == asked[3] <= 12
