"""Packages of a Debian-like system unpacked into a folder: no root, nothing changes in the system."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from infra.launch.progress import Progress, ToolFailed

SYSTEM_LISTS = Path("/var/lib/apt/lists")
TO_INSTALL = re.compile(r"^Inst (\S+)", re.MULTILINE)


class AptFailed(Exception):
    """These packages cannot be had here: no apt, no network, or no such package."""


def unpack(packages: Sequence[str], home: Path, progress: Progress, env: Mapping[str, str]) -> Path:
    """Unpack the packages with every dependency the system lacks into `home`; made once, then reused."""
    if home.exists():
        return home
    if not shutil.which("apt-get") or not shutil.which("dpkg-deb"):
        raise AptFailed("apt-get")
    unfinished = home.with_name(f"{home.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    downloads = unfinished / "downloads"
    downloads.mkdir(parents=True)
    apt = _Apt(home.with_name("apt"), progress, {**env, "LC_ALL": "C", "DEBIAN_FRONTEND": "noninteractive"})
    apt.download(packages, downloads)
    for package in sorted(downloads.glob("*.deb")):
        progress.run(["dpkg-deb", "-x", package, unfinished], env=env, cwd=unfinished)
    shutil.rmtree(downloads)
    unfinished.rename(home)
    return home


class _Apt:
    """apt-get with its own lists and cache; it reads the system's sources and what is installed."""

    def __init__(self, state: Path, progress: Progress, env: Mapping[str, str]) -> None:
        self._state = state
        self._progress = progress
        self._env = dict(env)

    def download(self, packages: Sequence[str], folder: Path) -> None:
        """Download by the system's lists; when they are absent or outdated, by fresh ones of our own."""
        if any(SYSTEM_LISTS.glob("*Packages*")):
            try:
                self._download(packages, folder, lists=SYSTEM_LISTS)
                return
            except (ToolFailed, AptFailed):
                shutil.rmtree(folder)
                folder.mkdir()
        own = self._state / "lists"
        (own / "partial").mkdir(parents=True, exist_ok=True)
        try:
            self._progress.run(self._command(own, "update"), env=self._env, cwd=folder)
            self._download(packages, folder, lists=own)
        except ToolFailed as failure:
            raise AptFailed(failure.told) from failure

    def _download(self, packages: Sequence[str], folder: Path, *, lists: Path) -> None:
        names = self._missing(packages, lists)
        self._progress.run(self._command(lists, "download", *names), env=self._env, cwd=folder)

    def _missing(self, packages: Sequence[str], lists: Path) -> list[str]:
        """Ask which packages an installation would add to this system."""
        command = self._command(lists, "install", "--simulate", "--no-install-recommends", *packages)
        told = subprocess.run(command, env=self._env, capture_output=True, text=True, check=False)
        names = TO_INSTALL.findall(told.stdout)
        if told.returncode != 0:
            raise AptFailed(told.stderr)
        # What is installed already (but not found by its user) is unpacked as well.
        return sorted({*names, *packages})

    def _command(self, lists: Path, *arguments: str) -> list[str]:
        (self._state / "archives" / "partial").mkdir(parents=True, exist_ok=True)
        options = {
            "Dir::State::lists": lists,
            "Dir::Cache": self._state,
            "Dir::Cache::archives": self._state / "archives",
            "Debug::NoLocking": "true",
            "Acquire::Retries": "2",
            "Acquire::http::Timeout": "20",
        }
        if os.geteuid() == 0:
            # Otherwise apt downloads as a user of its own, who may not write into our folder.
            options["APT::Sandbox::User"] = "root"
        pairs = [part for name, value in options.items() for part in ("-o", f"{name}={value}")]
        return ["apt-get", "-q", "-y", *pairs, *arguments]
