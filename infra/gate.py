"""Where a process of the product waits, loaded, until what all of them need is ready: tables, bucket, pool.

Loading takes each of them seconds, so they load while it is made ready. Whoever starts the product holds the other end.
"""

import os
import signal

NAME = "START_GATE"


class Gate:
    """The launcher's side. A process that comes when the gate stands open (one that is started again) just goes on."""

    def __init__(self) -> None:
        self.waits_at, self._held = os.pipe()

    @property
    def variables(self) -> dict[str, str]:
        """What a process must be told to wait; it must inherit `waits_at`."""
        return {NAME: str(self.waits_at)}

    def open(self) -> None:
        """Let everybody go."""
        os.close(self._held)


def wait_at_gate() -> None:
    """Go on when the launcher says so, at once when nobody does; whoever is told to end meanwhile ends."""
    if number := os.environ.get(NAME):
        # A server that loads us may listen for signals already, and would hear them only when it goes on.
        signals = (signal.SIGTERM, signal.SIGINT)
        before = [signal.signal(one, signal.SIG_DFL) for one in signals]
        os.read(int(number), 1)
        for one, former in zip(signals, before, strict=True):
            signal.signal(one, former)
