"""What companies use, day by day."""

from django.db import models
from django.db.models import Q

from tenants.models import Company


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
