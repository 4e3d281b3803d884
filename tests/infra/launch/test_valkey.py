"""The embedded Valkey keeps what it was told, whatever happens to its launcher."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from infra.launch import process_table
from infra.launch.valkey import EmbeddedValkey
from tests.infra.launch.conftest import Launch, said

PASSWORD = "secret"

HOLD = """
import signal, sys
from pathlib import Path
from infra.launch import leash, valkey
if sys.argv[2] == "unleashed":
    valkey.leashed = lambda argv, **told: leash.leashed(argv, **{**told, "death_signal": 0})
server = valkey.EmbeddedValkey(Path(sys.argv[1]), password="secret")
server.start()
server.client().set("kept", "yes")
print("up", server.pid, flush=True)
signal.pause()
"""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[EmbeddedValkey]:
    made = EmbeddedValkey(tmp_path / "valkey", password=PASSWORD)
    yield made
    made.stop()


@pytest.mark.parametrize("leash", ["leashed", "unleashed"])
def test_survives_the_death_of_its_launcher(server: EmbeddedValkey, launch: Launch, leash: str) -> None:
    launcher = launch(HOLD, server.data, leash)
    former = int(said(launcher, "up").split()[1])
    launcher.kill()
    launcher.wait()
    server.start()
    assert not process_table.is_running(former)
    assert server.client().get("kept") == b"yes"


def test_lets_nobody_in_without_the_password(server: EmbeddedValkey) -> None:
    server.start()
    with pytest.raises(redis.AuthenticationError):
        redis.Redis(unix_socket_path=str(server.socket), retry=Retry(NoBackoff(), 0)).ping()


def test_leaves_no_socket_behind(server: EmbeddedValkey) -> None:
    server.start()
    socket = server.socket
    server.stop()
    assert not socket.exists()
    assert not server.alive()
