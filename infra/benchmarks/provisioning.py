"""From confirmation to a usable company, with few and with many companies, with a filled and an empty pool."""

import re
import time

from infra.benchmarks.field import Field
from infra.benchmarks.figures import Figure, figure, percentile

FEW, MANY, TRIES = 10, 1000, 12


def run() -> list[Figure]:
    """Confirm-to-first-answer with 10 companies and with 1,000."""
    with Field("few", POOL_SIZE=str(TRIES + 2)) as field:
        field.many_companies(FEW)
        few = _filled(field, "few")
    with Field("few-empty", POOL_SIZE="0") as field:
        empty = _filled(field, "void")
    with Field("thousand", keep=True, POOL_SIZE=str(TRIES + 2)) as field:
        field.many_companies(MANY)
        many = _filled(field, f"many{int(time.time())}")
        sizes = _sizes(field)
    return [
        figure("provisioning: компания готова, полный запас, p50", percentile(few, 0.5), "мс", most=300),
        figure("provisioning: компания готова, пустой запас, p50", percentile(empty, 0.5), "мс", most=1500),
        figure("provisioning: то же при 1000 компаний к 10, p50", percentile(many, 0.5), "мс",
               floor=percentile(few, 0.5), most=1.5),
        *sizes,
    ]  # fmt: skip


def _filled(field: Field, prefix: str) -> list[float]:
    """Milliseconds from sending the code to the first answer of the new company, `TRIES` times."""
    product, times = field.product, []
    for number in range(TRIES):
        slug = f"{prefix}-{number}"
        email = f"owner@{slug}.example"
        form = {
            "email": email,
            "company": slug,
            "slug": slug,
            "full_name": "Крылова Анна",
            "password": "parol-dlinnyy-1",
        }
        product.call("POST", "signup/", form)
        code = re.search(r"\d{6}", product.letter(email)["subject"]).group()  # type: ignore[union-attr]
        begun = time.perf_counter()
        status, made = product.call("POST", "signup/confirm/", {"email": email, "code": code})
        if status != 201:
            raise RuntimeError(made)
        if product.call("GET", "me/", slug=slug, token=made["token"])[0] != 200:
            raise RuntimeError("the company does not answer")
        times.append((time.perf_counter() - begun) * 1000)
    return times


def _sizes(field: Field) -> list[Figure]:
    with field.database() as connection:
        row = connection.execute(
            "SELECT (SELECT count(*) FROM tenants_company),"
            " (SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relnamespace::regnamespace::text LIKE 't\\_%'),"
            " pg_database_size('pult'), (SELECT sum(pg_total_relation_size(c.oid)) FROM pg_class c"
            " WHERE relnamespace = 'pg_catalog'::regnamespace AND relkind = 'r'), (SELECT count(*) FROM pg_class)"
        ).fetchone()
    companies, tables, size, catalogue, files = row  # type: ignore[misc]
    return [
        figure("provisioning: таблиц на компанию", tables / companies, "шт."),
        figure("provisioning: диск на компанию", float(size) / companies / 2**20, "МБ"),
        figure("provisioning: каталог на компанию", float(catalogue) / companies / 2**20, "МБ"),
        figure("provisioning: отношений в каталоге на компанию", files / companies, "шт."),
    ]
