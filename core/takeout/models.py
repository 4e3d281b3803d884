"""Archives of the whole company that its owners take along."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from core.identity.models import Principal


class Takeout(models.Model):
    """One archive of all that the company has, asked for by an owner. It stands in the store for days only.

    `rows_count`, `files_count`, `missing_count` and `sha256` are known when it is written; `missing_count` are files
    that rows name and the store does not hold.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Готовится"
        READY = "ready", "Готова"
        FAILED = "failed", "Не вышла"

    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    reason = models.CharField(max_length=300, blank=True)
    name = models.CharField(max_length=255)
    storage_key = models.CharField(max_length=200)
    rows_count = models.BigIntegerField(default=0)
    files_count = models.IntegerField(default=0)
    missing_count = models.IntegerField(default=0)
    size = models.BigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    author = models.ForeignKey(Principal, models.PROTECT, related_name="+", db_index=False)
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="takeout_state_known", condition=Q(state__in=["waiting", "ready", "failed"])),
            # Two at once would read all tables twice; nobody needs both.
            models.UniqueConstraint(name="takeout_one_waiting", fields=["state"], condition=Q(state="waiting")),
        ]
        indexes = [models.Index(name="takeout_recent", fields=["-created_at"])]
