"""Children are shown, restarted and ended together; a killed launcher leaves nothing that stays."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from infra.env import Env
from infra.gate import Gate
from infra.launch import process_table, processes
from infra.launch.data_dir import MARKER, DataDirLock, end_orphans, orphans
from infra.launch.errors import LaunchRefused
from infra.launch.processes import Child, Supervisor
from infra.launch.stack import Stack
from tests.infra.launch.conftest import ROOT, Launch, said

SLEEPER = "import signal; print('here', flush=True); signal.pause()"
DEAF = (
    "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True)\n"
    "while True: signal.pause()"
)

LAUNCHER = """
import sys
from pathlib import Path
from infra.launch.processes import Child, Supervisor
with Supervisor(Path(sys.argv[1])) as supervisor:
    supervisor.add(Child("child", [sys.executable, "-c", sys.argv[2]]))
    supervisor.run()
"""


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def child_pid(data_dir: Path, name: str = "child") -> int:
    return int((data_dir / "run" / f"{name}.pid").read_text())


def test_shows_every_line_with_the_name_of_its_child(tmp_path: Path) -> None:
    out = io.StringIO()
    with Supervisor(tmp_path, out=out) as supervisor:
        supervisor.add(Child("worker", python("print('первая'); print('без конца строки', end='', flush=True)")))
        assert supervisor.wait_until(lambda: "завершился" in out.getvalue(), 20)
    lines = out.getvalue().splitlines()
    assert "worker     | первая" in lines
    assert "worker     | без конца строки" in lines


def test_starts_a_crashed_child_again_and_says_so(tmp_path: Path) -> None:
    out = io.StringIO()
    with Supervisor(tmp_path, out=out) as supervisor:
        supervisor.add(Child("worker", python("import sys; print('life', flush=True); sys.exit(3)")))
        assert supervisor.wait_until(lambda: out.getvalue().count("life") == 2, 20)
    assert "worker завершился (код 3), запущу снова через 1 с" in out.getvalue()


def test_a_child_that_people_wait_for_is_not_kept_down_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "FIRST_DELAY", 0.01)
    out = io.StringIO()
    with Supervisor(tmp_path, out=out) as supervisor:
        supervisor.add(Child("web-1", python("print('life', flush=True)"), longest_delay=0.02))
        assert supervisor.wait_until(lambda: out.getvalue().count("life") == 4, 20)
        (running,) = supervisor._children
        assert running.delay == 0.02


def test_web_processes_come_back_within_five_seconds(tmp_path: Path) -> None:
    stack = Stack(Env(data_dir=tmp_path, web_processes=2), say=lambda _: None)
    delays = {child.name: child.longest_delay for child in stack.children(0, Gate())}
    assert delays == {"web-1": 5.0, "web-2": 5.0, "worker": 30.0}


def test_stops_on_sigterm(tmp_path: Path) -> None:
    with Supervisor(tmp_path, out=io.StringIO()) as supervisor:
        supervisor.add(Child("child", python(SLEEPER)))
        pid = child_pid(tmp_path)
        os.kill(os.getpid(), signal.SIGTERM)
        supervisor.run()
    assert not process_table.is_running(pid)
    assert not (tmp_path / "run" / "child.pid").exists()


def test_interrupts_a_child_that_ignores_sigterm(tmp_path: Path) -> None:
    out = io.StringIO()
    with Supervisor(tmp_path, out=out) as supervisor:
        supervisor.add(Child("child", python(DEAF), grace=0.1))
        assert supervisor.wait_until(lambda: "deaf" in out.getvalue(), 20)
        pid = child_pid(tmp_path)
    assert not process_table.is_running(pid)
    assert "не завершился за 0 с" in out.getvalue()


def test_stops_in_reverse_order(tmp_path: Path) -> None:
    out = io.StringIO()
    code = (
        "import signal, sys\nsignal.signal(signal.SIGTERM, lambda *_: sys.exit(print('bye', flush=True)))\n"
        "print('here', flush=True)\nsignal.pause()"
    )
    with Supervisor(tmp_path, out=out) as supervisor:
        for name in ("first", "second"):
            supervisor.add(Child(name, python(code)))
        assert supervisor.wait_until(lambda: out.getvalue().count("here") == 2, 20)
    farewells = [line.split()[0] for line in out.getvalue().splitlines() if line.endswith("bye")]
    assert farewells == ["second", "first"]


def test_children_end_with_a_killed_launcher(tmp_path: Path, launch: Launch) -> None:
    launcher = launch(LAUNCHER, tmp_path, SLEEPER)
    said(launcher, "here")
    pid = child_pid(tmp_path)
    launcher.kill()
    assert process_table.wait_gone([pid], 20)


def test_next_launcher_ends_what_outlived_a_killed_one(tmp_path: Path, launch: Launch) -> None:
    launcher = launch(LAUNCHER, tmp_path, DEAF)
    said(launcher, "deaf")
    pid = child_pid(tmp_path)
    launcher.kill()
    launcher.wait()
    assert orphans(tmp_path) == [pid]
    heard: list[str] = []
    end_orphans(tmp_path, say=heard.append, grace=0.1)
    assert not process_table.is_running(pid)
    assert str(pid) in heard[0]


def test_other_data_is_none_of_our_business(tmp_path: Path) -> None:
    stranger = subprocess.Popen(
        python(SLEEPER), env={**os.environ, MARKER: str(tmp_path / "other")}, stdout=subprocess.PIPE
    )
    try:
        assert stranger.stdout is not None
        stranger.stdout.readline()
        assert orphans(tmp_path) == []
        assert orphans(tmp_path / "other") == [stranger.pid]
    finally:
        stranger.kill()
        stranger.communicate()


def test_restarts_a_server_that_died(tmp_path: Path) -> None:
    class Server:
        name = "PostgreSQL"
        starts = 0

        def alive(self) -> bool:
            return self.starts > 0

        def start(self) -> None:
            self.starts += 1

        def stop(self) -> None:
            self.starts = 0

    server, out = Server(), io.StringIO()
    with Supervisor(tmp_path, servers=[server], out=out) as supervisor:
        assert supervisor.wait_until(server.alive, 5)
    assert server.starts == 1
    assert "PostgreSQL остановился, запускаю снова" in out.getvalue()


def test_one_launcher_per_data_folder(tmp_path: Path) -> None:
    with (
        DataDirLock(tmp_path),
        pytest.raises(LaunchRefused, match=rf"уже запущен на этих данных \(pid {os.getpid()}\)"),
    ):
        DataDirLock(tmp_path).acquire()
    with DataDirLock(tmp_path) as lock:
        assert lock is not None


STOPPING_SLOWLY = """
import os, sys, time
from pathlib import Path
from infra.launch.data_dir import DataDirLock, say_stopping
with DataDirLock(Path(sys.argv[1])):
    say_stopping(Path(sys.argv[1]))
    print("stopping", flush=True)
    sys.stdin.readline()
"""


def test_next_launcher_waits_for_one_that_is_stopping(tmp_path: Path) -> None:
    former = subprocess.Popen(
        [sys.executable, "-c", STOPPING_SLOWLY, tmp_path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT
    )
    assert former.stdin is not None and former.stdout is not None
    with former:
        former.stdout.readline()
        next_one = subprocess.Popen(
            [sys.executable, "-c", STOPPING_SLOWLY, tmp_path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT
        )
        with next_one:
            assert not process_table.wait_gone([next_one.pid], 1.5)
            former.stdin.close()
            assert next_one.stdout is not None
            assert next_one.stdout.readline() == b"stopping\n"
