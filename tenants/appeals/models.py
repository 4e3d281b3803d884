"""What people of companies ask of those who run the service, in the public schema: it outlives a closed door.

No role of a company reaches these rows; whoever asks for them is told his own by the code alone (`queries.py`), and
operators are told nothing but what stands here.
"""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from tenants.console.models import Operator
from tenants.models import Company


class Appeal(models.Model):
    """One matter. `key` is the browser's name for it, so that a repetition makes no second one.

    `principal_id` and `author` are who asks, `topic` the beginning of his words, `context` only what he has let go
    along with them, `moved_at` when anything was last said by either side.
    """

    class State(models.TextChoices):
        NEW = "new", "Ждёт ответа"
        ANSWERED = "answered", "Есть ответ"
        WAITING = "waiting", "Ждёт уточнения"
        CLOSED = "closed", "Закрыто"

    company = models.ForeignKey(Company, models.CASCADE, related_name="appeals", db_index=False)
    key = models.UUIDField()
    principal_id = models.BigIntegerField()
    author = models.CharField(max_length=200)
    topic = models.CharField(max_length=120)
    state = models.CharField(max_length=8, choices=State, default=State.NEW)
    context = models.JSONField(default=dict)
    operator = models.ForeignKey(Operator, models.PROTECT, null=True, related_name="appeals", db_index=False)
    created_at = models.DateTimeField(default=timezone.now)
    moved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [
            models.Index(name="appeal_of_company", fields=["company", "-moved_at", "-id"]),
            models.Index(name="appeal_of_person", fields=["company", "principal_id", "-moved_at", "-id"]),
            models.Index(name="appeal_of_operator", fields=["operator", "-moved_at", "-id"]),
            models.Index(name="appeal_by_state", fields=["state", "-moved_at", "-id"]),
            models.Index(name="appeal_moved", fields=["-moved_at", "-id"]),
        ]
        constraints = [
            models.UniqueConstraint(name="appeal_once", fields=["company", "principal_id", "key"]),
            models.CheckConstraint(
                name="appeal_state_known", condition=Q(state__in=["new", "answered", "waiting", "closed"])
            ),
        ]

    def __str__(self) -> str:
        return self.topic


class Line(models.Model):
    """What one side has said; it is added and read, never changed (a name apart, which a person may lose).

    A person of the company has a `principal_id`, one of the service an `operator`. `is_note` is between operators.
    """

    appeal = models.ForeignKey(Appeal, models.CASCADE, related_name="lines", db_index=False)
    key = models.UUIDField()
    operator = models.ForeignKey(Operator, models.PROTECT, null=True, related_name="+", db_index=False)
    principal_id = models.BigIntegerField(null=True)
    author = models.CharField(max_length=200)
    text = models.TextField()
    is_note = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [
            models.Index(name="appeal_line_of", fields=["appeal", "-id"]),
            models.Index(name="appeal_line_today", fields=["principal_id", "at"]),
        ]
        constraints = [
            models.UniqueConstraint(name="appeal_line_once", fields=["appeal", "key"]),
            models.CheckConstraint(
                name="appeal_line_by_one",
                condition=Q(operator__isnull=True, principal_id__isnull=False, is_note=False)
                | Q(operator__isnull=False, principal_id__isnull=True),
            ),
        ]


class Paper(models.Model):
    """A file that goes with words: its bytes stand under the company's prefix, checked as those of cards are.

    Until it is sent it belongs to no line and to nobody but whoever has brought it.
    """

    class State(models.TextChoices):
        UPLOADING = "uploading", "Загружается"
        CHECKING = "checking", "Проверяется"
        READY = "ready", "Готов"
        REJECTED = "rejected", "Отклонён"

    company = models.ForeignKey(Company, models.CASCADE, related_name="appeal_papers", db_index=False)
    principal_id = models.BigIntegerField()
    line = models.ForeignKey(Line, models.CASCADE, null=True, related_name="papers")
    name = models.CharField(max_length=255)
    size = models.BigIntegerField()
    content_type = models.CharField(max_length=150)
    storage_key = models.CharField(max_length=200, unique=True)
    checksum = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.UPLOADING)
    reason = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [
            models.Index(name="appeal_paper_today", fields=["company", "created_at"]),
            models.Index(name="appeal_paper_unsent", fields=["created_at"], condition=Q(line__isnull=True)),
        ]
        constraints = [
            models.CheckConstraint(name="appeal_paper_holds", condition=Q(size__gt=0)),
            models.CheckConstraint(
                name="appeal_paper_state", condition=Q(state__in=["uploading", "checking", "ready", "rejected"])
            ),
        ]
