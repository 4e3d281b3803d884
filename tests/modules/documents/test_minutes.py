"""Minutes: lines that are typed while people talk, and become tasks when the director has approved them."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from core.access.loading import system_actor
from core.context import company_scope
from core.notifications.models import Delivery
from core.organization.models import Employee
from core.privacy.gathering import tables_about
from core.registry import registry
from core.routes.rules import Outcome
from core.templates.variables import scope_of_card
from modules.documents.actions.routing import route_ended
from modules.documents.models import Document, MinutesLine
from modules.tasks.models import Task
from tenants.snapshots import find
from tests.modules.documents.test_routes import ok, say, state

pytestmark = pytest.mark.row("MP-02", "MP-03", "MP-04", "MP-05")


@pytest.fixture
def unrouted(owner):
    """Minutes of this company are agreed upon by their registration."""
    ok(owner.client.patch("document-types/minutes/", {"needs_route": False}))


@pytest.fixture
def worker(company, person):
    return person(company, name="Сметов Лев")


@pytest.fixture
def minutes(write, cast, worker):
    """`minutes("Смета", "Акт")` are minutes with such assignments to the worker; their card."""

    def make(*texts, **more):
        card = write("Планёрка", card_type="minutes", **more)
        for text in texts:
            line(cast.author, card, text=text, assignee=worker.id)
        return card

    return make


def line(who, card, status=201, **told):
    return ok(who.client.post(f"documents/{card['id']}/lines/", told), status)


def lines(who, card):
    return ok(who.client.get(f"documents/{card['id']}/lines/"))


def texts(who, card):
    return [one["text"] for one in lines(who, card)["results"]]


def change(who, card, one, status=200, **told):
    return ok(who.client.patch(f"documents/{card['id']}/lines/{one['id']}/", told), status)


def remove(who, card, one, status=204):
    return ok(who.client.delete(f"documents/{card['id']}/lines/{one['id']}/"), status)


def approve(owner, card, **more):
    say(owner, card, **more)


def tasks_of(who):
    return [row["title"] for row in ok(who.client.get("tasks/", ordering="created_at"))["results"]]


def test_a_line_is_read_as_it_was_said(minutes, cast, worker):
    card = minutes()
    told = line(cast.author, card, said="Подготовить смету — Сметову — 25.11.2030 18:00")
    assert (told["text"], told["sort"], told["assignee"]["id"]) == ("Подготовить смету", "task", worker.id)
    assert told["due_at"].startswith("2030-11-25T15:00")
    decided = line(cast.author, card, said="Решили: переносим запуск — на декабрь")
    assert (decided["sort"], decided["text"], decided["assignee"]) == (
        "decision",
        "Переносим запуск — на декабрь",
        None,
    )
    assert line(cast.author, card, said="идея: общий склад")["sort"] == "idea"
    whole = line(cast.author, card, said="Сметову до 25.11.2030 купить кабель")
    assert (whole["text"], whole["assignee"]["id"]) == ("Купить кабель", worker.id)
    nobody = line(cast.author, card, said="Позвонить в банк — Неизвестному")
    assert (nobody["text"], nobody["assignee"]) == ("Позвонить в банк — Неизвестному", None)
    line(cast.author, card, status=422, said="  ")


def test_lines_are_moved_removed_and_put_back_and_nothing_is_lost(minutes, cast, worker):
    card = minutes("Раз", "Два", "Три")
    first, _, third = lines(cast.author, card)["results"]
    change(cast.author, card, third, after=first["id"])
    assert texts(cast.author, card) == ["Раз", "Три", "Два"]
    change(cast.author, card, third, after=None)
    assert texts(cast.author, card) == ["Три", "Раз", "Два"]
    remove(cast.author, card, first)
    shown = lines(cast.author, card)["results"]
    assert [(one["text"], one["removed"] is None) for one in shown] == [("Три", True), ("Два", True), ("Раз", False)]
    assert shown[-1]["removed"]["by"]["id"] == cast.author.id
    assert change(cast.author, card, first, status=409, text="Иначе")["type"] == "/problems/line-is-removed"
    ok(cast.author.client.post(f"documents/{card['id']}/lines/{first['id']}/restore/"))
    assert texts(cast.author, card) == ["Три", "Раз", "Два"]
    stale = change(cast.author, card, third, status=412, text="Поздно", version=99)
    assert stale["current"]["text"] == "Три"
    told = ok(cast.author.client.get(f"documents/{card['id']}/history/", limit=50))["results"]
    changed = [one for fact in told for one in fact["changes"] if one["field"] == "line"]
    assert {(one["old"], one["new"]) for one in changed} >= {
        (None, "Раз — Сметов Л."), ("Раз — Сметов Л.", None),
    }  # fmt: skip


def test_nobody_who_is_named_knows_anything_until_the_director_has_approved(
    minutes, cast, worker, owner, press, company
):
    card = minutes("Подготовить смету", "Подписать акт", signatory=cast.chief.id)
    line(cast.author, card, text="Переносим запуск", sort="decision")
    ok(press(cast.author, card, "send"))
    assert tasks_of(worker) == []
    assert worker.client.get(f"documents/{card['id']}/").status_code == 404
    assert worker.client.get("search/", q="смету").json()["results"] == []
    with company_scope(company):
        assert not Delivery.objects.filter(principal=worker.principal).exists()
        assert not Task.objects.exists()

    approve(owner, card)
    assert state(cast.author, card) == "approved"
    assert tasks_of(worker) == ["Подготовить смету", "Подписать акт"]
    shown = lines(cast.author, card)["results"]
    assert [one["has_started"] for one in shown] == [True, True, False]
    (first, _) = ok(worker.client.get("tasks/", ordering="created_at"))["results"]
    assert (first["number"], first["initiator"]["id"]) == ("З-1", cast.chief.id), "whoever signs gives"
    (tied,) = ok(owner.client.get(f"tasks/{first['id']}/links/"))["results"]
    assert tied["card"]["ref"] == f"documents.document/{card['id']}"
    ok(press(cast.author, card, "register"))
    assert len(tasks_of(worker)) == 2, "nothing is given twice"
    assert ok(cast.author.client.get(f"documents/{card['id']}/"))["is_as_registered"] is True
    started = lines(cast.author, card)["results"][0]
    assert change(cast.author, card, started, status=409, text="Иначе")["type"] == "/problems/document-is-settled"


def test_one_notice_for_each_task_and_none_more(minutes, cast, worker, owner, press, company, deliver):
    card = minutes("Смета", "Акт", "Справка")
    ok(press(cast.author, card, "send"))
    approve(owner, card)
    deliver()
    with company_scope(company):
        told = Delivery.objects.filter(principal=worker.principal, channel="bell")
        assert told.count() == 3
        assert {one.entity_id for one in told} == set(Task.objects.values_list("pk", flat=True))


@pytest.mark.parametrize("verdict", ["return", "reject"])
def test_minutes_that_were_returned_stay_words_and_what_has_changed_starts_after_the_second_approval(
    minutes, cast, worker, owner, press, verdict
):
    card = minutes("Смета", "Лишнее")
    ok(press(cast.author, card, "send"))
    say(owner, card, verdict, "Лишнее убрать")
    assert tasks_of(worker) == []
    first, spare = lines(cast.author, card)["results"]
    remove(cast.author, card, spare)
    change(cast.author, card, first, text="Смета по кабелю")
    line(cast.author, card, text="Новая", assignee=worker.id)
    if verdict == "return":
        say(cast.author, card, "done")
    else:
        assert state(cast.author, card) == "draft"
        ok(press(cast.author, card, "send"))
    assert tasks_of(worker) == []
    approve(owner, card)
    assert tasks_of(worker) == ["Смета по кабелю", "Новая"]
    assert [one["text"] for one in lines(cast.author, card)["results"] if one["removed"]] == ["Лишнее"]


def test_what_was_started_is_not_started_again(minutes, cast, worker, owner, press):
    card = minutes("Смета")
    ok(press(cast.author, card, "send"))
    approve(owner, card)
    ok(press(cast.author, card, "back", text="Дополнить"))
    (first,) = lines(cast.author, card)["results"]
    assert change(cast.author, card, first, status=409, text="Иначе")["type"] == "/problems/line-has-started"
    assert remove(cast.author, card, first, status=409)["type"] == "/problems/line-has-started"
    line(cast.author, card, text="Акт", assignee=worker.id)
    ok(press(cast.author, card, "send"))
    approve(owner, card)
    assert tasks_of(worker) == ["Смета", "Акт"]


def test_an_edit_on_the_route_is_shown_and_an_old_sight_is_refused(minutes, cast, worker, owner, press):
    card = minutes("Смета")
    ok(press(cast.author, card, "send"))
    seen = ok(owner.client.get(f"cards/{card['id']}/route/"))
    line(cast.author, card, text="Подписать договор", assignee=worker.id)
    (mine,) = seen["run"]["mine"]
    body = {"verdict": "approve", "seen": seen["content"], "text": ""}
    assert owner.client.post(f"route-steps/{mine['step']}/decide/", body).status_code in (409, 412)
    assert tasks_of(worker) == []
    approve(owner, card)
    assert tasks_of(worker) == ["Смета", "Подписать договор"]


def test_minutes_are_sent_when_each_task_has_its_doer(minutes, cast, worker, press):
    card = minutes("Смета")
    line(cast.author, card, text="Кто-нибудь сделает")
    refused = press(cast.author, card, "send")
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["detail"].startswith("Строка 2: укажите, кому")
    (one,) = [row for row in lines(cast.author, card)["results"] if row["assignee"] is None]
    change(cast.author, card, one, sort="decision")
    ok(press(cast.author, card, "send"))


def test_without_tasks_minutes_are_words_and_the_refusal_says_so(minutes, cast, owner, press):
    card = minutes("Смета")
    ok(owner.client.patch("modules/tasks/", {"enabled": False}))
    refused = press(cast.author, card, "send")
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/nobody-makes-work")


def test_where_hours_end_the_route_and_nobody_gives_work_registration_gives_it(
    minutes, cast, worker, owner, press, company
):
    card = minutes("Смета")
    ok(press(cast.author, card, "send"))
    ok(owner.client.patch("modules/tasks/", {"enabled": False}))
    with company_scope(find(schema=company.schema)):
        route_ended(Document.objects.get(pk=card["id"]), Outcome.APPROVED, by=system_actor())
    assert [one["has_started"] for one in lines(cast.author, card)["results"]] == [False]
    assert press(cast.author, card, "register").json()["type"] == "/problems/nobody-makes-work"
    ok(owner.client.patch("modules/tasks/", {"enabled": True}))
    ok(press(cast.author, card, "register"))
    assert tasks_of(worker) == ["Смета"]


def test_whoever_is_gone_leaves_his_line_to_the_giver(minutes, cast, worker, owner, press):
    card = minutes("Смета", signatory=cast.chief.id)
    ok(press(cast.author, card, "send"))
    ok(owner.client.post(f"employees/{worker.id}/block/", {}), 200)
    approve(owner, card)
    assert "Смета" in tasks_of(cast.chief)


def test_nobody_registers_minutes_past_the_director(minutes, cast, worker, press):
    card = minutes("Смета")
    assert press(cast.author, card, "register").json()["type"] == "/problems/route-needed"
    assert tasks_of(worker) == []


@pytest.mark.usefixtures("unrouted")
def test_where_no_route_is_asked_for_the_number_starts_them(minutes, cast, worker, press):
    card = minutes("Смета")
    ok(press(cast.author, card, "register"))
    assert tasks_of(worker) == ["Смета"]


def test_other_documents_have_no_lines_and_the_company_says_which_have(write, cast, owner):
    card = write("Письмо")
    assert lines(cast.author, card)["has_lines"] is False
    assert line(cast.author, card, status=409, text="Строка")["type"] == "/problems/no-lines-here"
    ok(owner.client.patch("document-types/own/", {"has_lines": True}))
    line(cast.author, card, text="Строка")


@pytest.mark.usefixtures("unrouted")
def test_an_idea_becomes_a_task_once_the_minutes_are_agreed_upon(minutes, cast, worker, owner, press):
    card = minutes()
    idea = line(cast.author, card, text="Общий склад", sort="idea")
    path = f"documents/{card['id']}/lines/{idea['id']}/give/"
    assert cast.author.client.post(path, {"assignee": worker.id}).json()["type"] == "/problems/not-for-giving"
    ok(press(cast.author, card, "register"))
    given = ok(cast.author.client.post(path, {"assignee": worker.id}))
    assert given["has_started"] and given["task"]["title"] == "Общий склад"
    assert given["assignee"]["id"] == worker.id, "whose work it is now"
    assert cast.author.client.post(path, {"assignee": worker.id}).json()["type"] == "/problems/not-for-giving"
    assert ok(cast.author.client.get(f"documents/{card['id']}/"))["is_as_registered"] is True


@pytest.mark.usefixtures("unrouted")
def test_the_next_meeting_opens_with_how_the_former_assignments_stand(minutes, cast, worker, owner, press):
    card = minutes("Смета", "Акт", signatory=owner.id, addressee=owner.id)
    ok(press(cast.author, card, "register"))
    done, _ = ok(worker.client.get("tasks/", ordering="created_at"))["results"]
    for deed, who in (("start", worker), ("submit", worker), ("close", owner)):
        ok(who.client.post(f"tasks/{done['id']}/do/{deed}/", {}))
    made = ok(owner.client.post(f"documents/{card['id']}/next/"), 201)
    following = ok(owner.client.get(f"documents/{made['id']}/"))
    assert (following["type"]["code"], following["signatory"]["id"], following["status"]) == (
        "minutes", owner.id, "draft",
    )  # fmt: skip
    told = ok(owner.client.get(f"documents/{made['id']}/former-lines/"))
    assert [(one["line"]["text"], one["state"]) for one in told["results"]] == [("Акт", "open"), ("Смета", "done")]
    assert (told["total"], told["undone"]) == (2, 1)
    around = lines(owner, following)
    assert around["former"]["ref"] == f"documents.document/{card['id']}"
    assert [one["ref"] for one in lines(owner, card)["following"]] == [f"documents.document/{made['id']}"]
    # In the meeting after the next only what is still open comes up again.
    ok(press(owner, following, "register"))
    last = ok(owner.client.post(f"documents/{made['id']}/next/"), 201)
    told = ok(owner.client.get(f"documents/{last['id']}/former-lines/"))
    assert [one["line"]["text"] for one in told["results"]] == ["Акт"]


def test_assignments_of_confidential_minutes_are_as_closed(minutes, cast, worker, owner, press):
    card = minutes("Тайная смета", secrecy="confidential")
    ok(press(cast.author, card, "send"))
    approve(owner, card)
    assert tasks_of(worker) == ["Тайная смета"]
    assert tasks_of(owner) == [], "an owner is no participant"


@pytest.mark.usefixtures("unrouted")
def test_former_lines_are_of_minutes_that_the_reader_sees(minutes, cast, worker, owner, press):
    card = minutes("Смета", secrecy="confidential")
    ok(press(cast.author, card, "register"))
    made = ok(cast.author.client.post(f"documents/{card['id']}/next/"), 201)
    ok(cast.author.client.put(f"documents/{made['id']}/secrecy/", {"secrecy": ""}))
    ok(cast.author.client.put(f"documents/{made['id']}/watchers/", {"watchers": [cast.stranger.id]}))
    ok(press(cast.author, made, "register"))
    assert ok(cast.stranger.client.get(f"documents/{made['id']}/former-lines/"))["results"] == []
    assert lines(cast.stranger, made)["former"] is None


@pytest.mark.usefixtures("unrouted")
def test_whom_the_content_is_hidden_from_reads_no_lines(minutes, cast, owner, press, person, company):
    card = minutes("Тайная смета")
    line(cast.author, card, text="Тайная смета решена", sort="decision")
    ok(press(cast.author, card, "register"))
    grants = [{"permission": "documents.view", "scope": "all"}]
    role = ok(owner.client.post("roles/", {"title": "Архивариус", "grants": grants}), 201)["code"]
    limits = {"limits": [{"kind": "documents.document", "field": "content", "level": "hidden"}]}
    ok(owner.client.put(f"roles/{role}/fields/", limits))
    archivist = person(company, name="Архивов Пётр", role=role)
    told = lines(archivist, card)
    assert (told["results"], told["can"]["write"]) == ([], False)
    history = archivist.client.get(f"documents/{card['id']}/history/").content.decode()
    assert "Тайная смета" not in history
    with company_scope(company):
        employee = Employee.objects.get(pk=cast.author.id)
        told = {table: list(rows) for table, rows in tables_about(employee, by=archivist.actor())}
        kind = registry.kind_of(Document.KIND)
        document = Document.objects.get(pk=card["id"])
        open_print, shut_print = (str(scope_of_card(document, kind, who.actor())) for who in (cast.author, archivist))
    assert len(told["documents_minutesline"]) == 1 and "Тайная смета" not in str(told)
    assert "Тайная смета" in open_print and "Тайная смета" not in shut_print


def test_two_hundred_lines_and_no_more(minutes, cast, company):
    card = minutes()
    with company_scope(company):
        author = Document.objects.get(pk=card["id"]).author_id
        MinutesLine.objects.bulk_create(
            MinutesLine(document_id=card["id"], place=place, text=f"Строка {place}", author_id=author)
            for place in range(1, 201)
        )
    assert line(cast.author, card, status=409, text="Ещё")["type"] == "/problems/too-many-lines"
    assert len(texts(cast.author, card)) == 200


def test_a_stranger_reaches_no_line(minutes, cast, worker, other_company, owner_of=None):
    card = minutes("Смета")
    (one,) = lines(cast.author, card)["results"]
    path = f"documents/{card['id']}/lines/"
    for who in (cast.stranger, worker):
        assert who.client.get(path).status_code == 404
        assert who.client.patch(f"{path}{one['id']}/", {"text": "Чужое"}).status_code == 404
    other = minutes("Акт")
    (foreign,) = lines(cast.author, other)["results"]
    assert cast.author.client.patch(f"{path}{foreign['id']}/", {"text": "Чужое"}).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_two_approvals_at_once_start_once(committed, company, minutes, cast, worker, owner, press):
    card = minutes("Смета", "Акт")
    ok(press(cast.author, card, "send"))
    told = ok(owner.client.get(f"cards/{card['id']}/route/"))
    (mine,) = told["run"]["mine"]
    body = {"verdict": "approve", "seen": told["content"], "text": ""}

    def decide(_):
        return owner.client.post(f"route-steps/{mine['step']}/decide/", body).status_code

    with ThreadPoolExecutor(2) as pool:
        statuses = sorted(pool.map(decide, range(2)))
    assert statuses[0] == 200 and len(tasks_of(worker)) == 2, statuses
