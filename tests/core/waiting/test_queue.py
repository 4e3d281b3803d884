"""«Ждёт меня»: everything that waits for a person, of every sort, acted on in place."""

import base64
import re
from datetime import UTC, datetime, timedelta
from unittest.mock import ANY

import pytest

from core.registry import registry
from core.waiting.queries import sources


def moment(**shift):
    return (datetime.now(UTC) + timedelta(**shift)).isoformat()


@pytest.fixture
def people(company, person):
    return person(company, name="Петров Пётр"), person(company, name="Крылова Анна")


def give(by, to, title, **more):
    made = by.client.post("tasks/", {"title": title, "assignee": to.id, **more})
    assert made.status_code == 201, made.json()
    return made.json()


def queue(who):
    answer = who.client.get("waiting/")
    assert answer.status_code == 200
    return {section["code"]: section for section in answer.json()["sections"]}


def act(who, line, code):
    action = next(action for action in line["actions"] if action["code"] == code)
    answer = who.client.call(action["method"].lower(), action["path"], action["body"])
    assert answer.status_code < 300, answer.json()


@pytest.fixture
def scene(people):
    """One thing of each sort waits for Petrov."""
    me, other = people
    give(other, me, "Новая")
    give(other, me, "Поздняя", due_at=moment(days=-2))
    back = give(other, me, "Возвращённая")
    for who, deed, body in ((me, "start", {}), (me, "submit", {}), (other, "return", {"text": "Не то"})):
        assert who.client.post(f"tasks/{back['id']}/do/{deed}/", body).status_code == 200
    review = give(me, other, "Сданная")
    for deed in ("start", "submit"):
        other.client.post(f"tasks/{review['id']}/do/{deed}/")
    moved = give(me, other, "С переносом", due_at=moment(days=3))
    other.client.post(f"tasks/{moved['id']}/due-request/", {"due_at": moment(days=9), "reason": "Ждём детали"})
    checked = give(other, other, "С чек-листом")
    points = {"points": [{"text": "Осмотр", "assignee": me.id}, {"text": "Фото", "assignee": me.id, "demand": "photo"}]}
    assert other.client.post(f"tasks/{checked['id']}/checklist/", points).status_code == 201
    read = give(other, other, "С приказом")
    asked = other.client.post(f"tasks/{read['id']}/acknowledgements/", {"people": [me.id]})
    assert asked.status_code == 201, asked.json()
    return me, other


def test_every_sort_stands_in_one_queue_and_is_acted_on_in_place(scene):
    me, _ = scene
    found = queue(me)
    assert {code: section["count"] for code, section in found.items()} == {
        "overdue": 1, "returned": 1, "due-requests": 1, "to-review": 1, "new": 1, "points": 2, "readings": 1,
    }  # fmt: skip
    assert me.client.get("waiting/").json()["count"] == 8
    titles = {code: [line["card"]["title"] for line in section["results"]] for code, section in found.items()}
    assert (titles["new"], titles["overdue"], titles["readings"]) == (["Новая"], ["Поздняя"], ["С приказом"])
    request = found["due-requests"]["results"][0]
    assert (request["text"], request["who"]["name"]) == ("Ждём детали", "Крылова А.")
    act(me, request, "consent")
    act(me, found["new"]["results"][0], "accept")
    act(me, found["to-review"]["results"][0], "close")
    act(me, found["points"]["results"][0], "tick")
    act(me, found["readings"]["results"][0], "confirm")
    assert {code: section["count"] for code, section in queue(me).items()} == {"overdue": 1, "returned": 1, "points": 1}
    assert found["points"]["results"][1]["actions"] == [], "a proof is shown on the card"


def test_nobody_sees_what_waits_for_others(scene, company, person):
    assert queue(person(company)) == {}
    assert set(queue(scene[1])) <= {"new", "today", "overdue"}


def test_what_is_over_in_the_trash_or_switched_off_waits_for_nobody(scene, owner):
    me, other = scene
    for section in queue(me).values():
        for line in section["results"]:
            card = int(line["card"]["ref"].partition("/")[2])
            assert owner.client.delete(f"tasks/{card}/").status_code in (204, 404)
    assert queue(me) == {}
    give(other, me, "Ещё одна")
    assert list(queue(me)) == ["new"]
    assert owner.client.patch("modules/tasks/", {"enabled": False}).status_code == 200
    assert queue(me) == {}


def test_pages_of_a_source_give_each_line_once(people):
    me, other = people
    for number in range(23):
        give(other, me, f"Задача {number}", due_at=moment(days=number + 1) if number % 2 else None)
    head = queue(me)["new"]
    assert (head["count"], len(head["results"])) == (23, 10)
    keys, cursor = [line["key"] for line in head["results"]], head["next"]
    while cursor:
        page = me.client.get("waiting/new/", cursor=cursor, limit=10).json()
        keys += [line["key"] for line in page["results"]]
        cursor = page["next"]
    assert len(keys) == len(set(keys)) == 23
    assert me.client.get("waiting/nothing/").status_code == 404


@pytest.mark.row("SE-05")
def test_neither_cursors_nor_the_order_tell_a_hidden_due_moment(people, owner):
    me, other = people
    for number, days in enumerate((9, 3, 6)):
        give(other, me, f"Задача {number}", due_at=moment(days=days))
    give(other, me, "Без срока")

    def walked():
        titles, lengths, cursor = [], set(), None
        while True:
            page = me.client.get("waiting/new/", limit=1, **({"cursor": cursor} if cursor else {})).json()
            titles += [line["card"]["title"] for line in page["results"]]
            if (cursor := page["next"]) is None:
                return titles, lengths
            told = base64.urlsafe_b64decode(cursor.partition(":")[0] + "===").decode(errors="replace")
            assert not re.search(r"20\d\d-\d\d", told), told
            lengths.add(len(cursor))

    assert walked() == (["Задача 1", "Задача 2", "Задача 0", "Без срока"], ANY)
    limits = {"limits": [{"kind": "tasks.task", "field": "due_at", "level": "hidden"}]}
    assert owner.client.put("roles/employee/fields/", limits).status_code == 200
    titles, lengths = walked()
    assert titles == ["Задача 0", "Задача 1", "Задача 2", "Без срока"]
    assert len(lengths) == 1
    (fresh,) = (one for one in me.client.get("home/").json()["sections"] if one["code"] == "new_for_me")
    assert [row["title"] for row in fresh["items"]] == ["Задача 0", "Задача 1", "Задача 2", "Без срока"]


def test_the_queue_asks_no_more_for_more_lines(scene, statements):
    me, other = scene
    asked = []
    for _ in range(2):
        me.client.get("waiting/")
        with statements() as seen:
            me.client.get("waiting/")
        asked.append(len(seen))
        for number in range(8):
            give(other, me, f"Ещё {number}")
    assert asked[0] == asked[1] <= 36


def test_sources_have_codes_and_places_of_their_own(company, inside):
    with inside(company):
        found = sources()
    assert len({source.code for source in found}) == len({source.place for source in found}) == len(found)
    declared = [source for trait in registry.traits.values() for source in trait.waiting]
    assert {source.code for source in declared} == {"points", "readings", "route-steps", "route-questions"}


def test_whoever_may_not_see_due_moments_is_not_told_what_is_late(scene, owner):
    me, other = scene
    give(other, me, "На сегодня", due_at=moment(minutes=1))
    before = queue(me)
    assert (before["overdue"]["count"], before["due-requests"]["count"]) == (1, 1)
    limits = [{"kind": "tasks.task", "field": "due_at", "level": "hidden"}]
    assert owner.client.put("roles/employee/fields/", {"limits": limits}).status_code == 200
    found = queue(me)
    assert not {"overdue", "today", "due-requests"} & set(found)
    # What is late waits among the new ones, and nothing of the line says which it is.
    assert {line["card"]["title"] for line in found["new"]["results"]} == {"Новая", "Поздняя", "На сегодня"}
    assert {(line["due_at"], line["is_overdue"]) for line in found["new"]["results"]} == {(None, False)}
