"""Statuses and plans on the card of a person: moved by its menu, and work about him that comes by itself."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from infra.launch.product import Product

from . import looks, steps
from .steps import PHONE
from .test_axe import faults
from .test_periodic import COMES_MS, choose, form, let_the_minute_come, save

PEOPLE = "organization.employee"


@pytest.fixture(scope="module")
def office(product: Product) -> steps.Office:
    """A company of its own: its statuses of people are all here."""
    return steps.open_office(product, "kadry")


def added(office: steps.Office, title: str, base: str, color: str) -> int:
    told = {"kind": PEOPLE, "title": title, "base": base, "color": color}
    return steps.said(office.owner.call("POST", "own-statuses/", told), 201)["id"]


def refine(office: steps.Office) -> None:
    """Refine both states of people; said again, nothing happens."""
    told = steps.said(office.owner.call("POST", "own-statuses/scheme/", {"kind": PEOPLE}), 201)
    if "Испытательный срок" not in [row["title"] for row in told["statuses"]]:
        added(office, "Испытательный срок", "works", "amber")
        added(office, "Доступ приостановлен", "blocked", "grey")


def card_of(office: steps.Office) -> str:
    return office.url(f"/settings/people/{steps.person_id(office.colleague)}")


@pytest.mark.journey
@pytest.mark.parametrize("width", [{}, PHONE], ids=["desktop", "phone"])
def test_a_person_is_moved_by_the_menu_of_his_card(
    office: steps.Office, person_at: Callable[..., Page], width: dict[str, Any]
) -> None:
    refine(office)
    name = "phone" if width else "desktop"
    page = person_at(office.owner, **width)
    page.goto(card_of(office))
    chip = page.get_by_test_id("card-status")
    expect(chip).to_contain_text("Работает")
    chip.click()
    looks.in_both_themes(page, f"people-status-menu-{name}")
    page.get_by_role("menuitem", name="Испытательный срок").click()
    expect(chip).to_contain_text("Испытательный срок")
    looks.in_both_themes(page, f"people-status-{name}")
    assert looks.sideways(page) == 0
    assert faults(page) == []
    # The list says it in the company's words.
    page.goto(office.url("/settings/people"))
    row = page.get_by_test_id("employee-row").filter(has_text=steps.COLLEAGUE_NAME)
    expect(row).to_be_visible()
    expect(row.get_by_text("Испытательный срок")).to_be_visible()
    looks.in_both_themes(page, f"people-list-statuses-{name}")
    assert looks.sideways(page) == 0
    assert faults(page) == []
    # And back, as the history knows it.
    page.goto(card_of(office))
    chip.click()
    page.get_by_role("menuitem", name="Работает").click()
    expect(chip).to_contain_text("Работает")


@pytest.mark.journey
def test_people_are_laid_out_by_statuses_that_are_set_up_for_them(
    office: steps.Office, person_at: Callable[..., Page]
) -> None:
    refine(office)
    page = person_at(office.owner)
    page.goto(office.url("/settings/fields"))
    page.get_by_role("radio", name="Сотрудник").click()
    page.get_by_role("radio", name="Статусы").click()
    row = page.get_by_test_id("status-row").filter(has_text="Испытательный срок")
    expect(row).to_be_visible()
    looks.in_both_themes(page, "people-statuses-settings")
    page.goto(office.url("/settings/people"))
    page.get_by_test_id("display-board").click()
    person = page.get_by_test_id("board-card").filter(has_text=steps.COLLEAGUE_NAME)
    person.get_by_role("link").focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_test_id("board-said")).to_contain_text("Столбец «Испытательный срок»")
    page.keyboard.press("Space")
    expect(page.get_by_test_id("board-said")).to_contain_text("теперь в столбце «Испытательный срок»")
    expect(person).to_contain_text("Испытательный срок")
    told = steps.said(office.owner.call("GET", f"employees/{steps.person_id(office.colleague)}/"))
    assert told["status_title"] == "Испытательный срок"
    looks.in_both_themes(page, "people-board")
    assert looks.sideways(page) == 0
    assert faults(page) == []


@pytest.mark.journey
def test_a_move_that_shuts_out_ends_what_the_person_does(product: Product, person_at: Callable[..., Page]) -> None:
    office = steps.open_office(product, "dostup")
    refine(office)
    page = person_at(office.owner)
    page.goto(card_of(office))
    chip = page.get_by_test_id("card-status")
    chip.click()
    page.get_by_role("menuitem", name="Доступ приостановлен").click()
    expect(chip).to_contain_text("Доступ приостановлен")
    assert office.colleague.call("GET", "me/")[0] == 401
    expect(page.get_by_role("button", name="Разблокировать")).to_be_visible()
    looks.in_both_themes(page, "people-status-shut")
    chip.click()
    page.get_by_role("menuitem", name="Работает").click()
    expect(chip).to_contain_text("Работает")
    expect(page.get_by_role("button", name="Заблокировать")).to_be_visible()


@pytest.mark.journey
@pytest.mark.parametrize("width", [{}, PHONE], ids=["desktop", "phone"])
def test_work_about_a_person_comes_by_itself(
    product: Product, person_at: Callable[..., Page], width: dict[str, Any]
) -> None:
    office = steps.open_office(product, "osmotr")
    name = "phone" if width else "desktop"
    page = person_at(office.owner, **width)
    page.goto(card_of(office))
    page.get_by_test_id("plan-set").click()
    form(page).get_by_test_id("plan-save").click()
    expect(form(page).get_by_text("Напишите, что делать.")).to_be_visible()
    form(page).get_by_test_id("plan-work").fill("Медосмотр")
    form(page).get_by_test_id("plan-due-in").fill("14")
    choose(page, "minutes")
    for field, text in (("interval", "1"), ("opens", "00:00"), ("closes", "23:59"), ("most", "1")):
        form(page).get_by_test_id(f"plan-{field}").fill(text)
    form(page).get_by_test_id("plan-day-off").select_option("keep")
    form(page).get_by_test_id("plan-work").scroll_into_view_if_needed()
    looks.in_both_themes(page, f"people-plan-form-{name}")
    assert looks.sideways(page) == 0
    assert faults(page) == []
    save(page)
    expect(page.get_by_test_id("plan-work-now")).to_have_text("Медосмотр")
    page.get_by_test_id("recurrence").scroll_into_view_if_needed()
    looks.in_both_themes(page, f"people-plan-{name}")
    let_the_minute_come(office)
    page.goto(card_of(office))
    line = page.get_by_test_id("occurrence").first
    expect(line).to_be_visible(timeout=COMES_MS)
    line.scroll_into_view_if_needed()
    looks.in_both_themes(page, f"people-plan-came-{name}")
    assert looks.sideways(page) == 0
    line.get_by_role("link").click()
    expect(page.get_by_test_id("card-title")).to_have_value(f"Медосмотр: {steps.COLLEAGUE_SHORT}")
