"""What stands on groups keeps its ground, what a group says tells nothing hidden, and no question walks without end."""

import pytest
from django.utils import timezone

from core.search.jobs import index_all

TASKS = "tasks.task"
ALL = {"tab": "all", "state": "all"}


@pytest.fixture
def pair(company, person):
    """(head, hand): the head has given the hand an urgent task, «Ждёт»."""
    head, hand = person(company, role="head"), person(company)
    made = head.client.post("tasks/", {"title": "Ждёт", "assignee": hand.id, "priority": "urgent"})
    assert made.status_code == 201, made.json()
    return head, hand


def group(who, title="Срочные", status=201, **more):
    body = {"kind": TASKS, "title": title, "is_group": True, "params": {**ALL, "priority": "urgent"}, **more}
    answer = who.client.post("views/", body)
    assert answer.status_code == status, answer.json()
    return answer.json()["id"]


def named(*ids):
    return {**ALL, "in_view": ",".join(map(str, ids))}


def groups_on(who):
    (card,) = who.client.get("tasks/", search="Ждёт").json()["results"]
    answer = who.client.get(f"tasks/{card['id']}/groups/")
    assert answer.status_code == 200, answer.json()
    return answer.json()["results"]


def test_a_group_on_a_card_names_no_field_that_is_hidden_from_its_reader(pair, owner, deliver):
    head, hand = pair
    body = {"kind": TASKS, "title": "Оклад", "type": "number", "code": "pay", "is_filterable": True,
            "rights": {"employee": "hidden"}}  # fmt: skip
    field = owner.client.post("custom-fields/", body)
    assert field.status_code == 201, field.json()
    deliver()
    params = {**ALL, "priority": "urgent", "ordering": "fields.pay"}
    group(head, params=params, audience="all")
    (theirs,), (own,) = groups_on(hand), groups_on(head)
    assert theirs["params"] == {**ALL, "priority": "urgent"} and own["params"] == params


def test_a_group_on_which_others_build_is_not_taken_from_them(pair, person, company):
    head, hand = pair
    other = person(company, role="head")
    base = group(head, audience="all")
    theirs = group(other, "Чужой общий", params=named(base), audience="all")
    kept = group(hand, "Моё личное", params=named(base))
    mine = group(head, "Своё", params=named(base), audience="all")

    def hide():
        return head.client.patch(f"views/{base}/", {"audience": "me"})

    refused = hide()
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/built-on")
    said = refused.json()["detail"]
    assert "«Чужой общий»" in said and "«Своё»" in said and "Моё личное" not in said
    assert hand.client.get("tasks/", in_view=theirs).status_code == 200
    for who, view in ((other, theirs), (hand, kept)):
        assert who.client.delete(f"views/{view}/").status_code == 204
    assert hide().status_code == 409, "a shared view builds on shared ones only"
    assert head.client.patch(f"views/{mine}/", {"audience": "me"}).status_code == 200
    # What he has built for himself stands on what he alone sees.
    assert hide().status_code == 200 and head.client.get("tasks/", in_view=mine).status_code == 200


def test_groups_named_together_are_one_question(pair):
    head, _ = pair
    leaf = [group(head, f"Лист {number}") for number in range(14)]
    wide = [group(head, f"Узел {number}", params=named(*leaf)) for number in range(5)]

    def ask(*ids):
        return head.client.get("tasks/", in_view=",".join(map(str, ids)))

    assert [row["title"] for row in ask(*wide[:4]).json()["results"]] == ["Ждёт"]
    refused = ask(*wide)
    assert refused.status_code == 422 and "слишком много" in refused.json()["errors"][0]["detail"]
    assert ask(wide[4]).status_code == 200


def test_a_card_tells_of_groups_as_far_as_one_question_has_room(pair):
    head, _ = pair
    leaf = [group(head, f"Лист {number}", is_group=True) for number in range(14)]
    for number in range(5):
        group(head, f"Узел {number}", params=named(*leaf))
    shown = [one["title"] for one in groups_on(head)]
    # Fourteen leaves, and three nodes of fifteen steps each: 59 of the sixty.
    assert shown == [*(f"Лист {number}" for number in range(14)), *(f"Узел {number}" for number in range(3))]


def test_a_group_by_a_part_of_a_number_holds_the_same_cards_on_the_card_and_in_the_list(
    pair, owner, company, deliver, statements
):
    head, hand = pair
    mask = owner.client.put("numbering/tasks.task/", {"mask": "ПР-{ГГГГ}/{###}", "period": "year", "next": 7})
    assert mask.status_code == 200, mask.json()
    made = head.client.post("tasks/", {"title": "С маской", "assignee": hand.id}).json()
    year = timezone.localdate().year
    assert made["number"] == f"ПР-{year}/007"
    deliver()
    index_all(company, 0)
    parts = ("7", "007", f"{year}/007", f"ПР-{year}", f"пр{year}/007", f"№ ПР-{year}/007")
    for text, holds in (*((part, True) for part in parts), ("17", False), (f"{year}/7", False), ("пр", False)):
        view = group(head, f"По «{text}»", params={**ALL, "search": text})
        rows = head.client.get("tasks/", in_view=view).json()["results"]
        with statements() as seen:
            told = head.client.get(f"tasks/{made['id']}/groups/").json()["results"]
        assert (made["id"] in {row["id"] for row in rows}) is holds is bool(told), text
        # Numbers are looked for within the one statement that asks all groups.
        assert all("IS TRUE" in one["sql"] for one in seen if "search_document" in one["sql"]), text
        assert head.client.delete(f"views/{view}/").status_code == 204


def test_another_company_has_other_groups(pair, other_owner):
    made = group(pair[0], audience="all")
    assert other_owner.client.get("tasks/", in_view=made).status_code == 422
