"""What reaches a person: the bell, the sandbox's telephone with Telegram's button and SMS; and who decides what."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from infra.launch.product import Product

from . import steps
from .looks import in_both_themes, picture
from .steps import PHONE


@pytest.fixture(scope="module")
def office(product: Product) -> steps.Office:
    """A company of its own: what is counted and found here is what was made here."""
    return steps.open_office(product, "vesti")


def outside(office: steps.Office, path: str) -> str:
    return f"http://localhost:{office.product.port + 1}{path}"


def kind(page: Page, code: str, channel: str):
    return page.get_by_test_id(f"kind-{code}").get_by_test_id(f"cell-{channel}")


@pytest.mark.journey
@pytest.mark.row("TG-01", "TG-02", "TG-03", "TG-07", "AK-02", "T-05", "T-06", "T-07", "I-03")
@pytest.mark.row("TG-06", waits="chat")
def test_a_task_comes_to_the_telephone_and_is_acknowledged_there(
    office: steps.Office, person_at: Callable[..., Page]
) -> None:
    worker = person_at(office.colleague)
    steps.with_phone(office, office.colleague, "+79125550101")
    worker.goto(office.url("/settings/notifications"))
    worker.get_by_test_id("chat-connect").click()
    with worker.context.expect_page() as opened:
        worker.get_by_test_id("chat-link").click()
    phone = opened.value
    phone.get_by_role("button", name="Start").click()
    expect(phone.get_by_text("Подключено")).to_be_visible()
    expect(worker.get_by_test_id("chat")).to_have_attribute("data-linked", "true")
    picture(worker, "notices-mine")

    owner = person_at(office.owner)
    owner.goto(office.url("/tasks"))
    owner.get_by_test_id("create-task").click()
    owner.get_by_test_id("composer-title").fill("Принять смету")
    owner.get_by_test_id("composer-assignee").fill("Пет")
    owner.get_by_role("option", name=steps.COLLEAGUE_NAME).click()
    for channel in ("mail", "telegram", "sms"):
        steps.tick(owner.get_by_test_id(f"tell-{channel}"))
    picture(owner, "notices-composer")
    owner.get_by_test_id("composer-submit").click()
    expect(phone.get_by_text("Новая задача")).to_be_visible()
    expect(worker.get_by_test_id("bell-unread")).to_have_text("1")

    given = steps.said(office.owner.call("GET", "tasks/?tab=given&ordering=-created_at"))["results"]
    task = next(row for row in given if row["title"] == "Принять смету")
    steps.wait_until(lambda: len(steps.sms_of(office, "+79125550101")) > 1)
    sms = steps.sms_of(office, "+79125550101")
    assert len(sms) == 2 and f"/tasks/{task['id']}" in sms[0]["text"]
    steps.visit_card(owner, office, task)
    for channel, status in (("mail", "sent"), ("telegram", "sent"), ("sms", "delivered")):
        line = owner.locator(f'[data-testid="sending"][data-channel="{channel}"][data-status="{status}"]')
        expect(line).to_be_visible()
    picture(owner, "notices-card")

    readers = {"people": [steps.person_id(office.colleague)]}
    steps.said(office.owner.call("POST", f"tasks/{task['id']}/acknowledgements/", readers), 201)
    phone.get_by_role("button", name="Ознакомлен").click()
    expect(phone.get_by_role("alert")).to_have_text("Отмечено: вы ознакомлены")
    picture(phone, "notices-telephone")
    expect(owner.get_by_test_id("reader")).to_have_attribute("data-done", "true")
    expect(phone.get_by_role("button", name="Ознакомлен")).to_have_count(0)

    worker.get_by_test_id("chat-unlink").click()
    expect(worker.get_by_test_id("chat")).to_have_attribute("data-linked", "false")


@pytest.mark.journey
@pytest.mark.row("T-22")
def test_the_bell_rings_leads_to_the_card_and_is_read(office: steps.Office, person_at: Callable[..., Page]) -> None:
    steps.said(office.colleague.call("POST", "notices/read/", {}))
    page = person_at(office.colleague)
    page.goto(office.url("/"))
    expect(page.get_by_test_id("bell")).to_be_visible()
    expect(page.get_by_test_id("bell-unread")).to_have_count(0)
    office.task("Проверить звонок")
    expect(page.get_by_test_id("bell-unread")).to_have_text("1", timeout=steps.LIVE_MS * 2)
    page.get_by_test_id("bell").click()
    notice = page.get_by_test_id("notice").filter(has_text="Проверить звонок")
    expect(notice).to_contain_text("вы исполнитель")
    picture(page, "notices-bell")
    notice.get_by_role("link").click()
    expect(steps.card(page)).to_be_visible()
    expect(page.get_by_test_id("bell-unread")).to_have_count(0)


@pytest.mark.journey
@pytest.mark.row("TG-05")
def test_a_person_chooses_on_the_phone_what_the_company_leaves_him(
    office: steps.Office, person_at: Callable[..., Page]
) -> None:
    owner = person_at(office.owner)
    owner.goto(office.url("/settings/notifications"))
    owner.get_by_test_id("policy").click()
    owner.get_by_test_id("kind-tasks.closed").get_by_test_id("word-mail").select_option("forced")
    picture(owner, "notices-policy")

    page = person_at(office.colleague, **PHONE)
    page.goto(office.url("/settings/notifications"))
    expect(page.get_by_test_id("kind-tasks.closed")).to_be_visible()
    steps.expect_no_sideways_scroll(page, "settings/notifications")
    picture(page, "notices-matrix-phone")
    expect(kind(page, "tasks.closed", "mail")).to_be_disabled()
    steps.tick(kind(page, "tasks.returned", "mail"), on=False)
    page.reload()
    expect(kind(page, "tasks.returned", "mail")).not_to_be_checked()
    expect(kind(page, "tasks.returned", "bell")).to_be_checked()
    page.goto(office.url("/notices"))
    expect(steps.heading(page, "Уведомления").first).to_be_visible()
    steps.expect_no_sideways_scroll(page, "notices")
    picture(page, "notices-page-phone")


@pytest.mark.journey
@pytest.mark.row("I-02", "I-03")
def test_an_administrator_sees_how_the_services_answer(office: steps.Office, person_at: Callable[..., Page]) -> None:
    office.task("Прочитать журнал обмена")
    steps.wait_until(lambda: bool(steps.told_outside(office, f"/mail/messages?to={office.colleague_email}")))
    page = person_at(office.owner)
    page.goto(office.url("/settings/integrations"))
    section = page.get_by_test_id("gateway-sms")
    expect(section.get_by_text("демо-режим").first).to_be_visible()
    for code in ("sms", "telegram", "mail", "store"):
        page.get_by_test_id(f"check-{code}").click()
        expect(page.get_by_test_id(f"gateway-{code}").get_by_text("Отвечает")).to_be_visible()
        expect(page.get_by_test_id(f"lines-{code}").get_by_test_id("line").first).to_contain_text("Проверка")
    expect(page.get_by_test_id("gateway-telegram").get_by_text("Бот @pult_demo_bot")).to_be_visible()
    assert steps.told_outside(office, f"/mail/messages?to={office.owner_email}")[0]["subject"] == "Проверка почты"
    letter = page.get_by_test_id("gateway-mail").get_by_test_id("exchange").filter(has_text="Новая задача").first
    expect(letter).to_contain_text(f"p…@{office.slug}.example")
    expect(letter).to_have_attribute("data-status", "sent")
    expect(page.get_by_test_id("mode-store")).to_have_count(0)
    letter.scroll_into_view_if_needed()
    in_both_themes(page, "notices-integrations")
    page.get_by_test_id("lines-store").scroll_into_view_if_needed()
    in_both_themes(page, "notices-integrations-store")

    page.get_by_test_id("mode-sms").select_option("off")
    page.get_by_test_id("save-sms").click()
    expect(page.get_by_test_id("check-sms")).to_have_count(0)
    page.get_by_test_id("mode-sms").select_option("sandbox")
    page.get_by_test_id("save-sms").click()
    expect(page.get_by_test_id("check-sms")).to_be_visible()

    small = person_at(office.owner, **PHONE)
    small.goto(office.url("/settings/integrations"))
    expect(small.get_by_test_id("gateway-mail").get_by_test_id("exchange").first).to_be_visible()
    expect(small.get_by_test_id("lines-store").get_by_test_id("line").first).to_be_visible()
    steps.expect_no_sideways_scroll(small, "settings/integrations")
    small.get_by_test_id("gateway-mail").scroll_into_view_if_needed()
    in_both_themes(small, "notices-integrations-phone")
    small.get_by_test_id("lines-store").scroll_into_view_if_needed()
    in_both_themes(small, "notices-integrations-phone-store")

    stranger = person_at(office.colleague)
    stranger.goto(office.url("/settings/integrations"))
    expect(stranger.get_by_text("Сюда у вас нет доступа")).to_be_visible()


@pytest.mark.journey
def test_what_is_at_an_edge_is_seen_whole(office: steps.Office, person_at: Callable[..., Page]) -> None:
    """Headings that stay, the last tab of a row that is wider than a phone, words of a field for finding."""
    wide, phone = person_at(office.owner), person_at(office.owner, **PHONE)
    wide.goto(office.url("/settings/notifications"))
    head = wide.locator(".matrix thead th").nth(1)
    expect(head).to_be_visible()
    wide.locator(".set-page").evaluate("page => page.scrollTo(0, page.scrollHeight)")
    page_top = wide.locator(".set-page").evaluate("page => page.getBoundingClientRect().top")
    assert abs(head.evaluate("th => th.getBoundingClientRect().top") - page_top) < 1
    picture(wide, "notices-matrix-scrolled")
    phone.goto(office.url("/tasks"))
    row = phone.locator(".tabs")
    expect(phone.get_by_test_id("tab-all")).to_be_visible()
    assert "gradient" in row.evaluate("row => getComputedStyle(row).maskImage"), "it is seen that there is more"
    picture(phone, "tabs-phone")
    row.evaluate("row => row.scrollTo(row.scrollWidth, 0)")
    edge = phone.get_by_test_id("tab-all").evaluate("tab => tab.getBoundingClientRect().right")
    assert edge <= 390 - 36, "the last one stands clear of what fades"
    phone.get_by_test_id("tab-all").click()
    expect(phone.get_by_test_id("tab-all")).to_have_attribute("aria-selected", "true")
    picture(phone, "tabs-phone-all")
    for page, name in ((wide, "wide"), (phone, "phone")):
        page.goto(office.url("/settings/people"))
        field = page.get_by_test_id("list-search")
        expect(field).to_be_visible()
        needed = field.evaluate(
            "input => { const pen = document.createElement('canvas').getContext('2d');"
            " pen.font = getComputedStyle(input).font; return pen.measureText(input.placeholder).width; }"
        )
        assert needed <= field.evaluate("input => input.clientWidth"), name
        picture(page, f"people-find-{name}")
