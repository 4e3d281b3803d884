"""Threads without which a process is of no use: when one dies, the process must end and be started again."""

import logging
import threading
from collections.abc import Callable, Mapping

log = logging.getLogger(__name__)


class VitalThreads:
    """Runs each of `works` in a thread until told to stop; `on_death` is called once when one ends before that.

    The works bear ordinary failures themselves. What ends a thread all the same (exhausted memory, a fault of ours) is
    nothing that it could go on after, and nobody would notice: promises would wait in silence.
    """

    def __init__(self, works: Mapping[str, Callable[[threading.Event], None]], *, on_death: Callable[[], None]) -> None:
        self._stop = threading.Event()
        self._on_death = on_death
        self._lock = threading.Lock()
        self.dead = ""
        self._threads = [
            threading.Thread(target=self._run, args=(name, work), name=name, daemon=True)
            for name, work in works.items()
        ]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self, seconds: float = 5.0) -> None:
        """Ask all of them to end and wait a little."""
        self._stop.set()
        for thread in self._threads:
            thread.join(timeout=seconds)

    def _run(self, name: str, work: Callable[[threading.Event], None]) -> None:
        try:
            work(self._stop)
        finally:
            if not self._stop.is_set():
                self._mourn(name)

    def _mourn(self, name: str) -> None:
        with self._lock:
            first, self.dead = not self.dead, self.dead or name
        if first:
            log.critical("%s has died; the process ends", name, exc_info=True)
            self._on_death()
