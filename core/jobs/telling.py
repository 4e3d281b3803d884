"""Telling facts to their readers: together while all goes well, one by one when something does not."""

import logging
from collections.abc import Iterable

from core.context import Company, company_scope
from core.events.bus import Push, Reader, Told
from core.events.models import Fact
from core.events.queries import first_times
from core.registry import registry

log = logging.getLogger(__name__)
Failures = dict[int, Exception]


def tell(company: Company, fact_ids: Iterable[int]) -> Failures:
    """Tell facts to all their readers whose module is on; why it failed, by fact.

    Effects of all facts are one transaction. When one of them fails, each is tried in a transaction of its own, so
    that it keeps nobody else from hearing.
    """
    wanted = sorted(set(fact_ids))
    readers = [reader for module, reader in registry.readers() if module is None or module in company.modules]
    try:
        with company_scope(company):
            facts = _read(wanted)
            _take_effect(_pairs(readers, facts))
        failures: Failures = {}
    except Exception:
        log.info("facts of %s are told one by one", company.slug, exc_info=True)
        with company_scope(company):
            facts = _read(wanted)
        failures = _one_by_one(company, _pairs(readers, facts))
    if missing := set(wanted) - {told.id for told in facts}:
        log.warning("facts %s of %s are not there", sorted(missing), company.slug)
    return _push(company, readers, [told for told in facts if told.id not in failures]) | failures


def _read(fact_ids: list[int]) -> list[Told]:
    found = Fact.objects.select_related("entity").filter(pk__in=fact_ids).order_by("pk")
    return [Told.of(fact, fact.entity.ref if fact.entity else None) for fact in found]


def _pairs(readers: list[Reader], facts: list[Told]) -> list[tuple[Reader, Told]]:
    return [(reader, told) for told in facts for reader in readers if reader.effect and reader.listens(told.kind)]


def _take_effect(pairs: list[tuple[Reader, Told]]) -> None:
    fresh = first_times((reader.code, told.id) for reader, told in pairs)
    for reader, told in pairs:
        if reader.effect and (reader.code, told.id) in fresh:
            reader.effect(told)


def _one_by_one(company: Company, pairs: list[tuple[Reader, Told]]) -> Failures:
    failures: Failures = {}
    for reader, told in pairs:
        try:
            with company_scope(company):
                _take_effect([(reader, told)])
        except Exception as failure:
            log.exception("%s did not bear fact %s of %s", reader.code, told.id, company.slug)
            failures[told.id] = failure
    return failures


def _push(company: Company, readers: list[Reader], facts: list[Told]) -> Failures:
    failures: Failures = {}
    for reader in readers:
        heard = [told for told in facts if reader.listens(told.kind)]
        if reader.push and heard:
            failures |= _pushed(company, reader.code, reader.push, heard)
    return failures


def _pushed(company: Company, code: str, push: Push, facts: list[Told]) -> Failures:
    try:
        push(company, facts)
        return {}
    except Exception as failure:
        if len(facts) == 1:
            log.exception("fact %s of %s was not passed on by %s", facts[0].id, company.slug, code)
            return {facts[0].id: failure}
        log.info("facts of %s are passed on by %s one by one", company.slug, code, exc_info=True)
    failures: Failures = {}
    for told in facts:
        failures |= _pushed(company, code, push, [told])
    return failures
