"""Talking to a provider of SMS over HTTP: what each ending of a call means. Never called inside a scope."""

from collections.abc import Callable
from typing import Any

import httpx

from core.context import current_schema

from ..errors import GatewaySilent, GatewayUnsure

TIMEOUT = 5.0


class Unreadable(Exception):
    """The answer is not what the provider promises."""


def read(answer: httpx.Response, *, refusals: tuple[int, ...] = ()) -> dict[str, Any]:
    """The object in an answer; `refusals` are statuses of HTTP by which the provider refuses in words. Unreadable."""
    if answer.status_code >= 400 and answer.status_code not in refusals:
        raise Unreadable(f"status {answer.status_code}")
    try:
        told = answer.json()
    except ValueError as wrong:
        raise Unreadable("not JSON") from wrong
    if not isinstance(told, dict):
        raise Unreadable("not an object")
    return told


def handing_over(call: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """A call that hands a message over. GatewaySilent: it has not gone; GatewayUnsure: it may have."""
    _must_be_outside()
    try:
        return call()
    except httpx.ConnectError as silence:
        raise GatewaySilent("Провайдер SMS недоступен") from silence
    except (httpx.HTTPError, Unreadable) as lost:
        raise GatewayUnsure(type(lost).__name__) from lost


def asking(call: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """A call that changes nothing. GatewaySilent."""
    _must_be_outside()
    try:
        return call()
    except (httpx.HTTPError, Unreadable) as silence:
        raise GatewaySilent(f"Провайдер SMS не ответил ({type(silence).__name__})") from silence


def _must_be_outside() -> None:
    if current_schema() is not None:
        raise RuntimeError("Nobody is called from inside a scope.")
