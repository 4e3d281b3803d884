"""Numbering set by the administrator, and cards that are made by it."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.utils import timezone

from core.context import company_scope
from core.events.models import Fact
from core.numbering.actions import LAID_OUT
from core.numbering.models import NumberCounter, NumberMask, ReservedNumber

TASKS = "numbering/tasks.task/"


@pytest.fixture
def owner(company, person):
    return person(company, "owner")


@pytest.fixture
def give(owner):
    def make() -> str:
        answer = owner.client.post("tasks/", {"title": "Проверить", "assignee": owner.id})
        assert answer.status_code == 201, answer.content
        return answer.json()["number"]

    return make


def set_mask(owner, mask, period="none", **more):
    return owner.client.put(TASKS, {"mask": mask, "period": period} | more)


@pytest.mark.row("D-12")
def test_a_mask_holds_from_the_next_card_on(owner, give):
    assert give() == "З-1"
    assert give() == "З-2"
    answer = set_mask(owner, "ЗД-{ГГГГ}-{####}", "year")
    year = timezone.localdate().year
    assert answer.status_code == 200, answer.content
    assert answer.json()["upcoming"] == [f"ЗД-{year}-000{number}" for number in (1, 2, 3)]
    assert [give(), give()] == [f"ЗД-{year}-0001", f"ЗД-{year}-0002"]
    (row,) = [row for row in owner.client.get("numbering/").json()["results"] if row["kind"] == "tasks.task"]
    assert row == {
        "kind": "tasks.task",
        "title": "Задача",
        "mask": "ЗД-{ГГГГ}-{####}",
        "period": "year",
        "mode": "strict",
        "types": [{"code": "", "title": "Задача", "sign": ""}],
        "upcoming": [f"ЗД-{year}-000{number}" for number in (3, 4, 5)],
    }


@pytest.mark.parametrize("mask", ["<b>{#}</b>", "{#}'", "({#})", "З%-{#}"])
def test_signs_that_no_number_needs_are_refused(owner, give, mask):
    answer = set_mask(owner, mask)
    assert (answer.status_code, [error["pointer"] for error in answer.json()["errors"]]) == (422, ["/mask"])
    assert owner.client.post(f"{TASKS}preview/", {"mask": mask, "period": "none"}).status_code == 422
    assert give() == "З-1"


def test_a_mask_may_have_what_papers_have(owner):
    assert set_mask(owner, "Вх. № А_1/{ГГГГ}-{##}", "year").status_code == 200


def test_a_mask_that_stands_with_other_signs_goes_on(company, owner, give, inside):
    set_mask(owner, "З-{#}")
    with inside(company):
        NumberMask.objects.update(mask="(З-{#})")
    assert give() == "(З-1)"
    assert owner.client.get("numbering/").status_code == 200


def test_a_counter_begins_anew_with_its_period_by_the_company_clock(company, owner, give, monkeypatch):
    set_mask(owner, "{ГГГГ}.{ММ}-{N}", "month")
    # In Moscow the month has begun three hours before it begins in Greenwich.
    for moment, number in (
        (datetime(2027, 1, 31, 20, 59, tzinfo=UTC), "2027.01-1"),
        (datetime(2027, 1, 31, 21, 1, tzinfo=UTC), "2027.02-1"),
        (datetime(2027, 2, 3, 9, tzinfo=UTC), "2027.02-2"),
    ):
        monkeypatch.setattr("core.numbering.actions.timezone", SimpleNamespace(now=lambda moment=moment: moment))
        assert give() == number
    with company_scope(company):
        assert dict(
            NumberCounter.objects.filter(kind__startswith="tasks.task|", last__gt=0).values_list("kind", "last")
        ) == {
            "tasks.task|2027-01": 1,
            "tasks.task|2027-02": 2,
        }


def test_a_mask_that_comes_back_takes_no_number_twice(owner, give):
    for _ in range(3):
        give()
    set_mask(owner, "Н{N}")
    assert give() == "Н4"
    assert set_mask(owner, "З-{N}", next=2).status_code == 422
    set_mask(owner, "З-{N}", next=100)
    assert give() == "З-100"


def test_a_number_in_the_way_of_a_new_mask_is_seen(owner, give):
    day = timezone.localdate()
    set_mask(owner, "{ГГ}-{N}", next=57)
    give()
    # A counter of its own, whose first numbers look like those of the other.
    answer = set_mask(owner, "{ГГ}-{##}", "year", next=3)
    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert error["pointer"] == "/next" and "Наименьший свободный: 58" in error["detail"]
    assert set_mask(owner, "{ГГ}-{##}", "year").status_code == 200
    assert give() == f"{day:%y}-58"


def test_a_period_that_comes_to_a_mask_takes_no_number_twice(owner, give):
    day = timezone.localdate()
    set_mask(owner, "{ГГ}-{N}")
    assert [give(), give()] == [f"{day:%y}-1", f"{day:%y}-2"]
    set_mask(owner, "{ГГ}-{N}", "year")
    assert give() == f"{day:%y}-3"


def test_numbers_without_waiting_are_laid_out_beforehand(company, owner, give):
    assert set_mask(owner, "Б-{N}", mode="fast").json()["mode"] == "fast"
    assert [give() for _ in range(3)] == ["Б-1", "Б-2", "Б-3"]
    with company_scope(company):
        assert ReservedNumber.objects.filter(holder__isnull=True).count() == LAID_OUT - 2
    # Nothing of it is lost when the company wants no gaps any more.
    set_mask(owner, "Б-{N}")
    assert [give() for _ in range(LAID_OUT)] == [f"Б-{number}" for number in range(4, LAID_OUT + 4)]


def test_a_preview_keeps_nothing(owner, give):
    give()
    answer = owner.client.post(f"{TASKS}preview/", {"mask": "Д/{###}", "next": 40})
    assert answer.json() == {"upcoming": ["Д/040", "Д/041", "Д/042"]}
    assert give() == "З-2"


@pytest.mark.parametrize("mask", ["З", "З-{N}{ММ}", "", "{" * 10, "З-{N}" + "я" * 60])
def test_a_wrong_mask_is_refused_beside_its_field(owner, mask):
    for answer in (set_mask(owner, mask), owner.client.post(f"{TASKS}preview/", {"mask": mask})):
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["pointer"] == "/mask"


def test_kinds_without_numbers_are_not_found(owner):
    assert owner.client.put("numbering/organization.department/", {"mask": "{N}"}).status_code == 404
    assert owner.client.put("numbering/nothing/", {"mask": "{N}"}).status_code == 404


def test_the_change_is_a_fact(company, owner):
    set_mask(owner, "Т-{N}")
    with company_scope(company):
        fact = Fact.objects.filter(kind="numbering.mask-changed").get()
    assert fact.payload["kind_of_card"] == "tasks.task"
    assert fact.payload["changes"][0] == {"field": "mask", "old": "З-{#}", "new": "Т-{N}"}


def test_only_who_may_sees_and_sets_masks(company, person):
    employee = person(company)
    assert employee.client.get("numbering/").status_code == 403
    assert employee.client.put(TASKS, {"mask": "Т-{N}"}).status_code == 403
