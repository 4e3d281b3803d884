"""Who was asked to read a card, and who has confirmed it («лист ознакомления»)."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from core.entities.models import Entity
from core.identity.models import Principal


class Acknowledgement(models.Model):
    """One person asked once. A card that has changed may be given for reading again: that is the next `round`.

    `card_version` is the version of the card that the person confirmed, `door` the way he did it by.
    """

    entity = models.ForeignKey(Entity, models.CASCADE, related_name="acknowledgements")
    principal = models.ForeignKey(Principal, models.PROTECT, related_name="+")
    round = models.IntegerField(default=1)
    asked_by = models.ForeignKey(Principal, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)
    card_version = models.IntegerField(null=True)
    door = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="acknowledgement_once", fields=["entity", "round", "principal"]),
            models.CheckConstraint(
                name="acknowledgement_whole",
                condition=Q(done_at__isnull=True, card_version__isnull=True)
                | Q(done_at__isnull=False, card_version__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="acknowledgement_waiting", fields=["principal", "id"], condition=Q(done_at__isnull=True))
        ]
