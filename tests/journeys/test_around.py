"""Who is around a card and what he hears of it, what was before, and what is kept private: at a desk and on a phone."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from infra.launch.product import Product

from . import steps

BOTH = pytest.mark.parametrize("width", [pytest.param({}, id="desk"), pytest.param(steps.PHONE, id="phone")])


@pytest.fixture(scope="module")
def office(product: Product) -> steps.Office:
    return steps.open_office(product, "vokrug")


def unread(page: Page, office: steps.Office, text: str) -> None:
    page.goto(office.url("/notices"))
    expect(page.get_by_test_id("notice").filter(has_text=text).first).to_be_visible()


@pytest.mark.journey
@pytest.mark.row("T-19", "T-22")
@BOTH
def test_who_looks_on_is_named_hears_and_mutes(
    office: steps.Office, person_at: Callable[..., Page], width: dict[str, Any]
) -> None:
    title = f"Принять стенд {'с телефона' if width else 'за столом'}"
    task = office.task(title, assignee=steps.person_id(office.owner))
    page = person_at(office.owner, **width)
    steps.visit_card(page, office, task)
    page.get_by_test_id("card-watchers").click()
    page.get_by_test_id("card-watchers-find").fill("Петров")
    page.get_by_test_id(f"person-{steps.person_id(office.colleague)}").click()
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("card-watchers")).to_contain_text(steps.COLLEAGUE_SHORT)
    worker = person_at(office.colleague, **width)
    unread(worker, office, title)
    steps.visit_card(worker, office, task)
    worker.get_by_test_id("mute").click()
    expect(worker.get_by_test_id("mute")).to_have_attribute("aria-pressed", "true")


@pytest.mark.journey
@BOTH
def test_a_changed_title_is_put_back_from_the_history(
    office: steps.Office, person_at: Callable[..., Page], width: dict[str, Any]
) -> None:
    task = office.task("Настроить котёл")
    steps.said(office.owner.call("PATCH", f"tasks/{task['id']}/", {"title": "Настроить бойлер"}))
    page = person_at(office.owner, **width)
    steps.visit_card(page, office, task | {"title": "Настроить бойлер"})
    steps.show_stream(page)
    steps.stream_tab(page, "История")
    page.get_by_test_id("history-restore").first.click()
    page.get_by_role("menuitem").first.click()
    steps.wait_until(lambda: steps.said(office.owner.call("GET", f"tasks/{task['id']}/"))["title"] == "Настроить котёл")


@pytest.mark.journey
@pytest.mark.row("TG-05")
@BOTH
def test_quiet_hours_and_a_digest_are_chosen(
    office: steps.Office, person_at: Callable[..., Page], width: dict[str, Any]
) -> None:
    page = person_at(office.colleague, **width)
    page.goto(office.url("/settings/notifications"))
    quiet = page.get_by_test_id("quiet")
    was_on = quiet.get_attribute("aria-checked") == "true"
    quiet.click()
    expect(quiet).to_have_attribute("aria-checked", "false" if was_on else "true")
    steps.wait_until(
        lambda: (steps.said(office.colleague.call("GET", "notices/settings/"))["quiet"] is not None) != was_on
    )


@pytest.mark.journey
@pytest.mark.row("T-04")
@pytest.mark.parametrize(("zone", "shown"), [("Asia/Vladivostok", "20:00"), ("Europe/Kaliningrad", "12:00")])
def test_a_due_moment_is_shown_by_the_readers_own_clock(
    office: steps.Office, person_at: Callable[..., Page], zone: str, shown: str
) -> None:
    task = office.task("Позвонить в филиал", due_at="2031-01-15T10:00:00Z")
    page = person_at(office.colleague, timezone_id=zone)
    steps.visit_card(page, office, task)
    expect(page.get_by_test_id("card-due")).to_contain_text(shown)
