"""Lists that people have written to files."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from core.identity.models import Principal


class Export(models.Model):
    """One list written to a file, as its author saw it: `query` are the filters, search and order of the list.

    `columns` are codes, all of them when empty. The file stands in the store for a day. `is_cut` when the list was
    longer than a file may be.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Готовится"
        READY = "ready", "Готов"
        FAILED = "failed", "Не вышло"

    class Format(models.TextChoices):
        XLSX = "xlsx", "Excel"
        CSV = "csv", "CSV"

    kind = models.CharField(max_length=60)
    format = models.CharField(max_length=4, choices=Format)
    columns = ArrayField(models.CharField(max_length=60), default=list)
    query = models.JSONField(default=dict)
    name = models.CharField(max_length=255)
    storage_key = models.CharField(max_length=200)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    reason = models.CharField(max_length=300, blank=True)
    rows_count = models.IntegerField(default=0)
    is_cut = models.BooleanField(default=False)
    author = models.ForeignKey(Principal, models.PROTECT, related_name="+", db_index=False)
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="export_state_known", condition=Q(state__in=["waiting", "ready", "failed"]))
        ]
        indexes = [models.Index(name="export_of_author", fields=["author", "-id"])]
