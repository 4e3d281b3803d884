"""Promises are kept once, in order of need, whatever fails on the way."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.context import company_scope, control_scope
from core.events.bus import Reader
from core.events.models import Inbox
from core.jobs import delivery
from core.jobs.delivery import keep, tell
from core.jobs.relay import WINDOW
from core.outbox.models import Outbox, Wakeup
from core.outbox.queries import in_flight, lease, queue_wakeups, wake
from core.registry import registry


@pytest.fixture
def fact_id(company, owner):
    made = owner.client.post("tasks/", {"title": "Проверить насос", "assignee": owner.id})
    assert made.status_code == 201
    with control_scope():
        return Outbox.objects.filter(company=company.schema, kind="fact").latest("subject_id").subject_id


@pytest.fixture
def readers(monkeypatch):
    """Put readers of a test in place of the house's own."""

    def put(*found: Reader) -> None:
        monkeypatch.setattr(type(registry), "readers", lambda self: iter([(None, reader) for reader in found]))

    return put


def test_an_effect_happens_once_however_often_it_is_told(company, fact_id, readers):
    seen: list[int] = []
    readers(Reader("test.once", effect=lambda told: seen.append(told.id)))
    for _ in range(3):
        tell(company, fact_id)
    assert seen == [fact_id]


def test_an_effect_that_fails_leaves_no_mark_and_is_told_again(company, fact_id, readers):
    tries: list[int] = []

    def stumble(told) -> None:
        tries.append(told.id)
        if len(tries) == 1:
            raise OSError("the outside world")

    readers(Reader("test.stumble", effect=stumble))
    with pytest.raises(OSError):
        tell(company, fact_id)
    with company_scope(company):
        assert not Inbox.objects.filter(reader="test.stumble").exists()
    tell(company, fact_id)
    assert tries == [fact_id, fact_id]


def promised(company, fact_id: int) -> dict:
    """The fact's promise as the relay sends it."""
    with control_scope():
        assert lease(WINDOW)
        row = Outbox.objects.get(subject_id=fact_id, kind="fact", company=company.schema)
    named = {"company": company.schema, "kind": "fact", "subject_id": fact_id}
    return named | {"id": str(row.pk), "attempts": row.attempts}


def test_a_failure_is_kept_without_its_data_and_the_row_is_put_off(company, fact_id, readers):
    def fail(told) -> None:
        raise OSError("secret@address.example refused")

    readers(Reader("test.fail", effect=fail))
    waits = []
    for attempt in range(1, 4):
        promise = promised(company, fact_id)
        assert promise["attempts"] == attempt
        keep(promise)
        with control_scope():
            row = Outbox.objects.get(pk=promise["id"])
            waits.append((row.not_before - timezone.now()).total_seconds())
            assert row.error == "OSError"
            Outbox.objects.filter(pk=promise["id"]).update(not_before=timezone.now() - timedelta(days=1))
    assert waits == sorted(waits) and waits[0] > 3 and waits[-1] > 3 * waits[0], "each time it waits longer"


def test_a_row_that_goes_on_failing_is_parked(company, fact_id, readers):
    def fail(told) -> None:
        raise OSError

    readers(Reader("test.fail", effect=fail))
    with control_scope():
        Outbox.objects.filter(subject_id=fact_id).update(attempts=delivery.FACT_ATTEMPTS - 1)
    keep(promised(company, fact_id))
    with control_scope():
        parked = Outbox.objects.filter(subject_id=fact_id, not_before__gt=timezone.now() + timedelta(days=365))
        assert parked.count() == 1
        assert lease(WINDOW) == []


def test_a_kept_promise_is_struck_off(company, fact_id, readers):
    readers()
    promise = promised(company, fact_id)
    keep(promise)
    with control_scope():
        assert not Outbox.objects.filter(pk=promise["id"]).exists()


def test_a_late_message_finds_its_work_taken_by_another(company, fact_id, readers):
    seen: list[int] = []
    readers(Reader("test.late", push=lambda company, told: seen.append(told.id)))
    promise = promised(company, fact_id)
    keep(promise | {"attempts": promise["attempts"] - 1})
    assert seen == []
    keep(promise)
    keep(promise)
    assert seen == [fact_id]


def test_a_module_that_is_off_hears_nothing(company, fact_id, monkeypatch):
    seen: list[int] = []
    reader = Reader("test.off", effect=lambda told: seen.append(told.id))
    monkeypatch.setattr(type(registry), "readers", lambda self: iter([("no-such-module", reader)]))
    tell(company, fact_id)
    assert seen == []


def test_a_job_of_the_control_plane_is_no_companys(company):
    with pytest.raises(PermissionError):
        delivery._perform(company.schema, "job:tenants.pool", 0)


def test_an_unknown_job_is_a_failure_not_silence(company):
    with pytest.raises(LookupError):
        delivery._perform(company.schema, "job:nobody.knows", 0)


def test_what_is_sent_waits_before_it_is_sent_again(db):
    with control_scope():
        Outbox.objects.bulk_create([Outbox(kind="job:x", subject_id=number) for number in range(5)])
        assert len(lease(WINDOW)) == 5
        assert in_flight() == 5
        assert lease(WINDOW) == []


def test_a_row_known_to_have_failed_leaves_the_window(db):
    with control_scope():
        Outbox.objects.create(kind="job:x", subject_id=1)
        lease(WINDOW)
        Outbox.objects.update(error="OSError")
        assert in_flight() == 0


def test_an_idle_tick_costs_the_same_for_one_and_for_many_companies(db, statements):
    costs = []
    for _ in range(2):
        with control_scope(), statements() as seen:
            queue_wakeups(WINDOW)
        costs.append(len(seen))
    assert costs == [1, 1]


def test_a_wakeup_becomes_one_job(company):
    with company_scope(company):
        wake("notifications.digest", timezone.now())
        wake("notifications.digest", timezone.now())
    with control_scope():
        assert queue_wakeups(WINDOW) == 1
        row = Outbox.objects.get(kind="job:notifications.digest")
        assert (row.company, Wakeup.objects.count()) == (company.schema, 0)


def test_the_earliest_wish_to_wake_counts(company):
    soon, later = timezone.now() + timedelta(hours=1), timezone.now() + timedelta(hours=2)
    with company_scope(company):
        for moment in (later, soon, later):
            wake("x", moment)
    with control_scope():
        assert Wakeup.objects.get(kind="x").due_at == soon
