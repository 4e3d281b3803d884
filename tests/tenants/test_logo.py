"""The company's logo: hung in the settings, seen at the door by anybody, never by another company."""

import base64
from typing import Any

import pytest

from core.attachments.models import Leftover
from core.context import company_scope
from core.events.models import Fact
from core.storage import CompanyStore
from tenants.logos import MOST_BYTES, sweep_logo
from tenants.snapshots import find
from tests.core.attachments.conftest import BUCKET, keys_in, later, s3_stand_in, store  # noqa: F401  (fixtures)
from tests.core.attachments.samples import HTML, PDF, SVG, gif, png, webp

pytestmark = pytest.mark.usefixtures("store")
JPEG = base64.b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgICAgMCAgIDAwMDBAYEBAQEBAgGBgUGCQgKCgkICQkKDA8MCgsOCwkJDRENDg8QEBEQCgwS"
    "ExIQEw8QEBD/yQALCAABAAEBAREA/8wABgAQEAX/2gAIAQEAAD8A0s8g/9k="
)


def hung(by: Any, content: bytes) -> Any:
    return by.put("company/logo/", {"image": base64.b64encode(content).decode()})


def below(address: str) -> str:
    return address.removeprefix("/api/v1/")


@pytest.mark.parametrize(
    ("content", "kind"), [(png(), "png"), (JPEG, "jpeg"), (webp(), "webp")], ids=["png", "jpeg", "webp"]
)
def test_the_logo_stands_at_the_door_at_once(company, owner, api, content, kind):
    answer = hung(owner.browser, content)
    assert answer.status_code == 200, answer.json()
    address = answer.json()["logo_url"]
    assert api(company).get("auth/state/").json()["company"]["logo_url"] == address
    assert owner.client.get("me/").json()["company"]["logo_url"] == address
    shown = api(company).get(below(address))
    assert (shown.status_code, shown.content, shown["Content-Type"]) == (200, content, f"image/{kind}")
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert shown["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert shown["Cache-Control"] == "public, max-age=31536000, immutable"


def test_whoever_has_it_is_not_sent_it_again(company, owner, api):
    address = below(hung(owner.client, png()).json()["logo_url"])
    tag = api(company).get(address)["ETag"]
    again = api(company).client.get(f"/api/v1/{address}", HTTP_HOST=company.hosts[0], HTTP_IF_NONE_MATCH=tag)
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)


def test_another_company_knows_nothing_of_it(company, other_company, owner, other_owner, api):
    address = below(hung(owner.client, png()).json()["logo_url"])
    assert api(other_company).get(address).status_code == 404
    assert api(other_company).get("auth/state/").json()["company"]["logo_url"] is None
    hung(other_owner.client, png(3, 3))
    assert api(other_company).get(address).status_code == 404
    assert api().get(address).status_code == 404


def test_its_bytes_lie_under_the_companys_prefix_and_the_former_ones_go(company, owner, api, later, store):  # noqa: F811
    first = below(hung(owner.client, png()).json()["logo_url"])
    second = below(hung(owner.client, JPEG).json()["logo_url"])
    assert first != second
    assert api(company).get(first).status_code == 404
    later()
    (key,) = keys_in(store)
    assert key.startswith(CompanyStore(company.schema).prefix)
    assert store.get_object(Bucket=BUCKET, Key=key)["Body"].read() == JPEG
    assert api(company).get(second).content == JPEG


def test_taken_down_it_is_gone_from_the_screen_and_from_the_store(company, owner, api, later, store):  # noqa: F811
    address = below(hung(owner.client, png()).json()["logo_url"])
    answer = owner.browser.delete("company/logo/")
    assert (answer.status_code, answer.json()["logo_url"]) == (200, None)
    assert find(host="alfa.localhost").logo_url is None
    assert api(company).get(address).status_code == 404
    later()
    assert keys_in(store) == []
    version = answer.json()["version"]
    assert owner.browser.delete("company/logo/").json()["version"] == version, "nothing was left to take down"
    with company_scope(company):
        facts = Fact.objects.filter(kind="tenants.company_changed").order_by("id")
        told = [fact.payload["changes"][0] for fact in facts]
    assert [(change["field"], bool(change["old"]), bool(change["new"])) for change in told] == [
        ("logo", False, True), ("logo", True, False),
    ]  # fmt: skip


def test_what_hangs_is_not_swept(company, owner, api):
    address = below(hung(owner.client, png()).json()["logo_url"])
    with company_scope(company):
        (leftover,) = Leftover.objects.all()
    sweep_logo(company, leftover.pk)
    assert api(company).get(address).status_code == 200


def test_a_logo_that_never_came_to_be_leaves_nothing(company, owner, store, monkeypatch):  # noqa: F811
    monkeypatch.setattr("tenants.logos.change_logo", _die)
    with pytest.raises(KeyboardInterrupt):
        hung(owner.client, png())
    assert len(keys_in(store)) == 1
    with company_scope(company):
        (leftover,) = Leftover.objects.all()
    sweep_logo(company, leftover.pk)
    assert keys_in(store) == []


def _die(*_: Any, **__: Any) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("role", ["employee", "head"])
def test_who_may_not_change_the_settings_may_not_change_the_logo(company, person, role):
    somebody = person(company, role=role).client
    assert hung(somebody, png()).status_code == 403
    assert somebody.delete("company/logo/").status_code == 403


def test_a_page_of_another_site_changes_nothing(owner):
    answer = owner.browser.put("company/logo/", {"image": "AA=="}, Origin="http://beta.localhost:8000")
    assert answer.json()["type"] == "/problems/cross-site"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (SVG, "PNG, JPEG или WebP"),
        (HTML, "PNG, JPEG или WebP"),
        (PDF, "PNG, JPEG или WebP"),
        (gif(), "PNG, JPEG или WebP"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "повреждена"),
        (webp()[:20], "повреждена"),
        (png(5000, 5000), "мегапикселей"),
        (png() + b"\0" * MOST_BYTES, "512 КБ"),
    ],
    ids=["svg", "html", "pdf", "gif", "broken-png", "short-webp", "flood", "heavy"],
)
def test_what_is_no_logo_is_refused_and_not_stored(company, owner, store, content, sentence):  # noqa: F811
    answer = hung(owner.client, content)
    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert error["pointer"] == "/image" and sentence in error["detail"]
    assert keys_in(store) == [] and find(host="alfa.localhost").logo == ""


def test_what_is_no_base64_is_refused(owner):
    assert owner.client.put("company/logo/", {"image": "картинка"}).json()["errors"][0]["pointer"] == "/image"


def test_without_the_store_it_is_said_and_the_old_logo_stays(company, owner, settings):
    before = hung(owner.client, png()).json()["logo_url"]
    settings.S3_ENDPOINT_URL = "http://127.0.0.1:9/s3"
    answer = hung(owner.client, JPEG)
    assert (answer.status_code, answer.json()["type"]) == (503, "/problems/unavailable")
    assert find(host="alfa.localhost").logo_url == before
