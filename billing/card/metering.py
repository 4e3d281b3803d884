"""Telling the provider what was used beyond what is free: each day once, whoever is killed in between."""

import logging
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Sum
from django.utils import timezone

from billing.models import MeterDay, Subscription
from billing.queries import ZONE, held_of, subscription_of
from billing.rules.card import LIVE, METERED, beyond
from core.context import control_scope

from .paying import tell_use

log = logging.getLogger(__name__)
BATCH = 200


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
            code__in=METERED,
            company__subscription__by=Subscription.By.CARD,
            company__card__status__in=LIVE,
        )
        names = ("pk", "company_id", "company__schema_name", "company__card__customer", "day", "code", "volume")
        return [Untold(*row) for row in rows.order_by("pk").values_list(*names)[:BATCH]]


def _is_told(one: Untold) -> bool:
    with control_scope():
        volume = _beyond(one)
    try:
        if volume:
            # The day names the deed: told again after a death it counts once.
            key = f"{one.schema}:{one.code}:{one.day.isoformat()}"
            tell_use(one.customer, one.code, volume, key=key, at=datetime.combine(one.day, time(12), ZONE))
    except Exception:
        log.exception("what a company has used could not be told: %s", one.schema)
        return False
    with control_scope():
        MeterDay.objects.filter(pk=one.pk).update(told_at=timezone.now())
    return True


def _beyond(one: Untold) -> int:
    """What of the day is beyond what the plan holds in its month."""
    extra = held_of(subscription_of(one.company_id)).choice.offer.extras.get(one.code)
    if extra is None:
        return 0
    earlier = MeterDay.objects.filter(
        company=one.company_id, code=one.code, day__gte=one.day.replace(day=1), day__lt=one.day
    )
    return beyond(earlier.aggregate(all=Sum("volume"))["all"] or 0, one.volume, extra.free)
