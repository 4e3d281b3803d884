"""Many small companies for benchmarks and load tests: `make_companies 1000`."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from django.contrib.auth.hashers import make_password
from django.core.management.base import BaseCommand
from django.db import connections

from core.context import control_scope
from core.registry import registry
from tenants.models import Company, PoolSchema
from tenants.provisioning import pool
from tenants.provisioning.companies import Founder, found
from tenants.provisioning.segments import Script

PASSWORD = "bench-parol-2026"
# The database does the work: two backends at once make a thousand companies in half the time.
WORKERS = 2
_TRIES = 3
# A backend that remembers hundreds of companies takes longer over each new one than making it takes.
_COMPANIES_A_CONNECTION = 20


class Command(BaseCommand):
    help = "Makes those of the companies c-1…c-COUNT that are missing. Prints nothing but errors."

    def add_arguments(self, parser) -> None:
        parser.add_argument("count", type=int)
        parser.add_argument("--prefix", default="c", help="what stands before the number in their subdomains")
        parser.add_argument("--modules", metavar="CODES", help="modules through commas; the preset when not given")

    def handle(self, *args, **options) -> None:
        prefix, named = options["prefix"], options["modules"]
        modules = registry.preset_modules() if named is None else [code for code in named.split(",") if code]
        password = make_password(PASSWORD)
        with control_scope():
            have = set(Company.objects.filter(slug__startswith=f"{prefix}-").values_list("slug", flat=True))
            scripts = pool.scripts_for(modules)
        numbers = iter([number for number in range(1, options["count"] + 1) if f"{prefix}-{number}" not in have])
        with ThreadPoolExecutor(WORKERS) as workers:
            for done in [workers.submit(_make, numbers, prefix, scripts, modules, password) for _ in range(WORKERS)]:
                done.result()


def _make(numbers: Iterator[int], prefix: str, scripts: list[Script], modules: list[str], password: str) -> None:
    """One thread's share: an iterator of a list gives each number once, whoever asks."""
    try:
        for done, number in enumerate(numbers):
            if done % _COMPANIES_A_CONNECTION == 0:
                connections.close_all()
            slug = f"{prefix}-{number}"
            founder = Founder(f"owner@{slug}.example", "Владелец Компании", password)
            _found(slug, f"Компания {number}", founder, scripts, modules)
    finally:
        connections.close_all()


def _found(slug: str, name: str, founder: Founder, scripts: list[Script], modules: list[str]) -> None:
    for _ in range(_TRIES):
        schema_name = pool.make_ready(scripts, modules)
        with control_scope():
            # The pool's job beside us clears away schemas of other modules than the preset.
            schema = PoolSchema.objects.select_for_update().filter(schema_name=schema_name).first()
            if schema is not None:
                PoolSchema.objects.filter(schema_name=schema_name).delete()
                found(slug=slug, name=name, inn="", schema=schema, founder=founder)
                return
    raise LookupError(f"{slug}: the schema made for it was taken or cleared away {_TRIES} times")
