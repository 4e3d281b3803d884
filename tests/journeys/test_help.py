"""«Помощь»: a person writes with a file and his context; an operator answers; it is on the screen and by mail."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from infra.launch.product import Product

from . import looks, steps
from .steps import PHONE
from .test_axe import faults
from .test_console import come_to_console, make_operator

TEXT = "Наряд не печатается: кнопка нажимается, и ничего не происходит"


@pytest.fixture(scope="module")
def office(product: Product) -> steps.Office:
    return steps.open_office(product, "podskazka")


def looked_at(page: Page, name: str, *, themes: bool = True) -> None:
    steps.wait_till_loaded(page)
    if themes:
        looks.in_both_themes(page, name)
    else:
        looks.picture(page, name)
    assert looks.sideways(page) == 0, name
    assert faults(page) == [], name


@pytest.mark.journey
@pytest.mark.row("PL-16")
def test_a_person_asks_an_operator_answers_and_it_is_there_at_once(
    office: steps.Office, product: Product, person_at: Callable[..., Page], tmp_path: Path
) -> None:
    task = office.task("Напечатать наряд")
    worker = person_at(office.colleague)
    worker.goto(office.url(f"/tasks/{task['id']}?search=Иванова"))
    expect(worker.locator(".card-t")).to_be_visible()
    worker.keyboard.press("Control+k")
    worker.get_by_test_id("palette-input").fill("помощь")
    worker.get_by_role("option", name="Помощь").first.click()
    expect(worker.get_by_test_id("help-write")).to_be_visible()
    looked_at(worker, "help-home")
    worker.get_by_test_id("help-write").click()

    # What goes along is shown in the words in which it goes; the words looked for do not.
    expect(worker.get_by_test_id("help-part-address")).to_contain_text(f"/tasks/{task['id']}?search")
    expect(worker.get_by_test_id("help-part-address")).not_to_contain_text("Иванова")
    expect(worker.get_by_test_id("help-part-card")).to_contain_text(task["number"])
    worker.get_by_test_id("help-part-screen").get_by_role("checkbox").uncheck()
    shot = tmp_path / "снимок.csv"
    shot.write_text("наряд;печать\n1;нет\n", encoding="utf-8")
    worker.get_by_test_id("help-files").set_input_files(shot)
    expect(worker.get_by_test_id("file")).to_contain_text("приложен")
    worker.get_by_test_id("help-text").fill(TEXT)
    looked_at(worker, "help-write")
    worker.get_by_test_id("help-send").click()
    expect(worker.get_by_test_id("appeal-state")).to_have_text("Ждёт ответа поддержки")
    appeal = worker.url.rstrip("/").rpartition("/")[2]

    desk = person_at()
    come_to_console(desk, product, make_operator(product, "pomosh", role="support"))
    desk.get_by_test_id("console-appeals").click()
    desk.get_by_test_id("appeals-whose").select_option("free")
    expect(desk.get_by_test_id(f"appeal-{appeal}")).to_contain_text("Петров")
    looked_at(desk, "console-appeals")
    desk.get_by_test_id(f"appeal-{appeal}").get_by_role("link").first.click()
    context = desk.get_by_test_id("appeal-context")
    expect(context).to_contain_text(f"/tasks/{task['id']}?search")
    expect(context).to_contain_text(f"Задача {task['number']}")
    expect(context).not_to_contain_text("×")
    file = desk.get_by_test_id("talk-line").get_by_role("link", name="снимок.csv")
    expect(file).to_be_visible()
    with desk.expect_download() as saved:
        file.click()
    assert saved.value.suggested_filename == "снимок.csv"
    desk.get_by_test_id("appeal-take").click()
    expect(desk.get_by_test_id("appeal-facts")).to_contain_text("Орлова Вера")
    desk.get_by_role("radio", name="Заметка").click()
    desk.get_by_test_id("appeal-text").fill("Известная ошибка печати")
    desk.get_by_test_id("appeal-send").click()
    expect(desk.get_by_test_id("talk-line")).to_have_count(2)

    desk.get_by_role("radio", name="Ответ").click()
    desk.get_by_test_id("appeal-text").fill("Исправили. Обновите страницу")
    desk.get_by_test_id("appeal-send").click()
    # Without a reload, within the time in which anything live is there.
    expect(worker.get_by_text("Исправили. Обновите страницу").first).to_be_visible(timeout=steps.LIVE_MS)
    expect(worker.get_by_test_id("appeal-state")).to_have_text("Есть ответ")
    expect(worker.get_by_text("Известная ошибка печати")).to_have_count(0)
    expect(worker.get_by_test_id("talk-line").last).to_contain_text("Поддержка: Орлова Вера")
    expect(desk.get_by_test_id("talk-line")).to_have_count(3)
    looked_at(desk, "console-appeal")
    looked_at(worker, "help-talk")
    letter = product.letter(office.colleague_email, containing="Исправили")
    assert "Исправили. Обновите страницу" in letter["text"] and f"/help/{appeal}" in letter["text"]
    assert "Известная ошибка" not in letter["text"]

    worker.get_by_test_id("appeal-text").fill("Спасибо, печатает")
    worker.get_by_test_id("appeal-send").click()
    expect(worker.get_by_test_id("talk-line")).to_have_count(3)
    worker.get_by_test_id("appeal-close").click()
    expect(worker.get_by_test_id("appeal-reopen")).to_be_visible()


@pytest.mark.journey
@pytest.mark.row("PL-16")
def test_on_a_telephone_help_is_two_presses_away(office: steps.Office, person_at: Callable[..., Page]) -> None:
    page = person_at(office.owner, **PHONE)
    page.goto(office.url())
    page.get_by_test_id("user-menu").click()
    page.get_by_role("menuitem", name="Помощь").click()
    expect(page.get_by_test_id("help-write")).to_be_visible()
    looked_at(page, "help-home-phone", themes=False)
    page.get_by_test_id("help-write").click()
    page.get_by_test_id("help-text").fill("Как выгрузить задачи?")
    looked_at(page, "help-write-phone")
    page.get_by_test_id("help-send").click()
    expect(page.get_by_test_id("appeal-state")).to_have_text("Ждёт ответа поддержки")
    looked_at(page, "help-talk-phone")
    page.get_by_role("link", name="Обращения в поддержку").click()
    page.get_by_role("radio", name="Всей компании").click()
    expect(page.get_by_test_id("appeal-row").first).to_be_visible()
    looked_at(page, "help-list-phone")
