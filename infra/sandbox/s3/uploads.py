"""Multipart uploads: parts arrive in any order, the object appears whole at completion."""

import asyncio
import hashlib
import time
from uuid import uuid4
from xml.etree.ElementTree import Element

from infra.sandbox.exchange import Response
from infra.sandbox.s3.answers import document, element, group, instant, xml
from infra.sandbox.s3.blobs import Blob, Draft
from infra.sandbox.s3.errors import S3Error
from infra.sandbox.s3.index import Part, Stored, Upload
from infra.sandbox.s3.objects import copy_source, only_new
from infra.sandbox.s3.payload import receive
from infra.sandbox.s3.store import Call, kept_headers

LEAST_PART = 5 * 1024 * 1024
MOST_PARTS = 10_000
ALGORITHM = "x-amz-checksum-algorithm"


async def begin(call: Call) -> Response:
    """Open an upload."""
    upload = Upload(uuid4().hex, call.bucket, call.key, time.time(), kept_headers(call.request.headers))
    await asyncio.to_thread(call.store.index.must_have, call.bucket)
    await asyncio.to_thread(call.store.index.begin, upload)
    answer = xml(
        "InitiateMultipartUploadResult",
        element("Bucket", call.bucket), element("Key", call.key), element("UploadId", upload.id),
    )  # fmt: skip
    if ALGORITHM in call.request.headers:
        answer.headers[ALGORITHM] = call.request.headers[ALGORITHM]
    return answer


async def put_part(call: Call) -> Response:
    """Keep one part; sent again, it replaces the earlier one."""
    upload, number = await _upload(call), _part_number(call)
    if "x-amz-copy-source" in call.request.headers:
        return await _copy_part(call, upload, number)
    draft = call.store.blobs.draft()
    try:
        checksum = await receive(call.request, call.payload_hash, draft)
        blob = await asyncio.to_thread(_seal_part, call, upload, number, draft)
    finally:
        draft.discard()
    headers = {"etag": f'"{blob.md5}"'}
    if checksum:
        name, _, value = checksum.partition(":")
        headers[name] = value
    return Response(headers=headers)


async def complete(call: Call) -> Response:
    """Join the named parts into the object and end the upload."""
    upload = await _upload(call)
    wanted = [_named_part(node) for node in (await document(call)).iter("Part")]
    stored = await asyncio.to_thread(_join_and_publish, call, upload, wanted)
    return xml(
        "CompleteMultipartUploadResult",
        element("Bucket", call.bucket), element("Key", call.key), element("ETag", f'"{stored.etag}"'),
    )  # fmt: skip


async def abort(call: Call) -> Response:
    """Forget an upload and its parts."""
    upload = await _upload(call)
    unused = await asyncio.to_thread(call.store.index.finish, upload, None)
    await asyncio.to_thread(call.store.blobs.drop, unused)
    return Response(204)


async def list_parts(call: Call) -> Response:
    """Parts that arrived."""
    upload = await _upload(call)
    parts = await asyncio.to_thread(call.store.index.parts, upload)
    rows = (
        group(
            "Part",
            element("PartNumber", part.number), element("LastModified", instant(part.changed_at)),
            element("ETag", f'"{part.etag}"'), element("Size", part.size),
        )
        for part in parts
    )  # fmt: skip
    named = (element("Bucket", call.bucket), element("Key", call.key), element("UploadId", upload.id))
    return xml("ListPartsResult", *named, element("IsTruncated", "false"), *rows)


async def list_uploads(call: Call) -> Response:
    """Uploads in progress under a prefix."""
    prefix = call.query.get("prefix", "")
    call.credential.must_cover(prefix)
    await asyncio.to_thread(call.store.index.must_have, call.bucket)
    uploads = await asyncio.to_thread(call.store.index.uploads, call.bucket)
    rows = (
        group(
            "Upload",
            element("Key", upload.key), element("UploadId", upload.id),
            element("Initiated", instant(upload.started_at)),
        )
        for upload in uploads
        if upload.key.startswith(prefix)
    )  # fmt: skip
    return xml("ListMultipartUploadsResult", element("Bucket", call.bucket), element("IsTruncated", "false"), *rows)


async def _upload(call: Call) -> Upload:
    return await asyncio.to_thread(call.store.index.upload, call.bucket, call.key, call.query["uploadId"])


def _part_number(call: Call) -> int:
    text = call.query["partNumber"]
    if not text.isascii() or not text.isdigit() or len(text) > 5 or not 1 <= int(text) <= MOST_PARTS:
        raise S3Error("InvalidArgument", f"Part number must be an integer between 1 and {MOST_PARTS}, inclusive")
    return int(text)


def _seal_part(call: Call, upload: Upload, number: int, draft: Draft) -> Blob:
    blob = draft.seal()
    call.store.record(blob, lambda: call.store.index.put_part(upload, number, blob))
    return blob


async def _copy_part(call: Call, upload: Upload, number: int) -> Response:
    source = await copy_source(call)
    first, last = _copied_range(call.request.headers.get("x-amz-copy-source-range"), source)
    blob = await asyncio.to_thread(call.store.blobs.cut_out, source.blob, first, last)
    await asyncio.to_thread(call.store.record, blob, lambda: call.store.index.put_part(upload, number, blob))
    return xml("CopyPartResult", element("LastModified", instant(time.time())), element("ETag", f'"{blob.md5}"'))


def _copied_range(header: str | None, source: Stored) -> tuple[int, int]:
    if header is None:
        return 0, source.size - 1
    first, _, last = header.removeprefix("bytes=").partition("-")
    if not (first.isdigit() and last.isdigit()) or not int(first) <= int(last) < source.size:
        raise S3Error("InvalidArgument", "The x-amz-copy-source-range value must be of the form bytes=first-last")
    return int(first), int(last)


def _named_part(node: Element) -> tuple[int, str]:
    number, etag = node.findtext("PartNumber", ""), node.findtext("ETag", "")
    if not number.isascii() or not number.isdigit() or not etag:
        raise S3Error("MalformedXML")
    return int(number), etag.strip('"')


def _join_and_publish(call: Call, upload: Upload, wanted: list[tuple[int, str]]) -> Stored:
    parts = _chosen(call.store.index.parts(upload), wanted)
    blob = call.store.blobs.join(part.blob for part in parts)
    expected = call.request.headers.get("x-amz-mp-object-size", str(blob.size))
    if expected != str(blob.size):
        call.store.blobs.drop([blob.name])
        raise S3Error("InvalidRequest", "The provided 'x-amz-mp-object-size' header does not match what was computed.")
    digests = b"".join(bytes.fromhex(part.etag) for part in parts)
    etag = f"{hashlib.md5(digests, usedforsecurity=False).hexdigest()}-{len(parts)}"
    stored = Stored(call.key, blob.name, blob.size, etag, time.time(), upload.headers)
    call.store.record(blob, lambda: call.store.index.finish(upload, stored, only_new=only_new(call)))
    return stored


def _chosen(arrived: list[Part], wanted: list[tuple[int, str]]) -> list[Part]:
    """The named parts, all there, in order and none too small but the last. Raises S3Error."""
    if not wanted:
        raise S3Error("MalformedXML")
    numbers = [number for number, _ in wanted]
    if numbers != sorted(set(numbers)):
        raise S3Error("InvalidPartOrder")
    known = {part.number: part for part in arrived}
    chosen = [known[number] for number, etag in wanted if number in known and known[number].etag == etag]
    if len(chosen) != len(wanted):
        raise S3Error("InvalidPart")
    small = next((part for part in chosen[:-1] if part.size < LEAST_PART), None)
    if small is not None:
        raise S3Error("EntityTooSmall", PartNumber=small.number, ProposedSize=small.size, MinSizeAllowed=LEAST_PART)
    return chosen
