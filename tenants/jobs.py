"""Periodic work of the registry."""

from datetime import timedelta

from django.utils import timezone

from core.context import control_scope

from .models import ControlLetter, ReleasedSlug, SignUp
from .provisioning.pool import refill, sweep

# A code works for half an hour and may be asked for anew within a day; nobody needs the form after that.
_FORM_KEPT = timedelta(days=2)


def fill_pool(company: None, subject_id: int) -> None:
    """Keep ready schemas at hand and clear away those nobody can use."""
    sweep()
    refill()


def tidy(company: None, subject_id: int) -> None:
    """Forget forms with their password hashes, sent letters, and subdomains that have rested long enough."""
    now = timezone.now()
    with control_scope():
        SignUp.objects.filter(created_at__lt=now - _FORM_KEPT).delete()
        ControlLetter.objects.filter(created_at__lt=now - _FORM_KEPT).delete()
        ReleasedSlug.objects.filter(until__lt=now).delete()
