"""A Redis that does not answer is left alone for a while: asking it again costs every request a time-out."""

import logging
import time
from collections.abc import Callable

log = logging.getLogger(__name__)


class Silence:
    """One client's memory, in one process, of a Redis that did not answer; safe for threads.

    `client` says in the log who asked; `seconds` is how long nobody asks again.
    """

    def __init__(self, client: str, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._client, self._seconds, self._clock, self._until = client, seconds, clock, 0.0

    @property
    def lasts(self) -> bool:
        return self._clock() < self._until

    def begin(self) -> None:
        """It did not answer; of several who noticed it together one writes the line."""
        was_known, self._until = self.lasts, self._clock() + self._seconds
        if not was_known:
            log.warning("Redis does not answer; %s leaves it alone for %g s", self._client, self._seconds)

    def forget(self) -> None:
        """Ask again at once."""
        self._until = 0.0
