"""What people can do by writing to the bot: each module tells its own words, and the bot knows none by name."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from core.access.actor import Actor
from core.entities.models import Entity


@dataclass(frozen=True)
class Draft:
    """What a line was understood as, before anything is made.

    `said` are lines that the person reads, `values` what `make` gets, as JSON knows it. While a word means several
    things, `question` asks which of `choices` (id, title); nothing can be made until it is answered.
    """

    said: tuple[str, ...] = ()
    values: dict[str, Any] = field(default_factory=dict)
    question: str = ""
    choices: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class Line:
    """A card out of one line of words.

    `read(actor, text, at, chosen)` understands what was written at a moment, with ids that were chosen of `choices`
    meanwhile; it writes nothing. `make(actor, values)` is what was shown, made in the person's name with his rights:
    (what to say, the card). Both refuse as the card's own form does. `hint` is an example for the help.
    """

    hint: str
    read: Callable[[Actor, str, datetime, Sequence[int]], Draft]
    make: Callable[[Actor, dict[str, Any]], tuple[str, Entity]]


@dataclass(frozen=True)
class Command:
    """`/code`, which only reads: `run(actor, details)` is (heading, rows of text and path, at most ten).

    Without `details` the rows name no person and no title: Telegram is a foreign service.
    """

    code: str
    title: str
    run: Callable[[Actor, bool], tuple[str, Sequence[tuple[str, str]]]]


@dataclass(frozen=True)
class ChatWords:
    """What one module does for whoever writes to the bot."""

    line: Line | None = None
    commands: tuple[Command, ...] = ()
