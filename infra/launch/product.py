"""The whole product as `make run` starts it, in a folder and on ports of its own: for tests and benchmarks."""

import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from infra.env import ROOT

START_SECONDS = 90.0
# What our own environment says of other servers must not reach the product.
_OWN = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "S3_ENDPOINT_URL", "S3_PUBLIC_URL", "S3_ACCESS_KEY",
        "S3_SECRET_KEY", "SMTP_URL", "SECRET_KEY", "MEMBERSHIP_KEY", "FIELD_KEY", "AUDIT_KEY", "VAPID_PRIVATE_KEY",
        "DATA_DIR", "PORT", "DJANGO_SETTINGS_MODULE", "POOL_SIZE", "BASE_DOMAIN", "PUBLIC_SCHEME")  # fmt: skip


def free_port() -> int:
    """A port with the next two free as well, below the range from which the kernel takes ports of clients."""
    while True:
        port = random.randrange(20_000, 32_000, 4)
        try:
            for number in (port, port + 1, port + 2):
                with socket.socket() as probe:
                    probe.bind(("127.0.0.1", number))
        except OSError:
            continue
        return port


@dataclass(frozen=True)
class Session:
    """A signed-in browser without the browser."""

    product: "Product"
    slug: str
    cookie: str
    csrf_token: str

    def call(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        """Like `Product.call`, as the browser would."""
        headers = {"Cookie": f"pult={self.cookie}", "X-CSRF-Token": self.csrf_token}
        return self.product.call(method, path, body, slug=self.slug, headers=headers)


class Product:
    """A running product; `kill()` is SIGKILL of the launcher, `start()` may follow on the same data."""

    def __init__(self, folder: Path, **variables: str) -> None:
        self.folder = folder
        self.port = free_port()
        self.variables = variables
        self.log = self.folder / "log"
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> Mapping[str, str]:
        inherited = {name: value for name, value in os.environ.items() if name not in _OWN}
        own = {"PORT": str(self.port), "DATA_DIR": str(self.folder / "data"), "DEMO": "0", "POOL_SIZE": "3",
               "BACKUPS": "0"}  # fmt: skip
        return inherited | own | self.variables

    def start(self) -> "Product":
        """Start and wait until it is ready; the log is told when it is not."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "infra.launch", "run"], cwd=ROOT, env=self.environment, stdout=log, stderr=log
            )
        deadline = time.monotonic() + START_SECONDS
        while not self._ready():
            assert self.process.poll() is None and time.monotonic() < deadline, self.log.read_text(errors="replace")
            time.sleep(0.1)
        return self

    def stop(self) -> None:
        """Orderly stop."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(60)

    def kill(self) -> None:
        """What a power cut does to the launcher."""
        if self.process:
            self.process.kill()
            self.process.wait(10)

    def url(self, slug: str = "") -> str:
        return f"http://{slug + '.' if slug else ''}localhost:{self.port}"

    def call(
        self, method: str, path: str, body: Any = None, *, slug: str = "", token: str = "", headers: Any = None
    ) -> tuple[int, Any]:
        """(status, JSON) of one request; the loopback is dialled whatever the host header says."""
        headers = {
            **(headers or {}),
            "Host": f"{slug + '.' if slug else ''}localhost:{self.port}",
            "Content-Type": "application/json",
        }
        if token:
            headers["Authorization"] = f"Bearer {token}"
        data = json.dumps(body).encode() if body is not None else None
        address = f"http://127.0.0.1:{self.port}/api/v1/{path}"
        request = urllib.request.Request(address, data=data, method=method, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, _json(answer.read())
        except urllib.error.HTTPError as refused:
            return refused.code, _json(refused.read())

    def letters(self, to: str) -> list[dict[str, Any]]:
        """The mailbox of an address, newest first."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port + 1}/mail/messages?to={to}", timeout=10) as answer:
            return json.loads(answer.read())

    def letter(self, to: str, *, containing: str = "", seconds: float = 15.0) -> dict[str, Any]:
        """Wait for a letter whose subject or text contains something."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            for letter in self.letters(to):
                if containing in letter["subject"] + letter["text"]:
                    return letter
            time.sleep(0.1)
        raise AssertionError(f"no letter for {to} with {containing!r}; log:\n{self.log.read_text()[-3000:]}")

    def sign_up(self, slug: str, *, email: str = "", password: str = "dlinnyy-parol-1") -> dict[str, Any]:
        """A company by the two calls of the contract: {host, url, token, ticket, email, password}."""
        email = email or f"owner@{slug}.example"
        form = {"email": email, "company": f"ООО «{slug}»", "slug": slug, "full_name": "Крылова Анна Сергеевна",
                "password": password}  # fmt: skip
        status, answer = self.call("POST", "signup/", form)
        assert status == 202, answer
        code = _first(r"(\d{6})", self.letter(email, containing="код")["subject"])
        status, answer = self.call("POST", "signup/confirm/", {"email": email, "code": code})
        assert status == 201, answer
        return answer | {"email": email, "password": password}

    def sign_in(self, slug: str, email: str, password: str) -> "Session":
        """A browser's session: cookie and CSRF token."""
        return self._session("auth/sign-in/", slug, {"email": email, "password": password})

    def colleague(self, slug: str, owner_token: str, email: str, name: str = "Петров Пётр Петрович") -> "Session":
        """Somebody invited by mail who has accepted and is signed in."""
        status, answer = self.call("POST", "invitations/", {"emails": [email]}, slug=slug, token=owner_token)
        assert status == 201, answer
        letter = self.letter(email, containing="invite?token=")
        secret = _first(r"invite\?token=([\w.:-]+)", letter["text"])
        form = {"token": secret, "full_name": name, "password": "dlinnyy-parol-2"}
        return self._session("auth/invitation/accept/", slug, form)

    def _session(self, path: str, slug: str, form: dict[str, str]) -> "Session":
        headers = {"Host": f"{slug}.localhost:{self.port}", "Content-Type": "application/json"}
        address = f"http://127.0.0.1:{self.port}/api/v1/{path}"
        request = urllib.request.Request(address, data=json.dumps(form).encode(), method="POST", headers=headers)
        with urllib.request.urlopen(request, timeout=30) as answer:
            cookie = _first(r"pult=([^;]+)", answer.headers["Set-Cookie"])
            return Session(self, slug, cookie, _json(answer.read())["csrf_token"])

    def _ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=2) as answer:
                return answer.status == 200 and "Остановить" in self.log.read_text(errors="replace")
        except OSError:
            return False


def _first(pattern: str, text: str) -> str:
    """What the pattern's group finds; without it there is nothing to go on with."""
    found = re.search(pattern, text)
    if found is None:
        raise LookupError(f"nothing like {pattern}")
    return found.group(1)


def _json(body: bytes) -> Any:
    return json.loads(body) if body else None
