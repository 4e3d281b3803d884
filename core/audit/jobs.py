"""Sealing the history, company by company, some minutes behind what happens."""

import logging
from datetime import timedelta

from django.core.cache import cache
from django.db.models import Max
from django.utils import timezone

from core.context import Company, company_scope
from core.events.models import Fact
from core.failpoints import Failpoint
from core.outbox.queries import wake

from .models import Seal
from .queries import next_transaction, oldest_running, seal_alone
from .rules import BEGINNING, digest_of, hash_of, public_key, sign

log = logging.getLogger(__name__)
SEAL = "audit.seal"
SOON, BUSY, IDLE = timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1)
BATCH = 500
SEALED = Failpoint("audit.sealed")
_MARK_SECONDS = 3600


def seal_history(company: Company, _: int = 0) -> None:
    """Seal whatever has settled: facts before which no unfinished transaction can put another one.

    Killed anywhere, it goes on from the last seal.
    """
    with company_scope(company):
        # First of all: a round that fails for good must not be the last one.
        wake(SEAL, timezone.now() + IDLE)
    name = f"audit-mark-{company.schema}"
    until, transaction = cache.get(name) or _mark(company)
    if not _has_settled(company, transaction):
        cache.set(name, (until, transaction), _MARK_SECONDS)
        with company_scope(company):
            wake(SEAL, timezone.now() + SOON)
        return
    cache.delete(name)
    count = _seal_batch(company, until)
    while count == BATCH:
        count = _seal_batch(company, until)
    with company_scope(company):
        if Fact.objects.filter(pk__gt=until).exists():
            wake(SEAL, timezone.now() + BUSY)


def _mark(company: Company) -> tuple[int, int]:
    """The last fact that is seen now, and the transaction that all writers of earlier ones come before."""
    with company_scope(company):
        last = Fact.objects.aggregate(last=Max("pk"))["last"] or 0
        return last, next_transaction()


def _has_settled(company: Company, transaction: int) -> bool:
    with company_scope(company):
        return oldest_running() >= transaction


def _seal_batch(company: Company, until: int) -> int:
    """Set the next seal over facts up to a number; over how many."""
    with company_scope(company):
        seal_alone()
        before = Seal.objects.order_by("-number").first()
        number, last, digest = (before.number, before.last_fact, before.digest) if before else (0, 0, BEGINNING)
        facts = list(Fact.objects.filter(pk__gt=last, pk__lte=until).order_by("pk")[:BATCH])
        if not facts:
            return 0
        lines = [[fact.pk, fact.entity_id, hash_of(fact)] for fact in facts]
        digest = digest_of(company.schema, number + 1, lines, digest)
        Seal.objects.create(
            number=number + 1,
            first_fact=facts[0].pk,
            last_fact=facts[-1].pk,
            lines=lines,
            digest=digest,
            signature=sign(digest),
            key=public_key()[:16],
        )
    # Where logs are kept elsewhere, this is the witness that a chain has not been cut short (verify_audit --head).
    log.info("history of %s sealed: %s %s", company.schema, number + 1, digest)
    SEALED.reach()
    return len(facts)
