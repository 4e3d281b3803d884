"""«Мой день»: what the row with the focus offers is done by one key, and taken back while it can be."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from infra.launch.product import Product, Session

from . import steps


def row(page: Page, title: str):
    return page.get_by_test_id("home-row").filter(has_text=title)


def status_of(session: Session, task: dict) -> str:
    return steps.said(session.call("GET", f"tasks/{task['id']}/"))["status"]


def focus(page: Page, title: str) -> None:
    """Walk down with J until the row has the focus."""
    expect(row(page, title)).to_be_visible()
    for _ in range(12):
        page.keyboard.press("j")
        if row(page, title).locator("a:focus").count():
            return
    raise AssertionError(f"J never came to {title}")


@pytest.mark.journey
@pytest.mark.row("T-19", "T-21")
def test_a_day_is_done_by_single_keys(product: Product, person_at: Callable[..., Page]) -> None:
    office = steps.open_office(product, "den")
    first, second = office.task("Первое дело"), office.task("Второе дело")
    colleague = person_at(office.colleague)
    colleague.goto(office.url())
    expect(row(colleague, "Первое дело")).to_be_visible()
    focus(colleague, "Первое дело")
    colleague.keyboard.press("s")
    expect(steps.toast(colleague, "в работе")).to_be_visible()
    steps.wait_until(lambda: status_of(office.colleague, first) == "in_work")
    focus(colleague, "Второе дело")
    colleague.keyboard.press("a")
    steps.wait_until(lambda: status_of(office.colleague, second) == "accepted")
    assert steps.said(office.colleague.call("POST", f"tasks/{first['id']}/do/submit/"))["status"] == "in_review"

    owner = person_at(office.owner)
    owner.goto(office.url())
    focus(owner, "Первое дело")
    owner.keyboard.press("f")
    expect(row(owner, "Первое дело")).to_be_hidden()
    steps.toast(owner, "закрыта").get_by_role("button", name="Вернуть").click()
    expect(row(owner, "Первое дело")).to_be_visible()
    assert status_of(office.owner, first) == "in_review"

    focus(owner, "Первое дело")
    owner.keyboard.press("r")
    owner.get_by_test_id("reason-text").fill("Не хватает печати")
    owner.get_by_test_id("reason-submit").click()
    expect(row(owner, "Первое дело")).to_be_hidden()
    assert status_of(office.owner, first) == "returned"
    steps.said(office.colleague.call("POST", f"tasks/{first['id']}/do/submit/"))

    focus(owner, "Первое дело")
    owner.keyboard.press("f")
    expect(row(owner, "Первое дело")).to_be_hidden()
    owner.get_by_test_id("rail-tasks").click()
    steps.wait_until(lambda: status_of(office.owner, first) == "closed")
