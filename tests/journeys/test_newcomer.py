"""What somebody meets who types fast and opens a card again: the right person, and what stands now."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from infra.launch.product import Product

from . import steps

WORDS = "Пока карточка была закрыта"


@pytest.fixture(scope="module")
def office(product: Product) -> steps.Office:
    """A company of its own: what is counted and found here is what was made here."""
    return steps.open_office(product, "bystro")


@pytest.mark.journey
@pytest.mark.parametrize("delay", [0, 40, 120])
def test_enter_takes_who_answers_to_the_letters(
    office: steps.Office, person_at: Callable[..., Page], delay: int
) -> None:
    owner, title = person_at(office.owner), f"Быстрая рука {delay}"
    owner.goto(office.url("/"))
    expect(steps.heading(owner, "Мой день")).to_be_visible()
    owner.keyboard.press("c")
    owner.get_by_test_id("composer-title").fill(title)
    # The looks have come with it, though no list has been opened yet.
    assert owner.locator(".composer-two").evaluate("(box) => getComputedStyle(box).display") == "grid"
    owner.get_by_test_id("composer-assignee").click()
    expect(owner.get_by_role("option").first).to_be_visible()
    owner.keyboard.type("Пет", delay=delay)
    owner.keyboard.press("Enter")
    expect(owner.get_by_test_id("composer-assignee")).to_have_value(steps.COLLEAGUE_NAME)
    owner.get_by_test_id("composer-submit").click()
    colleague = person_at(office.colleague)
    colleague.goto(office.url("/tasks"))
    expect(steps.row(colleague, title)).to_be_visible()


@pytest.mark.journey
def test_a_card_opened_again_shows_what_has_happened_meanwhile(
    office: steps.Office, person_at: Callable[..., Page]
) -> None:
    task = office.task("Открыть и закрыть")
    owner = person_at(office.owner)
    steps.visit_card(owner, office, task)
    expect(owner.get_by_test_id("comment-box")).to_be_visible()
    owner.get_by_test_id("card-close").click()
    expect(owner.get_by_test_id("card")).to_have_count(0)
    steps.said(office.colleague.call("POST", f"tasks/{task['id']}/comments/", {"text": WORDS}), 201)
    # Away from every list too: nothing on the screen hears of it.
    owner.get_by_test_id("rail-settings").click()
    points = {"points": [{"text": "Новый пункт"}]}
    steps.said(office.colleague.call("POST", f"tasks/{task['id']}/checklist/", points), 201)
    owner.go_back()
    owner.go_back()
    expect(owner.get_by_test_id("comment").filter(has_text=WORDS)).to_be_visible(timeout=steps.LIVE_MS)
    expect(owner.get_by_test_id("checklist-progress")).to_have_text("0/1", timeout=steps.LIVE_MS)
