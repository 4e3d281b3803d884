"""Promises are kept once, in order of need, whatever fails on the way."""

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.db.models import QuerySet
from django.utils import timezone

from core.context import company_scope, control_scope
from core.errors import OutsideSilent
from core.events.bus import Reader
from core.events.models import Fact, Inbox
from core.jobs import delivery
from core.jobs.delivery import keep
from core.jobs.parcel import FACTS_TOGETHER, Parcel, parcels
from core.jobs.pulse import BEAT_SECONDS, Pulse
from core.jobs.registry import Job
from core.jobs.relay import WINDOW, together
from core.jobs.telling import tell
from core.outbox.models import Outbox, Wakeup, Worker
from core.outbox.queries import DEAD_SECONDS, in_flight, lease, queue_wakeups, take, wake
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
        tell(company, [fact_id])
    assert seen == [fact_id]


def test_an_effect_that_fails_leaves_no_mark_and_is_told_again(company, fact_id, readers):
    told_of: list[int] = []

    def stumble(told) -> None:
        if not told_of:
            raise OSError("the outside world")
        told_of.append(told.id)

    readers(Reader("test.stumble", effect=stumble))
    assert [type(failure) for failure in tell(company, [fact_id]).values()] == [OSError]
    with company_scope(company):
        assert not Inbox.objects.filter(reader="test.stumble").exists()
    told_of.append(0)
    assert tell(company, [fact_id]) == {}
    assert told_of == [0, fact_id]


def test_one_fact_that_fails_keeps_no_other_from_being_told(company, owner, readers):
    for title in ("Один", "Два", "Три"):
        assert owner.client.post("tasks/", {"title": title, "assignee": owner.id}).status_code == 201
    with company_scope(company):
        facts = list(Fact.objects.filter(kind="tasks.created").order_by("pk").values_list("pk", flat=True))

    def refuse_second(told) -> None:
        tried.append(told.id)
        if told.id == facts[1]:
            raise OSError

    tried: list[int] = []
    readers(Reader("test.second", effect=refuse_second), Reader("test.other", effect=lambda told: None))
    assert list(tell(company, facts)) == [facts[1]]
    with company_scope(company):
        marks = set(Inbox.objects.filter(reader__startswith="test.").values_list("reader", "fact_id"))
    assert marks == {("test.second", facts[0]), ("test.second", facts[2])} | {("test.other", fact) for fact in facts}


def test_facts_of_a_company_travel_together_and_jobs_alone():
    rows = [(f"r{number}", "t_a", "fact", number, 0, 1) for number in reversed(range(FACTS_TOGETHER + 1))]
    rows += [("b", "t_b", "fact", 7, 0, 1), ("j1", "t_a", "job:x", 1, 0, 1), ("j2", "t_a", "job:x", 2, 0, 1)]
    packed = parcels(rows, together())
    assert [(parcel.company, parcel.kind, len(parcel.promises)) for parcel in packed] == [
        ("t_a", "fact", FACTS_TOGETHER),
        ("t_a", "fact", 1),
        ("t_a", "job:x", 1),
        ("t_a", "job:x", 1),
        ("t_b", "fact", 1),
    ]
    assert [subject for _, subject, _ in packed[0].promises] == list(range(FACTS_TOGETHER)), "in the order of facts"
    assert all(Parcel.of(parcel.message()) == parcel for parcel in packed)


def test_many_facts_cost_no_more_statements_than_one(company, owner, readers, statements):
    readers(Reader("test.one", effect=lambda told: None), Reader("test.two", effect=lambda told: None))
    costs = []
    for facts in (1, 10):
        for number in range(facts):
            owner.client.post("tasks/", {"title": f"Задача {number}", "assignee": owner.id})
        with control_scope():
            (parcel,) = parcels(lease(WINDOW), together())
        assert len(parcel.promises) >= facts
        with statements() as seen:
            keep(parcel)
        costs.append(len(seen))
    assert costs[0] == costs[1]


def promised(company, fact_id: int) -> Parcel:
    """The fact's promise as the relay sends it."""
    with control_scope():
        assert lease(WINDOW)
        row = Outbox.objects.get(subject_id=fact_id, kind="fact", company=company.schema)
    return Parcel(company.schema, "fact", ((str(row.pk), fact_id, row.attempts),))


def row_of(parcel: Parcel) -> QuerySet[Outbox]:
    return Outbox.objects.filter(pk=parcel.promises[0][0])


def test_a_failure_is_kept_without_its_data_and_the_row_is_put_off(company, fact_id, readers):
    def fail(told) -> None:
        raise OSError("secret@address.example refused")

    readers(Reader("test.fail", effect=fail))
    waits = []
    for attempt in range(1, 4):
        parcel = promised(company, fact_id)
        assert parcel.promises[0][2] == attempt
        keep(parcel)
        with control_scope():
            row = row_of(parcel).get()
            waits.append((row.not_before - timezone.now()).total_seconds())
            assert row.error == "OSError"
            row_of(parcel).update(not_before=timezone.now() - timedelta(days=1))
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
    parcel = promised(company, fact_id)
    keep(parcel)
    with control_scope():
        assert not row_of(parcel).exists()


def test_a_late_message_finds_its_work_taken_by_another(company, fact_id, readers):
    seen: list[int] = []
    readers(Reader("test.late", push=lambda company, facts: seen.extend(told.id for told in facts)))
    parcel = promised(company, fact_id)
    row_id, _, attempts = parcel.promises[0]
    keep(replace(parcel, promises=((row_id, fact_id, attempts - 1),)))
    assert seen == []
    keep(parcel)
    keep(parcel)
    assert seen == [fact_id]


def test_one_that_cannot_be_passed_on_keeps_no_other_from_it(company, fact_id, readers, inside):
    with inside(company):
        fact = Fact.objects.get(pk=fact_id)
        fact.pk = None
        fact.save(force_insert=True)
    seen: list[list[int]] = []

    def push(company, facts) -> None:
        seen.append([told.id for told in facts])
        if fact_id in seen[-1]:
            raise OSError

    readers(Reader("test.push", push=push))
    failures = tell(company, [fact_id, fact.pk])
    assert seen == [[fact_id, fact.pk], [fact_id], [fact.pk]]
    assert {told: type(why) for told, why in failures.items()} == {fact_id: OSError}


def test_a_module_that_is_off_hears_nothing(company, fact_id, monkeypatch):
    seen: list[int] = []
    reader = Reader("test.off", effect=lambda told: seen.append(told.id))
    monkeypatch.setattr(type(registry), "readers", lambda self: iter([("no-such-module", reader)]))
    tell(company, [fact_id])
    assert seen == []


def test_a_job_of_the_control_plane_is_no_companys(company):
    with pytest.raises(PermissionError):
        delivery._perform(company.schema, "job:tenants.pool", [0])


def test_an_unknown_job_is_a_failure_not_silence(company):
    with pytest.raises(LookupError):
        delivery._perform(company.schema, "job:nobody.knows", [0])


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


def in_hands(worker: uuid.UUID) -> Outbox:
    """A promise that a worker has taken, in an open control scope."""
    row = Outbox.objects.create(kind="job:x", subject_id=1)
    ((row_id, *_, attempts),) = lease(WINDOW)
    assert take(worker, {str(row_id): attempts}, 600) == {str(row.pk)}
    return row


def due(row: Outbox) -> bool:
    return Outbox.objects.filter(pk=row.pk, not_before__lte=timezone.now() + timedelta(seconds=1)).exists()


@pytest.mark.row("PL-01")
def test_what_a_dead_worker_held_is_free_and_what_a_living_one_holds_is_not(db):
    living, dead = uuid.uuid4(), uuid.uuid4()
    pulse = Pulse(living)
    with control_scope():
        pulse.beat_once(0)
        held, lost = in_hands(living), in_hands(dead)
        Worker.objects.create(id=dead, seen_at=timezone.now() - timedelta(seconds=DEAD_SECONDS - 2))
        assert pulse.beat_once(BEAT_SECONDS) == 0, "seen a moment ago"
        Worker.objects.filter(pk=dead).update(seen_at=timezone.now() - timedelta(seconds=DEAD_SECONDS + 1))
        assert pulse.beat_once(2 * BEAT_SECONDS) == 1
        assert (due(held), due(lost)) == (False, True)
        assert [row[0] for row in lease(WINDOW)] == [lost.pk]


def test_who_has_been_away_judges_nobody_before_the_others_could_speak(db):
    pulse = Pulse(uuid.uuid4())
    with control_scope():
        pulse.beat_once(0)
        in_hands(uuid.uuid4())
        back = 60.0
        assert [pulse.beat_once(back + second) for second in range(DEAD_SECONDS + 1)] == [0] * DEAD_SECONDS + [1]


def test_work_at_which_workers_die_waits_longer_each_time(db):
    pulse, waits = Pulse(uuid.uuid4()), []
    with control_scope():
        row = Outbox.objects.create(kind="job:x", subject_id=1)
        for beat in range(3):
            ((row_id, *_, attempts),) = lease(WINDOW)
            take(uuid.uuid4(), {str(row_id): attempts}, 600)
            assert pulse.beat_once(float(beat)) == 1
            row.refresh_from_db()
            waits.append((row.not_before - timezone.now()).total_seconds())
            Outbox.objects.update(not_before=timezone.now() - timedelta(days=1))
    assert waits[0] < 1 and 3 < waits[1] < 5 and 11 < waits[2] < 13


@pytest.mark.parametrize(("failure", "level"), [(OutsideSilent("нет имени"), "WARNING"), (OSError("ours"), "ERROR")])
def test_a_silent_world_is_a_warning_without_a_trace(caplog, failure, level):
    def fail(company, subject_id) -> None:
        raise failure

    assert delivery._run(Job("test.silent", fail), None, [7]) == {7: failure}
    [told] = [line for line in caplog.records if "test.silent" in line.getMessage()]
    assert (told.levelname, told.exc_info is None) == (level, level == "WARNING")


def test_one_message_that_came_twice_is_in_one_pair_of_hands(db):
    with control_scope():
        Outbox.objects.create(kind="job:x", subject_id=1)
        ((row_id, *_, attempts),) = lease(WINDOW)
        sent = {str(row_id): attempts}
        assert [len(take(uuid.uuid4(), sent, 60)) for _ in range(2)] == [1, 0]


def test_long_work_in_living_hands_is_not_sent_again(company, fact_id, readers):
    found: list[object] = []

    def look(told) -> None:
        found.extend([in_flight(), lease(WINDOW), Outbox.objects.get(subject_id=fact_id).not_before])

    readers(Reader("test.look", push=lambda company, facts: _in_control(look, facts)))
    keep(promised(company, fact_id))
    assert found[:2] == [1, []]
    assert (found[2] - timezone.now()).total_seconds() > 10


def _in_control(look, facts) -> None:
    with control_scope():
        look(facts)


def test_without_a_database_nothing_counts_as_tried(company, fact_id, readers):
    def lose(told) -> None:
        raise OperationalError("server closed the connection unexpectedly")

    readers(Reader("test.lose", effect=lose))
    parcel = promised(company, fact_id)
    keep(parcel)
    with control_scope():
        row = row_of(parcel).get()
        assert due(row) and row.error == "" and row.worker is None


def test_a_database_that_restarts_is_waited_for_with_the_work_in_hand(company, fact_id, readers, monkeypatch):
    pauses: list[float] = []
    strike = delivery.strike_off

    def away(row_ids) -> None:
        if len(pauses) < 2:
            raise OperationalError("the database system is starting up")
        strike(row_ids)

    monkeypatch.setattr(delivery, "strike_off", away)
    monkeypatch.setattr(delivery.time, "sleep", pauses.append)
    monkeypatch.setattr(delivery.connection, "close", lambda: None)
    seen: list[int] = []
    readers(Reader("test.once", effect=lambda told: seen.append(told.id)))
    parcel = promised(company, fact_id)
    keep(parcel)
    assert seen == [fact_id] and len(pauses) == 2
    with control_scope():
        assert not row_of(parcel).exists()


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
