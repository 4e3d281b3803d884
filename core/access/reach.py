"""Who may change whom and where: nobody widens his own reach by it, nobody but administrators touches an administrator.

Whoever may give roles is an administrator here, too: he could give himself the rest.
"""

from collections.abc import Iterable, Mapping

from core.errors import Forbidden
from core.identity.models import Principal
from core.organization.models import Department, Employee
from core.registry import registry

from .actor import Actor
from .catalog import MANAGE_ROLES
from .errors import AdminsOnly
from .loading import grants_of
from .models import Grant
from .permissions import EVERYTHING
from .rules import covers, local_grants

_PLACE = "Перевод в этот отдел дал бы больше прав, чем есть у вас. Его выполняет администратор"


def is_above(principal: Principal, by: Actor) -> bool:
    """Whether somebody is an administrator while `by`, not himself, is none."""
    if by.may(MANAGE_ROLES) or by.principal_id == principal.pk:
        return False
    held = grants_of(principal)
    return EVERYTHING in held or MANAGE_ROLES.code in held


def above(principals: Iterable[int], by: Actor) -> set[int]:
    """Who among these is an administrator while `by`, not himself, is none; one query at most."""
    if by.may(MANAGE_ROLES):
        return set()
    ruling = Grant.objects.filter(permission__in=(EVERYTHING, MANAGE_ROLES.code))
    held = ruling.filter(role__assignments__principal__in=set(principals) - {by.principal_id})
    return set(held.values_list("role__assignments__principal", flat=True)) & set(principals)


def must_not_be_above(principal: Principal, by: Actor) -> None:
    if is_above(principal, by):
        raise AdminsOnly()


def must_reach_place(grants: Mapping[str, str], department_id: int, by: Actor, *, sentence: str) -> None:
    """Refuse unless what these grants reach from a department is within the reach of `by`."""
    known = registry.permissions()
    scopes = {by.scope_of(known[code]) for code in local_grants(grants) if code in known}
    if not scopes - {"all"} or department_id == by.department_id:
        return
    below = Department.objects.filter(pk=department_id, path__contains=[by.department_id or 0]).exists()
    if "department" in scopes or not below:
        raise Forbidden(sentence)


def must_not_widen_by_moving(employee: Employee, target: Department | None, by: Actor) -> None:
    """Refuse to seat somebody where he, or `by` through him, would reach more than `by` reaches now."""
    if by.may(MANAGE_ROLES) or target is None:
        return
    his = local_grants(grants_of(employee.principal))
    if not covers(by.grants, his):
        raise Forbidden(_PLACE)
    must_reach_place(his, target.pk, by, sentence=_PLACE)
    for scope in local_grants(by.grants).values():
        if _is_reached(target, scope, by) and not _is_reached(employee.department, scope, by):
            raise Forbidden(_PLACE)


def must_not_widen_by_planting(old_path: list[int], new_path: list[int], by: Actor) -> None:
    """Refuse to hang a department below one's own when one's rights reach everything below."""
    if by.may(MANAGE_ROLES) or by.department_id in old_path or by.department_id not in new_path:
        return
    if "department_tree" in by.grants.values():
        raise Forbidden("Так отдел оказался бы внутри вашего, и ваши права выросли бы. Это делает администратор")


def _is_reached(place: Department | None, scope: str, by: Actor) -> bool:
    if place is None or by.department_id is None:
        return False
    return place.pk == by.department_id or (scope == "department_tree" and by.department_id in place.path)
