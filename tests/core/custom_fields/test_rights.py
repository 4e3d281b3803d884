"""A hidden field is hidden at every door; a formula tells nobody what he may not see."""

import pytest

from .conftest import PEOPLE, TASKS


@pytest.fixture
def secret(desk, fill, deliver):
    """A path of a card whose cost an employee may not see and whose price he may only read."""
    desk.define("Себестоимость", "money", code="cost", is_filterable=True, rights={"employee": "hidden"})
    desk.define("Цена", "money", code="price", is_filterable=True, rights={"employee": "read"})
    desk.define("Маржа", "formula", code="margin", settings={"formula": "[Цена] - [Себестоимость]"}, is_filterable=True)
    desk.define("Двойная", "formula", code="double", settings={"formula": "[Маржа] * 2"})
    desk.define("С НДС", "formula", code="gross", settings={"formula": "[Цена] * 120%"})
    path = desk.task(watchers=[])
    assert fill(desk.admin, path, cost="700", price="1000").status_code == 200
    deliver()
    return path


def test_a_hidden_field_is_nowhere(desk, secret, shown, fill):
    assert shown(desk.admin, secret) == {
        "cost": "700.00", "price": "1000.00", "margin": "300.00", "double": "600.00", "gross": "1200.00",
    }  # fmt: skip
    who = desk.assignee
    assert shown(who, secret) == {"price": "1000.00", "gross": "1200.00"}
    assert "700" not in str(who.client.get(secret).json()) and "ебестоимость" not in str(who.client.get(secret).json())
    assert [row["code"] for row in who.client.get("fields/", kind=TASKS).json()["results"]] == ["price", "gross"]
    history = who.client.get(secret.replace("fields", "history")).content.decode()
    assert "1\u00a0000,00" in history and "700" not in history and "ебестоимость" not in history
    assert "700" in str(desk.admin.client.get(secret.replace("fields", "history")).json())


def test_that_a_hidden_field_has_moved_is_no_line_of_the_history(desk, secret, fill):
    history = secret.replace("fields", "history")

    def lines(who):
        return [line["kind"] for line in who.client.get(history).json()["results"]]

    before = lines(desk.assignee)
    assert fill(desk.admin, secret, cost="701").status_code == 200
    assert lines(desk.assignee) == before
    assert lines(desk.admin) == ["custom_fields.changed", *before]
    assert fill(desk.admin, secret, price="1001", cost="702").status_code == 200
    assert lines(desk.assignee) == ["custom_fields.changed", *before]


def test_a_hidden_field_is_answered_like_one_that_is_not_there(desk, secret, fill):
    hidden, unknown = (fill(desk.assignee, secret, **{code: "1"}).json()["errors"][0] for code in ("cost", "nothing"))
    assert hidden["detail"] == unknown["detail"]
    read = fill(desk.assignee, secret, price="1").json()["errors"][0]
    assert read["detail"] == "Это поле вам доступно только для чтения"


def test_lists_are_neither_narrowed_nor_put_in_order_by_a_hidden_field(desk, secret):
    who = desk.assignee.client
    for name in ("cost", "margin", "nothing"):
        for params in ({f"fields.{name}__gte": "1"}, {f"fields.{name}": "700"}, {f"fields.{name}__isnull": "true"}):
            answer = who.get("tasks/", **params)
            assert (answer.status_code, answer.json()["errors"][0]["detail"]) == (422, "Неизвестное условие")
        assert who.get("tasks/", ordering=f"fields.{name}").status_code == 422
    assert len(who.get("tasks/", **{"fields.price__gte": "1000"}).json()["results"]) == 1
    assert len(desk.admin.client.get("tasks/", **{"fields.margin__lt": "301"}).json()["results"]) == 1


def test_the_widest_of_several_roles_counts(desk, secret, shown):
    roles = f"employees/{desk.assignee.id}/roles/"
    assert desk.admin.client.put(roles, {"roles": ["employee", "head"]}).status_code == 200
    assert shown(desk.assignee, secret)["cost"] == "700.00"


def test_whoever_sets_up_fields_learns_no_value_by_trying_a_formula(desk, secret, company, person):
    role = {"title": "Настройщик", "grants": [
        {"permission": "custom_fields.manage", "scope": "all"}, {"permission": "tasks.view", "scope": "all"},
    ]}  # fmt: skip
    code = desk.admin.client.post("roles/", role).json()["code"]
    keeper = person(company, role=code)
    rows = desk.admin.client.get("custom-fields/", kind=TASKS).json()["results"]
    cost = next(row for row in rows if row["code"] == "cost")
    assert desk.alter(cost, rights={"employee": "hidden", code: "hidden"}).status_code == 200
    trial = {"kind": TASKS, "formula": "[Себестоимость] + 0", "card": int(secret.split("/")[1])}
    answer = keeper.client.post("custom-fields/trial/", trial).json()
    assert answer["value"] is None and "не видите" in answer["error"]


def test_what_is_missing_in_a_hidden_field_is_not_named(desk, fill):
    desk.define("Тайное", "text", code="secret", required_at=["accepted"], rights={"employee": "hidden"})
    path = desk.task()
    answer = desk.assignee.client.post(path.replace("fields", "do/accept"))
    assert answer.status_code == 422 and "secret" not in str(answer.json()) and "Тайное" not in str(answer.json())


def test_a_role_that_goes_takes_its_limits_along(desk, company):
    code = desk.admin.client.post("roles/", {"title": "Гость цеха", "grants": []}).json()["code"]
    field = desk.define("Размер", "text", kind=PEOPLE, rights={code: "hidden"})
    assert field["rights"] == {code: "hidden"}
    assert desk.admin.client.delete(f"roles/{code}/").status_code == 204
    assert desk.admin.client.get("custom-fields/", kind=PEOPLE).json()["results"][0]["rights"] == {}
