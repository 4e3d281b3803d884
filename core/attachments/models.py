"""Files of a card: rows here, bytes in S3 under the company's prefix."""

import uuid

from django.db import models
from django.db.models import Q

from core.entities.models import Entity
from core.identity.models import Principal


class Attachment(models.Model):
    """One version of one file. Versions of a file share `family`; their numbers are final once they are ready.

    `storage_key` is where the checked bytes stand; until then they wait in quarantine. A copy of a file on another card
    has no bytes of its own: `shared_key` is where those of the original stand. `content_type` is what the
    uploader said and, once checked, what the bytes are.
    """

    class State(models.TextChoices):
        UPLOADING = "uploading", "Загружается"
        CHECKING = "checking", "Проверяется"
        READY = "ready", "Готов"
        REJECTED = "rejected", "Отклонён"

    entity = models.ForeignKey(Entity, models.CASCADE, related_name="attachments")
    family = models.UUIDField(default=uuid.uuid4)
    version = models.IntegerField(default=1)
    name = models.CharField(max_length=255)
    size = models.BigIntegerField()
    content_type = models.CharField(max_length=150)
    storage_key = models.CharField(max_length=200, unique=True)
    shared_key = models.CharField(max_length=200, blank=True, default="", db_default="")
    checksum = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.UPLOADING)
    reason = models.CharField(max_length=300, blank=True)
    author = models.ForeignKey(Principal, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(name="attachment_of_entity", fields=["entity", "id"], condition=Q(deleted_at__isnull=True)),
            models.Index(name="attachment_of_family", fields=["family"]),
            models.Index(name="attachment_of_object", fields=["shared_key"], condition=~Q(shared_key="")),
            models.Index(name="attachment_uploading", fields=["created_at"], condition=Q(state="uploading")),
        ]
        constraints = [
            models.CheckConstraint(name="attachment_size_positive", condition=Q(size__gt=0)),
            models.CheckConstraint(
                name="attachment_state_known", condition=Q(state__in=["uploading", "checking", "ready", "rejected"])
            ),
            models.UniqueConstraint(
                name="attachment_version_once", fields=["family", "version"], condition=Q(state="ready")
            ),
        ]

    @property
    def object_key(self) -> str:
        """Where the bytes of this row stand."""
        return self.shared_key or self.storage_key


class Leftover(models.Model):
    """An object in the store that nothing refers to any more; the row goes when the object is gone."""

    storage_key = models.CharField(max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)
