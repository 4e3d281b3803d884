"""Reading the lists."""

from collections.abc import Iterable

from django.db.models import Max, Q, QuerySet

from core.access.models import RoleAssignment
from core.organization.models import Department, Employee

from .models import Acknowledgement


def rows_of(card_id: int) -> QuerySet[Acknowledgement]:
    return Acknowledgement.objects.filter(entity_id=card_id)


def last_round(card_id: int) -> int:
    """The round of a card that is going on; 0 before the first."""
    return rows_of(card_id).aggregate(last=Max("round"))["last"] or 0


def readers_meant(people: Iterable[int], departments: Iterable[int], roles: Iterable[str]) -> set[int]:
    """Principals of working people: those of departments with everything below, those who hold roles, and those of the
    named ones (of whoever a group holds, too) who work here."""
    below = Q(pk__in=[])
    for department in departments:
        below |= Q(path__contains=[department])
    within = Department.objects.filter(below)
    working = Employee.objects.filter(status=Employee.Status.WORKS, trashed_at__isnull=True)
    held = RoleAssignment.objects.filter(role__code__in=list(roles)).values("principal_id")
    meant = working.filter(
        Q(principal__in=list(people)) | Q(department__in=within.values("pk")) | Q(principal__in=held)
    )
    return set(meant.values_list("principal_id", flat=True))
