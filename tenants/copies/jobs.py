"""Copying one company at its night, called by its own wakeup; the registry sees to it that each company has one."""

import logging
import tempfile
import zlib
from datetime import datetime, timedelta
from typing import IO
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Max
from django.utils import timezone

from core.context import Company as Snapshot
from core.context import company_scope, control_scope
from core.events.models import Fact
from core.failpoints import Failpoint
from core.outbox.queries import wake
from core.storage import CompanyStore
from tenants.archives.rules import COPY, EXPORT
from tenants.archives.writing import write_archive
from tenants.models import CompanyCopy

log = logging.getLogger(__name__)
COPY_NIGHTLY = "tenants.copy"
STORED = Failpoint("copies.stored")
# Between one and five at night by the company's own clock, each company at a minute of its own: so many are copied at
# once as there are in a minute, and nobody waits for the largest.
_FIRST_HOUR, _MINUTES = 1, 240
_IN_MEMORY = 8 * 1024 * 1024
_TYPE = "application/zip"
# An object without a row is of a night that was interrupted.
_INTERRUPTED = timedelta(days=1)


def copy_nightly(company: Snapshot, _: int = 0) -> None:
    """Put the company's rows into the store twice: whole for a restore here, without secrets for its owner.

    A company in which nothing has happened since the last copy is not copied again: that copy is of today, too.
    """
    with company_scope(company):
        # First of all: a night that fails for good must not be the last one.
        wake(COPY_NIGHTLY, next_night(company, timezone.now()))
    if not company.is_open:
        return
    mark = _mark(company)
    with control_scope():
        last = CompanyCopy.objects.filter(company=company.id).order_by("-made_at").first()
        if last and (last.last_fact, last.version) == mark:
            CompanyCopy.objects.filter(pk=last.pk).update(checked_at=timezone.now())
            return
    _copy(company, mark)
    forget_old(company)


def forget_old(company: Snapshot) -> None:
    """Remove copies that are older than they are kept; the last one stays however old it is."""
    before = timezone.now() - timedelta(days=settings.BACKUP_DAYS)
    with control_scope():
        rows = list(CompanyCopy.objects.filter(company=company.id).order_by("-made_at"))
    # What was looked at later than that stands for a later day.
    doomed = [row for row in rows[1:] if row.checked_at < before]
    store = CompanyStore(company.schema)
    for row in doomed:
        store.remove(row.copy_key)
        store.remove(row.export_key)
    with control_scope():
        CompanyCopy.objects.filter(pk__in=[row.pk for row in doomed]).delete()
    known = {key for row in rows for key in (row.copy_key, row.export_key)}
    for page in store.pages(copies=True):
        for one in page:
            if one.key not in known and one.modified_at < timezone.now() - _INTERRUPTED:
                store.remove(one.key)


def next_night(company: Snapshot, now: datetime) -> datetime:
    """The company's minute of the coming night."""
    local = now.astimezone(ZoneInfo(company.time_zone))
    minute = zlib.crc32(company.schema.encode()) % _MINUTES
    tonight = local.replace(hour=_FIRST_HOUR, minute=0, second=0, microsecond=0) + timedelta(minutes=minute)
    # An hour at least: what is done now is not done again at once.
    return tonight if tonight > local + timedelta(hours=1) else tonight + timedelta(days=1)


def _mark(company: Snapshot) -> tuple[int, int]:
    """What moves with every change: the last fact, and the version of the row in the registry."""
    with company_scope(company):
        return Fact.objects.aggregate(last=Max("pk"))["last"] or 0, company.version


def _copy(company: Snapshot, mark: tuple[int, int]) -> None:
    store = CompanyStore(company.schema)
    made_at = timezone.now()
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as whole:
        manifest = write_archive(company, COPY, whole, rows_only=True)
        copy_key, size = _put(store, whole)
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as told:
        write_archive(company, EXPORT, told, rows_only=True)
        export_key, export_size = _put(store, told)
    STORED.reach()
    with control_scope():
        CompanyCopy.objects.create(
            company_id=company.id,
            made_at=made_at,
            checked_at=made_at,
            rows=sum(table.rows for table in manifest.tables.values()),
            size=size,
            export_size=export_size,
            copy_key=copy_key,
            export_key=export_key,
            last_fact=mark[0],
            version=mark[1],
        )
    log.info("copy of %s: %s bytes", company.schema, size)


def _put(store: CompanyStore, file: IO[bytes]) -> tuple[str, int]:
    size, key = file.tell(), store.new_copy_key()
    file.seek(0)
    store.put(key, file, content_type=_TYPE)
    return key, size
