"""Letters kept in SQLite: a letter is accepted when its row is on the disk.

Letters with the same Message-ID are kept side by side: a doubled letter is what tests look for.
"""

import json
import sqlite3
import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from infra.sandbox.mail.letter import read_letter

TABLES = """
create table if not exists letters (
    id integer primary key autoincrement, received_at text not null, envelope_from text not null,
    recipients text not null, content text not null, raw blob not null
);
create table if not exists recipients (
    address text not null, letter integer not null references letters, primary key (address, letter)
) without rowid;
"""
COLUMNS = "select id, received_at, envelope_from, recipients, content from letters"
MOST_LETTERS = 1000


@dataclass(frozen=True)
class Envelope:
    """Who sends to whom, as SMTP said it."""

    sender: str
    recipients: list[str]


class Mailbox:
    """All letters ever accepted; calls block on the disk."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        self._db = sqlite3.connect(path, check_same_thread=False)
        self._db.execute("pragma journal_mode = wal")
        self._db.execute("pragma synchronous = full")
        self._db.executescript(TABLES)

    def keep(self, envelope: Envelope, raw: bytes) -> int:
        """Keep a letter for good; returns its number."""
        content = json.dumps(read_letter(raw), ensure_ascii=False)
        received_at = datetime.now(UTC).isoformat(timespec="milliseconds")
        with self._lock, self._db:
            cursor = self._db.execute(
                "insert into letters (received_at, envelope_from, recipients, content, raw) values (?, ?, ?, ?, ?)",
                (received_at, envelope.sender, json.dumps(envelope.recipients), content, raw),
            )
            number = int(cursor.lastrowid or 0)
            rows = [(address, number) for address in {recipient.lower() for recipient in envelope.recipients}]
            self._db.executemany("insert into recipients values (?, ?)", rows)
        return number

    def letters(self, to: str | None = None, since_id: int = 0, limit: int = MOST_LETTERS) -> list[dict[str, object]]:
        """Letters newer than a number, newest first; `to` is one envelope address in any case of letters."""
        statement = COLUMNS + " where id > ?"
        values: list[object] = [since_id]
        if to:
            statement += " and id in (select letter from recipients where address = ?)"
            values.append(to.lower())
        with self._lock:
            rows = self._db.execute(statement + " order by id desc limit ?", [*values, limit]).fetchall()
        return [_shown(row) for row in rows]

    def letter(self, number: int) -> dict[str, object] | None:
        """One letter."""
        with self._lock:
            row = self._db.execute(COLUMNS + " where id = ?", (number,)).fetchone()
        return _shown(row) if row else None

    def raw(self, number: int) -> bytes | None:
        """The bytes of a letter as they came."""
        with self._lock:
            row = self._db.execute("select raw from letters where id = ?", (number,)).fetchone()
        return row[0] if row else None

    def count(self) -> int:
        """How many letters there are."""
        with self._lock:
            [count] = self._db.execute("select count(*) from letters").fetchone()
        return int(count)


def _shown(row: tuple[int, str, str, str, str]) -> dict[str, object]:
    number, received_at, sender, recipients, content = row
    head = {"id": number, "received_at": received_at, "envelope_from": sender, "to": json.loads(recipients)}
    return {**head, **json.loads(content)}
