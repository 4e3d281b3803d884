"""Work of putting right a point that did not pass: it is as private as the card whose words it tells."""

import pytest

from core.search.jobs import index_all

CANARY, NOTE = "Канарейкин диагноз", "Справка канареечная"


@pytest.fixture
def crowd(company, person):
    """(initiator, assignee, a finder of the fault)."""
    return tuple(person(company) for _ in range(3))


def repair_of(crowd, *, is_private):
    """Make the third of the crowd find a fault on a card of the first; addresses of the card and its point."""
    initiator, assignee, finder = crowd
    body = {"title": "Проверка", "assignee": assignee.id, "is_private": is_private}
    card = f"tasks/{initiator.client.post('tasks/', body).json()['id']}/"
    point = {"text": CANARY, "repair": True, "assignee": finder.id}
    answer = initiator.client.post(f"{card}checklist/", {"points": [point]})
    assert answer.status_code == 201, answer.json()
    pk = answer.json()["results"][0]["id"]
    failed = finder.client.post(f"checklist/{pk}/failure/", {"note": NOTE})
    assert failed.status_code == 200, failed.json()
    return card


def found(who):
    """Every address under which somebody is told of the work, by its words."""
    rows = who.client.get("tasks/", tab="all", search="Канарейкин").json()["results"]
    hits = [hit["card"] for q in (CANARY, NOTE) for hit in who.client.get("search/", q=q).json()["results"]]
    return {one["ref"] for one in (*rows, *hits) if one["title"].startswith("Устранить")}


@pytest.mark.row("T-16", "SE-05")
def test_a_private_card_is_not_told_by_the_work_of_putting_it_right(company, crowd, owner, deliver, mailbox):
    initiator, assignee, finder = crowd
    card = repair_of(crowd, is_private=True)
    deliver()
    index_all(company, 0)
    (ref,) = found(assignee)
    assert found(initiator) == found(finder) == {ref}, "who plays a part in it sees it"
    assert found(owner) == set(), "who plays none does not, whatever his rights"
    path = f"tasks/{ref.split('/')[1]}/"
    assert owner.client.get(path).status_code == owner.client.get(card).status_code == 404
    told = assignee.client.get(path).json()
    assert (told["is_private"], told["description"]) == (True, NOTE)
    assert not [letter for letter in mailbox if letter["To"] not in {one.email for one in crowd}]


@pytest.mark.row("T-16")
def test_the_work_on_an_open_card_is_open_and_its_finder_looks_on(crowd, owner, deliver):
    repair_of(crowd, is_private=False)
    deliver()
    (row,) = owner.client.get("tasks/", tab="all", search="Устранить").json()["results"]
    told = owner.client.get(f"tasks/{row['id']}/").json()
    assert (told["is_private"], [who["id"] for who in told["watchers"]]) == (False, [crowd[2].id])


@pytest.mark.row("T-16")
def test_nothing_of_a_drafts_checklist_tells_anybody_or_gives_work(crowd, owner, deliver, mailbox):
    initiator, assignee, third = crowd
    body = {"title": "Черновик", "assignee": assignee.id, "is_draft": True}
    card = f"tasks/{initiator.client.post('tasks/', body).json()['id']}/"
    points = [{"text": CANARY, "repair": True, "assignee": third.id}, {"text": "Щит", "assignee": assignee.id}]
    first, second = (
        f"checklist/{point['id']}/"
        for point in initiator.client.post(f"{card}checklist/", {"points": points}).json()["results"]
    )
    assert initiator.client.patch(second, {"assignee": third.id}).status_code == 200
    assert initiator.client.put(f"{second}place/", {"after": None}).status_code == 204
    tries = (
        initiator.client.post(f"{first}tick/"), initiator.client.post(f"{first}failure/", {"note": NOTE}),
        initiator.client.delete(f"{first}tick/"),
    )  # fmt: skip
    assert {(answer.status_code, answer.json()["type"]) for answer in tries} == {(409, "/problems/point-of-draft")}
    assert initiator.client.delete(second).status_code == 204
    (shown,) = initiator.client.get(f"{card}checklist/").json()["results"]
    assert (shown["outcome"], shown["can_tick"]) == ("", False)
    deliver()
    assert not [letter for letter in mailbox if letter["To"] in (assignee.email, third.email)]
    for who in (assignee, third, owner):
        assert who.client.get("tasks/", tab="all").json()["results"] == []
    assert initiator.client.post(f"{card}do/release/").status_code == 200
    assert third.client.post(f"{first}failure/", {"note": NOTE}).status_code == 200
    deliver()
    assert len(found(assignee)) == 1
