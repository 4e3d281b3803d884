"""A cluster of its own for tests that commit for real."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from django.db import connections

from core.failpoints import KILLED
from tenants.snapshots import snapshots
from tests.support.cluster import DATABASE, PASSWORD, ROOT, Cluster, copy_of_template

_numbers = count(1)


@dataclass
class Committed:
    """Django works in this cluster, without any surrounding transaction; children do by `environment`."""

    cluster: Cluster
    forker: subprocess.Popen[str] | None = None

    def child(self, *deed: str, fail: str = "") -> tuple[int, dict[str, Any]]:
        """(status, answer) of a process that does a deed of child.py, killed at a failpoint when one is named."""
        if self.forker is None:
            command = [sys.executable, "-m", "tests.tenants.child"]
            self.forker = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
        assert self.forker.stdin is not None and self.forker.stdout is not None
        self.forker.stdin.write(json.dumps({"deed": deed, "fail": fail}) + "\n")
        self.forker.stdin.flush()
        told = json.loads(self.forker.stdout.readline())
        assert told["status"] in (0, KILLED), "the child failed by itself, its trace is in the output"
        return told["status"], told["answer"]

    def end(self) -> None:
        """Let the process that forks go."""
        if self.forker is not None:
            self.forker.communicate(timeout=30)

    @property
    def environment(self) -> dict[str, str]:
        return os.environ | self.cluster.variables()

    def sql(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """What the server answers its superuser; an empty list for a statement without an answer."""
        with psycopg.connect(**self.cluster.servers[0].dsn(dbname=DATABASE), autocommit=True) as connection:
            cursor = connection.execute(statement, values or None)
            return cursor.fetchall() if cursor.description else []

    def value(self, statement: str, *values: Any) -> Any:
        return self.sql(statement, *values)[0][0]

    def url(self, user: str) -> str:
        host = quote(str(self.cluster.servers[0].socket_dir), safe="")
        return f"postgresql://{user}:{PASSWORD}@/{DATABASE}?host={host}&port=5432"


@pytest.fixture
def committed(django_db_blocker: Any) -> Iterator[Committed]:
    """A fresh copy of the template: alfa, beta and a pool; what is committed here is gone with it."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", f"main{os.getpid()}")
    cluster = copy_of_template(f"{worker}-c{next(_numbers)}")
    cluster.start()
    # The same settings object is behind each thread's connections, so threads come here as well.
    before = {alias: connections.settings[alias]["HOST"] for alias in ("default", "owner")}
    with django_db_blocker.unblock():
        _point(dict.fromkeys(before, str(cluster.servers[0].socket_dir)))
        found = Committed(cluster)
        try:
            yield found
        finally:
            found.end()
            _point(before)
            cluster.stop()
            shutil.rmtree(cluster.folder, ignore_errors=True)


def _point(hosts: dict[str, str]) -> None:
    for alias, host in hosts.items():
        connections[alias].close()
        connections.settings[alias]["HOST"] = host
    snapshots.forget()
