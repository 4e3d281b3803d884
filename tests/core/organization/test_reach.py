"""Nobody widens his own reach by moving people or departments, and only administrators touch an administrator."""

import pytest

from core.context import company_scope
from core.organization.models import Department, Employee
from tests.support.client import new_key

FORBIDDEN = (403, "forbidden")
ADMINS_ONLY = (403, "admins-only")


@pytest.fixture
def places(owner):
    """Завод / Цех, and Продажи."""
    found = {}
    for title, above in (("Завод", None), ("Цех", "Завод"), ("Продажи", None)):
        given = {"title": title, "parent": found.get(above)}
        found[title] = owner.client.post("departments/", given).json()["id"]
    return found


@pytest.fixture
def worker(company, person, owner):
    """Somebody with these grants only, in a department."""

    def make(place=None, **grants):
        wanted = {"organization__view": "all", "tasks__create": "all"} | grants
        lines = [{"permission": code.replace("__", "."), "scope": scope} for code, scope in wanted.items()]
        answer = owner.client.post("roles/", {"title": f"Роль {len(wanted)} {place} {sorted(grants)}", "grants": lines})
        assert answer.status_code == 201, answer.content
        return person(company, answer.json()["code"], department_id=place)

    return make


def told(answer):
    return answer.status_code, answer.json().get("type", "").removeprefix("/problems/")


def move(by, whom, place):
    return told(by.client.patch(f"employees/{whom.id}/", {"department": place}))


@pytest.mark.row("SE-05")
def test_nobody_moves_himself_to_what_he_would_see_there(worker, person, company, places):
    seller = person(company, department_id=places["Продажи"])
    boss = person(company, "employee", department_id=places["Продажи"])
    clerk = worker(places["Цех"], organization__edit="all", tasks__view="department")
    made = boss.client.post("tasks/", {"title": "Тайна", "assignee": seller.id}, Idempotency_Key=new_key())
    secret = made.json()["id"]
    assert clerk.client.get(f"tasks/{secret}/").status_code == 404
    assert move(clerk, clerk, places["Продажи"]) == FORBIDDEN
    assert move(clerk, seller, places["Цех"]) == FORBIDDEN, "the seller's tasks would come to him instead"
    assert clerk.client.get(f"tasks/{secret}/").status_code == 404


@pytest.mark.row("SE-05")
def test_whoever_reaches_no_department_moves_people_freely(worker, person, company, places):
    seller = person(company, department_id=places["Продажи"])
    clerk = worker(places["Цех"], organization__edit="all", tasks__view="participant")
    assert move(clerk, seller, places["Цех"]) == (200, "")
    assert move(clerk, clerk, places["Продажи"]) == (200, "")
    assert move(clerk, seller, None) == (200, "")


def test_whoever_reaches_all_moves_people_freely(worker, person, company, places):
    seller = person(company, department_id=places["Продажи"])
    clerk = worker(places["Цех"], organization__edit="all", tasks__view="all")
    assert move(clerk, seller, places["Цех"]) == (200, "")


def test_people_go_within_what_one_reaches_already(worker, person, company, places):
    welder = person(company, department_id=places["Цех"])
    clerk = worker(places["Завод"], organization__edit="all", tasks__view="department_tree")
    assert move(clerk, welder, places["Завод"]) == (200, "")
    assert move(clerk, welder, places["Продажи"]) == (200, ""), "he loses sight of him, and nobody gains by it"
    assert move(clerk, welder, places["Цех"]) == FORBIDDEN


def test_a_head_is_seated_by_whoever_could_have_invited_him(worker, person, owner, company, places):
    head = person(company, "head", department_id=places["Цех"])
    clerk = worker(None, organization__edit="all", tasks__view="participant")
    assert move(clerk, head, places["Продажи"]) == FORBIDDEN
    assert move(owner, head, places["Продажи"]) == (200, "")


@pytest.mark.row("SE-05")
def test_nobody_hangs_a_department_below_his_own_to_see_it(worker, owner, places):
    planner = worker(places["Завод"], organization__structure="all", tasks__view="department_tree")
    refused = planner.client.patch(f"departments/{places['Продажи']}/", {"parent": places["Цех"]})
    assert told(refused) == FORBIDDEN
    assert told(planner.client.patch(f"departments/{places['Продажи']}/", {"title": "Сбыт"})) == (200, "")
    assert told(planner.client.patch(f"departments/{places['Цех']}/", {"parent": None})) == (200, "")
    assert told(planner.client.patch(f"departments/{places['Цех']}/", {"parent": places["Завод"]})) == FORBIDDEN
    assert told(owner.client.patch(f"departments/{places['Цех']}/", {"parent": places["Завод"]})) == (200, "")


def test_whose_rights_do_not_go_down_hangs_departments_anywhere(worker, places):
    planner = worker(places["Завод"], organization__structure="all", tasks__view="department")
    assert told(planner.client.patch(f"departments/{places['Продажи']}/", {"parent": places["Цех"]})) == (200, "")


@pytest.mark.row("SE-05")
def test_only_administrators_block_and_return_an_administrator(worker, person, company, owner):
    guard = worker(None, organization__block="all")
    admin, keeper, plain = person(company, "admin"), worker(None, access__roles="all"), person(company)
    for whom in (admin, keeper):
        assert guard.client.get(f"employees/{whom.id}/").json()["can"]["block"] is False
        assert told(guard.client.post(f"employees/{whom.id}/block/")) == ADMINS_ONLY
        owner.client.post(f"employees/{whom.id}/block/")
        assert told(guard.client.post(f"employees/{whom.id}/unblock/")) == ADMINS_ONLY
    assert guard.client.get(f"employees/{plain.id}/").json()["can"]["block"] is True
    assert told(guard.client.post(f"employees/{plain.id}/block/")) == (200, "")
    other = person(company, "admin")
    assert told(other.client.post(f"employees/{admin.id}/unblock/")) == (200, "")


@pytest.mark.row("SE-05")
def test_a_head_does_not_rewrite_an_administrator_s_card(person, company, owner, places):
    head = person(company, "head", department_id=places["Завод"])
    with company_scope(company):
        Employee.objects.filter(pk=owner.id).update(department=Department.objects.get(pk=places["Цех"]))
    assert head.client.get(f"employees/{owner.id}/").json()["can"]["edit"] == []
    for given in ({"phone": "+7 900 000-00-00"}, {"email": "chuzhaya@pochta.example"}, {"last_name": "Иной"}):
        assert told(head.client.patch(f"employees/{owner.id}/", given)) == ADMINS_ONLY
    admin = person(company, "admin", department_id=places["Цех"])
    assert told(admin.client.patch(f"employees/{owner.id}/", {"phone": "101"})) == (200, "")
    assert told(owner.client.patch(f"employees/{owner.id}/", {"phone": "102"})) == (200, "")
