"""Templates that name roles and departments: each of their people gets a task of his own, as they stand at the time."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.utils import timezone

from core.access.actions import give_roles
from core.context import company_scope
from core.organization.models import Employee
from core.recurrence import actions, jobs
from core.recurrence.jobs import tick
from core.recurrence.models import Occurrence, Recurrence
from modules.tasks.actions import recipients
from modules.tasks.models import Task, TaskTemplate

DAILY = {"plan": {"every": "days", "times": ["09:00"]}, "catch_up": "latest"}


@pytest.fixture
def role(owner):
    """The code of a role that nobody holds yet."""
    answer = owner.client.post("roles/", {"title": "Кладовщик", "grants": []})
    assert answer.status_code == 201, answer.json()
    return answer.json()["code"]


@pytest.fixture
def keepers(company, person, role):
    return [person(company, role=role, name=f"Складов Номер{number}") for number in range(3)]


def make(who, **more):
    return who.client.post("task-templates/", {"title": "Обход склада", "assignees": [], **more})


def give(who, template):
    return who.client.post(f"task-templates/{template['id']}/give/")


def owners_of(company, template):
    """Employee ids of whoever has a task with the template's title, one for each task."""
    with company_scope(company):
        principals = list(Task.objects.filter(title=template["title"]).values_list("responsible_id", flat=True))
        known = dict(Employee.objects.filter(principal__in=principals).values_list("principal_id", "pk"))
        return sorted(known[who] for who in principals)


def come_round(company, template):
    with company_scope(company):
        row = Recurrence.objects.get(pk=template["id"])
        row.last_at, row.next_at = timezone.now() - timedelta(days=1), timezone.now() - timedelta(minutes=1)
        row.plan |= {"starts_on": (timezone.localdate() - timedelta(days=5)).isoformat()}
        row.save()
        # What has been made belongs to the days before: of one moment nobody gets two tasks.
        Occurrence.objects.filter(template_id=row.pk).update(at=F("at") - timedelta(days=1))
    tick(company)


@pytest.mark.row("PT-02")
@pytest.mark.row("PT-02", waits="timesheet")
def test_everyone_with_the_role_gets_a_task_of_his_own(company, cast, keepers, role):
    template = make(cast.initiator, roles=[role], assignees=[cast.assignee.id, keepers[0].id]).json()
    assert template["roles"] == [{"code": role, "title": "Кладовщик"}]
    assert template["recipients_count"] == 4, "he who is named and holds the role counts once"
    answer = give(cast.initiator, template)
    assert answer.status_code == 201 and len(answer.json()["results"]) == 4
    assert owners_of(company, template) == sorted([cast.assignee.id, *(one.id for one in keepers)])


@pytest.mark.row("PT-02")
def test_who_holds_the_role_is_asked_each_time(company, inside, cast, keepers, role, person, owner):
    template = make(cast.initiator, roles=[role]).json()
    plan = cast.initiator.client.put(f"task-templates/{template['id']}/recurrence/", DAILY)
    assert plan.status_code == 200, plan.json()
    come_round(company, template)
    assert owners_of(company, template) == sorted(one.id for one in keepers)
    newcomer = person(company, name="Новиков Олег")
    with inside(company):
        employee = Employee.objects.get(pk=newcomer.id)
        give_roles(employee, codes=[role], by=owner.actor())
        keepers[0].principal.is_active = False
        keepers[0].principal.save(update_fields=["is_active"])
    come_round(company, template)
    first, second = [one.id for one in keepers], [keepers[1].id, keepers[2].id, newcomer.id]
    assert owners_of(company, template) == sorted([*first, *second])


def test_a_department_with_all_below_it_is_named_like_a_role(company, cast, owner, person):
    above = owner.client.post("departments/", {"title": "Производство"}).json()
    below = owner.client.post("departments/", {"title": "Цех", "parent": above["id"]}).json()
    people = [person(company, department_id=place["id"]) for place in (above, below)]
    template = make(cast.initiator, departments=[above["id"]]).json()
    assert template["departments"] == [{"id": above["id"], "title": "Производство"}]
    assert give(cast.initiator, template).status_code == 201
    assert owners_of(company, template) == sorted(one.id for one in people)


def test_a_role_of_nobody_is_told_once(company, cast, role, deliver, mailbox, keepers, inside):
    template = make(cast.initiator, roles=[role]).json()
    refused = owner_plan(cast, template)
    assert refused.status_code == 200
    with inside(company):
        for one in keepers:
            one.principal.is_active = False
            one.principal.save(update_fields=["is_active"])
    by_hand = give(cast.initiator, template)
    assert by_hand.status_code == 409 and "некому" in by_hand.json()["title"]
    for _ in range(3):
        come_round(company, template)
        deliver()
    told = [letter for letter in mailbox if letter["To"] == cast.initiator.email]
    assert [str(letter["Subject"]).split(":")[0] for letter in told] == ["Повторяющаяся задача не поставлена"]
    with inside(company):
        keepers[0].principal.is_active = True
        keepers[0].principal.save(update_fields=["is_active"])
    come_round(company, template)
    assert owners_of(company, template) == [keepers[0].id]


def owner_plan(cast, template):
    return cast.initiator.client.put(f"task-templates/{template['id']}/recurrence/", DAILY)


def test_too_many_get_nothing(company, cast, keepers, role, monkeypatch):
    template = make(cast.initiator, roles=[role]).json()
    monkeypatch.setattr(recipients, "MOST_RECIPIENTS", 2)
    refused = give(cast.initiator, template)
    assert refused.status_code == 409 and "получили бы 3 чел., за раз можно не больше 2" in refused.json()["detail"]
    assert owners_of(company, template) == []


def test_many_cards_of_missed_days_are_made_in_transactions_of_a_bounded_size(
    company, inside, cast, keepers, role, monkeypatch
):
    template = make(cast.initiator, roles=[role]).json()
    path = f"task-templates/{template['id']}/recurrence/"
    assert cast.initiator.client.put(path, {**DAILY, "catch_up": "all"}).status_code == 200
    monkeypatch.setattr(actions, "CARDS_AT_ONCE", 4)
    with inside(company):
        row = Recurrence.objects.get(pk=template["id"])
        row.last_at, row.next_at = timezone.now() - timedelta(days=5), timezone.now() - timedelta(minutes=1)
        row.plan |= {"starts_on": (timezone.localdate() - timedelta(days=9)).isoformat()}
        row.save()
    monkeypatch.setattr(jobs, "RUN_SECONDS", 0)
    made = []
    for _ in range(3):
        tick(company)
        made.append(len(owners_of(company, template)))
    assert made == [6, 12, 15], "two days of three people, and the rest by the next run"


def test_whom_a_template_would_reach_is_told_before(cast, keepers, role):
    asked = {"roles": role, "assignees": f"{cast.assignee.id},{keepers[0].id}"}
    told = cast.initiator.client.get("task-templates/recipients/", **asked).json()
    assert (told["count"], told["most"]) == (4, 200)
    assert [one["id"] for one in told["people"][:2]] == [cast.assignee.id, keepers[0].id]
    assert cast.initiator.client.get("task-templates/recipients/").json()["count"] == 0
    assert cast.initiator.client.get("task-templates/recipients/", departments="x").status_code == 422


def test_somebody_must_be_meant(cast, role):
    bare = make(cast.initiator)
    assert bare.status_code == 422 and bare.json()["errors"][0]["pointer"] == "/assignees"
    unknown = make(cast.initiator, roles=["no-such-role"])
    assert unknown.status_code == 422 and unknown.json()["errors"][0]["pointer"] == "/roles"
    nowhere = make(cast.initiator, departments=[10**9])
    assert nowhere.status_code == 422 and nowhere.json()["errors"][0]["pointer"] == "/departments"
    template = make(cast.initiator, roles=[role]).json()
    path = f"task-templates/{template['id']}/"
    assert cast.initiator.client.patch(path, {"roles": []}).status_code == 422
    both = cast.initiator.client.patch(path, {"roles": [], "assignees": [cast.assignee.id]})
    assert both.status_code == 200 and both.json()["roles"] == []


def test_the_history_tells_roles_by_their_titles_and_puts_them_back(cast, role):
    template = make(cast.initiator, roles=[role], assignees=[cast.assignee.id]).json()
    path = f"task-templates/{template['id']}/"
    assert cast.initiator.client.patch(path, {"roles": []}).status_code == 200
    line = cast.initiator.client.get(f"{path}history/").json()["results"][0]
    (change,) = line["changes"]
    assert (change["label"], change["old"], change["new"]) == ("Исполнители по ролям", "Кладовщик", None)
    back = cast.initiator.client.post(f"{path}history/{line['id']}/restore/", {})
    assert back.status_code == 200, back.json()
    assert cast.initiator.client.get(path).json()["roles"][0]["code"] == role


def test_a_deleted_role_leaves_its_templates_and_their_owner_hears_of_it(company, cast, owner, role, deliver, mailbox):
    template = make(cast.initiator, roles=[role], assignees=[cast.assignee.id]).json()
    assert owner.client.delete(f"roles/{role}/").status_code == 204
    path = f"task-templates/{template['id']}/"
    assert cast.initiator.client.get(path).json()["roles"] == [], "at once"
    deliver()
    with company_scope(company):
        assert TaskTemplate.objects.get(pk=template["id"]).roles == []
    assert [str(letter["Subject"]).split(":")[0] for letter in mailbox] == ["Проверьте исполнителей шаблона"]
    line = cast.initiator.client.get(f"{path}history/").json()["results"][0]
    assert (line["kind"], line["changes"][0]["old"]) == ("tasks.named_is_gone", "Кладовщик")
    assert give(cast.initiator, template).status_code == 201


def test_roles_cost_the_list_one_statement(cast, role, statements):
    def asked():
        with statements() as seen:
            assert cast.initiator.client.get("task-templates/").status_code == 200
        return len(seen)

    make(cast.initiator, roles=[role])
    asked()
    few = asked()
    for _ in range(5):
        make(cast.initiator, roles=[role])
    assert asked() == few
