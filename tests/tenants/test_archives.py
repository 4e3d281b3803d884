"""A company in a file: whole, of one moment, equal on its return, and closed to whatever has been altered."""

import io
import json
import zipfile
from threading import Thread

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import BinaryField

from core.access.loading import actor_of_principal
from core.attachments.models import Attachment
from core.context import company_scope, control_scope
from core.discovery import company_apps
from core.entities.models import Entity
from core.gateways.models import Gateway
from core.identity.models import Principal, Session, User
from core.outbox.models import Outbox, Wakeup
from core.registry import registry
from core.routes.actions.deciding import decide_step
from core.routes.contents import content_of, hash_of
from core.routes.models import Run
from core.routes.queries import waiting_steps
from core.routes.rules import Verdict
from core.storage import CompanyStore
from modules.documents.actions import create_document, do_deed
from tenants.archives import writing
from tenants.archives.arriving import admit, bring_back
from tenants.archives.errors import ArchiveRefused, NotAnArchive, OtherPlace, OtherVersion, SlugTaken
from tenants.archives.loading import load
from tenants.archives.reading import ArchiveFile
from tenants.archives.rules import COPY, MANIFEST, differences
from tenants.archives.tables import declared
from tenants.models import Company, Membership
from tenants.snapshots import find
from tests.support.template import CANARY
from tests.tenants.archives import PASSWORD_HASH, altered, archive_of, opened, rewritten, texts

# -- what is declared ---------------------------------------------------------------------------------------------


def company_models() -> set:
    labels = [app.rsplit(".", 1)[-1] for app in company_apps()]
    return {model for label in labels for model in apps.get_app_config(label).get_models(include_auto_created=True)}


def test_each_table_says_whether_it_leaves():
    told = [model for one in declared() for model in (*one.whole, *one.left_out)]
    assert sorted(map(str, told)) == sorted(map(str, company_models()))
    assert all(len(why) > 10 for one in declared() for why in one.left_out.values())


def test_nothing_that_leaves_points_to_what_stays():
    staying = {model for one in declared() for model in one.left_out}
    for model in company_models() - staying:
        pointed = {field.related_model for field in model._meta.concrete_fields if field.remote_field}
        assert not pointed & staying, model


def test_whatever_is_encrypted_or_a_secret_by_its_name_leaves_empty():
    staying = {model for one in declared() for model in one.left_out}
    emptied = {(model, name) for one in declared() for model, told in one.emptied.items() for name in told}
    for model in company_models() - staying:
        for field in model._meta.concrete_fields:
            is_secret = isinstance(field, BinaryField) or field.column in ("secret", "password", "secret_hash", "nonce")
            assert not is_secret or (model, field.column) in emptied, field


def test_no_key_of_the_store_leaves_as_it_is():
    told = {(model, name) for one in declared() for model, names in one.objects.items() for name in names}
    columns = {(model, field.column) for model in company_models() for field in model._meta.concrete_fields}
    keys = {(model, name) for model, name in columns if name in ("storage_key", "shared_key", "bad_key", "object_key")}
    assert keys <= told and told <= columns


# -- there and back -----------------------------------------------------------------------------------------------


@pytest.mark.committed
@pytest.mark.row("CR-11")
def test_an_export_admitted_elsewhere_exports_as_the_same(alfa, store):
    logo = CompanyStore(alfa.schema).new_key()
    CompanyStore(alfa.schema).put(logo, b"logo", content_type="image/png")
    with control_scope():
        Company.objects.filter(schema_name=alfa.schema).update(logo=logo)
    first = archive_of(alfa)
    row = admit(opened(first), "gamma")
    gamma = find(host="gamma.localhost")
    assert gamma.name == alfa.name and gamma.modules == alfa.modules and gamma.is_open
    second = archive_of(gamma)
    assert differences(opened(first).manifest, opened(second).manifest) == []
    assert len(opened(first).manifest.files) == 2
    assert CompanyStore(gamma.schema).whole(row.logo) == b"logo"
    with company_scope(gamma):
        mine, copied = Attachment.objects.order_by("pk")
        assert copied.shared_key == mine.storage_key
        emails = set(User.objects.values_list("email", flat=True))
    assert CompanyStore(gamma.schema).whole(mine.storage_key) == b"contract" * 1000
    assert mine.storage_key.startswith(CompanyStore(gamma.schema).prefix)
    with control_scope():
        assert Membership.objects.filter(company=row).count() == len(emails) > 0


@pytest.mark.committed
@pytest.mark.row("CR-11", "D-20")
def test_what_is_on_its_way_goes_on_where_the_company_goes(alfa, committed):
    kind = registry.kind_of("documents.document")
    with company_scope(alfa):
        by = actor_of_principal(Principal.objects.select_related("employee").get(employee__isnull=False), door="screen")
        told = {"title": "Приказ", "card_type": "order", "by": by}
        card = do_deed(create_document(**told), "send", by=by)
        step = waiting_steps(by).get(passing__code="head")
        decide_step(step, verdict=Verdict.REMARKS, comment="Уточните", seen=hash_of(content_of(card, kind)), by=by)
    admit(opened(archive_of(alfa)), "gamma")
    gamma = find(host="gamma.localhost")
    tables = ("route", "routeversion", "approvallist", "run", "content", "passing", "step", "decision")
    sums = [committed.digest(one.schema) for one in (alfa, gamma)]
    assert {name: sums[0][f"routes_{name}"] for name in tables} == {name: sums[1][f"routes_{name}"] for name in tables}
    with company_scope(gamma):
        by = actor_of_principal(Principal.objects.select_related("employee").get(employee__isnull=False), door="screen")
        card = kind.model.objects.get(pk=card.pk)
        step = waiting_steps(by).get(passing__run__entity=card.pk)
        decide_step(step, verdict=Verdict.APPROVE, seen=hash_of(content_of(card, kind)), by=by)
        assert Run.objects.get(entity=card.pk).outcome == "approved"
        assert kind.model.objects.get(pk=card.pk).status == "approved"
    with company_scope(alfa):
        assert Run.objects.get(entity=card.pk).outcome == ""


@pytest.mark.committed
def test_an_admitted_company_goes_on_counting_where_it_stood(alfa):
    admit(opened(archive_of(alfa)), "gamma")
    gamma = find(host="gamma.localhost")
    registry.modules["tasks"].fill(gamma, 5)
    with company_scope(gamma):
        assert Entity.objects.filter(kind="tasks.task").count() >= 65


@pytest.mark.committed
def test_an_export_opens_nobodys_door_and_names_no_neighbour(alfa):
    told = texts(archive_of(alfa))
    with company_scope(alfa):
        hashes = list(Session.objects.values_list("secret_hash", flat=True))
        sealed = bytes(Gateway.objects.get(code="sms").secret).hex()
    assert PASSWORD_HASH not in told and sealed not in told
    assert not any(one in told for one in hashes)
    assert CANARY not in told and alfa.schema not in told
    kept = texts(archive_of(alfa, COPY))
    assert PASSWORD_HASH in kept and sealed in kept


@pytest.mark.committed
@pytest.mark.row("SE-04")
def test_a_company_comes_back_beside_its_neighbours(alfa):
    beta = find(host="beta.localhost")
    copy = archive_of(alfa, COPY)
    with company_scope(alfa):
        count = Entity.objects.count()
        alive = Session.objects.filter(revoked_at__isnull=True).count()
        Entity.objects.update(title="испорчено")
        User.objects.update(password="another")
        Session.objects.update(revoked_at="2026-11-20T10:00Z")
        epoch = Principal.objects.order_by("pk").first().access_epoch
    registry.modules["tasks"].fill(alfa, 7)
    registry.modules["tasks"].fill(beta, 3)
    neighbour = archive_of(beta, COPY)
    bring_back(opened(copy), alfa.schema)
    again = find(host="alfa.localhost")
    assert again.is_open and again.version > alfa.version
    with company_scope(again):
        assert Entity.objects.count() == count and not Entity.objects.filter(title="испорчено").exists()
        assert set(User.objects.values_list("password", flat=True)) == {PASSWORD_HASH}
        assert alive and not Session.objects.filter(revoked_at__isnull=True).exists()
        assert Principal.objects.order_by("pk").first().access_epoch > epoch
        assert bytes(Gateway.objects.get(code="sms").secret)
    # Whoever was interrupted does it once more: what was shut stays shut.
    bring_back(opened(copy), alfa.schema)
    with company_scope(find(host="alfa.localhost")):
        assert not Session.objects.filter(revoked_at__isnull=True).exists()
    assert differences(opened(neighbour).manifest, opened(archive_of(beta, COPY)).manifest) == []


@pytest.mark.committed
def test_what_was_promised_at_that_moment_is_promised_again(alfa):
    with control_scope():
        Outbox.objects.filter(company=alfa.schema).delete()
        Outbox.objects.create(company=alfa.schema, kind="fact", subject_id=7)
        Wakeup.objects.update_or_create(
            company=alfa.schema, kind="notifications.send", defaults={"due_at": "2026-11-25T10:00Z"}
        )
    copy = archive_of(alfa, COPY)
    with control_scope():
        Outbox.objects.filter(company=alfa.schema).update(subject_id=8)
    bring_back(opened(copy), alfa.schema)
    with control_scope():
        assert list(Outbox.objects.filter(company=alfa.schema).values_list("subject_id", flat=True)) == [7]
        assert Wakeup.objects.filter(company=alfa.schema, kind="notifications.send").exists()


@pytest.mark.committed
def test_all_of_it_is_of_one_moment(alfa, monkeypatch):
    """Somebody works on while the tables are written one after another."""
    write = writing.Archive._write_table
    worked = []

    def write_and_work(self, sheet, columns):
        told = write(self, sheet, columns)
        if not worked:
            worked.append(1)
            other = Thread(target=registry.modules["tasks"].fill, args=(alfa, 5))
            other.start()
            other.join()
        return told

    monkeypatch.setattr(writing.Archive, "_write_table", write_and_work)
    with company_scope(alfa):
        count = Entity.objects.count()
    manifest = opened(archive_of(alfa)).manifest
    assert worked and manifest.tables["entities_entity"].rows == count
    with company_scope(alfa):
        assert Entity.objects.count() == count + 5


# -- refusals -----------------------------------------------------------------------------------------------------


@pytest.mark.committed
@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("tables__tasks_task_dot_jsonl", b'{"entity_ptr_id": 1}\n'),
        ("tables__tasks_task_dot_jsonl", None),
        ("manifest_dot_json", None),
        ("manifest_dot_json", b'{"format": 2}'),
        ("manifest_dot_json", b"[]"),
        ("files____dot__dot__etc", b"x"),
    ],
)
def test_what_is_not_as_the_manifest_says_changes_nothing(alfa, part, content):
    spoilt = altered(archive_of(alfa), **{part: content})
    with pytest.raises(NotAnArchive):
        admit(opened(spoilt), "gamma")
    assert find(host="gamma.localhost") is None
    with control_scope():
        assert not Company.objects.filter(slug="gamma").exists()


def test_what_is_no_archive_at_all():
    with pytest.raises(NotAnArchive):
        ArchiveFile(io.BytesIO(b"PK not really"))


@pytest.mark.committed
def test_each_stays_in_its_place(alfa):
    beta = find(host="beta.localhost")
    with pytest.raises(OtherPlace):
        bring_back(opened(archive_of(beta, COPY)), alfa.schema)
    with pytest.raises(OtherPlace):
        bring_back(opened(archive_of(alfa)), alfa.schema)
    with pytest.raises(OtherPlace):
        admit(opened(archive_of(alfa, COPY)), "gamma")
    with control_scope():
        Company.objects.filter(schema_name=beta.schema).update(slug="taken")
    with pytest.raises(SlugTaken):
        admit(opened(archive_of(alfa)), "taken")
    with pytest.raises(ArchiveRefused):
        admit(opened(archive_of(alfa)), "www")


@pytest.mark.committed
def test_an_archive_of_another_version_is_refused_before_anything_changes(alfa):
    target = archive_of(alfa, COPY)
    told = json.loads(zipfile.ZipFile(target).read(MANIFEST))
    told["migrations"].append("tasks.9999_future")
    newer = altered(target, manifest_dot_json=json.dumps(told).encode())
    with company_scope(alfa):
        count = Entity.objects.count()
    with pytest.raises(OtherVersion, match="9999_future"):
        load(opened(newer), alfa.schema, sorted(alfa.modules), known_kinds=lambda kind: True)
    with company_scope(alfa):
        assert Entity.objects.count() == count


@pytest.mark.committed
def test_an_export_whose_rows_do_not_fit_leaves_no_company_behind(alfa):
    """People are gone from it, what they have written is not; all checksums are right."""
    with control_scope():
        count = Company.objects.count()
    with pytest.raises(NotAnArchive, match="ссылками"):
        admit(opened(rewritten(archive_of(alfa), "identity_principal", [])), "gamma")
    with control_scope():
        assert Company.objects.count() == count


@pytest.mark.committed
def test_a_row_that_the_tables_refuse_leaves_what_stood(alfa):
    target = archive_of(alfa, COPY)
    lines = [json.loads(line) for batch in opened(target).lines("entities_entity") for line in batch]
    with pytest.raises(NotAnArchive, match="entities_entity"):
        bring_back(opened(rewritten(target, "entities_entity", [lines[0] | {"kind": None}, *lines[1:]])), alfa.schema)
    again = find(host="alfa.localhost")
    assert again.is_open
    with company_scope(again):
        assert Entity.objects.count() == len(lines)


# -- kills --------------------------------------------------------------------------------------------------------


@pytest.mark.committed
@pytest.mark.parametrize("moment", ["arrive.named", "archive.loaded", "arrive.filled"])
def test_killed_on_the_way_in_it_is_not_open_and_goes_on(alfa, committed, tmp_path, moment):
    path = tmp_path / "alfa.zip"
    path.write_bytes(archive_of(alfa).getvalue())
    told = {"S3_ENDPOINT_URL": settings.S3_ENDPOINT_URL, "S3_BUCKET": settings.S3_BUCKET,
            "S3_ACCESS_KEY": settings.S3_ACCESS_KEY, "S3_SECRET_KEY": settings.S3_SECRET_KEY}  # fmt: skip
    status, _ = committed.child("admit", str(path), "gamma", fail=moment, **told)
    assert status == 137
    assert find(host="gamma.localhost") is None
    status, _ = committed.child("admit", str(path), "gamma", **told)
    assert status == 0
    gamma = find(host="gamma.localhost")
    assert gamma.is_open
    assert differences(opened(archive_of(alfa)).manifest, opened(archive_of(gamma)).manifest) == []
