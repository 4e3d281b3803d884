"""Tags on a card, by keyboard and by finger, of a task and of a person."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from . import steps
from .looks import picture
from .steps import PHONE


@pytest.mark.journey
def test_tags_are_typed_found_and_taken_off(office: steps.Office, person_at: Callable[..., Page]) -> None:
    task = office.task("Разметка склада")
    owner = person_at(office.owner)
    steps.visit_card(owner, office, task)
    owner.get_by_test_id("tag-add").click()
    for word in ("Срочно", "Цех 2"):
        owner.keyboard.type(word)
        expect(owner.get_by_test_id("tag-option").last).to_contain_text("Создать")
        owner.keyboard.press("Enter")
    expect(owner.get_by_test_id("tag")).to_have_text(["Срочно", "Цех 2"])
    picture(owner, "tags")
    owner.keyboard.press("Escape")

    phone = person_at(office.colleague, **PHONE)
    steps.visit_card(phone, office, task)
    expect(phone.get_by_test_id("tag")).to_have_text(["Срочно", "Цех 2"])
    phone.get_by_role("button", name="Снять метку «Срочно»").click()
    expect(phone.get_by_test_id("tag")).to_have_text(["Цех 2"])
    picture(phone, "tags-phone")
    expect(owner.get_by_test_id("tag")).to_have_text(["Цех 2"])

    owner.goto(office.url(f"/settings/people/{steps.person_id(office.colleague)}"))
    owner.get_by_test_id("tag-add").click()
    owner.get_by_test_id("tag-find").fill("цех")
    owner.get_by_role("option", name="Цех 2").click()
    expect(owner.get_by_test_id("tag")).to_have_text(["Цех 2"])
    picture(owner, "tags-person")
