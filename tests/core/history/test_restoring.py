"""Values of the past come back: one field, one line, the whole card; always through the card's own rules."""

from datetime import timedelta

import pytest
from django.utils import timezone

pytestmark = pytest.mark.row("T-21")

SOON = timezone.now().replace(microsecond=0) + timedelta(days=3)
LATER = SOON + timedelta(days=4)


@pytest.fixture
def people(company, person):
    return person(company, role="admin"), person(company), person(company), person(company)


@pytest.fixture
def path(people):
    _, initiator, assignee, _ = people
    body = {
        "title": "Договор",
        "description": "Первый <b>текст</b>",
        "assignee": assignee.id,
        "due_at": SOON.isoformat(),
    }
    answer = initiator.client.post("tasks/", body)
    assert answer.status_code == 201, answer.json()
    return f"tasks/{answer.json()['id']}/"


def lines(client, path):
    return client.get(f"{path}history/").json()["results"]


def restore(client, path, line, **body):
    return client.post(f"{path}history/{line['id']}/restore/", body)


def change(client, path, **fields):
    answer = client.patch(path, fields)
    assert answer.status_code == 200, answer.json()
    return answer.json()


def test_a_line_comes_back_exactly_as_it_stood(people, path):
    _, initiator, *_ = people
    before = initiator.client.get(path).json()
    change(initiator.client, path, title="Акт", description="Другой текст", priority="urgent", estimate=90)
    line = lines(initiator.client, path)[0]
    assert all(told["can_restore"] for told in line["changes"])
    answer = restore(initiator.client, path, line)
    assert answer.status_code == 200, answer.json()
    assert set(answer.json()["restored"]) == {"Название", "Описание", "Важность", "Оценка"}
    after = initiator.client.get(path).json()
    for name in ("title", "description", "priority", "estimate"):
        assert after[name] == before[name], name
    assert [one["title"] for one in lines(initiator.client, path)][:2] == [
        "вернул(а) прежние значения",
        "изменил(а) задачу",
    ]


def test_one_field_of_a_line_comes_back_alone(people, path):
    _, initiator, *_ = people
    change(initiator.client, path, title="Акт", priority="urgent")
    answer = restore(initiator.client, path, lines(initiator.client, path)[0], fields=["title"])
    assert answer.json()["restored"] == ["Название"]
    after = initiator.client.get(path).json()
    assert (after["title"], after["priority"]) == ("Договор", "urgent")


def test_a_due_moment_comes_back_as_one_more_counted_move(people, path):
    _, initiator, *_ = people
    change(initiator.client, path, due_at=LATER.isoformat(), due_reason="Ждём подпись")
    answer = restore(initiator.client, path, lines(initiator.client, path)[0])
    assert answer.status_code == 200, answer.json()
    after = initiator.client.get(path).json()
    assert after["due_at"].startswith(SOON.strftime("%Y-%m-%dT%H:%M"))
    assert after["due_moves"] == 2
    newest = lines(initiator.client, path)[1]
    assert {"field": "reason", "label": "Причина", "old": None, "new": "Возвращён прежний срок"}.items() <= next(
        told for told in newest["changes"] if told["field"] == "reason"
    ).items()


def test_people_tags_and_helpers_come_back(people, path, company, person):
    _, initiator, assignee, other = people
    helper = person(company)
    initiator.client.put(f"{path}tags/", {"tags": ["Срочно", "Горит"]})
    initiator.client.put(f"{path}tags/", {"tags": ["Горит"]})
    change(initiator.client, path, assignee=other.id)
    initiator.client.put(f"{path}co-assignees/", {"co_assignees": [helper.id]})
    helped, handed, tagged = lines(initiator.client, path)[:3]
    for line in (helped, handed, tagged):
        answer = restore(initiator.client, path, line)
        assert answer.status_code == 200, (line["title"], answer.json())
    after = initiator.client.get(path).json()
    assert after["assignee"]["id"] == assignee.id
    assert after["co_assignees"] == []
    tags = initiator.client.get(f"{path}tags/").json()["results"]
    assert {tag["title"] for tag in tags} == {"Срочно", "Горит"}


def test_the_whole_card_turns_back_to_a_line(people, path):
    _, initiator, *_ = people
    change(initiator.client, path, title="Второе", priority="important")
    then = lines(initiator.client, path)[0]
    state = initiator.client.get(path).json()
    change(initiator.client, path, title="Третье")
    change(initiator.client, path, title="Четвёртое", priority="urgent", description="Совсем иначе")
    initiator.client.put(f"{path}tags/", {"tags": ["Срочно"]})
    initiator.client.post(f"{path}comments/", {"text": "Слово остаётся"})
    answer = restore(initiator.client, path, then, whole=True)
    assert answer.status_code == 200, answer.json()
    after = initiator.client.get(path).json()
    for name in ("title", "priority", "description", "status"):
        assert after[name] == state[name], name
    assert initiator.client.get(f"{path}tags/").json()["results"] == []
    assert len(initiator.client.get(f"{path}comments/").json()["results"]) == 1


def test_what_cannot_come_back_is_named(people, path):
    _, initiator, assignee, _ = people
    then = lines(initiator.client, path)[0]
    assignee.client.post(f"{path}do/accept/")
    change(initiator.client, path, title="Акт")
    answer = restore(initiator.client, path, then, whole=True)
    assert (answer.json()["restored"], answer.json()["left"]) == (["Название"], ["Состояние"])


def test_the_same_twice_is_refused_with_a_reason(people, path):
    _, initiator, *_ = people
    change(initiator.client, path, title="Акт")
    line = lines(initiator.client, path)[0]
    assert restore(initiator.client, path, line).status_code == 200
    again = restore(initiator.client, path, line)
    assert (again.status_code, again.json()["type"]) == (409, "/problems/nothing-to-restore")
    assert len(lines(initiator.client, path)) == 4


def test_whoever_only_sees_the_card_puts_nothing_back(people, path):
    _, initiator, assignee, stranger = people
    change(initiator.client, path, title="Акт")
    line = lines(initiator.client, path)[0]
    seen = lines(assignee.client, path)[0]
    assert not any(told["can_restore"] for told in seen["changes"])
    assert restore(assignee.client, path, line).status_code == 403
    assert restore(stranger.client, path, line).status_code == 404
    assert initiator.client.get(path).json()["title"] == "Акт"


def test_a_line_of_another_card_is_not_found(people, path):
    _, initiator, assignee, _ = people
    other = initiator.client.post("tasks/", {"title": "Другая", "assignee": assignee.id}).json()["id"]
    change(initiator.client, f"tasks/{other}/", title="Иная")
    line = lines(initiator.client, f"tasks/{other}/")[0]
    assert restore(initiator.client, path, line).status_code == 404


def test_the_cards_own_rules_hold(people, path):
    _, initiator, *_ = people
    change(initiator.client, path, title="Акт")
    line = lines(initiator.client, path)[0]
    initiator.client.post(f"{path}do/cancel/")
    answer = restore(initiator.client, path, line)
    assert answer.status_code == 409, answer.json()
    assert initiator.client.get(path).json()["title"] == "Акт"


def test_an_assignee_who_has_left_does_not_come_back(people, path):
    admin, initiator, assignee, other = people
    change(initiator.client, path, assignee=other.id)
    line = lines(initiator.client, path)[0]
    assert admin.client.post(f"employees/{assignee.id}/block/").status_code == 200
    answer = restore(initiator.client, path, line)
    assert answer.status_code == 422
    assert "Прежний исполнитель" in answer.json()["errors"][0]["detail"]


def test_an_employee_card_and_the_companys_own_fields_come_back(people):
    admin, somebody, *_ = people
    path = f"employees/{somebody.id}/"
    field = admin.client.post(
        "custom-fields/", {"kind": "organization.employee", "title": "Размер", "type": "number"}
    ).json()
    change(admin.client, path, phone="+79120000001", hired_on="2024-02-01")
    assert admin.client.patch(f"{path}fields/", {"fields": {field["code"]: "52"}}).status_code == 200
    change(admin.client, path, phone="+79120000002", hired_on="2025-03-01")
    assert admin.client.patch(f"{path}fields/", {"fields": {field["code"]: "54"}}).status_code == 200
    size, both = lines(admin.client, path)[:2]
    assert restore(admin.client, path, size).status_code == 200
    assert restore(admin.client, path, both).status_code == 200
    after = admin.client.get(path).json()
    assert (after["phone"], after["hired_on"]) == ("+79120000001", "2024-02-01")
    shown = admin.client.get(f"{path}fields/").json()
    values = [one["value"] for one in shown["results"] if one["code"] == field["code"]]
    assert values == ["52.00"]


def test_of_ones_own_card_only_what_one_may_change_is_offered(company, person, owner):
    someone = person(company)
    path = f"employees/{someone.id}/"
    change(owner.client, path, phone="+7 912 345-67-89", hired_on="2020-02-03")
    line = lines(someone.client, path)[0]
    assert {told["field"]: told["can_restore"] for told in line["changes"]} == {"phone": True, "hired_on": False}
    assert all(told["can_restore"] for told in lines(owner.client, path)[0]["changes"])
    assert restore(someone.client, path, line, fields=["hired_on"]).status_code == 403
    answer = restore(someone.client, path, line)
    assert answer.status_code == 200, answer.json()
    assert (answer.json()["restored"], answer.json()["left"]) == (["Телефон"], ["Дата приёма"])
    seen = owner.client.get(path).json()
    assert (seen["phone"], seen["hired_on"]) == ("", "2020-02-03")
