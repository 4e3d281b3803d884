"""A cluster that is copied while the test works in it."""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from infra.copies.keeper import Keeper
from infra.copies.server import LivingServer
from infra.copies.shelf import Shelf
from infra.env import env
from tests.core.attachments.conftest import s3_stand_in, store  # noqa: F401  (fixtures)
from tests.support.cluster import PASSWORD
from tests.support.committed import Committed, committed  # noqa: F401  (a fixture)

_PATIENCE = 60.0


@dataclass
class Kept:
    """The keeper of a cluster, its server and its shelf."""

    keeper: Keeper
    server: LivingServer
    shelf: Shelf
    data_dir: Path

    def until(self, true: Callable[[], bool]) -> None:
        """Let the keeper look until something holds."""
        deadline = time.monotonic() + _PATIENCE
        while not true():
            assert time.monotonic() < deadline, self.keeper.status
            self.keeper.look(datetime.now(UTC))


@pytest.fixture
def kept(committed: Committed, monkeypatch: pytest.MonkeyPatch) -> Iterator[Kept]:  # noqa: F811
    """A cluster with a checked base copy, whose log is being received."""
    data_dir = committed.cluster.folder / "data"
    names = ("postgres_password", "app_password", "owner_password")
    (data_dir / "secrets.json").write_text(json.dumps(dict.fromkeys(names, PASSWORD)))
    monkeypatch.setenv("DATABASE_URL", committed.url("pult_app"))
    monkeypatch.setattr(env, "data_dir", data_dir)
    server = LivingServer(data_dir, committed.url("pult_app"))
    keeper = Keeper(data_dir, server, kept=timedelta(days=14), say=_silent)
    found = Kept(keeper, server, Shelf(data_dir, server.system()), data_dir)
    try:
        found.until(lambda: bool(keeper.status.base_at))
        yield found
    finally:
        keeper.stop()


def _silent(text: str) -> None:
    """Nobody listens."""
