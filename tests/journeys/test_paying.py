"""Paying: a trial is turned into a plan by an invoice and a bank's statement; who has not paid is shown the way."""

import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect
from psycopg import Connection

from billing.jobs import LIFE, USAGE
from infra.env import ROOT
from infra.launch.product import Product
from tests.support.standing import schema_of, superuser

from . import looks, steps
from .steps import PHONE
from .test_axe import faults

WIDTHS: dict[str, dict[str, Any]] = {"wide": {}, "phone": PHONE}
PAYING = "/settings/billing"
DAY = timedelta(days=1)
# Of a subscription at which the job of its life has yet to look.
LONG_AGO = date(2020, 1, 1)
BUYER = {"name": "ООО «Ромашка»", "inn": "7707083893", "kpp": "770701001", "address": "Москва, ул. Ленина, 1"}


def open_office(product: Product, word: str) -> steps.Office:
    """A company with a Russian name: what is foreign on its screens is then the screens' own."""
    office = steps.open_office(product, word)
    steps.said(office.owner.call("PATCH", "company/", {"name": "ООО «Ромашка»"}))
    return office


def looked_at(page: Page, name: str) -> None:
    looks.in_both_themes(page, name)
    assert looks.sideways(page) == 0 and faults(page) == [] and looks.crumbs(page) == [], name


def days_pass(office: steps.Office, stage: str, **columns: Any) -> None:
    """As if the subscription had begun earlier; the job of its life brings the company to where it then stands."""
    with superuser(office.product) as connection:
        schema = schema_of(connection, office.slug)
        [company] = connection.execute("SELECT id FROM tenants_company WHERE schema_name = %s", [schema]).fetchone()

        def next_on() -> tuple[date | None] | None:
            rows = "SELECT next_on FROM billing_subscription WHERE company_id = %s"
            return connection.execute(rows, [company]).fetchone()

        # The trial of a company begins when the job finds it; whoever looks before that sees one of today.
        live(connection)
        steps.wait_until(lambda: next_on() is not None)
        given = columns | {"next_on": LONG_AGO}
        named = ", ".join(f"{column} = %s" for column in given)
        connection.execute(f"UPDATE billing_subscription SET {named} WHERE company_id = %s", [*given.values(), company])
        live(connection)
        steps.wait_until(lambda: next_on() != (LONG_AGO,))
    assert allowed(office)["stage"] == stage


def unpaid(office: steps.Office, stage: str, *, days: int) -> None:
    """A month of the basic plan was paid for and ended so many days ago."""
    with superuser(office.product) as connection:
        basic = connection.execute("SELECT id FROM billing_planversion WHERE plan_id = 'basic'").fetchone()[0]
    ended = date.today() - days * DAY
    paid = {"paid_from": ended - 30 * DAY, "paid_until": ended, "paid_sum": 1490}
    days_pass(office, stage, version_id=basic, seats=10, trial_until=ended - 40 * DAY, **paid)


def live(connection: Connection, job: str = LIFE) -> None:
    """The worker is to look at all subscriptions now."""
    connection.execute(
        "INSERT INTO wakeups (company, kind, due_at) VALUES ('', %s, now())"
        " ON CONFLICT (company, kind) DO UPDATE SET due_at = now()",
        [job],
    )


def allowed(office: steps.Office) -> dict[str, Any]:
    return steps.said(office.owner.call("GET", "me/"))["allowance"]


def statement_comes(office: steps.Office, invoice: dict[str, Any]) -> None:
    """The bank's statement of the day with the payment of an invoice, read as the operator reads it."""
    lines = [
        "1CClientBankExchange", "Кодировка=Windows", "СекцияДокумент=Платежное поручение", f"Номер={invoice['id']}",
        f"Дата={date.today():%d.%m.%Y}", f"Сумма={invoice['total']}", f"Плательщик={BUYER['name']}",
        f"ПлательщикИНН={BUYER['inn']}", f"ПолучательСчет={invoice['seller']['account']}",
        f"НазначениеПлатежа={invoice['purpose']}", "КонецДокумента", "КонецФайла",
    ]  # fmt: skip
    file = office.product.folder / f"statement-{office.slug}.txt"
    file.write_bytes("\r\n".join(lines).encode("cp1251"))
    command = [sys.executable, "manage.py", "import_statement", str(file)]
    done = subprocess.run(
        command, cwd=ROOT, env=dict(office.product.environment), capture_output=True, text=True, check=True
    )
    assert "ждут разбора: 0" in done.stdout, done.stdout


def the_invoice(office: steps.Office) -> dict[str, Any]:
    """The only one that the company has."""
    [listed] = steps.said(office.owner.call("GET", "billing/invoices/"))["results"]
    return steps.said(office.owner.call("GET", f"billing/invoices/{listed['id']}/"))


def choose(page: Page, office: steps.Office, plan: str, *, period: str, seats: str) -> Locator:
    """From the table of plans to a counted choice; the calculator."""
    page.goto(office.url(PAYING))
    card = page.get_by_test_id(f"plan-{plan}")
    expect(card).to_be_visible()
    page.get_by_role("radiogroup", name="Платить").get_by_role("radio", name=period).click()
    card.get_by_test_id(f"choose-{plan}").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_test_id("wish-seats").fill(seats)
    return dialog


def fill_buyer(dialog: Locator, **fields: str) -> None:
    for name, value in fields.items():
        dialog.get_by_test_id(f"buyer-{name}").fill(value)


@pytest.mark.journey
@pytest.mark.row("PL-05")
@pytest.mark.row("MN-01", "CR-08")
@pytest.mark.parametrize("width", WIDTHS)
def test_a_trial_is_turned_into_a_plan_by_an_invoice(
    product: Product, person_at: Callable[..., Page], width: str
) -> None:
    office = open_office(product, f"oplata{width}")
    owner = person_at(office.owner, permissions=["clipboard-read", "clipboard-write"], **WIDTHS[width])
    owner.goto(office.url("/settings"))
    owner.get_by_test_id("settings-billing").click()
    expect(owner.get_by_test_id("standing")).to_contain_text("Пробный период до")
    expect(owner.get_by_test_id("standing")).to_contain_text("доступно всё")
    expect(owner.get_by_test_id("after-trial")).to_contain_text("Начнёт действовать тариф «Бесплатный»")
    expect(owner.get_by_test_id("after-trial")).to_contain_text("Ничего не удалится")
    # Plans are told by the year first, with what that saves.
    basic = owner.get_by_test_id("plan-basic")
    expect(basic).to_contain_text("14\u00a0304\u00a0₽")
    expect(basic.get_by_test_id("year-discount")).to_contain_text("3\u00a0576\u00a0₽")
    expect(owner.get_by_test_id("plan-free")).to_contain_text("Сейчас")
    expect(owner.get_by_test_id("invoices")).to_contain_text("Счетов пока нет")
    expect(owner.get_by_test_id("acts")).to_contain_text("Актов пока нет")
    looked_at(owner, f"paying-trial-{width}")

    dialog = choose(owner, office, "basic", period="за месяц", seats="12")
    expect(dialog.get_by_test_id("quote-charge")).to_have_text("1\u00a0790,00\u00a0₽")
    dialog.get_by_role("radio", name="за год").click()
    expect(dialog.get_by_test_id("quote-charge")).to_have_text("17\u00a0184,00\u00a0₽")
    expect(dialog.get_by_test_id("quote")).to_contain_text("Дополнительное место, год × 2")
    dialog.get_by_test_id("wish-seats").fill("3")
    expect(dialog.get_by_text("уже входит мест: 10")).to_be_visible()
    looked_at(owner, f"paying-too-few-seats-{width}")
    dialog.get_by_test_id("wish-seats").fill("12")
    expect(dialog.get_by_test_id("to-invoice")).to_be_enabled()
    looked_at(owner, f"paying-calculator-{width}")
    dialog.get_by_test_id("to-invoice").click()

    fill_buyer(dialog, **BUYER | {"inn": "77"})
    dialog.get_by_test_id("issue-invoice").click()
    expect(dialog.get_by_text("ИНН состоит из 10 или 12 цифр")).to_be_visible()
    expect(dialog.get_by_test_id("buyer-name")).to_have_value(BUYER["name"])
    looked_at(owner, f"paying-wrong-buyer-{width}")
    fill_buyer(dialog, inn=BUYER["inn"])
    dialog.get_by_test_id("issue-invoice").click()

    made = dialog.get_by_test_id("invoice")
    expect(made.get_by_test_id("invoice-total")).to_have_text("17\u00a0184,00\u00a0₽")
    drawn = made.get_by_role("img", name="Код для оплаты")
    expect(drawn).to_be_visible()
    assert drawn.evaluate("picture => picture.decode().then(() => picture.naturalWidth)") > 0
    looked_at(owner, f"paying-invoice-{width}")
    made.get_by_test_id("copy-purpose").click()
    purpose = made.get_by_test_id("invoice-purpose").inner_text()
    assert owner.evaluate("navigator.clipboard.readText()") == purpose
    assert steps.downloaded(owner, made.get_by_test_id("invoice-download").click).startswith(b"%PDF")
    dialog.get_by_role("button", name="Готово").click()
    line = owner.get_by_test_id("invoice-row")
    expect(line).to_contain_text("Ждёт оплаты")

    statement_comes(office, the_invoice(office))
    owner.reload()
    expect(owner.get_by_test_id("standing")).to_contain_text("дальше оплачено до")
    expect(owner.get_by_test_id("plan-now")).to_have_text("«Базовый», за год")
    expect(owner.get_by_test_id("next-payment")).to_contain_text("17\u00a0184,00\u00a0₽")
    expect(owner.get_by_test_id("after-trial")).to_have_count(0)
    expect(owner.get_by_test_id("plan-basic")).to_contain_text("Сейчас")
    expect(line).to_contain_text("Оплачен")
    looked_at(owner, f"paying-paid-{width}")
    # What is paid for already is counted towards another plan, and the requisites of the last invoice stand there.
    dialog = choose(owner, office, "standard", period="за год", seats="30")
    expect(dialog.get_by_test_id("quote")).to_contain_text("Зачтём неиспользованное по нынешнему тарифу")
    expect(dialog.get_by_test_id("quote-charge")).to_have_text("21\u00a0120,00\u00a0₽")
    dialog.get_by_test_id("to-invoice").click()
    expect(dialog.get_by_test_id("buyer-name")).to_have_value(BUYER["name"])
    expect(dialog.get_by_test_id("buyer-inn")).to_have_value(BUYER["inn"])


@pytest.mark.journey
@pytest.mark.row("MN-02")
@pytest.mark.parametrize("width", WIDTHS)
def test_a_company_that_reads_only_is_shown_the_way_to_pay(
    product: Product, person_at: Callable[..., Page], width: str
) -> None:
    office = open_office(product, f"dolg{width}")
    task = office.task("Сверить остатки")
    owner = person_at(office.owner, **WIDTHS[width])
    unpaid(office, "read_only", days=20)
    owner.goto(office.url(f"/tasks/{task['id']}"))
    expect(owner.get_by_test_id("card-title")).to_have_value(task["title"])
    banner = owner.get_by_test_id("paying-banner")
    expect(banner).to_contain_text("сейчас можно только смотреть")
    # Looking changes nothing, so nothing is refused.
    expect(owner.get_by_test_id("toast")).to_have_count(0)
    # What is typed stands where it is; the way to pay opens beside it.
    steps.show_stream(owner)
    steps.type_comment(owner, "Остатки сошлись")
    steps.send_comment(owner)
    refused = steps.toast(owner, "Подписка не оплачена")
    expect(refused).to_be_visible()
    looked_at(owner, f"paying-refused-{width}")
    with owner.context.expect_page() as beside:
        refused.get_by_role("button", name="Тариф и оплата").click()
    expect(beside.value.get_by_test_id("standing")).to_contain_text("Только просмотр")
    beside.value.close()
    expect(owner.get_by_test_id("comment-box")).to_have_value("Остатки сошлись")

    owner.goto(office.url())
    owner.get_by_test_id("paying-go").click()
    expect(owner.get_by_test_id("standing")).to_have_attribute("data-stage", "read_only")
    expect(owner.get_by_test_id("act-row")).to_contain_text("1\u00a0490,00\u00a0₽")
    assert steps.downloaded(owner, owner.get_by_test_id("act-row").get_by_role("link").click).startswith(b"%PDF")
    expect(owner.get_by_test_id("limit-seats")).to_contain_text("2 из 10")
    with superuser(product) as connection:
        live(connection, USAGE)
    steps.wait_until(lambda: steps.said(office.owner.call("GET", "billing/usage/"))["results"])
    owner.reload()
    expect(owner.get_by_test_id("usage-row")).to_contain_text("2 из 10")
    looked_at(owner, f"paying-usage-{width}")
    owner.get_by_test_id("standing").scroll_into_view_if_needed()
    looked_at(owner, f"paying-read-only-{width}")


@pytest.mark.journey
@pytest.mark.parametrize("width", WIDTHS)
def test_everybody_is_told_and_only_whoever_may_pay_sees_prices(
    product: Product, person_at: Callable[..., Page], width: str
) -> None:
    office = open_office(product, f"vsem{width}")
    owner, worker = (person_at(who, **WIDTHS[width]) for who in (office.owner, office.colleague))
    # Three days before the trial ends everybody is told.
    days_pass(office, "trial", trial_until=date.today() + 2 * DAY)
    owner.goto(office.url())
    expect(owner.get_by_test_id("paying-banner")).to_contain_text("Пробный период заканчивается")
    looked_at(owner, f"paying-trial-ends-{width}")
    worker.goto(office.url())
    expect(worker.get_by_test_id("paying-banner")).to_contain_text("Сообщите владельцу компании")
    expect(worker.get_by_test_id("paying-go")).to_have_count(0)
    worker.goto(office.url("/settings"))
    expect(worker.get_by_test_id("settings-security")).to_be_visible()
    expect(worker.get_by_test_id("settings-billing")).to_have_count(0)
    worker.goto(office.url(PAYING))
    expect(steps.heading(worker, "Сюда у вас нет доступа")).to_be_visible()
    expect(worker.get_by_text("₽")).to_have_count(0)
    looked_at(worker, f"paying-not-mine-{width}")


@pytest.mark.journey
@pytest.mark.row("MN-02")
@pytest.mark.parametrize("width", WIDTHS)
def test_a_company_that_is_shut_opens_when_it_has_paid(
    product: Product, person_at: Callable[..., Page], width: str
) -> None:
    office = open_office(product, f"zakryto{width}")
    task = office.task("Сверить остатки")
    owner = person_at(office.owner, **WIDTHS[width])
    unpaid(office, "suspended", days=50)
    owner.goto(office.url())
    banner = owner.get_by_test_id("paying-banner")
    expect(banner).to_contain_text("Работа приостановлена")
    looked_at(owner, f"paying-suspended-{width}")
    owner.get_by_test_id("paying-go").click()
    expect(owner.get_by_test_id("standing")).to_contain_text("Работа приостановлена")
    owner.get_by_test_id("prolong").click()
    dialog = owner.get_by_role("dialog")
    dialog.get_by_test_id("to-invoice").click()
    expect(dialog.get_by_test_id("buyer-name")).to_have_value("ООО «Ромашка»")
    fill_buyer(dialog, **BUYER)
    dialog.get_by_test_id("issue-invoice").click()
    expect(dialog.get_by_test_id("invoice-total")).to_have_text("1\u00a0490,00\u00a0₽")
    looked_at(owner, f"paying-shut-invoice-{width}")
    statement_comes(office, the_invoice(office))
    assert allowed(office)["mode"] == "full"
    owner.goto(office.url(f"/tasks/{task['id']}"))
    expect(owner.get_by_test_id("card-title")).to_have_value(task["title"])
    expect(banner).to_have_count(0)
