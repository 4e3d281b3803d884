"""The scene of one kind; the kind comes with the test."""

from collections.abc import Callable
from typing import Any

import pytest

from core.entities.kinds import EntityKind

from .scene import Scene, build


@pytest.fixture
def play(company: Any, owner: Any, person: Any) -> Callable[[EntityKind], Scene]:
    """`play(kind)` makes a card of the kind with people around it."""
    return lambda kind: build(company, kind, owner, person)
