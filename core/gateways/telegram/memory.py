"""What a chat with a bot is in the middle of, and which companies speak in it: in Redis, for a while, and no more.

Nothing here is believed without the company's own word: a company that is found here is asked whether the chat is tied
to somebody of it. What is lost with Redis is asked for anew.
"""

import json
import secrets
from functools import cache
from typing import Any

import redis
from django.conf import settings

from core.silence import Silence

from .client import TelegramAccount

LIFE_SECONDS = 3600
_COMPANY_SECONDS = 90 * 24 * 3600
_ANSWER_SECONDS = 2
_BITS = 62
silence = Silence("the memory of chats", 2.0)


@cache
def _redis() -> redis.Redis:
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=_ANSWER_SECONDS)


def new_token() -> int:
    """A number that nobody guesses: of one thing that a chat is in the middle of."""
    return secrets.randbits(_BITS)


def keep(token: int, state: dict[str, Any]) -> None:
    """Remember for an hour what a chat is in the middle of; JSON values."""
    _redis().set(_state(token), json.dumps(state), ex=LIFE_SECONDS)


def recall(token: int) -> dict[str, Any] | None:
    """What was kept; None when it is too long ago or lost."""
    found = _redis().get(_state(token))
    return json.loads(found) if isinstance(found, bytes) else None


def meet(account: TelegramAccount, chat_id: int, schema: str) -> None:
    """Remember that a company speaks in a chat. A message that has gone stays gone without it."""
    if silence.lasts:
        return
    try:
        pipe = _redis().pipeline()
        pipe.sadd(_chat(account, chat_id), schema)
        pipe.expire(_chat(account, chat_id), _COMPANY_SECONDS)
        pipe.execute()
    except redis.RedisError:
        silence.begin()


def part(account: TelegramAccount, chat_id: int, schema: str) -> None:
    """Forget that a company speaks in a chat."""
    _redis().srem(_chat(account, chat_id), schema)


def met(account: TelegramAccount, chat_id: int) -> list[str]:
    """Schemas of the companies that have spoken in a chat, in a steady order."""
    found = _redis().smembers(_chat(account, chat_id))
    return sorted(one.decode() for one in found if isinstance(one, bytes)) if isinstance(found, set) else []


def _state(token: int) -> str:
    return f"global:telegram:talk:{token}"


def _chat(account: TelegramAccount, chat_id: int) -> str:
    return f"global:telegram:companies:{account.scope}:{chat_id}"
