"""A server beside the living one, as the database was at a moment: started from a base copy and the log after it."""

from __future__ import annotations

import os
import shutil
import tarfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from infra.launch.disk import require_free_space
from infra.launch.errors import LaunchRefused
from infra.launch.postgres import EmbeddedPostgres
from infra.launch.stack import DATABASE
from infra.launch.valkey import EmbeddedValkey

from .errors import LogBroken, TooEarly
from .shelf import PARTIAL, Base, Shelf, stamp

# Measured of copies made by gzip at its fastest: what they hold is four to six times as large.
_UNPACKED = 6
_LOG_FOLDER = "copied_log"
_TORN = ("recovery ended before configured recovery target", "requested recovery stop point", "could not locate")


class ServerAt:
    """A database server at a moment, with a broker of its own, in a folder that is kept until `forget`.

    `moment` None is the end of the log: all that was copied. Started again it goes on where it was interrupted.
    """

    def __init__(self, shelf: Shelf, moment: datetime | None, *, password: str, say: Callable[[str], None]) -> None:
        base = shelf.covering(moment or datetime.now(UTC))
        if base is None:
            bases = shelf.bases()
            raise TooEarly(bases[0].finished_at.isoformat() if bases else "первой готовой копии базы")
        self._shelf, self._base, self._moment, self._say = shelf, base, moment, say
        self.folder = shelf.moments / (stamp(moment) if moment else "end")
        self._data = self.folder / "postgres"
        told = {"restore_command": f'cp "{_LOG_FOLDER}/%f" "%p"', "hot_standby": "off", "autovacuum": "off"}
        if moment is not None:
            told |= {"recovery_target_time": moment.astimezone(UTC).isoformat(), "recovery_target_action": "promote"}
        self.postgres = EmbeddedPostgres(self._data, password=password, settings=told, fast=True, say=say)
        self.valkey = EmbeddedValkey(self.folder / "valkey", password=password, fast=True, say=say)

    def start(self) -> None:
        """Unpack the base copy unless that is done, bring it to the moment and open it. LogBroken, LaunchRefused."""
        self.folder.mkdir(mode=0o711, parents=True, exist_ok=True)
        if not self._data.exists():
            self._unpack(self._base)
        try:
            self.postgres.start()
        except LaunchRefused as failure:
            if any(sign in failure.sentence for sign in _TORN):
                self.forget()
                raise LogBroken(failure.sentence) from failure
            raise
        self.valkey.start()

    def stop(self) -> None:
        self.valkey.stop()
        self.postgres.stop()

    def forget(self) -> None:
        """Remove all of it from the disk."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def take(self, place: Path) -> None:
        """Move the stopped server's data to where a living one is started from, without what served to recover it."""
        shutil.rmtree(self._data / _LOG_FOLDER)
        # It was recovered in haste, without waiting for the disk.
        os.sync()
        self._data.rename(place)
        self.forget()

    def variables(self, passwords: dict[str, str]) -> dict[str, str]:
        """Environment by which the product's commands work with this server instead of the living one."""
        host = quote(str(self.postgres.socket_dir), safe="")
        address = f"postgresql://{{}}:{{}}@/{DATABASE}?host={host}&port={self.postgres.port}"
        return {
            "DATABASE_URL": address.format("pult_app", quote(passwords["app_password"])),
            "DATABASE_OWNER_URL": address.format("pult_owner", quote(passwords["owner_password"])),
            "REDIS_URL": f"unix://:{quote(self.postgres.dsn()['password'])}@{self.valkey.socket}",
        }

    def _unpack(self, base: Base) -> None:
        require_free_space(self.folder, base.size * _UNPACKED)
        self._say(f"Распаковываю копию базы от {base.finished_at.isoformat()}…")
        fresh = self.folder / "postgres.unpacking"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        _extract(base.folder / "base.tar.gz", fresh)
        (fresh / "pg_wal").mkdir(mode=0o700, exist_ok=True)
        _extract(base.folder / "pg_wal.tar.gz", fresh / "pg_wal")
        self._bring_log(base, fresh / _LOG_FOLDER)
        (fresh / "recovery.signal").touch()
        fresh.rename(self._data)

    def _bring_log(self, base: Base, target: Path) -> None:
        """Give the server the log by the names that it asks for; the segment being written is copied as it stands."""
        target.mkdir(mode=0o700)
        for path in self._shelf.segments(base.segment):
            name = path.name.removesuffix(PARTIAL)
            if path.name == name:
                _link(path, target / name)
            elif not (target / name).exists():
                shutil.copyfile(path, target / name)


def _extract(archive: Path, target: Path) -> None:
    # Not as a stream: the log's archive is several gzip members one after another.
    with tarfile.open(archive, "r:gz") as packed:
        # Made by our own server a moment ago, with its own owners and modes.
        packed.extraction_filter = tarfile.fully_trusted_filter
        packed.extractall(target)


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:
        # Another disk, or one that knows no links.
        shutil.copyfile(source, target)
