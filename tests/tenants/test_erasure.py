"""A company goes for good: when its owner says so, after days in which he may think again; nothing of it is left."""

import json
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
import redis
from django.conf import settings
from django.db import models
from django.utils import timezone

from core.comments.models import Comment
from core.context import company_scope, control_scope
from core.entities.models import Entity
from core.events.models import Fact
from core.identity.models import Principal
from core.outbox.models import Outbox, Wakeup
from core.storage import CompanyStore
from tenants.appeals.models import Appeal, Line, Paper
from tenants.archives.arriving import admit
from tenants.erasing import jobs
from tenants.erasing.actions import ask_erasure, ask_for_unpaid
from tenants.erasing.rules import GRACE
from tenants.models import Company, Domain, Erasure, Membership, ReleasedSlug
from tenants.signup import free_slug
from tenants.snapshots import find
from tests.conftest import PASSWORD, owner_of
from tests.core.attachments.conftest import keys_in
from tests.support.promises import keep_promises
from tests.tenants.archives import archive_of, opened

CANARY = "zqcanary7391"


def asked(company, who, **more):
    return who.browser.post("company/erasure/", {"name": company.name, "password": "owner-pass-1"} | more)


def row_of(company) -> Erasure:
    with control_scope():
        return Erasure.objects.select_related("company").get(company_id=company.id)


# -- asking and thinking again ------------------------------------------------------------------------------------


@pytest.mark.row("SE-02")
def test_an_owner_asks_types_the_name_and_may_think_again(company, owner, deliver, mailbox):
    told = owner.browser.get("company/erasure/").json()
    assert told == {"erasure": None, "grace_days": 30, "is_owner": True}
    wrong = asked(company, owner, name="Альф")
    assert wrong.status_code == 422 and company.name in json.dumps(wrong.json(), ensure_ascii=False)
    made = asked(company, owner)
    assert made.status_code == 201
    due = row_of(company).due_at
    assert timedelta(0) <= timezone.now() + GRACE - due < timedelta(minutes=1)
    assert asked(company, owner).json()["erasure"]["due_at"] == made.json()["erasure"]["due_at"]
    deliver()
    assert [letter for letter in mailbox if "будет удалена" in str(letter["Subject"])]
    assert find(host="alfa.localhost").is_open
    assert owner.browser.delete("company/erasure/").status_code == 204
    assert owner.browser.delete("company/erasure/").status_code == 204
    assert owner.browser.get("company/erasure/").json()["erasure"] is None
    deliver()
    assert [letter for letter in mailbox if "остаётся" in str(letter["Subject"])]
    with company_scope(company):
        kinds = list(Fact.objects.filter(kind__startswith="tenants.erasure").values_list("kind", flat=True))
    assert sorted(kinds) == ["tenants.erasure_asked", "tenants.erasure_cancelled"]


def test_nobody_but_an_owner_who_proves_himself(company, owner, person):
    admin = person(company, role="admin")
    refused = admin.browser.post("company/erasure/", {"name": company.name, "password": PASSWORD})
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/owners-only")
    assert asked(company, owner, password="not-it-at-all").status_code == 422
    assert owner.client.post("company/erasure/", {}).json()["type"] == "/problems/not-by-token"
    with control_scope():
        assert not Erasure.objects.exists()


def test_another_owner_takes_it_back(company, owner, person):
    asked(company, owner)
    other = person(company, role="owner", name="Второй Владелец")
    assert other.browser.delete("company/erasure/").status_code == 204
    assert row_of(company).cancelled_by == "Второй Владелец"


def test_before_its_day_nothing_is_done(company, owner):
    asked(company, owner)
    jobs.erase(None, row_of(company).pk)
    assert row_of(company).step == "" and find(host="alfa.localhost").is_open


def test_what_was_taken_back_is_not_done(company, owner):
    asked(company, owner)
    owner.browser.delete("company/erasure/")
    with control_scope():
        Erasure.objects.update(due_at=timezone.now())
    jobs.erase(None, row_of(company).pk)
    assert find(host="alfa.localhost").is_open


def test_three_days_before_owners_are_written_to(company, owner, deliver, mailbox):
    asked(company, owner)
    jobs.remind(None, row_of(company).pk)
    deliver()
    assert [letter for letter in mailbox if "Через три дня" in str(letter["Subject"])]


def test_who_has_not_paid_for_months_has_the_same_days(company, owner, deliver, mailbox):
    def stage(name: str) -> None:
        with control_scope():
            told = {"mode": "suspended", "modules": None, "seats": None, "storage_bytes": None, "volumes": {},
                    "stage": name, "until": None, "paid_ahead": False}  # fmt: skip
            Company.objects.filter(pk=company.id).update(allowance=told)

    stage("deleting")
    for _ in range(2):
        jobs.look_for_unpaid(None, 0)
    row = row_of(company)
    assert (row.why, row.asked_by, row.cancelled_at) == ("unpaid", "", None)
    stage("active")
    jobs.look_for_unpaid(None, 0)
    assert row_of(company).cancelled_at
    deliver()
    assert [letter for letter in mailbox if "остаётся" in str(letter["Subject"])]


# -- being erased -------------------------------------------------------------------------------------------------


@pytest.fixture
def doomed(alfa, committed, mailbox):
    """The company with the canary in every sort of data, and its day come."""
    schema = alfa.schema
    kept = CompanyStore(schema)
    kept.put(kept.new_key(), CANARY.encode() * 100, content_type="text/plain")
    sent = kept.new_sent_key()
    kept.put(sent, CANARY.encode() * 100, content_type="text/plain")
    with company_scope(alfa):
        author = Principal.objects.order_by("pk").first()
        card = Entity.objects.filter(kind="tasks.task").first()
        Comment.objects.create(entity=card, author=author, text=CANARY)
        Entity.objects.filter(pk=card.pk).update(title=CANARY)
        Principal.objects.filter(pk=author.pk).update(name=CANARY)
    redis.Redis.from_url(settings.REDIS_URL).set(f"{schema}:1:note", CANARY)
    with control_scope():
        company = Company.objects.get(schema_name=schema)
        company.name = f"ООО {CANARY}"
        company.save(update_fields=["name"])
        told = {"principal_id": author.pk, "author": CANARY, "key": uuid.uuid4()}
        appeal = Appeal.objects.create(company=company, topic=CANARY, **told)
        line = Line.objects.create(appeal=appeal, text=CANARY, **told)
        file = {"name": CANARY, "size": 900, "content_type": "text/plain", "storage_key": sent}
        Paper.objects.create(company=company, principal_id=author.pk, line=line, state="ready", **file)
    committed.sql(f'ANALYZE "{schema}".entities_entity')
    committed.sql("CHECKPOINT")
    assert holders(committed), "the eye that looks for it finds it while it is there"
    by = _actor(owner_of(alfa), alfa)
    with control_scope():
        ask_erasure(schema, name=company.name, by=by)
        Erasure.objects.update(due_at=timezone.now())
    return alfa


def _actor(who, company):
    with company_scope(company):
        return who.actor()


def holders(committed) -> set[str]:
    """Relations in whose files the canary stands; the journal (WAL) is named in the certificate and left aside."""
    found = set()
    for path in Path(committed.cluster.data).rglob("*"):
        if "pg_wal" in path.parts or not path.is_file() or CANARY.encode() not in path.read_bytes():
            continue
        number = path.name.split(".")[0].split("_")[0]
        named = committed.sql("SELECT relname FROM pg_class WHERE pg_relation_filenode(oid) = %s", int(number))
        found.add(named[0][0] if named else str(path))
    return found


@pytest.mark.committed
@pytest.mark.row("SE-02")
def test_nothing_of_it_is_left_anywhere(doomed, committed, store, mailbox, caplog):
    caplog.set_level("DEBUG")
    keep_promises()
    neighbour = committed.digest(find(host="beta.localhost").schema)
    jobs.erase(None, row_of(doomed).pk)
    committed.sql("CHECKPOINT")
    # The certificate itself, and the samples of the planner, which it names: the server writes them anew by and by.
    assert holders(committed) <= {"tenants_erasure", "pg_statistic", "pg_toast_2619"}
    assert keys_in(store) == []
    client = redis.Redis.from_url(settings.REDIS_URL)
    assert [key for key in client.keys("*") if doomed.schema in key.decode() and b"company-version" not in key] == []
    assert CANARY not in caplog.text
    assert committed.sql("SELECT 1 FROM pg_namespace WHERE nspname = %s", doomed.schema) == []
    assert committed.sql("SELECT 1 FROM pg_roles WHERE rolname = %s", doomed.schema) == []
    with control_scope():
        row = Company.objects.get(pk=doomed.id)
        assert (row.status, row.name, row.inn) == ("gone", "Удалённая компания", "")
        assert not Membership.objects.filter(company=row).exists() and not Domain.objects.filter(tenant=row).exists()
        for relation in Company._meta.related_objects:
            if relation.on_delete is models.CASCADE:
                left = relation.related_model._base_manager.filter(**{relation.field.name: row})
                assert not left.exists(), relation.related_model
        assert not Outbox.objects.filter(company=doomed.schema).exists()
        assert not Wakeup.objects.filter(company=doomed.schema).exists()
        assert ReleasedSlug.objects.get(slug="alfa").until > timezone.now() + timedelta(days=179)
        assert free_slug("alfa") == "Этот адрес уже занят"
    assert find(host="alfa.localhost") is None
    assert committed.digest(find(host="beta.localhost").schema) == neighbour


@pytest.mark.committed
@pytest.mark.row("SE-02")
def test_the_certificate_says_what_went_and_what_stays(doomed, committed, mailbox):
    with company_scope(doomed):
        cards = Entity.objects.count()
    jobs.erase(None, row_of(doomed).pk)
    letter = next(letter for letter in mailbox if "удалены" in str(letter["Subject"]))
    assert "owner@alfa.example" in str(letter["To"])
    paper = next(part for part in letter.walk() if part.get_content_type() == "application/pdf")
    assert paper.get_payload(decode=True).startswith(b"%PDF")
    row = row_of(doomed)
    counts = {title: int(number.replace(" ", "")) for title, number in row.told["counts"]}
    assert counts["Строк в них"] > cards and counts["Файлов и их версий"] == 3
    assert row.owners == [] and row.done_at
    assert f"{row.done_at + timedelta(days=settings.BACKUP_DAYS):%m.%Y}" in row.told["backups"]
    before = len(mailbox)
    jobs.erase(None, row.pk)
    assert len(mailbox) == before


@pytest.mark.committed
def test_killed_after_any_step_it_goes_on_from_there(doomed, committed, store, mailbox):
    told = {"S3_ENDPOINT_URL": settings.S3_ENDPOINT_URL, "S3_BUCKET": settings.S3_BUCKET,
            "S3_ACCESS_KEY": settings.S3_ACCESS_KEY, "S3_SECRET_KEY": settings.S3_SECRET_KEY}  # fmt: skip
    number = str(row_of(doomed).pk)
    steps = []
    for _ in range(9):
        status, _ = committed.child("control", "tenants.erase", number, fail="erase.stepped", **told)
        assert status == 137
        steps.append(row_of(doomed).step)
        if steps[-1] == "counted":
            status, _ = committed.child("control", "tenants.erase", number, fail="erase.dropped", **told)
            assert status == 137 and row_of(doomed).step == "counted"
    codes = ["closed", "let_go", "counted", "dropped", "files", "registry", "redis", "rewritten", "certified"]
    assert steps == codes
    assert find(host="alfa.localhost") is None
    jobs.erase(None, int(number))
    assert row_of(doomed).done_at and keys_in(store) == []
    assert len([letter for letter in mailbox if "удалены" in str(letter["Subject"])]) == 1


@pytest.mark.committed
def test_what_comes_after_the_end_is_swept(doomed, committed, store):
    jobs.erase(None, row_of(doomed).pk)
    late = CompanyStore(doomed.schema)
    late.put(late.new_key(), b"late", content_type="text/plain")
    with control_scope():
        due = Outbox.objects.get(kind=jobs.SWEEP)
    assert due.not_before > timezone.now() + timedelta(hours=1)
    jobs.sweep(None, due.subject_id)
    assert keys_in(store) == []


@pytest.mark.committed
def test_once_begun_it_cannot_be_taken_back_and_nobody_comes_in(doomed, committed):
    who = owner_of(doomed)
    jobs._begun(row_of(doomed).pk)
    refused = who.browser.delete("company/erasure/")
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/company-erased")
    with control_scope():
        assert ask_for_unpaid(doomed.schema).why == "owner"


@pytest.mark.committed
def test_who_took_an_export_along_opens_elsewhere_after_the_end(doomed, committed):
    archive = opened(archive_of(doomed))
    jobs.erase(None, row_of(doomed).pk)
    admit(archive, "gamma")
    assert find(host="gamma.localhost").is_open
