"""Noting what an answer tells while it is being made. Whoever makes it says so here, and one place writes it down.

Nothing of this costs a statement: the list is in memory, and only an answer that tells something is written about.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from .kinds import ReadKind

_heard: ContextVar["list[Noted] | None"] = ContextVar("noted_reads", default=None)


@dataclass(frozen=True)
class Noted:
    """One read; without a `card` it is about the card of the address, if that names one."""

    kind: ReadKind
    card: int | None = None
    detail: str = ""
    count: int = 1


@contextmanager
def listening() -> Iterator[list[Noted]]:
    """Hear what is noted inside, in this thread."""
    heard: list[Noted] = []
    token = _heard.set(heard)
    try:
        yield heard
    finally:
        _heard.reset(token)


def note(kind: ReadKind, *, card: int | None = None, detail: str = "", count: int = 1) -> None:
    """Say that something sensitive goes into the answer. A job, which answers nobody, writes by itself
    (`core.reads.actions.write_reads`)."""
    if (heard := _heard.get()) is not None:
        heard.append(Noted(kind, card, detail, count))
