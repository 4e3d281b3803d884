"""Reading the registry, and what is done to many of its rows at once; all in a control scope."""

from datetime import datetime

from django.db import connection
from django.db.models import Model

from core.errors import NotFound
from tenants.models import Company

# Spread over the day; those that have one keep it.
_ARM = """
INSERT INTO wakeups (company, kind, due_at)
SELECT schema_name, kind, now() + random() * interval '1 day'
FROM tenants_company CROSS JOIN unnest(%s::text[]) kind WHERE status = 'active'
ON CONFLICT (company, kind) DO NOTHING
"""


def locked(schema: str) -> Company:
    """A company's row, kept from other writers until the scope ends."""
    company = Company.objects.select_for_update().filter(schema_name=schema).first()
    if company is None:
        raise NotFound()
    return company


def arm_all(*kinds: str) -> int:
    """Give every working company a wakeup of each kind within a day, where it has none; how many were given."""
    with connection.cursor() as cursor:
        cursor.execute(_ARM, [list(kinds)])
        return cursor.rowcount


def forget_some(model: type[Model], *, before: datetime, limit: int) -> int:
    """Delete up to `limit` rows made before a moment, oldest first, with what hangs on them; how many rows."""
    rows = model._default_manager.filter(created_at__lt=before).order_by("created_at")
    found = list(rows.values_list("pk", flat=True)[:limit])
    model._default_manager.filter(pk__in=found).delete()
    return len(found)
