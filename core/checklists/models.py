"""Points to be ticked off on a card, each with the proof it asks for."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from core.attachments.models import Attachment
from core.entities.models import Entity
from core.identity.models import Principal


class Point(models.Model):
    """One point of a card's checklist.

    `demand` is the proof without which it cannot be ticked: a photo or a file of the card, a number (between `least`
    and `most` it passes, outside it fails), or being within `radius` metres of a place. `outcome` is empty until
    somebody has ticked it; what he showed stands beside it.
    """

    class Demand(models.TextChoices):
        NOTHING = "", "Без подтверждения"
        PHOTO = "photo", "Фото"
        FILE = "file", "Файл"
        NUMBER = "number", "Число"
        PLACE = "place", "Отметка на месте"

    class Outcome(models.TextChoices):
        WAITING = "", "Ждёт"
        PASSED = "passed", "Выполнено"
        FAILED = "failed", "Не прошло"

    entity = models.ForeignKey(Entity, models.CASCADE, related_name="points")
    place = models.IntegerField()
    section = models.CharField(max_length=120, blank=True)
    text = models.CharField(max_length=500)
    assignee = models.ForeignKey(Principal, models.PROTECT, null=True, related_name="+")
    due_at = models.DateTimeField(null=True)
    demand = models.CharField(max_length=10, choices=Demand, default=Demand.NOTHING, blank=True)
    unit = models.CharField(max_length=20, blank=True)
    least = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    most = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    radius = models.IntegerField(null=True)
    repair = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)

    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.WAITING, blank=True)
    done_by = models.ForeignKey(Principal, models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=1000, blank=True)
    shown_number = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    shown_latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    shown_longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    shown_file = models.ForeignKey(Attachment, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="point_demand_known", condition=Q(demand__in=["", "photo", "file", "number", "place"])
            ),
            models.CheckConstraint(
                name="point_done_by_somebody",
                condition=Q(outcome="", done_by__isnull=True, done_at__isnull=True)
                | Q(outcome__in=["passed", "failed"], done_by__isnull=False, done_at__isnull=False),
            ),
            models.CheckConstraint(
                name="point_place_is_whole",
                condition=~Q(demand="place")
                | Q(latitude__isnull=False, longitude__isnull=False, radius__isnull=False, radius__gt=0),
            ),
            models.CheckConstraint(
                name="point_range_in_order",
                condition=Q(least__isnull=True) | Q(most__isnull=True) | Q(least__lte=F("most")),
            ),
            # Places are dealt anew in one statement, so two of them may be equal until its end.
            models.UniqueConstraint(
                name="point_place_once", fields=["entity", "place"], deferrable=models.Deferrable.DEFERRED
            ),
        ]
        indexes = [
            models.Index(name="point_of_person", fields=["assignee", "due_at", "id"], condition=Q(outcome="")),
            # Whoever has a point is reminded of its moment.
            models.Index(
                name="point_due",
                fields=["due_at", "id"],
                condition=Q(outcome="", assignee__isnull=False, due_at__isnull=False),
            ),
        ]
