"""Telling the provider what was used beyond what is free: each day once, whoever is killed in between.

He is told of money, in kopecks: what a day costs stands with it, whatever plan is bought before he asks for it.
"""

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum
from django.utils import timezone

from billing.models import CardAccount, MeterDay, Subscription
from billing.queries import ZONE, held_of, subscription_of, today
from billing.rules.card import METER, METERED, PAYING, Seen, kopecks, wanted_of
from billing.rules.offers import ZERO
from core.context import control_scope
from core.failpoints import Failpoint
from core.metering.meters import METERS, beyond, month_of

from .paying import add, tell_use, used_of

log = logging.getLogger(__name__)
BATCH = 200
_DAY, _MINUTE = timedelta(days=1), timedelta(minutes=1)
_COST = Sum(F("charged") * F("unit_price"))
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
    """Tell what has been used since, and let go what was to be told when its subscription ended; how many failed."""
    return _each(_untold, _is_told) + _each(_stranded, _is_let_go)


def _each(find: Callable[[], list[Untold]], deed: Callable[[Untold], bool]) -> int:
    seen: set[int] = set()
    failed = 0
    while fresh := [one for one in find() if one.pk not in seen]:
        seen.update(one.pk for one in fresh)
        failed += sum(not deed(one) for one in fresh)
    return failed


def _paying() -> Exists:
    """The card of a day's company pays for use. One that is refused may be given up at any moment, and one that has
    given up ends in the course of its last day: what would be told from then on no invoice of the provider asks for."""
    day = today()
    ends_later = Q(company__card__cancels_on__isnull=True) | Q(company__card__cancels_on__gt=day)
    rows = Subscription.objects.filter(
        ends_later, company=OuterRef("company"), by=Subscription.By.CARD, company__card__status=PAYING
    )
    return Exists(rows)


def _untold() -> list[Untold]:
    with control_scope():
        rows = MeterDay.objects.filter(
            _paying(),
            told_at__isnull=True,
            # A level is written while its day lasts, and nothing may be told of the future.
            day__lt=today(),
            way__in=(MeterDay.Way.NONE, MeterDay.Way.CARD),
            code__in=METERED,
        )
        return _read(rows)


def _stranded() -> list[Untold]:
    """Days that were claimed for a card which pays no more: whoever told them may have been killed on the way."""
    with control_scope():
        rows = MeterDay.objects.filter(
            ~_paying(), told_at__isnull=True, way=MeterDay.Way.CARD, company__card__isnull=False
        )
        # Whom the provider has forgotten he tells nothing of.
        return _read(rows.exclude(company__status__in=("deleting", "gone")))


def _read(rows: QuerySet[MeterDay]) -> list[Untold]:
    names = ("pk", "company_id", "company__schema_name", "company__card__customer", "day", "code", "volume")
    return [Untold(*row) for row in rows.order_by("pk").values_list(*names)[:BATCH]]


def _is_told(one: Untold) -> bool:
    with control_scope():
        claimed = _claimed(one)
    if claimed is None:
        return True
    cost, at = claimed
    try:
        if cost:
            # The day names the deed: told again after a death it counts once.
            key = f"{one.schema}:{one.code}:{one.day.isoformat()}"
            tell_use(one.customer, one.code, cost, key=key, at=at)
    except Exception:
        log.exception("what a company has used could not be told: %s", one.schema)
        return False
    TOLD.reach()
    with control_scope():
        MeterDay.objects.filter(pk=one.pk).update(told_at=timezone.now())
    return True


def _is_let_go(one: Untold) -> bool:
    """What the provider knows of was told before the end, and is asked for there; of the rest an invoice asks."""
    with control_scope():
        row = MeterDay.objects.get(pk=one.pk)
        since = (row.told_for or _noon(one.day)).replace(second=0, microsecond=0)
        told = _told_since(one, since)
    try:
        known = used_of(one.customer, one.code, since=since, until=since + _MINUTE)
    except Exception:
        log.exception("what the card provider knows of a company's use could not be read: %s", one.schema)
        return False
    with control_scope():
        row = MeterDay.objects.select_for_update().get(pk=one.pk)
        if (cost := _cost_of(row)) and known - told >= cost:
            row.told_at = timezone.now()
        else:
            # Of a moment of a subscription that is over no other one asks.
            row.way, row.told_for = MeterDay.Way.NONE, None
        row.save(update_fields=["told_at", "told_for", "way"])
    return True


def _told_since(one: Untold, since: datetime) -> int:
    """For how many kopecks else was told under the same minute."""
    rows = MeterDay.objects.filter(company=one.company_id, code=one.code, told_at__isnull=False)
    same = rows.filter(told_for__gte=since, told_for__lt=since + _MINUTE)
    return kopecks(same.aggregate(all=_COST)["all"] or ZERO)


def _claimed(one: Untold) -> tuple[int, datetime] | None:
    """(for how many kopecks of a day the card is asked from now on, the moment under which it counts there); None when
    an invoice has asked for it meanwhile."""
    row = MeterDay.objects.select_for_update().get(pk=one.pk)
    if row.way == MeterDay.Way.TRANSFER:
        return None
    row.way, row.told_for = MeterDay.Way.CARD, row.told_for or _moment(one)
    row.save(update_fields=["way", "told_for"])
    return (_beyond(one) if row.charged is None else _cost_of(row)), row.told_for


def _cost_of(row: MeterDay) -> int:
    return kopecks((row.charged or 0) * (row.unit_price or ZERO))


def _moment(one: Untold) -> datetime:
    """Noon of the day; what was used before the running period began counts as used now, since the provider asks for
    no moment of a period that is over."""
    row = Subscription.objects.get(pk=one.company_id)
    days = [day for day in (row.paid_from, row.paid_until) if day is not None and day <= today()]
    if days and one.day <= max(days):
        return timezone.now().replace(microsecond=0)
    return _noon(one.day)


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), ZONE)


def _beyond(one: Untold) -> int:
    """The same of a day that was counted before its charge was known with it."""
    extra = held_of(subscription_of(one.company_id)).choice.offer.extras.get(one.code)
    if extra is None:
        return 0
    earlier = MeterDay.objects.filter(
        company=one.company_id, code=one.code, day__gte=month_of(one.day), day__lt=one.day
    )
    units = beyond(earlier.aggregate(all=Sum("volume"))["all"] or 0, one.volume, extra.free)
    return kopecks(units * METERS[one.code].price_of_unit(extra.unit_price))


def reconcile_use(schema: str, seen: Seen | None) -> bool:
    """Let a subscription have an item for each meter, and see whether the provider knows what it was told this month.

    False where it knows something else: that is for a person, since telling again might count twice.
    """
    if seen is None or not seen.is_live:
        return True
    with control_scope():
        account = CardAccount.objects.select_related("company").get(company__schema_name=schema)
        wanted = [one for one in wanted_of(held_of(subscription_of(account.pk)).choice) if one.what == METER]
        since = datetime.combine(month_of(today()), time.min, UTC)
        told = _told_in(account.pk, since)
    standing = {part.code for part in seen.parts if part.what == METER}
    if missing := [one for one in wanted if one.code not in standing]:
        key = f"{schema}:meters:{','.join(one.key for one in missing)}"
        add(seen.subscription, missing, key=hashlib.sha256(key.encode()).hexdigest())
    until = datetime.combine(today(), time.min, UTC) + _DAY
    gaps = {
        code: (cost, known)
        for code, cost in told.items()
        if (known := used_of(account.customer, code, since=since, until=until)) != cost
    }
    if gaps:
        log.error("the card provider knows other use than it was told of %s: %s", schema, gaps)
    return not gaps


def _told_in(company_id: int, since: datetime) -> dict[str, int]:
    """For how many kopecks was told under moments since one, by meter; of days before moments stood with them units
    were told, which is nobody's to compare."""
    rows = MeterDay.objects.filter(company=company_id, told_at__isnull=False, told_for__gte=since, charged__gt=0)
    return {code: kopecks(cost) for code, cost in rows.values("code").annotate(all=_COST).values_list("code", "all")}
