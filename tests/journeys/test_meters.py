"""What is paid by the unit: how near its ceiling it is, another ceiling; and a company that asks too much at once."""

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, Route, expect

from core.metering.meters import month_of
from infra.launch.product import Product
from tests.support.standing import schema_of, superuser

from . import steps
from .test_paying import PAYING, WIDTHS, looked_at, open_office, unpaid

BUSY = {"type": "/problems/company-busy", "title": "Подождите", "status": 429, "detail": "Подождите", "retry_after": 3}


def has_used(office: steps.Office, code: str, volume: int) -> None:
    with superuser(office.product) as connection:
        schema = schema_of(connection, office.slug)
        connection.execute(
            f"INSERT INTO {schema}.metering_metermonth (code, month, volume, told) VALUES (%s, %s, %s, 'free')",
            [code, month_of(date.today()), volume],
        )


@pytest.mark.journey
@pytest.mark.row("MN-03", waits="telephony")
@pytest.mark.parametrize("width", WIDTHS)
def test_a_ceiling_is_set_while_the_company_is_busy(
    product: Product, person_at: Callable[..., Page], width: str
) -> None:
    office = open_office(product, f"raskhod{width}")
    owner = person_at(office.owner, **WIDTHS[width])
    owner.goto(office.url(PAYING))
    meters = owner.get_by_test_id("meters")
    expect(meters).to_contain_text("В этом тарифе таких услуг нет")
    unpaid(office, "active", days=-20)
    has_used(office, "sms", 148)
    owner.reload()
    sms = owner.get_by_test_id("meter-sms")
    expect(sms).to_contain_text("Использовано: 148, входит в тариф: 50")
    expect(sms).to_contain_text("392,00\u00a0₽ в этом месяце")
    expect(owner.get_by_test_id("meter-storage")).to_contain_text("не принимаются, пока не указан предел")
    meters.scroll_into_view_if_needed()
    looked_at(owner, f"meters-{width}")

    owner.get_by_test_id("ceiling-sms").click()
    owner.get_by_test_id("ceiling-sum").fill("400")
    looked_at(owner, f"meters-ceiling-{width}")
    answers = iter([BUSY])

    def once_busy(route: Route) -> None:
        told = next(answers, None)
        if told is None:
            route.continue_()
        else:
            route.fulfill(status=429, json=told, headers={"Retry-After": "3"})

    owner.route("**/api/v1/billing/meters/sms/", once_busy)
    owner.get_by_test_id("ceiling-save").click()
    # Nothing that was typed is lost, and the person need not do anything.
    expect(owner.get_by_test_id("slowed")).to_contain_text("Набранное сохранено")
    expect(owner.get_by_test_id("ceiling-sum")).to_have_value("400")
    looked_at(owner, f"meters-slowed-{width}")
    expect(sms).to_contain_text("392,00\u00a0₽ из 400,00\u00a0₽ в этом месяце")
    expect(sms).to_have_attribute("data-level", "near")
    expect(owner.get_by_test_id("slowed")).to_have_count(0)
    meters.scroll_into_view_if_needed()
    looked_at(owner, f"meters-near-{width}")
