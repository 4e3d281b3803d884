"""Where the sockets live: a short private folder outside the data (a socket path ends at 107 bytes)."""

from __future__ import annotations

import hashlib
import os
import stat
from contextlib import suppress
from pathlib import Path

from infra.launch.errors import LaunchRefused

SOCKET_PATH_LIMIT = 107
BASES = ("/tmp", "/var/tmp", "/dev/shm")


def short_run_dir(data: Path) -> Path:
    """Return the private socket folder that belongs to this data folder, the same at every start."""
    mark = hashlib.sha256(os.fsencode(data.resolve())).hexdigest()[:10]
    name = f"pult-{os.geteuid()}-{mark}"
    for base in BASES:
        if os.path.isdir(base) and os.access(base, os.W_OK | os.X_OK):
            return private_dir(Path(base) / name, mode=0o711)
    raise LaunchRefused(
        "Негде создать папку для сокетов: ни одна из папок " + ", ".join(BASES) + " не доступна для записи.",
        "Откройте запись хотя бы в /tmp.",
    )


def private_dir(path: Path, *, mode: int, uid: int | None = None, gid: int | None = None) -> Path:
    """Make the folder or check that the existing one is ours: another user may have planted it."""
    owner = os.geteuid() if uid is None else uid
    path.mkdir(mode=0o700, exist_ok=True)
    found = path.lstat()
    if stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid() != owner:
        os.chown(path, owner, os.getegid() if gid is None else gid)
        found = path.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner:
        raise LaunchRefused(
            f"Папка для сокетов {path} принадлежит другому пользователю.",
            f"Удалите её (rm -r {path}) или задайте другую.",
        )
    path.chmod(mode)
    return path


def checked_socket(path: Path) -> Path:
    """Return the socket path, or say that it is longer than the kernel allows."""
    if len(os.fsencode(path)) > SOCKET_PATH_LIMIT:
        raise LaunchRefused(
            f"Путь к сокету длиннее {SOCKET_PATH_LIMIT} байт: {path}.", "Задайте для сокетов папку с коротким путём."
        )
    return path


def forget_dir(path: Path) -> None:
    """Remove a socket folder when its server has stopped, and the common one when it was the last."""
    with suppress(OSError):
        path.rmdir()
        path.parent.rmdir()
