"""A company from a file, or as it was at a moment."""

import tempfile
import time
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from core.context import Company
from infra.copies.errors import CopyRefused
from infra.copies.returning import Return, confirm, missing_files, undo
from infra.env import env
from infra.launch.errors import LaunchRefused
from tenants.archives.arriving import admit, bring_back, note_return
from tenants.archives.errors import ArchiveRefused
from tenants.archives.reading import ArchiveFile
from tenants.archives.rules import COPY
from tenants.copies.queries import bring_copy, days_of_copies
from tenants.snapshots import find


class Command(BaseCommand):
    help = "Brings a company back from its copy or to a moment, or admits a new one. Others go on undisturbed."

    def add_arguments(self, parser) -> None:
        parser.add_argument("source", help="file of an archive, or with --at the company's subdomain")
        parser.add_argument("--slug", default="", help="subdomain of the new company, when that of the export is taken")
        parser.add_argument("--at", default="", metavar="MOMENT", help="2026-11-23T14:05, by the company's clock")
        parser.add_argument("--beside", default="", metavar="SLUG", help="with --at: a copy to compare with, elsewhere")
        parser.add_argument("--night", default="", metavar="DAY", help="2026-11-23: to the nightly copy of that day")
        parser.add_argument("--confirm", action="store_true", help="forget the state before the last restore")
        parser.add_argument("--undo", action="store_true", help="bring the state before the last restore back")
        parser.add_argument("--side", default="", metavar="URL", help="with --at: pult_app at a server brought there")
        parser.add_argument("--side-owner", default="", metavar="URL", help="the same for pult_owner")

    def handle(self, *args, **options) -> None:
        self._begun = time.monotonic()
        try:
            if options["confirm"] or options["undo"]:
                self._decide(options["source"], is_undo=options["undo"])
            elif options["night"]:
                self._to_night(options["source"], options["night"])
            elif options["at"]:
                self._to_moment(options)
            else:
                self._from_file(Path(options["source"]), options["slug"])
        except (ArchiveRefused, CopyRefused, OSError) as refused:
            raise CommandError(str(refused)) from refused
        except LaunchRefused as refused:
            raise CommandError(f"{refused.sentence} {refused.advice}".strip()) from refused

    def _from_file(self, path: Path, slug: str) -> None:
        with path.open("rb") as source:
            archive = ArchiveFile(source)
            if archive.manifest.flavour == COPY:
                company = bring_back(archive, self._company(archive.manifest.company["slug"]).schema)
                note_return(company.schema_name, archive.manifest.made_at)
            else:
                company = admit(archive, slug)
        self.stdout.write(f"{company.name} ({company.slug}): открыта, как было {archive.manifest.made_at}.")

    def _to_night(self, slug: str, day: str) -> None:
        company = self._company(slug)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "copy.zip"
            if not bring_copy(company, day, path):
                raise CommandError(
                    f"Копии за {day} нет. Есть за: {', '.join(days_of_copies(company)) or 'ни за один день'}."
                )
            self._from_file(path, "")
        self._tell_missing(self._company(slug))

    def _to_moment(self, options) -> None:
        company = self._company(options["source"])
        moment = _moment(options["at"], company)
        side = {"DATABASE_URL": options["side"], "DATABASE_OWNER_URL": options["side_owner"]} if options["side"] else {}
        way = Return(env.data_dir, company, moment, side=side, say=self._step)
        if options["beside"]:
            found = way.beside(options["beside"])
            self.stdout.write(
                f"Копия на {moment.isoformat()} открыта: {env.url_of(found.slug)}/ Пароли в неё не переносятся:"
                " войдите через «Забыли пароль?». Она ничего не рассылает."
            )
        else:
            found = way.in_place()
            self.stdout.write(
                f"{found.name} ({found.slug}): открыта, как было {moment.isoformat()}. Прежнее состояние хранится:"
                f" restore_company {found.slug} --confirm удалит его, --undo вернёт."
            )
        self._tell_missing(found)

    def _decide(self, slug: str, *, is_undo: bool) -> None:
        company = self._company(slug)
        if is_undo:
            self._tell_missing(undo(env.data_dir, company, self._step))
            self.stdout.write(f"{company.name} ({slug}): открыта, как было до восстановления.")
        else:
            confirm(env.data_dir, company)
            self.stdout.write("Прежнее состояние удалено.")

    def _step(self, text: str) -> None:
        self.stdout.write(f"{time.monotonic() - self._begun:6.1f} с  {text}")

    def _tell_missing(self, company: Company) -> None:
        for line in missing_files(company):
            self.stdout.write(f"  ✗ файла нет в хранилище: {line}")

    def _company(self, slug: str) -> Company:
        company = find(host=f"{slug}.{settings.BASE_DOMAIN}")
        if company is None:
            raise CommandError(f"Компании с поддоменом {slug} здесь нет.")
        return company


def _moment(text: str, company: Company) -> datetime:
    try:
        told = datetime.fromisoformat(text)
    except ValueError as wrong:
        raise CommandError(f"«{text}» — не момент. Он выглядит так: 2026-11-23T14:05") from wrong
    return told if told.tzinfo else told.replace(tzinfo=ZoneInfo(company.time_zone))
