"""Buttons through the API: the life of a task, who may press what, and what the history tells."""

import pytest

from core.events.models import Fact

pytestmark = pytest.mark.row("T-19", "T-21")


def codes(card):
    return [button["code"] for button in card["actions"]]


def seen_by(who, card):
    return who.client.get(f"tasks/{card['id']}/").json()


def test_from_new_to_closed_with_one_return(give, cast, press):
    card = give()
    steps = [
        (cast.assignee, "accept", "accepted"),
        (cast.assignee, "start", "in_work"),
        (cast.assignee, "submit", "in_review"),
        (cast.initiator, "return", "returned"),
        (cast.assignee, "start", "in_work"),
        (cast.assignee, "submit", "in_review"),
        (cast.initiator, "close", "closed"),
    ]
    for who, code, status in steps:
        answer = press(who, card, code, text="Добавьте сроки" if code == "return" else "")
        assert (answer.status_code, answer.json()["status"]) == (200, status)
    final = answer.json()
    assert (final["state"], final["version"]) == ("done", 8) and final["done_at"]
    history = cast.initiator.client.get(f"tasks/{card['id']}/history/").json()["results"]
    told = [entry["title"] for entry in history if entry["kind"].startswith("tasks.")]
    assert sorted(told) == sorted(
        ["поставил(а) задачу", "принял(а) задачу", "вернул(а) на доработку", "закрыл(а) задачу"]
        + ["начал(а) работу", "сдал(а) на проверку"] * 2
    )


def test_each_side_sees_its_own_buttons(give, cast, press):
    card = give(watchers=[cast.colleague.id])
    assert codes(seen_by(cast.assignee, card)) == ["accept", "start"]
    assert codes(seen_by(cast.initiator, card)) == ["cancel"]
    assert codes(seen_by(cast.colleague, card)) == []
    press(cast.assignee, card, "start")
    press(cast.assignee, card, "submit")
    assert codes(seen_by(cast.assignee, card)) == []
    buttons = seen_by(cast.initiator, card)["actions"]
    assert [(one["code"], one["kind"], one["needs_text"]) for one in buttons] == [
        ("close", "primary", False),
        ("return", "default", True),
        ("cancel", "danger", False),
    ]


def test_the_wrong_person_is_told_whose_button_it_is(give, cast, press):
    card = give()
    assert press(cast.initiator, card, "accept").json()["type"] == "/problems/not-assignee"
    assert press(cast.assignee, card, "cancel").json()["type"] == "/problems/not-initiator"
    assert press(cast.stranger, card, "accept").status_code == 404
    assert press(cast.assignee, card, "объять").status_code == 404
    assert press(cast.assignee, card, "explode").status_code == 404


def test_the_wrong_moment_changes_nothing(give, cast, press):
    card = give()
    late = press(cast.initiator, card, "close")
    assert (late.status_code, late.json()["type"]) == (409, "/problems/wrong-moment")
    press(cast.assignee, card, "accept")
    assert press(cast.assignee, card, "accept").status_code == 409
    assert seen_by(cast.assignee, card)["version"] == 2


def test_a_return_says_why_and_the_words_join_the_talk(give, cast, press):
    card = give()
    press(cast.assignee, card, "start")
    press(cast.assignee, card, "submit")
    silent = press(cast.initiator, card, "return", text="   ")
    assert (silent.status_code, silent.json()["errors"][0]["pointer"]) == (422, "/text")
    assert press(cast.initiator, card, "return", text="Нет печати").json()["comments_count"] == 1
    said = cast.assignee.client.get(f"tasks/{card['id']}/comments/").json()["results"]
    assert [(one["text"], one["author"]["id"]) for one in said] == [("Нет печати", cast.initiator.id)]


def test_a_task_to_oneself_is_closed_at_once_and_reopened(give, cast, press):
    card = give(to=cast.initiator)
    assert codes(card) == ["start", "close", "cancel"]
    assert press(cast.initiator, card, "close").json()["state"] == "done"
    opened = press(cast.initiator, card, "reopen").json()
    assert (opened["status"], opened["state"], opened["done_at"]) == ("new", "open", None)


def test_an_administrator_acts_as_the_initiator(give, cast, press, owner):
    card = give()
    assert codes(seen_by(owner, card)) == ["cancel"]
    assert press(owner, card, "cancel").json()["state"] == "cancelled"


def test_a_head_does_not_judge_his_own_work(company, person, cast, press, inside):
    from core.organization.models import Department

    with inside(company):
        department = Department.objects.create(title="Отдел")
        Department.objects.filter(pk=department.pk).update(path=[department.pk])
    head = person(company, role="head", department_id=department.pk)
    worker = person(company, department_id=department.pk)
    for_head = cast.initiator.client.post("tasks/", {"title": "Отчёт", "assignee": head.id}).json()
    for_worker = cast.initiator.client.post("tasks/", {"title": "Отчёт", "assignee": worker.id}).json()
    assert codes(seen_by(head, for_head)) == ["accept", "start"]
    assert codes(seen_by(head, for_worker)) == ["cancel"]
    assert press(head, for_head, "cancel").status_code == 403


def test_the_history_says_what_moved(give, cast, press, inside, company):
    card = give()
    press(cast.assignee, card, "accept")
    with inside(company):
        fact = Fact.objects.get(kind="tasks.accepted")
    assert fact.payload["changes"] == [{"field": "status", "old": "Новая", "new": "Принята"}]
    assert fact.actor_id == cast.assignee.principal.pk
