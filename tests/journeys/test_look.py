"""Every screen, wide and narrow, light and dark: no faults, no foreign words, every control named, the focus seen."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from infra.launch.product import Product

from . import looks, steps
from .screens import AT_THE_DOOR, AT_WORK, Screen

WIDTHS = {"wide": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844, "has_touch": True}}


@pytest.fixture(scope="module")
def branch(product: Product) -> steps.Office:
    """A company with a Russian name, something in its lists, and something in its bin."""
    office = steps.open_office(product, "filial")
    steps.said(office.owner.call("PATCH", "company/", {"name": "ООО «Филиал»"}))
    steps.said(office.owner.call("POST", "departments/", {"title": "Монтаж"}), 201)
    steps.said(office.owner.call("POST", "positions/", {"title": "Монтажник"}), 201)
    steps.said(office.owner.call("POST", "invitations/", {"emails": [f"novyy@{office.slug}.example"]}), 201)
    task = office.task("Проверить щит", due_at="2026-01-15T15:00:00Z")
    for text in ("Вводной автомат греется", f"@[{steps.person_id(office.colleague)}] посмотрите сегодня"):
        steps.said(office.owner.call("POST", f"tasks/{task['id']}/comments/", {"text": text}), 201)
    template = {"title": "Обход котельной", "assignees": [steps.person_id(office.colleague)], "due_in": 120}
    made = steps.said(office.owner.call("POST", "task-templates/", template), 201)
    at, weekly = f"task-templates/{made['id']}/", {"every": "weeks", "weekdays": [0, 4]}
    steps.said(office.owner.call("PUT", f"{at}recurrence/", {"plan": weekly}))
    steps.said(office.owner.call("POST", f"{at}checklist/", {"points": [{"text": "Давление"}]}), 201)
    steps.said(office.owner.call("POST", f"{at}give/"), 201)
    # What has been written is found a moment later.
    steps.wait_until(lambda: steps.said(office.owner.call("GET", f"search/?q={quote('щит')}"))["results"])
    route = steps.said(
        office.owner.call("POST", "routes/", {"kind": "documents.document", "title": "Визирование"}), 201
    )
    stage = {"code": "head", "title": "Руководитель", "performers": [{"by": "manager"}], "hours": 8}
    steps.said(office.owner.call("PUT", f"routes/{route['id']}/draft/", {"stages": [stage]}))
    gone = office.task("Ошибочная задача")
    steps.said(office.owner.call("DELETE", f"tasks/{gone['id']}/"), 204)
    dismiss_somebody(office)
    until = f"{date.today() + timedelta(days=9)}"
    kept = {"kind": "tasks.task", "count": 2, "until": until, "purpose": "Договор с «Ромашкой» на бумаге"}
    steps.said(office.owner.call("POST", "reserved-numbers/", kept), 201)
    return office


def dismiss_somebody(office: steps.Office) -> None:
    """Somebody leaves the company; one of his tasks goes on with the owner, a private one cannot."""
    session = office.product.colleague(office.slug, office.token, f"uhodov@{office.slug}.example", "Уходов Иван Ильич")
    who = steps.person_id(session)
    office.task("Сменить насос", assignee=who)
    private = {"title": "Оклады", "assignee": who, "is_private": True}
    steps.said(office.colleague.call("POST", "tasks/", private), 201)
    heir = {"successor": steps.person_id(office.owner)}
    steps.said(office.owner.call("POST", f"employees/{who}/dismiss/", heir))
    at = f"employees/{who}/handover/"
    steps.wait_until(lambda: steps.said(office.owner.call("GET", at))["state"] == "done")


@pytest.mark.journey
@pytest.mark.row("PL-10")
@pytest.mark.parametrize("width", WIDTHS)
def test_screens_of_those_who_are_not_in_yet(branch: steps.Office, person_at: Callable[..., Page], width: str) -> None:
    look_at_all(AT_THE_DOOR, branch, person_at(**WIDTHS[width]), width)


@pytest.mark.journey
@pytest.mark.row("PL-10")
@pytest.mark.parametrize("width", WIDTHS)
def test_screens_of_those_who_work(branch: steps.Office, person_at: Callable[..., Page], width: str) -> None:
    look_at_all(AT_WORK, branch, person_at(branch.owner, **WIDTHS[width]), width)


def look_at_all(screens: tuple[Screen, ...], office: steps.Office, page: Page, width: str) -> None:
    """Show each screen, judge it and keep its pictures; everything found is told at once."""
    faults = []
    for screen in screens:
        screen.show(page, office)
        steps.wait_till_loaded(page)
        found = [*judged(page, width), *pictured(page, f"{screen.name}-{width}")]
        faults += [f"{screen.name}: {fault}" for fault in found]
    assert not faults, "\n".join(["", *faults])


def judged(page: Page, width: str) -> Iterator[str]:
    yield from (f"foreign words: {text}" for text in looks.crumbs(page))
    yield from (f"no name: {html}" for html in looks.nameless(page))
    if sideways := looks.sideways(page):
        yield f"scrolls sideways by {sideways} px"
    if width == "wide":
        yield from (f"focus unseen: {html}" for html in looks.unseen_focus(page))


def pictured(page: Page, name: str) -> Iterator[str]:
    """Both themes: the page follows the system, and its ground really changes."""
    grounds = []
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        expect(page.locator("html")).to_have_attribute("data-theme", theme)
        looks.wait_till_faded(page)
        looks.picture(page, f"{name}-{theme}")
        grounds.append(page.evaluate("getComputedStyle(document.body).backgroundColor"))
        yield from (f"{theme}, hard to read: {text}" for text in looks.pale(page))
    if grounds[0] == grounds[1]:
        yield f"the same ground in both themes: {grounds}"
