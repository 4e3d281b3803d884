"""Who asks a company for something, as far as it can be told before anybody is looked up.

A session or key that has opened a company's door is remembered in this process for a while, by its fingerprint, so that
the next request which brings it counts as the company's own without a question to anybody (`core/budgets.py`). It gives
no rights whatever: those are looked up by each request. What has proved wrong is forgotten at once.
"""

import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from core.addresses import network_of

_LIFE_SECONDS = 3600.0
_MOST = 50_000


@dataclass(frozen=True)
class Asker:
    """A network address, and the credential that was brought from there: the kind of the session, and its secret."""

    address: str = ""
    kind: str = ""
    secret: str = field(default="", repr=False)

    @property
    def has_credential(self) -> bool:
        return bool(self.secret)

    @property
    def place(self) -> str:
        """Where requests count together."""
        return network_of(self.address)

    @property
    def as_stranger(self) -> "Asker":
        """Somebody who has brought nothing, or nothing that is right."""
        return replace(self, secret="")

    def mark(self, schema: str) -> bytes:
        """The fingerprint of the credential in one company; empty without one."""
        if not self.secret:
            return b""
        told = f"{schema}:{self.kind}:{self.secret}"
        return hashlib.sha256(told.encode(errors="backslashreplace")).digest()


class Proved:
    """Fingerprints of what has opened a door lately, the longest ago first; safe for threads."""

    def __init__(self, most: int = _MOST, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._clock = most, clock
        self._held: OrderedDict[bytes, float] = OrderedDict()
        self._lock = threading.Lock()

    def holds(self, mark: bytes) -> bool:
        at = self._held.get(mark)
        return at is not None and self._clock() - at <= _LIFE_SECONDS

    def note(self, mark: bytes, *, is_right: bool) -> None:
        """Somebody has been looked up by his credential, and found or not."""
        if not mark:
            return
        with self._lock:
            self._held.pop(mark, None)
            if is_right:
                self._held[mark] = self._clock()
            while len(self._held) > self._most:
                self._held.popitem(last=False)


proved = Proved()
