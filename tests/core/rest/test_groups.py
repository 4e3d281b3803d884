"""Figures and groups of lists: the same rows as the list, counted by the database."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from core.context import company_scope
from core.organization.structure.actions import create_department
from core.rest import groups
from modules.tasks.rest.groups import due_choices


@pytest.fixture
def desk(company, person):
    """(initiator, two assignees, outsider): five tasks of the first, in different states."""
    initiator, first, second, outsider = (person(company, name=name) for name in ("Яров Я", "Буров Б", "Азов А", ""))
    now = timezone.now()
    for title, assignee, hours, priority, estimate in (
        ("А", first, -2, "urgent", 60), ("Б", first, 30 * 24, "normal", 30), ("В", second, None, "normal", None),
        ("Г", second, -5, "important", 15), ("Д", second, None, "urgent", None),
    ):  # fmt: skip
        due = (now + timedelta(hours=hours)).isoformat() if hours else None
        body = {"title": title, "assignee": assignee.id, "due_at": due, "priority": priority, "estimate": estimate}
        answer = initiator.client.post("tasks/", body)
        assert answer.status_code == 201, answer.json()
        if title == "Г":
            path = f"tasks/{answer.json()['id']}/do"
            assert initiator.client.post(f"{path}/cancel/", {}).status_code == 200
    return initiator, first, second, outsider


def figures(who, plural="tasks", **params):
    answer = who.client.get(f"{plural}/summary/", **params)
    assert answer.status_code == 200, answer.json()
    return answer.json()


def listed(who, plural="tasks", **params):
    answer = who.client.get(f"{plural}/", **params)
    assert answer.status_code == 200, answer.json()
    return answer.json()["results"]


def told(summary):
    return [(group["title"], group["count"]) for group in summary["groups"]]


def test_figures_of_a_list_are_those_of_its_rows(desk):
    initiator, first, _, outsider = desk
    assert figures(initiator) == {"count": 5, "is_exact": True, "totals": {"estimate": 105, "spent": 0}, "groups": None}
    assert figures(initiator, state="open")["totals"]["estimate"] == 90
    assert figures(first)["count"] == 2
    assert figures(outsider) == {"count": 0, "is_exact": True, "totals": {"estimate": 0, "spent": 0}, "groups": None}
    assert figures(outsider, group="assignee")["groups"] == []
    assert figures(initiator, search="А")["count"] == 1
    assert figures(initiator, tab="given", priority="urgent", state="open")["count"] == 2


@pytest.mark.parametrize("code", ["status", "assignee", "initiator", "priority", "due"])
def test_each_group_holds_the_rows_that_it_counts(desk, code):
    initiator, *_ = desk
    summary = figures(initiator, group=code)
    assert sum(group["count"] for group in summary["groups"]) == summary["count"] == 5
    assert sum(group["totals"]["estimate"] for group in summary["groups"]) == summary["totals"]["estimate"] == 105
    found = []
    for group in summary["groups"]:
        rows = listed(initiator, group=code, in_group=group["value"])
        assert len(rows) == group["count"] > 0
        assert sum(row["estimate"] or 0 for row in rows) == group["totals"]["estimate"]
        found += [row["id"] for row in rows]
    assert len(set(found)) == 5


def test_groups_come_in_their_order_with_their_names(desk):
    initiator, first, _, _ = desk
    assert told(figures(initiator, group="assignee")) == [("Азов А.", 3), ("Буров Б.", 2)]
    assert figures(initiator, group="assignee")["groups"][1]["person"]["id"] == first.id
    assert told(figures(initiator, group="priority")) == [("Срочная", 2), ("Важная", 1), ("Обычная", 2)]
    assert told(figures(initiator, group="status")) == [("Новая", 4), ("Отменена", 1)]
    shown = told(figures(initiator, group="due", state="open"))
    assert shown[0] == ("Просрочено", 1) and shown[-1] == ("Без срока", 2)


def test_people_fall_into_departments_and_positions(desk, owner, company):
    initiator, first, second, _ = desk
    with company_scope(company):
        shop = create_department(title="Цех", by=owner.actor())
        below = create_department(title="Участок", parent=shop.pk, by=owner.actor())
    for who, place in ((first, shop), (second, below)):
        assert owner.client.patch(f"employees/{who.id}/", {"department": place.pk}).status_code == 200
    summary = figures(initiator, "employees", group="department")
    assert told(summary)[0][0] == "Без отдела" and told(summary)[1:] == [("Участок", 1), ("Цех", 1)]
    assert [row["id"] for row in listed(initiator, "employees", group="department", in_group=str(shop.pk))] == [
        first.id
    ]
    assert len(listed(initiator, "employees", group="department", in_group="none")) == told(summary)[0][1]
    assert told(figures(initiator, "employees", group="position"))[0][0] == "Без должности"
    assert told(figures(initiator, "employees", group="status")) == [("Работает", summary["count"])]


def test_wrong_groups_are_named(desk):
    initiator, *_ = desk
    for params, pointer in (
        ({"group": "colour"}, "/group"), ({"group": "status", "in_group": "asleep"}, "/in_group"),
        ({"group": "assignee", "in_group": "x"}, "/in_group"), ({"group": "due", "in_group": "2026"}, "/in_group"),
    ):  # fmt: skip
        answer = initiator.client.get("tasks/", **params)
        assert answer.status_code == 422 and answer.json()["errors"][0]["pointer"] == pointer, params
    assert initiator.client.get("tasks/summary/", group="colour").status_code == 422
    assert initiator.client.get("tasks/summary/", assignee="x").status_code == 422


def test_beyond_what_is_counted_nothing_is_summed_up(desk, monkeypatch):
    initiator, *_ = desk
    monkeypatch.setattr(groups, "COUNTED_UP_TO", 3)
    summary = figures(initiator, group="priority")
    assert (summary["count"], summary["is_exact"], summary["totals"]) == (3, False, {})
    assert told(summary) == [("Срочная", 2), ("Важная", 1), ("Обычная", 2)]
    assert figures(initiator, group="assignee")["groups"] is None
    monkeypatch.setattr(groups, "COUNTED_UP_TO", 5)
    assert figures(initiator, group="assignee")["is_exact"]


def test_figures_cost_the_same_however_many_rows(desk, statements):
    initiator, first, *_ = desk

    def cost(code):
        with statements() as counted:
            figures(initiator, group=code)
        return len(counted)

    few = {code: cost(code) for code in ("status", "assignee", "due")}
    for number in range(6):
        initiator.client.post("tasks/", {"title": f"Ещё {number}", "assignee": first.id})
    assert {code: cost(code) for code in few} == few
    assert max(few.values()) <= 9


def test_rows_carry_further_columns_only_when_asked(desk, owner, statements):
    initiator, first, *_ = desk
    row = listed(initiator, search="А")[0]
    assert "cells" not in row
    initiator.client.put(f"tasks/{row['id']}/tags/", {"tags": ["Срочно", "Цех"]})
    field = {"kind": "tasks.task", "title": "Сумма", "type": "money", "code": "sum"}
    assert owner.client.post("custom-fields/", field).status_code == 201
    keeper = {"kind": "tasks.task", "title": "Кому", "type": "person", "code": "keeper"}
    assert owner.client.post("custom-fields/", keeper).status_code == 201
    given = {"fields": {"sum": "1500", "keeper": first.id}}
    assert initiator.client.patch(f"tasks/{row['id']}/fields/", given).status_code == 200
    asked = {"with": "tags,fields.sum,fields.keeper,fields.none,colour"}
    cells = {row["title"]: row["cells"] for row in listed(initiator, **asked)}
    assert [tag["title"] for tag in cells["А"]["tags"]] == ["Срочно", "Цех"]
    assert cells["А"]["fields.sum"] == "1500.00" and cells["А"]["fields.keeper"]["id"] == first.id
    assert (cells["Б"]["tags"], cells["Б"]["fields.sum"], cells["Б"]["fields.keeper"]) == ([], None, None)
    assert "fields.none" not in cells["А"] and "colour" not in cells["А"]
    assert listed(initiator, "employees", **{"with": "tags"})[0]["cells"] == {"tags": []}
    too_many = ",".join(f"fields.f{n}" for n in range(41))
    assert initiator.client.get("tasks/", **{"with": too_many}).status_code == 422

    def cost():
        with statements() as counted:
            listed(initiator, **asked)
        return len(counted)

    few = cost()
    for title in ("Б", "В"):
        other = listed(initiator, search=title)[0]
        initiator.client.put(f"tasks/{other['id']}/tags/", {"tags": ["Срочно"]})
        initiator.client.patch(f"tasks/{other['id']}/fields/", given)
    assert cost() == few


_START = datetime(2026, 3, 20, tzinfo=UTC)


@given(st.integers(0, 60 * 24 * 60), st.none() | st.integers(-40 * 24 * 60, 40 * 24 * 60), st.booleans())
def test_a_due_moment_belongs_to_one_stretch(minutes, away, is_open):
    """By the conditions themselves, read in Python: stretches neither overlap nor leave a gap."""
    now = (_START + timedelta(minutes=minutes)).astimezone(ZoneInfo("Europe/Moscow"))
    card = {"state": "open" if is_open else "done", "due_at": None if away is None else now + timedelta(minutes=away)}
    held = [choice.value for choice in due_choices(now) if _holds(choice.condition, card)]
    assert len(held) == 1, (held, card, now)


def _holds(condition, card):
    outcomes = []
    for part in condition.children:
        if not isinstance(part, tuple):
            outcomes.append(_holds(part, card))
            continue
        column, _, lookup = part[0].partition("__")
        value = card[column]
        compared = {
            "": lambda v, w: v == w, "isnull": lambda v, w: (v is None) == w,
            "lt": lambda v, w: v is not None and v < w, "gte": lambda v, w: v is not None and v >= w,
        }  # fmt: skip
        outcomes.append(compared[lookup](value, part[1]))
    outcome = any(outcomes) if condition.connector == "OR" else all(outcomes)
    return not outcome if condition.negated else outcome
