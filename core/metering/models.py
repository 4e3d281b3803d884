"""What a company has used by the unit, in its own tables: written in the transaction of the work that has used it."""

from django.db import models
from django.db.models import Q
from django.utils import timezone


class MeterEvent(models.Model):
    """Something was used, told under a `key` that is the same however often it is told.

    `taken` is set when billing has put it into the company's day, in the transaction that writes that day. `unit_price`
    and `free` are the terms under which it was used: whatever is bought before the night makes it no cheaper. They are
    empty where it was not sold then.
    """

    code = models.CharField(max_length=10)
    key = models.CharField(max_length=100)
    volume = models.IntegerField()
    unit_price = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    free = models.IntegerField(null=True)
    day = models.DateField()
    taken = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [
            models.Index(name="meter_event_untaken", fields=["day"], condition=Q(taken=False)),
            models.Index(name="meter_event_age", fields=["created_at"]),
        ]
        constraints = [
            models.UniqueConstraint(name="meter_event_once", fields=["code", "key"]),
            models.CheckConstraint(name="meter_event_used", condition=Q(volume__gt=0)),
        ]


class MeterMonth(models.Model):
    """How much was used of a meter in a month, from its first day on; `told` is the level that owners were told of.

    What is beyond the free volume cost `cost` on the days before `day`, and `units` at `unit_price` on that one
    (`meters.Spent`). `cost` is empty where nothing beyond was used since the month began unsold, or before this column.
    """

    code = models.CharField(max_length=10)
    month = models.DateField()
    volume = models.BigIntegerField(default=0)
    cost = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    day = models.DateField(null=True)
    units = models.BigIntegerField(default=0, db_default=0)
    unit_price = models.DecimalField(max_digits=12, decimal_places=2, default=0, db_default=0)
    told = models.CharField(max_length=6, default="free")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="meter_month_once", fields=["code", "month"]),
            models.CheckConstraint(name="meter_month_used", condition=Q(volume__gte=0)),
            models.CheckConstraint(name="meter_month_told", condition=Q(told__in=["free", "near", "filled"])),
        ]
