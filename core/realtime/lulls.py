"""Lists are told of a burst twice: at its beginning, and once for all that came after, whenever the lull is over."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

LULL_SECONDS = 0.2
Message = dict[str, Any]


class Lulls:
    """Passes messages of a topic on, at most one in `LULL_SECONDS`; the last of a burst is never lost."""

    def __init__(self, send: Callable[[Message], Awaitable[None]], seconds: float = LULL_SECONDS) -> None:
        self._send, self._seconds = send, seconds
        self._held: dict[str, Message | None] = {}
        self._timers: dict[str, asyncio.Task[None]] = {}

    async def pass_on(self, topic: str, message: Message) -> None:
        """Send at once when the topic has been quiet, otherwise when its lull is over."""
        if topic in self._timers:
            held = self._held.get(topic)
            # Facts may be told out of their order; the cursor only goes forward.
            if held is None or message["cursor"] >= held["cursor"]:
                self._held[topic] = message
            return
        self._timers[topic] = asyncio.create_task(self._keep_quiet(topic))
        await self._send(message)

    def drop(self, topic: str) -> None:
        """Forget a topic that nobody listens to any more."""
        self._held.pop(topic, None)
        if timer := self._timers.pop(topic, None):
            timer.cancel()

    def end(self) -> None:
        """Forget all of them."""
        for topic in list(self._timers):
            self.drop(topic)

    async def _keep_quiet(self, topic: str) -> None:
        while True:
            await asyncio.sleep(self._seconds)
            message = self._held.pop(topic, None)
            if message is None:
                del self._timers[topic]
                return
            await self._send(message)
