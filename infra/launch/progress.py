"""What a person sees while things are installed: numbered steps with seconds, the cause of a failure."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from infra.launch.disk import MEGABYTE, disk_is_full
from infra.launch.errors import LaunchRefused
from infra.launch.leash import leashed

HEARTBEAT = 15.0
TICK = 1.0
TAIL_LINES = 15
SPACE_TO_GO_ON = 1500 * MEGABYTE

NO_SPACE = re.compile(r"No space left on device|ENOSPC|os error 28", re.IGNORECASE)
NO_RIGHT = re.compile(r"Permission denied|EACCES|EPERM|os error 13", re.IGNORECASE)
WRONG_HASH = re.compile(r"hash mismatch|do not match the hashes|EINTEGRITY", re.IGNORECASE)
NO_NETWORK = re.compile(
    r"name resolution|resolve host|dns error|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|timed out"
    r"|connection refused|connect error|error sending request|NewConnectionError|Failed to fetch"
    r"|Network is unreachable|certificate|No matching distribution|ProxyError|tunnel",
    re.IGNORECASE,
)


class ToolFailed(Exception):
    """A tool of the installation ended with an error; `told` is the end of what it printed."""

    def __init__(self, told: str) -> None:
        super().__init__(told)
        self.told = told


class Progress:
    """Counts the steps, shows their seconds, keeps the full output of tools in one log file."""

    def __init__(self, log: Path, total: int, out: IO[str] | None = None) -> None:
        self._log = log
        self._total = total
        self._number = 0
        self._out = out or sys.stdout
        self._began = time.monotonic()
        self._title = ""

    def say(self, text: str) -> None:
        """Print one line."""
        print(text, file=self._out, flush=True)

    @contextmanager
    def step(self, title: str, folder: Path) -> Iterator[None]:
        """Announce a step, print its seconds when it is done, explain what a failed tool meant."""
        self._number += 1
        self._title = f"[{self._number}/{self._total}] {title}"
        self._began = time.monotonic()
        self.say(f"{self._title}…")
        try:
            yield
        except ToolFailed as failure:
            raise self._explained(title, failure.told, folder) from failure
        self._close_line()
        self.say(f"{self._title}: готово за {self._seconds()} с")

    def run(self, argv: Sequence[str | Path], *, env: Mapping[str, str], cwd: Path) -> None:
        """Run a tool to its end; its output goes to the log only."""
        self._log.parent.mkdir(parents=True, exist_ok=True)
        command = [str(part) for part in argv]
        with self._log.open("ab") as log:
            log.write(f"\n$ {' '.join(command)}\n".encode())
            log.flush()
            start = log.tell()
            leash = leashed(command, death_signal=signal.SIGTERM)
            with subprocess.Popen(leash, env=env, cwd=cwd, stdin=subprocess.DEVNULL, stdout=log, stderr=log) as tool:
                self._wait(tool)
        if tool.returncode != 0:
            raise ToolFailed(self._log.read_bytes()[start:].decode(errors="replace"))

    def _wait(self, tool: subprocess.Popen[bytes]) -> None:
        next_heartbeat = HEARTBEAT
        try:
            while True:
                try:
                    tool.wait(TICK)
                    return
                except subprocess.TimeoutExpired:
                    next_heartbeat = self._show_life(next_heartbeat)
        except BaseException:
            tool.terminate()
            raise

    def _show_life(self, next_heartbeat: float) -> float:
        passed = time.monotonic() - self._began
        if self._out.isatty():
            print(f"\r{self._title}… {passed:.0f} с", end="", file=self._out, flush=True)
        elif passed > next_heartbeat:
            self.say(f"{self._title}… {passed:.0f} с")
            return next_heartbeat + HEARTBEAT
        return next_heartbeat

    def _close_line(self) -> None:
        if self._out.isatty():
            print("\r", end="", file=self._out)

    def _seconds(self) -> str:
        return f"{time.monotonic() - self._began:.1f}"

    def _explained(self, title: str, told: str, folder: Path) -> LaunchRefused:
        self._close_line()
        if NO_SPACE.search(told):
            return disk_is_full(folder, SPACE_TO_GO_ON)
        if WRONG_HASH.search(told):
            return LaunchRefused(
                "Скачанный пакет не совпал с записанным отпечатком, он не установлен.",
                f"Повторите команду; если не поможет, проверьте прокси и зеркала пакетов. Журнал: {self._log}",
            )
        if NO_RIGHT.search(told):
            return no_write_right(folder)
        if NO_NETWORK.search(told):
            return LaunchRefused(
                "Не удаётся скачать пакеты: источник пакетов недоступен.",
                "Проверьте сеть и прокси (HTTPS_PROXY) и повторите команду: сделанное не пропадёт. "
                f"Журнал: {self._log}",
            )
        tail = "\n".join(told.strip().splitlines()[-TAIL_LINES:])
        return LaunchRefused(f"Шаг «{title}» не удался:\n{tail}\n", f"Полный журнал: {self._log}")


def no_write_right(folder: Path) -> LaunchRefused:
    """Build the refusal for a folder that belongs to somebody else."""
    return LaunchRefused(
        f"Нет права писать в {folder}.",
        f'Верните папку себе: sudo chown -R "$(id -un)" "{folder}"',
    )
