"""Browser form uploads (presigned POST): the fields, the policy over them, then the file as a stream."""

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import PurePosixPath

from infra.sandbox.exchange import Request, Response
from infra.sandbox.s3.answers import element, xml
from infra.sandbox.s3.blobs import Draft
from infra.sandbox.s3.credentials import Keyring
from infra.sandbox.s3.errors import S3Error
from infra.sandbox.s3.index import Stored
from infra.sandbox.s3.policy import Policy
from infra.sandbox.s3.store import Store, kept_headers, must_be_key, must_understand, stored_from

LONGEST_FIELDS = 64 * 1024
BOUNDARY = re.compile(r'multipart/form-data;.*\bboundary="?([^";,\s]{1,200})"?', re.IGNORECASE)
ATTRIBUTE = re.compile(r'\b(name|filename)="((?:[^"\\]|\\.)*)"')


async def post_object(request: Request, store: Store, keyring: Keyring, bucket: str, now: datetime) -> Response:
    """Accept a form upload when its signed policy allows everything about it. Raises S3Error, ClientGone."""
    form = Form(request)
    fields = await form.read_fields()
    policy = Policy.signed(fields, keyring, now)
    key = fields.get("key", "").replace("${filename}", PurePosixPath(form.filename.replace("\\", "/")).name)
    if not key:
        raise S3Error("InvalidArgument", "Bucket POST must contain a field named 'key'.")
    fields["key"] = key
    policy.must_allow(fields, bucket)
    policy.credential.must_cover(key)
    must_be_key(key)
    told = {name: value for name, value in fields.items() if name not in policy.own_fields}
    must_understand(told)
    await asyncio.to_thread(store.index.must_have, bucket)
    draft = store.blobs.draft()
    try:
        await _fill(draft, form, policy)
        stored = await asyncio.to_thread(_publish, store, bucket, key, draft, kept_headers(told))
    finally:
        draft.discard()
    return _answer(fields.get("success_action_status", "204"), bucket, stored)


async def _fill(draft: Draft, form: "Form", policy: Policy) -> None:
    """Stream the file, giving up at the first byte over the limit."""
    async for chunk in form.file():
        draft.write(chunk)
        if draft.size > policy.most:
            raise S3Error("EntityTooLarge", ProposedSize=draft.size, MaxSizeAllowed=policy.most)
    if draft.size < policy.least:
        raise S3Error("EntityTooSmall", ProposedSize=draft.size, MinSizeAllowed=policy.least)


def _publish(store: Store, bucket: str, key: str, draft: Draft, headers: dict[str, str]) -> Stored:
    blob = draft.seal()
    stored = stored_from(key, blob, headers, None)
    store.publish(bucket, stored, blob)
    return stored


def _answer(wished: str, bucket: str, stored: Stored) -> Response:
    if wished != "201":
        return Response(200 if wished == "200" else 204, {"etag": f'"{stored.etag}"'})
    etag = element("ETag", f'"{stored.etag}"')
    answer = xml("PostResponse", element("Bucket", bucket), element("Key", stored.key), etag)
    answer.status = 201
    return answer


class Form:
    """A multipart/form-data body whose last part of interest is called `file`."""

    def __init__(self, request: Request) -> None:
        match = BOUNDARY.match(request.headers.get("content-type", ""))
        if match is None:
            raise S3Error("MalformedPOSTRequest")
        self.filename = ""
        self._delimiter = b"\r\n--" + match[1].encode()
        self._source = request.chunks()
        # A leading line break makes the first boundary look like all others.
        self._buffer = bytearray(b"\r\n")

    async def read_fields(self) -> dict[str, str]:
        """Fields before the file, names in lower case; stops where the file begins. Raises S3Error."""
        fields: dict[str, str] = {}
        left = LONGEST_FIELDS - len(await self._until(self._delimiter, LONGEST_FIELDS))
        while await self._until(b"\r\n", 2) == b"":
            head = (await self._until(b"\r\n\r\n", left)).decode("utf-8", "replace")
            attributes = dict(ATTRIBUTE.findall(head))
            name = attributes.get("name", "").lower()
            if name == "file":
                self.filename = attributes.get("filename", "")
                return fields
            value = await self._until(self._delimiter, left)
            left -= len(head) + len(value)
            if not name or name in fields:
                raise S3Error("MalformedPOSTRequest")
            fields[name] = value.decode("utf-8", "replace")
        raise S3Error("InvalidArgument", "POST requires exactly one file upload per request.")

    async def file(self) -> AsyncIterator[bytes]:
        """The content of the file; what follows it is not read. Raises S3Error, ClientGone."""
        while (end := self._buffer.find(self._delimiter)) < 0:
            safe = len(self._buffer) - len(self._delimiter) + 1
            if safe > 0:
                yield bytes(self._buffer[:safe])
                del self._buffer[:safe]
            await self._more()
        yield bytes(self._buffer[:end])

    async def _until(self, mark: bytes, limit: int) -> bytes:
        """Bytes before a mark, which is consumed. Raises S3Error when it is further than `limit`."""
        while (end := self._buffer.find(mark)) < 0:
            if len(self._buffer) > limit + len(mark):
                raise S3Error("MaxPostPreDataLengthExceeded")
            await self._more()
        if end > limit:
            raise S3Error("MaxPostPreDataLengthExceeded")
        found = bytes(self._buffer[:end])
        del self._buffer[: end + len(mark)]
        return found

    async def _more(self) -> None:
        try:
            self._buffer += await anext(self._source)
        except StopAsyncIteration as error:
            raise S3Error("MalformedPOSTRequest") from error
