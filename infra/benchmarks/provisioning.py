"""From the confirmation's code to the first answer of the new company: 10 companies and 1,000, pool full and empty.

Before each try the pool is looked at, so that «full» and «empty» are true of every one.
"""

import re
import secrets
import time
from typing import Any

from infra.benchmarks.field import Field
from infra.benchmarks.figures import Figure, figure, percentile
from infra.benchmarks.thousand import COMPANIES, Thousand

FEW, TRIES = 10, 12
FULL, EMPTY = str(TRIES + 2), "0"


def run() -> list[Figure]:
    """p50 of confirm-to-usable, as a ratio of 1,000 companies to 10 as well; what a company takes on the disk."""
    with Field("few", POOL_SIZE=FULL) as field:
        field.manage("make_companies", str(FEW))
        full = _sign_ups(field, "full", ready=True)
    with Field("few", POOL_SIZE=EMPTY) as field:
        field.manage("make_companies", str(FEW))
        empty = _sign_ups(field, "empty", ready=False)
    with Thousand(POOL_SIZE=FULL) as many:
        full_of_many = _sign_ups(many, "guest-full", ready=True)
        sizes = _sizes(many)
    with Thousand(POOL_SIZE=EMPTY) as many:
        many.drain_pool()
        empty_of_many = _sign_ups(many, "guest-empty", ready=False)
    return [
        figure("provisioning: компания готова, полный запас, p50", percentile(full, 0.5), "мс", most=300),
        figure("provisioning: компания готова, пустой запас, p50", percentile(empty, 0.5), "мс", most=1500),
        figure(f"provisioning: полный запас, {COMPANIES} компаний к {FEW}, p50", percentile(full_of_many, 0.5), "мс",
               floor=percentile(full, 0.5), most=1.5),
        figure(f"provisioning: пустой запас, {COMPANIES} компаний к {FEW}, p50", percentile(empty_of_many, 0.5), "мс",
               floor=percentile(empty, 0.5), most=1.5),
        *sizes,
    ]  # fmt: skip


def _sign_ups(field: Field, prefix: str, *, ready: bool) -> list[float]:
    """Milliseconds from sending the code to the first answer of the new company, `TRIES` times."""
    times = []
    # The kept product remembers the letters of earlier runs.
    prefix = f"{prefix}-{secrets.token_hex(2)}"
    for number in range(TRIES):
        email, code = _form(field, f"{prefix}-{number}")
        with field.database() as connection:
            stock = connection.execute("SELECT count(*) FROM tenants_poolschema WHERE is_ready").fetchone()[0]  # type: ignore[index]
        if bool(stock) is not ready:
            raise RuntimeError(f"{stock} ready schemas in the pool")
        times.append(_usable(field, f"{prefix}-{number}", email, code))
    return times


def _form(field: Field, slug: str) -> tuple[str, str]:
    """Fill in the form and read the letter: (address, code)."""
    email = f"owner@{slug}.example"
    form = {"email": email, "company": slug, "slug": slug, "full_name": "Крылова Анна", "password": "parol-dlinnyy-1"}
    status, told = field.product.call("POST", "signup/", form)
    found = re.search(r"\d{6}", field.product.letter(email)["subject"]) if status == 202 else None
    if found is None:
        raise RuntimeError(f"{slug}: {status} {told}")
    return email, found.group()


def _usable(field: Field, slug: str, email: str, code: str) -> float:
    begun = time.perf_counter()
    status, made = field.product.call("POST", "signup/confirm/", {"email": email, "code": code})
    if status != 201:
        raise RuntimeError(f"{slug}: {status} {made}")
    first: tuple[int, Any] = field.product.call("GET", "me/", slug=slug, token=made["token"])
    if first[0] != 200:
        raise RuntimeError(f"{slug} does not answer: {first}")
    return (time.perf_counter() - begun) * 1000


def _sizes(field: Field) -> list[Figure]:
    """What a company costs at rest. Schemas of the pool are counted too: they are companies to be."""
    with field.database() as connection:
        row = connection.execute(
            "SELECT (SELECT count(*) FROM pg_namespace WHERE nspname LIKE 't\\_%'),"
            " (SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relnamespace::regnamespace::text LIKE 't\\_%'),"
            " pg_database_size('pult'), (SELECT sum(pg_total_relation_size(c.oid)) FROM pg_class c"
            " WHERE relnamespace = 'pg_catalog'::regnamespace AND relkind = 'r'), (SELECT count(*) FROM pg_class)"
        ).fetchone()
    schemas, tables, size, catalogue, relations = row  # type: ignore[misc]
    files = sum(1 for path in (field.data / "postgres" / "base").glob("*/*") if path.is_file())
    return [
        figure("provisioning: таблиц на компанию", tables / schemas, "шт."),
        figure("provisioning: диск на компанию", float(size) / schemas / 2**20, "МБ"),
        figure("provisioning: каталог на компанию", float(catalogue) / schemas / 2**20, "МБ"),
        figure("provisioning: отношений в каталоге на компанию", relations / schemas, "шт."),
        figure("provisioning: файлов на компанию", files / schemas, "шт."),
    ]
