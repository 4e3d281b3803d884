"""How a company talks to the outside services: which account it uses, and whether it answered when last asked."""

from django.db import models
from django.db.models import Q


class Gateway(models.Model):
    """One service of one company; no row stands for what the installation gives to everybody.

    `options` are what may be seen (sender's name, bot's name, whether texts carry details), `secret` is encrypted.
    `lines` are what is written down of exchanges that are no messages to people, newest first: checks, and troubles of
    the store; None: nothing yet. `at`, `what` (a check, or an operation), `error`, `ms`, `to`.
    """

    class Mode(models.TextChoices):
        PLATFORM = "platform", "Общая учётная запись Пульта"
        OWN = "own", "Своя учётная запись"
        SANDBOX = "sandbox", "Песочница"
        OFF = "off", "Выключено"

    code = models.CharField(max_length=20, unique=True)
    mode = models.CharField(max_length=10, choices=Mode)
    options = models.JSONField(default=dict)
    secret = models.BinaryField(null=True)
    checked_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)
    lines = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="gateway_mode_known", condition=Q(mode__in=["platform", "own", "sandbox", "off"])
            )
        ]
