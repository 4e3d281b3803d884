"""What goes wrong, at the screens: nothing typed is lost, nothing foreign is executed, nobody is overwritten."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from infra.launch.product import Product

from . import steps

MARKUP = '<img src=x onerror="window.struck=1"><b>жирно</b> & <script>window.struck=2</script>'
WORDS = "Нужна ещё одна катушка"


def begin_sign_up(page: Page, product: Product, slug: str) -> str:
    """Fill and send the form of a company `slug`; the code from the letter."""
    email = f"owner@{slug}.example"
    page.goto(product.url())
    steps.fill_sign_up(page, email=email, company="Артель", slug=slug)
    steps.submit_sign_up(page)
    return steps.code_in(product.letter(email, containing="код"))


@pytest.mark.journey
@pytest.mark.row("PL-02", "SE-10")
def test_five_wrong_codes_cost_the_code_and_a_new_letter_opens_the_way(
    product: Product, person_at: Callable[..., Page]
) -> None:
    visitor, slug = person_at(), steps.fresh_slug("artel")
    visitor.clock.install()
    code = begin_sign_up(visitor, product, slug)
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    for _ in range(5):
        try_code(visitor, wrong, "Код не подошёл")
    try_code(visitor, code, "Код больше не действует")

    visitor.clock.run_for(31_000)
    visitor.get_by_role("button", name="Отправить ещё раз").click()
    expect(steps.toast(visitor, "Новый код отправлен")).to_be_visible()
    visitor.get_by_test_id("signup-code").fill(code_of_second_letter(product, f"owner@{slug}.example"))
    expect(steps.heading(visitor, "Мой день")).to_be_visible()


def try_code(page: Page, code: str, answer: str) -> None:
    """Type a code that is refused; the field is empty again and the words say why."""
    page.get_by_test_id("signup-code").fill(code)
    expect(page.get_by_test_id("signup-code")).to_have_value("")
    expect(page.get_by_role("alert")).to_contain_text(answer)


def code_of_second_letter(product: Product, email: str) -> str:
    first = product.letters(email)[-1]["id"]
    steps.wait_until(lambda: len(product.letters(email)) > 1)
    newest = product.letters(email)[0]
    assert newest["id"] != first
    return steps.code_in(newest)


@pytest.mark.journey
@pytest.mark.row("PL-01", "PL-02")
def test_an_address_taken_while_the_letter_was_read_costs_only_the_address(
    product: Product, person_at: Callable[..., Page]
) -> None:
    visitor, slug = person_at(), steps.fresh_slug("artel")
    code = begin_sign_up(visitor, product, slug)
    product.sign_up(slug, email=f"faster@{slug}.example")

    visitor.get_by_test_id("signup-code").fill(code)
    expect(visitor.get_by_role("alert")).to_contain_text("этот адрес заняли")
    expect(visitor.get_by_test_id("signup-code")).to_have_value(code)
    visitor.get_by_test_id("signup-slug").fill(f"{slug}-2")
    expect(visitor.get_by_text("Адрес свободен")).to_be_visible()
    visitor.get_by_test_id("signup-confirm").click()
    visitor.wait_for_url(f"{product.url(slug + '-2')}/", timeout=steps.PATIENCE_MS)
    expect(visitor.get_by_text("Артель")).to_be_visible()


@pytest.mark.journey
@pytest.mark.row("PL-02")
def test_going_back_from_the_code_finds_the_form_as_it_was_left(
    product: Product, person_at: Callable[..., Page]
) -> None:
    visitor, slug = person_at(), steps.fresh_slug("artel")
    begin_sign_up(visitor, product, slug)
    visitor.get_by_role("button", name="Изменить данные").click()
    expect(visitor.get_by_test_id("signup-email")).to_have_value(f"owner@{slug}.example")
    expect(visitor.get_by_test_id("signup-company")).to_have_value("Артель")
    expect(visitor.get_by_test_id("signup-slug")).to_have_value(slug)
    expect(visitor.get_by_test_id("signup-name")).to_have_value("Крылова Анна Сергеевна")


@pytest.mark.journey
@pytest.mark.row("PL-08")
def test_an_address_without_a_company_shows_the_way_to_ones_own(
    product: Product, person_at: Callable[..., Page]
) -> None:
    visitor = person_at()
    visitor.goto(product.url("net-takoy-kompanii") + "/tasks")
    expect(steps.heading(visitor, "Такой компании нет")).to_be_visible()
    visitor.get_by_role("link", name="Найти мою компанию").click()
    expect(steps.heading(visitor, "Найти мою компанию")).to_be_visible()
    assert visitor.url == product.url() + "/find"
    visitor.get_by_test_id("find-email").fill("nikto@nigde.example")
    visitor.get_by_test_id("find-submit").click()
    expect(steps.heading(visitor, "Письмо отправлено")).to_be_visible()


@pytest.mark.journey
@pytest.mark.row("T-02", "T-17")
def test_markup_stays_text_and_a_path_stays_a_name(office: steps.Office, person_at: Callable[..., Page]) -> None:
    task = office.task(MARKUP, description=MARKUP)
    colleague = person_at(office.colleague)
    colleague.goto(office.url("/tasks"))
    expect(steps.row(colleague, MARKUP)).to_be_visible()
    steps.visit_card(colleague, office, task)
    expect(colleague.get_by_test_id("card-description")).to_have_text(MARKUP)
    steps.type_comment(colleague, MARKUP)
    steps.send_comment(colleague)
    expect(steps.comment(colleague, MARKUP)).to_be_visible()
    line = steps.attach(colleague, "../../x.txt", b"words", "text/plain")
    expect(line.get_by_text("x.txt", exact=True)).to_be_visible()
    expect(steps.card(colleague)).not_to_contain_text("../")

    colleague.goto(office.url())
    expect(colleague.get_by_test_id("home-row").filter(has_text=MARKUP)).to_be_visible()
    assert colleague.evaluate("window.struck") is None
    html = office.product.letter(office.colleague_email, containing="жирно")["html"]
    assert "&lt;b&gt;жирно" in html and "<b>жирно" not in html


@pytest.mark.journey
@pytest.mark.row("SE-10")
def test_a_session_that_ended_in_the_middle_of_a_comment_keeps_the_words(
    office: steps.Office, person_at: Callable[..., Page]
) -> None:
    task = office.task("Дождаться поставки")
    colleague = person_at(office.colleague)
    steps.visit_card(colleague, office, task)
    steps.type_comment(colleague, WORDS)
    colleague.context.clear_cookies()
    # What the page reads by itself may meet the ended session before the press and lay the question over the button.
    colleague.get_by_test_id("comment-send").dispatch_event("click")
    expect(colleague.get_by_test_id("expired-password")).to_be_visible()
    expect(steps.card(colleague)).to_contain_text(WORDS)
    colleague.get_by_test_id("expired-password").fill("sovsem-ne-tot-parol")
    colleague.get_by_test_id("expired-submit").click()
    expect(colleague.get_by_role("alert")).to_be_visible()
    steps.sign_in_again(colleague, steps.COLLEAGUE_PASSWORD)
    expect(steps.comment(colleague, WORDS)).to_be_visible()
    told = steps.said(office.owner.call("GET", f"tasks/{task['id']}/comments/"))["results"]
    assert [one["text"] for one in told] == [WORDS]


@pytest.mark.journey
@pytest.mark.row("T-02")
@pytest.mark.parametrize("hears", [True, False], ids=["live", "without the live line"])
def test_two_who_change_one_title_are_shown_both_and_choose(
    office: steps.Office, person_at: Callable[..., Page], hears: bool
) -> None:
    task = office.task("Купить краску")
    first, second = person_at(office.owner), person_at(office.owner)
    if not hears:
        second.route_web_socket(re.compile("/ws/"), lambda socket: None)
    for page in (first, second):
        steps.visit_card(page, office, task)

    second.get_by_test_id("card-title").fill("Купить белую краску")
    rename(first, "Купить синюю краску")
    if hears:
        expect(steps.card(second)).to_contain_text("Купить синюю краску")
    second.get_by_test_id("card-title").blur()
    conflict = second.get_by_test_id("conflict")
    expect(conflict).to_contain_text("Купить белую краску")
    expect(conflict).to_contain_text("Купить синюю краску")
    assert title_of(office, task) == "Купить синюю краску", "nothing is overwritten before a choice"

    second.get_by_test_id("conflict-mine").click()
    expect(first.get_by_test_id("card-title")).to_have_value("Купить белую краску")
    assert title_of(office, task) == "Купить белую краску"


def rename(page: Page, title: str) -> None:
    """Change the title and wait until the card's history has it."""
    page.get_by_test_id("card-title").fill(title)
    page.get_by_test_id("card-title").press("Enter")
    expect(steps.card(page).get_by_role("complementary", name="Лента карточки")).to_contain_text(title)


def title_of(office: steps.Office, task: dict) -> str:
    return steps.said(office.owner.call("GET", f"tasks/{task['id']}/"))["title"]
