"""What a colleague does not see yet: a private card until it is opened, a draft until its moment; then he does."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from infra.launch.product import Product, Session
from modules.tasks.rules import RELEASE
from tests.support.standing import schema_of, superuser

from . import looks, steps
from .steps import PHONE
from .test_axe import faults

WIDTHS: dict[str, dict[str, Any]] = {"wide": {}, "phone": PHONE}
# The moment is brought about; the worker wakes and needs some seconds.
COMES_MS = 30_000


@pytest.fixture(scope="module")
def office(product: Product) -> steps.Office:
    """A company of its own: its drafts are given while others look at theirs."""
    return steps.open_office(product, "ranovato")


def let_the_moment_come(office: steps.Office, task_id: int) -> None:
    """As if the draft's moment had just passed, and the worker is to look."""
    with superuser(office.product) as connection:
        schema = schema_of(connection, office.slug)
        moved = connection.execute(
            f'UPDATE "{schema}".tasks_task SET release_at = now() WHERE entity_ptr_id = %s AND release_at > now()',
            [task_id],
        )
        assert moved.rowcount == 1, "the draft had no moment ahead"
        connection.execute("UPDATE wakeups SET due_at = now() WHERE company = %s AND kind = %s", [schema, RELEASE])


def card_of(session: Session, task_id: int) -> dict[str, Any]:
    return steps.said(session.call("GET", f"tasks/{task_id}/"))


def sees_nothing_of(page: Page, office: steps.Office, task_id: int) -> None:
    """Its address answers as that of a card which does not exist."""
    page.goto(office.url(f"/tasks/{task_id}"))
    expect(steps.heading(page, "Карточки нет или она вам не видна")).to_be_visible()


def choose_in_menu(page: Page, title: str) -> None:
    steps.card(page).get_by_role("button", name="Ещё", exact=True).click()
    page.get_by_role("menuitem", name=title, exact=True).click()


@pytest.mark.journey
@pytest.mark.parametrize("width", WIDTHS)
def test_a_private_task_is_hidden_until_it_is_opened(
    office: steps.Office, person_at: Callable[..., Page], width: str
) -> None:
    title = f"Пересмотреть оклады {width}"
    mine = {"title": title, "assignee": steps.person_id(office.colleague)}
    task = steps.said(office.colleague.call("POST", "tasks/", mine), 201)
    author, owner = person_at(office.colleague, **WIDTHS[width]), person_at(office.owner, **WIDTHS[width])

    # The owner sees everybody's tasks, this one as well until its author shuts it.
    owner.goto(office.url("/tasks?tab=all"))
    expect(steps.row(owner, title)).to_be_visible()
    steps.visit_card(author, office, task)
    choose_in_menu(author, "Сделать личной")
    expect(steps.card(author).get_by_text("Личная", exact=True)).to_be_visible()
    looks.in_both_themes(author, f"private-{width}")
    assert looks.sideways(author) == 0 and faults(author) == []
    owner.reload()
    steps.wait_till_loaded(owner)
    expect(steps.row(owner, title)).to_have_count(0)
    sees_nothing_of(owner, office, task["id"])

    choose_in_menu(author, "Открыть для всех с доступом")
    expect(steps.card(author).get_by_text("Личная", exact=True)).to_have_count(0)
    steps.visit_card(owner, office, task)
    owner.goto(office.url("/tasks?tab=all"))
    expect(steps.row(owner, title)).to_be_visible()


@pytest.mark.journey
@pytest.mark.parametrize("width", WIDTHS)
def test_a_draft_comes_to_its_assignee_at_its_moment(
    office: steps.Office, person_at: Callable[..., Page], width: str
) -> None:
    title = f"Закрыть склад на зиму {width}"
    author, worker = person_at(office.owner, **WIDTHS[width]), person_at(office.colleague, **WIDTHS[width])
    author.goto(office.url("/tasks?tab=drafts"))
    author.get_by_test_id("create-task").first.click()
    author.get_by_test_id("composer-title").fill(f"Петрову {title}")
    author.get_by_test_id("composer-draft").click()
    expect(steps.toast(author, "сохранён")).to_be_visible()
    steps.row(author, title).click()
    expect(author.get_by_test_id("draft-note")).to_contain_text("Черновик видите только вы")

    # A moment that has passed is no moment to wait for.
    author.get_by_test_id("draft-date").click()
    author.get_by_test_id("draft-date-text").fill("сегодня 00:00")
    author.keyboard.press("Enter")
    expect(steps.toast(author, "Этот момент уже прошёл")).to_be_visible()
    author.get_by_test_id("draft-date").click()
    author.get_by_test_id("draft-date-text").fill("завтра 10:00")
    author.keyboard.press("Enter")
    expect(author.get_by_test_id("draft-note")).to_contain_text(re.compile(r"Черновик станет задачей .*10:00"))
    looks.in_both_themes(author, f"draft-date-{width}")
    assert looks.sideways(author) == 0 and faults(author) == []

    # What the screen shows already the server may be keeping only now.
    task_id = int(author.url.split("?")[0].rpartition("/")[2])
    steps.wait_until(lambda: bool(card_of(office.owner, task_id)["release_at"]))
    sees_nothing_of(worker, office, task_id)
    worker.goto(office.url("/tasks?tab=mine"))
    steps.wait_till_loaded(worker)
    expect(steps.row(worker, title)).to_have_count(0)

    # Both look on while it becomes a task.
    let_the_moment_come(office, task_id)
    expect(steps.row(worker, title)).to_be_visible(timeout=COMES_MS)
    steps.expect_status(author, "new")
    expect(author.get_by_test_id("draft-note")).to_have_count(0)
    steps.row(worker, title).click()
    expect(worker.get_by_test_id("card-title")).to_have_value(title)
    looks.in_both_themes(worker, f"draft-come-{width}")
