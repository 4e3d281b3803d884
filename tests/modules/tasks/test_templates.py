"""Templates of tasks: made into tasks by hand and by a plan, once for each moment, whatever happened meanwhile."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db.models import F
from django.utils import timezone

from core.attachments.actions import forget_files_of
from core.attachments.models import Attachment, Leftover
from core.context import company_scope
from core.entities.models import Entity
from core.recurrence import actions
from core.recurrence.jobs import tick
from core.recurrence.models import Occurrence, Recurrence
from core.recurrence.plans import plan_of
from core.storage import CompanyStore

DAILY = {"every": "days", "times": ["09:00"]}


@pytest.fixture
def cast_of_template(company, person):
    return person(company, "head"), person(company), person(company), person(company)


@pytest.fixture
def made(company, cast_of_template):
    """(template, its author, its two assignees, a reader): with a checklist, a file and a reading list."""
    author, first, second, reader = cast_of_template
    body = {"title": "Обход котельной", "assignees": [first.id, second.id], "due_in": 120, "priority": "important"}
    answer = author.client.post("task-templates/", body)
    assert answer.status_code == 201, answer.content
    template = answer.json()
    at = f"task-templates/{template['id']}/"
    point = {"text": "Давление", "demand": "number", "least": "2", "most": "4", "unit": "бар"}
    assert author.client.post(f"{at}checklist/", {"points": [point, {"text": "Журнал"}]}).status_code == 201
    assert author.client.post(f"{at}acknowledgements/", {"people": [reader.id]}).status_code == 201
    with company_scope(company):
        Attachment.objects.create(
            entity_id=template["id"], author_id=author.principal.pk, name="схема.pdf", size=5, state="ready",
            content_type="application/pdf", storage_key=CompanyStore(company.schema).new_key(),
        )  # fmt: skip
    return template, author, (first, second), reader


def plan(author, template, body=None, **more):
    answer = author.client.put(f"task-templates/{template['id']}/recurrence/", {"plan": body or DAILY} | more)
    assert answer.status_code == 200, answer.content
    return answer.json()


def let_pass(company, template, days):
    """Stand as if the plan had last been looked at some days ago."""
    with company_scope(company):
        row = Recurrence.objects.get(pk=template["id"])
        row.plan |= {"starts_on": (timezone.localdate() - timedelta(days=days + 5)).isoformat()}
        row.last_at = timezone.now() - timedelta(days=days)
        row.next_at = actions._next(row, plan_of(row.plan))
        row.save()
        # What has been made belongs to the days before: of one moment nobody gets two tasks.
        Occurrence.objects.filter(template_id=row.pk).update(at=F("at") - timedelta(days=days))


def tasks_of(who):
    return who.client.get("tasks/", tab="mine", limit=100).json()["results"]


def outcomes(company, template):
    with company_scope(company):
        rows = Occurrence.objects.filter(template_id=template["id"]).order_by("at", "pk")
        return [(row.outcome, row.card_id is not None) for row in rows]


@pytest.mark.row("PT-01", "PT-02", "PT-07", "PT-08", "PT-09")
def test_a_day_later_each_has_a_task_of_his_own_with_everything(company, made, deliver):
    template, author, assignees, reader = made
    plan(author, template)
    let_pass(company, template, 1)
    tick(company)
    deliver()
    for assignee in assignees:
        (task,) = tasks_of(assignee)
        assert (task["title"], task["initiator"]["id"], task["priority"]) == ("Обход котельной", author.id, "important")
        assert (task["points_count"], task["points_ticked"], task["files_count"]) == (2, 0, 1)
        points = assignee.client.get(f"tasks/{task['id']}/checklist/").json()["results"]
        assert [(point["text"], point["demand"], point["unit"]) for point in points] == [
            ("Давление", "number", "бар"), ("Журнал", "", "")]  # fmt: skip
        (asked,) = assignee.client.get(f"tasks/{task['id']}/acknowledgements/").json()["results"]
        assert (asked["person"]["id"], asked["done_at"]) == (reader.id, None)
        (tied,) = assignee.client.get(f"tasks/{task['id']}/links/").json()["results"]
        assert (tied["relation"], tied["card"]["ref"]) == ("based_on", template["ref"])
    with company_scope(company):
        rows = Attachment.objects.filter(name="схема.pdf")
        assert len(rows) == 3 and len({row.object_key for row in rows}) == 1


@pytest.mark.row("PT-01")
@pytest.mark.parametrize(("way", "cards"), [("all", 5), ("latest", 1), ("skip", 0)])
def test_what_was_missed_is_made_up_for_as_the_plan_says(company, made, way, cards):
    template, author, (first, _), _ = made
    plan(author, template, catch_up=way)
    let_pass(company, template, 5)
    tick(company)
    tick(company)
    assert len(tasks_of(first)) == cards
    with company_scope(company):
        row = Recurrence.objects.get(pk=template["id"])
        assert row.next_at > timezone.now() and row.made == cards
    told = outcomes(company, template)
    # Both assignees' cards; all missed moments make one line.
    assert told.count(("made", True)) == 2 * cards
    assert told.count(("skipped", False)) == (0 if way == "all" else 1)


def test_a_stopped_worker_that_comes_back_doubles_nothing(company, made, monkeypatch):
    template, author, (first, _), _ = made
    plan(author, template, catch_up="all")
    let_pass(company, template, 3)
    spoken = actions.note_made

    def dies(*told, **more):
        spoken(*told, **more)
        raise RuntimeError("killed")

    monkeypatch.setattr(actions, "note_made", dies)
    with pytest.raises(RuntimeError):
        tick(company)
    assert tasks_of(first) == []
    monkeypatch.setattr(actions, "note_made", spoken)
    tick(company)
    assert len(tasks_of(first)) == 3


@pytest.mark.row("PT-03")
def test_minutes_need_an_end_and_wait_for_the_one_before(company, made):
    template, author, (first, second), _ = made
    minutes = {"every": "minutes", "interval": 10}
    at = f"task-templates/{template['id']}/recurrence/"
    refused = author.client.put(at, {"plan": minutes})
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/most")
    told = plan(author, template, minutes, most=3)
    assert told["forecast"]["a_day"] == 144 and told["one_open"] and len(told["forecast"]["next"]) == 3
    for _ in range(2):
        let_pass(company, template, 1)
        tick(company)
    # The task of the first time is still open.
    assert len(tasks_of(first)) == 1
    for assignee in (first, second):
        for task in tasks_of(assignee):
            author.client.post(f"tasks/{task['id']}/do/cancel/")
    for _ in range(2):
        let_pass(company, template, 1)
        tick(company)
        with company_scope(company):
            Entity.objects.filter(kind="tasks.task").update(
                state="cancelled", status="cancelled", done_at=timezone.now()
            )
    with company_scope(company):
        row = Recurrence.objects.get(pk=template["id"])
        assert (row.made, row.is_on, row.next_at) == (3, False, None)


@pytest.mark.row("PT-10")
def test_the_template_shows_what_came_of_it(company, made, deliver):
    template, author, (first, second), _ = made
    plan(author, template, catch_up="all")
    let_pass(company, template, 2)
    tick(company)
    for deed in ("accept", "start", "submit"):
        first.client.post(f"tasks/{tasks_of(first)[0]['id']}/do/{deed}/")
    author.client.post(f"tasks/{tasks_of(first)[0]['id']}/do/close/")
    at = f"task-templates/{template['id']}/"
    # Those made for yesterday are late, whoever closes one closes it late or in time as its due moment says.
    told = author.client.get(f"{at}recurrence/").json()["completion"]
    assert (told["made"], told["done"], told["open"]) == (4, 1, 3)
    page = author.client.get(f"{at}occurrences/", limit=3).json()
    assert len(page["results"]) == 3 and page["next"]
    assert {row["card"]["title"] for row in page["results"]} == {"Обход котельной"}
    # Each sees those cards only that he may see anyway.
    own = first.client.get(f"{at}occurrences/").json()["results"]
    assert sum(row["card"] is not None for row in own) == 2


def test_nobody_left_to_give_to_is_said_and_tried_again(company, made, person, deliver):
    template, author, assignees, _ = made
    owner = person(company, "owner")
    plan(author, template)
    for assignee in assignees:
        assert owner.client.post(f"employees/{assignee.id}/block/").status_code == 200
    let_pass(company, template, 1)
    tick(company)
    (row,) = author.client.get(f"task-templates/{template['id']}/occurrences/").json()["results"]
    assert (row["outcome"], row["card"]) == ("failed", None) and "заблокированы" in row["reason"]
    with company_scope(company):
        assert Recurrence.objects.get(pk=template["id"]).next_at > timezone.now()


def test_a_template_in_the_trash_and_a_module_that_is_off_make_nothing(company, made):
    template, author, (first, _), _ = made
    plan(author, template)
    assert author.client.delete(f"task-templates/{template['id']}/").status_code == 204
    let_pass(company, template, 1)
    tick(company)
    assert tasks_of(first) == []
    assert author.client.post(f"task-templates/{template['id']}/restore/").status_code == 200
    tick(company)
    assert len(tasks_of(first)) == 1


def test_a_pause_is_never_made_up_for(company, made):
    template, author, (first, _), _ = made
    plan(author, template, catch_up="all")
    at = f"task-templates/{template['id']}/recurrence/"
    assert author.client.patch(at, {"is_on": False}).json()["is_on"] is False
    tick(company)
    told = author.client.patch(at, {"is_on": True}).json()
    assert told["is_on"] and len(told["forecast"]["next"]) == 10
    tick(company)
    assert tasks_of(first) == []


@pytest.mark.row("PT-04")
def test_the_next_ten_dates_before_saving(made):
    template, author, *_ = made
    at = f"task-templates/{template['id']}/recurrence/"
    told = author.client.post(f"{at}preview/", {"every": "workdays", "times": ["18:00", "08:00"]}).json()
    assert told["text"] == "Каждый рабочий день, в 08:00 и 18:00" and len(told["next"]) == 10
    assert author.client.get(at).json()["plan"] is None


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"every": "hours"}, "/plan/every"),
        ({"every": "days", "interval": 0}, "/plan/interval"),
        ({"every": "days", "times": []}, "/plan/times"),
        ({"every": "days", "times": ["25:00"]}, "/plan/times/0"),
        ({"every": "weeks", "weekdays": [7]}, "/plan/weekdays/0"),
        ({"every": "months", "nth": 1, "weekdays": [0, 1]}, "/plan/weekdays"),
        ({"every": "minutes", "opens": "18:00", "closes": "09:00"}, "/plan/closes"),
        ({"every": "days", "starts_on": "9999-01-01"}, "/plan/starts_on"),
        ({"every": "days", "ends_on": "2020-01-01"}, "/plan/ends_on"),
    ],
)
def test_a_wrong_plan_is_refused_beside_its_field(made, body, pointer):
    template, author, *_ = made
    answer = author.client.put(f"task-templates/{template['id']}/recurrence/", {"plan": body})
    assert answer.status_code == 422
    assert pointer in [error["pointer"] for error in answer.json()["errors"]]


def test_a_plan_that_never_comes_is_refused(made):
    template, author, *_ = made
    # Midnight of the company's own today is past; in another zone it may be another day.
    day = timezone.localdate(timezone=ZoneInfo("Europe/Moscow"))
    body = {"every": "days", "starts_on": day.isoformat(), "ends_on": day.isoformat(), "times": ["00:00"]}
    answer = author.client.put(f"task-templates/{template['id']}/recurrence/", {"plan": body})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/plan")


def test_by_hand_as_well(made):
    template, author, assignees, _ = made
    answer = author.client.post(f"task-templates/{template['id']}/give/")
    assert answer.status_code == 201 and len(answer.json()["results"]) == 2
    assert [len(tasks_of(assignee)) for assignee in assignees] == [1, 1]


def test_bytes_stay_while_a_copy_shows_them(company, made):
    template, author, (first, second), _ = made
    author.client.post(f"task-templates/{template['id']}/give/")
    with company_scope(company):
        ids = list(Attachment.objects.order_by("pk").values_list("pk", flat=True))
        key = Attachment.objects.order_by("pk").values_list("storage_key", flat=True).first()
    for left in ids[:2]:
        assert author.client.delete(f"attachments/{left}/").status_code == 204
        with company_scope(company):
            assert not Leftover.objects.filter(storage_key=key).exists()
    with company_scope(company):
        forget_files_of([Attachment.objects.get(pk=ids[2]).entity_id])
        assert Leftover.objects.filter(storage_key=key).exists()


def test_a_page_of_templates_costs_the_same_however_long(company, made, statements):
    template, author, assignees, _ = made
    plan(author, template)
    with statements() as one:
        author.client.get("task-templates/")
    for number in range(5):
        body = {"title": f"Шаблон {number}", "assignees": [assignee.id for assignee in assignees]}
        plan(author, author.client.post("task-templates/", body).json())
    with statements() as six:
        assert len(author.client.get("task-templates/").json()["results"]) == 6
    assert len(six) == len(one)


def test_a_point_of_a_template_is_a_pattern_and_is_not_ticked(made):
    template, author, _, _ = made
    points = author.client.get(f"task-templates/{template['id']}/checklist/").json()["results"]
    assert [point["can_tick"] for point in points] == [False, False]
    for deed, body in (("tick", {}), ("failure", {"note": "Нет"})):
        refused = author.client.post(f"checklist/{points[1]['id']}/{deed}/", body)
        assert (refused.status_code, refused.json()["type"]) == (409, "/problems/point-is-pattern"), deed
    assert author.client.patch(f"checklist/{points[1]['id']}/", {"text": "Журнал обхода"}).status_code == 200
