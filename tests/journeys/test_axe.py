"""What axe finds wrong on the screens where people write and look at files: nothing."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from infra.env import ROOT

from . import steps
from .test_rich_text import begin, png

_AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
_RUN = "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']})"


def faults(page: Page) -> list[str]:
    page.evaluate(f"{_AXE.read_text()}; undefined")
    found = page.evaluate(_RUN)["violations"]
    return [f"{fault['id']}: {fault['nodes'][0]['html'][:160]}" for fault in found]


@pytest.mark.journey
def test_axe_finds_nothing_where_people_write_and_look(office: steps.Office, person_at: Callable[..., Page]) -> None:
    task = office.task("Под микроскопом", description="<h2>План</h2><p>Слово <strong>жирно</strong></p>")
    owner = person_at(office.owner)
    steps.visit_card(owner, office, task)
    line = steps.attach(owner, "Схема.png", png(), "image/png")
    assert faults(owner) == [], "the card"
    begin(owner)
    owner.keyboard.type(" @")
    expect(owner.get_by_test_id("rich-mentions")).to_be_visible()
    assert faults(owner) == [], "the editor"
    owner.keyboard.press("Escape")
    expect(owner.get_by_test_id("rich-mentions")).to_be_hidden()
    owner.keyboard.press("Escape")
    expect(owner.get_by_test_id("rich-edit")).to_be_visible()
    line.get_by_role("link").click()
    expect(owner.get_by_test_id("viewer").get_by_role("img")).to_be_visible()
    assert faults(owner) == [], "the viewer"
