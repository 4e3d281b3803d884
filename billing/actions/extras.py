"""What is used beyond the plan: how much a company is willing to spend on it, and the invoice of whoever pays so.

In a control scope, the company's row locked first.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby

from django.conf import settings

from billing.errors import CeilingBelowUse
from billing.events import CeilingSet, InvoiceIssued
from billing.letters import extras_invoiced, nobody_to_bill
from billing.models import Act, Ceiling, Invoice, InvoiceLine, MeterDay, Subscription
from billing.notifications import DUE
from billing.permissions import MANAGE_BILLING
from billing.queries import (
    card_pays_use,
    held_of,
    locked_subscription,
    month_before,
    owes_extras,
    parts_of,
    today,
    unasked,
)
from billing.rules.metering import charge_of
from billing.rules.offers import ZERO
from billing.rules.papers import PAY_DAYS, printed, vat_in
from core.access.actor import Actor
from core.access.loading import system_actor
from core.attachments.queries import bytes_held
from core.entitlements.allowance import Allowance
from core.errors import Invalid, NotFound
from core.events.bus import Change, emit
from core.metering.meters import METERS, Meter, month_of, next_month, units_over
from core.metering.queries import Used, waiting_for_night
from core.verb import verb
from tenants.models import Company
from tenants.queries import locked
from tenants.snapshots import inside

from .invoices import buyer_of, next_number
from .subscriptions import live, write_owners

MOST = Decimal("10000000.00")
_MONTHS = "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь".split()


@verb
def set_ceiling(schema: str, code: str, amount: Decimal | None, *, by: Actor) -> None:
    """Spend no more than that on a metered extra in a month; None takes the word back.

    Without a word events are counted without an end, and a level is not sold. Errors: Forbidden, NotFound, Invalid,
    CeilingBelowUse while more than that lies there, or was used this month, already.
    """
    by.must(MANAGE_BILLING)
    meter = METERS.get(code)
    if meter is None:
        raise NotFound()
    if amount is not None and not ZERO <= amount <= MOST:
        raise Invalid({"ceiling": "Сумма от 0 до 10 000 000 ₽"})
    company, day = locked(schema), today()
    row = locked_subscription(company.pk)
    before = Ceiling.objects.filter(company=company, code=code).first()
    if (before.amount if before else None) == amount:
        return
    if meter.is_level:
        _must_cover(company, row, meter, amount, before=before, day=day)
    else:
        _must_pay(company, row, meter, amount, before=before, day=day)
    if amount is None:
        Ceiling.objects.filter(company=company, code=code).delete()
    else:
        Ceiling.objects.update_or_create(company=company, code=code, defaults={"amount": amount})
    live(company.schema_name, day=day)
    with inside(locked(schema)):
        change = Change(code, str(before.amount) if before else None, None if amount is None else str(amount))
        emit(CeilingSet(None, changes=(change,)), by=by)


def _must_cover(
    company: Company, row: Subscription, meter: Meter, amount: Decimal | None, *, before: Ceiling | None, day: date
) -> None:  # fmt: skip
    """Whoever has filled more room than he pays for empties it first; else a month of it would cost next to nothing."""
    extra = held_of(row).choice.offer.extras.get(meter.code)
    if extra is None or before is None:
        return
    with inside(company):
        held = bytes_held()
    over = max(units_over(held, Allowance.of(company.allowance).storage_bytes) - int(extra.free), 0)
    needed, wanted = over * extra.unit_price, amount or ZERO
    if needed > wanted:
        raise CeilingBelowUse(meter, needed, over=over)
    # Nothing lies there, and for nothing there would be room: no day of this month costs anything any more.
    if wanted >= before.amount or (not over and wanted < extra.unit_price):
        return
    month = month_of(day)
    spent = month_before(company.pk, meter.code, month)[1]
    is_counted = MeterDay.objects.filter(company=company, code=meter.code, day=day).exists()
    days = (next_month(month) - day).days - is_counted
    needed = min(spent + days * over * meter.price_of_unit(extra.unit_price), before.amount)
    if needed > wanted:
        raise CeilingBelowUse(meter, needed)


def _must_pay(
    company: Company, row: Subscription, meter: Meter, amount: Decimal | None, *, before: Ceiling | None, day: date
) -> None:  # fmt: skip
    """What was used under one word is not paid by a smaller one, though the night has not written its day yet."""
    if amount is None or (before is not None and amount > before.amount):
        return
    with inside(company):
        waiting = waiting_for_night(meter.code)
    standing = before.amount if before else None
    needed = max(_spent_with(company, row, meter, month, waiting, standing) for month in _months_of(waiting, day))
    if needed > amount:
        raise CeilingBelowUse(meter, needed)


def _months_of(waiting: Iterable[Used], day: date) -> set[date]:
    """This month, and one that is over, the last of whose days nobody has written yet."""
    return {month_of(day)} | {month_of(one.day) for one in waiting}


def _spent_with(
    company: Company, row: Subscription, meter: Meter, month: date, waiting: list[Used], ceiling: Decimal | None
) -> Decimal:  # fmt: skip
    """What a month has come to, with the days that the night will write."""
    volume, spent = month_before(company.pk, meter.code, month)
    for one_day, parts in groupby((one for one in waiting if month_of(one.day) == month), key=lambda one: one.day):
        terms = parts_of(row, meter.code, one_day, parts)
        made = charge_of(meter, terms, before=volume, spent=spent, ceiling=ceiling)
        volume, spent = volume + made.volume, spent + made.total
    return spent


@verb
def bill_extras(company: Company, *, day: date) -> Invoice | None:
    """Make out the invoice for months that are over, where no card is asked for them, and let what is overdue have its
    effect. None when there is nothing to ask for, or nobody has said whom."""
    row = Subscription.objects.filter(pk=company.pk).first()
    made = None if row is None or card_pays_use(company.pk) else _invoice(company, row, day)
    may = Allowance.of(company.allowance)
    # What was written by the rules of before is told anew, too.
    if owes_extras(company.pk, day) != may.owes_extras or (row is not None and not may.volumes):
        live(company.schema_name, day=day)
    return made


@verb
def close_extras(company: Company, invoice: Invoice, *, day: date) -> Act:
    """The act for what an invoice of this kind asked for; it is paid whole."""
    return Act.objects.create(
        number=next_number("act"),
        kind=Invoice.Kind.EXTRAS,
        company=company,
        issued_on=day,
        period_from=invoice.used_from or invoice.issued_on,
        period_to=invoice.used_to or day,
        title="Услуги сверх тарифа",
        total=invoice.total,
        vat=invoice.vat,
        currency=invoice.currency,
        seller=invoice.seller,
        buyer=buyer_of(invoice),
    )


def _invoice(company: Company, row: Subscription, day: date) -> Invoice | None:
    due = unasked(company.pk, month_of(day))
    days = list(due.order_by("day", "code"))
    if not days:
        return None
    lines = _lines(days)
    total = sum((line.total for line in lines), ZERO)
    # Whoever has never been made out an invoice has told nobody whom to make it out to.
    last = Invoice.objects.filter(company=company).order_by("-number").first()
    if last is None or not settings.SELLER["name"]:
        _ask_whom(company, total, month_of(day))
        return None
    invoice = _write(company, row, last, total, days, day)
    for place, line in enumerate(lines, start=1):
        line.invoice, line.place = invoice, place
    InvoiceLine.objects.bulk_create(lines)
    due.filter(pk__in=[one.pk for one in days]).update(way=MeterDay.Way.TRANSFER, invoice=invoice.number)
    with inside(company):
        emit(InvoiceIssued(None, number=printed(invoice.number), total=str(total)), by=system_actor())
        said = extras_invoiced(printed(invoice.number), total, invoice.pay_until)
        write_owners(DUE, said, key=f"billing-extras-{invoice.number}")
    return invoice


def _ask_whom(company: Company, total: Decimal, month: date) -> None:
    """Once for each month that is over; from the same day on as an invoice would be late it counts as owed."""
    with inside(company):
        said = nobody_to_bill(total, month + timedelta(days=PAY_DAYS))
        write_owners(DUE, said, key=f"billing-whom-{month.isoformat()}")


def _lines(days: Iterable[MeterDay]) -> list[InvoiceLine]:
    """A line for each meter of each month at each price."""
    counts: dict[tuple[date, str, Decimal], int] = {}
    for one in days:
        key = (month_of(one.day), one.code, one.unit_price or ZERO)
        counts[key] = counts.get(key, 0) + (one.charged or 0)
    return [
        InvoiceLine(
            title=f"{METERS[code].sold_as}, {_MONTHS[month.month - 1]} {month.year} ({METERS[code].unit})",
            count=count,
            unit_price=price,
            total=price * count,
        )
        for (month, code, price), count in sorted(counts.items())
    ]


def _write(
    company: Company, row: Subscription, last: Invoice, total: Decimal, days: list[MeterDay], day: date
) -> Invoice:
    told = {f"buyer_{name}": value for name, value in buyer_of(last).items()}
    return Invoice.objects.create(
        number=next_number("invoice"),
        kind=Invoice.Kind.EXTRAS,
        company=company,
        issued_on=day,
        pay_until=day + timedelta(days=PAY_DAYS),
        used_from=month_of(days[0].day),
        used_to=month_of(day),
        version_id=row.version_id,
        period=row.period,
        revision=row.revision,
        seller=settings.SELLER,
        total=total,
        vat=vat_in(total, settings.SELLER["vat"]),
        currency=row.currency,
        **told,
    )
