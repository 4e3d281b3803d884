"""Numbers that people keep for cards to come."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from core.context import company_scope, control_scope
from core.events.models import Fact
from core.numbering.actions import MOST_AT_ONCE
from core.numbering.jobs import expire
from core.numbering.models import ReservedNumber
from core.outbox.models import Wakeup

ZONE = ZoneInfo("Europe/Moscow")


def today():
    return timezone.localdate(timezone=ZONE)


@pytest.fixture
def owner(company, person):
    return person(company, "owner")


@pytest.fixture
def head(company, person):
    return person(company, "head")


def give(who, **more):
    return who.client.post("tasks/", {"title": "Проверить", "assignee": who.id} | more)


def keep(who, count=1, days=3, **more):
    asked = {"kind": "tasks.task", "count": count, "until": f"{today() + timedelta(days=days)}"}
    return who.client.post("reserved-numbers/", asked | more)


def kept(who, **params):
    return who.client.get("reserved-numbers/", **params).json()["results"]


@pytest.mark.row("D-12")
def test_a_kept_number_is_passed_over_and_then_used(company, head, owner):
    answer = keep(head, count=2, purpose="Договор с «Ромашкой»")
    assert answer.status_code == 201, answer.content
    first, second = answer.json()["results"]
    assert [first["number"], second["number"]] == ["З-1", "З-2"]
    assert first["holder"]["id"] == head.id and first["purpose"] == "Договор с «Ромашкой»"
    assert (first["is_mine"], first["can_give_back"]) == (True, True)
    assert give(owner).json()["number"] == "З-3"
    assert [row["number"] for row in kept(owner, kind="tasks.task")] == ["З-1", "З-2"]
    assert kept(owner, mine="true") == []
    assert give(head, reserved_number=second["id"]).json()["number"] == "З-2"
    assert [row["number"] for row in kept(head, mine="true")] == ["З-1"]
    # Twice is once too often.
    again = give(head, reserved_number=second["id"])
    assert again.status_code == 422 and again.json()["errors"][0]["pointer"] == "/reserved_number"
    with company_scope(company):
        fact = Fact.objects.get(kind="numbering.reserved")
    assert fact.payload["numbers"] == ["З-1", "З-2"]


def test_nobody_uses_what_another_keeps(head, owner):
    (row,) = keep(head).json()["results"]
    strange, unknown = give(owner, reserved_number=row["id"]), give(owner, reserved_number=10**9)
    assert strange.status_code == unknown.status_code == 422
    assert strange.json()["errors"] == unknown.json()["errors"]
    assert [one["number"] for one in kept(head)] == ["З-1"]


def test_a_number_that_was_given_back_is_the_next(head, owner):
    first, second = keep(head, count=2).json()["results"]
    assert give(owner).json()["number"] == "З-3"
    # Whoever sets the masks may take back what another keeps.
    for who, row in ((owner, second), (head, first)):
        assert who.client.delete(f"reserved-numbers/{row['id']}/").status_code == 204
    assert kept(head) == []
    assert head.client.delete(f"reserved-numbers/{first['id']}/").status_code == 404
    (shown,) = [row for row in owner.client.get("numbering/").json()["results"] if row["kind"] == "tasks.task"]
    assert shown["upcoming"] == ["З-1", "З-2", "З-4"]
    assert [give(owner).json()["number"] for _ in range(3)] == shown["upcoming"]


def test_another_head_may_not_take_back(company, person, head):
    (row,) = keep(head).json()["results"]
    other = person(company, "head")
    assert other.client.delete(f"reserved-numbers/{row['id']}/").status_code == 403
    assert [one["can_give_back"] for one in kept(other)] == [False]


def test_a_kept_number_comes_back_when_its_day_is_over(company, head, owner):
    (row,) = keep(head, days=0).json()["results"]
    with company_scope(company):
        ReservedNumber.objects.filter(pk=row["id"]).update(until=timezone.now() - timedelta(seconds=1))
    assert give(head, reserved_number=row["id"]).status_code == 422
    expire(company)
    assert kept(head) == []
    assert give(owner).json()["number"] == "З-1"
    with company_scope(company):
        fact = Fact.objects.get(kind="numbering.given-back")
    assert fact.payload["is_expired"] and fact.payload["number"] == "З-1"


def test_the_day_ends_by_the_company_clock_and_wakes_the_company(company, head):
    (row,) = keep(head, days=1).json()["results"]
    ends = datetime.fromisoformat(row["until"])
    assert timezone.localtime(ends, ZONE).date() == today() + timedelta(days=2)
    assert timezone.localtime(ends, ZONE).time().isoformat() == "00:00:00"
    with control_scope():
        wakeup = Wakeup.objects.get(company=company.schema, kind="numbering.expire")
    assert wakeup.due_at == ends


def test_a_number_of_a_mask_that_is_gone_is_given_to_nobody(head, owner):
    (row,) = keep(head).json()["results"]
    owner.client.put("numbering/tasks.task/", {"mask": "Н-{N}"})
    assert head.client.delete(f"reserved-numbers/{row['id']}/").status_code == 204
    assert give(owner).json()["number"] == "Н-2"


def test_a_new_mask_passes_over_what_is_kept(head, owner):
    owner.client.put("numbering/tasks.task/", {"mask": "{ГГ}-{N}", "next": 7})
    keep(head)
    year = f"{today():%y}"
    owner.client.put("numbering/tasks.task/", {"mask": "{ГГ}-{##}", "period": "year"})
    assert give(owner).json()["number"] == f"{year}-08"


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"count": 0}, "count"),
        ({"count": MOST_AT_ONCE + 1}, "count"),
        ({"days": -1}, "until"),
        ({"days": 400}, "until"),
    ],
)
def test_too_much_is_refused_beside_its_field(head, more, field):
    answer = keep(head, **more)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == f"/{field}"


def test_kinds_without_numbers_keep_none(head):
    assert keep(head, kind="organization.employee").status_code == 404
    kinds = [row["kind"] for row in head.client.get("reserved-numbers/kinds/").json()["results"]]
    assert "tasks.task" in kinds and "organization.employee" not in kinds


def test_an_employee_keeps_no_numbers(company, person):
    employee = person(company)
    assert keep(employee).status_code == 403
    assert employee.client.get("reserved-numbers/").status_code == 403


def test_a_page_of_kept_numbers_costs_the_same(head, django_assert_max_num_queries):
    keep(head, count=2)
    with django_assert_max_num_queries(100) as few:
        kept(head)
    keep(head, count=20)
    with django_assert_max_num_queries(100) as many:
        assert len(kept(head)) == 22
    assert len(many) == len(few)
