"""Operations on buckets: make, list, look up, empty."""

import asyncio
import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import quote

from infra.sandbox.exchange import Response
from infra.sandbox.s3.answers import document, element, group, instant, xml
from infra.sandbox.s3.errors import S3Error
from infra.sandbox.s3.index import Index, Stored
from infra.sandbox.s3.store import Call, must_be_key

BUCKET_NAME = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
MOST_KEYS = 1000
ECHOED = (("EncodingType", "encoding-type"), ("ContinuationToken", "continuation-token"))
ECHOED_ENCODED = (("Delimiter", "delimiter"), ("StartAfter", "start-after"))


async def list_buckets(call: Call) -> Response:
    """All buckets."""
    call.credential.must_own_bucket()
    rows = await asyncio.to_thread(call.store.index.buckets)
    shown = (group("Bucket", element("Name", name), element("CreationDate", instant(at))) for name, at, _, _ in rows)
    return xml("ListAllMyBucketsResult", group("Owner", element("ID", "sandbox")), group("Buckets", *shown))


async def create_bucket(call: Call) -> Response:
    """Make a bucket."""
    call.credential.must_own_bucket()
    if not BUCKET_NAME.fullmatch(call.bucket) or ".." in call.bucket:
        raise S3Error("InvalidBucketName", BucketName=call.bucket)
    await asyncio.to_thread(call.store.index.create_bucket, call.bucket)
    return Response(headers={"location": f"/{call.bucket}"})


async def delete_bucket(call: Call) -> Response:
    """Remove an empty bucket."""
    call.credential.must_own_bucket()
    await asyncio.to_thread(call.store.index.delete_bucket, call.bucket)
    return Response(204)


async def head_bucket(call: Call) -> Response:
    """Whether a bucket exists."""
    await asyncio.to_thread(call.store.index.must_have, call.bucket)
    return Response()


async def location(call: Call) -> Response:
    """The region of a bucket: empty, as for the oldest region of the real store."""
    await asyncio.to_thread(call.store.index.must_have, call.bucket)
    return xml("LocationConstraint")


async def versioning(call: Call) -> Response:
    """Versions are not kept: the state reads «never enabled», and a request to enable is let pass."""
    call.credential.must_own_bucket()
    await asyncio.to_thread(call.store.index.must_have, call.bucket)
    return xml("VersioningConfiguration") if call.request.method == "GET" else Response()


async def delete_many(call: Call) -> Response:
    """Remove up to a thousand keys; each has its own outcome."""
    root = await document(call)
    keys = [node.findtext("Key", "") for node in root.iter("Object")]
    if not 1 <= len(keys) <= MOST_KEYS:
        raise S3Error("MalformedXML")
    await asyncio.to_thread(call.store.index.must_have, call.bucket)
    outcomes = await asyncio.to_thread(lambda: [_delete_one(call, key) for key in keys])
    quiet = root.findtext("Quiet") == "true"
    return xml("DeleteResult", *(text for text in outcomes if not quiet or text.startswith("<Error>")))


def _delete_one(call: Call, key: str) -> str:
    try:
        call.credential.must_cover(key)
        must_be_key(key)
    except S3Error as error:
        return group("Error", element("Key", key), error.as_xml())
    call.store.blobs.drop(call.store.index.delete(call.bucket, key))
    return group("Deleted", element("Key", key))


@dataclass
class Listing:
    """One page of keys and common prefixes, in byte order."""

    objects: list[Stored] = field(default_factory=list)
    prefixes: list[str] = field(default_factory=list)
    last: bytes = b""
    truncated: bool = False

    def __len__(self) -> int:
        return len(self.objects) + len(self.prefixes)


async def list_objects(call: Call) -> Response:
    """A page of the keys under a prefix (ListObjectsV2)."""
    asked = call.query
    if asked["list-type"] != "2":
        raise S3Error("NotImplemented", "Only list-type=2 is implemented.")
    prefix, delimiter = asked.get("prefix", ""), asked.get("delimiter", "")
    call.credential.must_cover(prefix)
    await asyncio.to_thread(call.store.index.must_have, call.bucket)
    limit = _limit(asked.get("max-keys", str(MOST_KEYS)))
    page = await asyncio.to_thread(read_page, call.store.index, call.bucket, prefix, delimiter, _marker(asked), limit)
    show = quote if asked.get("encoding-type") == "url" else str
    head = [
        element("Name", call.bucket), element("Prefix", show(prefix)), element("MaxKeys", limit),
        element("KeyCount", len(page)), element("IsTruncated", str(page.truncated).lower()),
    ]  # fmt: skip
    head += [element(name, show(asked[key])) for name, key in ECHOED_ENCODED if asked.get(key)]
    head += [element(name, asked[key]) for name, key in ECHOED if key in asked]
    if page.truncated:
        head.append(element("NextContinuationToken", base64.urlsafe_b64encode(page.last).decode()))
    rows = [_row(stored, show(stored.key)) for stored in page.objects]
    rows += [group("CommonPrefixes", element("Prefix", show(text))) for text in page.prefixes]
    return xml("ListBucketResult", *head, *rows)


def read_page(index: Index, bucket: str, prefix: str, delimiter: str, marker: bytes, limit: int) -> Listing:
    """At most `limit` keys and common prefixes after `marker`."""
    page = Listing()
    for stored in _walk(index, bucket, prefix, delimiter, marker):
        if len(page) == limit:
            page.truncated = limit > 0
            break
        folder = _folder(stored.key, prefix, delimiter)
        if folder is None:
            page.objects.append(stored)
            page.last = stored.key.encode()
        else:
            page.prefixes.append(folder)
            # The page ends behind the whole folder, so that the next one does not begin inside it.
            page.last = behind(folder)
    return page


def _walk(index: Index, bucket: str, prefix: str, delimiter: str, marker: bytes) -> Iterator[Stored]:
    """Objects after the marker; of every common prefix only the first one, the rest is leapt over."""
    while batch := index.after(bucket, prefix.encode(), marker, MOST_KEYS + 1):
        for stored in batch:
            if stored.key.encode() <= marker:
                continue
            yield stored
            folder = _folder(stored.key, prefix, delimiter)
            marker = stored.key.encode() if folder is None else behind(folder)


def behind(folder: str) -> bytes:
    """A marker greater than every key of a folder and less than all that follows: UTF-8 has no byte 0xFF."""
    return folder.encode() + b"\xff"


def _folder(key: str, prefix: str, delimiter: str) -> str | None:
    if not delimiter:
        return None
    head, found, _ = key[len(prefix) :].partition(delimiter)
    return prefix + head + delimiter if found else None


def _marker(asked: dict[str, str]) -> bytes:
    token = asked.get("continuation-token")
    if token is None:
        return asked.get("start-after", "").encode()
    try:
        return base64.urlsafe_b64decode(token)
    except ValueError as error:
        raise S3Error("InvalidArgument", "The continuation token provided is incorrect") from error


def _limit(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise S3Error("InvalidArgument", "Argument maxKeys must be an integer between 0 and 2147483647")
    return min(int(text), MOST_KEYS)


def _row(stored: Stored, key: str) -> str:
    return group(
        "Contents",
        element("Key", key), element("LastModified", instant(stored.changed_at)),
        element("ETag", f'"{stored.etag}"'), element("Size", stored.size), element("StorageClass", "STANDARD"),
    )  # fmt: skip
