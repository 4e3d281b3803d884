"""The report of all documents: each figure opens its rows, and counts only what its reader sees."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.utils import timezone

from core.context import company_scope
from core.routes.models import Passing

from .conftest import role

pytestmark = pytest.mark.row("D-19")


def figures(who):
    answer = who.client.get("documents/report/")
    assert answer.status_code == 200, answer.json()
    return answer.json()


def rows(who, **words):
    answer = who.client.get(f"documents/?{urlencode({'tab': 'all', **words})}")
    assert answer.status_code == 200, answer.json()
    return answer.json()["results"]


def line_of(told, code):
    return next(line for line in told["types"] if line["code"] == code)


def test_every_figure_opens_as_many_rows(registered, write, press, cast):
    registered("Письмо", card_type="outgoing")
    registered("Договор", card_type="contract", due_at=(timezone.now() - timedelta(days=2)).isoformat())
    waiting = write("Ещё договор", card_type="contract")
    press(cast.author, waiting, "submit")
    write("Черновик", card_type="contract")

    told = figures(cast.clerk)

    contracts = line_of(told, "contract")
    assert contracts["counts"] == {"registered": 1, "approved": 1}
    assert (contracts["total"], contracts["late"]) == (2, 1)
    for line in told["types"]:
        for status, count in line["counts"].items():
            assert len(rows(cast.clerk, card_type=line["code"] or "own", status=status)) == count
        assert len(rows(cast.clerk, card_type=line["code"] or "own")) == line["total"]
    late = {"state": "open", "due_at__lte": timezone.now().isoformat()}
    assert [row["title"] for row in rows(cast.clerk, **late)] == ["Договор"]
    for line in told["people"]:
        found = rows(cast.clerk, state="open", responsible=line["person"]["id"])
        assert len(found) == line["count"]


@pytest.mark.row("PL-13", waits="reports")
def test_what_is_on_its_way_is_counted_by_stage_and_by_whoever_holds_it(write, press, cast, company):
    card = write("О закупке", card_type="memo", addressee=cast.chief.id)
    assert press(cast.author, card, "send").status_code == 200

    told = figures(cast.clerk)
    stage = next(line for line in told["stages"] if line["count"])
    (holder,) = told["holders"]
    assert (stage["count"], stage["late"], holder["count"], holder["late"]) == (1, 0, 1, 0)
    assert holder["person"]["id"] == cast.chief.id
    assert [row["title"] for row in rows(cast.clerk, stage=stage["stage"])] == ["О закупке"]
    assert [row["title"] for row in rows(cast.clerk, holder=cast.chief.id)] == ["О закупке"]
    assert rows(cast.clerk, stage_late="true") == rows(cast.clerk, holder=cast.author.id) == []

    with company_scope(company):
        Passing.objects.filter(run__entity=card["id"], state="open").update(due_at=timezone.now() - timedelta(hours=1))
    told = figures(cast.clerk)
    assert [line["late"] for line in told["stages"] if line["stage"] == stage["stage"]] == [1]
    assert told["holders"][0]["late"] == 1
    assert len(rows(cast.clerk, stage=stage["stage"], stage_late="true")) == 1
    assert rows(cast.clerk, stage_late="false", status="on_route") == []


def test_a_reader_is_told_of_what_he_sees(registered, cast, person, company, owner):
    registered("Чужое письмо", card_type="outgoing")
    reader = role(owner, "Читатель", view="participant")
    told = figures(person(company, name="Читателев Олег", role=reader))
    assert all(line["total"] == 0 for line in told["types"])
    assert told["people"] == told["holders"] == told["stages"] == []


def test_a_list_is_narrowed_by_a_part_of_the_other_sides_name(write, cast):
    write("Первое", correspondent="ООО «Ромашка»")
    write("Второе", correspondent="АО «Техмаш», г. Тверь")
    drafts = {"tab": "drafts"}
    assert [row["title"] for row in rows(cast.author, **drafts, correspondent="РОМАШ")] == ["Первое"]
    assert [row["title"] for row in rows(cast.author, **drafts, correspondent="Техмаш», г. Тверь")] == ["Второе"]
    assert rows(cast.author, **drafts, correspondent="Лютик") == []
    # Signs of patterns are signs, and two letters are looked for, too.
    assert [row["title"] for row in rows(cast.author, **drafts, correspondent="аш»")] == ["Второе"]
    assert rows(cast.author, **drafts, correspondent="Ро_ашка") == rows(cast.author, **drafts, correspondent="%") == []


def test_a_stage_that_is_none_is_refused(cast):
    answer = cast.clerk.client.get("documents/?stage=legal")
    assert answer.status_code == 422
    assert rows(cast.clerk, stage="12.legal") == rows(cast.clerk, holder=1) == rows(cast.clerk, stage_late="true") == []


def test_types_of_a_long_list_are_counted_in_one_go(write, cast, monkeypatch, statements):
    """As many as are counted of each; short lists are counted whole."""
    for title, code in (("А", "contract"), ("Б", "contract"), ("В", "contract"), ("Г", "memo"), ("Д", "")):
        write(title, card_type=code)
    path = "documents/summary/?tab=drafts&group=type"

    def groups():
        answer = cast.author.client.get(path)
        assert answer.status_code == 200, answer.json()
        return {one["value"]: one["count"] for one in answer.json()["groups"]}

    whole = {"contract": 3, "memo": 1, "own": 1}
    assert groups() == whole
    monkeypatch.setattr("core.rest.groups.COUNTED_UP_TO", 4)
    assert groups() == whole
    monkeypatch.setattr("core.rest.groups.COUNTED_UP_TO", 2)
    with statements() as seen:
        assert groups() == whole | {"contract": 2}
    assert len([one for one in seen if "GROUP BY" in one["sql"]]) == 1
