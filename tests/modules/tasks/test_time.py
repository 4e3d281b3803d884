"""Priority, estimate, and time: one timer a person, entries by hand, sums in rows."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from modules.tasks.models import TimeEntry


def running_for(company, inside, minutes):
    """As if every running timer had been started so many minutes ago."""
    with inside(company):
        begun = datetime.now(UTC) - timedelta(minutes=minutes)
        TimeEntry.objects.filter(ended_at__isnull=True).update(started_at=begun)


def spent(who, card):
    return who.client.get(f"tasks/{card['id']}/").json()["spent"]


def test_one_button_counts_time_of_each_person_apart(company, give, cast, inside):
    card = give(co_assignees=[cast.colleague.id])
    path = f"tasks/{card['id']}/timer/"
    assert cast.assignee.client.post(path).json()["timer_started_at"]
    assert cast.assignee.client.post(path).status_code == 200, "pressed twice, it runs once"
    assert cast.colleague.client.post(path).json()["timer_started_at"]
    running_for(company, inside, 90)
    stopped = cast.assignee.client.delete(path).json()
    assert (stopped["timer_started_at"], stopped["spent"]) == (None, 90)
    assert cast.assignee.client.delete(path).status_code == 409
    assert cast.colleague.client.delete(path).json()["spent"] == 180
    assert cast.initiator.client.get("tasks/").json()["results"][0]["spent"] == 180


def test_a_person_has_one_timer(company, give, cast, inside):
    first, second = give("Первая"), give("Вторая")
    cast.assignee.client.post(f"tasks/{first['id']}/timer/")
    running_for(company, inside, 30)
    cast.assignee.client.post(f"tasks/{second['id']}/timer/")
    assert spent(cast.assignee, first) == 30, "the former one has stopped and kept its time"
    mine = cast.assignee.client.get("tasks/timer/").json()
    assert mine["card"]["ref"] == second["ref"]
    with inside(company), pytest.raises(IntegrityError), transaction.atomic():
        TimeEntry.objects.create(task_id=first["id"], person_id=cast.assignee.principal.pk)


def test_time_is_written_and_corrected_by_its_person_and_the_initiator(give, cast):
    card = give(co_assignees=[cast.colleague.id])
    path = f"tasks/{card['id']}/time/"
    made = cast.assignee.client.post(path, {"minutes": 45, "note": "Замеры"})
    assert made.status_code == 201, made.json()
    entry = f"time-entries/{made.json()['id']}/"
    assert cast.colleague.client.patch(entry, {"minutes": 10}).status_code == 403
    assert cast.assignee.client.patch(entry, {"minutes": 50, "note": "Замеры"}).json()["minutes"] == 50
    assert cast.initiator.client.patch(entry, {"minutes": 40}).status_code == 200
    assert spent(cast.initiator, card) == 40
    rows = cast.initiator.client.get(path).json()["results"]
    assert [(row["minutes"], row["person"]["id"], row["can_correct"]) for row in rows] == [(40, cast.assignee.id, True)]
    assert cast.stranger.client.get(path).status_code == 404
    assert cast.stranger.client.delete(entry).status_code == 404
    assert cast.assignee.client.delete(entry).status_code == 204
    assert spent(cast.initiator, card) == 0
    labels = [
        (line["changes"][0]["label"], line["changes"][0]["old"], line["changes"][0]["new"])
        for line in cast.initiator.client.get(f"tasks/{card['id']}/history/").json()["results"][:2]
    ]
    assert labels == [("Время", "40 мин", None), ("Время", "50 мин", "40 мин")]
    future = {"minutes": 5, "started_at": (datetime.now(UTC) + timedelta(days=1)).isoformat()}
    assert cast.assignee.client.post(path, future).status_code == 422
    # Begun just now, it cannot have lasted an hour.
    longer = cast.assignee.client.post(path, {"minutes": 60, "started_at": datetime.now(UTC).isoformat()})
    assert [error["pointer"] for error in longer.json()["errors"]] == ["/minutes"]
    assert cast.assignee.client.post(path, {"minutes": 1441}).status_code == 422


def test_priority_and_estimate_are_fields_of_rows(give, cast):
    give("Обычная", due_at="2030-01-01T10:00:00Z")
    give("Срочная", priority="urgent", estimate=90)
    card = give("Важная", priority="important")
    rows = cast.assignee.client.get("tasks/", ordering="-priority").json()["results"]
    assert [row["title"] for row in rows] == ["Срочная", "Важная", "Обычная"]
    assert (rows[0]["priority"], rows[0]["estimate"]) == ("urgent", 90)
    found = cast.assignee.client.get("tasks/", priority="urgent,important").json()["results"]
    assert len(found) == 2
    changed = cast.initiator.client.patch(f"tasks/{card['id']}/", {"priority": "normal", "estimate": 30}).json()
    assert (changed["priority"], changed["estimate"]) == ("normal", 30)
    told = cast.initiator.client.get(f"tasks/{card['id']}/history/").json()["results"][0]["changes"]
    assert [(change["label"], change["old"], change["new"]) for change in told] == [
        ("Важность", "Важная", "Обычная"), ("Оценка", None, "30 мин"),
    ]  # fmt: skip
    assert cast.initiator.client.patch(f"tasks/{card['id']}/", {"priority": "top"}).status_code == 422


@pytest.mark.parametrize("ordering", ["priority", "-priority"])
def test_pages_by_priority_give_each_row_once(give, cast, ordering):
    for number in range(5):
        give(f"Задача {number}", priority=("normal", "urgent")[number % 2])
    seen, cursor = [], {}
    while True:
        page = cast.assignee.client.get("tasks/", ordering=ordering, limit=2, **cursor).json()
        seen += [row["id"] for row in page["results"]]
        if page["next"] is None:
            break
        cursor = {"cursor": page["next"]}
    assert len(seen) == len(set(seen)) == 5


class TestDependencies:
    """A task that depends on open ones."""

    @pytest.fixture
    def tied(self, give, cast):
        first, second, waiting = give("Чертёж"), give("Смета"), give("Сборка")
        for card in (first, second):
            body = {"ref": card["ref"], "relation": "depends_on"}
            assert cast.initiator.client.post(f"tasks/{waiting['id']}/links/", body).status_code == 201
        return first, second, waiting

    def test_it_says_so_and_is_not_begun_silently(self, tied, cast, press):
        *_, waiting = tied
        assert cast.assignee.client.get(f"tasks/{waiting['id']}/").json()["blockers_count"] == 2
        refused = press(cast.assignee, waiting, "start")
        assert (refused.status_code, refused.json()["way"]) == (409, "Начать всё равно")
        begun = cast.assignee.client.post(f"tasks/{waiting['id']}/do/start/", {"anyway": True})
        assert begun.json()["status"] == "in_work"

    @pytest.mark.parametrize(("rule", "status"), [("refuse", 409), ("allow", 200)])
    def test_the_company_decides(self, tied, cast, owner, rule, status):
        *_, waiting = tied
        owner.client.patch("options/", {"values": {"tasks.starting": rule}})
        body = {"anyway": rule == "refuse"}
        assert cast.assignee.client.post(f"tasks/{waiting['id']}/do/start/", body).status_code == status

    def test_whoever_waits_is_told_when_the_last_is_done(self, tied, cast, press, deliver):
        first, second, waiting = tied

        def told():
            deliver()
            rows = cast.assignee.client.get("notices/").json()["results"]
            return [row["id"] for row in rows if row["kind"] == "tasks.unblocked"]

        press(cast.initiator, first, "cancel")
        assert told() == []
        press(cast.initiator, second, "cancel")
        assert len(told()) == 1
        kinds = [line["kind"] for line in cast.assignee.client.get(f"tasks/{waiting['id']}/history/").json()["results"]]
        assert "tasks.unblocked" in kinds
        assert press(cast.assignee, waiting, "start").status_code == 200
