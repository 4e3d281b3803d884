"""Lists found and put in order by fields of the company's own."""

import pytest

from core.context import company_scope
from core.custom_fields.models import FieldKey

from .conftest import PEOPLE, TASKS


@pytest.fixture
def priced(desk, fill, deliver):
    """Codes → title of six tasks: five with sums, in no order, and one without."""
    desk.define("Сумма", "money", code="sum", is_filterable=True)
    desk.define("Удвоено", "formula", code="twice", settings={"formula": "[Сумма] * 2"}, is_filterable=True)
    desk.define(
        "Цвет",
        "list",
        code="colour",
        is_filterable=True,
        settings={"many": True, "options": [{"title": "Белый"}, {"title": "Чёрный"}]},
    )
    desk.define("Когда", "date", code="day", is_filterable=True)
    desk.define("Кому", "person", code="keeper", is_filterable=True)
    desk.define("Адрес", "text", code="address", is_filterable=True)
    for number, amount in enumerate(("300", "100", None, "500", "100", "200")):
        path = desk.task(title=f"Т{number}")
        if amount:
            fill(desk.initiator, path, sum=amount, day=f"2026-12-0{number + 1}", address=f"Ёлкина, {number}")
    deliver()
    return path


def listed(who, **params):
    answer = who.client.get("tasks/", **params)
    assert answer.status_code == 200, answer.json()
    return [row["title"] for row in answer.json()["results"]]


def walked(who, **params):
    """Titles over all pages of two."""
    found, cursor = [], None
    while True:
        page = who.client.get("tasks/", limit=2, **params, **({"cursor": cursor} if cursor else {})).json()
        found += [row["title"] for row in page["results"]]
        cursor = page["next"]
        if cursor is None:
            return found


def test_lists_are_put_in_order_by_fields_page_after_page(desk, priced):
    assert walked(desk.initiator, ordering="fields.sum") == ["Т1", "Т4", "Т5", "Т0", "Т3", "Т2"]
    assert walked(desk.initiator, ordering="-fields.sum") == ["Т3", "Т0", "Т5", "Т4", "Т1", "Т2"]
    assert walked(desk.initiator, ordering="fields.twice") == ["Т1", "Т4", "Т5", "Т0", "Т3", "Т2"]
    assert walked(desk.initiator, ordering="-fields.day") == ["Т5", "Т4", "Т3", "Т1", "Т0", "Т2"]
    assert walked(desk.initiator, ordering="fields.address") == ["Т0", "Т1", "Т3", "Т4", "Т5", "Т2"]


def test_lists_are_narrowed_by_fields(desk, priced, fill, deliver):
    who = desk.initiator
    assert listed(who, **{"fields.sum": "100", "ordering": "created_at"}) == ["Т1", "Т4"]
    assert listed(who, **{"fields.sum__gte": "200", "fields.sum__lt": "500", "ordering": "fields.sum"}) == ["Т5", "Т0"]
    assert listed(who, **{"fields.sum__isnull": "true"}) == ["Т2"]
    assert listed(who, **{"fields.twice__gt": "999"}) == ["Т3"]
    assert listed(who, **{"fields.day__lte": "2026-12-01"}) == ["Т0"]
    assert listed(who, **{"fields.address__startswith": "елкина, 3"}) == ["Т3"]
    assert listed(who, **{"fields.address": "ёлкина, 4"}) == []  # a comma separates values
    colours = who.client.get("fields/", kind=TASKS).json()["results"][2]["settings"]["options"]
    fill(who, priced, colour=[option["code"] for option in colours], keeper=desk.assignee.id)
    assert listed(who, **{"fields.colour": colours[1]["code"]}) == ["Т5"]
    assert listed(who, **{"fields.keeper": str(desk.assignee.id)}) == ["Т5"]
    fill(who, priced, sum=None, keeper=None)
    assert listed(who, **{"fields.sum__isnull": "true", "ordering": "created_at"}) == ["Т2", "Т5"]
    assert listed(who, **{"fields.twice__isnull": "true", "ordering": "created_at"}) == ["Т2", "Т5"]
    assert listed(who, **{"fields.keeper__isnull": "false"}) == []


def test_wrong_conditions_are_named(desk, priced):
    client = desk.initiator.client
    for name, value in {
        "fields.sum": "много", "fields.sum__like": "1", "fields.sum__number": "1", "fields.colour__gte": "x",
        "fields.sum__entity__title": "Т1", "fields.": "1", "fields.sum__gte__lt": "1", "fields.day": "завтра",
        "fields.keeper": "x", "fields.address__regex": "(a+)+$", "card_type__gte": "x",
    }.items():  # fmt: skip
        answer = client.get("tasks/", **{name: value})
        assert answer.status_code == 422, (name, answer.json())
        assert answer.json()["errors"][0]["pointer"] == f"/{name.replace('.', '/')}"
    for order in ("fields.colour", "fields.keeper", "fields.nothing", "fields.sum__entity", "--fields.sum"):
        assert client.get("tasks/", ordering=order).status_code == 422, order


def test_a_nul_is_refused_by_every_condition(desk, priced):
    fields = [f"fields.{code}" for code in ("sum", "twice", "colour", "day", "keeper", "address")]
    for name in ("card_type", "tag", "own_status", "in", *fields, "fields.address__startswith"):
        for text in ("\x00", "a\x00b"):
            answer = desk.initiator.client.get("tasks/", **{name: text})
            assert answer.status_code == 422, (name, answer.content)
            assert [error["pointer"] for error in answer.json()["errors"]] == [f"/{name.replace('.', '/')}"]


def test_cards_are_found_by_type(desk, deliver):
    desk.admin.client.post("card-types/", {"kind": TASKS, "title": "Дефект", "code": "defect"})
    desk.task(title="Обычная")
    desk.task(title="Течь", card_type="defect")
    assert listed(desk.initiator, card_type="defect") == ["Течь"]
    assert listed(desk.initiator, card_type="own") == ["Обычная"]
    assert listed(desk.initiator, card_type="own,defect", ordering="created_at") == ["Обычная", "Течь"]
    assert listed(desk.initiator, card_type="nothing") == []


def test_a_field_becomes_filterable_with_what_stands_there_already(desk, fill, deliver, company):
    amount = desk.define("Сумма", "money", code="sum")
    twice = desk.define("Удвоено", "formula", code="twice", settings={"formula": "[Сумма] * 2"})
    for number in range(3):
        fill(desk.initiator, desk.task(title=f"Т{number}"), sum=str(100 - number))
    assert desk.initiator.client.get("tasks/", ordering="fields.sum").status_code == 422
    for field in (amount, twice):
        assert not desk.alter(field, is_filterable=True).json()["is_ready"]
    assert desk.initiator.client.get("tasks/", ordering="fields.sum").status_code == 422
    deliver()
    assert listed(desk.initiator, ordering="fields.sum") == ["Т2", "Т1", "Т0"]
    assert desk.alter(twice, settings={"formula": "-[Сумма]"}).status_code == 200
    deliver()
    assert listed(desk.initiator, ordering="fields.twice") == ["Т0", "Т1", "Т2"]
    rows = desk.admin.client.get("custom-fields/", kind=TASKS).json()["results"]
    desk.alter(rows[1], is_filterable=False)
    desk.alter(rows[0], is_filterable=False)
    deliver()
    with company_scope(company):
        assert not FieldKey.objects.exists()
    assert desk.initiator.client.get("tasks/", ordering="fields.sum").status_code == 422


def test_people_are_listed_by_fields_too(desk, fill, deliver):
    desk.define("Размер", "number", code="size", kind=PEOPLE, is_filterable=True)
    for who, size in ((desk.initiator, 44), (desk.assignee, 52)):
        assert fill(desk.admin, f"employees/{who.id}/fields/", size=size).status_code == 200
    deliver()
    answer = desk.stranger.client.get("employees/", **{"fields.size__gte": "40", "ordering": "-fields.size"}).json()
    assert [row["id"] for row in answer["results"]] == [desk.assignee.id, desk.initiator.id]


def test_a_list_by_fields_costs_the_same_however_many_cards(desk, priced, statements):
    def cost():
        with statements() as seen:
            assert listed(desk.initiator, **{"fields.sum__gte": "1", "ordering": "-fields.sum"})
        return len(seen)

    cost()
    few = cost()
    for number in range(5):
        desk.initiator.client.patch(desk.task(title=f"Ещё {number}"), {"fields": {"sum": "5"}})
    assert cost() == few <= 14
