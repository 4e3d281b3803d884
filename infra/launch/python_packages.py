"""The Python side of the installation: `.venv` with exactly the packages of `requirements.lock`."""

from __future__ import annotations

import ast
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from infra.launch.apt_packages import AptFailed, unpack
from infra.launch.errors import LaunchRefused
from infra.launch.progress import NO_SPACE, Progress, ToolFailed

# Where packages come from: pip's settings, uv's names for them, what uv puts between several values.
SOURCES = {
    "index-url": ("UV_DEFAULT_INDEX", " "),
    "extra-index-url": ("UV_INDEX", " "),
    "find-links": ("UV_FIND_LINKS", ","),
    "cert": ("SSL_CERT_FILE", " "),
}
UV_SETTINGS = (Path("/etc/uv/uv.toml"), Path(".config/uv/uv.toml"))
PIP_SETTING = re.compile(r"^[^=]*\.(?P<name>[a-z-]+)=(?P<value>'.*')$", re.MULTILINE)
PIP_WHEEL_PACKAGE = "python3-pip-whl"


class PythonPackages:
    """Knows whether `.venv` is up to date and brings it there.

    The stamp inside `.venv` names the lock and the place of the checkout: scripts of a virtual
    environment hold its full path, so a moved checkout gets a new one.
    """

    def __init__(self, root: Path, env: Mapping[str, str]) -> None:
        self._root = root
        self._env = dict(env)
        self._lock = root / "requirements.lock"
        self._uv_pin = root / "infra" / "launch" / "uv.requirements.txt"
        self.venv = root / ".venv"
        self.python = self.venv / "bin" / "python"
        self._stamp = self.venv / ".pult-stamp.json"
        self._tools = root / ".cache" / "tools"
        self._base = str(getattr(sys, "_base_executable", "") or sys.executable)
        self._pip_command: list[str] | None = None

    def up_to_date(self) -> bool:
        """Say whether the packages of the lock are installed, and the interpreter still runs."""
        return self._read_stamp() == self._wanted() and self._interpreter_works()

    def install(self, progress: Progress) -> None:
        """Bring `.venv` to the lock; the stamp is written last, so an interrupted run is repeated."""
        uv = self._uv(progress)
        stamp = self._read_stamp()
        moved = bool(stamp) and stamp.get("root") != str(self._root)
        if moved or not self._interpreter_works():
            shutil.rmtree(self.venv, ignore_errors=True)
            self._create_venv(uv, progress)
        self._stamp.unlink(missing_ok=True)
        self._sync(uv, progress)
        self._stamp.write_text(json.dumps(self._wanted()))

    def _wanted(self) -> dict[str, str]:
        return {"root": str(self._root), "lock": hashlib.sha256(self._lock.read_bytes()).hexdigest()}

    def _read_stamp(self) -> dict[str, str]:
        with suppress(OSError, ValueError):
            return dict(json.loads(self._stamp.read_text()))
        return {}

    def _interpreter_works(self) -> bool:
        """A venv breaks when the interpreter it points to is removed or replaced by another version."""
        with suppress(OSError):
            asked = "import sys; print('python%d.%d' % sys.version_info[:2])"
            told = subprocess.run([self.python, "-I", "-S", "-c", asked], capture_output=True, text=True, check=False)
            return told.returncode == 0 and (self.venv / "lib" / told.stdout.strip()).is_dir()
        return False

    def _create_venv(self, uv: Path | None, progress: Progress) -> None:
        """Without pip in it, so that a Debian without python3-venv manages too."""
        try:
            self._tool(progress, [self._base, "-m", "venv", "--without-pip", self.venv])
        except ToolFailed:
            shutil.rmtree(self.venv, ignore_errors=True)
            if uv is None:
                raise _nothing_to_install_with() from None
            self._tool(progress, [uv, "venv", "--no-project", "--python", self._base, self.venv])

    def _sync(self, uv: Path | None, progress: Progress) -> None:
        if uv is not None:
            # Hashes decide what is right, so any of the machine's sources may serve a package.
            sync: list[str | Path] = [uv, "pip", "sync", "--require-hashes", "--index-strategy", "unsafe-best-match"]
            try:
                self._tool(progress, [*sync, "--python", self.python, self._lock], extra=self._uv_sources(progress))
                return
            except ToolFailed as failure:
                if NO_SPACE.search(failure.told):
                    raise
                progress.say("  uv не справился, ставлю через pip (это дольше)")
        pip: list[str | Path] = [*self._pip(progress), "--python", self.python]
        self._tool(progress, [*pip, "install", "--no-deps", "--require-hashes", "-r", self._lock])

    def _uv(self, progress: Progress) -> Path | None:
        """Return the pinned uv, installed apart from `.venv`; None when this machine cannot run it."""
        pin = hashlib.sha256(self._uv_pin.read_bytes()).hexdigest()[:10]
        home = self._tools / f"uv-{pin}"
        program = home / "bin" / "uv"
        if program.exists():
            return program
        pip = self._pip(progress)
        unfinished = home.with_name(f"{home.name}.unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        try:
            self._tool(
                progress,
                [*pip, "install", "--no-deps", "--require-hashes", "--only-binary=:all:", "--target", unfinished,
                 "-r", self._uv_pin],
            )  # fmt: skip
            self._tool(progress, [unfinished / "bin" / "uv", "--version"])
        except ToolFailed:
            return None
        unfinished.rename(home)
        return program

    def _pip(self, progress: Progress) -> list[str]:
        """Find a pip: the machine's, one made by ensurepip, or the distribution's wheel unpacked aside."""
        if self._pip_command is None:
            for find in (self._machine_pip, self._ensured_pip, self._unpacked_pip):
                with suppress(ToolFailed, AptFailed):
                    command = find(progress)
                    self._tool(progress, [*command, "--version"])
                    self._pip_command = command
                    break
            else:
                raise _nothing_to_install_with()
        return self._pip_command

    def _machine_pip(self, progress: Progress) -> list[str]:
        return [self._base, "-m", "pip"]

    def _ensured_pip(self, progress: Progress) -> list[str]:
        home = self._tools / "pip"
        self._tool(progress, [self._base, "-m", "venv", "--clear", home])
        return [str(home / "bin" / "python"), "-m", "pip"]

    def _unpacked_pip(self, progress: Progress) -> list[str]:
        home = unpack([PIP_WHEEL_PACKAGE], self._tools / "pip-wheel", progress, self._env)
        wheels = sorted((home / "usr" / "share" / "python-wheels").glob("pip-*.whl"))
        if not wheels:
            raise AptFailed(PIP_WHEEL_PACKAGE)
        return [self._base, str(wheels[-1] / "pip")]

    def _uv_sources(self, progress: Progress) -> dict[str, str]:
        """Hand pip's configured sources to uv, which does not read pip's settings, unless uv has its own."""
        home = Path(self._env["HOME"])
        if any(name.startswith("UV_") and "INDEX" in name for name in self._env):
            return {}
        if any((home / settings).exists() for settings in UV_SETTINGS):
            return {}
        command = [*self._pip(progress), "config", "list"]
        told = subprocess.run(command, env=self._env, capture_output=True, text=True, check=False).stdout
        found = {match["name"]: str(ast.literal_eval(match["value"])).split() for match in PIP_SETTING.finditer(told)}
        return {
            variable: between.join(found[setting])
            for setting, (variable, between) in SOURCES.items()
            if setting in found and variable not in self._env
        }

    def _tool(self, progress: Progress, argv: list[str | Path], extra: Mapping[str, str] | None = None) -> None:
        progress.run(argv, env={**self._env, **(extra or {})}, cwd=self._root)


def _nothing_to_install_with() -> LaunchRefused:
    version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    if os.path.exists("/etc/debian_version"):
        return LaunchRefused("В этом Python нет ни pip, ни venv.", f"Поставьте их: sudo apt install {version}-venv")
    return LaunchRefused("В этом Python нет ни pip, ни venv.", f"Поставьте пакеты pip и venv для {version}.")
