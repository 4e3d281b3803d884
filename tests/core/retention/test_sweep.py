"""What has outlived its term goes; all else stays; nobody else is woken."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from core.context import Company, company_scope, control_scope
from core.events.models import Inbox
from core.identity.models import Invitation, Session
from core.metering.models import MeterEvent
from core.notifications.models import Delivery, PushSubscription
from core.outbox.models import Outbox, Wakeup
from core.rest.models import IdempotentAnswer
from core.retention import jobs
from core.retention.queries import delete_some
from core.retention.rules import TERMS
from tenants.jobs import tidy
from tenants.models import Company as Row
from tenants.models import ControlLetter

SECOND = timedelta(seconds=60)


def answer(company: Company, person: Any, number: int, age: timedelta) -> Any:
    made = IdempotentAnswer.objects.create(principal=person.principal, key=f"k{number}", request_hash="x")
    IdempotentAnswer.objects.filter(pk=made.pk).update(created_at=timezone.now() - age)
    return made


def mark(company: Company, person: Any, number: int, age: timedelta) -> Any:
    return Inbox.objects.create(reader="tests", fact_id=900_000_000 + number, at=timezone.now() - age)


def letter(company: Company, person: Any, number: int, age: timedelta) -> Any:
    made = Delivery.objects.create(kind="x", address="a@x.example", subject="x", message_id=f"m{number}", status="sent")
    Delivery.objects.filter(pk=made.pk).update(created_at=timezone.now() - age)
    return made


def session(company: Company, person: Any, number: int, age: timedelta) -> Any:
    ended = timezone.now() - age
    return Session.objects.create(
        user=person.user, kind="browser", secret_hash=f"{number:064d}", last_seen_at=ended, expires_at=ended
    )


def browser(company: Company, person: Any, number: int, age: timedelta) -> Any:
    return PushSubscription.objects.create(
        principal=person.principal, session=Session.objects.filter(user=person.user).first(),
        endpoint=f"https://push.example/{number}", p256dh="x", auth="x", expires_at=timezone.now() - age,
    )  # fmt: skip


def invitation(company: Company, person: Any, number: int, age: timedelta) -> Any:
    made = Invitation.objects.create(
        kind="mail", email=f"{number}@x.example", secret_hash=f"{number:064d}", role_code="employee",
        invited_by=person.principal, expires_at=timezone.now() - age + timedelta(days=7),
    )  # fmt: skip
    Invitation.objects.filter(pk=made.pk).update(created_at=timezone.now() - age)
    return made


def event(company: Company, person: Any, number: int, age: timedelta) -> Any:
    made = timezone.now() - age
    return MeterEvent.objects.create(
        code="sms", key=f"e{number}", volume=1, day=made.date(), taken=True, created_at=made
    )  # fmt: skip


MAKERS: dict[type, Callable[..., Any]] = {
    IdempotentAnswer: answer, Inbox: mark, Delivery: letter, Session: session, Invitation: invitation,
    PushSubscription: browser, MeterEvent: event,
}  # fmt: skip


def there(row: Any) -> bool:
    return type(row).objects.filter(pk=row.pk).exists()


def test_every_term_has_a_maker():
    assert {term.model for term in TERMS} == set(MAKERS)


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.model.__name__)
def test_what_is_too_old_goes_in_batches_and_the_rest_stays(company, owner, term, monkeypatch):
    monkeypatch.setattr(jobs, "BATCH", 2)
    make = MAKERS[term.model]
    with company_scope(company):
        old = [make(company, owner, number, term.kept + SECOND) for number in range(5)]
        young = make(company, owner, 5, term.kept - SECOND)
    jobs.sweep(company, 0)
    with company_scope(company):
        assert [there(row) for row in old] == [False] * 5
        assert there(young)


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.model.__name__)
def test_the_oldest_are_found_by_an_index(company, owner, term):
    with company_scope(company), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
        seen: list[str] = []

        def explain(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            found = execute(f"EXPLAIN {sql}" if sql.lstrip().startswith("DELETE") else sql, params, many, context)
            if sql.lstrip().startswith("DELETE"):
                seen.extend(row[0] for row in context["cursor"].fetchall())
            return found

        with connection.execute_wrapper(explain):
            delete_some(term, before=timezone.now(), promised=[1, 2], limit=10)
    plan = "\n".join(seen)
    assert f"Index Cond: ({term.column} <" in plan or f'Index Cond: ("{term.column}" <' in plan, plan


def test_a_waiting_letter_stays_however_old(company, owner):
    with company_scope(company):
        row = letter(company, owner, 1, timedelta(days=500))
        Delivery.objects.filter(pk=row.pk).update(status="waiting")
    jobs.sweep(company, 0)
    with company_scope(company):
        assert there(row)


def test_the_mark_of_a_fact_that_may_be_told_again_stays(company, other_company, owner):
    with company_scope(company):
        parked, alien = (mark(company, owner, number, timedelta(days=40)) for number in (1, 2))
    with control_scope():
        Outbox.objects.create(company=company.schema, kind="fact", subject_id=parked.fact_id)
        Outbox.objects.create(company=other_company.schema, kind="fact", subject_id=alien.fact_id)
    jobs.sweep(company, 0)
    with company_scope(company):
        assert (there(parked), there(alien)) == (True, False)


def test_a_company_is_woken_once_a_day_and_only_it(company, other_company, owner, deliver, statements):
    tidy(None, 0)
    with control_scope():
        due = dict(Wakeup.objects.filter(kind=jobs.SWEEP).values_list("company", "due_at"))
        assert set(due) == set(Row.objects.values_list("schema_name", flat=True))
        assert all(timedelta(0) < at - timezone.now() < timedelta(days=1) + SECOND for at in due.values())
    with statements() as seen:
        tidy(None, 0)
    assert len([one for one in seen if "INTO wakeups" in one["sql"]]) == 1, "no matter how many companies there are"
    with control_scope():
        assert dict(Wakeup.objects.filter(kind=jobs.SWEEP).values_list("company", "due_at")) == due
        Wakeup.objects.filter(company=company.schema, kind=jobs.SWEEP).update(due_at=timezone.now() - SECOND)
    with company_scope(company):
        row = session(company, owner, 1, timedelta(days=91))
    deliver()
    with company_scope(company):
        assert not there(row)
    with control_scope():
        again = dict(Wakeup.objects.filter(kind=jobs.SWEEP).values_list("company", "due_at"))
    assert timedelta(hours=23) < again[company.schema] - timezone.now() <= timedelta(days=1)
    assert again[other_company.schema] == due[other_company.schema]


def test_a_sweep_that_fails_comes_again_the_next_day(company, monkeypatch):
    def refuse(*asked: Any) -> None:
        raise RuntimeError("no")

    monkeypatch.setattr(jobs, "facts_to_tell", refuse)
    with pytest.raises(RuntimeError):
        jobs.sweep(company, 0)
    with control_scope():
        assert Wakeup.objects.filter(company=company.schema, kind=jobs.SWEEP).exists()


def test_letters_of_the_registry_go_in_batches(db, monkeypatch):
    monkeypatch.setattr("tenants.jobs._BATCH", 2)
    with control_scope():
        old = [ControlLetter.objects.create(kind="companies", email="a@x.example") for _ in range(5)]
        ControlLetter.objects.update(created_at=timezone.now() - timedelta(days=31))
        young = ControlLetter.objects.create(kind="companies", email="a@x.example")
    tidy(None, 0)
    with control_scope():
        assert not any(there(row) for row in old)
        assert there(young)
