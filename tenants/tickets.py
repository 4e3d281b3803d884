"""One-time tickets to another host: 30 seconds, one use, bound to company and user."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

import redis
from django.conf import settings

from core.errors import Unavailable
from core.identity.secrets import digest, new_secret

LIFE_SECONDS = 30


@dataclass(frozen=True)
class Ticket:
    """Whom a redeemed ticket is for, and when it was given.

    `moved` is said of a browser whose session stands already at another address of the same company. A ticket of the
    support names an operator and the consent that lets him in, and no address.
    """

    email: str
    issued_at: datetime
    moved: bool = False
    operator: int = 0
    consent: int = 0


@cache
def _redis() -> redis.Redis:
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=1)


@contextmanager
def _or_unavailable() -> Iterator[None]:
    try:
        yield
    except redis.RedisError as silent:
        raise Unavailable() from silent


def _key(ticket: str) -> str:
    return f"global:ticket:{digest(ticket)}"


@_or_unavailable()
def issue(schema: str, *, email: str = "", moved: bool = False, operator: int = 0, consent: int = 0) -> str:
    """A ticket that signs the owner of a proved e-mail, or an operator, in to the company of a schema."""
    ticket = new_secret()
    whom = {"email": email, "moved": moved, "operator": operator, "consent": consent}
    told = {"schema": schema, "issued_at": time.time(), **whom}
    _redis().set(_key(ticket), json.dumps(told), ex=LIFE_SECONDS)
    return ticket


@_or_unavailable()
def redeem(ticket: str, *, schema: str) -> Ticket | None:
    """What a ticket for this company says; it is dead from now on. None when it is wrong, used or late."""
    found = _redis().getdel(_key(ticket))
    if found is None:
        return None
    told = json.loads(found)
    # Redis forgets late by its own clock; ours decides.
    is_living = 0 <= time.time() - told["issued_at"] <= LIFE_SECONDS
    if not is_living or told["schema"] != schema:
        return None
    issued_at = datetime.fromtimestamp(told["issued_at"], UTC)
    # A ticket given by the former release says no more than an address.
    more = {name: told[name] for name in ("moved", "operator", "consent") if name in told}
    return Ticket(told["email"], issued_at, **more)
