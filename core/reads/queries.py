"""Reading the log of reads, and forgetting what is too old."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from core.context import owner_scope
from core.rest.filters import Filter, Grammar, PersonFilter, moment

from .models import Read

KEPT = timedelta(days=365)
LOG = Grammar(
    filters={
        "kind": Filter("kind", str),
        "reader": PersonFilter("reader"),
        "whose": PersonFilter("whose"),
        "at": Filter("at", moment, ("gte", "lte")),
    },
    orderings={"at": "at"},
    default_ordering="-at",
)


def reads() -> QuerySet[Read]:
    return Read.objects.all()


def forget_some(schema: str, *, before: datetime, limit: int) -> int:
    """Delete up to `limit` reads older than a moment, oldest first; how many. Only the tables' owner may."""
    with owner_scope(schema, side="company"):
        rows = Read.objects.using("owner")
        doomed = list(rows.filter(at__lt=before).order_by("at", "pk").values_list("pk", flat=True)[:limit])
        rows.filter(pk__in=doomed).delete()
        return len(doomed)
