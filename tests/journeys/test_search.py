"""Ctrl+K and the page of all that is found: by keyboard, in the wrong layout, on a telephone."""

import re
from collections.abc import Callable
from urllib.parse import quote

import pytest
from playwright.sync_api import Locator, Page, expect

from infra.launch.product import Product

from . import steps

TITLE = "Согласовать чертёж фланца"
WORDS = "Чертёж лежит у Водоканала"


@pytest.fixture(scope="module")
def office(product: Product) -> steps.Office:
    """A company of its own: what is counted and found here is what was made here."""
    return steps.open_office(product, "poisk")


@pytest.fixture
def given(office: steps.Office) -> dict:
    """A task with a comment, as it can be found already."""
    task = office.task(TITLE)
    steps.said(office.owner.call("POST", f"tasks/{task['id']}/comments/", {"text": WORDS}), 201)
    steps.wait_until(lambda: task["ref"] in refs(office, "водоканал"))
    return task


def refs(office: steps.Office, text: str) -> list[str]:
    answer = steps.said(office.owner.call("GET", f"search/?q={quote(text)}"))
    return [hit["card"]["ref"] for hit in answer["results"]]


def palette(page: Page) -> Locator:
    return page.get_by_test_id("palette-input")


def open_palette(page: Page, office: steps.Office) -> None:
    page.goto(office.url())
    expect(steps.heading(page, "Мой день")).to_be_visible()
    page.keyboard.press("Control+k")
    expect(palette(page)).to_be_focused()


@pytest.mark.journey
@pytest.mark.row("PL-10")
def test_a_card_is_found_and_opened_by_keyboard(office: steps.Office, given: dict, person_at: Callable[..., Page]):
    page = person_at(office.owner)
    open_palette(page, office)
    page.keyboard.type(given["number"])
    expect(page.get_by_test_id("palette-hit").first).to_contain_text(given["number"])
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("card-title")).to_have_value(TITLE)
    page.get_by_test_id("card-close").click()

    # Another form of the word, e for ё, met in a comment.
    page.keyboard.press("Control+k")
    page.keyboard.type("чертежа водоканалу")
    hit = page.get_by_test_id("palette-hit").filter(has_text=TITLE).first
    expect(hit).to_contain_text("В комментарии")
    expect(hit.locator("mark").filter(has_text="Водоканала")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(palette(page)).to_have_count(0)

    # What has been opened is at hand, and another tab is one key away.
    page.keyboard.press("Control+k")
    expect(page.get_by_role("group", name="Недавние").get_by_role("option", name=TITLE).first).to_be_visible()
    page.keyboard.type("ctukfcjdfnm xthnt;")
    expect(page.get_by_text("Карточек не нашли")).to_be_visible()
    palette(page).fill("xthnt; akfywf")
    expect(page.get_by_text("Показано по запросу «чертеж фланца»")).to_be_visible()
    expect(page.get_by_test_id("palette-hit").first).to_contain_text(TITLE)
    with page.context.expect_page() as beside:
        page.keyboard.press("Control+Enter")
    expect(beside.value.get_by_test_id("card-title")).to_have_value(re.compile("фланца"))
    expect(palette(page)).to_be_focused()


@pytest.mark.journey
@pytest.mark.row("PL-10")
def test_commands_are_run_from_the_palette(office: steps.Office, person_at: Callable[..., Page]):
    page = person_at(office.owner)
    open_palette(page, office)
    page.keyboard.type("тёмная")
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.keyboard.press("Control+k")
    page.keyboard.type("cjplfnm")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("composer-title")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    page.keyboard.type("роли")
    page.keyboard.press("Enter")
    page.wait_for_url("**/settings/roles")


@pytest.mark.journey
@pytest.mark.row("PL-10")
def test_the_page_of_results_narrows_and_keeps_its_address(
    office: steps.Office, given: dict, person_at: Callable[..., Page]
):
    page = person_at(office.owner)
    open_palette(page, office)
    page.keyboard.type("петров")
    page.get_by_role("option", name="Все результаты: «петров»").click()
    page.wait_for_url("**/search?q=*")
    hits = page.get_by_test_id("search-hit")
    expect(hits.filter(has_text=steps.COLLEAGUE_NAME)).to_have_count(1)
    page.get_by_test_id("search-kind-tasks.task").click()
    expect(page.get_by_text("Здесь ничего не нашли")).to_be_visible()
    page.get_by_test_id("search-input").fill("фланцы")
    expect(hits.first).to_contain_text(TITLE)
    page.reload()
    expect(page.get_by_test_id("search-input")).to_have_value("фланцы")
    hits.first.click()
    expect(page.get_by_test_id("card-title")).to_have_value(TITLE)
    page.go_back()
    expect(page.get_by_test_id("search-input")).to_have_value("фланцы")
    page.get_by_role("button", name="Очистить").click()
    expect(steps.heading(page, "Найдите любую карточку")).to_be_visible()


@pytest.mark.journey
@pytest.mark.row("PL-10")
def test_search_fills_a_telephone(office: steps.Office, given: dict, person_at: Callable[..., Page]):
    phone = person_at(office.owner, width=390, height=844, is_mobile=True, has_touch=True)
    phone.goto(office.url())
    phone.get_by_role("button", name="Найти").tap()
    palette(phone).fill("фланц")
    expect(phone.get_by_test_id("palette-hit").first).to_contain_text(TITLE)
    box = phone.get_by_role("dialog").bounding_box()
    assert box and (box["width"], box["height"]) == (390, 844)
    steps.expect_no_sideways_scroll(phone, "palette")
    phone.get_by_role("option", name="Все результаты").tap()
    expect(phone.get_by_test_id("search-hit").first).to_contain_text(TITLE)
    steps.expect_no_sideways_scroll(phone, "search")
    phone.get_by_test_id("search-hit").first.tap()
    expect(phone.get_by_test_id("card-title")).to_have_value(TITLE)
