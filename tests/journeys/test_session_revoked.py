"""The same person at two browsers: signing out everywhere does not cost a word that was being typed."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from infra.launch.product import Product

from . import looks, steps

WORDS = "Кабель пришёл, завтра начнём"


@pytest.mark.journey
@pytest.mark.row("SE-10")
def test_a_revoked_session_asks_in_place_and_keeps_what_was_typed(
    product: Product, person_at: Callable[..., Page]
) -> None:
    office = steps.open_office(product, "seans")
    task = office.task("Проложить кабель")
    here = person_at(office.colleague)
    there = person_at(product.sign_in(office.slug, office.colleague_email, steps.COLLEAGUE_PASSWORD))
    steps.visit_card(there, office, task)
    steps.type_comment(there, WORDS)

    sign_out_elsewhere(here, office)
    expect(there.get_by_test_id("expired-password")).to_be_visible(timeout=steps.LIVE_MS)
    expect(there.get_by_test_id("comment-box")).to_have_value(WORDS)
    # Nothing of the company is read behind the question.
    expect(there.get_by_test_id("comment-box")).to_be_hidden()
    expect(there.get_by_test_id("card-title")).to_be_hidden()
    assert looks.nameless(there) == []
    looks.picture(there, "session-veil")

    steps.sign_in_again(there, steps.COLLEAGUE_PASSWORD)
    expect(there.get_by_test_id("comment-box")).to_have_value(WORDS)
    steps.send_comment(there)
    expect(steps.comment(there, WORDS)).to_be_visible()
    told = steps.said(office.owner.call("GET", f"tasks/{task['id']}/comments/"))["results"]
    assert [one["text"] for one in told] == [WORDS]
    # The live line is back too.
    steps.said(office.owner.call("POST", f"tasks/{task['id']}/comments/", {"text": "Спасибо"}), 201)
    expect(steps.comment(there, "Спасибо")).to_be_visible(timeout=steps.LIVE_MS)


@pytest.mark.journey
def test_whoever_is_blocked_reads_that_his_access_is_closed(product: Product, person_at: Callable[..., Page]) -> None:
    office = steps.open_office(product, "zakryt")
    page = person_at(office.colleague)
    page.goto(office.url("/tasks"))
    expect(page.get_by_test_id("rail-tasks")).to_be_visible()
    himself = steps.person_id(office.colleague)
    steps.said(office.owner.call("POST", f"employees/{himself}/block/", {}))
    expect(page.get_by_test_id("access-closed")).to_contain_text("доступ в эту компанию закрыт", timeout=steps.LIVE_MS)
    expect(page.get_by_test_id("expired-password")).to_have_count(0)
    assert looks.nameless(page) == []
    looks.picture(page, "access-closed")

    # He looks again, and signs in again; whoever only tries his address learns nothing.
    page.reload()
    expect(page.get_by_test_id("access-closed")).to_contain_text("доступ в эту компанию закрыт")
    expect(page.get_by_test_id("signin-email")).to_have_count(0)
    looks.in_both_themes(page, "access-closed-door")
    page.get_by_test_id("closed-other").click()
    for password, told in (
        ("ne-tot-parol-1", "не подходят"),
        (steps.COLLEAGUE_PASSWORD, "доступ в эту компанию закрыт"),
    ):
        page.get_by_test_id("signin-email").fill(office.colleague_email)
        page.get_by_test_id("signin-password").fill(password)
        page.get_by_test_id("signin-submit").click()
        expect(page.get_by_text(told)).to_be_visible()
    assert looks.nameless(page) == []
    looks.in_both_themes(page, "access-closed-password")
    stranger = person_at(**steps.PHONE)
    stranger.goto(office.url("/"))
    expect(stranger.get_by_test_id("signin-email")).to_be_visible()
    expect(stranger.get_by_test_id("access-closed")).to_have_count(0)


def sign_out_elsewhere(page: Page, office: steps.Office) -> None:
    """Through the menu of the face to the list of sessions, and end all but this one."""
    page.goto(office.url())
    page.get_by_test_id("user-menu").click()
    page.get_by_role("menuitem", name="Вход и безопасность").click()
    expect(page.get_by_test_id("session-row")).to_have_count(2)
    page.get_by_test_id("sessions-revoke").click()
    expect(steps.toast(page, "Остальные сеансы завершены")).to_be_visible()
    expect(page.get_by_test_id("session-row")).to_have_count(1)
