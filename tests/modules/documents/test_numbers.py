"""Numbers are given at registration: by type, kept for later, under a day gone by."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.context import company_scope
from core.entities.models import Entity
from core.numbering.actions import company_day
from modules.documents.models import Document

pytestmark = pytest.mark.row("D-12", "D-18")


def reserve(who, **more):
    told = {"kind": Document.KIND, "count": 1, "until": (timezone.now() + timedelta(days=5)).date().isoformat()}
    return who.client.post("reserved-numbers/", told | more)


def register(who, card, **more):
    return who.client.post(f"documents/{card['id']}/register/", more)


def test_each_type_counts_by_itself_and_drafts_leave_no_gap(write, cast):
    first, dropped, second, memo = write(), write(), write(), write(card_type="memo")
    assert register(cast.author, first).json()["number"] == "Д-1"
    assert cast.author.client.delete(f"documents/{dropped['id']}/").status_code == 204
    assert register(cast.author, second).json()["number"] == "Д-2"
    assert register(cast.author, memo).json()["number"] == "СЗ-1"


def test_a_number_kept_for_later_is_given_to_the_document_it_was_kept_for(write, cast, owner):
    kept = reserve(owner, card_type="")
    assert kept.status_code == 201, kept.json()
    row = kept.json()["results"][0]
    mine, other = write(by=owner), write()
    assert register(cast.author, other).json()["number"] == "Д-2"
    assert register(cast.author, other).status_code == 409
    assert register(owner, mine, reserved_number=row["id"]).json()["number"] == row["number"] == "Д-1"


def test_a_number_kept_for_one_type_is_no_number_of_another(write, owner):
    kept = reserve(owner, card_type="order").json()["results"][0]
    memo, order = write(by=owner, card_type="memo"), write(by=owner, card_type="order")
    refused = register(owner, memo, reserved_number=kept["id"])
    assert refused.status_code == 422 and "другого вида" in refused.content.decode()
    assert register(owner, order, reserved_number=kept["id"]).json()["number"] == kept["number"] == "П-1"


def test_a_day_gone_by_takes_the_number_under_the_last_of_that_day(write, cast, owner, company):
    late, today = write("Забытый приказ", by=owner), write()
    with company_scope(company):
        yesterday = company_day() - timedelta(days=1)
    refused = register(owner, late, registered_on=yesterday.isoformat())
    assert refused.status_code == 422 and "Забронируйте" in refused.content.decode()
    register(cast.author, today)
    # It was written today and registered the day before: what counts is when it got its number.
    with company_scope(company):
        Entity.objects.filter(pk=today["id"]).update(starts_at=timezone.now() - timedelta(days=1, hours=2))
    kept = reserve(owner, back_dated=yesterday.isoformat()).json()["results"][0]
    assert kept["number"] == "Д-1/1"
    got = register(owner, late, registered_on=yesterday.isoformat(), reserved_number=kept["id"]).json()
    assert (got["number"], got["registered_on"]) == ("Д-1/1", yesterday.isoformat())
    tomorrow = (yesterday + timedelta(days=2)).isoformat()
    early = register(cast.author, write(), registered_on=tomorrow)
    assert early.status_code == 422 and "не наступил" in early.content.decode()


def test_what_was_registered_is_remembered_as_it_stood(registered, cast, company):
    card = registered("Договор", card_type="contract", amount="100.00")
    path = f"documents/{card['id']}/"
    assert card["is_as_registered"] is True
    assert cast.author.client.patch(path, {"paper_place": "Папка 1"}).json()["is_as_registered"] is True
    with company_scope(company):
        Document.objects.filter(pk=card["id"]).update(amount="999.00")
    assert cast.author.client.get(path).json()["is_as_registered"] is False
