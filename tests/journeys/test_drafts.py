"""Drafts that somebody approves, templates that name a role, statuses of many cards: as people meet them."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from infra.launch.product import Product, Session

from . import looks, steps
from .steps import PHONE
from .test_axe import faults


@pytest.fixture(scope="module")
def office(product: Product) -> steps.Office:
    return steps.open_office(product, "chernoviki")


def draft(office: steps.Office, title: str) -> dict[str, Any]:
    return office.task(title, is_draft=True)


def card_of(session: Session, task: dict[str, Any]) -> dict[str, Any]:
    return steps.said(session.call("GET", f"tasks/{task['id']}/"))


def name_approver(page: Page) -> None:
    page.get_by_test_id("approver").fill("Петров")
    expect(page.get_by_role("option", name=steps.COLLEAGUE_NAME)).to_be_visible()
    page.keyboard.press("Enter")


def line(page: Page, title: str) -> Locator:
    return page.get_by_test_id("queue-drafts").get_by_test_id("queue-line").filter(has_text=title)


@pytest.mark.journey
def test_a_draft_is_sent_returned_and_approved(office: steps.Office, person_at: Callable[..., Page]) -> None:
    task = draft(office, "Закупить насосы")
    owner, boss = person_at(office.owner), person_at(office.colleague, **PHONE)
    steps.visit_card(owner, office, task)
    looks.in_both_themes(owner, "drafts-before")
    owner.get_by_test_id("ask-approval").click()
    owner.get_by_test_id("approval-send").click()
    expect(owner.get_by_text("Выберите, кто утверждает.")).to_be_visible()
    name_approver(owner)
    looks.in_both_themes(owner, "drafts-ask")
    owner.get_by_test_id("approval-send").click()
    expect(steps.toast(owner, "Отправлено на утверждение")).to_be_visible()
    expect(owner.get_by_test_id("draft-standing")).to_contain_text(f"Ждёт утверждения: {steps.COLLEAGUE_SHORT}")
    looks.in_both_themes(owner, "drafts-waits")
    assert faults(owner) == []

    # On the approver's telephone: the card says what he is asked, and takes his reason.
    boss.goto(office.url("/waiting"))
    expect(line(boss, "Закупить насосы")).to_be_visible()
    looks.in_both_themes(boss, "drafts-queue-phone")
    line(boss, "Закупить насосы").get_by_role("link").first.click()
    expect(boss.get_by_test_id("draft-approve")).to_be_visible()
    looks.in_both_themes(boss, "drafts-asked-phone")
    assert looks.sideways(boss) == 0 and faults(boss) == []
    boss.get_by_test_id("draft-return").click()
    boss.get_by_test_id("reason-text").fill("Сначала смета")
    boss.get_by_test_id("reason-submit").click()
    expect(steps.toast(boss, "Возвращено автору")).to_be_visible()

    # The author reads why, without asking for it, and sends it again.
    expect(owner.get_by_test_id("draft-standing")).to_contain_text("Сначала смета")
    looks.in_both_themes(owner, "drafts-returned")
    owner.get_by_test_id("ask-approval").click()
    name_approver(owner)
    owner.get_by_test_id("approval-send").click()
    expect(owner.get_by_test_id("draft-recall")).to_be_visible()

    # Changing the title takes it back; it goes a third time.
    owner.get_by_test_id("card-title").fill("Закупить два насоса")
    owner.keyboard.press("Enter")
    expect(owner.get_by_test_id("draft-standing")).to_have_count(0)
    owner.get_by_test_id("ask-approval").click()
    name_approver(owner)
    owner.get_by_test_id("approval-send").click()
    expect(owner.get_by_test_id("draft-recall")).to_be_visible()
    desk = person_at(office.colleague)
    desk.goto(office.url("/waiting"))
    expect(line(desk, "Закупить два насоса")).to_be_visible()
    desk.keyboard.press("j")
    expect(line(desk, "Закупить два насоса").locator("a:focus")).to_have_count(1)
    desk.keyboard.press("f")
    expect(steps.toast(desk, "Утверждено")).to_be_visible()
    desk.get_by_test_id("rail-tasks").click()
    steps.wait_until(lambda: card_of(office.owner, task)["status"] == "new")
    steps.expect_status(owner, "new")


@pytest.mark.journey
def test_a_set_of_drafts_is_sent_from_the_list(office: steps.Office, person_at: Callable[..., Page]) -> None:
    tasks = [draft(office, f"Этап {number}") for number in (1, 2, 3)]
    owner, boss = person_at(office.owner), person_at(office.colleague)
    owner.goto(office.url("/tasks?tab=drafts"))
    expect(steps.row(owner, "Этап 1")).to_be_visible()
    steps.tick(owner.get_by_role("checkbox", name="Выбрать все загруженные"))
    owner.get_by_test_id("bulk-approval").click()
    expect(owner.get_by_text("Отправленное вместе утверждают или возвращают целиком.")).to_be_visible()
    name_approver(owner)
    looks.in_both_themes(owner, "drafts-set")
    owner.get_by_test_id("approval-send").click()
    expect(steps.row(owner, "Этап 2").get_by_text("На утверждении")).to_be_visible()
    looks.in_both_themes(owner, "drafts-list")

    boss.goto(office.url("/waiting"))
    expect(line(boss, "3 шт.: Этап 1; Этап 2; Этап 3")).to_be_visible()
    looks.in_both_themes(boss, "drafts-queue")
    boss.goto(office.url(f"/tasks/{tasks[1]['id']}"))
    expect(boss.get_by_test_id("draft-standing").get_by_role("link")).to_have_count(2)
    looks.in_both_themes(boss, "drafts-asked")
    boss.get_by_test_id("draft-approve").click()
    expect(steps.toast(boss, "Утверждено")).to_be_visible()
    assert {card_of(office.owner, task)["status"] for task in tasks} == {"new"}


@pytest.mark.journey
@pytest.mark.row("PT-02")
def test_a_template_names_a_role(office: steps.Office, person_at: Callable[..., Page]) -> None:
    owner = person_at(office.owner)
    owner.goto(office.url("/tasks/templates"))
    owner.get_by_test_id("template-create").click()
    owner.get_by_test_id("template-title").fill("Обход склада")
    owner.get_by_role("button", name=f"Убрать исполнителя: {steps.OWNER_SHORT}").click()
    owner.get_by_test_id("template-by-role").click()
    looks.in_both_themes(owner, "drafts-roles")
    owner.get_by_role("menuitemradio", name="Сотрудник").click()
    expect(owner.get_by_role("button", name="Убрать исполнителя: Роль: Сотрудник")).to_be_visible()
    expect(owner.get_by_test_id("template-recipients")).to_contain_text("Сейчас это 1 человек")
    looks.in_both_themes(owner, "drafts-by-role")
    owner.get_by_test_id("template-only").click()
    steps.toast(owner, "Создан шаблон").get_by_role("button", name="Открыть").click()
    expect(owner.get_by_test_id("template-by-role")).to_contain_text("Сотрудник")
    expect(owner.get_by_test_id("template-recipients")).to_contain_text("1 человек")
    looks.in_both_themes(owner, "drafts-template")
    assert faults(owner) == []
    owner.get_by_test_id("template-give").click()
    expect(steps.toast(owner, "Поставлена 1 задача")).to_be_visible()
    phone = person_at(office.owner, **PHONE)
    phone.goto(owner.url)
    expect(phone.get_by_test_id("template-by-role")).to_be_visible()
    looks.in_both_themes(phone, "drafts-template-phone")
    assert looks.sideways(phone) == 0


@pytest.mark.journey
def test_statuses_of_many_cards(product: Product, person_at: Callable[..., Page]) -> None:
    office = steps.open_office(product, "statusymnogih")
    kind = {"kind": "tasks.task", "card_type": ""}
    steps.said(office.owner.call("POST", "own-statuses/scheme/", kind), 201)
    waits = {"kind": "tasks.task", "title": "Ждём материал", "base": "in_work", "color": "amber"}
    steps.said(office.owner.call("POST", "own-statuses/", waits), 201)
    for number in (1, 2):
        office.task(f"Узел {number}")
    worker = person_at(office.colleague)
    worker.goto(office.url("/tasks?tab=mine"))
    expect(steps.row(worker, "Узел 1")).to_be_visible()
    steps.tick(worker.get_by_role("checkbox", name="Выбрать все загруженные"))
    worker.get_by_test_id("bulk-status").click()
    expect(worker.get_by_role("menuitem", name="Ждём материал")).to_be_visible()
    looks.in_both_themes(worker, "drafts-bulk-status")
    worker.get_by_role("menuitem", name="Ждём материал").click()
    done = steps.toast(worker, "Готово: 2")
    expect(done).to_be_visible()
    expect(steps.row(worker, "Узел 2").get_by_text("Ждём материал")).to_be_visible()
    done.get_by_role("button", name="Вернуть").click()
    expect(steps.toast(worker, "Вернули как было: 2")).to_be_visible()
    expect(steps.row(worker, "Узел 2").get_by_text("Новая")).to_be_visible()
