"""Where time is lost: the stages of a route over a period."""

from datetime import timedelta
from typing import Any

from django.db.models import Avg, Count, F, Max, Q
from django.utils import timezone

from .models import Passing, Route
from .rules import Is

PERIOD = timedelta(days=90)


def figures_of(route: Route) -> list[dict[str, Any]]:
    """Stages of all versions in the order of their first cards; one statement."""
    now = timezone.now()
    late = Q(due_at__isnull=False) & (Q(closed_at__gt=F("due_at")) | Q(closed_at__isnull=True, due_at__lt=now))
    rows = Passing.objects.filter(run__version__route=route, opened_at__gte=now - PERIOD).exclude(state=Is.SKIPPED)
    found = rows.values("code").annotate(
        titled=Max("title"),
        passings=Count("pk"),
        stands=Count("pk", filter=Q(state=Is.OPEN.value)),
        late=Count("pk", filter=late),
        returned=Count("pk", filter=Q(state=Is.FAILED.value)),
        took=Avg(F("closed_at") - F("opened_at"), filter=Q(closed_at__isnull=False)),
    )
    return [
        {
            "code": row["code"],
            "title": row["titled"],
            "passings": row["passings"],
            "open": row["stands"],
            "late": row["late"],
            "returned": row["returned"],
            "hours": round(row["took"].total_seconds() / 3600, 1) if row["took"] is not None else None,
        }
        for row in found.order_by("code")
    ]
