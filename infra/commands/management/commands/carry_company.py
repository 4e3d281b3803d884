"""The step of restore_company that works on a server at another moment; nobody calls it by hand."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from tenants.archives.rules import COPY, EXPORT
from tenants.archives.writing import write_archive_file
from tenants.provisioning.fanout import migrate_companies
from tenants.provisioning.plans import behind
from tenants.provisioning.public_schema import migrate_public, store_segments
from tenants.snapshots import find

_ABSENT = 3


class Command(BaseCommand):
    help = "Writes a company of the server that DATABASE_URL names to a file, brought to the tables of this code."

    def add_arguments(self, parser) -> None:
        parser.add_argument("schema")
        parser.add_argument("file", type=Path)
        parser.add_argument("--export", action="store_true")

    def handle(self, *args, **options) -> None:
        # The registry of that moment may be of an earlier version, too.
        if migrate_public(self.stdout.write):
            store_segments()
        company = find(schema=options["schema"])
        if company is None:
            sys.exit(_ABSENT)
        if behind(company.slug):
            store_segments()
            report = migrate_companies(self.stdout.write, only=company.slug)
            if report.failed:
                raise CommandError("Таблицы того времени не приводятся к нынешней версии: " + str(report.failed))
        # Back in its own place it finds its files where they are; a copy elsewhere needs its own.
        is_export = options["export"]
        write_archive_file(company, EXPORT if is_export else COPY, options["file"], rows_only=not is_export)
