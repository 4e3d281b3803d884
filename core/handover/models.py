"""Who is dismissed, to whom his things go, and how far that has come."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from core.identity.models import Principal
from core.organization.models import Employee


class Dismissal(models.Model):
    """The last dismissal of one person.

    `heirs` are {code of a sort of things: id of an employee card, None when they stay}. `walk` tells of each sort how
    far it has come: {code: {at: id of the last row looked at, given, left, why: {sentence: how many}}}. `starts_at` is
    when the account is shut; after the first look at everything (`look` 0) there is another one for what came to him
    while it went on.
    """

    class State(models.TextChoices):
        PLANNED = "planned", "Запланировано"
        RUNNING = "running", "Передаём дела"
        DONE = "done", "Завершено"
        STOPPED = "stopped", "Остановлено"

    employee = models.OneToOneField(Employee, models.CASCADE, primary_key=True, related_name="dismissal")
    asked_by = models.ForeignKey(Principal, models.PROTECT, related_name="+", db_index=False)
    asked_at = models.DateTimeField(default=timezone.now)
    last_day = models.DateField()
    starts_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State)
    heirs = models.JSONField(default=dict)
    walk = models.JSONField(default=dict)
    look = models.SmallIntegerField(default=0)
    reason = models.CharField(max_length=300, blank=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="dismissal_state_known", condition=Q(state__in=["planned", "running", "done", "stopped"])
            ),
            models.CheckConstraint(
                name="dismissal_ends_once",
                condition=Q(state__in=["planned", "running"], finished_at__isnull=True)
                | Q(state__in=["done", "stopped"], finished_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="dismissal_planned", fields=["starts_at"], condition=Q(state="planned")),
        ]
