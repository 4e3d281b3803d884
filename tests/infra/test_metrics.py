"""`/metrics`: who may read it, what stands in it, and what does not."""

import os
import subprocess
import sys

import pytest
from prometheus_client.parser import text_string_to_metric_families

from core.context import control_scope
from core.jobs import delivery
from core.jobs.parcel import FACT
from core.outbox.models import Outbox
from infra import metrics as told
from infra.env import ROOT

TOKEN = "a-token-of-the-collector"


@pytest.fixture
def read(settings, client):
    """`read()` is what the collector reads: (name, labels) → value."""
    settings.METRICS_TOKEN = TOKEN

    def collect() -> dict[tuple[str, frozenset], float]:
        answer = client.get("/metrics", HTTP_AUTHORIZATION=f"Bearer {TOKEN}")
        assert answer.status_code == 200 and answer["Content-Type"].startswith("text/plain")
        families = text_string_to_metric_families(answer.content.decode())
        return {(one.name, frozenset(one.labels.items())): one.value for each in families for one in each.samples}

    return collect


def value(found: dict, name: str, **labels: str) -> float:
    return found.get((name, frozenset(labels.items())), 0.0)


@pytest.mark.parametrize("sent", ["", "Bearer ", "Bearer wrong", TOKEN[:-1], "Bearer токен"])
def test_nobody_else_learns_that_it_is_there(settings, client, sent):
    settings.METRICS_TOKEN = TOKEN
    assert client.get("/metrics", HTTP_AUTHORIZATION=sent).status_code == 404


@pytest.mark.parametrize("sent", ["", "Bearer "])
def test_without_a_token_there_is_none(settings, client, sent):
    settings.METRICS_TOKEN = ""
    assert client.get("/metrics", HTTP_AUTHORIZATION=sent).status_code == 404


def test_requests_are_counted_by_the_pattern_of_their_address(owner, read):
    labels = {"method": "GET", "route": "api/v1/tasks/<int:card_id>/", "status": "4xx"}
    before = value(read(), "pult_request_seconds_count", **labels)
    for number in (10_000_001, 10_000_002):
        assert owner.client.get(f"tasks/{number}/").status_code == 404
    found = read()
    assert value(found, "pult_request_seconds_count", **labels) == before + 2
    assert not any("10000001" in str(labels) for _, labels in found)


def test_addresses_that_nobody_has_written_are_no_labels(owner, read):
    owner.client.get("nothing/of/the/kind/")
    assert not any("of/the/kind" in str(labels) for _, labels in read())


def test_failures_of_promises_are_counted(company, read, monkeypatch):
    monkeypatch.setattr(delivery, "take", lambda *told: {"1"})
    monkeypatch.setattr(delivery, "_settle", lambda *told: None)
    monkeypatch.setattr(delivery, "tell", lambda *told: 1 / 0)
    before = value(read(), "pult_promise_failures_total", kind=FACT, error="ZeroDivisionError")
    delivery.keep(delivery.Parcel(company.schema, FACT, (("1", 1, 1),)))
    found = read()
    assert value(found, "pult_promise_failures_total", kind=FACT, error="ZeroDivisionError") == before + 1
    assert value(found, "pult_promise_seconds_count", kind=FACT) >= 1


def test_queues_and_companies_are_told_as_they_stand(company, read):
    before = value(read(), "pult_outbox_waiting")
    with control_scope():
        Outbox.objects.create(company=company.schema, kind="fact", subject_id=1)
    found = read()
    assert value(found, "pult_outbox_waiting") == before + 1
    assert value(found, "pult_companies", status="active") >= 1
    assert value(found, "pult_database_up") == 1
    assert not any(company.slug in str(labels) or company.schema in str(labels) for _, labels in found)


def test_a_lost_database_is_a_figure_too(read, monkeypatch):
    from django.db import OperationalError

    def lost(**told):
        raise OperationalError

    monkeypatch.setattr(told, "control_scope", lost)
    assert value(read(), "pult_database_up") == 0


_COUNT = "from core.metrics import SOCKETS, RECYCLED; SOCKETS.inc(); RECYCLED.inc()"


def test_processes_are_added_up_and_what_the_dead_held_open_is_gone(tmp_path):
    """Two processes count and end without a word; a third adds them up."""
    environment = os.environ | {"PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}
    for _ in range(2):
        subprocess.run([sys.executable, "-c", _COUNT], env=environment, cwd=ROOT, check=True)
    ask = "import django; django.setup(); from infra.metrics import *; from infra.metrics import _counted;"
    ask += "print(generate_latest(_counted()).decode())"
    environment["DJANGO_SETTINGS_MODULE"] = "infra.settings"
    done = subprocess.run([sys.executable, "-c", ask], env=environment, cwd=ROOT, check=True, capture_output=True)
    lines = done.stdout.decode().splitlines()
    assert "pult_backends_recycled_total 2.0" in lines
    assert not any(line.startswith("pult_sockets ") and not line.endswith(" 0.0") for line in lines)
