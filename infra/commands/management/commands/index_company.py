"""`index_company acme`: have all cards of a company read anew for the search, in the background."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from core.context import company_scope
from core.outbox.queries import wake
from core.search.jobs import ALL
from tenants.snapshots import find


class Command(BaseCommand):
    help = "Has all cards of a company read anew for the search; the worker does it."

    def add_arguments(self, parser) -> None:
        parser.add_argument("slug", help="subdomain of the company")

    def handle(self, *args, **options) -> None:
        company = find(host=f"{options['slug']}.{settings.BASE_DOMAIN}")
        if company is None:
            raise CommandError(f"Компании «{options['slug']}» нет")
        with company_scope(company):
            wake(ALL, timezone.now())
        self.stdout.write(f"Карточки «{options['slug']}» будут прочитаны заново в фоне")
