"""One company in one file."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from tenants.archives.rules import COPY, EXPORT
from tenants.archives.writing import write_archive_file
from tenants.snapshots import find


class Command(BaseCommand):
    help = "Writes a company to a file, as it stands at this moment: a copy for this installation, or an export."

    def add_arguments(self, parser) -> None:
        parser.add_argument("slug")
        parser.add_argument("file", type=Path)
        parser.add_argument("--export", action="store_true", help="for elsewhere: without passwords and keys")

    def handle(self, *args, **options) -> None:
        company = find(host=f"{options['slug']}.{settings.BASE_DOMAIN}")
        if company is None:
            raise CommandError(f"Компании с поддоменом {options['slug']} нет.")
        path: Path = options["file"]
        manifest = write_archive_file(company, EXPORT if options["export"] else COPY, path)
        rows = sum(table.rows for table in manifest.tables.values())
        self.stdout.write(f"{path}: таблиц {len(manifest.tables)}, строк {rows}, файлов {len(manifest.files)}.")
        for name in manifest.missing:
            self.stdout.write(f"  ✗ файла {name} в хранилище нет")
