"""Runs the product's processes: keeps them alive, shows what they print, ends all of them together."""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType, TracebackType
from typing import IO, Protocol, Self

from infra.launch import process_table
from infra.launch.data_dir import MARKER, run_folder, say_stopping
from infra.launch.leash import leashed

COLOURS = (36, 33, 32, 35, 34, 96, 93, 92, 95, 94)
FIRST_DELAY = 1.0
LONGEST_DELAY = 30.0
STEADY_AFTER = 60.0
GRACE = 20.0
KILL_GRACE = 5.0
LONGEST_LINE = 64 * 1024
IDLE = 1.0
READY_POLL = 0.1


@dataclass(frozen=True)
class Child:
    """One process of the product: its name in the log, command line, environment and folder.

    `pass_fds` are descriptors it inherits (the listening socket). `grace` is the time in seconds
    between SIGTERM and SIGKILL. `longest_delay` is the most that it waits to be started again after
    crashes in a row.
    """

    name: str
    argv: Sequence[str]
    env: Mapping[str, str] = field(default_factory=dict)
    cwd: Path | None = None
    pass_fds: tuple[int, ...] = ()
    grace: float = GRACE
    longest_delay: float = LONGEST_DELAY


class Server(Protocol):
    """What the supervisor asks of an embedded server."""

    name: str

    def alive(self) -> bool: ...

    def start(self) -> None: ...

    def stop(self) -> None: ...


class _Running:
    """The life of one child: the current process, its unread output, when to start it again."""

    def __init__(self, child: Child, colour: int) -> None:
        self.child = child
        self.colour = colour
        self.process: subprocess.Popen[bytes] | None = None
        self.unread = b""
        self.started_at = 0.0
        self.delay = FIRST_DELAY
        self.start_at: float | None = None


class Supervisor:
    """Starts children in order, restarts those that crash, stops all in reverse order.

    Use it as a context and from the main thread only: children end with the thread that started
    them, and signals arrive there. Inside the context SIGTERM, SIGINT and SIGHUP ask to stop;
    leaving it stops all children. `servers` are embedded servers already started; one that dies is
    started again.
    """

    def __init__(self, data_dir: Path, *, servers: Sequence[Server] = (), out: IO[str] | None = None) -> None:
        self._data_dir = data_dir.resolve()
        self._servers = list(servers)
        self._out = out or sys.stdout
        self._coloured = self._out.isatty() and "NO_COLOR" not in os.environ
        self._children: list[_Running] = []
        self._selector = selectors.DefaultSelector()
        self._undo = ExitStack()
        self._entered = False
        self._asked_to_stop = False
        self._width = 10

    def __enter__(self) -> Self:
        self._entered = True
        wake_read, wake_write = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        self._undo.callback(os.close, wake_read)
        self._undo.callback(os.close, wake_write)
        self._undo.callback(signal.set_wakeup_fd, signal.set_wakeup_fd(wake_write, warn_on_full_buffer=False))
        handlers = dict.fromkeys((signal.SIGTERM, signal.SIGINT, signal.SIGHUP), self._ask_to_stop)
        for number, handler in {**handlers, signal.SIGCHLD: _notice}.items():
            self._undo.callback(signal.signal, number, signal.signal(number, handler))
        self._selector.register(wake_read, selectors.EVENT_READ)
        self._undo.callback(self._selector.unregister, wake_read)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        self._undo.close()
        self._entered = False

    @property
    def asked_to_stop(self) -> bool:
        """Whether a signal (or `ask_to_stop`) has asked to end the work."""
        return self._asked_to_stop

    def add(self, child: Child) -> None:
        """Start a child now and keep it running."""
        running = _Running(child, COLOURS[len(self._children) % len(COLOURS)])
        self._width = max(self._width, len(child.name))
        self._children.append(running)
        self._start(running)

    def say(self, text: str) -> None:
        """Print a line of the launcher itself."""
        self._print("пульт", 1, text)

    def run(self, *, tick: Callable[[], None] | None = None) -> None:
        """Work until asked to stop; `tick` is called about once a second. Enters the context when nobody has."""
        if not self._entered:
            with self:
                return self.run(tick=tick)
        while not self._asked_to_stop:
            self._work(IDLE)
            if tick:
                tick()

    def wait_until(self, ready: Callable[[], bool], seconds: float) -> bool:
        """Work until `ready` says yes; False when the time is over or we are asked to stop.

        Unlike a plain wait it shows what the children print and restarts those that crash.
        """
        deadline = time.monotonic() + seconds
        while not ready():
            if self._asked_to_stop or time.monotonic() > deadline:
                return False
            self._work(READY_POLL)
        return True

    def _work(self, longest: float) -> None:
        self._read_outputs(self._nearest_start(longest))
        self._look_after_children()
        self._look_after_servers()

    def ask_to_stop(self) -> None:
        """Make `run` and `wait_until` return, as a signal would."""
        self._asked_to_stop = True

    def stop(self) -> None:
        """End the children in reverse order: SIGTERM, then SIGKILL when the grace is over."""
        say_stopping(self._data_dir)
        for running in reversed(self._children):
            self._end(running)

    def _ask_to_stop(self, number: int, frame: FrameType | None) -> None:
        self._asked_to_stop = True

    def _start(self, running: _Running) -> None:
        child = running.child
        running.start_at = None
        running.started_at = time.monotonic()
        running.unread = b""
        process = subprocess.Popen(
            leashed(list(child.argv), death_signal=signal.SIGTERM),
            env={**os.environ, **child.env, MARKER: str(self._data_dir), "PYTHONUNBUFFERED": "1"},
            cwd=child.cwd,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            pass_fds=child.pass_fds,
            start_new_session=True,
        )
        running.process = process
        self._pid_file(running).write_text(f"{process.pid}\n")
        if process.stdout is not None:
            os.set_blocking(process.stdout.fileno(), False)
            self._selector.register(process.stdout, selectors.EVENT_READ, running)

    def _pid_file(self, running: _Running) -> Path:
        return run_folder(self._data_dir) / f"{running.child.name}.pid"

    def _nearest_start(self, longest: float) -> float:
        waits = [running.start_at - time.monotonic() for running in self._children if running.start_at is not None]
        return max(0.0, min([longest, *waits]))

    def _read_outputs(self, timeout: float) -> None:
        for key, _ in self._selector.select(timeout):
            if key.data is None:
                os.read(key.fd, 4096)
            else:
                self._read_output(key.data, key.fd)

    def _read_output(self, running: _Running, descriptor: int) -> None:
        with suppress(BlockingIOError):
            chunk = os.read(descriptor, LONGEST_LINE)
            if not chunk:
                self._selector.unregister(descriptor)
            running.unread += chunk
        *lines, running.unread = running.unread.split(b"\n")
        if len(running.unread) > LONGEST_LINE:
            lines, running.unread = [*lines, running.unread], b""
        for line in lines:
            self._print(running.child.name, running.colour, line.decode(errors="replace").rstrip("\r"))

    def _look_after_children(self) -> None:
        now = time.monotonic()
        for running in self._children:
            if running.process is not None and running.process.poll() is not None:
                self._say_crashed(running, running.process, now)
            elif running.start_at is not None and now >= running.start_at:
                self._start(running)

    def _say_crashed(self, running: _Running, process: subprocess.Popen[bytes], now: float) -> None:
        self._finish(running, process)
        if now - running.started_at > STEADY_AFTER:
            running.delay = FIRST_DELAY
        running.start_at = now + running.delay
        self.say(f"{running.child.name} завершился ({_ending(process)}), запущу снова через {running.delay:.0f} с")
        running.delay = min(running.delay * 2, running.child.longest_delay)

    def _look_after_servers(self) -> None:
        for server in self._servers:
            if not self._asked_to_stop and not server.alive():
                self.say(f"{server.name} остановился, запускаю снова…")
                server.start()

    def _end(self, running: _Running) -> None:
        process, running.start_at = running.process, None
        if process is None:
            return
        process_table.send(process.pid, signal.SIGTERM)
        deadline = time.monotonic() + running.child.grace
        while process.poll() is None and time.monotonic() < deadline:
            # Its last words are still read: a full pipe would keep it from ending.
            self._read_outputs(process_table.POLL)
        if process.poll() is None:
            self.say(f"{running.child.name} не завершился за {running.child.grace:.0f} с, прерываю")
            process.kill()
            process.wait(KILL_GRACE)
        self._finish(running, process)

    def _finish(self, running: _Running, process: subprocess.Popen[bytes]) -> None:
        """Close the books of an ended process: processes it left behind, its last output, its pid file."""
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        if process.stdout is not None:
            with suppress(KeyError, ValueError):
                self._read_output(running, process.stdout.fileno())
            with suppress(KeyError, ValueError):
                self._selector.unregister(process.stdout)
            process.stdout.close()
        if running.unread:
            self._print(running.child.name, running.colour, running.unread.decode(errors="replace"))
        running.unread = b""
        running.process = None
        self._pid_file(running).unlink(missing_ok=True)

    def _print(self, name: str, colour: int, text: str) -> None:
        label = name.ljust(self._width)
        if self._coloured:
            label = f"\x1b[{colour}m{label}\x1b[0m"
        # The reader of our output may be gone (a closed terminal, a pager): that must not stop the product.
        with suppress(BrokenPipeError):
            print(f"{label} | {text}", file=self._out, flush=True)


def _notice(number: int, frame: FrameType | None) -> None:
    """Let SIGCHLD interrupt the wait for output; the loop then looks at the children itself."""


def _ending(process: subprocess.Popen[bytes]) -> str:
    code = process.returncode
    return f"код {code}" if code >= 0 else signal.Signals(-code).name
