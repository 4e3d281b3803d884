"""Snapshots of companies, kept in each process and at most a second behind the registry.

A writer bumps `Company.version` in its transaction and publishes it through Redis after commit. A process that holds
a snapshot older than a second asks Redis for the version; every ten seconds, or without Redis, it asks the registry.
"""

import logging
import threading
import time
from dataclasses import dataclass
from functools import cache

import redis
from django.conf import settings
from django.db import transaction

from core.context import Company as Snapshot
from core.context import control_scope
from tenants.models import Company, Domain

log = logging.getLogger(__name__)
FRESH_SECONDS = 0.8
SURE_SECONDS = 10.0
_LIMIT = 5000


@dataclass
class _Held:
    snapshot: Snapshot | None
    checked_at: float
    read_at: float


class Snapshots:
    """Process-wide cache by schema and by host; safe for threads."""

    def __init__(self) -> None:
        self._held: dict[str, _Held] = {}
        self._lock = threading.Lock()

    def get(self, key: str, load) -> Snapshot | None:
        now = time.monotonic()
        held = self._held.get(key)
        if held and now - held.checked_at < FRESH_SECONDS:
            return held.snapshot
        if held and held.snapshot and now - held.read_at < SURE_SECONDS and _published(held.snapshot) is True:
            held.checked_at = now
            return held.snapshot
        snapshot = load()
        with self._lock:
            if len(self._held) >= _LIMIT:
                self._held.clear()
            self._held[key] = _Held(snapshot, now, now)
        return snapshot

    def forget(self) -> None:
        """Drop everything held, so that the next question reads the registry."""
        with self._lock:
            self._held.clear()


snapshots = Snapshots()


def find(*, schema: str = "", host: str = "") -> Snapshot | None:
    """The company of a schema or of a host (without port); None when it does not exist or is gone."""
    if schema:
        return snapshots.get(f"schema:{schema}", lambda: _read(schema_name=schema))
    return snapshots.get(f"host:{host}", lambda: _read(domains__domain=host))


def touch(company: Company, *fields: str) -> None:
    """Write fields of a company's row with a new version and tell all processes after commit. In a control scope."""
    company.version += 1
    Company.objects.filter(pk=company.pk).update(
        version=company.version, **{name: getattr(company, name) for name in fields}
    )
    announce(company.schema_name, company.version)


def announce(schema: str, version: int) -> None:
    """Publish a version after commit."""
    transaction.on_commit(lambda: _publish(schema, version), robust=True)


def snapshot_of(company: Company, hosts: tuple[str, ...] = ()) -> Snapshot:
    """What the rest of the house may know of a company's row."""
    return Snapshot(
        id=company.pk,
        slug=company.slug,
        schema=company.schema_name,
        name=company.name,
        status=company.status,
        modules=frozenset(company.modules),
        version=company.version,
        time_zone=company.time_zone,
        accent=company.accent,
        logo=company.logo,
        hosts=hosts,
    )


def _read(**where: str) -> Snapshot | None:
    with control_scope():
        company = Company.objects.filter(**where).exclude(status__in=["gone", "provisioning"]).first()
        if company is None:
            return None
        hosts = tuple(Domain.objects.filter(tenant=company).values_list("domain", flat=True))
    return snapshot_of(company, hosts)


@cache
def _redis() -> redis.Redis:
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=0.5)


def _key(schema: str) -> str:
    return f"global:company-version:{schema}"


def _publish(schema: str, version: int) -> None:
    _redis().set(_key(schema), version, ex=3600)
    snapshots.forget()


def _published(snapshot: Snapshot) -> bool | None:
    """True when the published version is the held one or none is published; None when Redis cannot say."""
    try:
        version = _redis().get(_key(snapshot.schema))
    except redis.RedisError:
        log.warning("Redis does not answer; reading the registry")
        return None
    return version is None or int(version) == snapshot.version
