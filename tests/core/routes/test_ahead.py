"""What a strip says of stages to come: whom they would ask now, and by which rule."""

import pytest

from core.context import company_scope
from core.organization.models import Department, Employee

from .test_rest import by_person, drawn, ok, sent, step_of

pytestmark = pytest.mark.row("D-04", "D-13")


def strip(who, card):
    return {one["code"]: one for one in ok(who.client.get(f"cards/{card}/route/"))["run"]["stages"]}


def expected(stage):
    return [one["person"]["id"] for one in stage["expected"]]


@pytest.fixture
def placed(company, people):
    """The author has a manager; his department has a head: (author, manager, head)."""
    author, manager, head, _ = people
    with company_scope(company):
        place = Department.objects.create(title="Снабжение", head=head.employee)
        Department.objects.filter(pk=place.pk).update(path=[place.pk])
        Employee.objects.filter(pk=author.id).update(manager=manager.employee, department=place)
    return author, manager, head


def test_stages_to_come_name_their_people_and_their_rule(owner, people, placed, company):
    author, manager, head = placed
    with company_scope(company):
        place = Department.objects.get(title="Снабжение").pk
    listed = {"kind": "tasks.task", "title": "Юристы", "people": [head.id, manager.id]}
    lawyers = ok(owner.client.post("approval-lists/", listed), 201)["id"]
    rules = [
        ("first", by_person(manager), {}),
        ("manager", [{"by": "manager"}], {}),
        ("own_head", [{"by": "head"}], {}),
        ("head", [{"by": "head", "value": place}, {"by": "manager"}], {"rule": "any"}),
        ("role", [{"by": "role", "code": "owner"}], {}),
        ("field", [{"by": "field", "code": "assignee"}], {}),
        ("list", [{"by": "list", "value": lawyers}], {"rule": "count", "count": 2}),
    ]
    stages = [
        {"code": code, "title": code, "performers": found, "after": [rules[n - 1][0]] if n else [], **more}
        for n, (code, found, more) in enumerate(rules)
    ]
    waits = {"code": "paid", "title": "Оплата", "kind": "wait", "signal": "paid", "after": ["list"]}
    timer = {"code": "pause", "title": "Пауза", "kind": "timer", "hours": 8, "after": ["paid"]}
    drawn(owner, [*stages, waits, timer])
    card, _ = sent(author)
    told = strip(author, card)
    assert (told["first"]["place"], told["first"]["expected"], told["first"]["is_passed_over"]) == ("now", [], None)
    assert told["first"]["rule"] == told["first"]["people"][0]["person"]["name"]
    assert {code: one["rule"] for code, one in told.items() if code != "first"} == {
        "manager": "руководитель инициатора",
        "own_head": "руководитель отдела инициатора",
        "head": "руководитель отдела «Снабжение», руководитель инициатора: достаточно одного",
        "role": "роль «Владелец»",
        "field": "поле «Исполнитель»",
        "list": "лист «Юристы»: достаточно 2",
        "paid": "ждёт: Оплачено",
        "pause": "ждёт 8 раб. ч",
    }
    assert {code: expected(one) for code, one in told.items() if code != "first"} == {
        "manager": [manager.id], "own_head": [head.id], "head": [head.id, manager.id], "role": [owner.id],
        "field": [author.id], "list": [head.id, manager.id], "paid": [], "pause": [],
    }  # fmt: skip
    assert {one["place"] for code, one in told.items() if code != "first"} == {"next"}


def test_who_is_named_is_asked_when_the_stage_opens(owner, people, company):
    """The strip asks the run's own scheme: a condition that does not hold, somebody who has left, nobody at all."""
    author, first, second, third = people
    drawn(owner, [
        {"code": "a", "title": "А", "performers": by_person(first)},
        {"code": "b", "title": "Б", "performers": by_person(second), "condition": "[Оценка] > 100", "after": ["a"]},
        {"code": "c", "title": "В", "performers": by_person(third), "after": ["b"]},
        {"code": "d", "title": "Г", "performers": [{"by": "manager"}], "after": ["c"]},
    ])  # fmt: skip
    card, _ = sent(author, estimate=30)
    with company_scope(company):
        Employee.objects.filter(pk=third.id).update(status=Employee.Status.BLOCKED, manager=second.employee)
    told = strip(author, card)
    assert (told["b"]["is_passed_over"], told["b"]["expected"]) == (True, [])
    (stand_in,) = told["c"]["expected"]
    assert (stand_in["person"]["id"], stand_in["instead_of"]["id"]) == (second.id, third.id)
    assert expected(told["d"]) == [owner.id], "where rules find nobody, whoever has published the route is asked"
    seen = ok(first.client.get(f"cards/{card}/route/"))["content"]
    ok(first.client.post(f"route-steps/{step_of(first, card)}/decide/", {"verdict": "approve", "seen": seen}))
    told = strip(author, card)
    assert [told[code]["place"] for code in "abcd"] == ["done", "skipped", "now", "next"]
    assert [one["person"]["id"] for one in told["c"]["people"]] == [second.id]
    ok(author.client.post(f"cards/{card}/route/recall/", {"text": "Ошибка"}))
    told = strip(author, card)
    assert (told["d"]["expected"], told["d"]["is_passed_over"]) == ([], None), "of what is over nothing is to come"
    assert told["d"]["rule"] == "руководитель инициатора"


def test_more_stages_ask_the_database_no_more(owner, people, statements):
    author, first, *_ = people

    def cost(count):
        drawn(owner, [
            {"code": f"s{n}", "title": f"Этап {n}", "after": [f"s{n - 1}"] if n else [],
             "performers": [*by_person(first), {"by": "manager"}, {"by": "role", "code": "owner"}]}
            for n in range(count)
        ], card_type="")  # fmt: skip
        card, _ = sent(author)
        strip(author, card)
        with statements() as seen:
            told = strip(author, card)
        assert len(told) == count and all(expected(told[f"s{n}"]) for n in range(1, count))
        for row in ok(owner.client.get("routes/", kind="tasks.task"))["results"]:
            assert owner.client.delete(f"routes/{row['id']}/").status_code == 204
        return len(seen)

    assert cost(3) == cost(12)
