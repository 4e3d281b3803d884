"""One launcher per data folder: the lock, the list of what runs on it, the end of what a killed one left."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from infra.launch import process_table
from infra.launch.errors import LaunchRefused

# Every process of the product carries this variable: it tells our orphans from strangers.
MARKER = "PULT_DATA_DIR"
LOCK = "launcher.lock"
STOPPING = "stopping"
NOTICE_GRACE = 1.0
STOPPING_GRACE = 90.0
ORPHAN_GRACE = 20.0
KILL_GRACE = 10.0


def counts_folder(data_dir: Path) -> Path:
    """An empty folder in which the processes of this start count together (`core/metrics.py`)."""
    folder = run_folder(data_dir) / "counts"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    return folder


def run_folder(data_dir: Path) -> Path:
    """Return the folder of pid files, made when missing."""
    folder = data_dir / "run"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except PermissionError as error:
        raise LaunchRefused(
            f"Нет права писать в {data_dir}.",
            "Задайте другую папку (make run DATA_DIR=/путь) или верните себе права на эту: sudo chown -R $USER.",
        ) from error
    return folder


class DataDirLock:
    """Held while a launcher works on the data; the kernel lets go of it when the launcher dies."""

    def __init__(self, data_dir: Path) -> None:
        self._path = run_folder(data_dir) / LOCK
        self._descriptor: int | None = None

    def acquire(self) -> None:
        """Take the lock or say who holds it."""
        try:
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        except PermissionError as error:
            raise LaunchRefused(
                f"Данные в {self._path.parent.parent} принадлежат другому пользователю.",
                "Запустите Пульт от того же имени, что и раньше, или задайте другую папку: make run DATA_DIR=/путь.",
            ) from error
        self._take(descriptor)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        self._descriptor = descriptor

    def _take(self, descriptor: int) -> None:
        """Wait for a former launcher that is on its way out; refuse when it goes on working."""
        # `make` ends on SIGTERM before its launcher has even noticed the signal.
        if process_table.wait_until(lambda: _taken(descriptor) or _is_stopping(descriptor), NOTICE_GRACE):
            process_table.wait_until(lambda: _taken(descriptor), STOPPING_GRACE)
        if _taken(descriptor):
            return
        holder = _written(descriptor).split()
        os.close(descriptor)
        raise LaunchRefused(
            f"Пульт уже запущен на этих данных (pid {holder[0] if holder else '?'}).",
            "Остановите его или задайте другие порт и папку: make run PORT=8100 DATA_DIR=.data-2.",
        )

    def release(self) -> None:
        """Let the next launcher in."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            os.close(descriptor)

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def say_stopping(data_dir: Path) -> None:
    """Tell the next launcher that this one is about to let go of the data."""
    with (run_folder(data_dir) / LOCK).open("a") as lock:
        lock.write(STOPPING)


def _taken(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _written(descriptor: int) -> str:
    return os.pread(descriptor, 64, 0).decode(errors="replace")


def _is_stopping(descriptor: int) -> bool:
    return STOPPING in _written(descriptor)


def orphans(data_dir: Path) -> list[int]:
    """Return the live processes started on this data, helpers of theirs included; hold the lock while calling."""
    mark = str(data_dir.resolve())
    ours = _self_and_ancestors()
    return [
        pid
        for pid in process_table.pids()
        if pid not in ours and process_table.has_environment(pid, MARKER, mark) and process_table.is_running(pid)
    ]


def _self_and_ancestors() -> set[int]:
    """A launcher may itself be started from a shell that carries the marker."""
    found, pid = set(), os.getpid()
    while pid > 0 and pid not in found:
        found.add(pid)
        pid = process_table.parent(pid)
    return found


def end_orphans(data_dir: Path, *, say: Callable[[str], None] = print, grace: float = ORPHAN_GRACE) -> None:
    """End what a killed launcher left running and forget its pid files; hold the lock while calling."""
    for signal_number, patience in ((signal.SIGTERM, grace), (signal.SIGKILL, KILL_GRACE)):
        left = orphans(data_dir)
        if not left:
            break
        if signal_number == signal.SIGTERM:
            say(f"Нашёл процессы прошлого запуска (pid {', '.join(map(str, left))}), завершаю их…")
        for pid in left:
            process_table.send(pid, signal_number)
        process_table.wait_gone(left, patience)
    left = orphans(data_dir)
    if left:
        raise LaunchRefused(f"Процессы прошлого запуска не завершаются: pid {', '.join(map(str, left))}.")
    for file in run_folder(data_dir).glob("*.pid"):
        file.unlink(missing_ok=True)
