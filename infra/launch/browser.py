"""Finds a Chromium for browser journeys, or brings one without root: journeys are never skipped."""

from __future__ import annotations

import fcntl
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.sax.saxutils import escape

from infra.launch.apt_packages import AptFailed, unpack
from infra.launch.errors import LaunchRefused
from infra.launch.machine import tool_environment
from infra.launch.progress import Progress, ToolFailed

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / ".cache"
NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
# Headless, without the sandbox that needs rights a container lacks, and silent towards the network.
ARGUMENTS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
PACKAGES = ("chromium", "fonts-dejavu-core")
LIBRARY_FOLDERS = ("usr/lib/*-linux-gnu", "lib/*-linux-gnu", "usr/lib", "usr/lib/*-linux-gnu/*")
START_TIMEOUT = 60.0
UNPACKED = CACHE / "chromium"
WRAPPER = UNPACKED / "chromium.sh"
DOWNLOADS = CACHE / "ms-playwright"
DOWNLOADED = "chromium-*/chrome-linux*/chrome"
DOWNLOAD_TIMEOUT = "20000"
PROBE = "data:text/html,<title>ready</title><p>works</p>"


def chromium_path() -> Path:
    """Return a Chromium that really starts: CHROMIUM, PATH, Playwright's download, an unpacked package.

    A CHROMIUM that does not start is an error, not a reason to look further.
    """
    asked = os.environ.get("CHROMIUM")
    if asked:
        found = shutil.which(asked)
        if found and starts(Path(found)):
            return Path(found)
        raise LaunchRefused(f"Браузер из переменной CHROMIUM не запускается: {asked}.", "Исправьте её или уберите.")
    (CACHE / "home").mkdir(parents=True, exist_ok=True)
    with _alone(CACHE / "browser.lock"):
        for candidate in _candidates(Progress(CACHE / "browser.log", 2)):
            if starts(candidate):
                return candidate
    raise LaunchRefused(
        "Для проверок в браузере нужен Chromium, а его нет, и поставить его самому не удалось.",
        f"Поставьте: sudo apt install chromium (или задайте CHROMIUM=/путь). Журнал: {CACHE / 'browser.log'}",
    )


def starts(program: Path) -> bool:
    """Say whether this browser shows a page: a missing library is seen only when it runs."""
    with tempfile.TemporaryDirectory(prefix="pult-chromium-") as profile:
        try:
            told = subprocess.run(
                [program, *ARGUMENTS, f"--user-data-dir={profile}", "--dump-dom", PROBE],
                capture_output=True,
                text=True,
                timeout=START_TIMEOUT,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired):
            return False
    return "works" in told.stdout


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Let one process at a time look: workers of one test run that each brought a browser would undo each other."""
    with path.open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _candidates(progress: Progress) -> Iterator[Path]:
    for name in NAMES:
        found = shutil.which(name)
        if found:
            yield Path(found)
    yield from _downloaded()
    yield from [WRAPPER] if WRAPPER.exists() else []
    ways: tuple[Callable[[Progress], list[Path]], ...] = (_download_by_playwright, _unpack_package)
    for way in ways:
        try:
            yield from way(progress)
        except (AptFailed, ToolFailed):
            continue


def _downloaded() -> list[Path]:
    """Return every Chromium Playwright has downloaded, for this user or into this checkout."""
    folders = [Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or "~/.cache/ms-playwright").expanduser(), DOWNLOADS]
    return [found for folder in folders for found in sorted(folder.glob(DOWNLOADED), reverse=True)]


def _download_by_playwright(progress: Progress) -> list[Path]:
    progress.say("Chromium не нашёлся, скачиваю его через Playwright…")
    env = {
        **tool_environment(CACHE),
        "PLAYWRIGHT_BROWSERS_PATH": str(DOWNLOADS),
        "PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT": DOWNLOAD_TIMEOUT,
    }
    progress.run([sys.executable, "-m", "playwright", "install", "chromium"], env=env, cwd=ROOT)
    return _downloaded()


def _unpack_package(progress: Progress) -> list[Path]:
    """Unpack the distribution's Chromium with the libraries and fonts this system lacks."""
    home = UNPACKED
    if not home.exists():
        progress.say("Распаковываю Chromium в .cache/chromium, права администратора не нужны…")
        unpack(PACKAGES, home, progress, tool_environment(CACHE))
    binary = home / "usr" / "lib" / "chromium" / "chromium"
    if not binary.exists():
        # Ubuntu's package is a pointer to a snap.
        raise AptFailed("chromium")
    return [_wrapper(home, binary)]


def _wrapper(home: Path, binary: Path) -> Path:
    """Write the script that starts the unpacked browser with its own libraries and fonts."""
    libraries = [str(folder) for pattern in LIBRARY_FOLDERS for folder in sorted(home.glob(pattern)) if folder.is_dir()]
    fonts = home / "fonts.conf"
    fonts.write_text(
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>\n'
        f"  <dir>{escape(str(home))}/usr/share/fonts</dir>\n  <dir>/usr/share/fonts</dir>\n"
        f"  <cachedir>{escape(str(home))}/font-cache</cachedir>\n"
        + "".join(
            f"  <alias><family>{family}</family><prefer><family>{ours}</family></prefer></alias>\n"
            for family, ours in (
                ("sans-serif", "DejaVu Sans"),
                ("serif", "DejaVu Serif"),
                ("monospace", "DejaVu Sans Mono"),
            )
        )
        + "</fontconfig>\n"
    )
    WRAPPER.write_text(
        "#!/bin/sh\n"
        f"export LD_LIBRARY_PATH={shlex.quote(':'.join(libraries))}${{LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}}\n"
        f"export FONTCONFIG_FILE={shlex.quote(str(fonts))}\n"
        f'exec {shlex.quote(str(binary))} "$@"\n'
    )
    WRAPPER.chmod(0o755)
    return WRAPPER


def main() -> int:
    """Print the path, for `make` and for people who look for the browser of the journeys."""
    try:
        print(chromium_path())
    except LaunchRefused as refused:
        print(f"{refused.sentence}\n{refused.advice}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
