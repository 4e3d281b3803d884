"""Cards of employees as the API shows them: one query for the rows, one for all the people on the page."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone

from core.access.actor import Actor
from core.access.catalog import MANAGE_ROLES
from core.access.models import Role
from core.access.reach import is_above
from core.identity.links import CHANGE_SECONDS
from core.identity.models import User
from core.organization.models import Employee
from core.organization.people import people
from core.organization.permissions import BLOCK, EDIT_PEOPLE, SEE_FILES
from core.organization.rules import changeable, moves_people
from core.organization.standing.actions import DEEDS
from core.statuses.queries import CardReach, shown_scheme
from core.statuses.rest.serializers import step_out


def with_surroundings(rows: QuerySet[Employee]) -> QuerySet[Employee]:
    """Read position, department, status, roles and the manager's principal together with the cards."""
    held = Role.objects.filter(assignments__principal=OuterRef("principal_id")).order_by("pk")
    told = held.values(told=JSONObject(code="code", title="title"))
    return rows.select_related("position", "department", "own_status").annotate(
        roles_held=ArraySubquery(told), manager_principal=F("manager__principal_id")
    )


def whole(rows: QuerySet[Employee]) -> QuerySet[Employee]:
    """The same with what a whole card tells besides: the company's statuses of its type, as `scheme`, by which e-mail
    the person signs in, as `login`, and by which he is to, as `login_wanted`."""
    accounts = User.objects.filter(principal=OuterRef("principal_id"))
    waiting = accounts.filter(wanted_at__gt=timezone.now() - timedelta(seconds=CHANGE_SECONDS))
    return with_surroundings(rows).annotate(
        scheme=shown_scheme(),
        login=Subquery(accounts.values("email")[:1]),
        login_wanted=Subquery(waiting.values("wanted_email")[:1]),
    )


def employees_out(rows: Iterable[Any]) -> list[dict[str, Any]]:
    """Cards read through `with_surroundings`, as `EmployeeOut`."""
    found = list(rows)
    known = people([who for row in found for who in (row.principal_id, row.manager_principal)])
    return [_out(row, known) for row in found]


def card_out(row: Any, actor: Actor) -> dict[str, Any]:
    """One card read through `whole`, with what the actor may do, as `EmployeeCardOut`."""
    reached = actor.may(EDIT_PEOPLE, row)
    is_own = actor.principal_id == row.principal_id
    may_block = actor.may(BLOCK) and not is_own
    if (reached or may_block) and is_above(row.principal, actor):
        reached = may_block = False
    fields = changeable(actor.scope_of(EDIT_PEOPLE), is_own=is_own) if reached else frozenset()
    fields -= set(actor.limits.get(Employee.KIND, ()))
    can: dict[str, Any] = {"edit": sorted(fields), "block": may_block, "roles": actor.may(MANAGE_ROLES)}
    can["files"] = actor.may(SEE_FILES, row)
    can["login"] = may_block and bool(row.login) and not row.is_blocked
    reach, works = CardReach(actor, row), reached and moves_people(actor.scope_of(EDIT_PEOPLE), is_own=is_own)
    moves = reach.steps([DEEDS[row.status]] if may_block else [], works=works)
    back = reach.way(Employee.Status.WORKS) if may_block and row.is_blocked else None
    can["unblock"] = back is not None and not back.needs_comment
    told: dict[str, Any] = {"status_moves": [step_out(step) for step in moves], "can": can}
    told["phone_is_proved"] = row.has_proved_phone if "phone" in fields else None
    # Whoever writes an e-mail into the card is to see that letters and the way in stay at another.
    logins = {name: (getattr(row, name) if "email" in fields else None) or "" for name in ("login", "login_wanted")}
    return employees_out([row])[0] | told | logins


def _out(row: Any, known: dict[int, dict[str, Any]]) -> dict[str, Any]:
    person, own = known[row.principal_id], row.own_status
    # One of another base is of a former time.
    stands = own if own and own.base == row.status else None
    return {
        "id": row.pk,
        "ref": str(row.ref),
        "number": row.number,
        "name": person["name"],
        "full_name": person["full_name"],
        "initials": person["initials"],
        "last_name": row.last_name,
        "first_name": row.first_name,
        "middle_name": row.middle_name,
        "email": row.work_email,
        "phone": row.phone,
        "position": _titled(row.position),
        "department": _titled(row.department),
        "manager": known.get(row.manager_principal),
        "roles": row.roles_held,
        "is_active": person["is_active"],
        "status": row.status,
        "status_title": stands.title if stands else str(Employee.Status(row.status).label),
        "own_status": {"id": stands.pk, "title": stands.title, "color": stands.color} if stands else None,
        "hired_on": row.hired_on,
        "photo_url": person["photo_url"],
        "version": row.version,
    }


def _titled(row: Any) -> dict[str, Any] | None:
    return None if row is None else {"id": row.pk, "title": row.title}
