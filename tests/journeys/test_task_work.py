"""How work is divided, moved, timed and waited for, at the screens."""

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from infra.launch.product import Product

from . import steps
from .steps import PHONE

DUE = "2030-01-10T15:00:00Z"


@pytest.fixture(scope="module")
def office(product: Product) -> steps.Office:
    """A company of its own: what is counted and found here is what was made here."""
    return steps.open_office(product, "delo")


@pytest.mark.journey
@pytest.mark.row("T-01")
def test_a_line_of_words_is_a_task_within_ten_seconds(office: steps.Office, person_at: Callable[..., Page]) -> None:
    tied = office.task("Смета котельной")
    page = person_at(office.owner)
    page.goto(office.url("/tasks?tab=given"))
    expect(steps.row(page, "Смета котельной")).to_be_visible()
    begun = time.monotonic()
    page.keyboard.press("c")
    expect(page.get_by_test_id("composer-title")).to_be_focused()
    page.keyboard.type(f"Петрову послезавтра в 15:00 подготовить КП для котельной !важно #{tied['number'][2:]}")
    page.keyboard.press("Control+Enter")
    expect(steps.toast(page, "Поставлена")).to_be_visible()
    assert time.monotonic() - begun < 10
    row = steps.row(page, "Подготовить КП для котельной")
    expect(row).to_contain_text(steps.COLLEAGUE_SHORT)
    expect(row).to_contain_text("Важно")
    row.click()
    expect(page.get_by_test_id("card-due")).to_contain_text("15:00")
    expect(page.get_by_test_id("link-chip")).to_contain_text("Смета котельной")


@pytest.mark.journey
def test_what_was_understood_is_shown_and_taken_back(office: steps.Office, person_at: Callable[..., Page]) -> None:
    page = person_at(office.owner)
    page.goto(office.url("/tasks?tab=given"))
    page.get_by_test_id("create-task").first.click()
    page.get_by_test_id("composer-title").fill("Петрову завтра написать про пятницу")
    expect(page.get_by_test_id("piece-person")).to_contain_text(steps.COLLEAGUE_SHORT)
    for words in ("завтра", "пятницу"):
        page.get_by_role("button", name=f"Это просто слова: {words}").click()
    expect(page.get_by_test_id("piece-due")).to_have_count(0)
    page.get_by_test_id("composer-submit").click()
    expect(steps.row(page, "завтра написать про пятницу")).to_be_visible()


@pytest.mark.journey
@pytest.mark.row("T-15")
def test_parts_are_typed_and_close_with_the_whole(office: steps.Office, person_at: Callable[..., Page]) -> None:
    task = office.task("Пустить линию")
    page = person_at(office.owner)
    steps.visit_card(page, office, task)
    page.get_by_test_id("subtask-new").fill("- Смонтировать станки\n- Петрову завтра обучить смену")
    page.get_by_test_id("subtask-new").press("Enter")
    expect(page.get_by_test_id("subtasks-progress")).to_have_text("0/2")
    expect(page.get_by_test_id("subtask").nth(1)).to_contain_text("Обучить смену")
    page.get_by_test_id("subtask").first.get_by_role("link").click()
    expect(page.get_by_test_id("card-title")).to_have_value("Смонтировать станки")
    page.get_by_role("link", name="Часть задачи").click()
    for deed in ("start", "submit"):
        steps.said(office.colleague.call("POST", f"tasks/{task['id']}/do/{deed}/"))
    page.get_by_test_id("card-action-close").click()
    expect(page.get_by_text("Не завершено подзадач: 2")).to_be_visible()
    page.get_by_test_id("card-anyway").click()
    expect(steps.status(page)).to_have_attribute("data-status", "closed")
    expect(page.get_by_test_id("subtasks-progress")).to_have_text("2/2")


@pytest.mark.journey
@pytest.mark.row("T-20")
def test_a_move_is_asked_for_on_a_telephone_and_consented_from_the_queue(
    office: steps.Office, person_at: Callable[..., Page]
) -> None:
    task = office.task("Отгрузить заказ", due_at=DUE)
    phone, owner = person_at(office.colleague, **PHONE), person_at(office.owner)
    phone.goto(office.url(f"/tasks/{task['id']}"))
    phone.get_by_test_id("ask-due").click()
    phone.get_by_test_id("ask-due-at").fill("1.02.2030 12:00")
    phone.get_by_test_id("ask-due-reason").fill("Ждём упаковку")
    phone.get_by_test_id("ask-due-send").click()
    expect(phone.get_by_test_id("due-request")).to_contain_text("Ждём упаковку")
    owner.goto(office.url("/waiting"))
    line = owner.get_by_test_id("queue-due-requests").get_by_test_id("queue-line")
    expect(line).to_contain_text("Ждём упаковку")
    line.get_by_role("link").first.focus()
    owner.keyboard.press("f")
    expect(line).to_have_count(0)
    owner.goto(office.url(f"/tasks/{task['id']}"))
    expect(owner.get_by_test_id("due-moves")).to_contain_text("Срок переносили 1 раз, изначально 10.01.2030")
    expect(phone.get_by_test_id("due-moves")).to_be_visible()


@pytest.mark.journey
def test_the_queue_gives_back_what_was_done_by_mistake(office: steps.Office, person_at: Callable[..., Page]) -> None:
    task = office.task("Сдать отчёт смены")
    for deed in ("start", "submit"):
        steps.said(office.colleague.call("POST", f"tasks/{task['id']}/do/{deed}/"))
    page = person_at(office.owner)
    page.goto(office.url("/waiting"))
    line = page.get_by_test_id("queue-line").filter(has_text="Сдать отчёт смены")
    line.get_by_test_id("queue-action-close").click()
    expect(line).to_have_count(0)
    page.get_by_role("button", name="Вернуть", exact=True).last.click()
    expect(line).to_be_visible()
    assert steps.said(office.owner.call("GET", f"tasks/{task['id']}/"))["status"] == "in_review"


@pytest.mark.journey
def test_time_is_counted_by_one_button_and_written_by_hand(
    office: steps.Office, person_at: Callable[..., Page]
) -> None:
    task = office.task("Обойти посты")
    page = person_at(office.colleague)
    steps.visit_card(page, office, task)
    page.get_by_test_id("card-timer").click()
    expect(page.get_by_test_id("card-timer")).to_have_attribute("aria-pressed", "true")
    page.get_by_test_id("card-timer").click()
    expect(page.get_by_test_id("card-timer")).to_have_attribute("aria-pressed", "false")
    page.get_by_test_id("card-spent").click()
    page.get_by_test_id("time-span").fill("1,5")
    page.get_by_test_id("time-add").click()
    expect(page.get_by_test_id("time-entry")).to_contain_text("1 ч 30 мин")
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("card-spent")).to_have_text("1 ч 30 мин")


@pytest.mark.journey
@pytest.mark.row("PL-12")
def test_the_director_sees_who_holds_what_and_opens_the_rows(
    office: steps.Office, person_at: Callable[..., Page]
) -> None:
    late = office.task("Просроченное поручение", due_at="2024-01-10T15:00:00Z")
    needed = office.task("Чертёж к поручению")
    tie = {"ref": needed["ref"], "relation": "depends_on"}
    steps.said(office.owner.call("POST", f"tasks/{late['id']}/links/", tie), 201)
    page = person_at(office.owner)
    page.goto(office.url("/tasks"))
    page.get_by_test_id("to-assignments").click()
    row = page.get_by_test_id("assignments-row").filter(has_text=steps.COLLEAGUE_SHORT)
    expect(row.get_by_test_id("figure-overdue")).to_be_visible()
    row.get_by_test_id("assignments-unfold").click()
    line = page.get_by_test_id("assigned-task").filter(has_text="Просроченное поручение")
    expect(line).to_contain_text("опоздание")
    blocker = line.get_by_test_id("assigned-blocker")
    expect(blocker).to_contain_text(f"Держит: {steps.COLLEAGUE_SHORT}")
    expect(blocker.get_by_role("link", name=needed["number"])).to_be_visible()
    row.get_by_test_id("figure-late_days").click()
    expect(steps.row(page, "Просроченное поручение")).to_be_visible()
