"""The tools of lists, of work and of settings on a telephone: the same deeds as at a desk, within 390 pixels."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from infra.launch.product import Product

from . import steps
from .looks import picture
from .steps import PHONE


@pytest.fixture(scope="module")
def office(product: Product) -> steps.Office:
    """A company of its own: lists here are counted."""
    return steps.open_office(product, "doroga")


def no_sideways(page: Page, where: str) -> None:
    steps.expect_no_sideways_scroll(page, where)


@pytest.mark.journey
@pytest.mark.row("PL-10")
def test_many_rows_are_chosen_grouped_laid_out_and_taken_away(
    office: steps.Office, person_at: Callable[..., Page]
) -> None:
    due = (datetime.now(UTC) + timedelta(days=5)).isoformat()
    base, walls = office.task("Фундамент", due_at=due, estimate=90), office.task("Стены", due_at=due)
    tie = {"ref": base["ref"], "relation": "depends_on"}
    steps.said(office.owner.call("POST", f"tasks/{walls['id']}/links/", tie), 201)
    phone = person_at(office.owner, **PHONE)
    phone.goto(office.url("/tasks?tab=given"))
    rows = phone.get_by_test_id("task-row")
    expect(rows).to_have_count(2)

    # A long press chooses, a press then chooses the next; what was done to many is taken back.
    rows.first.dispatch_event("contextmenu")
    expect(phone.get_by_test_id("choose-off")).to_be_visible()
    rows.nth(1).tap()
    expect(phone.get_by_role("toolbar", name="Выбрано")).to_contain_text("2")
    no_sideways(phone, "choosing")
    picture(phone, "road-choosing")
    phone.get_by_test_id("bulk-priority").tap()
    phone.get_by_role("menuitem", name="Срочная").or_(phone.get_by_role("menuitem", name="срочная")).first.tap()
    done = steps.toast(phone, "Готово: 2")
    expect(done).to_be_visible()
    expect(rows.filter(has_text="Срочно")).to_have_count(2)
    done.get_by_role("button", name="Вернуть").tap()
    expect(rows.filter(has_text="Срочно")).to_have_count(0)
    phone.get_by_test_id("choose-rows").tap()
    phone.get_by_test_id("choose-all").tap()
    expect(phone.get_by_role("toolbar", name="Выбрано")).to_contain_text("2")
    phone.get_by_test_id("choose-off").tap()
    expect(phone.get_by_role("toolbar", name="Выбрано")).to_have_count(0)

    phone.get_by_role("button", name="Группы").tap()
    phone.get_by_role("dialog").get_by_role("button", name="Важность").tap()
    expect(phone.get_by_test_id("list-group")).to_have_text(["Обычная2"])
    expect(phone.get_by_test_id("list-foot")).to_contain_text("План 1 ч 30 мин")
    picture(phone, "road-groups")

    phone.get_by_test_id("list-files").tap()
    phone.get_by_role("menuitem", name="Выгрузить в файл").tap()
    with phone.expect_download() as coming:
        phone.get_by_test_id("export-run").tap()
    assert coming.value.path().read_bytes().startswith(b"PK"), "the usual file is XLSX"
    phone.keyboard.press("Escape")

    phone.get_by_test_id("display-timeline").tap()
    expect(phone.get_by_test_id("timeline-row")).to_have_count(2)
    expect(phone.get_by_test_id("timeline-arrow")).to_have_count(1)
    no_sideways(phone, "diagram")
    picture(phone, "road-diagram")
    phone.get_by_test_id("timeline-row").filter(has_text="Стены").get_by_role("link").tap()
    expect(phone.get_by_test_id("card-title")).to_have_value("Стены")


@pytest.mark.journey
@pytest.mark.row("PL-10")
def test_many_people_are_chosen_and_what_was_done_is_taken_back(
    office: steps.Office, person_at: Callable[..., Page]
) -> None:
    names = ("Сидоров Семён Ильич", "Яковлев Яков Львович")
    for number, name in enumerate(names):
        office.product.colleague(office.slug, office.token, f"novyy{number}@{office.slug}.example", name)
    phone = person_at(office.owner, **PHONE)
    phone.goto(office.url("/settings/people"))
    rows, bar = phone.get_by_test_id("employee-row"), phone.get_by_role("toolbar", name="Выбрано")
    expect(rows).to_have_count(4)
    expect(phone.get_by_role("checkbox")).to_have_count(0)
    no_sideways(phone, "people")
    picture(phone, "road-people")

    # A long press chooses, a press on a name then chooses instead of opening the card.
    rows.filter(has_text=names[0]).dispatch_event("contextmenu")
    rows.filter(has_text=names[1]).get_by_role("link").tap()
    expect(bar).to_contain_text("2")
    expect(rows.get_by_role("checkbox", checked=True)).to_have_count(2)
    assert phone.url.endswith("/settings/people"), "the card has been opened"
    no_sideways(phone, "choosing people")
    picture(phone, "road-people-choosing")
    phone.get_by_test_id("bulk-block").tap()
    done = steps.toast(phone, "Готово: 2")
    expect(done).to_be_visible()
    expect(rows).to_have_count(2)
    expect(phone.get_by_role("checkbox")).to_have_count(0)
    done.get_by_role("button", name="Вернуть").tap()
    expect(rows).to_have_count(4)

    phone.get_by_test_id("choose-rows").tap()
    rows.first.get_by_role("checkbox").tap()
    expect(bar).to_contain_text("1")
    phone.get_by_test_id("choose-all").tap()
    expect(bar).to_contain_text("4")
    phone.get_by_test_id("choose-off").tap()
    expect(bar).to_have_count(0)
    rows.filter(has_text=names[0]).get_by_role("link").tap()
    expect(phone.get_by_test_id("employee-save")).to_be_visible()


@pytest.mark.journey
@pytest.mark.row("T-01", "T-15", "PL-12")
def test_work_is_given_by_a_line_divided_timed_and_reported(
    office: steps.Office, person_at: Callable[..., Page]
) -> None:
    phone = person_at(office.owner, **PHONE)
    phone.goto(office.url("/tasks?tab=given"))
    phone.get_by_test_id("create-task").first.tap()
    phone.get_by_test_id("composer-title").fill("Петрову послезавтра в 15:00 сдать котельную !важно")
    expect(phone.get_by_test_id("piece-person")).to_contain_text(steps.COLLEAGUE_SHORT)
    phone.get_by_test_id("composer-submit").tap()
    steps.row(phone, "сдать котельную").tap()
    expect(phone.get_by_test_id("card-due")).to_contain_text("15:00")
    phone.get_by_test_id("subtask-new").fill("Опрессовать трубы")
    phone.get_by_test_id("subtask-new").press("Enter")
    expect(phone.get_by_test_id("subtasks-progress")).to_have_text("0/1")
    no_sideways(phone, "parts")

    worker = person_at(office.colleague, **PHONE)
    worker.goto(phone.url)
    worker.get_by_test_id("card-timer").tap()
    expect(worker.get_by_test_id("card-timer")).to_have_attribute("aria-pressed", "true")
    worker.get_by_test_id("card-timer").tap()
    worker.get_by_test_id("card-spent").tap()
    worker.get_by_test_id("time-span").fill("1,5")
    worker.get_by_test_id("time-add").tap()
    expect(worker.get_by_test_id("time-entry")).to_contain_text("1 ч 30 мин")
    worker.keyboard.press("Escape")
    steps.act(worker, "start")
    steps.expect_status(worker, "in_work")
    steps.act(worker, "submit")
    steps.expect_status(worker, "in_review")

    phone.goto(office.url("/waiting"))
    line = phone.get_by_test_id("queue-line").filter(has_text="сдать котельную")
    no_sideways(phone, "queue")
    line.get_by_test_id("queue-action-close").tap()
    # The refusal names a way and offers it in place.
    steps.open_list(phone, "given")
    refusal = steps.toast(phone, "Не завершено подзадач: 1")
    refusal.get_by_role("button", name="Закрыть").first.tap()
    expect(steps.row(phone, "сдать котельную")).to_have_count(0)

    phone.get_by_test_id("to-assignments").tap()
    row = phone.get_by_test_id("assignments-row").filter(has_text=steps.COLLEAGUE_SHORT)
    row.get_by_test_id("assignments-unfold").tap()
    expect(phone.get_by_test_id("assigned-task").first).to_be_visible()
    no_sideways(phone, "assignments")
    phone.go_back()
    phone.get_by_test_id("to-workload").tap()
    expect(phone.get_by_test_id("workload-row").filter(has_text=steps.COLLEAGUE_SHORT)).to_be_visible()
    no_sideways(phone, "workload")


@pytest.mark.journey
@pytest.mark.row("I-03")
def test_an_administrator_sets_the_company_up(office: steps.Office, person_at: Callable[..., Page]) -> None:
    phone = person_at(office.owner, **PHONE)
    phone.goto(office.url("/settings/integrations"))
    section = phone.get_by_test_id("gateway-sms")
    section.get_by_test_id("check-sms").tap()
    expect(section.get_by_text("Отвечает")).to_be_visible()
    expect(section.get_by_role("heading", name="Обмен")).to_be_visible()
    no_sideways(phone, "integrations")
    picture(phone, "road-integrations")

    phone.goto(office.url("/settings/security"))
    phone.get_by_label("Для чего ключ").fill("Выгрузка в 1С")
    phone.get_by_test_id("token-password").fill(steps.OWNER_PASSWORD)
    phone.get_by_role("button", name="Создать ключ").tap()
    expect(phone.get_by_test_id("token-row").filter(has_text="Выгрузка в 1С")).to_be_visible()
    no_sideways(phone, "tokens")

    phone.goto(office.url("/settings/fields"))
    phone.get_by_role("radio", name="Статусы").tap()
    phone.get_by_test_id("statuses-begin").tap()
    phone.get_by_test_id("status-add").tap()
    phone.get_by_test_id("status-title").fill("Ждём материал")
    phone.get_by_test_id("status-save").tap()
    expect(phone.get_by_test_id("status-row").filter(has_text="Ждём материал")).to_be_visible()
    no_sideways(phone, "statuses")
    picture(phone, "road-statuses")
