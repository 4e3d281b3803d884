"""The installation step by step: says nothing and touches nothing when all is up to date."""

from __future__ import annotations

import errno
import fcntl
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from infra.launch.disk import disk_is_full
from infra.launch.errors import LaunchRefused
from infra.launch.frontend_build import Frontend
from infra.launch.machine import check_folder, path_too_long, tool_environment
from infra.launch.progress import SPACE_TO_GO_ON, Progress, no_write_right
from infra.launch.python_packages import PythonPackages

ROOT = Path(__file__).resolve().parents[2]
INTERRUPTED = 130


@dataclass(frozen=True)
class Step:
    """One part of the installation: what is shown, whether it is done already, how it is done."""

    title: str
    done: Callable[[], bool]
    do: Callable[[Progress], None]


class Installation:
    """What a checkout needs before it can be started."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._cache = root / ".cache"
        env = tool_environment(self._cache)
        self._home = Path(env["HOME"])
        self._python = PythonPackages(root, env)
        self._frontend = Frontend(root, self._python.venv, env)

    def steps(self) -> list[Step]:
        """Return the steps in order; those of the front end only when the checkout has one."""
        python = Step("Ставлю Python-пакеты, базу данных и Node", self._python.up_to_date, self._python.install)
        if not self._frontend.exists():
            return [python]
        frontend = self._frontend
        packages = Step("Ставлю пакеты интерфейса", frontend.packages_up_to_date, frontend.install_packages)
        build = Step("Собираю интерфейс", frontend.build_up_to_date, frontend.build)
        return [python, packages, build]

    def run(self) -> None:
        """Do what is not done yet; a second installation in the same checkout waits for the first."""
        if all(step.done() for step in self.steps()):
            return
        began = time.monotonic()
        written = [self._cache, self._python.venv, self._frontend.folder, self._frontend.folder / "node_modules"]
        check_folder(self._root, written, from_scratch=not self._python.venv.exists())
        self._cache.mkdir(exist_ok=True)
        self._home.mkdir(parents=True, exist_ok=True)
        with _alone(self._cache / "install.lock"):
            left = [step for step in self.steps() if not step.done()]
            if not left:
                return
            progress = Progress(self._cache / "install.log", len(left))
            if not self._frontend.exists():
                progress.say("Папки frontend ещё нет: собирать нечего.")
            for step in left:
                with progress.step(step.title, self._root):
                    step.do(progress)
        print(f"Установка закончена за {time.monotonic() - began:.0f} с.", flush=True)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    with path.open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("В этой папке уже идёт установка, жду её окончания…", flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _run_or_refuse() -> None:
    try:
        Installation(ROOT).run()
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise disk_is_full(ROOT, SPACE_TO_GO_ON) from error
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise no_write_right(ROOT) from error
        if error.errno == errno.ENAMETOOLONG:
            raise path_too_long() from error
        raise


def main() -> int:
    """Install and return the exit code; every expected trouble is one sentence and an advice."""
    sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
    sys.stderr.reconfigure(errors="replace")  # type: ignore[union-attr]
    os.umask(0o022)
    # Ends the running tool in order, as Ctrl-C does.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        _run_or_refuse()
    except LaunchRefused as refused:
        print(f"\n{refused.sentence}\n{refused.advice}".rstrip(), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nУстановка прервана; следующий запуск продолжит её.", file=sys.stderr)
        return INTERRUPTED
    return 0
