"""What an owner sees of his data: nightly copies that he takes along, and who has looked at what."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from infra.launch.product import Product
from tenants.archives.reading import ArchiveFile

from . import steps
from .running import make_nightly_copy
from .steps import OWNER_PASSWORD, PHONE
from .test_leaving import looked_at, open_office

WIDTHS: dict[str, dict[str, Any]] = {"wide": {}, "phone": PHONE}


@pytest.mark.journey
@pytest.mark.row("SE-04", "SE-09")
@pytest.mark.parametrize("width", list(WIDTHS))
def test_an_owner_takes_a_copy_and_it_stands_in_the_log(
    product: Product, person_at: Callable[..., Page], width: str
) -> None:
    office = open_office(product, f"kopii{width}")
    page = person_at(office.owner, **WIDTHS[width])
    page.goto(office.url("/settings/data"))
    expect(page.get_by_text("Копий пока нет")).to_be_visible()
    looked_at(page, f"copies-empty-{width}")
    make_nightly_copy(product, office.slug)
    page.reload()
    expect(page.get_by_test_id("copy-row")).to_be_visible()
    looked_at(page, f"copies-{width}")
    page.get_by_test_id("copy-take").click()
    page.get_by_test_id("proof-password").fill(OWNER_PASSWORD)
    looked_at(page, f"copy-proof-{width}")
    content = steps.downloaded(page, page.get_by_test_id("proof-run").click)
    ArchiveFile(io.BytesIO(content)).check()
    page.get_by_test_id("copy-restore").click()
    expect(page.get_by_test_id("restore-text")).to_be_visible()
    page.keyboard.press("Escape")

    page.goto(office.url("/settings/reads"))
    line = page.locator("[data-testid=read-line][data-kind='tenants.copy']")
    expect(line).to_contain_text("Крылова А. С. скачал(а) ночную копию")
    looked_at(page, f"reads-{width}")
    page.get_by_test_id("reads-kind").select_option("takeout.taken")
    expect(page.get_by_text("Записей нет")).to_be_visible()


@pytest.mark.journey
@pytest.mark.row("SE-09")
def test_a_field_is_marked_and_whoever_looks_is_seen(product: Product, person_at: Callable[..., Page]) -> None:
    office = open_office(product, "pasport")
    page = person_at(office.owner)
    page.goto(office.url("/settings/fields"))
    made = office.owner.call(
        "POST",
        "custom-fields/",
        {"kind": "organization.employee", "title": "Паспорт", "type": "text", "code": "passport", "is_recorded": True},
    )
    steps.said(made, 201)
    who = steps.person_id(office.owner)
    steps.said(office.owner.call("PATCH", f"employees/{who}/fields/", {"fields": {"passport": "4510 123456"}}))
    looking = person_at(office.colleague, **PHONE)
    looking.goto(office.url(f"/settings/people/{who}"))
    expect(looking.get_by_text("Паспорт").first).to_be_visible()
    page.goto(office.url("/settings/reads"))
    line = page.get_by_test_id("read-line").filter(has_text="Петров П. П.").first
    expect(line).to_contain_text("Паспорт")
    expect(line).to_contain_text("чьё: Крылова А. С.")
    # Whoever may not read the log is not shown its place.
    looking.goto(office.url("/settings/reads"))
    expect(looking.get_by_test_id("reads")).to_have_count(0)
