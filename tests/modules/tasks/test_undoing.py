"""Taking back the end of many: a tree of tasks stands again as it stood, or not at all."""

import pytest

from .test_dues import FIRST, SECOND, ask
from .test_subtasks import divide

pytestmark = pytest.mark.row("T-15", "T-20")
TOLD = ("status", "state", "status_title", "due_at", "first_due_at", "due_moves", "due_request", "done_at", "actions")


@pytest.fixture
def together(owner):
    assert owner.client.patch("options/", {"values": {"tasks.closing": "together"}}).status_code == 200


@pytest.fixture
def tree(give, cast, press, together):
    """A task with a part in work, one of whose moment something is asked, and a part below that; all by one person."""
    whole = give("Открыть цех", due_at=FIRST)
    begun, asked = divide(cast.initiator, whole, "Станок", "Обучение", assignee=cast.assignee.id, due_at=FIRST)
    (deep,) = divide(cast.initiator, asked, "Учебник", assignee=cast.assignee.id)
    assert press(cast.assignee, begun, "start").status_code == 200
    for card in (whole, asked):
        assert ask(cast.assignee, card).status_code == 201
    return whole, begun, asked, deep


def stands(who, tree):
    cards = [who.client.get(f"tasks/{card['id']}/").json() for card in tree]
    return [{name: card[name] for name in TOLD} for card in cards]


def bulk(who, action, *cards, **values):
    body = {"action": action, "ids": [card["id"] for card in cards], "values": values}
    answer = who.client.post("tasks/bulk/", body).json()
    assert {line["outcome"] for line in answer["results"]} == {"done"}, answer
    return answer["undo"]


def undo(who, note):
    (line,) = who.client.post("tasks/bulk/undo/", {"undo": note}).json()["results"]
    return line["outcome"], line["reason"]


def test_what_ended_together_comes_back_together(tree, cast):
    before = stands(cast.initiator, tree)
    assert [card["due_request"] is not None for card in before] == [True, False, True, False]
    note = bulk(cast.initiator, "cancel", tree[0])
    ended = stands(cast.initiator, tree)
    assert {(card["status"], card["due_request"] is None) for card in ended} == {("cancelled", True)}
    assert undo(cast.initiator, note) == ("done", "")
    assert stands(cast.initiator, tree) == before
    history = cast.initiator.client.get(f"tasks/{tree[1]['id']}/history/").json()["results"]
    assert [(one["old"], one["new"]) for one in history[0]["changes"]] == [("Отменена", "В работе")]


def test_all_of_it_or_nothing(tree, cast, press):
    note = bulk(cast.initiator, "cancel", tree[0])
    assert press(cast.initiator, tree[3], "reopen").status_code == 200
    ended = stands(cast.initiator, tree)
    outcome, reason = undo(cast.initiator, note)
    assert (outcome, tree[3]["number"] in reason) == ("refused", True), reason
    assert stands(cast.initiator, tree) == ended


def test_a_part_that_one_does_not_see_is_not_named(give, cast, press, together):
    whole = give("Открыть цех")
    (part,) = divide(cast.assignee, whole, "Станок", assignee=cast.colleague.id)
    note = bulk(cast.initiator, "cancel", whole)
    assert cast.initiator.client.get(f"tasks/{part['id']}/").status_code == 404
    assert press(cast.assignee, part, "reopen").status_code == 200
    outcome, reason = undo(cast.initiator, note)
    assert (outcome, "не видна" in reason, part["number"] in reason) == ("refused", True, False), reason


def test_what_was_asked_waits_again_when_its_move_is_taken_back(give, cast):
    card = give(due_at=FIRST)
    request = ask(cast.assignee, card).json()["due_request"]["id"]
    note = bulk(cast.initiator, "due", card, due_at=SECOND, due_reason="Позже")
    assert undo(cast.initiator, note) == ("done", "")
    told = cast.initiator.client.get(f"tasks/{card['id']}/").json()
    assert (told["due_at"], told["due_request"]["id"]) == (FIRST, request)


def test_nothing_asked_of_others_is_left_by_handing_back(give, cast):
    card = give(due_at=FIRST)
    assert ask(cast.assignee, card).status_code == 201
    note = bulk(cast.initiator, "assign", card, assignee=cast.colleague.id)
    assert ask(cast.colleague, card, reason="Не успею").status_code == 201
    assert undo(cast.initiator, note) == ("done", "")
    told = cast.initiator.client.get(f"tasks/{card['id']}/").json()["due_request"]
    assert told["reason"] == "Ждём детали"
