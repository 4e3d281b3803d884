"""All data of a company in one file: made through the owner's door, admitted elsewhere, equal again."""

import hashlib
import io
import uuid
import zipfile

import httpx
import pytest
from django.contrib.auth.hashers import make_password
from python_calamine import CalamineWorkbook

from core.context import company_scope
from core.entities.models import Entity
from core.storage import CompanyStore
from core.takeout.models import Takeout
from tenants.archives import books
from tenants.archives.arriving import admit
from tenants.archives.reading import ArchiveFile
from tenants.archives.rules import MANIFEST, differences
from tenants.archives.taking import write_takeout
from tenants.snapshots import find
from tests.conftest import owner_of
from tests.core.attachments.conftest import keys_in
from tests.support.operators import make_operator
from tests.support.promises import keep_promises
from tests.tenants.appeals.conftest import answered, made
from tests.tenants.archives import PASSWORD_HASH, archive_of, opened

ASK = {"password": "owner-pass-1"}


@pytest.fixture
def boss(alfa):
    """The owner, whose password is his own again."""
    who = owner_of(alfa)
    with company_scope(alfa):
        type(who.user).objects.filter(pk=who.user.pk).update(password=make_password("owner-pass-1"))
    return who


def taken(who) -> tuple[dict, bytes]:
    """What the owner gets: the line of his list, the bytes of the file."""
    asked = who.browser.post("takeouts/", ASK)
    assert asked.status_code == 201, asked.json()
    keep_promises()
    line = who.browser.get("takeouts/").json()["results"][0]
    assert line["state"] == "ready", line
    address = who.browser.post(f"takeouts/{line['id']}/open/").json()["url"]
    return line, httpx.get(address).content


@pytest.mark.committed
@pytest.mark.row("CR-11")
def test_what_an_owner_takes_away_is_admitted_elsewhere_and_is_the_same(alfa, boss):
    line, content = taken(boss)
    assert (line["size"], line["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
    assert line["files_count"] == 1 and line["missing_count"] == 0 and line["rows_count"] > 60
    first = ArchiveFile(io.BytesIO(content))
    first.check()
    admit(first, "gamma")
    gamma = find(host="gamma.localhost")
    assert gamma.is_open
    second = opened(archive_of(gamma)).manifest
    told = [part for part in differences(first.manifest, second) if "outbox" not in part]
    assert told == []
    with company_scope(gamma):
        assert not Takeout.objects.exists()


@pytest.mark.committed
@pytest.mark.row("CR-11")
def test_people_read_the_lists_in_it_as_workbooks(alfa, boss, monkeypatch):
    monkeypatch.setattr(books, "MOST_ROWS", 25)
    monkeypatch.setattr(books, "PAGE", 10)
    _, content = taken(boss)
    packed = zipfile.ZipFile(io.BytesIO(content))
    names = [name for name in packed.namelist() if name.startswith("books/")]
    assert {"books/Задачи.xlsx", "books/Задачи 2.xlsx", "books/Задачи 3.xlsx", "books/Сотрудники.xlsx"} <= set(names)
    rows = []
    for name in sorted(name for name in names if "Задачи" in name):
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(packed.read(name))).get_sheet_by_index(0).to_python()
        assert sheet[0][0] == "Номер"
        rows += sheet[1:]
    with company_scope(alfa):
        count = Entity.objects.filter(kind="tasks.task", trashed_at__isnull=True, is_draft=False).count()
    assert len(rows) == count
    assert set(ArchiveFile(io.BytesIO(content)).manifest.books) == {name.removeprefix("books/") for name in names}


@pytest.mark.committed
@pytest.mark.row("CR-11", "PL-16")
def test_what_was_asked_of_the_service_is_in_it_without_its_notes(alfa, boss):
    appeal = made(boss, "Не печатается наряд")
    helper = make_operator("support")
    answered(helper, appeal, "Обновите страницу")
    helper.client.post(f"appeals/{appeal}/note/", {"key": str(uuid.uuid4()), "text": "Между нами"})
    _, content = taken(boss)
    packed = zipfile.ZipFile(io.BytesIO(content))
    book = packed.read("books/Обращения в поддержку.xlsx")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    assert rows[0][:3] == ["Номер", "Тема", "Состояние"]
    assert [row[5] for row in rows[1:]] == ["Не печатается наряд", "Обновите страницу"]


@pytest.mark.committed
def test_it_opens_nobodys_door(alfa, boss):
    _, content = taken(boss)
    packed = zipfile.ZipFile(io.BytesIO(content))
    told = "\n".join(packed.read(name).decode(errors="replace") for name in packed.namelist())
    assert PASSWORD_HASH not in told and "argon2" not in told
    assert MANIFEST in packed.namelist() and alfa.schema not in told


@pytest.mark.committed
def test_whoever_is_no_owner_any_more_gets_none(alfa, boss):
    asked = boss.browser.post("takeouts/", ASK).json()["id"]
    with company_scope(alfa):
        boss.principal.role_assignments.all().delete()
    write_takeout(alfa, asked)
    with company_scope(alfa):
        found = Takeout.objects.get(pk=asked)
        assert found.state == "failed" and "владел" in found.reason.lower()


@pytest.mark.committed
def test_written_twice_it_is_told_once_and_then_removed(alfa, boss, store):
    line, _ = taken(boss)
    write_takeout(alfa, line["id"])
    with company_scope(alfa):
        key = Takeout.objects.get(pk=line["id"]).storage_key
    assert key in keys_in(store)
    assert key.startswith(CompanyStore(alfa.schema).prefix)
