"""Keeping one promise: find the company, do the work, strike the row off."""

import logging
from typing import Any

from core.companies import find_company
from core.context import Company, company_scope, control_scope
from core.entities.models import Ref
from core.events.bus import Reader, Told
from core.events.models import Fact
from core.events.queries import first_time
from core.outbox.models import Outbox
from core.registry import registry

log = logging.getLogger(__name__)


def keep(promise: dict[str, Any]) -> None:
    """Do what a promise {id, company, kind, subject_id} says and strike it off; failures stay for the next attempt."""
    try:
        _perform(promise["company"], promise["kind"], int(promise["subject_id"]))
    except Exception as failure:
        # The row stays leased and comes back after its back-off; the error is kept for the operator.
        log.exception("promise %s of %s failed", promise["kind"], promise["company"] or "control")
        with control_scope():
            Outbox.objects.filter(pk=promise["id"]).update(error=f"{type(failure).__name__}: {failure}"[:300])
        return
    with control_scope():
        Outbox.objects.filter(pk=promise["id"]).delete()


def _perform(schema: str, kind: str, subject_id: int) -> None:
    company = find_company(schema) if schema else None
    if schema and company is None:
        log.warning("promise for a company that is gone: %s", schema)
        return
    if kind == "fact":
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
        told = Told.of(fact, Ref(fact.entity.kind, fact.entity_id) if fact.entity else None) if fact else None
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
