"""People as others see them, and naming them in a request."""

import pytest

from core.access.loading import actor_of_principal
from core.context import company_scope
from core.errors import Invalid
from core.identity.models import Principal
from core.identity.names import read_full_name
from core.organization.actions import hire
from core.organization.models import Employee
from core.organization.people import people, person_of, principal_of, principals_of
from tests.support.client import new_key


@pytest.mark.row("T-03")
def test_people_are_told_in_one_query(company, person, statements):
    anna, oleg = person(company, name="Крылова Анна Сергеевна"), person(company, name="Цой")
    with company_scope(company):
        guest = Principal.objects.create(kind="guest", name="Гость Григорий")
        with statements() as seen:
            known = people([anna.principal.pk, oleg.principal.pk, guest.pk, None, 404, anna.principal.pk])
        assert len(seen) == 1
        assert known == {
            anna.principal.pk: {
                "id": anna.id,
                "name": "Крылова А. С.",
                "full_name": "Крылова Анна Сергеевна",
                "initials": "КА",
                "photo_url": None,
                "is_active": True,
            },
            oleg.principal.pk: {
                "id": oleg.id,
                "name": "Цой",
                "full_name": "Цой",
                "initials": "Ц",
                "photo_url": None,
                "is_active": True,
            },
            guest.pk: {
                "id": None,
                "name": "Гость Григорий",
                "full_name": "Гость Григорий",
                "initials": "ГГ",
                "photo_url": None,
                "is_active": True,
            },
        }
        card = Employee.objects.select_related("principal", "photo").get(pk=anna.id)
        assert person_of(card) == known[anna.principal.pk]


def test_nobody_costs_no_query(company, statements):
    with company_scope(company), statements() as seen:
        assert people([None]) == {}
        assert principals_of([]) == []
    assert len(seen) == 0


def test_people_of_another_company_are_unknown(company, other_owner):
    with company_scope(company):
        assert people([other_owner.principal.pk]) == {}
        with pytest.raises(Invalid):
            principal_of(other_owner.id)


def test_principals_keep_order_and_drop_repeats(company, person):
    one, two = person(company), person(company)
    with company_scope(company):
        assert principals_of([two.id, one.id, two.id]) == [two.principal.pk, one.principal.pk]
        assert principal_of(one.id) == one.principal.pk


@pytest.mark.parametrize("wrong", [0, -1, 404_404, 2**63])
def test_unknown_people_are_refused_by_field(company, wrong):
    with company_scope(company), pytest.raises(Invalid) as refused:
        principal_of(wrong, field="assignee")
    assert list(refused.value.errors) == ["assignee"]


def test_blocked_people_are_refused_unless_they_are_there_already(company, person, owner):
    gone, here = person(company, name="Ушедший Пётр"), person(company)
    owner.client.post(f"employees/{gone.id}/block/")
    with company_scope(company):
        with pytest.raises(Invalid) as refused:
            principals_of([here.id, gone.id], field="watchers")
        assert refused.value.errors == {"watchers": ["Сотрудник заблокирован: Ушедший Пётр"]}
        kept = principals_of([here.id, gone.id], field="watchers", keeping=[gone.principal.pk])
        assert kept == [here.principal.pk, gone.principal.pk]
        assert people([gone.principal.pk])[gone.principal.pk]["is_active"] is False


def test_names_are_open_to_colleagues_and_the_directory_by_right(company, person, owner):
    """Decision 0007: work is given by name, so a name is no secret in a company; a phone may be."""
    role = owner.client.post("roles/", {"title": "Без справочника", "grants": [
        {"permission": code, "scope": "all"} for code in ("tasks.view", "tasks.create")
    ]})  # fmt: skip
    guard, anna = person(company, role.json()["code"]), person(company, name="Крылова Анна")
    assert guard.client.get("employees/").status_code == 403
    assert guard.client.get(f"employees/{anna.id}/").status_code == 403
    assert guard.client.get("departments/").status_code == 403
    given = guard.client.post("tasks/", {"title": "Пропуск", "assignee": anna.id}, Idempotency_Key=new_key())
    assert (given.status_code, given.json()["assignee"]["name"]) == (201, "Крылова А.")
    assert not {"email", "phone"} & set(given.json()["assignee"])


def test_whoever_comes_has_joined_and_not_whoever_made_his_card(company, person):
    anna = person(company, name="Крылова Анна")
    with company_scope(company):
        doer = actor_of_principal(anna.principal, door="import")
        oleg = hire(
            name=read_full_name("Цой Олег"), email="oleg@alfa.example", password_hash="", email_verified=True,
            role_code="employee", by=doer,
        )  # fmt: skip
        told = dict(oleg.facts.values_list("kind", "actor_id"))
    assert told == {
        "organization.employee_hired": anna.principal.pk, "identity.user_joined": oleg.principal_id,
    }  # fmt: skip
