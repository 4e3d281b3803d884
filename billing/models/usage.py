"""What companies use, day by day."""

from django.db import models
from django.db.models import Q

from tenants.models import Company

from .plans import price


class Ceiling(models.Model):
    """How much a company is willing to spend on a metered extra in a month; without a row it has said nothing."""

    company = models.ForeignKey(Company, models.CASCADE, related_name="ceilings")
    code = models.CharField(max_length=10)
    amount = price()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="ceiling_once", fields=["company", "code"]),
            models.CheckConstraint(name="ceiling_not_negative", condition=Q(amount__gte=0)),
        ]


class MeterDay(models.Model):
    """How much of a metered extra was used on a day that is over.

    `charged` of it is to be paid for, at `unit_price`; both are of that day, whatever is bought later. It is paid one
    `way` and never two: told to the provider of cards (`told_at` is when, `told_for` the moment under which it counts
    there), or written into the `invoice` of that number. Days that were counted before this was known have no
    `charged`.
    """

    class Way(models.TextChoices):
        NONE = "", "Ещё никак"
        CARD = "card", "Картой"
        TRANSFER = "transfer", "По счёту"

    company = models.ForeignKey(Company, models.CASCADE, related_name="metered")
    day = models.DateField()
    code = models.CharField(max_length=10)
    volume = models.IntegerField()
    charged = models.IntegerField(null=True)
    unit_price = price(null=True)
    way = models.CharField(max_length=8, choices=Way, blank=True, default=Way.NONE, db_default="")
    invoice = models.BigIntegerField(null=True)
    told_at = models.DateTimeField(null=True)
    told_for = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(name="meter_day_untold", fields=["id"], condition=Q(told_at__isnull=True))]
        constraints = [
            models.UniqueConstraint(name="meter_day_once", fields=["company", "day", "code"]),
            models.CheckConstraint(name="meter_day_used", condition=Q(volume__gt=0)),
        ]


class UsageDay(models.Model):
    """What was in use on a day of the service's clock, as it was counted once, beside what was allowed then.

    Limits are empty where there was none.
    """

    company = models.ForeignKey(Company, models.CASCADE, related_name="usage")
    day = models.DateField()
    seats = models.IntegerField()
    seats_limit = models.IntegerField(null=True)
    storage_bytes = models.BigIntegerField()
    storage_limit = models.BigIntegerField(null=True)

    class Meta:
        # Its index gives a company's newest days, too.
        constraints = [
            models.UniqueConstraint(name="usage_day_once", fields=["company", "day"]),
            models.CheckConstraint(name="usage_counted", condition=Q(seats__gte=0, storage_bytes__gte=0)),
        ]
