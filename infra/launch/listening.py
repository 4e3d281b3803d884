"""Takes the TCP port before anything is started, and says what to do when it is taken."""

from __future__ import annotations

import errno
import socket

from infra.launch.errors import LaunchRefused

BACKLOG = 1024


def listen(host: str, port: int, *, setting: str = "PORT") -> socket.socket:
    """Return a listening socket; children inherit it through `pass_fds`. `setting` is the variable to change."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    # Connections of the former run linger in TIME_WAIT for a minute and must not block a restart.
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    # Accepted connections inherit it. Asyncio does not set it on a socket that came by its number, and an answer whose
    # body follows its headers would wait 40 ms for the other side's delayed acknowledgement.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        listener.bind((host, port))
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        raise _refusal(error, host, port, setting) from error
    return listener


def _refusal(error: OSError, host: str, port: int, setting: str) -> LaunchRefused:
    other = f"Выберите другой: make run {setting}={port + 100 if port >= 1024 else 8000}."
    if error.errno == errno.EADDRINUSE:
        return LaunchRefused(f"Порт {port} занят другой программой.", other)
    if error.errno == errno.EACCES:
        return LaunchRefused(f"Порт {port} может открыть только root: номера ниже 1024 закрыты.", other)
    if error.errno == errno.EADDRNOTAVAIL:
        return LaunchRefused(f"Адреса {host} нет на этой машине.", "Проверьте BIND.")
    return LaunchRefused(f"Не удалось открыть порт {port} на {host}: {error.strerror}.", other)
