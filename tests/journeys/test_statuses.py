"""Statuses of the company's own: set up by an administrator, used on a card and on a board."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from infra.launch.product import Product

from . import steps
from .test_board import card_in, drag


@pytest.fixture(scope="module")
def office(product: Product) -> steps.Office:
    """A company of its own: its statuses are all here."""
    return steps.open_office(product, "statusy")


def title_of(office: steps.Office, task: dict) -> str:
    return steps.said(office.owner.call("GET", f"tasks/{task['id']}/"))["status_title"]


@pytest.mark.journey
def test_statuses_are_set_up_and_cards_move_as_they_allow(office: steps.Office, person_at: Callable[..., Page]) -> None:
    task = office.task("Собрать узел")
    steps.said(office.colleague.call("POST", f"tasks/{task['id']}/do/start/", {}))
    owner, worker = person_at(office.owner), person_at(office.colleague)
    owner.goto(office.url("/settings/fields"))
    owner.get_by_role("radio", name="Статусы").click()
    owner.get_by_test_id("statuses-begin").click()
    for title, color in (("Ждём материал", "amber"), ("Собираем", "violet")):
        owner.get_by_test_id("status-add").click()
        owner.get_by_test_id("status-title").fill(title)
        owner.get_by_test_id("status-color").select_option(color)
        owner.get_by_test_id("status-save").click()
        expect(owner.get_by_test_id("status-row").filter(has_text=title)).to_be_visible()
    # A name that is taken is told of beside the name.
    owner.get_by_test_id("status-add").click()
    owner.get_by_test_id("status-title").fill("собираем")
    owner.get_by_test_id("status-save").click()
    expect(owner.get_by_text("Статус с таким названием уже есть")).to_be_visible()
    owner.keyboard.press("Escape")
    owner.get_by_test_id("moves-limit").click()
    owner.get_by_label("Из «В работе» в «Собираем»", exact=True).uncheck()
    owner.get_by_label("Настроить переход из «В работе» в «Ждём материал»").click()
    owner.get_by_test_id("way-title").fill("Нет материала")
    owner.get_by_test_id("way-comment").check()
    owner.get_by_test_id("way-done").click()
    owner.get_by_test_id("moves-save").click()
    expect(steps.toast(owner, "Переходы сохранены")).to_be_visible()

    # The card: a button that asks for words, and a menu of what is allowed from there.
    steps.visit_card(worker, office, task)
    worker.get_by_role("button", name="Нет материала").click()
    worker.get_by_test_id("reason-text").fill("Ждём сталь")
    worker.get_by_test_id("reason-submit").click()
    expect(worker.get_by_test_id("card-status")).to_contain_text("Ждём материал")
    worker.get_by_test_id("card-status").click()
    worker.get_by_role("menuitem", name="Собираем").click()
    expect(worker.get_by_test_id("card-status")).to_contain_text("Собираем")

    # The board: columns of these statuses; a move that is not allowed puts the card back.
    worker.goto(office.url("/tasks?display=board&by=own_status"))
    building = worker.locator("[data-column]").filter(has_text="Собираем")
    waiting = worker.locator("[data-column]").filter(has_text="Ждём материал")
    expect(card_in(building, "Собрать узел")).to_be_visible()
    drag(worker, card_in(building, "Собрать узел"), waiting)
    expect(card_in(waiting, "Собрать узел")).to_be_visible()
    steps.wait_until(lambda: title_of(office, task) == "Ждём материал")
    drag(worker, card_in(waiting, "Собрать узел"), worker.locator("[data-column]").filter(has_text="Новая"))
    expect(steps.toast(worker, "отсюда не перенести")).to_be_visible()
    expect(card_in(waiting, "Собрать узел")).to_be_visible()
