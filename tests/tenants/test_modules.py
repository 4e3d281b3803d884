"""Module switches, through the API: dependencies, rights, effect at once, data kept."""

import pytest

from core.context import company_scope
from core.events.models import Fact
from core.manifest import Module
from core.registry import registry


@pytest.fixture
def reports(monkeypatch):
    """A module without tables that needs tasks."""
    module = Module(code="reports", title="Отчёты", icon="chart", group="Итоги", depends=("tasks",))
    monkeypatch.setitem(registry.modules, "reports", module)
    return module


def shown(person, code: str) -> dict:
    return next(row for row in person.client.get("modules/").json()["results"] if row["code"] == code)


def test_modules_are_listed_with_what_they_need(owner, person, company, reports):
    assert shown(owner, "reports")["depends"] == ["tasks"]
    assert shown(owner, "tasks")["required_by"] == ["reports"]
    assert (shown(owner, "tasks")["enabled"], shown(owner, "reports")["enabled"]) == (True, False)
    assert shown(owner, "tasks")["can_switch"] is True
    assert shown(person(company), "tasks")["can_switch"] is False


def test_whoever_may_switch_is_told_how_many_it_concerns(owner, person, company):
    colleague, _ = person(company), person(company)
    assert owner.client.get("modules/").json()["people"] == 3
    assert colleague.client.get("modules/").json()["people"] is None


@pytest.mark.row("PL-03")
def test_a_module_that_is_off_answers_nobody_and_keeps_its_data(company, owner):
    made = owner.client.post("tasks/", {"title": "Сверить остатки", "assignee": owner.id})
    assert made.status_code == 201, made.json()
    assert owner.client.patch("modules/tasks/", {"enabled": False}).json()["enabled"] is False
    off = owner.client.get("tasks/")
    assert (off.status_code, off.json()["type"]) == (404, "/problems/module-off")
    assert owner.client.post("tasks/", {"title": "Ещё", "assignee": owner.id}).status_code == 404
    assert "tasks" not in [row["code"] for row in owner.client.get("me/").json()["menu"]]
    assert owner.client.patch("modules/tasks/", {"enabled": True}).json()["enabled"] is True
    assert [row["title"] for row in owner.client.get("tasks/").json()["results"]] == ["Сверить остатки"]
    with company_scope(company):
        facts = Fact.objects.filter(kind="tenants.modules_changed").order_by("pk")
        assert [(fact.payload["on"], fact.payload["off"]) for fact in facts] == [([], ["tasks"]), (["tasks"], [])]


@pytest.mark.row("PL-04")
def test_a_module_names_what_it_needs_and_takes_it_along(owner, company, reports, monkeypatch):
    monkeypatch.setattr("tenants.provisioning.switching._make_tables", lambda company, codes: "")
    owner.client.patch("modules/tasks/", {"enabled": False})
    refused = owner.client.patch("modules/reports/", {"enabled": True})
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/module-needed")
    assert refused.json()["needs"] == [{"code": "tasks", "title": "Задачи"}]
    assert shown(owner, "tasks")["enabled"] is False
    assert owner.client.patch("modules/reports/", {"enabled": True, "with_needed": True}).status_code == 200
    assert shown(owner, "tasks")["enabled"] is True
    held = owner.client.patch("modules/tasks/", {"enabled": False})
    assert (held.status_code, held.json()["type"]) == (409, "/problems/module-needed")
    assert held.json()["needed_by"] == [{"code": "reports", "title": "Отчёты"}]


def test_switching_again_changes_nothing(owner, company):
    for _ in range(2):
        assert owner.client.patch("modules/tasks/", {"enabled": False}).status_code == 200
    with company_scope(company):
        assert Fact.objects.filter(kind="tenants.modules_changed").count() == 1


def test_who_may_not_switch_is_refused(company, person, api):
    assert person(company).client.patch("modules/tasks/", {"enabled": False}).status_code == 403
    assert api(company).patch("modules/tasks/", {"enabled": False}).status_code == 401


def test_there_is_no_such_module(owner):
    assert owner.client.patch("modules/nothing/", {"enabled": True}).status_code == 404


@pytest.mark.parametrize("body", [{}, {"enabled": "может быть"}])
def test_a_switch_without_a_position_is_refused(owner, body):
    assert owner.client.patch("modules/tasks/", body).status_code == 422


def test_grants_of_a_switched_module_reach_people_at_once(owner, person, company):
    head = person(company, role="employee")
    owner.client.patch("modules/tasks/", {"enabled": False})
    with company_scope(company):
        before = head.actor().access_epoch
    owner.client.patch("modules/tasks/", {"enabled": True})
    with company_scope(company):
        assert head.actor().access_epoch > before
