"""How a person comes into the company: principal, user and employee card at once."""

from django.utils import timezone

from core.access.actor import Actor
from core.access.models import Role, RoleAssignment
from core.entities.models import Participant
from core.entities.participants import join
from core.events.bus import emit
from core.identity.events import UserJoined
from core.identity.models import Principal, User
from core.identity.names import FullName
from core.verb import verb

from .events import EmployeeHired
from .models import Employee


@verb
def hire(
    *,
    name: FullName,
    email: str,
    password_hash: str,
    email_verified: bool,
    role_code: str,
    department_id: int | None = None,
    by: Actor | None = None,
) -> Employee:
    """Make the person's principal, way to sign in and card; `by` None means he comes by himself (the owner).

    IntegrityError when the e-mail is taken in this company; the caller looks first.
    """
    principal = Principal.objects.create(kind=Principal.Kind.EMPLOYEE, name=str(name))
    user = User.objects.create(
        principal=principal,
        email=email,
        password=password_hash,
        password_changed_at=timezone.now(),
        email_verified_at=timezone.now() if email_verified else None,
    )
    employee = Employee.objects.create(
        kind=Employee.KIND,
        title=str(name),
        author=principal,
        responsible=principal,
        status=Employee.Status.WORKS,
        principal=principal,
        last_name=name.last,
        first_name=name.first,
        middle_name=name.middle,
        work_email=email,
        department_id=department_id,
    )
    join(employee, {Participant.Part.AUTHOR: [principal.pk], Participant.Part.RESPONSIBLE: [principal.pk]})
    RoleAssignment.objects.create(role=Role.objects.get(code=role_code), principal=principal)
    doer = by or Actor(principal.pk, principal.kind, principal.name)
    emit(EmployeeHired(employee.ref), by=doer)
    emit(UserJoined(employee.ref, user_id=user.pk), by=doer)
    return employee
