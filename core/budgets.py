"""How often a company may ask: a bucket of requests that fills again with time, in Redis, one for all processes.

The bucket is looked at together with the version of the company's snapshot, so a request costs no round trip more
(`tenants.snapshots.admit`); sockets and uploads, which cost what no request shows, take from it by themselves. Without
Redis nobody is refused: that is counted, and the turns at the threads (`infra/turns.py`) go on holding.

Kept is one number: the moment at which the bucket will be full again. What is taken moves it on.
"""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import redis
from django.conf import settings

from core.context import Company
from core.errors import SlowDown
from core.metrics import BUDGET_BLIND, BUDGET_REFUSALS
from core.silence import Silence

# Whoever pays for more people may ask more; a page with all that stands on it asks some twenty times.
LEAST_A_SECOND, OF_A_SEAT = 100, 2
# So many seconds' worth may be asked at once: a team that comes in the morning opens everything together.
BURST_SECONDS = 10
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
local each, burst, cost = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local full = math.max(tonumber(redis.call('GET', KEYS[2]) or '0'), now) + math.min(cost * each, burst)
local wait = full - now - burst
if wait > 0 then
  redis.call('ZINCRBY', KEYS[3], 1, ARGV[4])
  redis.call('EXPIRE', KEYS[3], ARGV[5])
  return {said, string.format('%.0f', wait)}
end
redis.call('SET', KEYS[2], string.format('%.0f', full), 'PX', math.ceil((full - now) / 1000) + 1)
return {said, '0'}
"""


class CompanyBusy(SlowDown):
    """The company as a whole has asked too often; `retry_after` seconds."""

    code = "company-busy"

    def __init__(self, wait: float) -> None:
        seconds = max(math.ceil(wait), 1)
        text = f"Из вашей компании пришло слишком много запросов сразу. Повторите через {seconds} с: всё цело"
        super().__init__(text, retry_after=seconds)


@dataclass(frozen=True)
class Budget:
    """So many requests a second, and so many at once."""

    rate: int
    burst: int


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


def take(client: Any, word: str, company: Company, budget: Budget, cost: int) -> tuple[int | None, float]:
    """The number under the key `word`, and how many seconds the company has to wait; 0: what it has asked for is taken.

    One round trip. RedisError.
    """
    keys = (word, f"{company.schema}:requests", _refused(time.time()))
    each = _SECOND // budget.rate
    told = (each, budget.burst * each, cost, company.schema, 2 * _REFUSED_SECONDS)
    said, wait = client.eval(TAKE, len(keys), *keys, *told)
    if seconds := int(wait) / _SECOND:
        BUDGET_REFUSALS.inc()
    return (None if said is None else int(said)), seconds


def wait_for(company: Company, cost: int) -> float:
    """Take from a company's bucket what no request has; how many seconds it has to wait, 0 when it is taken."""
    budget = budget_of(company)
    if budget is None or not cost or silence.lasts:
        return 0.0
    try:
        return take(_redis(), f"{company.schema}:nothing", company, budget, cost)[1]
    except redis.RedisError:
        note_silence()
        return 0.0


def must_bear(company: Company, cost: int) -> None:
    """Refuse what the company's bucket has not. Errors: CompanyBusy."""
    if wait := wait_for(company, cost):
        raise CompanyBusy(wait)


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
