"""Bytes and index together, and the one way from a finished upload to a visible object."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from infra.sandbox.exchange import Request
from infra.sandbox.s3.blobs import Blob, Blobs
from infra.sandbox.s3.credentials import Credential
from infra.sandbox.s3.errors import S3Error
from infra.sandbox.s3.index import Index, Stored

LONGEST_KEY = 1024
KEPT_HEADERS = ("content-disposition", "content-encoding", "content-language", "cache-control", "expires")
# Accepted only with the value that changes nothing here.
HARMLESS = {
    "x-amz-acl": ("private", "bucket-owner-full-control"),
    "x-amz-storage-class": ("STANDARD",),
    "x-amz-server-side-encryption": ("AES256",),
}
UNDERSTOOD = {
    "x-amz-content-sha256", "x-amz-copy-source", "x-amz-copy-source-if-match", "x-amz-copy-source-range", "x-amz-date",
    "x-amz-decoded-content-length", "x-amz-metadata-directive", "x-amz-mp-object-size", "x-amz-sdk-checksum-algorithm",
    "x-amz-trailer", "x-amz-user-agent",
}  # fmt: skip


@dataclass(frozen=True)
class Store:
    """A store in one folder; survives a kill at any moment."""

    index: Index
    blobs: Blobs

    @classmethod
    def open(cls, directory: Path) -> "Store":
        """Open or create a store; drops the traces of uploads that a kill broke."""
        blobs, index = Blobs(directory), Index(directory / "index.sqlite3")
        blobs.keep_only(index.blobs())
        return cls(index, blobs)

    def record(self, blob: Blob, commit: Callable[[], list[str]]) -> None:
        """Commit an index change that names a sealed blob; a refused change frees the blob. Raises S3Error."""
        try:
            unused = commit()
        except S3Error:
            self.blobs.drop([blob.name])
            raise
        self.blobs.drop(unused)

    def publish(self, bucket: str, stored: Stored, blob: Blob, *, only_new: bool = False) -> None:
        """Make sealed bytes visible under their key. Raises S3Error."""
        self.record(blob, lambda: self.index.put(bucket, stored, only_new=only_new))

    def get(self, bucket: str, key: str) -> Stored:
        """An object. Raises S3Error."""
        stored = self.index.find(bucket, key)
        if stored is None:
            self.index.must_have(bucket)
            raise S3Error("NoSuchKey", Key=key)
        return stored

    def open_object(self, bucket: str, key: str) -> tuple[Stored, BinaryIO]:
        """An object with its bytes opened. Raises S3Error."""
        for _ in range(3):
            stored = self.get(bucket, key)
            try:
                return stored, self.blobs.path(stored.blob).open("rb")
            except FileNotFoundError:
                continue  # A writer replaced the object between the two lines above; look again.
        raise S3Error("SlowDown")


@dataclass(frozen=True)
class Call:
    """A believed request on its way to an operation; `query` holds the last value of each parameter."""

    store: Store
    request: Request
    credential: Credential
    payload_hash: str
    bucket: str
    key: str
    query: dict[str, str]


def must_be_key(key: str) -> None:
    """Refuse keys the real store, or a client's address arithmetic, would not carry. Raises S3Error."""
    if len(key.encode()) > LONGEST_KEY:
        raise S3Error("KeyTooLongError", Size=len(key.encode()), MaxSizeAllowed=LONGEST_KEY)
    if any(segment in (".", "..") for segment in key.split("/")) or any(ord(char) < 32 for char in key):
        raise S3Error("InvalidURI")


def kept_headers(told: dict[str, str]) -> dict[str, str]:
    """What of the uploader's headers, or form fields, is given back with the object. Raises S3Error."""
    kept = {name: told[name] for name in KEPT_HEADERS if told.get(name)}
    kept["content-type"] = told.get("content-type") or "binary/octet-stream"
    encodings = [word.strip() for word in kept.pop("content-encoding", "").split(",")]
    if encoding := ",".join(word for word in encodings if word not in ("", "aws-chunked")):
        kept["content-encoding"] = encoding
    kept |= {name: value for name, value in told.items() if name.startswith("x-amz-meta-")}
    return kept


def must_understand(names: dict[str, str]) -> None:
    """Refuse x-amz- headers whose meaning is not implemented: to ignore one would be a lie. Raises S3Error."""
    for name, value in names.items():
        if not name.startswith("x-amz-") or name in UNDERSTOOD:
            continue
        if name.startswith(("x-amz-meta-", "x-amz-checksum-")):
            continue
        if value in HARMLESS.get(name, ()):
            continue
        code = "AccessControlListNotSupported" if name == "x-amz-acl" else "NotImplemented"
        raise S3Error(code, Header=name)


def stored_from(key: str, blob: Blob, headers: dict[str, str], checksum: str | None) -> Stored:
    """The index row of freshly sealed bytes."""
    return Stored(key, blob.name, blob.size, blob.md5, time.time(), headers, checksum or "")
