"""Loading an archive: tables come back as they were made, and nothing is held whole."""

import pytest

from core.attachments.models import Attachment
from core.context import company_scope, owner_scope
from core.entities.models import Entity
from core.identity.models import Principal
from core.storage import CompanyStore
from tenants.archives import loading
from tenants.archives.arriving import bring_back
from tenants.archives.errors import NotAnArchive
from tenants.archives.rules import COPY
from tenants.provisioning.catalogue import describe
from tenants.snapshots import find
from tests.tenants.archives import archive_of, opened, rewritten


@pytest.mark.committed
@pytest.mark.parametrize("many", [0, 10**9])
def test_tables_are_afterwards_what_they_were_before(alfa, monkeypatch, many):
    """With their indexes and references taken away meanwhile, and without."""
    monkeypatch.setattr(loading, "_MANY_ROWS", many)
    with owner_scope(alfa.schema, side="company") as connection:
        before = describe(connection, alfa.schema)
    copy = archive_of(alfa, COPY)
    with company_scope(alfa):
        Entity.objects.update(title="испорчено")
    bring_back(opened(copy), alfa.schema)
    with owner_scope(alfa.schema, side="company") as connection:
        assert describe(connection, alfa.schema) == before
    again = find(host="alfa.localhost")
    with company_scope(again):
        assert Entity.objects.exists() and not Entity.objects.filter(title="испорчено").exists()


@pytest.mark.committed
def test_rows_that_do_not_fit_are_refused_without_indexes_too(alfa, monkeypatch):
    monkeypatch.setattr(loading, "_MANY_ROWS", 0)
    with owner_scope(alfa.schema, side="company") as connection:
        before = describe(connection, alfa.schema)
    target = archive_of(alfa, COPY)
    with pytest.raises(NotAnArchive, match="ссылками"):
        bring_back(opened(rewritten(target, "identity_principal", [])), alfa.schema)
    with owner_scope(alfa.schema, side="company") as connection:
        assert describe(connection, alfa.schema) == before
    assert find(host="alfa.localhost").is_open


@pytest.mark.committed
def test_a_file_is_never_held_whole_and_one_that_stands_is_left_alone(alfa, monkeypatch):
    kept = CompanyStore(alfa.schema)
    with company_scope(alfa):
        card, author = Entity.objects.order_by("pk").first(), Principal.objects.order_by("pk").first()
        key = kept.new_key()
        told = {"entity": card, "size": 3_000_000, "content_type": "text/plain", "author": author, "state": "ready"}
        Attachment.objects.create(name="Чертёж.pdf", storage_key=key, **told)
    kept.put(key, b"drawing" * 1_000_000, content_type="text/plain")
    copy = archive_of(alfa, COPY)
    kept.remove(key)
    put, brought = CompanyStore.put, []

    def watched(self, where, content, *, content_type):
        brought.append((where, isinstance(content, bytes)))
        put(self, where, content, content_type=content_type)

    monkeypatch.setattr(CompanyStore, "put", watched)
    bring_back(opened(copy), alfa.schema)
    assert brought == [(key, False)]
    assert kept.whole(key) == b"drawing" * 1_000_000
