"""Embedded PostgreSQL: a real server out of a wheel, started beside the product without root."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg

from infra.launch import process_table, server_log
from infra.launch.disk import disk_is_full, require_free_space
from infra.launch.errors import LaunchRefused
from infra.launch.leash import leashed
from infra.launch.postgres_home import PostgresHome
from infra.launch.run_dir import checked_socket, forget_dir, private_dir, short_run_dir

SUPERUSER = "postgres"
DEFAULT_PORT = 5432
READY_TIMEOUT = 600.0
SAY_WAITING_AFTER = 5.0
STOP_GRACE = 60.0
QUIT_GRACE = 10.0

# Without an explicit locale the server follows the shell that started it, and under a C locale
# lower(), ILIKE and full-text search are silently wrong for Cyrillic.
INITDB = (
    "--username=postgres",
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=PG_UNICODE_FAST",
    "--lc-collate=C",
    "--lc-ctype=C.UTF-8",
    "--lc-messages=C",
    "--data-checksums",
    "--auth-local=scram-sha-256",
    "--auth-host=scram-sha-256",
    "--no-instructions",
)

# What the product relies on: recovery of tens of thousands of tables within seconds (syncfs),
# a dump of them in one transaction (locks), nothing acknowledged is lost (fsync, commit).
DURABLE = {
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
    "recovery_init_sync_method": "syncfs",
    "max_locks_per_transaction": "1024",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "idle_in_transaction_session_timeout": "60s",
    # A keeper of copies that is away does not fill the disk; it makes another base copy when it is back.
    "max_slot_wal_keep_size": "4GB",
    # Row values and whole statements stay out of the log: it is kept longer than the rows.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_line_prefix": "%m [%p] %q%u@%d ",
    "log_timezone": "UTC",
    "timezone": "UTC",
}
FAST = DURABLE | {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "100",
    "shared_buffers": "64MB",
    "io_method": "sync",
}
ASSERTED = ("fsync", "full_page_writes", "synchronous_commit", "recovery_init_sync_method")


class EmbeddedPostgres:
    """A PostgreSQL server that lives in one folder and listens on a private unix socket.

    `data` is the cluster folder, made at first start. `port` adds TCP on 127.0.0.1 and names the
    socket. `settings` override the built-in ones, but not those durability rests on. `fast` gives
    up durability: for tests only.
    Start it from the main thread: it ends (SIGINT) when the thread that started it ends.
    """

    name = "PostgreSQL"

    def __init__(
        self,
        data: Path,
        *,
        password: str,
        run_dir: Path | None = None,
        port: int | None = None,
        settings: Mapping[str, str] | None = None,
        fast: bool = False,
        say: Callable[[str], None] = print,
    ) -> None:
        self.data = Path(os.path.abspath(data))
        self.port = port or DEFAULT_PORT
        self.log = self.data.parent / "logs" / "postgres.log"
        self._password = password
        self._tcp = port is not None
        self._run_dir = run_dir
        self._fast = fast
        self._settings = (FAST if fast else DURABLE) | dict(settings or {})
        self._say = say
        self._process: subprocess.Popen[bytes] | None = None
        self.socket_dir = Path()

    @property
    def pid(self) -> int | None:
        """The process id of the running server."""
        return self._process.pid if self._process else None

    def dsn(self, user: str = SUPERUSER, password: str | None = None, dbname: str = "postgres") -> dict[str, Any]:
        """Return keyword arguments for `psycopg.connect` through the unix socket."""
        return {
            "host": str(self.socket_dir),
            "port": self.port,
            "user": user,
            "password": self._password if password is None else password,
            "dbname": dbname,
        }

    def alive(self) -> bool:
        """Say whether the server we started is still running."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Create the cluster if there is none, end a server left by a killed launcher, start, wait."""
        self.data.parent.mkdir(parents=True, exist_ok=True)
        self._home = PostgresHome(self.data)
        self._prepare_socket_dir()
        try:
            self._start()
        except BaseException:
            self.stop()
            forget_dir(self.socket_dir)
            raise

    def _start(self) -> None:
        self._end_orphans()
        if not self._home.initialised():
            self._initialise()
        server_log.turned_over(self.log)
        with self.log.open("ab") as log:
            self._log_offset = log.tell()
            self._process = subprocess.Popen(
                self._home.command(leashed, "postgres", self._server_arguments(), death_signal=signal.SIGINT),
                env=self._home.environment(),
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._wait_ready()
        self._check_settings()

    def stop(self) -> None:
        """Stop the server: clients are disconnected, everything committed is on disk."""
        process, self._process = self._process, None
        if process is None:
            return
        for signal_number, grace in (
            (signal.SIGINT, STOP_GRACE),
            (signal.SIGQUIT, QUIT_GRACE),
            (signal.SIGKILL, QUIT_GRACE),
        ):
            process.send_signal(signal_number)
            with suppress(subprocess.TimeoutExpired):
                process.wait(grace)
                forget_dir(self.socket_dir)
                return
        raise LaunchRefused(f"PostgreSQL (pid {process.pid}) не завершается.", "Вероятно, не отвечает диск.")

    def _prepare_socket_dir(self) -> None:
        parent = self._run_dir or short_run_dir(self.data.parent)
        parent.mkdir(parents=True, exist_ok=True)
        # The group of the launcher reaches the socket when the server runs as another user.
        mode = 0o710 if self._home.uid is not None else 0o700
        self.socket_dir = private_dir(parent / "pg", mode=mode, uid=self._home.uid)
        checked_socket(self.socket_dir / f".s.PGSQL.{self.port}")

    def _server_arguments(self) -> list[str]:
        listen = "127.0.0.1" if self._tcp else ""
        arguments = ["-k", str(self.socket_dir), "-h", listen, "-p", str(self.port)]
        for name, value in self._settings.items():
            arguments += ["-c", f"{name}={value}"]
        return arguments

    def _initialise(self) -> None:
        """Run initdb in a neighbour folder and rename it, so that half a cluster is never started."""
        require_free_space(self.data.parent, server_log.SPACE_FOR_DATA)
        password_file = self._home.write_secret(self.socket_dir / "password", self._password)
        fresh = self._home.fresh_folder()
        arguments = [*INITDB, f"--pwfile={password_file}", *(["--no-sync"] if self._fast else [])]
        command = self._home.command(leashed, "initdb", arguments, death_signal=signal.SIGKILL, folder=fresh)
        try:
            made = subprocess.run(
                command,
                env=self._home.environment(),
                cwd="/",
                stdin=subprocess.DEVNULL,
                capture_output=True,
                check=False,
            )
        finally:
            password_file.unlink()
        if made.returncode != 0:
            told = (made.stderr or made.stdout).decode(errors="replace").strip()
            if "No space left on device" in told:
                raise disk_is_full(self.data.parent, server_log.SPACE_FOR_DATA)
            raise LaunchRefused(f"Не удалось создать базу в {self.data}:\n{told}")
        fresh.rename(self.data)

    def _family(self) -> list[int]:
        """Every process of a server that runs on this data: they all stand in the data folder."""
        here = str(self.data.resolve())
        return [
            pid
            for pid in process_table.pids()
            if process_table.working_folder(pid) == here
            and process_table.command_name(pid).startswith("postgres")
            and process_table.is_running(pid)
        ]

    def _end_orphans(self) -> None:
        recorded = _first_number(self.data / "postmaster.pid")
        if recorded is None:
            self._forget_dead_socket()
            return
        if self._family():
            self._say(f"Нашёл PostgreSQL прошлого запуска (pid {recorded}), завершаю его…")
        for signal_number, grace in (
            (signal.SIGINT, STOP_GRACE),
            (signal.SIGQUIT, QUIT_GRACE),
            (signal.SIGKILL, QUIT_GRACE),
        ):
            family = self._family()
            if not family:
                break
            heads = [recorded] if recorded in family and signal_number != signal.SIGKILL else family
            for pid in heads:
                process_table.send(pid, signal_number)
            process_table.wait_until(lambda: not self._family(), grace)
        left = self._family()
        if left:
            raise LaunchRefused(
                f"Прежний PostgreSQL (pid {', '.join(map(str, left))}) не завершается даже по SIGKILL.",
                "Вероятно, не отвечает диск: проверьте его или перезагрузите машину.",
            )
        # The number in a stale file may belong to somebody else by now; the server would believe it.
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        self._forget_dead_socket()

    def _forget_dead_socket(self) -> None:
        """Remove a socket whose server is gone: its lock is believed while the number is in use at all."""
        lock = self.socket_dir / f".s.PGSQL.{self.port}.lock"
        holder = _first_number(lock)
        if holder is None:
            return
        if process_table.is_running(holder) and process_table.command_name(holder).startswith("postgres"):
            return
        lock.unlink(missing_ok=True)
        lock.with_suffix("").unlink(missing_ok=True)

    def _is_ready(self) -> bool:
        with suppress(OSError, ValueError):
            lines = (self.data / "postmaster.pid").read_text().splitlines()
            return len(lines) > 7 and lines[7].strip() == "ready" and int(lines[0]) == self.pid
        return False

    def _wait_ready(self) -> None:
        deadline = time.monotonic() + READY_TIMEOUT
        say_at = time.monotonic() + SAY_WAITING_AFTER
        while not self._is_ready():
            if not self.alive() or time.monotonic() > deadline:
                raise server_log.start_failed("PostgreSQL", self.log, self._log_offset)
            if time.monotonic() > say_at:
                self._say("PostgreSQL ещё восстанавливает данные после прошлого запуска, жду…")
                say_at = deadline
            time.sleep(process_table.POLL)

    def _check_settings(self) -> None:
        """Ask the live server for what durability rests on: a file in the data may have changed it."""
        try:
            with psycopg.connect(**self.dsn()) as connection:
                rows = connection.execute(
                    "SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [[*ASSERTED, "data_checksums"]]
                ).fetchall()
        except psycopg.OperationalError as error:
            if "password authentication failed" not in str(error):
                raise
            raise LaunchRefused(
                f"База в {self.data} не приняла пароль: секреты не от этих данных.",
                "Верните прежний файл секретов или начните с пустой папки: make run DATA_DIR=/путь.",
            ) from error
        promised = FAST if self._fast else DURABLE
        expected = {name: promised[name] for name in ASSERTED} | {"data_checksums": "on"}
        wrong = sorted(name for name, value in rows if expected[name] != value)
        if wrong:
            raise LaunchRefused(f"PostgreSQL запустился с небезопасными настройками: {', '.join(wrong)}.")


def _first_number(path: Path) -> int | None:
    """Read the process id a lock file begins with; PostgreSQL writes a stand-alone backend's as negative."""
    with suppress(OSError, ValueError, IndexError):
        return abs(int(path.read_text().splitlines()[0]))
    return None
