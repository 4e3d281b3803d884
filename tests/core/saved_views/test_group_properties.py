"""A list in a group is the list of the group's own conditions, whatever they are."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.context import company_scope
from core.entities import queries
from core.entities.models import Entity
from core.rest import filters
from core.saved_views.models import SavedView
from modules.tasks.models import Task
from modules.tasks.rest.filters import meant

KIND = "tasks.task"


@pytest.fixture
def crowd(company, person):
    """(company, administrator, head, employee) and forty tasks of all sorts."""
    admin, head, hand = person(company, role="admin"), person(company, role="head"), person(company)
    people = [admin, head, hand]
    now = datetime.now(UTC)
    for number in range(40):
        due = [None, now - timedelta(days=3), now + timedelta(hours=30), now + timedelta(days=20)][number % 4]
        body = {
            "title": ["Насос", "Щит", "Окно", "Насосная станция"][number % 4],
            "assignee": people[number % 3].id,
            "priority": ["normal", "important", "urgent"][number // 3 % 3],
            "due_at": due.isoformat() if due else None,
            "is_private": number % 11 == 0,
        }
        made = people[number // 7 % 3].client.post("tasks/", body)
        assert made.status_code == 201, made.json()
        tags = [["Зима"], [], ["Зима", "Лето"], ["Лето"]][number // 5 % 4]
        people[number // 7 % 3].client.put(f"tasks/{made.json()['id']}/tags/", {"tags": tags})
    with company_scope(company):
        ids = list(Task.objects.order_by("pk").values_list("pk", flat=True))
        Entity.objects.filter(pk__in=ids[::5]).update(state="done", status="closed")
    tags = {one["title"]: one["id"] for one in admin.client.get("tags/").json()["results"]}
    return company, people, tags


def words(tags: list[int], people: list[int]):
    """Words of an address: some of what a person can choose."""
    return st.fixed_dictionaries(
        {},
        optional={
            "tab": st.sampled_from(["mine", "given", "watching", "overdue", "all"]),
            "state": st.sampled_from(["open", "done", "all"]),
            "priority": st.sampled_from(["urgent", "normal,important"]),
            "assignee": st.sampled_from([str(pk) for pk in people] + [f"{people[0]},{people[2]}"]),
            "initiator": st.sampled_from([str(pk) for pk in people]),
            "due": st.sampled_from(["overdue", "today", "week", "month", "none"]),
            "tag": st.sampled_from([str(tags[0]), f"{tags[0]},{tags[1]}"]),
            "tag__isnull": st.sampled_from(["true", "false"]),
            "is_private": st.sampled_from(["true", "false"]),
            "search": st.sampled_from(["насос", "щ", "з-1", "15"]),
        },
    )


def ids_of(who, params):
    answer = who.client.get("tasks/", limit="200", **params)
    assert answer.status_code == 200, answer.json()
    return {row["id"] for row in answer.json()["results"]}


def as_list(company, params):
    """What the screen asks of the server for these words."""
    told = {name: text for name, text in params.items() if name != "due"}
    with company_scope(company):
        return meant(told, params)


@pytest.mark.parametrize("few", [7_000, 1])
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(data=st.data())
def test_a_list_in_a_group_is_the_list_of_its_conditions(crowd, few, data):
    """However few cards are named at once and of however many each is asked."""
    company, people, tags = crowd
    with pytest.MonkeyPatch.context() as patched:
        for home in (filters, queries):
            patched.setattr(home, "FEW_MATCHES", few)
        compare(company, people, tags, data)


def compare(company, people, tags, data):
    shapes = words(sorted(tags.values()), [one.id for one in people])
    params, also = data.draw(shapes, label="group"), data.draw(shapes, label="list")
    also = {name: text for name, text in also.items() if name not in ("due", "state", "tab")}
    reader = data.draw(st.sampled_from(people), label="reader")
    with company_scope(company):
        row = SavedView.objects.create(
            kind=KIND, owner_id=people[0].principal.pk, title="Группа", place=1, audience="all", is_group=True,
            params=params,
        )  # fmt: skip
    try:
        inside = ids_of(reader, as_list(company, params))
        whole = ids_of(reader, {"tab": "all", **also})
        in_it, out_of_it = (
            ids_of(reader, {"tab": "all", **also, name: str(row.pk)}) for name in ("in_view", "not_in_view")
        )
        assert in_it == whole & inside
        assert out_of_it == whole - inside
        if whole:
            card = min(whole)
            told = reader.client.get(f"tasks/{card}/groups/").json()["results"]
            assert bool(told) is (card in inside)
    finally:
        with company_scope(company):
            row.delete()
