"""Another address to sign in by: asked for with the password, proved by its letter, stopped by the old one's reader."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from infra.launch.product import Product

from . import steps
from .test_own_phone import WIDTHS, looked_at


def asked(page: Page, office: steps.Office, email: str, password: str) -> None:
    """Fill the form of the settings and send it."""
    page.goto(office.url("/settings/security"))
    page.get_by_test_id("email-change-start").click()
    page.get_by_test_id("email-new").fill(email)
    page.get_by_test_id("proof-password").fill(password)
    page.get_by_test_id("email-ask").click()


def link_to(product: Product, email: str, page: str) -> str:
    return steps.link_in(product.letter(email, containing=f"/{page}?token="), f"/{page}?token=")


@pytest.mark.journey
@pytest.mark.row("PL-08", "SE-10")
@pytest.mark.parametrize("width", WIDTHS)
def test_a_person_signs_in_by_another_address(product: Product, person_at: Callable[..., Page], width: str) -> None:
    office = steps.open_office(product, f"adres{width}")
    fresh = f"novyy@{office.slug}.example"
    page = person_at(office.colleague, **WIDTHS[width])
    asked(page, office, fresh, "не тот пароль")
    expect(page.get_by_text("Неверный пароль")).to_be_visible()
    looked_at(page, f"address-ask-{width}")
    page.get_by_test_id("proof-password").fill(steps.COLLEAGUE_PASSWORD)
    page.get_by_test_id("email-ask").click()
    expect(page.get_by_test_id("email-waits")).to_contain_text(fresh)
    looked_at(page, f"address-waits-{width}")

    elsewhere = person_at(product.sign_in(office.slug, office.colleague_email, steps.COLLEAGUE_PASSWORD))
    elsewhere.goto(office.url("/tasks"))
    expect(elsewhere.get_by_test_id("rail-tasks")).to_be_visible()

    link = link_to(product, fresh, "new-email")
    stranger = person_at(**WIDTHS[width])
    stranger.goto(link)
    expect(stranger.get_by_test_id("new-email-password")).to_be_visible()
    looked_at(stranger, f"address-stranger-{width}")
    page.goto(link)
    expect(page.get_by_test_id("new-email-password")).to_have_count(0)
    page.get_by_test_id("new-email-take").click()
    expect(page.get_by_test_id("new-email-done")).to_contain_text(fresh)
    looked_at(page, f"address-done-{width}")
    page.get_by_role("link", name="К работе").click()
    expect(steps.heading(page, "Мой день")).to_be_visible()
    expect(elsewhere.get_by_test_id("expired-password")).to_be_visible(timeout=steps.LIVE_MS)
    assert product.letter(office.colleague_email, containing="больше нельзя")

    stranger.goto(office.url("/"))
    stranger.get_by_test_id("signin-email").fill(office.colleague_email)
    stranger.get_by_test_id("signin-password").fill(steps.COLLEAGUE_PASSWORD)
    stranger.get_by_test_id("signin-submit").click()
    expect(stranger.get_by_text("не подходят")).to_be_visible()
    steps.sign_in(stranger, fresh, steps.COLLEAGUE_PASSWORD)


@pytest.mark.journey
@pytest.mark.row("SE-10")
@pytest.mark.parametrize("width", WIDTHS)
def test_an_administrator_asks_and_the_reader_of_the_old_address_stops_it(
    product: Product, person_at: Callable[..., Page], width: str
) -> None:
    office = steps.open_office(product, f"chuzhoy{width}")
    fresh = f"drugoy@{office.slug}.example"
    owner = person_at(office.owner, **WIDTHS[width])
    owner.goto(office.url(f"/settings/people/{steps.person_id(office.colleague)}"))
    owner.get_by_test_id("login-change").click()
    owner.get_by_test_id("login-email").fill(fresh)
    looked_at(owner, f"address-admin-{width}")
    owner.get_by_test_id("login-ask").click()
    expect(owner.get_by_test_id("employee-login")).to_contain_text(f"Ждём подтверждения с {fresh}")
    owner.get_by_test_id("employee-login").scroll_into_view_if_needed()
    looked_at(owner, f"address-admin-waits-{width}")

    worker = person_at(office.colleague, **WIDTHS[width])
    worker.goto(link_to(product, office.colleague_email, "not-me"))
    looked_at(worker, f"address-not-me-{width}")
    worker.get_by_test_id("not-me").click()
    expect(worker.get_by_test_id("not-me-done")).to_be_visible()
    looked_at(worker, f"address-not-me-done-{width}")
    worker.goto(link_to(product, fresh, "new-email"))
    worker.get_by_test_id("new-email-password").fill(steps.COLLEAGUE_PASSWORD)
    worker.get_by_test_id("new-email-take").click()
    expect(worker.get_by_text("Ссылка не действует")).to_be_visible()
    worker.goto(office.url("/"))
    steps.sign_in(worker, office.colleague_email, steps.COLLEAGUE_PASSWORD)
