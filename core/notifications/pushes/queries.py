"""Browsers that are told now: those whose sessions live."""

from django.db.models import QuerySet
from django.utils import timezone

from ..models import PushSubscription

# More browsers than this nobody uses; the oldest goes.
MOST = 20


def living() -> QuerySet[PushSubscription]:
    """Subscriptions of sessions that have neither ended nor been ended."""
    return PushSubscription.objects.filter(session__revoked_at__isnull=True, session__expires_at__gt=timezone.now())


def living_of(principal_id: int) -> QuerySet[PushSubscription]:
    """A person's own, oldest first."""
    return living().filter(principal=principal_id).order_by("pk")
