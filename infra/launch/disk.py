"""Room on the disk: asked before something big is written, named when it is missing."""

from __future__ import annotations

import shutil
from pathlib import Path

from infra.launch.errors import LaunchRefused

MEGABYTE = 2**20


def disk_is_full(folder: Path, needed: int) -> LaunchRefused:
    """Build the refusal for a full disk; `needed` is in bytes."""
    free = shutil.disk_usage(folder).free // MEGABYTE
    return LaunchRefused(
        f"На диске с папкой {folder} мало места: свободно {free} МБ, нужно {needed // MEGABYTE} МБ.",
        "Освободите место и повторите команду: сделанное не пропадёт.",
    )


def require_free_space(folder: Path, needed: int) -> None:
    """Refuse to begin when fewer than `needed` bytes are free."""
    if shutil.disk_usage(folder).free < needed:
        raise disk_is_full(folder, needed)
