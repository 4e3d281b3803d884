"""How often a company may ask: a bucket of requests that fills again with time, in Redis, one for all processes.

The bucket is looked at together with the version of the company's snapshot, so a request costs no round trip more
(`tenants.snapshots.admit`); sockets and uploads, which cost what no request shows, take from it by themselves. Without
Redis nobody is refused: that is counted, and the turns at the threads (`infra/turns.py`) go on holding.

Kept is one number: the moment at which the bucket will be full again. What is taken moves it on.

The company's own bucket is for whoever has proved that he belongs to it (`core/askers.py`). All others take from what
strangers may ask: so much from one network address, so much from all of them together. Whoever brings a session or key
that nobody has looked at yet takes from a bucket of such ones at his address first, and is a stranger like the others
if it turns out to be wrong.
"""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import redis
from django.conf import settings

from core.askers import Asker, proved
from core.context import Company
from core.errors import SlowDown
from core.metrics import BUDGET_BLIND, BUDGET_REFUSALS
from core.silence import Silence

# Whoever pays for more people may ask more; a page with all that stands on it asks some twenty times.
LEAST_A_SECOND, OF_A_SEAT = 100, 2
# So many seconds' worth may be asked at once: a team that comes in the morning opens everything together.
BURST_SECONDS = 10
# What part of a company's rate strangers have: all of them, and one network address.
OF_STRANGERS, OF_ADDRESS = 4, 10
# What asks more of the server than a page does.
_DEAR = {("GET", "search"): 3, ("POST", "exports"): 10, ("POST", "imports"): 10}
_API = "/api/v1/"
# A file asks by its bytes as well: they go through the store.
UPLOAD_UNIT = 16 * 1024 * 1024
MOST_NAMED = 20
_REFUSED_SECONDS = 3600
_SECOND = 1_000_000
_ANSWER_SECONDS = 0.5
silence = Silence("budgets of companies", 2.0)

# Microseconds are written out: Lua would round numbers so long.
TAKE = """
local said = redis.call('GET', KEYS[1])
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
local cost = tonumber(ARGV[1])
for place = 3, #KEYS do
  local each, burst = tonumber(ARGV[2 * place - 2]), tonumber(ARGV[2 * place - 1])
  local full = math.max(tonumber(redis.call('GET', KEYS[place]) or '0'), now) + math.min(cost * each, burst)
  local wait = full - now - burst
  if wait > 0 then
    redis.call('ZINCRBY', KEYS[2], 1, ARGV[2])
    redis.call('EXPIRE', KEYS[2], ARGV[3])
    return {said, string.format('%.0f', wait)}
  end
  redis.call('SET', KEYS[place], string.format('%.0f', full), 'PX', math.ceil((full - now) / 1000) + 1)
end
return {said, '0'}
"""


@dataclass(frozen=True)
class Toll:
    """How many seconds a request has to wait, and whether for strangers; 0: what it has asked for is taken."""

    wait: float = 0.0
    of_strangers: bool = False


class CompanyBusy(SlowDown):
    """The company as a whole has asked too often, or strangers at its address have; `retry_after` seconds."""

    code = "company-busy"

    def __init__(self, toll: Toll) -> None:
        seconds = max(math.ceil(toll.wait), 1)
        who = "Без входа пришло" if toll.of_strangers else "Из вашей компании пришло"
        text = f"{who} слишком много запросов сразу. Повторите через {seconds} с: всё цело"
        super().__init__(text, retry_after=seconds)


@dataclass(frozen=True)
class Budget:
    """So many requests a second, and so many at once."""

    rate: int
    burst: int


@dataclass(frozen=True)
class _Bucket:
    key: str
    budget: Budget


def budget_of(company: Company) -> Budget | None:
    """By the seats of the plan; None on an own server, and where the installation knows no budgets."""
    most = settings.REQUESTS_PER_SECOND
    if not most or company.allowance.is_licensed:
        return None
    seats = company.allowance.seats
    rate = most if seats is None else min(LEAST_A_SECOND + OF_A_SEAT * seats, most)
    return Budget(rate, rate * BURST_SECONDS)


def cost_of(method: str, path: str) -> int:
    """What a request takes; pages and their parts, which cost next to nothing, are free."""
    if not path.startswith(_API):
        return 0
    what = path.removeprefix(_API).partition("/")[0]
    return _DEAR.get((method, what), 1)


def upload_cost(size: int) -> int:
    """What the bytes of a file take beside its request."""
    return size // UPLOAD_UNIT


def take(
    client: Any, word: str, company: Company, budget: Budget, cost: int, asker: Asker | None = None
) -> tuple[int | None, Toll]:
    """The number under the key `word`, and how long whoever asks has to wait; without `asker`, the company itself asks.

    One round trip. RedisError.
    """
    is_own = asker is None or proved.holds(asker.mark(company.schema))
    own = _Bucket(f"{company.schema}:requests", budget)
    buckets = [own] if asker is None or is_own else _of_strangers(company, budget, asker)
    keys = (word, _refused(time.time()), *(one.key for one in buckets))
    told: list[Any] = [cost, company.schema, 2 * _REFUSED_SECONDS]
    for one in buckets:
        each = _SECOND // one.budget.rate
        told += [each, one.budget.burst * each]
    said, wait = client.eval(TAKE, len(keys), *keys, *told)
    if seconds := int(wait) / _SECOND:
        BUDGET_REFUSALS.inc()
    return (None if said is None else int(said)), Toll(seconds, of_strangers=not is_own)


def _of_strangers(company: Company, budget: Budget, asker: Asker) -> list[_Bucket]:
    """First what an address has, then what all have together.

    Untried credentials have one of their address, as wide as the company's own: just after a start a whole office comes
    with them from one address, and all they cost is being looked up.
    """
    if asker.has_credential:
        return [_Bucket(f"{company.schema}:untried:{asker.place}", budget)]
    at_place = _Bucket(f"{company.schema}:strangers:{asker.place}", _part(budget, OF_ADDRESS))
    return [at_place, _Bucket(f"{company.schema}:strangers", _part(budget, OF_STRANGERS))]


def _part(budget: Budget, of: int) -> Budget:
    rate = max(budget.rate // of, 1)
    return Budget(rate, rate * BURST_SECONDS)


def toll_for(company: Company, cost: int, asker: Asker | None = None) -> Toll:
    """Take what no request has taken, from the bucket of whoever asks."""
    budget = budget_of(company)
    if budget is None or not cost or silence.lasts:
        return Toll()
    try:
        return take(_redis(), f"{company.schema}:nothing", company, budget, cost, asker)[1]
    except redis.RedisError:
        note_silence()
        return Toll()


def must_bear(company: Company, cost: int, asker: Asker | None = None) -> None:
    """Refuse what the bucket of whoever asks has not. Errors: CompanyBusy."""
    toll = toll_for(company, cost, asker)
    if toll.wait:
        raise CompanyBusy(toll)


def note_looked_up(company: Company, cost: int, asker: Asker, *, is_right: bool) -> None:
    """Somebody has been looked up by what he brought. Errors: CompanyBusy when it is wrong, as too much is here."""
    proved.note(asker.mark(company.schema), is_right=is_right)
    if asker.has_credential and not is_right:
        must_bear(company, cost, asker.as_stranger)


def note_silence() -> None:
    """Redis did not answer: nobody is refused meanwhile."""
    silence.begin()
    BUDGET_BLIND.inc()


def refused_lately(client: Callable[[], Any] | None = None) -> list[tuple[str, int]]:
    """Who was refused most in this hour and the last, and how often; the first few, whoever else there is.

    Of a company only its schema is told, a word without meaning. RedisError.
    """
    now = time.time()
    server: Any = (client or _redis)()
    found: dict[str, int] = {}
    for moment in (now, now - _REFUSED_SECONDS):
        for schema, times in server.zrevrange(_refused(moment), 0, MOST_NAMED - 1, withscores=True):
            name = schema.decode() if isinstance(schema, bytes) else schema
            found[name] = found.get(name, 0) + int(times)
    return sorted(found.items(), key=lambda one: (-one[1], one[0]))[:MOST_NAMED]


def _refused(moment: float) -> str:
    return f"global:refused:{int(moment) // _REFUSED_SECONDS}"


@cache
def _redis() -> redis.Redis:
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=_ANSWER_SECONDS)
