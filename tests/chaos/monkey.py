"""Kills processes of a running product by a seeded plan, while callers work and remember what was acknowledged."""

import http.client
import os
import random
import signal
import threading
import time
import uuid
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from infra.launch.product import Product

# People think between their deeds: without it two processors do nothing but take in, and the worker is never killed at
# work that is new.
PAUSE = 0.2
VICTIMS = ("web-1", "web-2", "worker", "sandbox", "postgres", "valkey")


@dataclass
class Ledger:
    """What callers were told has been done: `soon` are tasks with a reminder to come, `plans` are {template: moments of
    its plan}."""

    tasks: dict[str, int] = field(default_factory=dict)
    soon: list[int] = field(default_factory=list)
    plans: dict[int, list[datetime]] = field(default_factory=dict)
    comments: dict[str, int] = field(default_factory=dict)
    kills: list[str] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)


def pid_of(data: Path, name: str) -> int | None:
    """The process behind a name, None while it is down."""
    places = {"postgres": data / "postgres" / "postmaster.pid", "valkey": data / "valkey" / "valkey.pid"}
    try:
        return int(places.get(name, data / "run" / f"{name}.pid").read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return None


def kill_for(product: Product, seconds: float, seed: int, ledger: Ledger) -> None:
    """SIGKILL a random process every one to four seconds."""
    chance = random.Random(seed)
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        time.sleep(chance.uniform(1.0, 4.0))
        name = chance.choice(VICTIMS)
        pid = pid_of(product.folder / "data", name)
        if pid is None:
            continue
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
        ledger.kills.append(name)


class Program(threading.Thread):
    """Somebody's program at the API; each request is repeated under its key until answered."""

    def __init__(self, product: Product, slug: str, token: str, assignee: int, ledger: Ledger, stop: threading.Event):
        super().__init__(daemon=True)
        self.product, self.slug, self.token, self.assignee = product, slug, token, assignee
        self.ledger, self.stop = ledger, stop

    def until_answered(self, path: str, body: dict[str, Any], method: str = "POST") -> dict[str, Any] | None:
        """The answer to what was asked; None, and said in the ledger, when it was refused."""
        key = str(uuid.uuid4())
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                status, answer = self.product.call(
                    method, path, body, slug=self.slug, token=self.token, headers={"Idempotency-Key": key}
                )
            except (OSError, ValueError, http.client.HTTPException):
                # The server died under the request: whether it was done is not known, so the same key asks again.
                time.sleep(0.2)
                continue
            if status in (200, 201):
                return answer
            if status < 500:
                self.ledger.refusals.append(f"{path} {status} {answer}")
                return None
            time.sleep(0.2)
        self.ledger.refusals.append(f"{path} was not answered for a minute")
        return None


class Caller(Program):
    """Gives tasks and comments on them."""

    def run(self) -> None:
        while not self.stop.wait(PAUSE):
            title = f"Хаос {uuid.uuid4()}"
            task = self.until_answered("tasks/", {"title": title, "assignee": self.assignee})
            if task is None:
                return
            self.ledger.tasks[title] = task["id"]
            text = f"Заметка {uuid.uuid4()}"
            comment = self.until_answered(f"tasks/{task['id']}/comments/", {"text": text})
            if comment is None:
                return
            self.ledger.comments[text] = comment["id"]
