"""What workers die of is not tried for ever, and what only travelled with it is not given up."""

import uuid
from datetime import timedelta

from django.utils import timezone

from core.context import control_scope
from core.jobs.parcel import parcels
from core.jobs.pulse import Pulse
from core.jobs.relay import WINDOW, together
from core.outbox.models import Outbox
from core.outbox.queries import MOST_DEATHS, lease, put_off, take
from core.registry import registry


def died_with(row: Outbox, pulse: Pulse, beat: float) -> None:
    """One more worker takes the promise and is never seen again."""
    Outbox.objects.filter(pk=row.pk).update(not_before=timezone.now() - timedelta(days=1))
    ((row_id, *_, attempts),) = lease(WINDOW)
    take(uuid.uuid4(), {str(row_id): attempts}, 600)
    assert pulse.beat_once(beat) == 1


def test_work_that_its_workers_die_of_is_parked(db):
    pulse = Pulse(uuid.uuid4())
    with control_scope():
        row = Outbox.objects.create(kind="job:x", subject_id=1)
        for beat in range(MOST_DEATHS - 1):
            died_with(row, pulse, float(beat))
        row.refresh_from_db()
        assert (row.deaths, row.error) == (MOST_DEATHS - 1, "") and row.not_before < timezone.now() + timedelta(hours=1)
        died_with(row, pulse, float(MOST_DEATHS))
        parked = Outbox.objects.filter(pk=row.pk, not_before__gt=timezone.now() + timedelta(days=365))
        assert parked.values_list("deaths", "error").get() == (MOST_DEATHS, "WorkerDied")
        assert lease(WINDOW) == []


def test_failures_and_lost_messages_are_no_deaths(db):
    with control_scope():
        row = Outbox.objects.create(kind="job:x", subject_id=1)
        for _ in range(2 * MOST_DEATHS):
            Outbox.objects.update(not_before=timezone.now() - timedelta(days=1))
            ((row_id, *_, attempts),) = lease(WINDOW)
            put_off(str(row_id), attempts=attempts, error="OSError")
        row.refresh_from_db()
        assert (row.deaths, row.attempts) == (0, 2 * MOST_DEATHS)


def test_periodic_work_that_kills_workers_leaves_the_clock_free(db):
    code = next(job.code for _, job in registry.jobs().values() if job.every)
    pulse = Pulse(uuid.uuid4())
    with control_scope():
        row = Outbox.objects.create(kind=f"job:{code}", subject_id=0)
        for beat in range(MOST_DEATHS):
            died_with(row, pulse, float(beat))
        assert not Outbox.objects.filter(pk=row.pk).exists()


def test_what_a_worker_died_at_travels_alone():
    rows = [(f"r{number}", "t_a", "fact", number, int(number == 2), 1) for number in range(4)]
    packed = parcels(rows, together())
    assert [[subject for _, subject, _ in parcel.promises] for parcel in packed] == [[0, 1, 3], [2]]
