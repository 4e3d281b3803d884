"""The telephone: a task lives its life by buttons and answers, and a line to the bot becomes one."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from infra.launch.product import Product

from . import steps
from .looks import picture


@pytest.fixture(scope="module")
def office(product: Product) -> steps.Office:
    """A company of its own: what is counted and found here is what was made here."""
    return steps.open_office(product, "svyaz")


def connect(page: Page, office: steps.Office) -> Page:
    """Tie a new telephone to whoever sits at the page; the telephone."""
    page.goto(office.url("/settings/notifications"))
    page.get_by_test_id("chat-connect").click()
    with page.context.expect_page() as opened:
        page.get_by_test_id("chat-link").click()
    phone = opened.value
    phone.get_by_role("button", name="Start").click()
    expect(phone.get_by_text("Подключено")).to_be_visible()
    return phone


def press(phone: Page, title: str) -> None:
    phone.get_by_role("button", name=title, exact=True).click()


def write(phone: Page, text: str) -> None:
    phone.get_by_label("Сообщение боту").fill(text)
    phone.get_by_role("button", name="Отправить").click()


@pytest.mark.journey
@pytest.mark.row("TG-02", "TG-07", "T-22")
def test_a_task_lives_on_the_telephone(office: steps.Office, person_at: Callable[..., Page]) -> None:
    worker = person_at(office.colleague)
    phone = connect(worker, office)
    task = office.task("Собрать узел")
    press(phone, "Принять")
    expect(phone.get_by_role("alert")).to_contain_text("принята")
    expect(phone.get_by_role("button", name="Принять", exact=True)).to_have_count(0)
    picture(phone, "telegram-accepted")
    press(phone, "Начать")
    expect(phone.get_by_role("button", name="Начать", exact=True)).to_have_count(0)

    given = phone.get_by_role("article").filter(has_text="Новая задача")
    given.get_by_role("button", name="Ответить на это сообщение").click()
    write(phone, "Не хватает двух болтов")
    expect(phone.get_by_text("Комментарий добавлен")).to_be_visible()

    owner = person_at(office.owner)
    steps.visit_card(owner, office, task)
    expect(owner.get_by_text("Не хватает двух болтов")).to_be_visible()
    steps.expect_status(owner, "in_work")
    press(phone, "Сдать")
    steps.expect_status(owner, "in_review")
    steps.act(owner, "close")
    steps.expect_status(owner, "closed")
    expect(phone.get_by_text("Задача закрыта")).to_be_visible()
    picture(phone, "telegram-life")


@pytest.mark.journey
@pytest.mark.row("T-01")
def test_a_line_becomes_a_task_and_a_question_is_answered(office: steps.Office, person_at: Callable[..., Page]) -> None:
    boss = person_at(office.owner)
    phone = connect(boss, office)
    write(phone, "Петрову завтра 18:00 проверить склад !важно")
    expect(phone.get_by_text("Новая задача: проверить склад")).to_be_visible()
    expect(phone.get_by_text(f"Исполнитель: {steps.COLLEAGUE_SHORT}")).to_be_visible()
    picture(phone, "telegram-line")
    press(phone, "Создать")
    expect(phone.get_by_role("article").filter(has_text="создана")).to_be_visible()
    expect(phone.get_by_role("button", name="Создать", exact=True)).to_have_count(0)
    mine = steps.said(office.owner.call("GET", "tasks/?tab=given"))["results"]
    task = next(row for row in mine if row["title"] == "Проверить склад")
    assert task["assignee"]["name"] == steps.COLLEAGUE_SHORT and task["due_at"]

    for deed in ("accept", "submit"):
        steps.said(office.colleague.call("POST", f"tasks/{task['id']}/do/{deed}/", {}))
    press(phone, "Вернуть")
    expect(phone.get_by_text("Ответ на:")).to_be_visible()
    picture(phone, "telegram-question")
    write(phone, "Нет фото")
    expect(phone.get_by_role("article").filter(has_text="возвращена")).to_be_visible()
    boss.goto(office.url(f"/tasks/{task['id']}"))
    steps.expect_status(boss, "returned")
    expect(boss.get_by_text("Нет фото").first).to_be_visible()

    write(phone, "/tasks")
    expect(phone.get_by_text("Открытых задач нет")).to_be_visible()
