"""The jobs of paying by card: reading anew whom an event names, everybody once a night, telling what was used."""

import logging
from datetime import datetime, time, timedelta

from django.utils import timezone

from billing.actions.cards import begin_event, end_event, forget_told
from billing.errors import CardSilent
from billing.models import CardAccount
from billing.queries import ZONE
from core.context import control_scope
from core.errors import NotFound, OutsideSilent
from core.outbox.queries import wake
from tenants.models import Company

from .client import is_offered
from .metering import reconcile_use, tell_all
from .syncing import shut_pages, sync

EVENT, NIGHT, METERS = "billing.card_event", "billing.cards", "billing.meters"
SHUT = "billing.card_shut"
# Of the service's own day, when few pay.
_NIGHT_HOUR = time(3)
_BATCH = 50
_KEPT = timedelta(days=90)
log = logging.getLogger(__name__)


def take_event(company: None, event_id: int) -> None:
    """Read anew whom an event names. What fails is marked, and tried again by the outbox."""
    with control_scope():
        schema = begin_event(event_id)
    if schema is None:
        return
    try:
        sync(schema)
    except CardSilent as silence:
        with control_scope():
            end_event(event_id, failed=type(silence).__name__)
        raise OutsideSilent(str(silence)) from silence
    except Exception as failure:
        with control_scope():
            end_event(event_id, failed=type(failure).__name__)
        raise
    with control_scope():
        end_event(event_id)


def shut(company: None, company_id: int) -> None:
    """What a company may pay for has moved: shut its addresses, and read what was paid there a moment before."""
    with control_scope():
        schema = Company.objects.filter(pk=company_id).values_list("schema_name", flat=True).first()
    if schema is None or not is_offered():
        return
    try:
        shut_pages(schema)
        sync(schema)
    except NotFound:
        log.info("a company has gone before its addresses were shut: %s", schema)
    except CardSilent as silence:
        raise OutsideSilent(str(silence)) from silence


def reconcile(company: None, subject_id: int) -> None:
    """Read every company that nobody has read since the night began: what was never told is found out.

    One that cannot be read does not keep the others; that it could not is said in the end, and tried again in an hour.
    """
    if not is_offered():
        return
    night = _night_before(timezone.now())
    seen: set[str] = set()
    failed = 0
    while fresh := [schema for schema in _unread(night) if schema not in seen]:
        seen.update(fresh)
        failed += sum(not _read(schema) for schema in fresh)
    with control_scope():
        forget_told(timezone.now() - _KEPT, 1000)
        wake(NIGHT, night + timedelta(days=1))
    if failed:
        raise RuntimeError(f"{failed} companies could not be read at the card provider, or their use differs there.")


def tell_metered(company: None, subject_id: int) -> None:
    """Tell the provider what was used beyond what is free, of days that are over."""
    if is_offered() and (failed := tell_all()):
        raise RuntimeError(f"{failed} days of use could not be told to the card provider.")


def _unread(night: datetime) -> list[str]:
    with control_scope():
        rows = CardAccount.objects.exclude(read_at__gte=night).exclude(company__status__in=("deleting", "gone"))
        return list(rows.order_by("read_at", "pk").values_list("company__schema_name", flat=True)[:_BATCH])


def _read(schema: str) -> bool:
    try:
        return reconcile_use(schema, sync(schema))
    except NotFound:
        log.info("a company has gone before it was read: %s", schema)
    except Exception:
        log.exception("a company could not be read at the card provider: %s", schema)
        return False
    return True


def _night_before(now: datetime) -> datetime:
    night = datetime.combine(now.astimezone(ZONE).date(), _NIGHT_HOUR, ZONE)
    return night if night <= now else night - timedelta(days=1)
