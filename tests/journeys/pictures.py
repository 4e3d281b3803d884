"""`python -m tests.journeys.pictures`: the pictures of the README, taken from the demo company."""

import tempfile
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from infra.launch.browser import ARGUMENTS, chromium_path
from infra.launch.product import Product

from . import steps

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures"
DIRECTOR, PASSWORD = "director@demo.example", "demo-pult-2026"
WIDTH, HEIGHT = 1440, 900


def main() -> None:
    """Start a product with the demo company, photograph the list and a card, stop it."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="pult-pictures-") as folder:
        # The database server runs as another user when we are root.
        Path(folder).chmod(0o711)
        product = Product(Path(folder), DEMO="1").start()
        try:
            take(product)
        finally:
            product.stop()


def take(product: Product) -> None:
    session = product.sign_in("demo", DIRECTOR, PASSWORD)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(chromium_path()), args=list(ARGUMENTS))
        context = browser.new_context(
            viewport={"width": WIDTH, "height": HEIGHT}, locale="ru-RU", timezone_id="Europe/Moscow",
            color_scheme="light", reduced_motion="reduce",
        )  # fmt: skip
        steps.wear(context, session)
        page = context.new_page()
        page.goto(product.url("demo") + "/tasks?tab=all")
        expect(page.get_by_test_id("task-row").nth(5)).to_be_visible()
        shoot(page, "tasks")
        most_talked_over(page).click()
        expect(page.get_by_test_id("comment").first).to_be_visible()
        shoot(page, "card")
        browser.close()


def most_talked_over(page: Page):
    """A row with comments and files, so that the card has something to show; the first row when there is none."""
    talked = page.get_by_test_id("task-row").filter(has=page.locator(".talk"))
    return talked.first if talked.count() else page.get_by_test_id("task-row").first


def shoot(page: Page, name: str) -> None:
    steps.wait_till_loaded(page)
    page.screenshot(path=PICTURES / f"{name}.png", animations="disabled")


if __name__ == "__main__":
    main()
