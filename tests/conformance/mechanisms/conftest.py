"""The scene of one kind; the kind comes with the test."""

from collections.abc import Callable
from typing import Any

import pytest

from core.entities.kinds import EntityKind
from tests.core.attachments.conftest import s3_stand_in, store  # noqa: F401  (fixtures)
from tests.support.committed import committed  # noqa: F401  (a fixture)

from .scene import Scene, build


@pytest.fixture
def play(company: Any, owner: Any, person: Any, deliver: Any, store: Any) -> Callable[[EntityKind], Scene]:  # noqa: F811
    """`play(kind)` makes a card of the kind with people around it; its files stand in a real store."""
    return lambda kind: build(company, kind, owner, person, deliver)
