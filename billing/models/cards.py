"""Paying by card: who a company is at the provider, how it has set out to pay, what the provider has told."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from billing.rules.offers import ZERO
from tenants.models import Company

from .plans import price


class CardAccount(models.Model):
    """A company at the card provider, and what was read there last.

    `asked` counts readings, `applied` is the newest one that was taken over: of two that were under way at once, the
    one that was begun earlier changes nothing. `problem` is a bank's code. `credit` is what the provider
    holds for the customer's next invoices; what of that is our credit already and has yet to go there is `taken`. So
    far that has happened `moves` times. `left` is what invoices there ask for use of a subscription that is over.
    `use_paid_at` is the newest moment at which use was paid from what is held there, as far as it is known here.
    """

    company = models.OneToOneField(Company, models.CASCADE, primary_key=True, related_name="card")
    customer = models.CharField(max_length=64, unique=True)
    subscription = models.CharField(max_length=64, blank=True)
    status = models.CharField(max_length=20, blank=True)
    cancels_on = models.DateField(null=True)
    brand = models.CharField(max_length=20, blank=True)
    last4 = models.CharField(max_length=4, blank=True)
    expires = models.CharField(max_length=7, blank=True)
    problem = models.CharField(max_length=60, blank=True)
    pay_url = models.CharField(max_length=1000, blank=True)
    asked = models.BigIntegerField(default=0)
    applied = models.BigIntegerField(default=0)
    read_at = models.DateTimeField(null=True)
    credit = price(default=ZERO, db_default=ZERO)
    taken = price(default=ZERO, db_default=ZERO)
    moves = models.IntegerField(default=0, db_default=0)
    left = price(default=ZERO, db_default=ZERO)
    use_paid_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(name="card_account_read", fields=["read_at"])]
        constraints = [models.CheckConstraint(name="card_account_order", condition=Q(applied__lte=F("asked")))]


class CardSession(models.Model):
    """Somebody has set out to pay; `session` is named by the provider a moment later, and nobody else's is answered."""

    company = models.ForeignKey(Company, models.CASCADE, related_name="card_sessions")
    session = models.CharField(max_length=200, null=True, unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    over_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(name="card_session_open", fields=["company"], condition=Q(over_at__isnull=True)),
            models.Index(name="card_session_made", fields=["made_at"]),
        ]


class CardEvent(models.Model):
    """What the provider has told, once however often it is told. Only whom it concerns is kept of it.

    `after` is the newest reading of the customer that was begun when it came: a later one that holds knows of it.
    `ignored`: of a kind, or of somebody, that does not concern us; such ones are counted by these rows.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Ждёт"
        APPLIED = "applied", "Учтено"
        IGNORED = "ignored", "Не касается нас"
        FAILED = "failed", "Не получилось, повторим"

    code = models.CharField(max_length=100, unique=True)
    kind = models.CharField(max_length=100)
    customer = models.CharField(max_length=64, blank=True)
    after = models.BigIntegerField(default=0)
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    reason = models.CharField(max_length=200, blank=True)
    received_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(name="card_event_received", fields=["received_at"]),
            models.Index(name="card_event_undone", fields=["id"], condition=Q(state__in=["waiting", "failed"])),
        ]
        constraints = [
            models.CheckConstraint(
                name="card_event_state_known", condition=Q(state__in=["waiting", "applied", "ignored", "failed"])
            )
        ]
