"""Facts: what happened, said once; and the inbox by which each reader remembers what it has done."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from core.entities.models import Entity
from core.identity.models import Principal


class Fact(models.Model):
    """One thing that happened. Append-only: the company's role may insert and read, never change.

    `payload` holds the fact's own fields and `changes` as `[{field, old, new}]`.
    """

    kind = models.CharField(max_length=80)
    entity = models.ForeignKey(Entity, models.CASCADE, null=True, related_name="facts")
    payload = models.JSONField(default=dict)
    actor = models.ForeignKey(Principal, models.PROTECT, related_name="+")
    on_behalf_of = models.ForeignKey(Principal, models.PROTECT, null=True, related_name="+")
    door = models.CharField(max_length=12)
    # About somebody's account: for himself and administrators, not for all who see his card.
    is_private = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now)

    APPEND_ONLY = True

    class Meta:
        indexes = [
            models.Index(name="fact_of_entity", fields=["entity", "-id"]),
            # What happened to the company as a whole; few facts are of this sort.
            models.Index(name="fact_of_company", fields=["kind", "-id"], condition=Q(entity__isnull=True)),
        ]


class Inbox(models.Model):
    """A reader's mark that a fact has had its effect, written in the transaction of that effect."""

    pk = models.CompositePrimaryKey("reader", "fact_id")
    reader = models.CharField(max_length=80)
    fact_id = models.BigIntegerField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(name="inbox_age", fields=["at"])]
