"""Files that go along with words, and what becomes of everything in time."""

from datetime import timedelta

import httpx
import pytest
from django.utils import timezone

from core.attachments import collecting
from core.attachments.collecting import collect_orphans
from core.context import company_scope, control_scope
from core.events.bus import Told
from core.storage import CompanyStore
from tenants.appeals.jobs import forget_names, tidy_appeals
from tenants.appeals.models import Appeal, Line, Paper
from tenants.appeals.rules import KEPT, LARGEST_PAPER, UNSENT_LIFE
from tenants.console.models import Deed
from tests.core.attachments.conftest import keys_in
from tests.core.attachments.samples import EICAR, EXE, PDF, SVG

from .conftest import answered, asked, brought, made, said, texts

pytestmark = pytest.mark.row("PL-16")


def test_a_file_is_checked_and_read_by_both_sides(asker, owner, helper, company, store, deliver):
    appeal = made(asker, files=[brought(asker, "снимок.pdf", PDF)])
    deliver()
    (line,) = asker.client.get(f"help/appeals/{appeal}/lines/").json()["results"]
    (file,) = line["files"]
    assert (file["name"], file["state"], file["size"]) == ("снимок.pdf", "ready", len(PDF))
    for who in (asker, owner):
        content = who.client.get(f"help/files/{file['id']}/content/")
        assert content.status_code == 302 and httpx.get(content["Location"]).content == PDF
    opened = helper.client.get(f"appeals/{appeal}/files/{file['id']}/")
    assert opened.status_code == 302 and httpx.get(opened["Location"]).content == PDF
    with control_scope():
        assert Deed.objects.get(kind="appeal.file").after == {"appeal": appeal, "file": "снимок.pdf"}
    (key,) = keys_in(store)
    assert key.startswith(f"{CompanyStore(company.schema).prefix}sent/")


@pytest.mark.parametrize(
    ("name", "content"), [("virus.pdf", EICAR), ("page.pdf", EXE)], ids=["infected", "a program under another name"]
)
def test_no_file_passes_without_the_checks_of_cards(asker, helper, store, deliver, name, content):
    appeal = made(asker, files=[brought(asker, name, content)])
    deliver()
    (file,) = asker.client.get(f"help/appeals/{appeal}/lines/").json()["results"][0]["files"]
    assert file["state"] == "rejected" and file["reason"]
    assert asker.client.get(f"help/files/{file['id']}/content/").status_code == 409
    assert helper.client.get(f"appeals/{appeal}/files/{file['id']}/").status_code == 409
    assert keys_in(store) == []


def test_what_can_hold_a_script_is_only_saved(asker, store, deliver):
    appeal = made(asker, files=[brought(asker, "рисунок.svg", SVG, "image/svg+xml")])
    deliver()
    (file,) = asker.client.get(f"help/appeals/{appeal}/lines/").json()["results"][0]["files"]
    found = httpx.get(asker.client.get(f"help/files/{file['id']}/content/")["Location"])
    assert found.headers["content-disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("name", "size", "told"),
    [("run.exe", 5, "Программы"), ("а.pdf", 0, "пустой"), ("а.pdf", LARGEST_PAPER + 1, "больше")],
)
def test_some_files_are_refused_at_once(asker, name, size, told):
    refused = asker.client.post("help/files/", {"name": name, "size": size})
    assert refused.status_code == 422 and told in refused.json()["errors"][0]["detail"]


def test_so_many_go_with_one_message_and_so_many_a_day(asker, store, monkeypatch):
    ids = [brought(asker, f"{number}.pdf", PDF) for number in range(6)]
    refused = asked(asker, files=ids)
    assert refused.status_code == 422 and "5" in refused.json()["errors"][0]["detail"]
    assert asked(asker, files=ids[:5]).status_code == 201
    monkeypatch.setattr("tenants.appeals.actions.papers.PAPERS_OF_PERSON", 6)
    assert asker.client.post("help/files/", {"name": "7.pdf", "size": 5}).status_code == 429


def test_nobody_sends_or_opens_anothers_file(asker, owner, other_owner, person, company, store, deliver):
    mine = brought(asker, "а.pdf", PDF)
    stranger = person(company)
    for who in (stranger, other_owner):
        assert asked(who, files=[mine]).status_code == 422
        assert who.client.get(f"help/files/{mine}/").status_code == 404
        assert who.client.post(f"help/files/{mine}/complete/").status_code == 404
    # Until it is sent, it is nobody's but his who has brought it.
    assert owner.client.get(f"help/files/{mine}/").status_code == 404
    appeal = made(asker, files=[mine])
    deliver()
    assert owner.client.get(f"help/files/{mine}/content/").status_code == 302
    for who in (stranger, other_owner):
        assert who.client.get(f"help/files/{mine}/content/").status_code == 404
    # What was sent is sent: it does not go with other words, too.
    assert said(asker, appeal, "Ещё", files=[mine]).status_code == 422


def test_a_file_of_one_appeal_is_no_file_of_another(asker, helper, store, deliver):
    first, second = made(asker, files=[brought(asker, "а.pdf", PDF)]), made(asker)
    deliver()
    with control_scope():
        paper = Paper.objects.get().pk
    assert helper.client.get(f"appeals/{second}/files/{paper}/").status_code == 404
    assert helper.client.get(f"appeals/{first}/files/{paper}/").status_code == 302


def test_what_has_not_arrived_is_not_sent(asker, store):
    ticket = asker.client.post("help/files/", {"name": "а.pdf", "size": len(PDF)}).json()
    assert asked(asker, files=[ticket["id"]]).status_code == 422


def test_the_weekly_look_through_the_store_leaves_these_files_alone(asker, company, store, deliver, monkeypatch):
    made(asker, files=[brought(asker, "а.pdf", PDF)])
    deliver()
    before = keys_in(store)
    # As if it had stood there for a week already.
    monkeypatch.setattr(collecting, "SAFE", timedelta(days=-1))
    stranger = CompanyStore(company.schema).new_key()
    CompanyStore(company.schema).put(stranger, PDF, content_type="application/pdf")
    collect_orphans(company)
    assert keys_in(store) == before and len(before) == 1


def test_what_nobody_sent_goes_after_a_day_and_what_is_settled_after_a_year(asker, helper, store, deliver):
    unsent = brought(asker, "а.pdf", PDF)
    old = made(asker, "Старое", files=[brought(asker, "б.pdf", PDF)])
    answered(helper, old)
    waits = made(asker, "Ждёт нас")
    deliver()
    tidy_appeals(None, 0)
    assert len(keys_in(store)) == 2
    with control_scope():
        Paper.objects.update(created_at=timezone.now() - UNSENT_LIFE - timedelta(hours=1))
    tidy_appeals(None, 0)
    with control_scope():
        assert not Paper.objects.filter(pk=unsent).exists()
    assert len(keys_in(store)) == 1
    with control_scope():
        Appeal.objects.update(moved_at=timezone.now() - KEPT - timedelta(days=1))
    tidy_appeals(None, 0)
    with control_scope():
        assert list(Appeal.objects.values_list("pk", flat=True)) == [waits]
    assert keys_in(store) == []


def test_whoever_loses_his_name_in_the_company_loses_it_here(asker, company):
    appeal = made(asker, "Я Ильин")
    with company_scope(company):
        type(asker.employee).objects.filter(pk=asker.employee.pk).update(
            last_name="Сотрудник 7", first_name="", middle_name=""
        )
        ref = type(asker.employee).objects.get(pk=asker.employee.pk).ref
    fact = Told(1, "privacy.anonymised", ref, {}, asker.principal.pk, None, timezone.now())
    forget_names(company, [fact])
    with control_scope():
        assert "Ильин" not in Appeal.objects.get(pk=appeal).author
        assert "Ильин" not in Line.objects.get(appeal=appeal).author
    # What he has written himself stays his.
    assert texts(asker, appeal) == ["Я Ильин"]
