"""Periodic work of the registry."""

from datetime import datetime, timedelta

from django.db.models import Model
from django.utils import timezone

from core.audit.jobs import SEAL
from core.context import control_scope
from core.reads.jobs import FORGET
from core.retention.jobs import SWEEP

from .copies.jobs import COPY_NIGHTLY
from .erasing.rules import PROOF_KEPT
from .models import ControlLetter, Erasure, ReleasedSlug, SignUp
from .provisioning.pool import low_water, refill, sweep
from .queries import arm_all, forget_some

_BATCH = 1000
# A code works for half an hour and may be asked for anew within a day; nobody needs the form after that.
_FORM_KEPT = timedelta(days=2)


def fill_pool(company: None, subject_id: int) -> None:
    """Keep ready schemas at hand and clear away those nobody can use."""
    sweep()
    refill(low=low_water())


def tidy(company: None, subject_id: int) -> None:
    """Forget forms with their password hashes, letters, subdomains that have rested long enough and certificates that
    need be kept no longer; see to it that every company sweeps its own schema once a day, is copied at night, and has
    its history sealed."""
    now = timezone.now()
    for model in (SignUp, ControlLetter):
        while _forget_batch(model, now - _FORM_KEPT) == _BATCH:
            continue
    with control_scope():
        ReleasedSlug.objects.filter(until__lt=now).delete()
        Erasure.objects.filter(asked_at__lt=now - PROOF_KEPT).delete()
        arm_all(SWEEP, SEAL, COPY_NIGHTLY, FORGET)


def _forget_batch(model: type[Model], before: datetime) -> int:
    with control_scope():
        return forget_some(model, before=before, limit=_BATCH)
