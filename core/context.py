"""Which company we are in, and the only doors into its tables.

A scope is one outermost transaction whose first statement sets role, search path and time limit for that
transaction. Nothing is set on the session: commit, rollback and a broken connection all end with no rights.
Sources: docs/decisions/0002-company-scope.md.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import connections, transaction

from core.entitlements.allowance import EVERYTHING, Allowance
from core.metrics import RECYCLED

CONTROL_ROLE = "pult_control"
OWNER_ROLE = "pult_owner"
STATEMENT_TIMEOUT_MS = 15_000
_LIBRARY = "extensions"
_SET = (
    "SELECT set_config('role', %s, true), set_config('search_path', %s, true),"
    " set_config('statement_timeout', %s, true)"
)
_FREEZE = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"
_NOBODY = ("none", "", "0")


@dataclass(frozen=True)
class Company:
    """Snapshot of a company's row in the registry; `version` grows with every change of it."""

    id: int
    slug: str
    schema: str
    name: str
    status: str
    modules: frozenset[str]
    version: int
    time_zone: str = "Europe/Moscow"
    accent: str = ""
    logo: str = ""
    hosts: tuple[str, ...] = field(default=())
    allowance: Allowance = EVERYTHING

    @property
    def logo_version(self) -> str:
        """Names the very picture that stands now; empty when there is none."""
        return self.logo.rpartition("/")[2]

    @property
    def logo_url(self) -> str | None:
        """Where anybody on the company's host finds its logo; another picture has another address."""
        return f"/api/v1/company/logo/{self.logo_version}/" if self.logo else None

    @property
    def is_open(self) -> bool:
        """Whether people may work in it now."""
        return self.status == "active"


_company: ContextVar[Company | None] = ContextVar("company", default=None)
_schema: ContextVar[str | None] = ContextVar("schema", default=None)
_side: ContextVar[str | None] = ContextVar("side", default=None)
_unsettled: ContextVar[bool] = ContextVar("unsettled", default=False)


def current_company() -> Company:
    """The company whose scope is open; a programming error outside one."""
    company = _company.get()
    if company is None:
        raise RuntimeError("No company scope is open.")
    return company


def company_or_none() -> Company | None:
    return _company.get()


def current_schema() -> str | None:
    """Schema of the open scope: a company's, `public` in the control plane, None outside any scope."""
    return _schema.get()


def enabled_modules() -> frozenset[str]:
    return current_company().modules


def is_unsettled() -> bool:
    """Whether the open scope stands within a change of the company's row: what its version names may never come."""
    return _unsettled.get()


def cache_key(key: str, prefix: str, version: int) -> str:
    """Every cache key begins with the company's schema or `global`."""
    schema = _schema.get()
    return f"{schema if schema and schema != 'public' else 'global'}:{prefix}:{version}:{key}"


@contextmanager
def company_scope(
    company: Company, *, statement_timeout_ms: int = STATEMENT_TIMEOUT_MS, frozen: bool = False
) -> Iterator[None]:
    """Work inside one company: one transaction under the company's role, path `<schema>, extensions`.

    A `frozen` one only reads, and all of it as it stands at one moment.
    """
    with _scope(company.schema, company.schema, company, statement_timeout_ms, frozen=frozen):
        yield


@contextmanager
def control_scope(*, statement_timeout_ms: int = STATEMENT_TIMEOUT_MS) -> Iterator[None]:
    """Work with the registry: one transaction under the control role, path `public, extensions`."""
    with _scope(CONTROL_ROLE, "public", None, statement_timeout_ms):
        yield


@contextmanager
def founding(company: Company) -> Iterator[None]:
    """Step from an open control scope into the company whose row in the registry the same transaction writes.

    The only way two schemas meet in one transaction; `tenants` alone opens it, so that a company appears and is
    switched whole or not at all, and its people come in by the address that the registry has of them.
    """
    if _schema.get() != "public":
        raise RuntimeError("A company is founded from an open control scope.")
    token = _unsettled.set(True)
    try:
        with _marked(company.schema, company):
            _apply(company.schema, company.schema, STATEMENT_TIMEOUT_MS)
            _remember_touch(connections["default"], company.schema)
            yield
    finally:
        _unsettled.reset(token)
    _apply(CONTROL_ROLE, "public", STATEMENT_TIMEOUT_MS)


@contextmanager
def owner_scope(
    schema: str, *, side: str, lock_timeout_ms: int = 0, statement_timeout_ms: int = 0, snapshot: str = ""
) -> Iterator[Any]:
    """Change tables of one schema as their owner; yields the connection.

    `side` is `public` or `company` and says which apps may be migrated there. With the name of an exported `snapshot`
    it only reads, and what another transaction sees.
    """
    connection = connections["owner"]
    _refuse_nesting(connection)
    token = _side.set(side)
    try:
        with transaction.atomic(using="owner", durable=True):
            with connection.cursor() as cursor:
                if snapshot:
                    cursor.execute(_FREEZE)
                    cursor.execute("SET TRANSACTION SNAPSHOT %s", [snapshot])
                cursor.execute(_SET, [OWNER_ROLE, f"{schema}, {_LIBRARY}", str(statement_timeout_ms)])
                cursor.execute("SELECT set_config('lock_timeout', %s, true)", [str(lock_timeout_ms)])
            yield connection
    finally:
        _side.reset(token)


def migrating_side() -> str | None:
    return _side.get()


@contextmanager
def migrating(side: str) -> Iterator[None]:
    """Let migrations of one side be planned; no connection is touched."""
    token = _side.set(side)
    try:
        yield
    finally:
        _side.reset(token)


@contextmanager
def _scope(role: str, schema: str, company: Company | None, timeout_ms: int, *, frozen: bool = False) -> Iterator[None]:
    connection = connections["default"]
    if _schema.get() is not None:
        raise RuntimeError(f"A scope of {_schema.get()} is open; scopes do not nest.")
    _refuse_nesting(connection)
    recycle_if_heavy(connection)
    with _marked(schema, company), transaction.atomic(durable=True):
        if frozen:
            with connection.cursor() as cursor:
                cursor.execute(_FREEZE)
        _apply(role, schema, timeout_ms)
        _remember_touch(connection, schema)
        yield
        if connection.in_atomic_block and len(connection.atomic_blocks) > 1 and not connection.needs_rollback:
            # Only a test's own transaction outlives a scope; it must not keep the company's rights.
            with connection.cursor() as cursor:
                cursor.execute(_SET, _NOBODY)


@contextmanager
def _marked(schema: str, company: Company | None) -> Iterator[None]:
    schema_token, company_token = _schema.set(schema), _company.set(company)
    try:
        yield
    finally:
        _company.reset(company_token)
        _schema.reset(schema_token)


def _apply(role: str, schema: str, timeout_ms: int) -> None:
    with connections["default"].cursor() as cursor:
        cursor.execute(_SET, [role, f"{schema}, {_LIBRARY}", str(timeout_ms)])


def _refuse_nesting(connection: Any) -> None:
    blocks = connection.atomic_blocks
    if blocks and not blocks[-1]._from_testcase:
        raise RuntimeError("A transaction is open; a scope must be its outermost part.")


# -- bounded database backends ------------------------------------------------------------------------------------
# PostgreSQL never gives relation caches back, so a backend that has touched many companies grows without end.
_CHECK_EVERY = 15


def _remember_touch(connection: Any, schema: str) -> None:
    touched = connection.__dict__.setdefault("pult_touched", set())
    if schema not in touched:
        touched.add(schema)
        connection.__dict__["pult_new_touches"] = connection.__dict__.get("pult_new_touches", 0) + 1


def recycle_if_heavy(connection: Any) -> None:
    """Close a persistent connection whose backend grew over `BACKEND_MEMORY_MB`; asked after every 15 new companies."""
    if connection.connection is None or connection.in_atomic_block:
        return
    if connection.__dict__.get("pult_new_touches", 0) < _CHECK_EVERY:
        return
    connection.__dict__["pult_new_touches"] = 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT extensions.backend_memory()")
        used = cursor.fetchone()[0]
    if used > settings.BACKEND_MEMORY_MB * 1024 * 1024:
        connection.close()
        connection.__dict__["pult_touched"] = set()
        RECYCLED.inc()
