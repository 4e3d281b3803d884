"""What comes round: the plan of a card, the work that it asks for, and each time it was due."""

from django.db import models
from django.db.models import Q

from core.entities.models import Entity
from core.identity.models import Principal

from .rules import Missed


class Recurrence(models.Model):
    """The plan of one card: of a template, from which others are made, or of one about which work comes round.

    `plan` is `rules.Plan` as JSON. `last_at` is the latest moment that has been dealt with, `next_at` the next one,
    empty when the plan is paused or over. `most` ends it after so many cards. `one_open` lets no card be made while the
    one before is open.
    """

    class CatchUp(models.TextChoices):
        ALL = Missed.ALL.value, "Создать все пропущенные"
        LATEST = Missed.LATEST.value, "Создать только последнюю"
        SKIP = Missed.SKIP.value, "Пропустить"

    entity = models.OneToOneField(Entity, models.CASCADE, primary_key=True, related_name="recurrence")
    plan = models.JSONField()
    catch_up = models.CharField(max_length=6, choices=CatchUp, default=CatchUp.LATEST)
    one_open = models.BooleanField(default=False)
    most = models.IntegerField(null=True)
    made = models.IntegerField(default=0)
    is_on = models.BooleanField(default=True)
    last_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="recurrence_catch_up_known", condition=Q(catch_up__in=["all", "latest", "skip"])
            ),
            models.CheckConstraint(name="recurrence_most_positive", condition=Q(most__isnull=True) | Q(most__gt=0)),
            models.CheckConstraint(
                name="recurrence_paused_waits_not", condition=Q(is_on=True) | Q(next_at__isnull=True)
            ),
        ]
        indexes = [models.Index(name="recurrence_due", fields=["next_at"], condition=Q(next_at__isnull=False))]


class PlannedWork(models.Model):
    """What the plan of a card that is no template asks to be done about it: one piece of work for each moment.

    It is given in the name of `giver`, who has set the plan, with the rights that he has then. `answerer` does it, or
    whom the kind of the card names when it is empty. `due_in` is how many days after its moment it is due, None for
    what is usual in the company.
    """

    recurrence = models.OneToOneField(Recurrence, models.CASCADE, primary_key=True, related_name="work")
    title = models.CharField(max_length=200)
    giver = models.ForeignKey(Principal, models.PROTECT, related_name="+")
    answerer = models.ForeignKey(Principal, models.PROTECT, null=True, related_name="+")
    due_in = models.SmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="planned_work_due_later", condition=Q(due_in__isnull=True) | Q(due_in__gt=0))
        ]


class Occurrence(models.Model):
    """One card that a plan owed for a moment, or why there was none: then `reason` says it. `template` is the card
    that has the plan.

    `recipient` was to answer for the card when it was made: of one moment each gets one, whoever makes them, and
    however often. It is empty where nobody was meant yet, and in rows of a former time. `card` is empty, too, when it
    is gone for good. `given_by` is who had it made by hand, empty for what a plan has made.
    """

    class Outcome(models.TextChoices):
        MADE = "made", "Создана"
        SKIPPED = "skipped", "Пропущена"
        FAILED = "failed", "Не удалось создать"

    template = models.ForeignKey(Entity, models.CASCADE, related_name="occurrences")
    at = models.DateTimeField()
    card = models.ForeignKey(Entity, models.SET_NULL, null=True, related_name="+")
    recipient = models.ForeignKey(Principal, models.PROTECT, null=True, related_name="+", db_index=False)
    # Without a key in the database, which would read every row that stands; principals are never deleted.
    given_by = models.ForeignKey(
        Principal, models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )
    outcome = models.CharField(max_length=7, choices=Outcome)
    reason = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="occurrence_of_recipient_once", fields=["template", "at", "recipient"]),
            models.CheckConstraint(
                name="occurrence_outcome_known", condition=Q(outcome__in=["made", "skipped", "failed"])
            ),
        ]
        # How many were made today is asked before each.
        indexes = [models.Index(name="occurrence_recent", fields=["created_at"], condition=Q(outcome="made"))]
