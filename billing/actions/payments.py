"""Money that comes: told by a bank's statement, matched with invoices, kept as credit, spent on what was chosen."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Sum

from billing.errors import PaymentTaken
from billing.events import PaymentCame
from billing.models import Invoice, Payment, PlanVersion, Subscription
from billing.queries import choice_of, held_of, locked_subscription, offer_of, whole
from billing.rules.matching import Known, match
from billing.rules.offers import ZERO
from billing.rules.papers import numbers_in, printed
from billing.rules.prices import quote
from billing.rules.statement import Incoming
from core.access.loading import system_actor
from core.errors import NotFound
from core.events.bus import emit
from core.verb import verb
from tenants.models import Company
from tenants.queries import locked
from tenants.snapshots import inside

from .extras import close_extras
from .subscriptions import live, shut_addresses, take


@dataclass(frozen=True)
class Received:
    """What became of one line of a statement: `known` when it was read before."""

    payment: Payment
    is_known: bool


@verb
def receive(told: Incoming, *, day: date) -> Received:
    """Write a payment down once, and credit it where there is no doubt whose it is. In a control scope."""
    fresh = Payment(
        key=told.key,
        came_on=told.came_on,
        total=told.total,
        bank_number=told.bank_number,
        payer_name=told.payer_name,
        payer_inn=told.payer_inn,
        payer_account=told.payer_account,
        purpose=told.purpose,
    )
    standing = Payment.objects.filter(key=told.key).first()
    if standing is not None:
        return Received(standing, is_known=True)
    # Two readers of one statement at once: the later finds the row here, or waits for it and finds it then.
    Payment.objects.bulk_create([fresh], ignore_conflicts=True)
    payment = Payment.objects.select_for_update().get(key=told.key)
    if payment.state == Payment.State.CREDITED or payment.reason:
        return Received(payment, is_known=True)
    invoices = {row.number: row for row in Invoice.objects.filter(number__in=numbers_in(told.purpose))}
    known = {number: Known(number, missing_of(row), row.buyer_inn) for number, row in invoices.items()}
    found = match(told, known)
    if found.number is None:
        payment.reason = found.reason
        payment.save(update_fields=["reason"])
    else:
        _credit(payment, invoices[found.number], day=day)
    return Received(payment, is_known=False)


@verb
def assign(payment_id: int, number: int, *, day: date) -> Payment:
    """A person says which invoice a waiting payment is for. In a control scope. Errors: NotFound, PaymentTaken."""
    payment = Payment.objects.select_for_update().filter(pk=payment_id).first()
    invoice = Invoice.objects.filter(number=number).first()
    if payment is None or invoice is None:
        raise NotFound()
    if payment.state != Payment.State.WAITING:
        raise PaymentTaken()
    _credit(payment, invoice, day=day)
    return payment


def missing_of(invoice: Invoice) -> Decimal:
    """How much of an invoice is not paid yet."""
    came = invoice.payments.aggregate(came=Sum("total"))["came"] or ZERO
    return max(invoice.total - came, ZERO)


def _credit(payment: Payment, invoice: Invoice, *, day: date) -> None:
    """Give a payment to the company of an invoice, and let what it has bought hold once the whole of it is there."""
    company = locked(invoice.company.schema_name)
    row = locked_subscription(company.pk)
    missing_before = missing_of(invoice)
    payment.state, payment.reason = Payment.State.CREDITED, ""
    payment.company, payment.invoice = company, invoice
    payment.save(update_fields=["state", "reason", "company", "invoice"])
    # What is asked for extras pays for what was used: only what comes beyond it waits for the next purchase.
    owed = missing_before if invoice.kind == Invoice.Kind.EXTRAS else ZERO
    row.credit += max(payment.total - owed, ZERO)
    row.save(update_fields=["credit"])
    with inside(company):
        told = PaymentCame(None, number=printed(invoice.number), total=str(payment.total))
        emit(told, by=system_actor())
    _spend(company, row, invoice, day)
    shut_addresses(company.pk)
    live(company.schema_name, day=day)


def _spend(company: Company, row: Subscription, invoice: Invoice, day: date) -> None:
    """Take what an invoice was made out for, if all of it is paid and nothing has changed what it costs."""
    # Another payment of the same invoice may have ended it while the company's row was waited for.
    invoice.refresh_from_db()
    if invoice.state == Invoice.State.PAID or missing_of(invoice):
        return
    invoice.state, invoice.paid_on = Invoice.State.PAID, day
    invoice.save(update_fields=["state", "paid_on"])
    if invoice.kind == Invoice.Kind.EXTRAS:
        close_extras(company, invoice, day=day)
        return
    version = whole(PlanVersion.objects.all()).get(pk=invoice.version_id)
    wanted = choice_of(offer_of(version), invoice.period, invoice.seats, invoice.add_ons)
    is_fresh = invoice.revision == row.revision and day <= invoice.pay_until
    counted = quote(held_of(row), wanted, day, counted_on=invoice.issued_on if is_fresh else None)
    # What comes by transfer while a card pays stays credit: the plan is then the card's.
    if row.by == Subscription.By.CARD:
        return
    # The next period is taken by `live` on its first day, so that each period has an act of its own.
    if not counted.charge and not counted.waits:
        with inside(company):
            system = system_actor()
        take(company, row, counted, day=day, by=system)
