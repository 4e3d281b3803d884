"""How cards are numbered, and counters: the row of one is locked by whoever takes its next number."""

from django.db import models
from django.db.models import Q


class NumberMask(models.Model):
    """The mask that a company has given a kind of card; without one the kind's own stands."""

    class Period(models.TextChoices):
        NONE = "none", "Не начинать заново"
        YEAR = "year", "Каждый год"
        QUARTER = "quarter", "Каждый квартал"
        MONTH = "month", "Каждый месяц"
        DAY = "day", "Каждый день"

    kind = models.CharField(max_length=60, primary_key=True)
    mask = models.CharField(max_length=60)
    period = models.CharField(max_length=7, choices=Period, default=Period.NONE)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="mask_period_known", condition=Q(period__in=["none", "year", "quarter", "month", "day"])
            )
        ]


class NumberCounter(models.Model):
    """`kind` is the kind of card, with the period for counters that begin anew: `tasks.task|2026-11`."""

    kind = models.CharField(max_length=80, primary_key=True)
    last = models.BigIntegerField(default=0)
