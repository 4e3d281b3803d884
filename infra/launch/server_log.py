"""Log files of the embedded servers: turned over by size at start, read back when a start fails."""

from __future__ import annotations

import os
from pathlib import Path

from infra.launch.disk import MEGABYTE, disk_is_full
from infra.launch.errors import LaunchRefused

LARGEST = 20 * MEGABYTE
KEPT = 3
TAIL = 4096
SPACE_FOR_DATA = 300 * MEGABYTE


def turned_over(path: Path) -> Path:
    """Return the log path to append to; a log above 20 MB becomes `.1`, the oldest of three goes."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists() or path.stat().st_size < LARGEST:
        return path
    for number in range(KEPT - 1, 0, -1):
        older = path.with_name(f"{path.name}.{number}")
        if older.exists():
            older.replace(path.with_name(f"{path.name}.{number + 1}"))
    path.replace(path.with_name(f"{path.name}.1"))
    return path


def written_since(path: Path, offset: int) -> str:
    """Return the end of what was logged after `offset` bytes."""
    with path.open("rb") as log:
        log.seek(max(offset, os.path.getsize(path) - TAIL))
        return log.read().decode(errors="replace").strip()


def start_failed(server: str, log: Path, offset: int) -> LaunchRefused:
    """Build the refusal for a server that ended while starting, with the last lines of its log."""
    tail = written_since(log, offset)
    if "No space left on device" in tail:
        return disk_is_full(log.parent, SPACE_FOR_DATA)
    last_lines = "\n".join(tail.splitlines()[-8:])
    return LaunchRefused(f"{server} не запустился. Последние строки журнала {log}:\n{last_lines}")
