"""What a company decides about its tasks, and what comes of it."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from core.context import company_scope
from core.options.queries import option
from modules.tasks.options import DUE_DAYS
from modules.tasks.rules import end_of_workday
from tenants.snapshots import find

MOSCOW = ZoneInfo("Europe/Moscow")


@pytest.fixture
def decide(owner):
    """`decide(report_required=True)`."""

    def make(**values):
        answer = owner.client.patch("options/", {"values": {f"tasks.{name}": told for name, told in values.items()}})
        assert answer.status_code == 200, answer.json()

    return make


def buttons(card):
    return {action["code"]: action["needs_text"] for action in card["actions"]}


class TestReport:
    @pytest.fixture
    def begun(self, give, cast, press):
        card = give()
        return press(cast.assignee, card, "start").json()

    def test_nothing_is_asked_by_itself(self, begun, cast, press):
        assert buttons(begun)["submit"] is False
        assert press(cast.assignee, begun, "submit").status_code == 200

    def test_without_one_the_task_is_not_handed_in(self, begun, cast, press, decide):
        decide(report_required=True)
        card = cast.assignee.client.get(f"tasks/{begun['id']}/").json()
        assert buttons(card)["submit"] is True
        assert [one["asks"] for one in card["actions"] if one["code"] == "submit"] == [
            "Напишите отчёт: что сделано и где результат"
        ]
        for text in ("", "  \n "):
            refused = press(cast.assignee, begun, "submit", text=text)
            assert refused.status_code == 422
            assert refused.json()["errors"] == [
                {"pointer": "/text", "detail": "Напишите отчёт: что сделано и где результат"}
            ]
        done = press(cast.assignee, begun, "submit", text="Договор подписан, скан в файлах")
        assert (done.status_code, done.json()["status"]) == (200, "in_review")
        said = cast.initiator.client.get(f"tasks/{begun['id']}/comments/").json()["results"]
        assert said[-1]["text"] == "Договор подписан, скан в файлах"

    def test_the_company_says_what_a_report_is(self, begun, cast, press, decide):
        decide(report_required=True, report_hint="Приложите акт")
        assert press(cast.assignee, begun, "submit").json()["errors"][0]["detail"] == "Приложите акт"
        decide(report_hint="")
        assert press(cast.assignee, begun, "submit").json()["errors"][0]["detail"] == "Напишите, что сделано"

    def test_every_door_knows_of_it(self, begun, cast, decide):
        decide(report_required=True)
        mine = cast.assignee.client
        yesterday = (timezone.now() - timedelta(days=1)).isoformat()
        cast.initiator.client.patch(f"tasks/{begun['id']}/", {"due_at": yesterday})
        queue = mine.get("waiting/").json()["sections"]
        actions = [action for section in queue for line in section["results"] for action in line["actions"]]
        assert [one["asks"][:15] for one in actions if one["code"] == "submit"] == ["Напишите отчёт:"]
        board = mine.get("tasks/board/", by="status").json()
        moves = [move for column in board["columns"] for row in column["results"] for move in row["moves"]]
        assert [move["needs_text"] for move in moves if move["do"] == "submit"] == [True]

    def test_it_is_asked_by_the_rules_that_forms_read(self, cast, decide):
        assert cast.stranger.client.get("tasks/rules/").json()["report_required"] is False
        decide(report_required=True)
        assert cast.stranger.client.get("tasks/rules/").json()["report_required"] is True


class TestDrafts:
    def test_forms_know_whether_a_draft_is_approved_first(self, cast, decide):
        assert cast.stranger.client.get("tasks/rules/").json()["needs_approval"] is False
        decide(needs_approval=True)
        assert cast.stranger.client.get("tasks/rules/").json()["needs_approval"] is True


class TestOwnTask:
    def test_one_s_own_task_is_closed_at_once(self, give, cast):
        assert "close" in buttons(give(to=cast.initiator))

    def test_the_company_may_have_it_checked_as_any_other(self, give, cast, press, decide):
        decide(own_without_review=False)
        card = give(to=cast.initiator)
        assert "close" not in buttons(card)
        assert press(cast.initiator, card, "close").status_code == 409
        press(cast.initiator, card, "start")
        handed_in = press(cast.initiator, card, "submit").json()
        assert handed_in["status"] == "in_review"
        queue = cast.initiator.client.get("waiting/").json()["sections"]
        assert [line["card"]["title"] for section in queue for line in section["results"]] == [card["title"]]
        assert press(cast.initiator, card, "close").json()["status"] == "closed"


class TestUsualDue:
    @pytest.mark.parametrize(
        ("today", "days", "due"),
        [
            (date(2026, 11, 23), 1, datetime(2026, 11, 24, 15, tzinfo=UTC)),
            (date(2026, 11, 20), 1, datetime(2026, 11, 23, 15, tzinfo=UTC)),
            (date(2026, 11, 21), 1, datetime(2026, 11, 23, 15, tzinfo=UTC)),
            (date(2026, 11, 20), 6, datetime(2026, 11, 30, 15, tzinfo=UTC)),
            (date(2026, 12, 31), 1, datetime(2027, 1, 11, 15, tzinfo=UTC)),
        ],
    )
    def test_days_of_work_are_counted(self, today, days, due):
        assert end_of_workday(today, days, MOSCOW) == due

    def test_it_is_given_to_whoever_asks_for_it(self, give, cast, decide):
        decide(due_days=2)
        with time_machine.travel(datetime(2026, 11, 20, 9, tzinfo=UTC), tick=False):
            assert cast.assignee.client.get("tasks/rules/").json()["usual_due_at"] == "2026-11-24T15:00:00Z"
            assert give(due_by_default=True)["due_at"] == "2026-11-24T15:00:00Z"
            assert give()["due_at"] is None, "a program that names none means none"
            named = "2026-11-30T15:00:00Z"
            assert give(due_at=named, due_by_default=True)["due_at"] == named

    def test_whoever_may_not_name_one_gets_it_all_the_same(self, give, cast, decide, owner):
        decide(due_days=2)
        limits = [{"kind": "tasks.task", "field": "due_at", "level": "read"}]
        assert owner.client.put("roles/employee/fields/", {"limits": limits}).status_code == 200
        named = {"title": "Смета", "assignee": cast.assignee.id, "due_at": "2030-01-01T10:00:00Z"}
        assert cast.initiator.client.post("tasks/", named).status_code == 422
        assert give(due_by_default=True)["due_at"]

    def test_without_one_there_is_none(self, give, cast):
        assert cast.assignee.client.get("tasks/rules/").json()["usual_due_at"] is None
        assert give(due_by_default=True)["due_at"] is None


class TestControllers:
    def test_they_watch_each_new_task_but_private_ones(self, give, cast, decide):
        decide(controllers=[cast.colleague.id, cast.assignee.id])
        watchers = give(watchers=[cast.stranger.id])["watchers"]
        assert {person["id"] for person in watchers} == {cast.stranger.id, cast.colleague.id}, "nobody watches himself"
        assert cast.colleague.client.get("tasks/", tab="watching").json()["results"]
        assert give(is_private=True)["watchers"] == []

    def test_who_is_blocked_watches_no_more(self, give, cast, decide, owner):
        decide(controllers=[cast.colleague.id])
        assert owner.client.post(f"employees/{cast.colleague.id}/block/").status_code == 200
        assert give()["watchers"] == []


def test_the_company_s_word_costs_no_statement(company, give, cast, press, owner, decide, statements):
    """The list, the card, a verb: each costs what it costs before anything is decided."""
    path = f"tasks/{give()['id']}/"
    # Of another one, so that what the assignee asks for stays as it is.
    cards = [give(to=cast.colleague) for _ in range(3)]

    def cost():
        with company_scope(find(schema=company.schema)):
            option(DUE_DAYS)
        asked = {
            "list": lambda: cast.assignee.client.get("tasks/"),
            "card": lambda: cast.assignee.client.get(path),
            "board": lambda: cast.assignee.client.get("tasks/board/", by="status"),
            "queue": lambda: cast.assignee.client.get("waiting/"),
            "verb": lambda: press(cast.colleague, cards.pop(), "start"),
        }
        found = {}
        for name, ask in asked.items():
            with statements() as seen:
                assert ask().status_code == 200
            found[name] = len(seen)
        return found

    cost()
    before = cost()
    decide(report_required=True, due_days=3, own_without_review=False)
    assert cost() == before
