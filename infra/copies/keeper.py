"""`python -m infra.copies.keeper`: copies the database all the time; a process of the launcher beside the others.

The log is received as it is written (pg_receivewal on a replication slot), so that a copy is seconds behind, not a
segment. A base copy is made at the first start, once a day and whenever some of the log was lost, and is checked
against its manifest before it counts.
"""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, Any

import psycopg

from infra.env import env
from infra.launch.leash import leashed
from infra.launch.postgres_home import PostgresHome

from .server import LivingServer, hold_log, position
from .shelf import UNFINISHED, Shelf, Status, own_folder, stamp, write_status

LOOK_SECONDS = 5.0
BASE_EVERY = timedelta(days=1)
# A copy that failed is not tried again at once: whatever was wrong takes a person or some time.
TRY_AGAIN = timedelta(minutes=5)
WARN_LOG, WARN_BASE, WARN_EVERY = timedelta(seconds=60), timedelta(hours=26), timedelta(minutes=10)
_STOP_SECONDS = 10.0
_TAIL = 600


class Keeper:
    """The copies of one embedded server; `look` is called every few seconds from the main thread."""

    def __init__(self, data_dir: Path, server: LivingServer, *, kept: timedelta, say: Callable[[str], None]) -> None:
        self._data_dir, self._server, self._kept, self._say = data_dir, server, kept, say
        self._home = PostgresHome(data_dir / "postgres")
        self._shelf = Shelf(data_dir, server.system())
        self._shelf.make(self._home.uid, self._home.gid)
        self._forget_unfinished()
        self._connection: psycopg.Connection[Any] | None = None
        self._receiver: subprocess.Popen[bytes] | None = None
        self._making: _Making | None = None
        self._asked: tuple[int, datetime] | None = None
        self._not_before = self._warned_at = datetime.min.replace(tzinfo=UTC)
        self._log_is_torn = False
        self.status = Status()

    def look(self, now: datetime) -> None:
        """Do what is due. A database that is away is waited for."""
        try:
            self._receive()
            self._note(now)
        except psycopg.OperationalError as away:
            self._connection = None
            self.status = replace(self.status, trouble=_short(str(away)))
        self._go_on_with_base(now)
        self._tell(now)

    def stop(self) -> None:
        """End the receiver, which writes down what it has, and a base copy that is under way."""
        for process in (self._receiver, self._making.process if self._making else None):
            if process is not None and process.poll() is None:
                process.terminate()
                process.wait(_STOP_SECONDS)

    def _connected(self) -> psycopg.Connection[Any]:
        if self._connection is None or self._connection.closed:
            self._connection = self._server.connect()
        return self._connection

    def _receive(self) -> None:
        if self._receiver is not None and self._receiver.poll() is None:
            return
        # What was written while nobody held the log is in no copy: only another base copy helps.
        self._log_is_torn = hold_log(self._connected()) or self._log_is_torn
        arguments = [*self._server.arguments, "--slot", "pult_keeper", "--synchronous", "--status-interval=5"]
        self._receiver = self._start("pg_receivewal", arguments, self._shelf.wal)

    def _note(self, now: datetime) -> None:
        """Learn up to which moment all that was committed is in the copied log."""
        found = position(self._connected())
        if self._asked and found.kept is not None and found.kept >= self._asked[0]:
            self.status = replace(self.status, wal_at=self._asked[1].isoformat(), trouble="")
            self._asked = None
        self._asked = self._asked or (found.written, found.at)

    def _go_on_with_base(self, now: datetime) -> None:
        if self._making is not None:
            self._look_at_base(self._making, now)
        elif now >= self._not_before and self._base_is_due(now):
            folder = self._shelf.base / f"{stamp(now)}{UNFINISHED}"
            own_folder(folder, self._home.uid, self._home.gid)
            arguments = [*self._server.arguments, "--format=tar", "--gzip", "--compress=1", "--wal-method=stream",
                         "--checkpoint=fast", "--label=pult"]  # fmt: skip
            self._making = _Making(folder, "pg_basebackup", time.monotonic())
            self._log_is_torn = False
            self._making.run(self._start, arguments)

    def _base_is_due(self, now: datetime) -> bool:
        bases = self._shelf.bases()
        return self._log_is_torn or not bases or now - bases[-1].finished_at >= BASE_EVERY

    def _look_at_base(self, making: _Making, now: datetime) -> None:
        if making.process is None or making.process.poll() is None:
            return
        if making.process.returncode:
            self._give_up_base(making, now)
        elif making.program == "pg_basebackup":
            making.program = "pg_verifybackup"
            # The log in a copy made of archives is not read by it; a recovery does that (make drill).
            making.run(self._start, ["--no-parse-wal", "--exit-on-error", "--quiet"])
        else:
            self._making = None
            done = making.folder.with_name(stamp(now))
            making.folder.rename(done)
            self._shelf.forget_older(self._kept, now)
            last = self._shelf.bases()[-1]
            seconds = round(time.monotonic() - making.begun, 1)
            self.status = replace(self.status, base_seconds=seconds, trouble="")
            self._say(f"копия базы готова и проверена: {last.size / 2**20:.0f} МБ за {seconds:.0f} с")

    def _give_up_base(self, making: _Making, now: datetime) -> None:
        self._making, self._not_before = None, now + TRY_AGAIN
        self._log_is_torn = True
        told = _short(making.told())
        self.status = replace(self.status, trouble=f"{making.program}: {told}")
        self._say(f"копия базы не получилась ({making.program}): {told}")
        self._forget_unfinished()

    def _tell(self, now: datetime) -> None:
        bases = self._shelf.bases()
        self.status = replace(
            self.status,
            base_at=bases[-1].finished_at.isoformat() if bases else "",
            base_bytes=bases[-1].size if bases else 0,
            earliest=bases[0].finished_at.isoformat() if bases else "",
            wal_bytes=self._shelf.log_bytes(),
        )
        write_status(self._data_dir, self.status)
        late = _late(self.status, now)
        if late and now - self._warned_at >= WARN_EVERY:
            self._warned_at = now
            self._say(late)

    def _start(self, program: str, arguments: list[str], folder: Path, told: IO[bytes] | None = None) -> Any:
        by = () if program == "pg_verifybackup" else ("-D",)
        command = self._home.command(leashed, program, arguments, death_signal=signal.SIGTERM, folder=folder, by=by)
        variables = self._home.environment() | self._server.variables
        return subprocess.Popen(command, env=variables, cwd="/", stdin=subprocess.DEVNULL, stdout=told, stderr=told)

    def _forget_unfinished(self) -> None:
        for path in self._shelf.base.glob(f"*{UNFINISHED}"):
            shutil.rmtree(path)


class _Making:
    """A base copy under way: the program at work on its folder, and what it says."""

    def __init__(self, folder: Path, program: str, begun: float) -> None:
        self.folder, self.program, self.begun = folder, program, begun
        self.process: subprocess.Popen[bytes] | None = None
        # It is closed with the process that writes to it and this object.
        self._told: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115

    def run(self, start: Callable[..., Any], arguments: list[str]) -> None:
        self.process = start(self.program, arguments, self.folder, self._told)

    def told(self) -> str:
        self._told.seek(0)
        return self._told.read().decode(errors="replace")


def _late(status: Status, now: datetime) -> str:
    """What a person has to be told of copies that are too old; empty when they are not."""
    if status.wal_at and now - datetime.fromisoformat(status.wal_at) > WARN_LOG:
        seconds = (now - datetime.fromisoformat(status.wal_at)).total_seconds()
        return f"журнал базы не копируется уже {seconds:.0f} с: {status.trouble or 'получатель не отвечает'}"
    if status.base_at and now - datetime.fromisoformat(status.base_at) > WARN_BASE:
        return f"последняя копия базы сделана {status.base_at}: {status.trouble or 'новая ещё не готова'}"
    return ""


def _short(text: str) -> str:
    return " ".join(text.split())[-_TAIL:]


def main() -> int:
    """Work until SIGTERM."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    server = LivingServer(env.data_dir, env.database_url)
    keeper = Keeper(env.data_dir.resolve(), server, kept=timedelta(days=env.backup_days), say=_say)
    try:
        while not stop.wait(LOOK_SECONDS if keeper.status.base_at else 1.0):
            keeper.look(datetime.now(UTC))
    finally:
        keeper.stop()
    return 0


def _say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
