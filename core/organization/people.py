"""People as others see them: by principal for showing, by employee card for naming them in a request."""

from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, QuerySet

from core.compiled import Among, Compiled, Slot
from core.errors import Invalid
from core.identity.models import Principal

from .models import Employee

# A photo's address is checked by the door of attachments; here it is only said.
_PHOTO = "/api/v1/attachments/{}/content/"
_LARGEST = 2**63 - 1
_UNKNOWN = "Такого сотрудника нет"
_COLUMNS = (
    "pk",
    "name",
    "is_active",
    "employee__entity_ptr_id",
    "employee__last_name",
    "employee__first_name",
    "employee__middle_name",
    "employee__photo_id",
    "employee__photo__deleted_at",
)


def people(principal_ids: Iterable[int | None]) -> dict[int, dict[str, Any]]:
    """Principal id → person {id, name, full_name, initials, photo_url, is_active}, in one query.

    `id` is the employee card's; None for guests, services and the product itself. Unknown ids are absent.
    """
    wanted = {who for who in principal_ids if who is not None}
    if not wanted:
        return {}
    return {row[0]: _person(*row[1:]) for row in _named.rows(ids=list(wanted))}


def _by_principal() -> QuerySet:
    return Principal.objects.filter(Among("pk", _IDS)).values_list(*_COLUMNS)


def _by_card() -> QuerySet:
    rows = Employee.objects.filter(Among("pk", _IDS), trashed_at__isnull=True)
    return rows.values_list("pk", "principal_id", "title", "principal__is_active")


_IDS = Slot("ids", ArrayField(BigIntegerField()))
_named, _working = Compiled(_by_principal), Compiled(_by_card)


def person_of(employee: Employee) -> dict[str, Any]:
    """The person of a card whose `principal` (and `photo`, where there is one) has been read with it."""
    names = (employee.last_name, employee.first_name, employee.middle_name)
    deleted = employee.photo.deleted_at if employee.photo_id and employee.photo else None
    principal = employee.principal
    return _person(principal.name, principal.is_active, employee.pk, *names, employee.photo_id, deleted)


def principal_of(employee_id: int, *, field: str = "employee") -> int:
    """The principal behind an employee card; Invalid on `field` when there is no such person or he is blocked."""
    return principals_of([employee_id], field=field)[0]


def principals_of(employee_ids: Iterable[int], *, field: str = "employees", keeping: Iterable[int] = ()) -> list[int]:
    """Principals behind employee cards, in the order given and without repeats, in one query.

    Principals in `keeping` are named already: they may stay when they are blocked, so that an old list can be saved.
    Invalid on `field` names whoever is unknown or blocked.
    """
    wanted = list(dict.fromkeys(employee_ids))
    if not wanted:
        return []
    if any(not 0 < pk <= _LARGEST for pk in wanted):
        raise Invalid({field: _UNKNOWN})
    found = {pk: (principal, title, active) for pk, principal, title, active in _working.rows(ids=wanted)}
    if set(wanted) - set(found):
        raise Invalid({field: _UNKNOWN})
    kept = set(keeping)
    blocked = [title for principal, title, active in found.values() if not active and principal not in kept]
    if blocked:
        raise Invalid({field: f"Сотрудник заблокирован: {', '.join(blocked)}"})
    return [found[pk][0] for pk in wanted]


def deputies(principals: Iterable[int]) -> dict[int, int]:
    """Principal → who acts for him now. Absences and acting deputies come with the calendar of absences; until then
    whoever does not work here any more is stood in for by the nearest manager above him who does."""
    asked = set(principals)
    rows = Employee.objects.filter(principal__in=asked).exclude(status=Employee.Status.WORKS)
    away: dict[int, int | None] = dict(rows.values_list("principal_id", "manager_id"))
    found: dict[int, int] = {}
    # Chains of managers are short, and rarely does more than one of them leave at once.
    seen: set[int] = set()
    while wanted := {manager for who, manager in away.items() if who not in found and manager and manager not in seen}:
        seen |= wanted
        above = Employee.objects.filter(pk__in=wanted, trashed_at__isnull=True)
        known = {row.pk: row for row in above}
        for who, manager in away.items():
            row = known.get(manager or 0)
            if who in found or row is None:
                continue
            if row.status == Employee.Status.WORKS:
                found[who] = row.principal_id
            else:
                away[who] = row.manager_id
    return found


def _person(
    name: str,
    is_active: bool,
    employee_id: int | None,
    last: str | None,
    first: str | None,
    middle: str | None,
    photo_id: int | None,
    photo_deleted: Any,
) -> dict[str, Any]:
    parts = [part for part in (last, first, middle) if part] if employee_id else name.split()
    short = " ".join([parts[0], *(f"{part[0]}." for part in parts[1:3])]) if employee_id and parts else name
    return {
        "id": employee_id,
        "name": short,
        "full_name": name,
        "initials": "".join(part[0] for part in parts[:2]).upper(),
        "photo_url": _PHOTO.format(photo_id) if photo_id and photo_deleted is None else None,
        "is_active": is_active,
    }
