"""Keeping one promise: find the company, do the work, strike the row off."""

import logging
from typing import Any

from core.companies import find_company
from core.context import Company, company_scope, control_scope
from core.events.bus import Reader, Told
from core.events.models import Fact
from core.events.queries import first_time
from core.jobs.registry import Job
from core.outbox.models import Outbox
from core.outbox.queries import park, put_off
from core.registry import registry

log = logging.getLogger(__name__)
# Some four hours of returning; a fact that still fails waits for the operator.
FACT_ATTEMPTS = 20


def keep(promise: dict[str, Any]) -> None:
    """Do what a promise {id, company, kind, subject_id, attempts} says and strike it off.

    A message that came late finds its row struck off or leased anew, and does nothing. A failure is put off, and
    after too many of them parked.
    """
    with control_scope():
        if not Outbox.objects.filter(pk=promise["id"], attempts=promise["attempts"]).exists():
            return
    try:
        _perform(promise["company"], promise["kind"], int(promise["subject_id"]))
    except Exception as failure:
        log.exception("promise %s of %s failed", promise["kind"], promise["company"] or "control")
        with control_scope():
            _after_failure(promise, failure)
        return
    with control_scope():
        Outbox.objects.filter(pk=promise["id"]).delete()


def _after_failure(promise: dict[str, Any], failure: Exception) -> None:
    # The class alone is kept: what a mail server says of an address does not belong into the registry.
    error = type(failure).__name__
    job = _job_of(promise["kind"])
    if promise["attempts"] < (job.attempts if job else FACT_ATTEMPTS):
        put_off(promise["id"], attempts=promise["attempts"], error=error)
    elif job and job.every:
        Outbox.objects.filter(pk=promise["id"]).delete()
    else:
        park(promise["id"], error)


def _job_of(kind: str) -> Job | None:
    found = registry.jobs().get(kind.removeprefix("job:"))
    return found[1] if found else None


def _perform(schema: str, kind: str, subject_id: int) -> None:
    company = find_company(schema) if schema else None
    if schema and company is None:
        log.warning("promise for a company that is gone: %s", schema)
        return
    if kind == "fact":
        if company is None:
            raise LookupError("a fact belongs to a company")
        tell(company, subject_id)
        return
    found = registry.jobs().get(kind.removeprefix("job:"))
    if found is None:
        raise LookupError(f"unknown job {kind}")
    module, job = found
    if job.control != (company is None):
        raise PermissionError(f"{kind} does not belong on this side")
    if company is None or module is None or module in company.modules:
        job.run(company, subject_id)


def tell(company: Company, fact_id: int) -> None:
    """Tell one fact to all its readers whose module is on; each effect is a transaction of its own."""
    with company_scope(company):
        fact = Fact.objects.select_related("entity").filter(pk=fact_id).first()
        told = Told.of(fact, fact.entity.ref if fact.entity else None) if fact else None
    if told is None:
        log.warning("fact %s of %s is not there", fact_id, company.slug)
        return
    for module, reader in registry.readers():
        if reader.listens(told.kind) and (module is None or module in company.modules):
            _read(company, reader, told)


def _read(company: Company, reader: Reader, told: Told) -> None:
    if reader.effect is not None:
        with company_scope(company):
            if first_time(reader.code, told.id):
                reader.effect(told)
    if reader.push is not None:
        reader.push(company, told)
