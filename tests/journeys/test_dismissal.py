"""An employee is dismissed by the wizard: what he held goes to another, and what could not is told."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from infra.launch.product import Product

from . import looks, steps
from .steps import PHONE


def _wizard(page: Page, office: steps.Office, employee: int) -> None:
    page.goto(office.url(f"/settings/people/{employee}"))
    page.get_by_test_id("employee-dismiss").click()
    expect(page.get_by_test_id("dismiss-held")).to_be_visible()


def _name(page: Page, heir: int, name: str, field: str = "dismiss-heir") -> None:
    page.get_by_test_id(field).click()
    page.keyboard.type(name)
    page.get_by_test_id(f"person-{heir}").click()


@pytest.mark.journey
def test_dismissed_his_work_goes_on_with_another(product: Product, person_at: Callable[..., Page]) -> None:
    office = steps.open_office(product, "uhod")
    other = product.colleague(office.slug, office.token, f"kotov@{office.slug}.example", "Котов Кирилл Львович")
    leaver, heir, owner = (steps.person_id(one) for one in (office.colleague, other, office.owner))
    tasks = [office.task(f"Смена {number}") for number in range(25)]
    given = steps.said(office.colleague.call("POST", "tasks/", {"title": "Смета", "assignee": owner}), 201)
    body = {"title": "Личное", "assignee": leaver, "is_private": True}
    steps.said(office.owner.call("POST", "tasks/", body), 201)

    page = person_at(office.owner)
    _wizard(page, office, leaver)
    expect(page.get_by_test_id("dismiss-held")).to_contain_text("26")
    looks.picture(page, "dismissal-held")
    page.get_by_test_id("dismiss-next").click()
    _name(page, heir, "Котов")
    page.get_by_test_id("dismiss-apart").click()
    _name(page, owner, "Крылова", "dismiss-heir-tasks.given")
    looks.picture(page, "dismissal-whom")
    page.get_by_test_id("dismiss-next").click()
    expect(page.get_by_test_id("dismiss-summary")).to_contain_text("Котов К. Л.")
    looks.picture(page, "dismissal-summary")
    page.get_by_test_id("dismiss-confirm").click()
    expect(page.get_by_test_id("dismiss-outcome")).to_contain_text("Личная карточка")
    looks.picture(page, "dismissal-outcome")
    assert looks.nameless(page) == looks.pale(page) == []
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("dismiss-note")).to_contain_text("Осталось у него: 1")

    assert office.colleague.call("GET", "me/")[0] == 401
    for task in tasks:
        assert steps.said(office.owner.call("GET", f"tasks/{task['id']}/"))["assignee"]["id"] == heir
    assert steps.said(office.owner.call("GET", f"tasks/{given['id']}/"))["initiator"]["id"] == owner


@pytest.mark.journey
def test_planned_on_a_telephone_and_called_off(product: Product, person_at: Callable[..., Page]) -> None:
    office = steps.open_office(product, "plan")
    leaver, owner = (steps.person_id(one) for one in (office.colleague, office.owner))
    office.task("Отчёт")
    page = person_at(office.owner, **PHONE, color_scheme="dark")
    _wizard(page, office, leaver)
    assert looks.sideways(page) == 0
    page.get_by_test_id("dismiss-next").click()
    _name(page, owner, "Крылова")
    looks.picture(page, "dismissal-phone-whom")
    page.get_by_test_id("dismiss-next").click()
    day = date.today() + timedelta(days=10)
    page.get_by_test_id("dismiss-day").fill(f"{day:%d.%m.%Y}")
    looks.picture(page, "dismissal-phone-summary")
    assert looks.sideways(page) == 0
    page.get_by_test_id("dismiss-confirm").click()
    expect(page.get_by_test_id("dismiss-confirm")).to_be_hidden()
    expect(page.get_by_test_id("dismiss-note")).to_contain_text(f"{day:%d.%m.%Y}")
    looks.picture(page, "dismissal-phone-note")
    assert looks.sideways(page) == 0
    assert office.colleague.call("GET", "me/")[0] == 200, "until then he works"
    page.get_by_test_id("dismiss-call-off").click()
    expect(page.get_by_test_id("dismiss-note")).to_be_hidden()
