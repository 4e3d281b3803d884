"""Telling the provider what was used beyond what is free: each day once, whoever is killed in between."""

import hashlib
import logging
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Sum
from django.utils import timezone

from billing.models import CardAccount, MeterDay, Subscription
from billing.queries import ZONE, held_of, subscription_of, today
from billing.rules.card import LIVE, METER, METERED, Seen, wanted_of
from core.context import control_scope
from core.failpoints import Failpoint
from core.metering.meters import beyond, month_of

from .paying import add, tell_use, used_of

log = logging.getLogger(__name__)
BATCH = 200
_DAY = timedelta(days=1)
TOLD = Failpoint("card.use_told")


@dataclass(frozen=True)
class Untold:
    """A day of use of a company that pays by card."""

    pk: int
    company_id: int
    schema: str
    customer: str
    day: date
    code: str
    volume: int


def tell_all() -> int:
    """Tell what has been used since; how many days could not be told."""
    seen: set[int] = set()
    failed = 0
    while fresh := [one for one in _untold() if one.pk not in seen]:
        seen.update(one.pk for one in fresh)
        failed += sum(not _is_told(one) for one in fresh)
    return failed


def _untold() -> list[Untold]:
    with control_scope():
        rows = MeterDay.objects.filter(
            told_at__isnull=True,
            # A level is written while its day lasts, and nothing may be told of the future.
            day__lt=today(),
            way__in=(MeterDay.Way.NONE, MeterDay.Way.CARD),
            code__in=METERED,
            company__subscription__by=Subscription.By.CARD,
            company__card__status__in=LIVE,
        )
        names = ("pk", "company_id", "company__schema_name", "company__card__customer", "day", "code", "volume")
        return [Untold(*row) for row in rows.order_by("pk").values_list(*names)[:BATCH]]


def _is_told(one: Untold) -> bool:
    with control_scope():
        volume = _claimed(one)
    if volume is None:
        return True
    try:
        if volume:
            # The day names the deed: told again after a death it counts once.
            key = f"{one.schema}:{one.code}:{one.day.isoformat()}"
            tell_use(one.customer, one.code, volume, key=key, at=datetime.combine(one.day, time(12), ZONE))
    except Exception:
        log.exception("what a company has used could not be told: %s", one.schema)
        return False
    TOLD.reach()
    with control_scope():
        MeterDay.objects.filter(pk=one.pk).update(told_at=timezone.now())
    return True


def _claimed(one: Untold) -> int | None:
    """What of a day is to be paid for by card from now on; None when an invoice has asked for it meanwhile."""
    row = MeterDay.objects.select_for_update().get(pk=one.pk)
    if row.way == MeterDay.Way.TRANSFER:
        return None
    row.way = MeterDay.Way.CARD
    row.save(update_fields=["way"])
    return _beyond(one) if row.charged is None else row.charged


def _beyond(one: Untold) -> int:
    """The same of a day that was counted before it was known with the day."""
    extra = held_of(subscription_of(one.company_id)).choice.offer.extras.get(one.code)
    if extra is None:
        return 0
    earlier = MeterDay.objects.filter(
        company=one.company_id, code=one.code, day__gte=month_of(one.day), day__lt=one.day
    )
    return beyond(earlier.aggregate(all=Sum("volume"))["all"] or 0, one.volume, extra.free)


def reconcile_use(schema: str, seen: Seen | None) -> bool:
    """Let a subscription have an item for each meter, and see whether the provider knows what it was told this month.

    False where it knows something else: that is for a person, since telling again might count twice.
    """
    if seen is None or not seen.is_live:
        return True
    with control_scope():
        account = CardAccount.objects.select_related("company").get(company__schema_name=schema)
        wanted = [one for one in wanted_of(held_of(subscription_of(account.pk)).choice) if one.what == METER]
        month = month_of(today())
        told = _told_in(account.pk, month)
    standing = {part.code for part in seen.parts if part.what == METER}
    if missing := [one for one in wanted if one.code not in standing]:
        key = f"{schema}:meters:{','.join(one.key for one in missing)}"
        add(seen.subscription, missing, key=hashlib.sha256(key.encode()).hexdigest())
    since, until = datetime.combine(month, time.min, UTC), datetime.combine(today(), time.min, UTC) + _DAY
    gaps = {
        code: (volume, known)
        for code, volume in told.items()
        if (known := used_of(account.customer, code, since=since, until=until)) != volume
    }
    if gaps:
        log.error("the card provider knows other use than it was told of %s: %s", schema, gaps)
    return not gaps


def _told_in(company_id: int, month: date) -> dict[str, int]:
    """What was told of the days of a month, by meter; days before charges stood with them are nobody's to compare."""
    rows = MeterDay.objects.filter(company=company_id, day__gte=month, told_at__isnull=False, charged__gt=0)
    return dict(rows.values("code").annotate(all=Sum("charged")).values_list("code", "all"))
