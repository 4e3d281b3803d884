"""Paying by card: a trial becomes a plan at the provider's page; a card that fails shuts, another opens again."""

import json
import urllib.request
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from infra.launch.product import Product
from tests.support.standing import schema_of, superuser

from . import steps
from .test_paying import DAY, PAYING, WIDTHS, allowed, choose, days_pass, looked_at, open_office

GOOD, LATER_BAD, DECLINED, ASKS = "4242424242424242", "4000000000000341", "4000000000000002", "4000002500003155"
MOSCOW = ZoneInfo("Europe/Moscow")


def subscription(office: steps.Office) -> dict[str, Any]:
    return steps.said(office.owner.call("GET", "billing/subscription/"))


def time_goes_on(office: steps.Office, day: date) -> None:
    """It is noon of a day at the provider, for this company."""
    with superuser(office.product) as connection:
        schema = schema_of(connection, office.slug)
        rows = "SELECT customer FROM billing_cardaccount JOIN tenants_company ON id = company_id WHERE schema_name = %s"
        [customer] = connection.execute(rows, [schema]).fetchone()
    noon = datetime.combine(day, time(12), MOSCOW)
    body = json.dumps({"customer": customer, "now": int(noon.timestamp())}).encode()
    address = f"http://127.0.0.1:{office.product.port + 1}/stripe/_control/clock"
    with urllib.request.urlopen(urllib.request.Request(address, data=body, method="POST"), timeout=30) as answer:
        assert answer.status == 200


def to_the_till(page: Page, office: steps.Office, *, name: str) -> None:
    """From the table of plans to the provider's page."""
    dialog = choose(page, office, "basic", period="за месяц", seats="12")
    expect(dialog.get_by_test_id("to-card")).to_have_text("Оплатить картой 1\u00a0790,00\u00a0₽")
    expect(dialog.get_by_test_id("card-begins")).to_contain_text("дальше она платит сама")
    expect(dialog.get_by_test_id("to-card")).to_be_enabled()
    looked_at(page, name)
    dialog.get_by_test_id("to-card").click()
    expect(page.get_by_role("heading", name="К оплате сейчас")).to_be_visible()


def give_card(page: Page, number: str, button: str = "Оплатить") -> None:
    page.get_by_label("Номер карты").fill(number)
    page.get_by_role("button", name=button, exact=True).click()


@pytest.mark.journey
@pytest.mark.row("PL-05", "MN-01")
@pytest.mark.parametrize("width", WIDTHS)
def test_a_trial_is_turned_into_a_plan_by_card(product: Product, person_at: Callable[..., Page], width: str) -> None:
    office = open_office(product, f"karta{width}")
    owner = person_at(office.owner, **WIDTHS[width])
    to_the_till(owner, office, name=f"card-calculator-{width}")
    # A bank that says no is told there, and nothing is bought.
    give_card(owner, DECLINED)
    expect(owner.get_by_role("alert")).to_contain_text("Банк не принял карту")
    owner.get_by_role("button", name="Вернуться").click()
    expect(owner.get_by_test_id("card-return-none")).to_contain_text("с карты ничего не списано")
    looked_at(owner, f"card-turned-round-{width}")
    owner.get_by_test_id("card-return-close").click()
    expect(owner.get_by_test_id("card-return-none")).to_have_count(0)
    to_the_till(owner, office, name=f"card-calculator-again-{width}")
    give_card(owner, ASKS)
    owner.get_by_role("button", name="Подтвердить").click()

    expect(owner.get_by_test_id("card-return-paid")).to_be_visible()
    expect(owner.get_by_test_id("standing")).to_contain_text("затем карта платит 1\u00a0790\u00a0₽ в месяц")
    expect(owner.get_by_test_id("plan-now")).to_have_text("«Базовый», за месяц")
    expect(owner.get_by_test_id("card-number")).to_contain_text("Visa •••• 3155")
    expect(owner.get_by_test_id("next-payment")).to_contain_text("1\u00a0790,00\u00a0₽, спишется с карты")
    looked_at(owner, f"card-paid-{width}")

    ends = date.fromisoformat(subscription(office)["trial_until"])
    time_goes_on(office, ends)
    steps.wait_until(lambda: subscription(office)["paid_from"] == ends.isoformat())
    owner.goto(office.url(PAYING))
    expect(owner.get_by_test_id("card-section")).to_contain_text("Каждый срок карта оплачивает сама")
    # More people at once: the difference goes from the card.
    owner.get_by_test_id("prolong").click()
    dialog = owner.get_by_role("dialog")
    expect(dialog.get_by_text("карта сама заплатит")).to_be_visible()
    dialog.get_by_test_id("wish-seats").fill("14")
    expect(dialog.get_by_test_id("take-now")).to_contain_text("Сменить и списать")
    looked_at(owner, f"card-change-{width}")
    dialog.get_by_test_id("take-now").click()
    expect(steps.toast(owner, "Тариф изменён")).to_be_visible()
    assert subscription(office)["seats"] == 14
    owner.get_by_test_id("card-stop").click()
    owner.get_by_test_id("card-stop-confirm").click()
    expect(owner.get_by_test_id("card-section")).to_contain_text("Карта больше не платит")
    expect(owner.get_by_test_id("card-resume")).to_be_visible()
    looked_at(owner, f"card-given-up-{width}")
    owner.get_by_test_id("card-resume").click()
    expect(owner.get_by_test_id("card-stop")).to_be_visible()


@pytest.mark.journey
@pytest.mark.row("PL-05")
@pytest.mark.parametrize("width", WIDTHS)
def test_in_the_trial_nothing_is_taken_whatever_is_changed_or_given_up(
    product: Product, person_at: Callable[..., Page], width: str
) -> None:
    office = open_office(product, f"proba{width}")
    owner = person_at(office.owner, **WIDTHS[width], **({"color_scheme": "dark"} if width == "phone" else {}))
    owner.goto(office.url(PAYING))
    expect(owner.get_by_test_id("after-trial")).to_be_visible()
    looked_at(owner, f"trial-alone-{width}")
    to_the_till(owner, office, name=f"trial-calculator-{width}")
    give_card(owner, GOOD)
    expect(owner.get_by_test_id("card-return-paid")).to_be_visible()
    expect(owner.get_by_test_id("standing")).to_contain_text("затем карта платит")
    looked_at(owner, f"trial-card-{width}")
    owner.get_by_test_id("prolong").click()
    dialog = owner.get_by_role("dialog")
    expect(dialog.get_by_test_id("renewal-close")).to_be_visible()
    looked_at(owner, f"trial-renews-{width}")
    dialog.get_by_test_id("wish-seats").fill("14")
    expect(dialog.get_by_test_id("quote-charge")).to_have_text("0,00\u00a0₽")
    expect(dialog.get_by_test_id("take-now")).to_be_enabled()
    looked_at(owner, f"trial-change-{width}")
    dialog.get_by_test_id("take-now").click()
    expect(steps.toast(owner, "Тариф изменён")).to_be_visible()
    assert subscription(office)["seats"] == 14
    owner.get_by_test_id("card-stop").click()
    expect(owner.get_by_test_id("card-stop-asked")).to_contain_text("С карты ничего не спишется")
    looked_at(owner, f"trial-stop-asked-{width}")
    owner.get_by_test_id("card-stop-confirm").click()
    expect(owner.get_by_test_id("card-section")).to_have_count(0)
    expect(owner.get_by_test_id("standing")).to_contain_text("доступно всё")
    expect(owner.get_by_test_id("after-trial")).to_contain_text("Бесплатный")
    looked_at(owner, f"trial-stopped-{width}")
    dialog = choose(owner, office, "basic", period="за месяц", seats="12")
    expect(dialog.get_by_test_id("to-invoice")).to_be_enabled()
    expect(dialog.get_by_test_id("to-card")).to_be_enabled()


@pytest.mark.journey
@pytest.mark.row("PL-05")
@pytest.mark.parametrize("width", WIDTHS)
def test_a_card_that_fails_shuts_and_another_opens_again(
    product: Product, person_at: Callable[..., Page], width: str
) -> None:
    office = open_office(product, f"otkaz{width}")
    owner = person_at(office.owner, **WIDTHS[width])
    to_the_till(owner, office, name=f"card-bad-{width}")
    give_card(owner, LATER_BAD)
    expect(owner.get_by_test_id("card-return-paid")).to_be_visible()
    time_goes_on(office, date.fromisoformat(subscription(office)["trial_until"]))
    office.product.letter(office.owner_email, containing="Карта не прошла")
    owner.goto(office.url(PAYING))
    expect(owner.get_by_test_id("card-problem")).to_contain_text("Банк не принял карту")
    looked_at(owner, f"card-refused-{width}")

    days_pass(office, "suspended", trial_until=date.today() - 50 * DAY)
    owner.goto(office.url())
    expect(owner.get_by_test_id("paying-banner")).to_contain_text("Работа приостановлена")
    owner.get_by_test_id("paying-go").click()
    owner.get_by_test_id("card-manage").click()
    expect(owner.get_by_role("heading", name="•••• 0341")).to_be_visible()
    give_card(owner, GOOD, "Сохранить карту")
    expect(owner.get_by_test_id("card-return-paid")).to_be_visible()
    expect(owner.get_by_test_id("card-number")).to_contain_text("Visa •••• 4242")
    expect(owner.get_by_test_id("card-problem")).to_have_count(0)
    expect(owner.get_by_test_id("paying-banner")).to_have_count(0)
    looked_at(owner, f"card-back-{width}")
    assert allowed(office)["mode"] == "full"
    assert subscription(office)["paid_until"] > (date.today() + timedelta(days=14)).isoformat()
