"""Does somebody keep his terms: moves are counted, told and asked for."""

from datetime import UTC, datetime, timedelta

import pytest

pytestmark = pytest.mark.row("T-20")

FIRST, SECOND = "2030-01-01T10:00:00Z", "2030-02-01T10:00:00Z"


def ask(who, card, due_at=SECOND, reason="Ждём детали"):
    return who.client.post(f"tasks/{card['id']}/due-request/", {"due_at": due_at, "reason": reason})


def decide(who, card, request, *, consents, text=""):
    body = {"request": request, "consents": consents, "text": text}
    return who.client.post(f"tasks/{card['id']}/due-request/decision/", body)


def test_a_move_needs_a_reason_and_keeps_the_first_moment(give, cast):
    card = give(due_at=FIRST)
    path = f"tasks/{card['id']}/"
    refused = cast.initiator.client.patch(path, {"due_at": SECOND})
    assert refused.status_code == 422 and refused.json()["errors"][0]["pointer"] == "/due_reason"
    moved = cast.initiator.client.patch(path, {"due_at": SECOND, "due_reason": "Поставка позже"}).json()
    assert (moved["due_at"], moved["first_due_at"], moved["due_moves"]) == (SECOND, FIRST, 1)
    again = cast.initiator.client.patch(path, {"due_at": FIRST, "due_reason": "Успели"}).json()
    assert (again["first_due_at"], again["due_moves"]) == (FIRST, 2)
    lines = cast.initiator.client.get(f"{path}history/").json()["results"]
    assert [line["kind"] for line in lines[:2]] == ["tasks.due_moved", "tasks.due_moved"]
    assert lines[1]["changes"][0]["label"] == "Срок"
    row = cast.initiator.client.get("tasks/").json()["results"][0]
    assert (row["first_due_at"], row["due_moves"]) == (FIRST, 2)


def test_naming_the_first_moment_is_no_move(give, cast, owner):
    card = give()
    named = cast.initiator.client.patch(f"tasks/{card['id']}/", {"due_at": FIRST})
    assert (named.status_code, named.json()["due_moves"]) == (200, 0)
    owner.client.patch("options/", {"values": {"tasks.needs_reason": False}})
    moved = cast.initiator.client.patch(f"tasks/{card['id']}/", {"due_at": SECOND})
    assert (moved.status_code, moved.json()["due_moves"]) == (200, 1), "the company wants no reasons"


def test_the_assignee_asks_and_the_initiator_consents(give, cast, deliver, mailbox):
    card = give(due_at=FIRST)
    assert cast.assignee.client.patch(f"tasks/{card['id']}/", {"due_at": SECOND}).status_code == 403
    asked = ask(cast.assignee, card)
    assert asked.status_code == 201, asked.json()
    request = asked.json()["due_request"]
    assert (request["due_at"], request["reason"], request["can_decide"]) == (SECOND, "Ждём детали", False)
    assert ask(cast.assignee, card).status_code == 409, "one request at a time"
    deliver()
    assert [str(letter["Subject"]) for letter in mailbox if cast.initiator.email in letter["To"]] == [
        f"Просят перенести срок: {card['title']} ({card['number']})"
    ]
    moved = decide(cast.initiator, card, request["id"], consents=True).json()
    assert (moved["due_at"], moved["first_due_at"], moved["due_moves"]) == (SECOND, FIRST, 1)
    assert moved["due_request"] is None
    assert decide(cast.initiator, card, request["id"], consents=True).status_code == 409
    deliver()
    assert any("Срок перенесён" in str(letter["Subject"]) for letter in mailbox)


def test_a_refusal_leaves_the_moment_and_the_count(give, cast):
    card = give(due_at=FIRST)
    request = ask(cast.assignee, card).json()["due_request"]["id"]
    assert decide(cast.assignee, card, request, consents=True).status_code == 403
    kept = decide(cast.initiator, card, request, consents=False, text="Нельзя").json()
    assert (kept["due_at"], kept["due_moves"], kept["due_request"]) == (FIRST, 0, None)
    assert ask(cast.assignee, card).status_code == 201


@pytest.mark.parametrize("end", ["taken back", "closed", "moved", "handed over"])
def test_what_was_asked_ends_with_its_sense(give, cast, press, end):
    card = give(due_at=FIRST)
    request = ask(cast.assignee, card).json()["due_request"]["id"]
    path = f"tasks/{card['id']}/"
    if end == "taken back":
        assert cast.assignee.client.delete(f"{path}due-request/").status_code == 200
    elif end == "closed":
        assert press(cast.initiator, card, "cancel").status_code == 200
    elif end == "moved":
        cast.initiator.client.patch(path, {"due_at": "2030-03-01T10:00:00Z", "due_reason": "Так лучше"})
    else:
        cast.initiator.client.patch(path, {"assignee": cast.colleague.id})
    assert cast.initiator.client.get(path).json()["due_request"] is None
    assert decide(cast.initiator, card, request, consents=True).status_code == 409


def test_lateness_is_told_and_sorted_by(give, cast):
    now = datetime.now(UTC)
    give("Немного", due_at=(now - timedelta(hours=3)).isoformat())
    give("Сильно", due_at=(now - timedelta(days=5, hours=1)).isoformat())
    give("Вовремя", due_at=(now + timedelta(days=5)).isoformat())
    rows = cast.assignee.client.get("tasks/", tab="overdue", ordering="late").json()["results"]
    assert [(row["title"], row["late_days"]) for row in rows] == [("Сильно", 5), ("Немного", 0)]
    in_time = cast.assignee.client.get("tasks/", ordering="-late").json()["results"][0]
    assert (in_time["title"], in_time["late_days"]) == ("Вовремя", None)
