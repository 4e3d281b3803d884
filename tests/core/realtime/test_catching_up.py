"""What a tab is told of the time when it did not listen."""

import pytest

from core.access.loading import actor_of_principal
from core.context import company_scope
from core.entities.events import CardsAdded
from core.events.bus import emit
from core.identity.models import Principal
from core.realtime import queries
from core.realtime.topics import Topic


@pytest.fixture
def cards(company, owner):
    """Two tasks, and the numbers of the last facts before and after they were made."""
    made = [owner.client.post("tasks/", {"title": title, "assignee": owner.id}).json() for title in ("Тихо", "Шумно")]
    return [Topic(f"ref:{task['ref']}", "tasks.task", task["id"]) for task in made]


def change(owner, topic, times=1):
    for number in range(times):
        answer = owner.client.post(f"tasks/{topic.card_id}/comments/", {"text": f"Слово {number}"})
        assert answer.status_code == 201, answer.json()


def last(company):
    from_now = queries.missed(company, [Topic("list:tasks.task", "tasks.task")], 0)
    return from_now.changes[0][2]


def test_a_card_tells_of_itself_alone(company, owner, cards):
    quiet, loud = cards
    before = last(company)
    change(owner, loud)
    told = {topic: cursor for topic, _, cursor in queries.missed(company, cards, before).changes}
    assert told[loud] > before
    # The server looks back a little: what has just happened may be told twice, never later than it is known.
    assert told[quiet] <= before


def test_a_burst_elsewhere_does_not_make_a_card_read_everything_again(company, owner, cards, monkeypatch):
    quiet, loud = cards
    before = last(company)
    monkeypatch.setattr(queries, "MOST_MISSED", 3)
    change(owner, loud, times=4)
    assert not queries.missed(company, [quiet], before).too_much
    assert queries.missed(company, [loud], before).too_much
    assert queries.missed(company, [Topic("list:tasks.task", "tasks.task")], before).too_much


def test_a_batch_that_came_meanwhile_is_told_to_its_list_alone(company, owner, cards):
    before = last(company)
    with company_scope(company):
        by = actor_of_principal(Principal.objects.get(pk=owner.id), door="import")
        said = emit(CardsAdded(None, card_kind="tasks.task", count=3, first=1, last=3), by=by)
    lists = [Topic("list:tasks.task", "tasks.task"), Topic("list:organization.employee", "organization.employee")]
    told = {topic: cursor for topic, _, cursor in queries.missed(company, [*cards, *lists], before).changes}
    assert told[lists[0]] == said
    assert all(cursor < said for topic, cursor in told.items() if topic != lists[0])
