"""What companies use, day by day."""

from django.db import models
from django.db.models import Q

from tenants.models import Company


class MeterDay(models.Model):
    """How much of a metered extra was used on a day that is over; `told_at` is when the provider of cards was told."""

    company = models.ForeignKey(Company, models.CASCADE, related_name="metered")
    day = models.DateField()
    code = models.CharField(max_length=10)
    volume = models.IntegerField()
    told_at = models.DateTimeField(null=True)

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
