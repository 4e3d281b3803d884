"""How cards are numbered, and counters: the row of one is locked by whoever takes its next number."""

from django.db import models
from django.db.models import Q

from core.identity.models import Principal


class NumberMask(models.Model):
    """The mask that a company has given a kind of card; without one the kind's own stands.

    `per_department` and `per_type` say what stands in the mask: each department and each type counts by itself then.
    `types` are short codes of the kind's types by the types' own codes, of its plain type by the empty one.
    """

    class Period(models.TextChoices):
        NONE = "none", "Не начинать заново"
        YEAR = "year", "Каждый год"
        QUARTER = "quarter", "Каждый квартал"
        MONTH = "month", "Каждый месяц"
        DAY = "day", "Каждый день"

    class Mode(models.TextChoices):
        STRICT = "strict", "Без пропусков"
        FAST = "fast", "Без ожидания"

    kind = models.CharField(max_length=60, primary_key=True)
    mask = models.CharField(max_length=60)
    period = models.CharField(max_length=7, choices=Period, default=Period.NONE)
    mode = models.CharField(max_length=6, choices=Mode, default=Mode.STRICT, db_default=Mode.STRICT)
    per_department = models.BooleanField(default=False, db_default=False)
    per_type = models.BooleanField(default=False, db_default=False)
    types = models.JSONField(default=dict, db_default={})

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="mask_period_known", condition=Q(period__in=["none", "year", "quarter", "month", "day"])
            ),
            models.CheckConstraint(name="mask_mode_known", condition=Q(mode__in=["strict", "fast"])),
        ]


class NumberCounter(models.Model):
    """`kind` is the kind of card and whatever counts by itself: `tasks.task|2026-11|d=ПР|t=ДФ`.

    `is_stale` until the numbers that other masks have given are looked through for those in its way.
    """

    kind = models.CharField(max_length=120, primary_key=True)
    last = models.BigIntegerField(default=0)
    is_stale = models.BooleanField(default=False, db_default=False)


class ReservedNumber(models.Model):
    """A number that a counter has left behind and no card has.

    With a `holder` it is reserved until a moment, `number` as it will be read. Without one it is free and goes to
    whoever asks this counter next: it was given back, or laid out beforehand where nobody is to wait.
    """

    kind = models.CharField(max_length=60)
    counted_by = models.CharField(max_length=120)
    counter = models.BigIntegerField()
    mask = models.CharField(max_length=60)
    number = models.CharField(max_length=60, blank=True, db_default="")
    holder = models.ForeignKey(Principal, models.PROTECT, null=True, related_name="+", db_index=False)
    until = models.DateTimeField(null=True)
    purpose = models.CharField(max_length=200, blank=True, db_default="")

    class Meta:
        constraints = [
            # Its index also gives the lowest free one.
            models.UniqueConstraint(name="reserved_number_once", fields=["counted_by", "counter"]),
            models.CheckConstraint(
                name="reserved_has_holder",
                condition=Q(holder__isnull=True, until__isnull=True) | Q(holder__isnull=False, until__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="reserved_number_until", fields=["until", "id"], condition=Q(holder__isnull=False))
        ]
