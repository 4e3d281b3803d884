"""Who I am, what I may, what my menu holds."""

import pytest

from core.access.models import Grant, Role
from core.context import company_scope, control_scope
from core.registry import registry
from tenants.models import Company as Row
from tenants.snapshots import find, snapshots


def test_me_is_the_employee_with_rights_and_menu(company, person):
    anna = person(company, name="Антонова Анна Петровна")
    me = anna.browser.get("me/").json()
    assert (me["id"], me["full_name"], me["name"]) == (anna.id, "Антонова Анна Петровна", "Антонова А. П.")
    assert (me["initials"], me["email"], me["email_verified"]) == ("АА", anna.email, True)
    assert me["company"] == {
        "slug": "alfa", "name": company.name, "accent": "", "logo_url": None, "time_zone": "Europe/Moscow"
    }  # fmt: skip
    assert me["permissions"]["organization.view"] == "all"
    assert me["permissions"]["organization.edit"] == "own"
    assert "access.roles" not in me["permissions"]
    assert me["is_admin"] is False
    assert "tasks" in {line["code"] for line in me["menu"]}


def test_an_owner_holds_everything_there_is(owner):
    me = owner.browser.get("me/").json()
    assert me["is_admin"] is True
    assert set(me["permissions"]) == set(registry.permissions())
    assert set(me["permissions"].values()) == {"all"}


@pytest.mark.row("PL-03")
def test_a_module_switched_off_leaves_menu_and_rights(company, owner):
    with control_scope():
        Row.objects.filter(pk=company.id).update(modules=[])
    snapshots.forget()
    assert find(schema=company.schema).modules == frozenset()
    me = owner.browser.get("me/").json()
    assert me["menu"] == []
    assert not [code for code in me["permissions"] if code.startswith("tasks.")]
    assert {module["code"]: module["enabled"] for module in me["modules"]}["tasks"] is False


@pytest.mark.row("SE-05")
def test_the_menu_shows_what_one_may_open_only(company, person):
    anna = person(company)
    with company_scope(company):
        Grant.objects.filter(role=Role.objects.get(code="employee")).delete()
    anna = person(company)
    me = anna.browser.get("me/").json()
    assert me["menu"] == []
    assert not [code for code in me["permissions"] if code.startswith("tasks.")]


def test_programs_get_no_csrf_token(company, person):
    anna = person(company)
    assert anna.client.get("me/").json()["csrf_token"] is None
    assert anna.browser.get("me/").json()["csrf_token"]


def test_nobody_is_nobody(company, api):
    assert api(company).get("me/").status_code == 401


def test_me_costs_few_statements(company, person, statements):
    anna = person(company)
    anna.browser.get("me/")
    with statements() as seen:
        anna.browser.get("me/")
    assert len(seen) <= 9, [query["sql"][:120] for query in seen.captured_queries]


def test_lines_of_the_menu_stand_as_their_modules_say_not_by_the_alphabet(owner):
    codes = [line["code"] for line in owner.browser.get("me/").json()["menu"]]
    assert codes.index("tasks") < codes.index("documents")
