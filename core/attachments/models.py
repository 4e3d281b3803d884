"""Files of a card: rows here, bytes in S3 under the company's prefix."""

from django.db import models
from django.db.models import Q

from core.entities.models import Entity
from core.identity.models import Principal


class Attachment(models.Model):
    """One version of one file. Versions of a file share `family`, the id of the first."""

    class State(models.TextChoices):
        UPLOADING = "uploading", "Загружается"
        CHECKING = "checking", "Проверяется"
        READY = "ready", "Готов"
        REJECTED = "rejected", "Отклонён"

    entity = models.ForeignKey(Entity, models.CASCADE, related_name="attachments")
    family = models.ForeignKey("self", models.CASCADE, null=True, related_name="versions")
    version = models.IntegerField(default=1)
    name = models.CharField(max_length=255)
    size = models.BigIntegerField()
    content_type = models.CharField(max_length=150)
    storage_key = models.CharField(max_length=200, unique=True)
    checksum = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.UPLOADING)
    reason = models.CharField(max_length=300, blank=True)
    author = models.ForeignKey(Principal, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(name="attachment_of_entity", fields=["entity", "id"])]
        constraints = [
            models.CheckConstraint(name="attachment_size_positive", condition=Q(size__gt=0)),
            models.CheckConstraint(
                name="attachment_state_known", condition=Q(state__in=["uploading", "checking", "ready", "rejected"])
            ),
            models.UniqueConstraint(
                name="attachment_version_once", fields=["family", "version"], condition=Q(family__isnull=False)
            ),
        ]
