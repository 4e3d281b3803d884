"""Notices in a real browser: turned on by a press, sealed by the product, opened by the stand-in, shown by the worker.

A browser subscribes at its maker's service, which is out of reach here: that one call is answered with a subscription
of the stand-in, and what has come there is handed to the worker as the maker's service would hand it.
"""

import json
import urllib.request
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page, expect

from infra.launch.product import Product

from . import steps
from .looks import picture
from .steps import PHONE

# What the page sees of its maker's service; it outlives a reload, as a subscription does.
_MAKER = """(() => {
  const held = %s, mark = 'subscribed-for-tests';
  const own = () => ({
    endpoint: held.endpoint, options: {applicationServerKey: null},
    toJSON: () => ({endpoint: held.endpoint, expirationTime: null, keys: held.keys}),
    unsubscribe: async () => { localStorage.removeItem(mark); return true } });
  PushManager.prototype.subscribe = async options => {
    const key = options.applicationServerKey;
    if (!options.userVisibleOnly || key.length !== 65) throw new DOMException('no', 'AbortError');
    localStorage.setItem(mark, '1'); return own() };
  PushManager.prototype.getSubscription = async () => localStorage.getItem(mark) ? own() : null;
})()"""
_SHOWN = """async () => {
  const registration = await navigator.serviceWorker.ready;
  return (await registration.getNotifications()).map(one => ({title: one.title, body: one.body, tag: one.tag,
    link: one.data.link})) }"""


@pytest.fixture(scope="module")
def office(product: Product) -> steps.Office:
    """A company of its own: one of its people signs out here."""
    return steps.open_office(product, "puls")


def outside(office: steps.Office, path: str, body: Any = None) -> Any:
    """Ask the stand-in, or do something at it."""
    address = f"http://127.0.0.1:{office.product.port + 1}{path}"
    data = json.dumps(body).encode() if body is not None else None
    with urllib.request.urlopen(urllib.request.Request(address, data=data), timeout=10) as answer:
        return json.loads(answer.read())


def subscribable(page: Page, office: steps.Office) -> dict[str, Any]:
    """Let the browser of a page ask and subscribe; what it will hold."""
    key = steps.said(office.owner.call("GET", "notices/browsers/"))["public_key"]
    held = outside(office, "/webpush/subscribe", {"name": "Chromium", "key": key})
    page.context.grant_permissions(["notifications"], origin=office.url().rstrip("/"))
    page.context.add_init_script(_MAKER % json.dumps(held))
    return held


def come(office: steps.Office, held: dict[str, Any], words: str) -> dict[str, Any]:
    """Wait for a message with these words."""
    path = f"/webpush/messages?browser={held['id']}"
    steps.wait_until(lambda: any(words in row["text"] for row in outside(office, path)))
    return next(row for row in outside(office, path) if words in row["text"])


class Maker:
    """The maker's service as the browser knows it: hands what was opened to the worker of a host."""

    def __init__(self, page: Page, office: steps.Office) -> None:
        self.page, self.origin = page, office.url().rstrip("/")
        self.registrations: dict[str, str] = {}
        self.tools: CDPSession = page.context.new_cdp_session(page)
        self.tools.on("ServiceWorker.workerRegistrationUpdated", self._note)
        self.tools.send("ServiceWorker.enable")

    def _note(self, told: dict[str, Any]) -> None:
        for one in told["registrations"]:
            if one["scopeURL"].startswith(self.origin) and not one["isDeleted"]:
                self.registrations[self.origin] = one["registrationId"]

    def hand_over(self, message: dict[str, Any]) -> None:
        while self.origin not in self.registrations:
            self.page.wait_for_timeout(50)
        self.tools.send(
            "ServiceWorker.deliverPushMessage",
            {"origin": self.origin, "registrationId": self.registrations[self.origin], "data": message["text"]},
        )


def expect_shown(page: Page, words: str) -> list[dict[str, Any]]:
    """Wait till a notice with these words is on the screen; all that are."""
    found: list[dict[str, Any]] = []

    def look() -> bool:
        found[:] = page.evaluate(_SHOWN)
        return any(words in one["title"] for one in found)

    steps.wait_until(look)
    return found


@pytest.mark.journey
@pytest.mark.row("T-22", "I-03")
def test_notices_come_in_the_browser_while_no_page_is_open(
    office: steps.Office, person_at: Callable[..., Page]
) -> None:
    page = person_at(office.colleague)
    held = subscribable(page, office)
    page.goto(office.url("/"))
    page.get_by_test_id("bell").click()
    expect(page.get_by_test_id("push-offer")).to_be_visible()
    picture(page, "push-offer")
    page.get_by_test_id("push-offer").get_by_role("link").click()
    section = page.get_by_test_id("browsers")
    expect(section).to_have_attribute("data-standing", "off")
    picture(page, "push-off")
    page.get_by_test_id("browser-on").click()
    expect(section).to_have_attribute("data-standing", "on")
    expect(page.get_by_test_id("browser")).to_contain_text("Этот браузер")
    maker = Maker(page, office)

    page.get_by_test_id("browser-try").click()
    maker.hand_over(come(office, held, "Проверка"))
    (trial,) = expect_shown(page, "Проверка")
    assert "puls" in trial["body"] and trial["link"] == "/settings/notifications"
    picture(page, "push-on")
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 390, "height": 844})
    page.reload()
    expect(section).to_have_attribute("data-standing", "on")
    steps.expect_no_sideways_scroll(page, "settings/notifications")
    picture(page, "push-on-phone-dark")
    page.set_viewport_size({"width": 1440, "height": 900})

    page.goto("about:blank")
    task = office.task("Принять смету")
    message = come(office, held, "Принять смету")
    for _ in range(2):
        maker.hand_over(message)
    page.goto(office.url("/notices"))
    told = [one for one in expect_shown(page, "Принять смету") if "Принять смету" in one["title"]]
    assert len(told) == 1, "a doubled one takes the place of the first"
    assert told[0]["link"] == f"/tasks/{task['id']}" and "вы исполнитель" in told[0]["body"]
    page.get_by_test_id("bell").click()
    expect(page.get_by_test_id("push-offer")).to_have_count(0)

    sandbox = person_at()
    sandbox.goto(f"http://localhost:{office.product.port + 1}/webpush/?browser={held['id']}")
    expect(sandbox.get_by_text("Принять смету").first).to_be_visible()
    picture(sandbox, "push-sandbox")
    owner = person_at(office.owner)
    owner.goto(office.url("/settings/integrations"))
    sent = owner.get_by_test_id("gateway-push").get_by_test_id("exchange").first
    expect(sent).to_contain_text("Chrome, Linux")
    expect(sent).to_have_attribute("data-status", "sent")
    picture(owner, "push-log")

    page.goto(office.url("/settings/notifications"))
    page.get_by_test_id("browser-off").click()
    expect(section).to_have_attribute("data-standing", "off")
    expect(page.get_by_test_id("browser")).to_have_count(0)


@pytest.mark.journey
@pytest.mark.row("T-22")
def test_signing_out_ends_them_and_signing_in_goes_on(office: steps.Office, person_at: Callable[..., Page]) -> None:
    page = person_at(office.product.sign_in(office.slug, office.colleague_email, steps.COLLEAGUE_PASSWORD))
    held = subscribable(page, office)
    page.goto(office.url("/settings/notifications"))
    page.get_by_test_id("browser-on").click()
    expect(page.get_by_test_id("browsers")).to_have_attribute("data-standing", "on")
    page.get_by_test_id("user-menu").click()
    page.get_by_role("menuitem", name="Выйти").click()
    expect(page.get_by_test_id("signin-submit")).to_be_visible()
    assert steps.said(office.colleague.call("GET", "notices/browsers/"))["results"] == []
    office.task("Пока никого нет")
    steps.sign_in(page, office.colleague_email, steps.COLLEAGUE_PASSWORD)
    steps.wait_until(lambda: bool(steps.said(office.colleague.call("GET", "notices/browsers/"))["results"]))
    office.task("Снова на месте")
    come(office, held, "Снова на месте")
    assert not [row for row in outside(office, f"/webpush/messages?browser={held['id']}") if "никого" in row["text"]]


@pytest.mark.journey
def test_a_browser_that_forbids_says_how_to_allow(office: steps.Office, person_at: Callable[..., Page]) -> None:
    page = person_at(office.owner, **PHONE)
    page.add_init_script("Object.defineProperty(Notification, 'permission', {get: () => 'denied'})")
    page.goto(office.url("/settings/notifications"))
    section = page.get_by_test_id("browsers")
    expect(section).to_have_attribute("data-standing", "blocked")
    expect(section).to_contain_text("разрешите уведомления")
    steps.expect_no_sideways_scroll(page, "settings/notifications")
    picture(page, "push-blocked-phone")


@pytest.mark.journey
def test_the_product_may_stand_on_the_home_screen(office: steps.Office, person_at: Callable[..., Page]) -> None:
    page = person_at(office.owner)
    page.goto(office.url("/"))
    expect(steps.heading(page, "Мой день")).to_be_visible()
    told = page.evaluate(
        """async () => {
          const address = document.querySelector('link[rel=manifest]').href;
          const told = await (await fetch(address)).json();
          const drawn = [...told.icons.map(one => one.src), '/icon-180.png', '/badge.png'];
          const width = async one => (await createImageBitmap(await (await fetch(one)).blob())).width;
          return {...told, icons: await Promise.all(drawn.map(width))} }"""
    )
    assert (told["display"], told["start_url"], told["icons"]) == ("standalone", "/", [192, 512, 180, 96])
    assert "puls" in told["name"]
