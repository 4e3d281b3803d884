"""Work on what strangers have sent, in a process of its own: a hostile file ends that process and no other."""

import logging
import resource
import signal
import subprocess
import sys
from pathlib import Path

log = logging.getLogger(__name__)
_ROOT = Path(__file__).resolve().parents[1]
_OUT_OF_ROOM = (signal.SIGABRT, signal.SIGKILL, signal.SIGXCPU, signal.SIGSEGV)


class OutOfRoom(Exception):
    """It wanted more memory or time than it has."""


class Stumbled(Exception):
    """It ended in the middle of its work: what it works with did not bear the content."""


def apart(module: str, *words: str, content: bytes, seconds: float) -> bytes:
    """What `python -m module words…` says to the content on its stdin, within so many seconds.

    Errors: OutOfRoom, Stumbled.
    """
    # Without our environment: whatever a file makes of the process, there are no secrets in it.
    command = [sys.executable, "-X", "utf8", "-m", module, *words]
    try:
        done = subprocess.run(
            command, input=content, capture_output=True, cwd=_ROOT, env={}, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired as late:
        raise OutOfRoom() from late
    if done.returncode == 0:
        return done.stdout
    log.warning("%s ended with %s: %s", module, done.returncode, done.stderr[-300:].decode("utf-8", "replace"))
    raise OutOfRoom() if -done.returncode in _OUT_OF_ROOM else Stumbled()


def confine(*, memory: int, seconds: int) -> None:
    """Called by such a process before it looks at anything: how many bytes and seconds of a processor it may take."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    # Nobody looks at what is left of a process that was ended.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
