"""Who sees a card and why, what a role keeps people from, keys for programs."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from . import steps
from .looks import picture
from .steps import PHONE


def open_who_sees(page: Page) -> None:
    page.get_by_test_id("card").get_by_role("button", name="Ещё", exact=True).click()
    page.get_by_role("menuitem", name="Кто видит").click()
    expect(page.get_by_test_id("seer").first).to_be_visible()


def pick(page: Page, name: str) -> None:
    page.get_by_test_id("access-who").click()
    page.get_by_test_id("access-who-find").fill(name)
    page.get_by_role("option").filter(has_text=name).first.click()


@pytest.mark.journey
def test_who_sees_a_card_and_why(office: steps.Office, person_at: Callable[..., Page]) -> None:
    task = office.task("Смета на кровлю")
    owner = person_at(office.owner)
    steps.visit_card(owner, office, task)
    open_who_sees(owner)
    expect(owner.get_by_test_id("seer")).to_have_count(2)
    picture(owner, "who-sees")
    pick(owner, "Петров")
    why = owner.get_by_test_id("access-why")
    expect(why).to_have_attribute("data-sees", "true")
    expect(why).to_contain_text("Участвует в карточке: ответственный")
    picture(owner, "who-sees-why")

    body = {"title": "Своя", "assignee": steps.person_id(office.owner)}
    own = steps.said(office.owner.call("POST", "tasks/", body), 201)
    steps.visit_card(owner, office, own)
    open_who_sees(owner)
    pick(owner, "Петров")
    expect(owner.get_by_test_id("access-why")).to_have_attribute("data-sees", "false")
    expect(owner.get_by_test_id("access-why")).to_contain_text("Можно добавить его в карточку")
    picture(owner, "who-sees-not")

    mine = {"title": "Моя смета", "assignee": steps.person_id(office.owner)}
    given = steps.said(office.colleague.call("POST", "tasks/", mine), 201)
    phone = person_at(office.colleague, **PHONE, color_scheme="dark")
    steps.visit_card(phone, office, given)
    open_who_sees(phone)
    steps.expect_no_sideways_scroll(phone, "who sees")
    picture(phone, "who-sees-phone")

    watched = person_at(office.colleague)
    steps.visit_card(watched, office, task)
    watched.get_by_test_id("card").get_by_role("button", name="Ещё", exact=True).click()
    expect(watched.get_by_role("menuitem", name="Кто видит")).to_have_count(0)


def nothing_tells_the_due_moment(page: Page, office: steps.Office, title: str) -> None:
    """Neither column, chip nor tab of the list, nor a figure of a screen made of due moments."""
    page.goto(office.url("/tasks?tab=mine"))
    expect(steps.row(page, title)).to_be_visible()
    expect(page.get_by_role("columnheader", name="Исполнитель")).to_be_visible()
    expect(page.get_by_role("columnheader", name="Срок")).to_have_count(0)
    expect(page.get_by_role("button", name="Исполнитель", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Срок", exact=True)).to_have_count(0)
    expect(page.get_by_test_id("tab-mine")).to_be_visible()
    expect(page.get_by_test_id("tab-overdue")).to_have_count(0)
    page.goto(office.url("/tasks/workload"))
    expect(steps.heading(page, "Загрузки вам не видно")).to_be_visible()
    page.goto(office.url("/"))
    expect(page.get_by_text("поручил")).to_be_visible()
    expect(page.get_by_text("просрочено")).to_have_count(0)


@pytest.mark.journey
def test_roles_keep_people_from_fields(office: steps.Office, person_at: Callable[..., Page]) -> None:
    task = office.task("Смета с тайной", description="Наценка двадцать процентов", due_at="2031-03-07T09:00:00Z")
    owner = person_at(office.owner)
    owner.goto(office.url("/settings/roles"))
    owner.get_by_test_id("rights-ask").click()
    pick(owner, "Петров")
    expect(owner.get_by_test_id("rights-table")).to_contain_text("Сотрудник")
    picture(owner, "rights")
    owner.keyboard.press("Escape")
    owner.locator(".role-grid").get_by_role("button", name="Сотрудник 1").click()
    for field, level in {"description": "hidden", "due_at": "hidden", "priority": "read"}.items():
        owner.get_by_test_id(f"limit-tasks.task-{field}").select_option(level)
    owner.get_by_test_id("field-limits").scroll_into_view_if_needed()
    picture(owner, "field-limits")
    limits = "field_limits"
    steps.wait_until(lambda: len(steps.said(office.colleague.call("GET", "me/"))[limits].get("tasks.task", {})) == 3)

    colleague = person_at(office.colleague)
    steps.visit_card(colleague, office, task)
    card = steps.card(colleague)
    expect(card.get_by_test_id("card-spent")).to_be_visible()
    expect(card.get_by_text("Наценка двадцать процентов")).to_have_count(0)
    expect(card.get_by_text("07.03.2031")).to_have_count(0)
    picture(colleague, "fields-hidden")
    nothing_tells_the_due_moment(colleague, office, task["title"])
    phone = person_at(office.owner, **PHONE, color_scheme="dark")
    phone.goto(office.url("/settings/roles"))
    phone.get_by_test_id("field-limits").scroll_into_view_if_needed()
    expect(phone.get_by_test_id("limit-tasks.task-due_at")).to_be_visible()
    steps.expect_no_sideways_scroll(phone, "roles")
    picture(phone, "field-limits-phone")
    steps.said(office.owner.call("PUT", "roles/employee/fields/", {"limits": []}))


@pytest.mark.journey
def test_keys_for_programs(office: steps.Office, person_at: Callable[..., Page]) -> None:
    owner = person_at(office.owner)
    owner.goto(office.url("/settings/security"))
    owner.get_by_label("Для чего ключ").fill("Выгрузка в 1С")
    owner.get_by_test_id("token-password").fill(steps.OWNER_PASSWORD)
    owner.get_by_role("button", name="Создать ключ").click()
    expect(owner.locator(".secret")).to_be_visible()
    row = owner.get_by_test_id("token-row").filter(has_text="Выгрузка в 1С")
    expect(row).to_contain_text("только чтение")
    expect(row).to_contain_text("ещё не использован")
    row.scroll_into_view_if_needed()
    picture(owner, "keys")
    row.get_by_role("button", name="Отозвать").click()
    expect(row).to_have_count(0)
