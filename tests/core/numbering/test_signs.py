"""Numbers that say the department and the type of a card."""

import pytest
from django.utils import timezone

from core.context import company_scope
from core.numbering.actions import take_numbers
from core.organization.models import Employee

TASKS = "numbering/tasks.task/"


@pytest.fixture
def owner(company, person):
    return person(company, "owner")


@pytest.fixture
def office(owner, company, person):
    """Production with a workshop below it that has no code, sales, and an employee in each."""

    def department(title, code="", parent=None):
        answer = owner.client.post("departments/", {"title": title, "code": code, "parent": parent})
        assert answer.status_code == 201, answer.content
        return answer.json()["id"]

    production = department("Производство", "ПР")
    places = {"ПР": production, "цех": department("Цех", parent=production), "СБ": department("Сбыт", "СБ")}
    return {name: person(company, department_id=place) for name, place in places.items()} | {"без": person(company)}


def give(owner, to, **more) -> str:
    answer = owner.client.post("tasks/", {"title": "Проверить", "assignee": to.id} | more)
    assert answer.status_code == 201, answer.content
    return answer.json()["number"]


def set_mask(owner, mask, **more):
    answer = owner.client.put(TASKS, {"mask": mask} | more)
    assert answer.status_code == 200, answer.content
    return answer.json()


@pytest.mark.row("D-12")
def test_each_department_has_a_counter_of_its_own(owner, office):
    shown = set_mask(owner, "{ОТДЕЛ}/{ГГГГ}-{###}", period="year")
    year = timezone.localdate().year
    assert shown["upcoming"] == [f"{code}/{year}-001" for code in ("ПР", "СБ", "00")]
    assert [give(owner, office[who]) for who in ("ПР", "СБ", "ПР")] == [
        f"ПР/{year}-001",
        f"СБ/{year}-001",
        f"ПР/{year}-002",
    ]
    # The nearest department above with a code speaks for one without; who sits nowhere has no sign at all.
    assert give(owner, office["цех"]) == f"ПР/{year}-003"
    assert give(owner, office["без"]) == f"00/{year}-001"
    (row,) = [row for row in owner.client.get("numbering/").json()["results"] if row["kind"] == "tasks.task"]
    assert row["upcoming"] == [f"ПР/{year}-004", f"СБ/{year}-002", f"00/{year}-002"]


def test_a_new_code_passes_over_numbers_in_its_way(owner, office):
    set_mask(owner, "Н-{N}")
    assert [give(owner, office["без"]) for _ in range(2)] == ["Н-1", "Н-2"]
    set_mask(owner, "{ОТДЕЛ}-{N}")
    made = owner.client.get("departments/").json()["results"]
    sales = next(row["id"] for row in made if row["code"] == "СБ")
    assert owner.client.patch(f"departments/{sales}/", {"code": "Н"}).status_code == 200
    assert [give(owner, office["СБ"]) for _ in range(2)] == ["Н-3", "Н-4"]


def test_each_type_has_a_counter_of_its_own(owner, office):
    made = owner.client.post("card-types/", {"kind": "tasks.task", "title": "Дефект", "code": "defect"})
    assert made.status_code == 201, made.content
    types = [{"code": "", "sign": "З"}, {"code": "defect", "sign": "ДФ"}]
    shown = set_mask(owner, "{ТИП}-{N}", types=types)
    assert shown["types"] == [
        {"code": "", "title": "Задача", "sign": "З"},
        {"code": "defect", "title": "Дефект", "sign": "ДФ"},
    ]
    assert shown["upcoming"] == ["З-1", "ДФ-1"]
    assert give(owner, office["без"], card_type="defect") == "ДФ-1"
    assert give(owner, office["без"]) == "З-1"
    assert give(owner, office["без"], card_type="defect") == "ДФ-2"


def test_signs_of_types_differ_and_fit_into_a_number(owner):
    for types, words in (
        ([{"code": "", "sign": "З"}, {"code": "x", "sign": "з"}], "один код"),
        ([{"code": "", "sign": "З-1"}], "букв и цифр"),
    ):
        answer = owner.client.put(TASKS, {"mask": "{ТИП}-{N}", "types": types})
        assert answer.status_code == 422
        (error,) = answer.json()["errors"]
        assert error["pointer"] == "/types" and words in error["detail"]


def test_a_kind_without_types_takes_no_mask_with_one(owner):
    answer = owner.client.put("numbering/tasks.template/", {"mask": "{ТИП}-{N}"})
    assert answer.status_code == 422, answer.content
    assert answer.json()["errors"][0]["pointer"] == "/mask"


def test_many_counters_begin_nowhere_in_particular(owner):
    answer = owner.client.put(TASKS, {"mask": "{ОТДЕЛ}-{N}", "next": 40})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/next"


def test_many_cards_are_numbered_each_by_its_department(company, owner, office):
    set_mask(owner, "{ОТДЕЛ}-{N}")
    with company_scope(company):
        known = dict(Employee.objects.values_list("pk", "principal_id"))
        whose = [known[office[who].id] for who in ("ПР", "СБ", "цех", "СБ", "без")]
        assert take_numbers("tasks.task", "З-", whose) == ["ПР-1", "СБ-1", "ПР-2", "СБ-2", "00-1"]


def test_a_department_code_is_short_and_its_own(owner, office):
    made = owner.client.get("departments/").json()["results"]
    sales = next(row["id"] for row in made if row["code"] == "СБ")
    for code, words in (("пр", "у отдела «Производство»"), ("П-Р", "букв и цифр")):
        for answer in (
            owner.client.patch(f"departments/{sales}/", {"code": code}),
            owner.client.post("departments/", {"title": "Ещё", "code": code}),
        ):
            assert answer.status_code == 422
            (error,) = answer.json()["errors"]
            assert error["pointer"] == "/code" and words in error["detail"]
    assert owner.client.patch(f"departments/{sales}/", {"code": ""}).json()["code"] == ""
