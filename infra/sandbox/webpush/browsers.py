"""Browsers that have subscribed, and what has come to them, in SQLite."""

import secrets
import sqlite3
import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from infra.sandbox.webpush.sealed import Keys, new_private, to_text

TABLES = """
create table if not exists browsers (
    id text primary key, at text not null, name text not null, private blob not null, auth blob not null,
    sender text not null, gone integer not null default 0
);
create table if not exists messages (
    number integer primary key autoincrement, browser text not null, at text not null, text text not null,
    topic text not null, ttl integer not null, urgency text not null, bytes integer not null
);
create index if not exists messages_of_browser on messages (browser, number);
"""
_NAMES = ("id", "browser", "at", "text", "topic", "ttl", "urgency", "bytes")
MOST = 500
_AUTH_BYTES = 16


@dataclass(frozen=True)
class Browser:
    """One subscription; `sender` is the public key that alone may send to it, empty: anybody's."""

    id: str
    name: str
    keys: Keys
    sender: str
    gone: bool


class Browsers:
    """All subscriptions and messages ever made; calls block on the disk."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        self._db = sqlite3.connect(path, check_same_thread=False)
        self._db.execute("pragma journal_mode = wal")
        self._db.execute("pragma synchronous = full")
        self._db.executescript(TABLES)

    def subscribe(self, name: str, sender: str) -> Browser:
        """What a browser does when a person allows notices."""
        made = Browser(
            secrets.token_urlsafe(32), name, Keys(new_private(), secrets.token_bytes(_AUTH_BYTES)), sender, gone=False
        )
        with self._lock, self._db:
            self._db.execute(
                "insert into browsers (id, at, name, private, auth, sender) values (?, ?, ?, ?, ?, ?)",
                (made.id, _now(), name, made.keys.private, made.keys.auth, sender),
            )
        return made

    def unsubscribe(self, browser_id: str) -> bool:
        """What a browser does when a person forbids them; False when there is no such one."""
        with self._lock, self._db:
            return bool(self._db.execute("update browsers set gone = 1 where id = ?", (browser_id,)).rowcount)

    def find(self, browser_id: str) -> Browser | None:
        rows = self._read("select id, name, private, auth, sender, gone from browsers where id = ?", browser_id)
        if not rows:
            return None
        found, name, private, auth, sender, gone = rows[0]
        return Browser(found, name, Keys(private, auth), sender, bool(gone))

    def browsers(self) -> list[dict[str, Any]]:
        """All of them, newest first, without what is secret."""
        rows = self._read("select id, name, at, gone from browsers order by rowid desc limit ?", MOST)
        return [{"id": found, "name": name, "at": at, "gone": bool(gone)} for found, name, at, gone in rows]

    def keep(self, browser_id: str, *, text: str, topic: str, ttl: int, urgency: str, length: int) -> int:
        """Keep a message for good; its number."""
        with self._lock, self._db:
            cursor = self._db.execute(
                "insert into messages (browser, at, text, topic, ttl, urgency, bytes) values (?, ?, ?, ?, ?, ?, ?)",
                (browser_id, _now(), text, topic, ttl, urgency, length),
            )
        return int(cursor.lastrowid or 0)

    def messages(self, browser_id: str | None = None, since_id: int = 0, limit: int = MOST) -> list[dict[str, Any]]:
        """Messages newer than a number, newest first."""
        where, values = "number > ?", list[int | str]([since_id])
        if browser_id:
            where, values = f"{where} and browser = ?", [since_id, browser_id]
        columns = "number, browser, at, text, topic, ttl, urgency, bytes"
        rows = self._read(f"select {columns} from messages where {where} order by number desc limit ?", *values, limit)
        return [dict(zip(_NAMES, row, strict=True)) for row in rows]

    def count(self) -> int:
        return int(self._read("select count(*) from messages")[0][0])

    def _read(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._db.execute(statement, values).fetchall()


def shown(browser: Browser, endpoint: str) -> dict[str, Any]:
    """What a browser tells the page that has subscribed."""
    keys = {"p256dh": to_text(browser.keys.point), "auth": to_text(browser.keys.auth)}
    return {"id": browser.id, "endpoint": endpoint, "keys": keys}


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
