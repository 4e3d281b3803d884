"""The live socket: subscriptions of one signed-in browser tab. Protocol: docs/decisions/0005-live-socket.md."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from http.cookies import SimpleCookie
from typing import Any, TypeVar

from channels.generic.websocket import AsyncJsonWebsocketConsumer
from django.conf import settings
from django.utils import timezone

from core.access.actor import Actor
from core.askers import Asker
from core.budgets import CompanyBusy, must_bear, note_looked_up, toll_for
from core.companies import find_company_at
from core.context import Company
from core.metrics import SOCKETS

from .lulls import Lulls
from .queries import Standing, missed, standing
from .topics import Topic, parse

log = logging.getLogger(__name__)
R = TypeVar("R")

SIGNED_OUT, FORBIDDEN, NOWHERE, BUSY = 4401, 4403, 4404, 4429
# What it takes of the company's budget: a session is looked up, rights are.
CONNECTING, SUBSCRIBING = 2, 1
# Of the WebSocket protocol itself: data of a sort that is not taken.
NO_BINARY = 1003
MOST_TOPICS, TOPICS_A_MESSAGE = 200, 50
# Should a push be lost with Redis, a socket outlives its rights by no more than this.
RECHECK_SECONDS = 60
_JUST_AFTER_SECONDS = 0.5
_threads = ThreadPoolExecutor(max_workers=4, thread_name_prefix="socket")


class LiveSocket(AsyncJsonWebsocketConsumer):
    """Says «changed, refetch» about what the tab shows; carries no data of cards."""

    company: Company
    secret: str
    topics: frozenset[Topic] = frozenset()
    principal_id = 0
    epoch = 0
    ends_at: datetime | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lulls = Lulls(self._tell)

    async def connect(self) -> None:
        await self.accept()
        headers = {name.decode().lower(): value.decode("latin-1") for name, value in self.scope["headers"]}
        self.secret = _cookie(headers)
        company = await _in_thread(find_company_at, headers.get("host", "").partition(":")[0].lower())
        if company is None or not company.is_open or headers.get("origin") != _origin(headers):
            await self.close(FORBIDDEN)
            return
        self.company = company
        address, _ = self.scope.get("client") or ("", 0)
        try:
            now = await _in_thread(_looked_up, company, Asker(address, "browser", self.secret))
        except CompanyBusy:
            await self.close(BUSY)
            return
        if now.actor is None:
            await self.close(SIGNED_OUT)
            return
        self.principal_id, self.epoch = now.actor.principal_id, now.actor.access_epoch
        self.ends_at = now.actor.ends_at
        await self._join(f"{company.schema}.who.{self.principal_id}", f"{company.schema}.all")
        SOCKETS.inc()
        await self.send_json({"op": "hello", "cursor": now.cursor})
        self.watch = asyncio.create_task(self._recheck_forever())

    async def disconnect(self, code: int) -> None:
        if watch := getattr(self, "watch", None):
            watch.cancel()
        self.lulls.end()
        if self.principal_id:
            SOCKETS.dec()
            groups = [f"{self.company.schema}.who.{self.principal_id}", f"{self.company.schema}.all"]
            await self._leave(*groups, *(topic.group(self.company.schema) for topic in self.topics))

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None, **kwargs: Any) -> None:
        if not self.principal_id:
            # It is being shut; what the tab had sent meanwhile is for nobody.
            return
        if text_data is None:
            await self.close(NO_BINARY)
            return
        await super().receive(text_data=text_data, **kwargs)

    async def receive_json(self, content: Any, **kwargs: Any) -> None:
        operation = content.get("op") if isinstance(content, dict) else None
        if operation == "ping":
            await self.send_json({"op": "pong"})
        elif operation == "subscribe":
            await self._subscribe(content)
        elif operation == "unsubscribe":
            await self._unsubscribe(_topics(content))
        else:
            await self.send_json({"op": "not-understood"})

    @classmethod
    async def decode_json(cls, text_data: str) -> Any:
        try:
            return await super().decode_json(text_data)
        except (ValueError, RecursionError):
            return None

    async def live_changed(self, message: dict[str, Any]) -> None:
        """From the channel layer: a card or a list has changed; a busy list is told now and then."""
        if message["topic"].startswith("list:"):
            await self.lulls.pass_on(message["topic"], message)
        else:
            await self._tell(message)

    async def live_recheck(self, message: dict[str, Any]) -> None:
        """From the channel layer: rights of this person, or of everybody here, have moved."""
        await self._recheck()

    async def live_bell(self, message: dict[str, Any]) -> None:
        """From the channel layer: this person has a new notice, or has read some in another tab."""
        await self.send_json({"op": "bell"})

    async def _tell(self, message: dict[str, Any]) -> None:
        await self.send_json({"op": "changed", **{name: message[name] for name in ("topic", "kind", "cursor")}})

    async def _subscribe(self, content: dict[str, Any]) -> None:
        wanted = _topics(content)
        known = self.topics | set(wanted)
        if len(known) > MOST_TOPICS:
            await self.send_json({"op": "subscribed", "topics": [], "denied": [topic.text for topic in wanted]})
            return
        if (await _in_thread(toll_for, self.company, SUBSCRIBING)).wait:
            # The tab comes back by itself in a while, and asks for all that it shows.
            await self.close(BUSY)
            return
        now = await _in_thread(standing, self.company, self.secret, wanted)
        if await self._still_here(now) is None:
            return
        await self._join(*(topic.group(self.company.schema) for topic in now.topics))
        self.topics |= now.topics
        denied = [topic.text for topic in wanted if topic not in now.topics]
        await self.send_json({"op": "subscribed", "topics": [topic.text for topic in now.topics], "denied": denied})
        since = content.get("since")
        if isinstance(since, int) and not isinstance(since, bool) and since > 0:
            await self._catch_up(now.topics, since, now.cursor)

    async def _catch_up(self, topics: frozenset[Topic], since: int, cursor: int) -> None:
        gap = await _in_thread(missed, self.company, topics, since)
        if gap.too_much:
            await self.send_json({"op": "missed", "cursor": cursor})
        for topic, kind, cursor in gap.changes:
            await self.send_json({"op": "changed", "topic": topic.text, "kind": kind, "cursor": cursor})

    async def _unsubscribe(self, topics: list[Topic]) -> None:
        held = self.topics & set(topics)
        await self._leave(*(topic.group(self.company.schema) for topic in held))
        self.topics -= held
        for topic in held:
            self.lulls.drop(topic.text)

    async def _recheck_forever(self) -> None:
        while True:
            await asyncio.sleep(self._until_next_look())
            await self._recheck()

    def _until_next_look(self) -> float:
        """A session that ends by itself soon is looked at right then."""
        if self.ends_at is None:
            return RECHECK_SECONDS
        left = (self.ends_at - timezone.now()).total_seconds() + _JUST_AFTER_SECONDS
        return min(max(left, _JUST_AFTER_SECONDS), RECHECK_SECONDS)

    async def _recheck(self) -> None:
        company = await _in_thread(find_company_at, self.company.hosts[0])
        if company is None or not company.is_open:
            await self.close(FORBIDDEN)
            return
        # Modules, options, the company's name: what it has decided stands on every screen.
        has_moved, self.company = company.version != self.company.version, company
        now = await _in_thread(standing, company, self.secret, self.topics)
        actor = await self._still_here(now)
        if actor is None:
            return
        lost = self.topics - now.topics
        await self._unsubscribe(list(lost))
        if lost:
            await self.send_json({"op": "subscribed", "topics": [], "denied": [topic.text for topic in lost]})
        if has_moved or actor.access_epoch != self.epoch:
            self.epoch = actor.access_epoch
            await self.send_json({"op": "me-changed"})

    async def _still_here(self, now: Standing) -> Actor | None:
        if now.actor is None:
            await self.close(SIGNED_OUT)
        return now.actor

    async def _join(self, *groups: str) -> None:
        for group in groups:
            await self.channel_layer.group_add(group, self.channel_name)

    async def _leave(self, *groups: str) -> None:
        for group in groups:
            await self.channel_layer.group_discard(group, self.channel_name)


sockets = LiveSocket.as_asgi()


async def no_socket(scope: dict[str, Any], receive: Callable[[], Any], send: Callable[[dict[str, Any]], Any]) -> None:
    """Refuse the handshake of whoever asks for a socket at another address.

    By closing, not by an answer of our own: after that the server believes the handshake forgotten, and writes a line
    of error for every try of a stranger.
    """
    await receive()
    await send({"type": "websocket.close", "code": NOWHERE})


async def _in_thread(call: Callable[..., R], *arguments: Any) -> R:
    return await asyncio.get_running_loop().run_in_executor(_threads, call, *arguments)


def _looked_up(company: Company, asker: Asker) -> Standing:
    """How whoever connects stands. Errors: CompanyBusy."""
    must_bear(company, CONNECTING, asker)
    now = standing(company, asker.secret, ())
    note_looked_up(company, CONNECTING, asker, is_right=now.actor is not None)
    return now


def _topics(content: dict[str, Any]) -> list[Topic]:
    texts = content.get("topics")
    found = [parse(text) for text in texts[:TOPICS_A_MESSAGE]] if isinstance(texts, list) else []
    return [topic for topic in found if topic is not None]


def _cookie(headers: dict[str, str]) -> str:
    cookies: SimpleCookie = SimpleCookie()
    cookies.load(headers.get("cookie", ""))
    found = cookies.get(settings.SESSION_COOKIE)
    return found.value if found else ""


def _origin(headers: dict[str, str]) -> str:
    return f"{settings.PUBLIC_SCHEME}://{headers.get('host', '').lower()}"
