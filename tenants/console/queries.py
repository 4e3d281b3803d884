"""Reads of the console; all in a control scope, none of them opens a company."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from core.outbox.queries import DEAD_SECONDS
from core.rest.filters import Filter, Grammar, Ordering, flag, moment, number, word
from tenants.models import Company, Domain
from tenants.provisioning.pool import expected_fingerprint

from .models import Announcement, Consent, Deed, FormerName, Operator, OperatorSession

_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtextextended('console:operators', 0))"
# A promise that is parked waits for the operator at the end of time.
_STANDING = """
SELECT
  (SELECT count(*) FROM outbox WHERE not_before < 'infinity'),
  (SELECT count(*) FROM outbox WHERE not_before = 'infinity'),
  (SELECT coalesce(greatest(extract(epoch FROM now() - min(not_before)), 0), 0) FROM outbox WHERE worker IS NULL),
  (SELECT coalesce(greatest(extract(epoch FROM now() - min(due_at)), 0), 0) FROM wakeups),
  (SELECT count(*) FROM workers WHERE seen_at > now() - make_interval(secs => %s)),
  (SELECT count(*) FROM tenants_poolschema WHERE is_ready),
  (SELECT count(*) FROM tenants_company WHERE migration_error <> '' AND status <> 'gone'),
  (SELECT coalesce(extract(epoch FROM now() - min(checked_at)), 0) FROM
    (SELECT max(checked_at) AS checked_at FROM tenants_companycopy
     JOIN tenants_company ON tenants_company.id = company_id AND status = 'active' GROUP BY company_id) last)"""
_BY_STATUS = "SELECT status, count(*) FROM tenants_company GROUP BY status ORDER BY status"
_PARKED = """
SELECT outbox.id, outbox.kind, outbox.attempts, outbox.deaths, outbox.error, company.id, company.slug, company.name
FROM outbox LEFT JOIN tenants_company AS company ON company.schema_name = outbox.company
WHERE outbox.not_before = 'infinity' AND (%s::uuid IS NULL OR outbox.id > %s) AND (%s = '' OR outbox.company = %s)
ORDER BY outbox.id LIMIT %s
"""
_FAILING = """
SELECT kind, count(*), max(attempts), max(error) FROM outbox
WHERE error <> '' AND not_before < 'infinity' GROUP BY kind ORDER BY count(*) DESC, kind LIMIT 50
"""
_TROUBLES = """
SELECT company, count(*) FILTER (WHERE not_before = 'infinity'), count(*) FILTER (WHERE not_before < 'infinity')
FROM outbox WHERE error <> '' AND company = ANY(%s) GROUP BY company
"""
_RETRY = """
UPDATE outbox SET attempts = 0, deaths = 0, error = '', worker = NULL, not_before = statement_timestamp()
WHERE id = %s AND not_before = 'infinity' RETURNING company, kind
"""


class Standing(NamedTuple):
    """How the queues stand at this moment; the ages are in seconds."""

    waiting: int
    parked: int
    oldest: float
    oldest_wakeup: float
    workers: int
    pool_ready: int
    migration_errors: int
    oldest_copy: float


class Parked(NamedTuple):
    """Work that was given up; the company's part is empty for the control plane's own."""

    id: uuid.UUID
    kind: str
    attempts: int
    deaths: int
    error: str
    company_id: int | None
    slug: str | None
    name: str | None


def lock_operators() -> None:
    """Let nobody else change operators until the transaction ends: the last chief must stay."""
    with connection.cursor() as cursor:
        cursor.execute(_ONE_AT_A_TIME)


def standing() -> Standing:
    """The queues in one statement, the same at one company and at a thousand."""
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, [DEAD_SECONDS])
        return Standing(*cursor.fetchone())


def by_status() -> list[tuple[str, int]]:
    """How many companies there are of each status."""
    with connection.cursor() as cursor:
        cursor.execute(_BY_STATUS)
        return cursor.fetchall()


def failing() -> list[tuple[str, int, int, str]]:
    """Kinds of work that are tried again now: (kind, how many, most attempts, an error)."""
    with connection.cursor() as cursor:
        cursor.execute(_FAILING)
        return cursor.fetchall()


def parked(*, after: uuid.UUID | None, schema: str, limit: int) -> list[Parked]:
    """Work that waits for the operator, of one company or of all."""
    with connection.cursor() as cursor:
        cursor.execute(_PARKED, [after, after, schema, schema, limit])
        return [Parked(*row) for row in cursor.fetchall()]


def retry(promise_id: uuid.UUID) -> tuple[str, str] | None:
    """Let given up work be tried from the beginning: (schema, kind). None when it is not parked any more."""
    with connection.cursor() as cursor:
        cursor.execute(_RETRY, [promise_id])
        return cursor.fetchone()


def troubles(schemas: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Schema → (work given up, work that fails and is tried again), of those that have any."""
    with connection.cursor() as cursor:
        cursor.execute(_TROUBLES, [list(schemas)])
        return {schema: (given_up, failing_now) for schema, given_up, failing_now in cursor.fetchall()}


def _found(text: str, each: bool) -> Q:
    return Q(name__icontains=text) | Q(slug__icontains=text.lower()) | Q(inn=text)


def _by_activity(rows: QuerySet) -> QuerySet:
    return rows.annotate(seen=F("figures__last_seen_at"))


class _Failed(Filter):
    """Whether the migration of a company has failed."""

    def among(self, values: list[Any]) -> Q:
        has_failed = ~Q(migration_error="")
        return has_failed if values[0] else ~has_failed


COMPANIES = Grammar(
    filters={
        "status": Filter("status", word(*Company.Status.values)),
        "migration_failed": _Failed("migration_error", flag),
        "created_at": Filter("created_at", moment, ("gte", "lte")),
        "seen_at": Filter("figures__last_seen_at", moment, ("gte", "lte")),
    },
    orderings={"created_at": "created_at", "name": "name", "seen_at": Ordering("seen", _by_activity)},
    default_ordering="-created_at",
    search=_found,
)
DEEDS = Grammar(
    filters={
        "company": Filter("company_id", number),
        "operator": Filter("operator_id", number),
        "kind": Filter("kind", str),
        "at": Filter("at", moment, ("gte", "lte")),
    },
    orderings={"id": "id"},
    default_ordering="-id",
)


def companies() -> QuerySet[Company]:
    """Companies that an operator has to do with."""
    return Company.objects.exclude(status__in=[Company.Status.PROVISIONING, Company.Status.GONE])


def deeds() -> QuerySet[Deed]:
    return Deed.objects.select_related("operator")


def migrations_of(rows: Iterable[Company]) -> dict[int, str]:
    """Company → `ready`, `failed`, or `behind` when its tables are of another version than this code.

    Companies differ by few sets of modules: what each set must be like is read once.
    """
    wanted: dict[frozenset[str], str] = {}
    found: dict[int, str] = {}
    for row in rows:
        modules = frozenset(row.modules_installed)
        if modules not in wanted:
            wanted[modules] = expected_fingerprint(modules)
        stands = "ready" if row.fingerprint == wanted[modules] else "behind"
        found[row.pk] = "failed" if row.migration_error else stands
    return found


def living_consent(company_id: int) -> Consent | None:
    """The consent by which the support may enter a company now."""
    return Consent.objects.filter(company=company_id, revoked_at__isnull=True, until__gt=timezone.now()).first()


def consented(company_ids: Iterable[int]) -> dict[int, Consent]:
    """Company → its living consent."""
    rows = Consent.objects.filter(company__in=list(company_ids), revoked_at__isnull=True, until__gt=timezone.now())
    return {row.company_id: row for row in rows}


def announced(plan: str, now: datetime) -> list[Announcement]:
    """What a company of a plan is told now, the newest first."""
    rows = Announcement.objects.filter(withdrawn_at__isnull=True, begins_at__lte=now, ends_at__gt=now)
    return list(rows.filter(Q(plans=[]) | Q(plans__contains=[plan])).order_by("-begins_at", "-id")[:5])


def leaving_names(now: datetime, limit: int) -> list[FormerName]:
    """Former subdomains that need not lead anywhere any more."""
    return list(FormerName.objects.select_related("company").filter(until__lte=now).order_by("until")[:limit])


def hosts_of(company: Company) -> list[Domain]:
    return list(Domain.objects.filter(tenant=company).order_by("-is_primary", "domain"))


def live_sessions(operator_id: int) -> list[OperatorSession]:
    """Browsers and keys of an operator that are good now, the one used last first."""
    rows = OperatorSession.objects.filter(operator=operator_id, revoked_at__isnull=True, expires_at__gt=timezone.now())
    return list(rows.order_by("-last_seen_at", "-pk")[:100])


def heads_of_codes() -> list[bytes]:
    """How the secrets of operators' codes begin: that tells the key which they stand under."""
    found = Operator.objects.filter(totp_secret__isnull=False).values_list("totp_secret", flat=True)
    return [bytes(secret)[:2] for secret in found if secret]
