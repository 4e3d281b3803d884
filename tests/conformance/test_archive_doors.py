"""Every door that gives out a whole company asks the same: an owner himself, in a browser, by his password."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from core.context import company_scope, control_scope
from core.notifications.models import Delivery
from core.storage import CompanyStore
from core.takeout.models import Takeout
from tenants.models import CompanyCopy
from tests.conftest import PASSWORD

OWN = "owner-pass-1"
ROOT = Path(__file__).parents[2]


def _copy(company, owner) -> str:
    now, own = timezone.now(), CompanyStore(company.schema)
    with control_scope():
        row = CompanyCopy.objects.create(
            company_id=company.id, made_at=now, checked_at=now, rows=1, size=1, export_size=1, last_fact=1, version=1,
            copy_key=own.new_copy_key(), export_key=own.new_copy_key(),
        )  # fmt: skip
    return f"company/copies/{row.pk}/download/"


def _opening(company, owner) -> str:
    with company_scope(company):
        told = {"name": "all.zip", "storage_key": CompanyStore(company.schema).new_key(), "state": "ready"}
        row = Takeout.objects.create(author=owner.principal, finished_at=timezone.now(), **told)
    return f"takeouts/{row.pk}/open/"


# Source that makes the address → the doors behind it: (the address, whether this very step asks for the password).
DOORS: dict[str, list[tuple[Callable[..., str], bool]]] = {
    "core/takeout/actions.py": [(lambda company, owner: "takeouts/", True), (_opening, False)],
    "tenants/rest/copies.py": [(_copy, True)],
}
EVERY: list[Any] = [
    pytest.param(*door, id=f"{source}-{at}") for source, doors in DOORS.items() for at, door in enumerate(doors)
]
# The others give out single things, each by the rights of that thing.
SINGLE = {
    "core/attachments/rest/views.py": "one file of a card that the caller sees",
    "core/imports/rest/views.py": "a book that the caller has brought himself",
    "core/sheets/rest/views.py": "a list with what the caller sees of it",
    "core/privacy/actions.py": "one person, to whoever has asked for it",
    "tenants/appeals/rest/views.py": "one file of an appeal to the service",
}


def test_no_address_of_the_store_is_made_elsewhere() -> None:
    made = {
        str(path.relative_to(ROOT))
        for part in ("core", "modules", "tenants", "billing")
        for path in (ROOT / part).rglob("*.py")
        if re.search(r"\.download_address\(", path.read_text())
    }
    assert made == set(DOORS) | set(SINGLE)


@pytest.mark.row("SE-02", "SE-04")
@pytest.mark.parametrize(("door", "asks"), EVERY)
def test_nobody_but_an_owner_by_his_password_takes_the_company_away(company, owner, person, door, asks):
    path, admin = door(company, owner), person(company, role="admin")
    for who, key in ((admin.browser, PASSWORD), (admin.client, PASSWORD), (owner.client, OWN)):
        refused = who.post(path, {"password": key})
        assert refused.status_code == 403, refused.json()
    assert owner.client.post(path, {"password": OWN}).json()["type"] == "/problems/not-by-token"
    if asks:
        for given in ({}, {"password": ""}, {"password": "not-it"}):
            assert owner.browser.post(path, given).status_code in (400, 422)
    given = owner.browser.post(path, {"password": OWN})
    assert given.status_code in (200, 201), given.json()


@pytest.mark.row("SE-04")
def test_all_owners_are_told_of_a_copy_that_has_been_taken(company, owner, deliver):
    assert owner.browser.post(_copy(company, owner), {"password": OWN}).status_code == 200
    deliver()
    with company_scope(company):
        letter = Delivery.objects.get(channel="mail", principal=owner.principal, subject__contains="ночная копия")
        assert letter.address == owner.email
