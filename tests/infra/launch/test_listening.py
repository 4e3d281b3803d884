"""A port that cannot be taken is explained with what to type instead."""

from __future__ import annotations

import socket

import pytest

from infra.launch.errors import LaunchRefused
from infra.launch.listening import listen


def test_takes_connections() -> None:
    with listen("127.0.0.1", 0) as listener, socket.create_connection(listener.getsockname()) as client:
        client.sendall(b"hello")
        taken, _ = listener.accept()
        with taken:
            assert taken.recv(5) == b"hello"
            assert taken.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY), "an answer in two parts is sent at once"


def test_busy_port_is_explained() -> None:
    with listen("127.0.0.1", 0) as listener:
        port = listener.getsockname()[1]
        with pytest.raises(LaunchRefused, match=f"Порт {port} занят") as refused:
            listen("127.0.0.1", port)
    assert f"make run PORT={port + 100}" in refused.value.advice


def test_foreign_address_is_explained() -> None:
    with pytest.raises(LaunchRefused, match="Адреса 192.0.2.1 нет"):
        listen("192.0.2.1", 0)
