"""Parts of the application that come late, lead nowhere or are not there; how cards and trees read on a telephone."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from infra.launch.product import Product

from . import steps
from .looks import picture
from .steps import PHONE


@pytest.fixture(scope="module")
def office(product: Product) -> steps.Office:
    return steps.open_office(product, "chasti")


@pytest.mark.journey
def test_a_composer_asked_for_without_a_network_opens_when_it_is_back(
    office: steps.Office, person_at: Callable[..., Page]
) -> None:
    page = person_at(office.owner)
    page.goto(office.url("/"))
    expect(steps.heading(page, "Мой день")).to_be_visible()
    page.evaluate("window.stays = true")
    page.context.set_offline(True)
    page.keyboard.press("c")
    expect(steps.toast(page, "эта часть откроется, когда сеть вернётся")).to_be_visible()
    expect(steps.heading(page, "Мой день")).to_be_visible()
    picture(page, "parts-offline")
    page.context.set_offline(False)
    box = page.get_by_test_id("composer-title")
    expect(box).to_be_visible()
    expect(steps.toast(page, "эта часть откроется")).to_have_count(0)
    # The same page, in its own styles.
    assert page.evaluate("window.stays") is True
    two = page.locator(".composer-two")
    assert two.evaluate("box => getComputedStyle(box).display") == "grid"
    picture(page, "parts-online")


@pytest.mark.journey
@pytest.mark.parametrize("path", ["/nigde", "/settings/nigde", "/tasks/1/nigde"])
def test_an_address_that_leads_nowhere_keeps_the_menu(
    office: steps.Office, person_at: Callable[..., Page], path: str
) -> None:
    page = person_at(office.owner)
    page.goto(office.url(path))
    expect(steps.heading(page, "Такой страницы нет")).to_be_visible()
    expect(page.get_by_role("navigation", name="Разделы")).to_be_visible()
    picture(page, f"parts-nowhere{path.replace('/', '-')}")
    page.get_by_role("button", name="На главную").click()
    expect(steps.heading(page, "Мой день")).to_be_visible()


@pytest.mark.journey
def test_a_template_is_not_asked_for_what_it_has_not(office: steps.Office, person_at: Callable[..., Page]) -> None:
    page = person_at(office.owner)
    refused: list[str] = []
    page.on("response", lambda answer: refused.append(answer.url) if answer.status >= 400 else None)
    page.goto(office.url("/tasks/templates"))
    page.get_by_test_id("template-create").first.click()
    page.get_by_test_id("template-title").fill("Сверка склада")
    page.get_by_test_id("template-submit").click()
    expect(page.get_by_test_id("card-title")).to_be_visible()
    steps.wait_till_loaded(page)
    expect(page.get_by_role("tab", name="История")).to_be_visible()
    expect(page.get_by_role("tab", name="Комментарии")).to_have_count(0)
    assert refused == []


@pytest.mark.journey
def test_a_card_and_departments_read_whole_on_a_telephone(office: steps.Office, person_at: Callable[..., Page]) -> None:
    whole = office.task("Ввести в эксплуатацию котельную на улице Строителей")
    due = (datetime.now(UTC) + timedelta(days=5)).isoformat()
    colleague = steps.person_id(office.colleague)
    part = office.task("Проверить щит", parent=whole["id"], due_at=due, assignee=colleague)
    phone = person_at(office.colleague, **PHONE)
    phone.goto(office.url(f"/tasks/{part['id']}"))
    moment, ask = phone.get_by_test_id("card-due"), phone.get_by_test_id("ask-due")
    expect(ask).to_be_visible()
    picture(phone, "parts-phone-card")
    left, right = moment.locator(".num").bounding_box(), ask.bounding_box()
    assert left and right
    assert right["x"] >= left["x"] + left["width"] + 8 or right["y"] >= left["y"] + left["height"]
    words = phone.get_by_text("Часть задачи", exact=True).bounding_box()
    assert words and words["height"] < 30

    titles = ("Бухгалтерия", "Отдел продаж и сопровождения клиентов")
    for title in titles:
        steps.said(office.owner.call("POST", "departments/", {"title": title, "parent": None}), 201)
    desk = person_at(office.owner, **PHONE)
    desk.goto(office.url("/settings/departments"))
    rows = desk.get_by_test_id("department-row")
    for title in titles:
        name = rows.filter(has_text=title).locator(".b")
        expect(name).to_be_visible()
        assert name.evaluate("box => box.scrollWidth <= box.clientWidth")
    picture(desk, "parts-phone-departments")
    for count in rows.locator(".f12").all():
        box = count.bounding_box()
        assert box and box["height"] < 30
    steps.expect_no_sideways_scroll(desk, "departments")


@pytest.mark.journey
def test_whoever_signs_up_reads_what_he_agrees_to(office: steps.Office, person_at: Callable[..., Page]) -> None:
    page = person_at(None, **PHONE)
    page.goto(office.product.url())
    agree = page.get_by_test_id("signup-agree")
    agree.scroll_into_view_if_needed()
    picture(page, "parts-signup")
    for link, title in (("условия", "Условия использования"), ("согласие", "Обработка персональных данных")):
        with page.context.expect_page() as opened:
            agree.get_by_role("link", name=link).click()
        paper = opened.value
        expect(steps.heading(paper, title)).to_be_visible()
        steps.expect_no_sideways_scroll(paper, title)
        picture(paper, f"parts-paper-{link}")
        paper.close()
