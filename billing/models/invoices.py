"""Invoices, payments and closing acts. None of them is ever deleted, and what is written in one stays."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from billing.rules.offers import ZERO, Period
from tenants.models import Company

from .plans import CURRENCIES, PlanVersion, price


class Counter(models.Model):
    """The last number given in a series. It is taken in the transaction of the paper, so the series has no gaps."""

    series = models.CharField(max_length=10, primary_key=True)
    last = models.BigIntegerField(default=0)


class Invoice(models.Model):
    """A счёт: what was chosen, for how much, by whom. `total` is what the lines cost less `deduction`.

    `deduction` is money of the company itself: what was unused of the running period, and credit. `revision` is that of
    the subscription it was counted from. `seller` are the requisites of that day. One for `extras` asks for what was
    used beyond the plan in the days from `used_from` to before `used_to`; what comes for it is never credit.
    """

    class Kind(models.TextChoices):
        PLAN = "plan", "За тариф"
        EXTRAS = "extras", "За услуги сверх тарифа"

    class State(models.TextChoices):
        OPEN = "open", "Ждёт оплаты"
        PAID = "paid", "Оплачен"

    number = models.BigIntegerField(unique=True)
    company = models.ForeignKey(Company, models.PROTECT, related_name="invoices")
    kind = models.CharField(max_length=6, choices=Kind, default=Kind.PLAN, db_default="plan")
    state = models.CharField(max_length=4, choices=State, default=State.OPEN)
    issued_on = models.DateField()
    pay_until = models.DateField()
    paid_on = models.DateField(null=True)
    used_from = models.DateField(null=True)
    used_to = models.DateField(null=True)
    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="+")
    period = models.CharField(max_length=5, choices=Period.choices)
    seats = models.IntegerField(null=True)
    add_ons = ArrayField(models.CharField(max_length=30), default=list)
    revision = models.IntegerField()
    seller = models.JSONField()
    buyer_name = models.CharField(max_length=300)
    buyer_inn = models.CharField(max_length=12)
    buyer_kpp = models.CharField(max_length=9, blank=True)
    buyer_address = models.CharField(max_length=500)
    deduction = price(default=ZERO)
    total = price()
    vat = price(null=True)
    currency = models.CharField(max_length=3)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(name="invoice_of_company", fields=["company", "-number"])]
        constraints = [
            models.CheckConstraint(name="invoice_sums", condition=Q(total__gt=0, deduction__gte=0, number__gte=1)),
            models.CheckConstraint(
                name="invoice_vat", condition=Q(vat__isnull=True) | Q(vat__gte=0, vat__lte=F("total"))
            ),
            models.CheckConstraint(name="invoice_currency_known", condition=Q(currency__in=CURRENCIES)),
            models.CheckConstraint(
                name="invoice_paid_has_day",
                condition=Q(state="open", paid_on__isnull=True) | Q(state="paid", paid_on__isnull=False),
            ),
        ]


class InvoiceLine(models.Model):
    """One line as it was printed."""

    invoice = models.ForeignKey(Invoice, models.CASCADE, related_name="lines")
    place = models.IntegerField()
    title = models.CharField(max_length=300)
    count = models.IntegerField()
    unit_price = price()
    total = price()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="invoice_line_once", fields=["invoice", "place"]),
            models.CheckConstraint(
                name="invoice_line_sums",
                condition=Q(count__gte=1, unit_price__gte=0, total=F("unit_price") * F("count")),
            ),
        ]


class Payment(models.Model):
    """Money that has come, as the bank or the provider of cards tells it; `key` is the same however often it is told.

    One that cannot be understood waits for a person with `reason`; only what belongs to a company is credited.
    """

    class State(models.TextChoices):
        CREDITED = "credited", "Зачислен"
        WAITING = "waiting", "Ждёт разбора"

    key = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    reason = models.CharField(max_length=200, blank=True)
    company = models.ForeignKey(Company, models.PROTECT, null=True, related_name="payments")
    invoice = models.ForeignKey(Invoice, models.PROTECT, null=True, related_name="payments")
    came_on = models.DateField()
    total = price()
    bank_number = models.CharField(max_length=50)
    payer_name = models.CharField(max_length=300)
    payer_inn = models.CharField(max_length=12, blank=True)
    payer_account = models.CharField(max_length=34, blank=True)
    purpose = models.TextField()
    read_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [
            models.Index(name="payment_of_company", fields=["company", "id"]),
            models.Index(name="payment_waiting", fields=["id"], condition=Q(state="waiting")),
        ]
        constraints = [
            models.CheckConstraint(name="payment_positive", condition=Q(total__gt=0)),
            models.CheckConstraint(
                name="payment_belongs",
                condition=Q(state="waiting", company__isnull=True) | Q(state="credited", company__isnull=False),
            ),
        ]


class Act(models.Model):
    """A closing act: what was used up in the days from `period_from` to before `period_to`.

    `seller` and `buyer` (name, inn, kpp, address) are those of the last invoice that was paid; `vat` is in the total.
    """

    number = models.BigIntegerField(unique=True)
    kind = models.CharField(max_length=6, choices=Invoice.Kind, default=Invoice.Kind.PLAN, db_default="plan")
    company = models.ForeignKey(Company, models.PROTECT, related_name="acts")
    issued_on = models.DateField()
    period_from = models.DateField()
    period_to = models.DateField()
    title = models.CharField(max_length=300)
    total = price()
    vat = price(null=True)
    currency = models.CharField(max_length=3)
    seller = models.JSONField(default=dict)
    buyer = models.JSONField(default=dict)

    class Meta:
        constraints = [
            # Neither a repeated job nor a change of the same day closes the same days twice.
            models.UniqueConstraint(name="act_of_days_once", fields=["company", "kind", "period_from"]),
            models.CheckConstraint(
                name="act_sane", condition=Q(total__gt=0, period_to__gt=F("period_from"), number__gte=1)
            ),
        ]
        indexes = [models.Index(name="act_of_company", fields=["company", "-number"])]
