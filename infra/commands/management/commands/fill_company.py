"""`fill_company acme --employees 500 --tasks 100000`: realistic bulk data through COPY."""

import time
from collections.abc import Callable

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from core.context import Company
from core.entities.bulk import refresh_statistics
from core.entities.models import Entity, Participant
from core.registry import registry
from infra.commands.people import fill_employees
from tenants.snapshots import find

EMPLOYEES = "employees"


class Command(BaseCommand):
    help = "Fills a company with many rows: employees, and what each module can make."

    def add_arguments(self, parser) -> None:
        parser.add_argument("slug", help="subdomain of the company")
        for name in fillers():
            parser.add_argument(f"--{name}", type=_count, default=0, metavar="N")

    def handle(self, *args, **options) -> None:
        company = find(host=f"{options['slug']}.{settings.BASE_DOMAIN}")
        if company is None:
            raise CommandError(f"Компании «{options['slug']}» нет")
        for name, fill in fillers().items():
            if options[name]:
                self._fill(company, name, fill, options[name])
        models = [kind.model for kind in registry.live_kinds(company.modules)]
        refresh_statistics(company.schema, [Entity, Participant, *models])

    def _fill(self, company: Company, name: str, fill: Callable[[Company, int], None], count: int) -> None:
        if name != EMPLOYEES and name not in company.modules:
            raise CommandError(f"Модуль «{name}» в этой компании выключен")
        started = time.monotonic()
        fill(company, count)
        self.stdout.write(f"{name}: {count} за {time.monotonic() - started:.1f} с")


def fillers() -> dict[str, Callable[[Company, int], None]]:
    """What can be made, people first: everything else needs them."""
    made = {code: registry.modules[code].fill for code in registry.module_order()}
    return {EMPLOYEES: fill_employees} | {code: fill for code, fill in made.items() if fill}


def _count(text: str) -> int:
    number = int(text)
    if not 0 <= number <= 10_000_000:
        raise ValueError(text)
    return number
