"""Where the copies of a database lie: by the number of its cluster, so that those of another never mix in."""

from __future__ import annotations

import json
import os
import re
import shutil
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

UNFINISHED = ".unfinished"
PARTIAL = ".partial"
_STAMP = "%Y%m%dT%H%M%S.%fZ"
_SEGMENT = re.compile(r"[0-9A-F]{24}(\.partial)?")
_SEGMENT_BYTES = 16 * 1024 * 1024


@dataclass(frozen=True)
class Base:
    """A finished base copy: what a server can be started from, and the log from `segment` on."""

    folder: Path

    @property
    def finished_at(self) -> datetime:
        return datetime.strptime(self.folder.name, _STAMP).replace(tzinfo=UTC)

    @property
    def segment(self) -> str:
        """Name of the first segment of the log that it needs."""
        told = json.loads((self.folder / "backup_manifest").read_text())["WAL-Ranges"][0]
        high, low = (int(part, 16) for part in told["Start-LSN"].split("/"))
        return f"{told['Timeline']:08X}{high:08X}{low // _SEGMENT_BYTES:08X}"

    @property
    def size(self) -> int:
        return sum(path.stat().st_size for path in self.folder.iterdir())


@dataclass(frozen=True)
class Status:
    """What the keeper says of its copies; moments are ISO texts, empty when there is none yet.

    `wal_at`: whatever was committed before it stands in the copied log. `earliest`: any moment after it comes back.
    """

    base_at: str = ""
    base_bytes: int = 0
    base_seconds: float = 0.0
    earliest: str = ""
    wal_at: str = ""
    wal_bytes: int = 0
    trouble: str = ""


class Shelf:
    """Copies of one cluster in a data folder: `base/<moment>`, `wal/`, `moments/` for what is being brought back."""

    def __init__(self, data_dir: Path, system: str) -> None:
        self.root = backups_folder(data_dir) / system
        self.base, self.wal, self.moments = (self.root / name for name in ("base", "wal", "moments"))

    def make(self, uid: int | None, gid: int | None) -> None:
        """Make the folders; those that the server's programs write to belong to its user."""
        for folder in (self.base, self.wal, self.moments):
            own_folder(folder, uid, gid)

    def bases(self) -> list[Base]:
        """Finished base copies, oldest first."""
        if not self.base.exists():
            return []
        return [Base(path) for path in sorted(self.base.iterdir()) if not path.name.endswith(UNFINISHED)]

    def covering(self, moment: datetime) -> Base | None:
        """The newest base copy that was finished before a moment."""
        return next((one for one in reversed(self.bases()) if one.finished_at <= moment), None)

    def segments(self, first: str) -> list[Path]:
        """The log from a segment on, with the files that tell of its branches; the timeline does not order them."""
        found = sorted(self.wal.iterdir())
        logs = [path for path in found if _SEGMENT.fullmatch(path.name) and path.name[8:24] >= first[8:]]
        return [*logs, *(path for path in found if path.name.endswith(".history"))]

    def forget_older(self, kept: timedelta, now: datetime) -> None:
        """Drop base copies that no moment within the term needs, with the log before the first that stays."""
        bases = self.bases()
        needed = [one for one in bases if one.finished_at >= now - kept]
        older = [one for one in bases if one not in needed]
        # The last of the older ones is where the oldest moments within the term begin.
        for one in older[:-1]:
            shutil.rmtree(one.folder)
        left = self.bases()
        if left:
            first = left[0].segment
            for path in self.wal.iterdir():
                if _SEGMENT.fullmatch(path.name) and path.name[8:24] < first[8:]:
                    path.unlink()

    def log_bytes(self) -> int:
        return sum(_bytes_of(path) for path in self.wal.iterdir())


def _bytes_of(path: Path) -> int:
    """Of a file that may get another name meanwhile: the receiver renames a segment when it is whole."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def own_folder(folder: Path, uid: int | None, gid: int | None) -> Path:
    """Make a folder that the server's user writes to and nobody else reads."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    if uid is not None:
        os.chown(folder, uid, -1 if gid is None else gid)
    return folder


def backups_folder(data_dir: Path) -> Path:
    return data_dir / "backups"


def stamp(moment: datetime) -> str:
    """How a moment is written in names of folders."""
    return moment.astimezone(UTC).strftime(_STAMP)


def write_status(data_dir: Path, status: Status) -> None:
    """Leave for whoever asks how the copies stand; whole or not at all."""
    path = backups_folder(data_dir) / "status.json"
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(asdict(status), ensure_ascii=False))
    fresh.replace(path)


def read_status(data_dir: Path) -> Status | None:
    """What the keeper said last; None where none has ever worked."""
    try:
        return Status(**json.loads((backups_folder(data_dir) / "status.json").read_text()))
    except FileNotFoundError:
        return None
