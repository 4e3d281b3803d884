"""Documents at the screens: made by their type, registered, laid into a file, printed, counted; a memo by the clock."""

import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from infra.launch.product import Product

from . import looks, steps
from .screens import Screen
from .steps import PHONE
from .test_look import WIDTHS, look_at_all

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"  # noqa: E501
MEMO_SECONDS = 45
PRINTED = """async path => {
    const answer = await fetch(path);
    return [answer.status, new TextDecoder().decode((await answer.arrayBuffer()).slice(0, 4))];
}"""


@pytest.fixture(scope="module")
def office(product: Product) -> steps.Office:
    """A company of its own: what is counted and found here is what was made here."""
    return steps.open_office(product, "kontora")


def write(office: steps.Office, title: str, **more: Any) -> dict[str, Any]:
    return steps.said(office.owner.call("POST", "documents/", {"title": title, **more}), 201)


def register(office: steps.Office, card: dict[str, Any]) -> dict[str, Any]:
    return steps.said(office.owner.call("POST", f"documents/{card['id']}/register/", {}))


def visit(page: Page, office: steps.Office, card: dict[str, Any]) -> None:
    page.goto(office.url(f"/documents/{card['id']}"))
    expect(page.get_by_test_id("card-title")).to_have_value(card["title"])


def begin(page: Page, office: steps.Office) -> None:
    """Come to the list and ask for a new document by the key: a key is pressed on a page that is there."""
    page.goto(office.url("/documents"))
    expect(page.get_by_test_id("to-memo")).to_be_visible()
    page.keyboard.press("c")


@pytest.mark.journey
@pytest.mark.row("D-01", "D-08", "D-12", "D-19")
def test_a_contract_from_its_type_to_the_report(office: steps.Office, person_at: Callable[..., Page]) -> None:
    year = {"index": "02-07", "title": "Договоры поставки", "year": date.today().year, "years": 5}
    steps.said(office.owner.call("POST", "case-files/", year), 201)
    page = person_at(office.owner)
    begin(page, office)
    page.get_by_test_id("new-type-contract").click()
    page.get_by_test_id("new-title").fill("Поставка насосов")
    page.get_by_test_id("new-correspondent").fill("ООО «Ромашка»")
    page.get_by_test_id("new-amount").fill("1 260 000,50")
    own = page.get_by_test_id("new-fields")
    own.get_by_label("Предмет договора").fill("Насосы и монтаж")
    own.get_by_label("Продлевается сам").select_option("yes")
    looks.in_both_themes(page, "documents-own-fields")
    page.get_by_test_id("new-submit").click()
    expect(page.get_by_test_id("card-title")).to_have_value("Поставка насосов")
    expect(page.get_by_test_id("card-correspondent")).to_have_value("ООО «Ромашка»")
    expect(page.get_by_test_id("field-contract_subject")).to_have_value("Насосы и монтаж")
    expect(page.get_by_test_id("field-prolongation")).to_have_value("yes")
    page.get_by_test_id("card-action-register").click()
    page.get_by_test_id("register-submit").click()
    expect(steps.toast(page, "Зарегистрирован: ДГ-1")).to_be_visible()
    expect(page.get_by_test_id("card-number")).to_contain_text("ДГ-1 от ")
    steps.expect_status(page, "registered")
    page.get_by_test_id("card-case-file").click()
    page.get_by_test_id("case-file-find").fill("поставки")
    page.get_by_test_id("case-file-option").click()
    expect(page.get_by_test_id("card-case-file")).to_have_text("02-07")
    number = page.url.split("?")[0].rsplit("/", 1)[1]
    assert page.evaluate(PRINTED, f"/api/v1/documents/{number}/print/") == [200, "%PDF"]
    page.get_by_test_id("card-close").click()
    page.get_by_test_id("to-report").click()
    page.get_by_test_id("figure-contract-registered").click()
    expect(steps.row(page, "Поставка насосов")).to_be_visible()
    expect(page.get_by_test_id("task-row")).to_have_count(1)


@pytest.mark.journey
@pytest.mark.row("SM-01", "SM-02")
def test_a_memo_is_sent_within_the_time_promised(office: steps.Office, person_at: Callable[..., Page]) -> None:
    page, colleague = person_at(office.owner), person_at(office.colleague)
    page.goto(office.url("/documents"))
    expect(page.get_by_test_id("to-memo")).to_be_visible()
    begun = time.monotonic()
    page.get_by_test_id("to-memo").click()
    page.get_by_test_id("memo-to").fill("Петров")
    page.get_by_test_id("memo-to").press("Enter")
    expect(page.get_by_test_id("memo-to")).to_have_value(steps.COLLEAGUE_NAME)
    page.get_by_test_id("memo-text").fill("Прошу купить толщиномер. Старый не проходит поверку.\nНужен скоро.")
    page.get_by_test_id("memo-text").press("Control+Enter")
    expect(steps.toast(page, "Записка отправлена")).to_be_visible()
    spent = time.monotonic() - begun
    print(f"a memo: {spent:.1f} s")
    assert spent < MEMO_SECONDS
    colleague.goto(office.url("/waiting"))
    expect(colleague.get_by_test_id("queue-line").filter(has_text="Прошу купить толщиномер")).to_be_visible()


@pytest.mark.journey
@pytest.mark.row("D-18")
def test_a_letter_begins_with_its_file(office: steps.Office, person_at: Callable[..., Page]) -> None:
    page = person_at(office.owner)
    begin(page, office)
    page.get_by_test_id("new-type-incoming").click()
    scan = {"name": "Запрос_о_сроках.pdf", "mimeType": "application/pdf", "buffer": PDF}
    page.get_by_test_id("new-file-input").set_input_files(scan)
    page.get_by_test_id("new-title").fill("Запрос о сроках")
    page.get_by_test_id("new-correspondent").fill("АО «Техмаш»")
    page.get_by_test_id("new-outer_number").fill("118/2")
    page.get_by_test_id("new-register").click()
    expect(steps.toast(page, "Зарегистрирован: ВХ-1")).to_be_visible()
    expect(page.get_by_test_id("text-file")).to_contain_text("Запрос_о_сроках.pdf")
    expect(page.get_by_test_id("card-outer_number")).to_have_value("118/2")


@pytest.mark.journey
def test_what_was_typed_outlives_a_closed_window(office: steps.Office, person_at: Callable[..., Page]) -> None:
    page = person_at(office.owner)
    begin(page, office)
    page.get_by_test_id("new-type-order").click()
    page.get_by_test_id("new-title").fill("О графике работы")
    page.keyboard.press("Escape")
    begin(page, office)
    expect(page.get_by_test_id("new-title")).to_have_value("О графике работы")


@pytest.mark.journey
@pytest.mark.row("D-11")
def test_a_resolution_becomes_tasks(office: steps.Office, person_at: Callable[..., Page]) -> None:
    card = register(office, write(office, "Претензия по насосам", card_type="incoming"))
    page = person_at(office.owner)
    visit(page, office, card)
    page.get_by_role("button", name="Наложить").click()
    page.get_by_test_id("resolution-text").fill("Разобраться и ответить")
    page.get_by_test_id("line-title").first.fill("Подготовить ответ на претензию")
    page.get_by_test_id("line-due").first.fill("пт")
    expect(page.get_by_test_id("line-title")).to_have_count(2)
    page.get_by_test_id("line-person").first.fill("Петров")
    page.keyboard.press("Tab")
    # Pressed before anybody is found: the press waits for him.
    page.get_by_test_id("resolution-send").click()
    expect(page.get_by_test_id("resolution")).to_contain_text("Разобраться и ответить")
    expect(page.get_by_test_id("resolution-task")).to_contain_text("Подготовить ответ на претензию")


@pytest.mark.journey
@pytest.mark.row("D-07")
def test_types_and_templates_are_set_up(office: steps.Office, person_at: Callable[..., Page]) -> None:
    page = person_at(office.owner)
    page.goto(office.url("/documents/setup"))
    page.get_by_test_id("type-act").click()
    page.get_by_test_id("type-answer-days").fill("3")
    page.get_by_test_id("type-save").click()
    expect(page.get_by_test_id("type-row").filter(has_text="Акт")).to_contain_text("3 рабочих дня")
    page.get_by_role("radio", name="Шаблоны").click()
    page.get_by_test_id("template-add").click()
    page.get_by_test_id("template-title").fill("Акт осмотра")
    page.get_by_test_id("template-type").select_option("act")
    page.get_by_test_id("template-subject").fill("Акт осмотра, {{ шляпа }}")
    expect(page.get_by_test_id("template-unknown")).to_contain_text("шляпа")
    page.get_by_test_id("template-subject").fill("Акт осмотра от ")
    page.get_by_role("button", name="сегодня", exact=True).click()
    expect(page.get_by_test_id("template-subject")).to_have_value("Акт осмотра от {{ сегодня }}")
    page.get_by_test_id("template-save").click()
    expect(page.get_by_test_id("template-row").filter(has_text="Акт осмотра")).to_be_visible()
    begin(page, office)
    page.get_by_test_id("new-type-act").click()
    page.get_by_test_id("new-template").select_option(label="Акт осмотра")
    page.get_by_test_id("new-submit").click()
    expect(page.get_by_test_id("card-title")).to_have_value(f"Акт осмотра от {date.today():%d.%m.%Y}")


@pytest.mark.journey
@pytest.mark.row("D-10")
def test_a_form_is_uploaded_and_a_card_is_given_as_it(office: steps.Office, person_at: Callable[..., Page]) -> None:
    words = "<html><body><h1>{{ номер }}</h1><p>Кому: {{ контрагент }}</p></body></html>"
    card = register(office, write(office, "Ответ по сроку", card_type="outgoing", correspondent="ООО «Ландыш»"))
    page = person_at(office.owner)
    page.goto(office.url("/documents/setup"))
    page.get_by_role("radio", name="Печатные формы").click()
    page.get_by_test_id("form-add").first.click()
    form = {"name": "Письмо на бланке.html", "mimeType": "text/html", "buffer": words.encode()}
    page.get_by_test_id("form-file").set_input_files(form)
    expect(page.get_by_test_id("form-title")).to_have_value("Письмо на бланке")
    page.get_by_test_id("form-submit").click()
    expect(page.get_by_test_id("form-line").filter(has_text="Письмо на бланке")).to_be_visible()
    looks.in_both_themes(page, "documents-forms")
    check_form(page)
    looks.in_both_themes(page, "documents-form-check")
    page.keyboard.press("Escape")
    phone = person_at(office.owner, **PHONE)
    phone.goto(office.url("/documents/setup"))
    phone.get_by_role("radio", name="Печатные формы").tap()
    check_form(phone)
    steps.expect_no_sideways_scroll(phone, "the check of a form")
    looks.in_both_themes(phone, "documents-form-check-phone")
    visit(page, office, card)
    page.get_by_role("button", name="Ещё", exact=True).last.click()
    with page.expect_response(lambda answer: "print-templates" in answer.url and "as=pdf" in answer.url) as printed:
        page.get_by_role("menuitem", name="Письмо на бланке (PDF)").click()
    assert page.evaluate(PRINTED, printed.value.url) == [200, "%PDF"]


def check_form(page: Page) -> None:
    """Every place of the form with what stands there on a card."""
    page.get_by_test_id("form-line").filter(has_text="Письмо на бланке").get_by_label("Действия с формой").click()
    page.get_by_role("menuitem", name="Проверить на карточке").click()
    page.get_by_test_id("check-card").click()
    page.get_by_test_id("field-card-find").fill("Ответ по сроку")
    page.get_by_test_id("field-card-option").first.click()
    expect(page.get_by_test_id("check-place")).to_have_count(2)
    expect(page.get_by_test_id("check-place").nth(1)).to_contain_text("ООО «Ландыш»")


@pytest.mark.journey
def test_the_list_is_narrowed_and_remembered(office: steps.Office, person_at: Callable[..., Page]) -> None:
    for whom in ("ООО «Василёк»", "АО «Лютик»"):
        register(office, write(office, f"Письмо для {whom}", card_type="outgoing", correspondent=whom))
    page = person_at(office.owner)
    page.goto(office.url("/documents"))
    page.get_by_role("button", name="Вид", exact=True).click()
    page.get_by_role("button", name="Исходящее письмо").click()
    page.keyboard.press("Escape")
    expect(steps.row(page, "Письмо для АО «Лютик»")).to_be_visible()
    page.goto(office.url("/documents?correspondent=Василёк"))
    expect(page.get_by_test_id("task-row")).to_have_count(1)
    expect(steps.row(page, "Письмо для ООО «Василёк»")).to_be_visible()
    page.get_by_test_id("tab-registered").click()
    expect(steps.row(page, "Письмо для АО «Лютик»")).to_be_visible()


def _at(path: str, ready: str) -> Callable[[Page, steps.Office], None]:
    def show(page: Page, office: steps.Office) -> None:
        page.goto(office.url(path))
        expect(page.locator(ready).first).to_be_visible()

    return show


def _composer(path: str, *presses: str) -> Callable[[Page, steps.Office], None]:
    def show(page: Page, office: steps.Office) -> None:
        page.goto(office.url(path))
        expect(page.get_by_test_id("to-memo")).to_be_visible()
        for press in presses:
            page.get_by_test_id(press).first.click()
        expect(page.get_by_role("dialog").locator("button, input").nth(2)).to_be_visible()

    return show


def _card_of(title: str, press: str = "", tab: str = "all") -> Callable[[Page, steps.Office], None]:
    def show(page: Page, office: steps.Office) -> None:
        page.goto(office.url(f"/documents?tab={tab}"))
        steps.row(page, title).first.click()
        expect(page.get_by_test_id("card-title")).to_have_value(title)
        expect(page.get_by_test_id("card-responsible")).to_be_visible()
        if press:
            page.get_by_test_id(press).first.click()

    return show


def _journal(page: Page, office: steps.Office) -> None:
    page.goto(office.url("/documents"))
    expect(page.get_by_test_id("to-memo")).to_be_visible()
    if page.get_by_test_id("head-more").count():
        page.get_by_test_id("head-more").click()
        page.get_by_role("menuitem", name="Журнал регистрации").click()
    else:
        page.get_by_test_id("to-journal").click()


SCREENS = (
    Screen("documents", _at("/documents", "[data-testid=task-row]")),
    Screen("documents-empty", _at("/documents?tab=to_register", "text=Регистрировать нечего")),
    Screen("documents-gallery", _composer("/documents", "create-task")),
    Screen("documents-form", _composer("/documents", "create-task", "new-type-contract")),
    Screen("documents-memo", _composer("/documents", "to-memo")),
    Screen("documents-journal", _journal),
    Screen("documents-card", _card_of("Договор аренды склада")),
    Screen("documents-letter", _card_of("Запрос цен")),
    Screen("documents-draft", _card_of("Проект приказа", "card-more-fields", "drafts")),
    Screen("documents-register", _card_of("Проект приказа", "card-action-register", "drafts")),
    Screen("documents-report", _at("/documents/report", "[data-testid=report-type]")),
    Screen("documents-files", _at("/documents/files", "[data-testid=case-file-row]")),
    Screen("documents-setup", _at("/documents/setup", "[data-testid=type-row]")),
    Screen("documents-templates", _at("/documents/setup?part=templates", "[data-testid=template-row]")),
)


@pytest.fixture(scope="module")
def archive(product: Product) -> steps.Office:
    """A company with documents of several sorts."""
    office = steps.open_office(product, "arhiv")
    steps.said(office.owner.call("PATCH", "company/", {"name": "ООО «Архив»"}))
    today, me = date.today(), steps.person_id(office.owner)
    file = {"index": "01-05", "title": "Переписка с заказчиками", "year": today.year, "years": 5, "article": "ст. 70"}
    kept = steps.said(office.owner.call("POST", "case-files/", file), 201)
    rent = {
        "card_type": "contract", "correspondent": "АО «Балтика-Сервис»", "amount": "1260000.00",
        "valid_from": f"{today - timedelta(days=300)}", "valid_until": f"{today + timedelta(days=25)}",
        "content": "Арендодатель передаёт склад площадью 640 м² во временное пользование.",
    }  # fmt: skip
    contract = register(office, write(office, "Договор аренды склада", **rent))
    steps.said(office.owner.call("PUT", f"documents/{contract['id']}/case-file/", {"case_file": kept["id"]}))
    asked = {"card_type": "incoming", "correspondent": "ООО «Северный ветер»", "outer_number": "118/2"}
    letter = register(office, write(office, "Запрос цен", addressee=me, due_at="2026-01-15T15:00:00Z", **asked))
    line = {"title": "Подготовить ответ", "assignee": steps.person_id(office.colleague)}
    given = {"text": "Ответить по существу", "lines": [line]}
    steps.said(office.owner.call("POST", f"documents/{letter['id']}/resolutions/", given), 201)
    for title, kind in (("Проект приказа", "order"), ("Доверенность на получение груза", "power_of_attorney")):
        write(office, title, card_type=kind, secrecy="office", priority="important")
    return office


@pytest.mark.journey
@pytest.mark.row("PL-10")
@pytest.mark.parametrize("width", WIDTHS)
def test_screens_of_documents(archive: steps.Office, person_at: Callable[..., Page], width: str) -> None:
    look_at_all(SCREENS, archive, person_at(archive.owner, **WIDTHS[width]), width)


@pytest.mark.journey
def test_a_document_is_read_and_moved_in_one_hand(archive: steps.Office, person_at: Callable[..., Page]) -> None:
    card = write(archive, "Записка с телефона", card_type="memo")
    phone = person_at(archive.owner, **PHONE)
    phone.goto(archive.url(f"/documents/{card['id']}"))
    expect(phone.get_by_test_id("card-title")).to_have_value("Записка с телефона")
    phone.get_by_test_id("card-action-register").tap()
    phone.get_by_test_id("register-submit").tap()
    steps.expect_status(phone, "registered")
    steps.expect_no_sideways_scroll(phone, "card")
