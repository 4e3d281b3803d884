"""«Поручения»: who holds what, how late it is and whom it keeps waiting."""

from datetime import UTC, datetime, timedelta

import pytest

pytestmark = pytest.mark.row("PL-12")


def moment(**shift):
    return (datetime.now(UTC) + timedelta(**shift)).isoformat()


def lines(who, **params):
    answer = who.client.get("tasks/assignments/", **params)
    assert answer.status_code == 200, answer.json()
    return {line["person"]["id"]: line for line in answer.json()["results"]}


@pytest.fixture
def scene(give, cast, press):
    """Petrov has four tasks of the initiator, one of which waits for another of his; Sokolova has one."""
    late = give("Поздняя", due_at=moment(days=-3, hours=-1), priority="urgent")
    waiting = give("Ждущая", to=cast.colleague, due_at=moment(days=2))
    tie = {"ref": late["ref"], "relation": "depends_on"}
    assert cast.initiator.client.post(f"tasks/{waiting['id']}/links/", tie).status_code == 201
    handed = give("Сданная", due_at=moment(days=20))
    for deed in ("start", "submit"):
        press(cast.assignee, handed, deed)
    give("Новая")
    give("Своя", by=cast.assignee, to=cast.assignee)
    give("Черновик", is_draft=True)
    press(cast.initiator, give("Отменённая"), "cancel")
    return cast


def test_figures_of_each_person(scene):
    found = lines(scene.initiator)
    assert set(found) == {scene.assignee.id, scene.colleague.id}
    petrov = {name: value for name, value in found[scene.assignee.id].items() if name != "person"}
    assert petrov == {
        "open": 3, "overdue": 1, "late_days": 3, "not_accepted": 2, "in_review": 1, "returned": 0, "urgent": 1,
        "blocked": 0, "holds_up": 1, "moves": 0,
    }  # fmt: skip
    assert (found[scene.colleague.id]["blocked"], found[scene.colleague.id]["late_days"]) == (1, None)


def tasks_of(who, of, **params):
    answer = who.client.get(f"tasks/assignments/{of.id}/", **params)
    assert answer.status_code == 200, answer.json()
    return answer.json()["results"]


def test_each_task_says_when_it_is_due_and_who_keeps_it_waiting(scene, owner):
    first, *rest = tasks_of(scene.initiator, scene.assignee)
    assert (first["title"], first["late_days"], first["blockers"]) == ("Поздняя", 3, [])
    assert {row["title"] for row in rest} == {"Сданная", "Новая"}
    (waiting,) = tasks_of(scene.initiator, scene.colleague)
    assert waiting["assignee"]["id"] == scene.colleague.id
    (blocker,) = waiting["blockers"]
    assert (blocker["title"], blocker["assignee"]["id"]) == ("Поздняя", scene.assignee.id)
    # What the reader did not give shows itself to nobody but him whose place reaches there.
    assert tasks_of(scene.stranger, scene.assignee) == tasks_of(scene.stranger, scene.assignee, whose="reach") == []
    assert {row["title"] for row in tasks_of(owner, scene.assignee, whose="reach")} > {"Своя"}


def test_a_hidden_blocker_names_nobody(scene, give, cast):
    waits = give("Ждёт чужого", to=cast.colleague)
    private = give("Секретная", by=cast.assignee, to=cast.assignee)
    tie = {"ref": waits["ref"], "relation": "needed_for"}
    assert cast.assignee.client.post(f"tasks/{private['id']}/links/", tie).status_code in (201, 422)
    assert cast.assignee.client.patch(f"tasks/{private['id']}/", {"is_private": True}).status_code == 200
    (row,) = [row for row in tasks_of(cast.initiator, cast.colleague) if row["title"] == "Ждёт чужого"]
    assert row["blockers"] == [] and row["blockers_count"] == 0


@pytest.mark.row("T-20")
def test_moves_of_due_moments_are_counted(scene, give, cast):
    task = give("Двигали", to=cast.colleague, due_at=moment(days=5))
    for days in (6, 7):
        moved = {"due_at": moment(days=days), "due_reason": "Поставщик"}
        assert cast.initiator.client.patch(f"tasks/{task['id']}/", moved).status_code == 200
    assert lines(scene.initiator)[cast.colleague.id]["moves"] == 2


def test_a_page_of_tasks_asks_no_more_for_more_of_them(scene, give, cast, statements):
    def asked():
        with statements() as seen:
            tasks_of(scene.initiator, scene.colleague)
        return len(seen)

    asked()
    before = asked()
    for number in range(4):
        more = give(f"Ещё {number}", to=cast.colleague)
        needed = give(f"Нужна {number}")
        tie = {"ref": needed["ref"], "relation": "depends_on"}
        assert cast.initiator.client.post(f"tasks/{more['id']}/links/", tie).status_code == 201
    assert asked() == before <= 16


def test_whoever_sees_only_his_own_reports_only_what_he_gave(scene, owner, person, company):
    assert lines(scene.stranger) == {}
    assert scene.stranger.client.get("tasks/assignments/", whose="reach").json()["can_reach"] is False
    assert lines(scene.stranger, whose="reach") == {}
    everybody = lines(owner, whose="reach")
    assert everybody[scene.assignee.id]["open"] == 4, "also what he has given himself"
    assert lines(owner) == {}


def test_it_is_narrowed_by_department_and_date(scene, owner, inside, company):
    made = owner.client.post("departments/", {"title": "Цех"}).json()["id"]
    moved = owner.client.patch(f"employees/{scene.colleague.id}/", {"department": made})
    assert moved.status_code == 200, moved.json()
    assert set(lines(scene.initiator, department=made)) == {scene.colleague.id}
    soon = lines(scene.initiator, due_at__lt=moment(days=7))
    assert {who: line["open"] for who, line in soon.items()} == {scene.assignee.id: 1, scene.colleague.id: 1}
    for wrong in ({"whose": "все"}, {"department": "цех"}, {"due_at__lt": "завтра"}):
        assert scene.initiator.client.get("tasks/assignments/", **wrong).status_code == 422


def test_private_tasks_are_in_nobody_elses_figures(give, cast, owner):
    give("Секретная", is_private=True)
    assert lines(owner, whose="reach") == {}
    assert lines(cast.initiator)[cast.assignee.id]["open"] == 1


def test_it_asks_no_more_for_more_people(scene, company, person, give, statements):
    def asked():
        with statements() as seen:
            lines(scene.initiator)
        return len(seen)

    asked()
    before = asked()
    for _ in range(4):
        give("Ещё", to=person(company))
    assert asked() == before <= 10


@pytest.fixture
def kept_from(owner):
    """`kept_from("due_at")` hides fields of tasks from the role of those who play."""

    def keep(*fields: str) -> None:
        limits = [{"kind": "tasks.task", "field": field, "level": "hidden"} for field in fields]
        answer = owner.client.put("roles/employee/fields/", {"limits": limits})
        assert answer.status_code == 200, answer.json()

    return keep


def test_whoever_may_not_see_due_moments_does_not_find_them_by_asking(scene, give, cast, kept_from):
    task = give("Двигали", due_at=moment(days=30))
    moved = {"due_at": moment(days=-9), "due_reason": "Поставщик"}
    assert cast.initiator.client.patch(f"tasks/{task['id']}/", moved).status_code == 200
    by_due = [row["title"] for row in tasks_of(scene.initiator, scene.assignee)]
    assert by_due == ["Двигали", "Поздняя", "Сданная", "Новая"]
    before = lines(scene.initiator)[scene.assignee.id]
    assert (before["overdue"], before["late_days"], before["moves"], before["urgent"]) == (2, 9, 1, 1)
    kept_from("due_at")
    for name in ("due_at__gte", "due_at__lt"):
        for path in ("tasks/assignments/", f"tasks/assignments/{scene.assignee.id}/"):
            answer = scene.initiator.client.get(path, **{name: moment(days=7)})
            assert answer.status_code == 422, answer.json()
            (one,) = answer.json()["errors"]
            assert one["pointer"] == f"/{name}" and "не виден" in one["detail"]
    found = lines(scene.initiator)[scene.assignee.id]
    emptied = {"overdue": 0, "late_days": None, "moves": 0}
    assert found == before | emptied
    assert [row["title"] for row in tasks_of(scene.initiator, scene.assignee)] == [
        "Двигали", "Новая", "Сданная", "Поздняя",
    ]  # fmt: skip
    paged, cursor = [], ""
    while cursor is not None:
        more = {"cursor": cursor} if cursor else {}
        page = scene.initiator.client.get(f"tasks/assignments/{scene.assignee.id}/", limit=1, **more).json()
        paged, cursor = [*paged, *(row["title"] for row in page["results"])], page["next"]
    assert paged == ["Двигали", "Новая", "Сданная", "Поздняя"]


def test_whoever_may_not_see_priorities_does_not_count_urgent_tasks(scene, kept_from):
    before = lines(scene.initiator)[scene.assignee.id]
    assert before["urgent"] == 1
    kept_from("priority")
    assert lines(scene.initiator)[scene.assignee.id] == before | {"urgent": 0}
