"""A task described in formatted words with a picture; the colleague sees the same, on a telephone too."""

import base64
import struct
import zlib
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from . import steps
from .looks import nameless, pale, picture


def png(width: int = 240, height: int = 120) -> bytes:
    """A plain picture that browsers and the check of files take."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    rows = b"".join(b"\0" + bytes((40, 120 + y % 100, 110)) * width for y in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


# What a browser does when somebody presses Ctrl+V with a picture in the clipboard.
_PASTE = """([text]) => {
  const bytes = Uint8Array.from(atob(text), letter => letter.charCodeAt(0));
  const data = new DataTransfer();
  data.items.add(new File([bytes], 'Схема.png', {type: 'image/png'}));
  document.activeElement.dispatchEvent(
    new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true})) }"""


def begin(page: Page) -> None:
    page.get_by_test_id("rich-edit").click()
    expect(page.get_by_role("textbox", name="Описание")).to_be_focused()


def description_of(office: steps.Office, task: dict) -> str:
    return steps.said(office.owner.call("GET", f"tasks/{task['id']}/"))["description"]


def text_of(page: Page):
    return page.get_by_test_id("card-description")


@pytest.mark.journey
@pytest.mark.row("T-02", "T-17")
def test_formatted_words_with_a_picture_are_the_same_for_both(
    office: steps.Office, person_at: Callable[..., Page]
) -> None:
    task = office.task("Описать приёмку")
    owner, colleague = person_at(office.owner), person_at(office.colleague, width=390, height=844, has_touch=True)
    steps.visit_card(owner, office, task)
    begin(owner)
    owner.keyboard.type("## План")
    owner.keyboard.press("Enter")
    owner.keyboard.type("Сдаём **вовремя** вместе с @Пет")
    expect(owner.get_by_test_id("rich-mentions")).to_contain_text(steps.COLLEAGUE_NAME)
    owner.keyboard.press("Enter")
    owner.keyboard.press("Enter")
    owner.keyboard.type("- первый пункт")
    owner.keyboard.press("Enter")
    owner.keyboard.type("второй")
    owner.keyboard.press("Enter")
    owner.keyboard.press("Enter")
    owner.evaluate(_PASTE, [base64.b64encode(png()).decode()])
    expect(owner.locator('.rt img[src^="/api/v1/attachments/"]')).to_be_visible()
    owner.keyboard.press("Control+Enter")
    expect(owner.get_by_test_id("rich-edit")).to_be_visible()

    steps.wait_until(lambda: description_of(office, task) != "")
    kept = description_of(office, task)
    assert "<h2>План</h2>" in kept and "<strong>вовремя</strong>" in kept and "<li><p>второй</p></li>" in kept
    assert f'data-mention="{steps.person_id(office.colleague)}"' in kept

    steps.visit_card(colleague, office, task)
    for page in (owner, colleague):
        expect(text_of(page).get_by_role("heading", name="План")).to_be_visible()
        expect(text_of(page).locator("strong")).to_have_text("вовремя")
        expect(text_of(page).get_by_role("listitem")).to_have_text(["первый пункт", "второй"])
        expect(text_of(page).locator(".mention")).to_have_text(f"@{steps.COLLEAGUE_SHORT}")
        expect(text_of(page).locator("img")).to_have_js_property("naturalWidth", 240)
    expect(colleague.get_by_test_id("rich-edit")).to_have_count(0)
    steps.expect_no_sideways_scroll(colleague, "card on a telephone")

    colleague.get_by_role("button", name="Открыть картинку Схема.png").tap()
    expect(colleague.get_by_test_id("viewer").get_by_role("img")).to_have_js_property("naturalWidth", 240)


@pytest.mark.journey
@pytest.mark.row("T-02")
def test_esc_takes_the_change_back_and_a_closed_page_loses_nothing(
    office: steps.Office, person_at: Callable[..., Page]
) -> None:
    task = office.task("Черновик", description="Было две строки\nвторая")
    owner = person_at(office.owner)
    steps.visit_card(owner, office, task)
    expect(text_of(owner)).to_have_text("Было две строкивторая", use_inner_text=False)
    begin(owner)
    owner.keyboard.type(" лишнее")
    owner.keyboard.press("Escape")
    expect(text_of(owner)).not_to_contain_text("лишнее")
    expect(steps.card(owner)).to_be_visible()

    begin(owner)
    owner.keyboard.type(" нужное")
    steps.wait_until(lambda: owner.evaluate("Object.values(localStorage).some(text => text.includes('нужное'))"))
    owner.reload()
    expect(owner.get_by_role("textbox", name="Описание")).to_contain_text("нужное")
    owner.get_by_test_id("rich-save").click()
    expect(text_of(owner)).to_contain_text("нужное")
    steps.wait_until(lambda: "нужное" in description_of(office, task))


@pytest.mark.journey
@pytest.mark.row("T-02")
def test_two_who_write_at_once_choose_which_text_stays(office: steps.Office, person_at: Callable[..., Page]) -> None:
    task = office.task("Спор", description="<p>Общее</p>")
    owner = person_at(office.owner)
    steps.visit_card(owner, office, task)
    begin(owner)
    owner.keyboard.type(" моё")
    steps.said(office.owner.call("PATCH", f"tasks/{task['id']}/", {"description": "<p>Общее <em>чужое</em></p>"}))
    owner.keyboard.press("Control+Enter")
    expect(owner.get_by_test_id("conflict")).to_contain_text("*чужое*")
    owner.get_by_test_id("conflict-mine").click()
    expect(text_of(owner)).to_have_text("Общее моё")
    steps.wait_until(lambda: description_of(office, task) == "<p>Общее моё</p>")


@pytest.mark.journey
def test_a_number_in_words_leads_to_its_card_for_who_sees_it(
    office: steps.Office, person_at: Callable[..., Page]
) -> None:
    meant = office.task("Насос второй очереди")
    shut = office.task("Премии", assignee=steps.person_id(office.owner))
    (digits, hidden) = (task["number"].removeprefix("З-") for task in (meant, shut))
    words = f"Как в #{digits}, но не как в #{shut['number']}"
    task = office.task("Насос третьей очереди", description=f"<p>{words}</p>")
    steps.said(
        office.owner.call("POST", f"tasks/{task['id']}/comments/", {"text": f"Это #{digits}, а не #{hidden}"}), 201
    )
    owner, colleague = person_at(office.owner), person_at(office.colleague, **steps.PHONE)
    for page, seen in ((owner, 4), (colleague, 2)):
        steps.visit_card(page, office, task)
        expect(page.get_by_test_id("card-number")).to_have_count(seen)
        expect(text_of(page)).to_have_text(words)
        assert nameless(page) == [] and pale(page) == []
        picture(page, f"numbers-{seen}")
    assert "Премии" not in colleague.content()
    text_of(colleague).get_by_test_id("card-number").click()
    expect(colleague.get_by_text("Насос второй очереди").first).to_be_visible()
