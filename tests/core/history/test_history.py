"""What happened to a card, as people read it."""

import pytest

from core.access.actor import Actor
from core.context import company_scope
from core.events.bus import Change, emit
from core.events.models import Fact
from core.history.queries import lines_of
from core.registry import registry
from modules.tasks.events import TaskChanged
from modules.tasks.models import Task

pytestmark = pytest.mark.row("T-21")


@pytest.fixture
def task(company, person):
    """(path of the task, initiator, assignee, stranger)."""
    initiator, assignee, stranger = person(company), person(company), person(company)
    answer = initiator.client.post("tasks/", {"title": "Договор", "assignee": assignee.id})
    return f"tasks/{answer.json()['id']}/", initiator, assignee, stranger


def history(client, path, **params):
    answer = client.get(f"{path}history/", **params)
    assert answer.status_code == 200, answer.json()
    return answer.json()


def change(company, path, by, *changes, **more):
    """Say a fact of a change directly, as a kind with such values would."""
    with company_scope(company):
        task = Task.objects.get(pk=int(path.split("/")[1]))
        actor = Actor(by.principal.pk, "employee", "x", **more)
        emit(TaskChanged(task.ref, tuple(changes)), by=actor)


def test_each_deed_is_a_line_newest_first(task):
    path, initiator, assignee, _ = task
    initiator.client.patch(path, {"title": "Договор № 2", "due_at": "2030-01-01T10:00:00Z"})
    assignee.client.post(f"{path}do/accept/")
    lines = history(initiator.client, path)["results"]
    assert [line["title"] for line in lines] == ["принял(а) задачу", "изменил(а) задачу", "поставил(а) задачу"]
    assert [line["actor"]["id"] for line in lines] == [assignee.id, initiator.id, initiator.id]
    assert lines[0]["changes"] == [
        {"field": "status", "label": "Состояние", "old": "Новая", "new": "Принята", "can_restore": False}
    ]
    changes = {told["field"]: told for told in lines[1]["changes"]}
    assert changes["title"] == {
        "field": "title",
        "label": "Название",
        "old": "Договор",
        "new": "Договор № 2",
        "can_restore": True,
    }
    assert (changes["due_at"]["label"], changes["due_at"]["old"]) == ("Срок", None)
    assert changes["due_at"]["new"].startswith("2030-01-01T10:00:00")
    assert {line["door"] for line in lines} == {"token"}
    assert all(line["on_behalf_of"] is None and line["at"] for line in lines)


def test_numbers_of_people_and_codes_are_told_in_words(task, company):
    path, initiator, assignee, _ = task
    change(company, path, initiator, Change("status", "new", "accepted"), Change("description", "", "Текст"))
    task_kind = registry.kind("tasks.task")
    with company_scope(company):
        fact = Fact(kind="tasks.changed", actor_id=initiator.principal.pk, payload={"changes": [
            {"field": "responsible", "old": None, "new": assignee.principal.pk},
            {"field": "author", "old": [initiator.principal.pk, assignee.principal.pk], "new": True},
        ]})  # fmt: skip
        labelled = {"responsible": "Исполнитель", "author": "Люди"}
        kind = task_kind.__class__(**{**vars(task_kind), "history": labelled})
        card = kind.model.objects.get(pk=path.split("/")[1])
        (line,) = lines_of([fact], kind, initiator.actor(), card)
    first = history(initiator.client, path)["results"][0]["changes"]
    assert [(told["old"], told["new"]) for told in first] == [("Новая", "Принята"), (None, "Текст")]
    assert line["changes"][0]["new"] == "Сотрудник Н."
    assert line["changes"][1]["new"] == "да"


def test_fields_without_a_label_are_not_told(task, company):
    path, initiator, *_ = task
    change(company, path, initiator, Change("salary", 1, 2), Change("title", "a", "b"))
    assert [told["field"] for told in history(initiator.client, path)["results"][0]["changes"]] == ["title"]


def test_a_deputy_is_named_with_whom_he_stood_for(task, company):
    path, initiator, assignee, _ = task
    change(company, path, assignee, Change("title", "a", "b"), on_behalf_of=initiator.principal.pk)
    line = history(initiator.client, path)["results"][0]
    assert (line["actor"]["id"], line["on_behalf_of"]["id"]) == (assignee.id, initiator.id)


def test_a_fact_of_a_kind_that_is_gone_still_has_a_line(task, company):
    path, initiator, *_ = task
    with company_scope(company):
        card_id = int(path.split("/")[1])
        Fact.objects.create(kind="gone.module", entity_id=card_id, actor_id=initiator.principal.pk, door="x")
    assert history(initiator.client, path)["results"][0]["title"] == "изменил(а) карточку"


def test_pages_go_back_in_time_without_gaps(task, company):
    path, initiator, *_ = task
    for number in range(6):
        change(company, path, initiator, Change("title", str(number), str(number + 1)))
    seen, cursor = [], {}
    while True:
        page = history(initiator.client, path, limit=3, **cursor)
        assert len(page["results"]) <= 3
        seen += [line["id"] for line in page["results"]]
        if page["next"] is None:
            break
        cursor = {"cursor": page["next"]}
    assert len(seen) == len(set(seen)) == 7 and seen == sorted(seen, reverse=True)


def test_the_history_of_a_card_one_does_not_see_does_not_exist(task, other_owner, company, api):
    path, _, _, stranger = task
    assert stranger.client.get(f"{path}history/").status_code == 404
    assert other_owner.client.get(f"{path}history/").status_code == 404
    assert api(company).get(f"{path}history/").status_code == 401


def test_history_is_only_read(task):
    path, initiator, *_ = task
    for method in ("post", "put", "patch", "delete"):
        assert initiator.client.call(method, f"{path}history/").status_code in (403, 405)


def test_a_long_history_costs_as_much_as_a_short_one(task, company, statements):
    path, initiator, assignee, _ = task
    with statements() as few:
        history(initiator.client, path)
    for by in (initiator, assignee, initiator):
        change(company, path, by, Change("title", "a", "b"))
    with statements() as many:
        assert len(history(initiator.client, path)["results"]) == 4
    assert len(many) == len(few)
