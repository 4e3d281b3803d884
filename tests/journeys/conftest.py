"""A real browser in front of the whole product."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from infra.launch.browser import chromium_path
from infra.launch.product import Product, Session

from . import steps

_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking",
          "--disable-component-update", "--disable-sync", "--no-first-run", "--disable-dev-shm-usage"]  # fmt: skip


# The longest files, begun first: none of them is left to one worker at the end.
_LONG = ("test_look.py", "test_card_tools.py", "test_console.py", "test_paying.py")
# Every screen is looked at on a telephone each time (`test_look.py`, and these); a deed done there once more, by night.
_ON_A_TELEPHONE_EACH_TIME = ("test_look.py", "test_around.py")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long files go first, the rest as they stand; what repeats a journey on a telephone waits for the night."""
    items.sort(key=lambda item: _LONG.index(item.path.name) if item.path.name in _LONG else len(_LONG))
    for item in items:
        if "[phone]" in item.name and item.path.name not in _ON_A_TELEPHONE_EACH_TIME:
            item.add_marker(pytest.mark.nightly)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=str(chromium_path()), args=_FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def office(product: Product) -> steps.Office:
    """A company for journeys that leave its people signed in and its modules on."""
    return steps.open_office(product, "vetka")


@pytest.fixture
def person_at(browser: Browser) -> Iterator[Callable[..., Page]]:
    """`person_at()` is a person at a browser of his own, signed in when a session is given.

    Faults of scripts and of the content policy fail the test.
    """
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def sit_down(session: Session | None = None, *, width: int = 1440, height: int = 900, **more: object) -> Page:
        # Drawn at once, without the motion between two states: what is tested is where it ends.
        context = browser.new_context(
            viewport={"width": width, "height": height}, locale="ru-RU", reduced_motion="reduce",
            **{"timezone_id": "Europe/Moscow", **more},
        )  # fmt: skip
        contexts.append(context)
        if session is not None:
            steps.wear(context, session)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: faults.append(message.text) if _is_fault(message) else None)
        return page

    yield sit_down
    for context in contexts:
        context.close()
    assert faults == []


def _is_fault(message) -> bool:
    # A refused request is shown to the person; the browser's own line about it is no fault of a script.
    return message.type == "error" and "Failed to load resource" not in message.text
