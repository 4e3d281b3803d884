"""Remembered answers, so that a repeated request does nothing twice."""

from django.db import models

from core.identity.models import Principal


class IdempotentAnswer(models.Model):
    """The answer to one request of one person under its Idempotency-Key; kept 24 hours."""

    principal = models.ForeignKey(Principal, models.CASCADE, related_name="+")
    key = models.CharField(max_length=100)
    request_hash = models.CharField(max_length=64)
    status = models.IntegerField(null=True)
    body = models.JSONField(null=True)
    headers = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="idempotent_once", fields=["principal", "key"])]
        indexes = [models.Index(name="idempotent_age", fields=["created_at"])]
