"""Options of a company: seen, changed together, put back, remembered by all, costing nothing."""

import pytest

from core.context import company_scope
from core.events.models import Fact
from core.options.models import OptionValue
from core.options.queries import option
from modules.tasks.options import CLOSING, CONTROLLERS, DUE_DAYS, REPORT_REQUIRED
from tenants.snapshots import find


@pytest.fixture
def admin(company, person):
    return person(company, role="admin", name="Орлова Ольга")


def change(who, _version=None, **values):
    """`change(admin, tasks__closing="ask")`."""
    headers = {"If_Match": f'"{_version}"'} if _version else {}
    told = {code.replace("__", "."): value for code, value in values.items()}
    return who.client.patch("options/", {"values": told}, **headers)


def shown(who):
    answer = who.client.get("options/")
    assert answer.status_code == 200, answer.json()
    return {one["code"]: one for section in answer.json()["results"] for one in section["options"]}


def value_of(company, what):
    with company_scope(find(schema=company.schema)):
        return option(what)


def test_all_that_may_be_decided_is_there_with_what_stands(admin):
    answer = admin.client.get("options/").json()
    assert [section["title"] for section in answer["results"]] == ["Общие", "Документы", "Задачи"]
    due = shown(admin)["tasks.due_days"]
    assert (due["value"], due["default"], due["is_default"], due["kind"]) == (0, 0, True, "whole")
    assert (due["least"], due["most"], due["unit"], due["none"]) == ("0", "365", "раб. дн.", "без срока")
    closing = shown(admin)["tasks.closing"]
    assert [choice["code"] for choice in closing["choices"]] == ["refuse", "ask", "together"]


def test_several_are_changed_at_once_and_hold_for_everybody_at_once(company, admin):
    assert value_of(company, DUE_DAYS) == 0
    answer = change(admin, tasks__due_days=3, tasks__closing="together")
    assert answer.status_code == 200, answer.json()
    assert not shown(admin)["tasks.due_days"]["is_default"]
    assert (value_of(company, DUE_DAYS), value_of(company, CLOSING)) == (3, "together")
    with company_scope(company):
        assert dict(OptionValue.objects.values_list("code", "value")) == {
            "tasks.due_days": 3, "tasks.closing": "together",
        }  # fmt: skip


def test_a_wrong_value_is_said_beside_its_field_and_nothing_is_changed(company, admin):
    answer = change(admin, tasks__due_days=1000, tasks__closing="together", tasks__nothing=1)
    assert answer.status_code == 422
    assert answer.json()["errors"] == [
        {"pointer": "/values/tasks/nothing", "detail": "Такого параметра нет. Обновите страницу"}
    ]
    answer = change(admin, tasks__due_days=1000, tasks__closing="together", tasks__report_required="да")
    assert {one["pointer"]: one["detail"] for one in answer.json()["errors"]} == {
        "/values/tasks/due_days": "Целое число от 0 до 365",
        "/values/tasks/report_required": "Выберите «да» или «нет»",
    }
    assert value_of(company, CLOSING) == "ask"
    for body in ({}, {"values": {}}, {"values": []}, {"values": {f"x{n}": 1 for n in range(201)}}):
        assert admin.client.patch("options/", body).status_code == 422, body


def test_null_puts_the_default_back_and_what_is_default_is_not_kept(company, admin):
    change(admin, tasks__due_days=3, tasks__closing="together")
    assert change(admin, tasks__due_days=None, tasks__closing="ask").status_code == 200
    assert (value_of(company, DUE_DAYS), shown(admin)["tasks.closing"]["is_default"]) == (0, True)
    with company_scope(company):
        assert not OptionValue.objects.exists()


def test_nobody_overwrites_what_he_has_not_seen(admin, owner):
    seen = admin.client.get("options/")
    assert seen["ETag"] == f'"{seen.json()["version"]}"'
    version = seen.json()["version"]
    assert change(owner, version, tasks__due_days=2).status_code == 200
    stale = change(admin, version, tasks__due_days=5)
    assert (stale.status_code, stale.json()["type"]) == (412, "/problems/stale")
    assert stale.json()["current"]["version"] == version + 1
    assert change(admin, version, tasks__due_days=2).status_code == 200, "what stands already is no conflict"
    assert change(admin, version + 1, tasks__due_days=5).status_code == 200


def test_the_history_tells_who_when_and_from_what_to_what(company, admin, owner):
    change(admin, tasks__due_days=3)
    change(owner, tasks__due_days=0, tasks__report_required=True)
    change(owner, tasks__report_required=True)
    last, first = owner.client.get("options/history/").json()["results"]
    assert (first["actor"]["full_name"], last["actor"]["id"]) == ("Орлова Ольга", owner.id)
    assert first["changes"] == [
        {"code": "tasks.due_days", "title": "Срок по умолчанию", "old": "без срока", "new": "3 раб. дн."}
    ]
    assert [(one["old"], one["new"]) for one in last["changes"]] == [("3 раб. дн.", "без срока"), ("нет", "да")]
    page = owner.client.get("options/history/", limit=1).json()
    assert page["results"] == [last] and page["next"]
    assert owner.client.get("options/history/", limit=1, cursor=page["next"]).json()["results"] == [first]
    with company_scope(company):
        assert Fact.objects.filter(kind="options.changed").count() == 2, "what changes nothing is no fact"


def test_people_are_named_by_their_cards_and_the_blocked_may_stay(company, admin, owner, person):
    boss, other = person(company, name="Зорин Захар"), person(company, name="Яшина Яна")
    assert change(admin, tasks__controllers=[boss.id]).status_code == 200
    assert [one["full_name"] for one in shown(admin)["tasks.controllers"]["people"]] == ["Зорин Захар"]
    line = admin.client.get("options/history/").json()["results"][0]["changes"][0]
    assert (line["old"], line["new"]) == ("не задано", "Зорин Захар")
    for who in (boss, other):
        assert owner.client.post(f"employees/{who.id}/block/").status_code == 200
    assert change(admin, tasks__controllers=[boss.id, admin.id]).status_code == 200
    refused = change(admin, tasks__controllers=[boss.id, other.id])
    assert refused.json()["errors"][0]["detail"] == "Сотрудник заблокирован: Яшина Яна"
    unknown = change(admin, tasks__controllers=[10**9])
    assert unknown.json()["errors"][0] == {"pointer": "/values/tasks/controllers", "detail": "Такого сотрудника нет"}


def test_whoever_has_a_module_only_sees_and_changes_its_options(company, owner, person):
    made = owner.client.post("roles/", {"title": "Ведёт задачи"}).json()
    grants = [{"permission": "tasks.rules", "scope": "all"}]
    assert owner.client.patch(f"roles/{made['code']}/", {"grants": grants}).status_code == 200
    keeper = person(company, role=made["code"])
    assert {code.partition(".")[0] for code in shown(keeper)} == {"tasks"}
    assert change(keeper, tasks__due_days=1).status_code == 200
    assert change(keeper, tasks__due_days=2, entities__trash_days=10).status_code == 403
    assert shown(keeper)["tasks.due_days"]["value"] == 1, "all of them or none"
    change(owner, entities__trash_days=10)
    assert [line["changes"][0]["code"] for line in keeper.client.get("options/history/").json()["results"]] == [
        "tasks.due_days"
    ]


def test_whoever_has_nothing_to_decide_is_not_offered_the_screen(admin, person, company):
    worker = person(company)
    assert [who.client.get("me/").json()["has_options"] for who in (admin, worker)] == [True, False]
    assert worker.client.get("options/").json()["title"].startswith("Параметры меняет администратор")


def test_options_of_a_module_that_is_off_are_not_there(admin):
    change(admin, tasks__due_days=1)
    assert admin.client.patch("modules/tasks/", {"enabled": False}).status_code == 200
    assert {code.partition(".")[0] for code in shown(admin)} == {"documents", "entities", "notifications", "templates"}
    assert change(admin, tasks__due_days=2).status_code == 422
    admin.client.patch("modules/tasks/", {"enabled": True})
    assert shown(admin)["tasks.due_days"]["value"] == 1, "what was decided is kept"


def test_what_is_stored_of_former_times_breaks_nothing(company, admin):
    with company_scope(company):
        OptionValue.objects.create(code="tasks.due_days", value="вчера")
        OptionValue.objects.create(code="gone.option", value={"x": 1})
    assert value_of(company, DUE_DAYS) == 0
    assert shown(admin)["tasks.due_days"]["is_default"]
    assert change(admin, tasks__due_days=4).status_code == 200
    assert value_of(company, DUE_DAYS) == 4


def test_another_company_decides_for_itself(company, other_company, admin, other_owner):
    change(admin, tasks__due_days=3)
    assert shown(other_owner)["tasks.due_days"]["value"] == 0
    assert other_owner.client.get("options/history/").json()["results"] == []
    assert value_of(other_company, DUE_DAYS) == 0


def test_reading_costs_nothing_while_the_company_stands(company, admin, statements):
    fresh = find(schema=company.schema)
    with company_scope(fresh):
        option(DUE_DAYS)
    with company_scope(fresh), statements() as seen:
        for what in (DUE_DAYS, CLOSING, REPORT_REQUIRED, CONTROLLERS):
            option(what)
    assert len(seen) == 0
    change(admin, tasks__due_days=3)
    with company_scope(find(schema=company.schema)), statements() as seen:
        assert (option(DUE_DAYS), option(CLOSING)) == (3, "ask")
    assert len(seen) == 1, "read anew after a change, once"


def test_a_request_under_way_does_not_drive_out_what_newer_ones_read(company, admin, statements):
    old = find(schema=company.schema)
    change(admin, tasks__due_days=3)
    new = find(schema=company.schema)
    with company_scope(new):
        assert option(DUE_DAYS) == 3
    with company_scope(old):
        option(DUE_DAYS)
    with company_scope(new), statements() as seen:
        assert option(DUE_DAYS) == 3
    assert len(seen) == 0
