"""Tasks that come round: a template with its plan, the dates before it is kept, the task that comes by itself."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from core.recurrence.actions import TICK
from infra.launch.product import Product
from tests.support.standing import schema_of, superuser

from . import looks, steps
from .steps import PHONE
from .test_axe import faults

# The minute is brought about; the worker wakes and needs some seconds.
COMES_MS = 30_000
TITLE = "Обход котельной"


@pytest.fixture(scope="module")
def office(product: Product) -> steps.Office:
    """A company of its own: its worker makes tasks while others look at theirs."""
    return steps.open_office(product, "obhod")


def form(page: Page) -> Locator:
    return page.get_by_test_id("plan-form")


def dates(page: Page) -> Locator:
    return form(page).get_by_test_id("plan-date")


def words(page: Page) -> Locator:
    return form(page).get_by_test_id("plan-words")


def section(page: Page) -> Locator:
    return page.get_by_test_id("recurrence")


def choose(page: Page, rhythm: str) -> None:
    form(page).get_by_test_id(f"rhythm-{rhythm}").click()


def choose_days(page: Page, wanted: set[int]) -> None:
    for day in range(7):
        button = form(page).get_by_test_id(f"weekday-{day}")
        if (button.get_attribute("aria-pressed") == "true") != (day in wanted):
            button.click()


def save(page: Page) -> None:
    form(page).get_by_test_id("plan-save").click()
    expect(form(page)).to_have_count(0)


def compose(page: Page) -> None:
    """Fill the form of a new template for the colleague alone and go on to its plan."""
    page.get_by_test_id("template-create").click()
    page.get_by_test_id("template-submit").click()
    expect(page.get_by_text("Напишите, что делать.")).to_be_visible()
    page.get_by_test_id("template-title").fill(TITLE)
    page.get_by_test_id("template-people").click()
    page.get_by_test_id("template-people-find").fill("Петров")
    page.get_by_role("option", name=steps.COLLEAGUE_NAME).click()
    page.keyboard.press("Escape")
    page.get_by_role("button", name=f"Убрать исполнителя: {steps.OWNER_SHORT}").click()
    page.get_by_test_id("template-due").fill("2 часа")
    expect(page.get_by_text("через 2 ч")).to_be_visible()
    looks.in_both_themes(page, "periodic-new")
    page.get_by_test_id("template-submit").click()


def furnish(page: Page) -> None:
    """Put a checklist, a file and a reading list on the open template."""
    for text in ("Снять давление", "Записать в журнал"):
        page.get_by_test_id("point-new").fill(text)
        page.keyboard.press("Enter")
    expect(page.get_by_test_id("checklist-progress")).to_have_text("2")
    steps.attach(page, "Схема.txt", "Обход слева направо".encode(), "text/plain")
    page.get_by_test_id("readers-add").click()
    page.get_by_test_id("reader-find").fill("Крылова")
    expect(page.get_by_role("option", name="Крылова")).to_be_visible()
    page.keyboard.press("Enter")
    page.get_by_test_id("reader-send").click()
    expect(page.get_by_test_id("readers-progress")).to_have_text("1")


def look_ahead(page: Page) -> None:
    """Try plans of every rhythm: their words and dates are there before anything is kept."""
    choose_days(page, {0, 4})
    expect(words(page)).to_have_text("Каждую неделю, пн и пт, в 09:00")
    expect(dates(page)).to_have_count(10)
    looks.in_both_themes(page, "periodic-weekly")
    choose(page, "workdays")
    form(page).get_by_test_id("plan-add-time").click()
    expect(words(page)).to_have_text("Каждый рабочий день, в 09:00 и 12:00")
    choose(page, "days")
    form(page).get_by_test_id("plan-interval").fill("3")
    expect(words(page)).to_have_text("Каждые 3 дня, в 09:00 и 12:00")
    choose(page, "months")
    form(page).get_by_role("radio", name="День недели").click()
    form(page).get_by_test_id("plan-day-off").select_option("after")
    expect(words(page)).to_have_text(
        "Каждый месяц, в первый понедельник, в 09:00 и 12:00, выходной — на рабочий день позже"
    )
    expect(dates(page)).to_have_count(10)
    looks.in_both_themes(page, "periodic-monthly")


def try_endless_minutes(page: Page) -> None:
    """By minutes it must be said where the plan ends."""
    choose(page, "minutes")
    form(page).get_by_test_id("plan-interval").fill("10")
    expect(form(page).get_by_test_id("plan-a-day")).to_contain_text("55 раз в день")
    form(page).get_by_test_id("plan-save").click()
    expect(form(page).get_by_text("Укажите последний день или число повторов.", exact=True)).to_be_visible()
    expect(form(page).get_by_test_id("plan-one-open")).to_have_attribute("aria-checked", "true")
    looks.in_both_themes(page, "periodic-minutes")


def plan_the_coming_minute(page: Page) -> None:
    page.get_by_test_id("plan-change").click()
    choose(page, "minutes")
    for field, text in (("interval", "1"), ("opens", "00:00"), ("closes", "23:59"), ("most", "1")):
        form(page).get_by_test_id(f"plan-{field}").fill(text)
    # The day of the test may be one off.
    form(page).get_by_test_id("plan-day-off").select_option("keep")
    expect(dates(page)).to_have_count(1)
    save(page)


def let_the_minute_come(office: steps.Office) -> None:
    """As if the plan had been made a minute ago: its first moment has just passed, and the worker is to look."""
    with superuser(office.product) as connection:
        schema = schema_of(connection, office.slug)
        connection.execute(
            f"UPDATE \"{schema}\".recurrence_recurrence SET next_at = date_trunc('minute', now()),"
            " last_at = date_trunc('minute', now()) - interval '1 minute' WHERE is_on"
        )
        connection.execute("UPDATE wakeups SET due_at = now() WHERE company = %s AND kind = %s", [schema, TICK])


@pytest.mark.journey
@pytest.mark.row("PT-01", "PT-02", "PT-03", "PT-04", "PT-05", "PT-06", "PT-07", "PT-08", "PT-09", "PT-10")
def test_a_template_is_written_planned_and_makes_its_task_by_itself(
    office: steps.Office, person_at: Callable[..., Page]
) -> None:
    owner = person_at(office.owner)
    owner.goto(office.url("/tasks"))
    owner.get_by_test_id("to-templates").click()
    expect(steps.heading(owner, "Повторяющихся задач пока нет")).to_be_visible()
    looks.in_both_themes(owner, "periodic-empty")
    compose(owner)
    look_ahead(owner)
    try_endless_minutes(owner)
    assert faults(owner) == [], "the editor of a plan"
    choose(owner, "weeks")
    choose_days(owner, {0, 4})
    save(owner)
    expect(section(owner)).to_have_attribute("data-state", "on")
    expect(section(owner).get_by_test_id("plan-text")).to_contain_text("Каждую неделю, пн и пт")
    expect(section(owner).get_by_test_id("plan-date")).to_have_count(10)
    furnish(owner)
    plan_the_coming_minute(owner)
    let_the_minute_come(office)
    assert faults(owner) == [], "the card of a template"

    came = owner.get_by_test_id("occurrence")
    expect(came).to_have_count(1, timeout=COMES_MS)
    expect(section(owner)).to_have_attribute("data-state", "over")
    expect(owner.get_by_test_id("completion-figMade")).to_have_text("1")
    expect(came).to_contain_text(steps.COLLEAGUE_SHORT)
    looks.in_both_themes(owner, "periodic-card")
    came.get_by_role("link").click()
    look_at_made_task(owner)

    # The assignee opens the same template from his task, and changes nothing of it.
    colleague = person_at(office.colleague)
    colleague.goto(office.url("/tasks"))
    steps.row(colleague, TITLE).click()
    colleague.get_by_test_id("from-template").click()
    expect(colleague.get_by_test_id("plan-text")).to_be_visible()
    expect(colleague.get_by_test_id("plan-change")).to_have_count(0)


def look_at_made_task(page: Page) -> None:
    """It carries all that its template has, untouched, and leads back to it."""
    expect(page.get_by_test_id("from-template")).to_contain_text("из шаблона")
    expect(page.get_by_test_id("card-title")).to_have_value(TITLE)
    expect(page.get_by_test_id("checklist-progress")).to_have_text("0/2")
    expect(page.get_by_test_id("readers-progress")).to_have_text("0/1")
    expect(page.get_by_test_id("reading-call")).to_be_visible()
    files = steps.card(page).get_by_role("region", name="Файлы").get_by_test_id("file")
    expect(files).to_contain_text("Схема.txt")
    looks.in_both_themes(page, "periodic-task")
    page.get_by_test_id("from-template").click()
    expect(page.get_by_test_id("completion")).to_be_visible()


@pytest.mark.journey
@pytest.mark.row("PT-04", "PT-05")
def test_a_plan_is_changed_paused_and_removed_on_a_telephone(
    office: steps.Office, person_at: Callable[..., Page]
) -> None:
    body = {"title": "Сверка кассы", "assignees": [steps.person_id(office.colleague)]}
    template = steps.said(office.owner.call("POST", "task-templates/", body), 201)
    phone = person_at(office.owner, **PHONE)
    phone.goto(office.url("/tasks/templates"))
    expect(steps.row(phone, "Сверка кассы")).to_contain_text("вручную")
    steps.expect_no_sideways_scroll(phone, "templates")
    looks.in_both_themes(phone, "periodic-list-phone")
    steps.row(phone, "Сверка кассы").tap()
    expect(phone).to_have_url(office.url(f"/tasks/templates/{template['id']}"))
    phone.get_by_test_id("plan-set").tap()
    choose_days(phone, {0, 1, 2, 3, 4})
    expect(dates(phone)).to_have_count(10)
    steps.expect_no_sideways_scroll(phone, "the editor of a plan")
    looks.in_both_themes(phone, "periodic-plan-phone")
    save(phone)
    expect(section(phone)).to_have_attribute("data-state", "on")
    steps.expect_no_sideways_scroll(phone, "a template")
    looks.in_both_themes(phone, "periodic-card-phone")
    phone.get_by_test_id("plan-pause").tap()
    expect(section(phone)).to_have_attribute("data-state", "paused")
    phone.get_by_test_id("plan-resume").tap()
    expect(section(phone)).to_have_attribute("data-state", "on")
    phone.get_by_test_id("plan-more").tap()
    phone.get_by_role("menuitem", name="Убрать расписание").tap()
    expect(section(phone)).to_have_attribute("data-state", "none")
    steps.toast(phone, "Расписание убрано").get_by_role("button", name="Вернуть").tap()
    expect(section(phone)).to_have_attribute("data-state", "on")


@pytest.mark.journey
@pytest.mark.row("PT-08", "PT-10")
def test_a_task_is_made_to_come_round(office: steps.Office, person_at: Callable[..., Page]) -> None:
    task = office.task("Проверить огнетушители")
    points = {"points": [{"text": "Давление в норме"}]}
    steps.said(office.owner.call("POST", f"tasks/{task['id']}/checklist/", points), 201)
    owner = person_at(office.owner)
    steps.visit_card(owner, office, task)
    steps.card(owner).get_by_role("button", name="Ещё", exact=True).click()
    owner.get_by_role("menuitem", name="Повторять").click()
    expect(dates(owner)).to_have_count(10)
    choose(owner, "years")
    expect(words(owner)).to_contain_text("Каждый год")
    save(owner)
    expect(section(owner)).to_have_attribute("data-state", "on")
    expect(owner.get_by_test_id("card-title")).to_have_value("Проверить огнетушители")
    expect(owner.get_by_test_id("checklist-progress")).to_have_text("1")
    owner.get_by_test_id("template-give").click()
    expect(owner.get_by_test_id("occurrence")).to_have_count(1)
    owner.get_by_test_id("card-close").click()
    row = steps.row(owner, "Проверить огнетушители")
    expect(row).to_contain_text("Каждый год")
    owner.get_by_test_id("list-search").fill("абракадабра")
    expect(steps.heading(owner, "Ничего не нашлось")).to_be_visible()
    owner.get_by_test_id("list-search").fill("огнетуш")
    expect(row).to_be_visible()
    looks.in_both_themes(owner, "periodic-list")
    owner.keyboard.press("Control+k")
    owner.get_by_test_id("palette-input").fill("огнетушители")
    expect(owner.get_by_role("option").filter(has_text="Ш-").first).to_be_visible()
