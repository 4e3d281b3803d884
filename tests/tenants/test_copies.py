"""Nightly copies: one for each company that has changed, kept for its term, good for a restore."""

import io
import zipfile
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from core.attachments.collecting import collect_orphans
from core.context import company_scope, control_scope
from core.entities.models import Entity
from core.events.models import Fact
from core.outbox.models import Wakeup
from core.registry import registry
from core.storage import CompanyStore
from tenants.archives.reading import ArchiveFile
from tenants.archives.rules import COPY, EXPORT
from tenants.copies.jobs import COPY_NIGHTLY, copy_nightly, forget_old, next_night
from tenants.jobs import tidy
from tenants.models import CompanyCopy
from tenants.snapshots import find
from tests.core.attachments.conftest import keys_in
from tests.tenants.archives import PASSWORD_HASH, texts

pytestmark = pytest.mark.committed


def copies(company) -> list[CompanyCopy]:
    with control_scope():
        return list(CompanyCopy.objects.filter(company=company.id).order_by("made_at"))


def opened(company, key: str) -> io.BytesIO:
    return io.BytesIO(CompanyStore(company.schema).whole(key))


def change(company) -> None:
    registry.modules["tasks"].fill(company, 2)


@pytest.mark.row("SE-04")
def test_a_night_leaves_a_copy_to_restore_and_one_to_give_away(alfa):
    copy_nightly(alfa)
    (row,) = copies(alfa)
    whole, told = opened(alfa, row.copy_key), opened(alfa, row.export_key)
    assert ArchiveFile(whole).manifest.flavour == COPY and ArchiveFile(told).manifest.flavour == EXPORT
    ArchiveFile(whole).check()
    ArchiveFile(told).check()
    assert PASSWORD_HASH in texts(whole) and PASSWORD_HASH not in texts(told)
    assert row.size == len(whole.getvalue()) and row.export_size == len(told.getvalue()) and row.rows > 60
    # Files are not copied night after night: the store keeps what copies name.
    assert not [name for name in zipfile.ZipFile(whole).namelist() if name.startswith("files/")]


@pytest.mark.row("SE-04")
def test_a_night_comes_back_by_its_day_with_its_files(alfa, store):
    copy_nightly(alfa)
    with company_scope(alfa):
        count = Entity.objects.count()
        Entity.objects.update(title="испорчено")
    said = StringIO()
    with pytest.raises(CommandError, match="Копии за 2020-01-01 нет"):
        call_command("restore_company", "alfa", night="2020-01-01", stdout=said)
    day = f"{copies(alfa)[0].made_at + timedelta(hours=3):%Y-%m-%d}"
    call_command("restore_company", "alfa", night=day, stdout=said)
    assert "открыта, как было" in said.getvalue() and "✗" not in said.getvalue()
    with company_scope(find(host="alfa.localhost")):
        assert Entity.objects.count() == count and not Entity.objects.filter(title="испорчено").exists()
        assert Fact.objects.filter(kind="tenants.brought_back").count() == 1


def test_a_night_in_which_nothing_has_happened_costs_no_copy(alfa):
    copy_nightly(alfa)
    (first,) = copies(alfa)
    copy_nightly(alfa)
    (same,) = copies(alfa)
    assert same.pk == first.pk and same.checked_at > first.checked_at
    change(alfa)
    copy_nightly(alfa)
    assert len(copies(alfa)) == 2


def test_copies_go_after_their_term_but_never_the_last(alfa, store, settings):
    settings.BACKUP_DAYS = 14
    copy_nightly(alfa)
    change(alfa)
    copy_nightly(alfa)
    before = len(keys_in(store))
    old = timezone.now() - timedelta(days=15)
    with control_scope():
        CompanyCopy.objects.filter(company=alfa.id).update(made_at=old, checked_at=old)
        last = CompanyCopy.objects.filter(company=alfa.id).order_by("-pk").first()
        CompanyCopy.objects.filter(pk=last.pk).update(made_at=old + timedelta(minutes=1))
    forget_old(alfa)
    assert [row.pk for row in copies(alfa)] == [last.pk]
    assert len(keys_in(store)) == before - 2


def test_what_an_interrupted_night_left_goes_and_the_collector_of_files_leaves_copies_alone(alfa, store, monkeypatch):
    copy_nightly(alfa)
    kept = CompanyStore(alfa.schema)
    lost = kept.new_copy_key()
    kept.put(lost, b"half a night", content_type="application/zip")
    monkeypatch.setattr("core.attachments.collecting.SAFE", timedelta(seconds=-5))
    collect_orphans(alfa)
    assert lost in keys_in(store) and copies(alfa)[0].copy_key in keys_in(store)
    monkeypatch.setattr("tenants.copies.jobs._INTERRUPTED", timedelta(seconds=-5))
    forget_old(alfa)
    assert lost not in keys_in(store) and copies(alfa)[0].copy_key in keys_in(store)


def test_every_company_has_its_minute_at_night(alfa):
    now = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
    due = next_night(alfa, now)
    assert now < due < now + timedelta(days=1) and 1 <= due.hour < 5
    assert next_night(alfa, due) == due + timedelta(days=1)
    assert next_night(alfa, due + timedelta(minutes=1)) == due + timedelta(days=1)
    tidy(None, 0)
    with control_scope():
        assert set(Wakeup.objects.filter(kind=COPY_NIGHTLY).values_list("company", flat=True)) >= {alfa.schema}


def test_killed_on_the_way_the_next_night_has_a_copy(alfa, committed, settings):
    told = {
        name: getattr(settings, name) for name in ("S3_ENDPOINT_URL", "S3_BUCKET", "S3_ACCESS_KEY", "S3_SECRET_KEY")
    }
    status, _ = committed.child("job", COPY_NIGHTLY, alfa.schema, "0", fail="copies.stored", **told)
    assert status == 137 and copies(alfa) == []
    with control_scope():
        assert Wakeup.objects.filter(company=alfa.schema, kind=COPY_NIGHTLY).exists()
    copy_nightly(alfa)
    assert len(copies(alfa)) == 1
