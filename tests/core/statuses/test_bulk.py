"""Statuses of many cards at once: each card answers for itself, what was done can be undone, history leads back."""

import pytest

from .conftest import TASKS


def reachable(who, *cards):
    answer = who.client.get("own-statuses/reachable/", kind=TASKS, ids=",".join(str(card["id"]) for card in cards))
    assert answer.status_code == 200, answer.json()
    return answer.json()["results"]


def move_all(who, cards, *to, **more):
    body = {"action": "status", "ids": [card["id"] for card in cards], "values": {"to": list(to), **more}}
    answer = who.client.post("tasks/bulk/", body)
    assert answer.status_code == 200, answer.json()
    return answer.json()


def outcomes(answer):
    return [one["outcome"] for one in answer["results"]]


@pytest.fixture
def scheme(desk):
    """{title: id} of a scheme with two statuses of work."""
    plain = desk.begin()
    return plain | {"Ждём материал": desk.add("Ждём материал", color="amber"), "Собираем": desk.add("Собираем")}


def test_each_card_goes_by_its_own_right(desk, scheme):
    started, new, other = desk.task("start"), desk.task(), desk.task("start")
    own = desk.initiator.client.post("tasks/", {"title": "Своя", "assignee": desk.initiator.id}).json()
    answer = move_all(desk.assignee, [started, new, own], scheme["Ждём материал"])
    assert outcomes(answer) == ["done", "done", "refused"]
    assert answer["results"][2]["reason"] == "Карточки нет или она вам не видна"
    assert [desk.card(card)["status_title"] for card in (started, new)] == ["Ждём материал", "Ждём материал"]
    assert desk.card(new)["status"] == "in_work", "the deed that leads there was done"
    again = move_all(desk.assignee, [started, other], scheme["Ждём материал"])
    assert outcomes(again) == ["same", "done"]


def test_what_a_card_refuses_is_told_of_it(desk, scheme):
    waits, builds = scheme["Ждём материал"], scheme["Собираем"]
    desk.draw(
        (scheme["Новая"], waits), {"source": waits, "to": builds, "needs_comment": True},
        {"source": builds, "to": waits, "roles": ["head"]},
    )  # fmt: skip
    fresh, waiting, building = (desk.task() for _ in range(3))
    for card in (waiting, building):
        assert desk.move(desk.assignee, card, waits).status_code == 200
    assert desk.move(desk.assignee, building, builds, text="Пришло").status_code == 200
    silent = move_all(desk.assignee, [fresh, waiting, building], builds)
    assert outcomes(silent) == ["refused", "refused", "same"]
    assert "перейти нельзя" in silent["results"][0]["reason"]
    assert silent["results"][1]["reason"] == "Напишите комментарий: без него в «Собираем» не перевести"
    told = move_all(desk.assignee, [fresh, waiting], builds, text="Привезли")
    assert outcomes(told) == ["refused", "done"]
    back = move_all(desk.assignee, [building], waits)
    assert "может другая роль" in back["results"][0]["reason"]


def test_the_menu_is_the_union_of_what_the_cards_may(desk, scheme):
    started, new = desk.task("start"), desk.task()
    rows = {row["title"]: row for row in reachable(desk.assignee, started, new)}
    assert rows["Ждём материал"]["cards"] == 2 and rows["Ждём материал"]["to"] == [scheme["Ждём материал"]]
    assert rows["Принята"]["cards"] == 1, "of the one that is new"
    assert rows["На проверке"]["cards"] == 1, "of the one that is in work"
    assert "Закрыта" not in rows, "that is the initiator's"
    assert reachable(desk.stranger, started, new) == []
    assert desk.assignee.client.get("own-statuses/reachable/", kind=TASKS, ids="x").status_code == 422
    assert desk.assignee.client.get("own-statuses/reachable/", kind=TASKS).status_code == 422
    assert desk.assignee.client.get("own-statuses/reachable/", kind="x", ids="1").status_code == 422


def test_statuses_of_one_name_go_together_over_types(desk, scheme):
    made = desk.admin.client.post("card-types/", {"kind": TASKS, "title": "Заявка", "code": "request"})
    assert made.status_code == 201, made.json()
    of_type = desk.begin("request")
    answer = desk.admin.client.post(
        "own-statuses/", {"kind": TASKS, "title": "Собираем", "base": "in_work", "card_type": "request"}
    )
    typed = answer.json()["id"]
    plain_card, typed_card = desk.task(), desk.task(card_type="request")
    row = next(row for row in reachable(desk.assignee, plain_card, typed_card) if row["title"] == "Собираем")
    assert (row["to"], row["cards"]) == (sorted([scheme["Собираем"], typed]), 2)
    assert outcomes(move_all(desk.assignee, [plain_card, typed_card], *row["to"])) == ["done", "done"]
    other = move_all(desk.assignee, [plain_card], of_type["Новая"])
    assert other["results"][0]["reason"] == "У карточек этого типа нет такого статуса. Выберите для них другой"


def test_whoever_moved_them_puts_them_back(desk, scheme):
    started, new = desk.task("start"), desk.task()
    assert desk.move(desk.assignee, started, scheme["Собираем"]).status_code == 200
    answer = move_all(desk.assignee, [started, new], scheme["Ждём материал"])
    assert outcomes(answer) == ["done", "done"]
    undone = desk.assignee.client.post("tasks/bulk/undo/", {"undo": answer["undo"]})
    assert undone.status_code == 200, undone.json()
    assert outcomes(undone.json()) == ["done", "done"]
    assert [desk.card(card)["status_title"] for card in (started, new)] == ["Собираем", "Новая"]
    assert desk.history(started)[0] == "Ждём материал → Собираем"
    assert desk.history(new)[0] == "Ждём материал → Новая"


@pytest.mark.parametrize("heir", ["В работе", None])
def test_nothing_is_put_back_into_a_status_that_was_put_away(desk, scheme, heir):
    card, waits = desk.task("start"), scheme["Ждём материал"]
    assert desk.move(desk.assignee, card, waits).status_code == 200
    body = {"action": "cancel", "ids": [card["id"]], "values": {}}
    note = desk.initiator.client.post("tasks/bulk/", body).json()["undo"]
    if heir:
        assert desk.admin.client.post(f"own-statuses/{waits}/carry/", {"to": scheme[heir]}).status_code == 202
        desk.deliver()
    else:
        assert desk.alter(scheme["Собираем"], is_default=True).status_code == 200
        assert desk.alter(waits, is_archived=True).status_code == 200
    undone = desk.initiator.client.post("tasks/bulk/undo/", {"undo": note}).json()
    assert outcomes(undone) == ["done"]
    title = heir or "Собираем"
    assert (desk.card(card)["status"], desk.card(card)["status_title"]) == ("in_work", title)
    assert desk.history(card)[0] == f"Отменена → {title}"


def test_a_card_touched_since_stays(desk, scheme):
    card = desk.task("start")
    answer = move_all(desk.assignee, [card], scheme["Ждём материал"])
    assert desk.move(desk.assignee, card, scheme["Собираем"]).status_code == 200
    undone = desk.assignee.client.post("tasks/bulk/undo/", {"undo": answer["undo"]}).json()
    assert outcomes(undone) == ["refused"]
    assert desk.card(card)["status_title"] == "Собираем"


def test_undoing_another_ones_work_needs_his_right(desk, scheme):
    """The assignee takes back his moves, not what decides over the task."""
    card = desk.task()
    due = {"action": "due", "ids": [card["id"]], "values": {"due_at": "2040-01-01T10:00:00Z"}}
    answer = desk.initiator.client.post("tasks/bulk/", due).json()
    assert outcomes(answer) == ["done"]
    assert desk.assignee.client.post("tasks/bulk/undo/", {"undo": answer["undo"]}).status_code == 409


def test_many_cards_ask_no_more_of_the_menu(desk, scheme, statements):
    cards = [desk.task("start") for _ in range(8)]

    def asked(*some):
        with statements() as seen:
            reachable(desk.assignee, *some)
        return len(seen)

    asked(cards[0])
    assert asked(*cards) <= asked(cards[0])


def restore(who, card, line, **body):
    return who.client.post(f"tasks/{card['id']}/history/{line['id']}/restore/", body)


def status_lines(desk, card):
    lines = desk.initiator.client.get(f"tasks/{card['id']}/history/").json()["results"]
    return [line for line in lines if any(change["field"] == "status" for change in line["changes"])]


def test_history_leads_back_into_a_status_of_the_companys_own(desk, scheme):
    own = desk.initiator.client.post("tasks/", {"title": "Своя", "assignee": desk.initiator.id}).json()
    assert desk.move(desk.initiator, own, scheme["Ждём материал"]).status_code == 200
    assert desk.move(desk.initiator, own, scheme["Собираем"]).status_code == 200
    line = status_lines(desk, own)[0]
    assert line["changes"][0]["can_restore"] is True
    answer = restore(desk.initiator, own, line, fields=["status"])
    assert answer.status_code == 200, answer.json()
    assert answer.json()["restored"] == ["Состояние"]
    assert desk.card(own)["status_title"] == "Ждём материал"
    assert desk.history(own)[0] == "Собираем → Ждём материал"


def test_history_says_why_it_cannot_lead_back(desk, scheme):
    waits, builds = scheme["Ждём материал"], scheme["Собираем"]
    own = desk.initiator.client.post("tasks/", {"title": "Своя", "assignee": desk.initiator.id}).json()
    assert desk.move(desk.initiator, own, waits).status_code == 200
    assert desk.move(desk.initiator, own, builds).status_code == 200
    line = status_lines(desk, own)[0]
    desk.draw((scheme["Новая"], waits), (waits, builds))
    refused = restore(desk.initiator, own, line, fields=["status"])
    assert refused.status_code == 409 and "перейти нельзя" in refused.json()["detail"]
    assert desk.card(own)["status_title"] == "Собираем"
    desk.draw((scheme["Новая"], waits), (waits, builds), (builds, waits))
    assert desk.alter(waits, is_archived=True).status_code == 200
    away = restore(desk.initiator, own, line, fields=["status"])
    assert away.status_code == 409 and "архив" in away.json()["title"]


def test_turning_back_a_whole_card_leaves_a_status_that_is_out_of_reach(desk, scheme):
    card = desk.task("start")
    then = desk.initiator.client.get(f"tasks/{card['id']}/history/").json()["results"][0]
    assert desk.press(desk.assignee, card, "submit").status_code == 200
    assert desk.initiator.client.patch(f"tasks/{card['id']}/", {"title": "Иначе"}).status_code == 200
    answer = restore(desk.initiator, card, then, whole=True)
    assert answer.status_code == 200, answer.json()
    assert (answer.json()["restored"], answer.json()["left"]) == (["Название"], ["Состояние"])
    assert desk.card(card)["status"] == "in_review"


def test_cards_of_companies_without_statuses_of_their_own_go_back_as_before(desk):
    card = desk.task("start")
    assert not any(change["can_restore"] for line in status_lines(desk, card) for change in line["changes"])
    refused = move_all(desk.assignee, [card], 1)
    assert outcomes(refused) == ["refused"]
    assert reachable(desk.assignee, card) == []
