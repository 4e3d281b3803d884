"""What the policy table needs besides rights."""

from collections.abc import Iterator

import pytest

from tests.core.routes.sample import tasks_go_along_routes


@pytest.fixture(autouse=True)
def _routes_are_gone_along() -> Iterator[None]:
    """Some kind of card goes along routes."""
    with tasks_go_along_routes():
        yield
