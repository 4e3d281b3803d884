"""What stands in the stand-in: objects as they are answered, keys of deeds, what is to be told; in SQLite."""

import json
import secrets
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from infra.sandbox.stripe.refusals import missing
from infra.sandbox.stripe.shapes import complete

Obj = dict[str, Any]
TABLES = """
create table if not exists objects (
    number integer primary key autoincrement, id text unique not null, object text not null,
    customer text not null, parent text not null, due integer, body text not null
);
create index if not exists objects_of on objects (object, customer, parent, number);
create index if not exists objects_due on objects (due) where due is not null;
create table if not exists answers (key text primary key, request text not null, status integer not null, body text);
create table if not exists deliveries (
    number integer primary key autoincrement, event text not null, due real not null, attempts integer not null
);
"""


class Ledger:
    """All objects ever made; calls block on the disk. Work is done within `work()`, whole or not at all."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.RLock()
        self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._db.execute("pragma journal_mode = wal")
        self._db.execute("pragma synchronous = full")
        self._db.executescript(TABLES)
        self._deep = 0
        self.rung = threading.Event()

    @contextmanager
    def work(self) -> Iterator[None]:
        """One deed: kept when it ends, forgotten when it fails."""
        with self._lock:
            if self._deep == 0:
                self._db.execute("begin immediate")
            self._deep += 1
            try:
                yield
            except BaseException:
                self._deep -= 1
                if self._deep == 0:
                    self._db.execute("rollback")
                raise
            self._deep -= 1
            if self._deep == 0:
                self._db.execute("commit")

    def mark(self) -> None:
        """Within a deed: from here on it may be undone without the rest."""
        self._db.execute("savepoint tried")

    def undo(self) -> None:
        self._db.execute("rollback to tried")

    def put(self, obj: Obj, *, customer: str = "", parent: str = "", due: int | None = None) -> Obj:
        """Keep an object with whatever it lacks as null; the same name again replaces it."""
        whole = complete(obj)
        self._db.execute(
            "insert into objects (id, object, customer, parent, due, body) values (?, ?, ?, ?, ?, ?)"
            " on conflict (id) do update set body = excluded.body, due = excluded.due, customer = excluded.customer",
            (whole["id"], whole["object"], customer, parent, due, json.dumps(whole)),
        )
        return whole

    def get(self, kind: str, name: str, param: str = "id") -> Obj:
        """An object of a kind. Refusal 404."""
        rows = self._db.execute("select body from objects where id = ? and object = ?", (name, kind)).fetchall()
        if not rows:
            raise missing(kind, name, param)
        return json.loads(rows[0][0])

    def drop(self, name: str) -> None:
        """Let an object be gone."""
        self._db.execute("delete from objects where id = ?", (name,))

    def named(self, name: str) -> Obj | None:
        """Whatever has this name."""
        with self._lock:
            rows = self._db.execute("select body from objects where id = ?", (name,)).fetchall()
        return json.loads(rows[0][0]) if rows else None

    def find(self, kind: str, *, customer: str = "", parent: str = "") -> list[Obj]:
        """Objects of a kind, newest first."""
        where, values = "object = ?", [kind]
        for column, value in (("customer", customer), ("parent", parent)):
            if value:
                where, values = f"{where} and {column} = ?", [*values, value]
        rows = self._db.execute(f"select body from objects where {where} order by number desc", values)
        return [json.loads(body) for (body,) in rows]

    def due(self, now: int, customers: set[str] | None) -> Obj | None:
        """The first object at which something is due by a moment: of these customers, of whoever has no clock else."""
        rows = self._db.execute("select customer, body from objects where due <= ? order by due, number", (now,))
        for customer, body in rows.fetchall():
            if customers is None:
                if not self.get("customer", customer).get("test_clock"):
                    return json.loads(body)
            elif customer in customers:
                return json.loads(body)
        return None

    def now(self, customer: Obj) -> int:
        """The moment it is for a customer."""
        clock = customer.get("test_clock")
        return int(self.get("test_helpers.test_clock", clock)["frozen_time"]) if clock else int(time.time())

    def emit(self, kind: str, obj: Obj, *, created: int, before: Obj | None = None) -> None:
        """Say that something has happened; it is told once the deed is kept."""
        event = self.put(
            {
                "id": new("evt"),
                "object": "event",
                "created": created,
                "livemode": False,
                "pending_webhooks": 1,
                "type": kind,
                "data": {"object": obj, "previous_attributes": before} if before else {"object": obj},
                "request": {"id": None, "idempotency_key": None},
            }
        )
        self._db.execute("insert into deliveries (event, due, attempts) values (?, ?, 0)", (event["id"], time.time()))
        self.rung.set()

    def answer_of(self, key: str) -> tuple[str, int, str] | None:
        """(request, status, body) of a deed with a key that was done before."""
        rows = self._db.execute("select request, status, body from answers where key = ?", (key,)).fetchall()
        return rows[0] if rows else None

    def keep_answer(self, key: str, request: str, status: int, body: str) -> None:
        self._db.execute("insert into answers values (?, ?, ?, ?)", (key, request, status, body))

    def waiting(self, now: float) -> list[tuple[int, str, int]]:
        """(number, event, attempts) of what is to be told by a moment, oldest first."""
        with self._lock:
            rows = self._db.execute(
                "select number, event, attempts from deliveries where due <= ? order by number limit 500", (now,)
            )
            return rows.fetchall()

    def told(self, delivery: int) -> None:
        with self._lock:
            self._db.execute("delete from deliveries where number = ?", (delivery,))

    def put_off(self, delivery: int, due: float) -> None:
        with self._lock:
            self._db.execute("update deliveries set due = ?, attempts = attempts + 1 where number = ?", (due, delivery))

    def forget(self) -> None:
        with self._lock:
            self._db.executescript("delete from objects; delete from answers; delete from deliveries;")

    def count(self) -> int:
        with self._lock:
            return int(self._db.execute("select count(*) from objects where object = 'subscription'").fetchone()[0])


def new(prefix: str) -> str:
    """A name that nobody has."""
    return f"{prefix}_{secrets.token_hex(12)}"
