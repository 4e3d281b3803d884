"""Two companies with files on a product that is copied all the time, and a neighbour who never stops working."""

from __future__ import annotations

import hashlib
import http.client
import json
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import psycopg

from infra.launch.product import Product

# What a return changes on purpose: sessions that have ended stay so, rights are asked for anew, letters on their way
# are not sent twice, the history says that there was a return, and marks of readers follow it.
LEFT_OUT = frozenset(
    {"identity_session", "notifications_delivery", "events_inbox", "attachments_leftover", "audit_seal"}
)
_COLUMNS_LEFT_OUT = {"identity_principal": "access_epoch"}
_RETURN = "tenants.brought_back"
_POLL = 0.2


class Toy:
    """A running product with the companies `romashka` and `vasilyok`."""

    def __init__(self, folder: Path) -> None:
        self.product = Product(folder, BACKUPS="1", SIGNUPS_PER_HOUR="1000")
        self.data = folder / "data"
        self.tokens: dict[str, str] = {}
        self._owners: dict[str, int] = {}

    def start(self) -> None:
        self.product.start()
        for slug in ("romashka", "vasilyok"):
            self.tokens[slug] = self.product.sign_up(slug)["token"]
            self._owners[slug] = self.call(slug, "GET", "me/")[1]["id"]

    @property
    def superuser(self) -> dict[str, Any]:
        """How the living database's superuser connects."""
        told = json.loads((self.data / "run" / "environment.json").read_text())
        host = psycopg.conninfo.conninfo_to_dict(told["DATABASE_URL"])["host"]
        password = json.loads((self.data / "secrets.json").read_text())["postgres_password"]
        return {"host": host, "user": "postgres", "password": password, "dbname": "pult"}

    def status(self) -> dict[str, Any]:
        """What the keeper says of its copies."""
        path = self.data / "backups" / "status.json"
        return json.loads(path.read_text()) if path.exists() else {}

    def await_base(self, seconds: float = 60.0) -> None:
        deadline = time.monotonic() + seconds
        while not self.status().get("base_at"):
            if time.monotonic() > deadline:
                raise RuntimeError(f"no base copy: {self.status()}; {self.product.log.read_text()[-2000:]}")
            time.sleep(_POLL)

    def task(self, slug: str, title: str) -> int:
        return self._made(slug, "tasks/", {"title": title, "assignee": self._owners[slug]})["id"]

    def attach(self, slug: str, task: int, name: str, content: bytes) -> int:
        """A file on a task, uploaded as the browser does; its id once it is shown."""
        body = {"name": name, "size": len(content), "content_type": "application/pdf"}
        told = self._made(slug, f"tasks/{task}/attachments/", body)
        upload = told["upload"]
        request = urllib.request.Request(upload["url"], data=content, method="PUT", headers=upload["headers"])
        with urllib.request.urlopen(request, timeout=10):
            self.call(slug, "POST", f"attachments/{told['id']}/complete/")
        deadline = time.monotonic() + 20
        while self.content(slug, told["id"]) is None:
            if time.monotonic() > deadline:
                raise RuntimeError(f"{name} has not been checked")
            time.sleep(_POLL)
        return told["id"]

    def content(self, slug: str, attachment: int) -> bytes | None:
        """Bytes of a file as a person downloads it; None when it is not to be had."""
        headers = {"Host": f"{slug}.localhost:{self.product.port}", "Authorization": f"Bearer {self.tokens[slug]}"}
        connection = http.client.HTTPConnection("127.0.0.1", self.product.port, timeout=10)
        connection.request("GET", f"/api/v1/attachments/{attachment}/content/", headers=headers)
        answer = connection.getresponse()
        answer.read()
        connection.close()
        if answer.status != 302:
            return None
        try:
            # The store knows the person by the address alone.
            with urllib.request.urlopen(answer.headers["Location"], timeout=10) as found:
                return found.read()
        except urllib.error.HTTPError:
            return None

    def call(self, slug: str, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        return self.product.call(method, path, body, slug=slug, token=self.tokens[slug])

    def rows(self, slug: str) -> dict[str, list[str]]:
        """{table: hashes of its rows} of a company, as far as a return leaves them alone."""
        with psycopg.connect(**self.superuser) as connection:
            schema = connection.execute("SELECT schema_name FROM tenants_company WHERE slug = %s", [slug]).fetchone()
            if schema is None:
                raise LookupError(slug)
            names = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", schema).fetchall()
            return {name: _hashes(connection, schema[0], name) for (name,) in names if name not in LEFT_OUT}

    def _made(self, slug: str, path: str, body: Any) -> Any:
        status, told = self.call(slug, "POST", path, body)
        if status != 201:
            raise RuntimeError(f"{path}: {status} {told}")
        return told


class Neighbour(threading.Thread):
    """Makes tasks in a company until told to stop; remembers which were acknowledged and how long the slowest took."""

    def __init__(self, toy: Toy, slug: str) -> None:
        super().__init__(daemon=True)
        self._toy, self._slug, self._stop_event = toy, slug, threading.Event()
        self.made: list[int] = []
        self.refused: list[Any] = []
        self.slowest = 0.0

    def run(self) -> None:
        while not self._stop_event.is_set():
            begun = time.monotonic()
            try:
                self.made.append(self._toy.task(self._slug, f"Сосед работает, {len(self.made)}"))
            except (RuntimeError, OSError) as refused:
                self.refused.append(str(refused))
            self.slowest = max(self.slowest, time.monotonic() - begun)
            time.sleep(0.02)

    def end(self) -> None:
        self._stop_event.set()
        self.join(30)


def _hashes(connection: psycopg.Connection[Any], schema: str, table: str) -> list[str]:
    column = _COLUMNS_LEFT_OUT.get(table)
    row = f"(to_jsonb(t) - '{column}')::text" if column else "to_jsonb(t)::text"
    where = f" WHERE kind <> '{_RETURN}'" if table == "events_fact" else ""
    found = connection.execute(f'SELECT {row} FROM "{schema}"."{table}" t{where}').fetchall()
    return sorted(hashlib.sha256(text.encode()).hexdigest() for (text,) in found)


def pdf(mark: str) -> bytes:
    """A small PDF that differs by a mark."""
    body = (
        f"%PDF-1.4\n% {mark}\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    )
    return f"{body}trailer<</Root 1 0 R>>\n%%EOF\n".encode()
