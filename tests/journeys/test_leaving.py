"""An owner takes everything along, has the company erased and thinks again; others see that it is his to do."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from infra.launch.product import Product
from tenants.archives.reading import ArchiveFile
from tests.support.standing import schema_of, superuser

from . import looks, steps
from .steps import OWNER_PASSWORD, PHONE
from .test_axe import faults

DATA = "/settings/data"
WIDTHS: dict[str, dict[str, Any]] = {"wide": {}, "phone": PHONE}


def looked_at(page: Page, name: str) -> None:
    looks.in_both_themes(page, name)
    assert looks.sideways(page) == 0 and faults(page) == [] and looks.crumbs(page) == [], name


def open_office(product: Product, word: str) -> steps.Office:
    office = steps.open_office(product, word)
    steps.said(office.owner.call("PATCH", "company/", {"name": "ООО «Ромашка»"}))
    return office


@pytest.mark.journey
@pytest.mark.row("CR-11")
@pytest.mark.parametrize("width", list(WIDTHS))
def test_an_owner_takes_everything_along(product: Product, person_at: Callable[..., Page], width: str) -> None:
    office = open_office(product, "vyezd")
    office.task("Взять с собой")
    page = person_at(office.owner, **WIDTHS[width])
    page.goto(office.url(DATA))
    expect(page.get_by_text("Данные ещё не выгружали")).to_be_visible()
    looked_at(page, f"leaving-empty-{width}")
    page.get_by_test_id("takeout-ask").click()
    page.get_by_test_id("proof-password").fill("ne-tot-parol-1")
    page.get_by_test_id("proof-run").click()
    expect(page.get_by_text("Неверный пароль")).to_be_visible()
    looked_at(page, f"leaving-proof-{width}")
    page.get_by_test_id("proof-password").fill(OWNER_PASSWORD)
    page.get_by_test_id("proof-run").click()
    expect(page.locator("[data-testid=takeout-row][data-state=ready]")).to_be_visible()
    looked_at(page, f"leaving-ready-{width}")
    content = steps.downloaded(page, page.get_by_test_id("takeout-open").click)
    archive = ArchiveFile(io.BytesIO(content))
    archive.check()
    assert archive.manifest.company["name"] == "ООО «Ромашка»"
    assert "books/Задачи.xlsx" in zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert product.letter(office.owner_email, containing="Выгрузка данных")


@pytest.mark.journey
@pytest.mark.row("SE-02")
@pytest.mark.parametrize("width", list(WIDTHS))
def test_an_owner_has_it_erased_and_thinks_again(product: Product, person_at: Callable[..., Page], width: str) -> None:
    office = open_office(product, "proschay")
    page = person_at(office.owner, **WIDTHS[width])
    page.goto(office.url(DATA))
    ask_erasure(page, "Ромашка")
    expect(page.get_by_text("Введите название точно так: ООО «Ромашка»")).to_be_visible()
    looked_at(page, f"erasure-asking-{width}")
    page.get_by_test_id("erasure-name").fill("ООО «Ромашка»")
    page.get_by_test_id("erasure-run").click()
    expect(page.get_by_role("alert").filter(has_text="Компания будет удалена")).to_be_visible()
    looked_at(page, f"erasure-due-{width}")
    assert product.letter(office.owner_email, containing="будет удалена")
    page.get_by_test_id("erasure-keep").click()
    expect(page.get_by_test_id("erasure-ask")).to_be_visible()


def ask_erasure(page: Page, name: str) -> None:
    page.get_by_test_id("erasure-ask").click()
    page.get_by_test_id("erasure-name").fill(name)
    page.get_by_test_id("proof-password").fill(OWNER_PASSWORD)
    page.get_by_test_id("erasure-run").click()


@pytest.mark.journey
@pytest.mark.row("SE-02")
def test_when_the_day_has_come_it_is_gone_and_proved(product: Product, person_at: Callable[..., Page]) -> None:
    office = open_office(product, "konets")
    page = person_at(office.owner)
    page.goto(office.url(DATA))
    ask_erasure(page, "ООО «Ромашка»")
    expect(page.get_by_role("alert").filter(has_text="Компания будет удалена")).to_be_visible()
    with superuser(product) as connection:
        schema = schema_of(connection, office.slug)
        connection.execute(
            "UPDATE tenants_erasure SET due_at = now() WHERE company_id ="
            " (SELECT id FROM tenants_company WHERE schema_name = %s)",
            [schema],
        )
        connection.execute("UPDATE outbox SET not_before = now() WHERE kind = 'job:tenants.erase'")
        steps.wait_until(
            lambda: not connection.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", [schema]).fetchall()
        )
    assert product.letter(office.owner_email, containing="удалены")
    page.goto(office.url("/"))
    expect(steps.heading(page, "Такой компании нет")).to_be_visible()
    looked_at(page, "erasure-gone")


@pytest.mark.journey
@pytest.mark.row("SE-02")
def test_a_person_takes_his_data_and_whoever_has_left_loses_his_name(
    product: Product, person_at: Callable[..., Page]
) -> None:
    office = open_office(product, "ushel")
    who = steps.person_id(office.colleague)
    phone = person_at(office.colleague, **PHONE)
    phone.goto(office.url("/settings/security"))
    phone.get_by_test_id("person-ask").click()
    phone.get_by_test_id("proof-password").fill(steps.COLLEAGUE_PASSWORD)
    looked_at(phone, "person-proof-phone")
    phone.get_by_test_id("proof-run").click()
    line = phone.locator("[data-testid=person-file][data-state=ready]")
    expect(line).to_be_visible()
    looked_at(phone, "person-own-phone")
    content = steps.downloaded(phone, line.get_by_role("button").click)
    assert office.colleague_email in str(
        {
            name: zipfile.ZipFile(io.BytesIO(content)).read(name)
            for name in zipfile.ZipFile(io.BytesIO(content)).namelist()
        }
    )
    steps.said(office.owner.call("POST", f"employees/{who}/block/"))
    page = person_at(office.owner)
    page.goto(office.url(f"/settings/people/{who}"))
    page.get_by_test_id("person-anonymise").click()
    page.get_by_test_id("proof-password").fill(OWNER_PASSWORD)
    looked_at(page, "person-anonymise")
    page.get_by_test_id("proof-run").click()
    expect(steps.heading(page, f"Сотрудник №{who}")).to_be_visible()
    looked_at(page, "person-gone")


@pytest.mark.journey
def test_whoever_is_no_owner_is_not_shown_the_place(product: Product, person_at: Callable[..., Page]) -> None:
    office = open_office(product, "ne-svoyo")
    page = person_at(office.colleague)
    page.goto(office.url("/settings"))
    expect(page.get_by_test_id("settings-security").first).to_be_visible()
    expect(page.get_by_test_id("settings-data")).to_have_count(0)
    page.goto(office.url(DATA))
    expect(page.get_by_test_id("takeout-ask")).to_have_count(0)
