"""Groups of employees asked to read a card: whoever is in them at that moment, as the asker sees them."""

import pytest

from core.context import company_scope
from core.organization.models import Employee

pytestmark = pytest.mark.row("T-14")


@pytest.fixture
def scene(company, person, owner):
    """(path of a task's list, its initiator, the owner, three of sales, a tag that one of them carries)."""
    initiator = person(company)
    sellers = [person(company) for _ in range(3)]
    place = owner.client.post("departments/", {"title": "Продажи"}).json()["id"]
    with company_scope(company):
        Employee.objects.filter(pk__in=[one.id for one in sellers]).update(department=place)
    tagged = owner.client.put(f"employees/{sellers[0].id}/tags/", {"tags": ["Стажёр"]}).json()["results"]
    task = initiator.client.post("tasks/", {"title": "Приказ", "assignee": initiator.id}).json()
    return f"tasks/{task['id']}/acknowledgements/", initiator, owner, sellers, place, tagged[0]["id"]


def group(who, title, audience="all", **params):
    body = {"kind": "organization.employee", "title": title, "is_group": True, "params": params, "audience": audience}
    answer = who.client.post("views/", body)
    assert answer.status_code == 201, answer.json()
    return answer.json()["id"]


def meant(who, path, **params):
    answer = who.client.get(f"{path}meant/", **params)
    assert answer.status_code == 200, answer.json()
    return answer.json()


def test_a_group_is_asked_as_it_stands_now(scene):
    path, initiator, owner, sellers, place, tag = scene
    sales = group(owner, "Продажи", department=str(place))
    trainees = group(owner, "Стажёры", tag=str(tag))
    assert meant(initiator, path, groups=sales) == {"count": 3, "asked": 0}
    assert meant(initiator, path, groups=f"{sales},{trainees}", people=initiator.id) == {"count": 4, "asked": 0}
    assert owner.client.post(f"employees/{sellers[2].id}/block/").status_code == 200
    asked = initiator.client.post(path, {"groups": [sales]})
    assert asked.status_code == 201, asked.json()
    assert {line["person"]["id"] for line in asked.json()["results"]} == {sellers[0].id, sellers[1].id}
    assert meant(initiator, path, departments=place, roles="owner") == {"count": 3, "asked": 2}
    assert meant(initiator, path) == {"count": 0, "asked": 0}


def test_groups_that_may_not_be_used_refuse(scene, owner):
    path, initiator, _, sellers, place, tag = scene
    private = group(owner, "Для себя", audience="me", department=str(place))
    shown = group(owner, "Продажи", department=str(place))
    tasks = owner.client.post("views/", {"kind": "tasks.task", "title": "Задачи", "audience": "all",
                                         "is_group": True, "params": {"tab": "all", "due": "today"}})  # fmt: skip
    answers = [initiator.client.post(path, {"groups": [pk]}) for pk in (private, 999_999, tasks.json()["id"])]
    assert [answer.status_code for answer in answers] == [422] * 3
    assert len({answer.json()["errors"][0]["detail"] for answer in answers}) == 1
    assert answers[0].json()["errors"][0]["pointer"].startswith("/groups")
    assert initiator.client.get(f"{path}meant/", groups="x").status_code == 422
    assert initiator.client.get(f"{path}meant/", groups=private).status_code == 422
    assert initiator.client.get(f"{path}meant/", people=999_999).status_code == 422
    assert sellers[0].client.get(f"{path}meant/", groups=shown).status_code == 404
    watched = initiator.client.put(f"{path.removesuffix('acknowledgements/')}watchers/", {"watchers": [sellers[0].id]})
    assert watched.status_code == 200
    assert sellers[0].client.get(f"{path}meant/", groups=shown).status_code == 403


def test_a_group_by_a_hidden_field_asks_nobody(scene, owner):
    path, initiator, *_ = scene
    position = owner.client.post("positions/", {"title": "Продавец"}).json()["id"]
    sellers = group(owner, "Продавцы", position=str(position))
    limits = [{"kind": "organization.employee", "field": "position", "level": "hidden"}]
    assert owner.client.put("roles/employee/fields/", {"limits": limits}).status_code == 200
    answer = initiator.client.post(path, {"groups": [sellers]})
    assert answer.status_code == 422 and "«Продавцы»" in answer.json()["errors"][0]["detail"]
    assert initiator.client.get(path).json()["asked"] == 0
