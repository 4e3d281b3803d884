"""Keeping promises: find the company, do the work, strike the rows off."""

import logging

from core.companies import find_company
from core.context import Company, control_scope
from core.jobs.registry import Job
from core.outbox.queries import park, put_off, still_leased, strike_off
from core.registry import registry

from .parcel import FACT, Parcel
from .telling import Failures, tell

log = logging.getLogger(__name__)
# Some four hours of returning; a fact that still fails waits for the operator.
FACT_ATTEMPTS = 20


def keep(parcel: Parcel) -> None:
    """Do what the promises of a parcel say and strike them off.

    A message that came late finds its rows struck off or leased anew, and leaves them alone. A failure is put off,
    and after too many of them parked.
    """
    with control_scope():
        living = still_leased({row_id: attempts for row_id, _, attempts in parcel.promises})
    promises = [promise for promise in parcel.promises if promise[0] in living]
    if not promises:
        return
    failures = perform(parcel.company, parcel.kind, [subject_id for _, subject_id, _ in promises])
    with control_scope():
        for row_id, subject_id, attempts in promises:
            if failure := failures.get(subject_id):
                _after_failure(parcel.kind, row_id, attempts, failure)
        strike_off([row_id for row_id, subject_id, _ in promises if subject_id not in failures])


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
        except Exception as failure:
            log.exception("job %s of %s failed", job.code, company.slug if company else "control")
            failures[subject_id] = failure
    return failures


def _after_failure(kind: str, row_id: str, attempts: int, failure: Exception) -> None:
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
