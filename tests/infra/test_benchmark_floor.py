"""The benchmarks' floor gives what the API gives; otherwise their ratio would compare two different things."""

import json
from typing import Any

import pytest
from django.db import connection

from infra.benchmarks import statements
from infra.benchmarks.likeness import must_be_alike

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


def test_what_differs_is_named():
    ours = {"results": [{"id": 1, "at": 2}], "next": "x"}
    with pytest.raises(RuntimeError, match=r"/results/0/at is only in ours"):
        must_be_alike("list", ours, {"results": [{"id": 1}], "next": "y"})
    with pytest.raises(RuntimeError, match=r"/next: True and False"):
        must_be_alike("list", ours, {"results": [{"id": 1, "at": 2}], "next": None})
