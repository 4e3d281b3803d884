"""Services by an account of the company's own: its bot, its provider of SMS, written into the forms of the settings."""

import json
import re
import urllib.request
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from infra.launch.product import Product

from . import looks, steps
from .steps import PHONE
from .test_axe import faults
from .test_notices import outside
from .test_telegram import connect, press

WIDTHS: dict[str, dict[str, Any]] = {"wide": {}, "phone": PHONE}
BODY = "phone={phone}&text={text}&from={sender}&key={key}"


def botfather(office: steps.Office, name: str) -> str:
    """What @BotFather says to whoever asks for a bot: its key."""
    asked = urllib.request.Request(
        outside(office, "/telegram/bots"), json.dumps({"name": name}).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(asked, timeout=10) as answer:
        return json.loads(answer.read())["token"]


def provider_key(office: steps.Office) -> str:
    """The key that the sandbox's provider has given to its customer."""
    return json.loads((office.product.folder / "data" / "secrets.json").read_text())["sms_password"]


def section(page: Page, office: steps.Office, code: str) -> Locator:
    page.goto(office.url("/settings/integrations"))
    found = page.get_by_test_id(f"gateway-{code}")
    expect(found).to_be_visible()
    return found


def looked_at(page: Page, part: Locator, name: str) -> None:
    part.scroll_into_view_if_needed()
    looks.in_both_themes(page, name)
    assert looks.sideways(page) == 0 and faults(page) == [], name


@pytest.mark.journey
@pytest.mark.row("TG-01", "I-02")
@pytest.mark.parametrize("width", WIDTHS)
def test_a_company_writes_by_its_own_bot(product: Product, person_at: Callable[..., Page], width: str) -> None:
    office = steps.open_office(product, f"svoybot{width}")
    name = f"{office.slug.replace('-', '_')}_bot"
    owner = person_at(office.owner, **WIDTHS[width])
    form = section(owner, office, "telegram")
    form.get_by_test_id("mode-telegram").select_option("own")
    key, save = form.get_by_test_id("key-token"), form.get_by_test_id("save-telegram")
    save.click()
    expect(key).to_have_attribute("aria-invalid", "true")
    key.fill("ключ")
    save.click()
    expect(form.locator(".fld-msg.err")).to_be_visible()
    looked_at(owner, key, f"own-bot-unlikely-{width}")

    # One that reads like a key and is nobody's: Telegram itself says so.
    key.fill(f"123456789:{'a' * 30}")
    save.click()
    expect(steps.toast(owner, "Сохранено")).to_be_visible()
    expect(form.get_by_text("Ключ бота не подходит").first).to_be_visible()
    looked_at(owner, form, f"own-bot-refused-{width}")

    key.fill(botfather(office, name))
    save.click()
    expect(form.get_by_text(f"Бот @{name}")).to_be_visible()
    expect(form.get_by_text("Отвечает").first).to_be_visible()
    expect(key).to_have_value("")
    expect(form.get_by_text("Пусто — останется прежний")).to_be_visible()
    looked_at(owner, form, f"own-bot-{width}")

    worker = person_at(office.colleague, **WIDTHS[width])
    telephone = connect(worker, office)
    expect(telephone.get_by_label("Чей телефон").locator("option:checked")).to_contain_text(f"@{name}")
    task = office.task("Проверить насос")
    press(telephone, "Принять")
    expect(telephone.get_by_role("alert")).to_contain_text("принята")
    accepted = steps.said(office.owner.call("GET", f"tasks/{task['id']}/"))["status"]
    assert accepted == "accepted"
    owner.reload()
    expect(form.get_by_test_id("exchange").filter(has_text="Новая задача").first).to_be_visible()


@pytest.mark.journey
@pytest.mark.row("I-02", "T-06")
@pytest.mark.parametrize("width", WIDTHS)
def test_a_company_sends_sms_by_its_own_provider(product: Product, person_at: Callable[..., Page], width: str) -> None:
    office = steps.open_office(product, f"svoisms{width}")
    number = {"wide": "+79125550201", "phone": "+79125550202"}[width]
    steps.with_phone(office, office.colleague, number)
    owner = person_at(office.owner, **WIDTHS[width])
    form = section(owner, office, "sms")
    mode, provider, save = (form.get_by_test_id(one) for one in ("mode-sms", "sms-provider", "save-sms"))

    # In the sandbox another provider is tried out first.
    provider.select_option("smsaero")
    save.click()
    expect(form.get_by_text(re.compile(r"На счёте 1\s000,00 ₽"))).to_be_visible()

    # Each provider asks for what its account needs.
    mode.select_option("own")
    expect(form.get_by_test_id("key-login")).to_be_visible()
    expect(form.get_by_test_id("key-password")).to_be_visible()
    provider.select_option("smsru")
    expect(form.get_by_test_id("key-login")).to_have_count(0)
    provider.select_option("http")
    form.get_by_test_id("sms-address").fill(f"http://127.0.0.1:{office.product.port + 1}/smshttp/send")
    form.get_by_test_id("sms-body").fill("text={text}&key={key}")
    form.get_by_test_id("sms-accepted").fill("accepted")
    form.get_by_test_id("key-password").fill(provider_key(office))
    save.click()
    expect(form.get_by_text("Укажите, куда поставить: {phone} — телефон")).to_be_visible()
    looked_at(owner, form.get_by_test_id("sms-body"), f"own-sms-wrong-{width}")
    form.get_by_test_id("sms-body").fill(BODY)
    form.get_by_label("Имя отправителя").fill("ZAVOD")
    save.click()
    expect(steps.toast(owner, "Сохранено")).to_be_visible()
    form.get_by_test_id("check-sms").click()
    expect(form.get_by_text("Отвечает").first).to_be_visible()
    looked_at(owner, form, f"own-sms-{width}")

    # What the check cannot tell of such a provider a message does.
    owner.goto(office.url("/tasks"))
    owner.get_by_test_id("create-task").first.click()
    owner.get_by_test_id("composer-title").fill("Петрову проверить вентиль")
    steps.tick(owner.get_by_test_id("tell-sms"))
    owner.get_by_test_id("composer-submit").click()
    steps.wait_until(lambda: len(steps.sms_of(office, number)) > 1)
    newest, code = steps.sms_of(office, number)
    assert newest["sender"] == "ZAVOD" and "/tasks/" in newest["text"] and "/tasks/" not in code["text"]
    telephone = person_at(width=390)
    telephone.goto(outside(office, "/sms/"))
    expect(telephone.get_by_text("ZAVOD").first).to_be_visible()
    form = section(owner, office, "sms")
    line = form.get_by_test_id("exchange").filter(has_text="Новая задача").first
    expect(line).to_have_attribute("data-status", re.compile("sent|delivered"))
    looked_at(owner, line, f"own-sms-sent-{width}")
