"""One company comes back to a moment while the others go on."""

from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from core.access.loading import actor_of_principal
from core.attachments.actions import remove
from core.attachments.models import Attachment
from core.context import company_scope, control_scope
from core.entities.models import Entity
from core.events.models import Fact
from core.gateways.models import Gateway
from core.identity.models import Principal
from core.outbox.models import Outbox, Wakeup
from core.registry import registry
from core.storage import CompanyStore
from infra.copies import returning
from tenants.snapshots import find
from tests.infra.copies.conftest import Kept

pytestmark = pytest.mark.committed


@pytest.fixture
def alfa(kept: Kept, store, monkeypatch):
    """A company with tasks and a file, whose moment of interest has passed."""
    for name in ("S3_ENDPOINT_URL", "S3_PUBLIC_URL", "S3_BUCKET", "S3_ACCESS_KEY", "S3_SECRET_KEY"):
        monkeypatch.setenv(name, getattr(settings, name))
    company = find(host="alfa.localhost")
    registry.modules["tasks"].fill(company, 10)
    own = CompanyStore(company.schema)
    key = own.new_key()
    own.put(key, b"contract", content_type="text/plain")
    with company_scope(company):
        card, author = Entity.objects.order_by("pk").first(), Principal.objects.order_by("pk").first()
        Attachment.objects.create(
            entity=card,
            author=author,
            name="Договор.txt",
            size=8,
            content_type="text/plain",
            storage_key=key,
            state="ready",
        )
    return company


def spoil(company) -> None:
    with company_scope(company):
        Entity.objects.update(title="испорчено")


def titles(company) -> set[str]:
    with company_scope(find(schema=company.schema)):
        return set(Entity.objects.values_list("title", flat=True))


def restore(*arguments: str, **options: Any) -> str:
    said = StringIO()
    call_command("restore_company", *arguments, stdout=said, **options)
    return said.getvalue()


@pytest.mark.row("SE-04")
def test_a_company_comes_back_in_its_place_and_can_be_put_back_again(alfa, committed):
    beta = find(host="beta.localhost")
    before = titles(alfa)
    moment = committed.value("SELECT clock_timestamp()").isoformat()
    spoil(alfa)
    registry.modules["tasks"].fill(beta, 3)
    neighbour = committed.digest(beta.schema)
    said = restore("alfa", at=moment)
    assert "открыта, как было" in said and "--undo" in said and "✗" not in said
    assert titles(alfa) == before and find(host="alfa.localhost").is_open
    assert committed.digest(beta.schema) == neighbour
    with company_scope(find(host="alfa.localhost")):
        (told,) = Fact.objects.filter(kind="tenants.brought_back")
        assert told.payload["moment"] == moment
    with pytest.raises(CommandError, match="--confirm"):
        restore("alfa", at=moment)
    restore("alfa", undo=True)
    assert titles(alfa) == {"испорчено"}
    with pytest.raises(CommandError, match="не хранится"):
        restore("alfa", confirm=True)


@pytest.mark.row("SE-04")
def test_a_file_that_was_taken_off_since_comes_back_with_its_card(alfa, committed, store):
    moment = committed.value("SELECT clock_timestamp()").isoformat()
    with company_scope(alfa):
        attachment = Attachment.objects.get()
        remove(attachment, by=actor_of_principal(attachment.author, door="job"))
    with control_scope():
        due = Outbox.objects.filter(company=alfa.schema, kind="job:attachments.erase").values_list(
            "not_before", flat=True
        )
        last = max(due)
    assert last > datetime.now(UTC) + timedelta(days=settings.BACKUP_DAYS - 1)
    said = restore("alfa", at=moment)
    assert "✗" not in said
    with company_scope(find(host="alfa.localhost")):
        found = Attachment.objects.get(deleted_at__isnull=True)
    assert CompanyStore(alfa.schema).whole(found.storage_key) == b"contract"
    restore("alfa", confirm=True)


def test_a_file_that_is_gone_for_good_is_named(alfa, committed):
    moment = committed.value("SELECT clock_timestamp()").isoformat()
    with company_scope(alfa):
        key = Attachment.objects.get().storage_key
    CompanyStore(alfa.schema).remove(key)
    assert "✗ файла нет в хранилище: Договор.txt" in restore("alfa", at=moment)


@pytest.mark.row("SE-04")
def test_a_copy_to_compare_with_stands_beside_and_writes_to_nobody(alfa, committed):
    before = titles(alfa)
    moment = committed.value("SELECT clock_timestamp()").isoformat()
    spoil(alfa)
    said = restore("alfa", at=moment, beside="alfa-was")
    assert "Копия на" in said and "alfa-was" in said
    copy = find(host="alfa-was.localhost")
    assert titles(copy) == before and titles(alfa) == {"испорчено"}
    with company_scope(copy):
        assert set(Gateway.objects.values_list("code", "mode")) == {
            ("mail", "off"),
            ("sms", "off"),
            ("telegram", "off"),
        }
        key = Attachment.objects.get().storage_key
    assert CompanyStore(copy.schema).whole(key) == b"contract"
    with control_scope():
        assert not Wakeup.objects.filter(company=copy.schema).exists()
        assert set(Outbox.objects.filter(company=copy.schema).values_list("kind", flat=True)) <= {"fact"}


@pytest.mark.parametrize("place", ["CARRIED", "KEPT"])
def test_interrupted_on_the_way_the_same_command_goes_on(alfa, committed, monkeypatch, place):
    before = titles(alfa)
    moment = committed.value("SELECT clock_timestamp()").isoformat()
    spoil(alfa)

    class Cut(Exception):
        """The machine dies here."""

    def cut() -> None:
        raise Cut

    with monkeypatch.context() as patched:
        patched.setattr(getattr(returning, place), "reach", cut)
        with pytest.raises(Cut):
            restore("alfa", at=moment)
    assert titles(alfa) == {"испорчено"}
    restore("alfa", at=moment)
    assert titles(alfa) == before and find(host="alfa.localhost").is_open
    restore("alfa", undo=True)
    assert titles(alfa) == {"испорчено"}


def test_what_cannot_be_is_refused_in_words_and_changes_nothing(alfa, kept):
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    early = (datetime.now(UTC) - timedelta(days=1)).isoformat()
    for arguments, told in (
        ({"at": tomorrow}, "ещё не наступил"),
        ({"at": early}, "Копии начинаются с"),
        ({"at": "вчера"}, "не момент"),
        ({"undo": True}, "не хранится"),
    ):
        with pytest.raises(CommandError, match=told):
            restore("alfa", **arguments)
    with pytest.raises(CommandError, match="здесь нет"):
        restore("nobody", at=early)
    assert find(host="alfa.localhost").is_open
