"""Setting up fields: types of cards, formulas, what is required, what is put away, what a change would lose."""

import pytest

from .conftest import TASKS


def pointers(answer, status=422):
    assert answer.status_code == status, answer.json()
    return {error["pointer"]: error["detail"] for error in answer.json().get("errors", ())}


def order(desk):
    rows = desk.admin.client.get("custom-fields/", kind=TASKS).json()["results"]
    return [(row["group"], row["code"]) for row in rows if not row["is_archived"]]


def test_only_those_who_may_set_up_fields_do(desk):
    body = {"kind": TASKS, "title": "Сумма", "type": "money"}
    assert desk.initiator.client.post("custom-fields/", body).status_code == 403
    assert desk.initiator.client.get("custom-fields/", kind=TASKS).status_code == 403
    assert desk.initiator.client.get("fields/", kind=TASKS).status_code == 200
    assert pointers(desk.admin.client.get("custom-fields/", kind="tasks.nothing")) == {
        "/kind": "Таких карточек нет или их модуль выключен"
    }


def test_wrong_settings_are_named(desk):
    desk.define("Сумма", "money", code="sum")
    for body, pointer in (
        ({"title": "сумма", "type": "text"}, "/title"),
        ({"title": "Сумма 2", "type": "text", "code": "sum"}, "/code"),
        ({"title": "Сумма 2", "type": "text", "code": "Сумма"}, "/code"),
        ({"title": "Сумма 2", "type": "text", "code": "a__b"}, "/code"),
        ({"title": "А [б]", "type": "text"}, "/title"),
        ({"title": "Список", "type": "list"}, "/settings/options"),
        ({"title": "Список", "type": "list", "settings": {"options": [{"title": "А"}, {"title": "а"}]}},
         "/settings/options/1/title"),
        ({"title": "Карточка", "type": "card"}, "/settings/kinds"),
        ({"title": "Карточка", "type": "card", "settings": {"kinds": ["x.y"]}}, "/settings/kinds"),
        ({"title": "Число", "type": "number", "settings": {"precision": 9}}, "/settings/precision"),
        ({"title": "Число", "type": "number", "default": "пять"}, "/default"),
        ({"title": "Кто", "type": "person", "default": 1}, "/default"),
        ({"title": "Число", "type": "number", "required_at": ["nowhere"]}, "/required_at"),
        ({"title": "Число", "type": "number", "card_types": ["nothing"]}, "/card_types"),
        ({"title": "Число", "type": "number", "rights": {"nobody": "hidden"}}, "/rights"),
        ({"title": "Число", "type": "number", "rights": {"owner": "hidden"}}, "/rights"),
        ({"title": "Итого", "type": "formula"}, "/settings/formula"),
        ({"title": "Итого", "type": "formula", "settings": {"formula": "[Сума] * 2"}}, "/settings/formula"),
        ({"title": "Итого", "type": "formula", "settings": {"formula": "[Итого] * 2"}}, "/settings/formula"),
        ({"title": "Итого", "type": "formula", "required_at": ["closed"], "settings": {"formula": "1"}},
         "/required_at"),
        ({"title": "Итого", "type": "formula", "is_filterable": True, "settings": {"formula": "СЕГОДНЯ()"}},
         "/is_filterable"),
    ):  # fmt: skip
        answer = desk.admin.client.post("custom-fields/", {"kind": TASKS, **body})
        assert list(pointers(answer)) == [pointer], body


def test_a_formula_is_shown_with_titles_and_outlives_a_new_name(desk, fill, shown):
    amount = desk.define("Сумма", "money", code="sum")
    desk.define("Ставка", "number", code="rate", settings={"unit": "%"})
    total = desk.define(
        "Итого", "formula", code="total", settings={"formula": "сумма*(1+[Ставка]%)", "currency": "RUB"}
    )
    assert total["settings"]["formula"] == "[Сумма] * (1 + [Ставка]%)"
    assert (total["settings"]["result"], total["settings"]["changes_daily"]) == ("number", False)
    path = desk.task()
    assert shown(desk.initiator, path)["total"] is None
    fill(desk.initiator, path, sum="1000", rate="20")
    assert shown(desk.initiator, path)["total"] == "1200.00"
    assert desk.alter(amount, title="Сумма без НДС").status_code == 200
    rows = desk.admin.client.get("custom-fields/", kind=TASKS).json()["results"]
    assert rows[2]["settings"]["formula"] == "[Сумма без НДС] * (1 + [Ставка]%)"
    assert shown(desk.initiator, path)["total"] == "1200.00"


@pytest.mark.parametrize("amount", ["0", "-0.004", "0.004"])
def test_a_formula_shows_nothing_as_zero_without_a_sign(desk, fill, shown, amount):
    desk.define("Сумма", "number", code="sum", settings={"precision": 3})
    desk.define("Обратно", "formula", code="back", settings={"formula": "-[Сумма]", "precision": 2})
    path = desk.task()
    assert fill(desk.initiator, path, sum=amount).status_code == 200
    assert shown(desk.initiator, path)["back"] == "0.00"


def test_a_formula_that_cannot_be_computed_says_why(desk, fill):
    desk.define("Сумма", "money", code="sum")
    desk.define("Число", "number", code="count")
    desk.define("Цена", "formula", code="price", settings={"formula": "[Сумма] / [Число]"})
    desk.define("С наценкой", "formula", code="more", settings={"formula": "[Цена] * 2"})
    path = desk.task()
    fill(desk.initiator, path, sum="10", count="0")
    rows = {row["code"]: row for row in desk.initiator.client.get(path).json()["results"]}
    assert rows["price"]["value"] is None and "На ноль" in rows["price"]["error"]
    assert (rows["more"]["value"], rows["more"]["error"]) == (None, None)


def test_formulas_do_not_read_each_other_in_a_circle(desk):
    first = desk.define("А", "formula", code="a", settings={"formula": "1"})
    desk.define("Б", "formula", code="b", settings={"formula": "[А] + 1"})
    answer = desk.alter(first, settings={"formula": "[Б] + 1"})
    assert "по кругу: А → Б → А" in pointers(answer)["/settings/formula"]


def test_what_a_formula_reads_is_neither_put_away_nor_turned_into_something_else(desk):
    amount = desk.define("Сумма", "money", code="sum")
    desk.define("Итого", "formula", settings={"formula": "[Сумма] * 2"})
    answer = desk.alter(amount, is_archived=True)
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/field-is-read")
    assert "«Итого»" in answer.json()["detail"]
    assert "Формула «Итого»" in pointers(desk.alter(amount, type="text"))["/type"]
    assert desk.alter(amount, type="number").status_code == 200


def test_a_formula_is_tried_before_it_is_kept(desk, fill):
    desk.define("Сумма", "money", code="sum")
    path = desk.task()
    fill(desk.admin, path, sum="1000")
    card = int(path.split("/")[1])

    def trial(text, **more):
        return desk.admin.client.post("custom-fields/trial/", {"kind": TASKS, "formula": text, **more}).json()

    assert trial("[Сумма] * 20%", card=card) == {"error": None, "at": None, "result": "number", "value": "200.00"}
    assert trial("[Сумма] * 20%")["value"] is None
    wrong = trial("[Сумма] * [Ставка]")
    assert (wrong["at"], wrong["error"]) == (10, "Поля «Ставка» нет. Выберите его из списка")
    assert "На ноль" in trial("[Сумма] / 0", card=card)["error"]


def test_an_archived_field_keeps_its_values(desk, fill, shown):
    field = desk.define("Сумма", "money", code="sum")
    path = desk.task()
    fill(desk.initiator, path, sum="5")
    assert desk.alter(field, is_archived=True).json()["is_archived"]
    assert shown(desk.initiator, path) == {}
    lines = desk.initiator.client.get(path.replace("fields", "history")).json()["results"]
    assert lines[0]["changes"][0]["label"] == "Сумма", "what happened is told as before"
    assert pointers(fill(desk.initiator, path, sum="6")) == {"/fields/sum": "Такого поля у этой карточки нет"}
    assert not desk.alter(field, is_archived=False).json()["is_archived"]
    assert shown(desk.initiator, path) == {"sum": "5.00"}


def test_a_change_that_would_lose_values_is_told_first_and_refused(desk, fill, shown):
    field = desk.define("Вес", "number", code="weight", settings={"precision": 3})
    paths = [desk.task() for _ in range(2)]

    def effect(**body):
        return desk.admin.client.post(f"custom-fields/{field['id']}/effect/", body).json()

    assert effect(type="text") == {"keeps_values": False, "cards_count": 0}
    for path in paths:
        fill(desk.initiator, path, weight="1,125")
    assert effect(type="text") == {"keeps_values": False, "cards_count": 2}
    assert effect(type="money") == {"keeps_values": False, "cards_count": 2}
    assert effect(settings={"precision": 6}) == {"keeps_values": True, "cards_count": 2}
    for change in ({"type": "text"}, {"settings": {"precision": 0}}):
        answer = desk.alter(field, **change)
        assert (answer.status_code, answer.json()["type"]) == (409, "/problems/values-would-be-lost")
    assert desk.alter(field, settings={"precision": 6}).status_code == 200
    assert shown(desk.initiator, paths[0]) == {"weight": "1.125"}


def test_an_option_that_is_taken_out_stays_where_it_was_chosen(desk, fill, shown):
    field = desk.define("Цвет", "list", code="c", settings={"options": [{"title": "Белый"}, {"title": "Чёрный"}]})
    white, black = field["settings"]["options"]
    path = desk.task()
    fill(desk.initiator, path, c=[white["code"]])
    changed = desk.alter(field, settings={"options": [{"code": black["code"], "title": "Тёмный"}]}).json()
    assert [(o["title"], o["is_archived"]) for o in changed["settings"]["options"]] == [
        ("Тёмный", False),
        ("Белый", True),
    ]
    assert shown(desk.initiator, path) == {"c": [white["code"]]}
    assert fill(desk.initiator, path, c=[white["code"]]).status_code == 200
    assert fill(desk.initiator, path, c=[black["code"]]).status_code == 200
    assert pointers(fill(desk.initiator, path, c=[white["code"]])) == {"/fields/c": "Такого варианта в списке нет"}


def test_fields_are_moved_among_groups(desk):
    a, b, c = (desk.define(title, "text", code=title) for title in "abc")
    move = f"custom-fields/{c['id']}/place/"
    assert desk.admin.client.put(move, {"after": a["id"], "group": "Деньги"}).status_code == 204
    assert order(desk) == [("", "a"), ("Деньги", "c"), ("", "b")]
    assert desk.admin.client.put(move, {"after": None, "group": ""}).status_code == 204
    assert order(desk) == [("", "c"), ("", "a"), ("", "b")]
    assert pointers(desk.admin.client.put(move, {"after": 10**9, "group": ""})).keys() == {"/after"}
    assert desk.alter(b, title="Б").json()["version"] == 2


def test_two_administrators_do_not_overwrite_each_other(desk):
    field = desk.define("Сумма", "money")
    path = f"custom-fields/{field['id']}/"
    assert desk.admin.client.patch(path, {"hint": "С НДС"}, if_match='"1"').status_code == 200
    stale = desk.admin.client.patch(path, {"hint": "Без НДС"}, if_match='"1"')
    assert (stale.status_code, stale.json()["current"]["hint"]) == (412, "С НДС")


def test_types_have_fields_of_their_own(desk, fill, shown):
    made = desk.admin.client.post("card-types/", {"kind": TASKS, "title": "Дефект", "code": "defect"}).json()
    desk.define("Общее", "text", code="common")
    desk.define("Где", "text", code="where", card_types=["defect"])
    desk.define("Обычное", "text", code="usual", card_types=[""])
    path = desk.task(card_type="defect", fields={"where": "Цех 2"})
    assert shown(desk.assignee, path) == {"common": None, "where": "Цех 2"}
    assert shown(desk.assignee, desk.task()) == {"common": None, "usual": None}
    turned = desk.initiator.client.patch(path, {"card_type": ""})
    assert (turned.json()["card_type"]["title"], shown(desk.assignee, path)) == (
        "Задача",
        {"common": None, "usual": None},
    )
    assert pointers(fill(desk.initiator, path, where="Цех 3")).keys() == {"/fields/where"}
    assert desk.initiator.client.patch(path, {"card_type": "defect"}).status_code == 200
    assert shown(desk.assignee, path)["where"] == "Цех 2", "values that the other type has not are kept"
    lines = desk.initiator.client.get(path.replace("fields", "history")).json()["results"]
    (turned_back,) = lines[0]["changes"]
    assert turned_back == {
        "field": "card_type", "label": "Тип", "old": "Задача", "new": "Дефект", "can_restore": True
    }  # fmt: skip
    assert desk.admin.client.patch(f"card-types/{made['id']}/", {"is_archived": True}).json()["is_archived"]
    bad = {"title": "Ещё", "assignee": desk.assignee.id, "card_type": "defect"}
    assert pointers(desk.initiator.client.post("tasks/", bad)).keys() == {"/card_type"}
    assert shown(desk.assignee, path)["where"] == "Цех 2"
    kinds = {kind["code"]: kind for kind in desk.stranger.client.get("card-kinds/").json()["results"]}
    assert [one["title"] for one in kinds[TASKS]["types"]] == ["Задача", "Дефект"]
    assert "organization.employee" in kinds


def test_a_new_card_gets_what_the_company_wants_to_stand_there(desk, shown):
    desk.define("Ставка", "number", code="rate", default="20")
    desk.define("Срочно", "flag", code="urgent", default=False)
    assert shown(desk.assignee, desk.task()) == {"rate": "20.00", "urgent": False}
    assert shown(desk.assignee, desk.task(fields={"rate": None})) == {"rate": None, "urgent": False}


@pytest.mark.parametrize("by_creation", [True, False])
def test_a_status_asks_for_what_it_requires_at_the_field(desk, fill, by_creation):
    status = "new" if by_creation else "accepted"
    desk.define("Сумма", "money", code="sum", required_at=[status])
    body = {"title": "Пуск", "assignee": desk.assignee.id}
    if by_creation:
        assert pointers(desk.initiator.client.post("tasks/", body)).keys() == {"/fields/sum"}
        assert desk.initiator.client.post("tasks/", {**body, "fields": {"sum": "5"}}).status_code == 201
        return
    path = desk.task()
    press = path.replace("fields", "do/accept")
    assert pointers(desk.assignee.client.post(press)) == {
        "/fields/sum": "Заполните: без этого карточка не может быть в этом состоянии"
    }
    assert fill(desk.assignee, path, sum="5").status_code == 200
    assert desk.assignee.client.post(press).status_code == 200
    assert pointers(fill(desk.assignee, path, sum=None)).keys() == {"/fields/sum"}


def test_what_is_asked_later_does_not_stop_work_on_old_cards(desk, fill):
    desk.define("Сумма", "money", code="sum")
    path = desk.task()
    desk.define("Заказчик", "text", code="client", required_at=["new"])
    assert fill(desk.initiator, path, sum="5").status_code == 200
