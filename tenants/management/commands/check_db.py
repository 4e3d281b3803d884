"""Say in Russian what is wrong with the database server, if anything."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, OutputWrapper
from django.db import OperationalError

from tenants.provisioning.server import judge, read_facts
from tenants.startup import refuse_mighty_role


class Command(BaseCommand):
    help = "Checks version, locale, extensions, roles and settings of the server in DATABASE_URL."
    requires_system_checks: list[str] = []

    def handle(self, *args, **options) -> None:
        check_server(self.stdout)
        self.stdout.write("База данных в порядке.")


def check_server(out: OutputWrapper) -> None:
    """Print what is wrong; CommandError when the product must not start on this server."""
    try:
        refuse_mighty_role()
        facts = read_facts()
    except OperationalError as failure:
        raise CommandError(f"Не удалось войти в базу данных: {failure}".strip()) from failure
    except ImproperlyConfigured as refusal:
        raise CommandError(str(refusal)) from refusal
    found = judge(
        facts,
        must_be_durable=settings.DATABASE_MUST_BE_DURABLE,
        connections_needed=settings.DATABASE_CONNECTIONS_NEEDED,
    )
    for finding in found:
        out.write(f"  {'✗' if finding.grave else '!'} {finding.sentence} {finding.advice}")
    if any(finding.grave for finding in found):
        raise CommandError("С такой базой данных Пульт не запустится.")
