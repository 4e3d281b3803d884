"""Cards of any kind tied to each other: seen from both sides, and only by whoever may see the other card."""

import pytest

pytestmark = pytest.mark.row("PL-11", "T-13", "T-18")


@pytest.fixture
def scene(company, owner, person):
    """(give(title, giver, assignee) → ref, initiator, assignee)."""
    initiator, assignee = person(company), person(company)

    def give(title: str, giver=initiator, to=assignee) -> str:
        answer = giver.client.post("tasks/", {"title": title, "assignee": to.id})
        assert answer.status_code == 201, answer.json()
        return answer.json()["ref"]

    return give, initiator, assignee


def path(ref: str) -> str:
    plural = {"tasks.task": "tasks", "organization.employee": "employees"}[ref.partition("/")[0]]
    return f"{plural}/{ref.partition('/')[2]}/links/"


def read(who, ref: str) -> list[tuple[str, str]]:
    answer = who.client.get(path(ref))
    assert answer.status_code == 200, answer.json()
    return [(row["relation"], row["card"]["ref"]) for row in answer.json()["results"]]


def test_both_cards_show_a_link_made_on_one(scene):
    give, initiator, assignee = scene
    offer, request = give("КП для завода"), give("Заявка завода")
    made = initiator.client.post(path(offer), {"ref": request, "relation": "based_on"})
    assert made.status_code == 201, made.json()
    assert (made.json()["title"], made.json()["card"]["title"]) == ("На основании", "Заявка завода")
    assert read(assignee, offer) == [("based_on", request)]
    assert read(assignee, request) == [("basis_for", offer)]


def test_a_task_is_tied_to_an_employee_and_shows_its_live_status(scene):
    give, initiator, assignee = scene
    task = give("Обучить новичка")
    person = f"organization.employee/{assignee.id}"
    assert initiator.client.post(path(task), {"ref": person}).status_code == 201
    assert assignee.client.post(f"tasks/{task.partition('/')[2]}/do/accept/").status_code == 200
    (row,) = assignee.client.get(path(person)).json()["results"]
    assert (row["card"]["ref"], row["card"]["status_title"], row["card"]["kind_title"]) == (task, "Принята", "Задача")
    assert row["card"]["route"] == f"/tasks/{task.partition('/')[2]}"


def test_the_same_link_said_again_from_either_side_stays_one(company, scene):
    give, initiator, assignee = scene
    one, other = give("Первая"), give("Вторая")
    ids = {
        initiator.client.post(path(one), {"ref": other}).json()["id"],
        assignee.client.post(path(other), {"ref": one}).json()["id"],
        initiator.client.post(path(one), {"ref": other}).json()["id"],
    }
    assert len(ids) == 1
    assert len(initiator.client.get(f"tasks/{one.partition('/')[2]}/history/", limit=50).json()["results"]) == 2
    assert initiator.client.post(path(one), {"ref": other, "relation": "depends_on"}).status_code == 201
    assert len(read(initiator, one)) == 2


def test_a_card_that_one_may_not_see_is_not_shown_behind_a_link(company, owner, scene, person):
    give, initiator, assignee = scene
    shared, secret = give("Общая"), give("Секретная", giver=owner, to=owner)
    assert owner.client.post(path(shared), {"ref": secret}).status_code == 201
    assert read(owner, shared) == [("related", secret)]
    assert read(assignee, shared) == []
    answer = assignee.client.get(path(shared))
    assert "Секретная" not in answer.content.decode() and secret not in answer.content.decode()
    history = assignee.client.get(f"tasks/{shared.partition('/')[2]}/history/").content.decode()
    assert "привязал" in history and "Секретная" not in history and secret not in history


@pytest.mark.parametrize("ref", ["", "tasks.task/0", "tasks.task/999999999", "tasks.task", "нет/1", "unknown.kind/1"])
def test_what_is_not_there_cannot_be_tied(scene, ref):
    give, initiator, _ = scene
    answer = initiator.client.post(path(give("Одна")), {"ref": ref})
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/ref"]


def test_what_one_may_not_see_looks_like_what_is_not_there(owner, scene):
    give, initiator, _ = scene
    secret = give("Секретная", giver=owner, to=owner)
    hidden = initiator.client.post(path(give("Одна")), {"ref": secret}).json()
    absent = initiator.client.post(path(give("Две")), {"ref": "tasks.task/999999999"}).json()
    assert hidden["errors"] == absent["errors"]


def test_a_card_is_not_tied_to_itself(scene):
    give, initiator, _ = scene
    task = give("Одна")
    answer = initiator.client.post(path(task), {"ref": task})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/ref")


def test_an_unknown_relation_is_refused(scene):
    give, initiator, _ = scene
    answer = initiator.client.post(path(give("Одна")), {"ref": give("Две"), "relation": "loves"})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/relation")


def test_a_link_is_taken_back_by_its_author_or_by_whoever_answers_for_a_card(company, scene, person):
    give, initiator, assignee = scene
    watcher = person(company)
    one, other = give("Первая"), give("Вторая")
    for task in (one, other):
        watching = initiator.client.put(f"tasks/{task.partition('/')[2]}/watchers/", {"watchers": [watcher.id]})
        assert watching.status_code == 200
    by_watcher = watcher.client.post(path(one), {"ref": other}).json()
    by_initiator = initiator.client.post(path(one), {"ref": other, "relation": "depends_on"}).json()
    shown = {row["id"]: row["can_remove"] for row in watcher.client.get(path(one)).json()["results"]}
    assert shown == {by_watcher["id"]: True, by_initiator["id"]: False}
    assert watcher.client.delete(f"links/{by_initiator['id']}/").status_code == 403
    assert assignee.client.delete(f"links/{by_watcher['id']}/").status_code == 204
    assert read(initiator, other) == [("needed_for", one)]
    assert initiator.client.delete(f"links/{by_watcher['id']}/").status_code == 404


def test_a_card_in_the_trash_leaves_the_links_and_comes_back_with_them(scene):
    give, initiator, _ = scene
    one, other = give("Первая"), give("Вторая")
    initiator.client.post(path(one), {"ref": other})
    assert initiator.client.delete(f"tasks/{other.partition('/')[2]}/").status_code == 204
    assert read(initiator, one) == []
    assert initiator.client.post("trash/restore/", {"ref": other}).status_code == 204
    assert read(initiator, one) == [("related", other)]


def test_many_links_cost_as_many_statements_as_few(scene, statements):
    give, initiator, _ = scene
    one = give("Узел")
    costs = []
    for more in (1, 8):
        for number in range(more):
            assert initiator.client.post(path(one), {"ref": give(f"Соседняя {number}")}).status_code == 201
        with statements() as seen:
            assert len(read(initiator, one)) >= more
        costs.append(len(seen))
    assert costs[0] == costs[1] <= 10


def test_pages_lead_through_all_links(scene):
    give, initiator, _ = scene
    one = give("Узел")
    others = [give(f"Соседняя {number}") for number in range(5)]
    for other in others:
        initiator.client.post(path(one), {"ref": other})
    found, cursor = [], {}
    while True:
        page = initiator.client.get(path(one), limit=2, **cursor).json()
        found += [row["card"]["ref"] for row in page["results"]]
        if page["next"] is None:
            break
        cursor = {"cursor": page["next"]}
    assert found == others[::-1]
