"""The administrator decides how the company works; whoever works notices at once."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from core.organization.workdays import is_workday
from infra.launch.product import Product

from . import steps
from .looks import picture
from .steps import PHONE


def next_workday() -> date:
    day = datetime.now(ZoneInfo("Europe/Moscow")).date() + timedelta(days=1)
    while not is_workday(day):
        day += timedelta(days=1)
    return day


@pytest.mark.journey
def test_a_report_is_demanded_and_a_due_moment_given(product: Product, person_at: Callable[..., Page]) -> None:
    office = steps.open_office(product, "poryadok")
    task = office.task("Сдать отчёт", assignee=steps.person_id(office.colleague))
    worker = person_at(office.colleague, **PHONE)
    steps.said(office.colleague.call("POST", f"tasks/{task['id']}/do/start/"))
    steps.visit_card(worker, office, task)
    expect(worker.get_by_test_id("card-action-submit")).to_be_visible()

    page = person_at(office.owner)
    page.goto(office.url("/settings/options"))
    page.get_by_test_id("options-find").fill("отчет")
    expect(page.get_by_test_id("row-tasks.due_days")).to_be_hidden()
    page.get_by_test_id("option-tasks.report_required").press("Space")
    page.get_by_test_id("options-find").fill("")
    days = page.get_by_test_id("option-tasks.due_days")
    days.fill("1")
    picture(page, "options")
    days.press("Enter")
    expect(steps.toast(page, "Параметры сохранены")).to_be_visible()
    page.get_by_test_id("rail-tasks").click()
    page.keyboard.press("c")
    expect(page.get_by_test_id("composer-due")).to_have_value(re.compile(rf"^{next_workday():%d\.%m\.%Y} "))
    picture(page, "options-composer")

    worker.get_by_test_id("card-action-submit").click()
    expect(worker.get_by_role("dialog", name="Сдать на проверку")).to_contain_text("Напишите отчёт: что сделано")
    picture(worker, "options-report-phone")
    worker.get_by_test_id("reason-text").fill("Отчёт в файлах")
    worker.get_by_test_id("reason-submit").click()
    steps.expect_status(worker, "in_review")
