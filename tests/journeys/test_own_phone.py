"""A telephone of one's own: nothing comes to it before a code has shown whose it is."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from infra.launch.product import Product

from . import looks, steps
from .steps import PHONE
from .test_axe import faults

WIDTHS: dict[str, dict[str, Any]] = {"wide": {}, "phone": PHONE}


def looked_at(page: Page, name: str) -> None:
    looks.in_both_themes(page, name)
    assert looks.sideways(page) == 0 and faults(page) == [] and looks.nameless(page) == [], name


@pytest.mark.journey
@pytest.mark.row("T-06", "TG-05")
@pytest.mark.parametrize("width", WIDTHS)
def test_a_person_proves_his_number_and_only_then_sms_come(
    product: Product, person_at: Callable[..., Page], width: str
) -> None:
    office = steps.open_office(product, f"nomer{width}")
    number = {"wide": "+79145550301", "phone": "+79145550302"}[width]
    steps.said(office.owner.call("PATCH", "options/", {"values": {"notifications.proved_only": True}}))
    worker = person_at(office.colleague, **WIDTHS[width])

    # Without a number the settings lead to the card.
    worker.goto(office.url("/settings/notifications"))
    expect(worker.get_by_test_id("phone-note")).to_contain_text("укажите мобильный номер")
    worker.get_by_role("link", name="Открыть карточку").click()
    worker.get_by_label("Телефон", exact=True).fill(f"8 {number[2:]}")
    worker.get_by_test_id("employee-save").click()
    line = worker.get_by_test_id("employee-phone")
    expect(line).to_have_attribute("data-proved", "false")
    line.scroll_into_view_if_needed()
    looked_at(worker, f"own-phone-card-{width}")

    # What was to come by SMS is in the log with its reason.
    office.task("Пока без SMS", channels=["sms"])
    log = "notices/log/?channel=sms"
    steps.wait_until(lambda: bool(steps.said(office.owner.call("GET", log))["results"]))
    [lost] = steps.said(office.owner.call("GET", log))["results"]
    assert (lost["status"], lost["error"][:19]) == ("failed", "Номер не подтверждён"[:19])
    assert steps.sms_of(office, number) == []

    worker.goto(office.url("/settings/notifications"))
    note = worker.get_by_test_id("phone-note")
    expect(note).to_contain_text(f"Номер {number} не подтверждён")
    note.scroll_into_view_if_needed()
    looked_at(worker, f"own-phone-{width}")
    note.get_by_test_id("phone-prove").click()
    code = steps.phone_code(office, number)
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    worker.get_by_test_id("phone-code").fill(wrong)
    worker.get_by_test_id("phone-send").click()
    expect(worker.get_by_text("Код не подошёл")).to_be_visible()
    looked_at(worker, f"own-phone-code-{width}")
    worker.get_by_test_id("phone-code").fill(code)
    worker.get_by_test_id("phone-send").click()
    expect(steps.toast(worker, "Номер подтверждён")).to_be_visible()
    expect(worker.get_by_test_id("phone-note")).to_have_count(0)

    office.task("Теперь и по SMS", channels=["sms"])
    steps.wait_until(lambda: len(steps.sms_of(office, number)) == 2)
    assert "Теперь и по SMS" in steps.sms_of(office, number)[0]["text"]

    # An administrator sees it, and another number that he writes is proved by nobody.
    owner = person_at(office.owner, **WIDTHS[width])
    owner.goto(office.url(f"/settings/people/{steps.person_id(office.colleague)}"))
    line = owner.get_by_test_id("employee-phone")
    expect(line).to_have_attribute("data-proved", "true")
    owner.get_by_label("Телефон", exact=True).fill(f"{number[:-1]}9")
    owner.get_by_test_id("employee-save").click()
    expect(line).to_have_attribute("data-proved", "false")
    expect(owner.get_by_test_id("phone-prove")).to_have_count(0)
    line.scroll_into_view_if_needed()
    looked_at(owner, f"own-phone-admin-{width}")
