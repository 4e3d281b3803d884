"""Views of lists that people keep, and how each has arranged his own lists."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from core.identity.models import Principal


class SavedView(models.Model):
    """A named state of a list: what narrows it, how it is put in order and shown. It holds no rows and gives no rights.

    `params` are words of the list's address, {name: text}; `columns` are [{code, width in pixels or null}] in order,
    empty for the list's own. `roles` and `departments` are ids of those it is shared with when `audience` is `some`:
    a department with everything below it. Ids are never used again, so a deleted role lets nobody in.

    `is_group` lets it stand where a set of cards is asked for («умная группа»); `builds_on` are the groups that its own
    words name.
    """

    class Audience(models.TextChoices):
        ME = "me", "Только я"
        SOME = "some", "Выбранные роли и отделы"
        ALL = "all", "Все"

    kind = models.CharField(max_length=60)
    owner = models.ForeignKey(Principal, models.PROTECT, related_name="+", db_index=False)
    title = models.CharField(max_length=80)
    params = models.JSONField(default=dict)
    columns = models.JSONField(default=list)
    place = models.IntegerField()
    audience = models.CharField(max_length=4, choices=Audience, default=Audience.ME)
    roles = ArrayField(models.BigIntegerField(), default=list)
    departments = ArrayField(models.BigIntegerField(), default=list)
    is_group = models.BooleanField(default=False, db_default=False)
    builds_on = ArrayField(models.BigIntegerField(), default=list, db_default=[])

    class Meta:
        constraints = [
            # Its index also finds a person's own views.
            models.UniqueConstraint(F("owner"), F("kind"), Lower("title"), name="saved_view_title_once"),
            models.CheckConstraint(name="saved_view_audience_known", condition=Q(audience__in=["me", "some", "all"])),
        ]
        indexes = [models.Index(name="saved_view_shared", fields=["kind"], condition=~Q(audience="me"))]

    def __str__(self) -> str:
        return self.title


class ListChoice(models.Model):
    """How one person has arranged the list of a kind: the view it opens with, the columns where no view is open, the
    views (ids) beside whose names he sees how many cards they have."""

    principal = models.ForeignKey(Principal, models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=60)
    view = models.ForeignKey(SavedView, models.SET_NULL, null=True, related_name="+", db_index=False)
    columns = models.JSONField(default=list)
    counted = ArrayField(models.BigIntegerField(), default=list, db_default=[])

    class Meta:
        constraints = [models.UniqueConstraint(name="list_choice_once", fields=["principal", "kind"])]
