"""Giving a task and changing it, through the API."""

import pytest

from core.entities.models import Participant
from core.events.models import Fact
from modules.tasks.models import Task

DUE = "2031-05-20T15:00:00Z"


@pytest.mark.row("T-01", "T-03", "T-04")
def test_three_fields_are_enough(give, cast):
    card = give("Подготовить договор", due_at=DUE)
    assert (card["number"], card["status"], card["status_title"], card["state"]) == ("З-1", "new", "Новая", "open")
    assert (card["assignee"]["id"], card["initiator"]["id"]) == (cast.assignee.id, cast.initiator.id)
    assert (card["due_at"], card["is_overdue"], card["version"]) == (DUE, False, 1)
    mine = cast.assignee.client.get("tasks/", tab="mine").json()["results"]
    given = cast.initiator.client.get("tasks/", tab="given").json()["results"]
    assert [row["number"] for row in mine] == [row["number"] for row in given] == ["З-1"]


def test_numbers_go_without_gaps_past_refusals(give, cast):
    first = give()
    refused = cast.initiator.client.post("tasks/", {"title": "", "assignee": cast.assignee.id})
    assert refused.status_code == 422
    assert (first["number"], give()["number"]) == ("З-1", "З-2")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "   "),
        ("title", "\u200b\u202e"),
        ("title", "\u200b\u2060\u202e"),
        ("title", "д" * 501),
        ("assignee", None),
        ("assignee", 0),
        ("assignee", 10**30),
        ("assignee", 987654),
        ("due_at", "2031-05-20"),
        ("due_at", "2031-05-20T15:00:00"),
        ("due_at", "завтра"),
        ("due_at", "0001-01-01T00:00:00Z"),
        ("due_at", "9999-12-31T23:59:59-12:00"),
        ("description", "x" * 50_001),
        ("watchers", [987654]),
        ("watchers", "все"),
        ("watchers", list(range(1, 102))),
    ],
)
def test_a_wrong_field_is_named(cast, field, value):
    body = {"title": "Договор", "assignee": cast.assignee.id} | {field: value}
    answer = cast.initiator.client.post("tasks/", body)
    assert answer.status_code == 422, answer.json()
    assert answer.json()["errors"][0]["pointer"].startswith(f"/{field}")


@pytest.mark.row("T-02")
def test_text_is_kept_as_written(give, cast):
    text = "Строка 1\n- пункт <script>alert(1)</script> @[5]\n\n  отступ "
    card = give("Название\n<b>в две строки</b>", description=text)
    seen = cast.assignee.client.get(f"tasks/{card['id']}/").json()
    assert (seen["title"], seen["description"]) == ("Название <b>в две строки</b>", text)


def test_blocked_people_get_no_tasks(cast, owner):
    assert owner.client.post(f"employees/{cast.assignee.id}/block/").status_code in (200, 204)
    answer = cast.initiator.client.post("tasks/", {"title": "Договор", "assignee": cast.assignee.id})
    assert answer.status_code == 422 and answer.json()["errors"][0]["pointer"] == "/assignee"


def test_a_repeated_request_gives_one_task(cast):
    body, key = {"title": "Договор", "assignee": cast.assignee.id}, {"Idempotency_Key": "один-раз-1".encode().hex()}
    first = cast.initiator.client.post("tasks/", body, **key)
    again = cast.initiator.client.post("tasks/", body, **key)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json() and first["ETag"] == again["ETag"]
    assert len(cast.initiator.client.get("tasks/").json()["results"]) == 1


@pytest.mark.row("T-19")
def test_only_the_initiator_changes_fields(give, cast):
    card = give()
    path = f"tasks/{card['id']}/"
    assert cast.assignee.client.patch(path, {"title": "Иначе"}).json()["type"] == "/problems/not-initiator"
    assert cast.stranger.client.patch(path, {"title": "Иначе"}).status_code == 404
    changed = cast.initiator.client.patch(path, {"title": "Иначе", "due_at": DUE})
    assert (changed.json()["title"], changed.json()["due_at"], changed.json()["version"]) == ("Иначе", DUE, 2)
    assert changed["ETag"] == '"2"'


def test_changes_are_told_field_by_field(give, cast, inside, company):
    card = give(description="Было")
    cast.initiator.client.patch(f"tasks/{card['id']}/", {"description": "Стало", "due_at": DUE, "title": card["title"]})
    with inside(company):
        fact = Fact.objects.filter(kind="tasks.changed").get()
    assert fact.payload["changes"] == [
        {"field": "description", "old": "Было", "new": "Стало", "back": "Было"},
        {"field": "due_at", "old": None, "new": "2031-05-20T15:00:00+00:00", "back": None},
    ]


def test_nothing_differs_nothing_happens(give, cast, inside, company):
    card = give()
    same = cast.initiator.client.patch(f"tasks/{card['id']}/", {"title": card["title"], "assignee": cast.assignee.id})
    assert (same.status_code, same.json()["version"]) == (200, 1)
    with inside(company):
        assert not Fact.objects.filter(kind__in=["tasks.changed", "tasks.assigned"]).exists()


def test_a_stale_change_is_refused_with_what_stands_now(give, cast):
    card = give()
    path = f"tasks/{card['id']}/"
    assert cast.initiator.client.patch(path, {"title": "Раз"}, If_Match='"1"').status_code == 200
    stale = cast.initiator.client.patch(path, {"title": "Два"}, If_Match='"1"')
    assert stale.status_code == 412
    assert (stale.json()["current"]["title"], stale.json()["current"]["version"]) == ("Раз", 2)
    assert cast.initiator.client.get(path).json()["title"] == "Раз"
    assert cast.initiator.client.patch(path, {"title": "Два"}, If_Match="вчера".encode().hex()).status_code == 422


def test_a_new_assignee_has_it_anew_and_the_former_one_watches(give, cast, press, inside, company):
    card = give()
    press(cast.assignee, card, "start")
    moved = cast.initiator.client.patch(f"tasks/{card['id']}/", {"assignee": cast.colleague.id}).json()
    assert (moved["assignee"]["id"], moved["status"]) == (cast.colleague.id, "new")
    assert [who["id"] for who in moved["watchers"]] == [cast.assignee.id]
    with inside(company):
        held = Participant.objects.filter(entity=card["id"], part="responsible").values_list("principal_id", flat=True)
        assert list(held) == [cast.colleague.principal.pk]
        fact = Fact.objects.filter(kind="tasks.assigned").get()
    handed = {"field": "assignee", "old": "Петров П.", "new": "Соколова М.", "back": cast.assignee.principal.pk}
    assert fact.payload["changes"][0] == handed
    assert [row["id"] for row in cast.assignee.client.get("tasks/", tab="watching").json()["results"]] == [card["id"]]


def test_what_was_handed_in_stays_in_review_with_a_new_assignee(give, cast, press):
    card = give()
    press(cast.assignee, card, "start")
    press(cast.assignee, card, "submit")
    moved = cast.initiator.client.patch(f"tasks/{card['id']}/", {"assignee": cast.colleague.id}).json()
    assert (moved["assignee"]["id"], moved["status"]) == (cast.colleague.id, "in_review")
    own = cast.initiator.client.patch(f"tasks/{card['id']}/", {"assignee": cast.initiator.id}).json()
    assert own["status"] == "new", "nobody hands in to himself"


def test_watchers_are_named_by_those_who_answer(give, cast):
    card = give()
    path = f"tasks/{card['id']}/watchers/"
    added = cast.assignee.client.put(path, {"watchers": [cast.colleague.id]})
    assert [who["id"] for who in added.json()["watchers"]] == [cast.colleague.id]
    assert cast.colleague.client.put(path, {"watchers": []}).status_code == 403
    assert cast.colleague.client.get(f"tasks/{card['id']}/").json()["can"] == {
        "edit": False, "delete": False, "comment": True, "attach": True, "divide": False, "time": False,
        "ask_due": False, "ask_approval": False,
    }  # fmt: skip
    cleared = cast.initiator.client.put(path, {"watchers": []})
    assert (cleared.json()["watchers"], cleared.json()["version"]) == ([], 3)
    assert cast.colleague.client.get(f"tasks/{card['id']}/").status_code == 404


@pytest.mark.row("T-19")
def test_co_assignees_work_like_the_assignee(give, cast, press):
    card = give()
    put = cast.initiator.client.put(f"tasks/{card['id']}/co-assignees/", {"co_assignees": [cast.colleague.id]})
    assert [who["id"] for who in put.json()["co_assignees"]] == [cast.colleague.id]
    assert press(cast.colleague, card, "start").json()["status"] == "in_work"
    assert press(cast.stranger, card, "submit").status_code == 404


def test_what_is_over_does_not_change(give, cast, press):
    card = give(to=cast.initiator)
    press(cast.initiator, card, "close")
    refused = cast.initiator.client.patch(f"tasks/{card['id']}/", {"title": "Поздно"})
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/task-is-over")


def test_a_task_of_another_company_is_not_there(give, cast, other_owner):
    card = give()
    assert other_owner.client.get(f"tasks/{card['id']}/").status_code == 404
    foreign = other_owner.client.post("tasks/", {"title": "Чужое", "assignee": cast.assignee.id})
    assert foreign.status_code in (201, 422)
    if foreign.status_code == 201:
        assert foreign.json()["assignee"]["full_name"] != "Петров Пётр"


def test_a_new_card_is_written_whole(give, cast, inside, company):
    card = give(watchers=[cast.colleague.id], co_assignees=[cast.stranger.id])
    with inside(company):
        task = Task.objects.get(pk=card["id"])
        parts = set(Participant.objects.filter(entity=task).values_list("principal_id", "part"))
    assert task.created_at == task.changed_at
    assert parts == {
        (cast.initiator.principal.pk, "author"),
        (cast.assignee.principal.pk, "responsible"),
        (cast.colleague.principal.pk, "watcher"),
        (cast.stranger.principal.pk, "co_worker"),
    }


@pytest.mark.parametrize(("operation", "budget"), [("list", 7), ("card", 6), ("create", 10)])
def test_statements_stay_few(give, cast, statements, operation, budget):
    cards = [give(f"Задача {number}", watchers=[cast.colleague.id]) for number in range(12)]
    calls = {
        "list": lambda: cast.assignee.client.get("tasks/", ordering="due_at", assignee=cast.assignee.id),
        "card": lambda: cast.assignee.client.get(f"tasks/{cards[0]['id']}/"),
        "create": lambda: cast.initiator.client.post("tasks/", {"title": "Ещё", "assignee": cast.assignee.id}),
    }
    calls[operation]()
    with statements() as seen:
        assert calls[operation]().status_code in (200, 201)
    asked = [one["sql"] for one in seen if not one["sql"].startswith(("SAVEPOINT", "RELEASE", "ROLLBACK"))]
    assert len(asked) <= budget, "\n".join(asked)
