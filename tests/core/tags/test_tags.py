"""Tags on cards of any kind: put on, found by, renamed, merged."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.tags.rules import MOST_ON_CARD


@pytest.fixture
def desk(company, person):
    """(make(title) → path of a new task, administrator, initiator, assignee, stranger)."""
    admin = person(company, role="admin")
    initiator, assignee, stranger = (person(company) for _ in range(3))

    def make(title="Пуск котельной"):
        card = initiator.client.post("tasks/", {"title": title, "assignee": assignee.id}).json()
        return f"tasks/{card['id']}/tags/"

    return make, admin, initiator, assignee, stranger


def put(who, path, *titles):
    answer = who.client.put(path, {"tags": list(titles)})
    assert answer.status_code == 200, answer.json()
    return [tag["title"] for tag in answer.json()["results"]]


def tag_id(who, title):
    return next(tag["id"] for tag in who.client.get("tags/").json()["results"] if tag["title"] == title)


def listed(who, **params):
    return [row["title"] for row in who.client.get("tasks/", ordering="created_at", **params).json()["results"]]


def test_tags_are_words_of_the_whole_company_whatever_their_case(desk):
    make, admin, initiator, assignee, stranger = desk
    first = make()
    assert put(initiator, first, " Срочно ", "Цех  2", "срочно") == ["Срочно", "Цех 2"]
    assert put(assignee, make(), "СРОЧНО") == ["Срочно"]
    assert put(stranger, f"employees/{stranger.id}/tags/", "цех 2") == ["Цех 2"]
    assert [tag["title"] for tag in stranger.client.get("tags/", search="цех").json()["results"]] == ["Цех 2"]
    assert put(initiator, first) == []


def test_those_who_answer_for_the_card_tag_it(desk, person, company):
    make, _, initiator, _, stranger = desk
    path, watcher = make(), person(company)
    initiator.client.put(path.replace("tags", "watchers"), {"watchers": [watcher.id]})
    assert watcher.client.put(path, {"tags": ["Моё"]}).status_code == 403
    assert stranger.client.put(path, {"tags": ["Моё"]}).status_code == 404
    assert not watcher.client.get(path).json()["can_edit"]
    assert watcher.client.get("tags/").json()["results"] == []


def test_a_word_of_closed_cards_alone_is_told_to_those_who_see_them(desk):
    make, admin, initiator, assignee, stranger = desk

    def told(who, **asked):
        return [tag["title"] for tag in who.client.get("tags/", **asked).json()["results"]]

    def card(**more):
        body = {"title": "Кадры", "assignee": assignee.id, **more}
        return f"tasks/{initiator.client.post('tasks/', body).json()['id']}/tags/"

    private, draft = card(is_private=True), card(is_draft=True)
    put(initiator, private, "Увольнение")
    put(initiator, draft, "Замысел")
    assert told(initiator) == ["Замысел", "Увольнение"]
    # A draft is its author's alone; in a private card its assignee takes part.
    assert told(assignee) == ["Увольнение"]
    for other in (stranger, admin):
        assert told(other) == [] and told(other, search="вольн") == []
    # Once it stands on a card that nothing closes, it is a word of the company.
    put(initiator, make(), "Увольнение")
    assert told(stranger) == told(admin) == ["Увольнение"]
    initiator.client.post(f"{draft.removesuffix('tags/')}do/release/")
    assert told(stranger) == ["Замысел", "Увольнение"]
    # What stands nowhere any more is for whoever tidies up.
    put(initiator, draft)
    assert told(stranger) == ["Увольнение"] and told(admin) == ["Замысел", "Увольнение"]


def test_a_page_of_tags_is_one_query_that_asks_each_tag_for_one_card(desk):
    make, _, initiator, _, stranger = desk
    put(initiator, make(), *(f"т{number}" for number in range(MOST_ON_CARD)))
    with CaptureQueriesContext(connection) as seen:
        assert len(stranger.client.get("tags/").json()["results"]) == MOST_ON_CARD
    asked = [query["sql"] for query in seen if "tags_tag" in query["sql"]]
    assert len(asked) == 1 and asked[0].count("OFFSET 0") >= 2


def test_lists_are_narrowed_by_tags(desk):
    make, _, initiator, _, _ = desk
    for title, tags in (("А", ["Срочно"]), ("Б", ["Цех"]), ("В", ["Срочно", "Цех"]), ("Г", [])):
        put(initiator, make(title), *tags)
    urgent, shop = (tag_id(initiator, title) for title in ("Срочно", "Цех"))
    assert listed(initiator, tag=urgent) == ["А", "В"]
    assert listed(initiator, tag=f"{urgent},{shop}") == ["А", "Б", "В"]
    assert listed(initiator, tag__isnull="true") == ["Г"]
    assert initiator.client.get("tasks/", tag="x").status_code == 422
    assert initiator.client.get("tasks/", tag__title="Срочно").status_code == 422
    people = initiator.client.get("employees/", tag=urgent)
    assert (people.status_code, people.json()["results"]) == (200, [])


def test_the_history_and_the_version_know_of_it(desk):
    make, _, initiator, _, _ = desk
    path = make()
    put(initiator, path, "Срочно")
    stale = initiator.client.put(path, {"tags": []}, if_match='"1"')
    assert stale.status_code == 412
    assert initiator.client.put(path, {"tags": ["Цех", "Срочно"]}, if_match='"2"')["ETag"] == '"3"'
    (line, *_) = initiator.client.get(path.replace("tags", "history")).json()["results"]
    assert line["changes"] == [
        {"field": "tags", "label": "Метки", "old": "Срочно", "new": "Срочно, Цех", "can_restore": True}
    ]


def test_wrong_tags_are_refused(desk):
    make, _, initiator, _, _ = desk
    path = make()
    for tags in (["а,б"], ["х" * 61], [f"т{number}" for number in range(MOST_ON_CARD + 1)], [5, {}], "Срочно", [""]):
        assert initiator.client.put(path, {"tags": tags}).status_code == 422, tags


def test_tags_are_renamed_merged_and_deleted_by_those_who_may(desk):
    make, admin, initiator, _, _ = desk
    first, second, both = make("А"), make("Б"), make("В")
    put(initiator, first, "Срочно")
    put(initiator, second, "Горит")
    put(initiator, both, "Срочно", "Горит")
    urgent, burning = tag_id(admin, "Срочно"), tag_id(admin, "Горит")
    assert initiator.client.patch(f"tags/{urgent}/", {"title": "Моё"}).status_code == 403
    taken = admin.client.patch(f"tags/{urgent}/", {"title": "гОРИТ"})
    assert (taken.status_code, taken.json()["errors"][0]["pointer"]) == (422, "/title")
    assert admin.client.patch(f"tags/{urgent}/", {"title": "СРОЧНО", "color": "red"}).json()["color"] == "red"
    assert admin.client.post(f"tags/{burning}/merge/", {"into": burning}).status_code == 422
    assert admin.client.post(f"tags/{burning}/merge/", {"into": 10**9}).status_code == 422
    assert admin.client.post(f"tags/{burning}/merge/", {"into": urgent}).status_code == 200
    assert listed(initiator, tag=urgent) == ["А", "Б", "В"]
    assert [tag["title"] for tag in initiator.client.get(both).json()["results"]] == ["СРОЧНО"]
    assert admin.client.delete(f"tags/{urgent}/").status_code == 204
    assert initiator.client.get(first).json()["results"] == []
    assert admin.client.delete(f"tags/{urgent}/").status_code == 404


def test_another_company_has_its_own_words(desk, other_owner):
    make, admin, initiator, _, _ = desk
    put(initiator, make(), "Тайный проект")
    assert other_owner.client.get("tags/").json()["results"] == []
    assert other_owner.client.patch(f"tags/{tag_id(admin, 'Тайный проект')}/", {"title": "Моё"}).status_code == 404
