"""Fields of the company's own: set up by the administrator, filled on a card, computed, hidden from a role."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from . import steps
from .looks import picture
from .steps import PHONE


def add_field(page: Page, title: str, of_type: str, **more: str) -> None:
    page.get_by_test_id("field-add").click()
    page.get_by_test_id("field-title").fill(title)
    page.get_by_test_id("field-type").select_option(of_type)
    if formula := more.get("formula"):
        page.get_by_test_id("field-formula").fill(formula)
        expect(page.get_by_test_id("formula-result")).to_contain_text("число")
    if more.get("group"):
        page.get_by_test_id("field-group").fill(more["group"])
    if more.get("filterable"):
        steps.tick(page.get_by_test_id("field-filterable"))
    if level := more.get("employee"):
        page.get_by_test_id("right-employee").select_option(level)
    picture(page, f"field-{of_type}")
    page.get_by_test_id("field-save").click()
    expect(page.get_by_test_id("field-title")).to_have_count(0)
    expect(page.get_by_role("button", name=f"Изменить «{title}»")).to_be_visible()


def shown(office: steps.Office, session, task: dict) -> dict:
    rows = steps.said(session.call("GET", f"tasks/{task['id']}/fields/"))["results"]
    return {row["title"]: row["value"] for row in rows}


@pytest.mark.journey
def test_fields_are_set_up_filled_computed_and_kept_from_a_role(
    office: steps.Office, person_at: Callable[..., Page]
) -> None:
    first, second = (office.task(title) for title in ("Окраска фасада", "Ремонт кровли"))
    owner = person_at(office.owner)
    owner.goto(office.url("/settings/fields"))
    owner.get_by_role("radio", name="Задача").click()
    add_field(owner, "Сумма", "money", group="Деньги", filterable="yes")
    add_field(owner, "Ставка", "number", group="Деньги")
    add_field(owner, "Итого", "formula", formula="[Сумма] * (1 + [Ставка]%)", group="Деньги", filterable="yes")
    add_field(owner, "Себестоимость", "money", employee="hidden")
    picture(owner, "settings")

    owner.get_by_role("button", name="Изменить «Итого»").click()
    owner.get_by_test_id("field-formula").fill("[Сумма] * [Ставк]")
    expect(owner.get_by_text("Поля «Ставк» нет")).to_be_visible()
    picture(owner, "formula-wrong")
    owner.keyboard.press("Escape")

    steps.visit_card(owner, office, first)
    sections = owner.get_by_role("region", name="Поля")
    for code, typed in {"Сумма": "1500,5", "Ставка": "20", "Себестоимость": "900"}.items():
        box = sections.get_by_label(code, exact=True)
        box.fill(typed)
        box.press("Enter")
    expect(sections.get_by_text("1\u00a0800,6")).to_be_visible()
    picture(owner, "card")
    steps.wait_until(lambda: shown(office, office.owner, first).get("Себестоимость") == "900.00")

    listed = steps.said(office.owner.call("GET", "fields/?kind=tasks.task"))["results"]
    code = next(one["code"] for one in listed if one["title"] == "Итого")
    amount = next(one["code"] for one in listed if one["title"] == "Сумма")
    body = {"fields": {amount: "10"}}
    steps.said(office.owner.call("PATCH", f"tasks/{second['id']}/fields/", body))
    rate = next(one["code"] for one in listed if one["title"] == "Ставка")
    steps.said(office.owner.call("PATCH", f"tasks/{second['id']}/fields/", {"fields": {rate: "0"}}))
    steps.wait_until(lambda: office.owner.call("GET", f"tasks/?ordering=fields.{code}")[0] == 200)
    rows = steps.said(office.owner.call("GET", f"tasks/?ordering=-fields.{code}&limit=2"))["results"]
    assert [row["id"] for row in rows] == [first["id"], second["id"]]

    phone = person_at(office.colleague, **PHONE)
    steps.visit_card(phone, office, first)
    section = phone.get_by_role("region", name="Поля")
    expect(section.get_by_text("1\u00a0800,6")).to_be_visible()
    expect(section.get_by_text("Себестоимость")).to_have_count(0)
    section.scroll_into_view_if_needed()
    picture(phone, "phone")
    assert "Себестоимость" not in shown(office, office.colleague, first)
    box = section.get_by_label("Сумма", exact=True)
    box.fill("много")
    box.blur()
    expect(section.get_by_text("Напишите число")).to_be_visible()
    box.fill("2000")
    box.press("Enter")
    expect(owner.get_by_role("region", name="Поля").get_by_text("2\u00a0400", exact=True)).to_be_visible()

    dark = person_at(office.owner, **PHONE, color_scheme="dark")
    dark.goto(office.url("/settings/fields"))
    dark.get_by_role("radio", name="Задача").click()
    picture(dark, "settings-phone-dark")
    dark.get_by_role("button", name="Изменить «Итого»").click()
    expect(dark.get_by_test_id("formula-result")).to_contain_text("на карточке")
    picture(dark, "formula-phone-dark")
    dark.get_by_test_id("field-save").click()
    expect(dark.get_by_test_id("field-save")).to_have_count(0)
    dark.goto(office.url("/settings/tags"))
    picture(dark, "tags-settings-phone-dark")


@pytest.mark.journey
def test_a_button_asks_for_the_field_that_its_status_requires(
    office: steps.Office, person_at: Callable[..., Page]
) -> None:
    given = {
        "kind": "tasks.task", "title": "Номер договора", "type": "text", "code": "contract",
        "required_at": ["accepted"],
    }  # fmt: skip
    field = steps.said(office.owner.call("POST", "custom-fields/", given), 201)
    kind = {"kind": "tasks.task", "title": "Заявка", "code": "request"}
    steps.said(office.owner.call("POST", "card-types/", kind), 201)
    task = office.task("Заключить договор")
    page = person_at(office.colleague)
    steps.visit_card(page, office, task)
    page.get_by_test_id("card-action-accept").click()
    expect(page.get_by_test_id("field-error-contract")).to_contain_text("Заполните")
    picture(page, "required")
    box = page.get_by_role("region", name="Поля").get_by_label("Номер договора", exact=True)
    box.fill("15/26")
    box.press("Enter")
    expect(page.get_by_test_id("field-error-contract")).to_have_count(0)
    page.get_by_test_id("card-action-accept").click()
    expect(page.get_by_test_id("card-status")).to_have_attribute("data-status", "accepted")
    page.get_by_test_id("card-type").select_option("request")
    expect(page.get_by_test_id("card-type")).to_have_value("request")
    # Other journeys of this company press the same button.
    steps.said(office.owner.call("PATCH", f"custom-fields/{field['id']}/", {"is_archived": True}))
