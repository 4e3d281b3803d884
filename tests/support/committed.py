"""A cluster of its own for tests that commit for real."""

import atexit
import os
import shutil
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from django.db import connections

from tenants.snapshots import snapshots
from tests.support.cluster import DATABASE, PASSWORD, Cluster, copy_of_template
from tests.support.forker import Forker

_numbers = count(1)
_forker = Forker()
atexit.register(_forker.end)


@dataclass
class Committed:
    """Django works in this cluster, without any surrounding transaction; children do by `environment`."""

    cluster: Cluster

    def child(self, *deed: str, fail: str = "", **settings: str) -> tuple[int, dict[str, Any]]:
        """(status, answer) of a process that does one of the deeds in deeds.py, killed at a failpoint when named."""
        hosts = dict.fromkeys(("default", "owner"), str(self.cluster.servers[0].socket_dir))
        return _forker.do(*deed, hosts=hosts, settings=settings, fail=fail)

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

    def digest(self, schema: str, *, but: Collection[str] = ()) -> dict[str, str]:
        """A checksum of each table of a schema but those named, row by row in the order of their texts."""
        names = self.sql("SELECT table_name FROM information_schema.tables WHERE table_schema = %s", schema)
        sums = (
            f'SELECT \'{name}\', md5(string_agg(t::text, chr(10) ORDER BY t::text)) FROM "{schema}"."{name}" t'
            for (name,) in names
            if name not in but
        )
        return dict(self.sql(" UNION ALL ".join(sums)))

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
        try:
            yield Committed(cluster)
        finally:
            _point(before)
            cluster.stop()
            shutil.rmtree(cluster.folder, ignore_errors=True)


def _point(hosts: dict[str, str]) -> None:
    for alias, host in hosts.items():
        connections[alias].close()
        connections.settings[alias]["HOST"] = host
    snapshots.forget()
