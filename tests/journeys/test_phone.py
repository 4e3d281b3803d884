"""Everything a person needs, on a telephone held in one hand."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from . import steps
from .looks import picture

TITLE = "Сфотографировать щит после монтажа и прислать начальнику участка"
WORDS = "Снял с трёх сторон"
WIDTH, HEIGHT = 390, 844
_EXAMPLE_FITS = """field => {
  const style = getComputedStyle(field);
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  const room = field.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
  return pen.measureText(field.placeholder).width <= room;
}"""


@pytest.fixture
def phone(person_at: Callable[..., Page]) -> Page:
    return person_at(width=WIDTH, height=HEIGHT, is_mobile=True, has_touch=True)


@pytest.mark.journey
@pytest.mark.row("PL-10", "PL-08", "T-01")
def test_a_task_is_given_and_talked_over_on_a_telephone(office: steps.Office, phone: Page) -> None:
    phone.goto(office.url())
    steps.expect_no_sideways_scroll(phone, "sign-in")
    steps.sign_in(phone, office.owner_email, steps.OWNER_PASSWORD)
    expect_bar_at_the_foot(phone)
    steps.expect_no_sideways_scroll(phone, "home")

    phone.get_by_test_id("rail-tasks").tap()
    phone.get_by_test_id("tab-given").tap()
    phone.get_by_test_id("create-task").tap()
    phone.get_by_test_id("composer-title").fill(TITLE)
    phone.get_by_test_id("composer-assignee").fill("Пет")
    phone.get_by_role("option", name=steps.COLLEAGUE_NAME).tap()
    phone.get_by_test_id("composer-due").fill("пт")
    steps.expect_no_sideways_scroll(phone, "composer")
    phone.get_by_test_id("composer-submit").tap()
    expect(steps.row(phone, TITLE)).to_be_visible()
    steps.expect_no_sideways_scroll(phone, "list")

    steps.row(phone, TITLE).tap()
    expect(phone.get_by_test_id("card-title")).to_have_value(TITLE)
    expect_full_screen(phone)
    steps.expect_no_sideways_scroll(phone, "card")
    steps.show_stream(phone)
    phone.get_by_test_id("comment-box").fill(WORDS)
    phone.get_by_test_id("comment-send").tap()
    expect(steps.comment(phone, WORDS)).to_be_visible()
    steps.expect_no_sideways_scroll(phone, "stream")
    phone.get_by_test_id("card-close").tap()
    expect(steps.card(phone)).to_have_count(0)


@pytest.mark.journey
def test_nothing_is_cut_and_no_empty_bar_stays(office: steps.Office, person_at: Callable[..., Page]) -> None:
    task = office.task("Закрыть на телефоне")
    steps.said(office.owner.call("POST", f"tasks/{task['id']}/do/cancel/", {"text": "Не нужно"}))
    pocket = person_at(office.colleague, width=WIDTH, height=HEIGHT, is_mobile=True, has_touch=True)
    steps.visit_card(pocket, office, task)
    steps.expect_status(pocket, "cancelled")
    bar = pocket.locator(".actbtns")
    expect(bar.locator("button")).to_have_count(0)
    expect(bar).to_be_hidden()
    picture(pocket, "phone-ended-card")

    pocket.goto(office.url("/settings/notifications"))
    quiet = pocket.get_by_test_id("quiet")
    quiet.scroll_into_view_if_needed()
    if quiet.get_attribute("aria-checked") == "false":
        quiet.tap()
    clocks = pocket.locator(".wishes-clock")
    expect(clocks).to_have_count(2)
    for clock in clocks.all():
        assert clock.evaluate("one => one.scrollWidth <= one.clientWidth")
    picture(pocket, "phone-quiet-hours")


@pytest.mark.journey
def test_what_the_due_field_shows_as_an_example_fits(office: steps.Office, person_at: Callable[..., Page]) -> None:
    page = person_at(office.owner, width=1440, height=900)
    page.goto(office.url("/tasks"))
    page.get_by_test_id("create-task").click()
    due = page.get_by_test_id("composer-due")
    expect(due).to_be_visible()
    picture(page, "composer-due")
    assert due.evaluate(_EXAMPLE_FITS)


def expect_bar_at_the_foot(page: Page) -> None:
    """The five places of the bar are all inside the screen, at its lower edge, and big enough for a thumb."""
    bar = page.get_by_role("navigation", name="Разделы")
    box = bar.bounding_box()
    assert box and box["y"] + box["height"] == HEIGHT and box["width"] == WIDTH, box
    places = bar.locator("a, button").all()
    assert len(places) == 5
    for place in places:
        inside = place.bounding_box()
        assert inside and inside["width"] >= 44 and inside["height"] >= 44, inside


def expect_full_screen(page: Page) -> None:
    box = steps.card(page).bounding_box()
    assert box and (box["x"], box["width"]) == (0, WIDTH) and box["height"] >= HEIGHT - 80, box
