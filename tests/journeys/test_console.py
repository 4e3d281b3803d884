"""The console: two factors, a company found, its trial extended; the support let in, seen, shut out; prices for all."""

import re
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta

import pyotp
import pytest
from playwright.sync_api import Locator, Page, expect

from infra.env import ROOT
from infra.launch.product import Product

from . import looks, steps
from .steps import PHONE
from .test_axe import faults
from .test_paying import days_pass

PASSWORD = "operator-parol-1"
STEP_SECONDS = 30
# As `steps.fresh_slug` makes them.
_SLUG = re.compile(r"[a-z]+-[0-9a-f]{4}")


def make_operator(product: Product, word: str, *, role: str = "chief") -> str:
    """An operator as the command line makes the first one; his address."""
    email = f"{steps.fresh_slug(word)}@console.example"
    command = [sys.executable, "manage.py", "create_operator", email, "--name", "Орлова Вера", "--role", role]
    command += ["--password", PASSWORD]
    subprocess.run(command, cwd=ROOT, env=dict(product.environment), capture_output=True, text=True, check=True)
    return email


def come_to_console(page: Page, product: Product, email: str) -> None:
    """By the password, then by setting up the second factor: without it there is nothing to see."""
    page.goto(product.url("console"))
    page.get_by_test_id("console-email").fill(email)
    page.get_by_test_id("console-password").fill(PASSWORD)
    page.get_by_test_id("console-enter").click()
    page.get_by_test_id("console-totp").click()
    secret = page.locator(".secret").inner_text()
    page.get_by_test_id("totp-code").fill(pyotp.TOTP(secret).now())
    page.get_by_test_id("totp-confirm").click()
    expect(page.locator(".codes span")).to_have_count(10)
    page.get_by_role("button", name="Коды сохранены").click()
    expect(steps.heading(page, "Компании")).to_be_visible()
    page.evaluate("secret => { window.name = secret }", secret)


def find_company(page: Page, slug: str) -> Locator:
    """The company's line in the list."""
    page.get_by_test_id("console-companies").click()
    page.get_by_test_id("company-find").fill(slug)
    line = page.get_by_test_id(f"company-{slug}")
    expect(line).to_be_visible()
    return line


def looked_at(page: Page, name: str) -> None:
    steps.wait_till_loaded(page)
    looks.in_both_themes(page, name)
    assert looks.sideways(page) == 0, name
    assert faults(page) == [], name
    # Other companies of a product that has been running for a while are called as their tests have called them.
    crumbs = [
        text
        for text in looks.crumbs(page)
        if not text.startswith("ООО «") and not _SLUG.fullmatch(text.removesuffix(" →"))
    ]
    assert crumbs == [], name


@pytest.mark.journey
@pytest.mark.row("PL-07")
def test_an_operator_signs_in_by_two_factors_and_extends_a_trial(
    product: Product, person_at: Callable[..., Page]
) -> None:
    office = steps.open_office(product, "konsol")
    days_pass(office, "trial", trial_until=date.today() + timedelta(days=2))
    page = person_at()
    email = make_operator(product, "orlova")
    come_to_console(page, product, email)
    secret = page.evaluate("window.name")

    # Out and in again: this time a code is asked, one that has not been used.
    page.get_by_test_id("console-me").click()
    page.get_by_role("menuitem", name="Выйти").click()
    page.get_by_test_id("console-email").fill(email)
    page.get_by_test_id("console-password").fill(PASSWORD)
    page.get_by_test_id("console-enter").click()
    page.get_by_test_id("console-code").fill(pyotp.TOTP(secret).at(int(time.time()) + STEP_SECONDS))
    page.get_by_test_id("console-enter").click()

    line = find_company(page, office.slug)
    expect(line).to_contain_text("пробный период")
    looked_at(page, "console-companies")
    line.get_by_role("link").click()
    until = date.today() + timedelta(days=20)
    page.get_by_test_id("act-extend").click()
    page.get_by_test_id("act-until").fill(until.isoformat())
    page.get_by_test_id("act-reason").fill("Попросил владелец")
    page.get_by_test_id("act-do").click()
    expect(page.get_by_test_id("trial-until")).to_have_text(f"{until:%d.%m.%Y}")
    expect(page.get_by_test_id("deed-trial.extended")).to_contain_text("Попросил владелец")
    looked_at(page, "console-company")
    assert steps.said(office.owner.call("GET", "me/"))["allowance"]["until"] == until.isoformat()

    # Suspended: people are shut out within seconds, and come back.
    page.get_by_test_id("act-suspend").click()
    page.get_by_test_id("act-reason").fill("Проверка")
    page.get_by_test_id("act-do").click()
    expect(page.get_by_test_id("act-restore")).to_be_visible()
    assert office.owner.call("GET", "me/")[0] == 403
    page.get_by_test_id("act-restore").click()
    page.get_by_test_id("act-reason").fill("Проверено")
    page.get_by_test_id("act-do").click()
    expect(page.get_by_test_id("act-suspend")).to_be_visible()
    assert office.owner.call("GET", "me/")[0] == 200


@pytest.mark.journey
@pytest.mark.row("PL-07")
def test_the_support_is_let_in_seen_and_shut_out(product: Product, person_at: Callable[..., Page]) -> None:
    office = steps.open_office(product, "dostup")
    task = office.task("Настроить станок")
    owner, helper = person_at(office.owner), person_at()
    come_to_console(helper, product, make_operator(product, "pomosch", role="support"))
    find_company(helper, office.slug).get_by_role("link").click()
    expect(helper.get_by_test_id("support-none")).to_be_visible()

    owner.goto(office.url("/settings"))
    owner.get_by_test_id("settings-support").click()
    looked_at(owner, "support-closed")
    owner.get_by_role("radio", name="И менять карточки").click()
    owner.get_by_test_id("support-hours").select_option("1")
    owner.get_by_test_id("support-give").click()
    expect(owner.get_by_test_id("support-open")).to_be_visible()

    helper.reload()
    helper.get_by_test_id("support-enter").click()
    banner = helper.get_by_test_id("support-banner")
    expect(banner).to_contain_text("Вы только смотрите")
    helper.goto(office.url(f"/tasks/{task['id']}"))
    expect(helper.get_by_test_id("card-title")).to_have_value("Настроить станок")
    expect(banner).to_be_visible()
    helper.get_by_test_id("support-begin").click()
    expect(banner).to_contain_text("Изменения включены")
    steps.type_comment(helper, "Посмотрели, всё в порядке")
    steps.send_comment(helper)
    expect(steps.comment(helper, "Посмотрели, всё в порядке")).to_contain_text("Поддержка: Орлова Вера")
    looked_at(helper, "support-inside")

    owner.reload()
    told = owner.get_by_test_id("support-history")
    expect(told).to_contain_text("Поддержка: Орлова Вера вошла в компанию")
    expect(told.get_by_test_id("support-line").first).to_contain_text("Настроить станок")
    looked_at(owner, "support-open")
    owner.get_by_test_id("support-close").click()
    expect(owner.get_by_test_id("support-closed")).to_be_visible()
    # The open page of the support is told by its socket, and shows the door.
    expect(helper.get_by_test_id("expired-password").or_(helper.get_by_test_id("signin-email"))).to_be_visible(
        timeout=steps.LIVE_MS
    )


@pytest.mark.journey
@pytest.mark.row("PL-07")
def test_a_renamed_company_takes_its_people_along(product: Product, person_at: Callable[..., Page]) -> None:
    office = steps.open_office(product, "staroe")
    fresh = steps.fresh_slug("novoe")
    page, owner = person_at(), person_at(office.owner)
    owner.goto(office.url("/tasks"))
    come_to_console(page, product, make_operator(product, "imya"))
    find_company(page, office.slug).get_by_role("link").click()
    page.get_by_test_id("act-rename").click()
    page.get_by_test_id("act-slug").fill(fresh)
    page.get_by_test_id("act-reason").fill("Новое название")
    page.get_by_test_id("act-do").click()
    expect(page.get_by_test_id("company-facts")).to_contain_text(fresh)
    owner.goto(office.url("/"))
    owner.wait_for_url(lambda url: f"//{fresh}." in url)
    expect(steps.heading(owner, "Мой день")).to_be_visible()
    # Whoever is not signed in is led on by the server, to the same page.
    stranger = person_at()
    stranger.goto(office.url("/tasks"))
    stranger.wait_for_url(lambda url: f"//{fresh}." in url and url.endswith("/tasks"))


@pytest.mark.journey
@pytest.mark.row("MN-04", "PL-07")
@pytest.mark.parametrize("width", ["wide", "phone"])
def test_the_screens_of_the_console(product: Product, person_at: Callable[..., Page], width: str) -> None:
    office = steps.open_office(product, f"ekrany{width}")
    page = person_at(**(PHONE if width == "phone" else {}))
    come_to_console(page, product, make_operator(product, "ekran"))
    looked_at(page, f"console-list-{width}")
    find_company(page, office.slug).get_by_role("link").click()
    expect(page.get_by_test_id("company-facts")).to_be_visible()
    looked_at(page, f"console-card-{width}")

    page.get_by_test_id("console-health").click()
    expect(page.get_by_test_id("health")).to_be_visible()
    looked_at(page, f"console-health-{width}")

    page.get_by_test_id("console-announcements").click()
    page.get_by_test_id("announce").click()
    text = f"Ночью работы, {'телефон' if width == 'phone' else 'стол'}"
    page.get_by_test_id("announce-text").fill(text)
    looked_at(page, f"console-announce-{width}")
    page.get_by_test_id("announce-do").click()
    expect(page.get_by_test_id("announcement-row").first).to_contain_text(text)
    owner = person_at(office.owner)
    owner.goto(office.url("/"))
    news = owner.get_by_test_id("news-banner").filter(has_text=text)
    expect(news).to_be_visible()
    news.get_by_role("button", name="Скрыть").click()
    expect(news).to_be_hidden()
    page.get_by_test_id("announcement-row").first.get_by_test_id("withdraw").click()
    expect(page.get_by_test_id("announcement-row").first).to_contain_text("снято")

    page.get_by_test_id("console-plans").click()
    page.get_by_test_id("version-premium").click()
    # Each run adds a later one: a product may be kept running.
    since = date.today() + timedelta(days=40 if width == "wide" else 80)
    page.get_by_test_id("version-since").fill(since.isoformat())
    page.get_by_test_id("version-month_price").fill("9490")
    page.get_by_test_id("version-reason").fill("Решение о ценах")
    page.get_by_test_id("version-do").click()
    expect(page.get_by_test_id("plan-premium")).to_contain_text(re.compile(r"9\s490"))
    looked_at(page, f"console-plans-{width}")

    page.get_by_test_id("console-operators").click()
    expect(page.get_by_test_id("operator-row").first).to_be_visible()
    looked_at(page, f"console-operators-{width}")
    page.get_by_test_id("console-audit").click()
    expect(page.get_by_test_id("deed-plan.version").first).to_contain_text("Решение о ценах")
    looked_at(page, f"console-audit-{width}")
    page.get_by_test_id("console-me").click()
    page.get_by_role("menuitem", name="Мой вход").click()
    expect(steps.heading(page, "Мой вход")).to_be_visible()
    looked_at(page, f"console-account-{width}")


@pytest.mark.journey
@pytest.mark.row("MN-04")
@pytest.mark.parametrize("width", ["wide", "phone"])
def test_prices_stand_on_the_public_site(product: Product, person_at: Callable[..., Page], width: str) -> None:
    page = person_at(**(PHONE if width == "phone" else {}))
    page.goto(product.url() + "/prices")
    expect(page.get_by_test_id("price-basic")).to_contain_text("1 490")
    expect(page.get_by_test_id("price-free")).to_contain_text("Бесплатно")
    looked_at(page, f"prices-{width}")
    page.get_by_role("radio", name="за год").click()
    expect(page.get_by_test_id("price-basic")).to_contain_text("14 304")
