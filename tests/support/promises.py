"""Keeping the product's promises in the test's own process."""

from django.test.testcases import TestCase

from core.context import control_scope
from core.jobs.delivery import perform
from core.jobs.parcel import parcels
from core.jobs.relay import together
from core.outbox.queries import lease, queue_wakeups, strike_off


def keep_promises() -> int:
    """Keep every promise made so far, and those made meanwhile; how many. A failure is raised."""
    done = 0
    while True:
        with control_scope():
            queue_wakeups(100)
            rows = lease(100)
        if not rows:
            return done
        for parcel in parcels(rows, together()):
            with TestCase.captureOnCommitCallbacks(execute=True):
                failures = perform(parcel.company, parcel.kind, [subject for _, subject, _ in parcel.promises])
            for failure in failures.values():
                raise failure
            with control_scope():
                strike_off([row_id for row_id, _, _ in parcel.promises])
            done += len(parcel.promises)
