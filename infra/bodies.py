"""A request reaches a thread, and the database, only when its whole body is here.

Threads and transactions are few; whoever sends half a request and waits would hold one of each. The event loop holds
him instead, for nothing but memory, up to a limit of bytes and seconds.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

_TOO_LARGE = (413, "too-large", "Слишком большой запрос")
_TOO_SLOW = (408, "too-slow", "Запрос не дошёл целиком. Проверьте связь и повторите")


class _Refused(Exception):
    """(status, code, title) of the answer."""


class WholeBodies:
    """Gathers the body, then hands it to `app` in one piece, with its true length also when it came in chunks.

    A body over `limit` bytes is answered 413, one of which nothing comes for `patience` seconds 408; a client that
    leaves meanwhile gets no answer.
    """

    def __init__(self, app: Callable[..., Awaitable[None]], *, limit: int, patience: float) -> None:
        self._app, self._limit, self._patience = app, limit, patience

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        headers = dict(scope["headers"])
        if b"content-length" not in headers and b"transfer-encoding" not in headers:
            await self._app(scope, receive, send)
            return
        try:
            body = await self._gather(receive, headers)
        except _Refused as refusal:
            await _refuse(send, *refusal.args)
            return
        if body is None:
            return
        framing = (b"content-length", b"transfer-encoding")
        told = [(name, value) for name, value in scope["headers"] if name not in framing]
        told.append((b"content-length", str(len(body)).encode()))
        await self._app(scope | {"headers": told}, _once(body, receive), send)

    async def _gather(self, receive: Receive, headers: dict[bytes, bytes]) -> bytes | None:
        declared = headers.get(b"content-length", b"0")
        if declared.isdigit() and int(declared) > self._limit:
            raise _Refused(*_TOO_LARGE)
        body = bytearray()
        while True:
            try:
                message = await asyncio.wait_for(receive(), self._patience)
            except TimeoutError as late:
                raise _Refused(*_TOO_SLOW) from late
            if message["type"] != "http.request":
                return None
            body += message.get("body", b"")
            if len(body) > self._limit:
                raise _Refused(*_TOO_LARGE)
            if not message.get("more_body"):
                return bytes(body)


def _once(body: bytes, receive: Receive) -> Receive:
    """First the body, then whatever the client does."""
    given = False

    async def give() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return give


async def _refuse(send: Send, status: int, code: str, title: str) -> None:
    problem = {"type": f"/problems/{code}", "title": title, "status": status, "detail": title}
    # The rest of the body is not read, so the connection cannot serve another request.
    headers = [
        (b"content-type", b"application/problem+json"),
        (b"connection", b"close"),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps(problem, ensure_ascii=False).encode()})
