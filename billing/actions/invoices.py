"""Making out invoices and acts. In a control scope, the company's row locked first, then its subscription."""

from datetime import date, timedelta
from decimal import Decimal

from django.conf import settings

from billing.errors import NoInvoices, NothingToPay, PaidByCard, TooManyInvoices, TooManyInvoicesToday
from billing.events import InvoiceIssued
from billing.models import Act, Counter, Invoice, InvoiceLine, Subscription
from billing.permissions import MANAGE_BILLING
from billing.queries import held_of, locked_subscription, read_wish, today
from billing.rules.offers import Choice
from billing.rules.papers import PAY_DAYS, Buyer, printed, vat_in, wrong_buyer
from billing.rules.prices import Held, Quote, quote, used_of
from billing.rules.wishes import Wish
from core.access.actor import Actor
from core.errors import Invalid
from core.events.bus import emit
from core.texts import clean_line
from core.verb import verb
from tenants.models import Company
from tenants.queries import locked
from tenants.snapshots import inside

# People try out a few choices; whoever makes out more fills the books of the seller.
MOST_OPEN, MOST_A_DAY = 20, 30


@verb
def issue_invoice(schema: str, wish: Wish, buyer: Buyer, *, by: Actor) -> Invoice:
    """Make out an invoice for what a choice costs today; the same one again on the same day is answered with it.

    Errors: Forbidden, Invalid by field (`buyer.inn`), NothingToPay, NoInvoices, PaidByCard, TooManyInvoices,
    TooManyInvoicesToday.
    """
    by.must(MANAGE_BILLING)
    buyer = _clean(buyer)
    if not settings.SELLER["name"]:
        raise NoInvoices()
    company, day = locked(schema), today()
    row = locked_subscription(company.pk)
    if row.by == Subscription.By.CARD:
        raise PaidByCard()
    wanted = read_wish(row, wish, day)
    counted = quote(held_of(row), wanted, day)
    if not counted.charge:
        raise NothingToPay()
    standing = _standing(company, row, wanted, buyer, counted, day)
    if standing is not None:
        return standing
    _must_be_few(company, day)
    invoice = _write(company, row, buyer, counted, day)
    with inside(company):
        emit(InvoiceIssued(None, number=printed(invoice.number), total=str(invoice.total)), by=by)
    return invoice


@verb
def close_days(
    company: Company, row: Subscription, held: Held, *, day: date, most: Decimal | None = None
) -> Act | None:
    """Make out the act for what is used up of the paid period by a day; once, and None when nothing is.

    `most` is what is left for it where somebody else has counted what is given back, to the second.
    """
    if held.paid_from is None or held.paid_until is None:
        return None
    total, ends = used_of(held, day), min(day, held.paid_until)
    if most is not None:
        total = min(total, most)
    acts = Act.objects.filter(company=company, kind=Invoice.Kind.PLAN)
    if not total or acts.filter(period_from=held.paid_from).exists():
        return None
    last = Invoice.objects.filter(company=company, state=Invoice.State.PAID).order_by("-number").first()
    seller = last.seller if last else settings.SELLER
    return Act.objects.create(
        seller=seller,
        buyer=buyer_of(last) if last else {"name": company.name, "inn": company.inn, "kpp": "", "address": ""},
        vat=vat_in(total, seller["vat"]),
        number=next_number("act"),
        company=company,
        issued_on=day,
        period_from=held.paid_from,
        period_to=ends,
        title=f"Доступ к сервису по тарифу «{held.choice.offer.title}»",
        total=total,
        currency=row.currency,
    )


def buyer_of(invoice: Invoice) -> dict[str, str]:
    """Requisites of whoever an invoice is made out to."""
    return {name: getattr(invoice, f"buyer_{name}") for name in ("name", "inn", "kpp", "address")}


def next_number(series: str) -> int:
    """The next number of a series without gaps: whoever rolls back gives his back."""
    Counter.objects.bulk_create([Counter(series=series)], ignore_conflicts=True)
    counter = Counter.objects.select_for_update().get(pk=series)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last


def _clean(buyer: Buyer) -> Buyer:
    clean = Buyer(*(clean_line(text) for text in (buyer.name, buyer.inn, buyer.kpp, buyer.address)))
    if wrong := wrong_buyer(clean):
        raise Invalid({f"buyer.{field}": text for field, text in wrong.items()})
    return clean


def _standing(
    company: Company, row: Subscription, wanted: Choice, buyer: Buyer, counted: Quote, day: date
) -> Invoice | None:
    """The open invoice that says the very same."""
    return Invoice.objects.filter(
        company=company,
        kind=Invoice.Kind.PLAN,
        state=Invoice.State.OPEN,
        issued_on=day,
        revision=row.revision,
        version_id=wanted.offer.version_id,
        period=wanted.period,
        seats=wanted.seats,
        add_ons=list(wanted.add_ons),
        buyer_name=buyer.name,
        buyer_inn=buyer.inn,
        buyer_kpp=buyer.kpp,
        buyer_address=buyer.address,
        total=counted.charge,
    ).first()


def _must_be_few(company: Company, day: date) -> None:
    """The company's row is locked: nobody makes out another one meanwhile."""
    made = Invoice.objects.filter(company=company, kind=Invoice.Kind.PLAN)
    if made.filter(state=Invoice.State.OPEN, pay_until__gte=day).count() >= MOST_OPEN:
        raise TooManyInvoices()
    if made.filter(issued_on=day).count() >= MOST_A_DAY:
        raise TooManyInvoicesToday()


def _write(company: Company, row: Subscription, buyer: Buyer, counted: Quote, day: date) -> Invoice:
    wanted = counted.wanted
    invoice = Invoice.objects.create(
        number=next_number("invoice"),
        company=company,
        issued_on=day,
        pay_until=day + timedelta(days=PAY_DAYS),
        version_id=wanted.offer.version_id,
        period=wanted.period,
        seats=wanted.seats,
        add_ons=list(wanted.add_ons),
        revision=row.revision,
        seller=settings.SELLER,
        buyer_name=buyer.name,
        buyer_inn=buyer.inn,
        buyer_kpp=buyer.kpp,
        buyer_address=buyer.address,
        deduction=counted.price - counted.charge,
        total=counted.charge,
        vat=vat_in(counted.charge, settings.SELLER["vat"]),
        currency=wanted.offer.currency,
    )
    InvoiceLine.objects.bulk_create(
        InvoiceLine(
            invoice=invoice, place=place, title=line.title, count=line.count, unit_price=line.unit_price,
            total=line.total,
        )
        for place, line in enumerate(counted.lines, start=1)
    )  # fmt: skip
    return invoice
