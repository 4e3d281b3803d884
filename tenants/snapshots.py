"""Snapshots of companies, kept in each process and never older than the registry's last word.

Whoever changes a row says the coming version in Redis *before* the commit, so there is no moment at which the change
stands and nobody was told; a change that cannot be said is refused. Each look at a held snapshot asks Redis for the
version (one round trip); a smaller one is read again. Without Redis, or when Redis has forgotten, the registry is
read. Should a word be lost all the same (a Redis that comes back from an older copy of itself), a snapshot ends after
a minute.

That a host belongs to nobody is remembered too, for some seconds and only while no company has appeared anywhere: an
address that people mistype, or that a scanner tries, costs Redis a question and the registry none.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

import redis
from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import transaction
from django.db.models import OuterRef

from core.askers import Asker
from core.budgets import Budget, Toll, budget_of, note_silence, take
from core.context import Company as Snapshot
from core.context import control_scope, founding
from core.entitlements.allowance import Allowance
from core.errors import Unavailable
from tenants import pulse
from tenants.licensing.source import allowance_now
from tenants.models import Company, Domain
from tenants.queries import locked

log = logging.getLogger(__name__)
SURE_SECONDS = 60.0
# How long a Redis that did not answer is left alone: asking it again costs every request a time-out.
_SILENCE_SECONDS = 2.0
_KEPT = 5000
NOBODY_SECONDS = 5.0
_NOBODIES = 1000
_LIFE_SECONDS = 3600
# A word never goes back: of two writers the later may be heard first.
_SAY = """
local said = redis.call('GET', KEYS[1])
if not said or tonumber(said) < tonumber(ARGV[1]) then
  redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[2])
end
"""


class Word:
    """The last said version of each company, in Redis."""

    def __init__(self, client: Callable[[], Any], clock: Callable[[], float] = time.monotonic) -> None:
        self._client, self._clock, self._silent_until = client, clock, 0.0

    def of(self, schema: str) -> int | None:
        """The version said last; None when Redis does not know or does not answer."""
        if self._clock() < self._silent_until:
            return None
        try:
            said = self._client().get(_key(schema))
        except redis.RedisError:
            self._silent_until = self._clock() + _SILENCE_SECONDS
            log.warning("Redis does not answer; companies are read from the registry")
            return None
        return None if said is None else int(said)

    def of_asking(self, company: Snapshot, budget: Budget, cost: int, asker: Asker) -> tuple[int | None, Toll]:
        """The same where somebody asks for something, with how long he has to wait; nobody waits for Redis."""
        if self._clock() < self._silent_until:
            return None, Toll()
        try:
            return take(self._client(), _key(company.schema), company, budget, cost, asker)
        except redis.RedisError:
            self._silent_until = self._clock() + _SILENCE_SECONDS
            note_silence()
            return None, Toll()

    def say(self, schema: str, version: int) -> None:
        """Tell every process that a version is there or coming; RedisError when it cannot be told."""
        self._client().eval(_SAY, 1, _key(schema), version, _LIFE_SECONDS)

    def of_hosts(self) -> int | None:
        """How often hosts have changed hands; None when Redis does not answer. A Redis emptied meanwhile says 0."""
        if self._clock() < self._silent_until:
            return None
        try:
            return int(self._client().get(_HOSTS) or 0)
        except redis.RedisError:
            self._silent_until = self._clock() + _SILENCE_SECONDS
            return None

    def say_hosts(self) -> None:
        """Tell every process that a host has got an owner; RedisError when it cannot be told."""
        pipe = self._client().pipeline()
        pipe.incr(_HOSTS)
        # It outlives whatever was remembered by it.
        pipe.expire(_HOSTS, _LIFE_SECONDS)
        pipe.execute()

    def remind(self, schema: str, version: int) -> None:
        """Say what was read, so that the next look need not read; no matter if it fails."""
        if self._clock() < self._silent_until:
            return
        try:
            self.say(schema, version)
        except redis.RedisError:
            self._silent_until = self._clock() + _SILENCE_SECONDS


@dataclass(frozen=True)
class _Held:
    snapshot: Snapshot
    read_at: float


class Snapshots:
    """One process's snapshots, by schema and by host; safe for threads."""

    def __init__(
        self,
        word: Word,
        read: Callable[..., Snapshot | None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._word, self._read, self._clock = word, read, clock
        self._held: dict[str, _Held] = {}
        self._schemas: dict[str, str] = {}
        self._nobody: dict[str, tuple[int, float]] = {}
        self._lock = threading.Lock()

    def find(self, *, schema: str = "", host: str = "") -> Snapshot | None:
        """The company of a schema or of a host (without port); None when it does not exist or is gone."""
        held = self._held.get(schema or self._schemas.get(host, ""))
        if held and (not host or host in held.snapshot.hosts) and self._stands(held):
            return held.snapshot
        changes = self._word.of_hosts() if host else None
        if host and self._is_nobodys(host, changes):
            return None
        began = self._clock()
        snapshot = self._read(schema_name=schema) if schema else self._read(domains__domain=host)
        if snapshot is not None:
            self._keep(snapshot, began)
            self._word.remind(snapshot.schema, snapshot.version)
        elif host and changes is not None:
            self._keep_nobody(host, changes, began)
        return snapshot

    def schema_at(self, host: str) -> str:
        """Whose a host was when it was last looked at here; empty when it is not known. Asks nobody, locks nothing."""
        held = self._held.get(self._schemas.get(host, ""))
        return held.snapshot.schema if held and host in held.snapshot.hosts else ""

    def admit(self, host: str, cost: int, asker: Asker) -> tuple[Snapshot | None, Toll]:
        """The company of a host, and how many seconds whoever asks has to wait before he may ask so much; 0: he may.

        Both are told by the same round trip. Of a company that this process looks at for the first time nothing is
        taken: how much it may ask stands in what is to be read.
        """
        held = self._held.get(self._schemas.get(host, ""))
        budget = budget_of(held.snapshot) if held and host in held.snapshot.hosts else None
        if held is None or budget is None or not cost or self._clock() - held.read_at > SURE_SECONDS:
            return self.find(host=host), Toll()
        said, toll = self._word.of_asking(held.snapshot, budget, cost, asker)
        stands = said is not None and held.snapshot.version >= said
        return held.snapshot if stands else self.find(host=host), toll

    def forget(self) -> None:
        """Drop everything held, so that the next question reads the registry."""
        with self._lock:
            self._held.clear()
            self._schemas.clear()
            self._nobody.clear()

    def _is_nobodys(self, host: str, changes: int | None) -> bool:
        """Whether the registry said so some seconds ago and no company has appeared since."""
        known = self._nobody.get(host)
        return known is not None and known[0] == changes and self._clock() - known[1] <= NOBODY_SECONDS

    def _keep_nobody(self, host: str, changes: int, began: float) -> None:
        with self._lock:
            self._nobody.pop(host, None)
            self._nobody[host] = (changes, began)
            while len(self._nobody) > _NOBODIES:
                self._nobody.pop(next(iter(self._nobody)))

    def _stands(self, held: _Held) -> bool:
        if self._clock() - held.read_at > SURE_SECONDS:
            return False
        said = self._word.of(held.snapshot.schema)
        return said is not None and held.snapshot.version >= said

    def _keep(self, snapshot: Snapshot, began: float) -> None:
        with self._lock:
            known = self._held.pop(snapshot.schema, None)
            # A reading that began earlier and ended later must not put an old snapshot over a new one.
            newest = known if known and known.snapshot.version > snapshot.version else _Held(snapshot, began)
            self._held[snapshot.schema] = newest
            self._schemas |= dict.fromkeys(snapshot.hosts, snapshot.schema)
            while len(self._held) > _KEPT:
                oldest = self._held.pop(next(iter(self._held)))
                for host in oldest.snapshot.hosts:
                    self._schemas.pop(host, None)


def find(*, schema: str = "", host: str = "") -> Snapshot | None:
    """The company of a schema or of a host (without port); None when it does not exist or is gone.

    On an own server its hosts are all the company's.
    """
    if host and settings.ONE_COMPANY:
        own = f"{settings.ONE_COMPANY}.{settings.BASE_DOMAIN}"
        if host not in (own, *own_hosts()):
            return None
        host = own
    return snapshots.find(schema=schema, host=host)


def admit(host: str, cost: int, asker: Asker) -> tuple[Snapshot | None, Toll]:
    """The company of a host, and how long whoever asks has to wait because it, or strangers, have asked too often."""
    if settings.ONE_COMPANY:
        return find(host=host), Toll()
    return snapshots.admit(host, cost, asker)


def own_hosts() -> tuple[str, ...]:
    """Hosts at which the only company of an own server is opened, beside its subdomain."""
    return (settings.COMPANY_HOST, settings.BASE_DOMAIN, "localhost", "127.0.0.1")


def note_work(schema: str) -> None:
    """Somebody is at work in a company, for `core.companies`."""
    pulse.note_work(schema)


def touch(company: Company, *fields: str) -> None:
    """Write fields of a company's locked row with a new version, said to all processes before the commit.

    In a control scope, with the row from `tenants.queries.locked`. Unavailable when it cannot be said.
    """
    company.version += 1
    try:
        word.say(company.schema_name, company.version)
    except redis.RedisError as silence:
        raise Unavailable("Не удалось сообщить об изменении всем серверам. Повторите через минуту") from silence
    told = {name: getattr(company, name) for name in ("version", *fields)}
    Company.objects.filter(pk=company.pk).update(**told)


def renew(schema: str, change: Callable[[int], bool]) -> int:
    """A change of a company's own rows with its version, for `core.companies.renewed`."""
    with control_scope():
        company = locked(schema)
        with founding(snapshot_of(company)):
            has_moved = change(company.version)
        if has_moved:
            touch(company)
        return company.version


@contextmanager
def inside(company: Company) -> Iterator[None]:
    """The company's own tables, within the transaction that changes its locked row: both stand or neither does."""
    with founding(snapshot_of(company)):
        yield


def announce_hosts() -> None:
    """Say to all processes, once this transaction stands, that a host has got an owner.

    Should it not be heard, they believe the registry again after `NOBODY_SECONDS`.
    """
    transaction.on_commit(word.say_hosts, robust=True)


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
        allowance=allowance_now(company.licence) if settings.ONE_COMPANY else Allowance.of(company.allowance),
    )


_HOSTS_OF_COMPANY = Domain.objects.filter(tenant=OuterRef("pk")).values_list("domain")


def _read(**where: str) -> Snapshot | None:
    with control_scope():
        known = Company.objects.filter(**where).exclude(status__in=["gone", "provisioning"])
        company = known.annotate(known_hosts=ArraySubquery(_HOSTS_OF_COMPANY)).first()
    return None if company is None else snapshot_of(company, tuple(company.known_hosts))


@cache
def _redis() -> redis.Redis:
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=0.5)


_HOSTS = "global:company-hosts"


def _key(schema: str) -> str:
    return f"global:company-version:{schema}"


word = Word(_redis)
snapshots = Snapshots(word, _read)
