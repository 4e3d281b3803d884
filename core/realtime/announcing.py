"""From facts to sockets: a reading that may be repeated and carries no data."""

import asyncio
import threading
from collections.abc import Iterable
from functools import cache

from channels.layers import get_channel_layer
from django.db import transaction

from core.context import Company, current_company
from core.events.bus import Told
from core.events.sight import narrow_kinds

from .topics import OF_LISTS, Topic

# Facts that change what people may do: the kind, and the payload's field with the principals (None: everybody).
RECHECKS: dict[str, str | None] = {
    "identity.access_changed": "principal_ids",
    "tenants.modules_changed": None,
    "options.changed": None,
    "console.suspended": None,
}
# Any fact may name so the principals who lost a part in its card by it; they may not see it any more.
LEFT = "left"
# Of more people than this everybody is asked to look: one message instead of thousands, and most have no tab open.
_MOST_NAMED = 50
_SEND_SECONDS = 5
# `cache` lets two threads that come first make two loops.
_one_at_a_time = threading.Lock()


def announce(company: Company, facts: Iterable[Told]) -> None:
    """Tell the sockets of a company that cards and their kinds' lists have changed, or that rights have moved."""
    if found := [message for told in facts for message in messages(company.schema, told)]:
        _pass_on(found)


def ring_after_commit(principal_ids: Iterable[int]) -> None:
    """Tell the open tabs of these people that their bell has something new; a lost ring costs them a look."""
    schema = current_company().schema
    found: list[tuple[str, dict[str, object]]] = [
        (f"{schema}.who.{who}", {"type": "live.bell"}) for who in sorted(set(principal_ids))
    ]
    transaction.on_commit(lambda: _pass_on(found), robust=True)


def _pass_on(found: list[tuple[str, dict[str, object]]]) -> None:
    with _one_at_a_time:
        loop = _loop()
    asyncio.run_coroutine_threadsafe(_send(found), loop).result(timeout=_SEND_SECONDS)


async def _send(found: list[tuple[str, dict[str, object]]]) -> None:
    layer = get_channel_layer()
    for group, message in found:
        await layer.group_send(group, message)


@cache
def _loop() -> asyncio.AbstractEventLoop:
    """One event loop for all sending threads: the layer keeps a Redis connection per loop."""
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="announcing", daemon=True).start()
    return loop


def messages(schema: str, told: Told) -> list[tuple[str, dict[str, object]]]:
    """(group, message) of a fact."""
    found: list[tuple[str, dict[str, object]]] = []
    if told.kind in RECHECKS or told.payload.get(LEFT):
        found += [(group, {"type": "live.recheck"}) for group in _concerned(schema, told)]
    if told.ref is None and told.kind in OF_LISTS:
        topic = Topic(f"list:{told.payload['card_kind']}", told.payload["card_kind"])
        message = {"type": "live.changed", "topic": topic.text, "kind": "changed", "cursor": told.id}
        found.append((topic.group(schema), message))
    if told.ref is not None and not told.is_private:
        topics = (Topic(f"ref:{told.ref}", told.ref.kind, told.ref.id), Topic(f"list:{told.ref.kind}", told.ref.kind))
        for topic in topics:
            # A list's listener may not see the card in question, so he is not told what happened to it; nor is whoever
            # sees the card, when it is fields that have changed: some may be hidden from him, and some facts are.
            is_veiled = topic.card_id is None or told.payload.get("changes") or told.kind in narrow_kinds()
            kind = "changed" if is_veiled else told.kind
            message = {"type": "live.changed", "topic": topic.text, "kind": kind, "cursor": told.id}
            found.append((topic.group(schema), message))
    return found


def _concerned(schema: str, told: Told) -> list[str]:
    """Groups of those whose rights have moved."""
    name = RECHECKS.get(told.kind, LEFT)
    if name is None or len(told.payload[name]) > _MOST_NAMED:
        return [f"{schema}.all"]
    return [f"{schema}.who.{principal}" for principal in told.payload[name]]
