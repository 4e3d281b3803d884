"""The file about a person goes no further than the eyes of whoever has asked for it."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from core.privacy.gathering import models_about
from core.privacy.told import LEFT, columns_of

from .test_persons import packed

DRAFT, PRIVATE, WORDS, PLAIN = "Канарейка черновик", "Канарейка личное", "Канарейка слова", "Простое дело"
SECRETS = frozenset(
    "password secret secret_hash nonce totp_secret totp_last_step recovery_hashes storage_key shared_key p256dh auth"
    " endpoint checksum chat_scope message_id words body payload heirs last_day".split()
)


def told(files: dict[str, str]) -> str:
    return "\n".join(files.values())


def given(who, title, **more):
    made = who.client.post("tasks/", {"title": title, **more})
    assert made.status_code == 201, made.json()
    return made.json()["id"]


def test_every_table_that_names_people_declares_its_columns_or_is_left_out_with_a_reason():
    tables = {model._meta.db_table: columns_of(model) for model in models_about()}
    assert {name for name, columns in tables.items() if not columns} == set(LEFT)
    for model in models_about():
        names = {field.attname for field in model._meta.concrete_fields}
        assert columns_of(model) <= names, model
        assert not columns_of(model) & SECRETS, model


@pytest.mark.row("SE-02", "SE-05")
def test_drafts_of_others_are_not_in_ones_own_file(company, owner, person, store, deliver):
    worker = person(company)
    draft = given(owner, DRAFT, assignee=worker.id, is_draft=True)
    given(owner, PLAIN, assignee=worker.id)
    given(worker, "Мой черновик", assignee=worker.id, is_draft=True)
    assert worker.client.get(f"tasks/{draft}/").status_code == 404
    text = told(packed(worker, worker, deliver))
    assert DRAFT not in text and f'"entity_id":{draft},' not in text
    assert PLAIN in text and "Мой черновик" in text


@pytest.mark.row("SE-02", "SE-05")
def test_an_administrator_learns_no_private_card_or_draft_by_it(company, owner, person, store, deliver):
    worker, admin = person(company), person(company, role="admin")
    private = given(owner, PRIVATE, assignee=worker.id, is_private=True)
    assert worker.client.post(f"tasks/{private}/comments/", {"text": WORDS}).status_code == 201
    given(worker, DRAFT, assignee=worker.id, is_draft=True)
    given(owner, PLAIN, assignee=worker.id)
    assert admin.client.get(f"tasks/{private}/").status_code == 404
    text = told(packed(admin, worker, deliver))
    assert PLAIN in text and worker.email in text
    assert "Канарейка" not in text and f'"entity_id":{private},' not in text
    # The twin: himself he is told all of it.
    own = told(packed(worker, worker, deliver))
    assert all(words in own for words in (PRIVATE, WORDS, DRAFT))


@pytest.mark.row("SE-02", "SE-05")
def test_hidden_fields_and_what_is_planned_for_him_are_not_in_it(company, owner, person, store, deliver):
    worker, heir = person(company), person(company)
    field = owner.client.post(
        "custom-fields/",
        {"kind": "organization.employee", "title": "Оклад", "type": "number", "rights": {"employee": "hidden"}},
    ).json()
    for path, body in (("", {"hired_on": "1987-03-14"}), ("fields/", {field["code"]: 748211})):
        changed = owner.client.patch(f"employees/{worker.id}/{path}", body)
        assert changed.status_code == 200, changed.json()
    given(owner, PLAIN, assignee=worker.id, due_at="2031-03-07T10:00:00Z", estimate=438917)
    before = told(packed(worker, worker, deliver))
    assert "1987-03-14" in before and "2031-03-07" in before
    limits = [
        {"kind": "organization.employee", "field": "hired_on", "level": "hidden"},
        {"kind": "tasks.task", "field": "due_at", "level": "hidden"},
    ]
    version = owner.client.get("roles/employee/").headers["ETag"]
    shut = owner.client.put("roles/employee/fields/", {"limits": limits}, headers={"If-Match": version})
    assert shut.status_code == 200, shut.json()
    day = f"{timezone.localdate() + timedelta(days=47)}"
    planned = owner.client.post(f"employees/{worker.id}/dismiss/", {"last_day": day, "successor": heir.id})
    assert planned.status_code in (200, 201, 202), planned.json()
    files = packed(worker, worker, deliver)
    for canary in ("1987-03-14", "2031-03-07", "748211"):
        assert canary not in told(files), [name for name, text in files.items() if canary in text]
    # What is planned for him is for those who may dismiss: its day and that it is planned at all.
    assert day not in told(files) and "handover." not in told(files)
    assert day in owner.client.get(f"employees/{worker.id}/history/").content.decode()
    lines = [json.loads(line) for line in files["tables/history.jsonl"].splitlines()]
    assert lines and all("payload" not in line for line in lines)
