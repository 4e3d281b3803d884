"""Objects in S3: one place that knows the endpoint and the keys, one class through which a company's are reached."""

import hashlib
import io
import re
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any
from urllib.parse import quote

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings

from core.context import current_schema

UPLOAD_SECONDS = 300
DOWNLOAD_SECONDS = 60
_CHUNK = 1024 * 1024
_PAGE = 1000
# How a store says that it keeps no versions at all.
_NO_VERSIONS = ("NotImplemented", "MethodNotAllowed")
_KEY = re.compile(r"t/[0-9a-f]{32}/(copies/|(quarantine/)?(sent/)?)[0-9a-f]{32}")
# Windows takes none of these, and a file that goes from hand to hand comes there, too.
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f\\/:*?"<>|]')
_LONGEST_WHOSE = 80
_local = threading.local()


class ForeignObject(PermissionError):
    """The key is not one of this company's: a fault of ours or an attack, never a person's mistake."""


class ObjectMissing(LookupError):
    """No object stands under the key."""


class ObjectChanged(Exception):
    """The object has been replaced since it was first looked at."""


@dataclass(frozen=True)
class Kept:
    """An object as a list of the store tells it."""

    key: str
    size: int
    modified_at: datetime


@dataclass(frozen=True)
class Stored:
    """What the store says of an object: bytes and its version."""

    size: int
    etag: str


@dataclass(frozen=True)
class Trouble:
    """A call that came to nothing: the operation as S3 names it, the seconds that it took with all its repetitions."""

    schema: str
    operation: str
    failure: ClientError | BotoCoreError
    seconds: float


_listeners: list[Callable[[Trouble], None]] = []


def tell_troubles_to(listener: Callable[[Trouble], None]) -> None:
    """Have somebody hear of each call of ordinary work that comes to nothing, in its thread, outside of any scope."""
    _listeners.append(listener)


def client(*, public: bool = False) -> Any:
    """A boto3 client of this thread; `public` signs addresses for browsers."""
    endpoint = settings.S3_PUBLIC_URL if public else settings.S3_ENDPOINT_URL
    held = _local.__dict__.setdefault("clients", {})
    name = (endpoint, settings.S3_ACCESS_KEY)
    if name not in held:
        held[name] = _make(endpoint)
    return held[name]


class CompanyStore:
    """The objects of one company: builds their keys and checks the prefix on every call.

    Addresses are signed anywhere, it is arithmetic; everything that goes to the store refuses to run inside a scope.
    `by` is a client other than the thread's: whoever brings his own tells of its troubles himself.
    """

    def __init__(self, schema: str, *, by: Any = None) -> None:
        self._schema, self._by = schema, by
        # Not keyed by a secret: files must be found after the installation's secrets are changed.
        self.prefix = f"t/{hashlib.sha256(f'storage:{schema}'.encode()).hexdigest()[:32]}/"

    def new_key(self) -> str:
        """A key that nothing stands under."""
        return f"{self.prefix}{uuid.uuid4().hex}"

    def new_copy_key(self) -> str:
        """A key for a copy of the company's rows: no row of its own names it."""
        return f"{self.prefix}copies/{uuid.uuid4().hex}"

    def new_sent_key(self) -> str:
        """A key for what people send to the service itself: the registry names it, no row of the company does."""
        return f"{self.prefix}sent/{uuid.uuid4().hex}"

    def is_named_elsewhere(self, key: str) -> bool:
        """Whether no row of the company's own is to name this key: a copy of its rows, or what it has sent to us."""
        own = self._checked(key).removeprefix(self.prefix).removeprefix("quarantine/")
        return own.startswith(("copies/", "sent/"))

    def quarantine_of(self, key: str) -> str:
        """Where the bytes for a key arrive and wait for the check."""
        return f"{self.prefix}quarantine/{self._checked(key).removeprefix(self.prefix)}"

    def is_waiting(self, key: str) -> bool:
        """Whether bytes under this key wait for the check."""
        return self._checked(key).startswith(f"{self.prefix}quarantine/")

    def final_of(self, key: str) -> str:
        """The key for which bytes wait under this one."""
        return self._checked(key).replace("quarantine/", "", 1)

    def pages(self, *, copies: bool = False) -> Iterator[list[Kept]]:
        """All objects of the company, or only copies of its rows, a page of the store at a time."""
        told: dict[str, Any] = {"Prefix": f"{self.prefix}{'copies/' if copies else ''}", "MaxKeys": _PAGE}
        while True:
            found = self._call("list_objects_v2", **told)
            yield [Kept(one["Key"], one["Size"], one["LastModified"]) for one in found.get("Contents", ())]
            if not found.get("IsTruncated"):
                return
            told["ContinuationToken"] = found["NextContinuationToken"]

    def upload_address(self, key: str, *, size: int, content_type: str) -> str:
        """Address for one PUT of exactly so many bytes of this type within 5 minutes."""
        told = {"Key": self._checked(key), "ContentLength": size, "ContentType": content_type}
        return self._sign("put_object", told, UPLOAD_SECONDS)

    def download_address(self, key: str, *, name: str, content_type: str, inline: bool) -> str:
        """Address for one minute that gives the object as a file of this name and type, whatever it was stored as."""
        told = {
            "Key": self._checked(key),
            "ResponseContentDisposition": disposition(name, inline=inline),
            "ResponseContentType": content_type,
            "ResponseCacheControl": "private, no-store",
        }
        return self._sign("get_object", told, DOWNLOAD_SECONDS)

    def look(self, key: str) -> Stored:
        """Size and version of an object. ObjectMissing."""
        found = self._call("head_object", Key=self._checked(key))
        return Stored(found["ContentLength"], found["ETag"])

    def chunks(self, key: str, etag: str) -> Iterator[bytes]:
        """All bytes of an object in pieces. ObjectMissing, ObjectChanged."""
        found = self._call("get_object", Key=self._checked(key), IfMatch=etag)
        yield from found["Body"].iter_chunks(_CHUNK)

    def stream(self, key: str) -> tuple[Stored, Iterator[bytes]]:
        """What stands under a key, and its bytes in pieces, by one call. ObjectMissing."""
        found = self._call("get_object", Key=self._checked(key))
        return Stored(found["ContentLength"], found["ETag"]), found["Body"].iter_chunks(_CHUNK)

    def whole(self, key: str) -> bytes:
        """All bytes of a small object. ObjectMissing."""
        return self._call("get_object", Key=self._checked(key))["Body"].read()

    def put(self, key: str, content: bytes | IO[bytes], *, content_type: str) -> None:
        """Store bytes that the product itself has received and checked, or an open file of them from its beginning."""
        self._call("put_object", Key=self._checked(key), Body=content, ContentType=content_type)

    def put_file(self, key: str, source: IO[bytes], *, content_type: str) -> None:
        """Store a file of any size, in parts where it is large: it is never whole in memory."""
        self._call("upload_fileobj", Fileobj=source, Key=self._checked(key), ExtraArgs={"ContentType": content_type})

    def part(self, key: str, etag: str, first: int, last: int) -> bytes:
        """Bytes from `first` to `last`, both included. ObjectMissing, ObjectChanged."""
        found = self._call("get_object", Key=self._checked(key), IfMatch=etag, Range=f"bytes={first}-{last}")
        return found["Body"].read()

    def copy(self, source: str, target: str, *, etag: str) -> None:
        """Give the very bytes that were looked at a second key. ObjectMissing, ObjectChanged."""
        place = {"Bucket": settings.S3_BUCKET, "Key": self._checked(source)}
        self._call("copy_object", Key=self._checked(target), CopySource=place, CopySourceIfMatch=etag)

    def remove(self, key: str) -> None:
        """Delete an object; one that is gone already is no error."""
        self._call("delete_object", Key=self._checked(key))

    def erase_all(self) -> int:
        """Delete everything under the company's prefix: objects, their former versions, uploads never finished.

        How many objects and versions went. It may be repeated, and goes on where it was interrupted.
        """
        for upload in self._call("list_multipart_uploads", Prefix=self.prefix).get("Uploads", ()):
            self._call("abort_multipart_upload", Key=upload["Key"], UploadId=upload["UploadId"])
        count = 0
        while doomed := self._versions():
            for key, version in doomed:
                self._call("delete_object", Key=key, **({"VersionId": version} if version else {}))
            count += len(doomed)
        return count

    def _versions(self) -> list[tuple[str, str]]:
        """(key, version) of some objects that are still there; no version where the store keeps none."""
        try:
            found = self._call("list_object_versions", Prefix=self.prefix, MaxKeys=_PAGE)
        except ClientError as refusal:
            if refusal.response["Error"].get("Code") not in _NO_VERSIONS:
                raise
            return [(one.key, "") for one in next(self.pages(), [])]
        rows = [*found.get("Versions", ()), *found.get("DeleteMarkers", ())]
        return [(row["Key"], row.get("VersionId", "")) for row in rows]

    def _checked(self, key: str) -> str:
        if not key.startswith(self.prefix) or not _KEY.fullmatch(key):
            raise ForeignObject(key[:100])
        return key

    def _sign(self, operation: str, told: dict[str, Any], seconds: int) -> str:
        parameters = {"Bucket": settings.S3_BUCKET, **told}
        return client(public=True).generate_presigned_url(operation, Params=parameters, ExpiresIn=seconds)

    def _call(self, operation: str, **told: Any) -> Any:
        if current_schema() is not None:
            raise RuntimeError("The store is not called inside a scope.")
        begun = time.monotonic()
        try:
            return getattr(self._by or client(), operation)(Bucket=settings.S3_BUCKET, **told)
        except ClientError as failure:
            status = failure.response.get("ResponseMetadata", {}).get("HTTPStatusCode")
            if status == 404 and failure.response["Error"].get("Code") != "NoSuchBucket":
                raise ObjectMissing(told.get("Key", "")) from failure
            if status == 412:
                raise ObjectChanged(told["Key"]) from failure
            self._tell(Trouble(self._schema, operation, failure, time.monotonic() - begun))
            raise
        except BotoCoreError as failure:
            self._tell(Trouble(self._schema, operation, failure, time.monotonic() - begun))
            raise

    def _tell(self, trouble: Trouble) -> None:
        for listener in _listeners if self._by is None else ():
            listener(trouble)


class ObjectReader(io.RawIOBase):
    """An object as a file that is read here and there; wrap it in a BufferedReader, each read is a request."""

    def __init__(self, store: CompanyStore, key: str, stored: Stored) -> None:
        self._store, self._key, self._stored, self._at = store, key, stored, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._stored.size}[whence]
        if base + offset < 0:
            raise ValueError("before the beginning")
        self._at = base + offset
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: Any) -> int:
        last = min(self._at + len(buffer), self._stored.size) - 1
        if last < self._at:
            return 0
        found = self._store.part(self._key, self._stored.etag, self._at, last)
        buffer[: len(found)] = found
        self._at += len(found)
        return len(found)


def file_named(whose: str, what: str) -> str:
    """«ООО „Альфа“, выгрузка 2026-11-24.zip»: whose a file is, as far as a disk takes it; days first to last sort."""
    return f"{' '.join(_NOT_IN_NAMES.sub(' ', whose).split())[:_LONGEST_WHOSE].strip(' .')}, {what}"


def disposition(name: str, *, inline: bool) -> str:
    """Content-Disposition with the name in ASCII for old programs and in UTF-8 for all others (RFC 6266, 8187)."""
    plain = re.sub(r'[^\x20-\x7e]|["\\%]', "_", name)
    return f"{'inline' if inline else 'attachment'}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def impatient(*, connect_seconds: float, read_seconds: float) -> Any:
    """A client that asks once and does not wait: it tells whether the store answers."""
    return _make(settings.S3_ENDPOINT_URL, connect_seconds=connect_seconds, read_seconds=read_seconds, attempts=1)


def _make(endpoint: str, *, connect_seconds: float = 3, read_seconds: float = 20, attempts: int = 4) -> Any:
    config = Config(
        signature_version="s3v4",
        s3={"addressing_style": "path"},
        connect_timeout=connect_seconds,
        read_timeout=read_seconds,
        retries={"total_max_attempts": attempts, "mode": "standard"},
        # The checksum of newer clients is unknown to many S3 servers and cannot be signed before the bytes are known.
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )
    return boto3.session.Session().client(
        "s3",
        endpoint_url=endpoint,
        region_name=settings.S3_REGION,
        aws_access_key_id=settings.S3_ACCESS_KEY,
        aws_secret_access_key=settings.S3_SECRET_KEY,
        config=config,
    )
