"""Two administrators at the same moment, with real commits."""

import pytest

from core.access.actions import change_role, create_role, give_roles
from core.access.actor import Actor
from core.access.loading import actor_of_principal, grants_of
from core.access.models import Grant, Role, RoleAssignment
from core.context import Company, company_scope
from core.errors import Invalid
from core.identity.models import Principal
from core.identity.names import read_full_name
from core.organization.actions import block_employee, hire
from core.organization.models import Department, Employee
from core.organization.structure.actions import change_department, create_department
from tenants.snapshots import find
from tests.support.races import at_once

pytestmark = [pytest.mark.committed, pytest.mark.usefixtures("committed")]
ROUNDS = 6


def alfa() -> Company:
    found = find(host="alfa.localhost")
    assert found
    return found


def hired(company: Company, name: str, role: str) -> Employee:
    with company_scope(company):
        return hire(
            name=read_full_name(name), email=f"{name.lower()}@race.example", password_hash="", email_verified=True,
            role_code=role,
        )  # fmt: skip


def actor(employee: Employee) -> Actor:
    return actor_of_principal(Principal.objects.get(pk=employee.principal_id), door="screen")


def test_two_owners_never_leave_the_company_without_one():
    company = alfa()
    with company_scope(company):
        first = Employee.objects.get(work_email="owner@alfa.example")
    second = hired(company, "Второй", "owner")
    for number in range(ROUNDS):
        take = [
            lambda: give_roles(second, codes=["employee"], by=actor(first)),
            lambda: give_roles(first, codes=["employee"], by=actor(second)),
        ]
        if number % 2:
            take[0] = lambda: block_employee(second, by=actor(first))
        refused = at_once(company, *take)
        assert sum(outcome is not None for outcome in refused) == 1, refused
        with company_scope(company):
            left = RoleAssignment.objects.filter(role__code="owner", principal__is_active=True)
            assert left.count() == 1
            owner = Role.objects.get(code="owner")
            for who in (first, second):
                RoleAssignment.objects.get_or_create(role=owner, principal_id=who.principal_id)
                Principal.objects.filter(pk=who.principal_id).update(is_active=True)
                Employee.objects.get(pk=who.pk).save_change()
            fresh = Employee.objects.get(pk=second.pk)
            fresh.status = Employee.Status.WORKS
            fresh.save_change("status")


def test_a_role_given_while_it_is_narrowed_is_never_remembered_wide():
    company = alfa()
    anna = hired(company, "Анна", "employee")
    with company_scope(company):
        owner = Employee.objects.get(work_email="owner@alfa.example")
        role = create_role(title="Широкая", grants=[], by=actor(owner))
    for number in range(ROUNDS):
        scope = ("all", "own")[number % 2]
        lines = [{"permission": "organization.files", "scope": scope}]
        codes = [role.code] if number % 2 == 0 else ["employee", role.code]
        outcomes = at_once(
            company,
            lambda lines=lines: change_role(role, grants=lines, by=actor(owner)),
            lambda codes=codes: give_roles(anna, codes=codes, by=actor(owner)),
            # Somebody loads the grants into memory in between.
            lambda: grants_of(Principal.objects.get(pk=anna.principal_id)),
        )
        assert outcomes == [None, None, None]
        with company_scope(company):
            held = Grant.objects.filter(role__assignments__principal=anna.principal_id)
            truth: dict[str, set[str]] = {}
            for permission, held_scope in held.values_list("permission", "scope"):
                truth.setdefault(permission, set()).add(held_scope)
            known = grants_of(Principal.objects.get(pk=anna.principal_id))
            assert set(known) == set(truth)
            assert all(known[permission] in truth[permission] for permission in known)
            if codes == [role.code]:
                assert known == {"organization.files": scope}


def test_two_moves_make_no_circle():
    company = alfa()
    with company_scope(company):
        owner = Employee.objects.get(work_email="owner@alfa.example")
        one, two = (create_department(title=title, by=actor(owner)) for title in ("Раз", "Два"))
    for _ in range(ROUNDS):
        refused = at_once(
            company,
            lambda: change_department(one, given={"parent": two.pk}, by=actor(owner)),
            lambda: change_department(two, given={"parent": one.pk}, by=actor(owner)),
        )
        assert sorted(type(outcome) for outcome in refused if outcome) == [Invalid]
        with company_scope(company):
            rows = {row.pk: row for row in Department.objects.filter(pk__in=[one.pk, two.pk])}
            assert sorted(len(row.path) for row in rows.values()) == [1, 2]
            for row in rows.values():
                change_department(row, given={"parent": None}, by=actor(owner))
