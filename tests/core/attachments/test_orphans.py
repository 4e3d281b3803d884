"""Objects that no row names go, against a real store; whatever somebody may still open stays."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db.models import CharField

from core import storage
from core.attachments import collecting
from core.attachments.actions import copy_files
from core.attachments.collecting import COLLECT, collect_orphans
from core.attachments.jobs import sweep_unfinished
from core.attachments.models import Attachment
from core.context import company_scope, control_scope
from core.entities.models import Entity
from core.events.models import Fact
from core.imports.actions import files as imports
from core.outbox.models import Wakeup
from core.privacy import queries as privacy
from core.sheets import actions as exports
from core.storage import CompanyStore
from core.takeout import queries as takeout
from tests.core.attachments.conftest import BUCKET, keys_in
from tests.core.attachments.samples import PDF, png

# Every column that says under which key bytes stand; the collector must know it.
KNOWN = {"Attachment.storage_key", "Attachment.shared_key", "Leftover.storage_key", "Company.logo"}
# These bytes are let go by their own promise before the collector would look at them.
SHORT_LIVED = {
    "Export.storage_key": exports.KEPT,
    "Import.storage_key": imports.KEPT,
    "Import.bad_key": imports.KEPT,
    "PersonFile.storage_key": privacy.KEPT,
    "Takeout.storage_key": takeout.KEPT,
}
# Objects under prefixes of their own, which the collector passes over: jobs of copies and of appeals look after them.
APART = {"CompanyCopy.copy_key", "CompanyCopy.export_key", "Paper.storage_key"}
DELAY = collecting.SAFE


@pytest.fixture(autouse=True)
def _old(monkeypatch):
    """Whatever lies in the store has lain there long enough."""
    monkeypatch.setattr(collecting, "SAFE", timedelta(seconds=-5))


def put(store, company, *, waiting: bool = False) -> str:
    """An object that nobody knows of."""
    own = CompanyStore(company.schema)
    key = own.new_key()
    key = own.quarantine_of(key) if waiting else key
    store.put_object(Bucket=BUCKET, Key=key, Body=PDF)
    return key


def collected(company) -> list[tuple[int, int]]:
    with company_scope(company):
        rows = Fact.objects.filter(kind="attachments.orphans_collected").order_by("pk")
        return [(fact.payload["count"], fact.payload["size"]) for fact in rows]


def test_what_no_row_names_goes_and_what_one_names_stays(desk, company, store, later):
    shown = desk.attach("Договор.pdf", PDF)
    later()
    begun = desk.ticket("Начат.pdf", len(PDF))
    assert begun.put(PDF).status_code == 200
    with company_scope(company):
        named = {row.pk: row.storage_key for row in Attachment.objects.all()}
    assert len(named) == 2
    orphans = [put(store, company), put(store, company, waiting=True)]
    assert set(orphans) < set(keys_in(store))
    collect_orphans(company)
    quarantined = CompanyStore(company.schema).quarantine_of(named[begun.id])
    assert set(keys_in(store)) == {named[shown["id"]], quarantined}
    assert collected(company) == [(2, 2 * len(PDF))]
    collect_orphans(company)
    assert len(collected(company)) == 1, "nothing is told of a round that found nothing"
    assert desk.client.get(f"attachments/{shown['id']}/content/").status_code == 302


def test_young_objects_are_left_alone(company, store, monkeypatch):
    monkeypatch.setattr(collecting, "SAFE", timedelta(days=7))
    key = put(store, company)
    collect_orphans(company)
    assert keys_in(store) == [key]


def test_bytes_shared_by_a_copy_stay_when_the_original_is_gone(desk, company, card, store, later):
    desk.attach("План.png", png())
    later()
    other = desk.client.post("tasks/", {"title": "Копия", "assignee": card[1].id}).json()["id"]
    with company_scope(company):
        source = Entity.objects.get(pk=int(desk.card.split("/")[1]))
        copy_files(source, Entity.objects.get(pk=other), by=card[1].actor())
        Attachment.objects.filter(entity_id=source.pk).delete()
    before = keys_in(store)
    collect_orphans(company)
    assert keys_in(store) == before and len(before) == 1
    with company_scope(company):
        Attachment.objects.filter(entity_id=other).delete()
    collect_orphans(company)
    assert keys_in(store) == []


def test_files_of_a_card_in_the_trash_stay(desk, company, store, later):
    desk.attach("Договор.pdf", PDF)
    later()
    assert desk.client.delete(desk.card).status_code == 204
    collect_orphans(company)
    assert len(keys_in(store)) == 1


def test_a_logo_stays(company, store, owner, monkeypatch):
    key = put(store, company)
    changed = type("Snapshot", (), {"logo": key})
    monkeypatch.setattr(collecting, "find_company", lambda schema: changed)
    collect_orphans(company)
    assert keys_in(store) == [key]


def test_another_company_is_not_looked_at(company, other_company, store):
    foreign = put(store, other_company)
    mine = put(store, company)
    collect_orphans(company)
    assert keys_in(store) == [foreign] != [mine]


def test_killed_half_way_it_looks_anew(company, store, monkeypatch):
    for _ in range(3):
        put(store, company)
    remove, removed = CompanyStore.remove, []

    def die_at_the_second(own, key: str) -> None:
        if removed:
            raise KeyboardInterrupt
        removed.append(key)
        remove(own, key)

    monkeypatch.setattr(CompanyStore, "remove", die_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        collect_orphans(company)
    assert len(keys_in(store)) == 2 and collected(company) == []
    monkeypatch.setattr(CompanyStore, "remove", remove)
    collect_orphans(company)
    assert keys_in(store) == [] and collected(company) == [(2, 2 * len(PDF))]


def test_the_whole_prefix_is_looked_through_page_by_page(company, store, monkeypatch):
    monkeypatch.setattr(storage, "_PAGE", 2)
    for _ in range(5):
        put(store, company)
    collect_orphans(company)
    assert keys_in(store) == [] and collected(company) == [(5, 5 * len(PDF))]


def wakeups(company) -> int:
    with control_scope():
        return Wakeup.objects.filter(company=company.schema, kind=COLLECT).count()


def test_only_companies_that_upload_are_visited(desk, company, other_company):
    assert wakeups(company) == wakeups(other_company) == 0
    sweep_unfinished(company)
    assert (wakeups(company), wakeups(other_company)) == (1, 0)


def test_the_collector_knows_every_column_that_names_an_object():
    found = {
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, CharField) and field.max_length == 200
        if field.name.endswith("_key") or field.name == "logo"
    }
    assert found == KNOWN | set(SHORT_LIVED) | APART
    assert all(life <= DELAY for life in SHORT_LIVED.values())
