"""Taking away objects that no row names: their rows went without them, or never came to be."""

import logging
from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from core.access.loading import system_actor
from core.companies import find_company
from core.context import Company, company_scope
from core.events.bus import emit
from core.outbox.queries import wake
from core.storage import CompanyStore, Kept

from .actions import discard, last_copy_gone
from .events import OrphansCollected
from .models import Leftover
from .queries import State, living

log = logging.getLogger(__name__)

COLLECT = "attachments.collect"
EVERY = timedelta(days=7)
# Whatever is on its way has arrived or been given up by then, and an erasure that was promised has had its tries.
SAFE = timedelta(days=7)
_WAITING = (State.UPLOADING, State.CHECKING)


def collect_orphans(company: Company, _: int = 0) -> None:
    """Remove old objects under the company's prefix that no file, copy of a file or logo stands on.

    Nothing is remembered between objects: killed anywhere, it looks at all of them anew.
    """
    with company_scope(company):
        # First of all: a round that fails for good must not be the last one.
        wake(COLLECT, timezone.now() + EVERY)
    store, before = CompanyStore(company.schema), timezone.now() - SAFE
    count = size = 0
    for page in store.pages():
        for orphan in _orphans(company, store, [one for one in page if one.modified_at < before]):
            store.remove(orphan.key)
            count, size = count + 1, size + orphan.size
    if count:
        log.info("%s objects of %s, %s bytes, were named by no row", count, company.schema, size)
        with company_scope(company):
            emit(OrphansCollected(None, count=count, size=size), by=system_actor())


def keep_for_copies(company: Company) -> None:
    """After a company was brought back: what only its later state named goes when no copy of that is kept any more."""
    store = CompanyStore(company.schema)
    for page in store.pages():
        orphans = [one.key for one in _orphans(company, store, page)]
        with company_scope(company):
            discard(orphans, not_before=last_copy_gone())


def _orphans(company: Company, store: CompanyStore, found: Iterable[Kept]) -> list[Kept]:
    """Those of the objects that nothing stands on. A name that is not there now never comes: keys are made once."""
    objects = [one for one in found if not store.is_named_elsewhere(one.key)]
    if not objects:
        return []
    keys = [one.key for one in objects]
    waiting = {store.final_of(key): key for key in keys if store.is_waiting(key)}
    with company_scope(company):
        shown = living().filter(Q(storage_key__in=keys) | Q(shared_key__in=keys))
        named = {key for pair in shown.values_list("storage_key", "shared_key") for key in pair}
        # Those that have been let go are on their way while copies name them, and a while after.
        since = timezone.now() - timedelta(days=settings.BACKUP_DAYS) - SAFE
        leaving = Leftover.objects.filter(storage_key__in=keys, created_at__gt=since)
        named |= set(leaving.values_list("storage_key", flat=True))
        expected = living().filter(storage_key__in=waiting, state__in=_WAITING).values_list("storage_key", flat=True)
        named |= {waiting[key] for key in expected}
    standing = find_company(company.schema)
    if standing is None:
        return []
    return [one for one in objects if one.key not in named and one.key != standing.logo]
