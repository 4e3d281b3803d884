"""Many small companies for benchmarks and load tests: `make_companies 1000`."""

from django.contrib.auth.hashers import make_password
from django.core.management.base import BaseCommand, CommandError

from core.context import control_scope
from core.registry import registry
from tenants.models import Company
from tenants.provisioning import pool
from tenants.provisioning.companies import Founder, found

PASSWORD = "bench-parol-2026"


class Command(BaseCommand):
    help = "Brings the number of companies to COUNT; they are called c-1, c-2… Prints nothing but errors."

    def add_arguments(self, parser) -> None:
        parser.add_argument("count", type=int)

    def handle(self, *args, **options) -> None:
        password = make_password(PASSWORD)
        with control_scope():
            have = Company.objects.count()
            scripts = pool.scripts_for(registry.preset_modules())
        for number in range(have + 1, options["count"] + 1):
            pool.make_ready(scripts, registry.preset_modules())
            founder = Founder(f"owner@c-{number}.example", "Владелец Компании", password)
            with control_scope():
                schema = pool.claim()
                if schema is None:
                    raise CommandError("В запасе нет готового места для компании.")
                found(slug=f"c-{number}", name=f"Компания {number}", inn="", schema=schema, founder=founder)
