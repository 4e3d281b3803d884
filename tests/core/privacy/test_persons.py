"""A person has all that is known of him; whoever has left loses his name, and what he did stays."""

import io
import json
import re
import zipfile
from datetime import timedelta
from urllib.parse import quote

import httpx
import pytest
from django.utils import timezone

from core.attachments.models import Attachment
from core.audit.jobs import seal_history
from core.audit.models import Restatement
from core.audit.queries import verify
from core.audit.rules import hash_of
from core.comments.models import Comment
from core.context import company_scope
from core.events.bus import emit
from core.events.models import Fact
from core.identity.events import ConsentGiven
from core.identity.models import Invitation, Principal, Session, User
from core.notifications.models import Delivery
from core.organization.models import Employee
from core.organization.people import people
from core.outbox.queries import promise
from core.privacy.actions import REDACT, anonymise
from core.privacy.models import Anonymisation, Consent, PersonFile
from core.storage import CompanyStore
from tenants.snapshots import find
from tests.conftest import PASSWORD, owner_of
from tests.support.promises import keep_promises

PROOF = {"password": PASSWORD}
NAME, EMAIL, PHONE = "Канарейкин Кирилл Кузьмич", "kanareykin@alfa.example", "+79991234567"


def packed(who, whose, deliver) -> dict[str, str]:
    """What the person gets: the texts of the file by name."""
    asked = who.browser.post(f"persons/{whose.id}/data/", PROOF)
    assert asked.status_code == 201, asked.json()
    deliver()
    listed = who.browser.get(f"persons/{whose.id}/data/").json()["results"]
    assert listed[0]["state"] == "ready" and listed[0]["size"] > 100
    url = who.browser.post(f"persons/{whose.id}/data/{listed[0]['id']}/open/").json()["url"]
    given = httpx.get(url)
    assert quote(", личные данные.zip") in given.headers["content-disposition"]
    file = zipfile.ZipFile(io.BytesIO(given.content))
    return {name: file.read(name).decode() for name in file.namelist()}


@pytest.mark.row("SE-02")
def test_everybody_may_have_all_that_is_known_of_himself(company, person, store, deliver):
    worker = person(company, name="Рабочий Роман")
    other = person(company, name="Посторонний Пётр")
    task = worker.client.post("tasks/", {"title": "Моё дело", "assignee": worker.id}).json()
    worker.client.post(f"tasks/{task['id']}/comments/", {"text": "Мои слова"})
    other.client.post("tasks/", {"title": "Чужое дело", "assignee": other.id})
    files = packed(worker, worker, deliver)
    told = "\n".join(files.values())
    assert worker.email in told and "Мои слова" in told and "Моё дело" in told
    assert "Чужое дело" not in told and other.email not in told
    for secret in ("argon2", worker.token, worker.cookie, "secret_hash"):
        assert secret not in told
    assert {"person.json", "tables/identity_user.jsonl", "tables/identity_session.jsonl"} <= set(files)
    assert json.loads(files["person.json"])["full_name"] == "Рабочий Роман"


def test_those_of_others_are_for_whoever_answers_for_them(company, person, store, deliver):
    worker, other = person(company), person(company)
    assert worker.browser.get(f"persons/{other.id}/data/").status_code == 403
    assert worker.browser.post(f"persons/{other.id}/data/", PROOF).status_code == 403
    assert worker.client.post(f"persons/{worker.id}/data/", PROOF).json()["type"] == "/problems/not-by-token"
    assert worker.browser.post(f"persons/{worker.id}/data/", {"password": "not-it"}).status_code == 422
    admin = person(company, role="admin")
    assert worker.email in "\n".join(packed(admin, worker, deliver).values())
    with company_scope(company):
        assert Fact.objects.filter(kind="privacy.data_opened", entity_id=worker.id).count() == 1
        file = PersonFile.objects.get()
    # Whoever has not asked for it does not open it.
    assert worker.browser.post(f"persons/{worker.id}/data/{file.pk}/open/").status_code == 409


def test_one_at_a_time(company, person, store):
    worker = person(company)
    worker.browser.post(f"persons/{worker.id}/data/", PROOF)
    again = worker.browser.post(f"persons/{worker.id}/data/", PROOF)
    assert again.json()["type"] == "/problems/person-file-underway"


def test_so_many_a_day_and_no_more(company, person, store, deliver):
    worker = person(company)
    for _ in range(3):
        packed(worker, worker, deliver)
    spent = worker.browser.post(f"persons/{worker.id}/data/", PROOF)
    assert (spent.status_code, spent.json()["type"]) == (429, "/problems/person-files-spent")
    with company_scope(company):
        PersonFile.objects.update(created_at=timezone.now() - timedelta(days=1))
    packed(worker, worker, deliver)


# -- losing a name ------------------------------------------------------------------------------------------------


def left(company, owner, person):
    """Somebody who has worked, been talked of, and been blocked."""
    # A letter goes to his address before anybody knows who he is.
    assert owner.browser.post("invitations/", {"emails": [EMAIL]}).status_code in (200, 201)
    worker = person(company, name=NAME)
    with company_scope(company):
        Invitation.objects.filter(email=EMAIL).update(accepted_at=timezone.now())
        user = User.objects.get(pk=worker.user.pk)
        user.email = EMAIL
        user.save(update_fields=["email"])
    changed = owner.client.patch(f"employees/{worker.id}/", {"phone": PHONE, "email": EMAIL})
    assert changed.status_code == 200, changed.json()
    task = worker.client.post("tasks/", {"title": "Осталось за ним", "assignee": owner.id}).json()
    worker.client.post(f"tasks/{task['id']}/comments/", {"text": "Сделано"})
    given = owner.client.post("tasks/", {"title": "Дать ему", "assignee": owner.id}).json()
    kept = owner.client.post("tasks/", {"title": "Ему же", "assignee": worker.id}, Idempotency_Key="once-more-1")
    assert kept.status_code == 201, kept.json()
    owner.client.patch(f"tasks/{given['id']}/", {"assignee": worker.id})
    with company_scope(company):
        key = CompanyStore(company.schema).new_key()
        Attachment.objects.create(
            entity_id=worker.id, name=f"Паспорт {NAME}.pdf", storage_key=key, size=5, content_type="text/plain",
            author=owner.principal, state="ready",
        )  # fmt: skip
        owner.actor()
    assert owner.client.post(f"employees/{worker.id}/block/", {}).status_code == 200
    return worker, task


@pytest.mark.committed
@pytest.mark.row("SE-02")
def test_whoever_has_left_loses_his_name_everywhere_the_product_has_written_it(committed, store, person):
    company = find(host="alfa.localhost")
    owner = owner_of(company)
    worker, task = left(company, owner, person)
    keep_promises()
    columns = committed.sql(
        "SELECT table_name, array_agg(column_name::text) FROM information_schema.columns WHERE table_schema = %s"
        " AND data_type IN ('text', 'character varying', 'jsonb', 'ARRAY', 'tsvector') GROUP BY 1",
        company.schema,
    )
    words = "|".join(re.escape(word) for word in (NAME, "Канарейкин", EMAIL, PHONE, "канарейкин"))

    def standing() -> set[str]:
        found = set()
        for table, names in columns:
            asked = ", ".join(f'bool_or("{name}"::text ~ %s)' for name in names)
            (row,) = committed.sql(f'SELECT {asked} FROM "{company.schema}"."{table}"', *[words] * len(names))
            found |= {f"{table}.{name}" for name, is_there in zip(names, row, strict=True) if is_there}
        return found

    assert {"identity_principal.name", "identity_user.email", "events_fact.payload"} <= standing()
    assert {"notifications_delivery.address", "rest_idempotentanswer.body"} <= standing()
    gone = owner.browser.post(f"persons/{worker.id}/anonymise/", {"password": "owner-pass-1"})
    assert gone.status_code == 204, gone.json()
    keep_promises()
    assert standing() == set()
    with company_scope(company):
        assert Employee.objects.get(pk=worker.id).title == f"Сотрудник №{worker.id}"
        assert not User.objects.filter(principal=worker.principal).exists()
        assert Anonymisation.objects.get().finished_at
        comment = Comment.objects.get(text="Сделано")
        assert comment.author.name == f"Сотрудник №{worker.id}"
        assert people([worker.principal.pk])[worker.principal.pk]["name"] == f"Сотрудник №{worker.id}"
    shown = owner.client.get(f"tasks/{task['id']}/").json()
    assert shown["title"] == "Осталось за ним"
    assert owner.client.get("search/", q="Канарейкин").json()["results"] == []


@pytest.mark.committed
@pytest.mark.row("SE-02", "SE-09")
def test_seals_hold_over_what_has_lost_a_name(committed, store, person):
    company = find(host="alfa.localhost")
    owner = owner_of(company)
    worker, _ = left(company, owner, person)
    keep_promises()
    seal_history(company)
    assert verify(company).broken == "" and verify(company).seals
    owner.browser.post(f"persons/{worker.id}/anonymise/", {"password": "owner-pass-1"})
    keep_promises()
    seal_history(company)
    verdict = verify(company)
    assert verdict.broken == "" and verdict.restated > 0
    # What somebody else changes in such a line is found out, and his own word that it is ours is nobody's.
    with company_scope(company):
        row = Restatement.objects.order_by("-pk")[0]
    committed.sql(f"""UPDATE "{company.schema}".events_fact SET payload = '{{}}' WHERE id = {row.fact_id}""")
    assert f"строка {row.fact_id} " in verify(company).broken
    with company_scope(company):
        now = hash_of(Fact.objects.get(pk=row.fact_id))
        Restatement.objects.create(fact_id=row.fact_id, former=row.now, now=now, signature=row.signature)
    assert f"строка {row.fact_id} " in verify(company).broken


def test_only_somebody_who_has_left_and_only_once(company, owner, person):
    worker = person(company)
    refused = owner.browser.post(f"persons/{worker.id}/anonymise/", {"password": "owner-pass-1"})
    assert refused.json()["type"] == "/problems/person-still-works"
    owner.client.post(f"employees/{worker.id}/block/", {})
    assert owner.browser.get(f"persons/{worker.id}/data/").json()["may_anonymise"] is True
    for _ in range(2):
        assert owner.browser.post(f"persons/{worker.id}/anonymise/", {"password": "owner-pass-1"}).status_code == 204
    told = owner.browser.get(f"persons/{worker.id}/data/").json()
    assert told["may_anonymise"] is False and told["anonymised_at"]
    with company_scope(company):
        assert Fact.objects.filter(kind="privacy.anonymised").count() == 1
        assert not Session.objects.filter(user_id=worker.user.pk).exists()
        assert not Delivery.objects.filter(principal=worker.principal).exists()
        assert Principal.objects.get(pk=worker.principal.pk).name == f"Сотрудник №{worker.id}"


def test_nobody_takes_his_own_name_away(company, owner):
    refused = owner.browser.post(f"persons/{owner.id}/anonymise/", {"password": "owner-pass-1"})
    assert refused.json()["type"] == "/problems/not-yourself"


@pytest.mark.committed
def test_killed_before_it_is_noted_it_is_done_once_more(committed, store, person):
    company = find(host="alfa.localhost")
    owner = owner_of(company)
    worker, _ = left(company, owner, person)
    with company_scope(company):
        anonymise(Employee.objects.select_related("principal").get(pk=worker.id), by=owner.actor())
        promise(REDACT, worker.id)
    status, _ = committed.child("job", "privacy.redact", company.schema, str(worker.id), fail="privacy.redacted")
    assert status == 137
    with company_scope(company):
        assert Anonymisation.objects.get().words
    status, _ = committed.child("job", "privacy.redact", company.schema, str(worker.id))
    assert status == 0
    with company_scope(company):
        assert Anonymisation.objects.get().words == []


@pytest.mark.row("SE-02")
def test_what_was_agreed_to_stands_in_the_register(company, owner, inside, deliver):
    at = timezone.now()
    with inside(company):
        for _ in range(2):
            emit(
                ConsentGiven(owner.employee.ref, terms="2026-11-01", given_at=at.isoformat(), ip="10.1.2.3"),
                by=owner.actor(),
            )
    deliver()
    lines = owner.client.get("consents/").json()["results"]
    assert [(line["person"]["id"], line["version"], line["ip"], line["way"]) for line in lines] == [
        (owner.id, "2026-11-01", "10.1.2.3", "signup")
    ]
    with company_scope(company):
        assert Consent.objects.count() == 1


@pytest.mark.committed
@pytest.mark.row("SE-02")
def test_a_card_of_a_surname_alone_and_a_name_with_quotes_lose_what_they_were_known_by(committed, store, person):
    company = find(host="alfa.localhost")
    owner = owner_of(company)
    short, quoted = person(company, name="Сидоров"), person(company, name='Иванов "Граф" Пётр')
    with company_scope(company):
        User.objects.filter(pk=short.user.pk).update(email="a@b")
        phone = Employee.objects.get(pk=short.id)
        assert phone.last_name == "Сидоров" and not phone.first_name
    for who in (short, quoted):
        changed = owner.client.patch(f"employees/{who.id}/", {"hired_on": "1987-03-14"})
        assert changed.status_code == 200, changed.json()
        task = owner.client.post("tasks/", {"title": "Дать", "assignee": owner.id}).json()
        owner.client.patch(f"tasks/{task['id']}/", {"assignee": who.id})
        assert owner.client.post(f"employees/{who.id}/block/", {}).status_code == 200
    keep_promises()
    with company_scope(company):
        # Said by the product itself, in a fact of a card that is not his.
        Fact.objects.create(kind="tests.said", payload={"to": 'Иванов "Граф"'}, actor=owner.principal, door="job")
    for who in (short, quoted):
        gone = owner.browser.post(f"persons/{who.id}/anonymise/", {"password": "owner-pass-1"})
        assert gone.status_code == 204, gone.json()
    with company_scope(company):
        # As a card of a surname alone without contacts has them.
        Anonymisation.objects.filter(employee=short.id).update(words=[])
    keep_promises()
    with company_scope(company):
        assert not Anonymisation.objects.filter(finished_at=None).exists()
        told = json.dumps(list(Fact.objects.values_list("payload", flat=True)), ensure_ascii=False)
    assert "1987-03-14" not in told and "Граф" not in told
