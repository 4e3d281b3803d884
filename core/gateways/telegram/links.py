"""Deep links that tie a chat to a person: one purpose, one use, a quarter of an hour. Only hashes are kept."""

import json
from dataclasses import dataclass
from functools import cache

import redis
from django.conf import settings
from telegram.helpers import create_deep_linked_url

from core.identity.secrets import digest, new_secret

from .client import TelegramAccount

LIFE_SECONDS = 15 * 60
_UPDATE_SECONDS = 24 * 3600
_IN_WORK_SECONDS = 60


@dataclass(frozen=True)
class Invited:
    """Whom a code is for."""

    schema: str
    principal_id: int


@cache
def _redis() -> redis.Redis:
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=2)


def issue(account: TelegramAccount, *, schema: str, principal_id: int) -> str:
    """A code that ties the chat which sends it to this bot to a person; it ends the one he was given before."""
    code = new_secret()
    mine = _mine(account, schema, principal_id)
    former = _redis().get(mine)
    if isinstance(former, bytes):
        _redis().delete(_key(account, former.decode()))
    _redis().set(mine, digest(code), ex=LIFE_SECONDS)
    _redis().set(_key(account, digest(code)), json.dumps([schema, principal_id]), ex=LIFE_SECONDS)
    return code


def redeem(account: TelegramAccount, code: str) -> Invited | None:
    """Whom a code told to this bot is for; it is dead from now on. None when it is wrong, used, late or another's."""
    found = _redis().getdel(_key(account, digest(code)))
    return Invited(*json.loads(found)) if found else None


def address(account: TelegramAccount, code: str) -> str:
    """The link that a telephone opens."""
    if account.is_demo:
        return f"{account.page_url}/telegram/open?bot={account.name}&start={code}"
    return create_deep_linked_url(account.name, code)


def is_first_time(account: TelegramAccount, update_id: int) -> bool:
    """Take an update to work on; False when it has been or is being worked on. `finish` or `give_back` follows."""
    return bool(_redis().set(_update(account, update_id), "1", nx=True, ex=_IN_WORK_SECONDS))


def finish(account: TelegramAccount, update_id: int) -> None:
    """Remember an update for a day: Telegram repeats what it thinks was not heard."""
    _redis().set(_update(account, update_id), "1", ex=_UPDATE_SECONDS)


def give_back(account: TelegramAccount, update_id: int) -> None:
    """Let a repetition of an update be worked on: this time it failed."""
    _redis().delete(_update(account, update_id))


def _key(account: TelegramAccount, hashed: str) -> str:
    return f"global:telegram:link:{account.scope}:{hashed}"


def _mine(account: TelegramAccount, schema: str, principal_id: int) -> str:
    return f"{schema}:telegram:mine:{account.scope}:{principal_id}"


def _update(account: TelegramAccount, update_id: int) -> str:
    return f"global:telegram:update:{account.bot_id}:{update_id}"
