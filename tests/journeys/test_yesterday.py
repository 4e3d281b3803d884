"""Yesterday's company comes back: what was spoiled or deleted since is as it was, and whoever was let go stays out."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from infra.launch.product import Product, Session

from . import steps
from .running import let_a_day_pass, let_the_trash_go, make_nightly_copy, manage

FILE, WORDS = "Смета.txt", "Фасад: 1 240 м², утеплитель 150 мм"
SAID = "Цены согласованы с поставщиком"
LEAVER = "Котов Кирилл Львович"


@pytest.mark.journey
@pytest.mark.row("SE-04")
def test_yesterdays_company_comes_back(product: Product, person_at: Callable[..., Page], tmp_path: Path) -> None:
    office = steps.open_office(product, "vchera")
    leaver = product.colleague(office.slug, office.token, f"kotov@{office.slug}.example", LEAVER)
    leaver_id = steps.person_id(leaver)
    estimate, order = office.task("Смета на фасад"), office.task("Заказ утеплителя")
    his = office.task("Замеры", assignee=leaver_id)
    owner, worker = person_at(office.owner), person_at(office.colleague)
    work_on(worker, office, estimate)
    make_nightly_copy(product, office.slug)
    let_a_day_pass(product, office.slug)

    late = office.task("Придумано сегодня")
    spoil(office, estimate, order)
    dismiss(office, leaver, leaver_id)
    steps.visit_card(worker, office, estimate | {"title": "ыыы"})
    steps.wait_till_loaded(worker)
    expect(worker.get_by_test_id("file")).to_have_count(0)
    assert status_of(office, order) == 404

    day = ask_for_yesterday(owner, office)
    # While it is closed, nobody's open page has anything to hold on to: what a browser says of that is no fault.
    owner.goto("about:blank")
    worker.goto("about:blank")
    bring_back(product, office, day, before=tmp_path / "before.zip")

    steps.visit_card(worker, office, estimate)
    expect(steps.comment(worker, SAID)).to_contain_text(steps.COLLEAGUE_SHORT)
    assert steps.read_file(worker, FILE) == (WORDS, WORDS.encode())
    steps.visit_card(worker, office, order)
    assert status_of(office, late) == 404

    # His things stand with him again, and he stays outside.
    assert steps.said(office.owner.call("GET", f"tasks/{his['id']}/"))["assignee"]["id"] == leaver_id
    assert leaver.call("GET", "me/")[0] == 401
    knocks(person_at(), office)
    owner.goto(office.url(f"/settings/people/{leaver_id}"))
    expect(steps.heading(owner, LEAVER)).to_be_visible()
    expect(owner.get_by_test_id("employee-block")).to_have_text("Разблокировать")


def work_on(page: Page, office: steps.Office, task: dict[str, Any]) -> None:
    """A card as it should be kept: a file and a word."""
    steps.visit_card(page, office, task)
    steps.attach(page, FILE, WORDS.encode(), "text/plain")
    steps.type_comment(page, SAID)
    steps.send_comment(page)
    expect(steps.comment(page, SAID)).to_be_visible()


def spoil(office: steps.Office, spoiled: dict[str, Any], deleted: dict[str, Any]) -> None:
    """A card loses its name, its file and its comment; another one is deleted for good."""
    owner, path = office.owner, f"tasks/{spoiled['id']}"
    steps.said(owner.call("PATCH", f"{path}/", {"title": "ыыы"}))
    [file] = steps.said(owner.call("GET", f"{path}/attachments/"))["results"]
    [comment] = steps.said(owner.call("GET", f"{path}/comments/"))["results"]
    steps.said(office.colleague.call("DELETE", f"attachments/{file['id']}/"), 204)
    steps.said(office.colleague.call("DELETE", f"comments/{comment['id']}/"), 204)
    steps.said(owner.call("DELETE", f"tasks/{deleted['id']}/"), 204)
    let_the_trash_go(office.product, office.slug)


def dismiss(office: steps.Office, leaver: Session, leaver_id: int) -> None:
    """What he held goes to the owner, and he is outside."""
    heir = {"successor": steps.person_id(office.owner)}
    steps.said(office.owner.call("POST", f"employees/{leaver_id}/dismiss/", heir))
    path = f"employees/{leaver_id}/handover/"
    steps.wait_until(lambda: steps.said(office.owner.call("GET", path))["state"] == "done")
    assert leaver.call("GET", "me/")[0] == 401


def ask_for_yesterday(page: Page, office: steps.Office) -> str:
    """The owner's screen says what to send to the service; the day of the copy in it, as the operator types it."""
    page.goto(office.url("/settings/data"))
    page.get_by_test_id("copy-restore").click()
    text = page.get_by_test_id("restore-text").inner_text()
    assert f"адрес {office.slug}" in text and "Согласие владельца: Крылова" in text
    found = re.search(r"за (\d\d)\.(\d\d)\.(\d{4})", text)
    assert found, text
    day, month, year = found.groups()
    return f"{year}-{month}-{day}"


def bring_back(product: Product, office: steps.Office, day: str, *, before: Path) -> None:
    """What the operator does: he keeps what is there now, and brings that night back."""
    manage(product, "archive_company", office.slug, str(before))
    said = manage(product, "restore_company", office.slug, "--night", day)
    assert f"({office.slug}): открыта, как было" in said and "✗" not in said, said


def knocks(page: Page, office: steps.Office) -> None:
    """Whoever was let go types his password, which is the right one, and is told that it is over."""
    page.goto(office.url())
    page.get_by_test_id("signin-email").fill(f"kotov@{office.slug}.example")
    page.get_by_test_id("signin-password").fill(steps.COLLEAGUE_PASSWORD)
    page.get_by_test_id("signin-submit").click()
    expect(page.get_by_test_id("access-closed")).to_be_visible()


def status_of(office: steps.Office, task: dict[str, Any]) -> int:
    return office.owner.call("GET", f"tasks/{task['id']}/")[0]
