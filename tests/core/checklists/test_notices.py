"""Whoever is given a point hears of it and is reminded of its moment; nobody else, and never twice."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from core.checklists import reminders
from core.checklists.models import Point
from core.checklists.reminders import remind
from core.context import control_scope
from core.notifications.models import Delivery
from core.outbox.models import Wakeup


@pytest.fixture
def desk(company, person):
    """(path of a task's checklist, initiator, assignee, a third person)."""
    initiator, assignee, third = (person(company) for _ in range(3))
    task = initiator.client.post("tasks/", {"title": "Пуск котельной", "assignee": assignee.id}).json()
    return f"tasks/{task['id']}/checklist/", initiator, assignee, third


@pytest.fixture
def told(company, inside):
    """`told(person)`: subjects in his bell that are about points, oldest first."""

    def read(person):
        with inside(company):
            rows = Delivery.objects.filter(principal=person.principal.pk, channel="bell").order_by("pk")
            return [row.subject for row in rows if "ункт" in row.subject or "срок" in row.subject]

    return read


def write(who, path, *points):
    answer = who.client.post(path, {"points": [*points]})
    assert answer.status_code == 201, answer.json()
    return answer.json()["results"]


def test_whoever_gets_points_hears_of_them_once(desk, told, deliver, company, inside):
    path, initiator, assignee, third = desk
    mine = {"assignee": third.id}
    write(initiator, path, {"text": "Осмотр", **mine}, {"text": "Розжиг", **mine}, {"text": "Общее"})
    deliver()
    deliver()
    assert told(third) == ["Вам поручен пункт: Осмотр (+1)"]
    assert told(initiator) == told(assignee) == []
    with inside(company):
        row = Delivery.objects.get(principal=third.principal.pk, channel="bell")
    assert (row.reason, row.kind) == ("вам поручен пункт", "checklists.given")
    assert [line for line in row.paragraphs if line.startswith("•")] == ["• Осмотр", "• Розжиг"]


def test_a_point_in_other_hands_tells_the_other(desk, told, deliver):
    path, initiator, assignee, third = desk
    (point,) = write(initiator, path, {"text": "Осмотр", "assignee": assignee.id})
    deliver()
    initiator.client.patch(f"checklist/{point['id']}/", {"assignee": third.id})
    deliver()
    initiator.client.patch(f"checklist/{point['id']}/", {"text": "Осмотр снаружи"})
    deliver()
    assert (told(assignee), told(third)) == (["Вам поручен пункт: Осмотр"], ["Вам поручен пункт: Осмотр"])


def test_what_one_gives_to_himself_and_what_is_ticked_already_are_no_news(desk, told, deliver):
    path, initiator, assignee, third = desk
    write(initiator, path, {"text": "Сам", "assignee": initiator.id})
    (*_, point) = write(initiator, path, {"text": "Готово", "assignee": third.id})
    third.client.post(f"checklist/{point['id']}/tick/")
    deliver()
    assert told(initiator) == told(third) == []


def test_a_draft_tells_nobody_until_it_is_released(desk, told, deliver, company, person):
    _, initiator, assignee, third = desk
    body = {"title": "Черновик", "assignee": assignee.id, "is_draft": True}
    draft = initiator.client.post("tasks/", body).json()
    write(initiator, f"tasks/{draft['id']}/checklist/", {"text": "Осмотр", "assignee": third.id})
    deliver()
    assert told(third) == []
    assert initiator.client.post(f"tasks/{draft['id']}/do/release/", {}).status_code == 200
    deliver()
    assert told(third) == ["Вам поручен пункт: Осмотр"]


def pass_by(company, moment, **ahead):
    """What the worker does at a moment before the due one."""
    with time_machine.travel(moment - timedelta(**ahead), tick=False):
        remind(company, 0)


@pytest.mark.row("MS-02")
def test_its_person_is_reminded_a_day_and_an_hour_before(desk, told, deliver, company):
    path, initiator, assignee, third = desk
    due = timezone.now() + timedelta(days=3)
    write(initiator, path, {"text": "Осмотр", "assignee": third.id, "due_at": due.isoformat()})
    deliver()
    with control_scope():
        wakeup = Wakeup.objects.get(company=company.schema, kind="checklists.remind")
    assert abs((wakeup.due_at - (due - timedelta(days=2))).total_seconds()) < 1
    pass_by(company, due, days=2)
    assert len(told(third)) == 1
    for _ in range(2):
        pass_by(company, due, days=1)
        pass_by(company, due, hours=23)
    assert [one.partition(":")[0] for one in told(third)] == ["Вам поручен пункт", "Скоро срок"]
    for _ in range(2):
        pass_by(company, due, minutes=59)
    assert len(told(third)) == 3 and told(initiator) == told(assignee) == []
    pass_by(company, due, minutes=-1)
    assert len(told(third)) == 3


@pytest.mark.row("MS-02")
def test_however_many_share_a_moment_all_hear_page_by_page(desk, told, deliver, company, person, monkeypatch):
    path, initiator, *_ = desk
    holders = [person(company) for _ in range(5)]
    due = timezone.now() + timedelta(days=3)
    write(initiator, path, *({"text": "Осмотр", "assignee": who.id, "due_at": due.isoformat()} for who in holders))
    deliver()
    monkeypatch.setattr(reminders, "_AT_ONCE", 2)
    tell = reminders._tell

    def stumble(kind, point, minutes):
        if point.assignee_id == holders[3].principal.pk:
            raise ConnectionError("the worker is gone")
        tell(kind, point, minutes)

    monkeypatch.setattr(reminders, "_tell", stumble)
    with pytest.raises(ConnectionError):
        pass_by(company, due, minutes=59)
    assert [len(told(who)) for who in holders] == [2, 2, 1, 1, 1], "a page that was told stays told"
    monkeypatch.setattr(reminders, "_tell", tell)
    for _ in range(2):
        pass_by(company, due, minutes=59)
    assert [len(told(who)) for who in holders] == [2] * 5


@pytest.mark.row("MS-02")
@pytest.mark.parametrize("ending", ["tick", "remove", "close", "trash", "give"])
def test_what_is_done_gone_or_in_other_hands_reminds_nobody(desk, told, deliver, company, ending):
    path, initiator, assignee, third = desk
    due = timezone.now() + timedelta(days=3)
    (point,) = write(initiator, path, {"text": "Осмотр", "assignee": third.id, "due_at": due.isoformat()})
    task = path.split("/")[1]
    doings = {
        "tick": lambda: third.client.post(f"checklist/{point['id']}/tick/"),
        "remove": lambda: initiator.client.delete(f"checklist/{point['id']}/"),
        "close": lambda: initiator.client.post(f"tasks/{task}/do/cancel/", {}),
        "trash": lambda: initiator.client.delete(f"tasks/{task}/"),
        "give": lambda: initiator.client.patch(f"checklist/{point['id']}/", {"assignee": assignee.id}),
    }
    deliver()
    assert doings[ending]().status_code < 300
    before = len(told(third))
    pass_by(company, due, hours=23)
    assert len(told(third)) == before


@pytest.mark.row("MS-02")
def test_a_moved_moment_is_another_one(desk, told, deliver, company):
    path, initiator, _, third = desk
    due = timezone.now() + timedelta(days=3)
    (point,) = write(initiator, path, {"text": "Осмотр", "assignee": third.id, "due_at": due.isoformat()})
    deliver()
    pass_by(company, due, hours=23)
    later = due + timedelta(days=5)
    initiator.client.patch(f"checklist/{point['id']}/", {"due_at": later.isoformat()})
    deliver()
    pass_by(company, later, hours=23)
    assert [one.partition(":")[0] for one in told(third)] == ["Вам поручен пункт", "Скоро срок", "Скоро срок"]


def test_points_that_are_due_are_found_by_an_index(desk, company, inside):
    with inside(company):
        now = timezone.now()
        rows = Point.objects.filter(outcome="", assignee__isnull=False, due_at__isnull=False)
        rows = rows.filter(due_at__gt=now, due_at__lte=now + timedelta(days=1))
        sql, params = rows.query.sql_with_params()
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(f"EXPLAIN {sql}", params)
            plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "point_due" in plan, plan


def test_a_card_of_another_kind_tells_too(company, person, owner, told, deliver):
    newcomer, helper = person(company), person(company)
    write(owner, f"employees/{newcomer.id}/checklist/", {"text": "Выдать пропуск", "assignee": helper.id})
    deliver()
    assert told(helper) == ["Вам поручен пункт: Выдать пропуск"]
