"""A file becomes cards: columns, an error corrected in place, undo; a list becomes a file that can come back."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from infra.launch.product import Product

from . import steps
from .looks import nameless, pale, picture
from .steps import PHONE

CONTENT = (
    "Задача;Ответственный;Крайний срок;Теги\r\n"
    "Проверить щит;Петров Пётр;15.03.2027 18:00;Цех\r\n"
    "Заказать кабель;Сидоров Сидор;32.03.2027;\r\n"
    "Сдать отчёт;;;\r\n"
)


@pytest.fixture(scope="module")
def office(product: Product) -> steps.Office:
    """A company of its own: its lists hold what this journey brings."""
    return steps.open_office(product, "zagruzka")


def look(page: Page, name: str) -> None:
    """The screen is named, readable and kept for people, light and dark."""
    assert nameless(page) == []
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        assert pale(page) == []
        picture(page, f"imports-{name}-{theme}")
    page.emulate_media(color_scheme="light", reduced_motion="reduce")


def send(page: Page, content: bytes, name: str = "Задачи.csv") -> None:
    page.get_by_test_id("import-file").set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})
    expect(page.get_by_test_id("import-check")).to_be_visible()


@pytest.mark.journey
def test_a_file_is_checked_corrected_loaded_and_taken_back(
    office: steps.Office, person_at: Callable[..., Page]
) -> None:
    page, witness = person_at(office.owner), person_at(office.owner)
    witness.goto(office.url("/tasks?tab=all"))
    page.goto(office.url("/tasks?tab=all"))
    page.get_by_test_id("list-files").click()
    page.get_by_role("menuitem", name="Загрузить из файла").click()
    expect(page.get_by_test_id("import-choose")).to_be_visible()
    look(page, "start")
    send(page, CONTENT.encode("cp1251"))
    columns = page.get_by_test_id("import-column").locator("select")
    expect(columns.nth(0)).to_have_value("title")
    expect(columns.nth(1)).to_have_value("assignee")
    expect(columns.nth(2)).to_have_value("due_at")
    expect(columns.nth(3)).to_have_value("tags")
    look(page, "columns")

    page.get_by_test_id("import-check").click()
    expect(page.get_by_test_id("import-counts")).to_contain_text("1 строка с ошибками")
    cells = page.get_by_test_id("import-bad-row").get_by_test_id("import-cell")
    expect(cells).to_have_count(2)
    look(page, "checked")
    page.get_by_test_id("import-bad-ask").click()
    with page.expect_download() as leftovers:
        page.get_by_test_id("import-bad-file").click()
    assert leftovers.value.suggested_filename == "Задачи — строки с ошибками.csv"
    header, *bad = leftovers.value.path().read_bytes().decode("utf-8-sig").splitlines()
    assert header.endswith("Что исправить (Пульт)") and [row.split(";")[0] for row in bad] == ["Заказать кабель"]
    cells.nth(0).fill("петров п.")
    cells.nth(0).press("Enter")
    expect(cells).to_have_count(1)
    cells.nth(0).fill("31 марта 2027")
    cells.nth(0).press("Enter")
    expect(page.get_by_test_id("import-fixed")).to_be_visible()
    expect(page.get_by_test_id("import-counts")).to_have_text("3 строки готовы")

    page.get_by_test_id("import-run").click()
    expect(page.get_by_test_id("import-done")).to_contain_text("создано 3 карточки")
    # A list that is open elsewhere hears of it, and later of the undo.
    expect(witness.get_by_test_id("task-row")).to_have_count(3, timeout=steps.LIVE_MS)
    look(page, "done")
    page.goto(office.url("/tasks?tab=all"))
    expect(page.get_by_test_id("task-row")).to_have_count(3)

    page.get_by_test_id("list-files").click()
    page.get_by_role("menuitem", name="Выгрузить в файл").click()
    page.get_by_role("radio", name="CSV").or_(page.get_by_role("button", name="CSV", exact=True)).first.click()
    with page.expect_download() as coming:
        page.get_by_test_id("export-run").click()
    look(page, "export")
    assert coming.value.suggested_filename.startswith("Задачи")
    exported = coming.value.path().read_bytes()
    assert exported.decode("utf-8-sig").splitlines()[0].startswith("Номер;Название;Состояние;Исполнитель")
    page.keyboard.press("Escape")

    page.goto(office.url("/settings/imports"))
    page.get_by_test_id("import-row").first.click()
    page.get_by_test_id("import-undo").click()
    look(page, "undo")
    page.get_by_test_id("import-undo-do").click()
    expect(page.get_by_test_id("import-undone")).to_be_visible()
    expect(witness.get_by_test_id("task-row")).to_have_count(0, timeout=steps.LIVE_MS)
    page.goto(office.url("/tasks?tab=all"))
    expect(page.get_by_test_id("task-row")).to_have_count(0)

    page.goto(office.url("/settings/imports?kind=tasks.task"))
    send(page, exported)
    page.get_by_test_id("import-check").click()
    expect(page.get_by_test_id("import-counts")).to_have_text("3 строки готовы")


def no_sideways(page: Page, where: str) -> None:
    steps.expect_no_sideways_scroll(page, where)


@pytest.mark.journey
@pytest.mark.row("PL-10")
def test_the_same_on_a_phone(product: Product, person_at: Callable[..., Page]) -> None:
    office = steps.open_office(product, "zagruzka-telefon")
    phone = person_at(office.owner, **PHONE)
    phone.goto(office.url("/settings/imports"))
    expect(phone.get_by_test_id("import-choose")).to_be_visible()
    expect(phone.get_by_text("Перетащите сюда")).to_have_count(0)
    phone.get_by_role("radio", name="Задачи").tap()
    look(phone, "phone")
    no_sideways(phone, "start")
    send(phone, CONTENT.encode())
    look(phone, "phone-columns")
    no_sideways(phone, "columns")
    tags = phone.get_by_test_id("import-column").locator("select").nth(3)
    tags.select_option("")
    phone.get_by_test_id("import-check").tap()
    expect(phone.get_by_test_id("import-counts")).to_contain_text("1 строка с ошибками")
    look(phone, "phone-checked")
    no_sideways(phone, "checked")

    # The cells that are wrong are corrected where they stand; what comes next is in sight all the while.
    cells = phone.get_by_test_id("import-bad-row").get_by_test_id("import-cell")
    expect(cells).to_have_count(2)
    expect(phone.get_by_test_id("import-run")).to_be_in_viewport(ratio=1)
    cells.nth(0).tap()
    cells.nth(0).fill("петров п.")
    cells.nth(0).press("Enter")
    expect(cells).to_have_count(1)
    cells.nth(0).fill("31 марта 2027")
    cells.nth(0).press("Enter")
    expect(phone.get_by_test_id("import-fixed")).to_be_visible()
    expect(phone.get_by_test_id("import-counts")).to_have_text("3 строки готовы")
    look(phone, "phone-fixed")

    phone.get_by_test_id("import-run").tap()
    expect(phone.get_by_test_id("import-done")).to_contain_text("создано 3 карточки")
    look(phone, "phone-done")
    no_sideways(phone, "done")
    phone.get_by_test_id("import-open").tap()
    phone.get_by_test_id("tab-all").tap()
    expect(phone.get_by_test_id("task-row")).to_have_count(3)

    phone.goto(office.url("/settings/imports"))
    phone.get_by_test_id("import-row").first.tap()
    phone.get_by_test_id("import-undo").tap()
    look(phone, "phone-undo")
    no_sideways(phone, "undo")
    phone.get_by_test_id("import-undo-do").tap()
    expect(phone.get_by_test_id("import-undone")).to_be_visible()
    phone.goto(office.url("/tasks?tab=all"))
    expect(phone.get_by_test_id("list-search")).to_be_visible()
    expect(phone.get_by_test_id("task-row")).to_have_count(0)


@pytest.mark.journey
def test_whoever_may_neither_has_no_menu(office: steps.Office, person_at: Callable[..., Page]) -> None:
    page = person_at(office.colleague)
    page.goto(office.url("/tasks?tab=all"))
    expect(page.get_by_test_id("tab-all")).to_be_visible()
    expect(page.get_by_test_id("list-files")).to_have_count(0)
    page.goto(office.url("/settings/imports"))
    expect(page.get_by_text("Сюда у вас нет доступа")).to_be_visible()
    expect(page.get_by_test_id("import-choose")).to_have_count(0)
    picture(page, "imports-forbidden")
