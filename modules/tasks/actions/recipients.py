"""Who gets tasks from a template: people by name, everyone who holds a role, everyone in a department."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Q

from core.access.models import Role, RoleAssignment
from core.entities.models import Participant
from core.errors import Invalid
from core.identity.models import Principal
from core.organization.models import Department, Employee

from ..errors import NobodyToGive, TooManyToGive
from ..models import TaskTemplate
from ..queries import part_holders

# So many people at most get a task of their own at once: whoever means more has named the wrong role.
MOST_RECIPIENTS = 200


@dataclass(frozen=True)
class Named:
    """Whom a template names: principals' ids, codes of roles, ids of departments."""

    people: Sequence[int] = ()
    roles: Sequence[str] = field(default=())
    departments: Sequence[int] = field(default=())

    def __bool__(self) -> bool:
        return bool(self.people or self.roles or self.departments)


def named_in(template: TaskTemplate) -> Named:
    return Named(part_holders(template, Participant.Part.CO_WORKER), template.roles, template.departments)


def recipients_of(named: Named) -> list[int]:
    """Principals who get a task now, each once: those who are named first, the others as they came to the company."""
    meant = list(dict.fromkeys([*named.people, *_members(named)]))
    able = at_work(meant)
    return [who for who in meant if who in able]


def must_give_to(named: Named) -> list[int]:
    """The same, refused when there is nobody or when there are too many. Errors: NobodyToGive, TooManyToGive."""
    found = recipients_of(named)
    if not found:
        raise NobodyToGive()
    if len(found) > MOST_RECIPIENTS:
        raise TooManyToGive(len(found), most=MOST_RECIPIENTS)
    return found


def at_work(principals: Iterable[int]) -> set[int]:
    """Those of the people to whom work may go now: whoever is blocked gets none.

    All that is given by role or department passes here: whether somebody is on shift is asked at this place.
    """
    return set(Principal.objects.filter(pk__in=list(principals), is_active=True).values_list("pk", flat=True))


def roles_named(codes: Iterable[str]) -> dict[str, str]:
    """Code → title of those of the roles that there are, in one query."""
    wanted = set(codes)
    return dict(Role.objects.filter(code__in=wanted).values_list("code", "title")) if wanted else {}


def departments_named(ids: Iterable[int]) -> dict[int, str]:
    """The same of departments."""
    wanted = set(ids)
    return dict(Department.objects.filter(pk__in=wanted).values_list("pk", "title")) if wanted else {}


def must_exist(roles: Iterable[str], departments: Iterable[int]) -> None:
    """Refuse roles and departments that nobody knows. Invalid on `roles` or `departments`."""
    wanted, places = set(roles), set(departments)
    if wanted - set(roles_named(wanted)):
        raise Invalid({"roles": "Такой роли нет. Обновите список ролей и выберите снова"})
    if places - set(departments_named(places)):
        raise Invalid({"departments": "Такого отдела нет. Обновите список и выберите снова"})


def _members(named: Named) -> list[int]:
    """Living cards of people behind roles and departments, these with everything below them."""
    if not named.roles and not named.departments:
        return []
    held = RoleAssignment.objects.filter(role__code__in=list(named.roles)).values("principal_id")
    below = Department.objects.filter(path__overlap=list(named.departments)).values("pk")
    meant = Q(principal__in=held) | Q(department__in=below)
    rows = Employee.objects.filter(meant, trashed_at__isnull=True).order_by("pk")
    return list(rows.values_list("principal_id", flat=True)[: MOST_RECIPIENTS * 10])
