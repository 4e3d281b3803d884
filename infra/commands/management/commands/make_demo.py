"""The demo company: people, departments and what each module shows."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from core.access.actor import Actor
from core.access.loading import actor_of_principal
from core.context import Company, company_scope, control_scope, enabled_modules
from core.identity.models import User
from core.identity.names import read_full_name
from core.identity.passwords import hash_new
from core.organization.actions import hire
from core.organization.models import Department, Employee, Position
from core.organization.structure.actions import create_department
from core.registry import registry
from infra.commands.demo_people import (
    COMPANY,
    DEPARTMENTS,
    DIRECTOR,
    INN,
    OPERATOR,
    PASSWORD,
    PEOPLE,
    SLUG,
    DemoPerson,
)
from tenants.console.actions.operators import create_operator
from tenants.console.models import Operator
from tenants.models import Company as CompanyRow
from tenants.provisioning import pool
from tenants.provisioning.companies import Founder, found
from tenants.snapshots import snapshot_of


class Command(BaseCommand):
    help = "Makes the demo company unless it is there; safe to repeat, a start that was cut short is finished."

    def handle(self, *args, **options) -> None:
        make_first_operator()
        company = find_demo() or found_demo()
        if company is None:
            self.stdout.write("    нет свободного места для демо-компании: запас пуст")
            return
        with company_scope(company):
            if User.objects.exclude(email=_email(DIRECTOR)).exists():
                return
            people = [actor_of_principal(employee.principal, door="import") for employee in settle()]
            for code in registry.module_order():
                module = registry.modules[code]
                if code in enabled_modules() and module.demo:
                    module.demo(people)


def make_first_operator() -> None:
    """The first operator of the console, unless there is one; at his first sign-in he sets up his second factor."""
    with control_scope():
        if Operator.objects.exists():
            return
        told = {"email": f"{OPERATOR}@demo.example", "full_name": "Демонстрационный оператор", "role": "chief"}
        create_operator(**told, password=PASSWORD, by=None, who="make_demo")


def find_demo() -> Company | None:
    """The demo company, if it has been made."""
    with control_scope():
        row = CompanyRow.objects.filter(slug=SLUG).first()
        return snapshot_of(row) if row else None


def found_demo() -> Company | None:
    """Make the demo company with its director; None when the pool has no schema for it."""
    founder = Founder(_email(DIRECTOR), DIRECTOR.name, hash_new(PASSWORD))
    with control_scope():
        schema = pool.claim()
        if schema is None:
            return None
        return snapshot_of(found(slug=SLUG, name=COMPANY, inn=INN, schema=schema, founder=founder))


def settle() -> list[Employee]:
    """Hire everybody but the director, who founded the company; all of them in the order of PEOPLE."""
    # One hash for all: the password is printed at the start anyway, and hashing is slow on purpose.
    password_hash = hash_new(PASSWORD)
    director = Employee.objects.select_related("principal").get(work_email=_email(DIRECTOR))
    doer = actor_of_principal(director.principal, door="import")
    departments = {title: create_department(title=title, by=doer) for title in DEPARTMENTS}
    positions = {person.position: Position(title=person.position) for person in PEOPLE}
    Position.objects.bulk_create(positions.values())
    staff = [director, *(_hire(person, departments, password_hash, doer) for person in PEOPLE[1:])]
    for person, employee in zip(PEOPLE, staff, strict=True):
        _place(employee, positions[person.position])
        if person.is_head and person.department:
            Department.objects.filter(pk=departments[person.department].pk).update(head=employee)
    return staff


def _hire(person: DemoPerson, departments: dict[str, Department], password_hash: str, doer: Actor) -> Employee:
    return hire(
        name=read_full_name(person.name),
        email=_email(person),
        password_hash=password_hash,
        email_verified=True,
        role_code=person.role,
        department_id=departments[person.department].pk if person.department else None,
        by=doer,
    )


def _place(employee: Employee, position: Position) -> None:
    employee.position, employee.hired_on = position, timezone.localdate().replace(month=1, day=12)
    employee.save(update_fields=["position", "hired_on"])


def _email(person: DemoPerson) -> str:
    return f"{person.login}@demo.example"
