"""The administrator gives tasks numbers of his own making."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from infra.launch.product import Product

from . import steps


@pytest.mark.journey
def test_a_mask_is_tried_refused_and_kept(product: Product, person_at: Callable[..., Page]) -> None:
    office = steps.open_office(product, "nomer")
    office.task("До маски")
    page = person_at(office.owner)
    page.goto(office.url("/settings/numbering"))
    form = page.get_by_test_id("numbering-tasks.task")
    expect(form.get_by_test_id("numbering-upcoming")).to_have_text("Следующие номера: З-2, З-3, З-4")
    mask = form.get_by_test_id("numbering-mask")
    mask.fill("ЗД/{ГГ}-")
    expect(form).to_contain_text("ровно один счётчик")
    mask.fill("ЗД/{##}")
    form.get_by_test_id("numbering-next").fill("40")
    expect(form.get_by_test_id("numbering-upcoming")).to_have_text("Следующие номера: ЗД/40, ЗД/41, ЗД/42")
    form.get_by_test_id("numbering-save").click()
    expect(steps.toast(page, "Нумерация изменена")).to_be_visible()
    assert office.task("После маски")["number"] == "ЗД/40"
    page.reload()
    expect(form.get_by_test_id("numbering-upcoming")).to_have_text("Следующие номера: ЗД/41, ЗД/42, ЗД/43")
