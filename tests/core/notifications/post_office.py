"""A mail server for tests that keeps letters and does one thing as it was told: slowly, rudely or not at all."""

import socketserver
import threading
import time
from collections.abc import Callable

Reply = Callable[["_Talk"], None]
_USUAL = {b"EHLO": b"250 post.example", b"DATA": b"354 go on", b"QUIT": b"221 bye"}
_PATIENCE = 10.0


class PostOffice(socketserver.ThreadingTCPServer):
    """`odd` is verb → what is done instead of the usual answer; `TAKEN` stands for the answer to the last dot."""

    daemon_threads = True

    def __init__(self, **odd: Reply) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.odd, self.letters, self.talks = odd, [], 0
        self.was_left = threading.Event()
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    def handle_error(self, request: object, client_address: object) -> None:
        """Whoever left in the middle of an answer was meant to."""
        self.was_left.set()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.server_address[1]}"


class _Talk(socketserver.StreamRequestHandler):
    server: PostOffice

    def handle(self) -> None:
        self.server.talks += 1
        self.say(b"220 post.example")
        while line := self.rfile.readline():
            verb = line[:4].upper()
            self._answer(verb.decode(), _USUAL.get(verb, b"250 ok"))
            if verb == b"DATA":
                self.server.letters.append(self._letter())
                self._answer("TAKEN", b"250 taken")

    def _letter(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        return b"".join(lines)

    def say(self, reply: bytes) -> None:
        self.wfile.write(reply + b"\r\n")

    def _answer(self, step: str, usual: bytes) -> None:
        odd = self.server.odd.get(step)
        return odd(self) if odd else self.say(usual)


def after(seconds: float, reply: bytes) -> Reply:
    """The answer comes late."""

    def run(talk: _Talk) -> None:
        time.sleep(seconds)
        talk.say(reply)

    return run


def at_once(reply: bytes) -> Reply:
    """Another answer than the usual."""
    return lambda talk: talk.say(reply)


def drip(talk: _Talk) -> None:
    """An answer without an end, a sign now and then, until nobody listens."""
    begun = time.monotonic()
    while time.monotonic() - begun < _PATIENCE:
        talk.wfile.write(b"2")
        time.sleep(0.02)
