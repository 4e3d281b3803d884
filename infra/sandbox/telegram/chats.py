"""Bots, people and what they say to each other, in SQLite: a message is sent when its row is on the disk."""

import json
import sqlite3
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

TABLES = """
create table if not exists bots (
    token text primary key, id integer not null, name text not null unique, webhook text not null default '',
    secret text not null default ''
);
create table if not exists people (
    id integer primary key, name text not null, created_at text not null
);
create table if not exists chats (
    bot integer not null, person integer not null, blocked integer not null default 0, primary key (bot, person)
) without rowid;
create table if not exists messages (
    id integer primary key autoincrement, at text not null, bot integer not null, chat integer not null,
    from_bot integer not null, text text not null, buttons text not null default '[]',
    asks integer not null default 0, answers integer not null default 0
);
create index if not exists messages_of_chat on messages (chat, id);
create table if not exists queries (
    id text primary key, at real not null, bot integer not null, answer text
) without rowid;
create table if not exists files (
    message integer primary key, name text not null, content blob not null
);
create table if not exists counters (name text primary key, value integer not null) without rowid;
"""
_COLUMNS = (
    "select messages.id, at, bot, chat, from_bot, text, buttons, asks, answers, bots.name, files.name,"
    " length(files.content) from messages join bots on bots.id = bot left join files on files.message = messages.id"
)
# Columns that folders of older days do not have yet.
_LATER = ("asks", "answers")
MOST = 500
_FIRST_PERSON = 100_000


class Chats:
    """All that was ever said; calls block on the disk."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        self._db = sqlite3.connect(path, check_same_thread=False)
        self._db.execute("pragma journal_mode = wal")
        self._db.execute("pragma synchronous = full")
        self._db.executescript(TABLES)
        known = {row[1] for row in self._db.execute("pragma table_info(messages)")}
        for column in _LATER:
            if column not in known:
                self._db.execute(f"alter table messages add column {column} integer not null default 0")

    def add_bot(self, token: str, name: str) -> None:
        """Let a bot exist; one that stands already keeps its webhook."""
        self._write(
            "insert into bots (token, id, name) values (?, ?, ?)"
            " on conflict (name) do update set token = excluded.token, id = excluded.id",
            token, int(token.partition(":")[0]), name,
        )  # fmt: skip

    def bot(self, *, token: str = "", name: str = "", bot_id: int = 0) -> dict[str, Any] | None:
        """A bot by its token, name or number."""
        rows = self._read(
            "select token, id, name, webhook, secret from bots where token = ? or name = ? or id = ?",
            token, name, bot_id,
        )  # fmt: skip
        return dict(zip(("token", "id", "name", "webhook", "secret"), rows[0], strict=True)) if rows else None

    def set_webhook(self, bot_id: int, url: str, secret: str) -> None:
        self._write("update bots set webhook = ?, secret = ? where id = ?", url, secret, bot_id)

    def new_person(self, name: str) -> int:
        """Somebody new with a telephone; his number in Telegram."""
        statement = "insert into people (id, name, created_at) select coalesce(max(id), ?) + 1, ?, ? from people"
        return self._write(statement, _FIRST_PERSON, name, _now())

    def person(self, person_id: int) -> str | None:
        rows = self._read("select name from people where id = ?", person_id)
        return rows[0][0] if rows else None

    def chats(self) -> list[dict[str, Any]]:
        """Who talks with which bot, those with the newest words first."""
        rows = self._read(
            "select people.id, people.name, bots.name, chats.blocked,"
            " (select max(id) from messages where chat = people.id and messages.bot = bots.id) as last"
            " from chats join people on people.id = person join bots on bots.id = chats.bot order by last desc"
        )
        names = ("chat", "person", "bot", "blocked", "last")
        return [{**dict(zip(names, row, strict=True)), "blocked": bool(row[3])} for row in rows]

    def open_chat(self, bot_id: int, person_id: int) -> None:
        """The person has pressed «Start» or written: from now on the bot may write to him."""
        self._write(
            "insert into chats (bot, person) values (?, ?) on conflict do update set blocked = 0", bot_id, person_id
        )

    def block(self, bot_id: int, person_id: int, *, blocked: bool) -> None:
        self._write("update chats set blocked = ? where bot = ? and person = ?", int(blocked), bot_id, person_id)

    def standing(self, bot_id: int, person_id: int) -> str:
        """`open`, `blocked`, `unstarted` or `unknown`: what the bot may hope for."""
        if self.person(person_id) is None:
            return "unknown"
        rows = self._read("select blocked from chats where bot = ? and person = ?", bot_id, person_id)
        return "unstarted" if not rows else "blocked" if rows[0][0] else "open"

    def keep(
        self,
        bot_id: int,
        chat: int,
        text: str,
        *,
        from_bot: bool,
        buttons: list[Any] | None = None,
        asks: bool = False,
        answers: int = 0,
    ) -> int:
        """Keep a message for good; its number. `asks`: its reader's answer is waited for; `answers` is a message."""
        shown = json.dumps(buttons or [], ensure_ascii=False)
        return self._write(
            "insert into messages (at, bot, chat, from_bot, text, buttons, asks, answers)"
            " values (?, ?, ?, ?, ?, ?, ?, ?)",
            _now(), bot_id, chat, int(from_bot), text, shown, int(asks), answers,
        )  # fmt: skip

    def keep_file(self, message: int, name: str, content: bytes) -> None:
        """Keep the file of a message."""
        self._write("insert into files (message, name, content) values (?, ?, ?)", message, name, content)

    def file_of(self, message: int) -> tuple[str, bytes] | None:
        """(name, content) of the file of a message."""
        rows = self._read("select name, content from files where message = ?", message)
        return (rows[0][0], rows[0][1]) if rows else None

    def edit(self, message: int, *, text: str | None, buttons: list[Any]) -> None:
        shown = json.dumps(buttons, ensure_ascii=False)
        self._write("update messages set text = coalesce(?, text), buttons = ? where id = ?", text, shown, message)

    def message(self, number: int) -> dict[str, Any] | None:
        rows = self._read(f"{_COLUMNS} where messages.id = ?", number)
        return _shown(rows[0]) if rows else None

    def messages(self, chat: int | None = None, since_id: int = 0, limit: int = MOST) -> list[dict[str, Any]]:
        """Messages of a chat (or of all), newest first."""
        where, values = " where messages.id > ?", [since_id]
        if chat is not None:
            where, values = f"{where} and chat = ?", [since_id, chat]
        rows = self._read(f"{_COLUMNS}{where} order by messages.id desc limit ?", *values, limit)
        return [_shown(row) for row in rows]

    def next_number(self, name: str) -> int:
        """Numbers that only grow: of updates and of presses."""
        statement = "insert into counters values (?, 1) on conflict (name) do update set value = value + 1"
        self._write(statement, name)
        return int(self._read("select value from counters where name = ?", name)[0][0])

    def ask(self, bot_id: int) -> str:
        """A press that waits for the bot's answer."""
        number = str(self.next_number("query"))
        self._write("insert into queries (id, at, bot) values (?, ?, ?)", number, time.time(), bot_id)
        return number

    def answer(self, query: str, bot_id: int, text: str, *, life: float) -> bool:
        """Answer a press; False when there is none, it is too old or answered already."""
        rows = self._read("select at, answer from queries where id = ? and bot = ?", query, bot_id)
        if not rows or rows[0][1] is not None or time.time() - rows[0][0] > life:
            return False
        self._write("update queries set answer = ? where id = ?", text, query)
        return True

    def answer_of(self, query: str) -> str | None:
        rows = self._read("select answer from queries where id = ?", query)
        return rows[0][0] if rows else None

    def count(self) -> int:
        return int(self._read("select count(*) from messages")[0][0])

    def _write(self, statement: str, *values: object) -> int:
        with self._lock, self._db:
            return int(self._db.execute(statement, values).lastrowid or 0)

    def _read(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._db.execute(statement, values).fetchall()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def _shown(row: tuple[Any, ...]) -> dict[str, Any]:
    number, at, bot, chat, from_bot, text, buttons, asks, answers, name, file, size = row
    return {
        "id": number,
        "at": at,
        "bot_id": bot,
        "bot": name,
        "chat": chat,
        "from_bot": bool(from_bot),
        "text": text,
        "buttons": json.loads(buttons),
        "asks": bool(asks),
        "answers": answers,
        "file": {"name": file, "size": size, "url": f"/telegram/files/{number}"} if file else None,
    }
