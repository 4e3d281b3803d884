"""What bounds the tasks that templates make: so many a day by plans, so many in one transaction by hand."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from core.access.actions import give_roles
from core.context import company_scope
from core.events.models import Fact
from core.recurrence import actions
from core.recurrence.jobs import tick
from core.recurrence.models import Occurrence, Recurrence
from core.registry import registry
from modules.tasks.actions import giving
from modules.tasks.actions.templates import repeat
from modules.tasks.jobs import give
from modules.tasks.models import Task, TaskTemplate

from .test_templates import DAILY, let_pass, plan

AT_ONCE = 2


@pytest.fixture
def crew(company, person):
    return [person(company) for _ in range(5)]


@pytest.fixture
def template(cast, crew):
    """A template that gives a task to each of five people."""
    body = {"title": "Осмотр", "assignees": [who.id for who in crew]}
    answer = cast.initiator.client.post("task-templates/", body)
    assert answer.status_code == 201, answer.json()
    return answer.json()


@pytest.fixture
def few_at_once(monkeypatch):
    monkeypatch.setattr(giving, "GIVEN_AT_ONCE", AT_ONCE)


def press(who, template):
    answer = who.client.post(f"task-templates/{template['id']}/give/")
    assert answer.status_code == 201, answer.json()
    return answer.json()


def owners_of(company):
    """Principals who have a task of a template, once for each."""
    with company_scope(company):
        return sorted(Task.objects.filter(title="Осмотр").values_list("responsible_id", flat=True))


def outcomes_of(company):
    with company_scope(company):
        rows = Occurrence.objects.order_by("at", "pk")
        return [(row.outcome, row.reason) for row in rows]


def all_of(crew):
    return sorted(who.principal.pk for who in crew)


@pytest.mark.row("PT-03")
@pytest.mark.parametrize(("most", "made"), [(4, 0), (5, 5), (9, 5), (10, 10)])
def test_a_day_makes_no_more_than_it_may_not_within_a_moment_either(company, cast, template, monkeypatch, most, made):
    monkeypatch.setattr(actions, "MOST_A_DAY", most)
    plan(cast.initiator, template, DAILY, catch_up="all")
    let_pass(company, template, 3)
    tick(company)
    assert len(owners_of(company)) == made, "a moment is given to everybody or to nobody"
    told = [outcome for outcome, _ in outcomes_of(company)]
    assert told == ["made"] * made + ["skipped"], "what is over the day's measure is passed over, in one line"
    with company_scope(company):
        assert Recurrence.objects.get(pk=template["id"]).next_at > timezone.now()
        Occurrence.objects.update(created_at=timezone.now() - timedelta(days=2))
    let_pass(company, template, 1)
    tick(company)
    assert len(owners_of(company)) == made + (5 if most >= 5 else 0), "the next day has a measure of its own"


def test_one_persons_plans_leave_something_to_the_others(company, cast, owner, crew, template, monkeypatch):
    monkeypatch.setattr(actions, "MOST_A_DAY", 12)
    monkeypatch.setattr(actions, "MOST_OF_ONE", 5)
    plan(cast.initiator, template, DAILY, catch_up="all")
    let_pass(company, template, 2)
    tick(company)
    assert len(owners_of(company)) == 5, "what is the company's is not his alone"
    body = {"title": "Осмотр", "assignees": [who.id for who in crew]}
    others = owner.client.post("task-templates/", body).json()
    plan(owner, others, DAILY)
    let_pass(company, others, 1)
    tick(company)
    assert len(owners_of(company)) == 10, "the others have theirs"


def test_a_kind_that_does_not_ask_how_many_it_may_make_is_held_back(company, cast, template, monkeypatch):
    monkeypatch.setattr(actions, "MOST_A_DAY", 4)
    really, kind = registry.kind_of, registry.kind_of(TaskTemplate.KIND)
    careless = replace(kind, repeat=lambda template, at, *, most, by: repeat(template, at, most=most + 1, by=by))
    monkeypatch.setattr(registry, "kind_of", lambda code: careless if code == kind.code else really(code))
    plan(cast.initiator, template, DAILY)
    let_pass(company, template, 1)
    tick(company)
    assert owners_of(company) == [] and [outcome for outcome, _ in outcomes_of(company)] == ["skipped"]


def test_few_get_theirs_at_once_and_the_others_in_a_moment(company, cast, crew, template, few_at_once, deliver):
    told = press(cast.initiator, template)
    assert (len(told["results"]), told["coming"]) == (AT_ONCE, 3)
    assert len(owners_of(company)) == AT_ONCE
    deliver()
    assert owners_of(company) == all_of(crew), "each has one"
    with company_scope(company):
        assert Task.objects.filter(title="Осмотр", author=cast.initiator.principal).count() == 5
        moments = set(Occurrence.objects.filter(outcome="made").values_list("at", flat=True))
    assert len(moments) == 1, "all of them belong to the moment of the press"
    line = cast.initiator.client.get(f"task-templates/{template['id']}/history/").json()["results"][0]
    assert (line["kind"], line["changes"][0]["new"]) == ("tasks.promised", "5")


def test_whoever_means_few_promises_nothing(company, cast, template, deliver):
    told = press(cast.initiator, template)
    assert (len(told["results"]), told["coming"]) == (5, 0)
    with company_scope(company):
        assert not Fact.objects.filter(kind="tasks.promised").exists()


def test_a_promise_that_is_kept_twice_gives_once(company, cast, crew, template, few_at_once):
    press(cast.initiator, template)
    with company_scope(company):
        fact = Fact.objects.get(kind="tasks.promised").pk
    give(company, fact)
    give(company, fact)
    assert owners_of(company) == all_of(crew)
    press(cast.initiator, template)
    assert len(owners_of(company)) == 5 + AT_ONCE, "another press is another moment"


def test_a_worker_that_dies_between_two_goes_on_behind_them(company, cast, crew, template, few_at_once, monkeypatch):
    press(cast.initiator, template)
    with company_scope(company):
        fact = Fact.objects.get(kind="tasks.promised").pk
        assert giving.give_further(fact), "two of three, and one is left"
    assert len(owners_of(company)) == 4
    give(company, fact)
    assert owners_of(company) == all_of(crew)


def test_what_keeps_one_from_his_task_keeps_nobody_else(company, cast, crew, template, few_at_once, owner, deliver):
    press(cast.initiator, template)
    assert owner.client.post(f"employees/{crew[3].id}/block/").status_code == 200
    deliver()
    assert owners_of(company) == all_of([crew[0], crew[1], crew[2], crew[4]])


def test_whoever_may_give_no_more_gives_no_further_ones_and_it_is_told(
    company, cast, template, few_at_once, owner, deliver
):
    press(cast.initiator, template)
    bare = owner.client.post("roles/", {"title": "Без прав", "grants": []}).json()["code"]
    with company_scope(company):
        give_roles(cast.initiator.employee, codes=[bare], by=owner.actor())
    deliver()
    assert len(owners_of(company)) == AT_ONCE
    (failed,) = [reason for outcome, reason in outcomes_of(company) if outcome == "failed"]
    assert "больше не может" in failed


def test_a_template_in_the_trash_keeps_no_promise(company, cast, template, few_at_once, deliver):
    press(cast.initiator, template)
    assert cast.initiator.client.delete(f"task-templates/{template['id']}/").status_code == 204
    deliver()
    assert len(owners_of(company)) == AT_ONCE


@pytest.mark.row("PT-03")
def test_what_people_give_by_hand_takes_nothing_from_the_plans(company, cast, template, monkeypatch):
    monkeypatch.setattr(actions, "MOST_A_DAY", 5)
    press(cast.initiator, template)
    press(cast.initiator, template)
    plan(cast.initiator, template, DAILY)
    let_pass(company, template, 1)
    tick(company)
    assert len(owners_of(company)) == 15
    assert {outcome for outcome, _ in outcomes_of(company)} == {"made"}


@pytest.mark.row("PT-03")
def test_each_gives_by_hand_up_to_a_measure_of_his_own(company, cast, template, owner, monkeypatch):
    monkeypatch.setattr(actions, "MOST_BY_HAND", 11)
    for _ in range(2):
        press(cast.initiator, template)
    refused = cast.initiator.client.post(f"task-templates/{template['id']}/give/")
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/too-many-by-hand")
    assert len(owners_of(company)) == 10, "a press is given whole or not at all"
    press(owner, template)
    with company_scope(company):
        Occurrence.objects.update(created_at=timezone.now() - timedelta(days=2))
    press(cast.initiator, template)
    assert len(owners_of(company)) == 20


@pytest.mark.row("PT-03")
def test_what_is_promised_past_the_measure_is_not_given_and_that_is_told(
    company, cast, template, few_at_once, monkeypatch, deliver
):
    """Presses that follow each other faster than their promises are kept."""
    monkeypatch.setattr(actions, "MOST_BY_HAND", 8)
    for _ in range(2):
        press(cast.initiator, template)
    deliver()
    assert len(owners_of(company)) == 8
    (failed,) = [reason for outcome, reason in outcomes_of(company) if outcome == "failed"]
    assert "Продолжите завтра" in failed
