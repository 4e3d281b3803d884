"""What people do at the screens of the product, one small function a step."""

import json
import re
import secrets
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import BrowserContext, Locator, Page, expect

from infra.launch.product import Product, Session

from . import looks

PHONE = {"width": 390, "height": 844, "is_mobile": True, "has_touch": True}
OWNER_PASSWORD = "dlinnyy-parol-1"
COLLEAGUE_PASSWORD = "dlinnyy-parol-2"
COLLEAGUE_NAME = "Петров Пётр Петрович"
OWNER_SHORT, COLLEAGUE_SHORT = "Крылова А. С.", "Петров П. П."
# Another person's change is on the screen within five seconds; a revoked session is noticed within the same.
LIVE_MS = 5_000
# What only has to happen, on a machine that may be busy with other things.
PATIENCE_MS = 20_000

expect.set_options(timeout=PATIENCE_MS)


@dataclass(frozen=True)
class Office:
    """A company with its owner and one colleague, both signed in."""

    product: Product
    slug: str
    token: str
    owner: Session
    colleague: Session
    owner_email: str
    colleague_email: str

    def url(self, path: str = "/") -> str:
        return f"{self.product.url(self.slug)}{path}"

    def task(self, title: str, **more: Any) -> dict[str, Any]:
        """A task given by the owner to the colleague; the card as the API answers it."""
        body = {"title": title, "assignee": person_id(self.colleague), **more}
        return said(self.owner.call("POST", "tasks/", body), 201)


def fresh_slug(word: str) -> str:
    """A subdomain nobody has: a product may be kept running between two runs of the journeys."""
    return f"{word}-{secrets.token_hex(2)}"


def open_office(product: Product, word: str) -> Office:
    """Sign a company up and bring a colleague in, without a browser."""
    slug = fresh_slug(word)
    made = product.sign_up(slug, password=OWNER_PASSWORD)
    email = f"petrov@{slug}.example"
    colleague = product.colleague(slug, made["token"], email, COLLEAGUE_NAME)
    owner = product.sign_in(slug, made["email"], OWNER_PASSWORD)
    return Office(product, slug, made["token"], owner, colleague, made["email"], email)


def said(answer: tuple[int, Any], status: int = 200) -> Any:
    """The body of an answer that must have this status."""
    assert answer[0] == status, answer
    return answer[1]


def person_id(session: Session) -> int:
    return said(session.call("GET", "me/"))["id"]


def wear(context: BrowserContext, session: Session) -> None:
    """Put a session's cookie into a browser: its person is signed in."""
    context.add_cookies([{"name": "pult", "value": session.cookie, "domain": f"{session.slug}.localhost", "path": "/"}])


def code_in(letter: dict[str, Any]) -> str:
    """The six digits of a sign-up letter."""
    found = re.search(r"\d{6}", letter["subject"])
    assert found, letter["subject"]
    return found.group()


def link_in(letter: dict[str, Any], path: str) -> str:
    """The first link of a letter whose address contains the path."""
    found = re.search(rf"http\S+{re.escape(path)}\S*", letter["text"])
    assert found, letter["text"]
    return found.group()


def told_outside(office: Office, path: str) -> list[dict[str, Any]]:
    """What the sandbox's telephone or mailbox holds, newest first."""
    with urllib.request.urlopen(f"http://localhost:{office.product.port + 1}{path}", timeout=10) as answer:
        return json.loads(answer.read())


def sms_of(office: Office, number: str) -> list[dict[str, Any]]:
    """What has come to a telephone, newest first."""
    return told_outside(office, f"/sms/messages?to={number.removeprefix('+')}")


def phone_code(office: Office, number: str) -> str:
    """The code in the newest message of a telephone; waited for."""
    wait_until(lambda: bool(sms_of(office, number)))
    found = re.match(r"\d{6}", sms_of(office, number)[0]["text"])
    assert found, sms_of(office, number)[0]["text"]
    return found.group()


def with_phone(office: Office, session: Session, number: str) -> None:
    """A person writes a number into his card and proves by the code in that telephone that it is his."""
    said(session.call("PATCH", f"employees/{person_id(session)}/", {"phone": number}))
    said(session.call("POST", "notices/phone/", {}), 202)
    said(session.call("POST", "notices/phone/proof/", {"code": phone_code(office, number)}), 204)


def wait_until(is_so: Callable[[], bool]) -> None:
    """Ask again and again what no browser can be asked: the mailbox, the API."""
    deadline = time.monotonic() + PATIENCE_MS / 1000
    while not is_so():
        assert time.monotonic() < deadline, "it has not come true"
        time.sleep(0.1)


# The door


def fill_sign_up(page: Page, *, email: str, company: str, slug: str | None = None) -> None:
    """Fill the public form; without `slug` the proposed one stays."""
    page.get_by_test_id("signup-email").fill(email)
    page.get_by_test_id("signup-company").fill(company)
    if slug is not None:
        page.get_by_test_id("signup-slug").fill(slug)
    page.get_by_test_id("signup-name").fill("Крылова Анна Сергеевна")
    page.get_by_test_id("signup-password").fill(OWNER_PASSWORD)
    expect(page.get_by_text("Адрес свободен")).to_be_visible()


def submit_sign_up(page: Page) -> None:
    """Send the form and wait for the code to be asked."""
    page.get_by_test_id("signup-submit").click()
    expect(page.get_by_test_id("signup-code")).to_be_visible()


def sign_in(page: Page, email: str, password: str) -> None:
    """By the form at the company's own address."""
    page.get_by_test_id("signin-email").fill(email)
    page.get_by_test_id("signin-password").fill(password)
    page.get_by_test_id("signin-submit").click()
    expect(heading(page, "Мой день")).to_be_visible()


def sign_in_again(page: Page, password: str) -> None:
    """In the dialog over the unfinished work."""
    page.get_by_test_id("expired-password").fill(password)
    page.get_by_test_id("expired-submit").click()
    expect(page.get_by_test_id("expired-password")).to_be_hidden()


def tick(box: Locator, *, on: bool = True) -> None:
    """Press a box unless it is so already; its mark may come a moment after the press."""
    if box.is_checked() != on:
        box.click()
    expect(box).to_be_checked(checked=on)


# The shell


def heading(page: Page, text: str) -> Locator:
    return page.get_by_role("heading", name=text, exact=True)


def toast(page: Page, text: str) -> Locator:
    return page.get_by_test_id("toast").filter(has_text=text)


def open_list(page: Page, tab: str = "mine") -> None:
    """Go to the tasks by the menu and choose a tab."""
    page.get_by_test_id("rail-tasks").click()
    page.get_by_test_id(f"tab-{tab}").click()
    expect(page.get_by_test_id(f"tab-{tab}")).to_have_attribute("aria-selected", "true")


def row(page: Page, title: str) -> Locator:
    return page.get_by_test_id("task-row").filter(has_text=title)


# The card


def card(page: Page) -> Locator:
    return page.get_by_test_id("card")


def visit_card(page: Page, office: Office, task: dict[str, Any]) -> None:
    """Open a card by its address and wait until its words may be written."""
    page.goto(office.url(f"/tasks/{task['id']}"))
    expect(page.get_by_test_id("card-title")).to_have_value(task["title"])
    expect(page.get_by_test_id("comment-box")).to_be_attached()


def status(page: Page) -> Locator:
    return page.get_by_test_id("card-status")


def expect_status(page: Page, code: str, within_ms: int = PATIENCE_MS) -> None:
    expect(status(page)).to_have_attribute("data-status", code, timeout=within_ms)


def act(page: Page, code: str) -> None:
    """Press a button of the card."""
    page.get_by_test_id(f"card-action-{code}").click()


def attach(page: Page, name: str, content: bytes, mime: str) -> Locator:
    """Choose a file for the card and wait until it is checked; its line in the files."""
    page.get_by_test_id("file-input").set_input_files({"name": name, "mimeType": mime, "buffer": content})
    line = card(page).get_by_role("region", name="Файлы").get_by_test_id("file")
    expect(line.get_by_role("link")).to_be_visible()
    return line


def read_file(page: Page, name: str) -> tuple[str, bytes]:
    """Open a file of words from the card: what is shown of it, and the bytes that are saved."""
    files = card(page).get_by_role("region", name="Файлы")
    files.get_by_test_id("file").filter(has_text=name).get_by_role("link").click()
    text = page.get_by_test_id("viewer-text")
    expect(text).to_be_visible()
    shown, content = text.inner_text(), downloaded(page, page.get_by_test_id("viewer-save").click)
    page.get_by_test_id("viewer-close").click()
    expect(page.get_by_test_id("viewer")).to_be_hidden()
    return shown, content


def type_comment(page: Page, text: str) -> None:
    """Type into the writing box without sending."""
    page.get_by_test_id("comment-box").click()
    page.keyboard.type(text)
    expect(page.get_by_test_id("comment-box")).to_have_value(text)


def send_comment(page: Page) -> None:
    page.get_by_test_id("comment-send").click()


def comment(page: Page, text: str) -> Locator:
    """A comment that the server has: one on its way is marked."""
    return page.locator("[data-testid=comment]:not(.going)").filter(has_text=text)


def show_stream(page: Page) -> None:
    """On a telephone the card and its stream take turns; on a wide screen both are there already."""
    turn = page.locator(".dr-switch").get_by_role("tab", name="Комментарии")
    if turn.count():
        turn.click()


def stream_tab(page: Page, title: str) -> None:
    card(page).get_by_role("tab", name=title).last.click()


def downloaded(page: Page, press: Callable[[], None]) -> bytes:
    """The bytes the browser saves when a link is pressed."""
    with page.expect_download() as saved:
        press()
    return saved.value.path().read_bytes()


# What must be true of any screen


def wait_till_loaded(page: Page) -> None:
    """No grey lines, no turning wheels."""
    expect(page.locator(".wait, .spin")).to_have_count(0)


def expect_no_sideways_scroll(page: Page, where: str) -> None:
    assert looks.sideways(page) == 0, where
