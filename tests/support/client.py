"""A caller of the API in tests: bearer token or browser session, one company, every answer looked at for the canary."""

import json
import uuid
from functools import cache
from typing import Any

from django.conf import settings
from django.test import Client
from django.test.client import ClientHandler
from django.test.testcases import TestCase

from core.context import Company
from core.rest.csrf import csrf_token

from .template import CANARY


@cache
def _handler() -> ClientHandler:
    """All callers come through the same middleware, as they do to a server: making it reads every static file."""
    handler = ClientHandler(enforce_csrf_checks=False)
    handler.load_middleware()
    return handler


class Api:
    """HTTP through the whole of Django on one company's host (or the bare host when `company` is None).

    Answers are Django responses; `.json()` reads both JSON and problem documents. Hooks that wait for the commit run
    after each call, as if it were committed.
    """

    def __init__(self, company: Company | None = None, *, token: str = "", cookie: str = "", host: str = "") -> None:
        self.company, self.token, self.cookie = company, token, cookie
        self.host = host or (company.hosts[0] if company else settings.BASE_DOMAIN)
        self.client = Client(raise_request_exception=True)
        self.client.handler = _handler()
        if cookie:
            self.client.cookies[settings.SESSION_COOKIE] = cookie

    def get(self, path: str, **params: Any) -> Any:
        return self.call("get", path, params=params)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.call("post", path, body, headers=headers)

    def patch(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.call("patch", path, body, headers=headers)

    def put(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.call("put", path, body, headers=headers)

    def delete(self, path: str, **headers: str) -> Any:
        return self.call("delete", path, headers=headers)

    def call(self, method: str, path: str, body: Any = None, *, params: Any = None, headers: Any = None) -> Any:
        """`path` is below /api/v1/ unless it begins with a slash; `headers` as {"If_Match": "…"}."""
        told = {"HTTP_HOST": f"{self.host}{settings.ORIGIN_PORT}"}
        told |= {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in (headers or {}).items()}
        if self.token:
            told.setdefault("HTTP_AUTHORIZATION", f"Bearer {self.token}")
        elif self.cookie and self.company and method not in ("get", "head"):
            told.setdefault("HTTP_X_CSRF_TOKEN", csrf_token(self.company.schema, self.cookie))
            told.setdefault("HTTP_ORIGIN", f"{settings.PUBLIC_SCHEME}://{self.host}{settings.ORIGIN_PORT}")
        address = path if path.startswith("/") else f"/api/v1/{path}"
        if method == "get":
            return self._checked(self.client.get(address, params or {}, **told))
        content = json.dumps(body if body is not None else {})
        with TestCase.captureOnCommitCallbacks(execute=True):
            response = self.client.generic(method.upper(), address, content, content_type="application/json", **told)
        return self._checked(response)

    def _checked(self, response: Any) -> Any:
        # Operators see of every company what it is called.
        is_console = self.host.startswith("console.")
        ours = is_console or (self.company is not None and self.company.slug == "beta")
        if not ours and not response.streaming:
            assert CANARY not in response.content.decode(errors="replace"), "data of another company in an answer"
        return response


def new_key() -> str:
    """A fresh Idempotency-Key."""
    return str(uuid.uuid4())
