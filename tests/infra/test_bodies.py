"""No thread waits for a client: a body is gathered first, within limits of bytes and seconds."""

import asyncio
import json
from typing import Any

from infra.bodies import WholeBodies

LIMIT = 10
Message = dict[str, Any]


def ask(*pieces: Message, headers: dict[str, str], patience: float = 1.0) -> tuple[list[Message], list[Any]]:
    """(what the client gets, what the application was given: headers and body); `pieces` are what the client sends."""
    sent: list[Message] = []
    given: list[Any] = []

    async def app(scope: Message, receive: Any, send: Any) -> None:
        given.append(dict(scope["headers"]))
        given.append((await receive())["body"])
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def run() -> None:
        waiting = list(pieces)

        async def receive() -> Message:
            if waiting:
                return waiting.pop(0)
            await asyncio.Event().wait()
            raise AssertionError

        async def send(message: Message) -> None:
            sent.append(message)

        told = [(name.encode(), value.encode()) for name, value in headers.items()]
        await WholeBodies(app, limit=LIMIT, patience=patience)({"type": "http", "headers": told}, receive, send)

    asyncio.run(run())
    return sent, given


def piece(body: bytes, *, more: bool = False) -> Message:
    return {"type": "http.request", "body": body, "more_body": more}


def problem(sent: list[Message]) -> tuple[int, str]:
    return sent[0]["status"], json.loads(sent[1]["body"])["type"]


def test_the_application_gets_the_whole_body_at_once():
    sent, given = ask(piece(b"12345", more=True), piece(b"678"), headers={"content-length": "8"})
    assert (given[1], sent[0]["status"]) == (b"12345678", 200)


def test_a_body_in_chunks_is_given_with_its_length():
    pieces = piece(b"123", more=True), piece(b"", more=True), piece(b"45")
    _, given = ask(*pieces, headers={"transfer-encoding": "chunked", "host": "a"})
    assert given == [{b"host": b"a", b"content-length": b"5"}, b"12345"]


def test_a_request_without_a_body_goes_straight_on():
    sent, given = ask(piece(b""), headers={"host": "a"})
    assert (given[0], sent[0]["status"]) == ({b"host": b"a"}, 200)


def test_half_a_body_reaches_nobody():
    sent, given = ask(piece(b"12345", more=True), headers={"content-length": "8"}, patience=0.01)
    assert (problem(sent), given) == ((408, "/problems/too-slow"), [])


def test_a_declared_length_over_the_limit_is_refused_unread():
    sent, given = ask(headers={"content-length": "11"})
    assert (problem(sent), given) == ((413, "/problems/too-large"), [])


def test_chunks_over_the_limit_are_refused():
    sent, given = ask(piece(b"123456", more=True), piece(b"78901"), headers={"transfer-encoding": "chunked"})
    assert (problem(sent), given) == ((413, "/problems/too-large"), [])


def test_a_client_that_leaves_gets_nothing():
    sent, given = ask(piece(b"1", more=True), {"type": "http.disconnect"}, headers={"content-length": "8"})
    assert (sent, given) == ([], [])
