"""The benchmarks' floor gives what the API gives; otherwise their ratio would compare two different things."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from infra.benchmarks import lists, statements
from infra.benchmarks.likeness import must_be_alike
from modules.tasks.queries import end_of_today

DUE = "2030-01-01T10:00:00Z"
NEW = ("id", "ref", "number", "created_at", "changed_at")


def floor(statement: str, **given: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return json.loads(cursor.fetchone()[0])


@pytest.fixture
def two(company, person):
    """An employee and the one who gives him tasks."""
    return person(company), person(company)


def test_the_list_is_the_same(company, two, inside):
    worker, giver = two
    for title in ("Проверить насос", "Заказать уплотнения"):
        form = {"title": title, "assignee": worker.id, "due_at": DUE, "watchers": [giver.id]}
        assert giver.client.post("tasks/", form).status_code == 201
    ours = worker.client.get(f"tasks/?assignee={worker.id}&ordering=due_at&limit=50").json()
    assert len(ours["results"]) == 2
    with inside(company):
        must_be_alike("list", ours, floor(statements.LIST, who=worker.id))


@pytest.mark.parametrize("deeds", [(), ("start",), ("start", "submit")])
def test_the_card_has_the_same_buttons(company, two, inside, deeds):
    worker, giver = two
    form = {"title": "Проверить насос", "assignee": worker.id, "due_at": DUE, "watchers": [giver.id]}
    card = giver.client.post("tasks/", form).json()["id"]
    for deed in deeds:
        assert worker.client.post(f"tasks/{card}/do/{deed}/", {}).status_code == 200
    for reader in two:
        ours = reader.client.get(f"tasks/{card}/").json()
        with inside(company):
            must_be_alike("card", ours, floor(statements.CARD, id=card, me=reader.id))


def test_creating_answers_and_writes_the_same(company, two, inside):
    worker, giver = two
    tables = ("entities_entity", "tasks_task", "entities_participant", "events_fact")

    def rows() -> list[int]:
        with inside(company), connection.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(f'(SELECT count(*) FROM {table})' for table in tables)}")
            return list(cursor.fetchone())

    before = rows()
    ours = giver.client.post("tasks/", {"title": "Проверить насос", "assignee": worker.id, "due_at": DUE}).json()
    between = rows()
    with inside(company):
        given = {"title": "Проверить насос", "due_at": DUE, "who": worker.id, "me": giver.id}
        must_be_alike("create", ours, floor(statements.CREATE, **given), but=NEW)
    after = rows()
    assert [b - a for a, b in zip(before, between, strict=True)] == [b - a for a, b in zip(between, after, strict=True)]


@pytest.fixture
def busy(two, company, inside):
    """Tasks of every section of the queue for the worker, more of one than its head shows; one of others beside."""
    worker, giver = two
    past = datetime.now(UTC) - timedelta(days=2)
    with inside(company):
        late = end_of_today() - timedelta(seconds=1)

    def give(by, to, title, *deeds, due_at=None):
        form = {"title": title, "assignee": to.id, "due_at": due_at and due_at.isoformat()}
        card = by.client.post("tasks/", form).json()["id"]
        for who, deed in deeds:
            answer = who.client.post(f"tasks/{card}/do/{deed}/", {"text": "Так"})
            assert answer.status_code == 200, answer.json()

    for number in range(12):
        give(giver, worker, f"Новая {number}")
        give(giver, worker, f"Поздняя {number}", due_at=past + timedelta(hours=number % 3))
    give(giver, worker, "Сегодня", (worker, "start"), due_at=late)
    give(giver, worker, "Вернули", (worker, "start"), (worker, "submit"), (giver, "return"))
    give(worker, giver, "Сдали", (giver, "start"), (giver, "submit"))
    give(worker, worker, "Закрыта", (worker, "start"), (worker, "close"))
    give(giver, giver, "Чужая", due_at=past)
    return worker


@pytest.mark.parametrize("asked", lists.floored(lists.MINE), ids=lambda asked: asked.name)
def test_lists_show_the_same(company, busy, inside, asked):
    ours, me = (busy.client.get(path).json() for path in (asked.path, "me/"))
    with inside(company), connection.cursor() as cursor:
        lists.must_agree(asked.name, asked, ours, cursor, lists.known(cursor, me))
    assert len(asked.shown(ours)) > 4


def test_what_differs_is_named():
    ours = {"results": [{"id": 1, "at": 2}], "next": "x"}
    with pytest.raises(RuntimeError, match=r"/results/0/at is only in ours"):
        must_be_alike("list", ours, {"results": [{"id": 1}], "next": "y"})
    with pytest.raises(RuntimeError, match=r"/next: True and False"):
        must_be_alike("list", ours, {"results": [{"id": 1, "at": 2}], "next": None})
