"""Minutes at the screens: lines by the keys, returned and put right, what was struck out, the next meeting."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from infra.launch.product import Product, Session

from . import looks, steps
from .test_documents_stories import (
    Firm,
    approve,
    firm_of,
    make_minutes,
    send_minutes,
    stage,
    tasks_of,
    type_lines,
    visit,
)


@pytest.fixture(scope="module")
def firm(product: Product) -> Firm:
    return firm_of(product, "protokol")


def line(page: Page, text: str) -> Locator:
    """A line by its words, which stand in a field."""
    found = page.get_by_test_id("minutes-line")
    expect(found.locator("textarea").filter(has_text=text)).to_have_count(1)
    return found.filter(has=page.locator("textarea", has_text=text))


def words(page: Page) -> list[str]:
    return [one.input_value() for one in page.get_by_test_id("line-text").all()]


def told(session: Session) -> list[str]:
    """What the bell has said of tasks."""
    return [row["ref"] for row in steps.said(session.call("GET", "notices/"))["results"] if "tasks.task" in row["ref"]]


def in_three_widths(page: Page, phone: Page, name: str) -> None:
    looks.in_both_themes(page, name)
    looks.wait_till_faded(page)
    assert [looks.nameless(page), looks.pale(page)] == [[], []]
    phone.reload()
    expect(phone.get_by_test_id("minutes-note")).to_be_visible()
    section = phone.get_by_role("region", name="Строки протокола")
    section.scroll_into_view_if_needed()
    looks.in_both_themes(phone, f"{name}-390")
    assert looks.sideways(phone) == 0, "nothing is wider than the telephone"


def write_by_keys(page: Page) -> None:
    """Tab leads to the doer and the moment; the sort, the order and the way out have keys of their own."""
    type_lines(page, ["Смета на ремонт — Петрову — пт 18:00", "решили: переносим запуск", "Общий склад запчастей"])
    page.get_by_test_id("line-new").focus()
    page.keyboard.type("Заказать паллеты")
    page.keyboard.press("Tab")
    page.keyboard.type("Счётова")
    expect(page.get_by_role("option").filter(has_text="Счётова")).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("завтра")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("minutes-line")).to_have_count(4)
    expect(page.get_by_test_id("line-new")).to_be_focused()
    expect(line(page, "Заказать паллеты").get_by_test_id("line-who")).to_contain_text("Счётова В. П.")
    expect(line(page, "Смета на ремонт").get_by_test_id("line-who")).to_contain_text(steps.COLLEAGUE_SHORT)
    expect(line(page, "Смета на ремонт").get_by_test_id("line-when")).not_to_contain_text("без срока")
    expect(line(page, "Переносим запуск")).to_have_attribute("data-sort", "decision")

    page.keyboard.press("ArrowUp")
    page.keyboard.press("Alt+ArrowUp")
    expect.soft(page.get_by_label("Строка 3", exact=True)).to_have_value("Заказать паллеты")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Alt+3")
    expect(line(page, "Общий склад")).to_have_attribute("data-sort", "idea")
    page.get_by_test_id("line-new").focus()
    page.keyboard.type("Лишнее")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("minutes-line")).to_have_count(5)
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Control+Backspace")
    expect(page.get_by_test_id("minutes-line")).to_have_count(4)
    expect(page.get_by_test_id("line-new")).to_be_focused()


def return_minutes(page: Page, firm: Firm, card: int) -> None:
    visit(page, firm.office, card)
    expect(page.get_by_test_id("minutes-note")).to_contain_text("на согласовании")
    page.get_by_test_id("route-comment").fill("Паллеты не нужны, смету — к понедельнику")
    page.get_by_test_id("route-say-return").click()
    expect(steps.toast(page, "Возвращено на доработку")).to_be_visible()


def put_right(page: Page) -> None:
    expect(page.get_by_test_id("line-new")).to_be_visible(timeout=steps.LIVE_MS)
    line(page, "Смета на ремонт").get_by_test_id("line-text").fill("Смета на ремонт цеха")
    page.keyboard.press("Enter")
    line(page, "Заказать паллеты").get_by_test_id("line-text").focus()
    page.keyboard.press("Control+Backspace")
    expect(page.get_by_test_id("lines-removed")).to_have_text("Убранные: 2")
    type_lines(page, ["Вызвать наладчика — Петрову — завтра"])
    # Whoever decides upon other words than he was asked about looks at them once more, though he has written them.
    page.get_by_test_id("route-say-done").click()
    page.get_by_test_id("route-again").click()
    expect(stage(page, "Директор")).to_have_attribute("data-place", "now")


@pytest.mark.journey
@pytest.mark.row("MP-01", waits="calendar")
@pytest.mark.row("MP-02", "MP-03", "MP-04", "MP-05")
def test_minutes_are_typed_returned_put_right_and_become_work(firm: Firm, person_at: Callable[..., Page]) -> None:
    office, worker = firm.office, firm.office.colleague
    director, secretary = person_at(office.owner), person_at(firm.author)
    card = make_minutes(secretary, office, "Планёрка цеха")
    looks.in_both_themes(secretary, "minutes-empty")
    write_by_keys(secretary)
    phone = person_at(firm.author, **steps.PHONE)
    visit(phone, office, card)
    in_three_widths(secretary, phone, "minutes-draft")
    send_minutes(secretary)
    return_minutes(director, firm, card)
    assert tasks_of(worker, "mine") == [] and told(worker) == [], "no one who is named hears of it"

    put_right(secretary)
    assert tasks_of(worker, "mine") == [], "put right, and not agreed upon yet"
    in_three_widths(secretary, phone, "minutes-on-route")
    visit(director, office, card)
    approve(director)
    expect(secretary.get_by_test_id("line-task")).to_have_count(2, timeout=steps.LIVE_MS)
    given = tasks_of(worker, "mine")
    assert {one["title"] for one in given} == {"Смета на ремонт цеха", "Вызвать наладчика"}
    assert len(told(worker)) == len(set(told(worker))) == 2, "each is told of once"
    assert tasks_of(firm.accountant, "mine") == [], "what was struck out starts nothing"

    secretary.get_by_test_id("lines-removed").click()
    gone = secretary.get_by_test_id("line-removed").filter(has_text="Заказать паллеты")
    expect(gone).to_contain_text("Белов О. И.")
    facts = steps.said(firm.author.call("GET", f"documents/{card}/history/"))["results"]
    assert "Заказать паллеты" in str(facts)
    in_three_widths(secretary, phone, "minutes-started")


@pytest.mark.journey
@pytest.mark.row("MP-02", "MP-04")
def test_the_next_meeting_opens_with_what_was_given(firm: Firm, person_at: Callable[..., Page]) -> None:
    office = firm.office
    secretary = person_at(firm.author)
    card = make_minutes(secretary, office, "Планёрка склада")
    type_lines(secretary, ["Пересчитать остатки — Петрову — пт", "Убрать проход — Счётовой", "идея: журнал простоев"])
    send_minutes(secretary)
    director = person_at(office.owner)
    visit(director, office, card)
    approve(director)
    expect(secretary.get_by_test_id("line-task")).to_have_count(2, timeout=steps.LIVE_MS)

    secretary.get_by_test_id("line-give").click()
    secretary.get_by_test_id("give-who").fill("Петров")
    expect(secretary.get_by_role("option").filter(has_text="Петров")).to_be_visible()
    secretary.keyboard.press("Enter")
    looks.in_both_themes(secretary, "minutes-give")
    secretary.get_by_test_id("give-submit").click()
    expect(secretary.get_by_test_id("line-task")).to_have_count(3)

    secretary.get_by_test_id("minutes-next").click()
    expect(secretary.get_by_test_id("former-lines")).to_have_text("Прошлые поручения: 3, не сделано 3")
    secretary.get_by_test_id("former-lines").click()
    row = secretary.get_by_test_id("former-line").filter(has_text="Убрать проход")
    expect(row).to_contain_text("в работе")
    expect(row).to_contain_text("Счётова В. П.")
    phone = person_at(firm.author, **steps.PHONE)
    phone.goto(secretary.url)
    phone.get_by_test_id("former-lines").click()
    phone.get_by_test_id("minutes-new").scroll_into_view_if_needed()
    assert looks.sideways(phone) == 0, "nothing is wider than the telephone"
    looks.in_both_themes(secretary, "minutes-next")
    looks.in_both_themes(phone, "minutes-next-390")


@pytest.mark.journey
@pytest.mark.row("MP-02")
def test_nothing_typed_is_lost_without_the_net(firm: Firm, person_at: Callable[..., Page]) -> None:
    page = person_at(firm.author)
    make_minutes(page, firm.office, "Планёрка без связи")
    type_lines(page, ["Первая строка"])
    page.context.set_offline(True)
    page.get_by_test_id("line-new").focus()
    page.keyboard.type("Вторая строка")
    page.keyboard.press("Enter")
    waiting = page.get_by_test_id("minutes-going")
    expect(waiting).to_contain_text("Не сохранено")
    looks.in_both_themes(page, "minutes-offline")
    page.context.set_offline(False)
    expect(waiting).to_have_count(0)
    assert words(page) == ["Первая строка", "Вторая строка"]
    page.reload()
    expect(page.get_by_test_id("minutes-line")).to_have_count(2)
    assert words(page) == ["Первая строка", "Вторая строка"]


@pytest.mark.journey
@pytest.mark.row("MP-02")
def test_the_switch_of_a_type_decides_where_lines_are(firm: Firm, person_at: Callable[..., Page]) -> None:
    page = person_at(firm.office.owner)
    page.goto(firm.office.url("/documents/setup"))
    page.get_by_test_id("type-row").filter(has_text="Акт").get_by_role("button").click()
    page.get_by_test_id("type-has_lines").click()
    looks.in_both_themes(page, "minutes-switch")
    page.get_by_test_id("type-save").click()
    expect(steps.toast(page, "Правила сохранены: Акт")).to_be_visible()
    made = steps.said(firm.office.owner.call("POST", "documents/", {"title": "Осмотр", "card_type": "act"}), 201)
    visit(page, firm.office, made["id"])
    expect(page.get_by_test_id("line-new")).to_be_visible()
