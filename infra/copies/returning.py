"""One company as it was at a moment: beside itself for comparison, or in its own place among its neighbours.

Each step leaves a file that appears whole or not at all, so the same command goes on where it was interrupted.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from core.attachments.collecting import keep_for_copies
from core.attachments.models import Attachment
from core.context import Company, company_scope
from core.failpoints import Failpoint
from core.storage import CompanyStore
from infra.env import ROOT
from infra.launch.postgres_home import PostgresHome
from infra.launch.secrets import load_secrets
from tenants.archives.arriving import admit, bring_back, close, let_in, note_return
from tenants.archives.reading import ArchiveFile
from tenants.archives.rules import COPY
from tenants.archives.writing import write_archive_file
from tenants.snapshots import find

from .errors import AbsentThen, AnotherWaits, CopyRefused, NoCopies, NothingKept, NotYet
from .moment import ServerAt
from .server import LivingServer
from .shelf import Shelf, backups_folder, stamp

CARRIED, KEPT = Failpoint("return.carried"), Failpoint("return.kept")
_ABSENT = 3
_MOST_TOLD = 50


@dataclass(frozen=True)
class Record:
    """A company that was brought back and whose former state is kept: to which moment, where that state lies."""

    slug: str
    moment: str
    before: str
    is_done: bool = False


class Return:
    """The way of one company back to a moment.

    `side` is the environment of a server that somebody else has brought to the moment; without it ours is started from
    the embedded copies. Errors: CopyRefused, ArchiveRefused, LaunchRefused.
    """

    def __init__(
        self, data_dir: Path, company: Company, moment: datetime, *, side: dict[str, str], say: Callable[[str], None]
    ) -> None:
        if moment >= datetime.now(UTC):
            raise NotYet()
        self._data_dir, self._company, self._moment, self._say = data_dir.resolve(), company, moment, say
        self._side = side
        self._folder = backups_folder(self._data_dir) / "returning" / f"{company.schema}-{stamp(moment)}"

    def beside(self, slug: str) -> Company:
        """Make a company of what this one was, under another subdomain; it plans nothing and writes to nobody."""
        path = self._carried("export.zip", export=True)
        with path.open("rb") as source:
            row = admit(ArchiveFile(source), slug, quiet=True)
        note_return(row.schema_name, self._moment.isoformat())
        self._forget()
        return _open(row.schema_name)

    def in_place(self) -> Company:
        """Make the company what it was; what it is now is kept until it is confirmed or taken back."""
        schema = self._company.schema
        kept = read_record(self._data_dir, schema)
        if kept and (kept.is_done or kept.moment != self._moment.isoformat()):
            raise AnotherWaits(kept.slug, kept.moment)
        path = self._carried("copy.zip", export=False)
        CARRIED.reach()
        close(schema)
        before = kept_folder(self._data_dir) / f"{schema}-{stamp(self._moment)}.zip"
        if not before.exists():
            self._say("Сохраняю нынешнее состояние…")
            self._keep(before)
        record = Record(self._company.slug, self._moment.isoformat(), before.name)
        write_record(self._data_dir, schema, record)
        KEPT.reach()
        self._say("Возвращаю данные компании на место…")
        with path.open("rb") as source:
            bring_back(ArchiveFile(source), schema)
        keep_for_copies(self._company)
        note_return(schema, self._moment.isoformat())
        write_record(self._data_dir, schema, Record(record.slug, record.moment, record.before, is_done=True))
        self._forget()
        return _open(schema)

    def _keep(self, path: Path) -> None:
        try:
            write_archive_file(self._company, COPY, path, rows_only=True)
        except Exception:
            # Nothing has changed yet: people go on with what stands.
            let_in(self._company.schema)
            raise

    def _carried(self, name: str, *, export: bool) -> Path:
        """The archive of the company as it was, carried out of a server at that moment."""
        path = self._folder / name
        if path.exists():
            return path
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self._side:
            self._carry(path, self._side, export=export)
            return path
        server = self._server()
        try:
            server.start()
            self._say("База на этот момент поднята, переношу компанию…")
            self._carry(path, server.variables(load_secrets(self._data_dir)), export=export)
        finally:
            server.stop()
        server.forget()
        return path

    def _server(self) -> ServerAt:
        address = os.environ.get("DATABASE_URL", "")
        if not (self._data_dir / "postgres").exists() or not backups_folder(self._data_dir).exists():
            raise NoCopies()
        living = LivingServer(self._data_dir, address)
        home = PostgresHome(self._data_dir / "postgres")
        shelf = Shelf(self._data_dir, living.system())
        shelf.make(home.uid, home.gid)
        living.reach()
        return ServerAt(shelf, self._moment, password=living.password, say=self._say)

    def _carry(self, path: Path, variables: dict[str, str], *, export: bool) -> None:
        """Bring the company there to the tables of this code, and write it down; in a process that sees that server."""
        flags = ["--export"] if export else []
        command = [sys.executable, str(ROOT / "manage.py"), "carry_company", self._company.schema, str(path), *flags]
        done = subprocess.run(
            command, env=os.environ | variables, cwd=ROOT, check=False, capture_output=True, text=True
        )
        if done.returncode == _ABSENT:
            raise AbsentThen(self._company.slug)
        if done.returncode:
            raise CopyRefused(f"Перенести компанию из копии не удалось:\n{done.stderr.strip()[-2000:]}")

    def _forget(self) -> None:
        for path in self._folder.iterdir():
            path.unlink()
        self._folder.rmdir()


def undo(data_dir: Path, company: Company, say: Callable[[str], None]) -> Company:
    """Make the company what it was before it was brought back; what it has been since is gone. NothingKept."""
    record = _must_be_kept(data_dir, company)
    say("Возвращаю состояние до восстановления…")
    with (kept_folder(data_dir) / record.before).open("rb") as source:
        archive = ArchiveFile(source)
        bring_back(archive, company.schema)
    keep_for_copies(company)
    note_return(company.schema, archive.manifest.made_at)
    confirm(data_dir, company)
    return _open(company.schema)


def confirm(data_dir: Path, company: Company) -> None:
    """Forget the state that stood before the company was brought back. NothingKept."""
    record = _must_be_kept(data_dir, company)
    (kept_folder(data_dir) / record.before).unlink(missing_ok=True)
    _record_path(data_dir, company.schema).unlink()


def missing_files(company: Company) -> list[str]:
    """Files that cards name and the store does not hold any more, for people; the first of them."""
    store = CompanyStore(company.schema)
    there = {one.key for page in store.pages() for one in page}
    with company_scope(company):
        ready = Attachment.objects.filter(state=Attachment.State.READY, deleted_at__isnull=True)
        rows = ready.order_by("pk").values_list("name", "entity__number", "storage_key", "shared_key")
        return _told(rows, there)


def kept_folder(data_dir: Path) -> Path:
    folder = backups_folder(data_dir.resolve()) / "kept"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def read_record(data_dir: Path, schema: str) -> Record | None:
    """What is kept of a company's state before it was brought back; None when nothing is."""
    try:
        return Record(**json.loads(_record_path(data_dir, schema).read_text()))
    except FileNotFoundError:
        return None


def write_record(data_dir: Path, schema: str, record: Record) -> None:
    path = _record_path(data_dir, schema)
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(asdict(record), ensure_ascii=False))
    fresh.rename(path)


def _record_path(data_dir: Path, schema: str) -> Path:
    return kept_folder(data_dir) / f"{schema}.json"


def _must_be_kept(data_dir: Path, company: Company) -> Record:
    record = read_record(data_dir, company.schema)
    if record is None:
        raise NothingKept(company.slug)
    return record


def _told(rows: Iterable[tuple[str, str, str, str]], there: set[str]) -> list[str]:
    found = [f"{name} ({number})" for name, number, own, shared in rows if (shared or own) not in there]
    more = [f"и ещё {len(found) - _MOST_TOLD}"] if len(found) > _MOST_TOLD else []
    return found[:_MOST_TOLD] + more


def _open(schema: str) -> Company:
    company = find(schema=schema)
    if company is None:
        raise CopyRefused("Компания пропала во время восстановления. Повторите команду.")
    return company
