"""Bodies of uploads: their true length and hashes against what was signed and declared."""

import base64
import binascii
import hashlib
import re
import zlib
from collections.abc import AsyncIterator, Callable, Mapping
from typing import Protocol

from infra.sandbox.exchange import Request
from infra.sandbox.s3.errors import S3Error
from infra.sandbox.s3.signature import UNSIGNED

TRAILER = "STREAMING-UNSIGNED-PAYLOAD-TRAILER"
LARGEST = 5 * 1024**3
LONGEST_FRAME_LINE = 1024
FRAME_SIZE = re.compile(r"[0-9A-Fa-f]{1,12}")
CHECKSUM = "x-amz-checksum-"
# Names that describe a checksum rather than carry one.
ABOUT_CHECKSUM = {f"{CHECKSUM}mode", f"{CHECKSUM}algorithm", f"{CHECKSUM}type"}


class Crc32:
    """CRC-32 with the interface of hashlib."""

    def __init__(self) -> None:
        self._value = 0

    def update(self, data: bytes) -> None:
        """Take more bytes."""
        self._value = zlib.crc32(data, self._value)

    def digest(self) -> bytes:
        """Four bytes, big-endian."""
        return self._value.to_bytes(4, "big")


class Digest(Protocol):
    """What hashlib and Crc32 share."""

    def update(self, data: bytes, /) -> None: ...
    def digest(self) -> bytes: ...


CHECKSUMS: dict[str, Callable[[], Digest]] = {
    "crc32": Crc32,
    "sha1": lambda: hashlib.sha1(usedforsecurity=False),
    "sha256": hashlib.sha256,
}


class Sink(Protocol):
    """Where accepted bytes go; `md5` and `size` grow as they come."""

    @property
    def size(self) -> int: ...

    def write(self, data: bytes) -> None: ...
    def md5(self) -> bytes: ...


async def receive(request: Request, payload_hash: str, sink: Sink) -> str | None:
    """Stream a body into the sink and check it. Raises S3Error, ClientGone.

    Returns the checksum header `name:value` that was verified, None when there was none.
    """
    framed = payload_hash == TRAILER
    declared = declared_length(request, framed=framed)
    sha256 = _expected_sha256(payload_hash)
    name = _checksum_name(request, framed=framed)
    checksum = _new_checksum(name)
    frames = AwsChunks(request) if framed else None
    async for chunk in frames.data() if frames else request.chunks():
        if sink.size + len(chunk) > declared:
            raise S3Error("IncompleteBody")
        sink.write(chunk)
        for digest in (sha256, checksum):
            if digest is not None:
                digest.update(chunk)
    if sink.size != declared:
        raise S3Error("IncompleteBody")
    if sha256 is not None and sha256.hexdigest() != payload_hash:
        raise S3Error("XAmzContentSHA256Mismatch")
    _check_md5(request, sink)
    return _check_checksum(name, checksum, frames.trailers if frames else request.headers)


def declared_length(request: Request, *, framed: bool) -> int:
    """Bytes of content a request promises. Raises S3Error."""
    text = request.headers.get("x-amz-decoded-content-length" if framed else "content-length")
    if text is None or not text.isascii() or not text.isdigit() or len(text) > 15:
        raise S3Error("MissingContentLength")
    if int(text) > LARGEST:
        raise S3Error("EntityTooLarge", ProposedSize=int(text), MaxSizeAllowed=LARGEST)
    return int(text)


class AwsChunks:
    """The `aws-chunked` framing: hexadecimal sizes, data, and trailers after the last frame."""

    def __init__(self, request: Request) -> None:
        self.trailers: dict[str, str] = {}
        self._source = request.chunks()
        self._buffer = bytearray()

    async def data(self) -> AsyncIterator[bytes]:
        """The content without the framing. Raises S3Error, ClientGone."""
        while size := await self._frame_size():
            while size:
                if not self._buffer:
                    await self._more()
                piece = bytes(self._buffer[:size])
                del self._buffer[: len(piece)]
                size -= len(piece)
                yield piece
            if await self._line():
                raise S3Error("IncompleteBody")
        while line := await self._line():
            name, _, value = line.partition(":")
            self.trailers[name.strip().lower()] = value.strip()

    async def _frame_size(self) -> int:
        text = (await self._line()).partition(";")[0]
        if not FRAME_SIZE.fullmatch(text):
            raise S3Error("IncompleteBody")
        return int(text, 16)

    async def _line(self) -> str:
        while (end := self._buffer.find(b"\r\n")) < 0:
            if len(self._buffer) > LONGEST_FRAME_LINE:
                raise S3Error("IncompleteBody")
            await self._more()
        line = self._buffer[:end].decode("latin-1")
        del self._buffer[: end + 2]
        return line

    async def _more(self) -> None:
        try:
            self._buffer += await anext(self._source)
        except StopAsyncIteration as error:
            raise S3Error("IncompleteBody") from error


def _expected_sha256(payload_hash: str) -> "hashlib._Hash | None":
    if payload_hash in (UNSIGNED, TRAILER):
        return None
    if payload_hash.startswith("STREAMING-"):
        raise S3Error("NotImplemented", f"{payload_hash} is not implemented; use {TRAILER}.")
    if len(payload_hash) != 64:
        raise S3Error("InvalidArgument", f"x-amz-content-sha256 must be {UNSIGNED}, {TRAILER} or a sha256.")
    return hashlib.sha256()


def _checksum_name(request: Request, *, framed: bool) -> str | None:
    if framed:
        return request.headers.get("x-amz-trailer")
    names = [name for name in request.headers if name.startswith(CHECKSUM) and name not in ABOUT_CHECKSUM]
    if len(names) > 1:
        raise S3Error("InvalidRequest", "Expecting a single x-amz-checksum- header.")
    return names[0] if names else None


def _new_checksum(name: str | None) -> Digest | None:
    if name is None:
        return None
    maker = CHECKSUMS.get(name.removeprefix(CHECKSUM))
    if maker is None:
        raise S3Error("NotImplemented", f"The checksum {name} is not implemented; use CRC32, SHA1 or SHA256.")
    return maker()


def _check_md5(request: Request, sink: Sink) -> None:
    text = request.headers.get("content-md5")
    if text is None:
        return
    try:
        expected = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise S3Error("InvalidDigest") from error
    if len(expected) != 16:
        raise S3Error("InvalidDigest")
    if expected != sink.md5():
        raise S3Error("BadDigest")


def _check_checksum(name: str | None, checksum: Digest | None, told: Mapping[str, str]) -> str | None:
    if name is None or checksum is None:
        return None
    value = base64.b64encode(checksum.digest()).decode()
    if told.get(name) != value:
        raise S3Error("BadDigest", f"The {name} you specified did not match the calculated checksum.")
    return f"{name}:{value}"
