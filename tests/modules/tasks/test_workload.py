"""«Загрузка»: hours that are taken, beside hours that there are; of those people only whose tasks one sees."""

from datetime import UTC, date, datetime, timedelta

import pytest

from core.organization.workdays import is_workday, working_minutes
from modules.tasks.rest.workload import spans_of

MONDAY = date(2027, 3, 15)


def moment(**shift) -> str:
    return (datetime.now(UTC) + timedelta(**shift)).isoformat()


def load(who, **params):
    answer = who.client.get("tasks/workload/", **({"from": MONDAY.isoformat()} | params))
    assert answer.status_code == 200, answer.json()
    return answer.json()


def lines(who, **params):
    return {line["person"]["id"]: line for line in load(who, **params)["results"]}


@pytest.fixture
def scene(give, cast, press):
    """On Monday the assignee has two estimated tasks, a part of one done, and one without an estimate."""
    begun = give("Начатая", due_at="2027-03-15T09:00:00Z", estimate=300)
    assert cast.assignee.client.post(f"tasks/{begun['id']}/time/", {"minutes": 60}).status_code == 201
    give("Вторая", due_at="2027-03-15T20:59:00Z", estimate=120)
    give("Без оценки", due_at="2027-03-15T10:00:00Z")
    give("Ночная", due_at="2027-03-15T21:30:00Z", estimate=30)
    spent = give("Переработанная", due_at="2027-03-17T10:00:00Z", estimate=60)
    assert cast.assignee.client.post(f"tasks/{spent['id']}/time/", {"minutes": 90}).status_code == 201
    press(cast.initiator, give("Отменённая", due_at="2027-03-15T10:00:00Z", estimate=600), "cancel")
    give("Поздняя", due_at=moment(days=-2), estimate=600)
    give("Черновик", due_at="2027-03-15T10:00:00Z", estimate=600, is_draft=True)
    return cast


def test_days_add_up_what_is_left_of_estimates(scene):
    found = load(scene.assignee)
    assert [span["working"] for span in found["spans"][:7]] == [480, 480, 480, 480, 480, 0, 0]
    (line,) = found["results"]
    assert (line["person"]["id"], line["overdue"]) == (scene.assignee.id, 1)
    assert line["loads"][0] == {"tasks": 3, "minutes": 360, "unestimated": 1}
    assert line["loads"][1] == {"tasks": 1, "minutes": 30, "unestimated": 0}, "half past midnight in Moscow"
    assert line["loads"][2] == {"tasks": 1, "minutes": 0, "unestimated": 0}
    assert sum(one["tasks"] for one in line["loads"]) == 5


def test_weeks_end_on_sundays(scene):
    found = load(scene.assignee, by="week", **{"from": "2027-03-14"})
    spans = [(span["since"], span["until"]) for span in found["spans"][:2]]
    assert spans == [("2027-03-14", "2027-03-14"), ("2027-03-15", "2027-03-21")]
    assert found["spans"][1]["working"] == 5 * 480
    assert [one["tasks"] for one in found["results"][0]["loads"][:3]] == [0, 5, 0]


def test_only_those_are_shown_whose_tasks_one_sees(scene, owner, person, company, give):
    place = owner.client.post("departments/", {"title": "Цех"}).json()["id"]
    head = person(company, role="head", name="Начальник Цеха")
    for who in (head, scene.assignee):
        assert owner.client.patch(f"employees/{who.id}/", {"department": place}).status_code == 200
    assert set(lines(scene.initiator)) == {scene.initiator.id}, "he sees what he gave, not all that they do"
    assert set(lines(head)) == {head.id, scene.assignee.id}, "who is free stands there, too"
    everybody = lines(owner)
    assert {scene.assignee.id, scene.colleague.id, scene.stranger.id} <= set(everybody)
    assert everybody[scene.colleague.id]["overdue"] == 0
    assert set(lines(owner, department=place)) == {head.id, scene.assignee.id}
    give("Личная", due_at="2027-03-15T10:00:00Z", estimate=60, is_private=True)
    assert lines(head)[scene.assignee.id]["loads"][0]["tasks"] == 3
    assert lines(scene.assignee)[scene.assignee.id]["loads"][0]["tasks"] == 4


def test_blocked_people_have_no_days(cast, owner):
    assert owner.client.post(f"employees/{cast.stranger.id}/block/").status_code == 200
    assert cast.stranger.id not in lines(owner)


def test_people_are_paged_by_name(cast, owner):
    whole = [line["person"]["id"] for line in load(owner)["results"]]
    seen, cursor = [], {}
    while True:
        page = load(owner, limit=2, **cursor)
        seen += [line["person"]["id"] for line in page["results"]]
        if page["next"] is None:
            break
        cursor = {"cursor": page["next"]}
    assert seen == whole and len(whole) >= 5


def test_wrong_questions(cast):
    for wrong in ({"by": "год"}, {"from": "завтра"}, {"department": "цех"}, {"limit": "0"}, {"cursor": "x"}):
        assert cast.assignee.client.get("tasks/workload/", **wrong).status_code == 422, wrong


def test_it_asks_no_more_for_more_people(scene, owner, person, company, give, statements):
    def asked() -> int:
        with statements() as seen:
            load(owner)
        return len(seen)

    asked()
    before = asked()
    for _ in range(4):
        give("Ещё", to=person(company), due_at="2027-03-16T10:00:00Z", estimate=30)
    assert asked() == before <= 10


def test_holidays_are_no_working_time():
    assert (working_minutes(date(2027, 3, 8)), working_minutes(MONDAY)) == (0, 480)
    assert not is_workday(date(2027, 1, 4))


def test_spans_hold_each_day_once():
    days = [date(2027, 3, 10) + timedelta(days=shift) for shift in range(56)]
    for by in ("day", "week"):
        assert [day for span in spans_of(days, by) for day in span] == days
    assert all(len({day.isocalendar()[:2] for day in span}) == 1 for span in spans_of(days, "week"))


def hide(owner, field):
    limits = [{"kind": "tasks.task", "field": field, "level": "hidden"}]
    answer = owner.client.put("roles/employee/fields/", {"limits": limits})
    assert answer.status_code == 200, answer.json()


def test_whoever_may_not_see_due_moments_has_no_workload(scene, owner):
    hide(owner, "due_at")
    answer = scene.assignee.client.get("tasks/workload/", **{"from": MONDAY.isoformat()})
    assert answer.status_code == 403 and "не видит сроков" in answer.json()["detail"]


@pytest.mark.parametrize("field", ["estimate", "spent"])
def test_what_is_left_of_a_hidden_estimate_is_told_to_nobody(scene, owner, field):
    hide(owner, field)
    (line,) = load(scene.assignee)["results"]
    assert line["loads"][0] == {"tasks": 3, "minutes": 0, "unestimated": 0}
