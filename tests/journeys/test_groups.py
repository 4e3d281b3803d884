"""Views used as groups: a condition of other lists, a figure by the name, a line on the card, people to be asked."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from infra.launch.product import Product

from . import steps
from .looks import picture
from .steps import PHONE

PEOPLE = "organization.employee"


@pytest.fixture(scope="module")
def office(product: Product) -> steps.Office:
    """A company of its own: four tasks, two of them urgent; the colleague works in sales and is on probation."""
    made = steps.open_office(product, "gruppy")
    for title, priority in (("Щит", "urgent"), ("Кабель", "normal"), ("Насос", "important"), ("Окно", "urgent")):
        made.task(title, priority=priority)
    place = steps.said(made.owner.call("POST", "departments/", {"title": "Продажи"}), 201)["id"]
    colleague = steps.person_id(made.colleague)
    steps.said(made.owner.call("PATCH", f"employees/{colleague}/", {"department": place}))
    steps.said(made.owner.call("PUT", f"employees/{colleague}/tags/", {"tags": ["Испытательный срок"]}))
    return made


def press_menu(page: Page, item: str) -> None:
    page.get_by_test_id("view-menu").click()
    page.get_by_role("menuitem", name=item).click()


def choose_group(page: Page, name: str, group: str) -> None:
    """«Ещё фильтры» → the condition → the group."""
    page.get_by_role("button", name="Ещё фильтры").click()
    page.get_by_test_id(f"condition-{name}").click()
    page.get_by_test_id("group-choice").filter(has_text=group).click()
    page.keyboard.press("Escape")


@pytest.mark.journey
def test_a_view_becomes_a_group_and_narrows_other_lists(office: steps.Office, person_at: Callable[..., Page]) -> None:
    owner = person_at(office.owner)
    owner.goto(office.url("/tasks?tab=all&priority=urgent"))
    rows = owner.get_by_test_id("task-row")
    expect(rows).to_have_count(2)
    owner.get_by_test_id("view-new").click()
    owner.get_by_test_id("view-title").fill("Горит")
    steps.tick(owner.get_by_test_id("view-group"))
    owner.get_by_role("radio", name="Всем").click()
    picture(owner, "groups-dialog")
    owner.get_by_test_id("view-save").click()
    tab = owner.get_by_test_id("view-tab").filter(has_text="Горит")
    expect(tab).to_have_attribute("aria-current", "true")
    press_menu(owner, "Показывать число")
    expect(tab.get_by_test_id("view-count")).to_have_text("2")
    picture(owner, "groups-count")

    owner.goto(office.url("/tasks?tab=all"))
    expect(rows).to_have_count(4)
    choose_group(owner, "in_view", "Горит")
    expect(rows).to_have_count(2)
    expect(owner.get_by_role("button", name="Входит в группу: Горит", exact=True)).to_be_visible()
    picture(owner, "groups-condition")
    owner.get_by_role("button", name="Снять фильтр «Входит в группу»").click()
    choose_group(owner, "not_in_view", "Горит")
    expect(rows).to_have_count(2)
    expect(rows.filter(has_text="Кабель")).to_have_count(1)
    steps.said(office.owner.call("POST", "tasks/", {"title": "Провод", "priority": "urgent", "assignee":
                                                    steps.person_id(office.owner)}), 201)  # fmt: skip
    expect(tab.get_by_test_id("view-count")).to_have_text("3", timeout=steps.LIVE_MS)

    # A view that builds on the group keeps it from being deleted.
    owner.get_by_test_id("view-new").click()
    owner.get_by_test_id("view-title").fill("Терпит")
    owner.get_by_test_id("view-save").click()
    expect(owner.get_by_test_id("view-tab")).to_have_count(2)
    tab.click()
    expect(rows).to_have_count(3)
    press_menu(owner, "Удалить")
    expect(owner.get_by_test_id("view-tab")).to_have_count(1)
    steps.toast(owner, "«Терпит»")
    expect(owner.get_by_test_id("view-tab")).to_have_count(2)
    owner.emulate_media(color_scheme="dark")
    picture(owner, "groups-dark")


@pytest.mark.journey
def test_a_card_tells_in_which_groups_it_is(office: steps.Office, person_at: Callable[..., Page]) -> None:
    body = {"kind": "tasks.task", "title": "Важное цеху", "is_group": True, "audience": "all",
            "params": {"tab": "all", "priority": "important"}}  # fmt: skip
    steps.said(office.owner.call("POST", "views/", body), 201)
    owner, phone = person_at(office.owner), person_at(office.colleague, **PHONE)
    for page in (owner, phone):
        page.goto(office.url("/tasks?tab=all"))
        steps.row(page, "Насос").click() if page is owner else page.get_by_text("Насос").first.tap()
        expect(page.get_by_test_id("group")).to_have_text(["Важное цеху"])
        steps.expect_no_sideways_scroll(page, "a card with groups")
    picture(owner, "groups-card")
    picture(phone, "groups-card-phone")
    owner.emulate_media(color_scheme="dark")
    picture(owner, "groups-card-dark")
    phone.get_by_test_id("group").tap()
    expect(phone.get_by_test_id("view-tab").filter(has_text="Важное цеху")).to_have_attribute("aria-current", "true")
    expect(phone.get_by_test_id("task-row")).to_have_count(1)
    picture(phone, "groups-list-phone")


@pytest.mark.journey
@pytest.mark.row("T-14")
def test_a_group_of_people_is_asked_to_read(office: steps.Office, person_at: Callable[..., Page]) -> None:
    owner = person_at(office.owner)
    owner.goto(office.url("/settings/people"))
    owner.get_by_role("button", name="Отдел").click()
    owner.get_by_role("dialog").get_by_role("button", name="Продажи").click()
    owner.keyboard.press("Escape")
    expect(owner.get_by_text(steps.COLLEAGUE_NAME)).to_be_visible()
    expect(owner.get_by_test_id("people-foot")).to_contain_text("1 из 1")
    owner.get_by_test_id("view-new").click()
    owner.get_by_test_id("view-title").fill("Отдел продаж")
    steps.tick(owner.get_by_test_id("view-group"))
    owner.get_by_test_id("view-save").click()
    expect(owner.get_by_test_id("view-tab").filter(has_text="Отдел продаж")).to_be_visible()
    picture(owner, "groups-people")

    phone = person_at(office.owner, **PHONE)
    task = office.task("Порядок скидок")
    steps.visit_card(phone, office, task)
    phone.get_by_test_id("readers-add").tap()
    phone.get_by_test_id("reader-find").fill("продаж")
    phone.get_by_role("option").filter(has_text="Отдел продаж").tap()
    expect(phone.get_by_test_id("reader-meant")).to_have_text("1 человек")
    steps.expect_no_sideways_scroll(phone, "whom to ask")
    picture(phone, "groups-ask-phone")
    phone.get_by_test_id("reader-send").tap()
    expect(phone.get_by_test_id("readers-progress")).to_have_text("0/1")
