"""Who makes the work that plans ask for about cards which make none themselves: a module says so in its manifest."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from core.entities.models import Entity


@dataclass(frozen=True)
class WorkMaker:
    """`must(by)` refuses whoever may give no such work.

    `make(card, title=, answers=principal, due_at=, by=)` makes one piece of it, tied to the card that it is about, and
    returns it; it runs in the transaction in which its occurrence is noted, and what it refuses is kept as the reason.
    `due_at` is None for what the company usually gives.
    """

    must: Callable[[Any], None]
    make: Callable[..., Entity]
