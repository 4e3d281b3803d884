"""Watching a card: the same on a task and on a person's card, but for who may put himself there."""

import pytest

from core.watchers import actions

pytestmark = pytest.mark.row("T-18", "T-19")


@pytest.fixture(params=["tasks", "employees"])
def card(request, company, person, owner):
    """The path of a card of one kind or the other."""
    whose = person(company)
    if request.param == "employees":
        return f"employees/{whose.id}/"
    return f"tasks/{owner.client.post('tasks/', {'title': 'Договор', 'assignee': whose.id}).json()['id']}/"


@pytest.fixture
def pair(company, person):
    return person(company), person(company)


def name(owner, card, *people, **headers):
    body = {"watchers": [who.id for who in people]}
    return owner.client.put(f"{card}watchers/", body, **headers)


def watchers(who, card):
    answer = who.client.get(f"{card}watchers/")
    assert answer.status_code == 200, answer.json()
    return [one["id"] for one in answer.json()["results"]]


def heard(who):
    return [(one["kind"], one["reason"]) for one in who.client.get("notices/").json()["results"]]


def test_people_are_named_told_of_in_the_history_and_put_back(card, owner, pair):
    first, second = pair
    named = name(owner, card, first, second)
    assert named.status_code == 200, named.json()
    assert named.json()["ref"].endswith(card.split("/")[1]) and named["ETag"] == f'"{named.json()["version"]}"'
    assert sorted(watchers(owner, card)) == sorted([first.id, second.id])
    assert name(owner, card, second).status_code == 200
    assert name(owner, card, second).json()["version"] == named.json()["version"] + 1, "nothing has changed"
    line = owner.client.get(f"{card}history/").json()["results"][0]
    assert (line["kind"], line["changes"][0]["label"]) == ("watchers.changed", "Наблюдатели")
    assert line["changes"][0]["can_restore"] is True
    back = owner.client.post(f"{card}history/{line['id']}/restore/", {})
    assert back.json()["restored"] == ["Наблюдатели"], back.json()
    assert sorted(watchers(owner, card)) == sorted([first.id, second.id])


def test_what_was_read_long_ago_does_not_overwrite(card, owner, pair):
    seen = owner.client.get(card)["ETag"]
    assert name(owner, card, pair[0], If_Match=seen).status_code == 200
    stale = name(owner, card, pair[1], If_Match=seen)
    assert (stale.status_code, stale.json()["current"]["version"]) == (412, int(seen.strip('"')) + 1)
    assert watchers(owner, card) == [pair[0].id]


def test_nobody_unknown_is_named(card, owner, other_owner):
    for unknown in (999_999_999, other_owner.id + 10_000):
        answer = owner.client.put(f"{card}watchers/", {"watchers": [unknown]})
        assert [one["pointer"] for one in answer.json()["errors"]] == ["/watchers"]
    assert watchers(owner, card) == []


def test_whoever_was_named_hears_of_it_and_then_of_what_is_said(card, owner, pair, deliver):
    first, _ = pair
    name(owner, card, first)
    deliver()
    told = "watchers.named" if card.startswith("employees") else "tasks.watching"
    assert heard(first) == [(told, "вы наблюдаете")]
    owner.client.post(f"{card}comments/", {"text": "Жду до пятницы"})
    deliver()
    assert heard(first)[0] == ("comments.overheard", "вы наблюдаете") and len(heard(first)) == 2
    assert heard(owner) == []


def test_who_watches_takes_himself_off_without_leave(card, owner, pair):
    first, second = pair
    name(owner, card, first, second)
    assert first.client.delete(f"{card}watchers/").status_code == 204
    assert watchers(owner, card) == [second.id]
    # A task was shown to him by nothing else.
    again = first.client.delete(f"{card}watchers/").status_code
    assert again == (204 if card.startswith("employees") else 404)


def test_a_colleagues_card_is_watched_by_whoever_reads_it(company, person, owner, deliver):
    whose, curious = person(company), person(company)
    card = f"employees/{whose.id}/"
    before = curious.client.get(f"{card}watchers/").json()
    assert (before["is_watching"], before["can_watch"], before["can_gather"]) == (False, True, False)
    told = curious.client.post(f"{card}watchers/").json()
    assert told["is_watching"] is True and [one["id"] for one in told["results"]] == [curious.id]
    assert name(curious, card).status_code == 403
    deliver()
    assert heard(curious) == [], "he knows it himself"
    owner.client.post(f"{card}comments/", {"text": "Медосмотр в среду"})
    deliver()
    assert heard(curious) == [("comments.overheard", "вы наблюдаете")]
    curious.client.delete(f"{card}watchers/")
    owner.client.post(f"{card}comments/", {"text": "Перенесли"})
    deliver()
    assert len(heard(curious)) == 1


@pytest.mark.row("SE-07")
def test_nobody_keeps_a_task_in_sight_by_watching_it_himself(company, person, owner):
    place = owner.client.post("departments/", {"title": "Цех"}).json()["id"]
    grants = [{"permission": "tasks.view", "scope": "department"}]
    role = owner.client.post("roles/", {"title": "Учётчик", "grants": grants}).json()["code"]
    clerk, worker = person(company, role, department_id=place), person(company, department_id=place)
    made = owner.client.post("tasks/", {"title": "Сменить вал", "assignee": worker.id}).json()
    card = f"tasks/{made['id']}/"
    assert clerk.client.get(f"{card}watchers/").json()["can_watch"] is False
    refused = clerk.client.post(f"{card}watchers/")
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/not-yours-to-watch")
    assert worker.client.post(f"{card}watchers/").json()["is_watching"] is True, "he answers for it"


def test_a_card_is_watched_by_so_many(company, person, owner, pair, monkeypatch):
    monkeypatch.setattr(actions, "MOST_WATCHERS", 1)
    card = f"employees/{person(company).id}/"
    assert pair[0].client.post(f"{card}watchers/").status_code == 200
    assert pair[1].client.post(f"{card}watchers/").json()["type"] == "/problems/too-many-watchers"
    assert pair[0].client.post(f"{card}watchers/").status_code == 200, "who is there stays there"


def test_somebody_watches_many_people_at_once_and_it_is_put_back(company, person, owner, pair):
    ids = [person(company).id for _ in range(2)]
    body = {"action": "watch", "ids": ids, "values": {"watcher": pair[0].id}}
    done = owner.client.post("employees/bulk/", body).json()
    assert [line["outcome"] for line in done["results"]] == ["done", "done"]
    assert [watchers(owner, f"employees/{pk}/") for pk in ids] == [[pair[0].id]] * 2
    assert {line["outcome"] for line in owner.client.post("employees/bulk/", body).json()["results"]} == {"same"}
    owner.client.post("employees/bulk/undo/", {"undo": done["undo"]})
    assert [watchers(owner, f"employees/{pk}/") for pk in ids] == [[], []]


def test_many_watchers_are_read_as_cheaply_as_one(card, company, person, owner, statements):
    name(owner, card, person(company))
    with statements() as few:
        assert len(watchers(owner, card)) == 1
    name(owner, card, *(person(company) for _ in range(4)))
    with statements() as many:
        assert len(watchers(owner, card)) == 4
    assert len(many) == len(few)
