"""One HTTP exchange as the stand-ins see it: exact bytes in, exact headers out.

A framework would decode the path and merge headers; a signature needs both untouched.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, MutableMapping
from contextlib import aclosing, suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

CUT = "sandbox.cut"
# A refused body up to this size is read to its end and the connection is kept; a longer one is thrown
# away for a moment (seconds), so that the client sees the answer, and the connection is closed.
WORTH_DRAINING = 1024 * 1024
LINGER = 2.0


class ClientGone(Exception):
    """The client closed the connection before the whole body arrived."""


class BodyTooLarge(Exception):
    """The body is longer than the caller was ready to keep in memory."""


class Undecodable(Exception):
    """The path or the query is not percent-encoded UTF-8."""


class Request:
    """A request; `raw_path` and `query` keep what was sent, headers are joined by lower-case name."""

    def __init__(self, scope: Scope, receive: Receive) -> None:
        self.method: str = scope["method"]
        self.raw_path: str = scope["raw_path"].decode("ascii")
        self.raw_query: str = scope["query_string"].decode("ascii", "replace")
        self.headers = _joined(scope["headers"])
        self._cut: Callable[[], None] = scope["extensions"][CUT]["abort"]
        self.body_ended = False
        self._receive = receive

    @property
    def path(self) -> str:
        """The decoded path. Raises Undecodable."""
        return decode(self.raw_path)

    @property
    def query(self) -> list[tuple[str, str]]:
        """Decoded pairs in the order sent; «+» stays a plus, as in signatures. Raises Undecodable."""
        pairs = (pair.partition("=") for pair in self.raw_query.split("&") if pair)
        return [(decode(name), decode(value)) for name, _, value in pairs]

    def asked(self, name: str) -> str | None:
        """The last value of a query parameter, None when it is absent."""
        return dict(self.query).get(name)

    async def chunks(self) -> AsyncIterator[bytes]:
        """The body as it arrives. Raises ClientGone when it breaks off."""
        while not self.body_ended:
            message = await self._receive()
            if message["type"] == "http.disconnect":
                raise ClientGone
            self.body_ended = not message.get("more_body", False)
            if message["body"]:
                yield message["body"]

    async def read(self, limit: int) -> bytes:
        """The whole body, at most `limit` bytes. Raises BodyTooLarge, ClientGone."""
        body = bytearray()
        async for chunk in self.chunks():
            body += chunk
            if len(body) > limit:
                raise BodyTooLarge
        return bytes(body)

    async def linger(self) -> None:
        """Let a client that is still sending come to its end: closing at once would destroy the answer on its way."""
        if "expect" in self.headers:
            return  # It waited for our leave to send, and will not.
        with suppress(ClientGone, TimeoutError):
            async with asyncio.timeout(LINGER):
                async for _ in self.chunks():
                    continue

    async def hang_up(self) -> None:
        """Break the connection off without a word, and wait until it is broken."""
        self._cut()
        while (await self._receive())["type"] != "http.disconnect":
            continue

    def leaves_body_unread(self) -> bool:
        """Whether the rest of the body makes this connection useless for a next request."""
        if self.body_ended:
            return False
        if "transfer-encoding" in self.headers or "expect" in self.headers:
            return True
        return int(self.headers.get("content-length", "0")) > WORTH_DRAINING


@dataclass
class Response:
    """An answer: `body` is bytes, or a stream together with its exact `length`."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes | AsyncIterator[bytes] = b""
    length: int | None = None

    async def deliver(self, request: Request, send: Send) -> None:
        """Send the answer; close the connection when the request's body was not wanted."""
        await send({"type": "http.response.start", "status": self.status, "headers": self._wire(request)})
        if isinstance(self.body, bytes):
            await send({"type": "http.response.body", "body": self.body, "more_body": True})
            if request.leaves_body_unread():
                await request.linger()
            await send({"type": "http.response.body", "body": b""})
            return
        async with aclosing(self.body) as stream:  # type: ignore[type-var]
            async for chunk in stream:
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
        await send({"type": "http.response.body", "body": b""})

    def _wire(self, request: Request) -> list[tuple[bytes, bytes]]:
        headers = dict(self.headers)
        if self.status not in (204, 304):
            length = len(self.body) if isinstance(self.body, bytes) else self.length
            headers.setdefault("content-length", str(length))
        if request.leaves_body_unread():
            headers["connection"] = "close"
        return [(name.encode(), value.encode("utf-8", "surrogateescape")) for name, value in headers.items()]


def as_json(value: object, status: int = 200) -> Response:
    """A JSON answer, never cached."""
    body = json.dumps(value, ensure_ascii=False).encode()
    return Response(status, {"content-type": "application/json", "cache-control": "no-store"}, body)


def problem(status: int, code: str, title: str, detail: str = "") -> Response:
    """A refusal as an RFC 9457 problem document; title and detail are Russian."""
    document = {"type": f"/problems/{code}", "title": title, "status": status, "detail": detail}
    response = as_json(document, status)
    response.headers["content-type"] = "application/problem+json"
    return response


def decode(text: str) -> str:
    """Percent-decoded UTF-8. Raises Undecodable."""
    try:
        return unquote(text, errors="strict")
    except UnicodeDecodeError as error:
        raise Undecodable(text) from error


def _joined(pairs: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    headers: dict[str, str] = {}
    for name, value in pairs:
        key, text = name.decode("ascii"), value.decode("utf-8", "surrogateescape").strip()
        headers[key] = f"{headers[key]},{text}" if key in headers else text
    return headers
