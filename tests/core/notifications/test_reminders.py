"""Reminders before and at the due moment: once, moved with it, gone with it."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from core.context import control_scope
from core.notifications import reminders
from core.notifications.models import Delivery
from core.notifications.reminders import DUE_SOON, OVERDUE, remind
from core.outbox.models import Wakeup
from tenants.snapshots import find

REMINDERS = (DUE_SOON.code, OVERDUE.code)
pytestmark = pytest.mark.row("MS-02")


@pytest.fixture
def told(company, inside):
    """`told(person)`: kinds of the reminders in his bell, oldest first."""

    def read(person):
        with inside(company):
            rows = Delivery.objects.filter(
                principal=person.principal.pk, channel="bell", kind__startswith="notifications."
            )
            return [row.kind.partition(".")[2] for row in rows.order_by("pk")]

    return read


def give(initiator, assignee, due_at):
    made = initiator.client.post("tasks/", {"title": "Отчёт", "assignee": assignee.id, "due_at": due_at.isoformat()})
    return made.json()


def pass_by(company, moment, **ahead):
    """What the worker does at a moment before the due one."""
    with time_machine.travel(moment - timedelta(**ahead), tick=False):
        remind(company, 0)


def test_the_day_before_an_hour_before_and_when_it_is_over(company, person, told, deliver, inside):
    boss, worker = person(company), person(company)
    due = timezone.now() + timedelta(days=3)
    give(boss, worker, due)
    deliver()
    pass_by(company, due, days=2)
    assert told(worker) == []
    for _ in range(2):
        pass_by(company, due, days=1)
        pass_by(company, due, hours=23)
    assert told(worker) == ["due_soon"]
    for _ in range(2):
        pass_by(company, due, minutes=59)
    assert told(worker) == ["due_soon", "due_soon"]
    assert told(boss) == []
    for _ in range(2):
        pass_by(company, due, minutes=-1)
    assert told(worker) == ["due_soon", "due_soon", "overdue"] and told(boss) == ["overdue"]


def test_a_wakeup_stands_at_the_nearest_moment(company, person, deliver):
    boss, worker = person(company), person(company)
    due = timezone.now() + timedelta(days=3)
    give(boss, worker, due)
    deliver()
    with control_scope():
        wakeup = Wakeup.objects.get(company=company.schema, kind="notifications.remind")
    assert abs(wakeup.due_at - (due - timedelta(days=2))) < timedelta(seconds=2)


def test_a_moment_that_comes_before_anybody_has_read_of_the_task_is_not_lost(company, person, told, deliver):
    boss, worker = person(company), person(company)
    given = timezone.now() - timedelta(hours=2)
    with time_machine.travel(given, tick=False):
        give(boss, worker, given + timedelta(hours=1))
    deliver()
    assert told(worker) == ["overdue"] and told(boss) == ["overdue"]


def test_a_moved_date_moves_its_reminders(company, person, told, deliver):
    boss, worker = person(company), person(company)
    due = timezone.now() + timedelta(days=3)
    task = give(boss, worker, due)
    deliver()
    later = due + timedelta(days=5)
    assert (
        boss.client.patch(
            f"tasks/{task['id']}/", {"due_at": later.isoformat(), "due_reason": "Ждём деталь"}
        ).status_code
        == 200
    )
    deliver()
    pass_by(company, due, hours=1)
    pass_by(company, due, minutes=-5)
    assert told(worker) == []
    pass_by(company, later, minutes=50)
    assert told(worker) == ["due_soon"]


def test_what_is_done_or_thrown_away_is_not_reminded_of(company, person, told, deliver):
    boss, worker = person(company), person(company)
    due = timezone.now() + timedelta(days=3)
    cancelled, trashed = give(boss, worker, due), give(boss, worker, due)
    boss.client.post(f"tasks/{cancelled['id']}/do/cancel/", {})
    boss.client.delete(f"tasks/{trashed['id']}/")
    deliver()
    pass_by(company, due, minutes=30)
    pass_by(company, due, minutes=-5)
    assert told(worker) == []


def test_each_chooses_when(company, person, told, deliver):
    boss, worker = person(company), person(company)
    worker.client.patch("notices/settings/", {"reminders": [15]})
    due = timezone.now() + timedelta(days=3)
    give(boss, worker, due)
    deliver()
    pass_by(company, due, days=1)
    pass_by(company, due, minutes=50)
    assert told(worker) == []
    pass_by(company, due, minutes=14)
    assert told(worker) == ["due_soon"]


def test_a_task_given_shortly_before_is_not_reminded_of_at_once(company, person, told, deliver):
    boss, worker = person(company), person(company)
    due = timezone.now() + timedelta(minutes=40)
    give(boss, worker, due)
    deliver()
    pass_by(company, due, minutes=39)
    assert told(worker) == []


def test_the_company_says_when_those_are_reminded_who_have_not_chosen(company, person, owner, told, deliver):
    boss, worker, picky = (person(company) for _ in range(3))
    picky.client.patch("notices/settings/", {"reminders": [60]})
    owner.client.patch("options/", {"values": {"notifications.reminders": ["180"]}})
    assert worker.client.get("notices/settings/").json()["reminders"] == [180]
    due = timezone.now() + timedelta(days=3)
    for who in (worker, picky):
        give(boss, who, due)
    deliver()
    for hours in (24, 3, 1):
        pass_by(find(schema=company.schema), due, hours=hours)
    assert (told(worker), told(picky)) == (["due_soon"], ["due_soon"])
    owner.client.patch("options/", {"values": {"notifications.reminders": []}})
    assert worker.client.get("notices/settings/").json()["reminders"] == []


@pytest.mark.parametrize("ahead", [timedelta(minutes=59), timedelta(minutes=-1)])
def test_however_many_share_a_moment_all_hear_page_by_page(company, person, told, deliver, monkeypatch, ahead):
    boss, workers = person(company), [person(company) for _ in range(5)]
    due = timezone.now() + timedelta(days=3)
    for worker in workers:
        give(boss, worker, due)
    deliver()
    monkeypatch.setattr(reminders, "_AT_ONCE", 2)
    tell, called = reminders._tell, []

    def stumble(kind, card, who, *rest):
        called.append(who)
        if who == workers[3].principal.pk:
            raise ConnectionError("the worker is gone")
        tell(kind, card, who, *rest)

    with time_machine.travel(due - ahead, tick=False):
        monkeypatch.setattr(reminders, "_tell", stumble)
        with pytest.raises(ConnectionError):
            remind(company, 0)
        assert [len(told(worker)) for worker in workers] == [1, 1, 0, 0, 0], "a page that was told stays told"
        monkeypatch.setattr(reminders, "_tell", tell)
        for _ in range(2):
            remind(company, 0)
    assert [len(told(worker)) for worker in workers] == [1] * 5
