"""Dismissal through the API: what somebody holds is told, goes on, and what cannot is told with its reason."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from core.context import company_scope
from core.entities.models import Entity, Participant
from core.events.models import Fact
from core.handover import actions, jobs
from core.handover.models import Dismissal
from core.numbering.actions import company_day
from core.organization.models import Department
from modules.tasks.actions import change_task

PLAN = {"every": "days", "interval": 1, "starts_on": "2026-01-01", "times": ["09:00"]}


@pytest.fixture
def desk(company, person, owner):
    """(leaver, heir, colleague, owner)."""
    return person(company, name="Уходов Иван"), person(company, name="Преемников Пётр"), person(company), owner


def task(by, assignee, **more):
    answer = by.client.post("tasks/", {"title": "Пуск котельной", "assignee": assignee.id, **more})
    assert answer.status_code == 201, answer.json()
    return answer.json()


def held(owner, leaver):
    """{code: line} of what he holds."""
    answer = owner.client.get(f"employees/{leaver.id}/handover/")
    assert answer.status_code == 200, answer.json()
    return {line["code"]: line for line in answer.json()["pieces"]}


def dismiss(owner, leaver, heir=None, **more):
    return owner.client.post(f"employees/{leaver.id}/dismiss/", {"successor": heir and heir.id, **more})


def outcome(owner, leaver):
    return owner.client.get(f"employees/{leaver.id}/handover/").json()


def test_everything_he_holds_is_counted_and_goes_on(desk, company, deliver):
    leaver, heir, colleague, owner = desk
    todo = task(colleague, leaver, watchers=[])
    given = task(leaver, colleague)
    helped = task(colleague, heir, co_assignees=[leaver.id])
    watched = task(colleague, colleague, watchers=[leaver.id])
    point = colleague.client.post(
        f"tasks/{watched['id']}/checklist/", {"points": [{"text": "Осмотр", "assignee": leaver.id}]}
    ).json()["results"][0]
    colleague.client.post(f"tasks/{watched['id']}/acknowledgements/", {"people": [leaver.id]})
    template = leaver.client.post("task-templates/", {"title": "Обход", "assignees": [leaver.id]}).json()
    department = owner.client.post("departments/", {"title": "Сбыт", "head": leaver.id}).json()
    owner.client.patch(f"employees/{colleague.id}/", {"manager": leaver.id})
    leaver.client.post("tasks/", {"title": "Мысли", "assignee": leaver.id, "is_draft": True})
    draft = task(colleague, colleague, is_draft=True)
    asked = colleague.client.post("tasks/approval/", {"tasks": [draft["id"]], "approver": leaver.id})
    assert asked.status_code == 204, asked.json()
    leaver.client.post(f"tasks/{todo['id']}/timer/start/")
    counted = {code: line["count"] for code, line in held(owner, leaver).items()}
    assert counted == {
        "tasks.timers": counted["tasks.timers"], "tasks.todo": 1, "tasks.given": 1, "tasks.helped": 1,
        "tasks.templates": 1, "tasks.planned": 1, "points": 1, "departments": 1, "people": 1, "readings": 1,
        "views": 0, "watchers": 1, "regular": 0, "tasks.drafts": 1, "tasks.approvals": 1,
        "approval-lists": 0, "route-steps": 0, "documents.answered": 0, "documents.drafts": 0,
    }  # fmt: skip
    answer = dismiss(owner, leaver, heir)
    assert (answer.status_code, answer.json()["state"]) == (200, "running"), answer.json()
    assert leaver.client.get("tasks/").status_code == 401, "his account is shut at once"
    deliver()
    told = outcome(owner, leaver)
    assert (told["state"], told["left"], told["remaining"]) == ("done", 0, 0)
    assert {
        code: line["count"] for code, line in held(owner, leaver).items() if line["fate"] != "stays"
    } == dict.fromkeys(set(counted) - {"tasks.drafts", "documents.drafts"}, 0)
    approving = heir.client.get(f"tasks/{draft['id']}/").json()["draft_request"]
    assert (approving["approver"]["id"], approving["can_decide"]) == (heir.id, True)
    assert owner.client.get(f"tasks/{draft['id']}/").status_code == 404, "nobody else comes to see a draft"
    assert held(owner, leaver)["tasks.drafts"]["count"] == 1
    assert owner.client.get(f"tasks/{todo['id']}/").json()["assignee"]["id"] == heir.id
    assert owner.client.get(f"tasks/{given['id']}/").json()["initiator"]["id"] == heir.id
    assert owner.client.get(f"tasks/{helped['id']}/").json()["co_assignees"][0]["id"] == heir.id
    card = owner.client.get(f"tasks/{watched['id']}/").json()
    assert leaver.id not in [who["id"] for who in card["watchers"]]
    points = owner.client.get(f"tasks/{watched['id']}/checklist/").json()["results"]
    assert [(one["id"], one["assignee"]["id"]) for one in points] == [(point["id"], heir.id)]
    assert owner.client.get(f"tasks/{watched['id']}/acknowledgements/").json()["asked"] == 0
    made_by = owner.client.get(f"task-templates/{template['id']}/").json()
    assert (made_by["initiator"]["id"], [who["id"] for who in made_by["assignees"]]) == (heir.id, [heir.id])
    assert owner.client.get(f"employees/{colleague.id}/").json()["manager"]["id"] == heir.id
    with company_scope(company):
        assert Department.objects.get(pk=department["id"]).head_id == heir.id
        left = Participant.objects.filter(
            principal=leaver.principal.pk, entity__kind="tasks.task", entity__state="open"
        )
        assert set(left.values_list("part", flat=True)) <= {"author", "responsible"}, "only his own draft"


def test_the_new_initiator_accepts_the_work_and_is_told(desk, company, deliver):
    leaver, heir, colleague, owner = desk
    given = task(leaver, colleague, due_at="2027-01-01T12:00:00Z")
    colleague.client.post(f"tasks/{given['id']}/due-requests/", {"due_at": "2027-02-01T12:00:00Z", "reason": "Болен"})
    colleague.client.post(f"tasks/{given['id']}/do/start/")
    colleague.client.post(f"tasks/{given['id']}/do/submit/")
    dismiss(owner, leaver, heir)
    deliver()
    assert heir.client.post(f"tasks/{given['id']}/do/close/").status_code == 200
    kinds = [line["kind"] for line in heir.client.get(f"tasks/{given['id']}/history/").json()["results"]]
    assert "tasks.initiator_changed" in kinds
    bell = heir.client.get("notices/").json()["results"]
    assert any("инициатор" in str(line) for line in bell), bell


def test_each_sort_may_go_to_somebody_else_or_stay(desk, deliver):
    leaver, heir, colleague, owner = desk
    todo, given = task(owner, leaver), task(leaver, colleague)
    owner.client.patch(f"employees/{colleague.id}/", {"manager": leaver.id})
    pieces = [{"code": "tasks.given", "successor": owner.id}, {"code": "people", "successor": None}]
    assert dismiss(owner, leaver, heir, pieces=pieces).status_code == 200
    deliver()
    assert owner.client.get(f"tasks/{todo['id']}/").json()["assignee"]["id"] == heir.id
    assert owner.client.get(f"tasks/{given['id']}/").json()["initiator"]["id"] == owner.id
    assert owner.client.get(f"employees/{colleague.id}/").json()["manager"]["id"] == leaver.id
    assert (held(owner, leaver)["people"]["count"], outcome(owner, leaver)["left"]) == (1, 0)


@pytest.mark.parametrize(
    "body,field",
    [
        ({"successor": None}, "successor"),
        ({"successor": "self"}, "successor"),
        ({"successor": 999_999}, "successor"),
        ({"successor": "blocked"}, "successor"),
        ({"successor": "heir", "pieces": [{"code": "nothing", "successor": None}]}, "pieces"),
        ({"successor": "heir", "pieces": [{"code": "people", "successor": 999_999}]}, "pieces"),
        ({"successor": "heir", "last_day": "1999-01-01"}, "last_day"),
    ],
)
def test_who_gets_it_must_be_another_working_person(desk, company, person, body, field):
    leaver, heir, colleague, owner = desk
    task(colleague, leaver)
    blocked = person(company)
    owner.client.post(f"employees/{blocked.id}/block/")
    known = {"self": leaver.id, "blocked": blocked.id, "heir": heir.id}
    answer = owner.client.post(
        f"employees/{leaver.id}/dismiss/", {**body, "successor": known.get(body["successor"], body["successor"])}
    )
    assert answer.status_code == 422, answer.json()
    assert {error["pointer"].split("/")[1] for error in answer.json()["errors"]} == {field}
    assert leaver.client.get("tasks/").status_code == 200, "nothing has happened to him"


def test_neither_oneself_nor_the_last_owner_is_dismissed(desk, company, person):
    leaver, heir, colleague, owner = desk
    admin = person(company, "admin")
    assert dismiss(owner, owner, heir).json()["type"].endswith("not-yourself")
    assert dismiss(admin, owner, heir).status_code == 403
    assert dismiss(colleague, leaver, heir).status_code == 403
    assert colleague.client.get(f"employees/{leaver.id}/handover/").status_code == 403


def test_a_private_task_goes_only_to_whoever_takes_part_in_it(desk, deliver):
    leaver, heir, colleague, owner = desk
    shut = task(colleague, leaver, is_private=True)
    known = task(colleague, leaver, is_private=True, watchers=[heir.id])
    dismiss(owner, leaver, heir)
    deliver()
    told = held(owner, leaver)["tasks.todo"]
    assert (told["given"], told["left"], told["count"]) == (1, 1, 1)
    assert [reason["count"] for reason in told["reasons"]] == [1] and "Личная" in told["reasons"][0]["text"]
    assert heir.client.get(f"tasks/{shut['id']}/").status_code == 404
    assert heir.client.get(f"tasks/{known['id']}/").json()["assignee"]["id"] == heir.id
    assert "Пуск котельной" not in str(outcome(owner, leaver)), "of what stays shut only the number is told"


def test_asked_again_it_says_the_same_and_then_hands_over_what_stayed(desk, company, deliver):
    leaver, heir, colleague, owner = desk
    task(colleague, leaver)
    first = dismiss(owner, leaver, heir)
    again = dismiss(owner, leaver, heir)
    assert (first.status_code, again.status_code, again.json()["state"]) == (200, 200, "running")
    other = dismiss(owner, leaver, colleague)
    assert (other.status_code, other.json()["type"]) == (409, "/problems/dismissal-runs")
    deliver()
    stayed = task(colleague, heir)
    heir_is_new = dismiss(owner, leaver, colleague)
    assert heir_is_new.json()["state"] == "running"
    deliver()
    told = outcome(owner, leaver)
    assert (told["state"], told["given"]) == ("done", 1)
    with company_scope(company):
        assert Fact.objects.filter(kind="handover.dismissed", entity_id=leaver.id).count() == 1
    assert owner.client.get(f"tasks/{stayed['id']}/").json()["assignee"]["id"] == heir.id


def test_on_a_day_to_come_he_works_until_it_is_over(desk, company, deliver):
    leaver, heir, colleague, owner = desk
    todo = task(colleague, leaver)
    with company_scope(company):
        day = company_day() + timedelta(days=3)
    planned = dismiss(owner, leaver, heir, last_day=day.isoformat()).json()
    assert (planned["state"], planned["last_day"]) == ("planned", day.isoformat())
    deliver()
    assert leaver.client.get("tasks/").status_code == 200
    assert dismiss(owner, leaver, colleague, last_day=day.isoformat()).json()["state"] == "planned"
    with company_scope(company):
        Dismissal.objects.update(starts_at=timezone.now() - timedelta(seconds=1))
    jobs.start(company)
    assert leaver.client.get("tasks/").status_code == 401
    deliver()
    assert owner.client.get(f"tasks/{todo['id']}/").json()["assignee"]["id"] == colleague.id


def test_what_is_planned_can_be_called_off(desk, company):
    leaver, heir, _, owner = desk
    with company_scope(company):
        day = company_day() + timedelta(days=3)
    assert owner.client.delete(f"employees/{leaver.id}/handover/").status_code == 409
    dismiss(owner, leaver, heir, last_day=day.isoformat())
    answer = owner.client.delete(f"employees/{leaver.id}/handover/")
    assert (answer.status_code, answer.json()["state"]) == (200, "none")
    jobs.start(company)
    assert leaver.client.get("tasks/").status_code == 200


def test_brought_back_he_keeps_what_has_not_gone(desk, company, deliver):
    leaver, heir, colleague, owner = desk
    todo = task(colleague, leaver)
    dismiss(owner, leaver, heir)
    owner.client.post(f"employees/{leaver.id}/unblock/")
    deliver()
    told = outcome(owner, leaver)
    assert (told["state"], bool(told["reason"])) == ("stopped", True)
    assert owner.client.get(f"tasks/{todo['id']}/").json()["assignee"]["id"] == leaver.id


def test_whoever_lost_his_right_hands_over_nothing(desk, company, person, deliver):
    leaver, heir, colleague, owner = desk
    admin = person(company, "admin")
    todo = task(colleague, leaver)
    dismiss(admin, leaver, heir)
    owner.client.post(f"employees/{admin.id}/block/")
    deliver()
    assert outcome(owner, leaver)["state"] == "stopped"
    assert owner.client.get(f"tasks/{todo['id']}/").json()["assignee"]["id"] == leaver.id
    dismiss(owner, leaver, heir)
    deliver()
    assert owner.client.get(f"tasks/{todo['id']}/").json()["assignee"]["id"] == heir.id


def test_what_came_to_him_meanwhile_goes_on_too(desk, company, deliver):
    leaver, heir, colleague, owner = desk
    todo, late = task(colleague, leaver), task(colleague, colleague)
    dismiss(owner, leaver, heir)
    assert colleague.client.patch(f"tasks/{todo['id']}/", {"assignee": leaver.id}).status_code in (200, 422)
    assert colleague.client.post("tasks/", {"title": "Ещё", "assignee": leaver.id}).status_code == 422
    deliver()
    with company_scope(company):
        # A request that had read him as working commits only now.
        row = Entity.objects.get(pk=late["id"])
        row.responsible_id = leaver.principal.pk
        row.save(update_fields=["responsible"])
    jobs.walk(company, leaver.id)
    assert owner.client.get(f"tasks/{late['id']}/").json()["assignee"]["id"] == heir.id
    assert outcome(owner, leaver)["state"] == "done"


def test_a_draft_is_not_given_to_somebody_who_is_gone(desk, deliver):
    leaver, heir, colleague, owner = desk
    draft = colleague.client.post("tasks/", {"title": "Потом", "assignee": leaver.id, "is_draft": True}).json()
    dismiss(owner, leaver, heir)
    deliver()
    told = held(owner, leaver)["tasks.todo"]
    assert (told["left"], "Черновик" in told["reasons"][0]["text"]) == (1, True)
    answer = colleague.client.post(f"tasks/{draft['id']}/do/release/")
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/assignee-is-gone")


def test_the_history_of_his_card_tells_it(desk, company, deliver):
    leaver, heir, colleague, owner = desk
    task(colleague, leaver)
    dismiss(owner, leaver, heir)
    deliver()
    with company_scope(company):
        kinds = list(Fact.objects.filter(entity_id=leaver.id).values_list("kind", flat=True))
    assert kinds.count("handover.dismissed") == kinds.count("handover.finished") == 1
    assert "organization.employee_blocked" in kinds


def test_telling_costs_the_same_however_much_he_holds(desk, company, statements):
    leaver, heir, colleague, owner = desk

    def asked():
        with statements() as seen:
            assert owner.client.get(f"employees/{leaver.id}/handover/").status_code == 200
        return len(seen)

    task(colleague, leaver)
    asked()
    few = asked()
    for _ in range(10):
        task(colleague, leaver, co_assignees=[leaver.id])
    assert asked() == few <= 10


def broken(monkeypatch, ids, failure):
    """Whatever changes these tasks fails so; the list may be emptied later."""

    def change(card, **more):
        if card.pk in ids:
            raise failure
        return change_task(card, **more)

    monkeypatch.setattr("modules.tasks.handovers.change_task", change)


def test_what_nobody_foresaw_stays_with_a_sentence_and_the_rest_goes_on(desk, deliver, monkeypatch):
    leaver, heir, colleague, owner = desk
    first, bad, last = (task(colleague, leaver) for _ in range(3))
    ids = [bad["id"]]
    broken(monkeypatch, ids, ZeroDivisionError("a fault of ours"))
    dismiss(owner, leaver, heir)
    deliver()
    told = held(owner, leaver)["tasks.todo"]
    assert (outcome(owner, leaver)["state"], told["given"], told["left"], told["count"]) == ("done", 2, 1, 1)
    (reason,) = told["reasons"]
    assert reason["count"] == 1 and "Передайте оставшееся ещё раз" in reason["text"]
    for one in (first, last):
        assert owner.client.get(f"tasks/{one['id']}/").json()["assignee"]["id"] == heir.id
    ids.clear()
    assert dismiss(owner, leaver, heir).json()["state"] == "running"
    deliver()
    told = outcome(owner, leaver)
    assert (told["state"], told["given"], told["left"]) == ("done", 3, 0)
    assert owner.client.get(f"tasks/{bad['id']}/").json()["assignee"]["id"] == heir.id


def test_a_parcel_that_fails_again_and_again_is_passed_over(desk, company, deliver, monkeypatch):
    leaver, heir, colleague, owner = desk
    monkeypatch.setattr(jobs, "BATCH", 2)
    todo = [task(colleague, leaver) for _ in range(5)]
    given = task(leaver, colleague)
    ids = [todo[0]["id"]]
    broken(monkeypatch, ids, OperationalError("deadlock detected"))
    dismiss(owner, leaver, heir)
    for _ in range(jobs.TRIES - 1):
        jobs.walk(company, leaver.id)
        told = outcome(owner, leaver)
        assert (told["state"], told["given"], told["left"]) == ("running", 0, 0)
    jobs.walk(company, leaver.id)
    told = outcome(owner, leaver)
    # The parcel is whole: what stood beside the broken thing has stayed with it.
    assert (told["state"], told["given"], told["left"]) == ("done", 4, 2)
    assert held(owner, leaver)["tasks.todo"]["reasons"][0]["count"] == 2
    assert owner.client.get(f"tasks/{given['id']}/").json()["initiator"]["id"] == heir.id
    ids.clear()
    dismiss(owner, leaver, heir)
    deliver()
    told = outcome(owner, leaver)
    assert (told["state"], told["given"], told["left"]) == ("done", 6, 0)


def test_when_not_even_the_end_can_be_told_it_stops_and_can_be_asked_again(desk, company, deliver, monkeypatch):
    leaver, heir, colleague, owner = desk
    todo = task(colleague, leaver)
    with monkeypatch.context() as fault:
        fault.setattr(jobs, "_tell", lambda row, by: 1 / 0)
        dismiss(owner, leaver, heir)
        for _ in range(jobs.TRIES):
            jobs.walk(company, leaver.id)
    told = outcome(owner, leaver)
    assert (told["state"], told["given"]) == ("stopped", 1) and "повторите" in told["reason"]
    assert owner.client.get(f"tasks/{todo['id']}/").json()["assignee"]["id"] == heir.id
    dismiss(owner, leaver, heir)
    deliver()
    assert outcome(owner, leaver)["state"] == "done"


def test_a_planned_one_that_cannot_begin_is_told_to_whoever_planned_it(desk, company, deliver, monkeypatch):
    leaver, heir, _, owner = desk
    with company_scope(company):
        day = company_day() + timedelta(days=3)
    dismiss(owner, leaver, heir, last_day=day.isoformat())
    with company_scope(company):
        Dismissal.objects.update(starts_at=timezone.now() - timedelta(seconds=1))
    with monkeypatch.context() as fault:
        fault.setattr(actions, "block_employee", lambda *args, **more: 1 / 0)
        jobs.start(company)
    deliver()
    told = outcome(owner, leaver)
    assert (told["state"], "повторите" in told["reason"]) == ("stopped", True)
    assert leaver.client.get("tasks/").status_code == 200
    bell = owner.client.get("notices/").json()["results"]
    assert any("Увольнение остановлено" in str(line) for line in bell), bell
    assert dismiss(owner, leaver, heir).json()["state"] == "running"
