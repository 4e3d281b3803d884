"""One deed on many cards, and taking it back: tasks and employees."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from core.context import company_scope
from core.events.models import Fact
from core.organization.structure.actions import create_department
from core.rest import bulk


@pytest.fixture
def desk(company, person):
    """(initiator, assignee, another, ids of four tasks of the first given to the second)."""
    initiator, assignee, other = (person(company) for _ in range(3))
    ids = []
    for title in "АБВГ":
        body = {"title": title, "assignee": assignee.id, "due_at": (timezone.now() + timedelta(days=3)).isoformat()}
        ids.append(initiator.client.post("tasks/", body).json()["id"])
    return initiator, assignee, other, ids


def done(who, action, ids, plural="tasks", status=200, **values):
    answer = who.client.post(f"{plural}/bulk/", {"action": action, "ids": ids, "values": values})
    assert answer.status_code == status, answer.json()
    return answer.json()


def undone(who, note, plural="tasks", status=200):
    answer = who.client.post(f"{plural}/bulk/undo/", {"undo": note})
    assert answer.status_code == status, answer.json()
    return answer.json()


def outcomes(answer):
    return [line["outcome"] for line in answer["results"]]


def cards(who, ids, *names):
    found = [who.client.get(f"tasks/{pk}/").json() for pk in ids]
    return [tuple(card[name] for name in names) for card in found]


@pytest.mark.parametrize(
    ("action", "values"),
    [
        ("assign", lambda desk: {"assignee": desk[2].id}),
        ("due", lambda desk: {"due_at": "2027-01-15T15:00:00Z", "due_reason": "Ждём поставку"}),
        ("due", lambda desk: {"due_at": None, "due_reason": "Не горит"}),
        ("priority", lambda desk: {"priority": "urgent"}),
        ("watch", lambda desk: {"watcher": desk[2].id}),
        ("cancel", lambda desk: {}),
        ("tag", lambda desk: {"tag": "Срочно"}),
    ],
)
def test_what_is_done_with_many_is_put_back_exactly(desk, action, values):
    initiator, assignee, _, ids = desk
    assert assignee.client.post(f"tasks/{ids[0]}/do/accept/", {}).status_code == 200
    told = ("status", "state", "assignee", "due_at", "first_due_at", "due_moves", "priority", "watchers", "done_at")

    def now():
        tags = [initiator.client.get(f"tasks/{pk}/tags/").json()["results"] for pk in ids]
        return cards(initiator, ids, *told), [[tag["title"] for tag in held] for held in tags]

    before = now()
    answer = done(initiator, action, ids, **values(desk))
    assert outcomes(answer) == ["done"] * 4
    after = now()
    assert after != before
    again = done(initiator, action, ids, **values(desk))
    assert set(outcomes(again)) <= {"same", "refused"}
    assert now() == after
    assert outcomes(undone(initiator, answer["undo"])) == ["done"] * 4
    assert now() == before
    assert set(outcomes(undone(initiator, answer["undo"]))) == {"refused"}
    assert now() == before


def test_a_card_touched_since_stays_as_it_is(desk):
    initiator, _, other, ids = desk
    answer = done(initiator, "assign", ids, assignee=other.id)
    assert initiator.client.patch(f"tasks/{ids[1]}/", {"title": "Иначе"}).status_code == 200
    back = {line["id"]: line for line in undone(initiator, answer["undo"])["results"]}
    assert [back[pk]["outcome"] for pk in ids] == ["done", "refused", "done", "done"]
    assert "уже изменили" in back[ids[1]]["reason"]
    assert [card[0]["id"] == other.id for card in cards(initiator, ids, "assignee")] == [False, True, False, False]


def test_each_card_is_done_with_its_doers_rights(desk, person, company):
    initiator, assignee, other, ids = desk
    own = assignee.client.post("tasks/", {"title": "Своя", "assignee": assignee.id}).json()["id"]
    answer = done(assignee, "priority", [ids[0], own, 999_999], priority="urgent")
    lines = answer["results"]
    assert outcomes(answer) == ["refused", "done", "refused"]
    assert lines[0]["reason"] and lines[2]["reason"] != lines[0]["reason"]
    stranger = person(company)
    assert {line["reason"] for line in done(stranger, "trash", [*ids, 999_999])["results"]} == {lines[2]["reason"]}
    assert cards(initiator, ids, "priority") == [("normal",)] * 4
    reasonless = done(initiator, "due", ids[:1], due_at="2027-01-15T15:00:00Z")
    assert outcomes(reasonless) == ["refused"] and "почему" in reasonless["results"][0]["reason"]


def test_cards_go_to_the_trash_and_come_back(desk):
    initiator, *_, ids = desk
    answer = done(initiator, "trash", ids)
    assert initiator.client.get("tasks/").json()["results"] == []
    assert outcomes(undone(initiator, answer["undo"])) == ["done"] * 4
    assert len(initiator.client.get("tasks/").json()["results"]) == 4


def test_drafts_are_released_for_good(desk):
    initiator, assignee, *_ = desk
    draft = {"title": "Черновик", "assignee": assignee.id, "is_draft": True}
    ids = [initiator.client.post("tasks/", draft).json()["id"] for _ in range(2)]
    answer = done(initiator, "release", ids)
    assert outcomes(answer) == ["done", "done"] and answer["undo"] is None
    assert outcomes(done(initiator, "release", ids)) == ["refused", "refused"]


def test_a_note_is_for_its_doer_alone_and_for_an_hour(desk, owner, other_owner):
    initiator, _, other, ids = desk
    note = done(initiator, "priority", ids, priority="urgent")["undo"]
    for who in (other, owner, other_owner):
        assert undone(who, note, status=409)["type"].endswith("nothing-to-undo")
    assert undone(initiator, note, plural="employees", status=409)
    assert undone(initiator, note[:-1] + "x", status=409)
    with time_machine.travel(timezone.now() + timedelta(minutes=61), tick=False):
        assert initiator.client.post("tasks/bulk/undo/", {"undo": note}).status_code in (401, 409)
    assert cards(initiator, ids, "priority") == [("urgent",)] * 4


def test_all_that_a_filter_finds_is_done_part_by_part(desk, monkeypatch):
    initiator, assignee, _, ids = desk
    monkeypatch.setattr(bulk, "AT_ONCE", 3)
    monkeypatch.setattr("core.entities.rest.bulk.AT_ONCE", 3)
    initiator.client.patch(f"tasks/{ids[0]}/", {"priority": "important"})
    ask = {"action": "priority", "filter": {"tab": "given", "state": "open"}, "count": 4, "values": {}}
    ask["values"] = {"priority": "important"}
    first = initiator.client.post("tasks/bulk/", ask).json()
    assert outcomes(first) == ["same", "done", "done"] and first["next"] == ids[2]
    second = initiator.client.post("tasks/bulk/", ask | {"after": first["next"]}).json()
    assert outcomes(second) == ["done"] and second["next"] is None
    wrong = initiator.client.post("tasks/bulk/", ask | {"count": 3})
    assert wrong.status_code == 409 and wrong.json()["count"] == 4
    assert initiator.client.post("tasks/bulk/", ask | {"filter": {"colour": "red"}}).status_code == 422
    monkeypatch.setattr(bulk, "MOST_FILTERED", 3)
    assert initiator.client.post("tasks/bulk/", ask).status_code == 422


def test_wrong_requests_are_named(desk):
    initiator, *_, ids = desk
    for body, pointer in (
        ({"action": "explode", "ids": ids}, "/action"), ({"action": "cancel"}, "/ids"),
        ({"action": "cancel", "ids": ids, "filter": {}}, "/ids"),
        ({"action": "assign", "ids": ids, "values": {}}, "/assignee"),
        ({"action": "assign", "ids": ids, "values": {"assignee": 999_999}}, "/assignee"),
        ({"action": "priority", "ids": ids, "values": {"priority": "huge"}}, "/priority"),
        ({"action": "cancel", "ids": [*range(1, 502)]}, "/ids"),
    ):  # fmt: skip
        answer = initiator.client.post("tasks/bulk/", body)
        assert answer.status_code == 422, (body, answer.json())
        assert answer.json()["errors"][0]["pointer"] == pointer, body


def test_facts_are_those_of_single_deeds(desk, company):
    initiator, *_, ids = desk
    note = done(initiator, "priority", ids[:2], priority="urgent")["undo"]
    undone(initiator, note)
    with company_scope(company):
        facts = Fact.objects.filter(entity_id__in=ids[:2], kind="tasks.changed").order_by("pk")
        told = [(fact.entity_id, fact.payload["changes"][0]["new"]) for fact in facts]
    first, second = ids[:2]
    assert told == [(first, "Срочная"), (second, "Срочная"), (second, "Обычная"), (first, "Обычная")]


def test_people_are_moved_blocked_and_tagged_together(desk, owner, company):
    initiator, first, second, _ = desk
    with company_scope(company):
        shop = create_department(title="Цех", by=owner.actor())
    ids = [first.id, second.id]
    for action, values, name in (
        ("department", {"department": shop.pk}, "department"), ("block", {}, "is_active"),
        ("role", {"role": "head"}, "roles"), ("tag", {"tag": "Смена 1"}, "tags"),
    ):  # fmt: skip

        def now(name=name):
            path = "tags/" if name == "tags" else ""
            return [owner.client.get(f"employees/{pk}/{path}").json()["results" if path else name] for pk in ids]

        before = now()
        answer = done(owner, action, ids, plural="employees", **values)
        assert outcomes(answer) == ["done", "done"], answer
        assert now() != before
        assert outcomes(undone(owner, answer["undo"], plural="employees")) == ["done", "done"]
        assert now() == before
    assert outcomes(done(owner, "block", [owner.id], plural="employees")) == ["refused"]
    assert outcomes(done(initiator, "block", ids, plural="employees")) == ["refused", "refused"]


def test_many_cards_are_found_in_one_query(desk, statements):
    initiator, *_, ids = desk

    def cost(few):
        with statements() as counted:
            done(initiator, "priority", few, priority="urgent")
        return len(counted)

    done(initiator, "priority", ids, priority="urgent")
    # Nothing changes any more: what is left grows by the verb of each card alone.
    one, four = cost(ids[:1]), cost(ids)
    per_card = (four - one) / 3
    assert per_card <= 12 and one - per_card <= 10
