"""Reads that are written down."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from core.identity.models import Principal


class Read(models.Model):
    """Somebody was shown something sensitive. Append-only: the company's role may insert and read, never change.

    `whose` is the person whose data they are, where they are one person's; `card` the card at which he looked, by id
    alone, because the line outlives it. `count` are values or rows. No value that was shown ever stands here.
    """

    kind = models.CharField(max_length=60)
    reader = models.ForeignKey(Principal, models.PROTECT, related_name="+", db_index=False)
    whose = models.ForeignKey(Principal, models.PROTECT, null=True, related_name="+", db_index=False)
    card = models.BigIntegerField(null=True)
    detail = models.CharField(max_length=300, blank=True)
    count = models.IntegerField(default=1)
    door = models.CharField(max_length=12)
    at = models.DateTimeField(default=timezone.now)

    APPEND_ONLY = True

    class Meta:
        # One for each filter of the log, each giving its order as well.
        indexes = [
            models.Index(name="read_age", fields=["at", "id"]),
            models.Index(name="read_by", fields=["reader", "at", "id"]),
            models.Index(name="read_of_person", fields=["whose", "at", "id"], condition=Q(whose__isnull=False)),
            models.Index(name="read_of_kind", fields=["kind", "at", "id"]),
        ]
