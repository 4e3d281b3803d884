"""The counting door: whoever uses something that is metered asks here whether he may, and tells here that he has.

    must_afford(LOOKUPS)                      # before: nothing of it is written
    count(LOOKUPS, key=f"lookup:{row.pk}")    # in the transaction that writes what came of it

Both in the company's scope. The key names the deed, not the try: told again it counts nothing.
"""

from decimal import Decimal

from django.db.models import Sum

from core.access.models import RoleAssignment
from core.entitlements.allowance import level
from core.entitlements.port import allowance
from core.notifications.actions import notify
from core.verb import verb

from .errors import CeilingReached, ExtrasUnpaid, NotIncluded, sum_words
from .meters import Meter, Spent, beyond, month_of, service_day
from .models import MeterMonth
from .notifications import CEILING
from .queries import Used, note_event

_OWNER = "owner"
_KOPECKS = 100
_RANKS = ("free", "near", "filled")


def must_afford(meter: Meter, *, volume: int = 1) -> None:
    """Refuse what the company is not willing to pay for, has not paid for, or what its plan does not sell.

    Costs no statement while it is sold and there is neither a ceiling nor a debt. Errors: CeilingReached, ExtrasUnpaid,
    NotIncluded.
    """
    may = allowance()
    price = may.price_of(meter.code)
    if price is None:
        _must_be_given(meter, volume)
        return
    ceiling = may.ceiling_of(meter.code)
    if ceiling is None and not may.owes_extras:
        return
    day, free = service_day(), _free(meter)
    row = MeterMonth.objects.filter(code=meter.code, month=month_of(day)).first()
    used = row.volume if row else 0
    over = beyond(used, volume, free)
    # What the plan includes is paid for in any case.
    if may.owes_extras and over * price:
        raise ExtrasUnpaid(meter)
    if ceiling is not None and over and _spent(row, used, free, price).and_more(over, price, day).total > ceiling:
        raise CeilingReached(meter, ceiling)


def _must_be_given(meter: Meter, volume: int) -> None:
    """What nobody sells the company has an end as well, or the installation would pay for whoever registers.

    It is an end of all that was ever used, not of a month: a trial may last over two of them. An own server pays its
    providers itself.
    """
    may = allowance()
    if may.is_licensed:
        return
    given = int(Decimal(may.volumes.get(meter.code, meter.given)))
    used = MeterMonth.objects.filter(code=meter.code).aggregate(all=Sum("volume"))["all"] if given else 0
    if (used or 0) + volume > given:
        raise NotIncluded(meter, given)


@verb
def count(meter: Meter, *, key: str, volume: int = 1) -> bool:
    """Count something used, once under its key; whether it was new. Owners are told when a ceiling comes near."""
    day, may = service_day(), allowance()
    month, price = month_of(day), may.price_of(meter.code)
    free = None if price is None else int(_free(meter))
    total = note_event(Used(meter.code, day, volume, price, free), key, month=month)
    if total is None:
        return False
    if price is not None:
        _reckon(meter, Used(meter.code, day, volume, price, free), total - volume, price)
    return True


def _reckon(meter: Meter, one: Used, before: int, price: Decimal) -> None:
    """Add what it costs to what the month has cost, and tell the owners where that comes near their ceiling.

    What is free and has no ceiling costs no statement. The month's row is locked by what was counted.
    """
    ceiling, free = allowance().ceiling_of(meter.code), _free(meter)
    over = beyond(before, one.volume, free)
    if not over and ceiling is None:
        return
    row = MeterMonth.objects.get(code=meter.code, month=month_of(one.day))
    spent = _spent(row, before, free, price).and_more(over, price, one.day)
    if over:
        row.cost, row.day, row.units, row.unit_price = spent.earlier, spent.day, spent.units, spent.price
        row.save(update_fields=["cost", "day", "units", "unit_price"])
    if ceiling is not None:
        _warn(meter, row, ceiling, spent.total)


def _warn(meter: Meter, row: MeterMonth, ceiling: Decimal, spent: Decimal) -> None:
    """To the owners, once on the way to 80 % and once at the ceiling."""
    reached = level(int(spent * _KOPECKS), int(ceiling * _KOPECKS)) if ceiling else "free"
    if _RANKS.index(reached) <= _RANKS.index(row.told):
        return
    row.told = reached
    row.save(update_fields=["told"])
    owners = RoleAssignment.objects.filter(role__code=_OWNER).values_list("principal_id", flat=True)
    is_over = reached == "filled"
    subject = f"Предел расходов на {meter.of_what} {'исчерпан' if is_over else 'почти исчерпан'}"
    more = "До конца месяца новых не будет." if is_over else "Когда он исчерпается, до конца месяца новых не будет."
    where = "Поднять предел можно в разделе «Тариф и оплата»."
    paragraphs = (f"В этом месяце потрачено {sum_words(spent)} из {sum_words(ceiling)}. {more} {where}",)
    key = f"ceiling-{meter.code}-{row.month.isoformat()}-{reached}"
    notify(owners, kind=CEILING, subject=subject, paragraphs=paragraphs, link_path="/settings/billing", key=key)


def _spent(row: MeterMonth | None, used: int, free: Decimal, price: Decimal) -> Spent:
    """What a month has cost; one that began before it was sold, or before that was kept, goes by the plan of now."""
    if row is None:
        return Spent()
    if row.cost is None:
        return Spent(beyond(0, used, free) * price)
    return Spent(row.cost, row.day, row.units, row.unit_price)


def _free(meter: Meter) -> Decimal:
    return Decimal(allowance().volumes.get(meter.code, 0))
