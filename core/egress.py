"""The only door to addresses that people of a company have typed: nothing of ours can be reached through it.

A name is resolved once, every address behind it is looked at, and the connection goes to the very one that was seen, so
that a name which answers differently the second time gains nothing. No redirects, no proxies of the environment, a
bounded answer in bounded time. Never called inside a scope. Source: OWASP ASVS 5.0, 1.3.6 and 15.3.2.
"""

import asyncio
import ipaddress
import socket
import threading
import time
from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

import httpx
from django.conf import settings

from core.context import current_schema

SCHEMES = ("http", "https")
PORTS = (80, 443, 8080, 8443)
LONGEST_ADDRESS = 2000
LONGEST_ANSWER = 64 * 1024
# A name that is not found within this time is not found now.
LOOKUP_SECONDS = 3.0
# So many names at most are asked for at once: those who wait for a dead resolver must not eat up the process.
_asking = threading.BoundedSemaphore(16)
_USUAL_PORT = {"http": 80, "https": 443}
# 6to4 and NAT64 carry an address of the old kind, which may be anything.
_CARRIERS = tuple(ipaddress.ip_network(net) for net in ("2002::/16", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/32"))


class EgressRefused(Exception):
    """The address is none that may be called; `reason` is a Russian sentence."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NameUnknown(EgressRefused):
    """Nobody knows the server's name, now: a moment later that may be different."""


@dataclass(frozen=True)
class Answer:
    """What came back: the status of HTTP, at most `LONGEST_ANSWER` bytes as text, headers by lower-case name."""

    status: int
    text: str
    headers: Mapping[str, str] = field(default_factory=dict)


def parsed(address: str) -> httpx.URL:
    """An address as far as it can be judged without asking anybody. EgressRefused."""
    if len(address) > LONGEST_ADDRESS:
        raise EgressRefused(f"Адрес длиннее {LONGEST_ADDRESS} знаков")
    try:
        url = httpx.URL(address)
    except (httpx.InvalidURL, ValueError) as wrong:
        raise EgressRefused("Это не адрес. Он выглядит так: https://sms.example.ru/send") from wrong
    if url.scheme not in SCHEMES or not url.host:
        raise EgressRefused("Адрес начинается с https:// или http://")
    if url.userinfo:
        raise EgressRefused("Имя и пароль в адрес не пишут: укажите их в параметрах")
    if _port(url) not in PORTS and not is_sandbox(url):
        raise EgressRefused(f"Порт {_port(url)} не разрешён. Разрешены {', '.join(map(str, PORTS))}")
    return url


def checked(address: str, *, seconds: float = LOOKUP_SECONDS) -> tuple[httpx.URL, str]:
    """An address and the IP behind it that may be connected to, found within `seconds`. EgressRefused."""
    url = parsed(address)
    try:
        found = _looked_up(url.host, _port(url), min(seconds, LOOKUP_SECONDS))
    except TimeoutError as late:
        raise NameUnknown(f"Имя {url.host} не удалось найти вовремя. Повторите позже") from late
    except (OSError, UnicodeError) as wrong:
        raise NameUnknown(f"Сервер {url.host} не найден. Проверьте адрес") from wrong
    ips = list(dict.fromkeys(str(each[4][0]) for each in found))
    if not ips or not (is_sandbox(url) or all(is_public(ip) for ip in ips)):
        raise EgressRefused("Этот адрес ведёт во внутреннюю сеть. Укажите адрес, доступный из Интернета")
    return url, ips[0]


def call(
    method: str, address: str, *, body: str | bytes = "", headers: Mapping[str, str] | None = None, seconds: float = 5.0
) -> Answer:
    """Ask an address of the outside world; `seconds` are those of the whole. EgressRefused before anything is sent;
    httpx.HTTPError."""
    if current_schema() is not None:
        raise RuntimeError("Nobody is called from inside a scope.")
    until = time.monotonic() + seconds
    url, ip = checked(address, seconds=seconds)
    # What comes packed may be larger than it looks, so nothing is asked packed, and nothing is unpacked.
    told = {**(headers or {}), "Host": url.netloc.decode("ascii"), "Accept-Encoding": "identity"}
    content = body.encode() if isinstance(body, str) else body
    request = httpx.Request(
        method, url.copy_with(host=ip), headers=told, content=content, extensions={"sni_hostname": url.host}
    )
    return asyncio.run(_answer(request, max(until - time.monotonic(), 0.01)))


def is_public(ip: str) -> bool:
    """Whether an address belongs to the Internet at large and to no network of ours."""
    address = ipaddress.ip_address(ip.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return is_public(str(address.ipv4_mapped))
        if any(address in net for net in _CARRIERS):
            return False
    return address.is_global and not address.is_multicast


def is_sandbox(url: httpx.URL) -> bool:
    """The stand-ins of the outside world live on this machine; in production there are none."""
    if not settings.SANDBOX_URL:
        return False
    sandbox = httpx.URL(settings.SANDBOX_URL)
    return (url.scheme, url.host, _port(url)) == (sandbox.scheme, sandbox.host, _port(sandbox))


def _looked_up(host: str, port: int, seconds: float) -> list[Any]:
    """What stands behind a name. The system's resolver knows no limit of time and cannot be interrupted, so it is asked
    in a thread of its own that nobody waits for longer; a daemon, for a process must be able to end meanwhile."""
    if not _asking.acquire(timeout=seconds):
        raise TimeoutError
    answer: Future[list[Any]] = Future()
    asking = threading.Thread(target=_look_up, args=(answer, host, port), name="egress-lookup", daemon=True)
    try:
        asking.start()
    except RuntimeError:
        _asking.release()
        raise
    return answer.result(seconds)


def _look_up(answer: Future[list[Any]], host: str, port: int) -> None:
    try:
        answer.set_result(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
    except Exception as failure:
        answer.set_exception(failure)
    finally:
        _asking.release()


async def _answer(request: httpx.Request, seconds: float) -> Answer:
    """The time is that of the whole: a server that drips a sign now and then would hold a plain call for ever."""
    found = bytearray()
    try:
        async with asyncio.timeout(seconds), httpx.AsyncClient(timeout=seconds, trust_env=False) as client:
            answer = await client.send(request, stream=True, follow_redirects=False)
            async for part in answer.aiter_raw():
                found += part
                if len(found) >= LONGEST_ANSWER:
                    break
            await answer.aclose()
    except TimeoutError as late:
        raise httpx.ReadTimeout("the answer took too long") from late
    text = bytes(found[:LONGEST_ANSWER]).decode("utf-8", "replace")
    return Answer(answer.status_code, text, dict(answer.headers))


def _port(url: httpx.URL) -> int:
    return url.port or _USUAL_PORT[url.scheme]
