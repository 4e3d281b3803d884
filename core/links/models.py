"""What ties one card to another («привязка»)."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from core.entities.models import Entity
from core.identity.models import Principal

from .rules import STORED


class EntityLink(models.Model):
    """One link between two cards of any kinds; both sides show it, and nobody keeps up the second one.

    `relation` is a stored code of `rules.RELATIONS`, read from `source` to `target`; of a relation that is the same
    from both sides the smaller id is the source.
    """

    source = models.ForeignKey(Entity, models.CASCADE, related_name="+")
    target = models.ForeignKey(Entity, models.CASCADE, related_name="+")
    relation = models.CharField(max_length=20)
    author = models.ForeignKey(Principal, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="link_once", fields=["source", "target", "relation"]),
            models.CheckConstraint(name="link_of_two_cards", condition=~Q(source=F("target"))),
            models.CheckConstraint(name="link_relation_known", condition=Q(relation__in=STORED)),
        ]
        indexes = [models.Index(name="link_from_target", fields=["target", "id"])]
