"""Who may takes a nightly copy out: without secrets, by an address for a minute, and the history says so."""

from datetime import datetime, timedelta
from urllib.parse import quote

import httpx
import pytest
from django.utils import timezone

from core.context import company_scope, control_scope
from core.events.models import Fact
from core.storage import CompanyStore
from tenants.models import CompanyCopy

PROOF = {"password": "owner-pass-1"}


def kept(company, content: bytes) -> CompanyCopy:
    own = CompanyStore(company.schema)
    keys = own.new_copy_key(), own.new_copy_key()
    own.put(keys[0], b"with secrets", content_type="application/zip")
    own.put(keys[1], content, content_type="application/zip")
    now = timezone.now()
    with control_scope():
        return CompanyCopy.objects.create(
            company_id=company.id, made_at=now, checked_at=now, rows=3, size=12, export_size=len(content),
            copy_key=keys[0], export_key=keys[1], last_fact=1, version=1,
        )  # fmt: skip


@pytest.mark.row("SE-04", "SE-09")
def test_the_owner_lists_copies_and_takes_one(company, owner, store, settings):
    row = kept(company, b"without secrets")
    told = owner.client.get("company/copies/").json()
    assert told["kept_days"] == settings.BACKUP_DAYS and told["next"] is None
    assert [(one["id"], one["rows"], one["size"]) for one in told["results"]] == [(row.pk, 3, 15)]
    answer = owner.browser.post(f"company/copies/{row.pk}/download/", PROOF).json()
    found = httpx.get(answer["url"])
    assert found.content == b"without secrets" and answer["expires_in"] <= 60
    assert quote("ООО «Альфа», копия 20") in found.headers["content-disposition"]
    with company_scope(company):
        (fact,) = Fact.objects.filter(kind="tenants.copy_taken")
        assert fact.actor_id == owner.principal.pk and fact.payload["made_at"] == row.made_at.isoformat()


def test_copies_of_another_company_are_not_there(company, other_company, owner, other_owner, store):
    row = kept(other_company, b"theirs")
    assert owner.client.get("company/copies/").json()["results"] == []
    assert owner.browser.post(f"company/copies/{row.pk}/download/", PROOF).status_code == 404


@pytest.mark.row("SE-04")
def test_a_copy_goes_after_its_term_and_the_last_one_stays(company, owner, store, settings):
    former, last = kept(company, b"former"), kept(company, b"last")
    with control_scope():
        late = timezone.now() - timedelta(days=3)
        CompanyCopy.objects.filter(pk=former.pk).update(made_at=late, checked_at=late + timedelta(days=1))
    first, second = owner.client.get("company/copies/").json()["results"]
    assert (first["id"], first["kept_until"]) == (last.pk, None)
    until = late + timedelta(days=1 + settings.BACKUP_DAYS)
    assert (second["id"], datetime.fromisoformat(second["kept_until"])) == (former.pk, until)
    # What is last is so on every page, whichever way the list runs.
    page = owner.client.get("company/copies/", ordering="made_at", limit=1).json()
    assert page["next"] and page["results"][0]["kept_until"] is not None


def test_it_says_whom_to_ask_for_a_restore(company, owner, settings):
    assert owner.client.get("company/copies/").json()["restored_by"] == "service"
    settings.ONE_COMPANY = "alfa"
    assert owner.client.get("company/copies/").json()["restored_by"] == "administrator"
