"""What the installation asks of the machine: rights, room, a path that works, an environment for tools."""

from __future__ import annotations

import os
import pwd
from contextlib import suppress
from pathlib import Path

from infra.launch.disk import MEGABYTE, require_free_space
from infra.launch.errors import LaunchRefused
from infra.launch.progress import no_write_right

SPACE_FOR_ALL = 2500 * MEGABYTE
SPACE_FOR_A_BUILD = 300 * MEGABYTE
# A folder of front-end packages adds up to two hundred bytes, and the kernel ends a path at 4096.
LONGEST_ROOT = 3500
# Settings of another environment that would send our packages elsewhere.
FOREIGN_SETTINGS = (
    "VIRTUAL_ENV", "CONDA_PREFIX", "PYTHONPATH", "PYTHONHOME", "PIP_USER", "PIP_TARGET", "PIP_PREFIX",
    "PIP_REQUIRE_VIRTUALENV", "PIP_REQUIRE_HASHES", "NODE_OPTIONS", "NODE_PATH",
)  # fmt: skip
MACHINE_NPMRC = Path("/etc/npmrc")


def check_folder(root: Path, written: list[Path], *, from_scratch: bool) -> None:
    """Refuse before the first step what would fail in the middle of one."""
    if len(os.fsencode(root)) > LONGEST_ROOT:
        raise path_too_long()
    if os.pathsep in str(root):
        raise LaunchRefused(f"В пути к папке Пульта есть двоеточие: {root}.", "Переименуйте папку.")
    for folder in (root, *written):
        if folder.exists() and not os.access(folder, os.W_OK | os.X_OK):
            raise no_write_right(folder)
    require_free_space(root, SPACE_FOR_ALL if from_scratch else SPACE_FOR_A_BUILD)


def path_too_long() -> LaunchRefused:
    """Build the refusal for a checkout that lies too deep."""
    return LaunchRefused("Путь к папке Пульта слишком длинный.", "Перенесите её ближе к корню диска.")


def _own_home() -> str | None:
    home = os.environ.get("HOME")
    if not home:
        with suppress(KeyError):
            home = pwd.getpwuid(os.geteuid()).pw_dir
    if home and os.path.isdir(home) and os.access(home, os.W_OK | os.X_OK):
        return home
    return None


def tool_environment(cache: Path) -> dict[str, str]:
    """Return the environment for pip, uv and npm; without a usable home HOME is a folder in the cache."""
    env = {name: value for name, value in os.environ.items() if name not in FOREIGN_SETTINGS}
    home = _own_home()
    if home is None:
        home = str(cache / "home")
        env.pop("XDG_CACHE_HOME", None)
    env |= {
        "HOME": home,
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_NO_INPUT": "1",
        "PYTHONUTF8": "1",
        "UV_NO_PROGRESS": "1",
        "CI": "1",
        "npm_config_update_notifier": "false",
    }
    # npm out of a wheel looks for machine-wide settings beside itself and misses the administrator's.
    if MACHINE_NPMRC.exists() and "npm_config_globalconfig" not in {name.lower() for name in env}:
        env["npm_config_globalconfig"] = str(MACHINE_NPMRC)
    return env
