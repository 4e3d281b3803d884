"""Messages that the provider has taken, in SQLite."""

import sqlite3
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

TABLES = """
create table if not exists messages (
    number integer primary key autoincrement, client_id integer not null, at text not null, taken real not null,
    phone text not null, sender text not null, text text not null, segments integer not null, price text not null
);
create index if not exists messages_of_phone on messages (phone, number);
"""
_COLUMNS = "select number, client_id, at, taken, phone, sender, text, segments, price from messages"
_NAMES = ("id", "client_id", "at", "taken", "to", "sender", "text", "segments", "price")
MOST = 500
# Numbers that end so are never reached: how a failure looks can be tried out.
UNREACHABLE = "0000"
DELIVERY_SECONDS = 1.0


class SmsLog:
    """All messages ever taken; calls block on the disk."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        self._db = sqlite3.connect(path, check_same_thread=False)
        self._db.execute("pragma journal_mode = wal")
        self._db.execute("pragma synchronous = full")
        self._db.executescript(TABLES)

    def keep(self, *, client_id: int, phone: str, sender: str, text: str, segments: int, price: str) -> int:
        """Keep a message for good; its number."""
        at = datetime.now(UTC).isoformat(timespec="milliseconds")
        with self._lock, self._db:
            cursor = self._db.execute(
                "insert into messages (client_id, at, taken, phone, sender, text, segments, price)"
                " values (?, ?, ?, ?, ?, ?, ?, ?)",
                (client_id, at, time.time(), phone, sender, text, segments, price),
            )
        return int(cursor.lastrowid or 0)

    def messages(self, to: str | None = None, since_id: int = 0, limit: int = MOST) -> list[dict[str, Any]]:
        """Messages newer than a number, newest first; `to` is a number in any writing."""
        where, values = " where number > ?", list[int | str]([since_id])
        if to:
            where, values = f"{where} and phone = ?", [since_id, digits(to)]
        return [_shown(row) for row in self._read(f"{_COLUMNS}{where} order by number desc limit ?", *values, limit)]

    def find(self, phone: str, client_id: int) -> dict[str, Any] | None:
        """The newest message with a client's own number."""
        rows = self._read(
            f"{_COLUMNS} where phone = ? and client_id = ? order by number desc limit 1", digits(phone), client_id
        )
        return _shown(rows[0]) if rows else None

    def numbered(self, number: str) -> dict[str, Any] | None:
        """The message with the provider's own number."""
        if not number.isascii() or not number.isdigit() or len(number) > 18:
            return None
        rows = self._read(f"{_COLUMNS} where number = ?", int(number))
        return _shown(rows[0]) if rows else None

    def is_repeated(self, phone: str, text: str, *, within: float) -> bool:
        """Whether the same words went to the same number a moment ago."""
        found = self._read(
            "select 1 from messages where phone = ? and text = ? and taken > ? limit 1",
            digits(phone), text, time.time() - within,
        )  # fmt: skip
        return bool(found)

    def count(self) -> int:
        return int(self._read("select count(*) from messages")[0][0])

    def _read(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._db.execute(statement, values).fetchall()


def digits(phone: str) -> str:
    """«+7 912 345-67-89» → 79123456789."""
    return "".join(sign for sign in phone if sign.isdigit())


def status_of(row: dict[str, Any]) -> int:
    """The provider's code of how a message fares: 0 at the operator, 1 delivered, 25 unreachable."""
    if time.time() - row["taken"] < DELIVERY_SECONDS:
        return 0
    return 25 if str(row["to"]).endswith(UNREACHABLE) else 1


def _shown(row: tuple[Any, ...]) -> dict[str, Any]:
    told = dict(zip(_NAMES, row, strict=True))
    return told | {"status": status_of(told)}
