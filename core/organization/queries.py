"""Reads of structure: trees, chains of managers, who sits where."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Count, Q

from core.context import current_company

from .models import Department, Employee, Position

# One change of managers at a time in a company: two that are each right alone could close a circle together.
_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"
# UNION drops repeats, so even a circle, were there one, would end the walk.
_ABOVE = """
WITH RECURSIVE above(id) AS (
  SELECT manager_id FROM organization_employee WHERE entity_ptr_id = %s
  UNION SELECT e.manager_id FROM organization_employee e JOIN above ON e.entity_ptr_id = above.id
) SELECT EXISTS (SELECT 1 FROM above WHERE id = %s)
"""


def lock_managers() -> None:
    """Let nobody else change who manages whom in this company until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [f"{current_company().schema}:managers"])


def is_above(manager_id: int, employee_id: int) -> bool:
    """Whether the first employee manages the second, at any distance."""
    with connection.cursor() as cursor:
        cursor.execute(_ABOVE, [employee_id, manager_id])
        return cursor.fetchone()[0]


def principals_in(department_ids: Iterable[int]) -> set[int]:
    """Principals of those who sit in these very departments."""
    rows = Employee.objects.filter(department__in=set(department_ids))
    return set(rows.values_list("principal_id", flat=True))


def card_without_account(email: str) -> Employee | None:
    """The only working person with this e-mail in his card who cannot sign in yet, as an import has made him."""
    waiting = Employee.objects.filter(
        work_email__iexact=email, status=Employee.Status.WORKS, trashed_at__isnull=True, principal__user__isnull=True
    )
    found = list(waiting[:2])
    return found[0] if len(found) == 1 else None


def departments_in_order() -> list[dict[str, Any]]:
    """All departments, parents before children and neighbours by title, in one query.

    {id, title, code, parent, path: titles from the root, head_principal, employees_count: working people of this very
    department, version}.
    """
    working = Count("employees", filter=Q(employees__status=Employee.Status.WORKS))
    columns = ("id", "title", "code", "parent_id", "path", "head__principal_id", "version")
    rows = list(Department.objects.annotate(working=working).values(*columns, "working"))
    titles = {row["id"]: row["title"] for row in rows}
    rows.sort(key=lambda row: [(titles[node].lower(), node) for node in row["path"]])
    return [
        {
            "id": row["id"],
            "title": row["title"],
            "code": row["code"],
            "parent": row["parent_id"],
            "path": " / ".join(titles[node] for node in row["path"]),
            "head_principal": row["head__principal_id"],
            "employees_count": row["working"],
            "version": row["version"],
        }
        for row in rows
    ]


def positions_in_order() -> list[Position]:
    """Positions by title with `held`: how many working people hold each."""
    working = Count("employees", filter=Q(employees__status=Employee.Status.WORKS))
    return list(Position.objects.annotate(held=working).order_by("title", "pk"))


def searched(card_ids: Sequence[int]) -> dict[int, list[str]]:
    """What employees can be found by beside their names and what roles may be kept from."""
    return _texts(card_ids, "department__title")


def by_email(card_ids: Sequence[int]) -> dict[int, list[str]]:
    return _texts(card_ids, "work_email")


def by_phone(card_ids: Sequence[int]) -> dict[int, list[str]]:
    return _texts(card_ids, "phone")


def by_position(card_ids: Sequence[int]) -> dict[int, list[str]]:
    return _texts(card_ids, "position__title")


def _texts(card_ids: Sequence[int], column: str) -> dict[int, list[str]]:
    rows = Employee.objects.filter(pk__in=card_ids).values_list("pk", column)
    return {pk: [text] for pk, text in rows if text}


def working_count() -> int:
    """How many people work in the company now."""
    return Employee.objects.filter(status=Employee.Status.WORKS).count()


def manager_of(employee: Employee) -> int | None:
    """The principal of whoever manages somebody, while he works here."""
    if employee.manager_id is None:
        return None
    working = Employee.objects.filter(pk=employee.manager_id, status=Employee.Status.WORKS)
    return working.values_list("principal_id", flat=True).first()
