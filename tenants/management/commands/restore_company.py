"""A company from a file."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from tenants.archives.arriving import admit, bring_back
from tenants.archives.errors import ArchiveRefused
from tenants.archives.reading import ArchiveFile
from tenants.archives.rules import COPY
from tenants.snapshots import find


class Command(BaseCommand):
    help = "Brings a company back from its copy, or admits a new one from an export. Others go on undisturbed."

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--slug", default="", help="subdomain of the new company, when that of the export is taken")

    def handle(self, *args, **options) -> None:
        try:
            with options["file"].open("rb") as source:
                archive = ArchiveFile(source)
                company = self._back(archive) if archive.manifest.flavour == COPY else admit(archive, options["slug"])
        except (ArchiveRefused, OSError) as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"{company.name} ({company.slug}): открыта, как было {archive.manifest.made_at}.")

    def _back(self, archive: ArchiveFile):
        company = find(host=f"{archive.manifest.company['slug']}.{settings.BASE_DOMAIN}")
        if company is None:
            raise CommandError(f"Компании с поддоменом {archive.manifest.company['slug']} здесь нет.")
        return bring_back(archive, company.schema)
