"""A Redis that is frozen (accepts and says nothing) costs people next to nothing."""

import logging
import socket
import time

import pytest

from core import throttle
from core.errors import Unavailable
from core.outbox import bell
from core.silence import Silence


@pytest.fixture
def frozen(tmp_path, settings):
    """The product's Redis is a listener that never answers."""
    path = str(tmp_path / "r")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(path)
        listener.listen(64)
        settings.REDIS_URL = f"unix://{path}"
        _begin_anew()
        yield
    _begin_anew()


def _begin_anew() -> None:
    for client in (bell._ringing, bell._waiting, throttle._redis):
        client.cache_clear()
    for silence in (bell.silence, throttle.silence):
        silence.forget()


def lines(caplog) -> list[logging.LogRecord]:
    return [record for record in caplog.records if record.name.startswith("core")]


def test_a_hundred_writes_wait_once_and_write_one_line(frozen, caplog):
    begun = time.monotonic()
    for _ in range(100):
        bell._ring()
    assert time.monotonic() - begun < 1.0
    (line,) = lines(caplog)
    assert (line.levelname, line.exc_info) == ("WARNING", None)


def test_a_guard_refuses_at_once_while_it_cannot_count(frozen, caplog):
    begun = time.monotonic()
    for _ in range(20):
        with pytest.raises(Unavailable):
            throttle.limit("x", "y", times=1, seconds=60)
    assert time.monotonic() - begun < 2.5
    assert [line.levelname for line in lines(caplog)] == ["WARNING"]


def test_nothing_is_said_to_be_kept_where_nothing_is():
    assert "сохранили" not in Unavailable.title


def test_silence_ends_by_itself(caplog):
    now = [0.0]
    silence = Silence("somebody", 5.0, clock=lambda: now[0])
    assert not silence.lasts
    silence.begin()
    now[0] = 4.9
    assert silence.lasts
    silence.begin()
    assert len(lines(caplog)) == 1
    now[0] = 10.0
    assert not silence.lasts
