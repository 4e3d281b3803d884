"""Operations on one object: put, copy, get, head, delete."""

import asyncio
import re
import time
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import formatdate, parsedate_to_datetime
from urllib.parse import unquote

from infra.sandbox.exchange import Response
from infra.sandbox.s3.answers import element, instant, xml
from infra.sandbox.s3.blobs import Draft, stream
from infra.sandbox.s3.errors import S3Error
from infra.sandbox.s3.index import Stored
from infra.sandbox.s3.payload import declared_length, receive
from infra.sandbox.s3.store import Call, kept_headers, stored_from

RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
OVERRIDES = ("cache-control", "content-disposition", "content-encoding", "content-language", "content-type", "expires")


async def put_object(call: Call) -> Response:
    """Store a body; nothing is visible until all of it arrived, was checked and is on the disk."""
    if "x-amz-copy-source" in call.request.headers:
        return await copy_object(call)
    headers, fresh = kept_headers(call.request.headers), only_new(call)
    declared_length(call.request, framed="x-amz-decoded-content-length" in call.request.headers)
    await asyncio.to_thread(call.store.index.must_have, call.bucket)
    draft = call.store.blobs.draft()
    try:
        checksum = await receive(call.request, call.payload_hash, draft)
        stored = await asyncio.to_thread(_seal_and_publish, call, draft, headers, checksum, fresh)
    finally:
        draft.discard()
    return Response(headers={"etag": f'"{stored.etag}"', **_checksum_header(stored)})


async def copy_object(call: Call) -> Response:
    """Give the bytes of one object a second key."""
    bucket, key = _source_name(call)
    replaces = call.request.headers.get("x-amz-metadata-directive", "COPY") == "REPLACE"
    if (bucket, key) == (call.bucket, call.key) and not replaces:
        raise S3Error("InvalidRequest", "This copy request is illegal because it copies an object to itself unchanged.")
    await asyncio.to_thread(call.store.index.must_have, call.bucket)
    source = await copy_source(call)
    headers = kept_headers(call.request.headers) if replaces else source.headers
    copied = await asyncio.to_thread(_link_and_publish, call, source, headers)
    changed_at, etag = element("LastModified", instant(copied.changed_at)), element("ETag", f'"{copied.etag}"')
    return xml("CopyObjectResult", changed_at, etag)


async def copy_source(call: Call) -> Stored:
    """The object named by `x-amz-copy-source`, when the credential may read it. Raises S3Error."""
    source = await asyncio.to_thread(call.store.get, *_source_name(call))
    condition = call.request.headers.get("x-amz-copy-source-if-match")
    if condition is not None and not _names_etag(condition, source):
        raise S3Error("PreconditionFailed", Condition="x-amz-copy-source-If-Match")
    return source


def _source_name(call: Call) -> tuple[str, str]:
    path, _, version = unquote(call.request.headers["x-amz-copy-source"]).partition("?versionId=")
    bucket, _, key = path.removeprefix("/").partition("/")
    if not bucket or not key or version not in ("", "null"):
        raise S3Error("InvalidArgument", "Copy Source must mention the source bucket and key: sourcebucket/sourcekey")
    call.credential.must_cover(key)
    return bucket, key


async def get_object(call: Call) -> Response:
    """An object, or a range of it."""
    stored, file = await asyncio.to_thread(call.store.open_object, call.bucket, call.key)
    try:
        response, first = _described(call, stored)
    except S3Error:
        file.close()
        raise
    if response.status == 304 or not response.length:
        file.close()
        return response
    response.body = stream(file, first, response.length)
    return response


async def head_object(call: Call) -> Response:
    """The headers of a get without its body."""
    response, _ = _described(call, await asyncio.to_thread(call.store.get, call.bucket, call.key))
    if response.length is not None:
        response.headers["content-length"] = str(response.length)
    return response


async def delete_object(call: Call) -> Response:
    """Remove an object; removing an absent one succeeds too."""
    await asyncio.to_thread(_delete, call)
    return Response(204)


def _delete(call: Call) -> None:
    call.store.index.must_have(call.bucket)
    call.store.blobs.drop(call.store.index.delete(call.bucket, call.key))


def _seal_and_publish(call: Call, draft: Draft, headers: dict[str, str], checksum: str | None, fresh: bool) -> Stored:
    blob = draft.seal()
    stored = stored_from(call.key, blob, headers, checksum)
    call.store.publish(call.bucket, stored, blob, only_new=fresh)
    return stored


def _link_and_publish(call: Call, source: Stored, headers: dict[str, str]) -> Stored:
    blob = call.store.blobs.copy(source.blob, source.size, source.etag)
    copied = replace(source, key=call.key, blob=blob.name, changed_at=time.time(), headers=headers)
    call.store.publish(call.bucket, copied, blob, only_new=only_new(call))
    return copied


def only_new(call: Call) -> bool:
    """Whether the write is asked to refuse an existing key. Raises S3Error."""
    condition = call.request.headers.get("if-none-match")
    if condition not in (None, "*") or "if-match" in call.request.headers:
        raise S3Error("NotImplemented", Header="if-match")
    return condition == "*"


def _described(call: Call, stored: Stored) -> tuple[Response, int]:
    """Status, headers and length of an answer, and the first byte of its body."""
    headers = {"etag": f'"{stored.etag}"', "last-modified": formatdate(stored.changed_at, usegmt=True)}
    if _is_unchanged(call.request.headers, stored):
        return Response(304, headers), 0
    headers |= {"accept-ranges": "bytes", **stored.headers, **_overrides(call)}
    span = _span(call.request.headers.get("range", ""), stored.size)
    if span is not None:
        first, last = span
        headers["content-range"] = f"bytes {first}-{last}/{stored.size}"
        return Response(206, headers, length=last - first + 1), first
    if call.request.headers.get("x-amz-checksum-mode") == "ENABLED":
        headers |= _checksum_header(stored)
    return Response(200, headers, length=stored.size), 0


def _is_unchanged(headers: dict[str, str], stored: Stored) -> bool:
    """Whether the reader has this very object already. Raises S3Error when a condition fails."""
    changed_at = datetime.fromtimestamp(int(stored.changed_at), UTC)
    if "if-match" in headers:
        if not _names_etag(headers["if-match"], stored):
            raise S3Error("PreconditionFailed", Condition="If-Match")
    elif (limit := _date(headers.get("if-unmodified-since"))) and changed_at > limit:
        raise S3Error("PreconditionFailed", Condition="If-Unmodified-Since")
    if "if-none-match" in headers:
        return _names_etag(headers["if-none-match"], stored)
    since = _date(headers.get("if-modified-since"))
    return since is not None and changed_at <= since


def _names_etag(condition: str, stored: Stored) -> bool:
    etags = [text.strip().removeprefix("W/").strip('"') for text in condition.split(",")]
    return "*" in etags or stored.etag in etags


def _date(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None  # HTTP tells to ignore a condition whose date cannot be read.
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _span(header: str, size: int) -> tuple[int, int] | None:
    """First and last byte asked for; None for the whole, also when several ranges are asked. Raises S3Error."""
    match = RANGE.fullmatch(header)
    if match is None or not any(match.groups()):
        return None
    first, last = match.groups()
    if not first:
        start, end = max(0, size - int(last)), size - 1
    else:
        start, end = int(first), min(int(last or size), size - 1)
    if last and first and int(last) < int(first):
        return None
    if start > end:
        raise S3Error("InvalidRange", RangeRequested=header, ActualObjectSize=size)
    return start, end


def _overrides(call: Call) -> dict[str, str]:
    """Headers the signed address prescribes, such as `response-content-disposition`. Raises S3Error."""
    asked = {name: call.query[f"response-{name}"] for name in OVERRIDES if f"response-{name}" in call.query}
    if any(ord(char) < 32 for value in asked.values() for char in value):
        raise S3Error("InvalidArgument", "Header value cannot contain control characters.")
    return asked


def _checksum_header(stored: Stored) -> dict[str, str]:
    name, _, value = stored.checksum.partition(":")
    return {name: value} if name else {}
