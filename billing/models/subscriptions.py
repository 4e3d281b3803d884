"""What a company has bought and where it stands in its life."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from billing.rules.life import Stage
from billing.rules.offers import ZERO, Period
from tenants.models import Company

from .plans import CURRENCIES, PlanVersion, price


class Subscription(models.Model):
    """One for each company. Days are those of the service's own clock; `paid_until` is the first day not paid for.

    `paid_sum` is what the period from `paid_from` to `paid_until` was worth when it was bought; `credit` is money that
    waits for the next purchase. `revision` grows with every purchase: an invoice knows by it what it was counted from.
    `notice` names the last reminder that was written. `next_on` is the day on which something becomes due. One that is
    paid `by` card is told by the provider of cards; `renews` says that it takes the next period by itself.
    """

    class By(models.TextChoices):
        TRANSFER = "transfer", "По счёту"
        CARD = "card", "Картой"

    company = models.OneToOneField(Company, models.CASCADE, primary_key=True, related_name="subscription")
    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="+")
    period = models.CharField(max_length=5, choices=Period.choices, default=Period.MONTH)
    seats = models.IntegerField(null=True)
    add_ons = ArrayField(models.CharField(max_length=30), default=list)
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.TRIAL)
    trial_until = models.DateField()
    paid_from = models.DateField(null=True)
    paid_until = models.DateField(null=True)
    paid_sum = price(default=ZERO)
    credit = price(default=ZERO)
    currency = models.CharField(max_length=3, default="RUB")
    revision = models.IntegerField(default=1)
    notice = models.CharField(max_length=40, blank=True)
    next_on = models.DateField(null=True)
    by = models.CharField(max_length=8, choices=By, default=By.TRANSFER, db_default=By.TRANSFER)
    renews = models.BooleanField(default=False, db_default=False)
    began_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(name="subscription_due", fields=["next_on"], condition=Q(next_on__isnull=False))]
        constraints = [
            models.CheckConstraint(name="subscription_stage_known", condition=Q(stage__in=Stage.values)),
            models.CheckConstraint(name="subscription_period_known", condition=Q(period__in=Period.values)),
            models.CheckConstraint(name="subscription_currency_known", condition=Q(currency__in=CURRENCIES)),
            models.CheckConstraint(name="subscription_money", condition=Q(paid_sum__gte=0, credit__gte=0)),
            models.CheckConstraint(name="subscription_by", condition=Q(by="card") | Q(by="transfer", renews=False)),
            models.CheckConstraint(name="subscription_seats", condition=Q(seats__isnull=True) | Q(seats__gte=1)),
            models.CheckConstraint(
                name="subscription_paid_days",
                condition=Q(paid_from__isnull=True, paid_until__isnull=True)
                | Q(paid_from__isnull=False, paid_until__isnull=False, paid_until__gt=F("paid_from")),
            ),
        ]
