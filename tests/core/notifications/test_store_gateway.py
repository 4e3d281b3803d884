"""The store as a service: tried out on demand, its troubles written down; never switched for one company."""

from datetime import timedelta

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError
from django.db import DatabaseError
from django.utils import timezone

from core.gateways.errors import GatewayRefused, GatewaySilent
from core.gateways.rules import MOST_LINES, recent
from core.gateways.store import hearing
from core.gateways.store.client import ending_of
from core.storage import CompanyStore, ObjectMissing
from tests.infra.sandbox.process import ACCESS, SECRET

BUCKET = "gateway-files"
pytestmark = pytest.mark.row("I-02")


@pytest.fixture
def shelf(world, settings, monkeypatch):
    """The store that the settings lead to; yields a client that sees all of it."""
    settings.S3_ENDPOINT_URL = f"{world.url}/s3"
    settings.S3_ACCESS_KEY, settings.S3_SECRET_KEY, settings.S3_BUCKET = ACCESS, SECRET, BUCKET
    # Two troubles of a test are of one window, whatever the clock says.
    monkeypatch.setattr(hearing, "_WINDOW_SECONDS", 1_000_000_000)
    client = world.s3()
    if BUCKET not in [one["Name"] for one in client.list_buckets()["Buckets"]]:
        client.create_bucket(Bucket=BUCKET)
    return client


def state(owner):
    (found,) = (row for row in owner.client.get("gateways/").json()["results"] if row["code"] == "store")
    return found


def check(owner, deliver):
    assert owner.client.post("gateways/store/check/").status_code == 202
    deliver()
    return state(owner)


def locked_out(settings, company):
    """What a store says to whom it does not know; nothing is tried again after that."""
    settings.S3_ACCESS_KEY = "stranger"
    store = CompanyStore(company.schema)
    with pytest.raises(ClientError):
        store.put(store.new_key(), b"1", content_type="text/plain")


@pytest.mark.row("I-03")
def test_the_check_puts_looks_reads_and_leaves_nothing(company, owner, shelf, deliver):
    shown = check(owner, deliver)
    assert (shown["error"], shown["is_demo"], shown["mode"], shown["modes"]) == ("", True, "sandbox", [])
    (line,) = shown["lines"]
    assert (line["title"], line["error"], line["to"]) == ("Проверка", "", "") and line["duration_ms"] >= 0
    assert shelf.list_objects_v2(Bucket=BUCKET)["KeyCount"] == 0


def test_a_store_is_not_switched_for_one_company(company, owner, shelf):
    refused = owner.client.put("gateways/store/", {"mode": "sandbox"})
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/store-is-shared")
    assert "разошлись бы по двум местам" in refused.content.decode()


def test_a_real_store_is_called_real_whatever_stood_before(company, owner, shelf, settings, deliver):
    check(owner, deliver)
    settings.SANDBOX_URL = ""
    assert (state(owner)["mode"], state(owner)["is_demo"]) == ("platform", False)


@pytest.mark.parametrize(
    "change,reason",
    [
        ({"S3_SECRET_KEY": "tainy-klyuch"}, "SignatureDoesNotMatch (код 403)"),
        ({"S3_BUCKET": "nowhere"}, "NoSuchBucket (код 404)"),
    ],
)
def test_a_failed_check_says_why_without_keys(company, owner, shelf, settings, deliver, change, reason):
    for name, value in change.items():
        setattr(settings, name, value)
    shown = check(owner, deliver)
    assert reason in shown["error"] and shown["lines"][0]["error"] == shown["error"]
    assert "tainy-klyuch" not in str(shown) and settings.S3_ENDPOINT_URL not in str(shown)
    assert len(shown["lines"]) == 1, "the check tells of itself and is told of by nobody else"


def test_a_trouble_is_asked_once_and_said(company, owner, shelf, world, deliver):
    world.order(service="s3", mode="fail", count=2)
    assert "InternalError (код 500)" in check(owner, deliver)["error"]
    assert world.json("/faults")[0]["count"] == 1, "without patience: a person waits"


def test_the_first_trouble_of_a_minute_is_a_line(company, other_owner, owner, shelf, settings):
    for _ in range(3):
        locked_out(settings, company)
    (line,) = state(owner)["lines"]
    assert line["title"] == "Запись файла" and "InvalidAccessKeyId (код 403)" in line["error"]
    assert state(other_owner)["lines"] == []


def test_what_is_no_trouble_is_no_line(company, owner, shelf):
    store = CompanyStore(company.schema)
    with pytest.raises(ObjectMissing):
        store.whole(store.new_key())
    assert state(owner)["lines"] == []


def test_the_caller_hears_of_his_failure_whatever_becomes_of_the_line(company, owner, shelf, settings, monkeypatch):
    def away(schema):
        raise DatabaseError("away")

    monkeypatch.setattr(hearing, "find_company", away)
    locked_out(settings, company)


@pytest.mark.parametrize(
    "failure,kind,words",
    [
        (EndpointConnectionError(endpoint_url="http://10.0.0.7:9000"), GatewaySilent, "(EndpointConnectionError)"),
        (ClientError({"Error": {"Code": "SlowDown"}}, "PutObject"), GatewaySilent, "SlowDown"),
        (ClientError({"Error": {"Code": "<b>Access Denied</b>"}}, "PutObject"), GatewayRefused, "bAccessDeniedb"),
        (ClientError({}, "PutObject"), GatewayRefused, "без объяснений"),
    ],
)
def test_what_an_ending_means_is_said_without_addresses(failure, kind, words):
    ending = ending_of(failure)
    assert type(ending) is kind and words in str(ending) and "10.0.0.7" not in str(ending)


def test_lines_are_few_and_none_is_old():
    now = timezone.now()
    lines = [{"at": (now - timedelta(days=days)).isoformat()} for days in range(200)]
    assert len(recent(lines, now)) == MOST_LINES
    assert recent(lines[91:], now) == [] and len(recent(lines[80:], now)) == 10
