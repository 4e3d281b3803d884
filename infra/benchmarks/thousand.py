"""The product with 1,000 companies: made once, kept under `.cache/bench`, shared by all that need so many."""

import json
import shutil
import time
from typing import Any

import psycopg

from infra.benchmarks.field import HOME, Field

COMPANIES = 1000
# The kept ones are called c-1, c-2…; all others are guests of one benchmark.
_KEPT = "c-%"
_GUESTS_AT_ONCE = 20
# What refers to a company by a column of its own; children of other rows go first.
_OF_COMPANY = """
    SELECT conrelid::regclass::text, attname FROM pg_constraint
    JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
    WHERE contype = 'f' AND confrelid = 'tenants_company'::regclass
"""
# What is not begun, and what has come due and is not asked for yet.
_LEFT = "SELECT (SELECT count(*) FROM outbox) + (SELECT count(*) FROM wakeups WHERE due_at <= now())"
_SETTLED_WITHIN, _LOOK = 600.0, 1.0
_LETTERS = "DELETE FROM tenants_controlletter WHERE sign_up_id IN (SELECT id FROM tenants_signup WHERE company_id = %s)"


class Thousand(Field):
    """A running product with `COMPANIES` companies, made anew when the code of today cannot bring them along."""

    def __init__(self, **variables: str) -> None:
        super().__init__("thousand", keep=True, **variables)

    def __enter__(self) -> "Thousand":
        super().__enter__()
        try:
            if not self._is_usable():
                self._make_anew()
            self._make()
            self._settle()
        except BaseException:
            self.product.stop()
            raise
        return self

    @property
    def slugs(self) -> list[str]:
        """Subdomains of the kept companies."""
        return [f"c-{number}" for number in range(1, COMPANIES + 1)]

    def owners(self, slugs: list[str]) -> dict[str, dict[str, Any]]:
        """Slug → {token, id} of each company's owner; `id` is his employee card."""
        return json.loads(self.manage("make_tokens", *slugs))

    def guests(self, prefix: str, count: int, *, modules: str) -> list[str]:
        """Companies `<prefix>-1`… for one benchmark, with these modules through commas; gone at the next start."""
        self.manage("make_companies", str(count), "--prefix", prefix, "--modules", modules)
        return [f"{prefix}-{number}" for number in range(1, count + 1)]

    def drain_pool(self) -> None:
        """Drop all ready schemas; with POOL_SIZE=0 nobody makes others."""
        with self.database() as connection:
            rows = connection.execute("DELETE FROM tenants_poolschema RETURNING schema_name").fetchall()
            for (schema,) in rows:
                _drop(connection, schema)

    def _is_usable(self) -> bool:
        with self.database() as connection:
            _send_guests_away(connection)
            broken = "SELECT count(*) FROM tenants_company WHERE status <> 'active' OR migration_error <> ''"
            return connection.execute(broken).fetchone()[0] == 0  # type: ignore[index]

    def _make_anew(self) -> None:
        print("  код этих компаний не знает: делаю заново", flush=True)
        self.product.stop()
        shutil.rmtree(self.data)
        self.product.start()

    def _make(self) -> None:
        with self.database() as connection:
            have = connection.execute("SELECT count(*) FROM tenants_company").fetchone()[0]  # type: ignore[index]
        if have < COMPANIES:
            print(f"  делаю {COMPANIES - have} компаний в {HOME}: минуты и гигабайты, на следующий раз останутся")
            self.manage("make_companies", str(COMPANIES))

    def _settle(self) -> None:
        """Wait until what their making, or the release that has brought them along, has left to do is done."""
        until, left = time.monotonic() + _SETTLED_WITHIN, 1
        while left:
            if time.monotonic() > until:
                raise RuntimeError(f"{left} jobs are still to be done after {_SETTLED_WITHIN:.0f} s")
            time.sleep(_LOOK)
            with self.database() as connection:
                left = connection.execute(_LEFT).fetchone()[0]  # type: ignore[index]


def _send_guests_away(connection: psycopg.Connection[Any]) -> None:
    """Drop companies of earlier benchmarks, so that there are a thousand again."""
    guests = connection.execute(
        "SELECT id, schema_name FROM tenants_company WHERE slug NOT LIKE %s", [_KEPT]
    ).fetchall()
    referring = connection.execute(_OF_COMPANY).fetchall()
    for start in range(0, len(guests), _GUESTS_AT_ONCE):
        with connection.transaction():
            for company, schema in guests[start : start + _GUESTS_AT_ONCE]:
                connection.execute(_LETTERS, [company])
                for table, column in referring:
                    connection.execute(f"DELETE FROM {table} WHERE {column} = %s", [company])
                connection.execute("DELETE FROM outbox WHERE company = %s", [schema])
                connection.execute("DELETE FROM wakeups WHERE company = %s", [schema])
                connection.execute("DELETE FROM tenants_company WHERE id = %s", [company])
                _drop(connection, schema)


def _drop(connection: psycopg.Connection[Any], schema: str) -> None:
    connection.execute(f'DROP SCHEMA "{schema}" CASCADE')
    connection.execute(f'DROP ROLE "{schema}"')
