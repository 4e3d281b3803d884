"""What is offered for sale. A version that was sold is never edited: the next one takes its place from a day on."""

from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

CURRENCIES = ("RUB",)


def price(**more: Any) -> models.DecimalField:
    """A sum of money as every column of the house holds it."""
    return models.DecimalField(max_digits=18, decimal_places=2, **more)


class Plan(models.Model):
    """A name under which versions follow one another; `rank` orders them from the smallest."""

    code = models.CharField(max_length=30, primary_key=True)
    title = models.CharField(max_length=60)
    summary = models.CharField(max_length=300, blank=True)
    rank = models.IntegerField(unique=True)

    class Meta:
        constraints = [models.CheckConstraint(name="plan_code_shape", condition=Q(code__regex=r"^[a-z][a-z0-9-]*$"))]

    def __str__(self) -> str:
        return self.title


class DayRange(Func):
    """Days from the first to before the second; without an end when the second is empty."""

    function = "DATERANGE"
    output_field = DateRangeField()


class PlanVersion(models.Model):
    """Prices and limits of a plan from a day on, `valid_to` not included and empty for the last one.

    A company keeps the version that it has bought until it changes. Empty `seats_included`, `storage_bytes` and
    `modules` mean without a limit; without a price further seats are not sold.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="versions")
    number = models.IntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    currency = models.CharField(max_length=3, default="RUB")
    month_price = price()
    year_price = price()
    seats_included = models.IntegerField(null=True)
    seat_month_price = price(null=True)
    seat_year_price = price(null=True)
    storage_bytes = models.BigIntegerField(null=True)
    modules = ArrayField(models.CharField(max_length=50), null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="plan_version_once", fields=["plan", "number"]),
            models.CheckConstraint(name="plan_version_currency_known", condition=Q(currency__in=CURRENCIES)),
            models.CheckConstraint(
                name="plan_version_prices", condition=Q(month_price__gte=0, year_price__gte=0, number__gte=1)
            ),
            # Without the other half a period could be chosen that has no price.
            models.CheckConstraint(
                name="plan_version_seat_prices",
                condition=Q(seat_month_price__isnull=True, seat_year_price__isnull=True)
                | Q(
                    # A comparison with nothing is neither true nor false, and a check lets that through.
                    seat_month_price__isnull=False,
                    seat_year_price__isnull=False,
                    seats_included__isnull=False,
                    seat_month_price__gte=0,
                    seat_year_price__gte=0,
                ),
            ),
            models.CheckConstraint(
                name="plan_version_limits",
                condition=(Q(seats_included__isnull=True) | Q(seats_included__gte=1))
                & (Q(storage_bytes__isnull=True) | Q(storage_bytes__gte=0)),
            ),
            models.CheckConstraint(
                name="plan_version_lasts", condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from"))
            ),
            ExclusionConstraint(
                name="plan_version_one_at_a_time",
                expressions=[
                    ("plan", RangeOperators.EQUAL),
                    (DayRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} v{self.number}"


class AddOn(models.Model):
    """Something that is sold beside a version of a plan: modules, room for files, or both."""

    version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="add_ons")
    code = models.CharField(max_length=30)
    title = models.CharField(max_length=100)
    month_price = price()
    year_price = price()
    modules = ArrayField(models.CharField(max_length=50), default=list)
    storage_bytes = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="add_on_once", fields=["version", "code"]),
            models.CheckConstraint(
                name="add_on_numbers", condition=Q(month_price__gte=0, year_price__gte=0, storage_bytes__gte=0)
            ),
        ]


class Extra(models.Model):
    """Something that is metered: so much a month is free in a version of a plan, each unit beyond has its price."""

    class Code(models.TextChoices):
        SMS = "sms", "SMS"
        STORAGE = "storage", "Файлы сверх квоты"
        LOOKUPS = "lookups", "Запросы к справочникам"
        MINUTES = "minutes", "Минуты разговоров"

    version = models.ForeignKey(PlanVersion, models.CASCADE, related_name="extras")
    code = models.CharField(max_length=10, choices=Code)
    unit = models.CharField(max_length=20)
    free_volume = models.DecimalField(max_digits=18, decimal_places=6, default=0)
    unit_price = price()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="extra_once", fields=["version", "code"]),
            models.CheckConstraint(
                name="extra_code_known", condition=Q(code__in=["sms", "storage", "lookups", "minutes"])
            ),
            models.CheckConstraint(name="extra_numbers", condition=Q(free_volume__gte=0, unit_price__gte=0)),
        ]
