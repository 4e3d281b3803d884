"""From the public page to the first task closed, by two people in two browsers."""

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from infra.launch.product import Product

from . import steps

TITLE = "Согласовать смету на монтаж"
DESCRIPTION = "Сумма и сроки у снабжения"
ESTIMATE = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
REASON = "Нет раздела «Пусконаладка»"


@pytest.mark.journey
@pytest.mark.row("PL-01", "PL-02", "PL-06", "PL-08", "PL-10", "T-01", "T-02", "T-03", "T-04", "T-17", "T-19", "T-21")
@pytest.mark.row("T-01", waits="chat")
@pytest.mark.row("T-01", waits="mail")
@pytest.mark.row("T-03", waits="timesheet")
@pytest.mark.row("T-21", waits="chat")
def test_two_people_go_from_the_public_page_to_a_closed_task(product: Product, person_at: Callable[..., Page]) -> None:
    mark = steps.fresh_slug("kontur").rpartition("-")[2]
    slug, colleague_email = f"severnyy-kontur-{mark}", f"petrov-{mark}@kontur.example"
    owner, colleague = person_at(), person_at()

    found_company(owner, product, slug, f"ООО «Северный контур {mark}»", f"krylova-{mark}@kontur.example")
    invite(owner, colleague_email)
    accept(colleague, steps.link_in(product.letter(colleague_email, containing="invite?token="), "/invite?token="))
    steps.open_list(colleague)
    expect(colleague.get_by_text("У вас нет открытых задач")).to_be_visible()

    give_task_by_keyboard(owner)
    expect(steps.row(colleague, TITLE)).to_be_visible(timeout=steps.LIVE_MS)
    attach_estimate(owner)

    carry_out(colleague, owner)
    assert download(owner) == ESTIMATE
    return_with_reason(owner, colleague)
    steps.act(colleague, "submit")
    close(owner, colleague)

    letter = product.letter(colleague_email, containing=TITLE)
    assert f"http://{slug}.localhost" in letter["text"]


def found_company(page: Page, product: Product, slug: str, company: str, email: str) -> None:
    """Sign the company up by the form; the page ends signed in on the company's own host."""
    begun = time.monotonic()
    page.goto(product.url())
    steps.fill_sign_up(page, email=email, company=company)
    expect(page.get_by_test_id("signup-slug")).to_have_value(slug)
    steps.submit_sign_up(page)
    page.get_by_test_id("signup-code").fill(steps.code_in(product.letter(email, containing="код")))
    page.wait_for_url(f"{product.url(slug)}/", timeout=steps.PATIENCE_MS)
    expect(steps.heading(page, "Мой день")).to_be_visible()
    expect(page.get_by_text(company)).to_be_visible()
    assert time.monotonic() - begun < 120, "from the form to the working product"


def invite(page: Page, email: str) -> None:
    """The empty home offers to bring people in."""
    page.get_by_role("link", name="Пригласить коллег").click()
    page.get_by_test_id("invite-emails").fill(email)
    page.get_by_test_id("invite-submit").click()
    expect(steps.toast(page, "Отправили 1 приглашение")).to_be_visible()


def accept(page: Page, link: str) -> None:
    """Open the link of the letter, introduce oneself, and be at work."""
    page.goto(link)
    page.get_by_test_id("invite-name").fill(steps.COLLEAGUE_NAME)
    page.get_by_test_id("invite-password").fill(steps.COLLEAGUE_PASSWORD)
    page.get_by_test_id("invite-accept").click()
    expect(steps.heading(page, "Мой день")).to_be_visible()


def give_task_by_keyboard(page: Page) -> None:
    """Three fields without the mouse: C, the text, two or three letters of a name, a date in words, Ctrl+Enter."""
    page.get_by_test_id("rail-tasks").click()
    page.get_by_test_id("tab-given").click()
    page.keyboard.press("c")
    expect(page.get_by_test_id("composer-title")).to_be_focused()
    page.keyboard.type(TITLE)
    page.keyboard.press("Enter")
    page.keyboard.type(DESCRIPTION)
    page.keyboard.press("Tab")
    page.keyboard.type("Пет")
    expect(page.get_by_role("option").first).to_contain_text(steps.COLLEAGUE_NAME)
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("composer-assignee")).to_have_value(steps.COLLEAGUE_NAME)
    page.keyboard.press("Tab")
    page.keyboard.type("завтра 18")
    page.keyboard.press("Control+Enter")
    expect(steps.toast(page, "Поставлена")).to_be_visible()
    expect(steps.row(page, TITLE)).to_contain_text("завтра, 18:00")


def attach_estimate(page: Page) -> None:
    steps.row(page, TITLE).click()
    expect(page.get_by_test_id("card-description")).to_have_text(DESCRIPTION)
    line = steps.attach(page, "Смета.pdf", ESTIMATE, "application/pdf")
    expect(line).to_contain_text("Смета.pdf")


def carry_out(colleague: Page, owner: Page) -> None:
    """The assignee accepts, starts and hands in by the buttons that are his; the owner sees each without a reload."""
    steps.row(colleague, TITLE).click()
    expect(colleague.get_by_test_id("file").first).to_contain_text("Смета.pdf")
    expect(colleague.get_by_test_id("card-action-close")).to_have_count(0)
    for code, status in (("accept", "accepted"), ("start", "in_work"), ("submit", "in_review")):
        expect(owner.get_by_test_id("card-action-close")).to_have_count(0)
        steps.act(colleague, code)
        steps.expect_status(owner, status, steps.LIVE_MS)
    expect(owner.get_by_test_id("card-action-submit")).to_have_count(0)


def download(page: Page) -> bytes:
    line = steps.card(page).get_by_role("region", name="Файлы")
    line.get_by_role("link").click()
    content = steps.downloaded(page, page.get_by_test_id("viewer-save").click)
    # The browser's own reader of documents may have taken the keyboard.
    page.get_by_test_id("viewer-close").click()
    expect(page.get_by_test_id("viewer")).to_be_hidden()
    return content


def return_with_reason(owner: Page, colleague: Page) -> None:
    """The initiator gives the work back with words."""
    steps.act(owner, "return")
    owner.get_by_test_id("reason-text").fill(REASON)
    owner.get_by_test_id("reason-submit").click()
    steps.expect_status(colleague, "returned", steps.LIVE_MS)


def close(owner: Page, colleague: Page) -> None:
    """The initiator accepts the result; the history tells the whole way to both."""
    steps.expect_status(owner, "in_review", steps.LIVE_MS)
    steps.act(owner, "close")
    steps.expect_status(owner, "closed")
    steps.expect_status(colleague, "closed", steps.LIVE_MS)
    for page in (owner, colleague):
        steps.stream_tab(page, "История")
        history = steps.card(page).get_by_role("complementary", name="Лента карточки")
        for words in ("Смета.pdf", "В работе", "На проверке", "Возвращена", "Закрыта"):
            expect(history).to_contain_text(words)
        expect(history).to_contain_text(steps.OWNER_SHORT)
        expect(history).to_contain_text(steps.COLLEAGUE_SHORT)
        # The reason is a comment, read together with the deeds.
        steps.stream_tab(page, "Всё")
        expect(history).to_contain_text(REASON)
