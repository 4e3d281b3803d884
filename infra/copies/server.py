"""The living embedded server as its superuser sees it: what its log has come to and how far the keeper has it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from infra.env import database_settings
from infra.launch.postgres import SUPERUSER
from infra.launch.secrets import load_secrets

from .errors import LogBehind

SLOT = "pult_keeper"
WAIT_SECONDS = 30.0
_POLL = 0.1
_POSITION = """
SELECT pg_wal_lsn_diff(pg_current_wal_flush_lsn(), '0/0')::bigint, clock_timestamp(),
  (SELECT pg_wal_lsn_diff(r.flush_lsn, '0/0')::bigint FROM pg_replication_slots s
   JOIN pg_stat_replication r ON r.pid = s.active_pid WHERE s.slot_name = %s)
"""
_SLOT_STATUS = "SELECT wal_status FROM pg_replication_slots WHERE slot_name = %s"
_MAKE_SLOT = "SELECT pg_create_physical_replication_slot(%s, true)"
_DROP_SLOT = "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = %s AND NOT active"
# A message that belongs to a transaction has its commit, by whose time a recovery knows that it has come far enough.
_COMMIT = "SELECT pg_logical_emit_message(true, 'pult', 'a moment is asked for', true)"


@dataclass(frozen=True)
class Position:
    """Bytes of log written, when that was, and bytes that the keeper has on its disk (None while it has none)."""

    written: int
    at: Any
    kept: int | None


class LivingServer:
    """How to reach the embedded server of a data folder as superuser."""

    def __init__(self, data_dir: Path, database_url: str) -> None:
        told = database_settings(database_url)
        self.host, self.port = str(told["HOST"]), str(told["PORT"] or 5432)
        self.password = load_secrets(data_dir)["postgres_password"]

    def connect(self) -> psycopg.Connection[Any]:
        return psycopg.connect(
            host=self.host, port=self.port, user=SUPERUSER, password=self.password, dbname="postgres",
            autocommit=True, connect_timeout=10,
        )  # fmt: skip

    @property
    def arguments(self) -> list[str]:
        """How the server's own programs are told where it is."""
        return ["-h", self.host, "-p", self.port, "-U", SUPERUSER, "--no-password"]

    @property
    def variables(self) -> dict[str, str]:
        return {"PGPASSWORD": self.password, "PGAPPNAME": SLOT}

    def system(self) -> str:
        """The number that the cluster was born with."""
        with self.connect() as connection:
            return str(_value(connection, "SELECT system_identifier FROM pg_control_system()"))

    def reach(self, seconds: float = WAIT_SECONDS) -> None:
        """Wait until the keeper has a commit that is made now, hence every moment before it. LogBehind."""
        deadline = time.monotonic() + seconds
        with self.connect() as connection:
            connection.execute("SET synchronous_commit = on")
            _value(connection, _COMMIT)
            wanted = position(connection).written
            while (position(connection).kept or 0) < wanted:
                if time.monotonic() > deadline:
                    raise LogBehind(seconds)
                time.sleep(_POLL)


def position(connection: psycopg.Connection[Any]) -> Position:
    row = connection.execute(_POSITION, [SLOT]).fetchone()
    return Position(*row)  # type: ignore[misc]


def hold_log(connection: psycopg.Connection[Any]) -> bool:
    """See to it that the server keeps its log until the keeper has it; True when some of it is lost already."""
    status = _value(connection, _SLOT_STATUS, SLOT)
    if status == "lost":
        let_go(connection)
    if status in (None, "lost"):
        _value(connection, _MAKE_SLOT, SLOT)
    return status in (None, "lost")


def let_go(connection: psycopg.Connection[Any]) -> None:
    """Nobody keeps copies any more: the log is not held for them."""
    connection.execute(_DROP_SLOT, [SLOT])


def _value(connection: psycopg.Connection[Any], statement: str, *values: Any) -> Any:
    row = connection.execute(statement, values or None).fetchone()
    return row[0] if row else None
