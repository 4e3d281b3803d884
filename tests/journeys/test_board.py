"""Tasks on a board, in a calendar, on a diagram, and whose days are full: with a mouse, by keyboard, on a telephone."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, Page, expect

from infra.launch.product import Product

from . import steps
from .steps import PHONE

MOSCOW = ZoneInfo("Europe/Moscow")


@pytest.fixture(scope="module")
def office(product: Product) -> steps.Office:
    """A company of its own: its counts are all here."""
    return steps.open_office(product, "doska")


def at(days: int, hour: int = 12) -> datetime:
    now = datetime.now(MOSCOW)
    return now.replace(hour=hour, minute=0, second=0, microsecond=0) + timedelta(days=days)


def day_of(moment: datetime) -> str:
    return moment.date().isoformat()


def column(page: Page, value: str) -> Locator:
    return page.get_by_test_id(f"column-{value}")


def card_in(place: Locator, title: str) -> Locator:
    return place.get_by_test_id("board-card").filter(has_text=title)


def chip_in(page: Page, moment: datetime, title: str) -> Locator:
    return page.get_by_test_id(f"day-{day_of(moment)}").get_by_test_id("card-chip").filter(has_text=title)


def count(page: Page, value: str) -> Locator:
    return column(page, value).get_by_test_id("column-count")


def drag(page: Page, what: Locator, to: Locator) -> None:
    """As a hand does: press, move in steps, let go."""
    start, end = what.bounding_box(), to.bounding_box()
    assert start and end
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + 12)
    page.mouse.down()
    page.mouse.move(end["x"] + end["width"] / 2, end["y"] + 60, steps=8)
    page.mouse.up()


def status_of(office: steps.Office, task: dict) -> str:
    return steps.said(office.owner.call("GET", f"tasks/{task['id']}/"))["status"]


@pytest.mark.journey
def test_cards_are_moved_by_mouse_and_keyboard_and_the_other_sees_it(
    office: steps.Office, person_at: Callable[..., Page]
) -> None:
    pump, weld = office.task("Проверить насос"), office.task("Заварить шов")
    worker, owner = person_at(office.colleague), person_at(office.owner)
    worker.goto(office.url("/tasks"))
    worker.get_by_test_id("display-board").click()
    expect(count(worker, "new")).to_have_text("2")
    owner.goto(office.url("/tasks?tab=given&display=board"))
    expect(card_in(column(owner, "new"), "Проверить насос")).to_be_visible()

    drag(worker, card_in(column(worker, "new"), "Проверить насос"), column(worker, "in_work"))
    expect(card_in(column(worker, "in_work"), "Проверить насос")).to_be_visible()
    expect(count(worker, "new")).to_have_text("1")
    expect(card_in(column(owner, "in_work"), "Проверить насос")).to_be_visible(timeout=steps.LIVE_MS)
    assert status_of(office, pump) == "in_work"

    # A column where the card cannot go is told of, and the card stays.
    drag(worker, card_in(column(worker, "new"), "Заварить шов"), column(worker, "closed"))
    expect(steps.toast(worker, "В «Закрыта» эту карточку отсюда не перенести")).to_be_visible()
    expect(card_in(column(worker, "new"), "Заварить шов")).to_be_visible()
    assert status_of(office, weld) == "new"

    # By keyboard: take, walk, put.
    link = card_in(column(worker, "new"), "Заварить шов").get_by_role("link")
    link.focus()
    worker.keyboard.press("Space")
    expect(worker.get_by_test_id("board-said")).to_contain_text("Взята карточка «Заварить шов»")
    worker.keyboard.press("ArrowRight")
    expect(worker.get_by_test_id("board-said")).to_contain_text("Столбец «Принята»")
    worker.keyboard.press("Space")
    expect(card_in(column(worker, "accepted"), "Заварить шов")).to_be_visible()
    expect(worker.get_by_test_id("board-said")).to_contain_text("теперь в столбце «Принята»")
    expect(card_in(column(worker, "accepted"), "Заварить шов").get_by_role("link")).to_be_focused()
    worker.keyboard.press("Space")
    worker.keyboard.press("ArrowRight")
    worker.keyboard.press("Escape")
    expect(card_in(column(worker, "accepted"), "Заварить шов")).to_be_visible()
    worker.keyboard.press("Enter")
    expect(steps.card(worker)).to_be_visible()
    worker.keyboard.press("Escape")
    expect(steps.card(worker)).to_have_count(0)

    # The shape is remembered where the address does not say it.
    worker.goto(office.url("/tasks"))
    expect(column(worker, "accepted")).to_be_visible()


@pytest.mark.journey
def test_what_must_be_said_is_asked_and_a_refusal_puts_the_card_back(
    office: steps.Office, person_at: Callable[..., Page]
) -> None:
    handed, blocked, needed = office.task("Сдать отчёт"), office.task("Собрать узел"), office.task("Купить болты")
    for deed in ("start", "submit"):
        steps.said(office.colleague.call("POST", f"tasks/{handed['id']}/do/{deed}/", {}))
    tie = {"ref": needed["ref"], "relation": "depends_on"}
    steps.said(office.owner.call("POST", f"tasks/{blocked['id']}/links/", tie), 201)
    owner = person_at(office.owner)
    owner.goto(office.url("/tasks?tab=given&display=board&search=отчёт"))
    drag(owner, card_in(column(owner, "in_review"), "Сдать отчёт"), column(owner, "returned"))
    owner.get_by_test_id("reason-text").fill("Нет печати")
    owner.get_by_test_id("reason-submit").click()
    expect(card_in(column(owner, "returned"), "Сдать отчёт")).to_be_visible()
    steps.wait_until(lambda: status_of(office, handed) == "returned")

    # The server stands in the way and names how to go on; whoever thinks better of it finds the card where it was.
    worker = person_at(office.colleague)
    worker.goto(office.url("/tasks?display=board&search=узел"))
    drag(worker, card_in(column(worker, "new"), "Собрать узел"), column(worker, "in_work"))
    expect(worker.get_by_role("dialog")).to_contain_text("Не завершено задач, от которых зависит эта: 1")
    worker.keyboard.press("Escape")
    expect(card_in(column(worker, "new"), "Собрать узел")).to_be_visible()
    drag(worker, card_in(column(worker, "new"), "Собрать узел"), column(worker, "in_work"))
    worker.get_by_test_id("card-anyway").click()
    expect(card_in(column(worker, "in_work"), "Собрать узел")).to_be_visible()
    steps.wait_until(lambda: status_of(office, blocked) == "in_work")

    # Somebody was faster: the refusal is told in words, and the board shows what is.
    def be_faster(route) -> None:
        steps.said(office.owner.call("POST", f"tasks/{needed['id']}/do/cancel/", {}))
        route.continue_()

    worker.goto(office.url("/tasks?display=board&search=болты"))
    worker.route("**/do/start/", be_faster)
    drag(worker, card_in(column(worker, "new"), "Купить болты"), column(worker, "in_work"))
    expect(worker.get_by_test_id("toast").first).to_be_visible()
    expect(worker.get_by_test_id("board-card")).to_have_count(0)


@pytest.mark.journey
def test_dates_are_moved_on_the_board_and_in_the_calendar(office: steps.Office, person_at: Callable[..., Page]) -> None:
    first, second = at(0).replace(day=10) + timedelta(days=31), at(0).replace(day=10) + timedelta(days=33)
    task = office.task("Забетонировать опору", due_at=first.isoformat())
    owner = person_at(office.owner)
    owner.goto(office.url(f"/tasks?tab=given&display=calendar&day={day_of(first)}&search=опору"))
    drag(owner, chip_in(owner, first, "Забетонировать опору"), owner.get_by_test_id(f"day-{day_of(second)}"))
    owner.get_by_test_id("reason-text").fill("Ждём бетон")
    owner.get_by_test_id("reason-submit").click()
    expect(chip_in(owner, second, "Забетонировать опору")).to_be_visible()
    steps.wait_until(lambda: steps.said(office.owner.call("GET", f"tasks/{task['id']}/"))["due_moves"] == 1)
    moved = steps.said(office.owner.call("GET", f"tasks/{task['id']}/"))
    assert datetime.fromisoformat(moved["due_at"]) == second

    owner.goto(office.url("/tasks?tab=given&display=board&by=due&search=опору"))
    expect(column(owner, "overdue")).to_be_visible()
    card_in(column(owner, "later"), "Забетонировать опору").get_by_role("button").click()
    owner.get_by_role("menuitem", name="Без срока").click()
    owner.get_by_test_id("reason-text").fill("Заказчик думает")
    owner.get_by_test_id("reason-submit").click()
    expect(card_in(column(owner, "none"), "Забетонировать опору")).to_be_visible()
    steps.wait_until(lambda: steps.said(office.owner.call("GET", f"tasks/{task['id']}/"))["due_at"] is None)


@pytest.mark.journey
def test_people_are_columns_and_a_card_is_handed_over(office: steps.Office, person_at: Callable[..., Page]) -> None:
    task, me = office.task("Осмотреть кран"), steps.person_id(office.owner)
    office.task("Своё дело крановое", assignee=me)
    owner = person_at(office.owner)
    owner.goto(office.url("/tasks?tab=all&display=board&search=кран"))
    owner.get_by_test_id("board-by").get_by_role("button").first.click()
    owner.get_by_role("button", name="исполнитель", exact=True).last.click()
    his, mine = column(owner, str(steps.person_id(office.colleague))), column(owner, str(me))
    drag(owner, card_in(his, "Осмотреть кран"), mine)
    expect(card_in(mine, "Осмотреть кран")).to_be_visible()
    steps.wait_until(lambda: steps.said(office.owner.call("GET", f"tasks/{task['id']}/"))["assignee"]["id"] == me)


@pytest.mark.journey
def test_a_diagram_shows_what_waits_for_what(office: steps.Office, person_at: Callable[..., Page]) -> None:
    base = office.task("Фундамент склада", due_at=at(4).isoformat())
    walls = office.task("Стены склада", due_at=at(12).isoformat())
    tie = {"ref": base["ref"], "relation": "depends_on"}
    steps.said(office.owner.call("POST", f"tasks/{walls['id']}/links/", tie), 201)
    owner = person_at(office.owner)
    owner.goto(office.url("/tasks?tab=given&search=склада"))
    owner.get_by_test_id("display-timeline").click()
    expect(owner.get_by_test_id("timeline-row")).to_have_count(2)
    expect(owner.get_by_test_id("timeline-arrow")).to_have_count(1)
    expect(owner.get_by_test_id("timeline-now")).to_be_attached()
    owner.get_by_role("radio", name="Месяц").click()
    expect(owner.get_by_test_id("timeline-row")).to_have_count(2)
    owner.get_by_test_id("timeline-row").last.get_by_role("link").click()
    expect(owner.get_by_test_id("card-title")).to_have_value("Стены склада")


@pytest.mark.journey
def test_workload_shows_hours_and_opens_the_rows(office: steps.Office, person_at: Callable[..., Page]) -> None:
    monday = at(7 - at(0).weekday())
    office.task("Сварить раму", due_at=monday.isoformat(), estimate=600)
    owner = person_at(office.owner)
    owner.goto(office.url("/tasks?tab=given"))
    owner.get_by_test_id("to-workload").click()
    row = owner.get_by_test_id("workload-row").filter(has_text=steps.COLLEAGUE_SHORT)
    cell = row.get_by_test_id(f"load-{day_of(monday)}")
    expect(cell).to_contain_text("10 ч")
    cell.click()
    expect(steps.row(owner, "Сварить раму")).to_be_visible()
    expect(owner.get_by_test_id("task-row")).to_have_count(1)


@pytest.mark.journey
@pytest.mark.row("C-04", waits="calendar")
@pytest.mark.row("C-04", waits="orders")
def test_on_a_telephone_one_column_is_in_sight_and_the_calendar_is_a_list(
    office: steps.Office, person_at: Callable[..., Page]
) -> None:
    due = at(1)
    task = office.task("Покрасить забор", due_at=due.isoformat())
    phone = person_at(office.colleague, **PHONE)
    phone.goto(office.url("/tasks?display=board&search=забор"))
    phone.get_by_test_id("column-tab-new").tap()
    card = card_in(column(phone, "new"), "Покрасить забор")
    expect(card).to_be_in_viewport()
    steps.expect_no_sideways_scroll(phone, "a board")
    card.get_by_role("button").tap()
    phone.get_by_role("menuitem", name="В работе").tap()
    phone.get_by_test_id("column-tab-in_work").tap()
    expect(card_in(column(phone, "in_work"), "Покрасить забор")).to_be_in_viewport()
    steps.wait_until(lambda: status_of(office, task) == "in_work")

    phone.get_by_test_id("display-calendar").tap()
    expect(chip_in(phone, due, "Покрасить забор")).to_be_visible()
    steps.expect_no_sideways_scroll(phone, "a calendar")
    chip_in(phone, due, "Покрасить забор").get_by_role("link").tap()
    expect(phone.get_by_test_id("card-title")).to_have_value("Покрасить забор")
