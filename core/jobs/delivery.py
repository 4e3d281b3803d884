"""Keeping promises: find the company, do the work, strike the rows off."""

import logging
import time
from collections.abc import Callable

from django.db import InterfaceError, OperationalError, connection

from core.companies import find_company
from core.context import Company, control_scope
from core.errors import OutsideSilent
from core.jobs.registry import Job
from core.metrics import FAILURES, PROMISES
from core.outbox.queries import park, put_back, put_off, strike_off, take
from core.registry import registry

from .parcel import FACT, Parcel
from .pulse import WORKER
from .telling import Failures, tell

log = logging.getLogger(__name__)
# Some four hours of returning; a fact that still fails waits for the operator.
FACT_ATTEMPTS = 20
# How long telling one fact to all its readers may last.
_FACT_SECONDS = 15
# A database that restarts is waited for with what is done in hand: it would be done again otherwise.
_PAUSES = (0.2, 0.5, 1.0, 2.0, 4.0, 8.0)
# So often work is given back at once when the database has left it. Work that comes back more often may be what the
# server dies of.
_NO_FAULT_ATTEMPTS = 3
# SQLSTATE classes of a server that goes or comes; a connection cut off has none.
_AWAY = ("08", "57P")


def keep(parcel: Parcel) -> None:
    """Do what the promises of a parcel say and strike them off.

    A message that came late finds its rows struck off, leased anew or in other hands, and leaves them alone. A failure
    is put off, and after too many of them parked; work that could not be tried for want of a database is put back.
    """
    with control_scope():
        mine = take(WORKER, {row_id: attempts for row_id, _, attempts in parcel.promises}, _life(parcel))
    promises = [promise for promise in parcel.promises if promise[0] in mine]
    if not promises:
        return
    with PROMISES.labels(parcel.kind).time():
        failures = perform(parcel.company, parcel.kind, [subject_id for _, subject_id, _ in promises])
    for failure in failures.values():
        FAILURES.labels(parcel.kind, type(failure).__name__).inc()
    _when_database_is_back(lambda: _settle(parcel.kind, promises, failures))


def _life(parcel: Parcel) -> int:
    """How long the work of a parcel may last, in seconds; a worker that lives longer than that is stuck."""
    job = _job_of(parcel.kind)
    return (job.time_limit if job else _FACT_SECONDS) * len(parcel.promises)


def _settle(kind: str, promises: list[tuple[str, int, int]], failures: Failures) -> None:
    with control_scope():
        for row_id, subject_id, attempts in promises:
            if failure := failures.get(subject_id):
                _after_failure(kind, row_id, attempts, failure)
        strike_off([row_id for row_id, subject_id, _ in promises if subject_id not in failures])


def _when_database_is_back(settle: Callable[[], None]) -> None:
    for pause in _PAUSES:
        try:
            return settle()
        except (OperationalError, InterfaceError) as failure:
            if not _is_away(failure):
                raise
            log.warning("the database is away; what is done waits in hand")
            connection.close()
            time.sleep(pause)
    settle()


def _is_away(failure: Exception) -> bool:
    state = getattr(failure.__cause__, "sqlstate", None)
    return isinstance(failure, OperationalError | InterfaceError) and (not state or state.startswith(_AWAY))


def perform(schema: str, kind: str, subject_ids: list[int]) -> Failures:
    """Do the work of promises; why it failed, by subject."""
    try:
        return _perform(schema, kind, subject_ids)
    except Exception as failure:
        log.exception("promise %s of %s failed", kind, schema or "control")
        return dict.fromkeys(subject_ids, failure)


def _perform(schema: str, kind: str, subject_ids: list[int]) -> Failures:
    company = find_company(schema) if schema else None
    if schema and company is None:
        log.warning("promise for a company that is gone: %s", schema)
        return {}
    if kind == FACT:
        if company is None:
            raise LookupError("a fact belongs to a company")
        return tell(company, subject_ids)
    found = registry.jobs().get(kind.removeprefix("job:"))
    if found is None:
        raise LookupError(f"unknown job {kind}")
    module, job = found
    if job.control != (company is None):
        raise PermissionError(f"{kind} does not belong on this side")
    if company is not None and module is not None and module not in company.modules:
        return {}
    return _run(job, company, subject_ids)


def _run(job: Job, company: Company | None, subject_ids: list[int]) -> Failures:
    failures: Failures = {}
    for subject_id in subject_ids:
        try:
            job.run(company, subject_id)
        except OutsideSilent as silence:
            log.warning("job %s of %s waits: %s", job.code, company.slug if company else "control", silence)
            failures[subject_id] = silence
        except Exception as failure:
            log.exception("job %s of %s failed", job.code, company.slug if company else "control")
            failures[subject_id] = failure
    return failures


def _after_failure(kind: str, row_id: str, attempts: int, failure: Exception) -> None:
    if _is_away(failure) and attempts <= _NO_FAULT_ATTEMPTS:
        put_back(row_id)
        return
    # The class alone is kept: what a mail server says of an address does not belong into the registry.
    error = type(failure).__name__
    job = _job_of(kind)
    if attempts < (job.attempts if job else FACT_ATTEMPTS):
        put_off(row_id, attempts=attempts, error=error)
    elif job and job.every:
        strike_off([row_id])
    else:
        park(row_id, error)


def _job_of(kind: str) -> Job | None:
    found = registry.jobs().get(kind.removeprefix("job:"))
    return found[1] if found else None
