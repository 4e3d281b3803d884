"""The administrator gives tasks numbers of his own making."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from infra.launch.product import Product

from . import looks, steps
from .steps import PHONE


@pytest.mark.journey
def test_a_mask_is_tried_refused_and_kept(product: Product, person_at: Callable[..., Page]) -> None:
    office = steps.open_office(product, "nomer")
    office.task("До маски")
    page = person_at(office.owner)
    page.goto(office.url("/settings/numbering"))
    form = page.get_by_test_id("numbering-tasks.task")
    expect(form.get_by_test_id("numbering-upcoming")).to_have_text("Следующие номера: З-2, З-3, З-4")
    mask = form.get_by_test_id("numbering-mask")
    mask.fill("ЗД/{ГГ}-")
    expect(form).to_contain_text("ровно один счётчик")
    mask.fill("ЗД/{##}")
    form.get_by_test_id("numbering-next").fill("40")
    expect(form.get_by_test_id("numbering-upcoming")).to_have_text("Следующие номера: ЗД/40, ЗД/41, ЗД/42")
    form.get_by_test_id("numbering-save").click()
    expect(steps.toast(page, "Нумерация изменена")).to_be_visible()
    assert office.task("После маски")["number"] == "ЗД/40"
    page.reload()
    expect(form.get_by_test_id("numbering-upcoming")).to_have_text("Следующие номера: ЗД/41, ЗД/42, ЗД/43")


@pytest.mark.journey
@pytest.mark.row("D-12")
def test_a_number_is_reserved_on_a_telephone_and_used_at_a_desk(
    product: Product, person_at: Callable[..., Page]
) -> None:
    office = steps.open_office(product, "bron")
    phone = person_at(office.owner, **PHONE)
    phone.goto(office.url("/settings/numbering"))
    reserved = phone.get_by_test_id("reserved")
    expect(reserved).to_contain_text("Никто не бронировал номеров")
    reserved.get_by_test_id("reserve").click()
    phone.get_by_test_id("reserve-kind").select_option(label="Задача")
    phone.get_by_test_id("reserve-submit").click()
    expect(phone.get_by_role("dialog")).to_contain_text("Укажите день")
    phone.get_by_test_id("reserve-count").fill("2")
    phone.get_by_test_id("reserve-until").fill("завтра")
    phone.get_by_test_id("reserve-purpose").fill("Договор с «Ромашкой»")
    phone.get_by_test_id("reserve-past").fill("вчера")
    phone.get_by_test_id("reserve-submit").click()
    expect(phone.get_by_role("dialog")).to_contain_text("К этому дню ещё не было ни одного номера")
    steps.expect_no_sideways_scroll(phone, "reserve")
    looks.picture(phone, "reserve-refused-phone")
    phone.get_by_test_id("reserve-past").fill("")
    phone.get_by_test_id("reserve-submit").click()
    expect(steps.toast(phone, "Забронированы номера З-1, З-2")).to_be_visible()
    expect(reserved.get_by_test_id("reserved-row")).to_have_count(2)
    steps.expect_no_sideways_scroll(phone, "numbering")
    reserved.scroll_into_view_if_needed()
    looks.picture(phone, "reserved-phone")
    assert office.task("Мимо брони")["number"] == "З-3"
    desk = person_at(office.owner)
    desk.goto(office.url("/"))
    desk.get_by_test_id("rail-tasks").click()
    desk.get_by_test_id("tab-given").click()
    desk.keyboard.press("c")
    desk.get_by_test_id("composer-title").fill("Договор")
    desk.get_by_test_id("composer-number").select_option(label="З-2 · Договор с «Ромашкой»")
    looks.picture(desk, "reserved-composer")
    desk.get_by_test_id("composer-submit").click()
    expect(steps.toast(desk, "З-2")).to_be_visible()
    phone.reload()
    reserved.get_by_test_id("give-back").click()
    expect(steps.toast(phone, "Бронь номера З-1 снята")).to_be_visible()
    assert office.task("Возвращённый номер")["number"] == "З-1"


@pytest.mark.journey
def test_a_department_stands_in_the_number(product: Product, person_at: Callable[..., Page]) -> None:
    office = steps.open_office(product, "otdel")
    made = steps.said(office.owner.call("POST", "departments/", {"title": "Производство"}), 201)
    who = steps.person_id(office.colleague)
    steps.said(office.owner.call("PATCH", f"employees/{who}/", {"department": made["id"]}))
    page = person_at(office.owner)
    page.goto(office.url("/settings/departments"))
    page.get_by_test_id("department-row").get_by_role("button", name="Ещё").click()
    page.get_by_role("menuitem", name="Код для номеров").click()
    page.get_by_test_id("title-input").fill("П-Р")
    page.get_by_test_id("title-save").click()
    expect(page.get_by_role("dialog")).to_contain_text("букв и цифр без пробелов")
    page.get_by_test_id("title-input").fill("ПР")
    page.get_by_test_id("title-save").click()
    expect(page.get_by_test_id("department-code")).to_have_text("ПР")
    page.goto(office.url("/settings/numbering"))
    form = page.get_by_test_id("numbering-tasks.task")
    form.get_by_test_id("numbering-mask").fill("{ТИП}/{ОТДЕЛ}-{###}")
    form.get_by_test_id("numbering-type-").fill("ЗД")
    expect(form.get_by_test_id("numbering-upcoming")).to_have_text("Следующие номера: ЗД/ПР-001, ЗД/00-001")
    looks.picture(page, "numbering-signs")
    form.get_by_test_id("numbering-save").click()
    expect(steps.toast(page, "Нумерация изменена")).to_be_visible()
    assert office.task("В отдел")["number"] == "ЗД/ПР-001"
    # A number that says the type asks for it before the card is there.
    made = {"kind": "tasks.task", "title": "Дефект", "code": "defect"}
    steps.said(office.owner.call("POST", "card-types/", made), 201)
    page.reload()
    page.get_by_test_id("reserve").click()
    page.get_by_test_id("reserve-kind").select_option(label="Задача")
    page.get_by_test_id("reserve-type").select_option(label="Дефект")
    page.get_by_test_id("reserve-until").fill("завтра")
    looks.picture(page, "reserve-type")
    page.get_by_test_id("reserve-submit").click()
    expect(steps.toast(page, "Забронирован номер 00/00-001")).to_be_visible()
