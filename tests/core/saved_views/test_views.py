"""Saved views: kept, shared, arranged, and never wider than their reader's rights."""

import pytest

from core.context import company_scope
from core.events.models import Fact
from core.organization.structure.actions import create_department
from core.saved_views.rules import MOST_VIEWS

TASKS, PEOPLE = "tasks.task", "organization.employee"


@pytest.fixture
def team(company, person):
    """(administrator, head, two employees)."""
    return person(company, role="admin"), person(company, role="head"), person(company), person(company)


def keep(who, title="Срочные", kind=TASKS, status=201, **more):
    answer = who.client.post("views/", {"kind": kind, "title": title, **more})
    assert answer.status_code == status, answer.json()
    return answer.json()


def seen(who, kind=TASKS):
    answer = who.client.get("views/", kind=kind)
    assert answer.status_code == 200, answer.json()
    return answer.json()


def titles(who, kind=TASKS):
    return [view["title"] for view in seen(who, kind)["results"]]


def test_a_state_of_a_list_is_kept_under_a_name(team):
    _, _, first, second = team
    params = {
        "tab": "all", "state": "all", "due": "week", "priority": "urgent,important", "order": "-priority",
        "search": "щит", "group": "status", "display": "board", "assignee": str(second.id), "tag": "5",
    }  # fmt: skip
    columns = [{"code": "title", "width": 320}, {"code": "due", "width": None}]
    made = keep(first, " Срочные  ", params=params | {"status": ""}, columns=columns)
    assert (made["title"], made["params"], made["columns"]) == ("Срочные", params, columns)
    assert made["is_mine"] and made["can_edit"] and made["audience"] == "me" and not made["is_narrowed"]
    assert titles(first) == ["Срочные"]
    assert titles(second) == [] and titles(first, PEOPLE) == []
    keep(first, "Отдел", kind=PEOPLE, params={"is_active": "true", "search": "Ив"})
    assert titles(first, PEOPLE) == ["Отдел"]


@pytest.mark.parametrize(
    "params",
    [
        {"colour": "red"}, {"state": "asleep"}, {"assignee": "x"}, {"due_at__gte": "tomorrow"}, {"order": "title"},
        {"order": "--due_at"}, {"fields.none": "1"}, {"fields.none__title": "1"}, {"tab": "a b"}, {"cursor": "x"},
        {"limit": "5"}, {"search": "x" * 501}, {"kind__in": "x"}, {"author__name": "x"}, {"is_draft": "true"},
    ],
)  # fmt: skip
def test_only_words_of_the_list_are_kept(team, params):
    *_, who = team
    answer = who.client.post("views/", {"kind": TASKS, "title": "Вид", "params": params})
    assert answer.status_code == 422, answer.json()
    assert answer.json()["errors"][0]["pointer"].startswith("/params")


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"title": ""}, "/title"), ({"title": "x" * 81}, "/title"), ({"kind": "tasks.none"}, "/kind"),
        ({"columns": [{"code": "title"}, {"code": "title"}]}, "/columns"), ({"columns": [{"code": "a b"}]}, "/columns"),
        ({"columns": [{"code": "title", "width": 5000}]}, "/columns/0/width"),
        ({"params": {f"p{n}": "x" for n in range(31)}}, "/params"), ({"audience": "world"}, "/audience"),
    ],
)  # fmt: skip
def test_wrong_views_are_refused(team, body, pointer):
    *_, who = team
    answer = who.client.post("views/", {"kind": TASKS, "title": "Вид", **body})
    assert answer.status_code == 422, answer.json()
    assert answer.json()["errors"][0]["pointer"] == pointer


def test_a_name_is_once_and_views_are_not_without_number(team):
    *_, first, second = team
    keep(first, "Срочные")
    assert keep(first, "СРОЧНЫЕ", status=422)["errors"][0]["pointer"] == "/title"
    keep(first, "Срочные", kind=PEOPLE)
    keep(second, "Срочные")
    for number in range(MOST_VIEWS - 1):
        keep(first, f"Вид {number}")
    assert "50" in keep(first, "Лишний", status=422)["errors"][0]["detail"]


def test_sharing_is_a_right_and_reaches_whom_it_names(team, person, company):
    admin, head, first, second = team
    assert keep(first, audience="all", status=403)["type"].endswith("forbidden")
    own = keep(first)
    assert first.client.patch(f"views/{own['id']}/", {"audience": "all"}).status_code == 403
    assert keep(head, "Никому", audience="some", status=422)["errors"][0]["pointer"] == "/audience"
    keep(head, "Всем", audience="all")
    keep(head, "Руководителям", audience="some", roles=["head"])
    assert titles(first) == ["Срочные", "Всем"]
    assert titles(admin) == ["Всем"]
    assert seen(second)["results"][0]["owner"]["id"] == head.id
    assert seen(first)["can_share"] is False and seen(head)["can_share"] is True
    with company_scope(company):
        plant = create_department(title="Завод", by=admin.actor())
        shop = create_department(title="Цех", parent=plant.pk, by=admin.actor())
    welder = person(company, department_id=shop.pk)
    made = keep(head, "Заводу", audience="some", departments=[plant.pk])
    assert titles(welder) == ["Всем", "Заводу"] and "Заводу" not in titles(first)
    shown = seen(welder)["results"][1]
    assert (shown["roles"], shown["departments"], shown["can_edit"]) == ([], [], False)
    assert welder.client.patch(f"views/{made['id']}/", {"title": "Моё"}).status_code == 403
    assert first.client.patch(f"views/{made['id']}/", {"title": "Моё"}).status_code == 404
    assert head.client.patch(f"views/{made['id']}/", {"audience": "me"}).json()["departments"] == []
    assert titles(welder) == ["Всем"]
    for body in ({"roles": ["none"]}, {"departments": [999_999]}):
        answer = head.client.patch(f"views/{made['id']}/", {"audience": "some", **body})
        assert answer.status_code == 422 and answer.json()["errors"][0]["pointer"] == f"/{next(iter(body))}"


def test_only_what_others_see_is_told(team, company):
    admin, head, first, _ = team
    own = keep(first)
    first.client.patch(f"views/{own['id']}/", {"title": "Иначе"})
    first.client.delete(f"views/{own['id']}/")
    shared = keep(head, "Всем", audience="all")
    assert admin.client.patch(f"views/{shared['id']}/", {"params": {"due": "today"}}).status_code == 200
    assert admin.client.delete(f"views/{shared['id']}/").status_code == 204
    with company_scope(company):
        told = list(Fact.objects.filter(kind__startswith="saved_views.").order_by("pk").values_list("kind", flat=True))
    assert told == ["saved_views.shared", "saved_views.changed", "saved_views.removed"]


def test_views_are_put_in_order_and_taken_away(team):
    *_, head, first, _ = team
    a, b, c = (keep(first, title)["id"] for title in "АБВ")
    keep(head, "Чужой", audience="all")
    assert first.client.put("views/order/", {"kind": TASKS, "ids": [c, a]}).status_code == 204
    assert titles(first) == ["В", "А", "Б", "Чужой"]
    assert first.client.put("views/order/", {"kind": PEOPLE, "ids": [c]}).status_code == 422
    assert head.client.put("views/order/", {"kind": TASKS, "ids": [b]}).status_code == 422
    assert first.client.delete(f"views/{c}/").status_code == 204
    assert titles(first) == ["А", "Б", "Чужой"]


def test_a_person_arranges_his_list_for_himself(team):
    *_, head, first, second = team
    assert (seen(first)["view"], seen(first)["columns"]) == (None, [])
    columns = [{"code": "title", "width": 300}, {"code": "tags", "width": None}]
    assert first.client.patch("views/arrangement/", {"kind": TASKS, "columns": columns}).status_code == 204
    shared = keep(head, "Всем", audience="all")["id"]
    assert first.client.patch("views/arrangement/", {"kind": TASKS, "view": shared}).status_code == 204
    assert (seen(first)["view"], seen(first)["columns"]) == (shared, columns)
    assert (seen(second)["view"], seen(first, PEOPLE)["columns"]) == (None, [])
    private = keep(head, "Мой")["id"]
    assert first.client.patch("views/arrangement/", {"kind": TASKS, "view": private}).status_code == 422
    head.client.patch(f"views/{shared}/", {"audience": "me"})
    assert seen(first)["view"] is None
    head.client.patch(f"views/{shared}/", {"audience": "all"})
    assert seen(first)["view"] == shared
    head.client.delete(f"views/{shared}/")
    assert (seen(first)["view"], seen(first)["columns"]) == (None, columns)


def test_a_view_tells_nothing_of_a_field_hidden_from_its_reader(team, deliver):
    admin, head, first, _ = team
    field = admin.client.post(
        "custom-fields/",
        {"kind": TASKS, "title": "Оклад", "type": "number", "code": "pay", "is_filterable": True,
         "rights": {"employee": "hidden"}},
    )  # fmt: skip
    assert field.status_code == 201, field.json()
    deliver()
    params = {"fields.pay__gte": "90000", "priority": "urgent"}
    columns = [{"code": "title", "width": None}, {"code": "fields.pay", "width": None}]
    keep(head, "Оклады", params=params, columns=columns, audience="all")
    mine = seen(head)["results"][0]
    assert (mine["params"], mine["is_narrowed"]) == (params, False)
    theirs = seen(first)["results"][0]
    assert theirs["params"] == {"priority": "urgent"} and theirs["is_narrowed"]
    assert theirs["columns"] == [{"code": "title", "width": None}]
    answer = first.client.post("views/", {"kind": TASKS, "title": "Вид", "params": {"fields.pay": "1"}})
    assert answer.status_code == 422
    first.client.patch("views/arrangement/", {"kind": TASKS, "columns": columns})
    assert seen(first)["columns"] == [{"code": "title", "width": None}]
    rows = first.client.get("tasks/", **{"with": "fields.pay"})
    assert rows.status_code == 200


def test_whoever_may_not_see_a_list_learns_of_no_view(team, company, person):
    admin, head, *_ = team
    keep(head, "Люди", kind=PEOPLE, audience="all")
    bare = admin.client.post("roles/", {"title": "Охранник", "grants": []}).json()["code"]
    guard = person(company)
    assert admin.client.put(f"employees/{guard.id}/roles/", {"roles": [bare]}).status_code == 200
    for kind in (TASKS, PEOPLE):
        assert guard.client.get("views/", kind=kind).status_code == 422
    shared = seen(head, PEOPLE)["results"][0]["id"]
    assert guard.client.patch(f"views/{shared}/", {"title": "Моё"}).status_code == 404


def test_another_company_has_other_views(team, other_owner):
    *_, head, _, _ = team
    made = keep(head, "Всем", audience="all")
    assert titles(other_owner) == []
    assert other_owner.client.delete(f"views/{made['id']}/").status_code == 404


def test_the_views_of_a_list_cost_the_same_however_many(team, statements):
    *_, head, first, _ = team
    keep(head, "Первый", audience="all", params={"assignee": "1"})

    def cost():
        with statements() as counted:
            seen(first)
        return len(counted)

    cost()
    few = cost()
    for number in range(8):
        keep(head, f"Общий {number}", audience="all", params={"tag": "1", "due": "today"})
        keep(first, f"Свой {number}", params={"priority": "urgent"})
    assert cost() <= few
