"""The link to the bytes: rights are checked each time, the address lives a minute, nothing runs in a browser."""

from datetime import timedelta
from urllib.parse import parse_qs, quote, urlsplit

import httpx
import pytest
import time_machine
from django.utils import timezone

from core.attachments.models import Attachment
from core.context import company_scope, control_scope
from core.storage import CompanyStore, ForeignObject, file_named
from tenants.models import Company
from tenants.snapshots import snapshots
from tests.core.attachments.samples import HTML, PDF, SVG, png

pytestmark = pytest.mark.row("PL-06", "T-17", "SE-07")


def content_of(client, found) -> httpx.Response:
    answer = client.get(f"attachments/{found['id']}/content/")
    assert answer.status_code == 302, answer.content
    assert answer["Cache-Control"] == "no-store"
    return httpx.get(answer["Location"])


def test_whoever_sees_the_card_gets_the_file_with_its_own_name(desk, card):
    found = desk.attach("Счёт «№ 5», копия.pdf", PDF, "application/pdf")
    given = content_of(card[2].client, found)
    assert (given.status_code, given.content) == (200, PDF)
    assert given.headers["content-type"] == "application/pdf"
    assert given.headers["content-disposition"].startswith("attachment; ")
    assert f"filename*=UTF-8''{quote('Счёт «№ 5», копия.pdf', safe='')}" in given.headers["content-disposition"]
    assert found["url"] == f"/api/v1/attachments/{found['id']}/content/"


@pytest.mark.parametrize(
    "name,content,kind,how",
    [
        ("photo.png", png(), "image/png", "inline"),
        ("page.html", HTML, "application/octet-stream", "attachment"),
        ("pic.svg", SVG, "application/octet-stream", "attachment"),
        ("data.xml", b"<?xml version='1.0'?><x/>", "application/octet-stream", "attachment"),
        ("note.txt", b"hello", "text/plain", "attachment"),
    ],
)
def test_only_pictures_are_shown_by_the_browser(desk, name, content, kind, how):
    given = content_of(desk.client, desk.attach(name, content, "text/html"))
    assert given.headers["content-type"] == kind
    assert given.headers["content-disposition"].startswith(f"{how};")
    assert given.content == content


def test_a_dangerous_name_is_clean_in_the_header(desk):
    given = content_of(desk.client, desk.attach('../../x\r\nSet-Cookie: a="b\u202e.txt', b"hello"))
    header = given.headers["content-disposition"]
    assert "set-cookie" not in given.headers
    assert "%2F" not in header and "%E2%80%AE" not in header and "x Set-Cookie_" in header


def test_the_address_dies_within_a_minute(desk):
    found = desk.attach("a.pdf", PDF)
    with time_machine.travel(timezone.now() - timedelta(seconds=61)):
        late = desk.client.get(f"attachments/{found['id']}/content/")["Location"]
    fresh = desk.client.get(f"attachments/{found['id']}/content/")["Location"]
    assert int(parse_qs(urlsplit(fresh).query)["X-Amz-Expires"][0]) <= 60
    assert httpx.get(late).status_code == 403
    assert httpx.get(fresh).status_code == 200


@pytest.mark.parametrize(
    "change",
    [("attachment", "inline"), ("application%2Fpdf", "text%2Fhtml"), ("X-Amz-Expires=60", "X-Amz-Expires=600")],
)
def test_the_address_cannot_be_altered(desk, change):
    found = desk.attach("a.pdf", PDF)
    address = desk.client.get(f"attachments/{found['id']}/content/")["Location"]
    assert change[0] in address
    assert httpx.get(address.replace(*change)).status_code == 403
    assert httpx.put(address, content=b"x").status_code == 403


def test_the_link_follows_the_rights(desk, card):
    path, initiator, _, stranger = card
    found = desk.attach("a.pdf", PDF)
    link = f"attachments/{found['id']}/content/"
    assert stranger.client.get(link).status_code == 404
    assert initiator.client.put(f"{path}watchers/", {"watchers": [stranger.id]}).status_code == 200
    assert stranger.client.get(link).status_code == 302
    assert initiator.client.put(f"{path}watchers/", {"watchers": []}).status_code == 200
    attempts = [("get", "content/"), ("get", ""), ("delete", ""), ("get", "versions/"), ("post", "versions/"),
                ("post", "complete/")]  # fmt: skip
    for method, sub_path in attempts:
        assert stranger.client.call(method, f"attachments/{found['id']}/{sub_path}").status_code == 404


def test_a_file_of_another_company_does_not_exist(desk, other_owner):
    found = desk.attach("a.pdf", PDF)
    for path in ("", "content/", "versions/"):
        assert other_owner.client.get(f"attachments/{found['id']}/{path}").status_code == 404
    assert other_owner.client.delete(f"attachments/{found['id']}/").status_code == 404
    assert other_owner.client.get(f"{desk.card}attachments/").status_code == 404


def test_nobody_signed_in_gets_nothing(desk, company, api):
    found = desk.attach("a.pdf", PDF)
    assert api(company).get(f"attachments/{found['id']}/content/").status_code == 401


def test_a_trashed_card_hides_its_files(desk, card):
    found = desk.attach("a.pdf", PDF)
    assert card[1].client.delete(card[0]).status_code == 204
    assert card[1].client.get(f"attachments/{found['id']}/content/").status_code == 404


def test_a_switched_off_module_hides_the_files_of_its_cards(desk, card, company):
    found = desk.attach("a.pdf", PDF)
    with company_scope(company):
        card_kind = Attachment.objects.get(pk=found["id"]).entity.kind
    assert card_kind == "tasks.task"
    with control_scope():
        Company.objects.filter(schema_name=company.schema).update(modules=[])
    snapshots.forget()
    answer = card[1].client.get(f"attachments/{found['id']}/content/")
    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/module-off")


def test_a_store_of_one_company_touches_no_key_of_another(company, other_company):
    own, foreign = CompanyStore(company.schema), CompanyStore(other_company.schema)
    key = foreign.new_key()
    assert own.prefix != foreign.prefix
    fine = f"{own.prefix}{'a' * 32}"
    for wrong in (key, f"{own.prefix}../{key}", f"{own.prefix}x", f"{fine}/../../x", "t/", "", f"{fine}\n"):
        with pytest.raises(ForeignObject):
            own.upload_address(wrong, size=1, content_type="a/b")
        with pytest.raises(ForeignObject):
            own.download_address(wrong, name="a", content_type="a/b", inline=False)
        for deed in (own.look, own.remove, own.quarantine_of):
            with pytest.raises(ForeignObject):
                deed(wrong)
        with pytest.raises(ForeignObject):
            own.copy(wrong, own.new_key(), etag="x")
        with pytest.raises(ForeignObject):
            own.copy(own.new_key(), wrong, etag="x")


def test_the_store_is_not_called_inside_a_scope(company, inside, store):
    shelf = CompanyStore(company.schema)
    key = shelf.new_key()
    with inside(company), pytest.raises(RuntimeError, match="inside a scope"):
        shelf.look(key)
    with inside(company):
        assert shelf.upload_address(key, size=1, content_type="a/b").startswith("http")


@pytest.mark.row("T-17")
@pytest.mark.parametrize(
    ("name", "content", "query", "how"),
    [
        ("a.pdf", PDF, "?show=true", "inline"),
        ("a.pdf", PDF, "?show=1", "attachment"),
        ("a.png", png(), "", "inline"),
        ("a.png", png(), "?save=true", "attachment"),
        ("a.txt", b"<script>alert(1)</script>", "?show=true", "attachment"),
    ],
)
def test_a_page_may_ask_to_show_or_to_save(desk, name, content, query, how):
    found = desk.attach(name, content)
    address = desk.client.get(f"attachments/{found['id']}/content/{query}")["Location"]
    assert httpx.get(address).headers["content-disposition"].startswith(how)


@pytest.mark.parametrize(
    ("whose", "named"),
    [
        ("ООО «Альфа»", "ООО «Альфа», выгрузка.zip"),
        ('ООО "Рога/Копыта": <1>\n', "ООО Рога Копыта 1, выгрузка.zip"),
        ("А" * 300, f"{'А' * 80}, выгрузка.zip"),
    ],
)
def test_a_file_is_named_after_whose_it_is_as_a_disk_takes_it(whose, named):
    assert file_named(whose, "выгрузка.zip") == named
