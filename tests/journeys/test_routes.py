"""A route is drawn, tried and published; a document goes along it; the strip tells of it without a reload."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from infra.launch.product import Product

from . import looks, steps

NAME = "Закупка с директором"


@pytest.fixture(scope="module")
def office(product: Product) -> steps.Office:
    """A company of its own: its routes are all here."""
    return steps.open_office(product, "marshruty")


def pick(page: Page, field: str, session: Any) -> None:
    """Take a person in a field of people."""
    page.get_by_test_id(field).click()
    page.get_by_test_id(f"person-{steps.person_id(session)}").click()


def document(office: steps.Office, title: str, amount: str) -> dict[str, Any]:
    return steps.said(office.owner.call("POST", "documents/", {"title": title, "amount": amount}), 201)


def stage(page: Page, title: str) -> Locator:
    return page.get_by_test_id("route-stage").filter(has_text=title)


def visit(page: Page, office: steps.Office, card: dict[str, Any]) -> None:
    page.goto(office.url(f"/documents/{card['id']}"))
    expect(page.get_by_test_id("card-title")).to_have_value(card["title"])


def draw(page: Page, office: steps.Office) -> None:
    """Two stages on the canvas: a colleague always, the owner above a sum."""
    page.goto(office.url("/settings/routes"))
    page.get_by_test_id("route-add").click()
    page.get_by_test_id("route-title").fill(NAME)
    page.get_by_test_id("route-make").click()
    page.get_by_test_id("stage-first").click()
    page.get_by_test_id("stage-title").fill("Юрист")
    pick(page, "performer-person", office.colleague)
    page.get_by_test_id("stage-hours").fill("8")
    page.get_by_test_id("stage-after").click()
    page.get_by_test_id("stage-title").fill("Директор")
    # What no card could go along is refused at its stage, and nothing that was drawn is lost.
    page.get_by_test_id("route-save").click()
    expect(page.get_by_test_id("stage-form").get_by_role("alert")).to_contain_text("Укажите, кто решает")
    pick(page, "performer-person", office.owner)
    page.get_by_test_id("stage-condition").fill("[Сумма] >")
    expect(page.get_by_test_id("stage-form").get_by_role("alert").first).to_contain_text("Условие")
    page.get_by_test_id("stage-condition").fill("[Сумма] > 100000")
    expect(page.get_by_text("Условие понятно")).to_be_visible()
    expect(page.get_by_test_id("canvas-stage")).to_have_count(2)
    looks.in_both_themes(page, "routes-designer")
    page.get_by_test_id("route-save").click()
    expect(steps.toast(page, "Черновик сохранён")).to_be_visible()


def trial(page: Page, amount: str) -> Locator:
    page.get_by_test_id("try-Сумма").fill(amount)
    page.get_by_test_id("try-run").click()
    return page.get_by_test_id("route-tried")


@pytest.mark.journey
@pytest.mark.row("D-03", "D-04", "D-20")
def test_a_route_is_drawn_tried_and_published_and_a_document_goes_along_it(
    office: steps.Office, person_at: Callable[..., Page]
) -> None:
    owner, lawyer = person_at(office.owner), person_at(office.colleague)
    draw(owner, office)
    owner.get_by_test_id("routeset-try").click()
    expect(trial(owner, "50 000").nth(1)).to_have_attribute("data-passed", "true")
    expect(trial(owner, "300 000").nth(1)).to_contain_text(steps.OWNER_SHORT)
    looks.in_both_themes(owner, "routes-try")
    owner.get_by_test_id("routeset-scheme").click()
    owner.get_by_test_id("route-publish").click()
    owner.get_by_test_id("route-publish-now").click()
    expect(steps.toast(owner, "Опубликовано: версия 1")).to_be_visible()

    # Sent by its author, who has seen beforehand who will get it.
    card = document(office, "Поставка насосов", "300000")
    visit(owner, office, card)
    expect(owner.get_by_test_id("route-send")).to_have_count(0)
    owner.get_by_test_id("card-action-send").click()
    owner.get_by_test_id("route-which").select_option(str(route_id(office, NAME)))
    expect(owner.get_by_test_id("route-tried").nth(0)).to_contain_text(steps.COLLEAGUE_SHORT)
    expect(owner.get_by_test_id("route-tried").nth(1)).to_contain_text(steps.OWNER_SHORT)
    owner.get_by_test_id("route-send-now").click()
    expect(stage(owner, "Юрист")).to_have_attribute("data-place", "now")
    expect(stage(owner, "Директор").get_by_test_id("route-expected")).to_contain_text(steps.OWNER_SHORT)

    # The lawyer looks, the author edits meanwhile: what was not seen is not decided upon, nothing typed is lost.
    visit(lawyer, office, card)
    lawyer.get_by_test_id("route-comment").fill("Условия проверены")
    steps.said(office.owner.call("PATCH", f"documents/{card['id']}/", {"amount": "310000"}))
    lawyer.get_by_test_id("route-say-approve").click()
    expect(lawyer.get_by_test_id("route-changed")).to_contain_text("Сумма")
    expect(lawyer.get_by_test_id("route-comment")).to_have_value("Условия проверены")
    looks.in_both_themes(lawyer, "routes-changed")
    lawyer.get_by_test_id("route-again").click()
    expect(steps.toast(lawyer, "Согласовано")).to_be_visible()

    # The author's screen tells of it by itself, and puts the next question.
    expect(stage(owner, "Юрист")).to_have_attribute("data-place", "done", timeout=steps.LIVE_MS)
    expect(stage(owner, "Юрист")).to_contain_text("Условия проверены")
    owner.get_by_test_id("route-say-approve").click()
    expect(owner.get_by_test_id("route-outcome")).to_have_text("Согласован")
    expect(lawyer.get_by_test_id("route-outcome")).to_have_text("Согласован", timeout=steps.LIVE_MS)
    looks.in_both_themes(owner, "routes-strip")


@pytest.mark.journey
def test_many_are_sent_and_agreed_upon_from_the_list(office: steps.Office, person_at: Callable[..., Page]) -> None:
    for title in ("Смета на кровлю", "Смета на фасад"):
        document(office, title, "1000")
    owner, lawyer = person_at(office.owner), person_at(office.colleague)
    owner.goto(office.url("/documents?tab=drafts&search=Смета"))
    choose(owner)
    owner.get_by_test_id("bulk-send").click()
    sent = steps.toast(owner, "Готово: 2")
    expect(sent).to_be_visible()
    sent.get_by_role("button", name="Вернуть").click()
    expect(steps.toast(owner, "Вернули как было: 2")).to_be_visible()
    choose(owner)
    owner.get_by_test_id("bulk-send").click()
    expect(steps.toast(owner, "Готово: 2").last).to_be_visible()
    look_in_one_hand(person_at(office.colleague, **steps.PHONE), office)
    lawyer.goto(office.url("/documents?search=Смета"))
    choose(lawyer)
    lawyer.get_by_test_id("bulk-agree").click()
    expect(lawyer.get_by_test_id("decide-many-send")).to_be_visible()
    looks.in_both_themes(lawyer, "routes-bulk-agree")
    lawyer.get_by_test_id("decide-many-send").click()
    expect(steps.toast(lawyer, "Согласованы 2 карточки")).to_be_visible()


def look_in_one_hand(phone: Page, office: steps.Office) -> None:
    """The bar of many and its question fit a telephone."""
    phone.goto(office.url("/documents?search=Смета"))
    phone.get_by_test_id("choose-rows").tap()
    phone.get_by_test_id("choose-all").tap()
    expect(phone.get_by_test_id("bulk-agree")).to_be_visible()
    looks.in_both_themes(phone, "routes-phone-bulk")
    phone.get_by_test_id("bulk-agree").tap()
    expect(phone.get_by_test_id("decide-many-send")).to_be_visible()
    looks.in_both_themes(phone, "routes-phone-bulk-agree")
    steps.expect_no_sideways_scroll(phone, "many at once")


def choose(page: Page) -> None:
    """Mark all the rows, of which there are two."""
    expect(page.get_by_test_id("task-row")).to_have_count(2)
    steps.tick(page.get_by_role("checkbox", name="Выбрать все загруженные"))


@pytest.mark.journey
def test_routes_on_a_telephone(office: steps.Office, person_at: Callable[..., Page]) -> None:
    """The list edits, the canvas is looked at, the strip is one line until it is opened."""
    phone = person_at(office.owner, **steps.PHONE)
    made = steps.said(office.owner.call("POST", "routes/", {"kind": "documents.document", "title": "С телефона"}), 201)
    phone.goto(office.url(f"/settings/routes/{made['id']}"))
    phone.get_by_test_id("stage-first").tap()
    phone.get_by_test_id("stage-title").fill("Бухгалтер")
    phone.get_by_test_id("performer-by").select_option("manager")
    phone.get_by_test_id("performer-add").tap()
    phone.get_by_test_id("route-save").tap()
    expect(steps.toast(phone, "Черновик сохранён")).to_be_visible()
    steps.expect_no_sideways_scroll(phone, "the list of stages")
    looks.in_both_themes(phone, "routes-phone-list")
    phone.get_by_role("radio", name="Схема").tap()
    expect(phone.get_by_test_id("canvas-stage")).to_be_visible()
    expect(phone.get_by_test_id("stage-form")).to_have_count(0)
    phone.get_by_test_id("routeset-try").tap()
    expect(trial(phone, "300 000")).to_have_count(1)
    steps.expect_no_sideways_scroll(phone, "the trial")
    looks.in_both_themes(phone, "routes-phone-try")
    card = document(office, "Телефонная закупка", "100")
    body = {"route": route_id(office, NAME)}
    steps.said(office.owner.call("POST", f"cards/{card['id']}/route/", body))
    visit(phone, office, card)
    expect(phone.get_by_test_id("route-strip")).to_have_count(0)
    phone.get_by_test_id("route-fold").tap()
    expect(phone.get_by_test_id("route-stage")).to_have_count(2)
    steps.expect_no_sideways_scroll(phone, "the strip")
    looks.in_both_themes(phone, "routes-phone-strip")


def route_id(office: steps.Office, title: str) -> int:
    rows = steps.said(office.owner.call("GET", "routes/?kind=documents.document"))["results"]
    return next(row["id"] for row in rows if row["title"] == title)
