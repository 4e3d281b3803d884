"""What `/proc` knows about running processes: enough to recognise our own orphans and nobody else."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

PROC = Path("/proc")
POLL = 0.02


def pids() -> Iterator[int]:
    """Yield the ids of all processes we can see."""
    for entry in os.listdir(PROC):
        if entry.isdigit():
            yield int(entry)


def _stat_fields(pid: int) -> list[str]:
    """Return the fields of /proc/<pid>/stat after the command name, or nothing when it is gone."""
    with suppress(OSError):
        return (PROC / str(pid) / "stat").read_text(errors="replace").rpartition(")")[2].split()
    return []


def is_running(pid: int) -> bool:
    """Say whether the process still runs; a zombie waiting for its parent does not."""
    fields = _stat_fields(pid)
    return bool(fields) and fields[0] not in ("Z", "X")


def parent(pid: int) -> int:
    """Return the id of the parent process, 0 when there is none."""
    fields = _stat_fields(pid)
    return int(fields[1]) if fields else 0


def command_name(pid: int) -> str:
    """Return the short command name, empty when the process is gone."""
    with suppress(OSError):
        return (PROC / str(pid) / "comm").read_text(errors="replace").strip()
    return ""


def working_folder(pid: int) -> str:
    """Return the current folder of the process, empty when it is gone or not ours to see."""
    with suppress(OSError):
        return os.readlink(PROC / str(pid) / "cwd")
    return ""


def has_environment(pid: int, name: str, value: str) -> bool:
    """Say whether the process was started with this environment variable."""
    with suppress(OSError):
        return os.fsencode(f"{name}={value}") in (PROC / str(pid) / "environ").read_bytes().split(b"\0")
    return False


def send(pid: int, signal_number: int) -> None:
    """Signal a process that may be gone already."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal_number)


def wait_until(done: Callable[[], bool], seconds: float) -> bool:
    """Poll until the condition holds; False when the time is over first."""
    deadline = time.monotonic() + seconds
    while not done():
        if time.monotonic() > deadline:
            return False
        time.sleep(POLL)
    return True


def wait_gone(ended: Iterable[int], seconds: float) -> bool:
    """Wait until none of the processes runs; False when the time is over first."""
    left = list(ended)
    return wait_until(lambda: not any(is_running(pid) for pid in left), seconds)
