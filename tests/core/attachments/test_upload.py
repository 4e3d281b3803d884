"""From the browser to the store: the signed address takes exactly what was declared, and nothing is shown unchecked."""

import time
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import httpx
import pytest
import time_machine
from django.utils import timezone

from core.attachments import jobs
from core.attachments.jobs import sweep_unfinished
from core.attachments.models import Attachment
from core.storage import CompanyStore
from tests.core.attachments.conftest import BUCKET, keys_in
from tests.core.attachments.samples import PDF, png

pytestmark = pytest.mark.row("PL-06", "T-17")


def test_a_file_arrives_is_checked_and_shown(desk, card, company, store, later):
    found = desk.attach("Договор.pdf", PDF, "application/pdf")
    assert (found["state"], found["name"], found["size"]) == ("ready", "Договор.pdf", len(PDF))
    assert (found["content_type"], found["version"], found["reason"]) == ("application/pdf", 1, None)
    assert found["author"]["id"] == card[1].id
    assert [row["id"] for row in card[2].client.get(f"{card[0]}attachments/").json()["results"]] == [found["id"]]
    later()
    (key,) = keys_in(store)
    assert key.startswith(CompanyStore(company.schema).prefix) and "quarantine" not in key
    assert company.schema not in key and company.slug not in key
    assert store.get_object(Bucket=BUCKET, Key=key)["Body"].read() == PDF


def test_until_it_is_checked_only_its_uploader_knows_of_it(desk, card):
    ticket = desk.ticket("a.pdf", len(PDF))
    assert ticket.put(PDF).status_code == 200
    other = card[2].client
    assert desk.files() == []
    assert desk.client.post(f"attachments/{ticket.id}/complete/").json()["state"] == "checking"
    assert [row["state"] for row in desk.files()] == ["checking"]
    assert desk.files()[0]["url"] is None
    assert other.get(f"{card[0]}attachments/").json()["results"] == []
    for path in ("", "content/", "versions/"):
        assert other.get(f"attachments/{ticket.id}/{path}").status_code == 404
    assert desk.client.get(f"attachments/{ticket.id}/content/").json()["type"] == "/problems/file-not-ready"
    assert other.post(f"attachments/{ticket.id}/complete/").status_code == 404


@pytest.mark.parametrize("sent", [PDF[:-1], PDF + b"x", b"", PDF * 1000], ids=["short", "longer", "empty", "much"])
def test_the_address_takes_exactly_the_declared_size(desk, store, sent):
    assert desk.ticket("a.pdf", len(PDF)).put(sent).status_code == 403
    assert keys_in(store) == []


def test_bytes_without_a_length_are_refused(desk, store):
    ticket = desk.ticket("a.pdf", len(PDF))
    answer = httpx.put(ticket.url, content=iter([PDF, PDF]), headers=ticket.headers)
    assert answer.status_code in (403, 411)
    assert keys_in(store) == []


@pytest.mark.parametrize("kind", ["text/html", "image/svg+xml", "application/pdf; charset=x"])
def test_the_address_takes_only_the_declared_type(desk, store, kind):
    ticket = desk.ticket("a.pdf", len(PDF), "application/pdf")
    ticket.headers = {"Content-Type": kind}
    assert ticket.put(PDF).status_code == 403
    assert keys_in(store) == []


def test_the_address_serves_no_other_key(desk, company, other_company, inside, store):
    ticket = desk.ticket("a.pdf", len(PDF))
    with inside(company):
        final = Attachment.objects.get(pk=ticket.id).storage_key
    own = CompanyStore(company.schema).quarantine_of(final)
    assert own in ticket.url
    foreign = CompanyStore(other_company.schema).new_key()
    for key in (final, foreign, f"{own}x", f"{own}/../../x", quote(f"{own}/../{foreign}", safe="")):
        answer = httpx.put(ticket.url.replace(own, key), content=PDF, headers=ticket.headers)
        assert answer.status_code in (400, 403, 404)
    assert httpx.get(ticket.url).status_code == 403
    assert httpx.delete(ticket.url).status_code == 403
    assert keys_in(store) == []


def test_the_address_dies_after_five_minutes(desk, store):
    with time_machine.travel(timezone.now() - timedelta(seconds=301)):
        late = desk.ticket("a.pdf", len(PDF))
    with time_machine.travel(timezone.now() - timedelta(seconds=240)):
        in_time = desk.ticket("a.pdf", len(PDF))
    assert late.put(PDF).status_code == 403
    assert in_time.put(PDF).status_code == 200
    assert len(keys_in(store)) == 1


@pytest.mark.parametrize("size", [0, -5, 2**40, 2**70, "x", None])
def test_a_size_that_cannot_be_is_refused_before_anything_is_sent(desk, size):
    answer = desk.wish("a.pdf", size)
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/size"]


def test_the_largest_file_is_a_setting(desk, settings):
    settings.UPLOAD_MAX_BYTES = 100
    assert desk.wish("a.pdf", 101).status_code == 422
    assert desk.wish("a.pdf", 100).status_code == 201


def test_a_file_that_never_arrived_is_said_so(desk):
    ticket = desk.ticket("a.pdf", 10)
    desk.client.post(f"attachments/{ticket.id}/complete/")
    desk.deliver()
    found = desk.client.get(f"attachments/{ticket.id}/").json()
    assert (found["state"], found["reason"]) == ("rejected", "Файл не дошёл до хранилища. Приложите его снова")


def test_an_object_of_another_size_is_not_shown(desk, company, inside, store):
    """A store that does not hold to the signed length is not believed either."""
    ticket = desk.ticket("a.pdf", len(PDF))
    with inside(company):
        key = CompanyStore(company.schema).quarantine_of(Attachment.objects.get(pk=ticket.id).storage_key)
    store.put_object(Bucket=BUCKET, Key=key, Body=PDF + b"more")
    desk.client.post(f"attachments/{ticket.id}/complete/")
    desk.deliver()
    assert desk.client.get(f"attachments/{ticket.id}/").json()["state"] == "rejected"


def test_a_rejected_file_is_seen_by_its_uploader_alone_and_leaves_no_bytes(desk, card, store, later):
    found = desk.attach("photo.png", b"<html><script>1</script></html>", "image/png")
    assert (found["state"], found["url"]) == ("rejected", None)
    assert found["reason"].startswith("Содержимое не похоже на файл .png")
    assert [row["id"] for row in desk.files()] == [found["id"]]
    assert card[2].client.get(f"{card[0]}attachments/").json()["results"] == []
    assert desk.client.get(f"attachments/{found['id']}/content/").json()["type"] == "/problems/file-rejected"
    later()
    assert keys_in(store) == []
    assert desk.client.delete(f"attachments/{found['id']}/").status_code == 204
    assert desk.files() == []


def test_completing_twice_checks_once(desk, store, monkeypatch):
    looks: list[str] = []
    look = CompanyStore.look
    monkeypatch.setattr(CompanyStore, "look", lambda self, key: looks.append(key) or look(self, key))
    ticket = desk.ticket("a.pdf", len(PDF))
    ticket.put(PDF)
    for _ in range(2):
        desk.client.post(f"attachments/{ticket.id}/complete/")
    desk.deliver()
    assert desk.client.post(f"attachments/{ticket.id}/complete/").json()["state"] == "ready"
    desk.deliver()
    assert len(looks) == 1


def test_bytes_replaced_during_the_check_are_not_shown(desk, store, monkeypatch):
    """What was looked at is what is copied: the address still lives while the check runs."""
    ticket = desk.ticket("photo.png", len(png()), "image/png")
    ticket.put(png())
    judge = jobs.judge

    def judge_and_replace(*told: Any) -> Any:
        assert ticket.put(b"<script>".ljust(len(png()))).status_code == 200
        return judge(*told)

    monkeypatch.setattr(jobs, "judge", judge_and_replace)
    desk.client.post(f"attachments/{ticket.id}/complete/")
    desk.deliver()
    assert desk.client.get(f"attachments/{ticket.id}/").json()["state"] == "rejected"
    assert [key for key in keys_in(store) if "quarantine" not in key] == []


def test_a_second_put_after_the_check_changes_nothing_and_stays_nowhere(desk, store, later):
    ticket = desk.ticket("photo.png", len(png()), "image/png")
    ticket.put(png())
    desk.client.post(f"attachments/{ticket.id}/complete/")
    desk.deliver()
    assert ticket.put(b"<script>".ljust(len(png()))).status_code == 200
    address = desk.client.get(f"attachments/{ticket.id}/content/")["Location"]
    assert httpx.get(address).content == png()
    later()
    assert [key for key in keys_in(store) if "quarantine" in key] == []


def test_a_check_killed_before_its_verdict_starts_over(desk, store, later, monkeypatch):
    ticket = desk.ticket("a.pdf", len(PDF))
    ticket.put(PDF)
    desk.client.post(f"attachments/{ticket.id}/complete/")
    real = jobs.pass_check

    def killed(*_: Any, **__: Any) -> None:
        monkeypatch.setattr(jobs, "pass_check", real)
        raise KeyboardInterrupt

    monkeypatch.setattr(jobs, "pass_check", killed)
    with pytest.raises(KeyboardInterrupt):
        desk.deliver()
    assert desk.client.get(f"attachments/{ticket.id}/").json()["state"] == "checking"
    later()
    assert desk.client.get(f"attachments/{ticket.id}/").json()["state"] == "ready"
    later()
    assert len(keys_in(store)) == 1


def test_a_store_that_is_away_only_delays_the_check(desk, company, s3_stand_in, inside):
    ticket = desk.ticket("a.pdf", len(PDF))
    ticket.put(PDF)
    desk.client.post(f"attachments/{ticket.id}/complete/")
    s3_stand_in.order(service="s3", mode="fail", count=4)
    with pytest.raises(Exception, match="InternalError|500"):
        jobs.check_upload(company, ticket.id)
    assert desk.client.get(f"attachments/{ticket.id}/").json()["state"] == "checking"
    jobs.check_upload(company, ticket.id)
    assert desk.client.get(f"attachments/{ticket.id}/").json()["state"] == "ready"


def test_uploads_never_finished_are_forgotten_after_a_day(desk, company, inside, store, later):
    old, young = desk.ticket("old.pdf", len(PDF)), desk.ticket("young.pdf", len(PDF))
    old.put(PDF)
    young.put(PDF)
    with inside(company):
        Attachment.objects.filter(pk=old.id).update(created_at=timezone.now() - timedelta(hours=25))
    later()
    assert desk.client.post(f"attachments/{old.id}/complete/").status_code == 404
    assert desk.client.post(f"attachments/{young.id}/complete/").status_code == 200
    assert len(keys_in(store)) == 1
    with inside(company):
        assert not Attachment.objects.filter(pk=old.id).exists()


def test_the_sweep_asks_to_be_woken_for_the_next_upload(desk, company, later):
    desk.ticket("young.pdf", len(PDF))
    started = time.monotonic()
    sweep_unfinished(company)
    assert later() > 0 and time.monotonic() - started < 30


def test_a_crowded_card_says_so(desk, monkeypatch):
    monkeypatch.setattr("core.attachments.actions.MOST_ON_CARD", 1)
    desk.ticket("a.pdf", 10)
    answer = desk.wish("b.pdf", 10)
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/card-is-full")


def test_a_repeated_request_makes_one_upload(desk, company, inside):
    body = {"name": "a.pdf", "size": 10, "content_type": ""}
    answers = [desk.client.post(f"{desk.card}attachments/", body, Idempotency_Key="same") for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    with inside(company):
        assert Attachment.objects.count() == 1


def test_who_does_not_see_the_card_cannot_attach_to_it(card, store):
    body = {"name": "a.pdf", "size": 10, "content_type": ""}
    assert card[3].client.post(f"{card[0]}attachments/", body).status_code == 404
    assert card[3].client.get(f"{card[0]}attachments/").status_code == 404
    assert card[2].client.post(f"{card[0]}attachments/", body).status_code == 201
