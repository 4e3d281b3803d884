"""Reading and emptying what a company leaves in the registry and in its schema."""

from typing import Any

from django.db import connection, connections
from psycopg import sql

from core.context import owner_scope
from tenants.archives.tables import all_tables
from tenants.models import Company, Erasure

_FORGET = ("DELETE FROM public.outbox WHERE company = %s", "DELETE FROM public.wakeups WHERE company = %s")
# What rows said before stays in the pages of a table until it is written anew; these are small.
_REWRITTEN = (
    "tenants_company", "tenants_membership", "tenants_domain", "tenants_signup", "tenants_controlletter",
    "appeals_appeal", "appeals_line", "appeals_paper",
)  # fmt: skip
_PATIENCE = "SET lock_timeout = '5s'"


def open_erasure(company: Company) -> Erasure | None:
    """The erasure that a company is waiting for, locked. In a control scope."""
    rows = Erasure.objects.select_for_update()
    return rows.filter(company=company, cancelled_at__isnull=True, done_at__isnull=True).first()


def waiting_for(company_id: int) -> Erasure | None:
    """The same, for whoever only looks."""
    return Erasure.objects.filter(company_id=company_id, cancelled_at__isnull=True, done_at__isnull=True).first()


def standing(erasure_id: int) -> Erasure | None:
    """An erasure that is still to be done, locked. In a control scope."""
    rows = Erasure.objects.select_for_update().select_related("company")
    return rows.filter(pk=erasure_id, cancelled_at__isnull=True, done_at__isnull=True).first()


def count_rows(schema: str, modules: list[str]) -> tuple[int, int]:
    """(tables, rows in them) of a schema; (0, 0) when it has gone already. Opens its own scope."""
    with owner_scope(schema, side="company") as owner, owner.cursor() as cursor:
        cursor.execute("SELECT to_regnamespace(%s) IS NOT NULL", [schema])
        if not cursor.fetchone()[0]:
            return 0, 0
        tables = all_tables(modules)
        rows = 0
        for table in tables:
            cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table)).as_string(None))
            rows += cursor.fetchone()[0]
    return len(tables), rows


def forget_promises(schema: str) -> None:
    """Nothing is to be done for a company any more. In a control scope."""
    with connection.cursor() as cursor:
        for statement in _FORGET:
            cursor.execute(statement, [schema])


def rewrite_registry() -> None:
    """Write the registry's tables anew, so that nothing of what they said is left in their files.

    Each is shut to all for the moment that takes; whoever cannot have it within five seconds leaves it to the next try.
    """
    owner: Any = connections["owner"]
    try:
        with owner.cursor() as cursor:
            cursor.execute(_PATIENCE)
            for table in _REWRITTEN:
                cursor.execute(sql.SQL("VACUUM FULL public.{}").format(sql.Identifier(table)).as_string(None))
    finally:
        owner.close()
