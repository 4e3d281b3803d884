"""Numbers for what should have been registered on a day gone by: they stand under the last one of that day."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.context import company_scope
from core.entities.models import Entity
from tests.core.numbering.test_reserved import give, keep, kept, today


@pytest.fixture
def owner(company, person):
    return person(company, "owner")


def made_on(company, owner, days, **more):
    """A task that was registered so many days ago."""
    made = give(owner, **more).json()
    with company_scope(company):
        Entity.objects.filter(pk=made["id"]).update(created_at=timezone.now() - timedelta(days=days))
    return made["number"]


def back(owner, days, count=1, **more):
    return keep(owner, count=count, back_dated=f"{today() - timedelta(days=days)}", **more)


def numbers(answer):
    assert answer.status_code == 201, answer.content
    return [row["number"] for row in answer.json()["results"]]


def test_it_stands_under_the_last_number_of_that_day_and_is_used_like_any_other(company, owner):
    assert [made_on(company, owner, days) for days in (10, 5, 0)] == ["З-1", "З-2", "З-3"]
    assert numbers(back(owner, 7)) == ["З-1/1"]
    assert numbers(back(owner, 10, count=2)) == ["З-1/2", "З-1/3"]
    assert numbers(back(owner, 5)) == ["З-2/1"]
    row = next(one for one in kept(owner) if one["number"] == "З-1/2")
    assert give(owner, reserved_number=row["id"]).json()["number"] == "З-1/2"
    # A card has it now, the counter has not moved.
    assert numbers(back(owner, 6)) == ["З-1/4"]
    assert give(owner).json()["number"] == "З-4"


def test_given_back_it_is_the_next_under_its_number_and_nobody_elses(company, owner):
    made_on(company, owner, 3)
    assert numbers(back(owner, 1, count=3)) == ["З-1/1", "З-1/2", "З-1/3"]
    second = next(one for one in kept(owner) if one["number"] == "З-1/2")
    assert owner.client.delete(f"reserved-numbers/{second['id']}/").status_code == 204
    assert give(owner).json()["number"] == "З-2"
    assert numbers(back(owner, 1)) == ["З-1/2"]


def test_a_number_that_was_kept_and_used_later_is_not_the_last_of_its_day(company, owner):
    (early,) = keep(owner).json()["results"]
    assert [made_on(company, owner, days) for days in (9, 8)] == ["З-2", "З-3"]
    assert made_on(company, owner, 4, reserved_number=early["id"]) == "З-1"
    assert numbers(back(owner, 4)) == ["З-3/1"]


def test_each_period_and_each_type_has_its_own_last_number(company, owner):
    owner.client.post("card-types/", {"kind": "tasks.task", "title": "Дефект", "code": "defect"})
    mask = {"mask": "{ТИП}/{ДД}.{ММ}-{N}", "types": [{"code": "", "sign": "З"}, {"code": "defect", "sign": "ДФ"}]}
    assert owner.client.put("numbering/tasks.task/", mask).status_code == 200
    task, defect = made_on(company, owner, 5), made_on(company, owner, 5, card_type="defect")
    # The day in the mask is that of the number under which it stands.
    assert numbers(back(owner, 2)) == [f"{task}/1"]
    assert numbers(back(owner, 2, card_type="defect")) == [f"{defect}/1"]
    assert back(owner, 2, card_type="nothing").json()["errors"][0]["pointer"] == "/card_type"


@pytest.mark.parametrize(("days", "words"), [(30, "ещё не было ни одного"), (0, "раньше сегодняшнего"), (-3, "раньше")])
def test_a_day_without_numbers_and_a_day_to_come_are_refused(company, owner, days, words):
    made_on(company, owner, 10)
    answer = back(owner, days)
    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert error["pointer"] == "/back_dated" and words in error["detail"]
    assert kept(owner) == []


def test_the_type_is_asked_only_where_the_number_says_it(owner):
    def asked():
        kinds = owner.client.get("reserved-numbers/kinds/").json()["results"]
        return next(one["types"] for one in kinds if one["kind"] == "tasks.task")

    assert asked() == []
    owner.client.put("numbering/tasks.task/", {"mask": "{ТИП}-{N}", "types": [{"code": "", "sign": "З"}]})
    assert asked() == [], "there is nothing to choose from"
    owner.client.post("card-types/", {"kind": "tasks.task", "title": "Дефект", "code": "defect"})
    assert [one["code"] for one in asked()] == ["", "defect"]
    assert [one["title"] for one in asked()][1] == "Дефект"
    owner.client.put("numbering/tasks.task/", {"mask": "З-{N}"})
    assert asked() == []


def test_a_reserved_number_says_the_type_it_was_asked_for(owner):
    owner.client.post("card-types/", {"kind": "tasks.task", "title": "Дефект", "code": "defect"})
    types = [{"code": "", "sign": "З"}, {"code": "defect", "sign": "ДФ"}]
    owner.client.put("numbering/tasks.task/", {"mask": "{ТИП}-{N}", "types": types})
    assert numbers(keep(owner, card_type="defect")) == ["ДФ-1"]
    assert numbers(keep(owner)) == ["З-1"]
