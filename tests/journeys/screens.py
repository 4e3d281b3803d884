"""Every screen of the product and how one comes to it."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from . import steps

Show = Callable[[Page, steps.Office], None]


@dataclass(frozen=True)
class Screen:
    """A screen and the way to it, from anywhere."""

    name: str
    show: Show


def _public(page: Page, office: steps.Office) -> None:
    page.goto(office.product.url())
    expect(page.get_by_test_id("signup-submit")).to_be_visible()


def _find(page: Page, office: steps.Office) -> None:
    page.goto(office.product.url() + "/find")
    expect(page.get_by_test_id("find-submit")).to_be_visible()


def _paper(path: str, title: str) -> Show:
    def show(page: Page, office: steps.Office) -> None:
        page.goto(office.product.url() + path)
        expect(steps.heading(page, title).first).to_be_visible()
        expect(page.get_by_role("note")).to_be_visible()

    return show


def _code(page: Page, office: steps.Office) -> None:
    page.goto(office.product.url())
    slug = steps.fresh_slug("kod")
    steps.fill_sign_up(page, email=f"owner@{slug}.example", company="Код", slug=slug)
    steps.submit_sign_up(page)


def _unknown(page: Page, office: steps.Office) -> None:
    page.goto(office.product.url("net-takoy"))
    expect(steps.heading(page, "Такой компании нет")).to_be_visible()


def _go(page: Page, office: steps.Office, path: str = "/") -> None:
    """Come to an address of the company: within the open app, unless something lies over it, or from outside."""
    inside = page.url.startswith(office.url()) and page.get_by_test_id("user-menu").count()
    if inside and not page.locator("[role=dialog], [role=menu], [role=listbox]").count():
        page.evaluate("path => history.pushState(null, '', path)", path)
    else:
        page.goto(office.url(path))


def _at(path: str, ready: str) -> Show:
    """Go to an address of the company and wait for what stands there."""

    def show(page: Page, office: steps.Office) -> None:
        _go(page, office, path)
        expect(page.locator(ready).first).to_be_visible()

    return show


def _headed(path: str, title: str) -> Show:
    def show(page: Page, office: steps.Office) -> None:
        _go(page, office, path)
        expect(steps.heading(page, title).first).to_be_visible()

    return show


def _card(page: Page, office: steps.Office) -> None:
    _go(page, office, "/tasks?tab=given")
    steps.row(page, "Проверить щит").click()
    expect(page.get_by_test_id("comment")).to_have_count(2)


def _history(page: Page, office: steps.Office) -> None:
    _card(page, office)
    steps.show_stream(page)
    steps.stream_tab(page, "История")
    expect(page.get_by_test_id("comment")).to_have_count(0)


def _composer(page: Page, office: steps.Office) -> None:
    _go(page, office)
    page.get_by_test_id("create-task").click()
    page.get_by_test_id("composer-due").fill("завтра")
    for button in ("submit", "draft"):
        expect(page.get_by_test_id(f"composer-{button}")).to_be_in_viewport(ratio=1)


def _palette(page: Page, office: steps.Office) -> None:
    _go(page, office)
    expect(page.get_by_test_id("user-menu")).to_be_visible()
    page.keyboard.press("Control+k")
    page.get_by_test_id("palette-input").fill("щит")
    expect(page.get_by_role("option", name="Проверить щит")).to_be_visible()


def _search(page: Page, office: steps.Office) -> None:
    _go(page, office, "/search?q=щит")
    expect(page.get_by_test_id("search-hit").first).to_contain_text("щит")


def _keys(page: Page, office: steps.Office) -> None:
    _go(page, office)
    expect(page.get_by_test_id("user-menu")).to_be_visible()
    page.keyboard.press("Shift+?")
    expect(steps.heading(page, "Клавиши")).to_be_visible()
    expect(page.locator(".keys .kbd").first).to_be_visible()


def _help(page: Page, office: steps.Office) -> None:
    _go(page, office)
    expect(page.get_by_test_id("user-menu")).to_be_visible()
    page.keyboard.press("Control+k")
    page.get_by_test_id("palette-input").fill("помощь")
    page.get_by_role("option", name="Помощь").first.click()
    expect(page.get_by_test_id("help-write")).to_be_visible()


def _menu(page: Page, office: steps.Office) -> None:
    _go(page, office)
    page.get_by_test_id("user-menu").click()
    expect(page.get_by_role("menuitem", name="Выйти")).to_be_visible()


def _employee(page: Page, office: steps.Office) -> None:
    _go(page, office, f"/settings/people/{steps.person_id(office.colleague)}")
    expect(page.get_by_test_id("employee-save")).to_be_visible()


def _designer(page: Page, office: steps.Office) -> None:
    _go(page, office, "/settings/routes")
    page.get_by_test_id("route-row").filter(has_text="Визирование").get_by_role("link").click()
    expect(page.get_by_test_id("canvas-stage").or_(page.get_by_test_id("stage-row")).first).to_be_visible()


def _dismissal(page: Page, office: steps.Office) -> None:
    _go(page, office, f"/settings/people/{steps.person_id(office.colleague)}")
    page.get_by_test_id("employee-dismiss").click()
    expect(page.get_by_test_id("dismiss-held")).to_be_visible()


def _timeline(page: Page, office: steps.Office) -> None:
    """A window of the past: its bars are in sight without looking for them."""
    _go(page, office, "/tasks?tab=given&display=timeline&day=2026-01-15")
    expect(page.get_by_test_id("timeline-row")).not_to_have_count(0)
    expect(page.get_by_test_id("timeline-bar").first).to_be_in_viewport()


def _heir(page: Page, office: steps.Office) -> None:
    _dismissal(page, office)
    page.get_by_test_id("dismiss-next").click()
    page.get_by_test_id("dismiss-heir").click()
    page.get_by_test_id(f"person-{steps.person_id(office.owner)}").click()


def _heirs(page: Page, office: steps.Office) -> None:
    _heir(page, office)
    page.get_by_test_id("dismiss-apart").click()
    expect(page.get_by_test_id("dismiss-heir-tasks.todo")).to_be_visible()


def _dismissal_summary(page: Page, office: steps.Office) -> None:
    _heir(page, office)
    page.get_by_test_id("dismiss-next").click()
    expect(page.get_by_test_id("dismiss-summary")).to_be_visible()


def _dismissed(page: Page, office: steps.Office) -> None:
    """Somebody who has been dismissed already: his card and what became of his things."""
    gone = steps.said(office.owner.call("GET", "employees/?is_active=false"))["results"][0]
    _go(page, office, f"/settings/people/{gone['id']}")
    expect(page.get_by_test_id("dismiss-note")).to_contain_text("Дела переданы")


def _handed_over(page: Page, office: steps.Office) -> None:
    _dismissed(page, office)
    page.get_by_test_id("employee-dismiss").click()
    expect(page.get_by_test_id("dismiss-outcome")).to_be_visible()


def _reserve(page: Page, office: steps.Office) -> None:
    _go(page, office, "/settings/numbering")
    page.get_by_test_id("reserve").click()
    page.get_by_test_id("reserve-until").fill("завтра")
    page.get_by_test_id("reserve-past").fill("21.11")
    expect(page.get_by_test_id("reserve-submit")).to_be_visible()


def _invite(page: Page, office: steps.Office) -> None:
    _go(page, office, "/settings/people?invite=1")
    expect(page.get_by_test_id("invite-emails")).to_be_visible()


def _plan(page: Page, office: steps.Office) -> None:
    _go(page, office, "/tasks/templates")
    steps.row(page, "Обход котельной").click()
    page.get_by_test_id("plan-change").click()
    expect(page.get_by_test_id("plan-form").get_by_test_id("plan-date")).to_have_count(10)


def _template(page: Page, office: steps.Office) -> None:
    _go(page, office, "/tasks/templates")
    steps.row(page, "Обход котельной").click()
    expect(page.get_by_test_id("occurrence")).to_have_count(1)


def _new_template(page: Page, office: steps.Office) -> None:
    _go(page, office, "/tasks/templates")
    page.get_by_test_id("template-create").click()
    page.get_by_test_id("template-due").fill("2 дня")
    expect(page.get_by_test_id("template-submit")).to_be_visible()


AT_THE_DOOR = (
    Screen("public", _public),
    Screen("find", _find),
    Screen("terms", _paper("/terms", "Условия использования")),
    Screen("privacy", _paper("/privacy", "Обработка персональных данных")),
    Screen("sign-up-code", _code),
    Screen("unknown-company", _unknown),
    Screen("sign-in", _at("/", "[data-testid=signin-submit]")),
    Screen("forgot", _at("/forgot", "[data-testid=forgot-submit]")),
    Screen("reset", _at("/reset?token=x", "[data-testid=reset-submit]")),
    Screen("invitation-spent", _headed("/invite?token=x", "Приглашение не действует")),
)
AT_WORK = (
    Screen("home", _headed("/", "Мой день")),
    Screen("waiting", _headed("/waiting", "Ждёт меня")),
    Screen("assignments", _at("/tasks/assignments", "[data-testid=assignments-row]")),
    Screen("templates", _at("/tasks/templates", "[data-testid=task-row]")),
    Screen("template", _template),
    Screen("template-plan", _plan),
    Screen("template-new", _new_template),
    Screen("list", _at("/tasks?tab=given", "[data-testid=task-row]")),
    Screen("board", _at("/tasks?tab=given&display=board", "[data-testid=board-card]")),
    Screen("calendar", _at("/tasks?tab=given&display=calendar&day=2026-01-15", "[data-testid=calendar]")),
    Screen(
        "calendar-week", _at("/tasks?tab=given&display=calendar&day=2026-01-15&scale=week", "[data-testid=calendar]")
    ),
    Screen("timeline", _timeline),
    Screen("workload", _at("/tasks/workload", "[data-testid=workload-row]")),
    Screen("list-empty", _headed("/tasks?tab=watching", "Вы ни за чем не наблюдаете")),
    Screen("list-nothing-found", _headed("/tasks?search=абракадабра", "Ничего не нашлось")),
    Screen("card", _card),
    Screen("card-history", _history),
    Screen("card-gone", _headed("/tasks/999999", "Карточки нет или она вам не видна")),
    Screen("composer", _composer),
    Screen("palette", _palette),
    Screen("search", _search),
    Screen("search-empty", _headed("/search", "Найдите любую карточку")),
    Screen("search-nothing", _headed("/search?q=абракадабра", "Ничего не нашли")),
    Screen("keys", _keys),
    Screen("help", _help),
    Screen("appeals", _headed("/help", "Обращения в поддержку")),
    Screen("menu", _menu),
    Screen("not-found", _headed("/nigde", "Такой страницы нет")),
    Screen("settings", _at("/settings", "[data-testid=settings-company]")),
    Screen("settings-company", _at("/settings/company", "[data-testid=company-save]")),
    Screen("settings-people", _at("/settings/people", "[data-testid=employee-row]")),
    Screen("settings-employee", _employee),
    Screen("settings-dismissal", _dismissal),
    Screen("settings-dismissal-whom", _heirs),
    Screen("settings-dismissal-summary", _dismissal_summary),
    Screen("settings-dismissed", _dismissed),
    Screen("settings-dismissal-outcome", _handed_over),
    Screen("settings-invite", _invite),
    Screen("settings-numbering", _at("/settings/numbering", "[data-testid=numbering-upcoming]")),
    Screen("settings-numbering-reserve", _reserve),
    Screen("settings-language", _at("/settings/language", "[data-testid=morpher-key]")),
    Screen("settings-prints", _at("/settings/prints", "[data-testid=facsimile-mine]")),
    Screen("settings-departments", _at("/settings/departments", "[data-testid=department-row]")),
    Screen("settings-routes", _at("/settings/routes", "[data-testid=route-row]")),
    Screen("settings-route-designer", _designer),
    Screen("settings-roles", _at("/settings/roles", "[data-testid=role-add]")),
    Screen("settings-modules", _at("/settings/modules", "[data-testid=module-toggle-tasks]")),
    Screen("settings-billing", _at("/settings/billing", "[data-testid=plan-basic]")),
    Screen("settings-options", _at("/settings/options", "[data-testid='option-tasks.due_days']")),
    Screen("settings-notifications", _at("/settings/notifications", "[data-testid='kind-tasks.given']")),
    Screen("settings-integrations", _at("/settings/integrations", "[data-testid=check-sms]")),
    Screen("notices", _headed("/notices", "Уведомления")),
    Screen("settings-security", _at("/settings/security", "[data-testid=session-row]")),
    Screen("settings-imports", _at("/settings/imports", "[data-testid=import-choose]")),
    Screen("settings-data", _at("/settings/data", "[data-testid=erasure-ask]")),
    Screen("settings-reads", _at("/settings/reads", "[data-testid=reads-kind]")),
    Screen("settings-trash", _at("/settings/trash", "text=Ошибочная задача")),
)
