"""Stories 2 and 3 at the screens: a contract from its draft to the stamped paper, a meeting from minutes to work.

What waits for parts that are not there (counterparties) is marked so.
"""

import base64
import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from infra.launch.product import Product, Session
from tests.core.templates.samples import word

from . import looks, steps
from .test_telegram import connect

KIND = "documents.document"
DOWNLOADED = """async path => {
    const bytes = new Uint8Array(await (await fetch(path)).arrayBuffer());
    return btoa(Array.from(bytes, one => String.fromCharCode(one)).join(''));
}"""
PAPER = word(
    "Договор № {{ номер }}. {{ компания }} в лице {{ подписант | родительный }}.",
    "{{ текст }}",
    "Цена: {{ сумма }} ({{ сумма | прописью }}).",
    "{{ подпись }} {{ печать }} {{ qr }}",
)
PUT_RIGHT = "Поставка в мае"


@dataclass(frozen=True)
class Firm:
    """A company with its director (the owner), a lawyer (the colleague) and two more."""

    office: steps.Office
    author: Session
    accountant: Session


def firm_of(product: Product, word: str) -> Firm:
    office = steps.open_office(product, word)
    more = [
        product.colleague(office.slug, office.token, f"{mail}@{office.slug}.example", name)
        for mail, name in (("belov", "Белов Олег Ильич"), ("schetova", "Счётова Вера Павловна"))
    ]
    return Firm(office, *more)


@pytest.fixture(scope="module")
def firm(product: Product) -> Firm:
    """Whose lists of the ready routes name their people, one of them in a department."""
    firm = firm_of(product, "dogovor")
    owner = firm.office.owner
    named = {"Юристы": firm.office.colleague, "Бухгалтерия": firm.accountant}
    for row in steps.said(owner.call("GET", f"approval-lists/?kind={KIND}"))["results"]:
        people = [steps.person_id(named[row["title"]])]
        steps.said(owner.call("PUT", f"approval-lists/{row['id']}/", {"title": row["title"], "people": people}))
    place = steps.said(owner.call("POST", "departments/", {"title": "Снабжение"}), 201)["id"]
    lawyer = steps.person_id(firm.office.colleague)
    steps.said(owner.call("PATCH", f"employees/{lawyer}/", {"department": place}))
    return firm


def picture(blue: int) -> bytes:
    made = io.BytesIO()
    Image.new("RGBA", (200, 80), (10, 10, blue, 255)).save(made, "PNG")
    return made.getvalue()


def put_pictures(page: Page, office: steps.Office) -> None:
    """The director puts the stamp and his signature where approved papers take them from."""
    page.goto(office.url("/settings/prints"))
    for whose, blue in (("company", 100), ("mine", 200)):
        file = {"name": f"{whose}.png", "mimeType": "image/png", "buffer": picture(blue)}
        page.get_by_test_id(f"facsimile-{whose}-input").set_input_files(file)
        expect(page.get_by_test_id(f"facsimile-{whose}").get_by_role("img")).to_be_visible()
    looks.in_both_themes(page, "documents-facsimiles")
    steps.said(office.owner.call("PATCH", "options/", {"values": {"templates.facsimiles": True}}))


def set_numbers(page: Page, office: steps.Office) -> None:
    page.goto(office.url("/settings/numbering"))
    form = page.get_by_test_id(f"numbering-{KIND}")
    form.get_by_test_id("numbering-mask").fill("{ТИП}-{ГГГГ}/{####}")
    form.get_by_test_id("numbering-save").click()
    expect(steps.toast(page, "Нумерация изменена")).to_be_visible()


def add_paper(office: steps.Office) -> int:
    """A form of contracts with places for the pictures; how one is uploaded, `test_documents.py` shows."""
    content = base64.b64encode(PAPER).decode()
    told = {"kind": KIND, "card_type": "contract", "title": "С печатью", "file_name": "Договор.docx"}
    return steps.said(office.owner.call("POST", "print-templates/", told | {"content": content}), 201)["id"]


def stage(page: Page, title: str) -> Locator:
    return page.get_by_test_id("route-stage").filter(has=page.get_by_text(title, exact=True))


def begin(page: Page, office: steps.Office, kind: str) -> None:
    page.goto(office.url("/documents"))
    expect(page.get_by_test_id("to-memo")).to_be_visible()
    page.keyboard.press("c")
    page.get_by_test_id(f"new-type-{kind}").click()


def number_of(page: Page) -> int:
    return int(page.url.split("?")[0].rsplit("/", 1)[1])


def draft_contract(page: Page, office: steps.Office) -> int:
    begin(page, office, "contract")
    page.get_by_test_id("new-template").select_option(label="Договор оказания услуг")
    page.get_by_test_id("new-correspondent").fill("ООО «Ромашка»")
    page.get_by_test_id("new-amount").fill("450 000")
    page.get_by_test_id("new-submit").click()
    expect(page.get_by_test_id("card-title")).to_have_value("Договор с ООО «Ромашка»")
    page.get_by_test_id("card-signatory").click()
    page.get_by_test_id("card-signatory-find").fill("Крылова")
    page.get_by_test_id(f"person-{steps.person_id(office.owner)}").click()
    expect(page.get_by_test_id("card-signatory")).to_contain_text(steps.OWNER_SHORT)
    return number_of(page)


def send(page: Page) -> None:
    """Along the route that suits it: above 300 000 the director is asked, and the strip names him beforehand."""
    page.get_by_test_id("card-action-send").click()
    expect(page.get_by_test_id("route-tried").nth(2)).to_contain_text(steps.OWNER_SHORT)
    page.get_by_test_id("route-send-now").click()
    expect(stage(page, "Юрист")).to_have_attribute("data-place", "now")
    expect(stage(page, "Директор")).to_have_attribute("data-place", "next")
    expect(stage(page, "Директор").get_by_test_id("route-expected")).to_contain_text(steps.OWNER_SHORT)
    expect(stage(page, "Директор").get_by_test_id("route-to-come")).to_contain_text("кто — роль")
    looks.in_both_themes(page, "documents-strip-to-come")


def agree(session: Session, card: int) -> None:
    """Say yes without a browser."""
    told = steps.said(session.call("GET", f"cards/{card}/route/"))
    (mine,) = told["run"]["mine"]
    body = {"verdict": "approve", "seen": told["content"], "text": ""}
    steps.said(session.call("POST", f"route-steps/{mine['step']}/decide/", body))


def visit(page: Page, office: steps.Office, card: int) -> None:
    page.goto(office.url(f"/documents/{card}"))
    expect(page.get_by_test_id("card-title")).not_to_have_value("")


def approve(page: Page, said: str = "Согласовано") -> None:
    page.get_by_test_id("route-say-approve").click()
    expect(steps.toast(page, said)).to_be_visible()


def return_and_put_right(owner: Page, author: Page, firm: Firm, card: int) -> None:
    visit(owner, firm.office, card)
    owner.get_by_test_id("route-comment").fill("Добавьте срок поставки")
    owner.get_by_test_id("route-say-return").click()
    owner.get_by_role("menuitem", name="Инициатору").click()
    expect(steps.toast(owner, "Возвращено на доработку")).to_be_visible()
    expect(stage(author, "Директор")).to_contain_text("Добавьте срок поставки", timeout=steps.LIVE_MS)
    steps.said(firm.author.call("PATCH", f"documents/{card}/", {"content": PUT_RIGHT}))
    visit(author, firm.office, card)
    author.get_by_test_id("route-say-done").click()
    expect(stage(author, "Юрист")).to_have_attribute("data-place", "now")


def paper_of(page: Page, template: int, card: int) -> PdfReader:
    path = f"/api/v1/print-templates/{template}/print/{card}/?as=pdf"
    return PdfReader(io.BytesIO(base64.b64decode(page.evaluate(DOWNLOADED, path))))


def acquaint(author: Page, reader: Page, firm: Firm, card: int) -> None:
    """The whole department is asked to read what has been signed, and does."""
    author.get_by_test_id("readers-add").click()
    author.get_by_test_id("reader-find").fill("Снабжение")
    author.get_by_role("option").filter(has_text="Снабжение").click()
    author.get_by_test_id("reader-send").click()
    expect(author.get_by_test_id("readers-progress")).to_have_text("0/1")
    visit(reader, firm.office, card)
    reader.get_by_test_id("reading-confirm").click()
    expect(author.get_by_test_id("readers-progress")).to_have_text("1/1", timeout=steps.LIVE_MS)


@pytest.mark.journey
@pytest.mark.row("D-01", "D-02", "D-03", "D-04", "D-05", "D-07", "D-09", "D-13", "D-20", "D-21", "D-22")
@pytest.mark.row("AK-01", "AK-03", "MO-01")
@pytest.mark.row("CP-02", waits="counterparties")
def test_a_contract_goes_its_whole_way(firm: Firm, person_at: Callable[..., Page]) -> None:
    office = firm.office
    owner, lawyer, author = person_at(office.owner), person_at(office.colleague), person_at(firm.author)
    put_pictures(owner, office)
    set_numbers(owner, office)
    template = add_paper(office)
    card = draft_contract(author, office)
    send(author)
    agree(firm.accountant, card)
    visit(lawyer, office, card)
    approve(lawyer)
    return_and_put_right(owner, author, firm, card)

    # The text has moved: the lawyer is asked anew and sees what has changed, the accountant minds money alone.
    expect(stage(author, "Бухгалтерия")).to_have_attribute("data-place", "done")
    expect(stage(author, "Бухгалтерия")).not_to_contain_text("круг 2")
    visit(lawyer, office, card)
    stage(lawyer, "Юрист").get_by_text("Прежние решения: 1").click()
    expect(stage(lawyer, "Юрист")).to_contain_text(PUT_RIGHT)
    looks.in_both_themes(lawyer, "documents-story-again")
    approve(lawyer)
    visit(owner, office, card)
    approve(owner)
    expect(author.get_by_test_id("route-outcome")).to_have_text("Согласован", timeout=steps.LIVE_MS)

    number = f"ДГ-{date.today().year}/0001"
    owner.get_by_test_id("card-action-register").click()
    owner.get_by_test_id("register-submit").click()
    expect(steps.toast(owner, f"Зарегистрирован: {number}")).to_be_visible()
    paper = paper_of(author, template, card)
    told = " ".join(" ".join(page.extract_text() for page in paper.pages).split())
    for words in (number, "Крыловой Анны Сергеевны", PUT_RIGHT, "Протокол согласования", "Это не электронная подпись"):
        assert words in told, (words, told)
    assert sum(len(page.images) for page in paper.pages) == 3, "the signature, the stamp, the address of the card"
    visit(author, office, card)
    acquaint(author, lawyer, firm, card)


LINES = [f"Проверить узел {place} — Петрову — завтра" for place in range(1, 13)]


def make_minutes(page: Page, office: steps.Office, title: str) -> int:
    begin(page, office, "minutes")
    page.get_by_test_id("new-title").fill(title)
    page.get_by_test_id("new-fields").get_by_label("Где проходило").fill("Переговорная")
    page.get_by_test_id("new-submit").click()
    expect(page.get_by_test_id("card-title")).to_have_value(title)
    return number_of(page)


def type_lines(page: Page, lines: list[str]) -> None:
    """What is said while people talk, by the keys alone: nobody waits for the server."""
    page.get_by_test_id("line-new").focus()
    for line in lines:
        page.keyboard.type(line)
        page.keyboard.press("Enter")
    expect(page.get_by_test_id("minutes-going")).to_have_count(0)


def send_minutes(page: Page) -> None:
    page.get_by_test_id("card-action-send").click()
    page.get_by_test_id("route-send-now").click()
    expect(stage(page, "Директор")).to_have_attribute("data-place", "now")


def tasks_of(session: Session, tab: str) -> list[dict[str, Any]]:
    return steps.said(session.call("GET", f"tasks/?tab={tab}&limit=50"))["results"]


@pytest.mark.journey
@pytest.mark.row("T-15", "PL-12", "TG-04", "MP-02", "MP-03", "MP-04")
def test_a_meeting_becomes_work_when_the_director_agrees(product: Product, person_at: Callable[..., Page]) -> None:
    firm = firm_of(product, "soveshanie")
    office = firm.office
    director, secretary, worker = person_at(office.owner), person_at(firm.author), person_at(office.colleague)
    phone = connect(director, office)
    steps.said(office.owner.call("PUT", "gateways/telegram/", {"mode": "sandbox", "details": True}))
    card = make_minutes(secretary, office, "Планёрка цеха")
    type_lines(secretary, LINES)
    typed = secretary.get_by_test_id("minutes-line")
    expect(typed).to_have_count(len(LINES))
    assert [row.get_by_test_id("line-text").input_value() for row in typed.all()] == [
        f"Проверить узел {place}" for place in range(1, 13)
    ]
    expect(typed.get_by_text(steps.COLLEAGUE_SHORT)).to_have_count(len(LINES))
    send_minutes(secretary)
    assert tasks_of(office.colleague, "mine") == [], "nobody who is named sees anything yet"

    # The minutes lie on paper under the question, and the director says yes where he is asked.
    expect(phone.get_by_role("link", name="Протокол Планёрка цеха.pdf")).to_be_visible()
    phone.get_by_role("button", name="Согласовать").click()
    expect(phone.get_by_role("alert")).to_contain_text("согласовано")
    expect(secretary.get_by_test_id("minutes-note")).to_contain_text("Начато 12 поручений")
    looks.picture(phone, "documents-story-telegram")
    looks.in_both_themes(secretary, "documents-story-minutes")
    given = tasks_of(office.colleague, "mine")
    assert {task["status"] for task in given} == {"new"} and len(given) == len(LINES)
    ties = steps.said(office.owner.call("GET", f"documents/{card}/links/"))["results"]
    assert {tie["card"]["number"] for tie in ties} == {task["number"] for task in given}

    first = given[0]
    steps.visit_card(worker, office, first)
    worker.get_by_test_id("subtask-new").fill("- Снять замеры\n- Записать в журнал")
    worker.get_by_test_id("subtask-new").press("Enter")
    expect(worker.get_by_test_id("subtasks-progress")).to_have_text("0/2")
    late = {"due_at": "2026-01-10T15:00:00Z", "due_reason": "Поручали ещё в январе"}
    steps.said(firm.author.call("PATCH", f"tasks/{first['id']}/", late))
    secretary.goto(office.url("/tasks"))
    secretary.get_by_test_id("to-assignments").click()
    row = secretary.get_by_test_id("assignments-row").filter(has_text=steps.COLLEAGUE_SHORT)
    row.get_by_test_id("figure-overdue").click()
    expect(steps.row(secretary, first["title"])).to_be_visible()
