"""The index of the store in SQLite: an object exists when its row is committed, not a moment earlier.

Every call blocks on the disk; the server makes them from threads. Keys are kept as UTF-8 bytes, so
listings come in the byte order of the real store.
"""

import json
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from infra.sandbox.s3.blobs import Blob
from infra.sandbox.s3.errors import S3Error

TABLES = """
create table if not exists buckets (name text primary key, created_at real not null) without rowid;
create table if not exists objects (
    bucket text not null references buckets, key blob not null, blob text not null, size integer not null,
    etag text not null, changed_at real not null, about text not null, primary key (bucket, key)
) without rowid;
create table if not exists uploads (
    id text primary key, bucket text not null references buckets, key blob not null,
    started_at real not null, about text not null
) without rowid;
create table if not exists parts (
    upload text not null references uploads on delete cascade, number integer not null, blob text not null,
    size integer not null, etag text not null, changed_at real not null, primary key (upload, number)
) without rowid;
"""


@dataclass(frozen=True)
class Stored:
    """An object: `headers` are given back as they came, `checksum` is `name:value` or empty."""

    key: str
    blob: str
    size: int
    etag: str
    changed_at: float
    headers: dict[str, str] = field(default_factory=dict)
    checksum: str = ""


@dataclass(frozen=True)
class Part:
    """A part of an upload in progress."""

    number: int
    blob: str
    size: int
    etag: str
    changed_at: float


@dataclass(frozen=True)
class Upload:
    """A multipart upload in progress."""

    id: str
    bucket: str
    key: str
    started_at: float
    headers: dict[str, str]


class Index:
    """Buckets, objects and uploads; methods return the names of blobs nobody needs any more."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._db.execute("pragma journal_mode = wal")
        self._db.execute("pragma synchronous = full")
        self._db.execute("pragma foreign_keys = on")
        self._db.executescript(TABLES)

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            self._db.execute("begin immediate")
            try:
                yield self._db
            except BaseException:
                self._db.execute("rollback")
                raise
            self._db.execute("commit")

    def _rows(self, statement: str, *values: object) -> list[tuple]:
        with self._lock:
            return self._db.execute(statement, values).fetchall()

    def blobs(self) -> set[str]:
        """Names of all blobs in use."""
        return {name for (name,) in self._rows("select blob from objects union select blob from parts")}

    # Buckets

    def buckets(self) -> list[tuple[str, float, int, int]]:
        """Name, creation instant, number of objects, bytes."""
        return self._rows(
            "select name, created_at, count(key), coalesce(sum(size), 0) from buckets"
            " left join objects on bucket = name group by name order by name"
        )

    def must_have(self, bucket: str) -> None:
        """Raises S3Error when there is no such bucket."""
        if not self._rows("select 1 from buckets where name = ?", bucket):
            raise S3Error("NoSuchBucket", BucketName=bucket)

    def create_bucket(self, bucket: str) -> None:
        """Make a bucket. Raises S3Error when it exists."""
        try:
            with self._transaction() as db:
                db.execute("insert into buckets values (?, ?)", (bucket, time.time()))
        except sqlite3.IntegrityError as error:
            raise S3Error("BucketAlreadyOwnedByYou", BucketName=bucket) from error

    def delete_bucket(self, bucket: str) -> None:
        """Remove an empty bucket. Raises S3Error."""
        self.must_have(bucket)
        try:
            with self._transaction() as db:
                db.execute("delete from buckets where name = ?", (bucket,))
        except sqlite3.IntegrityError as error:
            raise S3Error("BucketNotEmpty", BucketName=bucket) from error

    # Objects

    def put(self, bucket: str, stored: Stored, *, only_new: bool = False) -> list[str]:
        """Make an object visible, in place of its predecessor. Raises S3Error."""
        with self._transaction() as db:
            return _put(db, bucket, stored, only_new=only_new)

    def find(self, bucket: str, key: str) -> Stored | None:
        """The object under exactly this key."""
        rows = self._rows(
            "select key, blob, size, etag, changed_at, about from objects where bucket = ? and key = ?",
            bucket,
            key.encode(),
        )
        return _stored(rows[0]) if rows else None

    def delete(self, bucket: str, key: str) -> list[str]:
        """Remove an object; an absent one is removed already."""
        with self._transaction() as db:
            rows = db.execute(
                "delete from objects where bucket = ? and key = ? returning blob", (bucket, key.encode())
            ).fetchall()
        return [name for (name,) in rows]

    def after(self, bucket: str, prefix: bytes, marker: bytes, limit: int) -> list[Stored]:
        """Objects with a prefix whose key is greater than `marker`, in byte order."""
        rows = self._rows(
            "select key, blob, size, etag, changed_at, about from objects"
            " where bucket = ? and key >= ? and key > ? and key < ? order by key limit ?",
            bucket, prefix, marker, beyond(prefix), limit,
        )  # fmt: skip
        return [_stored(row) for row in rows]

    # Multipart uploads

    def begin(self, upload: Upload) -> None:
        """Open an upload."""
        with self._transaction() as db:
            values = (upload.id, upload.bucket, upload.key.encode(), upload.started_at, json.dumps(upload.headers))
            db.execute("insert into uploads values (?, ?, ?, ?, ?)", values)

    def uploads(self, bucket: str) -> list[Upload]:
        """Uploads in progress by key and age."""
        rows = self._rows("select * from uploads where bucket = ? order by key, started_at", bucket)
        return [_upload(row) for row in rows]

    def upload(self, bucket: str, key: str, upload_id: str) -> Upload:
        """An upload in progress. Raises S3Error."""
        statement = "select * from uploads where id = ? and bucket = ? and key = ?"
        rows = self._rows(statement, upload_id, bucket, key.encode())
        if not rows:
            raise S3Error("NoSuchUpload", UploadId=upload_id)
        return _upload(rows[0])

    def put_part(self, upload: Upload, number: int, blob: Blob) -> list[str]:
        """Keep a part, in place of an earlier one of that number. Raises S3Error when the upload is over."""
        with self._transaction() as db:
            old = db.execute("select blob from parts where upload = ? and number = ?", (upload.id, number)).fetchall()
            values = (upload.id, number, blob.name, blob.size, blob.md5, time.time())
            try:
                db.execute("insert or replace into parts values (?, ?, ?, ?, ?, ?)", values)
            except sqlite3.IntegrityError as error:
                raise S3Error("NoSuchUpload", UploadId=upload.id) from error
        return [name for (name,) in old]

    def parts(self, upload: Upload) -> list[Part]:
        """Parts that arrived, by number."""
        statement = "select number, blob, size, etag, changed_at from parts where upload = ? order by number"
        return [Part(*row) for row in self._rows(statement, upload.id)]

    def finish(self, upload: Upload, stored: Stored | None, *, only_new: bool = False) -> list[str]:
        """End an upload: with an object it becomes visible, without it is aborted. Raises S3Error."""
        with self._transaction() as db:
            parts = db.execute("select blob from parts where upload = ?", (upload.id,)).fetchall()
            gone = db.execute("delete from uploads where id = ?", (upload.id,))
            if not gone.rowcount:
                raise S3Error("NoSuchUpload", UploadId=upload.id)
            old = _put(db, upload.bucket, stored, only_new=only_new) if stored else []
        return [name for (name,) in parts] + old


def beyond(prefix: bytes) -> bytes:
    """The least byte string greater than every UTF-8 key with this prefix."""
    return prefix[:-1] + bytes([prefix[-1] + 1]) if prefix else b"\xff"


def _put(db: sqlite3.Connection, bucket: str, stored: Stored, *, only_new: bool) -> list[str]:
    key = stored.key.encode()
    old = db.execute("select blob from objects where bucket = ? and key = ?", (bucket, key)).fetchall()
    if old and only_new:
        raise S3Error("PreconditionFailed", Condition="If-None-Match")
    about = json.dumps({"headers": stored.headers, "checksum": stored.checksum})
    values = (bucket, key, stored.blob, stored.size, stored.etag, stored.changed_at, about)
    try:
        db.execute("insert or replace into objects values (?, ?, ?, ?, ?, ?, ?)", values)
    except sqlite3.IntegrityError as error:
        raise S3Error("NoSuchBucket", BucketName=bucket) from error
    return [name for (name,) in old]


def _stored(row: tuple[bytes, str, int, str, float, str]) -> Stored:
    key, blob, size, etag, changed_at, about = row
    return Stored(key.decode(), blob, size, etag, changed_at, **json.loads(about))


def _upload(row: tuple[str, str, bytes, float, str]) -> Upload:
    upload_id, bucket, key, started_at, headers = row
    return Upload(upload_id, bucket, key.decode(), started_at, json.loads(headers))
