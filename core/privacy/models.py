"""What the law asks about persons: their data in a file, their names taken away, what they have agreed to."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from core.identity.models import Principal
from core.organization.models import Employee


class PersonFile(models.Model):
    """One file with all that is known of a person, for himself or for whoever answers for such data; kept for days."""

    class State(models.TextChoices):
        WAITING = "waiting", "Готовится"
        READY = "ready", "Готов"
        FAILED = "failed", "Не вышло"

    employee = models.ForeignKey(Employee, models.CASCADE, related_name="+", db_index=False)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    storage_key = models.CharField(max_length=200)
    size = models.BigIntegerField(default=0)
    author = models.ForeignKey(Principal, models.PROTECT, related_name="+", db_index=False)
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="person_file_state", condition=Q(state__in=["waiting", "ready", "failed"])),
        ]
        indexes = [models.Index(name="person_file_of", fields=["employee", "-id"])]


class Anonymisation(models.Model):
    """A dismissed person whose name has been taken away. `words` are what is still looked for in texts of the product;
    empty when that is done."""

    employee = models.OneToOneField(Employee, models.CASCADE, primary_key=True, related_name="anonymisation")
    author = models.ForeignKey(Principal, models.PROTECT, related_name="+", db_index=False)
    words = models.JSONField(default=list)
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)


class Consent(models.Model):
    """What a person has agreed to: which text, of which day, when and from where."""

    principal = models.ForeignKey(Principal, models.PROTECT, related_name="+")
    document = models.CharField(max_length=40)
    version = models.DateField()
    given_at = models.DateTimeField()
    ip = models.GenericIPAddressField(null=True)
    way = models.CharField(max_length=20)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="consent_once", fields=["principal", "document", "version", "given_at"]),
        ]
        indexes = [models.Index(name="consent_recent", fields=["-given_at", "-id"])]
