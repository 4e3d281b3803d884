"""Letters to people: written in the transaction of the fact's reading, sent by a job outside of any scope."""

from django.db import models
from django.db.models import Q

from core.identity.models import Principal


class Delivery(models.Model):
    """One message to one person through one channel; `message_id` stays the same over retries.

    `paragraphs` are texts, `links` pairs (label, address), an address from `/` on being of the company's own host.
    Letters that carry secrets (`is_secret`) lose both once they are sent or given up.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", "Ждёт отправки"
        SENT = "sent", "Отправлено"
        FAILED = "failed", "Не доставлено"

    principal = models.ForeignKey(Principal, models.CASCADE, null=True, related_name="+")
    kind = models.CharField(max_length=80)
    channel = models.CharField(max_length=10, default="mail")
    address = models.CharField(max_length=254)
    subject = models.CharField(max_length=300)
    paragraphs = models.JSONField(default=list)
    links = models.JSONField(default=list)
    is_secret = models.BooleanField(default=False)
    message_id = models.CharField(max_length=200, unique=True)
    status = models.CharField(max_length=8, choices=Status, default=Status.WAITING)
    attempts = models.IntegerField(default=0)
    claimed_until = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(name="delivery_waiting", fields=["id"], condition=Q(status="waiting")),
            models.Index(name="delivery_recent", fields=["-created_at"]),
        ]
        constraints = [
            models.CheckConstraint(name="delivery_status_known", condition=Q(status__in=["waiting", "sent", "failed"])),
        ]
