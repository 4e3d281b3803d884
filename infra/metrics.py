"""`/metrics`: what the processes have counted, and how the queues and companies stand at this moment.

Nobody but the collector is meant to read it: it answers to `METRICS_TOKEN` alone, and without one it does not exist.
"""

import hmac
import os
import re
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from redis import RedisError

from core.budgets import refused_lately
from core.context import control_scope
from infra.copies.shelf import read_status
from infra.env import env
from tenants.console.queries import by_status, standing

MULTI = "PROMETHEUS_MULTIPROC_DIR"
_GAUGES = (
    ("pult_outbox_waiting", "Promises that are to be kept"),
    ("pult_outbox_parked", "Promises that wait for the operator"),
    ("pult_outbox_oldest_seconds", "How long the oldest promise has been due"),
    ("pult_wakeup_oldest_seconds", "How long the oldest wakeup has been due"),
    ("pult_workers", "Workers that say that they live"),
    ("pult_pool_ready", "Ready schemas for new companies"),
    ("pult_migration_errors", "Companies whose tables could not be brought to this version"),
    ("pult_company_copy_oldest_seconds", "How old the oldest last nightly copy of a working company is"),
)
_MOST_MS = 2000
_PID = re.compile(r"_(\d+)\.db$")


def metrics(request: HttpRequest) -> HttpResponse:
    """Everything in the text format of Prometheus; 404 to whoever does not bring the token."""
    told = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.METRICS_TOKEN or not hmac.compare_digest(told.encode(), settings.METRICS_TOKEN.encode()):
        return HttpResponse(status=404)
    text = generate_latest(_counted()) + generate_latest(_standing())
    return HttpResponse(text, content_type=CONTENT_TYPE_LATEST, headers={"Cache-Control": "no-store"})


def _counted() -> CollectorRegistry:
    """What all processes that share a folder have counted, or this one when it stands alone."""
    if not os.environ.get(MULTI):
        return REGISTRY
    together = CollectorRegistry()
    for pid in _gone(Path(os.environ[MULTI])):
        # What it has counted stays, what it holds open has ended with it.
        mark_process_dead(pid)
    MultiProcessCollector(together)
    return together


def _gone(folder: Path) -> set[int]:
    """Processes that hold nothing open any more but have not said so."""
    pids = {int(found[1]) for path in folder.glob("gauge_live*.db") if (found := _PID.search(path.name))}
    return {pid for pid in pids if not Path(f"/proc/{pid}").exists()}


def _standing() -> CollectorRegistry:
    registry = CollectorRegistry()
    registry.register(_Standing())
    return registry


class _Standing:
    """Queues and companies as the registry knows them; `pult_database_up` is 0 when it cannot be asked."""

    def collect(self) -> Iterator[Metric]:
        try:
            with control_scope(statement_timeout_ms=_MOST_MS):
                values, companies = standing(), by_status()
        except DatabaseError:
            yield GaugeMetricFamily("pult_database_up", "Whether the database answers", value=0)
            return
        yield GaugeMetricFamily("pult_database_up", "Whether the database answers", value=1)
        for (name, meaning), value in zip(_GAUGES, values, strict=True):
            yield GaugeMetricFamily(name, meaning, value=float(value))
        gauge = GaugeMetricFamily("pult_companies", "Companies by status", labels=["status"])
        for status, count in companies:
            gauge.add_metric([status], count)
        yield gauge
        yield from _refused()
        yield from _copies(time.time())


def _refused() -> Iterator[Metric]:
    """Companies that were refused most lately, by their schemas, never more than a few; nothing without Redis."""
    try:
        found = refused_lately()
    except RedisError:
        return
    gauge = GaugeMetricFamily("pult_company_refused", "Requests refused in this hour and the last", labels=["company"])
    for schema, times in found:
        gauge.add_metric([schema], times)
    yield gauge


def _copies(now: float) -> Iterator[Metric]:
    """How old the copies of the embedded database are; nothing where somebody else makes them."""
    status = read_status(env.data_dir)
    if status is None:
        return
    for name, meaning, moment in (
        ("pult_base_copy_seconds", "Age of the last checked base copy", status.base_at),
        ("pult_log_copy_seconds", "How far the copied log is behind", status.wal_at),
    ):
        if moment:
            yield GaugeMetricFamily(name, meaning, value=max(now - datetime.fromisoformat(moment).timestamp(), 0.0))
