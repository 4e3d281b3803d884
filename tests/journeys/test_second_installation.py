"""A company leaves the service for a server of its own: taken out by the screens, it opens there with all it had."""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from infra.launch.product import Product
from tenants.licensing.rules import Licence, new_pair, signed
from tests.support.cluster import fresh_folder

from . import steps
from .running import manage

SLUG = "romashka"
TITLE, SAID = "Смонтировать щит", "Щит заказан, ждём в среду"
FILE, WORDS = "Спецификация.txt", "Автомат 16 А, 12 штук"
NEW_PASSWORD = "dlinnyy-parol-na-novom-meste"


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[Product]:
    """A second installation with its own base, store, keys and mailbox: one company, by a licence."""
    private, public = new_pair()
    licence = Licence("Л-7", "ООО «Ромашка»", 10, None, date.today(), date.today() + timedelta(days=400))
    path = tmp_path / "licence.json"
    path.write_text(signed(licence, private))
    folder = fresh_folder(f"second{os.getpid()}")
    variables = {"ONE_COMPANY": SLUG, "LICENCE_PUBLIC_KEY": public, "LICENCE_FILE": str(path)}
    server = Product(folder, **variables, WEB_PROCESSES="1", POOL_SIZE="1")
    try:
        yield server.start()
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.journey
@pytest.mark.row("CR-11", "OP-02")
def test_a_company_moves_to_a_server_of_its_own(
    product: Product, own_server: Product, person_at: Callable[..., Page], tmp_path: Path
) -> None:
    office = steps.open_office(product, "pereezd")
    task = office.task(TITLE)
    owner = person_at(office.owner)
    steps.visit_card(owner, office, task)
    steps.attach(owner, FILE, WORDS.encode(), "text/plain")
    steps.said(office.colleague.call("POST", f"tasks/{task['id']}/comments/", {"text": SAID}), 201)
    path = tmp_path / "pereezd.zip"
    path.write_bytes(taken_along(owner, office))

    assert f"({SLUG}): открыта" in manage(own_server, "restore_company", str(path), "--slug", SLUG)

    page = person_at()
    page.goto(f"{own_server.url()}/")
    come_in_anew(page, own_server, office.owner_email)
    steps.open_list(page, "given")
    steps.row(page, TITLE).click()
    expect(page.get_by_test_id("card-title")).to_have_value(TITLE)
    expect(steps.comment(page, SAID)).to_contain_text(steps.COLLEAGUE_SHORT)
    assert steps.read_file(page, FILE) == (WORDS, WORDS.encode())
    # It can be worked in, and what is done there is nothing to the place it came from.
    steps.type_comment(page, "Мы переехали")
    steps.send_comment(page)
    expect(steps.comment(page, "Мы переехали")).to_be_visible()
    assert words_said(office, task) == [SAID]


def taken_along(page: Page, office: steps.Office) -> bytes:
    """The export as the owner gets it by «Настройки → Данные компании»."""
    page.goto(office.url("/settings/data"))
    page.get_by_test_id("takeout-ask").click()
    page.get_by_test_id("proof-password").fill(steps.OWNER_PASSWORD)
    page.get_by_test_id("proof-run").click()
    expect(page.locator("[data-testid=takeout-row][data-state=ready]")).to_be_visible()
    return steps.downloaded(page, page.get_by_test_id("takeout-open").click)


def come_in_anew(page: Page, server: Product, email: str) -> None:
    """No password has come along: the old one opens nothing, and a letter of the new place lets him set one."""
    page.get_by_test_id("signin-email").fill(email)
    page.get_by_test_id("signin-password").fill(steps.OWNER_PASSWORD)
    page.get_by_test_id("signin-submit").click()
    expect(page.get_by_text("Почта или пароль не подходят")).to_be_visible()
    page.get_by_role("link", name="Забыли пароль?").click()
    page.get_by_test_id("forgot-email").fill(email)
    page.get_by_test_id("forgot-submit").click()
    expect(steps.heading(page, "Письмо отправлено")).to_be_visible()
    link = steps.link_in(server.letter(email, containing="/reset?token="), "/reset?token=")
    assert link.startswith(f"{server.url()}/"), "the letter leads to the new place"
    page.goto(link)
    page.get_by_test_id("reset-password").fill(NEW_PASSWORD)
    page.get_by_test_id("reset-submit").click()
    page.get_by_role("link", name="Ко входу").click()
    steps.sign_in(page, email, NEW_PASSWORD)


def words_said(office: steps.Office, task: dict[str, Any]) -> list[str]:
    told = steps.said(office.owner.call("GET", f"tasks/{task['id']}/comments/"))["results"]
    return [comment["text"] for comment in told]
