"""Views of a list kept and shared, its columns, groups and conditions, and many rows changed and put back."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from infra.launch.product import Product

from . import steps
from .looks import picture
from .steps import PHONE


@pytest.fixture(scope="module")
def office(product: Product) -> steps.Office:
    """A company of its own: lists here are counted."""
    made = steps.open_office(product, "vidy")
    made_of: dict[str, int] = {}
    for title, priority in (("Щит", "urgent"), ("Кабель", "normal"), ("Насос", "important"), ("Окно", "urgent")):
        card = made.task(title, priority=priority, estimate=90)
        made_of[title] = card["id"]
        if priority == "urgent":
            steps.said(made.owner.call("PUT", f"tasks/{card['id']}/tags/", {"tags": ["Смена 1"]}))
    field = {"kind": "tasks.task", "title": "Сумма", "type": "money", "code": "sum", "is_filterable": True}
    steps.said(made.owner.call("POST", "custom-fields/", field), 201)

    def is_ready() -> bool:
        return steps.said(made.owner.call("GET", "custom-fields/?kind=tasks.task"))["results"][0]["is_ready"]

    steps.wait_until(is_ready)
    steps.said(made.owner.call("PATCH", f"tasks/{made_of['Насос']}/fields/", {"fields": {"sum": "1500"}}))
    return made


def open_all(page: Page, office: steps.Office, query: str = "tab=all") -> None:
    page.goto(office.url(f"/tasks?{query}"))
    expect(page.get_by_test_id("task-row").first).to_be_visible()


def press_menu(page: Page, item: str) -> None:
    page.get_by_test_id("view-menu").click()
    page.get_by_role("menuitem", name=item).click()


@pytest.mark.journey
def test_a_view_is_kept_shared_changed_and_taken_back(office: steps.Office, person_at: Callable[..., Page]) -> None:
    owner = person_at(office.owner)
    open_all(owner, office)
    owner.get_by_role("button", name="Важность").click()
    owner.get_by_role("button", name="Срочная", exact=True).or_(
        owner.get_by_role("button", name="срочная", exact=True)
    ).first.click()
    owner.keyboard.press("Escape")
    expect(owner.get_by_test_id("task-row")).to_have_count(2)
    owner.get_by_test_id("view-new").click()
    owner.get_by_test_id("view-title").fill("Горит")
    owner.get_by_role("radio", name="Всем").click()
    picture(owner, "views-dialog")
    owner.get_by_test_id("view-save").click()
    tab = owner.get_by_test_id("view-tab").filter(has_text="Горит")
    expect(tab).to_have_attribute("aria-current", "true")
    assert "saved=" in owner.url and "priority=urgent" in owner.url
    picture(owner, "views-tab")

    owner.get_by_test_id("list-search").fill("Щит")
    expect(owner.get_by_test_id("task-row")).to_have_count(1)
    expect(tab.get_by_role("img", name="Вид изменён")).to_be_visible()
    owner.get_by_test_id("view-reset").click()
    expect(owner.get_by_test_id("task-row")).to_have_count(2)
    expect(owner.get_by_test_id("view-reset")).to_have_count(0)
    press_menu(owner, "Открывать первым")
    owner.get_by_test_id("rail-home").or_(owner.get_by_role("link", name="Мой день")).first.click()
    expect(steps.heading(owner, "Мой день")).to_be_visible()
    owner.get_by_test_id("rail-tasks").click()
    expect(tab).to_have_attribute("aria-current", "true")
    expect(owner.get_by_test_id("task-row")).to_have_count(2)
    owner.reload()
    expect(tab).to_have_attribute("aria-current", "true")

    colleague = person_at(office.colleague, **PHONE)
    open_all(colleague, office)
    colleague.get_by_test_id("view-tab").filter(has_text="Горит").click()
    expect(colleague.get_by_test_id("task-row")).to_have_count(2)
    picture(colleague, "views-phone")

    press_menu(owner, "Удалить")
    expect(owner.get_by_test_id("view-tab")).to_have_count(0)
    steps.toast(owner, "удалён").get_by_role("button", name="Вернуть").click()
    expect(tab).to_be_visible()


@pytest.mark.journey
def test_columns_are_chosen_ordered_and_remembered(office: steps.Office, person_at: Callable[..., Page]) -> None:
    owner = person_at(office.owner)
    open_all(owner, office, "tab=all&state=all")
    headings = owner.get_by_role("columnheader")
    owner.get_by_test_id("columns").click()
    steps.tick(owner.get_by_test_id("column-tags"))
    steps.tick(owner.get_by_test_id("column-fields.sum"))
    steps.tick(owner.get_by_test_id("column-talk"), on=False)
    grip = owner.get_by_role("button", name="Переставить «Сумма»")
    grip.focus()
    for _ in range(3):
        owner.keyboard.press("ArrowUp")
    picture(owner, "columns")
    owner.keyboard.press("Escape")
    row = steps.row(owner, "Насос")
    expect(row).to_contain_text("1 500,00 ₽")
    expect(steps.row(owner, "Щит")).to_contain_text("Смена 1")
    owner.get_by_role("button", name="Сумма").click()
    expect(owner.get_by_role("columnheader", name="Сумма")).to_have_attribute("aria-sort", "ascending")
    expect(owner.get_by_test_id("task-row").first).to_contain_text("Насос")
    edge = owner.get_by_test_id("edge-title")
    edge.focus()
    before = edge.evaluate("box => box.parentElement.getBoundingClientRect().width")
    owner.keyboard.press("ArrowLeft")
    expect(owner.get_by_test_id("columns")).to_be_visible()
    owner.wait_for_function(
        "was => document.querySelector('[data-testid=edge-title]').parentElement.getBoundingClientRect().width < was",
        arg=before,
    )
    picture(owner, "columns-list")
    said = headings.all_inner_texts()
    owner.goto(office.url("/tasks?tab=all&state=all"))
    expect(steps.row(owner, "Насос")).to_contain_text("1 500,00 ₽")
    assert [text.rstrip(" ↑↓") for text in headings.all_inner_texts()] == [text.rstrip(" ↑↓") for text in said]
    owner.get_by_test_id("columns").click()
    owner.get_by_test_id("columns-reset").click()
    expect(owner.get_by_role("columnheader", name="Сумма")).to_have_count(0)


@pytest.mark.journey
def test_a_list_falls_into_groups_with_true_figures(office: steps.Office, person_at: Callable[..., Page]) -> None:
    owner = person_at(office.owner)
    open_all(owner, office)
    owner.get_by_role("button", name="Группы").click()
    owner.get_by_role("dialog").get_by_role("button", name="Важность").click()
    expect(owner.get_by_test_id("list-group")).to_have_count(3)
    expect(owner.get_by_test_id("list-group")).to_have_text(["Срочная2", "Важная1", "Обычная1"])
    expect(owner.get_by_test_id("list-foot")).to_contain_text("План 6 ч")
    picture(owner, "groups")
    owner.get_by_role("button", name="Свернуть «Срочная»").click()
    expect(owner.get_by_test_id("task-row")).to_have_count(2)
    expect(owner.get_by_test_id("list-group")).to_have_count(3)
    owner.get_by_role("button", name="Развернуть «Срочная»").click()
    expect(owner.get_by_test_id("task-row")).to_have_count(4)

    owner.get_by_role("button", name="Ещё фильтры").click()
    owner.get_by_test_id("condition-fields.sum").click()
    owner.get_by_test_id("typed-fields.sum__gte").fill("1000")
    owner.keyboard.press("Enter")
    expect(owner.get_by_test_id("task-row")).to_have_count(1)
    picture(owner, "conditions")
    owner.keyboard.press("Escape")
    owner.get_by_role("button", name="Снять фильтр «Сумма»").click()
    owner.get_by_role("button", name="Ещё фильтры").click()
    owner.get_by_test_id("condition-tag").click()
    owner.get_by_test_id("tag-choice").filter(has_text="Смена 1").click()
    expect(owner.get_by_test_id("task-row")).to_have_count(2)
    owner.reload()
    expect(owner.get_by_test_id("task-row")).to_have_count(2)
    expect(owner.get_by_test_id("list-group")).to_have_count(1)


@pytest.mark.journey
def test_people_have_the_same_tools(office: steps.Office, person_at: Callable[..., Page]) -> None:
    owner = person_at(office.owner)
    owner.goto(office.url("/settings/people"))
    expect(owner.get_by_test_id("employee-row")).to_have_count(2)
    owner.get_by_test_id("columns").click()
    steps.tick(owner.get_by_test_id("column-tags"))
    steps.tick(owner.get_by_test_id("column-email"), on=False)
    owner.keyboard.press("Escape")
    owner.get_by_role("button", name="Группы").click()
    owner.get_by_role("dialog").get_by_role("button", name="Отдел").click()
    expect(owner.get_by_test_id("list-group")).to_have_text(["Без отдела2"])
    owner.get_by_test_id("view-new").click()
    owner.get_by_test_id("view-title").fill("По отделам")
    owner.get_by_test_id("view-save").click()
    expect(owner.get_by_test_id("view-tab")).to_contain_text("По отделам")
    picture(owner, "views-people")
    owner.get_by_test_id("people-works").click()
    expect(owner.get_by_test_id("list-group")).to_have_count(0)
    owner.get_by_test_id("view-tab").click()
    expect(owner.get_by_test_id("list-group")).to_have_count(1)


@pytest.mark.journey
def test_many_rows_are_changed_and_put_back(office: steps.Office, person_at: Callable[..., Page]) -> None:
    owner = person_at(office.owner)
    open_all(owner, office)
    steps.tick(owner.get_by_role("checkbox", name="Выбрать все загруженные"))
    owner.get_by_test_id("bulk-tag").click()
    owner.get_by_test_id("tag-find").fill("Партия")
    expect(owner.get_by_test_id("tag-option").last).to_contain_text("Создать")
    picture(owner, "bulk")
    owner.keyboard.press("Enter")
    done = steps.toast(owner, "Готово: 4")
    expect(done).to_be_visible()
    owner.get_by_test_id("columns").click()
    steps.tick(owner.get_by_test_id("column-tags"))
    owner.keyboard.press("Escape")
    expect(owner.locator(".tags-cell").filter(has_text="Партия")).to_have_count(4)
    done.get_by_role("button", name="Вернуть").click()
    expect(steps.toast(owner, "Вернули как было: 4")).to_be_visible()
    expect(owner.locator(".tags-cell").filter(has_text="Партия")).to_have_count(0)

    steps.tick(owner.get_by_role("checkbox", name="Выбрать все загруженные"))
    owner.get_by_test_id("bulk-priority").click()
    owner.get_by_role("menuitem", name="обычная").or_(owner.get_by_role("menuitem", name="Обычная")).first.click()
    back = steps.toast(owner, "Готово: 4")
    expect(back).to_be_visible()
    expect(owner.get_by_text("Срочно", exact=True)).to_have_count(0)
    back.get_by_role("button", name="Вернуть").click()
    expect(owner.get_by_text("Срочно", exact=True)).to_have_count(2)

    owner.goto(office.url("/settings/people"))
    expect(owner.get_by_test_id("employee-row")).to_have_count(2)
    steps.tick(owner.get_by_role("checkbox", name="Выбрать все загруженные"))
    picture(owner, "bulk-people")
    owner.get_by_test_id("bulk-block").click()
    told = steps.toast(owner, "Готово 1 из 2")
    expect(told).to_be_visible()
    expect(owner.get_by_test_id("employee-row")).to_have_count(1)
    told.get_by_role("button", name="Вернуть").click()
    expect(owner.get_by_test_id("employee-row")).to_have_count(2)
