"""Periodic work of the console: figures of companies, former addresses, sessions that have ended."""

from datetime import date, timedelta
from typing import TypeVar

from django.utils import timezone

from core.context import control_scope
from tenants import pulse
from tenants.models import Company

from .actions.companies import release_name
from .models import Figures, OperatorSession
from .queries import leaving_names

_BATCH = 500
_KEPT = timedelta(days=90)
T = TypeVar("T")


def bring_figures(company: None, subject_id: int) -> None:
    """Note in the registry which companies have been at work since it was noted last, and today's faults."""
    with control_scope():
        latest = Figures.objects.filter(last_seen_at__isnull=False).order_by("-last_seen_at").first()
    since = latest.last_seen_at.timestamp() if latest and latest.last_seen_at else 0.0
    while seen := pulse.seen_since(since, _BATCH):
        with control_scope():
            _keep([Figures(company_id=pk, last_seen_at=at) for pk, at in _numbered(dict(seen))], "last_seen_at")
        since = seen[-1][1].timestamp()
        if len(seen) < _BATCH:
            break
    day = date.fromisoformat(pulse.today())
    faults = pulse.faults_of_today()
    with control_scope():
        rows = [Figures(company_id=pk, faults_day=day, faults=count) for pk, count in _numbered(faults)]
        _keep(rows, "faults_day", "faults")


def tidy_console(company: None, subject_id: int) -> None:
    """Let former addresses go whose time is over, and forget sessions that ended long ago."""
    while True:
        with control_scope():
            names = leaving_names(timezone.now(), 1)
            for name in names:
                release_name(name)
        if not names:
            break
    with control_scope():
        OperatorSession.objects.filter(expires_at__lt=timezone.now() - _KEPT).delete()


def _numbered(told: dict[str, T]) -> list[tuple[int, T]]:
    """By number of the company instead of its schema; those that are gone are left out."""
    ids = Company.objects.filter(schema_name__in=list(told)).values_list("schema_name", "pk")
    return [(pk, told[schema]) for schema, pk in ids]


def _keep(rows: list[Figures], *fields: str) -> None:
    Figures.objects.bulk_create(rows, update_conflicts=True, unique_fields=["company"], update_fields=list(fields))
