"""Setting statuses up: what may be changed, what is kept, and that no card is ever broken by it."""

from core.context import company_scope
from core.entities.models import Entity

from .conftest import TASKS, titles


def test_a_type_begins_with_the_kinds_own_statuses_and_cards_follow(desk, company):
    card, thrown = desk.task("accept"), desk.task()
    desk.initiator.client.delete(f"tasks/{thrown['id']}/")
    before = desk.scheme()
    assert (before["version"], before["statuses"]) == (0, [])
    assert {"source": "new", "to": "in_work"} in before["leads"]
    assert {"source": "new", "to": "in_review"} not in before["leads"]
    plain = desk.begin()
    assert list(plain)[:4] == ["Черновик", "Новая", "Принята", "В работе"]
    assert all(row["is_plain"] and row["is_default"] for row in desk.scheme()["statuses"])
    shown = desk.card(card)
    assert shown["own_status"]["id"] == plain["Принята"]
    # For people nothing has changed.
    assert (shown["version"], shown["changed_at"]) == (card["version"], card["changed_at"])
    with company_scope(company):
        assert Entity.objects.get(pk=thrown["id"]).own_status_id == plain["Новая"]
    assert desk.begin() == plain


def test_a_status_is_renamed_painted_and_moved(desk):
    plain, card = desk.begin(), desk.task("accept")
    answer = desk.alter(plain["Принята"], title="  Взята  в план ", color="violet")
    assert (answer.status_code, answer.json()["title"]) == (200, "Взята в план")
    assert desk.card(card)["status_title"] == "Взята в план"
    assert desk.alter(plain["Новая"], title="взята в ПЛАН").json()["errors"][0]["pointer"] == "/title"
    assert desk.alter(plain["Новая"], title=" ").status_code == 422
    assert desk.alter(plain["Новая"], color="pink").status_code == 422
    waits, builds = desk.add("Ждём материал"), desk.add("Собираем")
    order = titles(desk.scheme()["statuses"])
    assert order[3:6] == ["В работе", "Ждём материал", "Собираем"]
    path = f"own-statuses/{builds}/place/"
    assert desk.admin.client.put(path, {"after": plain["В работе"]}).status_code == 204
    assert titles(desk.scheme()["statuses"])[3:6] == ["В работе", "Собираем", "Ждём материал"]
    assert desk.admin.client.put(path, {"after": None}).status_code == 204
    assert titles(desk.scheme()["statuses"])[0] == "Собираем"
    assert desk.admin.client.put(path, {"after": 10**6}).status_code == 422
    assert desk.alter(waits).json()["cards_count"] == 0


def test_verbs_lead_into_the_default_of_a_base(desk):
    plain = desk.begin()
    waits = desk.add("Ждём материал")
    assert desk.alter(waits, is_default=True).json()["is_default"]
    defaults = {row["title"] for row in desk.scheme()["statuses"] if row["base"] == "in_work" and row["is_default"]}
    assert defaults == {"Ждём материал"}
    assert desk.task("start")["status_title"] == "Ждём материал"
    # Put away, it gives its place to the next one.
    assert desk.alter(waits, is_archived=True).status_code == 200
    assert desk.task("start")["status_title"] == "В работе"
    refused = desk.alter(plain["В работе"], is_archived=True)
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/last-of-its-base")
    assert "«В работе»" in refused.json()["detail"]


def test_cards_stay_in_a_status_that_is_put_away_and_leave_it(desk):
    plain, card = desk.begin(), desk.task("start")
    waits = desk.add("Ждём материал")
    desk.move(desk.assignee, card, waits)
    assert desk.alter(waits, is_archived=True).json()["cards_count"] == 1
    assert desk.card(card)["status_title"] == "Ждём материал"
    known = desk.assignee.client.get("own-statuses/", kind=TASKS).json()["results"]
    assert "Ждём материал" not in titles(known)
    other = desk.task("start")
    refused = desk.move(desk.assignee, other, waits)
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/status-away")
    assert "В работе" in titles(desk.card(card, desk.assignee)["status_moves"])
    assert desk.press(desk.assignee, card, "submit").status_code == 200
    assert desk.alter(waits, is_archived=False).status_code == 200
    assert desk.move(desk.assignee, other, waits).status_code == 200
    assert plain


def test_cards_of_a_status_are_moved_into_another_of_its_base(desk):
    plain = desk.begin()
    waits, cards = desk.add("Ждём материал"), [desk.task("start") for _ in range(3)]
    for card in cards:
        desk.move(desk.assignee, card, waits)
    path = f"own-statuses/{waits}/carry/"
    for wrong in (plain["Новая"], waits, 10**6):
        assert desk.admin.client.post(path, {"to": wrong}).status_code == 422
    answer = desk.admin.client.post(path, {"to": plain["В работе"]})
    assert (answer.status_code, answer.json()["makes_way_for"]) == (202, plain["В работе"])
    desk.deliver()
    assert [desk.card(card)["status_title"] for card in cards] == ["В работе"] * 3
    assert desk.history(cards[0])[0] == "Ждём материал → В работе"
    row = next(row for row in desk.scheme()["statuses"] if row["id"] == waits)
    assert (row["cards_count"], row["is_archived"], row["makes_way_for"]) == (0, True, None)


def test_moves_that_cannot_be_are_refused(desk):
    plain = desk.begin()
    waits = desk.add("Ждём материал")
    for move in (
        (plain["Новая"], plain["На проверке"]),
        (plain["Новая"], plain["Новая"]),
        (plain["Новая"], 10**6),
        {"source": plain["Новая"], "to": waits, "roles": ["unknown"]},
    ):
        answer = desk.draw(move)
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/moves"), move
    assert desk.scheme()["moves"] == []
    seen = desk.scheme()["version"]
    assert desk.draw((plain["Новая"], waits), version=seen).status_code == 200
    late = desk.draw((plain["Новая"], plain["Принята"]), version=seen)
    assert (late.status_code, late.json()["type"]) == (412, "/problems/statuses-have-changed")
    assert [(move["source"], move["to"]) for move in desk.scheme()["moves"]] == [(plain["Новая"], waits)]
    assert desk.draw().json()["moves"] == []


def test_only_known_kinds_types_and_bases_are_set_up(desk):
    people = desk.stranger.client.get("own-statuses/", kind="organization.employee")
    assert (people.status_code, people.json()["results"]) == (200, [])
    assert desk.stranger.client.get("own-statuses/", kind="нет").status_code == 422
    for body in ({"kind": "tasks.template"}, {"kind": "нет"}, {"kind": TASKS, "card_type": "unknown"}):
        assert desk.admin.client.post("own-statuses/scheme/", body).status_code == 422, body
    assert (
        desk.admin.client.post("own-statuses/", {"kind": TASKS, "title": "До начала", "base": "new"}).status_code == 404
    )
    desk.begin()
    for wrong in ({"base": "unknown"}, {"base": "new", "title": "х" * 61}, {"base": "new", "title": "новая"}):
        body = {"kind": TASKS, "title": "Ещё", **wrong}
        assert desk.admin.client.post("own-statuses/", body).status_code == 422, wrong
    for number in range(32):
        desk.add(f"Шаг {number}")
    full = desk.admin.client.post("own-statuses/", {"kind": TASKS, "title": "Лишний", "base": "new"})
    assert (full.status_code, full.json()["errors"][0]["pointer"]) == (422, "/title")
