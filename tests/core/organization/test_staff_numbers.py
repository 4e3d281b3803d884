"""«Табельный номер»: given at hiring by the company's mask, shown, found exactly."""

import pytest

from core.context import company_scope, control_scope
from core.entities.models import Entity
from core.organization import jobs
from core.organization.models import Employee
from infra.commands.people import fill_employees
from tenants.models import Company
from tenants.provisioning.fanout import migrate_companies

pytestmark = pytest.mark.row("T-18")
MASK = "numbering/organization.employee/"


def shown(owner, who):
    return owner.client.get(f"employees/{who.id}/").json()["number"]


def test_whoever_comes_has_the_next_number(company, person, owner):
    first, second = person(company), person(company)
    assert shown(owner, owner) == "Т-1", "the founder is the first"
    assert int(shown(owner, second).removeprefix("Т-")) == int(shown(owner, first).removeprefix("Т-")) + 1
    with company_scope(company):
        before = Employee.objects.count()
    fill_employees(company, 3)
    with company_scope(company):
        assert Employee.objects.exclude(number="").values("number").distinct().count() == before + 3


def test_the_company_says_how_they_look(company, person, owner):
    kinds = owner.client.get("numbering/").json()["results"]
    assert "organization.employee" in [one["kind"] for one in kinds]
    place = owner.client.post("departments/", {"title": "Производство", "code": "ПР"}).json()["id"]
    assert owner.client.put(MASK, {"mask": "{ОТДЕЛ}-{####}"}).status_code == 200
    assert shown(owner, person(company, department_id=place)) == "ПР-0001"
    assert shown(owner, person(company)) == "00-0001"
    assert shown(owner, owner) == "Т-1", "who has a number keeps it"


def test_a_number_finds_its_person_and_nobody_else(company, person, owner):
    people = [person(company) for _ in range(3)]
    assert owner.client.put(MASK, {"mask": "К{####}", "next": 1234}).status_code == 200
    wanted = person(company)

    def found(text):
        return [row["id"] for row in owner.client.get("employees/", search=text).json()["results"]]

    assert found("К1234") == found("к1234") == [wanted.id]
    assert found("К123") == []
    bare = shown(owner, people[1]).removeprefix("Т-")
    assert found(f"т-{bare}") == found(bare) == [people[1].id]


@pytest.mark.committed
def test_people_of_a_standing_company_are_numbered_in_their_order(committed):
    with control_scope():
        schema = Company.objects.get(slug="alfa").schema_name
    card = f"{schema}.entities_entity WHERE kind = 'organization.employee'"
    committed.sql(f"UPDATE {schema}.entities_entity SET number = '' WHERE kind = 'organization.employee'")
    committed.sql(f"DELETE FROM {schema}.numbering_numbercounter WHERE kind = 'organization.employee'")
    committed.sql(f"ALTER TABLE {schema}.organization_employee DROP COLUMN phone_proved")
    committed.sql(f"DELETE FROM {schema}.django_migrations WHERE app = 'organization' AND name >= '0003'")
    committed.sql("UPDATE tenants_company SET fingerprint = 'older'")
    report = migrate_companies(lambda text: None)
    assert report.failed == {}
    numbers = [row[0] for row in committed.sql(f"SELECT number FROM {card} ORDER BY id")]
    assert numbers == [f"Т-{place}" for place in range(1, len(numbers) + 1)]
    counter = f"SELECT last FROM {schema}.numbering_numbercounter WHERE kind = 'organization.employee'"
    assert committed.sql(counter) == [(len(numbers),)]
    woken = committed.sql("SELECT count(*) FROM wakeups WHERE company = %s AND kind = 'search.all'", schema)
    assert woken == [(1,)]
    later = (
        "SELECT due_at > now() + interval '23 hours' FROM wakeups WHERE company = %s AND kind = 'organization.numbers'"
    )
    assert committed.sql(later, schema) == [(True,)], "the former version is gone by then"


def test_who_was_hired_by_the_former_version_is_numbered_once(company, person, owner, deliver):
    first, late, last = (person(company) for _ in range(3))
    with company_scope(company):
        Entity.objects.filter(pk__in=[late.id, first.id]).update(number="")
    jobs.number(company)
    stood = int(shown(owner, last).removeprefix("Т-"))
    assert [shown(owner, who) for who in (first, late)] == [f"Т-{stood + 1}", f"Т-{stood + 2}"], "in their order"
    versions = [owner.client.get(f"employees/{who.id}/").json()["version"] for who in (first, late, last)]
    jobs.number(company)
    assert [owner.client.get(f"employees/{who.id}/").json()["version"] for who in (first, late, last)] == versions
    told = owner.client.get(f"employees/{late.id}/history/").json()["results"][0]
    assert (told["changes"][0]["label"], told["changes"][0]["new"]) == ("Табельный номер", f"Т-{stood + 2}")
    deliver()
    found = owner.client.get("search/", q=f"Т-{stood + 2}").json()["results"]
    assert late.id in [int(hit["card"]["ref"].rpartition("/")[2]) for hit in found], "and is found by it"
