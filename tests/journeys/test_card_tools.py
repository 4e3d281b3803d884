"""The tools that every card has: a checklist, links, a reading list; on a desk and on a telephone, of a task and of a
person.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from . import steps
from .looks import in_both_themes
from .steps import PHONE
from .test_rich_text import png

SITE = {"latitude": 55.752, "longitude": 37.617}
THERE = {"latitude": "55.752000", "longitude": "37.617000", "radius": 150}


def point(page: Page, text: str) -> Locator:
    """The row of a point; its words stand in a field."""
    rows = page.get_by_test_id("point")
    for index in range(rows.count()):
        if rows.nth(index).get_by_test_id("point-text").input_value() == text:
            return rows.nth(index)
    raise LookupError(text)


def words(page: Page) -> list[str]:
    return [field.input_value() for field in page.get_by_test_id("point-text").all()]


def tick(page: Page, text: str) -> Locator:
    return point(page, text).get_by_test_id("point-tick")


def progress(page: Page) -> Locator:
    return page.get_by_test_id("checklist-progress")


def chips(page: Page) -> Locator:
    return page.get_by_test_id("link-chip")


def menu(page: Page, opener: Locator, title: str) -> None:
    opener.click()
    page.get_by_role("menuitem", name=title).click()


def points_of(office: steps.Office, task: dict) -> list[dict]:
    return steps.said(office.owner.call("GET", f"tasks/{task['id']}/checklist/"))["results"]


@pytest.mark.journey
@pytest.mark.row("T-16", "T-18")
def test_points_are_typed_proved_and_ticked_and_the_other_sees_it(
    office: steps.Office, person_at: Callable[..., Page]
) -> None:
    task = office.task("Принять узел")
    owner = person_at(office.owner)
    phone = person_at(office.colleague, **PHONE, permissions=["geolocation"], geolocation=SITE)
    steps.visit_card(owner, office, task)
    adder = owner.get_by_test_id("point-new")
    adder.click()
    for text in ("Снять опалубку", "Измерить температуру", "Отметиться на объекте"):
        owner.keyboard.type(text)
        owner.keyboard.press("Enter")
    adder.evaluate(
        """(box) => { const data = new DataTransfer(); data.setData('text/plain', '- Снять фото\\n- Проверить швы');
        box.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true})) }"""
    )
    expect(progress(owner)).to_have_text("0/5")
    steps.wait_until(lambda: len(points_of(office, task)) == 5)

    menu(owner, point(owner, "Измерить температуру").get_by_test_id("point-menu"), "Чем подтвердить")
    steps.tick(owner.get_by_test_id("demand-number"))
    owner.get_by_test_id("demand-least").fill("18")
    owner.get_by_test_id("demand-most").fill("22,5")
    owner.get_by_test_id("demand-unit").fill("°C")
    owner.get_by_test_id("demand-save").click()
    expect(point(owner, "Измерить температуру")).to_contain_text("18–22,5")
    for text, proof in (("Отметиться на объекте", {"demand": "place", **THERE}), ("Снять фото", {"demand": "photo"})):
        found = next(one for one in points_of(office, task) if one["text"] == text)
        steps.said(office.owner.call("PATCH", f"checklist/{found['id']}/", proof))
    for text in ("Измерить температуру", "Отметиться на объекте", "Снять фото", "Проверить швы"):
        found = next(one for one in points_of(office, task) if one["text"] == text)
        fields = {"assignee": steps.person_id(office.colleague)}
        steps.said(office.owner.call("PATCH", f"checklist/{found['id']}/", fields))

    tick(owner, "Снять опалубку").focus()
    owner.keyboard.press("Space")
    expect(progress(owner)).to_have_text("1/5")

    steps.visit_card(phone, office, task)
    expect(progress(phone)).to_have_text("1/5")
    tick(phone, "Измерить температуру").tap()
    phone.get_by_test_id("point-number").fill("21,5")
    phone.get_by_test_id("point-confirm").tap()
    expect(point(phone, "Измерить температуру")).to_contain_text("Измерено: 21,5")
    tick(phone, "Отметиться на объекте").tap()
    phone.get_by_test_id("point-here").tap()
    expect(tick(phone, "Отметиться на объекте")).to_be_checked()
    tick(phone, "Снять фото").tap()
    phone.get_by_test_id("point-camera").set_input_files({"name": "Узел.png", "mimeType": "image/png", "buffer": png()})
    expect(point(phone, "Снять фото").get_by_test_id("point-file")).to_have_text("Узел.png")
    menu(phone, point(phone, "Проверить швы").get_by_test_id("point-menu"), "Не прошло")
    phone.get_by_test_id("fail-note").fill("Капает фланец")
    steps.expect_no_sideways_scroll(phone, "the failure of a point")
    phone.get_by_test_id("fail-submit").tap()
    expect(point(phone, "Проверить швы")).to_contain_text("Капает фланец")
    steps.expect_no_sideways_scroll(phone, "a checklist")

    expect(progress(owner)).to_have_text("5/5", timeout=steps.LIVE_MS)
    expect(point(owner, "Проверить швы")).to_contain_text("Не прошло")
    point(owner, "Снять фото").get_by_test_id("point-file").click()
    expect(owner.get_by_test_id("viewer").get_by_role("img")).to_have_js_property("naturalWidth", 240)
    owner.keyboard.press("Escape")

    tick(owner, "Снять опалубку").click()
    expect(progress(owner)).to_have_text("4/5")
    owner.goto(office.url("/tasks?tab=given"))
    expect(steps.row(owner, "Принять узел").get_by_test_id("points-mark")).to_have_text("4/5")


@pytest.mark.journey
@pytest.mark.row("T-16")
def test_points_are_moved_by_keys_given_back_and_refused_elsewhere(
    office: steps.Office, person_at: Callable[..., Page]
) -> None:
    task = office.task("Обойти участок")
    body = {"points": [{"text": "Первый"}, {"text": "Второй", "demand": "place", **THERE}, {"text": "Третий"}]}
    steps.said(office.owner.call("POST", f"tasks/{task['id']}/checklist/", body), 201)
    owner = person_at(office.owner)
    steps.visit_card(owner, office, task)
    expect(owner.get_by_test_id("point")).to_have_count(3)
    tick(owner, "Третий").focus()
    owner.keyboard.press("Alt+ArrowUp")
    owner.keyboard.press("Alt+ArrowUp")
    steps.wait_until(lambda: [one["text"] for one in points_of(office, task)] == ["Третий", "Первый", "Второй"])
    steps.wait_until(lambda: words(owner) == ["Третий", "Первый", "Второй"])
    expect(tick(owner, "Третий")).to_be_focused()

    tick(owner, "Второй").click()
    owner.get_by_test_id("point-here").click()
    expect(owner.get_by_test_id("point-proof").get_by_role("alert")).to_contain_text("Разрешите")
    owner.keyboard.press("Escape")

    menu(owner, point(owner, "Первый").get_by_test_id("point-menu"), "Убрать пункт")
    expect(progress(owner)).to_have_text("0/2")
    steps.toast(owner, "Пункт убран").get_by_role("button", name="Вернуть").click()
    expect(progress(owner)).to_have_text("0/3")
    steps.wait_until(lambda: words(owner) == ["Третий", "Первый", "Второй"])


@pytest.mark.journey
@pytest.mark.row("T-13", "T-18", "PL-11")
@pytest.mark.row("T-08", waits="orders")
@pytest.mark.row("T-09", waits="counterparties")
@pytest.mark.row("T-11", waits="catalog")
@pytest.mark.row("T-12", waits="facilities")
def test_a_link_is_seen_from_both_sides_with_the_state_of_now(
    office: steps.Office, person_at: Callable[..., Page]
) -> None:
    base, other = office.task("Заказать арматуру"), office.task("Армировать плиту")
    owner, phone = person_at(office.owner), person_at(office.colleague, **PHONE)
    steps.visit_card(owner, office, base)
    owner.get_by_test_id("link-add").click()
    owner.get_by_test_id("link-relation").select_option("needed_for")
    owner.get_by_test_id("link-find").fill("Армировать")
    expect(owner.get_by_test_id("link-option").filter(has_text="Армировать плиту")).to_be_visible()
    owner.keyboard.press("Enter")
    expect(chips(owner)).to_contain_text("Армировать плиту")

    owner.get_by_test_id("link-add").click()
    owner.get_by_test_id("link-find").fill("Петров")
    found = owner.get_by_role("group", name="Сотрудники").get_by_role("option", name=steps.COLLEAGUE_NAME)
    expect(found).to_be_visible()
    found.click()
    expect(chips(owner)).to_have_count(2)

    steps.visit_card(phone, office, other)
    expect(phone.get_by_test_id("links")).to_contain_text("Зависит от")
    expect(chips(phone)).to_contain_text("Заказать арматуру")
    steps.expect_no_sideways_scroll(phone, "links")
    steps.said(office.colleague.call("POST", f"tasks/{base['id']}/do/accept/", {}))
    expect(chips(phone)).to_contain_text("Принята", timeout=steps.LIVE_MS)
    chips(phone).get_by_role("link").tap()
    expect(phone.get_by_test_id("card-title")).to_have_value("Заказать арматуру")
    expect(chips(phone)).to_have_count(2)

    owner.get_by_test_id("link-make-tasks.task").click()
    owner.get_by_test_id("composer-title").fill("Привезти арматуру")
    owner.get_by_test_id("composer-submit").click()
    expect(chips(owner).filter(has_text="Привезти арматуру")).to_be_visible()

    chips(owner).filter(has_text=steps.COLLEAGUE_NAME).get_by_role("link").click()
    expect(owner.get_by_role("heading", name=steps.COLLEAGUE_NAME)).to_be_visible()
    expect(chips(owner)).to_contain_text("Заказать арматуру")
    chips(owner).get_by_test_id("link-remove").click()
    expect(chips(owner)).to_have_count(0)
    expect(phone.get_by_test_id("card-title")).to_have_value("Заказать арматуру")
    expect(chips(phone).filter(has_text=steps.COLLEAGUE_NAME)).to_have_count(0)


@pytest.mark.journey
@pytest.mark.row("T-14", "T-18")
def test_a_reader_confirms_in_one_press_and_is_asked_again_after_a_change(
    office: steps.Office, person_at: Callable[..., Page]
) -> None:
    task = office.task("Новый порядок допуска")
    owner, phone = person_at(office.owner), person_at(office.colleague, **PHONE)
    steps.visit_card(owner, office, task)
    steps.visit_card(phone, office, task)
    expect(phone.get_by_test_id("reading-call")).to_have_count(0)
    owner.get_by_test_id("readers-add").click()
    owner.get_by_test_id("reader-find").fill("Петров")
    expect(owner.get_by_role("option", name=steps.COLLEAGUE_NAME)).to_be_visible()
    owner.keyboard.press("Enter")
    owner.get_by_test_id("reader-send").click()
    expect(owner.get_by_test_id("readers-progress")).to_have_text("0/1")
    expect(owner.get_by_test_id("reader")).to_contain_text("ждём отметки")

    expect(phone.get_by_test_id("reading-call")).to_contain_text(steps.OWNER_SHORT, timeout=steps.LIVE_MS)
    steps.expect_no_sideways_scroll(phone, "a call to read")
    phone.get_by_test_id("reading-confirm").tap()
    expect(phone.get_by_test_id("reading-call")).to_have_count(0)
    expect(owner.get_by_test_id("readers-progress")).to_have_text("1/1", timeout=steps.LIVE_MS)

    steps.said(office.owner.call("PATCH", f"tasks/{task['id']}/", {"title": "Новый порядок допуска, редакция 2"}))
    expect(owner.get_by_test_id("reader")).to_contain_text("прежняя редакция")
    owner.get_by_test_id("readers-again").click()
    expect(phone.get_by_test_id("reading-call")).to_be_visible(timeout=steps.LIVE_MS)
    expect(owner.get_by_test_id("readers-progress")).to_have_text("0/1")

    menu(owner, owner.get_by_test_id("readers-menu"), "Печать листа")
    paper = owner.get_by_test_id("paper")
    expect(paper.get_by_role("row")).to_have_count(2)
    expect(paper).to_contain_text(steps.COLLEAGUE_NAME)
    expect(paper).to_contain_text(task["number"])
    owner.emulate_media(media="print")
    expect(paper).to_be_visible()
    expect(steps.card(owner)).to_be_hidden()
    owner.emulate_media(media="screen")


@pytest.mark.journey
@pytest.mark.row("T-18")
def test_a_persons_card_has_the_same_tools(office: steps.Office, person_at: Callable[..., Page]) -> None:
    task = office.task("Выдать спецодежду")
    owner = person_at(office.owner)
    owner.goto(office.url(f"/people/{steps.person_id(office.colleague)}"))
    owner.get_by_test_id("point-new").fill("Выдать пропуск")
    owner.keyboard.press("Enter")
    expect(owner.get_by_test_id("point")).to_have_count(1)
    steps.tick(tick(owner, "Выдать пропуск"))
    expect(progress(owner)).to_have_text("1/1")
    owner.get_by_test_id("link-add").click()
    owner.get_by_test_id("link-find").fill("Выдать спец")
    expect(owner.get_by_test_id("link-option")).to_have_count(1)
    owner.keyboard.press("Enter")
    expect(chips(owner).filter(has_text=task["number"])).to_be_visible()
    owner.get_by_test_id("readers-add").click()
    owner.get_by_test_id("reader-find").fill("Крылова")
    expect(owner.get_by_role("option", name="Крылова")).to_be_visible()
    owner.keyboard.press("Enter")
    owner.get_by_test_id("reader-send").click()
    owner.get_by_test_id("reading-confirm").click()
    expect(owner.get_by_test_id("readers-progress")).to_have_text("1/1")


def changed_and_put_back(page: Page, number: str) -> None:
    """Another phone number is written into the open card, and taken back from its history."""
    field = steps.card(page).get_by_label("Телефон", exact=True)
    field.fill(number)
    page.get_by_test_id("employee-save").click()
    expect(steps.toast(page, "Карточка сохранена")).to_be_visible()
    steps.show_stream(page)
    steps.stream_tab(page, "История")
    line = steps.card(page).locator(".hist").filter(has_text=number).last
    line.get_by_test_id("history-restore").click()
    page.get_by_role("menuitem", name="Вернуть «Телефон»").click()
    expect(steps.toast(page, "Возвращено: Телефон")).to_be_visible()
    # On a telephone the card stands behind its stream meanwhile.
    expect(field).to_have_value("")


@pytest.mark.journey
@pytest.mark.row("T-18")
def test_a_persons_card_is_talked_over_filed_and_put_back_like_any_other(
    office: steps.Office, person_at: Callable[..., Page]
) -> None:
    about = f"/settings/people/{steps.person_id(office.colleague)}"
    desk, phone = person_at(office.owner), person_at(office.owner, **PHONE)
    desk.goto(office.url("/settings/people"))
    desk.get_by_role("link", name=steps.COLLEAGUE_NAME).click()
    phone.goto(office.url(about))
    for page, number, word in ((desk, "+79120000001", "Медосмотр в среду"), (phone, "+79120000002", "Пропуск выдан")):
        expect(steps.heading(page, steps.COLLEAGUE_NAME)).to_be_visible()
        steps.attach(page, f"{word}.png", png(), "image/png")
        in_both_themes(page, f"person-{'phone' if page is phone else 'desk'}")
        steps.show_stream(page)
        steps.type_comment(page, word)
        steps.send_comment(page)
        expect(steps.comment(page, word)).to_be_visible()
        in_both_themes(page, f"person-stream-{'phone' if page is phone else 'desk'}")
        steps.expect_no_sideways_scroll(page, "a person's card")
        if page is phone:
            page.locator(".dr-switch").get_by_role("tab", name="Карточка").click()
        changed_and_put_back(page, number)
    desk.get_by_test_id("card-close").click()
    expect(desk).to_have_url(office.url("/settings/people"))

    # Whoever only reads a colleague's card joins in the talk and changes nothing.
    reader = person_at(office.colleague, **PHONE)
    reader.goto(office.url(f"/settings/people/{steps.person_id(office.owner)}"))
    expect(steps.heading(reader, "Крылова Анна Сергеевна")).to_be_visible()
    expect(reader.get_by_test_id("employee-save")).to_have_count(0)
    expect(reader.get_by_role("region", name="Файлы")).to_have_count(0)
    in_both_themes(reader, "person-reader")
    steps.show_stream(reader)
    expect(steps.card(reader).get_by_role("tab", name="Файлы")).to_have_count(0)
    steps.type_comment(reader, "С днём рождения!")
    steps.send_comment(reader)
    expect(steps.comment(reader, "С днём рождения!")).to_be_visible()
    steps.stream_tab(reader, "История")
    expect(steps.card(reader).locator(".hist").first).to_be_visible()
    expect(reader.get_by_test_id("history-restore")).to_have_count(0)
