"""Points on a card: who writes them, who ticks them, what proves them."""

import pytest

from core.attachments.models import Attachment
from core.context import company_scope

pytestmark = pytest.mark.row("T-16", "T-18")
MOSCOW = {"latitude": "55.752023", "longitude": "37.617499", "radius": 100}


@pytest.fixture
def desk(company, person):
    """(path of a task's checklist, initiator, assignee, stranger, watcher)."""
    initiator, assignee, stranger, watcher = (person(company) for _ in range(4))
    body = {"title": "Пуск котельной", "assignee": assignee.id, "watchers": [watcher.id]}
    task = initiator.client.post("tasks/", body).json()
    return f"tasks/{task['id']}/checklist/", initiator, assignee, stranger, watcher


def write(who, path, *texts, **more):
    answer = who.client.post(path, {"points": [{"text": text, **more} for text in texts]})
    assert answer.status_code == 201, answer.json()
    return answer.json()["results"]


def read(who, path):
    return who.client.get(path).json()["results"]


def task_of(path):
    return path.split("/")[1]


def photo(company, path, author, kind="image/jpeg", state="ready"):
    with company_scope(company):
        return Attachment.objects.create(
            entity_id=task_of(path), author_id=author.principal.pk, name="насос.jpg", size=5, content_type=kind,
            state=state, storage_key=f"{company.schema}/{Attachment.objects.count()}",
        ).pk  # fmt: skip


def test_the_row_shows_how_far_it_is(desk):
    path, initiator, assignee, *_ = desk
    points = write(initiator, path, "Осмотр", "Опрессовка", "Розжиг")
    assert [point["text"] for point in points] == ["Осмотр", "Опрессовка", "Розжиг"]
    ticked = assignee.client.post(f"checklist/{points[0]['id']}/tick/")
    assert (ticked.status_code, ticked.json()["outcome"], ticked.json()["done_by"]["id"]) == (
        200,
        "passed",
        assignee.id,
    )
    row = initiator.client.get("tasks/", tab="given").json()["results"][0]
    assert (row["points_count"], row["points_ticked"]) == (3, 1)


def test_those_who_answer_for_the_card_write_and_others_read(desk):
    path, initiator, assignee, stranger, watcher = desk
    assert write(assignee, path, "Осмотр")
    assert initiator.client.get(path).json()["can_edit"] and not watcher.client.get(path).json()["can_edit"]
    (point,) = read(watcher, path)
    assert watcher.client.post(path, {"points": [{"text": "Своё"}]}).status_code == 403
    assert watcher.client.patch(f"checklist/{point['id']}/", {"text": "Иначе"}).status_code == 403
    assert watcher.client.post(f"checklist/{point['id']}/tick/").status_code == 403
    assert watcher.client.delete(f"checklist/{point['id']}/").status_code == 403
    assert stranger.client.get(path).status_code == 404
    assert stranger.client.post(f"checklist/{point['id']}/tick/").status_code == 404


def test_a_point_lets_its_person_see_the_card_and_tick_that_point_alone(desk):
    path, initiator, _, stranger, _ = desk
    mine, other = write(initiator, path, "Смазать подшипник", "Закрыть щит")
    given = initiator.client.patch(f"checklist/{mine['id']}/", {"assignee": stranger.id})
    assert (given.status_code, given.json()["assignee"]["id"]) == (200, stranger.id)
    assert [point["can_tick"] for point in read(stranger, path)] == [True, False]
    assert stranger.client.post(f"checklist/{mine['id']}/tick/").status_code == 200
    assert stranger.client.post(f"checklist/{other['id']}/tick/").status_code == 403


def test_points_keep_their_order_and_move(desk):
    path, initiator, *_ = desk
    first, second, third = write(initiator, path, "1", "2", "3")
    moves = [(third, None, "312"), (third, second["id"], "123"), (first, second["id"], "213")]
    for point, after, order in moves:
        assert initiator.client.put(f"checklist/{point['id']}/place/", {"after": after}).status_code == 204
        assert "".join(row["text"] for row in read(initiator, path)) == order
    assert initiator.client.put(f"checklist/{first['id']}/place/", {"after": 999}).status_code == 422


def test_a_tick_is_taken_back_and_a_ticked_point_keeps_its_words(desk):
    path, initiator, assignee, *_ = desk
    (point,) = write(initiator, path, "Осмотр")
    address = f"checklist/{point['id']}/"
    assert assignee.client.post(f"{address}tick/", {"note": "Норма"}).json()["note"] == "Норма"
    assert assignee.client.post(f"{address}tick/").status_code == 409
    assert initiator.client.patch(address, {"text": "Другое"}).status_code == 409
    again = assignee.client.delete(f"{address}tick/")
    assert (again.status_code, again.json()["outcome"], again.json()["done_by"], again.json()["note"]) == (
        200,
        "",
        None,
        "",
    )
    assert initiator.client.patch(address, {"text": "Другое"}).json()["text"] == "Другое"


def told(who, path):
    """Fields of the last change of a point as the history shows them."""
    lines = who.client.get(path.replace("checklist/", "history/")).json()["results"]
    last = next(line for line in lines if line["kind"] == "checklists.changed")
    return {one["field"]: (one["old"], one["new"]) for one in last["changes"]}


def test_the_history_says_what_of_a_point_has_changed(desk):
    path, initiator, assignee, *_ = desk
    (point,) = write(initiator, path, "Снять показания", demand="photo")
    address = f"checklist/{point['id']}/"

    def change(**fields):
        answer = initiator.client.patch(address, fields)
        assert answer.status_code == 200, answer.json()
        return told(initiator, path)

    named = {"point": (None, "Снять показания")}
    number = "Число от 2 до 8.5 °C"
    assert change(demand="number", least="2", most="8.5", unit="°C") == named | {"demand": ("Фото", number)}
    assert change(most="9") == named | {"demand": (number, "Число от 2 до 9 °C")}
    assert change(assignee=assignee.id)["point_assignee"][0] is None
    assert change(section="Котёл", repair=True) == named | {"section": (None, "Котёл"), "repair": ("нет", "да")}
    assert change(text="Снять и записать") == {"point": ("Снять показания", "Снять и записать")}


def test_a_photo_must_be_of_this_card_and_a_picture(company, desk, person):
    path, initiator, assignee, *_ = desk
    (point,) = write(initiator, path, "Фото шильдика", demand="photo")
    other = initiator.client.post("tasks/", {"title": "Другая", "assignee": assignee.id}).json()
    tick = f"checklist/{point['id']}/tick/"
    for wrong in (
        {},
        {"file": photo(company, path, assignee, "application/pdf")},
        {"file": photo(company, path, assignee, state="checking")},
        {"file": photo(company, f"tasks/{other['id']}/", assignee)},
        {"file": 10**9},
    ):
        answer = assignee.client.post(tick, wrong)
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/file"), wrong
    right = photo(company, path, assignee)
    answer = assignee.client.post(tick, {"file": right}).json()
    assert (answer["outcome"], answer["file"]["url"]) == ("passed", f"/api/v1/attachments/{right}/content/")


def test_a_number_outside_its_tolerance_is_remembered_as_a_failure(desk):
    path, initiator, assignee, *_ = desk
    hot, cold = write(initiator, path, "Подача", "Обратка", demand="number", unit="°C", least="60", most="95")
    assert assignee.client.post(f"checklist/{hot['id']}/tick/").status_code == 422
    assert assignee.client.post(f"checklist/{hot['id']}/tick/", {"number": "72.5"}).json()["outcome"] == "passed"
    failed = assignee.client.post(f"checklist/{cold['id']}/tick/", {"number": "41"}).json()
    assert (failed["outcome"], failed["number"]) == ("failed", "41")
    told = initiator.client.get(f"tasks/{task_of(path)}/history/").json()["results"]
    assert [change["new"] for line in told for change in line["changes"] if change["label"] == "Значение"] == [
        "41 °C", "72.5 °C",
    ]  # fmt: skip


def test_a_place_is_ticked_on_the_spot(desk):
    path, initiator, assignee, *_ = desk
    (point,) = write(initiator, path, "Обход", demand="place", **MOSCOW)
    tick = f"checklist/{point['id']}/tick/"
    assert assignee.client.post(tick).status_code == 422
    far = assignee.client.post(tick, {"latitude": "55.70", "longitude": "37.53", "accuracy": 10})
    assert far.status_code == 422 and "До места ещё" in far.json()["errors"][0]["detail"]
    there = {"latitude": "55.752100", "longitude": "37.617400", "accuracy": 15}
    assert assignee.client.post(tick, there).json()["outcome"] == "passed"


def test_a_failed_point_becomes_the_work_of_putting_it_right(desk, deliver):
    path, initiator, assignee, *_ = desk
    (point,) = write(initiator, path, "Нет течи", repair=True)
    failure = f"checklist/{point['id']}/failure/"
    assert assignee.client.post(failure, {"note": "  "}).status_code == 422
    assert assignee.client.post(failure, {"note": "Капает фланец"}).json()["outcome"] == "failed"
    deliver()
    (repair,) = [
        row for row in assignee.client.get("tasks/").json()["results"] if row["title"] == "Устранить: Нет течи"
    ]
    assert (repair["assignee"]["id"], repair["initiator"]["id"]) == (assignee.id, initiator.id)
    (tie,) = assignee.client.get(f"tasks/{repair['id']}/links/").json()["results"]
    assert (tie["relation"], tie["card"]["ref"]) == ("based_on", f"tasks.task/{task_of(path)}")


def test_a_failure_that_asks_for_nothing_gives_no_work(desk, deliver):
    path, initiator, assignee, *_ = desk
    (point,) = write(initiator, path, "Нет течи")
    assignee.client.post(f"checklist/{point['id']}/failure/", {"note": "Капает"})
    deliver()
    assert len(assignee.client.get("tasks/").json()["results"]) == 1


@pytest.mark.parametrize(
    "point,field",
    [
        ({}, "text"),
        ({"text": " "}, "text"),
        ({"text": "а" * 501}, "text"),
        ({"text": "а", "demand": "blood"}, "demand"),
        ({"text": "а", "demand": "place"}, "latitude"),
        ({"text": "а", "demand": "place", **MOSCOW, "latitude": "91"}, "latitude"),
        ({"text": "а", "demand": "number", "least": "2", "most": "1"}, "most"),
        ({"text": "а", "due_at": "2026-11-21T18:00:00"}, "due_at"),
        ({"text": "а", "assignee": 10**9}, "assignee"),
    ],
)
def test_a_senseless_point_is_refused_beside_its_field(desk, point, field):
    path, initiator, *_ = desk
    answer = initiator.client.post(path, {"points": [point]})
    assert answer.status_code == 422
    assert field in answer.json()["errors"][0]["pointer"]


def test_a_checklist_has_its_limit(desk):
    path, initiator, *_ = desk
    for _ in range(3):
        write(initiator, path, *(f"Пункт {number}" for number in range(100)))
    assert initiator.client.post(path, {"points": [{"text": "Лишний"}]}).status_code == 422


def test_an_employees_card_has_a_checklist_too(owner, person, company):
    newcomer = person(company)
    path = f"employees/{newcomer.id}/checklist/"
    (point,) = write(owner, path, "Инструктаж пройден")
    assert owner.client.post(f"checklist/{point['id']}/tick/").json()["outcome"] == "passed"


def test_a_long_checklist_costs_as_many_statements_as_a_short_one(desk, statements):
    path, initiator, *_ = desk
    costs = []
    for more in (1, 40):
        write(initiator, path, *(f"Пункт {number}" for number in range(more)))
        with statements() as seen:
            assert len(read(initiator, path)) >= more
        costs.append(len(seen))
    assert costs[0] == costs[1] <= 8


def test_another_point_of_his_keeps_the_card_open(desk):
    path, initiator, _, stranger, _ = desk
    first, second = write(initiator, path, "Насос", "Щит", assignee=stranger.id)
    assert stranger.client.post(f"checklist/{second['id']}/tick/").status_code == 200
    assert initiator.client.delete(f"checklist/{first['id']}/").status_code == 204
    assert stranger.client.get(f"tasks/{task_of(path)}/").status_code == 200
    assert initiator.client.patch(f"checklist/{second['id']}/", {"assignee": None}).status_code == 409
    assert initiator.client.delete(f"checklist/{second['id']}/").status_code == 204
    assert stranger.client.get(f"tasks/{task_of(path)}/").status_code == 404


def test_nothing_changes_in_the_checklist_of_a_task_that_is_over(desk):
    path, initiator, _, stranger, _ = desk
    first, second = write(initiator, path, "Насос", "Щит", assignee=stranger.id)
    assert stranger.client.post(f"checklist/{second['id']}/tick/").status_code == 200
    assert initiator.client.post(f"tasks/{task_of(path)}/do/cancel/").status_code == 200
    mine, ticked = f"checklist/{first['id']}/", f"checklist/{second['id']}/"
    tries = (
        initiator.client.post(path, {"points": [{"text": "Ещё"}]}), initiator.client.patch(mine, {"text": "Иначе"}),
        initiator.client.put(f"{mine}place/", {"after": None}), initiator.client.delete(mine),
        stranger.client.post(f"{mine}tick/"), stranger.client.post(f"{mine}failure/", {"note": "Течёт"}),
        stranger.client.delete(f"{ticked}tick/"),
    )  # fmt: skip
    assert {(answer.status_code, answer.json()["type"]) for answer in tries} == {(409, "/problems/task-is-over")}
    listed = initiator.client.get(path).json()
    assert not listed["can_edit"] and not any(point["can_tick"] for point in read(stranger, path))
    assert initiator.client.post(f"tasks/{task_of(path)}/do/reopen/").status_code == 200
    assert stranger.client.post(f"{mine}tick/").status_code == 200
