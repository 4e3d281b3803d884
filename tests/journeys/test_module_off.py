"""A module switched off in the settings: everybody loses it at once, and nothing of it is lost."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from infra.launch.product import Product

from . import steps

TITLE = "Заказать кабель"


@pytest.mark.journey
@pytest.mark.row("PL-03")
def test_a_module_goes_and_comes_back_under_an_open_page(product: Product, person_at: Callable[..., Page]) -> None:
    office = steps.open_office(product, "vykl")
    task = office.task(TITLE)
    owner, colleague, witness = (person_at(who) for who in (office.owner, office.colleague, office.colleague))
    himself = steps.person_id(office.colleague)
    steps.said(office.owner.call("POST", f"employees/{himself}/links/", {"ref": task["ref"]}), 201)
    colleague.goto(office.url("/tasks"))
    expect(steps.row(colleague, TITLE)).to_be_visible()
    witness.goto(office.url(f"/people/{himself}"))
    expect(witness.get_by_test_id("link-chip")).to_contain_text(TITLE)
    owner.goto(office.url("/settings/modules"))
    number = task["number"].partition("-")[2]
    steps.wait_until(lambda: found(office, number) == [task["ref"]])
    searcher = person_at(office.colleague)
    searcher.goto(office.url("/search?q=кабель"))
    expect(searcher.get_by_test_id("search-hit")).to_contain_text(TITLE)

    switch(owner, on=False)
    expect(colleague.get_by_test_id("rail-tasks")).to_have_count(0, timeout=steps.LIVE_MS)
    expect(owner.get_by_test_id("rail-tasks")).to_have_count(0, timeout=steps.LIVE_MS)
    expect(steps.row(colleague, TITLE)).to_have_count(0, timeout=steps.LIVE_MS)
    expect(colleague.get_by_role("main")).to_contain_text("выключ")
    # A card of another kind that was tied to it says nothing of it any more.
    expect(witness.get_by_test_id("link-chip")).to_have_count(0, timeout=steps.LIVE_MS)
    # A search says nothing of it at once, neither on the page that is open nor when it is asked anew.
    expect(searcher.get_by_test_id("search-hit")).to_have_count(0, timeout=steps.LIVE_MS)
    assert found(office, number) == []
    steps.said(office.colleague.call("GET", f"tasks/{task['id']}/"), 404)
    colleague.goto(office.url(f"/tasks/{task['id']}"))
    expect(colleague.get_by_role("main")).to_contain_text("выключ")
    expect(colleague.get_by_text(TITLE)).to_have_count(0)

    switch(owner, on=True)
    expect(colleague.get_by_test_id("rail-tasks")).to_be_visible(timeout=steps.LIVE_MS)
    expect(witness.get_by_test_id("link-chip")).to_contain_text(TITLE, timeout=steps.LIVE_MS)
    expect(searcher.get_by_test_id("search-hit")).to_contain_text(TITLE, timeout=steps.LIVE_MS)
    # The address was the card's all the while: it comes back over the list, and is closed to reach the menu.
    steps.expect_status(colleague, "new")
    colleague.get_by_test_id("card-close").click()
    steps.open_list(colleague)
    steps.row(colleague, TITLE).click()
    steps.expect_status(colleague, "new")


def found(office: steps.Office, text: str) -> list[str]:
    """Tasks that the colleague's search answers; people may have the same number."""
    answer = steps.said(office.colleague.call("GET", f"search/?q={text}"))
    return [hit["card"]["ref"] for hit in answer["results"] if hit["card"]["ref"].startswith("tasks.")]


def switch(page: Page, *, on: bool) -> None:
    """Press the toggle of tasks and wait until the settings say so."""
    toggle = page.get_by_test_id("module-toggle-tasks")
    expect(toggle).to_have_attribute("aria-checked", "false" if on else "true")
    toggle.click()
    if not on:
        page.get_by_test_id("module-off-sure").click()
    expect(steps.toast(page, "«Задачи» включён" if on else "«Задачи» выключен")).to_be_visible()
