"""What comes round about people: a plan on a card gives work, in the name of whoever has set it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import F
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from core.context import company_scope
from core.identity.models import Principal
from core.recurrence import actions
from core.recurrence.jobs import tick
from core.recurrence.mixin import Recurring
from core.recurrence.models import Occurrence, PlannedWork, Recurrence
from core.recurrence.plans import plan_of
from core.registry import registry
from modules.tasks.models import Task

DAILY = {"every": "days", "times": ["09:00"]}
CHECK = {"title": "Медосмотр"}


@pytest.fixture
def staff(company, person, owner):
    """(keeper, manager, anna): whoever sets plans, and a person with her manager."""
    keeper = person(company, role="admin", name="Кадрова Зоя")
    manager, anna = person(company, name="Главный Егор"), person(company, name="Крылова Анна Сергеевна")
    assert keeper.client.patch(f"employees/{anna.id}/", {"manager": manager.id}).status_code == 200
    return keeper, manager, anna


def path_of(whom: Any, tail: str = "recurrence/") -> str:
    return f"employees/{whom.id}/{tail}"


def plan(who: Any, whom: Any, work: Any = CHECK, **more: Any) -> Any:
    return who.client.put(path_of(whom), {"plan": DAILY, "work": work, **more})


def a_day_later(company: Any, whom: Any) -> None:
    """Its moment of yesterday has come, and the worker looks."""
    with company_scope(company):
        row = Recurrence.objects.get(pk=whom.id)
        row.plan |= {"starts_on": (timezone.localdate() - timedelta(days=5)).isoformat()}
        row.last_at = timezone.now() - timedelta(days=1)
        row.next_at = actions._next(row, plan_of(row.plan))
        row.save()
        # What has come belongs to the days before: of one moment nobody gets two.
        Occurrence.objects.filter(template_id=whom.id).update(at=F("at") - timedelta(days=1))
    tick(company)


def tasks(company: Any) -> list[Task]:
    with company_scope(company):
        return list(Task.objects.select_related("author", "responsible").order_by("pk"))


def came(who: Any, whom: Any) -> list[dict[str, Any]]:
    answer = who.client.get(path_of(whom, "occurrences/"))
    assert answer.status_code == 200, answer.json()
    return answer.json()["results"]


@pytest.mark.row("PT-01")
def test_a_plan_gives_work_about_the_person_to_his_manager(company, staff):
    keeper, manager, anna = staff
    shown = keeper.client.get(path_of(anna)).json()
    assert (shown["asks_work"], shown["work"], shown["usual"]["id"], shown["why_none"]) == (True, None, manager.id, "")
    answer = plan(keeper, anna, CHECK | {"due_in": 14})
    assert answer.status_code == 200, answer.json()
    told = answer.json()["work"]
    assert (told["title"], told["answers"], told["giver"]["id"], told["due_in"]) == ("Медосмотр", None, keeper.id, 14)
    a_day_later(company, anna)
    (task,) = tasks(company)
    assert task.title == "Медосмотр: Крылова А. С."
    assert (task.responsible_id, task.author_id) == (manager.principal.pk, keeper.principal.pk)
    assert task.due_at - came_at(keeper, anna) == timedelta(days=14)
    links = keeper.client.get(path_of(anna, "links/")).json()["results"]
    assert [link["card"]["ref"] for link in links] == [f"tasks.task/{task.pk}"]
    (line,) = came(keeper, anna)
    assert (line["outcome"], line["card"]["ref"], line["person"]["id"]) == ("made", f"tasks.task/{task.pk}", manager.id)
    # Whoever does not see the task does not learn of it by the card of the person.
    (hidden,) = came(anna, anna)
    assert (hidden["card"], hidden["person"]) == (None, None)
    assert anna.client.get(path_of(anna)).json()["completion"] is None
    assert keeper.client.get(path_of(anna)).json()["completion"]["open"] == 1
    assert anna.client.get(path_of(anna, "links/")).json()["results"] == []
    tick(company)
    assert len(tasks(company)) == 1, "a moment gives once"


def came_at(who, whom):
    moment = parse_datetime(came(who, whom)[0]["at"])
    assert moment is not None
    return moment


def test_whoever_is_named_answers_then_the_manager_then_the_giver(company, staff, person, owner):
    keeper, manager, anna = staff
    doctor = person(company, name="Врачёва Ида")
    assert plan(keeper, anna, CHECK | {"answers": doctor.id}).status_code == 200
    for who in (doctor, manager):
        a_day_later(company, anna)
        assert tasks(company)[-1].responsible_id == who.principal.pk
        with company_scope(company):
            Principal.objects.filter(pk=who.principal.pk).update(is_active=False)
    a_day_later(company, anna)
    assert tasks(company)[-1].responsible_id == keeper.principal.pk
    assert plan(keeper, anna, CHECK | {"answers": doctor.id}).status_code == 200, "who is named may stay"
    refused = plan(keeper, anna, CHECK | {"answers": manager.id})
    assert refused.status_code == 422 and refused.json()["errors"][0]["pointer"] == "/answers"


def test_a_plan_says_what_is_to_be_done_and_a_template_does_not(company, staff):
    keeper, _, anna = staff
    for work in (None, {"title": ""}, {"title": "Осмотр", "due_in": 0}):
        assert plan(keeper, anna, work).status_code == 422, work
    template = keeper.client.post("task-templates/", {"title": "Обход", "assignees": [anna.id]}).json()
    told = {"plan": DAILY, "work": CHECK}
    assert keeper.client.put(f"task-templates/{template['id']}/recurrence/", told).status_code == 422
    shown = keeper.client.get(f"task-templates/{template['id']}/recurrence/").json()
    assert (shown["asks_work"], shown["work"]) == (False, None)


def test_who_may_change_the_person_sets_the_plan_and_his_colleagues_read_it(company, staff, person):
    keeper, _, anna = staff
    colleague = person(company, name="Гостев Олег")
    assert plan(colleague, anna).status_code == 403
    assert plan(keeper, anna).status_code == 200
    # His own card he keeps up to date; what the company checks about him he neither sets nor stops.
    assert anna.client.get(path_of(anna)).json()["can_edit"] is False
    assert plan(anna, anna).status_code == 403
    assert anna.client.patch(path_of(anna), {"is_on": False}).status_code == 403
    assert anna.client.delete(path_of(anna)).status_code == 403
    shown = colleague.client.get(path_of(anna)).json()
    assert (shown["work"]["title"], shown["can_edit"]) == ("Медосмотр", False)
    lines = keeper.client.get(path_of(anna, "history/")).json()["results"]
    (line,) = [one for one in lines if one["kind"] == "recurrence.set"]
    told = {one["label"]: one["new"] for one in line["changes"]}
    assert (told["Что делать"], told["Кто ставит"]) == ("Медосмотр", "Кадрова З.")


def test_whoever_may_not_see_the_manager_is_not_told_him_by_the_plan(company, staff, person, owner):
    keeper, manager, anna = staff
    assert plan(keeper, anna).status_code == 200
    role = owner.client.post(
        "roles/", {"title": "Вахта", "grants": [{"permission": "organization.view", "scope": "all"}]}
    )
    code = role.json()["code"]
    hides = {"limits": [{"kind": "organization.employee", "field": "manager", "level": "hidden"}]}
    assert owner.client.put(f"roles/{code}/fields/", hides).status_code == 200
    guard = person(company, role=code, name="Вахтёров Лев")
    shown = guard.client.get(path_of(anna)).json()
    assert (shown["usual"], shown["usual_hidden"], shown["work"]["answers"]) == (None, True, None)
    assert "Главный" not in str(shown)
    told = keeper.client.get(path_of(anna)).json()
    assert (told["usual"]["id"], told["usual_hidden"]) == (manager.id, False)


def test_while_tasks_are_off_it_is_said_what_to_switch_on(company, staff, owner, deliver):
    keeper, _, anna = staff
    assert plan(keeper, anna).status_code == 200
    deliver()
    assert owner.client.patch("modules/tasks/", {"enabled": False}).status_code == 200
    off = replace(company, modules=frozenset())
    for _ in range(2):
        a_day_later(off, anna)
        deliver()
    (first, *rest) = came(keeper, anna)
    assert {one["outcome"] for one in (first, *rest)} == {"failed"}
    assert first["reason"] == "Дела по расписанию создаёт модуль «Задачи», а он выключен. Включите его в настройках"
    assert keeper.client.get(path_of(anna)).json()["why_none"] == first["reason"]
    refused = plan(keeper, anna)
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/nobody-makes-work")
    notices = [one for one in keeper.client.get("notices/").json()["results"] if "Дело по расписанию" in one["subject"]]
    assert len(notices) == 1, "told once, until it changes"
    assert owner.client.patch("modules/tasks/", {"enabled": True}).status_code == 200
    a_day_later(company, anna)
    assert len(tasks(company)) == 1


def test_nothing_comes_round_about_somebody_who_is_blocked(company, staff):
    keeper, _, anna = staff
    assert plan(keeper, anna).status_code == 200
    keeper.client.post(f"employees/{anna.id}/block/")
    a_day_later(company, anna)
    (line,) = came(keeper, anna)
    assert (line["outcome"], line["reason"]) == ("skipped", "Сотрудник заблокирован")
    keeper.client.post(f"employees/{anna.id}/unblock/")
    a_day_later(company, anna)
    assert len(tasks(company)) == 1


def test_work_is_given_with_the_rights_that_its_giver_has_then(company, staff, owner):
    keeper, _, anna = staff
    assert plan(keeper, anna).status_code == 200
    assert owner.client.put(f"employees/{keeper.id}/roles/", {"roles": ["employee"]}).status_code == 200
    a_day_later(company, anna)
    assert tasks(company) == []
    (line,) = came(owner, anna)
    assert line["outcome"] == "failed" and "больше не отвечает за эту карточку" in line["reason"]


def test_what_he_gives_and_answers_for_goes_to_his_heir(company, staff, owner, person, deliver):
    keeper, _, anna = staff
    heir = person(company, role="admin", name="Преемников Пётр")
    assert plan(keeper, anna, CHECK | {"answers": keeper.id}).status_code == 200
    pieces = owner.client.get(f"employees/{keeper.id}/handover/").json()["pieces"]
    assert {one["code"]: one["count"] for one in pieces}["regular"] == 1
    assert owner.client.post(f"employees/{keeper.id}/dismiss/", {"successor": heir.id}).status_code == 200
    deliver()
    work = owner.client.get(path_of(anna)).json()["work"]
    assert (work["giver"]["id"], work["answers"]["id"]) == (heir.id, heir.id)
    a_day_later(company, anna)
    assert [(task.author_id, task.responsible_id) for task in tasks(company)] == [(heir.principal.pk,) * 2]


def test_what_somebody_has_just_set_anew_is_not_handed_over(company, staff, person, owner):
    keeper, _, anna = staff
    heir = person(company, role="admin", name="Преемников Пётр")
    assert plan(keeper, anna).status_code == 200
    with company_scope(company):
        read_before = PlannedWork.objects.get(pk=anna.id)
    assert plan(owner, anna).status_code == 200
    with company_scope(company):
        former, to = keeper.principal.pk, heir.principal.pk
        actions.hand_work_over(read_before, former=former, to=to, by=owner.actor())
        assert PlannedWork.objects.get(pk=anna.id).giver_id == owner.principal.pk


def test_when_the_giver_is_gone_whoever_would_get_the_work_is_told(company, staff, owner, deliver):
    keeper, manager, anna = staff
    assert plan(keeper, anna).status_code == 200
    assert owner.client.post(f"employees/{keeper.id}/block/").status_code == 200
    a_day_later(company, anna)
    deliver()
    (line,) = came(owner, anna)
    assert line["outcome"] == "failed" and "Пусть расписание задаст другой" in line["reason"]
    notices = manager.client.get("notices/").json()["results"]
    assert [one["subject"] for one in notices if "Дело по расписанию" in one["subject"]] == [
        "Дело по расписанию не создано: Медосмотр — Крылова Анна Сергеевна"
    ]


def test_every_kind_that_comes_round_says_how():
    kinds = [kind for kind in registry.kinds() if issubclass(kind.model, Recurring)]
    assert [kind.code for kind in kinds if (kind.repeat is None) == (kind.regular is None)] == []
    assert [module.code for module in registry.modules.values() if module.work], "somebody makes the work"
