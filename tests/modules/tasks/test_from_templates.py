"""A template made of a task, what its tasks carry, in whose name they are given, and what is counted of them."""

from datetime import time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db.models import F
from django.utils import timezone

from core.attachments.models import Attachment
from core.context import company_scope
from core.entities.models import Entity
from core.links.queries import links_of
from core.notifications.models import Delivery
from core.recurrence.jobs import tick
from core.recurrence.models import Occurrence, Recurrence
from core.storage import CompanyStore
from modules.tasks.models import Task, TaskTemplate

DAILY = {"plan": {"every": "days", "times": ["09:00"]}, "catch_up": "latest"}


def file_on(company, card_id, author, name="схема.png"):
    with company_scope(company):
        key = CompanyStore(company.schema).new_key()
        return Attachment.objects.create(
            entity_id=card_id, author_id=author.principal.pk, name=name, size=5, state="ready",
            content_type="image/png", storage_key=key,
        )  # fmt: skip


def make(who, *assignees, **more):
    body = {"title": "Обход", "assignees": [one.id for one in assignees]} | more
    answer = who.client.post("task-templates/", body)
    assert answer.status_code == 201, answer.content
    return answer.json()


def come_round(company, template):
    """Let the plan's moment pass and the company be woken."""
    with company_scope(company):
        row = Recurrence.objects.get(pk=template["id"])
        row.last_at, row.next_at = timezone.now() - timedelta(days=1), timezone.now() - timedelta(minutes=1)
        row.plan |= {"starts_on": (timezone.localdate() - timedelta(days=5)).isoformat()}
        row.save()
        # What has been made belongs to the days before: of one moment nobody gets two tasks.
        Occurrence.objects.filter(template_id=row.pk).update(at=F("at") - timedelta(days=1))
    tick(company)


def tasks_of(who):
    return who.client.get("tasks/", tab="mine", limit=100).json()["results"]


@pytest.fixture
def rich(company, cast, give):
    """A task with everything on it, given by the initiator to the assignee, with a helper."""
    due_at = (timezone.now() + timedelta(days=2, hours=3)).isoformat()
    task = give("Проверить насосную", due_at=due_at, estimate=90, priority="urgent", co_assignees=[cast.colleague.id])
    who, at = cast.initiator.client, f"tasks/{task['id']}/"
    point = {"text": "Давление", "demand": "number", "least": "2", "most": "4", "unit": "бар"}
    (first, _) = who.post(f"{at}checklist/", {"points": [point, {"text": "Журнал"}]}).json()["results"]
    assert who.post(f"checklist/{first['id']}/tick/", {"number": "3"}).status_code == 200
    assert who.post(f"{at}acknowledgements/", {"people": [cast.stranger.id]}).status_code == 201
    assert who.put(f"{at}tags/", {"tags": ["Насосная"]}).status_code == 200
    ref = f"organization.employee/{cast.colleague.id}"
    assert who.post(f"{at}links/", {"ref": ref}).status_code == 201
    other = give("Сосед по цеху")
    assert who.post(f"{at}links/", {"ref": other["ref"]}).status_code == 201
    picture = file_on(company, task["id"], cast.initiator)
    text = f'<p>Смотрите</p><p><img src="/api/v1/attachments/{picture.pk}/content/" alt="Схема"></p>'
    assert who.patch(f"{at}", {"description": text}).status_code == 200
    return task, picture


def of_task(who, task):
    answer = who.client.post(f"tasks/{task['id']}/template/")
    assert answer.status_code == 201, answer.content
    return who.client.get(f"task-templates/{answer.json()['ref'].split('/')[1]}/").json()


@pytest.mark.row("PT-02", "PT-07", "PT-08", "PT-09")
def test_a_task_becomes_a_template_with_all_that_hangs_on_it(company, cast, rich):
    task, picture = rich
    template = of_task(cast.initiator, task)
    assert (template["title"], template["priority"], template["estimate"]) == ("Проверить насосную", "urgent", 90)
    # Two days and some hours become whole days; who helps gets a task of his own.
    assert template["due_in"] == 3 * 1440
    assert [one["id"] for one in template["assignees"]] == [cast.assignee.id, cast.colleague.id]
    assert template["initiator"]["id"] == cast.initiator.id and template["plan"] is None
    at = f"task-templates/{template['id']}/"
    points = cast.initiator.client.get(f"{at}checklist/").json()["results"]
    assert [(one["text"], one["demand"], one["outcome"]) for one in points] == [
        ("Давление", "number", ""), ("Журнал", "", "")]  # fmt: skip
    (asked,) = cast.initiator.client.get(f"{at}acknowledgements/").json()["results"]
    assert asked["person"]["id"] == cast.stranger.id
    assert [one["title"] for one in cast.initiator.client.get(f"{at}tags/").json()["results"]] == ["Насосная"]
    links = cast.initiator.client.get(f"{at}links/").json()["results"]
    told = {(one["relation"], one["card"]["ref"]) for one in links}
    assert ("based_on", task["ref"]) in told
    assert ("related", f"organization.employee/{cast.colleague.id}") in told
    with company_scope(company):
        (copy,) = Attachment.objects.filter(entity_id=template["id"])
        assert copy.object_key == picture.object_key
    # The words show the template's own copy: who sees it need not see the task.
    assert f"/attachments/{copy.pk}/content/" in template["description"]
    assert f"/attachments/{picture.pk}/" not in template["description"]


@pytest.mark.row("PT-07", "PT-08", "PT-09", "PT-10")
def test_the_made_task_carries_it_on(company, cast, rich):
    task, picture = rich
    template = of_task(cast.initiator, task)
    assert cast.initiator.client.put(f"task-templates/{template['id']}/recurrence/", DAILY).status_code == 200
    come_round(company, template)
    (made,) = [row for row in tasks_of(cast.colleague) if row["title"] == "Проверить насосную"]
    at = f"tasks/{made['id']}/"
    assert (made["points_count"], made["points_ticked"], made["files_count"]) == (2, 0, 1)
    assert [one["title"] for one in cast.colleague.client.get(f"{at}tags/").json()["results"]] == ["Насосная"]
    links = cast.colleague.client.get(f"{at}links/").json()["results"]
    assert {(one["relation"], one["card"]["ref"]) for one in links} == {
        ("based_on", template["ref"]),
        ("related", f"organization.employee/{cast.colleague.id}"),
    }
    with company_scope(company):
        copy = Attachment.objects.get(entity_id=made["id"])
        assert copy.object_key == picture.object_key
    assert f"/attachments/{copy.pk}/content/" in cast.colleague.client.get(at).json()["description"]


def test_whoever_sees_a_task_may_keep_it_and_nobody_else(cast, rich):
    task, _ = rich
    assert of_task(cast.assignee, task)["initiator"]["id"] == cast.assignee.id
    # He is on the reading list, so he sees it; without it he does not even learn that it is there.
    assert cast.stranger.client.post(f"tasks/{task['id']}/template/").status_code == 201
    hidden = cast.initiator.client.post("tasks/", {"title": "Своё", "assignee": cast.initiator.id}).json()
    assert cast.stranger.client.post(f"tasks/{hidden['id']}/template/").status_code == 404


def test_a_template_keeps_from_a_private_task_only_for_its_people(cast, give):
    task = give("Премии", is_private=True)
    template = of_task(cast.initiator, task)
    assert template["is_private"]
    assert cast.assignee.client.get(f"task-templates/{template['id']}/").status_code == 200
    assert cast.stranger.client.get(f"task-templates/{template['id']}/").status_code == 404


def test_cards_that_the_doer_does_not_see_are_not_tied(company, person, cast, give):
    """The owner ties a card that the assignee cannot see; the assignee's template does not carry the tie."""
    owner = person(company, "owner")
    unseen = make(owner, owner, title="Секрет", is_private=True)
    task = give()
    assert owner.client.post(f"tasks/{task['id']}/links/", {"ref": unseen["ref"]}).status_code == 201
    made = of_task(cast.assignee, task)
    with company_scope(company):
        ties = [{row.source_id, row.target_id} for row in links_of(made["id"])]
    assert ties == [{made["id"], task["id"]}]


@pytest.mark.row("PT-02")
def test_tasks_of_a_plan_are_given_in_the_name_of_the_initiator(company, person, cast):
    owner = person(company, "owner")
    template = make(owner, cast.assignee, initiator=cast.initiator.id)
    assert template["initiator"]["id"] == cast.initiator.id and template["can_name"]
    assert owner.client.put(f"task-templates/{template['id']}/recurrence/", DAILY).status_code == 200
    come_round(company, template)
    (task,) = tasks_of(cast.assignee)
    assert task["initiator"]["id"] == cast.initiator.id
    # Whoever gives the tasks answers for the template.
    changed = cast.initiator.client.patch(f"task-templates/{template['id']}/", {"title": "Обход цеха"})
    assert changed.status_code == 200
    moved = owner.client.patch(f"task-templates/{template['id']}/", {"initiator": owner.id})
    assert moved.status_code == 200 and moved.json()["initiator"]["id"] == owner.id
    lost = cast.initiator.client.patch(f"task-templates/{template['id']}/", {"title": "Иначе"})
    assert lost.status_code == 404
    history = owner.client.get(f"task-templates/{template['id']}/history/").json()["results"]
    labels = {change["label"] for line in history for change in line["changes"]}
    assert "Инициатор" in labels


def test_nobody_speaks_for_others_without_the_right(company, person, cast):
    for role in ("employee", "head"):
        who = person(company, role)
        body = {"title": "Обход", "assignees": [cast.assignee.id], "initiator": cast.initiator.id}
        refused = who.client.post("task-templates/", body)
        assert (refused.status_code, refused.json()["type"]) == (403, "/problems/not-in-your-name")
        own = make(who, cast.assignee, initiator=who.id)
        assert not own["can_name"]
        changed = who.client.patch(f"task-templates/{own['id']}/", {"initiator": cast.initiator.id})
        assert changed.status_code == 403


@pytest.mark.row("PT-10")
def test_what_is_given_by_hand_counts_too(cast):
    template = make(cast.initiator, cast.assignee, cast.colleague, due_in=60)
    at = f"task-templates/{template['id']}/"
    assert cast.initiator.client.get(f"{at}recurrence/").json()["completion"]["share"] is None
    assert cast.initiator.client.post(f"{at}give/").status_code == 201
    rows = cast.initiator.client.get(f"{at}occurrences/").json()["results"]
    assert {(row["outcome"], row["person"]["id"]) for row in rows} == {
        ("made", cast.assignee.id), ("made", cast.colleague.id)}  # fmt: skip
    (task,) = tasks_of(cast.assignee)
    for deed in ("accept", "start", "submit"):
        assert cast.assignee.client.post(f"tasks/{task['id']}/do/{deed}/").status_code == 200
    assert cast.initiator.client.post(f"tasks/{task['id']}/do/close/").status_code == 200
    told = cast.initiator.client.get(f"{at}recurrence/").json()["completion"]
    assert told == {"made": 2, "done": 1, "on_time": 1, "open": 1, "late": 0, "share": 100}


@pytest.mark.row("PT-10")
def test_the_share_counts_what_is_done_and_what_is_late(company, cast):
    template = make(cast.initiator, cast.assignee, due_in=60)
    at = f"task-templates/{template['id']}/"
    for _ in range(4):
        cast.initiator.client.post(f"{at}give/")
    now = timezone.now()
    with company_scope(company):
        ids = list(Task.objects.order_by("pk").values_list("pk", flat=True))
        ended = {"state": "done", "status": "closed", "done_at": now}
        Entity.objects.filter(pk=ids[0]).update(**ended)
        Entity.objects.filter(pk=ids[1]).update(**ended, due_at=now - timedelta(hours=1))
        Entity.objects.filter(pk=ids[2]).update(due_at=now - timedelta(hours=1))
    assert cast.initiator.client.delete(f"tasks/{ids[3]}/").status_code == 204
    told = cast.initiator.client.get(f"{at}recurrence/").json()["completion"]
    assert told == {"made": 3, "done": 2, "on_time": 1, "open": 1, "late": 1, "share": 33}
    (row,) = cast.initiator.client.get("task-templates/").json()["results"]
    assert (row["made"], row["share"], row["is_on"], row["next_at"]) == (3, 33, False, None)


def test_a_row_says_whether_the_plan_goes_on(cast):
    template = make(cast.initiator, cast.assignee)
    at = f"task-templates/{template['id']}/recurrence/"
    assert cast.initiator.client.put(at, DAILY).status_code == 200
    (row,) = cast.initiator.client.get("task-templates/").json()["results"]
    assert row["is_on"] and row["next_at"] and row["plan"] == "Каждый день, в 09:00"
    assert cast.initiator.client.patch(at, {"is_on": False}).status_code == 200
    (row,) = cast.initiator.client.get("task-templates/").json()["results"]
    assert (row["is_on"], row["next_at"], row["plan"]) == (False, None, "Каждый день, в 09:00")


@pytest.mark.row("PT-01", "PT-04")
def test_a_company_that_moves_plans_by_the_clock_of_its_new_place(company, owner, cast, deliver):
    def comes():
        with company_scope(company):
            return Recurrence.objects.get(pk=template["id"]).next_at

    template, other = make(cast.initiator, cast.assignee), make(cast.initiator, cast.assignee)
    for one in (template, other):
        assert cast.initiator.client.put(f"task-templates/{one['id']}/recurrence/", DAILY).status_code == 200
    assert comes().astimezone(ZoneInfo("Europe/Moscow")).time() == time(9)
    assert owner.client.patch("company/", {"time_zone": "Asia/Vladivostok"}).status_code == 200
    deliver()
    assert comes().astimezone(ZoneInfo("Asia/Vladivostok")).time() == time(9)
    assert comes() > timezone.now()


def test_a_moment_of_another_clock_holds_nobody_up(company, cast):
    """Woken at a moment that the plan does not know (any more), it looks for its next one; the others go on."""
    template, other = make(cast.initiator, cast.assignee), make(cast.initiator, cast.assignee)
    for one in (template, other):
        assert cast.initiator.client.put(f"task-templates/{one['id']}/recurrence/", DAILY).status_code == 200
    with company_scope(company):
        row = Recurrence.objects.get(pk=template["id"])
        row.last_at = timezone.now() - timedelta(minutes=2)
        # An hour that has just been is no hour of this plan.
        away = (
            (timezone.now() + timedelta(hours=5))
            .astimezone(ZoneInfo(company.time_zone))
            .time()
            .replace(second=0, microsecond=0)
        )
        row.plan |= {"times": [away.isoformat("minutes")]}
        row.next_at = timezone.now() - timedelta(minutes=1)
        row.save()
    come_round(company, other)
    assert len(tasks_of(cast.assignee)) == 1
    with company_scope(company):
        row.refresh_from_db()
        assert row.is_on and row.next_at > timezone.now() + timedelta(hours=4)
        assert not Occurrence.objects.filter(template=template["id"]).exists()


@pytest.mark.row("PT-07")
def test_a_template_asks_nobody_its_tasks_do(company, cast, deliver):
    template = make(cast.initiator, cast.assignee)
    at = f"task-templates/{template['id']}/"
    who = cast.initiator.client
    assert who.post(f"{at}acknowledgements/", {"people": [cast.colleague.id]}).status_code == 201
    point = {"text": "Обойти", "assignee": cast.colleague.id}
    assert who.post(f"{at}checklist/", {"points": [point]}).status_code == 201
    deliver()
    assert cast.colleague.client.get("waiting/").json()["count"] == 0
    with company_scope(company):
        assert not Delivery.objects.filter(kind="acknowledgements.asked").exists()
    assert who.post(f"{at}give/").status_code == 201
    deliver()
    assert cast.colleague.client.get("waiting/").json()["count"] == 2
    with company_scope(company):
        assert Delivery.objects.filter(kind="acknowledgements.asked", principal=cast.colleague.principal.pk).exists()


def test_templates_are_found_by_their_words(cast, deliver):
    template = make(cast.initiator, cast.assignee, title="Обход котельной", description="Записать давление")
    deliver()
    for words in ("котельная", "давление", template["number"]):
        found = cast.initiator.client.get("search/", q=words).json()["results"]
        assert template["ref"] in [hit["card"]["ref"] for hit in found], words
    assert cast.stranger.client.get("search/", q="котельная").json()["results"] == []


def test_making_a_template_of_a_task_is_one_change(cast, rich, company, monkeypatch):
    """When something cannot be carried over, nothing of the template stays."""
    task, _ = rich
    monkeypatch.setattr("modules.tasks.actions.templates.copy_tags", lambda *told: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        cast.initiator.client.post(f"tasks/{task['id']}/template/")
    with company_scope(company):
        assert not TaskTemplate.objects.exists()
        assert not Occurrence.objects.exists()


@pytest.mark.row("PT-08", "PT-10")
def test_a_task_and_its_plan_are_one_change_and_a_refused_plan_leaves_no_template(cast, rich, company):
    task, _ = rich
    at, weekly = f"tasks/{task['id']}/template/repeat/", {"every": "weeks", "weekdays": [0]}
    ahead = cast.initiator.client.post(f"{at}preview/", weekly)
    assert (ahead.status_code, len(ahead.json()["next"])) == (200, 10)
    endless = cast.initiator.client.post(at, {"plan": {"every": "minutes", "interval": 30}})
    assert (endless.status_code, endless.json()["errors"][0]["pointer"]) == (422, "/most"), endless.content
    assert cast.initiator.client.post(at, {"plan": {"every": "weeks", "interval": 0}}).status_code == 422
    with company_scope(company):
        assert not TaskTemplate.objects.exists()
    made = cast.initiator.client.post(at, {"plan": weekly})
    assert made.status_code == 201, made.content
    template = cast.initiator.client.get(f"task-templates/{made.json()['ref'].split('/')[1]}/").json()
    assert template["title"] == "Проверить насосную" and template["plan"] and template["is_on"]


def test_what_came_of_a_template_costs_the_same_however_much_it_is(cast, statements):
    template = make(cast.initiator, cast.assignee, cast.colleague)
    at = f"task-templates/{template['id']}/"
    cast.initiator.client.post(f"{at}give/")
    with statements() as two:
        assert len(cast.initiator.client.get(f"{at}occurrences/").json()["results"]) == 2
    for _ in range(4):
        cast.initiator.client.post(f"{at}give/")
    with statements() as ten:
        assert len(cast.initiator.client.get(f"{at}occurrences/").json()["results"]) == 10
    assert len(ten) == len(two)
