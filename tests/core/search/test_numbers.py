"""`#152` in a text is told to each reader as the one card that he sees under it."""

import pytest

from core.context import company_scope
from core.entities.models import Entity


def asked(who, numbers, near="tasks.task"):
    answer = who.client.get("search/numbers/", numbers=numbers, near=near)
    assert answer.status_code == 200, answer.json()
    return {row["asked"]: row["card"]["ref"] for row in answer.json()["results"]}


def ref(task):
    return f"tasks.task/{task['id']}"


@pytest.fixture
def pair(give, search, owner):
    """Two tasks of the owner, З-1 and З-2; he himself is Т-1."""
    found = give("Первая"), give("Вторая")
    search.learn()
    assert [task["number"] for task in found] == ["З-1", "З-2"]
    return found


@pytest.mark.parametrize("text", ["1", "З-1", "з-1", "з1"])
def test_a_number_is_told_by_its_digits_or_whole(pair, owner, text):
    assert asked(owner, text) == {text: ref(pair[0])}


def test_many_are_told_at_once_and_what_is_no_number_of_a_card_is_left_out(pair, owner):
    assert asked(owner, "1,2,З-2,77,fff,,Ж-1,1") == {"1": ref(pair[0]), "2": ref(pair[1]), "З-2": ref(pair[1])}
    assert asked(owner, "") == {}


def test_digits_mean_a_card_of_the_kind_they_stand_on(pair, owner):
    number = owner.client.get(f"employees/{owner.id}/").json()["number"]
    own = f"organization.employee/{owner.id}"
    assert asked(owner, number) == {number: own}
    digits = number.removeprefix("Т-")
    assert asked(owner, digits, near="organization.employee") == {digits: own}


def test_digits_mean_no_card_of_another_kind(pair, owner):
    assert asked(owner, "1,2", near="tasks.template") == asked(owner, "1,2", near="") == {}
    assert asked(owner, "З-1", near="") == asked(owner, "З-1", near="organization.employee") == {"З-1": ref(pair[0])}


def test_who_does_not_see_a_card_is_told_nothing_of_it(pair, owner, company, person, search):
    stranger = person(company)
    search.learn()
    assert asked(stranger, "1,2,З-1,З-2") == {}
    task = stranger.client.post("tasks/", {"title": "Своя", "assignee": stranger.id}).json()
    search.learn()
    assert asked(stranger, "1,2,3") == {"3": ref(task)}
    assert asked(owner, "3") == {"3": ref(task)}


def test_a_card_in_the_trash_is_no_card(pair, owner, search):
    assert owner.client.delete(f"tasks/{pair[1]['id']}/").status_code == 204
    assert asked(owner, "2") == {}


def test_digits_of_two_cards_mean_neither_also_for_who_sees_one(pair, search, give, owner, person, company):
    reader = person(company)
    seen = give("Видна обоим", assignee=reader.id)
    with company_scope(company):
        # As masks with a year or a department write them.
        Entity.objects.filter(pk=pair[0]["id"]).update(number="А-015")
        Entity.objects.filter(pk=seen["id"]).update(number="Б-015")
    search.learn()
    assert asked(owner, "15") == asked(reader, "15") == {}
    assert asked(owner, "А-015,Б-15,Б-015") == {"А-015": ref(pair[0]), "Б-015": ref(seen)}
    assert asked(reader, "А-015,Б-015") == {"Б-015": ref(seen)}


def test_so_many_numbers_cost_no_more_statements(pair, owner, statements):
    with statements() as one:
        asked(owner, "1")
    with statements() as many:
        asked(owner, "1,2,З-1,З-2,5,6,7")
    assert len(many) == len(one)
