"""Private tasks and drafts: whom no door shows them, however wide his rights."""

from core.realtime.topics import allowed, parse
from modules.tasks.models import Task


def found(who, card):
    """Through which doors a person meets a task."""
    client, ref, doors = who.client, card["ref"], set()
    if client.get(f"tasks/{card['id']}/").status_code == 200:
        doors.add("card")
    for tab in ("all", "overdue", "watching", "mine", "given"):
        rows = client.get("tasks/", tab=tab, search="секрет").json()["results"]
        if any(row["ref"] == ref for row in rows):
            doors.add(tab)
    if client.get("tasks/counts/").json()["all"]:
        doors.add("counts")
    if client.get(f"tasks/{card['id']}/history/").status_code == 200:
        doors.add("history")
    links = client.get(f"employees/{who.id}/links/").json()["results"]
    if any(link["card"]["ref"] == ref for link in links):
        doors.add("links")
    return doors


def listens(company, inside, who, card):
    topic = parse(f"ref:{card['ref']}")
    with inside(company):
        return bool(allowed(who.actor(), [topic]))


def test_a_private_task_is_seen_by_its_participants_alone(company, give, cast, owner, inside):
    card = give("Секретная", is_private=True, watchers=[cast.colleague.id], due_at="2020-01-01T10:00:00Z")
    tie = {"ref": f"organization.employee/{owner.id}", "relation": "related"}
    assert cast.initiator.client.post(f"tasks/{card['id']}/links/", tie).status_code == 201
    assert found(owner, card) == set(), "nor by the owner"
    assert found(cast.stranger, card) == set()
    assert {"card", "all", "overdue", "given", "counts", "history"} <= found(cast.initiator, card)
    assert {"card", "all", "watching"} <= found(cast.colleague, card)
    assert not listens(company, inside, owner, card) and listens(company, inside, cast.colleague, card)
    opened = cast.initiator.client.patch(f"tasks/{card['id']}/", {"is_private": False})
    assert opened.status_code == 200
    assert {"card", "all", "overdue", "counts", "history", "links"} <= found(owner, card)


def test_the_trash_keeps_a_private_task_private(give, cast, owner):
    card = give("Секретная", is_private=True)
    assert cast.initiator.client.delete(f"tasks/{card['id']}/").status_code == 204
    assert owner.client.get("trash/").json()["results"] == []
    assert owner.client.post("trash/restore/", {"ref": card["ref"]}).status_code == 404
    assert [row["ref"] for row in cast.initiator.client.get("trash/").json()["results"]] == [card["ref"]]


def test_heads_see_no_private_task_of_their_department(company, person, inside, cast, give):
    with inside(company):
        assert Task.objects.count() == 0
    head = person(company, role="head", department_id=None)
    card = give("Секретная", is_private=True)
    assert found(head, card) == set()


def test_a_draft_is_its_authors_alone_until_it_is_given(give, cast, owner, press, deliver, mailbox):
    card = give("Секретная", is_draft=True, watchers=[cast.colleague.id], co_assignees=[cast.colleague.id])
    assert (card["status"], card["is_draft"]) == ("draft", True)
    assert [deed["code"] for deed in card["actions"]] == ["release"]
    deliver()
    assert mailbox == []
    for who in (cast.assignee, cast.colleague, owner):
        assert found(who, card) == set()
    drafts = cast.initiator.client.get("tasks/", tab="drafts").json()["results"]
    assert [row["ref"] for row in drafts] == [card["ref"]]
    assert "given" not in found(cast.initiator, card)
    released = press(cast.initiator, card, "release")
    assert released.status_code == 200, released.json()
    assert released.json()["status"] == "new"
    deliver()
    assert {letter["To"] for letter in mailbox} == {cast.assignee.email, cast.colleague.email}
    assert {"card", "mine", "all"} <= found(cast.assignee, card)


def test_drafts_are_given_at_their_moment(give, cast, deliver):
    due = give("Пора", is_draft=True, release_at="2020-01-01T10:00:00Z")
    later = give("Потом", is_draft=True, release_at="2040-01-01T10:00:00Z")
    deliver()
    assert cast.assignee.client.get(f"tasks/{due['id']}/").json()["status"] == "new"
    assert cast.assignee.client.get(f"tasks/{later['id']}/").status_code == 404
    given = give("Поставлена")
    late = cast.initiator.client.patch(f"tasks/{given['id']}/", {"release_at": "2040-01-01T10:00:00Z"})
    assert late.status_code == 422


def test_a_set_of_drafts_is_given_at_once_or_not_at_all(give, cast):
    drafts = [give(f"План {number}", is_draft=True) for number in range(3)]
    ids = [draft["id"] for draft in drafts]
    other = give("Уже поставлена")
    assert cast.initiator.client.post("tasks/release/", {"tasks": [*ids, other["id"]]}).status_code == 422
    assert len(cast.initiator.client.get("tasks/", tab="drafts").json()["results"]) == 3
    assert cast.initiator.client.post("tasks/release/", {"tasks": ids}).status_code == 204
    assert cast.initiator.client.get("tasks/", tab="drafts").json()["results"] == []
    assert len(cast.assignee.client.get("tasks/", tab="mine").json()["results"]) == 4


def test_a_draft_is_seen_by_its_approver_while_he_decides_and_by_nobody_besides(
    company, give, cast, owner, inside, deliver, mailbox
):
    helpers = {"watchers": [cast.colleague.id], "co_assignees": [cast.colleague.id]}
    card = give("Секретная", is_draft=True, is_private=True, **helpers)
    tie = {"ref": f"organization.employee/{owner.id}", "relation": "related"}
    assert cast.initiator.client.post(f"tasks/{card['id']}/links/", tie).status_code == 201
    sent = cast.initiator.client.post("tasks/approval/", {"tasks": [card["id"]], "approver": cast.stranger.id})
    assert sent.status_code == 204, sent.json()
    deliver()
    assert {letter["To"] for letter in mailbox} == {cast.stranger.email}
    for who in (cast.assignee, cast.colleague, owner):
        assert found(who, card) == set()
        assert not listens(company, inside, who, card)
        assert who.client.get("search/", q="Секретная").json()["results"] == []
        assert who.client.get(f"tasks/{card['id']}/access/").status_code == 404
    assert found(cast.stranger, card) == {"card", "history"}, "in lists of work it is not yet"
    assert listens(company, inside, cast.stranger, card)
    assert cast.stranger.client.get("tasks/", tab="drafts").json()["results"] == [], "these are one's own"
    assert cast.initiator.client.delete(f"tasks/{card['id']}/approval/").status_code == 200
    assert found(cast.stranger, card) == set()
    assert not listens(company, inside, cast.stranger, card)
