"""Paper and words: a signed sheet comes back to its card by the code on the print; a name is put right once."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from infra.launch.product import Product
from infra.sandbox.morpher.server import KEY as MORPHER_KEY

from . import looks, steps
from .steps import PHONE
from .test_documents import register, write
from .test_rich_text import png


@pytest.fixture(scope="module")
def office(product: Product) -> steps.Office:
    return steps.open_office(product, "bumagi")


@pytest.mark.journey
@pytest.mark.row("D-07", "PL-10")
def test_a_signed_sheet_is_filed_by_whoever_holds_it(office: steps.Office, person_at: Callable[..., Page]) -> None:
    card = register(office, write(office, "О закупке инструмента", card_type="memo"))
    phone = person_at(office.owner, **PHONE)
    phone.goto(office.url(f"/documents/{card['id']}?paper=1"))
    sheet = phone.get_by_test_id("sheet")
    expect(sheet).to_be_visible()
    box = phone.get_by_test_id("sheet-input")
    expect(box).to_have_attribute("capture", "environment")
    box.set_input_files({"name": "IMG_0042.PNG", "mimeType": "image/png", "buffer": png()})
    expect(sheet).to_contain_text("Снят 1 лист")
    box.set_input_files({"name": "IMG_0043.PNG", "mimeType": "image/png", "buffer": png()})
    expect(sheet).to_contain_text("Снято 2 листа")
    phone.get_by_test_id("sheet-place").fill("Папка 3, полка 1")
    looks.in_both_themes(phone, "signed-sheet-390")
    phone.get_by_test_id("sheet-mark").tap()
    steps.expect_no_sideways_scroll(phone, "sheet")
    steps.wait_until(
        lambda: steps.said(office.owner.call("GET", f"documents/{card['id']}/"))["paper_place"] == "Папка 3, полка 1"
    )
    files = steps.said(office.owner.call("GET", f"documents/{card['id']}/attachments/"))["results"]
    assert {one["name"] for one in files} == {
        f"Подписанный лист {card['number']}.png",
        f"Подписанный лист {card['number']}, 2.png",
    }
    sheet.get_by_role("button", name="Закрыть").tap()
    expect(sheet).to_have_count(0)
    # At a desk the same is one step away.
    desk = person_at(office.owner)
    desk.goto(office.url(f"/documents/{card['id']}"))
    expect(desk.get_by_test_id("card-title")).to_be_visible()
    expect(desk.get_by_test_id("sheet")).to_have_count(0)
    expect(desk.get_by_text(f"Подписанный лист {card['number']}, 2.png").first).to_be_visible()


@pytest.mark.journey
@pytest.mark.row("MO-01")
def test_a_word_is_put_right_once_for_all_papers(office: steps.Office, person_at: Callable[..., Page]) -> None:
    page = person_at(office.owner)
    page.goto(office.url("/settings/language"))
    page.get_by_test_id("lang-phrase").fill("Дзюба Лариса Оттовна")
    dative = page.get_by_test_id("lang-дательный")
    expect(dative).to_be_visible()
    dative.fill("Дзюбе Ларисе Оттовне-Марии")
    page.get_by_test_id("lang-keep").click()
    expect(steps.toast(page, "Запомнили")).to_be_visible()
    expect(page.get_by_test_id("lang-cases")).to_contain_text("поправлено")
    word = page.get_by_test_id("lang-word")
    expect(word).to_contain_text("Дзюбе Ларисе Оттовне-Марии")
    looks.in_both_themes(page, "settings-language")
    page.reload()
    page.get_by_test_id("lang-phrase").fill("Дзюба Лариса Оттовна")
    expect(page.get_by_test_id("lang-дательный")).to_have_value("Дзюбе Ларисе Оттовне-Марии")
    word.get_by_role("button").click()
    expect(word).to_have_count(0)
    expect(page.get_by_test_id("lang-дательный")).not_to_have_value("Дзюбе Ларисе Оттовне-Марии")

    # Without a key the house's own dictionaries decline; a key that is none is refused beside its field.
    page.get_by_test_id("morpher-key").fill("нет такого")
    page.get_by_test_id("morpher-connect").click()
    expect(page.get_by_test_id("morpher").get_by_role("alert")).to_be_visible()
    page.get_by_test_id("morpher-key").fill(MORPHER_KEY)
    page.get_by_test_id("morpher-connect").click()
    expect(page.get_by_test_id("morpher-on")).to_be_visible()
    page.get_by_test_id("morpher-off").click()
    expect(page.get_by_test_id("morpher-key")).to_be_visible()
    phone = person_at(office.owner, **PHONE)
    phone.goto(office.url("/settings/language"))
    phone.get_by_test_id("lang-phrase").fill("главный инженер")
    expect(phone.get_by_test_id("lang-cases")).to_be_visible()
    steps.expect_no_sideways_scroll(phone, "language")
    looks.in_both_themes(phone, "settings-language-390")
