"""Cards among the company's statuses: within a base, into another one, by buttons and by the menu."""

import pytest

from .conftest import TASKS, titles


def test_without_statuses_of_its_own_nothing_differs(desk):
    card = desk.task("accept")
    assert (card["status_title"], card["own_status"], card["status_moves"]) == ("Принята", None, [])
    shown = desk.assignee.client.get(f"tasks/{card['id']}/status/").json()
    assert (shown["status_title"], shown["own_status"], shown["moves"]) == ("Принята", None, [])
    assert desk.move(desk.assignee, card, 1).status_code == 422


def test_a_move_within_a_base_is_a_change_of_its_own(desk):
    plain, card = desk.begin(), desk.task("start")
    waits = desk.add("Ждём материал", color="amber")
    answer = desk.move(desk.assignee, card, waits)
    assert answer.status_code == 200, answer.json()
    shown = desk.card(card)
    assert (shown["status"], shown["state"], shown["status_title"]) == ("in_work", "open", "Ждём материал")
    assert shown["own_status"] == {"id": waits, "title": "Ждём материал", "color": "amber"}
    assert shown["version"] == card["version"] + 1 == answer.json()["version"]
    assert desk.history(card)[0] == "В работе → Ждём материал"
    assert desk.move(desk.assignee, card, plain["В работе"]).json()["status_title"] == "В работе"
    # Where it stands already nothing happens.
    before = desk.card(card)["version"]
    assert desk.move(desk.assignee, card, plain["В работе"]).status_code == 200
    assert desk.card(card)["version"] == before


def test_a_move_into_another_base_is_the_deed_that_leads_there(desk):
    desk.begin()
    check = desk.add("Контроль качества", "in_review")
    card = desk.task("start")
    # The assignee hands in, the initiator takes it over: each by his own right.
    assert desk.move(desk.initiator, card, check).status_code == 409
    assert desk.move(desk.stranger, card, check).status_code == 404
    assert desk.move(desk.assignee, card, check).status_code == 200
    shown = desk.card(card)
    assert (shown["status"], shown["status_title"]) == ("in_review", "Контроль качества")
    lines = desk.initiator.client.get(f"tasks/{card['id']}/history/").json()["results"]
    assert (lines[0]["kind"], lines[0]["changes"][0]["new"]) == ("tasks.submitted", "Контроль качества")
    returned = next(row["id"] for row in desk.scheme()["statuses"] if row["base"] == "returned")
    assert desk.move(desk.initiator, card, returned).json()["errors"][0]["pointer"] == "/text"
    assert desk.move(desk.initiator, card, returned, text="Швы").status_code == 200
    talk = desk.initiator.client.get(f"tasks/{card['id']}/comments/").json()["results"]
    assert [said["text"] for said in talk] == ["Швы"]


def test_what_the_deed_refuses_the_move_refuses_too(desk):
    desk.begin()
    done = desk.add("Сдано заказчику", "closed")
    card = desk.task("start", "submit")
    part = desk.initiator.client.post("tasks/", {"title": "Часть", "assignee": desk.assignee.id, "parent": card["id"]})
    assert part.status_code == 201, part.json()
    before = desk.card(card)
    answer = desk.move(desk.initiator, card, done)
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/open-subtasks")
    assert desk.card(card)["status_title"] == before["status_title"]
    assert desk.move(desk.initiator, card, done, anyway=True).status_code == 200
    assert desk.card(card)["status_title"] == "Сдано заказчику"
    # What was closed together with it stands where the base begins.
    assert desk.card(part.json())["status_title"] == "Закрыта"


def test_only_drawn_moves_are_made_and_told(desk):
    plain = desk.begin()
    waits, builds = desk.add("Ждём материал"), desk.add("Собираем")
    drawn = desk.draw(
        (plain["Новая"], waits), (waits, builds), (builds, plain["На проверке"]), (plain["Новая"], plain["Отменена"])
    )
    assert drawn.status_code == 200, drawn.json()
    card = desk.task()
    assert titles(desk.card(card, desk.assignee)["status_moves"]) == ["Ждём материал"]
    assert titles(desk.card(card)["status_moves"]) == ["Отменена"]
    # «Принять» leads to «Принята», and nobody has drawn that; «Начать работу» leads where it may.
    assert [one["code"] for one in desk.card(card, desk.assignee)["actions"]] == ["start"]
    refused = desk.press(desk.assignee, card, "accept")
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/move-not-allowed")
    assert "Из «Новая» в «Принята» перейти нельзя" in refused.json()["detail"]
    assert desk.press(desk.assignee, card, "start").status_code == 200
    assert desk.card(card)["status_title"] == "Ждём материал"
    assert desk.move(desk.assignee, card, plain["В работе"]).status_code == 409
    assert desk.press(desk.assignee, card, "submit").status_code == 409
    assert desk.move(desk.assignee, card, builds).status_code == 200
    assert desk.press(desk.assignee, card, "submit").status_code == 200
    assert desk.history(card) == ["Собираем → На проверке", "Ждём материал → Собираем", "Новая → Ждём материал"]


def test_lists_of_what_waits_offer_only_what_is_drawn(desk):
    plain = desk.begin()
    desk.draw({"source": plain["Новая"], "to": plain["В работе"], "title": "Взять", "needs_comment": True})
    desk.task()
    home = desk.assignee.client.get("home/").json()["sections"]
    (row,) = [row for section in home for row in section["items"]]
    assert [(one["code"], one["title"], one["needs_text"]) for one in row["actions"]] == [("start", "Взять", True)]
    queue = desk.assignee.client.get("waiting/").json()["sections"]
    (line,) = [line for section in queue for line in section["results"]]
    assert [(one["code"], one["title"]) for one in line["actions"]] == [("start", "Взять")]


def test_a_drawn_move_may_have_a_button_ask_for_words_and_be_for_roles(desk, person, company):
    plain, card = desk.begin(), desk.task("start")
    waits = desk.add("Ждём материал")
    way = {"source": plain["В работе"], "to": waits, "title": "Нет материала", "needs_comment": True, "roles": ["head"]}
    hand_in = {"source": plain["В работе"], "to": plain["На проверке"], "title": "Готово", "needs_comment": True}
    assert desk.draw(way, hand_in, (plain["Новая"], plain["В работе"])).status_code == 200
    assert titles(desk.card(card, desk.assignee)["status_moves"]) == ["На проверке"]
    button = desk.card(card, desk.assignee)["actions"][0]
    assert (button["code"], button["title"], button["needs_text"]) == ("submit", "Готово", True)
    refused = desk.move(desk.assignee, card, waits)
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/move-of-others")
    head = person(company, role="head", name="Главный Егор")
    mine = desk.initiator.client.post("tasks/", {"title": "Своя", "assignee": head.id}).json()
    assert desk.press(head, mine, "start").status_code == 200
    (move, *_) = desk.card(mine, head)["status_moves"]
    assert (move["title"], move["button"], move["needs_text"], move["do"]) == (
        "Ждём материал",
        "Нет материала",
        True,
        "",
    )
    assert desk.move(head, mine, waits).json()["errors"][0]["pointer"] == "/text"
    assert desk.move(head, mine, waits, text="Ждём сталь").status_code == 200
    talk = head.client.get(f"tasks/{mine['id']}/comments/").json()["results"]
    assert [said["text"] for said in talk] == ["Ждём сталь"]


def test_a_move_kept_for_a_role_is_not_made_by_ending_the_task_above(desk):
    plain, whole = desk.begin(), desk.task("start", "submit")
    told = {"title": "Сварка", "assignee": desk.assignee.id, "parent": whole["id"]}
    part = desk.initiator.client.post("tasks/", told).json()
    ready = (plain["На проверке"], plain["Закрыта"])
    kept = {"source": plain["Новая"], "to": plain["Закрыта"], "roles": ["head"]}
    assert desk.draw(ready, kept).status_code == 200
    refused = desk.press(desk.initiator, whole, "close", anyway=True)
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/subtask-of-others")
    assert part["number"] in refused.json()["detail"]
    assert [desk.card(card)["status"] for card in (whole, part)] == ["in_review", "new"]
    # What is drawn for nobody keeps nobody: the part follows its task.
    assert desk.draw(ready).status_code == 200
    assert desk.press(desk.initiator, whole, "close", anyway=True).status_code == 200
    assert desk.card(part)["status"] == "closed"


def test_who_does_not_work_on_a_card_does_not_move_it(desk):
    plain, card = desk.begin(), desk.task("start")
    waits = desk.add("Ждём материал")
    desk.initiator.client.put(f"tasks/{card['id']}/watchers/", {"watchers": [desk.stranger.id]})
    assert desk.card(card, desk.stranger)["status_moves"] == []
    refused = desk.move(desk.stranger, card, waits)
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/not-your-card")
    for wrong in (0, 10**6):
        assert desk.move(desk.assignee, card, wrong).status_code == 422
    assert desk.press(desk.initiator, card, "cancel").status_code == 200
    assert desk.move(desk.initiator, card, plain["В работе"]).status_code == 409


def test_two_who_have_seen_the_same_do_not_both_move_it(desk):
    plain, card = desk.begin(), desk.task("start")
    first, second = desk.add("Ждём материал"), desk.add("Собираем")
    seen = f'"{card["version"]}"'
    path = f"tasks/{card['id']}/status/"
    assert desk.assignee.client.post(path, {"to": first}, if_match=seen).status_code == 200
    late = desk.initiator.client.post(path, {"to": second}, if_match=seen)
    assert (late.status_code, late.json()["current"]["status_title"]) == (412, "Ждём материал")
    late = desk.assignee.client.post(path, {"to": plain["На проверке"]}, if_match=seen)
    assert late.status_code == 412


def test_cards_of_a_type_have_its_statuses(desk):
    desk.admin.client.post("card-types/", {"kind": TASKS, "title": "Заявка", "code": "request"})
    own = desk.begin("request")
    come = desk.add("Поступила", "new", card_type="request")
    assert desk.alter(come, is_default=True).status_code == 200
    request, plain = desk.task(card_type="request"), desk.task()
    assert (request["status_title"], plain["status_title"]) == ("Поступила", "Новая")
    assert plain["own_status"] is None
    assert desk.move(desk.assignee, plain, come).status_code == 422
    # A card that becomes one of another type stands where that type begins.
    path = f"tasks/{request['id']}/fields/"
    assert desk.initiator.client.patch(path, {"fields": {}, "card_type": ""}).status_code == 200
    assert desk.card(request)["own_status"] is None
    assert desk.initiator.client.patch(path, {"fields": {}, "card_type": "request"}).status_code == 200
    assert desk.card(request)["own_status"]["title"] == "Поступила"
    assert own["Новая"] != come


def test_handing_over_begins_anew_whatever_is_drawn(desk):
    plain, card = desk.begin(), desk.task("start")
    desk.draw((plain["В работе"], plain["На проверке"]))
    answer = desk.initiator.client.patch(f"tasks/{card['id']}/", {"assignee": desk.stranger.id})
    assert answer.status_code == 200, answer.json()
    assert (answer.json()["status"], answer.json()["own_status"]["title"]) == ("new", "Новая")


def test_a_bulk_change_puts_the_status_back_whole(desk):
    desk.begin()
    waits, card = desk.add("Ждём материал"), desk.task("start")
    desk.move(desk.assignee, card, waits)
    done = desk.initiator.client.post("tasks/bulk/", {"action": "cancel", "ids": [card["id"]]}).json()
    assert desk.card(card)["status_title"] == "Отменена"
    assert desk.initiator.client.post("tasks/bulk/undo/", {"undo": done["undo"]}).status_code == 200
    assert desk.card(card)["status_title"] == "Ждём материал"


def test_another_company_does_not_know_of_them(desk, other_owner):
    plain = desk.begin()
    assert other_owner.client.get("own-statuses/", kind=TASKS).json()["results"] == []
    assert other_owner.client.get("own-statuses/scheme/", kind=TASKS).json()["statuses"] == []
    assert other_owner.client.patch(f"own-statuses/{plain['Новая']}/", {"title": "Чужая"}).status_code == 404


@pytest.mark.parametrize("path", ["tasks/{}/", "tasks/?search=Собрать"])
def test_a_card_and_a_list_cost_no_more_with_statuses(desk, statements, path):
    card = desk.task("start")
    address = path.format(card["id"])

    def cost() -> int:
        with statements() as seen:
            assert desk.initiator.client.get(address).status_code == 200
        return len(seen)

    cost()
    before = cost()
    plain = desk.begin()
    waits = desk.add("Ждём материал")
    desk.draw((plain["В работе"], waits))
    desk.move(desk.assignee, card, waits)
    assert cost() == before
